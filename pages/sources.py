"""Sources of money: which fit this assessment on a day, how much, by when, and why the others do not."""

import streamlit as st

from sxsh_options.services import money
from sxsh_options.ui import remarks, shell, source_changes, sources
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text

result = st.container()
with st.container(key="sources_day"):
    as_of = sources.day(wording)
matched = money.sources_for(work.bench().assessment, as_of)
with result:
    shell.head(wording, text("sources.title"), text("sources.intro"), step=4, work=work)
    shell.show(sources.lead(matched, wording))
    sources.questions(matched, work, wording)
by_verdict = {
    verdict: [each for each in matched.found if each.verdict == verdict] for verdict in sources.VERDICTS
}
source_changes.show(work.bench().assessment, as_of, wording)
for verdict in ("eligible", "undetermined"):
    shell.show(tag("h2", f"{text(f'sources.{verdict}')} ({len(by_verdict[verdict])})"))
    shell.show(sources.cards(by_verdict[verdict], wording))
with st.expander(f"{text('sources.not_eligible')} ({len(by_verdict['not_eligible'])})", key="not_eligible"):
    shell.show(sources.cards(by_verdict["not_eligible"], wording))
shell.show(remarks.left_out(matched.left_out, wording))

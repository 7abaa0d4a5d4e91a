"""Sources of money: which fit this assessment on a day, how much, by when, and why the others do not."""

import streamlit as st

from sxsh_options.services import money
from sxsh_options.ui import budgets, remarks, shell, source_changes, sources
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text

result = st.container()
with st.container(key="sources_day"):
    as_of = sources.day(work, wording)
assessment = work.bench().assessment
matched = money.sources_for(assessment, as_of)
with result:
    shell.head(wording, text("sources.title"), text("sources.intro"), step=4, work=work)
    sources.nothing_yet(matched, wording)
    shell.show(sources.lead(matched, wording), remarks.left_out(matched.left_out, wording))
    sources.questions(matched, assessment.facility, work, wording)
    budgets.show(work, matched.found, wording)
source_changes.show(assessment, as_of, wording)
for verdict in ("eligible", "undetermined"):
    shell.show(tag("h2", f"{text(f'sources.{verdict}')} ({len(matched.money(verdict))})"))
    shell.show(sources.section(matched, verdict, assessment.facility, wording))
refused = len(matched.money("not_eligible"))
with st.expander(f"{text('sources.not_eligible')} ({refused})", key="not_eligible"):
    shell.show(sources.section(matched, "not_eligible", assessment.facility, wording))

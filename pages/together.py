"""Step 4: several options as one investment."""

import streamlit as st

from sxsh_options.services.together_reasons import explain_bundle
from sxsh_options.ui import drawings, remarks, shell, standing, together
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text
bench = work.bench()
ranked = bench.ranked
chosen = together.chosen_of(work, ranked)
made, faults = together.joint(bench, chosen)
names = standing.names_of(work, bench, wording)

shell.head(wording, text("together.title"), text("together.intro"), step=4, work=work)
if ranked.options:
    shell.show(together.lead(made, chosen, wording))
standing.notice(work, bench, wording)

if ranked.options:
    together.problems(work, faults, chosen, names, wording)
    which, worth = st.columns([2, 3], gap="large")
    with which:
        together.choice(work, ranked, chosen, wording)
    if made is not None:
        with worth:
            shell.show(tag("h2", text("together.indicators")), together.indicators(made, ranked, wording))
            overlaps = [what for what in made.messages if what.code.startswith("together.")]
            shell.show(remarks.notes((remarks.with_names(what, names) for what in overlaps), wording))
        drawings.cash_flow(made.cash_flows_vnd, made.simple_payback_years, wording)
        if made.resources:
            shell.show(
                tag("h2", text("together.savings")),
                tag("p", text("together.shares"), class_="sx-quiet"),
                together.savings(made, wording),
            )
        if made.consumption:
            shell.show(tag("h2", text("together.consumption")), together.consumption(made, wording))
        explained = explain_bundle(made, ranked)
        shell.show(tag("h2", text("screen.how")), together.reasons(made, explained, wording))
        shell.show(
            tag("h2", text("screen.assumptions")),
            remarks.assumptions(together.rests_on(ranked, made), wording),
        )
standing.unfinished(work, bench, wording)

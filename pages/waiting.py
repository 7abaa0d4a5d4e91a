"""Wait for support, or act now: both ways side by side, and from which grant on waiting pays."""

import streamlit as st

from sxsh_options.services import money
from sxsh_options.ui import plan, plan_fields, remarks, shell, standing, waiting
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text
bench = work.bench()
names = standing.names_of(work, bench, wording)

result = st.container()
request = plan_fields.asked(work, wording, with_aim=False)  # the ways are compared by NPV
with result:
    shell.head(wording, text("waiting.title"), text("waiting.intro"), step=4, work=work)
    made, faults = waiting.compared(bench.assessment, request, wording)
    if made is not None:
        shell.show(waiting.lead(made, request.as_of, wording))
        if made.open_grants:
            shell.link("sources", text("nav.sources"), icon=":material/arrow_forward:")
    plan.faults(faults, names, wording)
    shell.show(remarks.left_out(money.files_left_out(), wording))
if made is not None and made.awaited:
    shell.show(waiting.ways(made, wording), waiting.which(made, names, wording))
    if made.break_even is not None:
        shell.show(tag("h2", text("waiting.break_even")), waiting.break_even(made, wording))
    shell.show(tag("h2", text("waiting.awaited")), waiting.awaited(made, wording))
    with st.expander(text("waiting.how.title"), key="waiting_how"):
        shell.show(tag("p", text("waiting.how")))

"""The financing plan: who pays for what, before and after, and what is not used."""

import streamlit as st

from sxsh_options.services import money
from sxsh_options.ui import plan, plan_fields, plan_tables, remarks, shell, standing
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text
bench = work.bench()
names = standing.names_of(work, bench, wording)

result = st.container()
request = plan_fields.asked(work, wording)
as_of = request.as_of
with result:
    shell.head(wording, text("plan.title"), text("plan.intro"), step=4, work=work)
    made, faults = plan.planned(bench.assessment, request, wording)
    if made is not None:
        shell.show(plan.lead(made, wording))
        plan.must_wait(made, wording)
    plan_fields.unfinished_loans(work, wording)
    plan.faults(faults, names, wording)
    shell.show(remarks.left_out(money.files_left_out(), wording))
matched = made.matched if made is not None else money.sources_for(bench.assessment, as_of)
if made is not None and made.plan.option_ids:
    shell.show(plan.bar(made.plan, wording))
    if made.chose:
        plan.carried_out(made.plan, names, wording)
    shell.show(tag("h2", text("plan.sources")), plan.sources(made.plan, matched, as_of, wording))
    shell.show(plan.remarks_on(made.plan, wording))
    plan_fields.in_plan(work, plan.granting(made.plan, wording), wording)
    shell.show(tag("h2", text("plan.compared")), plan.compared(made.plan, wording))
    plan.second(bench.assessment, made, request, wording)
    plan.cash(made.plan, wording)
    with st.expander(text("plan.uses"), key="plan_uses"):
        shell.show(plan_tables.uses(made.plan, names, wording))
    with st.expander(text("plan.years"), key="plan_years"):
        shell.show(plan_tables.years(made.plan, wording), plan_tables.loans(made.plan, wording))
    with st.expander(text("plan.months"), key="plan_months"):
        shell.show(plan_tables.months(made.plan, wording))
could_be = plan.could_be_counted_on(made.plan if made is not None else None, matched)
plan_fields.choices(work, could_be, matched, wording)
plan_fields.offers(work, matched, wording)
if made is not None:
    with st.expander(text("plan.left_out"), key="plan_left_out"):
        shell.show(plan.left_out(made.plan, matched, wording))
    plan.basis(made, wording)
standing.unfinished(work, bench, wording)

"""A financing plan as a person reads it: who pays what, before and after, cash by month, what is not used."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from sxsh_options.errors import Message, SxshError
from sxsh_options.funding import Match
from sxsh_options.funding.plan import Plan, awaited_by
from sxsh_options.funding.plan.best import GrantInPlan
from sxsh_options.i18n import Wording, plans
from sxsh_options.i18n.sources import citation
from sxsh_options.model import Assessment
from sxsh_options.services.money import Matched
from sxsh_options.services.plans import Planned, PlanRequest, plan_for
from sxsh_options.ui import drawings, remarks, shell
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.plan_fields import OBJECTIVES
from sxsh_options.ui.plan_tables import fitted, nothing
from sxsh_options.ui.searching import searched

_OF_MONEY = frozenset({"grant", "loan", "interest_support", "guarantee"})
_COUNTABLE = frozenset({"plan.out.undetermined", "plan.out.amount_unknown", "plan.out.terms_unknown"})


def planned(
    assessment: Assessment, request: PlanRequest, wording: Wording, *, name: str = "plan"
) -> tuple[Planned | None, tuple[Message, ...]]:
    """Return the best plan, or every reason why there is none."""
    try:
        made = searched(
            name,
            (assessment, request),
            lambda progress, cancelled: plan_for(assessment, request, progress=progress, cancelled=cancelled),
            wording,
        )
    except SxshError as error:
        return None, error.messages
    return made, ()


def lead(made: Planned, wording: Wording) -> Html:
    """Return the plan in one sentence; where it loses, that it does."""
    said = tag("p", plans.lead(made.plan, wording), class_="sx-lead")
    return join([said, *(tag("p", each, class_="sx-ask") for each in plans.loss(made.plan, wording))])


def bar(plan: Plan, wording: Wording) -> Html:
    """Return who pays the investment as one bar with its legend: grants, loans, own capital."""
    parts = [("grants", plan.granted_vnd), ("loans", plan.borrowed_vnd), ("own", plan.own_share_vnd)]
    total = sum(amount for _, amount in parts)
    if total <= 0:
        return Html()
    pieces = [
        tag("span", class_=f"sx-pay-{name}", style=f"width:{100 * amount / total:.2f}%")
        for name, amount in parts
        if amount > 0
    ]
    legend = [
        tag(
            "li",
            tag("span", class_=f"sx-pay-key sx-pay-{name}", aria_hidden="true"),
            f"{wording.text(f'plan.{name}')}: {wording.money_compact(amount, 4)} ",
            tag("span", f"({wording.percent(amount / total, 3)})", class_="sx-quiet"),
        )
        for name, amount in parts
        if amount > 0
    ]
    return join(
        [tag("div", pieces, class_="sx-pay", aria_hidden="true"), tag("ul", legend, class_="sx-pay-legend")]
    )


def sources(plan: Plan, matched: Matched, as_of: date, wording: Wording) -> Html:
    """Return the sources of the plan: amount, when it comes, how certain it is, what it takes."""
    by_id = {match.source.id: match for match in matched.found}
    rows: list[tuple[str, ...]] = []
    for grant in plan.grants:
        match = by_id[grant.piece.source.id]
        certain = "plan.counted_on" if grant.piece.counted_on else "plan.certain"
        rows.append(
            (
                grant.piece.source.name.both[wording.lang],
                wording.money_compact(grant.amount_vnd, 4),
                wording.text("plan.paid_when", months=grant.month),
                _with_article(grant, wording.text(certain), wording),
                effort(match, as_of, wording),
            )
        )
    for loan in plan.loans:
        name = plans.lender(loan, wording)
        if loan.piece.support is not None:
            name = f"{name} + {loan.piece.support.name.both[wording.lang]}"
        rows.append(
            (
                name,
                wording.money_compact(loan.principal_vnd, 4),
                wording.text("plan.loan_terms", rate=loan.effective_rate, years=loan.term_years),
                wording.text("plan.counted_on" if loan.piece.counted_on else "plan.offered"),
                nothing(),
            )
        )
    fees = sum(float(loan.interest_vnd[0]) for loan in plan.loans)  # what loans cost on their first day
    paid = wording.text("plan.own.with_fees", amount=fees) if fees > 0 else wording.text("plan.own.at_start")
    rows.append(
        (
            wording.text("plan.own"),
            wording.money_compact(plan.after.own_capital_vnd, 4),
            paid,
            nothing(),
            nothing(),
        )
    )
    names = ("source", "amount", "when", "certainty", "effort")
    headings = [wording.text(f"plan.{name}") for name in names]
    return fitted(headings, rows, caption=wording.text("plan.sources"))


def _with_article(grant: GrantInPlan, certain: str, wording: Wording) -> Html:
    reference = grant.piece.line.reference
    named = citation(reference, wording)
    evidence = wording.text(f"evidence.{reference.evidence}")
    return join([certain, tag("div", f"{named} · {evidence}", class_="sx-quiet")])


def effort(match: Match, as_of: date, wording: Wording) -> str:
    """Return what a source takes: papers, weeks to a decision, days left in its window."""
    source, said = match.source, []
    if source.dossier:
        said.append(wording.text("plan.effort.papers", count=len(source.dossier)))
    if match.deadline is not None:
        days = (match.deadline.closes - as_of).days
        said.append(wording.text("plan.effort.window", day=match.deadline.closes, days=days))
    weeks = source.payout.weeks_to_decision if source.payout else None
    if weeks is not None:
        said.append(wording.text("plan.effort.weeks", weeks=weeks))
    return "; ".join(said) or wording.text("plan.effort.not_known")


def granting(plan: Plan, wording: Wording) -> dict[str, str]:
    """Return the names of the sources that give grants, and of those that the owner left out, by id."""
    sources = [grant.piece.source for grant in plan.grants]
    sources += [each.source for each in plan.left_out if each.reason.code == "plan.out.by_choice"]
    return {source.id: source.name.both[wording.lang] for source in sources}


def must_wait(made: Planned, wording: Wording) -> None:
    """Say that grants are filed for before investing, with the way to what that costs."""
    awaited = awaited_by(made.plan, made.matched.found, made.as_of)
    if awaited:
        shell.show(tag("p", plans.must_wait(made.plan, awaited, made.as_of, wording), class_="sx-ask"))
        shell.link("waiting", wording.text("nav.waiting"), icon=":material/arrow_forward:")


def remarks_on(plan: Plan, wording: Wording) -> Html:
    """Return what is to be known beside the figures."""
    return join(tag("p", each, class_="sx-remark") for each in plans.remarks(plan, wording))


def compared(plan: Plan, wording: Wording) -> Html:
    """Return the figures before and after."""
    before, after = (plans.figures(plan, each, wording) for each in (plan.before, plan.after))
    rows = [
        (wording.text(f"plan.figure.{name}"), before[name], tag("strong", after[name])) for name in before
    ]
    headings = [wording.text(f"plan.{name}") for name in ("figure", "before", "after")]
    return fitted(headings, rows, caption=wording.text("plan.compared"), of="sx-abreast")


def side_by_side(one: Planned, other: Planned, other_name: str, wording: Wording) -> Html:
    """Return two plans in two columns."""
    columns = [_column(each.plan, wording) for each in (one, other)]
    rows = [(wording.text(f"plan.figure.{name}"), columns[0][name], columns[1][name]) for name in columns[0]]
    headings = [wording.text("plan.figure"), wording.text("plan.this"), other_name]
    return fitted(headings, rows, caption=wording.text("plan.second.caption"), of="sx-abreast")


def _column(plan: Plan, wording: Wording) -> dict[str, str]:
    return {
        "options": wording.integer(len(plan.option_ids)),
        "grants": wording.money_compact(plan.granted_vnd, 4),
        "loans": wording.money_compact(plan.borrowed_vnd, 4),
        **plans.figures(plan, plan.after, wording),
        "co2e": wording.value(plan.co2e_t if math.isfinite(plan.co2e_t) else None, "tCO2e/year", 4),
    }


def second(assessment: Assessment, made: Planned, request: PlanRequest, wording: Wording) -> None:
    """Offer to set another plan beside this one: one with another aim, or without one of its sources."""
    others: dict[str, tuple[str, PlanRequest]] = {
        name: (wording.text(f"plan.objective.{name}"), replace(request, objective=name))
        for name in OBJECTIVES
        if name != request.objective
    }
    used = [grant.piece.source for grant in made.plan.grants]
    used += [loan.piece.source for loan in made.plan.loans if loan.piece.source is not None]
    for source in used:
        without = replace(request, without=request.without | {source.id})
        said = wording.text("plan.second.without", source=source.name.both[wording.lang])
        others[source.id] = (said, without)
    kept = st.session_state.get("plan_second")  # put there again, so that a list in another language shows it
    st.session_state["plan_second"] = kept if kept in others else None
    chosen = st.selectbox(
        wording.text("plan.second"),
        list(others),
        index=None,
        format_func=lambda name: others[name][0],
        key="plan_second",
        placeholder=wording.text("plan.second.none"),
        filter_mode=None,
    )
    if chosen is None:
        return
    name, other_request = others[chosen]
    other, found = planned(assessment, other_request, wording, name="second")
    if other is None:
        faults(found, {}, wording)
    else:
        shell.show(side_by_side(made, other, name, wording))


def carried_out(plan: Plan, names: Mapping[str, str], wording: Wording) -> None:
    """Show which options the plan carries out, and which it leaves."""
    listed = "; ".join(names.get(name, name) for name in plan.option_ids)
    said = wording.text("plan.chosen", count=len(plan.option_ids), total=plan.candidates)
    shell.show(tag("p", tag("strong", said), " ", listed))


def cash(plan: Plan, wording: Wording) -> None:
    """Show the owner's cash by month."""
    month = plan.grants[0].month if plan.grants else None
    drawings.cash_by_month(
        tuple(plan.after.cumulative_vnd.tolist()), tuple(plan.before.cumulative_vnd.tolist()), month, wording
    )


def could_be_counted_on(plan: Plan | None, matched: Matched) -> list[Match]:
    """Return the sources that the owner may count on all the same; without a plan, all that are open."""
    open_ones = {each.source.id for each in matched.found if each.verdict == "undetermined"}
    if plan is not None:
        open_ones = {each.source.id for each in plan.left_out if each.reason.code in _COUNTABLE}
    return [m for m in matched.found if m.source.id in open_ones and m.source.kind in _OF_MONEY]


def left_out(plan: Plan, matched: Matched, wording: Wording) -> Html:
    """Return why the other sources are not used, those with one reason together."""
    names = {match.source.id: match.source.name.both[wording.lang] for match in matched.found}
    by_reason: dict[str, list[str]] = {}
    refused = sum(each.reason.code == "plan.out.not_eligible" for each in plan.left_out)
    if refused:
        by_reason[wording.text("plan.out.not_eligible")] = [wording.text("plan.refused", count=refused)]
    for each in plan.left_out:
        if each.reason.code == "plan.out.not_eligible":
            continue
        by_reason.setdefault(plans.reason(each, names, wording), []).append(names[each.source.id])
    return tag("dl", _reasons(by_reason), class_="sx-reasons")


def _reasons(by_reason: Mapping[str, Sequence[str]]) -> Iterator[Html]:
    for reason, names in by_reason.items():
        yield tag("dt", reason[:1].upper() + reason[1:])
        yield tag("dd", tag("ul", (tag("li", name) for name in names)) if len(names) > 1 else names[0])


def faults(found: Sequence[Message], names: Mapping[str, str], wording: Wording) -> None:
    """Show why there is no plan."""
    for what in found:
        said = wording.word(remarks.with_names(what, names))
        shell.show(tag("p", said, class_="sx-fault", role="alert"))
    if any(what.code.startswith("together.") for what in found):
        shell.link("together", wording.text("nav.together"), icon=":material/arrow_forward:")
    if any(what.code == "plan.nothing_to_finance" for what in found):
        shell.link("options", wording.text("screen.unfinished.options"), icon=":material/arrow_forward:")


def basis(made: Planned, wording: Wording) -> None:
    """Show what the plan rests on, folded away."""
    with st.expander(wording.text("plan.rests_on"), key="plan_rests_on"):
        shell.show(remarks.rests_on(made.as_of, made.assumptions, made.messages, wording))

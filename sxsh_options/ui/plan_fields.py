"""What the owner says about money: the aim, own capital, loans on offer, which sources to count on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import get_args

import streamlit as st

from sxsh_options.errors import SxshError
from sxsh_options.funding import Match
from sxsh_options.i18n import Wording
from sxsh_options.model import LoanOffer, Objective
from sxsh_options.services import editing
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds
from sxsh_options.services.money import Matched
from sxsh_options.services.plans import PlanRequest
from sxsh_options.ui import rows, shell, sources
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.figures import unmarked
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

FINANCING: Path = ("financing",)
LOANS: Path = (*FINANCING, "loans")
CHOICES: Path = (*FINANCING, "sources")
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)
_SHARE = Bounds(0, 1)
_RATE = Bounds(0, 1)
_TERM, _GRACE, _MONTHS, _COVER = Bounds(1, 40), Bounds(0, 39), Bounds(1, 60), Bounds(0, 10)


def asked(work: Work, wording: Wording, *, with_aim: bool = True) -> PlanRequest:
    """Show what a plan is asked for: its aim, own capital, the day, whether options may be left out."""
    fields = Fields(work, wording)
    aims: dict[str, str] = {name: wording.text(f"plan.objective.{name}") for name in OBJECTIVES}
    with st.container(horizontal=True, key="plan_asked"):
        if with_aim:
            fields.choice((*FINANCING, "objective"), wording.text("plan.objective"), aims, otherwise="npv")
        with st.container(key="plan_own"):
            own_capital(work, wording)
        with st.container(key="sources_day"):
            as_of = sources.day(work, wording)
    fields.tick((*FINANCING, "may_leave_out"), wording.text("plan.choose"))
    return PlanRequest.stated(work.bench().assessment, as_of)


def own_capital(work: Work, wording: Wording) -> None:
    """Show the field for the owner's own money."""
    fields = Fields(work, wording)
    fields.dong(
        (*FINANCING, "own_capital_vnd"),
        wording.text("plan.own_capital"),
        hint=wording.text("plan.own_capital.hint"),
    )


def offers(work: Work, matched: Matched, wording: Wording) -> None:
    """Show the loans on offer and the limits, folded away."""
    fields, text = Fields(work, wording), wording.text
    lenders = {
        match.source.id: match.source.name.both[wording.lang]
        for match in matched.found
        if match.source.kind == "loan" and match.verdict != "not_eligible"
    }
    with st.expander(text("plan.offers"), key="plan_offers"):
        shell.show(tag("p", text("plan.offers.intro"), class_="sx-quiet"))
        rows.forms(work, wording, LOANS, partial(_offer, fields, lenders), text("plan.offer.remove"))
        rows.add_button(work, LOANS, text("plan.offer.add"), {}, "loan")
        _limits(fields)


def _offer(fields: Fields, lenders: dict[str, str], row: Path) -> None:
    """Show the fields of one loan."""
    text = fields.wording.text
    such_as = partial(_hint, fields.wording, "example")
    if_empty = partial(_hint, fields.wording, "default")
    ways = {
        way: text(f"plan.offer.repayment.{way}")
        for way in get_args(LoanOffer.model_fields["repayment"].annotation)
    }
    shown: dict[str, Callable[[Path, str], None]] = {
        "name": fields.text,
        "source": lambda at, label: fields.choice(at, label, lenders, empty=text("plan.offer.bank")),
        "rate": lambda at, label: fields.percent(at, label, _RATE, hint=such_as(fields.wording.number(8.5))),
        "term_years": lambda at, label: fields.whole(at, label, _TERM, hint=such_as("5")),
        "grace_years": lambda at, label: fields.whole(at, label, _GRACE, hint=if_empty("0")),
        "repayment": lambda at, label: fields.choice(at, label, ways, otherwise="annuity"),
        "fixed_years": lambda at, label: fields.whole(at, label, _TERM),
        "later_rate": lambda at, label: fields.percent(at, label, _RATE),
        "fee_share": lambda at, label: fields.percent(at, label, _SHARE),
        "share_max": lambda at, label: fields.percent(at, label, _SHARE, hint=if_empty("100")),
        "amount_max_vnd": fields.dong,
    }
    with st.container(horizontal=True, key=f"pairs-{row[-1]}"):
        for name, show in shown.items():
            with st.container(key=f"pair-{name}-{row[-1]}"):
                show((*row, name), text(f"plan.offer.{name}"))
    given = editing.get(fields.work.document, row)
    if not _is_complete(given):
        named = str(given.get("name") or text("plan.offer.bank")) if isinstance(given, dict) else ""
        shell.show(tag("p", text("plan.offer.unfinished", name=named), class_="sx-ask"))


def _is_complete(given: object) -> bool:
    try:
        LoanOffer.model_validate(given, strict=False)
    except (ValueError, SxshError):
        return False
    return True


def unfinished_loans(work: Work, wording: Wording) -> None:
    """Say beside the result that loans are not in it, since they are not filled in."""
    count = sum(not _is_complete(row) for row in editing.rows(work.document, *LOANS))
    if count:
        shell.show(tag("p", wording.text("plan.unfinished_loans", count=count), class_="sx-ask"))


def _hint(wording: Wording, kind: str, value: str) -> str:
    """Return a hint inside an empty field: an example, or what counts while it is empty."""
    return wording.text(f"plan.{kind}_hint", value=value)


def _limits(fields: Fields) -> None:
    text = fields.wording.text
    if_empty = partial(_hint, fields.wording, "default")

    def at(name: str) -> tuple[Path, str]:
        return (*FINANCING, name), text(f"plan.limit.{name}")

    with st.container(horizontal=True, key="pairs-limits"):
        for name in ("own_share_min", "public_share_max", "lent_against_collateral"):
            with st.container(key=f"pair-{name}"):
                fields.percent(*at(name), _SHARE)
        with st.container(key="pair-collateral_vnd"):
            fields.dong(*at("collateral_vnd"))
        with st.container(key="pair-months_to_payout"):
            fields.whole(*at("months_to_payout"), _MONTHS, unit="month", hint=if_empty("12"))
        with st.container(key="pair-bridge_rate"):
            fields.percent(*at("bridge_rate"), _RATE)
        with st.container(key="pair-min_debt_service_cover"):
            fields.plain(*at("min_debt_service_cover"), _COVER, hint=if_empty("1"))
        with st.container(key="pair-usual_bank_loan"):
            fields.yes_no(*at("usual_bank_loan"))


def choices(work: Work, countable: Sequence[Match], matched: Matched, wording: Wording) -> None:
    """Show which sources are counted on or left out by the owner's word, and which could be."""
    found = {match.source.id: match for match in matched.found}
    chosen = {str(row["id"]): row for row in editing.rows(work.document, *CHOICES)}
    could = [each.source.id for each in countable if each.source.id not in chosen]
    counted = [name for name, row in chosen.items() if row.get("use") == "count_on" and name in found]
    if not could and not counted:
        return
    with st.expander(wording.text("plan.could_be"), expanded=bool(counted), key="plan_could_be"):
        shell.show(tag("p", wording.text("plan.could_be.intro"), class_="sx-quiet"))
        for name in [*counted, *could]:
            _count_on(work, found[name], wording, on=name in counted)


def _count_on(work: Work, match: Match, wording: Wording, *, on: bool) -> None:
    source_id, name = match.source.id, match.source.name.both[wording.lang]
    key = f"count_on/{source_id}"
    st.session_state[key] = on

    def decide() -> None:
        _decide(work, source_id, "count_on" if entered(key) else None)

    label = unmarked(wording.text("plan.count_on", source=name))
    st.checkbox(label, key=key, on_change=careful(decide))
    if on:
        fields = Fields(work, wording)
        at = (*CHOICES, source_id, "amount_vnd")
        fields.dong(at, wording.text("plan.count_on.amount", source=name))
        given, most = editing.get(work.document, at), match.amount_upper_bound_vnd
        if isinstance(given, (int, float)) and most is not None and given > most:
            shell.show(tag("p", wording.text("plan.count_on.most", amount=most), class_="sx-ask"))


def in_plan(work: Work, used: dict[str, str], wording: Wording) -> None:
    """Show a button for each source of the plan to do without it, and to take back one that is left out."""
    left = {str(row["id"]) for row in editing.rows(work.document, *CHOICES) if row.get("use") == "leave_out"}
    with st.container(horizontal=True, key="plan_without"):
        for source_id, name in used.items():
            without = source_id in left
            code = "plan.take_back" if without else "plan.leave_out"
            st.button(
                unmarked(wording.text(code, source=name)),
                key=f"without/{source_id}",
                icon=":material/undo:" if without else ":material/close:",
                type="tertiary",
                on_click=careful(partial(_decide, work, source_id, None if without else "leave_out")),
            )


def _decide(work: Work, source_id: str, use: str | None) -> None:
    """Put down what the owner decided about a source; ``None`` takes it back."""

    def edit(document: editing.Document) -> editing.Document:
        there = {str(row["id"]) for row in editing.rows(document, *CHOICES)}
        if source_id in there:
            document = editing.remove_row(document, (*CHOICES, source_id))
        return (
            document if use is None else editing.add_row(document, CHOICES, {"id": source_id, "use": use}, "")
        )

    work.change(edit)

"""Waiting for support beside acting now, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sxsh_options.errors import Message, SxshError
from sxsh_options.funding.plan import Plan, Waiting
from sxsh_options.funding.plan.awaited import Awaited
from sxsh_options.i18n import Wording, plans
from sxsh_options.i18n.sources import whom_to_ask
from sxsh_options.model import Assessment
from sxsh_options.services.plans import PlanRequest, waiting_for
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.plan_tables import fitted
from sxsh_options.ui.searching import searched


def compared(
    assessment: Assessment, request: PlanRequest, wording: Wording
) -> tuple[Waiting | None, tuple[Message, ...]]:
    """Return both ways, or every reason why there is no plan."""
    try:
        made = searched(
            "waiting",
            (assessment, request),
            lambda _, cancelled: waiting_for(assessment, request, cancelled=cancelled),
            wording,
        )
    except SxshError as error:
        return None, error.messages
    return made, ()


def lead(waiting: Waiting, as_of: date, wording: Wording) -> Html:
    """Return what is better, and why, in words; on the last day to file, that one has to ask at once."""
    said = tag("p", plans.wait_or_act(waiting, wording), class_="sx-lead")
    cautions = plans.last_day(waiting.awaited, as_of, wording)
    if (lost := plans.open_grants(waiting, wording)) is not None:
        cautions.append(lost)
    return join([said, *(tag("p", caution, class_="sx-ask") for caution in cautions)])


def ways(waiting: Waiting, wording: Wording) -> Html:
    """Return the ways side by side, what is worth most in bold."""
    text, months = wording.text, round(waiting.months)

    def money(amount: float) -> str:
        return wording.money_compact(amount, 4)

    def npv(amount: float) -> Html:
        most = amount == max(waiting.worths.values())
        return tag("strong" if most else "span", money(amount))

    def column(plan: Plan, start: str, worth: float, lost: str) -> list[str]:
        own = money(plan.after.own_capital_vnd)
        return [start, str(len(plan.option_ids)), npv(worth), money(plan.granted_vnd), own, lost]

    known = waiting.is_decision_known
    if known:
        start = text("waiting.in_months", months=months)
    else:
        start = text("waiting.later.at_least", months=months) if months else text("waiting.later.unknown")
    lost = waiting.lost_savings_vnd
    lost_later = money(lost) if known else text("waiting.a_month", amount=waiting.lost_a_month_vnd)
    columns = {}
    if waiting.at_once is None or waiting.npv_now_vnd is None:
        why = "" if waiting.why_not_now is None else text(f"waiting.impossible.{waiting.why_not_now.code}")
        columns["now"] = [why, *["–"] * 5]
    else:
        columns["now"] = column(waiting.at_once, text("waiting.today"), waiting.npv_now_vnd, "–")
    columns["later"] = column(waiting.later, start, waiting.npv_later_vnd, lost_later)
    if waiting.split is not None and waiting.npv_split_vnd is not None:
        now, later = waiting.split.at_once, waiting.split.delayed
        own = (now.after.own_capital_vnd, later.after.own_capital_vnd)
        columns["split"] = [
            text("waiting.split.start", months=round(waiting.waiting_months)),
            f"{len(now.option_ids)} + {len(later.option_ids)}",
            npv(waiting.npv_split_vnd),
            money(now.granted_vnd + later.granted_vnd),
            text("waiting.split.own_capital", now=own[0], later=own[1]),
            money(waiting.lost_savings_split_vnd),
        ]
    named = ("start", "options", "npv", "grants", "own_capital", "lost")
    rows = zip((text(f"waiting.figure.{name}") for name in named), *columns.values(), strict=True)
    headings = [text("waiting.figure"), *(text(f"waiting.{name}") for name in columns)]
    return fitted(headings, rows, text("waiting.title"), "sx-abreast")


def which(waiting: Waiting, names: Mapping[str, str], wording: Wording) -> Html:
    """Return which options are carried out at once and which wait, where that is worth most."""
    said = plans.options_by_time(waiting, names, wording)
    return join(tag("p", tag("strong", when), " ", options) for when, options in said.items())


def break_even(waiting: Waiting, wording: Wording) -> Html:
    """Return from when on waiting pays, beside what is counted on."""
    text = wording.text
    rows = (
        (text(f"waiting.break_even.{name}"), at, now)
        for name, (at, now) in plans.break_even(waiting, wording).items()
    )
    headings = [text("waiting.figure"), text("waiting.break_even.at"), text("waiting.break_even.now")]
    return fitted(headings, rows, text("waiting.break_even"), "sx-abreast")


def awaited(waiting: Waiting, wording: Wording) -> Html:
    """Return what is waited for: by when to file, and from when its money can be counted on."""
    text = wording.text
    rows = (
        (
            each.match.source.name.both[wording.lang],
            _files_by(each, wording),
            wording.date(each.decided_on) if each.decided_on else text("waiting.not_known"),
        )
        for each in waiting.waited_for
    )
    headings = [text("plan.source"), text("waiting.files_by"), text("waiting.decided_on")]
    return fitted(headings, rows, text("waiting.awaited"), "sx-abreast")


def _files_by(awaited: Awaited, wording: Wording) -> str:
    """Return by when a grant is filed for: by a day, at any time, or that one has to ask whom."""
    if awaited.files_by is not None:
        return wording.date(awaited.files_by)
    source = awaited.match.source
    if source.window is not None:
        return wording.text("waiting.any_time")
    return wording.text("waiting.files_unknown", whom=whom_to_ask(source, wording))

"""Waiting for support beside acting now, as a person reads it."""

from __future__ import annotations

from sxsh_options.errors import InputError, Message
from sxsh_options.funding.plan import Waiting
from sxsh_options.i18n import Wording, plans
from sxsh_options.model import Assessment
from sxsh_options.services.plans import PlanRequest, waiting_for
from sxsh_options.ui.markup import Html, tag
from sxsh_options.ui.plan import fitted
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
    except InputError as error:
        return None, error.messages
    return made, ()


def lead(waiting: Waiting, wording: Wording) -> Html:
    """Return what is better, and why, in words."""
    return tag("p", plans.wait_or_act(waiting, wording), class_="sx-lead")


def both(waiting: Waiting, wording: Wording) -> Html:
    """Return the two ways side by side."""
    text, money = wording.text, wording.money_compact
    start = (
        text("waiting.in_months", months=round(waiting.months)) if waiting.awaited else text("waiting.today")
    )
    rows = [
        ("start", text("waiting.today"), start),
        ("npv", money(waiting.npv_now_vnd, 4), money(waiting.npv_later_vnd, 4)),
        ("grants", money(waiting.now.granted_vnd, 4), money(waiting.later.granted_vnd, 4)),
        (
            "own_capital",
            money(waiting.now.after.own_capital_vnd, 4),
            money(waiting.later.after.own_capital_vnd, 4),
        ),
        ("lost", "–", money(waiting.lost_savings_vnd, 4)),
    ]
    headings = [text("waiting.figure"), text("waiting.now"), text("waiting.later")]
    named = ((text(f"waiting.figure.{name}"), now, later) for name, now, later in rows)
    return fitted(headings, named, text("waiting.title"))


def awaited(waiting: Waiting, wording: Wording) -> Html:
    """Return what is waited for: by when to file, and from when its money can be counted on."""
    text = wording.text
    rows = (
        (
            plans.source_name(each.match.source, wording),
            wording.date(each.files_by) if each.files_by else text("waiting.any_time"),
            wording.date(each.decided_on) if each.decided_on else text("waiting.not_known"),
        )
        for each in waiting.awaited
    )
    headings = [text("plan.source"), text("waiting.files_by"), text("waiting.decided_on")]
    return fitted(headings, rows, text("waiting.awaited"))

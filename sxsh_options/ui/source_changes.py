"""What becomes of the sources of money when the day changes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from sxsh_options.funding import Match
from sxsh_options.i18n import Wording, plans
from sxsh_options.model import Assessment
from sxsh_options.services.plans import Change, changes_between
from sxsh_options.ui import shell
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.sources import day_field

_OTHER, _KEPT_OTHER = "sources_other_day", "rules_of_other_day"


def show(assessment: Assessment, as_of: date, wording: Wording) -> None:
    """Ask for another day, folded away; show what is different on it."""
    with st.expander(wording.text("sources.changes"), key="source_changes"):
        other = day_field(wording.text("sources.changes.day"), _OTHER, _KEPT_OTHER, as_of, wording)
        if other == as_of:
            shell.show(tag("p", wording.text("sources.changes.same"), class_="sx-quiet"))
            return
        changed = changes_between(assessment, as_of, other)
        said = wording.text("sources.changes.lead", count=len(changed), first=as_of, second=other)
        shell.show(tag("p", said))
        if changed:
            shell.show(_table(changed, as_of, other, wording))


def _table(changed: tuple[Change, ...], as_of: date, other: date, wording: Wording) -> Html:
    rows = (
        (
            plans.source_name(change.after.source, wording),
            _said(change.before, wording),
            _said(change.after, wording),
        )
        for change in changed
    )
    headings = [wording.text("plan.source"), wording.date(as_of), wording.date(other)]
    return tag(
        "div",
        table(headings, rows, caption=wording.text("sources.changes"), class_="sx-facts"),
        class_="sx-fit",
    )


def _said(match: Match, wording: Wording) -> str:
    """Return verdict, amount and what is not met, shortly."""
    parts = [wording.text(f"match.verdict.{match.verdict}")]
    if match.amount_vnd is not None:
        parts.append(wording.money_compact(match.amount_vnd))
    elif match.amount_upper_bound_vnd is not None:
        amount = wording.money_compact(match.amount_upper_bound_vnd)
        parts.append(wording.text("sources.at_most", amount=amount))
    against = [
        plans.criterion_name(criterion, wording)
        for criterion in match.criteria
        if criterion.result == "not_met"
    ]
    return "; ".join([" · ".join(parts), *against])

"""What becomes of the sources of money when the day changes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.i18n import sources as said_of
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
        if not changed:
            shell.show(tag("p", wording.text("sources.changes.none", first=as_of, second=other)))
            return
        verdicts = sum(change.before.verdict != change.after.verdict for change in changed)
        lead = wording.text(
            "sources.changes.lead", count=len(changed), verdicts=verdicts, first=as_of, second=other
        )
        shell.show(tag("p", lead), _table(changed, as_of, other, wording))


def _table(changed: tuple[Change, ...], as_of: date, other: date, wording: Wording) -> Html:
    rows = (
        (change.after.source.name.both[wording.lang], *said_of.difference(change, wording))
        for change in changed
    )
    headings = [wording.text("plan.source"), wording.date(as_of), wording.date(other)]
    return tag(
        "div",
        table(headings, rows, caption=wording.text("sources.changes"), class_="sx-facts"),
        class_="sx-fit",
    )

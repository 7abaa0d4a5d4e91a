"""What sources of money still have for the year applied for, as the owner was told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from sxsh_options.funding import Match
from sxsh_options.funding.schema import WITH_BUDGET
from sxsh_options.i18n import Wording
from sxsh_options.services import editing
from sxsh_options.services.editing import Path
from sxsh_options.ui import rows, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

BUDGETS: Path = ("financing", "remaining_budgets")
_ADD = "add_budget"


def show(work: Work, matches: Sequence[Match], wording: Wording) -> None:
    """Show, folded away, what was told of budgets, and a choice of the sources of which it can be."""
    text = wording.text
    names = {m.source.id: m.source.name.both[wording.lang] for m in matches}
    told = {str(row["id"]) for row in editing.rows(work.document, *BUDGETS)}
    could = [
        m.source.id
        for m in matches
        if m.source.kind in WITH_BUDGET and m.verdict != "not_eligible" and m.source.id not in told
    ]
    with st.expander(text("sources.budgets"), key="budgets"):
        shell.show(tag("p", text("sources.budgets.intro"), class_="sx-quiet"))
        rows.forms(
            work,
            wording,
            BUDGETS,
            partial(_one, Fields(work, wording), names),
            text("sources.budgets.remove"),
        )

        def add() -> None:
            chosen, st.session_state[_ADD] = st.session_state[_ADD], None
            if chosen is not None:
                work.change(lambda document: editing.add_row(document, BUDGETS, {"id": chosen}, ""))

        st.selectbox(
            text("sources.budgets.add"),
            could,
            index=None,
            format_func=lambda name: names[name],
            key=_ADD,
            placeholder=text("field.choose"),
            on_change=careful(add),
        )


def _one(fields: Fields, names: dict[str, str], row: Path) -> None:
    text = fields.wording.text
    name = names.get(row[-1], row[-1])
    shell.show(tag("p", tag("strong", name)))
    with st.container(horizontal=True, key=f"pairs-{key_of(row)}"):
        with st.container(key=f"pair-remaining-{key_of(row)}"):
            fields.dong((*row, "remaining_vnd"), text("sources.budgets.remaining_vnd"))
        with st.container(key=f"pair-told_by-{key_of(row)}"):
            fields.text(
                (*row, "told_by"), text("sources.budgets.told_by"), hint=text("sources.budgets.told_by.hint")
            )

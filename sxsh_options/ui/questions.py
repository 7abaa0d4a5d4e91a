"""Questions that figures raise; "that is right" answers one, with a reason that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import Message
from sxsh_options.i18n import Wording
from sxsh_options.model.merging import Document
from sxsh_options.screening.plausibility import figures
from sxsh_options.services import editing
from sxsh_options.ui import shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import LOCAL, Work

LONGEST_REASON = 2_000  # as the model has it
_ANSWERED = "question_being_answered"


def show(work: Work, wording: Wording, option_id: str, asked: Sequence[Message]) -> None:
    """Show questions about one option; each may be answered with why its figures are right.

    Parameters
    ----------
    work : Work
    wording : Wording
    option_id : str
    asked : sequence of Message
        As they stand in the option's ``warnings``.
    """
    for question in asked:
        key = f"question/{option_id}/{question.code}/{figures(question)}"
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"{key}/row"
        ):
            shell.show(tag("p", wording.word(question), class_="sx-question"))
            st.button(
                wording.text("screen.question.is_right"),
                key=key,
                type="tertiary",
                icon=":material/check:",
                on_click=careful(partial(_toggle, key)),
            )
        if st.session_state.get(_ANSWERED) == key:
            field = f"{key}/reason"
            st.text_input(
                wording.text("screen.question.why"),
                key=field,
                max_chars=LONGEST_REASON,
                placeholder=wording.text("screen.question.why.hint"),
                on_change=careful(partial(_confirm, work, option_id, question, field)),
            )


def confirmed(work: Work, wording: Wording, option_id: str) -> None:
    """Show what was confirmed of one option, with the reason, and the way to have it asked again."""
    asked = [o.warnings for o in work.bench().ranked.options if o.option_id == option_id]
    open_again = {_subject(q.code, q.params) for questions in asked for q in questions}
    rows = [
        row
        for row in editing.rows(work.document, "confirmations")
        if row.get("option") == option_id and _row_subject(row) not in open_again
    ]
    if not rows:
        return
    shell.show(tag("p", wording.text("screen.question.confirmed"), class_="sx-confirmed-title"))
    for row in rows:
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"confirmed/{row['id']}",
        ):
            shell.show(
                tag(
                    "p",
                    wording.text(str(row.get("question")), **_params(row)),
                    tag("span", _reason(row, wording), class_="sx-reason"),
                    class_="sx-confirmed",
                )
            )
            st.button(
                wording.text("screen.question.ask_again"),
                key=f"ask_again/{row['id']}",
                type="tertiary",
                icon=":material/undo:",
                on_click=careful(partial(_ask_again, work, str(row["id"]))),
            )


def _toggle(key: str) -> None:
    """Open the field for the reason, or close it."""
    st.session_state[_ANSWERED] = None if st.session_state.get(_ANSWERED) == key else key


def _confirm(work: Work, option_id: str, question: Message, field: str) -> None:
    reason = " ".join(str(st.session_state[field]).split())
    if not reason:
        return
    row = {
        "question": question.code,
        "option": option_id,
        "figures": figures(question),
        "reason": "".join(c if c.isprintable() else " " for c in reason),
        **({"by": LOCAL.name} if LOCAL.name else {}),
        "on": today().isoformat(),
    }
    subject = _subject(question.code, question.params)

    def edit(document: Document) -> Document:
        """Put the answer in place of an earlier one to the same question, of other figures."""
        for earlier in editing.rows(document, "confirmations"):
            if earlier.get("option") == option_id and _row_subject(earlier) == subject:
                document = editing.remove_row(document, ("confirmations", earlier["id"]))
        return editing.add_row(document, ("confirmations",), row, "confirmation")

    work.change(edit)
    st.session_state[_ANSWERED] = None


def _ask_again(work: Work, row_id: str) -> None:
    work.change(lambda document: editing.remove_row(document, ("confirmations", row_id)))


def _subject(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a question is about: its figures may change, its resource does not."""
    return code, str(params.get("resource", ""))


def _row_subject(row: Document) -> tuple[str, str]:
    return _subject(str(row.get("question")), _params(row))


def _params(row: Document) -> dict[str, Any]:
    """Return the figures of a confirmation, as the question named them."""
    pairs = (part.partition("=") for part in str(row.get("figures", "")).split("; ") if "=" in part)
    return {name: _value(text) for name, _, text in pairs}


def _value(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _reason(row: Document, wording: Wording) -> str:
    on = row.get("on")
    return wording.text(
        "screen.question.reason",
        reason=str(row.get("reason", "")),
        day=date.fromisoformat(str(on)) if on else None,
    )

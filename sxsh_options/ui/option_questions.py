"""Questions about the figures of many options: a line for each, opened when wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sxsh_options.errors import Message
from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import RankedOption
from sxsh_options.services.workbench import Workbench
from sxsh_options.ui import figures, questions, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

_NAMES_SHOWN, _LONGEST_NAME = 3, 60
_SHOWN = 10  # options of an opened question; more on request
_MORE = "options_asked_shown"
_LINES = "lines_that_open"

Asked = tuple[RankedOption, list[Message]]


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    began: bool  # open
    opened: bool


def show(work: Work, wording: Wording, bench: Workbench) -> None:
    """Show how many questions there are and, by what they ask, of which options; each may be answered."""
    groups = grouped(bench.ranked.options)
    if not groups:
        return
    count = sum(len(asked) for group in groups.values() for _, asked in group)
    with st.container(border=True, key="asked"):
        shell.show(
            tag("h2", wording.text("option.asked_all", count=count)),
            tag("p", wording.text("option.asked.intro"), class_="sx-quiet"),
        )
        for kind, group in groups.items():
            inside = line(f"asked_{kind}", _label(kind, group, wording))
            if inside is not None:
                with inside:
                    _answers(work, wording, kind, group)


def line(key: str, label: str) -> DeltaGenerator | None:
    """Show a line that opens; return what is inside while it is open, which nothing else of it is made for.

    To the framework it is another line as soon as its label is another: it is then made as open as it was.
    """
    lines: dict[str, _Line] = st.session_state.setdefault(_LINES, {})
    last = lines.get(key)
    began = last is not None and (last.began if last.label == label else last.opened)
    inside = st.expander(figures.unmarked(label), began, key=key, on_change="rerun")
    lines[key] = _Line(label, began, bool(inside.open))
    return inside if inside.open else None


def grouped(options: Iterable[RankedOption]) -> dict[str, list[Asked]]:
    """Return the questions of each kind with the options that they are asked of."""
    groups: dict[str, list[Asked]] = {}
    for option in options:
        own: dict[str, list[Message]] = {}
        for question in option.warnings:
            own.setdefault(question.code.removeprefix("question."), []).append(question)
        for kind, asked in own.items():
            groups.setdefault(kind, []).append((option, asked))
    return groups


def names(all_names: Iterable[str]) -> tuple[str, int]:
    """Return the first few names, each once and none endless, and how many are left."""
    each = list(dict.fromkeys(all_names))
    short = (n if len(n) <= _LONGEST_NAME else f"{n[: _LONGEST_NAME - 1].rstrip()}…" for n in each)
    shown = ", ".join(name for name, _ in zip(short, range(_NAMES_SHOWN), strict=False))
    return shown, max(0, len(each) - _NAMES_SHOWN)


def _label(kind: str, group: list[Asked], wording: Wording) -> str:
    shown, left = names(results.option_name(option, wording) for option, _ in group)
    what = wording.text(f"option.asked_for.{kind}")
    if left:
        return wording.text("option.asked.of_many", what=what, names=shown, count=left)
    return wording.text("option.asked.of", what=what, names=shown)


def _answers(work: Work, wording: Wording, kind: str, group: list[Asked]) -> None:
    shown: dict[str, int] = st.session_state.setdefault(_MORE, {})
    most = shown.get(kind, _SHOWN)
    for option, asked in group[:most]:
        shell.show(tag("h3", figures.option_name(option, wording), class_="sx-asked"))
        questions.show(work, wording, option.option_id, asked)
    if len(group) > most:
        st.button(
            wording.text("screen.questions.more", count=len(group) - most),
            key=f"asked_more_{kind}",
            on_click=careful(lambda: shown.update({kind: most + _SHOWN})),
        )

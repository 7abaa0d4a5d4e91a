"""How far an assessment is finished: what is missing, what was not understood, which figures to check."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import RankedList
from sxsh_options.services import editing
from sxsh_options.services.workbench import Unfinished, Workbench
from sxsh_options.ui import figures, remarks, shell
from sxsh_options.ui import questions as asking
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.ranking_choices import Choices
from sxsh_options.ui.work import Work

_PAGE_OF = {  # by the beginning of a path, the longer one first; the others belong to the assumptions
    ("options",): "options",
    ("baseline", "flows"): "flows",
    ("baseline",): "facility",
    ("facility",): "facility",
    ("title",): "facility",
    ("overrides",): "flows",
    ("financing", "remaining_budgets"): "sources",
    ("financing",): "plan",
}


def _page_of(path: tuple[str, ...]) -> str:
    """Return the page on which a field or row is entered."""
    return next((page for start, page in _PAGE_OF.items() if path[: len(start)] == start), "assumptions")


def notice(work: Work, bench: Workbench, wording: Wording) -> None:
    """Say in a line how much is not in the result; where nothing is, lead to where it is entered."""
    said = []
    if bench.unfinished:
        said.append(wording.text("screen.unfinished.some", count=len(bench.unfinished)))
    drafts = editing.rows(work.document, editing.DRAFTS)
    if drafts:
        where = Counter(_page_of(tuple(str(draft["id"]).split("/"))) for draft in drafts)
        pages = "; ".join(f"{wording.text(f'nav.{page}')}: {count}" for page, count in where.items())
        said.append(wording.text("screen.unfinished.typed", count=len(drafts), pages=pages))
    if said:
        shell.show(tag("ul", (tag("li", text) for text in said), class_="sx-notes sx-missing"))
    if not bench.ranked.options:
        shell.link("options", wording.text("screen.unfinished.options"), icon=":material/arrow_forward:")


def unfinished(work: Work, bench: Workbench, wording: Wording) -> None:
    """Show what is missing, row by row, with the way to where it is entered."""
    if not bench.unfinished:
        return
    names = names_of(work, bench, wording)
    shell.show(tag("h2", wording.text("screen.unfinished")))
    by_page: dict[str, list[Unfinished]] = {}
    for row in bench.unfinished:
        by_page.setdefault(_page_of(row.path), []).append(row)
    for page, rows in by_page.items():
        shell.show(remarks.unfinished(rows, names, wording))
        shell.link(page, wording.text(f"screen.unfinished.{page}"), icon=":material/edit:")


def names_of(work: Work, bench: Workbench, wording: Wording) -> dict[str, str]:
    """Return every option's name by its id, finished or not."""
    unnamed = wording.text("screen.unfinished.unnamed")
    names = {str(o["id"]): str(o.get("name") or unnamed) for o in editing.rows(work.document, "options")}
    return names | {o.option_id: results.option_name(o, wording) for o in bench.ranked.options}


def questions(work: Work, ranked: RankedList, chosen: Choices, wording: Wording) -> None:
    """Show the questions that figures raise, each under its option, and what was answered."""
    answered = {row.get("option") for row in editing.rows(work.document, "confirmations")}
    asked = [option for option in ranked.options if option.warnings or option.option_id in answered]
    if not asked:
        return
    shell.show(
        tag("h2", wording.text("screen.questions")),
        tag("p", wording.text("screen.questions.intro"), class_="sx-quiet"),
    )
    for option in asked[: chosen.questioned]:
        shell.show(tag("h3", figures.option_name(option, wording), class_="sx-asked"))
        asking.show(work, wording, option.option_id, option.warnings)
        asking.confirmed(work, wording, option.option_id)
    left = len(asked) - chosen.questioned
    if left > 0:
        st.button(
            wording.text("screen.questions.more", count=left),
            on_click=careful(chosen.question_more),
            key="more_questions",
        )

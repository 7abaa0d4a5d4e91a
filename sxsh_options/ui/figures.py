"""How figures of a result are said on a screen; every one of them was computed in the services."""

from __future__ import annotations

import re

from sxsh_options.i18n import Wording, results
from sxsh_options.i18n.formats import MISSING
from sxsh_options.screening.results import RankedOption, Source
from sxsh_options.ui.markup import Html, tag

_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # ASCII punctuation: all that Markdown could act on


def unmarked(text: str) -> str:
    """Return a text for the label of a widget, in which nothing is taken for Markdown."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def option_name(option: RankedOption, wording: Wording) -> Html:
    """Return the name as markup; its direction of writing does not spill over."""
    return tag("bdi", results.option_name(option, wording))


def money(vnd: float | None, wording: Wording) -> Html:
    """Return an amount short enough for a table; pointing at it shows it in full."""
    return tag("span", wording.money_compact(vnd), title=wording.money(vnd))


def mark(source: Source | None, wording: Wording) -> Html:
    """Return the mark of a figure that was not read in its source itself; else nothing.

    Pointed at, tapped or reached with the keyboard it says what it means; a screen reader reads it anyway.
    """
    if source is None or not results.is_marked(source.evidence):
        return Html()
    meaning = wording.term(f"evidence.{source.evidence}")
    return tag(
        "span",
        wording.text(f"evidence_mark.{source.evidence}"),
        tag("span", f": {meaning}", class_="sx-meaning"),
        class_="sx-mark",
        title=meaning,
        tabindex="0",
    )


def source_cell(source: Source | None, wording: Wording) -> Html:
    """Return where a figure comes from: mark, title (a link where there is one), article, first day."""
    if source is None:
        return tag("span", MISSING, class_="sx-none")
    title: str = source.title
    if source.url.startswith(("https://", "http://")):
        title = tag("a", source.title, href=source.url, target="_blank")
    parts = [tag("span", title)] if title else []
    if source.article:
        parts.append(tag("span", source.article))
    if source.valid_from is not None:
        parts.append(
            tag("span", wording.text("screen.valid_from", day=source.valid_from), class_="sx-nowrap")
        )
    said = [Html(" · ".join(parts))]
    known = mark(source, wording)
    return tag("span", [known, Html(" ")] if known else [], said, class_="sx-source")

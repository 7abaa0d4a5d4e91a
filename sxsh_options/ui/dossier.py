"""The dossier of each source, as a person reads it: what is there, what is missing, what others prepare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.services.dossier import Dossier, Paper, Part, missing_of
from sxsh_options.ui import shell
from sxsh_options.ui.calendar import article, link_to, place_of, quiet
from sxsh_options.ui.markup import Html, tag

_NAMED = 3  # options that are named where something of them is missing
_FILLERS = ("app", "applicant", "other")


def show(found: Sequence[Dossier], names: Mapping[str, str], wording: Wording) -> None:
    """Show what is missing for all papers, then each dossier, then those that nobody has read."""
    text = wording.text
    known = [dossier for dossier in found if dossier.papers]
    unknown = [dossier for dossier in found if not dossier.papers]
    if not found:
        return
    shell.show(tag("h2", text("calendar.dossiers")))
    missing = missing_of(known)
    for screen, parts in missing.items():
        label = tag("strong", text("calendar.missing", page=text(f"nav.{screen}")))
        what = "; ".join(_part(part, names, wording) for part in parts)
        shell.show(tag("p", label, " ", what, class_="sx-needed"))
        link_to(screen, wording)
    if known and not missing:
        shell.show(tag("p", text("calendar.complete"), class_="sx-quiet"))
    cards = [_card(dossier, names, wording) for dossier in known]
    if cards:
        shell.show(tag("section", cards, class_="sx-fit sx-sources"))
    if unknown:
        with st.expander(text("calendar.no_dossier", count=len(unknown)), key="calendar_no_dossier"):
            shell.show(*_by_whom(unknown, wording))


def _by_whom(unknown: Sequence[Dossier], wording: Wording) -> Iterator[Html]:
    """Yield whom to ask about which sources."""
    by_place: dict[str, list[Dossier]] = {}
    for dossier in unknown:
        by_place.setdefault(place_of(dossier.match.source, wording), []).append(dossier)
    for place, asked in by_place.items():
        yield tag("h3", wording.text("calendar.ask_whom", place=place))
        yield tag("ul", (tag("li", each.match.source.name.both[wording.lang]) for each in asked))


def _card(dossier: Dossier, names: Mapping[str, str], wording: Wording) -> Html:
    """Return a dossier that opens to its papers."""
    missing = len({part.name for paper in dossier.papers for part in paper.parts if not part.there})
    count = len(dossier.papers)
    if missing:
        said = wording.text("calendar.papers", count=count, missing=missing)
    else:
        said = wording.text("calendar.papers.complete", count=count)
    return tag(
        "details",
        tag(
            "summary",
            tag("span", dossier.match.source.name.both[wording.lang]),
            tag("span", said, class_="sx-value"),
        ),
        _papers(dossier.papers, names, wording),
        class_="sx-how sx-source sx-dossier",
    )


def _papers(papers: Sequence[Paper], names: Mapping[str, str], wording: Wording) -> Iterator[Html]:
    for filler in _FILLERS:
        listed = [paper for paper in papers if paper.document.filled_by == filler]
        if listed:
            yield tag("h3", wording.text(f"calendar.by.{filler}"))
            yield tag("ul", (_paper(paper, names, wording) for paper in listed))
    references = (paper.document.reference for paper in papers)
    said = "; ".join(dict.fromkeys(article(each, wording) for each in references if each))
    if said:
        yield quiet(f"{wording.text('calendar.reference')} {said}")


def _paper(paper: Paper, names: Mapping[str, str], wording: Wording) -> Html:
    said = []
    for code, there in (("calendar.there", True), ("calendar.lacking", False)):
        parts = [_part(part, names, wording) for part in paper.parts if part.there is there]
        if parts:
            class_ = "sx-quiet" if there else "sx-lacking"
            said.append(tag("div", f"{wording.text(code)} {'; '.join(parts)}", class_=class_))
    return tag("li", paper.document.name.both[wording.lang], said)


def _part(part: Part, names: Mapping[str, str], wording: Wording) -> str:
    """Return what a paper is filled from, with the options that lack it."""
    if part.name == "costs" and part.there:
        return wording.text("calendar.part.costs.there")
    said = wording.text(f"calendar.part.{part.name}")
    if not part.lacking:
        return said
    listed = ", ".join(f"“{names.get(option, option)}”" for option in part.lacking[:_NAMED])
    more = len(part.lacking) - _NAMED
    return f"{said}: {listed}" + (f" {wording.text('calendar.more_options', more=more)}" if more > 0 else "")

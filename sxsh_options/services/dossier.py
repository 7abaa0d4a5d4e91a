"""The papers that a source asks for: what the assessment holds for them, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from sxsh_options.funding import Match
from sxsh_options.funding.matching import to_finance
from sxsh_options.funding.schema import Document, Form
from sxsh_options.model import Assessment, Option

Screen = Literal["facility", "flows", "options"]
SCREENS: tuple[Screen, ...] = get_args(Screen)

_FACILITY = ("name", "legal_form", "tax_code", "sector", "vsic", "province", "commune")
_SIZE = ("employees_insured", "revenue_vnd", "capital_vnd")
_SCREEN_OF: dict[str, Screen] = {
    **dict.fromkeys((*_FACILITY, *_SIZE, "production"), "facility"),
    "flows": "flows",
    **dict.fromkeys(("options", "effects", "lead_time_months", "costs"), "options"),
}
# What each paper is filled from. A project states need, aims, scale, content, schedule, budget and effects
# (Thông tư 36/2013/TT-BCT, Điều 10.1a); a declaration of size what Nghị định 80/2021/NĐ-CP, Điều 5 asks.
_PARTS: dict[Form, tuple[str, ...]] = {
    "project": (
        *("name", "legal_form", "sector", "province", "commune", "flows", "production"),
        *("options", "effects", "lead_time_months", "costs"),
    ),
    "budget": ("options", "costs"),
    "size": ("name", "tax_code", "legal_form", "vsic", *_SIZE),
    "request": ("name", "tax_code", "legal_form", "province", "commune", "options", "costs"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a paper is filled from.

    Attributes
    ----------
    name : str
        A field of the facility, or ``flows``, ``production``, ``options``, ``effects`` and the like.
    screen : {"facility", "flows", "options"}
        Where it is entered.
    there : bool
    lacking : tuple of str
        The options without it.
    """

    name: str
    screen: Screen
    there: bool
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a dossier, with what it is filled from where the app can fill it."""

    document: Document
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one source asks for; no papers: not known."""

    match: Match
    papers: tuple[Paper, ...]


def dossiers_of(
    matches: Iterable[Match], assessment: Assessment, *, named: bool = True
) -> tuple[Dossier, ...]:
    """Return the dossier of each source.

    Parameters
    ----------
    matches : iterable of Match
    assessment : Assessment
    named : bool
        Whether the facility has a name of its own: the title stands in for one that is not entered.
    """
    parts = _parts(assessment, named=named)

    def paper(document: Document) -> Paper:
        asked = _PARTS[document.form] if document.form else ()
        return Paper(document, tuple(parts[name] for name in asked))

    return tuple(Dossier(match, tuple(paper(each) for each in match.source.dossier)) for match in matches)


def missing_of(dossiers: Iterable[Dossier]) -> dict[Screen, tuple[Part, ...]]:
    """Return what is missing in any of the papers, each once, by where it is entered."""
    missing = dict.fromkeys(
        part for dossier in dossiers for paper in dossier.papers for part in paper.parts if not part.there
    )
    by_screen = {screen: tuple(part for part in missing if part.screen == screen) for screen in SCREENS}
    return {screen: parts for screen, parts in by_screen.items() if parts}


def _parts(assessment: Assessment, *, named: bool) -> dict[str, Part]:
    facility, baseline = assessment.facility, assessment.baseline
    options = to_finance(assessment)
    there = {name: getattr(facility, name) not in (None, "") for name in (*_FACILITY, *_SIZE)}
    there["name"] &= named
    there["production"] = baseline is not None and bool(baseline.production)
    there["flows"] = baseline is not None and bool(baseline.flows)
    there["options"] = bool(options)
    lacking = {
        "effects": [option.id for option in options if not _has_effects(option)],
        "lead_time_months": [option.id for option in options if option.lead_time_months is None],
        "costs": [option.id for option in options if any(item.is_placeholder for item in option.capex)],
    }
    there |= {name: bool(options) and not without for name, without in lacking.items()}
    return {
        name: Part(name, _SCREEN_OF[name], known, tuple(lacking.get(name, ())))
        for name, known in there.items()
    }


def _has_effects(option: Option) -> bool:
    return option.annual_saving is not None or bool(option.savings or option.benefits)

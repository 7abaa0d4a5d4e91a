"""What things are called in a workbook: one name when it is written, either language's when it is read."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from sxsh_options import units
from sxsh_options.errors import SxshError
from sxsh_options.funding import default_register
from sxsh_options.options.tables import option_catalogue
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE, default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import spelling
from sxsh_options.screening.terms import OVERRIDABLE
from sxsh_options.storage.workbook.closed_lists import choices

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")

_FILES = {"triage": "term", "evidence": "term"}  # areas that share the file of another one
_OWN_UNITS = {"share": "workbook.unit.share", "VND": "unit.vnd"}
_BY_KIND = {"parameter": "parameter", "end_use": "end_use"}  # what an override's key names; else a resource


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA_FOLDER / "locales" / f"{name}.toml").read_text(encoding="utf-8"))


def texts(code: str) -> Mapping[Lang, str]:
    """Return a text of ``data/locales`` in its languages; nothing where there is none."""
    area, *inner = code.split(".")
    found: Any = _file(_FILES.get(area, area)).get(area, {})
    for part in inner:
        found = found.get(part, {})
    return {lang: found[lang] for lang in LANGUAGES if lang in found}


def header_code(sheet: str, path: str) -> str:
    """Return the code of how a column or field is headed: as on this sheet, else as everywhere."""
    name = path.replace(".", "_")
    own = f"workbook.{sheet}.{name}"
    return own if texts(own) else f"workbook.column.{name}"


def headers(sheet: str, path: str) -> Mapping[Lang, str]:
    """Return how a column or field is headed."""
    return texts(header_code(sheet, path))


def hints(sheet: str, path: str) -> Mapping[Lang, str]:
    """Return what a column or field is for, where that needs to be said."""
    name = path.replace(".", "_")
    return texts(f"workbook.hint.{sheet}.{name}") or texts(f"workbook.hint.{name}")


def folded(name: str) -> str:
    """Return a header or a name of a sheet as it is compared: without case, single blanks, no star."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split()).removesuffix(" *")


@cache
def _lists() -> dict[str, dict[str, Mapping[Lang, str]]]:
    """Return every list of choices: each value with its names."""
    resources = catalogue.resources().values()
    parameters = default_parameters()
    described = {name: parameters.parameter(name).description for name in OVERRIDABLE}
    return {
        **{
            name: {value: texts(code) for value, code in values.items()} for name, values in choices().items()
        },
        "resource": {r.resource_id: {"vi": r.name_vi, "en": r.name_en} for r in resources},
        "end_use": {name: _both(use.name) for name, use in option_catalogue().end_uses.items()},
        "sector": {name: _both(sector.name) for name, sector in option_catalogue().sectors.items()},
        "source": {
            name: {"vi": source.name.vi, "en": source.name.en}
            for name, source in default_register().sources.items()
        },
        "evidence": {name: texts(f"evidence.{name}") for name in EVIDENCE},
        "parameter": {name: _both(text) for name, text in described.items()},
        "unit": {
            **{name: texts(f"unit.{name}") for name in units.known()},
            **{name: texts(code) for name, code in _OWN_UNITS.items()},
        },
    }


def _both(named: Mapping[str, str]) -> Mapping[Lang, str]:
    return {lang: named[lang] for lang in LANGUAGES}


@cache
def _meanings(of: str) -> dict[str, str]:
    """Return the values of a list by their names, written as they are compared."""
    named = {_compared(of, name): value for value, both in _lists()[of].items() for name in both.values()}
    return named | {_compared(of, value): value for value in _lists()[of]}


def _compared(of: str, name: str) -> str:
    return folded(name) if of == "unit" else spelling(name)


def values(of: str) -> Iterable[str]:
    """Return the values of a list of choices."""
    return _lists()[of]


def shown(of: str, value: str, lang: Lang) -> str:
    """Return the name of a value of a list; what is not listed is shown as it is."""
    return _lists()[of].get(value, {}).get(lang, value)


def meant(of: str, name: str) -> str | None:
    """Return the value of a list that a name in either language means; ``None`` where none is meant."""
    found = _meanings(of).get(_compared(of, name))
    if found is not None or of not in ("resource", "unit"):
        return found
    try:
        return catalogue.find(name).resource_id if of == "resource" else units.canonical(name)
    except SxshError:
        return None


def list_of_keys(kind: Any) -> str:
    """Return the list that the key of an override of some kind is from."""
    return _BY_KIND.get(kind, "resource")


def language(of_header: Iterable[tuple[str, str, str]]) -> Lang:
    """Return the language that most headers are in, given as sheet, path and what is written."""
    votes = dict.fromkeys(LANGUAGES, 0)
    for sheet, path, written in of_header:
        for lang, text in headers(sheet, path).items():
            votes[lang] += folded(text) == folded(written)
    return max(LANGUAGES, key=votes.__getitem__)

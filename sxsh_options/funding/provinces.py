"""Provinces before and after the mergers of 1 July 2025."""

from __future__ import annotations

import unicodedata
from collections import Counter
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from sxsh_options.errors import Message, message
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE, Cells, default_parameters, read_rows

Kind = Literal["tinh", "thanh_pho"]

_COLUMNS = ("name", "current", "kind", "evidence")

_PREFIXES = ("tinh ", "thanh pho ", "tp. ", "tp.", "tp ")
_NEAR, _ALIKE = 3, 0.5  # names that are offered at most; how alike they must be, of 1
_OTHER_NAMES = {
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "sai gon": "ho chi minh",
    "thua thien hue": "hue",
    "ba ria vung tau": "ba ria - vung tau",
}


class Province(NamedTuple):
    """A province as it was, and what it belongs to today.

    Attributes
    ----------
    name : str
        Before 1 July 2025.
    current : str
    kind : {"tinh", "thanh_pho"}
        Of the unit of today: a province, or a centrally-run city.
    evidence : str
    merged : bool
        Whether it became one with others.
    """

    name: str
    current: str
    kind: Kind
    evidence: str
    merged: bool = False


def folded(name: str) -> str:
    """Return the name of a province as names are compared: without case, accents and the word province."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    text = " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("–", "-").split())
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return _OTHER_NAMES.get(text.strip(), text.strip())


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces before the mergers, by folded name; none where their table cannot be used."""
    return _shipped()[0]


@cache
def province_faults() -> tuple[Message, ...]:
    """Return what keeps the provinces from being used: criteria of place are then unknown."""
    return _shipped()[1]


@cache
def _shipped() -> tuple[dict[str, Province], tuple[Message, ...]]:
    return read_provinces(DATA_FOLDER / "funding" / "provinces.csv")


def read_provinces(path: Path) -> tuple[dict[str, Province], tuple[Message, ...]]:
    """Read a table of provinces.

    A table with any fault is not used at all: who merged with whom follows from all of its rows.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict of str to Province
        By folded name.
    tuple of Message
        The faults, with file and row.
    """
    faults: list[Message] = []
    try:
        rows = list(read_rows(path, _COLUMNS, _province, faults).values())
    except OSError:
        code = "is_folder" if path.is_dir() else "unreadable"
        faults.append(message(f"funding.file.{code}").at(file=path.name))
        rows = []
    by_name: dict[str, Province] = {}
    for number, row in enumerate(() if faults else rows, 2):  # with a row left out the numbers are others
        if by_name.setdefault(folded(row.name), row) is not row:
            what = message("data_file.duplicate_id", id=row.name)
            faults.append(what.at(file=path.name, row=number, column="name"))
    for number, row in enumerate(() if faults else rows, 2):
        if folded(row.current) not in by_name:
            what = message("data_file.unknown_reference", value=row.current)
            faults.append(what.at(file=path.name, row=number, column="current"))
    if faults:
        return {}, (*faults, message("funding.file.no_provinces").at(file=path.name))
    parts = Counter(row.current for row in rows)
    return {name: row._replace(merged=parts[row.current] > 1) for name, row in by_name.items()}, ()


def _province(cells: Cells) -> Province:
    kind = cast(Kind, cells.choice("kind", get_args(Kind)))
    return Province(cells.text("name"), cells.text("current"), kind, cells.choice("evidence", EVIDENCE))


@lru_cache(maxsize=1_000)
def province_today(name: str) -> Province | None:
    """Return a province by its name, the old one or today's; ``None`` where it is not known.

    Today's names are all names of old provinces too.
    """
    return provinces().get(folded(name.partition("(")[0])) if name.strip() else None


def unknown_province(name: str) -> Message | None:
    """Return that no province has a name, with those like it; ``None`` where that cannot be said."""
    if not name.strip() or not provinces() or province_today(name) is not None:
        return None
    wanted = folded(name)
    within = [known for known in provinces() if known in wanted]
    near = within[:_NEAR] or get_close_matches(wanted, provinces(), _NEAR, _ALIKE)
    if not near:
        return message("facility.province.unknown", province=name)
    listed = "; ".join(provinces()[known].name for known in near)
    return message("facility.province.unknown_near", province=name, near=listed)


def merged_province(name: str) -> Message | None:
    """Return which province of another name a province belongs to today, and since when."""
    found = province_today(name)
    if found is None or found.name == found.current:
        return None
    since = default_parameters().parameter("place.provinces").values[-1].valid_from
    return message("facility.province.merged", current=found.current, day=since)

"""Provinces before and after the mergers of 1 July 2025."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sxsh_options.parameters import DATA_FOLDER

_PREFIXES = ("tinh ", "thanh pho ", "tp. ", "tp.", "tp ")
_OTHER_NAMES = {
    "hcm": "ho chi minh",
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
    kind: Literal["tinh", "thanh_pho"]
    evidence: str
    merged: bool


def folded(name: str) -> str:
    """Return the name of a province as names are compared: without case, accents and the word province."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    text = " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("–", "-").split())
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return _OTHER_NAMES.get(text.strip(), text.strip())


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces before the mergers, by folded name."""
    path = DATA_FOLDER / "funding" / "provinces.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = Counter(row["current"] for row in rows)
    made = (Province(**row, merged=parts[row["current"]] > 1) for row in rows)  # type: ignore[arg-type]
    return {folded(province.name): province for province in made}


@lru_cache(maxsize=1_000)
def province_today(name: str) -> Province | None:
    """Return a province by its name, the old one or today's; ``None`` where it is not known.

    Today's names are all names of old provinces too.
    """
    return provinces().get(folded(name.partition("(")[0])) if name.strip() else None

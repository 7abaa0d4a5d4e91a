"""The norms and observed prices that ship: complete, in both languages, and as their sources print them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from sxsh_options.options.norms import Norm, norms
from sxsh_options.resources.observed_prices import observed_prices

NORMS = {norm.norm_id: norm for norm in norms()}
FOREIGN = re.compile(r"\b(the|and|of|with|year|per|above|below)\b", re.IGNORECASE)


@pytest.fixture(params=sorted(NORMS))
def norm(request: pytest.FixtureRequest) -> Norm:
    return NORMS[request.param]


def test_nothing_was_left_behind() -> None:
    assert len(NORMS) == 128
    assert Counter(norm.sectors for norm in NORMS.values())[("steel",)] == 14


@pytest.mark.parametrize(
    ("product", "until", "limit"),
    [
        ("Beer, below 20 million litres a year", date(2020, 12, 31), 306.0),  # Circular 19/2016/TT-BCT
        ("Beer, below 20 million litres a year", date(2025, 12, 31), 286.0),
        ("Plastic bags", date(2025, 3, 31), 0.55),  # Circular 38/2016/TT-BCT
        ("Catfish, product equivalent", date(2030, 12, 31), 900.0),  # Circular 52/2018/TT-BCT
        ("Shrimp, product equivalent", date(2025, 12, 31), 2050.0),
        ("Electric arc furnace steel", date(2025, 12, 31), 2500.0),  # Circular 20/2016/TT-BCT
        ("Packaging paper, below 10,000 t a year", date(2025, 12, 31), 5482.0),  # Circular 24/2017/TT-BCT
    ],
)
def test_limits_are_those_of_the_circulars(product: str, until: date, limit: float) -> None:
    found = [n for n in NORMS.values() if n.product["en"] == product and n.valid.last == until]
    assert [n.high for n in found] == [limit]


def test_circulars_of_2016_and_2017_set_nothing_after_2025() -> None:
    for norm in NORMS.values():
        if re.search(r"Thông tư \d+/201[67]/", norm.source):
            assert norm.valid.last is not None
            assert norm.valid.last <= date(2025, 12, 31)


def test_what_could_not_be_read_has_no_figure() -> None:
    """The values of 28/2024 (beverages), 29/2024 (plastics) and 39/2019 (sugar) are in no readable text."""
    unread = [n for n in NORMS.values() if re.search(r"28/2024|29/2024|39/2019", n.source)]
    assert len(unread) == 6
    assert all(norm.low is norm.typical is norm.high is None for norm in unread)


def test_the_vietnamese_words_are_vietnamese(norm: Norm) -> None:
    for text in (norm.product, norm.metric, norm.note):
        if text is not None:
            assert not FOREIGN.search(text["vi"]), text["vi"]


def test_observed_prices() -> None:
    prices = {(p.resource, p.place["en"]): p.value for p in observed_prices()}
    assert prices["water", "Lạng Sơn"] == 17_000
    assert prices["wastewater", "VHIP industrial park"] == 12_727
    assert prices["coal", "Viet Nam"] is None

"""Which norms hold for a sector on a day."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.options.norms import norms_for


def limits(sector: str, day: date) -> set[float | None]:
    return {norm.high for norm in norms_for(sector, day) if norm.kind == "legal_max"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 12, 31), {306, 215, 140}),
        (date(2021, 1, 1), {286, 196, 129}),
        (date(2025, 12, 31), {286, 196, 129}),
        (date(2026, 1, 1), set()),
    ],
)
def test_the_limits_of_beer_change_with_the_period(day: date, expected: set[float]) -> None:
    assert limits("beer", day) == expected


def test_limits_of_seafood_after_2025() -> None:
    assert limits("seafood", date(2026, 11, 1)) == {900, 1625}


def test_norms_of_every_sector_belong_to_each_and_law_comes_first() -> None:
    found = norms_for("brick", date(2026, 1, 1))
    legal = [norm.kind.startswith("legal") for norm in found]
    assert legal == sorted(legal, reverse=True)
    assert sum(legal) == 3  # boiler, combustion, motor
    assert len(found) == 7


def test_a_sector_that_nobody_knows_has_those_of_every_sector() -> None:
    assert len(norms_for("moon", date(2026, 1, 1))) == 3

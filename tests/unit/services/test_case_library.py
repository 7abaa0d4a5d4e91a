"""Finding cases, and what of each may be shown."""

from __future__ import annotations

import pytest

from sxsh_options.options.cases import published_cases
from sxsh_options.services import case_library
from sxsh_options.services.case_library import matching, shown, size_of

CASES = published_cases()


def ids(**filters: str) -> list[str]:
    return [each.case.case_id for each in matching(**filters)]


def test_without_filters_everything_is_there_enterprises_first() -> None:
    kinds = [each.case.row_type for each in matching()]
    assert len(kinds) == 113
    assert kinds == ["case"] * 59 + ["aggregate"] * 21 + ["funding"] * 33


def test_counts_are_said_by_kind() -> None:
    counts = case_library.counted(matching())
    assert counts == {"case": 59, "aggregate": 21, "funding": 33, "payback": 17}


def test_filters_go_together() -> None:
    assert ids(sector="ice") == ["C214"]
    assert set(ids(sector="beer", resource="water")) == {"C001", "C010", "C013", "C020"}
    assert ids(country="peru") == ["C052"]
    assert set(ids(kind="aggregate", sector="seafood")) == {"C001", "C138", "C139"}


@pytest.mark.parametrize("text", ["biến tần", "bien tan", "BIẾN  TẦN"])
def test_search_needs_no_accents(text: str) -> None:
    assert set(ids(text=text)) == {"C127", "C213", "C223"}


def test_search_knows_both_languages_and_begins_where_a_word_does() -> None:
    assert ids(text="fishmeal") == ["C102"]
    assert ids(text="Trà Vinh") == ["C214"]
    assert ids(text="ishmeal") == []


@pytest.mark.parametrize(
    ("case_id", "size"),
    [
        ("C004", "small"),  # 65 million
        ("C025", "medium"),  # 490 million
        ("C217", "large"),  # 7.2 billion
        ("C034", "foreign"),
        ("C015", "unknown"),  # 57 million, which may not be used
        ("C203", "unknown"),
    ],
)
def test_size_is_that_of_the_yearly_saving_in_dong(case_id: str, size: str) -> None:
    assert size_of(CASES[case_id]) == size
    assert case_id in ids(size=size)


@pytest.mark.parametrize(
    ("case_id", "withheld"),
    [
        ("C002", ("electricity_kwh",)),
        ("C010", ("investment", "annual_saving")),
        ("C122", ("investment", "electricity_kwh", "co2e_t")),
        ("C128", ("annual_saving",)),
        ("C139", ("co2e_t",)),
        ("C215", ("fuel", "co2e_t")),
    ],
)
def test_a_flagged_figure_is_named_and_not_shown(case_id: str, withheld: tuple[str, ...]) -> None:
    each = shown(CASES[case_id])
    assert each.withheld == withheld
    assert not each.figures & set(withheld)
    assert each.payback_years is None


def test_the_other_figures_of_a_flagged_case_stay() -> None:
    each = shown(CASES["C002"])
    assert {"annual_saving", "fuel", "co2e_t", "material", "other"} == each.figures


def test_a_gap_is_a_gap() -> None:
    assert shown(CASES["C003"]).figures == frozenset()
    assert "investment" not in shown(CASES["C018"]).figures


def test_only_known_sectors_and_countries_are_offered() -> None:
    assert case_library.countries_of_cases()[0] == "vietnam"
    assert "seafood" in case_library.sectors_of_cases()
    assert "sugar" not in case_library.sectors_of_cases()


def test_a_sector_is_understood_as_it_was_typed() -> None:
    found = case_library.beside("PWR05", "technology_change", ["electricity"], "Chế biến thủy sản", 3)
    assert [each.case.case_id for each, _ in found][:1] == ["C126"]
    assert len(case_library.beside("BLR08", "input_change", ["coal"], "", 1)) == 1

"""Published cases: their payback, which resemble an option, and what a faulty table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sxsh_options.errors import DataFileError
from sxsh_options.model import Category
from sxsh_options.options.cases import load, published_cases, resembling, streams_of
from sxsh_options.parameters import DATA_FOLDER

CASES = published_cases()


@pytest.mark.parametrize(
    ("case_id", "years"),
    [
        ("C025", 155 / 490),  # million dong
        ("C034", 4650 / 6950),  # dollars; the source prints eight months
        ("C201", 700 / 540),
        ("C054", 10 / 12),
        ("C035", 0.0),  # costs nothing
    ],
)
def test_payback_is_investment_over_saving(case_id: str, years: float) -> None:
    assert CASES[case_id].payback_years == pytest.approx(years)


@pytest.mark.parametrize("case_id", ["C010", "C202", "C211"])
def test_no_payback_from_figures_that_may_not_be_used(case_id: str) -> None:
    case = CASES[case_id]
    assert case.investment is not None
    assert case.annual_saving is not None
    assert case.payback_years is None


def test_no_payback_where_one_of_the_two_is_missing() -> None:
    assert CASES["C203"].payback_years is None
    assert CASES["C018"].payback_years is None


def ids(*about: object) -> list[str]:
    catalogue_id, category, resources, sector = about
    found = resembling(catalogue_id, category, resources, sector)  # type: ignore[arg-type]
    return [each.case.case_id for each in found]


def test_the_same_option_resembles_and_its_own_sector_comes_first() -> None:
    assert ids("PWR05", Category.TECHNOLOGY_CHANGE, ["electricity"], "seafood")[:2] == ["C126", "C212"]
    assert ids("PWR05", Category.TECHNOLOGY_CHANGE, ["electricity"], "beer")[:2] == ["C212", "C126"]


def test_reasons_are_said() -> None:
    (first, *_) = resembling("PWR05", Category.TECHNOLOGY_CHANGE, ["electricity"], "beer")
    assert first.reasons == ("same_option", "same_sector", "same_category", "same_resource")


def test_an_option_of_nobodys_catalogue_is_compared_by_kind_resource_and_sector() -> None:
    found = resembling(None, Category.PROCESS_CONTROL, ["coal"], "beer")
    assert {each.case.case_id for each in found} == {"C014", "C019"}
    assert all(each.reasons == ("same_sector", "same_category", "same_resource") for each in found)


def test_support_resembles_nothing() -> None:
    found = ids("BRK02", Category.TECHNOLOGY_CHANGE, ["coal"], "brick")
    assert "C129" not in found
    assert "C130" not in found


def test_nothing_known_of_an_option_finds_nothing() -> None:
    assert ids(None, None, [], None) == []


def test_streams_follow_the_kinds_of_resources() -> None:
    assert streams_of(["electricity", "rice_husk", "cod", "no such thing"]) == {
        "electricity",
        "fuel",
        "wastewater",
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("seafood|plastics|beer", "seafood|moon", "unknown_reference", "sectors"),
        (",GAR01,", ",GAR99,", "unknown_reference", "resembles"),
        (",unit_slip,", ",nice,", "wrong_cell", "flag"),
        (",unit_slip,electricity_kwh,", ",unit_slip,kilowatts,", "unknown_reference", "withheld"),
        (",unit_slip,", ",ok,", "wrong_cell", "flag"),
        (",vietnam,", ",atlantis,", "wrong_cell", "country"),
        (",155000000,VND", ",155 triệu,VND", "wrong_cell", "investment"),
        (",155000000,VND", ",155000000,DONG", "wrong_cell", "currency"),
        (",0.6666667,exact", ",0.6666667,perhaps", "wrong_cell", "stated_payback_is"),
        (",0.6666667,exact", ",,exact", "wrong_cell", "stated_payback_is"),
        ("Bơm mới,New pumps", "Bơm mới,", "wrong_cell", "option_en"),
        (",fuel_oil,47,t", ",moonlight,47,t", "unknown_reference", "fuel_resource"),
        (",fuel_oil,47,t", ",fuel_oil,47,barrel", "wrong_cell", "fuel_unit"),
        ("https://www.ifc.org/", "www.ifc.org", "wrong_cell", "url"),
        ("\nC002,", "\nC001,", "duplicate_id", "case_id"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, code: str, column: str
) -> None:
    content = (DATA_FOLDER / "cases.csv").read_text(encoding="utf-8")
    assert old in content
    (tmp_path / "cases.csv").write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load(tmp_path)
    (fault, *_) = caught.value.messages
    assert fault.code == f"data_file.{code}"
    assert fault.place is not None
    assert (fault.place.file, fault.place.column) == ("cases.csv", column)
    assert fault.place.row

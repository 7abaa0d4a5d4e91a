"""Audited measures: where a payback stands."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sxsh_options.errors import DataFileError
from sxsh_options.options.audits import Standing, audited_measures, load, shorter_than
from sxsh_options.parameters import DATA_FOLDER

FILE = "payback_quantiles.csv"


def standing(resource: str, years: float) -> Standing:
    found = shorter_than(resource, years)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("resource", "percent", "years"),
    [  # a summary of the same database that others made, with 60 more plants
        ("electricity", 10, 0.0766),
        ("electricity", 25, 0.2497),
        ("electricity", 50, 0.8724),
        ("electricity", 75, 2.2592),
        ("electricity", 90, 4.4111),
        ("natural_gas", 25, 0.3268),
        ("natural_gas", 50, 0.8309),
        ("natural_gas", 75, 1.7978),
        ("wastewater", 50, 0.6758),
        ("solid_waste", 50, 0.593),
        ("coal", 75, 1.6783),
    ],
)
def test_quantiles_agree_with_another_summary(resource: str, percent: int, years: float) -> None:
    assert audited_measures()[resource].quantiles[percent] == pytest.approx(years, abs=0.0015)
    assert standing(resource, years).share_longer == pytest.approx(1 - percent / 100, abs=0.002)


@pytest.mark.parametrize(
    ("resource", "counted", "implemented"),
    [
        ("electricity", 37568, 0.4911),
        ("natural_gas", 17871, 0.4246),
        ("lpg", 495, 0.4004),
        ("wastewater", 1481, 0.3765),
        ("solid_waste", 1693, 0.3778),
        ("hazardous_waste", 104, 0.3301),
    ],
)
def test_numbers_agree_with_that_summary_within_its_further_plants(
    resource: str, counted: int, implemented: float
) -> None:
    measures = audited_measures()[resource]
    assert 0.99 * counted <= measures.n <= counted
    assert measures.implemented_share == pytest.approx(implemented, abs=0.001)


def test_what_costs_nothing_is_shorter_than_all() -> None:
    assert standing("electricity", 0.0).share_longer == 1.0


def test_what_never_comes_back_is_longer_than_all() -> None:
    assert standing("electricity", 1e6).share_longer == 0.0
    assert standing("electricity", math.inf).share_longer == 0.0


def test_between_two_percents_the_share_is_interpolated() -> None:
    low, high = audited_measures()["water"].quantiles[40:42]
    assert standing("water", (low + high) / 2).share_longer == pytest.approx(0.595)


@pytest.mark.parametrize("grade", ["anthracite", "coal_grade_5_6", "lignite"])
def test_every_coal_stands_among_coal(grade: str) -> None:
    assert standing(grade, 1.0) == standing("coal", 1.0)


@pytest.mark.parametrize(("resource", "years"), [("r717", 1.0), ("electricity", -1.0), ("water", math.nan)])
def test_unknown_is_none(resource: str, years: float) -> None:
    assert shorter_than(resource, years) is None


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("\nwater,,W0", "\nmoonlight,,W0", "unknown_reference", "also_for"),
        ("\nwater,,W0,3,209", "\nwater,,W0,3,many", "wrong_cell", "n"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, old: str, new: str, code: str, column: str) -> None:
    content = (DATA_FOLDER / "audits" / FILE).read_text(encoding="utf-8")
    assert old in content
    (tmp_path / FILE).write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load(tmp_path)
    (fault, *_) = caught.value.messages
    assert fault.code == f"data_file.{code}"
    assert fault.place is not None
    assert (fault.place.file, fault.place.column) == (FILE, column)


def test_quantiles_that_fall_are_refused(tmp_path: Path) -> None:
    head, first = (DATA_FOLDER / "audits" / FILE).read_text(encoding="utf-8").splitlines()[:2]
    cells = first.split(",")
    cells[-1] = "0"
    (tmp_path / FILE).write_text("\n".join((head, ",".join(cells))), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load(tmp_path)
    (fault,) = caught.value.messages
    assert fault.place is not None
    assert fault.place.column == "p100"

"""Payback against avoided emissions."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.charts import payback_against_co2e
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList
from tests.unit.charts.builders import codes, layers, never, ranked, row, spec, values

VI = Wording("vi")


def points(result: RankedList) -> dict[str, dict[str, Any]]:
    return {
        point["name"]: point for point in values(spec(payback_against_co2e(result, VI)), "size", "filled")
    }


def marks(result: RankedList) -> dict[str, Any]:
    """Return the encodings of the points."""
    content = spec(payback_against_co2e(result, VI))
    found: dict[str, Any] = next(e for layer in layers(content) if "shape" in (e := layer["encoding"]))
    return found


def test_a_point_is_payback_emissions_and_worth() -> None:
    found = points(ranked(row("A"), row("B", rank=2, simple_payback_years=3.5, npv_vnd=-80e6)))
    assert (found["A"]["x"], found["A"]["y"], found["A"]["size"], found["A"]["filled"]) == (
        2.0,
        10.0,
        200.0,
        1,
    )
    assert (found["B"]["x"], found["B"]["size"], found["B"]["filled"]) == (3.5, 80.0, 0)  # hollow: it loses


def test_short_paybacks_are_in_months() -> None:
    result = ranked(row("A", simple_payback_years=0.5), row("B", rank=2, simple_payback_years=1.5))
    assert [point["x"] for point in points(result).values()] == [6.0, 18.0]
    assert marks(result)["x"]["axis"]["title"] == "Thời gian hoàn vốn (tháng)"


def test_never_stands_in_a_band_right_of_all_paybacks() -> None:
    result = ranked(row("A", simple_payback_years=4.0), never("B", rank=2))
    content = spec(payback_against_co2e(result, VI))
    (band,) = values(content, "end")
    assert band["x"] > 4.0
    assert band["x"] < points(result)["B"]["x"] < band["end"]
    assert max(marks(result)["x"]["axis"]["values"]) <= 4.0  # the axis has no years in the band
    assert values(content, "text")[0]["text"].replace("\n", " ") == "không hoàn vốn kịp"


def test_without_such_an_option_there_is_no_band() -> None:
    content = spec(payback_against_co2e(ranked(row("A")), VI))
    assert not any("x2" in layer["encoding"] for layer in layers(content))


def test_kinds_differ_in_shape_as_well_as_in_colour() -> None:
    encodings = marks(ranked(row("A"), row("B", rank=2, triage="implement_now")))
    assert len(set(encodings["shape"]["scale"]["range"])) == 3
    assert encodings["shape"]["field"] == encodings["fill"]["field"] == encodings["stroke"]["field"]
    assert encodings["shape"]["legend"]["values"] == ["thực hiện ngay", "phân tích thêm"]  # those present


@pytest.mark.parametrize(
    "unknown", [{"co2e_t_per_year": None}, {"physical_savings": {}, "co2e_t_per_year": 0.0}]
)
def test_unknown_emissions_are_counted_not_drawn(unknown: dict[str, Any]) -> None:
    result = ranked(row("A"), row("B", rank=2, **unknown))
    drawing = payback_against_co2e(result, VI)
    assert list(points(result)) == ["A"]
    (note,) = drawing.notes
    assert (note.code, note.params) == ("chart.co2e_unknown", {"count": 1})
    nothing = payback_against_co2e(ranked(row("B", **unknown)), VI)
    assert nothing.chart is None
    assert codes(nothing) == ["chart.co2e_unknown", "chart.no_co2e"]


def test_where_lives_differ_the_size_is_the_equivalent_annual_value() -> None:
    result = ranked(row("A"), worth="equivalent_annual")
    assert points(result)["A"]["size"] == 30.0
    assert codes(payback_against_co2e(result, VI)) == ["rank.lives_differ"]


def test_emissions_of_very_different_size_get_a_root_scale_and_a_note() -> None:
    small = [row(f"S{i}", rank=i + 2, co2e_t_per_year=10.0) for i in range(4)]
    wide, even = (
        ranked(row("A", co2e_t_per_year=201.0), *small),
        ranked(row("A", co2e_t_per_year=199.0), *small),
    )
    assert marks(wide)["y"]["scale"]["type"] == "sqrt"
    assert codes(payback_against_co2e(wide, VI)) == ["chart.square_root"]
    assert marks(even)["y"]["scale"]["type"] == "linear"


def test_the_first_eight_are_named_where_there_is_room() -> None:
    options = [
        row(
            f"Giải pháp {i}", rank=i + 1, simple_payback_years=1.0 + i % 4 * 2, co2e_t_per_year=10.0 * (i + 1)
        )
        for i in range(10)
    ]
    content = spec(payback_against_co2e(ranked(*options), VI))
    wide = values(content, "align")
    assert {label["text"] for label in wide} == {f"Giải pháp {i}" for i in range(8)}
    narrow = [layer for layer in layers(content) if layer["rows"] and layer["rows"][0].get("align")][-1]
    assert {label["text"] for label in narrow["rows"]} == {str(i) for i in range(1, 9)}


def test_what_is_out_is_drawn_but_not_named() -> None:
    result = ranked(row("A"), row("B", rank=None, triage="rejected", simple_payback_years=1.0))
    assert set(points(result)) == {"A", "B"}
    assert {label["text"] for label in values(spec(payback_against_co2e(result, VI)), "align")} == {"A"}

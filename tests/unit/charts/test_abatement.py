"""The abatement curve and the trap of negative costs."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.charts import abatement_curve
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList
from tests.unit.charts.builders import codes, layers, never, ranked, row, spec, values

VI = Wording("vi")


def option(option_id: str, tonnes: float, annual: float, **changes: Any) -> Any:
    """Return an option whose cost per tonne follows from its annual value: minus value over tonnes."""
    given = {
        "co2e_t_per_year": tonnes,
        "equivalent_annual_vnd": annual,
        "npv_vnd": 6.0 * annual,
        "abatement_cost_vnd_per_tco2e": -annual / tonnes,
    }
    return row(option_id, **(given | changes))


def columns(result: RankedList) -> list[dict[str, Any]]:
    return values(spec(abatement_curve(result, VI)), "start", "end")


def test_columns_are_as_wide_as_their_tonnes_and_as_high_as_their_cost() -> None:
    found = columns(ranked(option("A", 40.0, -80e6), option("B", 10.0, -10e6)))
    assert [(c["name"], c["start"], c["end"], c["cost"]) for c in found] == [
        ("B", 0.0, 10.0, 1.0),  # million VND a tonne, the cheaper one first
        ("A", 10.0, 50.0, 2.0),
    ]


def test_what_earns_stands_by_its_worth_never_by_the_ratio() -> None:
    # by the ratio "few" would be the best: -10 million a tonne against -2
    many, few = option("many", 100.0, 200e6), option("few", 10.0, 100e6)
    found = columns(ranked(few, many, option("dear", 20.0, -40e6)))
    assert [c["name"] for c in found] == ["many", "few", "dear"]
    assert [c["cost"] for c in found] == [-2.0, -10.0, 2.0]
    assert found[0]["style"] == found[1]["style"] != found[2]["style"]


def test_where_lives_differ_they_stand_by_equivalent_annual_value() -> None:
    long = option("long", 10.0, 20e6, npv_vnd=300e6)
    short = option("short", 10.0, 30e6, npv_vnd=100e6)
    assert [c["name"] for c in columns(ranked(long, short))] == ["long", "short"]
    assert [c["name"] for c in columns(ranked(long, short, worth="equivalent_annual"))] == ["short", "long"]


def test_the_trap_is_explained_only_where_it_is_there() -> None:
    assert codes(abatement_curve(ranked(option("A", 10.0, 20e6)), VI)) == [
        "chart.abatement.negative",
        "chart.abatement.alone",
    ]
    assert codes(abatement_curve(ranked(option("A", 10.0, -20e6)), VI)) == ["chart.abatement.alone"]


def test_styles_differ_in_strength_as_well_as_in_colour() -> None:
    content = spec(abatement_curve(ranked(option("A", 10.0, 20e6), option("B", 5.0, -5e6)), VI))
    encodings = next(layer["encoding"] for layer in layers(content) if "opacity" in layer["encoding"])
    earns, costs = encodings["opacity"]["scale"]["range"]
    assert earns < costs


@pytest.mark.parametrize(
    "other",
    [
        option("B", 5.0, 1e6, rank=None),
        option("B", 5.0, 1e6, co2e_t_per_year=None),
        option("B", 5.0, 1e6, co2e_t_per_year=0.0),
        option("B", 5.0, 1e6, co2e_t_per_year=-3.0),
        option("B", 5.0, 1e6, physical_savings={}),
    ],
)
def test_what_is_out_or_avoids_nothing_is_counted_not_drawn(other: Any) -> None:
    drawing = abatement_curve(ranked(option("A", 10.0, -20e6), other), VI)
    assert [note.params for note in drawing.notes if note.code == "chart.abatement.left_out"] == [
        {"count": 1}
    ]
    nothing = abatement_curve(ranked(other), VI)
    assert nothing.chart is None
    assert codes(nothing) == ["chart.no_abatement"]


def test_thin_columns_of_extreme_cost_do_not_squeeze_the_others() -> None:
    # 1 of 101 tonnes at -500 million: the scale ends at the 2 million of the other
    drawing = abatement_curve(ranked(option("A", 100.0, -200e6), option("thin", 1.0, 500e6)), VI)
    found = {c["name"]: c for c in values(spec(drawing), "start", "end")}
    assert (found["thin"]["cost"], found["thin"]["cut"]) == (-2.0, "▼")
    assert (found["A"]["cost"], found["A"]["cut"]) == (2.0, "")
    assert found["thin"]["abatement"].replace("\u00a0", " ") == "-500 triệu ₫/tCO₂e"  # pointing at it tells
    assert [note.params for note in drawing.notes if note.code == "chart.abatement.cut"] == [{"count": 1}]


def test_a_wide_column_of_extreme_cost_is_drawn_whole() -> None:
    found = columns(ranked(option("A", 10.0, -20e6), option("B", 10.0, -900e6)))
    assert [c["cost"] for c in found] == [2.0, 90.0]


def test_never_paid_back_may_stand_on_the_curve() -> None:
    dear = never("B", co2e_t_per_year=5.0, abatement_cost_vnd_per_tco2e=3e6)
    (column,) = columns(ranked(dear))
    assert column["payback"] == "không hoàn vốn"

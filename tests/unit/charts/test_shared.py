"""What all charts share: language, names, scales, places for labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sxsh_options import charts
from sxsh_options.charts import MOST, Drawing
from sxsh_options.charts.drawing import money_scale, ticks, wrapped
from sxsh_options.charts.labels import Disc, place
from sxsh_options.i18n import Lang, Wording
from sxsh_options.screening.results import RankedList
from tests.unit.charts.builders import codes, layers, never, ranked, row, spec, values

VI, EN = Wording("vi"), Wording("en")
Builder = Callable[[RankedList, Wording], Drawing]
OF_A_LIST: list[Builder] = [
    charts.payback_against_co2e,
    charts.abatement_curve,
    charts.indicators,
    charts.order_by_criterion,
]
MIXED = ranked(row("A"), never("B", rank=2, co2e_t_per_year=5.0, abatement_cost_vnd_per_tco2e=2e6))


def of_flows(_: RankedList, wording: Wording) -> Drawing:
    return charts.cumulative_cash_flow((-100e6, 50e6, 50e6), wording, 2.0)


@pytest.mark.parametrize("builder", [*OF_A_LIST, of_flows])
@pytest.mark.parametrize(("lang", "decimal", "thousands"), [("vi", ",", "."), ("en", ".", ",")])
def test_axes_write_numbers_in_the_language(
    builder: Builder, lang: Lang, decimal: str, thousands: str
) -> None:
    number = spec(builder(MIXED, Wording(lang)))["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"], number["grouping"]) == (decimal, thousands, [3])


@pytest.mark.parametrize("builder", [*OF_A_LIST, of_flows])
def test_letters_follow_the_page_and_the_description_stands_alone(builder: Builder) -> None:
    content = spec(builder(MIXED, VI))
    config = content["config"]
    assert config["axis"]["labelColor"] == config["legend"]["labelColor"] == "currentColor"
    assert content["background"] == "transparent"
    assert config["aria"] is False  # the parts would be described in English
    assert config["mark"]["aria"] is False


@pytest.mark.parametrize("builder", [*OF_A_LIST, of_flows])
def test_what_shows_on_pointing_is_text_already(builder: Builder) -> None:
    """A number there would be formatted by the browser."""
    seen = 0
    for layer in layers(spec(builder(MIXED, VI))):
        tips = layer.get("encoding", {}).get("tooltip", [])
        for tip in tips:
            rows = layer["rows"]
            assert all(isinstance(each[tip["field"]], str) for each in rows)
            assert tip["type"] == "nominal"
            assert tip["title"]
            seen += 1
    assert seen


@pytest.mark.parametrize("builder", OF_A_LIST)
def test_no_options_no_chart_but_a_word(builder: Builder) -> None:
    drawing = builder(ranked(), VI)
    assert drawing.chart is None
    assert drawing.notes


@pytest.mark.parametrize("builder", OF_A_LIST)
def test_long_lists_are_cut_and_say_so(builder: Builder) -> None:
    drawing = builder(ranked(*(row(f"O{i}", rank=i + 1) for i in range(MOST + 5))), VI)
    (note,) = [note for note in drawing.notes if note.code == "chart.first_only"]
    assert note.params == {"count": MOST, "total": MOST + 5}
    assert spec(drawing)


@pytest.mark.parametrize("builder", OF_A_LIST)
@pytest.mark.parametrize("name", ["x" * 10_000, '"];alert(1)//', "<b>đậm</b>", "=1+1", "😀 \n\t ok", " "])
def test_any_name_can_be_drawn(builder: Builder, name: str) -> None:
    content = spec(builder(ranked(row("A", name=name), row("B", rank=2)), VI))
    longest = max(len(text) for layer in layers(content) for text in _texts(layer["rows"]))
    assert longest <= 210  # what is longer is quoted, not spread over the chart


def _texts(rows: list[dict[str, Any]]) -> list[str]:
    return ["", *(value for each in rows for value in each.values() if isinstance(value, str))]


def test_a_name_is_broken_between_words() -> None:
    assert wrapped("Thu hồi nước ngưng về lò hơi", 16, 2) == ["Thu hồi nước", "ngưng về lò hơi"]
    assert wrapped("một hai ba bốn", 7, 1) == ["một…"]
    assert wrapped("   ", 7, 1) == ["   "]


@pytest.mark.parametrize(
    ("amounts", "vi", "en"),
    [
        ((2.5e9, -1e6), "tỷ ₫", "billion ₫"),
        ((-999e6, 5.0), "triệu ₫", "million ₫"),
        ((999_999.0,), "₫", "₫"),
        ((3e12,), "tỷ ₫", "trillion ₫"),
        ((), "₫", "₫"),
    ],
)
def test_money_is_written_in_the_scale_of_the_largest(amounts: tuple[float, ...], vi: str, en: str) -> None:
    assert money_scale(amounts, VI).unit.replace("\u00a0", " ") == vi
    assert money_scale(amounts, EN).unit.replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.0, 6.0, [0, 1, 2, 3, 4, 5, 6]),
        (0.0, 0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
        (-25.0, 35.0, [-20, -10, 0, 10, 20, 30]),
        (0.0, 4479.0, [0, 1000, 2000, 3000, 4000]),
        (5.0, 5.0, [5]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_labels_take_the_first_free_place() -> None:
    middle, edge = Disc(100, 100, 5), Disc(295, 100, 5)
    placed = place({0: [["abcd"]], 1: [["abcd"]]}, [middle, edge], 300, 200)
    assert placed[0].align == "left"  # to the right of its point
    assert placed[1].align == "right"  # there the plot ends


def test_labels_keep_clear_of_points_and_of_each_other() -> None:
    row_of_points = [Disc(x, 10, 5) for x in (10, 24, 38)]
    # no room right or left of the middle one, nor above: below
    assert place({1: [["ab"]]}, row_of_points, 60, 60)[1].align == "center"
    # on one spot, with room above and below only: the third finds no place
    texts = {i: [["abcdef"]] for i in range(3)}
    placed = place(texts, [Disc(30, 30, 5)] * 3, 60, 60)
    assert {i: label.dy < 0 for i, label in placed.items()} == {0: True, 1: False}


def test_a_shorter_form_is_taken_where_the_name_has_no_room() -> None:
    assert place({0: [["a very long name"], ["1"]]}, [Disc(10, 30, 5)], 60, 60)[0].text == "1"


def test_the_figures_shown_are_those_of_the_list() -> None:
    (point,) = values(spec(charts.payback_against_co2e(ranked(row("A")), VI)), "payback", "worth")
    shown = {key: point[key].replace("\u00a0", " ") for key in ("payback", "worth", "co2e", "capex", "rank")}
    assert shown == {
        "payback": "2 năm",
        "worth": "200 triệu ₫",
        "co2e": "10",
        "capex": "100 triệu ₫",
        "rank": "1",
    }


def test_the_specification_holds_only_finite_numbers() -> None:
    for builder in OF_A_LIST:
        text = json.dumps(spec(builder(MIXED, VI)), allow_nan=False)
        assert "chart." not in text  # no code of a text left unsaid
    assert codes(of_flows(MIXED, VI)) == ["chart.flows_nominal"]

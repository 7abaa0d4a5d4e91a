"""The money of one investment, year by year and added up."""

from __future__ import annotations

from sxsh_options.charts import cumulative_cash_flow
from sxsh_options.i18n import Wording
from tests.unit.charts.builders import codes, layers, spec, values

VI = Wording("vi")


def test_bars_are_the_years_and_the_line_their_sum() -> None:
    rows = values(spec(cumulative_cash_flow((-100e6, 40e6, 40e6, 40e6), VI, 2.5)), "flow", "sum")
    assert [(r["year"], r["flow"], r["sum"]) for r in rows] == [
        (0, -100.0, -100.0),
        (1, 40.0, -60.0),
        (2, 40.0, -20.0),
        (3, 40.0, 20.0),
    ]
    assert rows[1]["sum_text"].replace("\u00a0", " ") == "-60.000.000 ₫"


def test_the_unit_follows_the_size() -> None:
    for flows, title in (
        ((-100e6, 60e6), "Dòng tiền (triệu ₫)"),
        ((-1.5e9, 2e9), "Dòng tiền (tỷ ₫)"),
        ((-900e6, *(300e6,) * 10), "Dòng tiền (tỷ ₫)"),  # no year has a billion, the sum has
    ):
        content = spec(cumulative_cash_flow(flows, VI))
        titles = [layer["encoding"].get("y", {}).get("axis", {}).get("title") for layer in layers(content)]
        assert title in [t.replace("\u00a0", " ") for t in titles if t]


def test_the_payback_is_marked_on_the_zero_line() -> None:
    drawing = cumulative_cash_flow((-100e6, 40e6, 40e6, 40e6), VI, 2.5)
    (mark,) = values(spec(drawing), "payback")
    assert (mark["payback"], mark["zero"]) == (2.5, 0)
    assert mark["text"].replace("\u00a0", " ") == "Hoàn vốn: 2,5 năm"
    assert codes(drawing) == ["chart.flows_nominal"]


def test_a_payback_that_is_not_where_the_line_crosses_is_explained() -> None:
    # 100 million over 40 a year is 2.5, but a replacement in year 2 delays the crossing
    drawing = cumulative_cash_flow((-100e6, 40e6, -10e6, 40e6, 40e6), VI, 2.5)
    assert codes(drawing) == ["chart.flows_nominal", "chart.payback_off_line"]


def test_never_paid_back_has_no_mark_but_a_word() -> None:
    drawing = cumulative_cash_flow((-100e6, 10e6), VI, None)
    assert not any("payback" in r for layer in layers(spec(drawing)) for r in layer["rows"])
    assert "không hoàn vốn" in drawing.description


def test_paid_back_at_once() -> None:
    drawing = cumulative_cash_flow((0.0, 10e6, 10e6), VI, 0.0)
    assert values(spec(drawing), "payback")[0]["payback"] == 0.0
    assert codes(drawing) == ["chart.flows_nominal"]


def test_long_lives_keep_the_labels_of_the_years_apart() -> None:
    content = spec(cumulative_cash_flow((-100e6, *(5e6,) * 30), VI))
    axes = [
        layer["encoding"]["x"]["axis"]
        for layer in layers(content)
        if "axis" in layer["encoding"].get("x", {})
    ]
    assert axes[0]["values"] == list(range(0, 31, 3))


def test_no_years_nothing_to_draw() -> None:
    for flows in ((), (-5e6,)):
        drawing = cumulative_cash_flow(flows, VI)
        assert drawing.chart is None
        assert codes(drawing) == ["chart.no_years"]


def test_the_payback_in_words() -> None:
    assert "thời gian hoàn vốn: hoàn vốn ngay" in cumulative_cash_flow((0.0, 10e6), VI, 0.0).description
    (mark,) = values(spec(cumulative_cash_flow((0.0, 10e6), VI, 0.0)), "payback")
    assert mark["text"] == "Hoàn vốn ngay"
    late = cumulative_cash_flow((-100e6, 10e6, 10e6), VI, None).description
    assert "không hoàn vốn trong 2 năm" in late.replace("\u00a0", " ")

"""Indicators side by side, and the order by each criterion."""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.charts import indicators, order_by_criterion
from sxsh_options.charts.order import SLOPES
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import Scores
from tests.unit.charts.builders import codes, layers, never, ranked, row, spec, values

VI = Wording("vi")


def bars(*options: Any, **changes: Any) -> dict[tuple[str, str], dict[str, Any]]:
    content = spec(indicators(ranked(*options, **changes), VI))
    return {(bar["option"], bar["panel"]): bar for bar in values(content, "panel")}


def test_bars_are_in_proportion() -> None:
    found = bars(row("A"), row("B", rank=2, simple_payback_years=4.0, npv_vnd=50e6))
    length = {key: bar["end"] - bar["x"] for key, bar in found.items()}
    assert length["B", "payback"] == pytest.approx(2 * length["A", "payback"])
    assert length["A", "worth"] == pytest.approx(4 * length["B", "worth"])
    assert length["A", "score"] == pytest.approx(0.74 * 0.9)  # of a hundred, in nine tenths of the panel


def test_a_loss_goes_the_other_way_from_zero() -> None:
    found = bars(row("A", npv_vnd=300e6), never("B", rank=2, npv_vnd=-100e6))
    gain, loss = found["A", "worth"], found["B", "worth"]
    assert gain["x"] == loss["x"] == pytest.approx(1 + 0.9 / 4)  # a quarter of the panel lies left of zero
    assert loss["end"] == pytest.approx(1.0)
    assert (gain["sign"], loss["sign"]) == ("gain", "loss")


def test_what_does_not_exist_has_no_bar_but_a_word() -> None:
    nothing = never("A", physical_savings={}, co2e_t_per_year=0.0, scores=Scores(None, None, None, None))
    assert set(bars(nothing)) == {("A", "worth")}
    texts = [
        t["text"]
        for layer in layers(spec(indicators(ranked(nothing), VI)))
        for t in layer["rows"]
        if "text" in t
    ]
    assert texts.count("–") == 2  # emissions and score
    assert "không hoàn vốn" in texts


def test_every_option_has_its_row_and_its_name() -> None:
    options = [row(f"Giải pháp {i}", rank=i) for i in range(1, 61)]
    content = spec(indicators(ranked(*options), VI))
    names = [
        t["text"] for layer in layers(content) for t in layer["rows"] if "Giải pháp " in t.get("text", "")
    ]
    assert names == [f"{i}. Giải pháp {i}" for i in range(1, 61)]
    assert content["height"] / 60 > 40  # pixels a row


def test_what_is_out_says_so() -> None:
    content = spec(indicators(ranked(row("A", rank=None)), VI))
    assert any(t.get("text") == "A (loại)" for layer in layers(content) for t in layer["rows"])


RANKS = {
    "payback": {"A": 1, "B": 2, "C": 3},
    "npv": {"A": 3, "B": 1, "C": 2},
    "co2e": {"A": 1, "B": 1, "C": 3},
    "score": {"A": 2, "B": 3, "C": 1},
}


def test_ranks_stand_under_each_criterion_that_of_the_list_first() -> None:
    result = ranked(row("B"), row("C", rank=2), row("A", rank=3), by="npv", ranks=RANKS)
    content = spec(order_by_criterion(result, VI))
    heads = next(param["value"] for param in content["params"] if param["name"] == "heads")
    assert [" ".join(head) for head in heads] == ["NPV", "Hoàn vốn", "Giảm phát thải", "Điểm khả thi"]
    found = {(r["option"], r["column"]): r for r in values(content, "rank")}
    order = ("npv", "payback", "co2e", "score")
    for (option, column), found_row in {(r["option"], r["column"]): r for r in _all(content)}.items():
        assert found_row["rank"] == RANKS[order[column]][option]
    assert found


def test_ties_keep_their_rank_and_get_places_of_their_own() -> None:
    result = ranked(row("A"), row("B", rank=2), row("C", rank=3), ranks=RANKS)
    tied = sorted(
        (r["place"], r["option"], r["rank"])
        for r in _all(spec(order_by_criterion(result, VI)))
        if r["column"] == 2
    )
    assert tied == [(1, "A", 1), (2, "B", 1), (3, "C", 3)]


def _all(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the layer that has those of all options."""
    return max((layer["rows"] for layer in layers(content)), key=len)


def test_few_are_lines_many_a_table() -> None:
    few = [row(f"O{i}", rank=i) for i in range(1, SLOPES + 1)]
    marks = {layer["mark"]["type"] for layer in layers(spec(order_by_criterion(ranked(*few), VI)))}
    assert "line" in marks
    many = [*few, row("one more", rank=SLOPES + 1)]
    content = spec(order_by_criterion(ranked(*many), VI))
    assert {layer["mark"]["type"] for layer in layers(content)} == {"rect", "text"}
    good = {r["option"]: r["good"] for r in _all(content) if r["column"] == 0}
    assert good["O1"] == 1.0
    assert good["O9"] == pytest.approx(0.5)  # rank 9 of 16


def test_every_name_is_written_in_either_form() -> None:
    for count in (SLOPES, 60):
        options = [row(f"Giải pháp tiết kiệm điện số {i}", rank=i) for i in range(1, count + 1)]
        content = spec(order_by_criterion(ranked(*options), VI))
        lines = next(param["value"] for param in content["params"] if param["name"] == "lines")
        assert [" ".join(each) for each in lines[1:]] == [option.name for option in options]
        for layer in layers(content):
            axis = layer["encoding"]["y"]["axis"]
            assert axis["values"] == list(range(1, count + 1))
            assert axis["labelOverlap"] is False


def test_what_is_out_has_no_place() -> None:
    result = ranked(row("A"), row("B", rank=None))
    assert {r["option"] for r in _all(spec(order_by_criterion(result, VI)))} == {"A"}
    assert codes(order_by_criterion(ranked(row("B", rank=None)), VI)) == ["chart.empty"]

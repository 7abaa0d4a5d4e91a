"""How the parts of a ranking are said."""

from __future__ import annotations

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.i18n.results import (
    discounted_payback,
    distinct_names,
    explained_value,
    payback,
    used_value,
)
from sxsh_options.screening.results import AssumptionUsed, Explanation, InputUsed
from tests.unit.charts.builders import never, row

VI, EN = Wording("vi"), Wording("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_equal_names_are_told_apart() -> None:
    options = [row("A", name="Bơm"), row("B", name="Bơm"), row("C", name="Quạt")]
    assert distinct_names(options, Wording("vi")) == {"A": "Bơm", "B": "Bơm (2)", "C": "Quạt"}


def test_names_are_in_the_language() -> None:
    lamps = [row("A", name="Đèn LED", name_en="LED lamps")]
    assert distinct_names(lamps, Wording("en")) == {"A": "LED lamps"}


def test_what_pays_back_after_its_life_is_not_called_never() -> None:
    late = row("A", simple_payback_years=None, payback_status="never", discounted_payback_years=None)
    assert plain(payback(late, VI)) == "không hoàn vốn trong 10 năm"
    assert plain(payback(late, EN)) == "no payback within 10 years"
    assert plain(discounted_payback(late, VI)) == "không hoàn vốn trong 10 năm"
    explained = Explanation("simple_payback", "simple_payback", 347.2, "years", ())
    assert plain(explained_value(explained, late, VI)) == "không hoàn vốn trong 10 năm"
    loses = never("B")
    assert payback(loses, VI) == "không hoàn vốn"
    assert explained_value(explained, loses, VI) == "không hoàn vốn trong thời gian phân tích"


def test_the_discounted_payback_has_words_where_it_has_no_years() -> None:
    slow = row("A", simple_payback_years=9.0, discounted_payback_years=None)
    assert plain(discounted_payback(slow, VI)) == "không hoàn vốn trong 10 năm"
    free = row("B", simple_payback_years=0.0, payback_status="immediate", discounted_payback_years=0.0)
    assert (payback(free, VI), discounted_payback(free, VI)) == ("hoàn vốn ngay", "hoàn vốn ngay")
    explained = Explanation("discounted_payback", "discounted_payback", 0.0, "years", ())
    assert explained_value(explained, free, VI) == "hoàn vốn ngay"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (50.846321, "points", "50,85 điểm"),
        (2.35597, "share", "235,6 %"),
        (63.28321, "tCO2e/year", "63,28 tCO₂e/năm"),
        (123456.78, "tCO2e/year", "123.457 tCO₂e/năm"),  # the whole part is never cut
        (0.10638297872340426, "", "0,1064"),
    ],
)
def test_a_computed_number_has_four_digits(value: float, unit: str, shown: str) -> None:
    explained = Explanation("score_total", "score_total", value, unit, ())
    assert plain(explained_value(explained, row("A"), VI)) == shown


@pytest.mark.parametrize(
    ("used", "shown"),
    [
        (InputUsed("saved_quantity", 12345.67, "kwh/year", resource="electricity"), "12.345,67 kWh/năm"),
        (InputUsed("saved_quantity", 100 / 3.6, "kwh/year", resource="electricity"), "27,78 kWh/năm"),
        (InputUsed("saved_quantity", 0.1 + 0.2, "t/year", resource="coal"), "0,3 tấn/năm"),
        (InputUsed("score_economic", 50.8463, "points"), "50,85 điểm"),
        (InputUsed("co2e", 7.798336, "tCO2e/year"), "7,798 tCO₂e/năm"),
        (AssumptionUsed("discount_rate", 0.12345, "share"), "12,345 %"),
    ],
)
def test_an_input_keeps_the_digits_it_was_written_with(used: InputUsed | AssumptionUsed, shown: str) -> None:
    assert plain(used_value(used, VI)) == shown

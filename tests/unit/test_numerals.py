"""Expected values are the numbers that the texts stand for in Vietnamese or English writing."""

from __future__ import annotations

import unicodedata

import pytest

from sxsh_options.numerals import Reading, infer_style, read_column, read_number, settled

COMMA, DOT = "comma_decimal", "dot_decimal"


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("0", 0.0, None),
        ("1234567", 1234567.0, None),
        ("-5", -5.0, None),
        ("+5", 5.0, None),
        ("1.234.567", 1234567.0, COMMA),
        ("1,234,567", 1234567.0, DOT),
        ("12,5", 12.5, COMMA),
        ("12.5", 12.5, DOT),
        ("1.234.567,89", 1234567.89, COMMA),
        ("1,234,567.89", 1234567.89, DOT),
        ("1.234,567", 1234.567, COMMA),
        ("1,234.567", 1234.567, DOT),
        ("1 234 567,5", 1234567.5, COMMA),
        ("1 234 567.5", 1234567.5, DOT),
        ("1\u00a0234\u00a0567", 1234567.0, None),  # no-break spaces
        ("1\u202f234,5", 1234.5, COMMA),  # narrow no-break space
        ("1\u2009234", 1234.0, None),  # thin space
        ("1'234", 1234.0, None),
        ("1\u2019234\u2019567.25", 1234567.25, DOT),
        ("  42 ", 42.0, None),
        ("\u00a042\t", 42.0, None),
        ("\u22127,5", -7.5, COMMA),  # minus sign
        ("- 3", -3.0, None),
        ("1e6", 1e6, None),
        ("1.5E-3", 0.0015, DOT),
        ("1,5e3", 1500.0, COMMA),
        # a group never starts with 0 and the first has at most three digits
        ("0.123", 0.123, DOT),
        ("0,123", 0.123, COMMA),
        ("-0,123", -0.123, COMMA),
        ("1234.567", 1234.567, DOT),
        ("1234,567", 1234.567, COMMA),
        ("1.2345", 1.2345, DOT),
        (".5", 0.5, DOT),
        (",5", 0.5, COMMA),
        (".125", 0.125, DOT),
        ("999999999999999999", 1e18, None),
    ],
)
def test_a_number_and_the_style_it_shows(text: str, value: float, style: str | None) -> None:
    assert read_number(text) == Reading("value", value, style)
    column = read_column([text])
    assert column.values == [value]
    assert column.shown == ({style: 0} if style else {})
    assert column.unsettled == {}


@pytest.mark.parametrize(
    ("text", "as_comma_decimal", "as_dot_decimal"),
    [
        ("1.234", 1234.0, 1.234),
        ("1,234", 1.234, 1234.0),
        ("-12.345", -12345.0, -12.345),
        ("999,000", 999.0, 999000.0),
    ],
)
def test_what_could_be_either_is_ambiguous_until_the_style_is_known(
    text: str, as_comma_decimal: float, as_dot_decimal: float
) -> None:
    assert read_number(text).status == "ambiguous"
    assert read_number(text, COMMA).value == as_comma_decimal
    assert read_number(text, DOT).value == as_dot_decimal
    assert read_column([text]).unsettled == {0: Reading("ambiguous")}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "not_a_number"),
        ("--5", "not_a_number"),
        ("\u0661\u0662", "not_a_number"),  # Arabic-Indic digits, which float() would take
        ("#N/A", "not_a_number"),
        ("-", "not_a_number"),
        ("9" * 2000, "not_a_number"),
        ("NaN", "nan"),
        ("-nan", "nan"),
        ("inf", "infinity"),
        ("-Infinity", "infinity"),
        ("∞", "infinity"),
        ("1e400", "out_of_range"),
        ("-1e400", "out_of_range"),
        ("9" * 400, "out_of_range"),
        ("1e-400", "out_of_range"),  # not 0
        ("1.234,567.8", "mixed_styles"),
        ("1,234.567,8", "mixed_styles"),
        ("1.234 567", "mixed_styles"),
        ("1.23.456", "bad_grouping"),
        ("1,234,56", "bad_grouping"),
        ("0.123.456", "bad_grouping"),
        ("12 34", "bad_grouping"),
        ("1.2345,6", "bad_grouping"),
        ("1..234", "bad_grouping"),
        ("1.234.567e3", "bad_grouping"),
        ("12 %", "percent"),
        ("12 kWh", "text_behind"),
        ("600 triệu đồng", "text_behind"),
        ("5.", "text_behind"),
        ("1_000", "text_behind"),
        ("0x10", "text_behind"),
        ("12/5/2026", "text_behind"),
        ("2026-11-22", "text_behind"),  # a date is no range
        ("5 trạm", "text_behind"),  # stations, not "trăm"
        ("5 m", "text_behind"),  # metres, not millions
        ("5 tấn", "text_behind"),
        ("1 tỷ 1 đồng", "text_behind"),
        ("khoảng 600 triệu", "approximate"),
        ("~600tr", "approximate"),
        (">= 5", "approximate"),
        ("hơn 2 tỷ", "approximate"),
        ("about 5", "approximate"),
        ("500-600 triệu", "range"),
        ("500 triệu – 1 tỷ", "range"),
        ("từ 500 đến 600 triệu", "range"),
        ("500 đến 600", "range"),
        ("5 to 6 million", "range"),
        ("1 tỷ -200 triệu", "range"),
        ("1 tỷ 2", "spoken"),
        ("1tr5", "spoken"),
        ("1 triệu 2 tỷ", "bad_magnitude"),
        ("1 tỷ 1500 triệu", "bad_magnitude"),  # 2,5 tỷ, or a slip
        ("1,5 tỷ 200 triệu", "bad_magnitude"),
        ("1,5 tỷ rưỡi", "bad_magnitude"),
        ("2e3 tỷ rưỡi", "bad_magnitude"),
        ("1 tỷ 2e3", "bad_magnitude"),
        ("5 trăm", "bad_magnitude"),
        ("5 tỷ tỷ", "bad_magnitude"),
        ("5 chục triệu 2", "bad_magnitude"),
        ("5 mİllİon", "bad_magnitude"),  # dotted capitals, which ignoring case lets pass for i
        ("5 triệu %", "bad_magnitude"),
        ("9" * 307 + " tỷ", "out_of_range"),
        ("1.5 tỷ 2,5 triệu", "mixed_styles"),
    ],
)
def test_what_is_no_number_says_why(text: str, reason: str) -> None:
    assert read_number(text) == Reading("error", reason=reason)
    assert read_column(["1", text]).unsettled == {1: Reading("error", reason=reason)}


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("600 triệu", 6e8, None),
        ("600tr", 6e8, None),
        ("600 TRIỆU", 6e8, None),
        ("600 trieu", 6e8, None),
        (unicodedata.normalize("NFD", "600 triệu"), 6e8, None),
        ("600\u00a0triệu", 6e8, None),
        ("1,2 tỷ", 1.2e9, COMMA),
        ("1.2 tỉ", 1.2e9, DOT),
        ("3 ty", 3e9, None),
        ("50 nghìn", 5e4, None),
        ("50 ngàn", 5e4, None),
        ("50k", 5e4, None),
        ("1 tỷ 200 triệu", 1.2e9, None),
        ("1 tỷ 200 triệu 500 nghìn", 1_200_500_000.0, None),
        ("1 triệu 500 nghìn", 1.5e6, None),
        ("1 tỷ 50,5 triệu", 1_050_500_000.0, COMMA),
        ("1 triệu 500000", 1.5e6, None),
        ("1 tỷ 200.000", 1_000_200_000.0, COMMA),  # with three decimals it would make no sense
        ("1 tỷ 0", 1e9, None),
        ("5 nghìn 200", 5200.0, None),  # in speech and to the letter
        ("2 tỷ rưỡi", 2.5e9, None),
        ("1 tỷ 2 triệu rưỡi", 1_002_500_000.0, None),
        ("5 nghìn tỷ", 5e12, None),
        ("5 trăm triệu", 5e8, None),
        ("3 chục triệu", 3e7, None),
        ("2 trăm nghìn tỷ", 2e14, None),
        ("-600 triệu", -6e8, None),
        ("2.5 million", 2.5e6, DOT),
        ("3 bn", 3e9, None),
        ("20 thousand", 2e4, None),
        ("1 trillion", 1e12, None),
        ("1.234.567 triệu", 1_234_567e6, COMMA),
        ("0,1 triệu", 1e5, COMMA),
    ],
)
def test_words_for_powers_of_ten(text: str, value: float, style: str | None) -> None:
    assert read_number(text) == Reading("value", value, style)
    assert read_column([text]).values == [value]


@pytest.mark.parametrize("text", ["1.234 triệu", "1,234 triệu"])
def test_words_leave_what_is_ambiguous_so(text: str) -> None:
    assert read_number(text) == Reading("ambiguous")
    assert {settled(text, COMMA), settled(text, DOT)} == {1.234e9, 1.234e6}


def test_words_keep_to_the_style_of_a_file() -> None:
    assert read_number("1,5 tỷ", DOT) == Reading("error", None, COMMA, "other_style")


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\t"])
def test_blank_is_empty(text: str) -> None:
    assert read_number(text) == Reading("empty")
    assert read_column([text]) == ([None], {}, {})


@pytest.mark.parametrize(
    ("text", "style"),
    [("12,5", DOT), ("1.234.567", DOT), ("12.5", COMMA), ("0.123", COMMA), ("1,234,567", COMMA)],
)
def test_the_other_style_is_an_error_once_the_style_is_known(text: str, style: str) -> None:
    reading = read_number(text, style)
    assert reading.status == "error"
    assert reading.reason == "other_style"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("12,5 phần trăm", 0.125),
        ("7 percent", 0.07),
        ("12,5 %", 0.125),
        ("12.5%", 0.125),
        ("10%", 0.1),
        ("100 %", 1.0),
        ("-3 %", -0.03),
        ("0.1", 0.1),
    ],
)
def test_percent_where_it_is_asked_for(text: str, share: float) -> None:
    assert read_number(text, percent=True).value == share


def test_a_percentage_has_no_exponent() -> None:
    assert read_number("1e2%", percent=True).status == "error"


def test_minus_zero_is_zero() -> None:
    assert str(read_number("-0").value) == "0.0"
    assert str(read_column(["-0"]).values[0]) == "0.0"


def test_one_unambiguous_number_decides() -> None:
    evidence = infer_style(map(read_number, ["1.234", "", "x", "1.234.567", "5", "2,5"]))
    assert evidence.style == COMMA
    assert not evidence.conflict
    assert evidence.comma_decimal == 3


def test_no_evidence_decides_nothing() -> None:
    evidence = infer_style(map(read_number, ["1.234", "1,234", "12"]))
    assert evidence.style is None
    assert not evidence.conflict


def test_two_that_contradict_are_a_conflict_with_both_positions() -> None:
    evidence = infer_style(map(read_number, ["7", "12.5", "1.234.567", "3,5"]))
    assert evidence.conflict
    assert evidence.style is None
    assert (evidence.dot_decimal, evidence.comma_decimal) == (1, 2)


@pytest.mark.parametrize(
    ("text", "comma_decimal", "dot_decimal"),
    [("1.234", 1234.0, 1.234), ("-75,000", -75.0, -75_000.0), (" \u221275.500 ", -75_500.0, -75.5)],
)
def test_what_is_ambiguous_is_settled_by_the_style(
    text: str, comma_decimal: float, dot_decimal: float
) -> None:
    assert settled(text, "comma_decimal") == comma_decimal
    assert settled(text, "dot_decimal") == dot_decimal

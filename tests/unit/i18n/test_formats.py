"""How numbers and dates are written, held against Babel's data where it has an opinion."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sxsh_options.i18n import ENGLISH, VIETNAMESE, Style

STYLES = [("vi", VIETNAMESE), ("en", ENGLISH)]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.5, 0, "1"),  # half away from zero, as on an invoice; binary rounding would say 0
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),  # as it prints: the binary number behind it is a little less
        (2.675, 2, "2.68"),
        (1234567, 0, "1,234,567"),
        (1e22, 0, "10,000,000,000,000,000,000,000"),
        (-0.0, 0, "0"),
        (-0.4, 0, "0"),  # never -0
        (-0.004, 2, "0.00"),
        (5e-324, 3, "0.000"),
        (float("nan"), 2, "–"),
        (float("inf"), 2, "∞"),
        (float("-inf"), 2, "-∞"),
    ],
)
def test_fixed(value: float, decimals: int, expected: str) -> None:
    assert ENGLISH.fixed(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "significant", "vietnamese", "english"),
    [
        (12345.678, 4, "12.346", "12,346"),  # the whole part is never cut
        (1234.5, 4, "1.235", "1,235"),
        (123.456, 4, "123,5", "123.5"),
        (0.73014, 4, "0,7301", "0.7301"),
        (0.00012345, 3, "0,000123", "0.000123"),
        (12.0, 4, "12", "12"),
        (9.99996, 4, "10", "10"),
        (1200.0, 6, "1.200", "1,200"),
        (0, 4, "0", "0"),
        (1e-9, 2, "0,000000001", "0.000000001"),  # never an exponent
        (600, 2, "600", "600"),
        (Decimal("12.50"), 4, "12,5", "12.5"),
    ],
)
def test_number(value: float, significant: int, vietnamese: str, english: str) -> None:
    assert VIETNAMESE.number(value, significant) == vietnamese
    assert ENGLISH.number(value, significant) == english


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (1_500_000_000, ("1,5", "tỷ"), ("1.5", "billion")),
        (600_000_000, ("600", "triệu"), ("600", "million")),
        (1e17, ("100", "triệu tỷ"), ("100", "quadrillion")),
        (999_999_600, ("1", "tỷ"), ("1", "billion")),  # 999.9996 million prints as a billion
        (999_400, ("999.400", ""), ("999,400", "")),
        (-3_400_000, ("-3,4", "triệu"), ("-3.4", "million")),
        (2_500_000_000_000, ("2.500", "tỷ"), ("2.5", "trillion")),
        (0, ("0", ""), ("0", "")),
    ],
)
def test_scaled(value: float, vietnamese: tuple[str, str], english: tuple[str, str]) -> None:
    assert VIETNAMESE.scaled(value) == vietnamese
    assert ENGLISH.scaled(value) == english


def test_dates() -> None:
    assert VIETNAMESE.date(date(2026, 3, 5)) == "05/03/2026"
    assert ENGLISH.date(date(2026, 3, 5)) == "5 Mar 2026"


@pytest.mark.parametrize(("locale", "style"), STYLES)
@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4))
def test_marks_are_those_of_the_locale(locale: str, style: Style, value: Decimal) -> None:
    """Same marks and groups as Babel, on numbers that need no rounding."""
    value = value if value else abs(value)  # Babel writes -0,0000
    assert style.fixed(value, 4) == format_decimal(value, format="#,##0.0000", locale=locale)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 12))
def test_no_exponent_and_no_negative_zero(value: float, significant: int) -> None:
    written = ENGLISH.number(value, significant)
    assert "e" not in written.lower()
    assert written != "-0"
    read_back = float(written.replace(",", ""))
    assert read_back == pytest.approx(value, rel=0.6 * 10 ** (1 - significant), abs=0)

"""What must hold for any text and for any number that the app itself writes."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sxsh_options.amounts import Amount, read_amount, read_block
from sxsh_options.i18n.formats import ENGLISH, VIETNAMESE, Style
from sxsh_options.numerals import read_column, read_number

STYLES = {"comma_decimal": VIETNAMESE, "dot_decimal": ENGLISH}
WORDS = ["tỷ", "triệu", "tr", "nghìn", "k", "rưỡi", "trăm", "đ", "kWh", "/", "tháng", "%", "-"]
NUMBERS = ["1", "2,5", "8.000", "1.234"]
styles = st.sampled_from([None, *STYLES])
texts = (
    st.text(max_size=40)
    | st.text(alphabet="0123456789.,' -+eEđktrtỷ/%\u00a0\u0300İſ\x00", max_size=20)
    | st.lists(st.sampled_from([*WORDS, *NUMBERS, "~", " ", "\u00a0", "triê\u0323u"]), max_size=9).map(
        " ".join
    )
)


def check(amount: Amount) -> None:
    """Fail unless the fields say one thing."""
    assert (amount.value is not None) == (amount.status == "value")
    assert (len(amount.candidates) >= 2) == (amount.status == "ambiguous")
    assert len(set(amount.candidates)) == len(amount.candidates)
    assert all(map(math.isfinite, [amount.value or 0.0, *amount.candidates]))
    assert (amount.reason is not None) >= (amount.status == "error")
    assert amount.reason is None or amount.status == "error" or amount.reason == "spoken"


@given(texts, styles, st.booleans(), st.booleans(), st.sampled_from([(), ("kWh", "year")]))
@example("5 mİllİon", None, True, False, ())
@example("=1+1", None, True, False, ())
@example("<b>5</b>", None, True, True, ())
@example("\x00", None, True, False, ())
@example("5 \ud800", None, True, False, ())
def test_any_text_gives_an_answer(text: str, style: str, typed: bool, money: bool, units: tuple[str]) -> None:
    check(read_amount(text, style=style, typed=typed, money=money, units=units))
    assert read_column([text]).values == [read_number(text).value]


@given(st.lists(texts, max_size=8), styles)
def test_any_block_gives_an_answer_per_cell(cells: list[str], style: str) -> None:
    block = read_block(cells, style)
    assert len(block.amounts) == len(cells)
    for amount in block.amounts:
        check(amount)


@pytest.mark.parametrize(
    "piece",
    ["9", "1 ", "1.", "1,000.", "tỷ ", "1 tỷ ", "/", "a ", "- ", "\u0300", "😀", "e", "1e", "5 a-", "(", " "],
)
def test_a_very_long_text_gives_an_answer(piece: str) -> None:
    for length in (900, 10_000):
        for start in ("", "5 ", "khoảng "):
            check(read_amount((start + piece * length)[:length]))


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=6),
    st.integers(0, 6),
    st.sampled_from([*STYLES]),
)
def test_what_the_app_writes_it_reads_back(value: Decimal, decimals: int, style: str) -> None:
    format_: Style = STYLES[style]
    for written in (format_.fixed(value, decimals), format_.fixed(value, decimals, grouped=False)):
        plain = written.replace(format_.group, "").replace(format_.decimal, ".")
        assert read_amount(written, style=style, typed=False).value == float(plain)
        assert read_amount(f"{written} kWh/tháng", style=style, typed=False).value == float(plain)
        assert read_number(written, style).value == float(plain)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6), st.sampled_from([*STYLES]))
def test_so_it_does_when_they_are_typed(value: Decimal, style: str) -> None:
    """No number of the app ends in three decimals of zero, but for a fixed number of three places."""
    format_: Style = STYLES[style]
    for written in (format_.number(value), format_.fixed(value, 0), format_.fixed(value, 2)):
        plain = written.replace(format_.group, "").replace(format_.decimal, ".")
        assert read_amount(written, style=style).value == float(plain)


@given(st.integers(10**6, 10**14), st.sampled_from([*STYLES]))
def test_large_amounts_in_words_are_read_back(value: int, style: str) -> None:
    digits, word = STYLES[style].scaled(value, 15)
    assert read_amount(f"{digits} {word}", style=style).value == float(value)
    assert read_number(f"{digits} {word}", style).value == float(value)

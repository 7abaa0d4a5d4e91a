"""What must hold for any number, table and assessment."""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sxsh_options.errors import InputError
from sxsh_options.model import Assessment, Category, CostKind
from sxsh_options.numerals import Style, infer_style, read_column, read_number
from sxsh_options.storage import read_assessment_bytes
from sxsh_options.storage.documents import write_assessment_json
from sxsh_options.storage.text import decode

# Numbers


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, Style, float]:
    """Return a decimal number as somebody of a style writes it, and what they meant."""
    style: Style = draw(st.sampled_from(["comma_decimal", "dot_decimal"]))
    decimal_mark, group_mark = (",", ".") if style == "comma_decimal" else (".", ",")
    group = draw(st.sampled_from(["", group_mark, " ", "\u00a0", "\u202f", "'"]))
    whole = draw(st.integers(0, 10**12))
    decimals = draw(st.integers(0, 6))
    fraction = f"{draw(st.integers(0, 10**decimals - 1)):0{decimals}d}" if decimals else ""
    sign = draw(st.sampled_from(["", "-", "\u2212"]))
    meant = float(Decimal(f"{'-' if sign else ''}{whole}.{fraction or 0}"))
    grouped = f"{whole:,}".replace(",", group)
    return f"{sign}{grouped}{decimal_mark + fraction if fraction else ''}", style, meant


@given(written_numbers())
def test_a_written_number_is_read_as_meant_or_called_ambiguous(number: tuple[str, Style, float]) -> None:
    text, style, meant = number
    reading = read_number(text)
    assert reading.status in ("value", "ambiguous")
    if reading.status == "value":
        assert reading.value == meant
        assert reading.evidence_of_style in (None, style)
    assert read_number(text, style).value == meant


@given(written_numbers())
def test_in_the_other_style_it_is_an_error_or_the_same_or_was_ambiguous(
    number: tuple[str, Style, float],
) -> None:
    text, style, meant = number
    other: Style = "dot_decimal" if style == "comma_decimal" else "comma_decimal"
    reading = read_number(text, other)
    assert (
        reading.reason == "other_style" or reading.value == meant or read_number(text).status == "ambiguous"
    )


@given(st.lists(written_numbers(), max_size=30))
def test_a_column_reads_as_its_cells_do(numbers: list[tuple[str, Style, float]]) -> None:
    texts = [text for text, _, _ in numbers]
    readings = [read_number(text) for text in texts]
    column = read_column(texts)
    assert column.values == [reading.value for reading in readings]
    assert set(column.unsettled) == {i for i, reading in enumerate(readings) if reading.status == "ambiguous"}
    evidence = infer_style(readings)
    assert column.shown.get("comma_decimal") == evidence.comma_decimal
    assert column.shown.get("dot_decimal") == evidence.dot_decimal


@given(st.text(alphabet="0123456789.,' -+eE%\u00a0x", max_size=12) | st.text(max_size=8))
def test_no_text_at_all_is_read_as_infinite_or_nan(text: str) -> None:
    reading = read_number(text, percent=True)
    if reading.status == "value":
        assert reading.value is not None
        assert math.isfinite(reading.value)
    else:
        assert reading.value is None
    plain = read_number(text)
    assert read_column([text]).values == [plain.value]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_python_s_own_notation_is_never_read_wrongly(value: float) -> None:
    reading = read_number(repr(value))
    assert reading.status == "ambiguous" or reading.value == value or reading.reason == "out_of_range"
    if abs(value) >= 1e-300:
        assert read_number(repr(value), "dot_decimal").value == value


# Bytes


@given(st.binary(max_size=400))
def test_any_bytes_give_an_assessment_or_messages(data: bytes) -> None:
    for name in ("a.csv", "a.json", "a"):
        try:
            read_assessment_bytes(data, name)
        except InputError as error:
            assert error.messages  # noqa: PT017
            assert all(m.place and m.place.file == name for m in error.messages)  # noqa: PT017


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
def test_text_survives_every_unicode_encoding(text: str) -> None:
    assume(not text.startswith("\ufeff"))
    text += "option_id,name"  # every file of ours has names of columns or keys; without any it is noise
    expected = decode(text.encode("utf-8-sig"), "a").text
    assert decode(text.encode("utf-16"), "a").text == expected


@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from(
                'option_id,name;capex_vnd\tlifetime years"\n\r1234567890.,-=saving_kwh_electricity'
            ),
            max_size=30,
        ),
        max_size=8,
    )
)
def test_any_table_gives_an_assessment_or_located_messages(lines: list[str]) -> None:
    header = "option_id,name,capex_vnd,lifetime_years,annual_saving_vnd"
    try:
        assessment = read_assessment_bytes("\n".join([header, *lines]).encode(), "a.csv")
    except InputError as error:
        assert all(m.place and m.place.row for m in error.messages)  # noqa: PT017
    else:
        assert Assessment.model_validate_json(assessment.model_dump_json()) == assessment


# Tables

amounts = st.floats(0, 1e15, allow_nan=False)


@given(
    st.lists(
        st.tuples(amounts, st.floats(-1e15, 1e15), st.integers(1, 100), st.none() | st.floats(-1e9, 1e9)),
        min_size=1,
    ),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ",")]),
)
def test_a_written_table_comes_back(
    rows: list[tuple[float, float, int, float | None]], marks: tuple[str, str]
) -> None:
    separator, decimal = marks

    def cell(value: float | None) -> str:
        return (
            "" if value is None else f"{Decimal(value):.4f}".replace(".", decimal)
        )  # 4 decimals: never ambiguous

    lines = [
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_water_m3".replace(",", separator)
    ]
    for number, (capex, saving, life, water) in enumerate(rows):
        cells = (f"A{number}", f"Giải pháp {number}", cell(capex), cell(saving), str(life), cell(water))
        lines.append(separator.join(cells))
    options = read_assessment_bytes("\n".join(lines).encode(), "a.csv").options

    def rounded(value: float) -> float:
        return float(f"{Decimal(value):.4f}")

    assert [option.capex[0].amount.amount for option in options] == [rounded(row[0]) for row in rows]
    assert [o.annual_saving and o.annual_saving.amount for o in options] == [rounded(row[1]) for row in rows]
    assert [option.technical_life_years for option in options] == [row[2] for row in rows]
    assert [tuple(s.quantity for s in option.savings) for option in options] == [
        () if row[3] is None else (rounded(row[3]),) for row in rows
    ]


# Documents

finite = st.floats(-1e18, 1e18)
positive = st.floats(0, 1e18)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
names = st.text(alphabet="Thu hồi nước ngưng, biến tần (2) <&>\"'=+", min_size=1, max_size=60)
money = finite | st.fixed_dictionaries({"amount": finite, "currency": st.just("USD")})
cost = positive | st.fixed_dictionaries({"amount": positive, "currency": st.just("USD")})
days = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat)
resources = st.sampled_from(
    [("electricity", "kWh"), ("water", "m3"), ("diesel", "l"), ("coal", "tấn"), ("cod", "kg")]
)


def saving(resource: tuple[str, str], quantity: float) -> dict[str, Any]:
    return {"resource": resource[0], "unit": resource[1], "quantity": quantity}


options = st.fixed_dictionaries(
    {"name": names, "technical_life_years": st.integers(1, 100)},
    optional={
        "category": st.sampled_from([category.value for category in Category]),
        "capex": st.lists(
            st.fixed_dictionaries(
                {"kind": st.sampled_from([kind.value for kind in CostKind]), "amount": cost},
                optional={"vat_rate": st.floats(0, 1), "vat_deductible": st.booleans(), "name": texts},
            ),
            max_size=3,
        ),
        "annual_saving": money,
        "opex_change": money,
        "savings": st.lists(st.builds(saving, resources, finite), max_size=4),
        "lead_time_months": positive,
        "feasibility": st.fixed_dictionaries(
            {}, optional={"safety": st.sampled_from(["good", "manageable", "fails"])}
        ),
        "note": texts,
    },
)
documents = st.fixed_dictionaries(
    {
        "schema_version": st.just(1),
        "id": st.from_regex(r"[A-Za-z0-9_]{1,20}", fullmatch=True),
        "title": names,
        "facility": st.fixed_dictionaries(
            {"name": names}, optional={"revenue_vnd": positive, "sector": texts}
        ),
        "options": st.lists(options, max_size=4),
        "exchange_rates": st.just(
            [{"currency": "USD", "vnd_per_unit": 25e3, "on": "2025-06-30", "source": "x"}]
        ),
    },
    optional={
        "assumptions": st.fixed_dictionaries(
            {},
            optional={
                "discount_rate": st.floats(-0.9, 10),
                "price_growth": st.dictionaries(
                    st.sampled_from(["electricity", "water"]), st.floats(-0.9, 10)
                ),
                "analysis_years": st.integers(1, 100),
            },
        ),
        "overrides": st.lists(
            st.builds(
                lambda resource, value, on: {
                    "kind": "price",
                    "key": resource[0],
                    "unit": resource[1],
                    "value": value,
                    "reason": "Hợp đồng",
                    "on": on,
                },
                resources,
                finite,
                days,
            ),
            max_size=3,
        ),
    },
)


@given(documents)
def test_json_round_trip(document: dict[str, Any]) -> None:
    assessment = read_assessment_bytes(json.dumps(document).encode(), "a.json")
    written = write_assessment_json(assessment)
    again = read_assessment_bytes(written.encode(), "a.json")
    assert again == assessment
    assert write_assessment_json(again) == written


@given(documents, st.sampled_from(["title", "facility", "schema_version", "id"]))
def test_a_document_without_a_required_field_is_refused(document: dict[str, Any], field: str) -> None:
    del document[field]
    with pytest.raises(InputError):
        read_assessment_bytes(json.dumps(document).encode(), "a.json")

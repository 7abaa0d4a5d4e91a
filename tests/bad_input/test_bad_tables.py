"""Bad tables: every fault at once, each with its row and column, none a traceback."""

from __future__ import annotations

import os

import pytest

from sxsh_options.errors import InputError, Message
from sxsh_options.i18n import Wording
from sxsh_options.storage import read_assessment_bytes

HEADER = (
    "option_id,name,category,capex_vnd,annual_saving_vnd,opex_change_vnd_per_year,lifetime_years,"
    "saving_electricity_kwh"
)
GOOD = "A,Bọc bảo ôn,,1000000,500000,,5,"

Fault = tuple[str, int | None, str | None]


def faults(content: str | bytes, name: str = "t.csv") -> list[Message]:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(InputError) as caught:
        read_assessment_bytes(data, name)
    for message in caught.value.messages:
        assert message.place is not None
        assert message.place.file == name
        for lang in ("vi", "en"):
            text = Wording(lang).word(message)
            assert message.code not in text, "a fault without words"
            assert "{" not in text
            assert len(text) < 1500
    return list(caught.value.messages)


def located(content: str | bytes) -> list[Fault]:
    return [(m.code, m.place and m.place.row, m.place and m.place.column) for m in faults(content)]


def rows(*lines: str) -> list[Fault]:
    return located("\n".join([HEADER, *lines, ""]))


def cell(column: str, text: str) -> list[Fault]:
    """Return the faults of a table whose row 2 is good but for one cell."""
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {column: text}
    return rows(",".join(cells.values()))


# The whole file


@pytest.mark.parametrize("content", ["", " ", "\n\n\r\n", ",,,\n,,,\n", "\ufeff"])
def test_empty(content: str) -> None:
    assert located(content) == [("input.empty_file", None, None)]


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\n\n,,,,,,,\n"])
def test_header_only(ending: str) -> None:
    assert located(HEADER + ending) == [("input.no_rows", 1, None)]


def test_wrong_columns() -> None:
    found = faults("a;b\n1;2\n")
    assert [(m.code, m.params["column"]) for m in found if "column" in m.params] == [
        ("input.missing_column", "option_id"),
        ("input.missing_column", "name"),
        ("input.missing_column", "capex_vnd"),
        ("input.missing_column", "lifetime_years"),
        ("input.unknown_column", "a"),
        ("input.unknown_column", "b"),
    ]
    assert "input.no_saving_column" in {m.code for m in found}


def test_extra_columns_are_named_with_the_nearest_and_the_known() -> None:
    found = faults(f"{HEADER},lifetime,ghi chú,savings_water_m3\n{GOOD},,,\n")
    assert [(m.code, m.place and m.place.column, m.params.get("near")) for m in found] == [
        ("input.unknown_column_near", "lifetime", "lifetime_years"),
        ("input.unknown_column", "ghi chú", None),
        ("input.unknown_column_near", "savings_water_m3", "saving_water_m3"),
    ]
    assert all(
        "capex_vnd" in m.params["known"] and "saving_<resource>_<unit>" in m.params["known"] for m in found
    )


def test_duplicate_column() -> None:
    assert located(f"{HEADER},Capex_VND \n{GOOD},7\n") == [("input.duplicate_column", 1, "Capex_VND")]


def test_the_same_saving_twice_under_two_names() -> None:
    found = faults(f"{HEADER},saving_electric_kwh\n{GOOD},7\n")
    assert [(m.code, m.params) for m in found] == [("input.same_saving", {"other": "saving_electricity_kwh"})]


def test_unknown_resource_with_a_near_one() -> None:
    (fault,) = faults(HEADER.replace("electricity", "electrcity") + f"\n{GOOD}\n")
    assert (fault.code, fault.params["suggestions"]) == ("resource.unknown_near", "electricity")
    assert fault.place is not None
    assert (fault.place.row, fault.place.column) == (1, "saving_electrcity_kwh")


def test_unknown_resource() -> None:
    assert located(HEADER.replace("electricity", "xyzzy") + f"\n{GOOD}\n") == [
        ("resource.unknown", 1, "saving_xyzzy_kwh")
    ]


def test_unknown_unit() -> None:
    assert located(HEADER.replace("kwh", "kwz") + f"\n{GOOD}\n") == [
        ("conversion.unknown_unit", 1, "saving_electricity_kwz")
    ]


@pytest.mark.parametrize(
    "column", ["saving_electricity_m3", "saving_water_kwh", "saving_cod_m2", "saving_r32_kwh"]
)
def test_unit_that_cannot_convert(column: str) -> None:
    table = HEADER.replace("saving_electricity_kwh", column)
    assert located(f"{table}\n{GOOD}\n") == [("conversion.not_for_resource", 1, column)]


@pytest.mark.parametrize("column", ["saving_", "saving_water", "saving__m3", "saving_water_"])
def test_incomplete_saving_column(column: str) -> None:
    table = HEADER.replace("saving_electricity_kwh", column)
    assert located(f"{table}\n{GOOD}\n") == [("input.saving_column_incomplete", 1, column)]


def test_no_saving_column_at_all() -> None:
    assert located("option_id,name,capex_vnd,lifetime_years\nA,b,1,2\n") == [
        ("input.no_saving_column", 1, None)
    ]


def test_too_many_columns() -> None:
    assert located(HEADER + "," * 500) == [("input.too_many_columns", 1, None)]


def test_a_cell_below_no_header() -> None:
    assert located(f"{HEADER},,\n{GOOD},,\n{GOOD.replace('A', 'B', 1)},,x\n") == [
        ("input.cell_without_column", 3, None)
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + b"\x00" * 99,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 99,
        b"%PDF-1.4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_binary(content: bytes) -> None:
    assert located(content) == [("input.binary", None, None)]


def test_random_bytes() -> None:
    assert located(os.urandom(100_000))[0][0] == "input.binary_unknown"


@pytest.mark.parametrize(
    "content",
    ["x" * 2_000_000, HEADER + "\n" + "," * 2_000_000, HEADER + '\nA,"' + "b\n" * 600_000, '"a"' * 700_000],
    ids=["one word", "commas", "open quote", "quotes"],
)
def test_a_row_without_end(content: str) -> None:
    assert located(content)[-1][0] in {"input.row_too_long", "input.cell_too_long"}


def test_too_many_rows() -> None:
    assert located(HEADER + "\n" * 200_002) == [("input.too_many_rows", 200_002, None)]


@pytest.mark.parametrize("line", ["\n", ",,\n", '""\n'])
def test_more_blank_rows_than_a_table_may_have(line: str) -> None:
    assert located(line * 250_000 + HEADER) == [("input.no_header", None, None)]
    if line == "\n":
        assert located(line * 250_000) == [("input.empty_file", None, None)]


def test_more_line_breaks_in_cells_than_anybody_reads() -> None:
    assert located(HEADER + ('\n"' + "\n" * 100_000 + '"') * 21)[-1] == ("input.too_many_lines", 21, None)


# Rows


def test_ragged_rows() -> None:
    found = faults(f"{HEADER}\nA,b\n{GOOD}\n{GOOD},\nB,c,,1,2,,3,,4\n")
    assert [(m.code, m.place and m.place.row, m.params) for m in found] == [
        ("input.ragged_row", 2, {"found": 2, "expected": 8}),
        ("input.ragged_row", 4, {"found": 9, "expected": 8}),
        ("input.ragged_row", 5, {"found": 9, "expected": 8}),
    ]


def test_unquoted_decimal_comma_shifts_cells_and_is_refused() -> None:
    assert rows("A,b,,1,2,5,,5,") == [("input.ragged_row", 2, None)]


def test_quote_never_closed() -> None:
    assert rows(GOOD, 'B,"c,,1,2,,3,') == [("input.quote_not_closed", 3, None)]


def test_text_behind_a_quote_does_not_hide_the_next_row() -> None:
    assert rows('A,"b"c,,1,2,,3,', "B,,,1,2,,3,") == [
        ("input.quote_inside_cell", 2, None),
        ("input.empty_cell", 3, "name"),
    ]


@pytest.mark.parametrize("column", ["option_id", "name", "capex_vnd", "lifetime_years"])
@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_required_cells(column: str, blank: str) -> None:
    assert cell(column, blank) == [("input.empty_cell", 2, column)]


def test_no_saving_in_a_row() -> None:
    assert rows(GOOD, "B,c,,1,,7,3,") == [("input.no_saving", 3, "annual_saving_vnd")]


def test_a_wrong_saving_is_not_also_called_missing() -> None:
    assert cell("annual_saving_vnd", "x") == [("input.not_a_number", 2, "annual_saving_vnd")]


def test_duplicate_ids_name_both_rows() -> None:
    found = faults("\n".join([HEADER, GOOD, GOOD.replace("A", "B", 1), GOOD, GOOD]))
    assert [(m.place and m.place.row, m.params) for m in found] == [
        (4, {"id": "A", "first_row": 2}),
        (5, {"id": "A", "first_row": 2}),
    ]


@pytest.mark.parametrize("option_id", ["=1+1", "+A", "-A", "@A", "'A", "A<b>"])
def test_ids_that_would_be_formulas_or_markup(option_id: str) -> None:
    assert cell("option_id", option_id) == [("input.bad_id", 2, "option_id")]


def test_texts_that_are_too_long() -> None:
    assert cell("name", "x" * 300 + "y") == [("input.text_too_long", 2, "name")]
    assert cell("option_id", "x" * 101) == [("input.text_too_long", 2, "option_id")]


def test_unknown_category() -> None:
    assert cell("category", "housekeeping") == [("input.unknown_category", 2, "category")]


# Numbers

NUMERIC = [
    "capex_vnd",
    "annual_saving_vnd",
    "opex_change_vnd_per_year",
    "lifetime_years",
    "saving_electricity_kwh",
]


@pytest.mark.parametrize("column", NUMERIC)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "input.not_a_number"),
        ("1 tỷ 2", "input.number_not_one"),
        ("khoảng 5", "input.number_not_one"),
        ("500-600", "input.number_not_one"),
        ("#REF!", "input.not_a_number"),
        ("=1+1", "input.not_a_number"),
        ("NaN", "input.number_nan"),
        ("inf", "input.number_infinite"),
        ("-Infinity", "input.number_infinite"),
        ("1e400", "input.number_out_of_range"),
        ("1.23.456", "input.number_bad_grouping"),
        ('"1.234,567.8"', "input.number_mixed_styles"),
        ("5%", "input.number_percent"),
        ("1.234", "input.number_ambiguous"),
        ('"1,234"', "input.number_ambiguous"),
    ],
)
def test_what_is_no_number(column: str, text: str, code: str) -> None:
    assert cell(column, text) == [(code, 2, column)]


def test_an_ambiguous_number_with_a_word_of_size_says_how_to_write_both() -> None:
    (fault,) = faults(f"{HEADER}\nA,b,,1,2,,3,1.234 triệu\n")
    assert fault.params == {"value": "1.234 triệu", "as_whole": "1234 triệu", "as_decimal": "1.2340 triệu"}


def test_an_ambiguous_number_says_how_to_write_both() -> None:
    (fault,) = faults(f'{HEADER}\nA,b,,"1,234",2,,3,\n')
    assert fault.params == {"value": "1,234", "as_whole": "1234", "as_decimal": "1,2340"}


def test_two_styles_in_one_file_name_both_cells() -> None:
    (fault,) = faults(f"{HEADER}\nA,b,,1.234.567,2,,3,\nB,c,,5,12.5,,3,\nC,d,,1.234,,,3,7.5\n")
    assert fault.code == "input.style_conflict"
    assert fault.place is not None
    assert (fault.place.row, fault.place.column) == (3, "annual_saving_vnd")
    assert fault.params == {
        "value": "12.5",
        "other": "1.234.567",
        "other_row": 2,
        "other_column": "capex_vnd",
    }


@pytest.mark.parametrize("capex", ["-1", "-0.01", "\u2212 5"])
def test_negative_investment(capex: str) -> None:
    assert cell("capex_vnd", capex) == [("input.negative_capex", 2, "capex_vnd")]


@pytest.mark.parametrize("life", ["0", "-1", "2.5", '"2,5"', "101", "1e300"])
def test_life(life: str) -> None:
    assert cell("lifetime_years", life) == [("input.wrong_life", 2, "lifetime_years")]


@pytest.mark.parametrize("column", [column for column in NUMERIC if column != "lifetime_years"])
@pytest.mark.parametrize("text", ["1e308", "1000000000000000001000", '"1,000,000,000,000,000,001,000"'])
def test_amounts_beyond_all_measure(column: str, text: str) -> None:
    assert cell(column, text) == [("input.number_too_large", 2, column)]


@pytest.mark.parametrize("column", ["capex_vnd", "annual_saving_vnd", "opex_change_vnd_per_year"])
@pytest.mark.parametrize(
    ("text", "other", "as_whole", "as_decimal"),
    [
        ("75.000", "28000.5", "75000", "75"),
        ("1.500", "28000.5", "1500", "1.5"),
        ("999.999", "28000.5", "999999", "999.9990"),
        ("75,000", "28000,5", "75000", "75"),
        ("1,234", "28000,5", "1234", "1,2340"),
    ],
)
def test_money_whose_mark_may_mean_thousands(
    column: str, text: str, other: str, as_whole: str, as_decimal: str
) -> None:
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    cells |= {column: text, "saving_electricity_kwh": other}
    (fault,) = faults(HEADER.replace(",", ";") + "\n" + ";".join(cells.values()) + "\n")
    assert fault.place is not None
    assert (fault.code, fault.place.row, fault.place.column) == ("input.money_ambiguous", 2, column)
    assert fault.params == {"value": text, "as_whole": as_whole, "as_decimal": as_decimal}


def test_a_column_that_is_no_number_at_all_keeps_the_faults_in_file_order() -> None:
    lines = [f"A{i},b,,x,y,,5,z" for i in range(5000)]
    found = faults("\n".join([HEADER, *lines]))
    assert [m.place and (m.place.row, m.place.column) for m in found[997:1000]] == [
        (334, "annual_saving_vnd"),
        (334, "saving_electricity_kwh"),
        (335, "capex_vnd"),
    ]


# All at once


def test_every_fault_at_once_in_file_order() -> None:
    assert rows(
        "=A,,foo,-5,NaN,inf,2.5,abc",
        "",
        "B,c",
        "C,d,,x,,,0,",
        "C,d,,1e400,1,,5,",
    ) == [
        ("input.bad_id", 2, "option_id"),
        ("input.empty_cell", 2, "name"),
        ("input.unknown_category", 2, "category"),
        ("input.negative_capex", 2, "capex_vnd"),
        ("input.number_nan", 2, "annual_saving_vnd"),
        ("input.number_infinite", 2, "opex_change_vnd_per_year"),
        ("input.wrong_life", 2, "lifetime_years"),
        ("input.not_a_number", 2, "saving_electricity_kwh"),
        ("input.ragged_row", 4, None),
        ("input.not_a_number", 5, "capex_vnd"),
        ("input.no_saving", 5, "annual_saving_vnd"),
        ("input.wrong_life", 5, "lifetime_years"),
        ("input.duplicate_option_id", 6, "option_id"),
        ("input.number_out_of_range", 6, "capex_vnd"),
    ]


def test_faults_of_header_and_rows_come_together() -> None:
    assert located("option_id,name,capex_vnd,annual_saving_vnd,extra\nA,b,-1,2,\n") == [
        ("input.missing_column", 1, None),
        ("input.unknown_column", 1, "extra"),
        ("input.negative_capex", 2, "capex_vnd"),
    ]


def test_the_first_thousand_faults_and_that_there_are_more() -> None:
    lines = [f"A{i},,,-1,x,,5," for i in range(5000)]  # name, capex and saving: three faults a row
    found = faults("\n".join([HEADER, *lines]))
    assert len(found) == 1001
    assert [m.place and (m.place.row, m.place.column) for m in found[:4]] == [
        (2, "name"),
        (2, "capex_vnd"),
        (2, "annual_saving_vnd"),
        (3, "name"),
    ]
    assert found[999].place is not None
    assert found[999].place.row == 335  # 333 whole rows, then the first fault of one more
    assert (found[1000].code, found[1000].params) == ("input.more_faults_possible", {"shown": 1000})


def test_neither_table_nor_document() -> None:
    (fault,) = faults("hello", "notes.foo")
    assert fault.code == "input.unknown_kind"

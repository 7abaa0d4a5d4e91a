"""The flat table, read right. What is refused stands in tests/bad_input."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from sxsh_options.errors import InputError, Message
from sxsh_options.model import Assessment, Category, Option
from sxsh_options.storage.options_csv import read_options_table

HEADER = (
    "option_id,name,category,capex_vnd,annual_saving_vnd,opex_change_vnd_per_year,lifetime_years,"
    "saving_electricity_kwh,saving_hazardous_waste_t,saving_natural_gas_1000m3"
)


def read(text: str, notes: list[Message] | None = None) -> Assessment:
    return read_options_table(text.encode(), "xưởng giấy.csv", notes)


def only(text: str) -> Option:
    (option,) = read(text).options
    return option


def test_every_column_arrives() -> None:
    option = only(
        f"{HEADER}\nTK01,Thu hồi nước ngưng,onsite_recovery,150000000,42000000.5,-1000000,12,8000,0.25,-1.5\n"
    )
    assert option.id == "TK01"
    assert option.name == "Thu hồi nước ngưng"
    assert option.category is Category.ONSITE_RECOVERY
    (item,) = option.capex
    assert (item.amount.amount, item.amount.currency, item.kind.value, item.cost_factor) == (
        150e6,
        "VND",
        "other",
        1.0,
    )
    assert option.annual_saving is not None
    assert option.annual_saving.amount == 42000000.5
    assert option.opex_change is not None
    assert option.opex_change.amount == -1e6
    assert option.technical_life_years == 12
    assert [(s.resource, s.quantity, s.unit) for s in option.savings] == [
        ("electricity", 8000.0, "kwh"),
        ("hazardous_waste", 0.25, "t"),
        ("natural_gas", -1.5, "thousand_m3"),
    ]


def test_empty_cells_stay_empty() -> None:
    option = only(f"{HEADER}\nA,b,,0,,,1,5,,\n")
    assert option.category is None
    assert option.annual_saving is None
    assert option.opex_change is None
    assert len(option.savings) == 1
    assert option.capex[0].amount.amount == 0


def test_columns_that_may_be_missing() -> None:
    option = only("option_id,name,capex_vnd,lifetime_years,annual_saving_vnd\nA,b,1,2,3\n")
    assert option.category is None
    assert option.savings == ()


def test_rows_equal_their_validated_twins() -> None:
    """Rows are made without pydantic's validation: they must be what it would make, in value and in JSON."""
    rows = "A,b,input_change,1,2,3,4,5,6,7\nB,c,,0.5,,,100,,,-1e-3\nC,d,,1e18,-2,,1,,,\n"
    assessment = read(f"{HEADER}\n{rows}")
    document = assessment.model_dump_json()
    twin = Assessment.model_validate_json(document)
    assert twin == assessment
    assert twin.model_dump_json() == document
    assert assessment.options[0].model_copy(update={"name": "x"}).name == "x"
    assert hash(assessment.options[0].capex[0].amount) == hash(twin.options[0].capex[0].amount)


def test_the_assessment_is_named_after_the_file() -> None:
    assessment = read(f"{HEADER}\nA,b,,1,2,,3,,,\n")
    assert assessment.title == assessment.facility.name == "xưởng giấy"
    assert assessment.source == "xưởng giấy.csv"


@pytest.mark.parametrize(
    "name", ["=cmd.csv", ".csv", "a\tb.csv", "-.csv", '"q".csv', f"{'x' * 400}.csv", "' '.csv"]
)
def test_any_file_name_gives_an_assessment(name: str) -> None:
    assert read_options_table(f"{HEADER}\nA,b,,1,2,,3,,,\n".encode(), name).options


def test_header_names_are_trimmed_and_without_case() -> None:
    option = only(" Option_ID ,NAME, Capex_VND,lifetime_years,Saving_Electricity_MWh\nA,b,1,2,3\n")
    assert (option.savings[0].resource, option.savings[0].unit, option.savings[0].quantity) == (
        "electricity",
        "mwh",
        3.0,
    )


@pytest.mark.parametrize(
    ("column", "resource", "unit"),
    [
        ("saving_water_m3", "water", "m3"),
        ("saving_diesel_l", "diesel", "l"),
        ("saving_coal_t", "coal", "t"),
        ("saving_total_n_kg", "total_n", "kg"),
        ("saving_natural_gas_nm3", "natural_gas", "nm3"),
        ("saving_cod_kg", "cod", "kg"),
        ("saving_lpg_kg", "lpg", "kg"),
    ],
)
def test_columns_of_physical_savings(column: str, resource: str, unit: str) -> None:
    option = only(f"option_id,name,capex_vnd,lifetime_years,{column}\nA,b,1,2,3\n")
    assert (option.savings[0].resource, option.savings[0].unit) == (resource, unit)


@pytest.mark.parametrize(
    ("written", "category"),
    [
        ("good_housekeeping", Category.GOOD_HOUSEKEEPING),
        ("Quản lý nội vi", Category.GOOD_HOUSEKEEPING),
        ("quan ly noi vi", Category.GOOD_HOUSEKEEPING),
        ("Input change", Category.INPUT_CHANGE),
        ("BETTER PROCESS CONTROL", Category.PROCESS_CONTROL),
        ("Cải tiến thiết bị", Category.EQUIPMENT_MODIFICATION),
        ("thay đổi công nghệ", Category.TECHNOLOGY_CHANGE),
        ("On-site recovery/reuse", Category.ONSITE_RECOVERY),
        (" Sản xuất sản phẩm phụ hữu ích ", Category.USEFUL_BYPRODUCT),
        ("product modification", Category.PRODUCT_MODIFICATION),
    ],
)
def test_categories_by_id_and_by_name(written: str, category: Category) -> None:
    assert only(f"{HEADER}\nA,b,{written},1,2,,3,,,\n").category is category


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, line_end: str) -> None:
    lines = [HEADER, 'A,"b; c\td",,1,2,,3,,,', "B,c,,1,2,,3,,,"]
    text = line_end.join(line.replace(",", separator) for line in lines)
    names = [option.name for option in read(text).options]
    assert names == ["b; c d", "c"]  # a tab inside a name becomes a blank


def test_a_separator_in_a_quoted_name_of_the_header_does_not_mislead() -> None:
    header = '"option_id";"name";"capex_vnd";"lifetime_years";"annual_saving_vnd"'
    option = only(f'{header}\n"A";"a,b,c,d,e,f";"1,5";"2";"3"\n')
    assert option.name == "a,b,c,d,e,f"
    assert option.capex[0].amount.amount == 1.5


def test_the_hint_that_excel_understands() -> None:
    assert only(f"sep=;\r\n{HEADER.replace(',', ';')}\r\nA;b;;1,5;2;;3;;;\r\n").capex[0].amount.amount == 1.5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    data = f"{HEADER}\nA,Bọc bảo ôn đường ống,,1,2,,3,,,\n".encode(encoding)
    assert read_options_table(data, "t.csv").options[0].name == "Bọc bảo ôn đường ống"


def test_windows_1258_is_noted() -> None:
    # Bọc bảo ôn: 0xF2 is the dot below, 0xD2 the hook above, 0xF4 is ô
    notes: list[Message] = []
    data = HEADER.encode() + b"\nA,Bo\xf2c ba\xd2o \xf4n,,1,2,,3,,,\n"
    assert read_options_table(data, "t.csv", notes).options[0].name == "Bọc bảo ôn"
    assert [note.code for note in notes] == ["input.read_as_windows_1258"]


def test_vietnamese_numbers() -> None:
    option = only(f"{HEADER.replace(',', ';')}\nA;b;;1.234.567;12,5;;10;1.234;0,75;2.500\n")
    assert option.capex[0].amount.amount == 1234567
    assert option.annual_saving is not None
    assert option.annual_saving.amount == 12.5
    assert [s.quantity for s in option.savings] == [1234.0, 0.75, 2500.0]


def test_english_numbers() -> None:
    option = only(f'{HEADER}\nA,b,,"1,234,567",12.5,,10,1.234,0.75,"2,500"\n')
    assert option.capex[0].amount.amount == 1234567
    assert [s.quantity for s in option.savings] == [1.234, 0.75, 2500.0]


def test_money_with_one_mark_is_thousands_where_the_file_says_so() -> None:
    option = only(f'{HEADER}\nA,b,,"75,000",28000.5,"-1,500",10,75.000,,\n')
    assert option.capex[0].amount.amount == 75_000
    assert option.opex_change is not None
    assert option.opex_change.amount == -1_500
    assert option.savings[0].quantity == 75  # no money: the style of the file holds


def test_one_unambiguous_cell_decides_for_all_before_and_after_it() -> None:
    header = HEADER.replace(",", ";")
    options = read(f"{header}\nA;b;;1.000;2;;3;;;\nB;b;;5;2;;3;0,5;;\nC;b;;7.000;2;;3;;;\n").options
    assert [option.capex[0].amount.amount for option in options] == [1000, 5, 7000]


def test_blank_rows_are_passed_over_and_counted() -> None:
    text = f"\n{HEADER}\n\nA,b,,1,2,,3,,,\n,,,,,,,,,\n   \nB,b,,-1,2,,3,,,\n"
    with pytest.raises(InputError) as caught:
        read(text)
    (fault,) = caught.value.messages
    assert fault.place is not None
    assert (fault.code, fault.place.row, fault.place.column) == ("input.negative_capex", 7, "capex_vnd")


def test_a_line_break_in_a_quoted_cell_does_not_count_as_a_row() -> None:
    text = f'{HEADER}\nA,"Lắp\r\nbiến tần",,1,2,,3,,,\nB,b,,x,2,,3,,,\n'
    with pytest.raises(InputError) as caught:
        read(text)
    assert [m.place and m.place.row for m in caught.value.messages] == [3]
    assert only(text.rsplit("\n", 2)[0]).name == "Lắp biến tần"


def test_columns_without_a_name_may_be_there_when_empty() -> None:
    assert only(f"{HEADER},,\nA,b,,1,2,,3,,,,,\n").id == "A"


def test_the_collector_runs_again_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(InputError):
        read("x")
    assert gc.isenabled()


def test_a_path_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "options.csv"
    path.write_text(f"{HEADER}\nA,b,,x,2,,3,,,\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_options_table(path)
    (fault,) = caught.value.messages
    assert fault.place is not None
    assert fault.place.file == str(path)


@pytest.mark.slow
def test_a_hundred_thousand_rows() -> None:
    rows = "".join(f"TK{i},Giải pháp {i},,{i},{i}.5,,10,{i},,\n" for i in range(100_000))
    options = read(f"{HEADER}\n{rows}").options
    assert len(options) == 100_000
    assert sum(option.capex[0].amount.amount for option in options) == 99_999 * 100_000 / 2
    assert options[-1].id == "TK99999"
    assert options[-1].savings[0].quantity == 99_999


def test_words_of_size() -> None:
    option = only(f"{HEADER}\nA,Biến tần,,600 triệu,1 tỷ 200 triệu,,3,5 nghìn,,\n")
    assert option.capex[0].amount.amount == 600e6
    assert option.annual_saving is not None
    assert option.annual_saving.amount == 1.2e9
    assert option.savings[0].quantity == 5_000.0

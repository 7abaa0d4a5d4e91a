"""Fields of an option and cells of the grid: what is typed or pasted becomes what a table would give."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.services import option_cells, option_fields
from sxsh_options.services.editing import Document, get, rows
from sxsh_options.services.entry import Typed
from sxsh_options.services.option_cells import Cell, Manner
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import evaluate
from sxsh_options.storage import read_options_table

VI, EN = Wording("vi"), Wording("en")
CATEGORIES = {
    "quanlynoivi": "good_housekeeping",
    "quatrinh": "process_control",
    "thaydoicongnghe": "technology_change",
}
TYPIST = Manner({**CATEGORIES, "thaydoisanpham": "product_modification"}, own_style="comma_decimal")
TABLE = """option_id;name;category;capex_vnd;annual_saving_vnd;opex_change_vnd_per_year;lifetime_years;\
saving_electricity_kwh;saving_water_m3
option1;Biến tần cho bơm;technology_change;600000000;;;10;96000;
option2;Đèn LED;good_housekeeping;90000000;45000000;-1500000;8;25000,5;
option3;Thu hồi nước;;1500000000;;2000000;15;-1200;50000
"""


def document(*options: dict[str, Any], flows: tuple[dict[str, Any], ...] = ()) -> Document:
    made: Document = {"schema_version": 1, "id": "a", "title": "Xưởng", "facility": {"name": "Xưởng"}}
    made["options"] = list(options) or [{"id": "option1"}]
    if flows:
        made["baseline"] = {"start": "2025-01-01", "end": "2025-12-31", "flows": list(flows)}
    return made


def typed(made: Document, column: str, text: str, manner: Manner = TYPIST) -> Document:
    return option_cells.enter(made, [Cell("option1", column, text)], manner)


def drafts(made: Document) -> dict[str, str]:
    return {draft["id"]: draft["text"] for draft in rows(made, "drafts")}


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("name", "  Thay   bơm ", "name", "Thay bơm"),
        ("category", "quản lý nội vi", "category", "good_housekeeping"),
        ("category", "QUAN LY", "category", "good_housekeeping"),
        ("annual_saving", "50 triệu/tháng", "annual_saving", {"amount": 600e6, "currency": "VND"}),
        ("opex_change", "-12,5 triệu", "opex_change", {"amount": -12.5e6, "currency": "VND"}),
        ("technical_life_years", "10 năm", "technical_life_years", 10),
        ("technical_life_years", "24 tháng", "technical_life_years", 2),
        (
            "capex",
            "1,5 tỷ",
            "capex",
            [{"id": "capex", "kind": "equipment", "amount": {"amount": 1.5e9, "currency": "VND"}}],
        ),
        (
            "saving:electricity",
            "8.000 kWh/tháng",
            "savings",
            [{"id": "saving_electricity", "resource": "electricity", "quantity": 96_000.0, "unit": "kwh"}],
        ),
        (
            "saving:coal",
            "1200 kg",
            "savings",
            [{"id": "saving_coal", "resource": "coal", "quantity": 1200.0, "unit": "kg"}],
        ),
    ],
)
def test_a_cell_that_can_be_read(column: str, text: str, field: str, value: Any) -> None:
    made = typed(document(), column, text)
    assert get(made, ("options", "option1", field)) == value
    assert drafts(made) == {}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("capex", "abc", "entry.not_a_number"),
        ("capex", "-5 triệu", "entry.negative"),
        ("capex", "500-600 triệu", "entry.range"),
        ("technical_life_years", "2,5", "entry.not_whole"),
        ("technical_life_years", "1000", "entry.number_too_large"),
        ("name", "x" * 301, "entry.too_long"),
        ("category", "thay đổi", "option.unknown_category"),  # two kinds begin so
        ("category", "🙂", "option.unknown_category"),
        ("saving:electricity", "10 %", "option.percent_of_nothing"),
        ("saving:electricity", "12 m3", "conversion.not_for_resource"),
    ],
)
def test_a_cell_that_cannot_be_read_stays_as_typed(column: str, text: str, code: str) -> None:
    before = document(
        {"id": "option1", "name": "Bơm", "capex": [{"id": "capex", "kind": "other", "amount": 7.0}]}
    )
    made = typed(before, column, text)
    assert rows(made, "options") == rows(before, "options")
    assert drafts(made) == {f"options/option1/{column}": text}
    [left] = option_cells.unread(made, [column], TYPIST)
    assert left.name == "Bơm"
    assert left.fault is not None
    assert left.fault.code == code
    assert drafts(option_cells.give_up(made, left.cell)) == {}
    assert drafts(typed(made, column, "")) == {}


def test_a_percentage_is_of_the_only_flow_of_the_resource() -> None:
    power = {"id": "flow1", "resource": "electricity", "quantity": 1e6, "unit": "kwh"}
    one = typed(document(flows=(power,)), "saving:electricity", "12,5 %")
    assert get(one, ("options", "option1", "savings")) == [
        {"id": "saving_electricity", "resource": "electricity", "percent": 12.5, "of_flow": "flow1"}
    ]
    assert option_fields.shown(rows(one, "options")[0], "saving:electricity", VI) == "12,5\u00a0%"
    two = document(flows=(power, {**power, "id": "flow2"}))
    [left] = option_cells.unread(typed(two, "saving:electricity", "10 %"), ["saving:electricity"], TYPIST)
    assert left.fault is not None
    assert left.fault.code == "option.percent_of_which_flow"
    # which flow was said in the form stays said
    changed = typed({**two, "options": rows(one, "options")}, "saving:electricity", "10 %")
    assert get(changed, ("options", "option1", "savings", "saving_electricity", "percent")) == 10.0


def test_an_emptied_cell_takes_the_value_away() -> None:
    made = document()
    for column, text in (("capex", "5 triệu"), ("saving:water", "100"), ("technical_life_years", "5")):
        made = typed(made, column, text)
    for column in ("capex", "saving:water", "technical_life_years"):
        made = typed(made, column, "")
    assert rows(made, "options") == [{"id": "option1"}]


def test_what_the_grid_does_not_show_stays() -> None:
    item = {
        "id": "cost1",
        "kind": "equipment",
        "name": "Bơm",
        "amount": {"amount": 1e6, "currency": "VND"},
        "vat_rate": 0.1,
    }
    before = {"id": "option1", "note": "ghi chú", "feasibility": {"space": "good"}, "capex": [item]}
    made = typed(document(before), "capex", "2 triệu")
    [option] = rows(made, "options")
    assert option == {**before, "capex": [{**item, "amount": {"amount": 2e6, "currency": "VND"}}]}
    emptied = rows(typed(made, "capex", ""), "options")[0]["capex"]
    assert emptied == [{key: value for key, value in item.items() if key != "amount"}]


def test_sums_are_shown_and_refused() -> None:
    items = [
        {"id": f"cost{n}", "kind": "equipment", "amount": {"amount": n * 1e6, "currency": "VND"}}
        for n in (1, 2)
    ]
    savings = [
        {"id": "s1", "resource": "electricity", "quantity": 2.0, "unit": "mwh"},
        {"id": "s2", "resource": "electricity", "quantity": 500.0, "unit": "kwh"},
    ]
    made = document({"id": "option1", "capex": items, "savings": savings})
    [option] = rows(made, "options")
    assert option_fields.shown(option, "capex", VI) == "3.000.000"
    assert option_fields.shown(option, "saving:electricity", EN) == "2500"
    for column, code in (("capex", "option.several_costs"), ("saving:electricity", "option.several_savings")):
        refused = typed(made, column, "5")
        assert rows(refused, "options") == [option]
        [left] = option_cells.unread(refused, [column], TYPIST)
        assert left.fault is not None
        assert left.fault.code == code
        assert rows(typed(made, column, ""), "options") == [option]


@pytest.mark.parametrize("style", ["comma_decimal", "dot_decimal"])
def test_a_pasted_block_in_either_style(style: str) -> None:
    texts = ["1.234", "12.345,5", "600.000.000"]
    if style == "dot_decimal":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    columns = ("saving:electricity", "saving:water", "capex")
    made = option_cells.enter(
        document(), [Cell("option1", *pair) for pair in zip(columns, texts, strict=True)], TYPIST
    )
    [option] = rows(made, "options")
    assert [saving["quantity"] for saving in option["savings"]] == [1234.0, 12345.5]
    assert option["capex"][0]["amount"]["amount"] == 600e6
    assert drafts(made) == {}


def test_a_block_that_shows_no_style_is_asked_about_once() -> None:
    cells = [Cell("option1", "saving:electricity", "8.000"), Cell("option1", "saving:water", "1.250")]
    made = option_cells.enter(document(), cells, TYPIST)
    left = option_cells.unread(made, [cell.column for cell in cells], TYPIST)
    assert [sorted(meaning.number for meaning in one.meanings) for one in left] == [
        [8.0, 8000.0],
        [1.25, 1250.0],
    ]
    settled = option_cells.settle_all(made, [cell.column for cell in cells], "comma_decimal", TYPIST)
    assert [saving["quantity"] for saving in rows(settled, "options")[0]["savings"]] == [8000.0, 1250.0]
    assert drafts(settled) == {}
    assert settled["number_style"] == "comma_decimal"
    # a spreadsheet may show three decimals that are zero
    english = option_cells.enter(document(), [*cells, Cell("option1", "annual_saving", "1,234.5")], TYPIST)
    assert [saving["quantity"] for saving in rows(english, "options")[0]["savings"]] == [8.0, 1.25]
    # typed by hand, 8.000 is eight thousand; and one cell can be answered by itself
    assert rows(typed(document(), "saving:water", "8.000"), "options")[0]["savings"][0]["quantity"] == 8000.0
    small = next(meaning for meaning in left[1].meanings if meaning.number == 1.25)
    one = option_cells.settle(made, left[1].cell, small, TYPIST)
    assert rows(one, "options")[0]["savings"][0]["quantity"] == 1.25
    assert drafts(one) == {"options/option1/saving:electricity": "8.000"}


def test_the_grid_makes_what_a_table_makes() -> None:
    """Typed cell by cell, the options rank exactly as those of the file."""
    read = read_options_table(TABLE.encode(), "bảng.csv")
    lines = [line.split(";") for line in TABLE.splitlines()[1:]]
    columns = (
        "name", "category", "capex", "annual_saving", "opex_change", "technical_life_years",
        "saving:electricity", "saving:water",
    )  # fmt: skip
    made = document(*({"id": line[0]} for line in lines))
    manner = Manner(
        {"technologychange": "technology_change", "goodhousekeeping": "good_housekeeping"}, "comma_decimal"
    )
    for option_id, *texts in lines:
        for column, text in zip(columns, texts, strict=True):
            if text:
                made = option_cells.enter(made, [Cell(option_id, column, text)], manner)
    assert drafts(made) == {}
    request = RankRequest(as_of=date(2026, 3, 2))
    from_file = evaluate(json.loads(read.model_dump_json(exclude_none=True)), request)
    from_grid = evaluate(made, request)
    assert not from_grid.unfinished
    assert from_grid.ranked.options == from_file.ranked.options


def test_cells_show_what_reads_back() -> None:
    """What a grid shows of an option, typed again in the same language, is the same option."""
    made = document(flows=({"id": "flow1", "resource": "water", "quantity": 1.0, "unit": "m3"},))
    texts = {
        "capex": "123.456.789,5",
        "saving:water": "12,5 %",
        "saving:diesel": "1.234,5 lít",
        "annual_saving": "12345",
    }
    for column, text in texts.items():
        made = typed(made, column, text)
    [option] = rows(made, "options")
    for words, style in ((VI, "comma_decimal"), (EN, "dot_decimal")):
        for column in texts:
            again = option_fields.read(
                made, option, column, Typed(option_fields.shown(option, column, words), style), {}
            )
            assert option_fields.put(option, column, again.value) == option


def test_columns_are_those_in_play() -> None:
    flows = ({"id": "flow1", "resource": "diesel", "quantity": 1.0, "unit": "l"},)
    made = document({"id": "option1", "savings": [{"id": "s", "resource": "cod"}]}, flows=flows)
    made["drafts"] = [{"id": "options/option1/saving:coal", "text": "?"}]
    assert option_fields.resources_in_play(made, ["steam"]) == (
        "electricity", "coal", "diesel", "water", "steam", "cod",
    )  # fmt: skip

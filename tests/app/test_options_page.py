"""The page of the options: typed and pasted into the grid as the browser sends it, and by the form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.screening.plausibility import FIELD_OF
from sxsh_options.ui.fields import key_of
from sxsh_options.ui.grid_rows import GridRow, GridRows
from sxsh_options.ui.language import wording_in
from tests.app import screens
from tests.app.forms import enter, page, pick, saved, turn_to, value

PUMP = {
    "id": "pump",
    "name": "Biến tần cho bơm",
    "name_en": "Pump drive",
    "capex": [{"id": "capex", "kind": "other", "amount": {"amount": 600e6, "currency": "VND"}}],
    "annual_saving": {"amount": 200e6, "currency": "VND"},
    "technical_life_years": 10,
    "note": "giữ nguyên",
}  # paid back in 3 years
LIGHT = {**PUMP, "id": "light", "name": "Đèn LED", "annual_saving": {"amount": 300e6, "currency": "VND"}}


def document(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    base = {"schema_version": 1, "id": "a", "title": "Xưởng dệt", "facility": {"name": "Xưởng dệt"}}
    return {**base, "options": list(options), **more}


def edit(app: AppTest, **state: Any) -> AppTest:
    """Send all edits of the grid since it was made, as the browser does."""
    [grid] = app.get("dataframe")
    states = app._tree.get_widget_states()
    whole = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
    states.widgets.add(id=grid.proto.id, string_value=json.dumps(whole))
    app._run(states)
    assert not app.exception
    assert not app.error
    return app


def grid_id(app: AppTest) -> str:
    [grid] = app.get("dataframe")
    return str(grid.proto.id)


def named(app: AppTest) -> list[str | None]:
    return [option.get("name") for option in saved(app)["options"]]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_empty_page_says_what_to_do(lang: str) -> None:
    app = page("options", document(), lang)
    assert not app.error
    said = screens.said(app)
    assert ("Gõ hoặc dán từ Excel" if lang == "vi" else "paste from Excel") in said
    assert "sx-understood" not in screens.markup(app).replace(".sx-understood", "")
    app.button_group(key="options_view_choice").set_value("form").run()
    assert ("Chưa có giải pháp nào" if lang == "vi" else "There is no option yet") in screens.said(app)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_result_stands_before_the_grid(lang: str) -> None:
    app = page("options", document(PUMP, LIGHT, {"id": "x", "name": "Ý tưởng"}), lang)
    said = screens.said(app)
    if lang == "vi":
        assert "Đã nhập 3 giải pháp, tính được 2. Đứng đầu: Đèn LED hoàn vốn 2 năm" in said
        rows = screens.table(app, "sx-understood")
        assert rows[0][:3] == [
            "Biến tần cho bơm",
            "vốn 600 triệu ₫ · tiết kiệm 200 triệu ₫/năm · dùng 10 năm",
            "3 năm",
        ]
        assert "chưa nhập tuổi thọ" in rows[2][1]
        assert rows[2][2:] == ["–", "–"]
    else:
        assert "Options entered: 3; computed: 2. In front: Pump drive payback 2 years" in said


def test_cells_are_saved_as_they_are_left_and_the_editor_stays() -> None:
    app = page("options", document(PUMP))
    before = grid_id(app)
    edit(app, edited_rows={"0": {"capex": "800 triệu"}})
    assert saved(app)["options"][0]["capex"][0]["amount"]["amount"] == 800e6
    edit(app, edited_rows={"0": {"capex": "800 triệu", "saving:electricity": "8.000 kWh/tháng"}})
    [option] = saved(app)["options"]
    assert option["savings"][0]["quantity"] == 96_000.0
    assert option["note"] == "giữ nguyên"
    assert grid_id(app) == before
    assert "điện 96.000 kWh/năm" in screens.said(app)


def test_rows_come_change_and_go() -> None:
    app = page("options", document(PUMP))
    edit(app, added_rows=[{}])
    assert named(app) == ["Biến tần cho bơm"]
    edit(app, added_rows=[{"name": "A"}, {"name": "B"}, {"name": "C", "capex": "5 triệu"}])
    edit(
        app,
        added_rows=[
            {"name": "A"},
            {"name": "B", "technical_life_years": "7"},
            {"name": "C", "capex": "5 triệu"},
        ],
    )
    assert named(app) == ["Biến tần cho bơm", "A", "B", "C"]
    second = saved(app)["options"][2]["id"]
    # the first added row goes: the others keep who they are
    edit(app, added_rows=[{"name": "B", "technical_life_years": "7"}, {"name": "C", "capex": "5 triệu"}])
    assert named(app) == ["Biến tần cho bơm", "B", "C"]
    assert saved(app)["options"][1]["id"] == second
    # a row that is emptied is no option any more
    edit(app, added_rows=[{}, {"name": "C", "capex": "5 triệu"}])
    assert named(app) == ["Biến tần cho bơm", "C"]
    edit(app, added_rows=[{}, {"name": "C", "capex": "5 triệu"}], deleted_rows=[0])
    assert named(app) == ["C"]
    assert "Đã xóa “Biến tần cho bơm”." in " ".join(text.value for text in app.text)
    app.button(key="undo_removal").click().run()
    assert named(app) == ["Biến tần cho bơm", "C"]
    assert saved(app)["options"][0] == PUMP


def test_removed_options_come_back_with_their_drafts_and_links() -> None:
    bound = {**LIGHT, "requires": ["pump"], "excludes": ["pump"]}
    drafts = [{"id": "options/pump/capex", "text": "abc"}]
    app = page("options", document(PUMP, bound, drafts=drafts))
    edit(app, deleted_rows=[0])
    assert named(app) == ["Đèn LED"]
    assert not saved(app)["options"][0].get("requires")
    app.button(key="undo_removal").click().run()
    assert saved(app)["options"] == [PUMP, bound]
    assert saved(app)["drafts"] == drafts


def test_what_cannot_be_read_stays_and_is_listed() -> None:
    app = page("options", document(PUMP))
    edit(app, edited_rows={"0": {"capex": "sáu trăm"}})
    assert saved(app)["options"] == [PUMP]
    said = screens.said(app)
    assert "Biến tần cho bơm · Vốn (₫)" in said
    assert "“sáu trăm” chưa đọc được thành số" in said
    # another page, and back: the text still stands in its cell
    turn_to(turn_to(app, "ranking"), "options")
    grid = app.session_state["options_grid"]["grid"]
    assert grid.rows.source[0].texts["capex"] == "sáu trăm"
    app.button(key="cell_give_up_one_0").click().run()
    assert "drafts" not in saved(app)
    assert app.session_state["options_grid"]["grid"].rows.source[0].texts["capex"] == "600.000.000"


def test_a_pasted_block_is_asked_about_once() -> None:
    app = page("options", document())
    block = [{"name": f"G{n}", "saving:water": f"{n}.250"} for n in (1, 2)]
    edit(app, added_rows=block)
    assert len(saved(app)["drafts"]) == 2
    assert "có thể hiểu theo hai cách" in screens.said(app)
    app.button(key="style_comma_decimal").click().run()
    quantities = [option["savings"][0]["quantity"] for option in saved(app)["options"]]
    assert quantities == [1250.0, 2250.0]
    # from now on it is known how this person writes
    edit(app, edited_rows={"0": {"saving:electricity": "3.500"}})
    assert saved(app)["options"][0]["savings"][1]["quantity"] == 3500.0


def test_many_unread_cells_are_gathered_in_lines() -> None:
    app = page("options", document())
    block = [{"name": f"G{n}", "saving:water": f"{n}.250", "capex": "nhiều"} for n in (1, 2)]
    edit(app, added_rows=block)
    labels = [line.label.replace("\\", "") for line in app.expander]
    assert "Số hiểu được theo hai cách (2 ô): G1, G2" in labels
    assert "Chữ hoặc số chưa đọc được (2 ô): G1, G2" in labels
    app.session_state["cells_unread"] = True
    app.run()
    assert screens.said(app).count("“nhiều” chưa đọc được thành số") == 2


def test_one_ambiguous_cell_is_answered_by_itself() -> None:
    app = page("options", document(PUMP))
    edit(app, edited_rows={"0": {"saving:water": "1.250"}})
    meant = [button.label for button in app.button if str(button.key).startswith("cell_means_one_0")]
    assert sorted(meant) == ["1,25 (số lẻ thập phân)", "1250 (phần nghìn tách bằng dấu)"]
    next(button for button in app.button if button.label.startswith("1250")).click().run()
    assert saved(app)["options"][0]["savings"][0]["quantity"] == 1250.0
    assert not [button for button in app.button if str(button.key).startswith("cell_")]


def test_names_are_no_markup_and_may_be_long() -> None:
    app = page("options", document())
    for name in ("<b>đậm</b>", "=1+1", "🙂", "x" * 10_000):
        edit(app, added_rows=[{"name": name}])
    assert "<b>đậm" not in screens.markup(app)
    assert "10.000 ký tự" in screens.said(app)
    assert saved(app)["drafts"][0]["text"] == "x" * 10_000


def test_a_change_from_elsewhere_makes_the_grid_anew() -> None:
    app = page("options", document(PUMP))
    edit(app, edited_rows={"0": {"name": "Bơm 1"}})
    before = grid_id(app)
    app.session_state["work"].put(("options", "pump", "technical_life_years"), 5)
    app.run()
    assert grid_id(app) != before
    edit(app, edited_rows={"0": {"capex": "1 tỷ"}})
    [option] = saved(app)["options"]
    assert (option["name"], option["technical_life_years"]) == ("Bơm 1", 5)


def test_a_further_resource_gets_a_column() -> None:
    app = page("options", document(PUMP))
    app.selectbox(key="options_grid_more").set_value("coal").run()
    edit(app, edited_rows={"0": {"saving:coal": "12 tấn"}})
    assert saved(app)["options"][0]["savings"][0] == {
        "id": "saving_coal",
        "resource": "coal",
        "quantity": 12.0,
        "unit": "t",
    }


def in_form(*options: dict[str, Any], lang: str | None = None, **more: Any) -> AppTest:
    app = page("options", document(*options, **more), lang)
    app.button_group(key="options_view_choice").set_value("form").run()
    assert not app.exception
    assert not app.error
    return app


def test_the_form_adds_fills_and_removes_an_option() -> None:
    app = in_form()
    app.button(key="add_option").click().run()
    option_id = saved(app)["options"][0]["id"]
    at = ("options", option_id)
    assert "Chưa tính được: chưa nhập tên" in screens.said(app)
    enter(app, (*at, "name"), "Lò hơi")
    pick(app, (*at, "category"), "equipment_modification")
    enter(app, (*at, "capex", "cost1", "amount"), "1,2 tỷ")
    enter(app, (*at, "capex", "cost1", "vat_rate"), "10")
    enter(app, (*at, "annual_saving"), "50 triệu/tháng")
    enter(app, (*at, "technical_life_years"), "15")
    assert "Hoàn vốn 2 năm · NPV" in screens.said(app)
    app.button(key=key_of((*at, "savings", "add"))).click().run()
    row = saved(app)["options"][0]["savings"][0]["id"]
    pick(app, (*at, "savings", row, "resource"), "coal")
    enter(app, (*at, "savings", row, "quantity"), "100 tấn")
    assert value(app, *at, "savings", row) == {"id": row, "resource": "coal", "quantity": 100.0, "unit": "t"}
    # a unit that does not fit another resource is asked anew, and nothing typed is lost
    pick(app, (*at, "savings", row, "resource"), "electricity")
    assert value(app, *at, "savings", row) == {"id": row, "resource": "electricity"}
    assert saved(app)["drafts"][0]["text"].startswith("100")
    app.button(key=key_of((*at, "savings", row, "remove"))).click().run()
    assert "savings" not in saved(app)["options"][0]
    app.button(key=key_of((*at, "benefits", "add"))).click().run()
    benefit = saved(app)["options"][0]["benefits"][0]["id"]
    enter(app, (*at, "benefits", benefit, "amount"), "5 triệu")
    pick(app, (*at, "feasibility", "space"), "manageable")
    app.checkbox(key=key_of((*at, "capex", "cost1", "vat_deductible"))).uncheck().run()
    assert value(app, *at, "capex", "cost1", "vat_deductible") is False
    app.button_group(key=key_of((*at, "decision", "triage"))).set_value("rejected").run()
    enter(app, (*at, "decision", "reason"), "Thiếu mặt bằng")
    assert value(app, *at, "decision") == {"triage": "rejected", "reason": "Thiếu mặt bằng"}
    assert "Hoàn vốn" in screens.said(app)
    app.button_group(key=key_of((*at, "decision", "triage"))).set_value(None).run()
    assert "decision" not in saved(app)["options"][0]
    app.button(key="remove_option").click().run()
    assert saved(app)["options"] == []
    app.button(key="undo_removal").click().run()
    assert named(app) == ["Lò hơi"]


def test_the_form_links_options_by_name() -> None:
    app = in_form(PUMP, LIGHT)
    app.multiselect(key=key_of(("options", "pump", "requires"))).set_value(["light"]).run()
    assert value(app, "options", "pump", "requires") == ["light"]
    app.multiselect(key=key_of(("options", "pump", "requires"))).set_value([]).run()
    assert "requires" not in saved(app)["options"][0]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_question_stands_in_the_form_and_is_answered(lang: str) -> None:
    app = in_form({**PUMP, "technical_life_years": 60}, lang=lang)
    asked = "Tuổi thọ 60 năm nằm ngoài" if lang == "vi" else "A life of 60 years is outside"
    assert asked in screens.said(app)
    key = next(
        str(button.key) for button in app.button if str(button.key).startswith("question/pump/question.life/")
    )
    app.button(key=key).click().run()
    app.text_input(key=f"{key}/reason").set_value("Công trình bê tông").run()
    [row] = saved(app)["confirmations"]
    assert (row["question"], row["option"], row["reason"]) == ("question.life", "pump", "Công trình bê tông")


@pytest.mark.parametrize(
    ("lang", "headline", "line"),
    [
        ("vi", "4 câu hỏi về số liệu", "Tuổi thọ khác thường: Đèn LED, Biến tần cho bơm"),
        ("en", "Questions about the figures: 4", "Unusual life: Light, Pump drive"),
    ],
)
def test_questions_about_many_options_are_one_line_for_each_question(
    lang: str, headline: str, line: str
) -> None:
    options = [
        {**PUMP, "technical_life_years": 60},
        {**LIGHT, "name_en": "Light", "technical_life_years": 60},
    ]
    app = page("options", document(*options), lang)
    assert headline in screens.said(app)
    assert line in [each.label.replace("\\", "") for each in app.expander]
    assert not [b for b in app.button if str(b.key).startswith("question/")], "closed until wanted"


def test_a_line_of_questions_opens_is_answered_and_stays_open() -> None:
    options = ({**each, "technical_life_years": 60} for each in (PUMP, LIGHT))
    app = page("options", document(*options))
    app.session_state["asked_life"] = True
    app.run()
    keys = [str(b.key) for b in app.button if str(b.key).startswith("question/")]
    assert {key.split("/")[1] for key in keys} == {"pump", "light"}
    app.button(key=next(key for key in keys if "/pump/" in key)).click().run()
    app.text_input[0].set_value("Công trình bê tông").run()
    [row] = saved(app)["confirmations"]
    assert (row["question"], row["option"], row["reason"]) == ("question.life", "pump", "Công trình bê tông")
    assert [b.key for b in app.button if str(b.key).startswith("question/")] == [
        key for key in keys if "/light/" in key
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_question_has_a_heading(lang: str) -> None:
    wording = wording_in(lang)
    for code in FIELD_OF:
        assert wording.text(f"option.asked_for.{code.removeprefix('question.')}")


def test_the_value_still_used_has_its_unit() -> None:
    cost = {"id": "cost1", "kind": "equipment", "amount": {"amount": 5e6, "currency": "VND"}}
    draft = {"id": "options/pump/capex/cost1/amount", "text": "abc"}
    app = in_form({**PUMP, "capex": [cost]}, drafts=[draft])
    assert "Kết quả vẫn dùng giá trị trước đó: 5 triệu ₫" in screens.said(app)


def test_a_text_of_the_grid_is_asked_about_in_the_form_too() -> None:
    app = in_form(PUMP, drafts=[{"id": "options/pump/capex", "text": "abc"}])
    assert "“abc” chưa đọc được thành số" in screens.said(app)


def test_rows_are_followed_through_deletions_and_additions() -> None:
    """What several edits between two looks come to, with equal rows among them."""
    rows = GridRows(("name", "capex"), [GridRow({})])
    first = rows.take({"added_rows": [{"name": "a"}, {"name": "b"}, {"name": "b"}, {"name": "c"}]})
    for row, _, text in first.cells:
        row.id = text
    a, _, _, c = rows.added
    later = rows.take({"added_rows": [{"name": "b"}, {"name": "c"}, {"name": "d"}]})
    assert [row.texts["name"] for row in later.gone] == ["a", "b"] or later.gone[0] is a
    assert rows.added[1] is c
    assert [(column, text) for _, column, text in later.cells] == [("name", "d")]
    assert rows.take({"added_rows": [{"name": "b"}, {"name": "c"}, {"name": "d"}]}).cells == []


def test_what_an_option_lacks_is_said_with_its_name_and_one_full_stop() -> None:
    steam = [{"id": "s", "resource": "steam", "quantity": 5.0, "unit": "t"}]
    unpriced = {**PUMP, "id": "option1", "name": "Thu hồi hơi", "annual_saving": None, "savings": steam}
    for app in (page("options", document(unpriced)), in_form(unpriced)):
        said = screens.said(app)
        assert "Giải pháp “Thu hồi hơi” tiết kiệm" in said
        assert "option1" not in said
        assert ".." not in said

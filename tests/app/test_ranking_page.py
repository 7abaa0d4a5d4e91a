"""The ranking of the open assessment, run without a browser: both languages, every choice, every callback."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.services.examples import examples, load_example
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import evaluate
from sxsh_options.storage.documents import read_assessment_json
from sxsh_options.storage.workbook import read_workbook
from sxsh_options.ui import downloads, ranking_choices
from tests.app.forms import enter, page, saved, value
from tests.app.screens import choose, headings, listed, markup, said, table
from tests.builders import AS_OF, electricity, option

DAIRY = load_example("dairy_egypt").model_dump(mode="json", exclude_none=True)
# Cost / saving as printed in the source: 0; 350/3,290; 2,280/21,050; 90/440; 13,030/22,100; 4,650/6,950 USD.
DAIRY_BY_PAYBACK = (
    "Tái sử dụng nước whey",
    "Nâng cấp lò hơi",
    "Cải thiện quản lý",
    "Thu gom dầu",
    "Lắp kiểm soát",
    "Hợp lý hóa",
)
# 10 equal years at 10 % are worth 6.1446 of one: 127,063; 122,765; 38,055; 19,866; 2,614; 2,151 USD.
DAIRY_BY_NPV = (
    "Cải thiện quản lý",
    "Lắp kiểm soát",
    "Hợp lý hóa",
    "Nâng cấp lò hơi",
    "Thu gom dầu",
    "Tái sử dụng nước whey",
)
DAIRY_IN_ENGLISH = (
    "Reuse whey",
    "Upgrade the boiler",
    "Improve housekeeping",
    "Collect used oil",
    "Level controls",
    "Rationalise",
)
WEIGHTS = ("assumptions", "weights")


def document(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An assessment as it is stored, of options written the short way."""
    base = {"id": "a", "title": "Xưởng dệt", "facility": {"name": "Xưởng dệt"}}
    whole = Assessment.model_validate_json(json.dumps({**base, "options": list(options), **more}))
    return whole.model_dump(mode="json", exclude_none=True)


def ranking(*options: dict[str, Any], lang: str | None = None, **more: Any) -> AppTest:
    return page("ranking", document(*options, **more), lang)


def begins(names: list[str], starts: tuple[str, ...]) -> bool:
    return len(names) == len(starts) and all(
        name.startswith(start) for name, start in zip(names, starts, strict=True)
    )


def labels(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


# The list


@pytest.mark.parametrize(
    ("lang", "names", "lead"),
    [
        (None, DAIRY_BY_PAYBACK, "Nên xem trước: Tái sử dụng nước whey – hoàn vốn ngay, NPV 56,8 triệu ₫."),
        ("en", DAIRY_IN_ENGLISH, "Look at first: Reuse whey – paid back at once, NPV 56.8 million ₫."),
    ],
)  # 350 x 6.1446 x 26,400
def test_the_result_in_a_sentence_and_the_list(lang: str | None, names: tuple[str, ...], lead: str) -> None:
    app = page("ranking", DAIRY, lang)
    assert begins(listed(app), names)
    assert lead in said(app)
    assert ("Bước 4" if lang is None else "Step 4") in said(app)


def test_figures_are_vietnamese_text() -> None:
    app = page("ranking", DAIRY)
    housekeeping = table(app, "sx-list")[2]
    # 2,280 x 26,400 = 60.192 million; 21,050 x 26,400 = 555.72 million; 12 x 2,280 / 21,050 = 1.2998 months;
    # 127,063 x 26,400 = 3.354 billion; IRR of 10 equal years at 9.2325 times the cost
    assert housekeeping[2:7] == ["60,2 triệu ₫", "556 triệu ₫", "1,3 tháng", "3,35 tỷ ₫", "923 %"]
    assert housekeeping[7] == "–", "no saved quantity is known: not zero"
    assert '<span title="60.192.000\u00a0₫">' in markup(app)


def test_the_criterion_orders_the_list() -> None:
    app = choose(page("ranking", DAIRY), "criterion", "npv")
    assert begins(listed(app), DAIRY_BY_NPV)
    assert (
        "Nên xem trước: Cải thiện quản lý nội vi và thu gom chất thải rắn – hoàn vốn 1,3 tháng, NPV 3,35 tỷ ₫"
        in said(app)
    )


def test_nothing_leads_where_no_emissions_are_known() -> None:
    app = choose(page("ranking", DAIRY), "criterion", "co2e")
    assert "Chưa xếp được theo mức giảm phát thải" in said(app)
    assert "Nên xem trước" not in said(app)


@pytest.mark.parametrize(("quantity", "says"), [(10_000, "giảm 6,59"), (-10_000, "tăng 6,59")])
def test_the_lead_says_whether_emissions_fall_or_rise(quantity: float, says: str) -> None:
    saving = {"resource": "electricity", "quantity": quantity, "unit": "kWh"}
    app = ranking(option(savings=[saving]))
    assert f"{says} tCO₂e mỗi năm" in said(app)  # 10 MWh at the 0.6592 tCO2e/MWh of data year 2023


def test_score_has_its_own_column() -> None:
    app = page("ranking", DAIRY)
    assert "Điểm khả thi" not in headings(app, "sx-list")
    assert "Điểm khả thi" in headings(choose(app, "criterion", "score"), "sx-list")


def test_all_indicators_by_a_toggle() -> None:
    app = ranking(option(savings=[{"resource": "electricity", "quantity": 10_000, "unit": "kWh"}]))
    app.toggle(key="every").set_value(True).run()
    row = dict(zip(headings(app, "sx-list"), table(app, "sx-list")[0], strict=True))
    # cost 100 million, saving 25 million a year for 10 years at 10 %: 25 x 6.144567 = 153.614 million today
    assert row["NPV"] == "53,6 triệu ₫"
    assert row["Chỉ số sinh lời (PI)"] == "1,54"
    assert row["Giá trị tương đương/năm"] == "8,73 triệu ₫"  # 53.614 / 6.144567
    assert row["Hoàn vốn có chiết khấu"] == "5,37 năm"  # 94.770 after 5 years; 5.230 of 14.112 in the sixth
    assert row["TOE/năm"] == "1,54"  # 10 MWh x 0.1543
    assert row["Chi phí giảm 1 tCO₂e"] == "-1,32 triệu ₫"  # -8.7254 / 6.592
    assert row["Bậc Pareto"] == "1"
    assert "Bậc Pareto 1: không giải pháp nào khác" in said(app)
    app.toggle(key="every").set_value(False).run()
    assert "TOE/năm" not in headings(app, "sx-list")
    assert "Pareto" not in said(app)


def test_long_lists_come_in_parts() -> None:
    app = ranking(*(option(f"N{i}", 1e6 + i) for i in range(150)))
    assert len(listed(app)) == 30
    app.button(key="more").click().run()
    assert len(listed(app)) == 130
    app.button(key="more").click().run()
    assert len(listed(app)) == 150
    assert not [b for b in app.button if b.key == "more"]


def test_text_of_a_user_is_never_markup() -> None:
    name = "<img src=x onerror=alert(1)> **đậm** $x^2$ :smile: </script>"
    app = ranking({**option(), "name": name})
    assert listed(app)[0] == name
    assert "<img" not in markup(app)


def test_names_are_shown_whole() -> None:
    name = "Lắp biến tần " * 22 + "hết"  # 289 letters
    assert name in said(ranking({**option(), "name": name}))


def test_no_code_or_id_is_shown() -> None:
    """Words, never ids: every category, status and term has its text."""
    plant = load_example(next(e.id for e in examples() if e.id.startswith("iac_")))
    for lang in ("vi", "en"):
        text = said(page("ranking", plant.model_dump(mode="json", exclude_none=True), lang))
        for code in ("category.", "triage.", "term.", "screen.", "formula.", "irr_status", "implement_now"):
            assert code not in text, (lang, code)


def test_every_example_is_ranked_in_full() -> None:
    for example in (e for e in examples() if e.kind == "assessment"):
        whole = load_example(example.id)
        app = page("ranking", whole.model_dump(mode="json", exclude_none=True))
        assert not app.error, example.id
        assert len(listed(app)) == len(whole.options)


# One chart at a time


@pytest.mark.parametrize("lang", [None, "en"])
@pytest.mark.parametrize("view", ["scatter", "indicators", "abatement", "order"])
def test_each_view_has_its_chart_and_no_other(view: str, lang: str | None) -> None:
    saving = [{"resource": "electricity", "quantity": 10_000, "unit": "kWh"}]
    app = choose(ranking(option("A", savings=saving), option("B", 50e6), lang=lang), "view", view)
    assert not app.error
    assert len(app.get("vega_lite_chart")) == 2, "the view, and the cash flow of the explained option"
    assert 'class="sx-table sx-list' not in markup(app)


def test_how_the_order_differs_by_criterion() -> None:
    app = choose(page("ranking", DAIRY), "view", "order")
    assert headings(app, "sx-orders")[1:] == ["Hoàn vốn", "NPV", "Giảm phát thải", "Điểm khả thi"]
    ranks = {row[0]: row[1:3] for row in table(app, "sx-orders")}
    assert ranks["Tái sử dụng nước whey"] == ["1", "6"]
    app = choose(app, "criterion", "npv")
    assert headings(app, "sx-orders")[1:3] == ["NPV", "Hoàn vốn"], "that of the list comes first"


def test_choices_stay_with_their_assessment() -> None:
    app = choose(page("ranking", DAIRY), "criterion", "npv")
    first = app.query_params["assessment"]
    other = page("ranking", document(option("A"), option("B", 50e6))).query_params["assessment"]
    app.query_params["assessment"] = other
    app.run()
    assert app.button_group(key="criterion").value == "payback"
    app.query_params["assessment"] = first
    app.run()
    assert app.button_group(key="criterion").value == "npv"


# The reasons


def test_explanation_of_the_first_and_of_another() -> None:
    app = page("ranking", DAIRY)
    app.selectbox(key="option").set_value("C033").run()
    text = said(app)
    assert "PB = I / B" in text
    assert "60.192.000 ₫" in text  # 2,280 USD at 26,400
    assert "555.720.000 ₫/năm" in text
    choose(app, "criterion", "npv")
    assert app.selectbox(key="option").value == "C033", "the choice stays when the order changes"
    opened_details = markup(app).split('<details class="sx-how" open>')
    assert len(opened_details) == 2, "only the number that the list is ranked by stands open"
    assert "Giá trị hiện tại ròng (NPV)" in opened_details[1][:120]


def test_each_name_in_the_list_leads_to_its_reasons() -> None:
    written = markup(ranking(option("A"), option("B", 50e6)))
    assert [part.split('"')[1] for part in written.split("data-opens=")[1:]] == ["B", "A"]
    assert 'id="how"' in written


def test_an_explained_option_that_is_gone_gives_way_to_the_first() -> None:
    chosen = ranking_choices.Choices()
    chosen.explain("gone")

    class Opened:
        id = "x"

        def bench(self, request: RankRequest) -> Any:
            return evaluate(document(option("A")), request)

    assert list(ranking_choices.results_of(Opened(), chosen).ranked.explanations) == ["A"]  # type: ignore[arg-type]


def test_options_of_the_same_name_are_told_apart() -> None:
    app = ranking({**option("M1", 10e6), "name": "Thay bơm"}, {**option("M2", 20e6), "name": "Thay bơm"})
    assert list(app.selectbox(key="option").options) == ["Thay bơm", "Thay bơm (2)"]


def test_assumptions_with_source_and_mark() -> None:
    text = said(page("ranking", DAIRY))
    assert "Tỷ lệ chiết khấu" in text
    assert "26.400 ₫/USD" in text
    assert "thứ cấp số liệu lấy từ nguồn khác dẫn lại văn bản" in text  # what a mark means


# Weights


def test_own_weights_change_the_score_and_can_be_taken_back() -> None:
    app = choose(ranking(option("A")), "criterion", "score")
    assert "Trọng số kỹ thuật: 25; Trọng số kinh tế: 50; Trọng số môi trường: 25." in said(app)
    assert WEIGHTS not in saved(app)
    app.button(key="own_weights").click().run()
    assert value(app, *WEIGHTS) == {"technical": 25, "economic": 50, "environmental": 25}
    enter(app, (*WEIGHTS, "technical"), "40")
    assert value(app, *WEIGHTS) == {"technical": 40, "economic": 50, "environmental": 25}
    app.button(key="standard_weights").click().run()
    assert value(app, *WEIGHTS) is None


@pytest.mark.parametrize(("text", "says"), [("", "Cần một số từ 0 đến 100"), ("abc", "abc"), ("-5", "-5")])
def test_a_weight_that_is_none_stays_typed_and_changes_nothing(text: str, says: str) -> None:
    app = choose(ranking(option("A")), "criterion", "score")
    app.button(key="own_weights").click().run()
    enter(app, (*WEIGHTS, "economic"), text)
    assert says in said(app)
    assert value(app, *WEIGHTS, "economic") == 50
    app.button(key="standard_weights").click().run()
    assert not value(app, "drafts"), "what was typed into the fields goes with them"


def test_all_weights_cannot_be_zero() -> None:
    app = choose(ranking(option("A")), "criterion", "score")
    app.button(key="own_weights").click().run()
    for kind in ("technical", "economic", "environmental"):
        enter(app, (*WEIGHTS, kind), "0")
    assert "không thể cùng bằng 0" in said(app)
    assert value(app, *WEIGHTS) == {"technical": 0, "economic": 0, "environmental": 25}


# Questions

ODD = option("A", 100e6, 30e6, savings=[{"resource": "electricity", "quantity": 15, "unit": "kWh"}])
# 2 million dong a kWh: MWh were written as kWh


@pytest.mark.parametrize(
    ("lang", "question", "kept"),
    [
        (None, "Có nhầm MWh thành kWh", "Lý do: đã đối chiếu hóa đơn"),
        ("en", "MWh", "Reason: đã đối chiếu hóa đơn"),
    ],
)
def test_a_question_is_answered_with_a_reason_and_can_be_asked_again(
    lang: str | None, question: str, kept: str
) -> None:
    app = ranking(ODD, lang=lang)
    assert question in said(app)
    [right] = [b for b in app.button if (b.key or "").startswith("question/")]
    right.click().run()
    [field] = [f for f in app.text_input if (f.key or "").endswith("/reason")]
    field.set_value("  ").run()
    assert not value(app, "confirmations"), "a reason is asked for"
    [field] = [f for f in app.text_input if (f.key or "").endswith("/reason")]
    field.set_value("đã đối chiếu  hóa đơn").run()
    [row] = value(app, "confirmations")
    assert row["option"] == "A"
    assert row["reason"] == "đã đối chiếu hóa đơn"
    assert row["question"].startswith("question.")
    Assessment.model_validate(saved(app), strict=False)
    assert not [b for b in app.button if (b.key or "").startswith("question/")], "no longer asked"
    assert kept in said(app)
    assert question in said(app), "what was confirmed is still said"
    [again] = [b for b in app.button if (b.key or "").startswith("ask_again/")]
    again.click().run()
    assert not value(app, "confirmations")
    assert [b for b in app.button if (b.key or "").startswith("question/")]


def test_a_confirmation_of_other_figures_gives_way() -> None:
    """The figures changed since: the question is asked again, and a new answer takes the old one's place."""
    code = "question.price_thousand_too_high"
    old = {"id": "c1", "question": code, "option": "A", "figures": "resource=electricity; price=1"}
    app = ranking(ODD, confirmations=[{**old, "reason": "cũ"}])
    assert "Lý do: cũ" not in said(app)
    [right] = [b for b in app.button if (b.key or "").startswith("question/")]
    right.click().run()
    [field] = [f for f in app.text_input if (f.key or "").endswith("/reason")]
    field.set_value("mới").run()
    assert [row["reason"] for row in value(app, "confirmations")] == ["mới"]


def test_the_field_for_a_reason_closes_again() -> None:
    app = ranking(ODD)
    for fields in (1, 0):
        [right] = [b for b in app.button if (b.key or "").startswith("question/")]
        right.click().run()
        assert len(app.text_input) == fields


def test_questions_of_many_options_come_in_parts() -> None:
    app = ranking(*({**ODD, "id": f"N{i}"} for i in range(8)))
    assert len([b for b in app.button if (b.key or "").startswith("question/")]) == 5
    app.button(key="more_questions").click().run()
    assert len([b for b in app.button if (b.key or "").startswith("question/")]) == 8


# Unfinished


def test_unfinished_options_are_named_with_what_is_missing() -> None:
    given = document(option("A"), option("B"))
    del given["options"][1]["capex"]
    given["options"][1]["name"] = "Nồi hơi"
    given["options"].append({"id": "C"})
    app = page("ranking", given)
    text = said(app)
    assert listed(app) == ["Option A"]
    assert "chưa có trong kết quả: 2" in text
    assert "Nồi hơi chưa nhập vốn đầu tư" in text
    assert "(chưa đặt tên) chưa nhập tên" in text
    assert "số mục chưa có trong bảng: 2" in text
    assert "Tới trang Giải pháp" in labels(app)


def test_text_that_could_not_be_read_is_counted() -> None:
    given = document(option("A")) | {"drafts": [{"id": "options/A/capex", "text": "12x"}]}
    assert "chưa đọc được: 1" in said(page("ranking", given))


@pytest.mark.parametrize(
    ("lang", "says", "link"),
    [
        (None, "Chưa có giải pháp nào đủ số liệu để xếp hạng.", "Tới trang Giải pháp"),
        ("en", "No option has all it takes to be ranked yet.", "Go to the options"),
    ],
)
def test_nothing_to_rank_says_what_to_do(lang: str | None, says: str, link: str) -> None:
    app = ranking(lang=lang)
    assert says in said(app)
    assert link in labels(app)
    assert not app.selectbox


def test_no_assessment_open_leads_to_the_start() -> None:
    app = page("ranking")
    assert "Chưa mở bản đánh giá nào" in said(app)


# Files


def test_files_hold_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(
        downloads.st, "download_button", lambda label, data, **rest: made.update({rest["file_name"]: data})
    )
    given = document(option("A"), option("B", 50e6))
    bench = evaluate(given, RankRequest(as_of=AS_OF))
    downloads.show(given, bench, Wording("vi"))
    files = ("SXSH-Xuong-det.xlsx", "SXSH-Xuong-det.csv", "SXSH-Xuong-det-form.xlsx", "SXSH-Xuong-det.json")
    assert tuple(made) == files
    assert read_workbook(made["SXSH-Xuong-det-form.xlsx"](), "a.xlsx").assessment == bench.assessment
    table_ = made["SXSH-Xuong-det.csv"]()
    assert table_.startswith("\ufeffHạng;Giải pháp;".encode())
    first = [line.split(";")[:2] for line in table_.decode().splitlines()[1:]]
    assert first == [["1", "Option B"], ["2", "Option A"]]
    assert read_assessment_json(made["SXSH-Xuong-det.json"](), "a.json") == bench.assessment
    book = load_workbook(io.BytesIO(made["SXSH-Xuong-det.xlsx"]()))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert cells.index("Option B") < cells.index("Option A")


# What goes wrong


def test_unexpected_error_is_one_calm_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    app = ranking(option("A"), baseline=electricity())
    monkeypatch.setattr("sxsh_options.ui.listing.ranked_list", broken)
    with caplog.at_level(logging.ERROR):
        app.run()
    assert len(app.error) == 1
    assert "lỗi ngoài dự kiến" in app.error[0].value
    assert "secret detail" not in said(app)
    assert "secret detail" in caplog.text

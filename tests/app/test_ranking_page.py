"""The first page, run without a browser: both languages, every choice, good files and bad ones."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.services.examples import examples, load_example
from sxsh_options.storage.documents import write_assessment_json
from sxsh_options.ui import state
from tests.app.screens import choose, headings, listed, markup, opened, said, table

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

GOOD = """option_id;name;capex_vnd;annual_saving_vnd;lifetime_years
A;Biến tần cho bơm;120000000;60000000;10
B;Bảo ôn đường ống hơi;30000000;60000000;10
C;Thay đèn LED;90000000;30000000;10
"""  # 2 years, 6 months, 3 years
BAD = """option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,mau_sac
A,Bơm,-5,1000000,10,
A,Quạt,abc,1000000,0,
"""


def upload(app: AppTest, name: str, content: str | bytes) -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    choose(app, "source", "file")
    return app.file_uploader[0].set_value((name, data, "text/csv")).run()


def begins(names: list[str], starts: tuple[str, ...]) -> bool:
    return len(names) == len(starts) and all(
        name.startswith(start) for name, start in zip(names, starts, strict=True)
    )


def test_opens_on_the_dairy_in_vietnamese() -> None:
    app = opened()
    assert not app.exception
    assert begins(listed(app), DAIRY_BY_PAYBACK)
    text = said(app)
    assert (
        "Nên xem trước: Tái sử dụng nước whey – hoàn vốn ngay, NPV 56,8 triệu ₫." in text
    )  # 350 x 6.1446 x 26,400
    assert "lang" not in app.query_params


def test_figures_are_vietnamese_text() -> None:
    housekeeping = table(opened(), "sx-list")[2]
    # 2,280 x 26,400 = 60.192 million; 21,050 x 26,400 = 555.72 million; 12 x 2,280 / 21,050 = 1.2998 months;
    # 127,063 x 26,400 = 3.354 billion; IRR of 10 equal years at 9.2325 times the cost
    assert housekeeping[2:7] == ["60,2 triệu ₫", "556 triệu ₫", "1,3 tháng", "3,35 tỷ ₫", "923 %"]
    assert housekeeping[7] == "–", "no saved quantity is known: not zero"
    assert '<span title="60.192.000\u00a0₫">' in markup(opened())


def test_english_from_the_address() -> None:
    app = opened("en")
    assert begins(listed(app), DAIRY_IN_ENGLISH)
    assert "Look at first: Reuse whey – paid back at once, NPV 56.8 million ₫." in said(app)
    assert "en" in app.query_params["lang"]
    assert "document.documentElement.lang = 'en'" in markup(app)


def test_language_by_the_switch_and_back() -> None:
    app = choose(opened(), "language_switch", "en")
    assert "en" in app.query_params["lang"]
    assert "Ranking cleaner-production options" in said(app)
    app = choose(app, "language_switch", "vi")
    assert "lang" not in app.query_params
    assert "Xếp hạng giải pháp" in said(app)


def test_language_survives_an_address_that_lost_it() -> None:
    """Going to another page drops the parameter; the session writes it again."""
    app = choose(opened(), "language_switch", "en")
    del app.query_params["lang"]
    app.run()
    assert "en" in app.query_params["lang"]
    assert "Look at first" in said(app)


def test_unknown_language_is_vietnamese() -> None:
    app = opened("xx")
    assert "Nên xem trước" in said(app)
    assert "lang" not in app.query_params


def test_the_criterion_orders_the_list() -> None:
    app = choose(opened(), "criterion", "npv")
    assert begins(listed(app), DAIRY_BY_NPV)
    lead = (
        "Nên xem trước: Cải thiện quản lý nội vi và thu gom chất thải rắn – hoàn vốn 1,3 tháng, NPV 3,35 tỷ ₫"
    )
    assert lead in said(app)


def test_nothing_leads_where_no_emissions_are_known() -> None:
    app = choose(opened(), "criterion", "co2e")
    assert "Chưa xếp được theo mức giảm phát thải" in said(app)
    assert "Nên xem trước" not in said(app)


def test_the_lead_says_whether_emissions_fall_or_rise() -> None:
    rows = "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_electricity_kwh\n"
    less = upload(opened(), "bớt.csv", rows + "A,Bơm,10000000,20000000,10,10000\n")
    more = upload(opened(), "thêm.csv", rows + "A,Bơm,10000000,20000000,10,-10000\n")
    # 10 MWh at the 0.6592 tCO2e/MWh of data year 2023
    assert "giảm 6,59 tCO₂e mỗi năm" in said(less)
    assert "tăng 6,59 tCO₂e mỗi năm" in said(more)


def test_score_has_its_own_column() -> None:
    app = opened()
    assert "Điểm khả thi" not in headings(app, "sx-list")
    assert "Điểm khả thi" in headings(choose(app, "criterion", "score"), "sx-list")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_plant_is_listed_in_full(lang: str) -> None:
    app = choose(opened(lang), "source", "plants")
    titles = {e.id: e.title[lang] for e in examples() if e.id.startswith("iac_")}
    assert list(app.selectbox(key="plant").options) == list(titles.values())
    for plant, title in titles.items():
        app.selectbox(key="plant").set_value(plant).run()
        assert not app.exception, plant
        assert not app.error, plant
        assert title in said(app)
        assert len(listed(app)) == len(load_example(plant).options)


def test_a_plant_is_one_click_away_and_remembered() -> None:
    app = choose(opened(), "source", "plants")
    other = list(state.plants())[3]
    app.selectbox(key="plant").set_value(other).run()
    choose(app, "source", "dairy")
    assert begins(listed(app), DAIRY_BY_PAYBACK)
    choose(app, "source", "plants")
    assert app.selectbox(key="plant").value == other
    assert state.plants()[other].title["vi"] in said(app)


def test_no_code_or_id_is_shown() -> None:
    """Words, never ids: every category, status and term has its text."""
    for lang in ("vi", "en"):
        app = choose(opened(lang), "source", "plants")
        text = said(app)
        for code in (
            "category.",
            "triage.",
            "term.",
            "screen.",
            "formula.",
            "evidence",
            "irr_status",
            "implement_now",
        ):
            assert code not in text, (lang, code)


def test_own_file_is_ranked() -> None:
    app = upload(opened(), "của tôi.csv", GOOD)
    assert listed(app) == ["Bảo ôn đường ống hơi", "Biến tần cho bơm", "Thay đèn LED"]
    assert [row[4] for row in table(app, "sx-list")] == ["6 tháng", "2 năm", "3 năm"]
    assert "của tôi.csv" in said(app)


def test_own_assessment_is_ranked() -> None:
    app = upload(opened(), "ho-so.json", write_assessment_json(load_example(state.DAIRY)))
    assert not app.error
    assert begins(listed(app), DAIRY_BY_PAYBACK)


def test_bad_file_shows_every_fault_and_keeps_the_list() -> None:
    app = upload(opened(), "xấu.csv", BAD)
    assert not app.exception
    places = [(row[0], row[1]) for row in table(app, "sx-faults")]
    assert places == [
        ("1", "mau_sac"),
        ("2", "capex_vnd"),
        ("3", "option_id"),
        ("3", "capex_vnd"),
        ("3", "lifetime_years"),
    ]
    assert "Chưa đọc được tệp xấu.csv. Số chỗ cần sửa: 5" in said(app)
    assert begins(listed(app), DAIRY_BY_PAYBACK)


def test_faults_go_with_a_good_file_and_with_another_choice() -> None:
    app = upload(opened(), "xấu.csv", BAD)
    assert "Số chỗ cần sửa" not in said(upload(app, "tốt.csv", GOOD))
    upload(app, "xấu.csv", BAD)
    assert listed(app)[0] == "Bảo ôn đường ống hơi", "the list of the good file stays"
    assert "Số chỗ cần sửa" not in said(choose(app, "source", "dairy"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trống.csv", b""),
        ("hình.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("bảng.xlsx", b"PK\x03\x04 xl/workbook.xml"),
        ("hỏng.json", b"{"),
        ("phiên bản.json", b'{"schema_version": 99}'),
        ("không giá.csv", b"option_id,name,capex_vnd,lifetime_years,saving_steam_t\nA,Steam,1000000,5,10\n"),
    ],
)
def test_unusable_files_are_explained(name: str, content: bytes) -> None:
    app = upload(opened(), name, content)
    assert not app.exception
    assert not app.error
    assert table(app, "sx-faults")
    assert begins(listed(app), DAIRY_BY_PAYBACK)


def test_sample_can_be_tried() -> None:
    app = choose(opened(), "source", "file")
    app.button[0].click().run()
    assert not app.error
    assert len(listed(app)) == 8  # the rows of the sample
    assert "Giá trị tương đương/năm" in headings(app, "sx-list"), (
        "lives differ, so NPVs are not held side by side"
    )


def test_text_of_a_user_is_never_markup() -> None:
    name = "<img src=x onerror=alert(1)> **đậm** $x^2$ :smile: </script>"
    rows = f"option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\nA,{name},1000000,500000,5\n"
    app = upload(opened(), "<b>tệp</b>.csv", rows)
    assert listed(app)[0] == name
    assert "<img" not in markup(app)
    assert "<b>" not in markup(app)


def test_names_are_shown_whole() -> None:
    name = "Lắp biến tần " * 22 + "hết"  # 289 letters
    rows = f"option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\nA,{name},1000000,500000,5\n"
    assert name in said(upload(opened(), "dài.csv", rows))


def test_long_lists_come_in_parts() -> None:
    rows = "".join(f"N{i},Giải pháp {i},{1_000_000 + i},1000000,10\n" for i in range(250))
    app = upload(opened(), "nhiều.csv", "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\n" + rows)
    assert len(listed(app)) == 100
    app.button(key="more").click().run()
    assert len(listed(app)) == 200
    app.button(key="more").click().run()
    assert len(listed(app)) == 250
    assert not [b for b in app.button if b.key == "more"]


def test_explanation_of_the_first_and_of_another() -> None:
    app = opened()
    app.selectbox(key="option").set_value("C033").run()
    text = said(app)
    assert "Thời gian hoàn vốn giản đơn" in text
    assert "PB = I / B" in text
    assert "60.192.000 ₫" in text  # 2,280 USD at 26,400
    assert "555.720.000 ₫/năm" in text
    choose(app, "criterion", "npv")
    assert app.selectbox(key="option").value == "C033", "the choice stays when the order changes"
    opened_details = markup(app).split('<details class="sx-how" open>')
    assert len(opened_details) == 2, "only the number that the list is ranked by stands open"
    assert "Giá trị hiện tại ròng (NPV)" in opened_details[1][:120]


def test_options_of_the_same_name_are_told_apart() -> None:
    rows = "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\n"
    rows += "M1,Thay bơm,10000000,10000000,5\nM2,Thay bơm,20000000,10000000,5\n"
    app = upload(opened(), "trùng.csv", rows)
    assert list(app.selectbox(key="option").options) == ["Thay bơm (M1)", "Thay bơm (M2)"]
    app.selectbox(key="option").set_value("M2").run()
    assert "20.000.000 ₫" in said(app)


def test_an_assessment_without_options_says_so() -> None:
    document = '{"schema_version": 1, "id": "x", "title": "X", "facility": {"name": "X"}}'
    app = upload(opened(), "trống.json", document)
    assert not app.error
    assert "Chưa có giải pháp nào để xếp hạng." in said(app)


def test_every_explanation_of_a_plant_can_be_shown() -> None:
    app = choose(opened(), "source", "plants")
    for option in load_example(next(iter(state.plants()))).options:
        app.selectbox(key="option").set_value(option.id).run()
        assert not app.exception
        assert not app.error
        assert "Hệ số phát thải" in said(app)


def test_assumptions_with_source_and_mark() -> None:
    text = said(opened())
    assert "Tỷ lệ chiết khấu" in text
    assert "Tỷ giá" in text
    assert "26.400 ₫/USD" in text
    assert "thứ cấp theo nguồn thứ cấp dẫn lại văn bản" in text  # the legend explains each mark that occurs


def test_questions_stand_with_their_option() -> None:
    rows = "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_electricity_kwh\n"
    rows += "A,Biến tần,100000000,30000000,10,15\n"  # 2 million dong a kWh: MWh were written as kWh
    app = upload(opened(), "hỏi.csv", rows)
    text = said(app)
    assert "1 điểm cần kiểm tra" in text
    assert "Có nhầm MWh thành kWh" in text
    assert "Điểm cần kiểm tra" not in said(opened())


def test_unexpected_error_is_one_calm_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(state, "rank", broken)
    with caplog.at_level(logging.ERROR):
        app = opened()
    assert not app.exception
    assert len(app.error) == 1
    assert "lỗi ngoài dự kiến" in app.error[0].value
    assert "secret detail" not in said(app)
    assert "secret detail" in caplog.text


def test_unexpected_error_in_a_callback_keeps_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    app = opened()
    monkeypatch.setattr(state, "read_assessment_bytes", broken)
    app = upload(app, "tệp.csv", GOOD)
    assert not app.exception
    assert len(app.error) == 1
    assert begins(listed(app), DAIRY_BY_PAYBACK)
    assert not app.run().error, "said once"

"""The days to file by and the dossiers as a person uses them."""

from __future__ import annotations

import re
from typing import Any

import icalendar
import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.services.calendar import filing_for
from sxsh_options.services.examples import load_example
from sxsh_options.ui import calendar as shown_calendar
from tests.app.forms import page, saved, turn_to
from tests.app.screens import said
from tests.unit.funding.test_calendar import DAY as ON

SEAFOOD = load_example("vn_seafood").model_dump(mode="json", exclude_none=True)
PLASTICS = load_example("vn_plastics").model_dump(mode="json", exclude_none=True)
EMPTY: dict[str, Any] = {"schema_version": 1, "title": "Đánh giá mới"}
DAY = "sources_as_of"
IDS = r"khuyen_cong|vay_thuong_mai|sme_|None|\bnan\b|\bcalendar\.|lead_time|_vnd"


def on(day: str, document: dict[str, Any] = SEAFOOD, lang: str = "vi") -> AppTest:
    app = page("calendar", document, lang)
    app.text_input(key=DAY).set_value(day).run()
    assert not app.exception
    return app


def titles(app: AppTest) -> str:
    return " ".join(each.label for each in app.expander)


@pytest.mark.parametrize("document", [SEAFOOD, PLASTICS, EMPTY], ids=["dated", "any_time", "empty"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_stands_there_that_a_person_cannot_read(lang: str, document: dict[str, Any]) -> None:
    app = page("calendar", document, lang)
    assert not re.findall(IDS, said(app) + titles(app))


def test_the_next_day_stands_first_as_a_sentence() -> None:
    shown = said(on("23/11/2026"))
    lead = "Nộp hồ sơ trước 20/05/2027 tại Sở Công Thương, cho kế hoạch 2028: còn 178 ngày."
    assert shown.index(lead) < shown.index("Theo ngày") < shown.index("Hồ sơ từng nguồn")
    assert "Sở Công Thương gửi hồ sơ đã nhận lên Bộ, cho kế hoạch 2028" in shown
    assert "Thông tư 36/2013/TT-BCT Điều 10 · đã đọc tại văn bản gốc" in shown


def test_the_same_in_english() -> None:
    shown = said(on("23/11/2026", lang="en"))
    assert "File before 20 May 2027 (Provincial department of industry and trade)" in shown
    assert "for the plan of 2028: 178 days left." in shown


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("18/05/2027", "còn 2 ngày"),
        ("19/05/2027", "Nộp hồ sơ ngay hôm nay tại Sở Công Thương"),
        ("20/05/2027", "hãy hỏi ngay Sở Công Thương xem còn kịp không"),
        ("21/05/2027", "Nộp hồ sơ trước 20/05/2028"),
    ],
)
def test_the_last_days(day: str, words: str) -> None:
    assert words in said(on(day))


def test_no_day_is_known() -> None:
    app = on("01/01/2013")
    assert "Chưa có hạn nộp nào biết rõ ngày" in said(app)
    assert not app.get("download_button")


@pytest.mark.parametrize(
    ("facility", "whom"),
    [
        ({"province": "Nghệ An", "legal_form": "cooperative"}, "Hãy hỏi Sở Công Thương Nghệ An:"),
        ({"province": "Bình Dương", "legal_form": "household"}, "Hãy hỏi Sở Công Thương TP. Hồ Chí Minh:"),
        ({"province_before_merger": "Hà Nam"}, "Hãy hỏi Sở Công Thương Ninh Bình:"),
        ({"province": "Xứ Không Có"}, "Hãy hỏi Sở Công Thương nơi sản xuất:"),
    ],
)
def test_where_no_day_is_known_it_says_whom_to_ask(facility: dict[str, Any], whom: str) -> None:
    document = {**SEAFOOD, "facility": {"name": "Xưởng", **facility}}
    app = on("01/01/2012", document)
    assert whom in said(app)
    in_english = said(on("01/01/2012", document, "en"))
    assert "Ask the department of industry and trade of" in in_english


def test_an_uncertain_source_is_said_to_be_so() -> None:
    unknown = {**SEAFOOD, "facility": {"name": "Xưởng"}}
    assert "Chưa chắc cơ sở đủ điều kiện" in said(on("23/11/2026", unknown))
    assert "Chưa chắc" not in said(on("23/11/2026"))


def test_all_year_round() -> None:
    shown = said(page("calendar", PLASTICS, "vi"))
    assert "Nộp được quanh năm" in shown
    assert "Nộp trước được xét trước" in shown


def test_the_dossier_says_what_is_there_and_what_is_missing() -> None:
    app = on("23/11/2026")
    shown = said(app)
    assert "Còn thiếu ở trang Cơ sở: xã, phường" in shown
    assert "thời gian chuẩn bị (tiến độ): “" in shown
    assert "và 6 giải pháp khác" in shown
    assert "Công văn đề nghị" in shown
    assert "Chưa biết hồ sơ gồm những gì, và hỏi ai" in titles(app)
    assert "Hỏi: Quỹ Bảo vệ môi trường Việt Nam" in shown


def test_what_is_entered_is_missing_no_more() -> None:
    facility = {**SEAFOOD["facility"], "commune": "Thới Thuận"}
    shown = said(on("23/11/2026", {**SEAFOOD, "facility": facility}))
    assert "Còn thiếu ở trang Cơ sở" not in shown


def test_an_empty_assessment_is_told_what_to_do() -> None:
    app = page("calendar", EMPTY, "vi")
    assert "Hãy điền trang Cơ sở, rồi nhập ít nhất một giải pháp" in said(app)
    assert "Theo ngày" not in said(app)
    assert not app.get("download_button")
    assert saved(app)["title"] == EMPTY["title"]


def test_nothing_is_open() -> None:
    assert "work.none" not in said(page("calendar"))


def test_the_day_is_the_one_of_the_sources() -> None:
    app = page("sources", SEAFOOD)
    app.text_input(key=DAY).set_value("21/05/2027").run()
    turn_to(app, "calendar")
    assert app.text_input(key=DAY).value == "21/05/2027"
    assert "Nộp hồ sơ trước 20/05/2028" in said(app)


def test_the_file_is_offered_and_holds_the_events(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr(
        shown_calendar.st,
        "download_button",
        lambda label, data, **rest: made.update({rest["file_name"]: data, "mime": rest["mime"]}),
    )
    found = filing_for(Assessment.model_validate(SEAFOOD, strict=False), ON)
    shown_calendar.download(found, Wording("vi"), 5)
    assert made.pop("mime") == "text/calendar"
    ((name, make),) = made.items()
    assert re.fullmatch(r"SXSH-[A-Za-z0-9-]+\.ics", name)
    entries = icalendar.Calendar.from_ical(make()).events
    assert [entry.decoded("dtstart") for entry in entries] == [
        each.last_safe_day for each in found.calendar.events
    ]
    assert {entry.decoded("sequence") for entry in entries} == {5}

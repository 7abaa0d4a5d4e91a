"""The start page: every way in, what was saved, files good and bad, the bin; in both languages."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from sxsh_options.errors import message
from sxsh_options.funding import Register
from sxsh_options.i18n import Wording
from sxsh_options.services import library, money
from sxsh_options.services.examples import load_example
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import evaluate, project
from sxsh_options.storage.database.engine import data_folder
from sxsh_options.storage.workbook import write_workbook
from sxsh_options.ui import shell
from sxsh_options.ui.work import LOCAL, PARAMETER, repository
from tests.app.forms import SCRIPT, page, stored, turn_to
from tests.app.screens import listed, said
from tests.builders import AS_OF

DAIRY = load_example("dairy_egypt").model_dump(mode="json", exclude_none=True)
SEAFOOD = load_example("vn_seafood").model_dump(mode="json", exclude_none=True)
TABLE = "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\n"


def begin(lang: str | None = None) -> AppTest:
    return page("start", lang=lang)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def titles(binned: bool = False) -> list[str]:
    return [entry.title for entry in library.entries(repository(), LOCAL, binned=binned)]


def the_one() -> library.Revision:
    (entry,) = library.entries(repository(), LOCAL)
    revision = library.open_latest(repository(), LOCAL, entry.id)
    assert revision is not None
    return revision


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (None, ("Chọn giải pháp sản xuất sạch hơn", "Tính nhanh", "Bản đánh giá mới", "Mở ví dụ")),
        (
            "en",
            ("Find the cleaner-production options", "Quick estimate", "New assessment", "Open the example"),
        ),
    ],
)
def test_a_first_visit_says_what_to_do_and_shows_an_example(lang: str | None, words: tuple[str, ...]) -> None:
    app = begin(lang)
    shown = said(app)
    assert all(word in shown for word in words)
    assert len(listed(app)) == 9  # the options of the seafood plant
    assert titles() == []  # looking stores nothing


def test_a_new_assessment_begins_with_the_last_full_year() -> None:
    app = press(begin(), "go_new")
    document = the_one().document
    start_, end = document["baseline"]["start"], document["baseline"]["end"]
    assert (start_[4:], end[4:]) == ("-01-01", "-12-31")
    assert start_[:4] == end[:4]
    assert app.query_params[PARAMETER] == document["id"]
    assert "Cơ sở và kỳ đánh giá" in said(app)


def test_the_example_opens_as_a_copy_that_may_be_changed() -> None:
    app = press(begin(), "go_example")
    document = the_one().document
    assert document["options"] == SEAFOOD["options"]
    assert document["id"] != SEAFOOD["id"]
    assert document["title"].startswith("Ví dụ: ")
    assert len(listed(app)) == 9


def test_an_example_that_was_not_changed_is_opened_again_and_a_changed_one_kept() -> None:
    press(begin(), "go_example")
    press(begin(), "go_example")
    (title,) = titles()
    revision = the_one()
    changed = {**revision.document, "note": "đã sửa"}
    shown = project(evaluate(changed, RankRequest(as_of=AS_OF)), changed)
    library.save(repository(), LOCAL, revision, changed, lambda _: shown, datetime.now(UTC))
    press(begin(), "go_example")
    assert sorted(titles()) == [title, f"{title} (2)"]


def test_an_industry_opens_with_its_lesson() -> None:
    app = begin()
    app.selectbox(key="industry").set_value("vn_cassava").run()
    assert "Mêtan tránh được từ hồ kỵ khí hở" in said(app)
    press(app, "go_industry")
    assert the_one().document["facility"]["sector"] == "cassava"


def test_a_programme_without_investment_opens_unfinished() -> None:
    app = begin()
    app.selectbox(key="industry").set_value("soc_trang_2013").run()
    app = press(app, "go_industry")
    assert "chưa nhập vốn đầu tư" in said(app)


def test_a_plant_opens_too() -> None:
    app = begin()
    chosen = app.selectbox(key="plant").value
    press(app, "go_plant")
    assert [o["id"] for o in the_one().document["options"]] == [o.id for o in load_example(chosen).options]


def test_what_was_saved_is_listed_and_opens() -> None:
    stored({**DAIRY, "title": "Nhà máy sữa"})
    app = begin()
    shown = said(app)
    assert "Nhà máy sữa" in shown
    assert "Ví dụ: kết quả" not in shown  # one's own work comes first
    press(app, f"open_{the_one().assessment_id}")
    assert len(listed(app)) == 6


def test_rename_copy_bin_and_back() -> None:
    one = stored({**DAIRY, "title": "Nhà máy <b>sữa</b>"})
    app = begin()
    app.text_input(key=f"title_{one}").set_value("Nhà máy bia").run()
    assert titles() == ["Nhà máy bia"]
    app.text_input(key=f"title_{one}").set_value("   ").run()
    assert titles() == ["Nhà máy bia"]  # a name of nothing is none

    press(app, f"copy_{one}")
    assert sorted(titles()) == ["Nhà máy bia", "Nhà máy bia (bản sao)"]

    press(app, f"bin_{one}")
    assert titles() == ["Nhà máy bia (bản sao)"]
    assert titles(binned=True) == ["Nhà máy bia"]
    press(app, f"restore_{one}")
    assert sorted(titles()) == ["Nhà máy bia", "Nhà máy bia (bản sao)"]


def test_what_goes_into_the_bin_is_closed() -> None:
    one = stored(DAIRY)
    app = page("ranking", document=DAIRY)
    app.query_params[PARAMETER] = one
    turn_to(app, "start")
    press(app, f"bin_{one}")
    assert PARAMETER not in app.query_params


def test_a_long_list_shows_its_latest_first() -> None:
    for number in range(12):
        stored({**DAIRY, "title": f"Xưởng {number}"})
    app = begin()
    assert sum(b.label == "Mở" for b in app.button) == 10
    press(app, "show_more")
    assert sum(b.label == "Mở" for b in app.button) == 12


def upload(app: AppTest, name: str, content: str | bytes) -> AppTest:
    """Give a file as the browser does."""
    data = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
    assert not app.exception
    return app


def test_a_good_file_opens_at_once() -> None:
    app = upload(begin(), "giải pháp.csv", f"{TABLE}A,Biến tần,120 triệu,60 triệu,10\n")
    assert [o["name"] for o in the_one().document["options"]] == ["Biến tần"]
    assert listed(app)[0].startswith("Biến tần")


def test_a_file_with_faults_shows_them_all_and_keeps_its_good_rows() -> None:
    app = upload(begin(), "giải pháp.csv", f"{TABLE}A,Biến tần,120 triệu,60 triệu,10\nB,Đèn,nhiều,,0\n")
    shown = said(app)
    assert "nhiều" in shown
    assert "Số chỗ" in shown or "chỗ cần sửa" in shown
    assert titles() == []  # nothing is taken unasked
    press(app, "correct_here")
    document: dict[str, Any] = the_one().document
    assert [o["name"] for o in document["options"]] == ["Biến tần", "Đèn"]
    assert {draft["id"]: draft["text"] for draft in document["drafts"]}["options/B/capex"] == "nhiều"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rỗng.csv", b""),
        ("đầu dòng.csv", TABLE.encode()[:20]),
        ("hỏng.json", b'{"schema_version": 1,'),
        ("nén.json", b"PK\x03\x04" + bytes(200)),
        ("ảnh.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("lớn.csv", b"x" * 31_000_000),
    ],
)
def test_a_file_that_cannot_be_used_says_why(name: str, content: bytes) -> None:
    app = upload(begin(), name, content)
    assert name in said(app)
    assert titles() == []


@pytest.mark.parametrize(
    ("lang", "where"),
    [("vi", "giải pháp 1, khoản vốn đầu tư 1, số tiền"), ("en", "option 1, cost item 1, the amount")],
)
def test_a_fault_of_a_document_names_its_field_as_the_screen_does(lang: str, where: str) -> None:
    wrong = {"id": "A", "name": "A", "technical_life_years": 10, "annual_saving": 5}
    wrong["capex"] = [{"kind": "equipment", "amount": {"amount": "nhiều", "currency": "VND"}}]
    document = {"schema_version": 1, "id": "a", "title": "T", "facility": {}, "options": [wrong]}
    shown = said(upload(begin(lang), "a.json", json.dumps(document)))
    assert where in shown
    assert "options[" not in shown
    assert ("cơ sở, tên" if lang == "vi" else "the facility, the name") in shown


def test_the_sample_table_opens() -> None:
    press(begin(), "go_sample")
    assert len(the_one().document["options"]) > 1


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_library_that_cannot_be_opened_says_what_to_do(lang: str) -> None:
    folder = data_folder()
    (folder / "sxsh.sqlite3").write_bytes(b"no database" * 100)
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    assert app.error
    assert (folder / "sxsh.sqlite3").read_bytes() == b"no database" * 100


def test_a_workbook_with_faults_can_be_had_marked() -> None:
    book = load_workbook(io.BytesIO(write_workbook(load_example("vn_seafood"), Wording("vi"), AS_OF)))
    sheet = next(s for s in book if any(c.value == "sxsh:options:technical_life_years" for c in s[1]))
    life = next(c.column for c in sheet[1] if c.value == "sxsh:options:technical_life_years")
    sheet.cell(3, life).value = "lâu lắm"
    data = io.BytesIO()
    book.save(data)
    app = upload(begin(), "của tôi.xlsx", data.getvalue())
    assert "lâu lắm" in said(app)
    marked = app.session_state["marked_copy"]
    again = load_workbook(io.BytesIO(marked))
    assert any("lâu lắm" in str(cell.value) for row in again.worksheets[0].iter_rows() for cell in row)
    press(app, "correct_here")
    assert len(the_one().document["options"]) == 9


def test_a_file_of_sources_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = message("funding.file.not_toml", what="x =").at(file="sources/quy_moi.toml", row=3)
    monkeypatch.setattr(money, "default_register", lambda: Register({}, {}, (fault,)))
    monkeypatch.setattr(shell, "loaded", Event())
    assert "quy_moi.toml" not in said(begin())  # the first page does not wait for the sources
    shell.loaded.set()
    assert "quy_moi.toml" in said(begin())

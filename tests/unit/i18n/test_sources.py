"""Sources of money in words: articles, refusals, what to ask, names of sectors, two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from sxsh_options.funding import Match, default_register
from sxsh_options.funding.schema import Reference
from sxsh_options.i18n import Wording, sources
from sxsh_options.model import Assessment
from sxsh_options.services.money import sources_for
from sxsh_options.services.plans import changes_between
from tests.builders import assessment, option

VI, EN = Wording("vi"), Wording("en")
DAY = date(2026, 11, 23)
CODE = re.compile(r"\b(?:sources|funding|match|facility)\.[a-z_]+|\b[a-z]+_[a-z_]+\b")


def plant(project: dict[str, Any] | None = None, **facility: Any) -> Assessment:
    return assessment(option(capex=1e9), facility={"name": "P", **facility}, project=project or {})


def of(source: str, given: Assessment, day: date = DAY) -> Match:
    return next(match for match in sources_for(given, day).found if match.source.id == source)


# Articles


@pytest.mark.parametrize(
    ("article", "english"),
    [
        ("Điều 8", "Article 8"),
        ("Điều 1.1; Điều 5", "Article 1.1; Article 5"),
        ("khoản 2 Điều 7", "clause 2 Article 7"),
        ("Phụ lục II", "Annex II"),
        ("điểm a khoản 1 Điều 4 và Điều 5", "point a clause 1 Article 4 and Article 5"),
        ("2016–2017", "2016–2017"),
        ("", ""),
    ],
)
def test_articles_in_both_languages(article: str, english: str) -> None:
    reference = Reference(title="Nghị định 235/2025/NĐ-CP", article=article, evidence="read")
    assert sources.article(reference, VI) == article
    assert sources.article(reference, EN) == english
    assert sources.citation(reference, EN) == f"Nghị định 235/2025/NĐ-CP {english}".strip()


def references(of_: object) -> Iterator[Reference]:
    if isinstance(of_, Reference):
        yield of_
    elif isinstance(of_, BaseModel):
        for name in type(of_).model_fields:
            yield from references(getattr(of_, name))
    elif isinstance(of_, tuple):
        for each in of_:
            yield from references(each)


def test_no_article_of_the_register_is_left_in_vietnamese() -> None:
    register = default_register()
    all_of_them = [*register.sources.values(), *register.criteria.values()]
    left = {
        said
        for each in all_of_them
        for reference in references(each)
        if re.search(r"[^\x00-\x7f–’]", said := sources.article(reference, EN))
    }
    assert not left


# Refused for good


@pytest.mark.parametrize(
    ("source", "facility", "vi", "en"),
    [
        ("gctf", {"employees_insured": 600}, "nguồn đã đóng", "the source is closed"),
        (
            "khuyen_cong_binh_duong_may_moc",
            {"province": "Thanh Hóa"},
            "chỉ dành cho cơ sở ở Bình Dương (cũ)",
            "only for establishments in the former Bình Dương",
        ),
        (
            "khuyen_cong_thanh_hoa_may_moc",
            {"province": "Cần Thơ"},
            "chỉ dành cho cơ sở ở Thanh Hóa",
            "only for establishments in Thanh Hóa",
        ),
        (
            "khuyen_cong_may_moc",
            {"previous_state_support": [{"id": "s", "cost_item": "machinery"}]},
            "ngân sách đã hỗ trợ khoản chi này (Máy móc, thiết bị)",
            "the state has already paid for this item (Machinery)",
        ),
    ],
)
def test_why_nothing_can_be_done(source: str, facility: dict[str, Any], vi: str, en: str) -> None:
    match = of(source, plant(**facility))
    assert (vi in sources.refusals(match, VI), en in sources.refusals(match, EN)) == (True, True)


def test_a_source_that_ended_and_one_that_was_not_yet() -> None:
    ended = of("khuyen_cong_hau_giang_may_moc", plant(province="Cần Thơ"))
    assert "nguồn đã hết hiệu lực ngày 13/05/2018" in sources.refusals(ended, VI)
    early = of("nd240_lai_suat", plant(), date(2024, 1, 1))
    assert sources.refusals(early, EN) == ["there was no such source before 26 Jun 2026"]


def test_what_can_be_mended_is_no_refusal_for_good() -> None:
    match = of("khuyen_cong_may_moc", plant(legal_form="enterprise", employees_insured=600))
    assert match.verdict == "not_eligible"
    assert sources.refusals(match, VI) == []


# To be asked


def test_what_to_answer_is_called_as_on_its_form() -> None:
    given = plant(legal_form="enterprise", province="Thanh Hóa")
    fields, project = sources.to_answer(of("khuyen_cong_trinh_dien", given), given.facility, VI)
    assert fields[0] == "số lao động đóng bảo hiểm xã hội"
    assert project == ["công nghệ, sản phẩm chưa cơ sở nào trong địa bàn áp dụng"]


def test_conditions_are_asked_of_those_who_run_the_source() -> None:
    given = plant()
    match = of("nd240_lai_suat", given)
    assert [each.is_condition for each in match.criteria].count(True) == 1
    (condition,) = sources.to_ask_others(match, given.facility, VI)
    assert condition.startswith("khoản vay")
    assert sources.whom_to_ask(match.source, VI) == "ngân hàng hoặc quỹ cho vay"
    assert sources.whom_to_ask(of("khuyen_cong_may_moc", given).source, VI) == "Sở Công Thương"


@pytest.mark.parametrize("wording", [VI, EN])
@pytest.mark.parametrize("day", [DAY, date(2024, 6, 1), date(2013, 1, 1)])
def test_every_open_source_says_what_to_do_about_it(wording: Wording, day: date) -> None:
    """Where the verdict is open there is something to answer or to ask; where it is closed, why."""
    for facility in ({}, {"province": "Cần Thơ", "ownership": "foreign", "sector": "seafood"}):
        given = plant(**facility)
        for match in sources_for(given, day).found:
            mend = [test for each in match.criteria for test in each.to_mend]
            if match.verdict == "undetermined":
                answers = sources.to_answer(match, given.facility, wording)
                others = sources.to_ask_others(match, given.facility, wording)
                is_rate = any("investment_usd" in each.to_ask for each in match.criteria)
                assert any(answers) or others or is_rate, match.source.id
                assert not CODE.search(" ".join([*answers[0], *answers[1], *others])), match.source.id
            elif match.verdict == "not_eligible":
                assert sources.refusals(match, wording) or mend, match.source.id


# Names


def test_sectors_are_named() -> None:
    given = plant(sector="seafood")
    (sectors,) = (each for each in of("pecsme", given, date(2008, 1, 1)).criteria if "sector" in each.id)
    vi, en = sources.required(sectors, VI)[0], sources.required(sectors, EN)[0]
    assert "chế biến thủy sản" in vi
    assert "xay xát lúa gạo" in vi
    assert "rice milling" in en
    assert "rice_mill" not in vi + en
    assert sources.observed(sectors, EN) == "Line of industry: seafood processing"
    assert sources.sector_said("đóng tàu", EN) == "đóng tàu"


def test_a_size_takes_few_lines() -> None:
    given = plant(legal_form="enterprise", employees_insured=600, revenue_vnd=4e11, capital_vnd=3e11)
    (size,) = (each for each in of("khuyen_cong_may_moc", given).criteria if each.id == "khuyen_cong_sme")
    lines = sources.required(size, VI)
    assert [line.split(":")[0] for line in lines] == [
        "Loại hình",
        "Nhóm ngành",
        "Số lao động",
        "Doanh thu năm trước để phân loại quy mô",
    ]
    assert not any("một trong" in line for line in lines)


def test_the_cost_that_a_share_is_of() -> None:
    given = plant(legal_form="household", province="Thanh Hóa")
    (item,) = of("khuyen_cong_may_moc", given).items
    assert sources.cost_said(item, EN).replace("\u00a0", " ") == "1 billion ₫ of equipment, installation"


# Two days


@pytest.mark.parametrize("wording", [VI, EN])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (date(2025, 10, 14), date(2025, 10, 15)),
        (date(2017, 6, 1), date(2026, 6, 1)),
        (date(2013, 1, 1), date(2019, 1, 1)),
        (date(2026, 6, 1), date(2025, 6, 1)),
    ],
)
def test_two_cells_are_never_equal_and_never_empty(wording: Wording, first: date, second: date) -> None:
    for facility in (
        {},
        {"province": "TP. Hồ Chí Minh", "province_before_merger": "Bình Dương"},
        {"province": "Cần Thơ", "legal_form": "household", "district_kind_before_merger": "huyen"},
    ):
        for change in changes_between(plant(**facility), first, second):
            one, other = sources.difference(change, wording)
            assert one, change.after.source.id
            assert other, change.after.source.id
            assert one != other, change.after.source.id

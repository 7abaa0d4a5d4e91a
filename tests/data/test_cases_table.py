"""The cases that ship: complete, in both languages, and as their sources print them."""

from __future__ import annotations

import re

import pytest

from sxsh_options.options.cases import Money, PublishedCase, published_cases

CASES = published_cases()
FOREIGN = re.compile(r"\b(the|and|of|with|year|saving|investment|per)\b", re.IGNORECASE)


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> PublishedCase:
    return CASES[request.param]


def test_nothing_was_left_behind() -> None:
    assert len(CASES) == 113


@pytest.mark.parametrize(
    ("case_id", "investment", "saving"),
    [
        ("C002", None, Money(616_100_000, "VND")),
        ("C025", Money(155_000_000, "VND"), Money(490_000_000, "VND")),
        ("C038", Money(13_030, "USD"), Money(22_100, "USD")),
        ("C054", Money(1_000_000, "EUR"), Money(1_200_000, "EUR")),
        ("C108", None, Money(112_000_000, "THB")),
        ("C117", Money(13_814_788, "MXN"), Money(16_357_280, "MXN")),
        ("C212", Money(107_000_000_000, "VND"), None),
    ],
)
def test_amounts_are_those_of_the_source(
    case_id: str, investment: Money | None, saving: Money | None
) -> None:
    assert (CASES[case_id].investment, CASES[case_id].annual_saving) == (investment, saving)


def test_schemes_of_a_province_are_not_called_industrial_promotion() -> None:
    for case_id in ("C129", "C130"):
        source = CASES[case_id].support_source
        assert source is not None
        assert "Ngân sách tỉnh" in source["vi"]
        assert "khuyến công" not in source["vi"].lower()


def test_the_vietnamese_words_are_vietnamese(case: PublishedCase) -> None:
    named = re.compile("|".join(map(re.escape, (case.enterprise["en"], case.source))))
    for text in (case.option, case.remark, case.other, case.material, case.fuel, case.year):
        if text is not None:
            assert not FOREIGN.search(named.sub("", text["vi"])), text["vi"]
            assert text["vi"]
            assert text["en"]


def test_a_case_says_where_it_is_from(case: PublishedCase) -> None:
    assert case.source
    assert " " not in case.url


def test_a_flag_that_withholds_says_why(case: PublishedCase) -> None:
    if case.flag != "ok":
        assert case.remark is not None


def test_figures_are_of_their_size(case: PublishedCase) -> None:
    """A printed kWh for MWh, or thousand for million, shows in the price that it implies."""
    saving, kwh = case.annual_saving, case.electricity_kwh
    if saving is None or saving.currency != "VND" or not kwh or "annual_saving" in case.withheld:
        return
    if "electricity_kwh" not in case.withheld:
        assert 500 <= saving.amount / kwh <= 4000

"""What is told of a rule: the branch that matters, since when it holds, and what nobody can mend."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sxsh_options.funding import Match, default_register, match
from sxsh_options.funding.eligibility import result_of, that_matters
from sxsh_options.funding.rules import Rule
from tests.builders import assessment, option

DAY = date(2026, 11, 23)
HOUSEHOLD = {"field": "legal_form", "one_of": ["household"]}
ENTERPRISE = {"field": "legal_form", "one_of": ["enterprise"]}
FEW = {"field": "employees_insured", "at_most": 200}
SMALL = {"field": "revenue_vnd", "at_most": 200e9}
LITTLE = {"field": "capital_vnd", "at_most": 100e9}
SIZE = {"any": [HOUSEHOLD, {"all": [ENTERPRISE, {"all": [FEW, {"any": [SMALL, LITTLE]}]}]}]}
FIELDS = ("legal_form", "employees_insured", "revenue_vnd", "capital_vnd")


def rule(written: dict[str, Any]) -> Rule:
    return Rule.model_validate(written)


def known(**facts: Any) -> dict[str, Any]:
    return {**dict.fromkeys(FIELDS), **facts}


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"legal_form": "household"}, HOUSEHOLD),  # met: no word of others
        ({"legal_form": "enterprise"}, {"all": [ENTERPRISE, FEW, {"any": [SMALL, LITTLE]}]}),  # not known
        (
            {"legal_form": "enterprise", "employees_insured": 90, "revenue_vnd": 300e9},
            {"all": [ENTERPRISE, FEW, LITTLE]},  # revenue is too much: capital is what remains to be known
        ),
        (
            {"legal_form": "enterprise", "employees_insured": 90, "revenue_vnd": 9e9, "capital_vnd": 9e9},
            {"all": [ENTERPRISE, FEW, {"any": [SMALL, LITTLE]}]},  # both are met
        ),
        (
            {"legal_form": "enterprise", "employees_insured": 600, "revenue_vnd": 4e11, "capital_vnd": 4e11},
            {"all": [ENTERPRISE, FEW, SMALL]},  # broken: it is nearer to shrink than to be a household
        ),
        ({}, {"any": [HOUSEHOLD, {"all": [ENTERPRISE, FEW, {"any": [SMALL, LITTLE]}]}]}),
    ],
)
def test_of_branches_the_one_that_matters_is_shown(facts: dict[str, Any], shown: dict[str, Any]) -> None:
    assert that_matters(rule(SIZE), known(**facts)) == rule(shown)


FACTS = st.fixed_dictionaries(
    {
        "legal_form": st.sampled_from([None, "household", "enterprise", "cooperative"]),
        "employees_insured": st.sampled_from([None, 10, 600]),
        "revenue_vnd": st.sampled_from([None, 1e9, 4e11]),
        "capital_vnd": st.sampled_from([None, 1e9, 4e11]),
    }
)


@given(FACTS)
def test_what_is_shown_comes_to_the_same(facts: dict[str, Any]) -> None:
    assert result_of(that_matters(rule(SIZE), facts), facts) == result_of(rule(SIZE), facts)


def test_a_rule_without_branches_stays_whole() -> None:
    whole = rule({"all": [ENTERPRISE, FEW]})
    assert that_matters(whole, known(legal_form="household")) == whole


def found(source: str, day: date = DAY, **facility: Any) -> Match:
    given = assessment(option(capex=1e9), facility={"name": "P", **facility})
    return next(each for each in match(given, day, default_register()) if each.source.id == source)


@pytest.mark.parametrize(
    ("source", "facility", "final"),
    [
        ("gctf", {"employees_insured": 600}, ["status"]),
        ("khuyen_cong_soc_trang_may_moc", {"province": "Thanh Hóa"}, ["location_province"]),
        ("su_nghiep_moi_truong", {}, ["beneficiary"]),
        ("khuyen_cong_may_moc", {"legal_form": "enterprise", "employees_insured": 600}, []),
    ],
)
def test_what_nobody_can_mend_is_told_apart(source: str, facility: dict[str, Any], final: list[str]) -> None:
    refused = found(source, **facility)
    assert [each.id for each in refused.criteria if each.is_final] == final
    assert not any(each.is_final and each.to_mend for each in refused.criteria)


def test_a_criterion_tells_since_when_it_has_stood_so() -> None:
    for day, since in ((date(2025, 10, 14), date(2021, 10, 15)), (date(2025, 10, 15), date(2025, 10, 15))):
        outcomes = {each.id: each for each in found("khuyen_cong_may_moc", day).criteria}
        assert outcomes["khuyen_cong_sme"].since == since
        assert not outcomes["khuyen_cong_sme"].is_since_assumed
        assert outcomes["status"].since is None

"""The papers of a source: what the assessment holds for them, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from sxsh_options.funding import default_register
from sxsh_options.model import Assessment
from sxsh_options.services.calendar import Filing, filing_for
from sxsh_options.services.dossier import Dossier, Part, missing_of
from tests.builders import assessment, electricity, option

DAY = date(2026, 11, 23)
PILOT = "khuyen_cong_thi_diem_sxsh"


def filing(*options: dict[str, Any], **rest: Any) -> Filing:
    return filing_for(assessment(*options, **rest), DAY)


def dossier(found: Filing, source_id: str = PILOT) -> Dossier:
    return next(each for each in found.dossiers if each.match.source.id == source_id)


def parts(found: Filing, form: str, source_id: str = PILOT) -> dict[str, Part]:
    papers = dossier(found, source_id).papers
    paper = next(each for each in papers if each.document.form == form)
    return {part.name: part for part in paper.parts}


def test_a_paper_says_what_is_there_and_what_is_missing() -> None:
    project = parts(filing(option(), baseline=electricity()), "project")
    assert project["name"].there
    assert project["flows"].there
    assert not project["production"].there
    assert not project["province"].there
    assert project["options"].there
    assert project["effects"].there
    assert project["lead_time_months"] == Part("lead_time_months", "options", False, ("A",))


def test_a_suggested_price_is_no_budget_yet() -> None:
    money = {"amount": 1e8, "currency": "VND"}
    suggested = option(capex=0) | {"capex": [{"kind": "equipment", "amount": money, "suggested": money}]}
    costs = parts(filing(option("A"), suggested | {"id": "B"}), "budget")["costs"]
    assert costs == Part("costs", "options", False, ("B",))
    assert parts(filing(option()), "budget")["costs"].there


def test_rejected_options_are_not_asked_about() -> None:
    rejected = option("B", decision={"triage": "rejected", "reason": "x"})
    assert parts(filing(option("A", lead_time_months=3), rejected), "project")["lead_time_months"].there


def test_papers_of_others_are_a_plain_list() -> None:
    papers = dossier(filing(option())).papers
    assert [each.document.filled_by for each in papers] == [
        *("applicant", "app", "app", "applicant", "applicant")
    ]
    assert all(bool(each.parts) == (each.document.filled_by == "app") for each in papers)


def test_the_declaration_of_size_asks_what_decides_size() -> None:
    facility = {"name": "A", "legal_form": "enterprise", "employees_insured": 0, "revenue_vnd": 1e9}
    size = parts(filing(option(), facility=facility), "size", "sme_tu_van")
    assert size["employees_insured"].there  # none is a number
    assert size["revenue_vnd"].there
    assert [name for name, part in size.items() if not part.there] == ["tax_code", "vsic", "capital_vnd"]


def test_a_title_in_place_of_the_name_does_not_count() -> None:
    given = assessment(option())
    assert not parts(filing_for(given, DAY, named=False), "project")["name"].there


def test_what_is_missing_is_said_once_by_where_it_is_entered() -> None:
    missing = missing_of(filing(option()).dossiers)
    assert list(missing) == ["facility", "flows", "options"]
    names = [part.name for parts in missing.values() for part in parts]
    assert len(names) == len(set(names))
    assert {"tax_code", "province", "flows", "lead_time_months"} <= set(names)


def test_a_dossier_that_nobody_has_read_has_no_papers() -> None:
    assert dossier(filing(option()), "vepf").papers == ()


def test_nothing_to_finance() -> None:
    empty: Assessment = assessment()
    found = filing_for(empty, DAY)
    assert not found.has_options
    project = parts(found, "project")
    assert not project["options"].there
    assert not project["effects"].there


def test_every_paper_of_the_app_in_the_register_can_be_asked_about() -> None:
    found = filing(option())
    asked = {p.document.form for d in found.dossiers for p in d.papers if p.document.filled_by == "app"}
    known = {paper.form for each in default_register().sources.values() for paper in each.dossier}
    assert asked == known - {None}

"""The awards that were published: the rules of their year must allow what was paid."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from sxsh_options.funding import default_register, match
from sxsh_options.parameters import DATA_FOLDER
from tests.builders import assessment

RURAL = {
    "name": "x",
    "legal_form": "household",
    "district_kind_before_merger": "huyen",
    "commune_kind_before_merger": "xa",
    "applies_cleaner_production": True,
}
UNKNOWN_COST = 1e12  # where the investment was not published, only the cap can be held against the award
MACHINERY, TREATMENT = "khuyen_cong_may_moc", "khuyen_cong_xu_ly_o_nhiem"
# Case, what it was for, and over how many establishments it was spread.
AWARDS = [
    *(("C064", MACHINERY, 1), ("C067", MACHINERY, 1), ("C068", MACHINERY, 1), ("C069", MACHINERY, 1)),
    *(("C070", MACHINERY, 1), ("C071", MACHINERY, 1), ("C073", MACHINERY, 1), ("C074", MACHINERY, 3)),
    *(("C078", MACHINERY, 1), ("C080", MACHINERY, 1), ("C081", MACHINERY, 1), ("C142", MACHINERY, 1)),
    ("C219", MACHINERY, 1),
]
# Not held: the rule of the time is not known, the figure is of a programme, or it was no khuyến công.
APART = {
    "C082": "assessment, a programme level",
    "C094": "pollution treatment in about 2019: the level of Circular 28/2018 has not been read",
    "C129": "a provincial scheme, not khuyến công",
    "C130": "a provincial scheme, not khuyến công",
}
PROGRAMMES = {"C088", "C089", "C091", "C092", "C132", "C133", "C221"}


def published() -> dict[str, dict[str, str]]:
    with (DATA_FOLDER / "cases.csv").open(encoding="utf-8", newline="") as file:
        return {row["case_id"]: row for row in csv.DictReader(file)}


def test_every_published_award_is_looked_at() -> None:
    found = {
        name
        for name, row in published().items()
        if row["row_type"] == "funding" and row["flag"] == "ok" and row["support_amount"]
    }
    assert found == {name for name, _, _ in AWARDS} | set(APART) | (PROGRAMMES & found)


@pytest.mark.parametrize(("case_id", "source_id", "establishments"), AWARDS)
def test_the_rules_of_the_year_allow_what_was_paid(case_id: str, source_id: str, establishments: int) -> None:
    row = published()[case_id]
    cost = float(row["investment"] or UNKNOWN_COST)
    option = {"id": "a", "name": "A", "technical_life_years": 9, "annual_saving": 1e6}
    option["capex"] = [{"id": "c", "kind": "equipment", "amount": cost}]  # type: ignore[assignment]
    as_of = date(int(row["year_en"]), 12, 31)
    found = next(
        each
        for each in match(assessment(option, facility=RURAL), as_of, default_register())
        if each.source.id == source_id
    )
    assert found.verdict == "eligible"
    assert found.amount_upper_bound_vnd is not None
    assert float(row["support_amount"]) <= establishments * found.amount_upper_bound_vnd + 1

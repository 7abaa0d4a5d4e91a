from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from sxsh_options.model.merging import Conflict, merge

BASE: dict[str, Any] = {
    "title": "Xưởng sữa",
    "facility": {"name": "Hà Nam", "employees_insured": 120},
    "options": [
        {"id": "a", "name": "Bóng đèn", "technical_life_years": 5, "excludes": ["b"]},
        {"id": "b", "name": "Lò hơi", "technical_life_years": 10},
    ],
}


def changed(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the base with other rows of options, or with other fields."""
    return {**BASE, **({"options": list(rows)} if rows else {}), **fields}


A, B = BASE["options"]


def test_different_fields_of_one_row_both_arrive() -> None:
    merged = merge(BASE, changed({**A, "name": "Đèn LED"}, B), changed({**A, "technical_life_years": 7}, B))
    assert merged.document["options"] == [{**A, "name": "Đèn LED", "technical_life_years": 7}, B]
    assert merged.conflicts == ()


def test_the_same_field_keeps_theirs_and_names_mine() -> None:
    merged = merge(BASE, changed({**A, "name": "Đèn LED"}, B), changed({**A, "name": "Đèn tuýp"}, B))
    assert merged.document["options"][0]["name"] == "Đèn tuýp"
    assert merged.conflicts == (Conflict("options/a/name", "Bóng đèn", "Đèn LED", "Đèn tuýp"),)


def test_the_same_change_twice_is_no_conflict() -> None:
    both = changed({**A, "name": "Đèn LED"}, B, title="Khác")
    merged = merge(BASE, both, changed({**A, "name": "Đèn LED"}, B, title="Khác"))
    assert merged.document == both
    assert merged.conflicts == ()


def test_a_part_that_both_made_is_merged_inside() -> None:
    mine, theirs = changed(baseline={"start": "2025-01-01"}), changed(baseline={"end": "2025-12-31"})
    assert merge(BASE, mine, theirs).document["baseline"] == {"start": "2025-01-01", "end": "2025-12-31"}


def test_a_field_that_one_cleared_and_the_other_changed() -> None:
    cleared = changed(facility={"name": "Hà Nam"})
    raised = changed(facility={"name": "Hà Nam", "employees_insured": 150})
    assert merge(BASE, cleared, raised).conflicts == (Conflict("facility/employees_insured", 120, None, 150),)
    assert merge(BASE, cleared, raised).document == raised
    assert merge(BASE, raised, cleared).conflicts == (Conflict("facility/employees_insured", 120, 150, None),)
    assert merge(BASE, raised, cleared).document == cleared


def test_new_rows_stand_behind_theirs_in_their_order() -> None:
    mine = changed({"id": "m1"}, A, B, {"id": "m2"})
    theirs = changed(B, {"id": "t"}, A)
    assert [row["id"] for row in merge(BASE, mine, theirs).document["options"]] == ["b", "t", "a", "m1", "m2"]


def test_a_row_that_one_removed_is_gone() -> None:
    assert merge(BASE, changed(A), changed(A, {**B})).document["options"] == [A]
    merged = merge(BASE, changed({**A, "name": "Đèn LED"}, B), changed(A))
    assert merged.document["options"] == [{**A, "name": "Đèn LED"}]
    assert merged.conflicts == ()


def test_a_row_that_one_removed_and_the_other_changed_stays() -> None:
    hotter = {**B, "name": "Lò hơi mới"}
    merged = merge(BASE, changed(A), changed(A, hotter))
    assert merged.document["options"] == [A, hotter]
    assert merged.conflicts == (Conflict("options/b", B, None, hotter, kept="theirs"),)
    merged = merge(BASE, changed(A, hotter), changed(A))
    assert merged.document["options"] == [A, hotter]
    assert merged.conflicts == (Conflict("options/b", B, hotter, None, kept="mine"),)


def test_lists_of_names_merge_as_sets() -> None:
    mine = changed({**A, "excludes": ["c"]}, B)  # without b, with c
    theirs = changed({**A, "excludes": ["b", "d"]}, B)
    merged = merge(BASE, mine, theirs)
    assert merged.document["options"][0]["excludes"] == ["d", "c"]
    assert merged.conflicts == ()


def test_money_is_one_value() -> None:
    """Half of each would be 200 US dollars that nobody entered."""
    base = {"options": [{"id": "a", "annual_saving": {"amount": 100, "currency": "VND"}}]}
    mine = {"options": [{"id": "a", "annual_saving": {"amount": 200, "currency": "VND"}}]}
    theirs = {"options": [{"id": "a", "annual_saving": {"amount": 100, "currency": "USD"}}]}
    merged = merge(base, mine, theirs)
    assert merged.document == theirs
    assert [(each.path, each.mine) for each in merged.conflicts] == [
        ("options/a/annual_saving", {"amount": 200, "currency": "VND"})
    ]


@pytest.mark.parametrize("field", ["quantity", "unit_price"])
def test_a_number_is_not_merged_with_another_unit(field: str) -> None:
    """8000 kWh made to 9000 here, and kWh to MWh there, is not 9000 MWh."""
    row = {"id": "f", "resource": "electricity", "quantity": 8000, "unit": "kWh", "unit_price": 2000}
    number, unit = {**row, field: 9000}, {**row, "unit": "MWh"}
    for mine, theirs in ((number, unit), (unit, number)):
        merged = merge({"flows": [row]}, {"flows": [mine]}, {"flows": [theirs]})
        assert merged.document == {"flows": [theirs]}
        left_out = {each.path.rpartition("/")[2]: each.mine for each in merged.conflicts}
        assert left_out["unit"] == mine["unit"]
        assert {**theirs, **left_out} == mine


def test_quantity_and_price_in_the_same_unit_both_arrive() -> None:
    row = {"id": "f", "quantity": 8000, "unit": "kWh", "unit_price": 2000}
    merged = merge(
        {"flows": [row]}, {"flows": [{**row, "quantity": 9000}]}, {"flows": [{**row, "unit_price": 2500}]}
    )
    assert merged.document == {"flows": [{**row, "quantity": 9000, "unit_price": 2500}]}
    assert merged.conflicts == ()


def test_drafts_merge_as_rows() -> None:
    path = "options/a/capex"
    base = changed(drafts=[{"id": path, "text": "12x"}])
    settled = changed()
    rewritten = changed(drafts=[{"id": path, "text": "12xx"}])
    other = changed(drafts=[*base["drafts"], {"id": "facility/revenue_vnd", "text": "?"}])
    assert [row["id"] for row in merge(base, rewritten, other).document["drafts"]] == [
        path,
        "facility/revenue_vnd",
    ]
    for mine, theirs in ((settled, rewritten), (rewritten, settled)):
        merged = merge(base, mine, theirs)
        assert merged.document == rewritten  # a fresh text is still somebody's work
        assert merged.conflicts == ()


def test_two_unreadable_texts_of_one_field() -> None:
    one, two = ([{"id": "options/a/capex", "text": text}] for text in ("12x", "x12"))
    merged = merge(BASE, changed(drafts=one), changed(drafts=two))
    assert merged.document == changed(drafts=two)
    assert merged.conflicts == (Conflict("drafts/options/a/capex/text", None, "12x", "x12"),)


def test_other_lists_are_leaves() -> None:
    merged = merge({"x": [1]}, {"x": [1, 2]}, {"x": [3]})
    assert merged.document == {"x": [3]}
    assert merged.conflicts == (Conflict("x", [1], [1, 2], [3]),)


def test_nothing_given_is_changed() -> None:
    base, mine, theirs = changed(), changed({**A, "name": "x"}, B), changed(A)
    copies = [repr(each) for each in (base, mine, theirs)]
    merge(base, mine, theirs)
    assert [repr(each) for each in (base, mine, theirs)] == copies


TERMS = {"rate": 0.08, "fixed_years": 1, "later_rate": 0.11, "term_years": 5, "grace_years": 1}
OTHERS = {"rate": 0.09, "fixed_years": 2, "later_rate": 0.12, "term_years": 2, "grace_years": 3}


@pytest.mark.parametrize(("mine", "theirs"), [*permutations(OTHERS, 2)])
def test_the_terms_of_a_loan_are_one(mine: str, theirs: str) -> None:
    """Two windows change one term each: both together are a loan that nobody entered."""

    def lent(**changed: float) -> dict[str, Any]:
        return {"financing": {"loans": [{"id": "l", **TERMS, **changed}]}}

    my, their = lent(**{mine: OTHERS[mine]}), lent(**{theirs: OTHERS[theirs]})
    merged = merge(lent(), my, their)
    assert merged.document == their
    lost = Conflict(f"financing/loans/l/{mine}", TERMS[mine], OTHERS[mine], TERMS[mine])
    assert lost in merged.conflicts


def test_the_rest_of_a_loan_is_not_one_with_its_terms() -> None:
    base = {"financing": {"loans": [{"id": "l", **TERMS}]}}
    named = {"financing": {"loans": [{"id": "l", **TERMS, "name": "Ngân hàng"}]}}
    dearer = {"financing": {"loans": [{"id": "l", **TERMS, "rate": 0.09}]}}
    merged = merge(base, named, dearer)
    assert merged.document == {
        "financing": {"loans": [{"id": "l", **TERMS, "rate": 0.09, "name": "Ngân hàng"}]}
    }
    assert merged.conflicts == ()

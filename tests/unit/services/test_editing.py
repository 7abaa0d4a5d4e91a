"""Changes to a document: exactly what was meant changes, and what was given stays as it was."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sxsh_options.services import editing

DOCUMENT: dict[str, Any] = {
    "title": "Xưởng in",
    "facility": {"name": "Xưởng in"},
    "options": [
        {"id": "option1", "name": "Đèn LED", "requires": ["option2"], "capex": [{"id": "cost1"}]},
        {"id": "option2", "name": "Biến tần", "excludes": []},
    ],
}


@pytest.fixture
def document() -> Any:
    given = copy.deepcopy(DOCUMENT)
    yield given
    assert given == DOCUMENT  # never changed in place


def test_values_are_found_by_keys_and_ids(document: Any) -> None:
    assert editing.get(document, ("options", "option2", "name")) == "Biến tần"
    assert editing.get(document, ("options", "option1", "capex", "cost1", "id")) == "cost1"
    assert editing.get(document, ("options", "option9", "name")) is None
    assert editing.get(document, ("facility", "province"), "–") == "–"
    assert editing.get(document, ("title", "name")) is None


def test_put_changes_one_place(document: Any) -> None:
    changed = editing.put(document, ("options", "option2", "name"), "Biến tần bơm")
    assert changed["options"][1] == {"id": "option2", "name": "Biến tần bơm", "excludes": []}
    assert changed["options"][0] is document["options"][0]


def test_put_makes_tables_but_no_rows(document: Any) -> None:
    changed = editing.put(document, ("assumptions", "tax", "profile"), "company")
    assert changed["assumptions"] == {"tax": {"profile": "company"}}
    with pytest.raises(KeyError):
        editing.put(document, ("options", "option9", "name"), "x")


def test_nothing_takes_the_field_away(document: Any) -> None:
    assert editing.put(document, ("facility", "name"), None)["facility"] == {}
    assert "title" not in editing.put(document, ("title",), None)


def test_a_new_row_gets_an_id_of_its_own(document: Any) -> None:
    first = editing.add_row(document, ("options",), {"name": "Mới"}, "option")
    other = editing.add_row(document, ("options",), {"name": "Mới"}, "option")
    ids = {changed["options"][-1]["id"] for changed in (first, other)}
    assert len(ids) == 2  # as if two windows had added one each
    assert all(row_id.startswith("option-") for row_id in ids)
    assert first["options"][:-1] == document["options"]
    named = editing.add_row(document, ("baseline", "flows"), {"id": "flow1"}, "flow")
    assert named["baseline"]["flows"] == [{"id": "flow1"}]


def test_a_row_goes_with_its_drafts_and_the_links_to_it(document: Any) -> None:
    document = editing.with_draft(document, ("options", "option2", "capex"), "nhiều")
    document = editing.with_draft(document, ("options", "option20", "capex"), "ít")
    changed = editing.remove_row(document, ("options", "option2"))
    assert [option["id"] for option in changed["options"]] == ["option1"]
    assert changed["options"][0]["requires"] == []
    assert changed["drafts"] == [{"id": "options/option20/capex", "text": "ít"}]


def test_a_draft_is_kept_until_its_field_is_settled(document: Any) -> None:
    path = ("options", "option1", "capex")
    drafted = editing.with_draft(document, path, "sáu trăm")
    drafted = editing.with_draft(drafted, path, "sáu trăm triệu")
    assert editing.draft(drafted, path) == "sáu trăm triệu"
    assert drafted["drafts"] == [{"id": "options/option1/capex", "text": "sáu trăm triệu"}]
    settled = editing.settle(drafted, path, [])
    assert editing.draft(settled, path) is None
    assert "drafts" not in settled
    assert settled["options"][0]["capex"] == []


def test_what_is_no_part_of_the_assessment_is_set_aside(document: Any) -> None:
    full = {
        **document,
        "number_style": "comma_decimal",
        "drafts": [{"id": "title", "text": ""}],
        "conflicts": [],
    }
    assert editing.bare(full) == document


def test_a_decided_conflict_is_gone(document: Any) -> None:
    both = {**document, "conflicts": [{"id": "title", "mine": "A"}, {"id": "facility/name", "mine": "B"}]}
    left = editing.without_conflict(both, ("title",))
    assert left["conflicts"] == [{"id": "facility/name", "mine": "B"}]
    assert "conflicts" not in editing.without_conflict(left, ("facility", "name"))

"""A pasted block says itself how its numbers are written; what it does not say is asked, never guessed."""

from __future__ import annotations

from typing import Any

from sxsh_options.services.option_cells import Cell, Manner, enter, unread

VIETNAMESE = Manner({}, "comma_decimal", "comma_decimal")  # who has written numbers the Vietnamese way before
ENERGY = "saving:electricity"


def document(*ids: str) -> dict[str, Any]:
    return {"title": "Xưởng", "options": [{"id": option, "name": option} for option in ids]}


def saved_kwh(document: dict[str, Any]) -> dict[str, float | None]:
    return {
        option["id"]: next((row["quantity"] for row in option.get("savings", [])), None)
        for option in document["options"]
    }


def test_each_row_of_a_mixed_block_is_read_in_its_own_style() -> None:
    cells = [
        Cell("A", "capex", "100,000,000"),
        Cell("A", ENERGY, "50,000"),
        Cell("B", "capex", "100.000.000"),
        Cell("B", ENERGY, "50.000"),
    ]
    read = enter(document("A", "B"), cells, VIETNAMESE)
    assert saved_kwh(read) == {"A": 50_000.0, "B": 50_000.0}
    assert "drafts" not in read


def test_a_row_without_a_sign_of_its_style_is_asked_about_where_the_others_differ() -> None:
    cells = [
        Cell("A", "capex", "100,000,000"),
        Cell("B", "capex", "100.000.000"),
        Cell("C", ENERGY, "50,000"),
    ]
    read = enter(document("A", "B", "C"), cells, VIETNAMESE)
    assert saved_kwh(read)["C"] is None
    (asked,) = unread(read, ("capex", ENERGY), VIETNAMESE)
    assert asked.cell == Cell("C", ENERGY, "50,000")
    assert {meaning.number for meaning in asked.meanings} == {50_000.0, 50.0}


def test_the_habit_of_who_pastes_says_nothing_of_the_block() -> None:
    cells = [Cell("A", ENERGY, "50,000"), Cell("B", ENERGY, "8,250")]
    read = enter(document("A", "B"), cells, VIETNAMESE)
    assert saved_kwh(read) == {"A": None, "B": None}
    assert len(read["drafts"]) == 2


def test_one_sign_anywhere_decides_for_a_block_of_one_style() -> None:
    cells = [Cell("A", "capex", "1,000,000"), Cell("B", ENERGY, "50,000")]
    assert saved_kwh(enter(document("A", "B"), cells, VIETNAMESE))["B"] == 50_000.0

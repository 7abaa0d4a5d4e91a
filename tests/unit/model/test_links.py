"""References inside an assessment."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sxsh_options.model import broken_links
from tests.builders import assessment, electricity, option


def codes(found: list) -> list[str]:
    return [message.code for message in found]


def test_a_sound_assessment_has_no_broken_links() -> None:
    sound = assessment(option("A", requires=["B"]), option("B", excludes=["C"]), option("C"))
    assert broken_links(sound) == []


def test_every_fault_is_named_at_once() -> None:
    broken = assessment(
        option("A", requires=["X"], excludes=["A"]),
        option("B", savings=[{"resource": "water", "percent": 10, "of_flow": "power"}]),
        option("C", savings=[{"resource": "water", "percent": 10, "of_flow": "nowhere"}]),
        option("D", requires=["A"], excludes=["A"], opex_change={"amount": 3, "currency": "USD"}),
        baseline=electricity(),
    )
    assert codes(broken_links(broken)) == [
        "link.names_itself",
        "link.unknown_option",
        "link.wrong_resource",
        "link.unknown_flow",
        "link.requires_excluded",
        "link.no_exchange_rate",
    ]


def test_a_circle_of_prerequisites_is_named_with_its_path() -> None:
    ring = assessment(option("A", requires=["B"]), option("B", requires=["C"]), option("C", requires=["A"]))
    (found,) = broken_links(ring)
    assert found.code == "link.circular"
    assert found.params["options"] == "A → B → C → A"


def test_two_ways_to_one_prerequisite_are_no_circle() -> None:
    diamond = assessment(
        option("A", requires=["B", "C"]),
        option("B", requires=["D"]),
        option("C", requires=["D"]),
        option("D"),
    )
    assert broken_links(diamond) == []


def test_rows_without_ids_get_stable_ones_beside_those_given() -> None:
    cost = {"kind": "equipment", "amount": 1}
    rows = assessment(option("A", capex=0) | {"capex": [cost, cost | {"id": "cost1"}, cost]}).options[0].capex
    assert [row.id for row in rows] == ["cost2", "cost1", "cost3"]


@pytest.mark.parametrize(
    "saving",
    [
        {"resource": "water"},
        {"resource": "water", "quantity": 1},
        {"resource": "water", "quantity": 1, "unit": "m3", "percent": 5},
        {"resource": "water", "percent": 5},
        {"resource": "water", "percent": 101, "of_flow": "f"},
    ],
)
def test_a_saving_is_a_quantity_or_a_percentage_of_a_flow(saving: dict) -> None:
    with pytest.raises(ValidationError):
        assessment(option("A", savings=[saving]))


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [("2025-01-01", "2025-12-31", 1.0), ("2024-01-01", "2024-12-31", 1.0), ("2023-01-01", "2024-12-31", 2.0)],
)
def test_calendar_years_count_as_whole_years(start: str, end: str, years: float) -> None:
    baseline = assessment(baseline={"start": start, "end": end}).baseline
    assert baseline is not None
    assert baseline.years == years


def test_a_quarter_is_its_share_of_the_days_of_a_year() -> None:
    baseline = assessment(baseline={"start": "2025-01-01", "end": "2025-03-31"}).baseline
    assert baseline is not None
    assert baseline.years == pytest.approx(90 / 365.25)


@pytest.mark.parametrize("wrong", [[], {}, 7, None])
def test_an_id_of_any_wrong_type_is_a_validation_error(wrong: object) -> None:
    with pytest.raises(ValidationError):
        assessment(option("A", capex=0) | {"capex": [{"id": wrong, "kind": "equipment", "amount": 1}]})


def test_a_long_chain_of_prerequisites_is_followed_quickly_enough() -> None:
    chain = [option(f"O{i}", requires=[f"O{i + 1}"]) for i in range(5000)]
    assert broken_links(assessment(*chain, option("O5000"))) == []

"""What must hold for any list of options: order of rows, unit of money, joint savings, documents."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sxsh_options.errors import InputError
from sxsh_options.model import Assessment
from sxsh_options.options import annual_flows, combined_shares, saving_rows
from sxsh_options.services.ranking import RankRequest, rank
from tests.builders import AS_OF, assessment, electricity, option

CRITERIA = ("payback", "npv", "co2e", "score")
ANSWERS = st.sampled_from([None, "good", "manageable", "fails"])


@st.composite
def options(draw: st.DrawFn, index: int) -> dict[str, Any]:
    saving = draw(st.integers(-50, 500)) * 1e6
    kwh = draw(st.integers(0, 200)) * 1000.0
    given: dict[str, Any] = option(
        f"O{index}",
        capex=draw(st.integers(0, 900)) * 1e6,
        saving=saving,
        technical_life_years=draw(st.sampled_from([3, 5, 8, 10])),
    )
    if kwh:
        given["savings"] = [{"resource": "electricity", "quantity": kwh, "unit": "kWh"}]
    answer = draw(ANSWERS)
    if answer:
        given["feasibility"] = {"quality": answer}
    return given


@st.composite
def lists_of_options(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [draw(options(index)) for index in range(draw(st.integers(1, 7)))]


def ranks(rows: list[dict[str, Any]], by: str) -> dict[str, tuple[int | None, int | None]]:
    result = rank(assessment(*rows), RankRequest(as_of=AS_OF, by=by))  # type: ignore[arg-type]
    return {row.option_id: (row.rank, row.tier) for row in result.options}


@settings(max_examples=60, deadline=None)
@given(rows=lists_of_options(), by=st.sampled_from(CRITERIA), data=st.data())
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], by: str, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert ranks(rows, by) == ranks(list(shuffled), by)


@settings(max_examples=60, deadline=None)
@given(rows=lists_of_options(), by=st.sampled_from(CRITERIA), scale=st.sampled_from([1e-3, 0.5, 3.0, 1e4]))
def test_the_unit_of_money_does_not_matter(rows: list[dict[str, Any]], by: str, scale: float) -> None:
    scaled = []
    for row in rows:
        copy = dict(row)
        if "capex" in row:
            copy["capex"] = [{"kind": "equipment", "amount": row["capex"][0]["amount"] * scale}]
        copy["annual_saving"] = row["annual_saving"] * scale
        scaled.append(copy)
    assert ranks(rows, by) == ranks(scaled, by)


@settings(max_examples=60, deadline=None)
@given(rows=lists_of_options(), by=st.sampled_from(CRITERIA))
def test_a_better_rank_never_means_a_worse_figure(rows: list[dict[str, Any]], by: str) -> None:
    result = rank(assessment(*rows), RankRequest(as_of=AS_OF, by=by))  # type: ignore[arg-type]
    inside = [row for row in result.options if row.rank is not None]
    figure = {
        "payback": lambda row: row.simple_payback_years if row.payback_status != "never" else float("inf"),
        "npv": lambda row: -row.npv_vnd,
        "equivalent_annual": lambda row: -row.equivalent_annual_vnd,
        "co2e": lambda row: -row.co2e_t_per_year,
        "score": lambda row: -(row.scores.total or 0.0),
    }[result.measure]
    for first, second in pairwise(inside):
        assert first.rank <= second.rank  # type: ignore[operator]
        assert figure(first) <= figure(second) * (1 + 1e-9) + 1e-9 or figure(second) == pytest.approx(
            figure(first)
        )


@settings(max_examples=80, deadline=None)
@given(shares=st.lists(st.floats(0, 100), min_size=1, max_size=6), base=st.floats(1, 1e9))
def test_a_group_never_saves_more_than_its_base(shares: list[float], base: float) -> None:
    rows = [
        option(
            f"O{i}",
            saving=None,
            interaction_group="same",
            savings=[{"resource": "electricity", "percent": share, "of_flow": "power"}],
        )
        for i, share in enumerate(shares)
    ]
    given = assessment(*rows, baseline=electricity(base))
    flows = annual_flows(given)
    combined, problems, _ = combined_shares(given.options, saving_rows(given, flows), flows)
    assert problems == []
    total = sum(row.quantity for row in combined)
    assert total <= base * (1 + 1e-9)
    assert total >= max(shares) / 100 * base * (1 - 1e-9)


@settings(max_examples=60, deadline=None)
@given(rows=lists_of_options())
def test_a_document_reads_back_equal(rows: list[dict[str, Any]]) -> None:
    document = assessment(*rows, baseline=electricity())
    assert Assessment.model_validate_json(document.model_dump_json()) == document


def test_an_unknown_resource_is_an_error_not_a_zero() -> None:
    row = option("A", savings=[{"resource": "phlogiston", "quantity": 1, "unit": "kg"}])
    with pytest.raises(InputError):
        rank(assessment(row), RankRequest(as_of=AS_OF))

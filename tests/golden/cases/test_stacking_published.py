"""Which incentives go together: published cases of a resolver, and the reward of the Green Credit Trust Fund.

The six cases are those of the tests of api.rewiringamerica.org (Apache-2.0). Their resolver keeps what
supersedes others; we hold that what it keeps is feasible under our rules, that what it excludes is not
feasible together, and that what needs itself, or what it excludes, is refused.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from sxsh_options.funding.plan.best import plan_with
from sxsh_options.funding.plan.pieces import Pieces
from sxsh_options.funding.schema import Source
from sxsh_options.funding.stacking import clashes, needed_by
from tests.unit.funding.plan import cases

ANY, ALL = "any", "all"
CASES: list[tuple[dict[str, Any], dict[str, list[str]], str, str]] = [
    # prerequisites, exclusions, individually eligible, kept
    ({"A": "B", "C": "D"}, {"A": ["E"], "C": ["F"]}, "ABCEF", "ABF"),
    ({"A": "B", "B": "C", "C": "D"}, {"A": ["E"], "E": ["F"]}, "ABCEF", "E"),
    ({"A": "C"}, {"A": ["B"], "E": ["C"]}, "ABCEF", "BEF"),
    ({"A": "C"}, {"A": ["B"], "E": ["C"]}, "ACEF", "EF"),
    (
        {
            "A": {ANY: ["C", "D"]},
            "B": {ALL: ["C", "D"]},
            "E": {ANY: [{ALL: ["A", "C"]}, {ALL: ["B", "D"]}]},
        },
        {},
        "ABCEF",
        "ACEF",
    ),
]


def sources(needs: dict[str, Any], excludes: dict[str, list[str]]) -> dict[str, Source]:
    return {
        name: cases.source(
            name,
            groups=["donor_grant"],
            prerequisites=[needs[name]] if name in needs else [],
            excludes=excludes.get(name, []),
        )
        for name in "ABCDEF"
    }


def fits(chosen: set[str], made: dict[str, Source]) -> bool:
    """Tell whether sources can be used together, by what each of them says."""
    return all(
        all(needs.met_by(chosen) for needs in made[name].prerequisites)
        and not chosen.intersection(made[name].excludes)
        for name in chosen
    )


@pytest.mark.parametrize(("needs", "excludes", "eligible", "kept"), CASES)
def test_what_is_kept_goes_together_and_what_is_excluded_does_not(
    needs: dict[str, Any], excludes: dict[str, list[str]], eligible: str, kept: str
) -> None:
    made = sources(needs, excludes)
    assert fits(set(kept), made)
    for name, others in excludes.items():
        for other in others:
            assert not fits({name, other}, made)
    # nothing that is eligible can be added without breaking a rule
    for name in set(eligible) - set(kept):
        assert not fits({*kept, name}, made)


@pytest.mark.parametrize(("needs", "excludes", "eligible", "kept"), CASES)
def test_the_plan_takes_a_feasible_set_that_none_beats(
    needs: dict[str, Any], excludes: dict[str, list[str]], eligible: str, kept: str
) -> None:
    """Each source is worth 100 of its own; the plan takes as many as any feasible set holds."""
    made = sources(needs, excludes)
    years = 3
    lines = [cases.line("a", name, 1000.0 * cases.MILLION, years, kind="equipment") for name in "abcdefg"]
    grants = tuple(cases.grant(made[name], 1.0, 100.0 * cases.MILLION) for name in eligible)
    proposal = cases.proposal(
        [cases.variant(["a"], 7000.0 * cases.MILLION, [3e9] * years)], lines, cases.terms(years)
    )
    plan = plan_with(proposal, Pieces(grants, (), (), ()))
    taken = {grant.piece.source.id for grant in plan.grants}
    assert fits(taken, made)
    most = max(
        size
        for size in range(len(eligible) + 1)
        for chosen in combinations(eligible, size)
        if fits(set(chosen), made)
    )
    assert len(taken) == most >= len(kept)


def test_a_cap_on_several_together() -> None:
    """B, E and F are worth 100 each in a group that may come to 200."""
    version = {
        "from": date(2020, 1, 1),
        "references": [{"title": "x", "evidence": "read"}],
        "combined": [{"sources": ["B", "E", "F"], "cap_vnd": 200.0 * cases.MILLION}],
    }
    made = [cases.source(name, groups=["donor_grant"], versions=[version]) for name in "BEF"]
    lines = [cases.line("a", "x", 1000.0 * cases.MILLION, 3)]
    grants = tuple(cases.grant(each, 1.0, 100.0 * cases.MILLION) for each in made)
    proposal = cases.proposal(
        [cases.variant(["a"], 1000.0 * cases.MILLION, [9e8] * 3)], lines, cases.terms(3)
    )
    plan = plan_with(proposal, Pieces(grants, (), (), ()))
    assert plan.granted_vnd == pytest.approx(200.0 * cases.MILLION)


def test_what_needs_what_it_excludes_is_refused() -> None:
    made = sources({"A": {ALL: ["B", "C"]}, "C": "D"}, {"A": ["D"]})
    assert clashes(made["A"], made) == {"D"}
    assert not clashes(made["C"], made)
    circle = sources({"A": "B", "B": "C", "C": "A"}, {})
    assert all(name in needed_by(needs, circle) for name in "ABC" for needs in circle[name].prerequisites)


@pytest.mark.parametrize(
    ("share", "payback"),
    [(0.0, 5.0), (0.15, 4.25), (0.25, 3.75)],
)
def test_the_published_payback_of_the_green_credit_trust_fund(share: float, payback: float) -> None:
    """100,000 USD that bring 20,000 a year: 5 years; 3.75 with 25 % back (gctf.vncpc.org)."""
    years = 10
    capex = 100_000.0 * 25_000
    lines = [cases.line("a", "machine", capex, years)]
    fund = cases.source("gctf", groups=["donor_grant"])
    grants = (cases.grant(fund, share, 200_000.0 * 25_000),) if share else ()
    proposal = cases.proposal([cases.variant(["a"], capex, [capex / 5] * years)], lines, cases.terms(years))
    plan = plan_with(proposal, Pieces(grants, (), (), ()))
    assert plan.before.payback_years == pytest.approx(5.0)
    assert plan.after.payback_years == pytest.approx(payback)

"""How much: rates, caps, multipliers, steps, and what cannot be said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.funding import Match, default_register, match
from sxsh_options.funding.amounts import Costs, amounts
from sxsh_options.funding.schema import SourceVersion
from sxsh_options.model import CostKind, Financing
from sxsh_options.services.money import sources_for
from tests.builders import AS_OF, assessment

RURAL = {"name": "x", "legal_form": "household", "province": "Thanh Hóa", "applies_cleaner_production": True}
REFERENCE = {"title": "An act", "evidence": "read"}


def investing(facility: dict[str, Any] | None = None, **costs: float) -> Any:
    items = [{"id": kind, "kind": kind, "amount": amount} for kind, amount in costs.items()]
    option = {"id": "a", "name": "A", "technical_life_years": 10, "annual_saving": 1e6, "capex": items}
    return assessment(option, facility=facility or RURAL)


def of(source: str, given: Any, day: date = AS_OF) -> Match:
    return next(each for each in match(given, day, default_register()) if each.source.id == source)


@pytest.mark.parametrize(
    ("cost", "amount", "upper"),
    [
        (599e6, 299.5e6, 299.5e6),
        (600e6, 300e6, 300e6),
        (601e6, 300e6, 300.5e6),
        (900e6, 300e6, 450e6),
        (2e9, 300e6, 450e6),
    ],
)
def test_a_multiplier_lifts_the_cap_and_never_the_rate(cost: float, amount: float, upper: float) -> None:
    """Half of the cost up to 300 million; a production line up to 450."""
    found = of("khuyen_cong_may_moc", investing(equipment=cost))
    assert found.amount_vnd == pytest.approx(amount)
    assert found.amount_upper_bound_vnd == pytest.approx(upper)


def test_only_the_kinds_of_cost_that_a_source_pays_for() -> None:
    found = of(
        "khuyen_cong_may_moc",
        investing(equipment=100e6, installation=20e6, construction=900e6, training=50e6),
    )
    assert found.items[0].eligible_cost_vnd == 120e6
    assert found.amount_vnd == 60e6


def test_where_a_provinces_cap_is_not_loaded_the_national_one_is_the_most() -> None:
    found = of(
        "khuyen_cong_thanh_hoa_may_moc",
        investing({**RURAL, "district_kind_before_merger": "huyen"}, equipment=2e9),
        date(2024, 1, 1),
    )
    assert found.verdict == "eligible"
    assert found.amount_vnd is None
    assert found.amount_upper_bound_vnd == 450e6


def test_a_lump_needs_no_cost() -> None:
    assert of("khuyen_cong_nhan_rong", investing(equipment=1e6)).amount_upper_bound_vnd == 100e6


def test_who_is_refused_gets_no_amount() -> None:
    found = of(
        "khuyen_cong_may_moc",
        investing({**RURAL, "legal_form": "enterprise", "employees_insured": 900}, equipment=1e9),
    )
    assert (found.verdict, found.amount_vnd, found.amount_upper_bound_vnd) == ("not_eligible", None, None)


def test_rejected_options_are_not_financed_and_a_bundle_chooses() -> None:
    def options(**first: Any) -> list[dict[str, Any]]:
        capex = [{"id": "c", "kind": "equipment", "amount": 100e6}]
        base = {"technical_life_years": 5, "annual_saving": 1e6, "capex": capex}
        return [{"id": "a", "name": "A", **base, **first}, {"id": "b", "name": "B", **base}]

    both = assessment(*options(), facility=RURAL)
    rejected = assessment(*options(decision={"triage": "rejected", "reason": "x"}), facility=RURAL)
    chosen = assessment(*options(), facility=RURAL, bundle=["b"])
    assert [of("khuyen_cong_may_moc", given).amount_vnd for given in (both, rejected, chosen)] == [
        100e6,
        50e6,
        50e6,
    ]


# The Green Credit Trust Fund: published steps and example

STEPS = {
    "steps": [{"improvement": 0.3, "share": 0.15}, {"improvement": 0.5, "share": 0.25}],
    "cap_usd": 200_000,
}


@pytest.mark.parametrize(
    ("improvement", "usd", "reward"),
    [
        (0.29, 100_000, 0),
        (0.3, 100_000, 15_000),
        (0.49, 100_000, 15_000),
        (0.5, 100_000, 25_000),
        (0.6, 1_000_000, 200_000),
    ],
)
def test_rewards_by_steps_without_anything_between(improvement: float, usd: float, reward: float) -> None:
    version = SourceVersion.model_validate(
        {
            "from": date(2007, 1, 1),
            "references": [REFERENCE],
            "support": [{"item": "machinery", "costs": ["equipment"], "reference": REFERENCE, **STEPS}],
        }
    )
    costs = {CostKind.EQUIPMENT: usd * 25_000}
    facts = {"environmental_improvement": improvement}
    (found,) = amounts(version, Costs(costs, costs), facts, {}, 25_000.0)
    assert found.amount_vnd == pytest.approx(reward * 25_000)


def test_the_published_payback_before_and_after() -> None:
    """100,000 USD that bring 20,000 a year: 5 years; a reward of a quarter makes it 3.75."""
    version = default_register().sources["gctf"].versions[0]
    costs = {CostKind.EQUIPMENT: 100_000 * 25_000.0}
    (found,) = amounts(version, Costs(costs, costs), {"environmental_improvement": 0.5}, {}, 25_000.0)
    assert found.amount_vnd is not None
    assert 100_000 / 20_000 == 5.0
    assert (100_000 - found.amount_vnd / 25_000) / 20_000 == pytest.approx(3.75)


def test_an_improvement_that_nobody_has_measured() -> None:
    version = default_register().sources["gctf"].versions[0]
    costs = {CostKind.EQUIPMENT: 100_000 * 25_000.0}
    (found,) = amounts(version, Costs(costs, costs), {"environmental_improvement": None}, {}, 25_000.0)
    assert found.amount_vnd is None
    assert found.upper_bound_vnd == pytest.approx(25_000 * 25_000)


def test_dollars_without_a_rate_are_not_known() -> None:
    version = default_register().sources["gctf"].versions[0]
    costs = {CostKind.EQUIPMENT: 100_000 * 25_000.0}
    (found,) = amounts(version, Costs(costs, costs), {"environmental_improvement": 0.5}, {}, None)
    assert found.amount_vnd is None


def test_the_environment_funds_loan() -> None:
    found = of("vepf", investing(equipment=1e9, construction=1e9))
    assert found.amount_upper_bound_vnd == pytest.approx(1.4e9)
    large = of("vepf", investing(equipment=100e9))
    assert large.amount_upper_bound_vnd == pytest.approx(36.6e9)


# Deadlines


@pytest.mark.parametrize(
    ("day", "closes", "year"),
    [
        (date(2026, 5, 19), date(2026, 5, 20), 2027),
        (date(2026, 5, 20), date(2026, 5, 20), 2027),
        (date(2026, 5, 21), date(2027, 5, 20), 2028),
    ],
)
def test_filing_by_the_20th_of_may_is_for_next_years_plan(day: date, closes: date, year: int) -> None:
    found = of("khuyen_cong_may_moc", investing(equipment=1e8), day)
    assert found.deadline is not None
    assert (found.deadline.closes, found.deadline.for_year) == (closes, year)


def test_limits_in_dollars_at_the_published_rate() -> None:
    found = sources_for(investing(equipment=1e9), AS_OF).found
    gcpf = next(each for each in found if each.source.id == "gcpf_vietinbank")
    assert next(c for c in gcpf.criteria if c.id == "gcpf_size").result == "met"


def with_budget(remaining: float | None, source: str = "khuyen_cong_may_moc", **costs: float) -> Match:
    """Return what a source says whose budget still has so much."""
    told = Financing(remaining_budgets=({"id": source, "remaining_vnd": remaining, "told_by": "Sở"},))
    given = investing(**costs).model_copy(update={"financing": told})
    return of(source, given)


@pytest.mark.parametrize(
    ("remaining", "amount", "upper"),
    [
        (None, 300e6, 450e6),
        (1e9, 300e6, 450e6),
        (400e6, 300e6, 400e6),
        (300e6, 300e6, 300e6),
        (299e6, 299e6, 299e6),
        (1.0, 1.0, 1.0),
    ],
)
def test_nobody_gets_more_than_the_budget_still_has(
    remaining: float | None, amount: float, upper: float
) -> None:
    """Half of 900 million: 300 by the cap, at most 450; the least of rate, cap and budget counts."""
    found = with_budget(remaining, equipment=900e6)
    assert (found.verdict, found.amount_vnd, found.amount_upper_bound_vnd) == ("eligible", amount, upper)
    assert found.remaining_vnd == remaining


def test_an_empty_budget_refuses_and_says_who_said_so() -> None:
    found = with_budget(0.0, equipment=900e6)
    assert (found.verdict, found.amount_vnd, found.amount_upper_bound_vnd) == ("not_eligible", None, None)
    refused = next(each for each in found.criteria if each.result == "not_met")
    assert (refused.id, refused.observed) == ("budget", {"remaining_vnd": 0.0, "told_by": "Sở"})


def test_lines_of_one_source_share_its_budget() -> None:
    several = [s for s in default_register().sources if s == "khuyen_cong_thi_diem_sxsh"]
    assert several
    plain = of(several[0], investing(equipment=900e6, training=100e6))
    assert plain.amount_upper_bound_vnd is not None
    less = plain.amount_upper_bound_vnd / 2
    found = with_budget(less, several[0], equipment=900e6, training=100e6)
    assert found.amount_upper_bound_vnd == less


def test_a_budget_bounds_what_is_not_known_but_not_interest_of_many_years() -> None:
    """A provincial cap that is not loaded, without a national one; and an interest support."""
    unknown = [m for m in match(investing(equipment=1e9), AS_OF, default_register()) if m.items]
    grant = next(
        m
        for m in unknown
        if m.source.kind == "grant"
        and m.verdict == "undetermined"
        and m.amount_upper_bound_vnd is None
        and not all(item.no_such_cost for item in m.items)
    )
    assert with_budget(7e6, grant.source.id, equipment=1e9).amount_upper_bound_vnd == 7e6
    points = next(m for m in unknown if m.source.kind == "interest_support" and m.verdict == "undetermined")
    assert with_budget(7e6, points.source.id, equipment=1e9).amount_upper_bound_vnd is None


@pytest.mark.parametrize(
    ("other", "bound"),
    [
        (40e6, 40e6),  # all of it may be training, paid in full
        (70e6, 70e6),
        (100e6, 85e6),  # 70 of training at most, and half of the other 30 as advice
        (600e6, 270e6),  # 70 of training, 200 of advice
    ],
)
def test_other_costs_are_counted_once(other: float, bound: float) -> None:
    """Decree 240/2026 pays half of advice up to 200 million, and training in full up to 70."""
    enterprise = {**RURAL, "legal_form": "enterprise"}
    found = of("nd240_tu_van", investing(enterprise, other=other), date(2026, 11, 28))
    assert found.amount_vnd is None
    assert found.amount_upper_bound_vnd == pytest.approx(bound)
    assert {item.eligible_cost_vnd for item in found.items} == {0.0}


def test_what_rests_on_other_costs_is_known_apart() -> None:
    found = of("khuyen_cong_may_moc", investing(equipment=240e6, installation=30e6, other=100e6))
    (item,) = found.items
    assert (item.eligible_cost_vnd, item.amount_vnd) == (270e6, 135e6)
    assert (item.upper_bound_vnd, item.of_other_vnd) == (185e6, 50e6)

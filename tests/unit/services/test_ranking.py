"""The ranking use-case against figures worked out by hand.

The annuity factor of 10 years at 10 % is (1 - 1.1**-10) / 0.1 = 6.144567105704685.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.errors import InputError, message
from sxsh_options.model import Weights
from sxsh_options.screening.results import RankedList, RankedOption, no_payback
from sxsh_options.services.ranking import RankRequest, rank
from tests.builders import AS_OF, assessment, electricity, option

ANNUITY = 6.144567105704685


def ranked(*options: dict[str, Any], by: str = "payback", rate: float = 0.1, **rest: Any) -> RankedList:
    asked = {key: rest.pop(key) for key in ("years", "weights", "explain") if key in rest}
    request = RankRequest(as_of=AS_OF, by=by, discount_rate=rate, **asked)  # type: ignore[arg-type]
    return rank(assessment(*options, **rest), request)


def one(*options: dict[str, Any], **rest: Any) -> RankedOption:
    return ranked(*options, **rest).options[0]


def codes(row: RankedOption) -> list[str]:
    return [message.code for message in row.warnings]


def test_a_level_option() -> None:
    row = one(option("A", 100e6, 25e6, opex_change=5e6))
    assert row.net_annual_benefit_vnd == pytest.approx(20e6)
    assert row.simple_payback_years == pytest.approx(5.0)
    assert row.payback_status == "paid_back"
    assert row.npv_vnd == pytest.approx(-100e6 + 20e6 * ANNUITY)
    assert row.profitability_index == pytest.approx(20 * ANNUITY / 100)
    assert row.equivalent_annual_vnd == pytest.approx(20e6 - 100e6 / ANNUITY)
    # five years' net benefit per investment: 15.0984 % solves 5 = (1 - (1+i)**-10) / i
    assert row.irr == pytest.approx(0.150984, abs=1e-6)
    assert row.discounted_payback_years is not None
    # discounted sum: 7 years give 97.368..., year 8 brings 9.330...
    assert row.discounted_payback_years == pytest.approx(7 + (100 - 97.36837635) / 9.33014760, rel=1e-6)


def test_nothing_to_pay_comes_back_at_once() -> None:
    row = one(option("A", 0, 1e6))
    assert (row.simple_payback_years, row.payback_status) == (0.0, "immediate")
    assert row.irr_status == "no_sign_change"
    assert row.profitability_index is None


@pytest.mark.parametrize("saving", [0.0, -5e6])
def test_no_benefit_never_comes_back(saving: float) -> None:
    row = one(option("A", 100e6, saving))
    assert (row.simple_payback_years, row.payback_status) == (None, "never")
    assert "question.no_net_benefit" in codes(row)


def test_a_payback_beyond_the_life_is_never_and_says_the_ratio() -> None:
    row = one(option("A", 120e6, 10e6))
    assert (row.simple_payback_years, row.payback_status) == (None, "never")
    (asked,) = row.warnings
    assert asked.code == "question.payback_longer_than_life"
    assert asked.params["years"] == pytest.approx(12.0)
    assert no_payback(row) == message("payback_status.not_within", years=10)


def test_a_payback_beyond_a_horizon_names_the_horizon() -> None:
    assert no_payback(one(option("A", 100e6, 10e6), years=4)) == message("payback_status.not_within", years=4)


def test_no_benefit_has_no_payback_in_any_time() -> None:
    assert no_payback(one(option("A", 100e6, -5e6))) == message("payback_status.never")


def test_a_payback_of_exactly_the_life_is_paid_back() -> None:
    row = one(option("A", 100e6, 10e6))
    assert (row.simple_payback_years, row.payback_status) == (pytest.approx(10.0), "paid_back")


def test_vat_that_cannot_be_deducted_is_cost() -> None:
    costs = [
        {"kind": "equipment", "amount": 100e6, "vat_rate": 0.08, "vat_deductible": False},
        {"kind": "installation", "amount": 10e6, "vat_rate": 0.08},
    ]
    assert one(option("A", 0, 50e6) | {"capex": costs}).capex_vnd == pytest.approx(118e6)


def test_foreign_money_goes_by_the_newest_rate_of_the_assessment() -> None:
    rates = [
        {"currency": "USD", "vnd_per_unit": 26_000, "on": "2025-06-01", "source": "a"},
        {"currency": "USD", "vnd_per_unit": 26_400, "on": "2026-02-01", "source": "b"},
    ]
    dollars = {"kind": "equipment", "amount": {"amount": 1000, "currency": "USD"}}
    row = one(option("A", 0, 10e6) | {"capex": [dollars]}, exchange_rates=rates)
    assert row.capex_vnd == pytest.approx(26_400_000)


def test_physical_savings_are_priced_where_no_money_is_stated() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 8, "unit": "MWh"}]}
    priced = one(option("A", 30e6, None, **saves), baseline=electricity(price=2000.0))
    assert priced.net_annual_benefit_vnd == pytest.approx(16e6)
    stated = one(option("A", 30e6, 15e6, **saves), baseline=electricity(price=2000.0))
    assert stated.net_annual_benefit_vnd == pytest.approx(15e6)
    assert stated.co2e_t_per_year == pytest.approx(8 * 0.6592)  # data year 2023, the newest known
    assert stated.co2e_scope2_t_per_year == stated.co2e_t_per_year
    assert stated.energy_toe_per_year == pytest.approx(8000 * 0.0001543)


def test_the_users_own_price_comes_before_baseline_and_default() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 1000, "unit": "kWh"}]}
    own = {"kind": "price", "key": "electricity", "value": 3000, "unit": "kWh", "reason": "hợp đồng mới"}
    row = one(option("A", 1e6, None, **saves), baseline=electricity(price=2000.0), overrides=[own])
    assert row.net_annual_benefit_vnd == pytest.approx(3e6)


def test_a_saving_nobody_knows_the_price_of_is_named_not_zero() -> None:
    steam = {"savings": [{"resource": "steam", "quantity": 5, "unit": "t"}]}
    with pytest.raises(InputError) as refused:
        ranked(
            option("A", 1e6, None, **steam), option("B", 1e6, None, **steam), option("C", 1e6, 2e6, **steam)
        )
    assert [(m.code, m.params["option"]) for m in refused.value.messages] == [
        ("value.no_price", "A"),
        ("value.no_price", "B"),
    ]


def test_where_a_similar_fuel_has_a_price_that_is_said() -> None:
    coal = {"savings": [{"resource": "coal", "quantity": 6, "unit": "t"}]}
    hard = {"id": "h", "resource": "anthracite", "quantity": 90, "unit": "t", "unit_price": 3_500_000}
    year = {"start": "2025-01-01", "end": "2025-12-31"}
    with pytest.raises(InputError) as refused:
        ranked(option("A", 1e6, None, **coal), baseline={**year, "flows": [hard]})
    (fault,) = refused.value.messages
    assert (fault.code, fault.params["other"]) == ("value.no_price_but", "anthracite")
    water = {**electricity(), "flows": [{**hard, "resource": "water", "unit": "m3"}]}
    with pytest.raises(InputError) as refused:
        ranked(option("A", 1e6, None, **coal), baseline=water)
    assert [fault.code for fault in refused.value.messages] == ["value.no_price"]


def test_fuel_is_scope_one_and_biogenic_carbon_is_not_counted() -> None:
    husk = {"savings": [{"resource": "rice_husk", "quantity": -100, "unit": "t"}]}
    coal = {"savings": [{"resource": "anthracite", "quantity": 50, "unit": "t"}, *husk["savings"]]}
    row = one(option("A", 1e9, 200e6, **coal))
    # anthracite 26.7 GJ/t x (98,300 + 10 x 28 + 1.5 x 265) kg/TJ; husk 13 GJ/t x (30 x 28 + 4 x 265) kg/TJ
    fossil, husk_gases = 26.7 * 98_977.5 / 1e6, 13.0 * 1_900 / 1e6
    assert row.co2e_scope1_t_per_year == pytest.approx(50 * fossil - 100 * husk_gases)
    assert row.biogenic_co2_t_per_year == pytest.approx(-100 * 13.0 * 100_000 / 1e6)
    assert row.co2e_t_over_life == pytest.approx(10 * row.co2e_t_per_year)


def test_water_is_other_and_never_summed_in() -> None:
    row = one(option("A", 1e6, 5e6, savings=[{"resource": "water", "quantity": 1000, "unit": "m3"}]))
    assert row.co2e_t_per_year == 0
    assert row.co2e_other_t_per_year == pytest.approx(0.344)
    assert row.abatement_cost_vnd_per_tco2e is None


def test_abatement_cost_is_annualised_capex_less_benefit_per_tonne() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 10, "unit": "MWh"}]}
    row = one(option("A", 100e6, 5e6, **saves))
    assert row.abatement_cost_vnd_per_tco2e == pytest.approx((100e6 / ANNUITY - 5e6) / 6.592)


def test_lives_that_differ_are_compared_by_equivalent_annual_value() -> None:
    short = option("S", 20e6, 12e6, technical_life_years=3)
    long = option("L", 100e6, 25e6, technical_life_years=10)
    result = ranked(short, long, by="npv")
    assert result.measure == "equivalent_annual"
    assert "rank.lives_differ" in [message.code for message in result.messages]
    # EAV: 12 - 20 x 0.402115 = 3.96 million against 25 - 100 / 6.144567 = 8.73 million
    assert [row.option_id for row in result.options] == ["L", "S"]
    assert result.options[1].equivalent_annual_vnd == pytest.approx(12e6 - 20e6 * 0.4021148036, rel=1e-9)


def test_a_common_horizon_buys_again_and_keeps_the_rest_of_the_life() -> None:
    row = one(option("A", 40e6, 15e6, technical_life_years=4), years=6, rate=0.0)
    # bought in years 0 and 4, two of four years left at the end: 6 x 15 - 80 + 20 = 30 million
    assert row.npv_vnd == pytest.approx(30e6)
    assert "question.payback_after_replacement" in codes(row)


def test_company_tax_on_the_benefit_less_depreciation() -> None:
    tax = {"assumptions": {"tax": {"profile": "company", "rate": 0.2}}}
    row = one(option("A", 100e6, 25e6), **tax)
    # straight line over ten years: tax = 0.2 x (25 - 10) = 3 million a year
    assert row.npv_vnd == pytest.approx(-100e6 + 22e6 * ANNUITY)


def test_a_small_item_is_expensed_in_the_first_year() -> None:
    tax = {"assumptions": {"tax": {"profile": "company", "rate": 0.2}}}
    row = one(option("A", 20e6, 10e6), rate=0.0, **tax)
    small = -20e6 + 10 * 10e6 - 0.2 * (10 * 10e6 - 20e6)
    assert row.npv_vnd == pytest.approx(small)
    assert row.simple_payback_years == pytest.approx(1 + 8 / 8)  # 10 - 0.2 x (10 - 20) = 12, then 8 a year


def test_the_legal_rate_goes_by_revenue() -> None:
    taxed = {"assumptions": {"tax": {"profile": "company"}}, "facility": {"name": "P", "revenue_vnd": 2.5e9}}
    result = ranked(option("A", 100e6, 25e6), **taxed)
    assert next(u.value for u in result.assumptions if u.name == "tax_rate") == 0.15


def test_a_household_pays_nothing_on_a_saving() -> None:
    household = {"assumptions": {"tax": {"profile": "household"}}}
    assert one(option("A", 100e6, 25e6), **household).npv_vnd == pytest.approx(-100e6 + 25e6 * ANNUITY)


def test_prices_grow_from_the_second_year_on() -> None:
    growth = {"assumptions": {"benefit_growth": 0.1}}
    row = one(option("A", 100e6, 11e6), **growth)
    # 11 x 1.1**(t-1) / 1.1**t = 10 a year
    assert row.npv_vnd == pytest.approx(0.0, abs=1e-3)


def test_a_real_rate_is_turned_into_a_nominal_one() -> None:
    real = {"assumptions": {"discount_rate": 0.05, "discount_rate_is_real": True, "inflation_rate": 0.04}}
    result = rank(assessment(option("A", 100e6, 25e6), **real), RankRequest(as_of=AS_OF))
    assert next(u.value for u in result.assumptions if u.name == "discount_rate_nominal") == pytest.approx(
        0.092
    )


def test_working_capital_comes_back_and_salvage_is_received() -> None:
    extra = {"working_capital": 10e6, "salvage": 5e6, "downtime_cost": 1e6}
    row = one(option("A", 100e6, 25e6, **extra), rate=0.0)
    assert row.npv_vnd == pytest.approx(-111e6 + 250e6 + 15e6)
    assert row.capex_vnd == pytest.approx(100e6)
    assert row.simple_payback_years == pytest.approx(111 / 25)


def test_what_fails_technically_is_out_whatever_it_earns() -> None:
    result = ranked(option("A", 1e6, 100e6, feasibility={"safety": "fails"}), option("B", 100e6, 25e6))
    assert [(row.option_id, row.rank, row.tier) for row in result.options] == [("B", 1, 1), ("A", None, None)]
    assert result.options[1].triage == "rejected"
    assert result.options[1].triage_reasons[0].params["question"] == "feasibility_safety"


def test_the_consultants_decision_stands() -> None:
    decided = {"decision": {"triage": "analyse_further", "reason": "chờ thử nghiệm"}}
    assert one(option("A", 1e6, 10e6, **decided)).triage == "analyse_further"
    assert one(option("A", 1e6, 10e6)).triage == "implement_now"
    assert one(option("A", 30e6, 300e6)).triage == "analyse_further"


def test_scores_and_weights() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 10, "unit": "MWh"}]}
    good = option("A", 100e6, 25e6, feasibility={"quality": "good", "space": "manageable"}, **saves)
    other = option("B", 50e6, 25e6)
    weights = Weights(technical=20, economic=50, environmental=30)
    result = ranked(good, other, by="score", weights=weights)
    scores = {row.option_id: row.scores for row in result.options}
    best, worth = 25 - 50 / ANNUITY, 25 - 100 / ANNUITY
    economic = (100 * (1 - 4 / 10) + 100 * worth / best) / 2
    assert scores["A"].technical == pytest.approx(75.0)
    assert scores["A"].economic == pytest.approx(economic)
    assert scores["A"].environmental == pytest.approx(100.0)
    assert scores["A"].total == pytest.approx(0.2 * 75 + 0.5 * economic + 0.3 * 100)
    # B was asked no technical question: the other two weights count
    assert scores["B"].technical is None
    assert scores["B"].economic == pytest.approx((100 * (1 - 2 / 10) + 100) / 2)
    assert scores["B"].total == pytest.approx((50 * scores["B"].economic + 30 * 0) / 80)  # type: ignore[operator]


def test_an_unknown_option_to_explain_is_refused() -> None:
    with pytest.raises(InputError):
        ranked(option("A"), explain=("Z",))


def test_no_options_is_an_empty_list() -> None:
    assert ranked().options == ()


@pytest.mark.parametrize(
    ("kwh", "saving", "code"),
    [
        (10, 20e6, "question.price_thousand_too_high"),  # 10 MWh written as 10 kWh
        (10_000_000, 20e6, "question.price_thousand_too_low"),  # kWh written as MWh
        (100_000, 20e6, "question.price_month_for_year"),  # 200 VND/kWh, 2,400 x 12
        (1_000, 20e6, "question.quantity_month_for_year"),  # 20,000 VND/kWh
    ],
)
def test_slips_of_units_are_asked_about(kwh: float, saving: float, code: str) -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": kwh, "unit": "kWh"}]}
    assert codes(one(option("A", 30e6, saving, **saves))) == [code]


def test_a_payback_of_days_and_a_tiny_investment_are_asked_about() -> None:
    assert codes(one(option("A", 600, 100e6))) == ["question.payback_under_week", "question.small_capex"]
    assert codes(one(option("A", 6e14, 100e6))) == ["question.large_capex"]


def test_more_saved_than_used_is_asked_about() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 120_000, "unit": "kWh"}]}
    row = one(option("A", 300e6, 240e6, **saves), baseline=electricity(100_000))
    assert codes(row) == ["question.above_base"]


def test_a_stated_emission_that_cannot_follow_from_the_saving_is_asked_about() -> None:
    # a published case: 50 t for 1.2 GWh
    saves = {"savings": [{"resource": "electricity", "quantity": 1200, "unit": "MWh"}]}
    row = one(option("A", 430e6, 2.4e9, stated_co2e_t_per_year=50, **saves))
    assert "question.co2e_differs" in codes(row)
    assert "question.co2e_differs" not in codes(
        one(option("A", 430e6, 2.4e9, stated_co2e_t_per_year=800, **saves))
    )


def test_a_depreciation_life_outside_the_frame_is_asked_about() -> None:
    assert codes(one(option("A", 100e6, 25e6, depreciation_life_years=2))) == ["question.life_outside_frame"]


def test_every_figure_can_be_worked_out_again_from_its_explanation() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 8, "unit": "MWh"}]}
    result = ranked(option("A", 30e6, None, **saves), explain=("A",), baseline=electricity(price=2000.0))
    found = {e.quantity: e for e in result.explanations["A"]}
    by_name = {name: {i.name: i for i in e.inputs} for name, e in found.items()}
    benefit = by_name["net_annual_benefit"]
    assert found["net_annual_benefit"].value == pytest.approx(
        benefit["saved_quantity"].value * benefit["unit_price"].value  # type: ignore[operator]
    )
    co2e = by_name["co2e"]
    assert found["co2e"].value == pytest.approx(
        co2e["saved_quantity"].value * co2e["emission_factor_scope_2"].value  # type: ignore[operator]
    )
    payback = by_name["simple_payback"]
    assert found["simple_payback"].value == pytest.approx(
        payback["investment"].value / payback["net_annual_benefit"].value  # type: ignore[operator]
    )
    source = co2e["emission_factor_scope_2"].source
    assert source is not None
    assert source.title
    assert source.evidence == "read"


def test_specific_consumption_before_and_after() -> None:
    saves = {"savings": [{"resource": "electricity", "percent": 20, "of_flow": "power"}]}
    baseline = electricity(100_000, production=[{"name": "đá cây", "quantity": 500, "unit": "tấn"}])
    result = ranked(option("A", 30e6, None, **saves), explain=("A",), baseline=baseline)
    (found,) = [e for e in result.explanations["A"] if e.quantity == "specific_consumption"]
    assert found.value == pytest.approx(160.0)
    assert next(i.value for i in found.inputs if i.name == "consumption_before") == pytest.approx(200.0)


def test_a_factor_nobody_knows_is_a_gap_not_a_zero() -> None:
    steam = option("S", 1e6, 2e6, savings=[{"resource": "steam", "quantity": 100, "unit": "t"}])
    worse = option("W", 1e6, 2e6, savings=[{"resource": "electricity", "quantity": -1, "unit": "MWh"}])
    result = ranked(steam, worse, by="co2e")
    assert [row.option_id for row in result.options] == ["W", "S"]
    unknown = result.options[1]
    assert unknown.co2e_t_per_year is None
    assert unknown.co2e_t_over_life is None
    assert unknown.abatement_cost_vnd_per_tco2e is None
    assert unknown.scores.environmental is None


def test_before_the_first_official_grid_factor_emissions_are_not_known() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 8, "unit": "MWh"}]}
    request = RankRequest(as_of=date(2014, 1, 1), by="co2e", discount_rate=0.1)
    (row,) = rank(assessment(option("A", 30e6, 9e6, **saves)), request).options
    assert row.co2e_t_per_year is None


def test_bought_again_too_often_is_never_paid_back() -> None:
    # 40 million a year for 500 million that last 10 years: the ratio of 12.5 years is within 25, yet
    # after each purchase the sum falls below zero again and ends there
    row = one(option("A", 500e6, 40e6), years=25)
    assert (row.simple_payback_years, row.payback_status) == (None, "never")


def test_nothing_for_nothing_is_no_bargain() -> None:
    row = one(option("A", 0, 0.0))
    assert row.payback_status == "never"
    assert row.triage != "implement_now"
    assert codes(row) == ["question.no_net_benefit"]


def test_a_price_that_begins_later_says_so() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 8, "unit": "MWh"}]}
    with pytest.raises(InputError) as refused:
        rank(assessment(option("A", 1e6, None, **saves)), RankRequest(as_of=date(2024, 12, 3)))
    assert [m.code for m in refused.value.messages] == ["value.no_price", "parameter.before_first"]


def test_only_what_the_day_needs_is_looked_up() -> None:
    request = RankRequest(as_of=date(1990, 1, 1), discount_rate=0.1)
    (row,) = rank(assessment(option("A", 100e6, 25e6)), request).options
    assert row.npv_vnd == pytest.approx(-100e6 + 25e6 * ANNUITY)


def test_warming_potentials_have_their_own_source() -> None:
    saves = {"savings": [{"resource": "diesel", "quantity": 1, "unit": "t"}]}
    result = ranked(option("A", 30e6, 9e6, **saves), explain=("A",))
    (factor,) = [e for e in result.explanations["A"] if e.quantity == "emission_factor"]
    sources = {used.name: used.source.title for used in factor.inputs if used.source}
    assert sources["gwp_ch4"] == "IPCC AR5"
    assert sources["co2_kg_per_tj"].startswith("IPCC 2006")


def test_only_prices_that_were_used_are_named() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 8, "unit": "MWh"}]}
    names = [used.name for used in ranked(option("A", 30e6, 9e6, **saves)).assumptions]
    assert "unit_price" not in names
    assert "unit_price" in [u.name for u in ranked(option("A", 30e6, None, **saves)).assumptions]


def test_cash_flows_of_what_is_explained_end_with_its_own_life() -> None:
    short, long = option("S", 20e6, 12e6, technical_life_years=3), option("L", 100e6, 25e6)
    result = ranked(short, long, explain=("S",))
    assert result.cash_flows == {"S": pytest.approx((-20e6, 12e6, 12e6, 12e6))}
    assert ranked(short, long).cash_flows == {}


def test_cash_flows_over_a_common_horizon_show_the_replacement() -> None:
    result = ranked(option("A", 40e6, 15e6, technical_life_years=4), years=6, explain=("A",))
    # bought again in year 4, half of that life left at the end: 15 - 40 and 15 + 20
    assert result.cash_flows["A"] == pytest.approx((-40e6, 15e6, 15e6, 15e6, -25e6, 15e6, 35e6))


def test_ranks_under_every_criterion_come_with_one_evaluation() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 10, "unit": "MWh"}]}
    quick = option("quick", 10e6, 10e6)  # back in a year, worth 51 million
    large = option("large", 100e6, 50e6)  # back in two, worth 207 million
    green = option("green", 100e6, 20e6, **saves)
    out = option("out", 1e6, 100e6, feasibility={"safety": "fails"})
    result = ranked(quick, large, green, out)
    assert result.ranks["payback"] == {"quick": 1, "large": 2, "green": 3}
    assert result.ranks["npv"] == {"large": 1, "quick": 2, "green": 3}
    assert result.ranks["co2e"] == {"green": 1, "quick": 2, "large": 2}


@pytest.mark.parametrize("by", ["payback", "npv", "co2e", "score"])
def test_ranks_are_those_of_a_list_by_that_criterion(by: str) -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 10, "unit": "MWh"}]}
    options = (option("A", 10e6, 10e6), option("B", 100e6, 50e6), option("C", 100e6, 20e6, **saves))
    other = ranked(*options, by=by)
    assert ranked(*options).ranks[by] == {row.option_id: row.rank for row in other.options}  # type: ignore[index]


def test_an_own_factor_far_from_the_published_one_is_asked_about() -> None:
    """Diesel at 27 t a litre in place of 2.7 kg; 2 kg a litre is near enough."""
    saving = [{"id": "s", "resource": "diesel", "quantity": 1000, "unit": "l"}]

    def asked(value: float) -> list[str]:
        own = {
            "id": "f",
            "kind": "emission_factor",
            "key": "diesel",
            "value": value,
            "unit": "l",
            "reason": "x",
        }
        return codes(one(option("A", 100e6, None, savings=saving), overrides=[own]))

    assert "question.own_factor" in asked(27.0)
    assert "question.own_factor" not in asked(0.002)

"""Joint savings: worked by hand from 1 - (1 - s1)(1 - s2)..."""

from __future__ import annotations

import pytest

from sxsh_options.errors import InputError
from sxsh_options.options import annual_flows, combined_shares, saving_rows, selection_problems
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.together import bundle
from tests.builders import AS_OF, assessment, electricity, option

REQUEST = RankRequest(as_of=AS_OF, discount_rate=0.1)


def saves(percent: float) -> dict:
    return {"savings": [{"resource": "electricity", "percent": percent, "of_flow": "power"}]}


def lighting(option_id: str, percent: float, **rest: object) -> dict:
    return option(option_id, saving=None, interaction_group="light", **saves(percent), **rest)


def test_savings_of_one_group_combine_as_shares_of_the_same_base() -> None:
    # 30 % and 20 % of 100,000 kWh: 1 - 0.7 * 0.8 = 44 %; parts stay 3 : 2
    both = assessment(lighting("A", 30), lighting("B", 20), baseline=electricity(100_000))
    flows = annual_flows(both)
    rows, problems, notes = combined_shares(both.options, saving_rows(both, flows), flows)
    assert [row.quantity for row in rows] == pytest.approx([26_400, 17_600])
    assert problems == []
    assert notes == []


def test_savings_outside_a_group_add_up() -> None:
    both = assessment(
        option("A", saving=None, **saves(30)),
        option("B", saving=None, **saves(20)),
        baseline=electricity(100_000),
    )
    result = bundle(both, ["A", "B"], REQUEST)
    (power,) = result.resources
    assert power.saved_together == pytest.approx(50_000)
    assert power.base == pytest.approx(100_000)


def test_a_bundle_has_its_own_payback_npv_and_emissions() -> None:
    both = assessment(lighting("A", 30), lighting("B", 20), baseline=electricity(100_000, price=2000.0))
    result = bundle(both, ["A", "B"], REQUEST)
    # 44,000 kWh x 2,000 VND = 88 million a year on 200 million; annuity of 10 years at 10 % = 6.144567
    assert result.net_annual_benefit_vnd == pytest.approx(88e6)
    assert result.simple_payback_years == pytest.approx(200 / 88)
    assert result.npv_vnd == pytest.approx(-200e6 + 88e6 * 6.144567105704685)
    # the newest official factor is 0.6592 tCO2/MWh (data year 2023)
    assert result.co2e_t_per_year == pytest.approx(44 * 0.6592)


def test_stated_money_shrinks_with_the_quantity_behind_it() -> None:
    first = lighting("A", 30) | {"annual_saving": 60e6}
    second = lighting("B", 20) | {"annual_saving": 40e6}
    result = bundle(assessment(first, second, baseline=electricity(100_000)), ["A", "B"], REQUEST)
    assert result.net_annual_benefit_vnd == pytest.approx(100e6 * 0.44 / 0.50)


def test_more_than_the_base_is_refused_by_name() -> None:
    greedy = assessment(
        option("A", saving=None, **saves(70)),
        option("B", saving=None, **saves(60)),
        baseline=electricity(100_000),
    )
    with pytest.raises(InputError) as refused:
        bundle(greedy, ["A", "B"], REQUEST)
    (found,) = refused.value.messages
    assert found.code == "together.above_base"
    assert found.params["resource"] == "electricity"
    assert found.params["saved"] == pytest.approx(130_000)


def test_every_reason_against_a_choice_at_once() -> None:
    options = assessment(option("A", excludes=["B"]), option("B", requires=["C"]), option("C")).options
    found = selection_problems(options, ["A", "B", "A", "Z"])
    assert [message.code for message in found] == [
        "together.unknown_option",
        "together.chosen_twice",
        "together.excluded",
        "together.missing_prerequisite",
    ]


def test_added_consumption_adds_up_and_does_not_interact() -> None:
    both = assessment(lighting("A", 30), lighting("B", -10), baseline=electricity(100_000))
    flows = annual_flows(both)
    rows, _, _ = combined_shares(both.options, saving_rows(both, flows), flows)
    assert [row.quantity for row in rows] == pytest.approx([30_000, -10_000])


def test_a_group_without_a_base_says_so() -> None:
    kwh = {
        "savings": [{"resource": "electricity", "quantity": 1000, "unit": "kWh"}],
        "interaction_group": "light",
    }
    result = bundle(assessment(option("A", **kwh), option("B", **kwh)), ["A", "B"], REQUEST)
    assert "together.no_base" in [message.code for message in result.messages]


def test_what_lives_shorter_is_bought_again() -> None:
    # lives 10 and 5, 10 million saved each: at year 5 the second is bought again for 20 million
    pair = assessment(option("A", 30e6, 10e6), option("B", 20e6, 10e6, technical_life_years=5))
    result = bundle(pair, ["A", "B"], REQUEST)
    assert result.years == 10
    assert result.cash_flows_vnd == pytest.approx([-50e6, 20e6, 20e6, 20e6, 20e6, 0.0, *[20e6] * 5])

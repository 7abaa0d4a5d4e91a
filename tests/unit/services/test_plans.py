"""Plans of assessments: older than the register, and short of own capital."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sxsh_options.errors import InputError
from sxsh_options.model import Objective
from sxsh_options.services.examples import load_example
from sxsh_options.services.plans import PlanRequest, plan_for, waiting_for
from tests.builders import assessment, option


def test_what_names_a_source_that_is_gone_is_said() -> None:
    """A file that names one is refused; what was entered before the source went is still there."""
    loan = {"rate": 0.08, "term_years": 5, "source": "closed_bank"}
    choice = {"id": "closed_grant", "use": "count_on"}
    given = assessment(option(), financing={"loans": [loan], "sources": [choice]})
    found = plan_for(given, PlanRequest(date(2026, 11, 23))).messages
    gone = [what.params["source"] for what in found if what.code == "plan.unknown_source"]
    assert gone == ["closed_grant", "closed_bank"]


@pytest.mark.parametrize("name", ["vn_rubber", "vn_wood", "vn_beer"])
def test_options_for_which_own_capital_suffices_at_one_time_alone(name: str) -> None:
    """With 300 million: some now, others from what these earn, rather than all at one time."""
    day = date(2026, 11, 28)
    found = waiting_for(load_example(name), PlanRequest(day, own_capital_vnd=300e6, choose=True))
    assert found.split is not None
    assert found.npv_split_vnd is not None
    assert found.npv_now_vnd is not None
    assert found.npv_split_vnd > max(found.npv_now_vnd, found.npv_later_vnd)
    assert found.split.at_once.after.own_capital_vnd <= 300e6 + 1
    # what both have put in at any time, from the day the second one begins
    first = found.split.at_once.after.lowest_from(found.waiting_months)
    assert found.split.delayed.after.own_capital_vnd - first <= 300e6 + 1


def test_acting_now_with_fewer_options_is_weighed() -> None:
    """All options together take more own capital than there is now; without two of them it suffices."""
    found = waiting_for(load_example("vn_rice_mill"), PlanRequest(date(2026, 11, 28), own_capital_vnd=500e6))
    assert found.why_not_now is not None
    assert found.at_once is not None
    assert len(found.at_once.option_ids) < len(found.later.option_ids) == 8
    assert found.advice == "act"


@pytest.mark.parametrize("objective", ["own_capital", "payback", "co2e"])
def test_ways_are_compared_by_what_they_are_worth_whatever_the_aim(objective: Objective) -> None:
    mill = load_example("vn_rice_mill")
    request = PlanRequest(date(2026, 11, 28), own_capital_vnd=500e6)
    by_npv, by_aim = (waiting_for(mill, each) for each in (request, replace(request, objective=objective)))
    assert by_aim.worths == by_npv.worths
    assert by_aim.advice == "act"


@pytest.mark.parametrize(("choose", "code"), [(True, "_for_any"), (None, "")])
def test_leaving_options_out_is_advised_only_where_it_is_not_done_already(
    choose: bool | None, code: str
) -> None:
    request = PlanRequest(date(2026, 11, 28), "payback", own_capital_vnd=0.0, choose=choose)
    with pytest.raises(InputError) as caught:
        plan_for(load_example("vn_rice_mill"), request)
    assert [what.code for what in caught.value.messages] == [f"plan.own_capital_too_small{code}"]

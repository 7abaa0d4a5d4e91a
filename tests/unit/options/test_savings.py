"""What an option saves of a flow, of a metered part of it, and of a part that is known as a share."""

from __future__ import annotations

import pytest

from sxsh_options.options import annual_flows, combined_shares, saving_rows, used_quantities
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.together import bundle
from tests.builders import AS_OF, assessment, option

REQUEST = RankRequest(as_of=AS_OF, discount_rate=0.1)


def of_light(percent: float, **more: object) -> dict:
    return {
        "savings": [
            {
                "resource": "electricity",
                "percent": percent,
                "of_flow": "power",
                "end_use": "elec_light",
                **more,
            }
        ]
    }


def power(*parts: dict) -> dict:
    whole = {"id": "power", "resource": "electricity", "quantity": 1_000_000, "unit": "kwh"}
    return {"start": "2025-01-01", "end": "2025-12-31", "flows": [whole, *parts]}


LIGHT = {"id": "light", "resource": "electricity", "quantity": 60, "unit": "mwh", "end_use": "elec_light"}


def test_a_percentage_of_a_part_of_a_flow() -> None:
    # 50 % of the 5 % of 1,000,000 kWh that light takes
    given = assessment(option("A", saving=None, **of_light(50, base_share=0.05)), baseline=power())
    (row,) = saving_rows(given, annual_flows(given))
    assert row.quantity == pytest.approx(25_000)
    assert row.end_use == "elec_light"


def test_savings_on_one_end_use_combine_as_shares_of_that_end_use() -> None:
    # light takes 50,000 kWh; 50 % and 20 % of it together: 1 - 0.5 * 0.8 = 60 %, parts stay 5 : 2
    given = assessment(
        option("A", saving=None, **of_light(50, base_share=0.05)),
        option("B", saving=None, **of_light(20, base_share=0.05)),
        baseline=power(),
    )
    flows = annual_flows(given)
    rows, problems, notes = combined_shares(given.options, saving_rows(given, flows), flows)
    assert [row.quantity for row in rows] == pytest.approx([30_000 * 5 / 7, 30_000 * 2 / 7])
    assert problems == []
    assert notes == []


def test_a_metered_part_is_no_further_use() -> None:
    given = assessment(option("A"), baseline=power(LIGHT))
    assert used_quantities(annual_flows(given).values()) == {"electricity": 1_000_000}


def test_metered_parts_are_all_there_is_where_nothing_else_was_metered() -> None:
    cold = {**LIGHT, "id": "cold", "quantity": 40, "end_use": "elec_refrig"}
    baseline = {"start": "2025-01-01", "end": "2025-12-31", "flows": [LIGHT, cold]}
    given = assessment(option("A", saving=None, savings=[]), baseline=baseline)
    assert used_quantities(annual_flows(given).values()) == {"electricity": 100_000}


def test_a_saving_of_a_metered_part_has_the_price_of_the_whole() -> None:
    # 50 % of 60 MWh at 2,000 VND/kWh
    saves = {"savings": [{"resource": "electricity", "percent": 50, "of_flow": "light"}]}
    whole = {**power()["flows"][0], "unit_price": 2000}
    baseline = {**power(LIGHT), "flows": [whole, LIGHT]}
    given = assessment(option("A", saving=None, **saves), baseline=baseline)
    assert bundle(given, ["A"], REQUEST).net_annual_benefit_vnd == pytest.approx(60e6)


def test_a_quantity_belongs_to_the_whole_and_not_to_its_part() -> None:
    saves = {"savings": [{"resource": "electricity", "quantity": 100, "unit": "kwh"}]}
    given = assessment(option("A", saving=None, **saves), baseline=power(LIGHT))
    (row,) = saving_rows(given, annual_flows(given))
    assert row.flow == "power"


def test_a_saving_on_the_whole_gets_what_the_parts_leave() -> None:
    # light saves 50 % of its 5 %, 25,000 kWh; energy management 10 % of the other 975,000 kWh
    managed = {
        "savings": [{"resource": "electricity", "percent": 10, "of_flow": "power", "end_use": "elec_total"}]
    }
    given = assessment(
        option("A", saving=None, **of_light(50, base_share=0.05)),
        option("B", saving=None, **managed),
        baseline=power(),
    )
    flows = annual_flows(given)
    rows, problems, _ = combined_shares(given.options, saving_rows(given, flows), flows)
    assert [row.quantity for row in rows] == pytest.approx([25_000, 97_500])
    assert problems == []

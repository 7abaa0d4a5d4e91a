"""Twenty audited plants: figures as printed, and the payback that the audit database prints.

``iac_printed.csv`` is a second copy of the rows of the US Department of Energy's Industrial Assessment
Centers database (public data): cost, yearly saving of the primary stream, printed simple payback (four
decimals), followed up as implemented or not, stream code and quantity.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from sxsh_options.model import Option
from sxsh_options.services.examples import load_example
from sxsh_options.services.ranking import RankRequest, rank

AS_OF = date(2026, 11, 22)
MMBTU_IN_GJ = 1.05505585
NET_TO_GROSS_GAS = 0.90  # IPCC 2006 Guidelines, volume 2, 1.4.1.2: net is about 10 % below gross for gas

with (Path(__file__).parent / "iac_printed.csv").open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle))
PLANTS = sorted({row["assessment"] for row in ROWS})


def printed(plant: str) -> dict[str, dict[str, str]]:
    return {f"AR{int(row['recommendation']):02d}": row for row in ROWS if row["assessment"] == plant}


def options(plant: str) -> dict[str, Option]:
    return {option.id: option for option in load_example(f"iac_{plant.lower()}").options}


def test_there_are_twenty_plants_with_five_to_twelve_recommendations() -> None:
    assert len(PLANTS) == 20
    assert all(5 <= len(printed(plant)) <= 12 for plant in PLANTS)


@pytest.mark.parametrize("plant", PLANTS)
def test_money_stands_as_printed(plant: str) -> None:
    rows, entered = printed(plant), options(plant)
    assert entered.keys() == rows.keys()
    for option_id, option in entered.items():
        row = rows[option_id]
        assert [item.amount.amount for item in option.capex] == [float(row["cost_usd"])]
        assert option.annual_saving is not None
        assert option.annual_saving.amount == float(row["saving_usd_per_year"])
        assert {item.amount.currency for item in option.capex} == {option.annual_saving.currency} == {"USD"}
        assert ("không thực hiện" in option.note) == (row["implemented"] == "N")


@pytest.mark.parametrize("plant", PLANTS)
def test_computed_payback_is_the_printed_one(plant: str) -> None:
    rows = printed(plant)
    ranked = rank(load_example(f"iac_{plant.lower()}"), RankRequest(as_of=AS_OF))
    for option in ranked.options:
        stated = float(rows[option.option_id]["printed_payback_years"])
        if stated > 10:
            assert option.payback_status == "never"
        else:
            assert option.simple_payback_years == pytest.approx(stated, abs=5.1e-5)


@pytest.mark.parametrize("plant", PLANTS)
def test_quantities_stand_only_where_their_unit_is_established(plant: str) -> None:
    rows = printed(plant)
    for option_id, option in options(plant).items():
        row = rows[option_id]
        if row["stream"] not in {"EC", "E2"}:
            assert option.savings == ()
            continue
        (saving,) = option.savings
        quantity = float(row["quantity_printed"])
        price = float(row["saving_usd_per_year"]) / quantity
        if row["stream"] == "EC":
            assert (saving.resource, saving.unit, saving.quantity) == ("electricity", "kWh", quantity)
            assert 0.03 <= price <= 0.2  # USD/kWh
        else:
            assert (saving.resource, saving.unit) == ("natural_gas", "GJ")
            assert saving.quantity == pytest.approx(quantity * MMBTU_IN_GJ * NET_TO_GROSS_GAS, abs=0.0051)
            assert 2.5 <= price <= 15  # USD/MMBtu


def test_emissions_of_the_seafood_plant_by_hand() -> None:
    ranked = rank(load_example("iac_ls2401"), RankRequest(as_of=AS_OF))
    found = {option.option_id: option for option in ranked.options}
    # 33,093 kWh x 0.6592 tCO2/MWh (Viet Nam's grid, data year 2023)
    assert found["AR01"].co2e_scope2_t_per_year == pytest.approx(21.8149, abs=1e-4)
    # 1,382 MMBtu gross = 1,312.28 GJ net; 56,100 CO2 + 1 CH4 x 28 + 0.1 N2O x 265 = 56,154.5 kgCO2e/TJ
    assert found["AR06"].co2e_scope1_t_per_year == pytest.approx(73.690, abs=2e-3)
    assert found["AR06"].co2e_scope2_t_per_year == 0.0

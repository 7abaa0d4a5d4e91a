"""Tonnes of oil equivalent: the official table first, the calorific value where it is silent."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.resources import energy

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("resource", "units", "toe"),
    [
        ("electricity", 1000.0, 0.1543),  # 1 MWh
        ("diesel", 1.0, 1.02),
        ("fuel_oil", 1.0, 0.99),
        ("lpg", 1.0, 1.09),
        ("gasoline", 1.0, 1.05),
        ("coke", 1.0, 0.725),
        ("coal_grade_3_4", 1.0, 0.6),
        ("natural_gas", 0.72, 0.9),  # 1000 Nm3 of 0.72 kg
    ],
)
def test_the_table(resource: str, units: float, toe: float) -> None:
    found = energy.toe_per_unit(resource, TODAY)
    assert found is not None
    assert found.value * units == pytest.approx(toe, rel=1e-14)
    assert found.formula_id == "toe.table"


@pytest.mark.parametrize(
    ("resource", "ncv"), [("anthracite", 26.7), ("coal", 26.7), ("wood", 15.6), ("rice_husk", 13.0)]
)
def test_the_calorific_value_where_the_table_is_silent(resource: str, ncv: float) -> None:
    found = energy.toe_per_unit(resource, TODAY)
    assert found is not None
    assert found.value == pytest.approx(ncv / 41.868, rel=1e-15)
    assert (found.formula_id, found.inputs["ncv_gj_per_t"]) == ("toe.ncv", ncv)


@pytest.mark.parametrize("resource", ["water", "cod", "steam", "r22", "plastic_resin"])
def test_what_is_no_energy_has_none(resource: str) -> None:
    assert energy.toe_per_unit(resource, TODAY) is None


def test_before_the_table_nothing_is_known() -> None:
    assert energy.toe_per_unit("diesel", date(2011, 4, 18)) is None
    assert energy.toe_per_unit("diesel", date(2011, 4, 19)) is not None

"""The tables of resources, fuels and gases that ship."""

from __future__ import annotations

import pytest

from sxsh_options import units
from sxsh_options.parameters import EVIDENCE, default_parameters
from sxsh_options.resources import catalogue, energy
from sxsh_options.resources.tables import GAS_SETS, Resource


@pytest.fixture(params=sorted(catalogue.resources()))
def resource(request: pytest.FixtureRequest) -> Resource:
    return catalogue.resources()[request.param]


def test_there_are_resources_of_every_kind() -> None:
    found = {resource.kind for resource in catalogue.resources().values()}
    assert found == {
        "electricity", "fuel", "heat", "water", "wastewater", "pollutant", "refrigerant", "material",
        "chemical", "waste",
    }  # fmt: skip


def test_every_fuel_and_every_refrigerant_is_a_resource() -> None:
    used = {(r.factor_kind, r.factor_key) for r in catalogue.resources().values()}
    assert {key for kind, key in used if kind == "fuel"} == set(catalogue.fuels())
    assert {key for kind, key in used if kind == "gwp"} == set(catalogue.gases()) - {
        "CO2", "CH4_fossil", "N2O",
    }  # fmt: skip


def test_a_resource_answers_to_its_names(resource: Resource) -> None:
    for name in (resource.resource_id, resource.name_vi, resource.name_en, *resource.aliases):
        assert catalogue.find(name) is resource
        assert catalogue.find(name.upper()) is resource


def test_what_emits_in_scope_has_a_factor_or_says_why(resource: Resource) -> None:
    if resource.scope in ("1", "2") and resource.factor_kind == "none":
        assert resource.note is not None
    if resource.scope == "none":
        assert resource.factor_kind == "none"


def test_the_units_of_parameters_are_those_of_the_resource(resource: Resource) -> None:
    parameters = default_parameters()
    if resource.factor_kind == "parameter":
        assert parameters.parameter(resource.factor_key).unit == f"kgCO2e/{resource.unit}"
    if resource.toe.startswith("toe."):
        unit = parameters.parameter(resource.toe).unit
        assert unit.startswith("TOE/")
        assert energy.content(resource, unit.removeprefix("TOE/")).ratio > 0
    if resource.price_parameter:
        unit = parameters.parameter(resource.price_parameter).unit
        assert unit.startswith("VND/")
        assert energy.content(resource, unit.removeprefix("VND/")).ratio > 0


def test_a_plausible_price_is_a_range_with_both_ends(resource: Resource) -> None:
    low, high = resource.plausible_price_low_vnd, resource.plausible_price_high_vnd
    assert (low is None) == (high is None)
    if low is not None and high is not None:
        assert 0 < low < high


def test_canonical_units_are_amounts(resource: Resource) -> None:
    assert units.dimension(resource.unit) in {"energy", "mass", "volume"}


def test_a_calorific_value_lies_in_its_range() -> None:
    for fuel in catalogue.fuels().values():
        if fuel.ncv_range is not None:
            assert fuel.ncv_range[0] <= fuel.ncv_gj_per_t <= fuel.ncv_range[1], fuel.fuel_id


def test_gases_have_every_set_with_evidence() -> None:
    for gas in catalogue.gases().values():
        assert set(gas.gwp) == set(gas.evidence) == set(GAS_SETS)
        assert set(gas.evidence.values()) <= set(EVIDENCE)

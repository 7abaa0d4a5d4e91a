"""Quantities of bills and tanks in canonical units, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sxsh_options.errors import InputError, UnitError
from sxsh_options.resources import conversion


@pytest.mark.parametrize(
    ("resource", "value", "unit", "expected"),
    [
        ("electricity", 1.0, "MWh", 1000.0),
        ("electricity", 3.6, "GJ", 1000.0),
        ("diesel", 1000.0, "l", 0.84),  # 0.84 kg/L
        ("diesel", 1.0, "kl", 0.84),
        ("diesel", 36.12, "gj", 0.84),  # 0.84 t x 43.0 GJ/t
        ("diesel", 840.0, "kg", 0.84),
        ("diesel", 1.02, "toe", 1.0),  # the table's 1.02 TOE/t, not 43.0 / 41.868
        ("electricity", 0.1543, "toe", 1000.0),  # 0.0001543 TOE/kWh, not 11.63 MWh
        ("lpg", 48.0, "kg", 0.048),
        ("natural_gas", 1000.0, "nm3", 0.72),  # 0.72 kg/Nm3
        ("natural_gas", 1.0, "1000m3", 0.72),
        ("natural_gas", 34.56, "gj", 0.72),  # 0.72 t x 48.0 GJ/t
        ("coal", 26.7, "gj", 1.0),
        ("water", 2500.0, "l", 2.5),
        ("r404a", 0.012, "t", 12.0),
        ("solid_waste", 350.0, "kg", 0.35),
    ],
)
def test_canonical_quantities(resource: str, value: float, unit: str, expected: float) -> None:
    assert conversion.to_canonical(resource, value, unit) == pytest.approx(expected, rel=1e-15)


def test_round_figures_stay_exact() -> None:
    assert conversion.to_canonical("diesel", 1000.0, "lít") == 0.84
    assert conversion.to_canonical("electricity", 8.25, "mwh") == 8250.0


def test_arrays() -> None:
    np.testing.assert_allclose(conversion.to_canonical("diesel", np.array([1000.0, 0.0]), "l"), [0.84, 0.0])


def test_a_metered_cubic_metre_of_gas_is_taken_as_normal_and_said() -> None:
    assert conversion.to_canonical("natural_gas", 1.0, "m3") == conversion.to_canonical(
        "natural_gas", 1.0, "nm3"
    )
    assert [m.code for m in conversion.conversion("natural_gas", "m3").messages] == [
        "conversion.metered_as_normal"
    ]
    assert conversion.conversion("natural_gas", "nm3").messages == ()


def test_what_was_used_is_part_of_the_answer() -> None:
    found = conversion.conversion("diesel", "l")
    assert (found.formula_id, found.inputs) == ("conversion.density", {"density_kg_per_l": 0.84})
    found = conversion.conversion("diesel", "gj")
    assert (found.formula_id, found.inputs) == ("conversion.ncv", {"ncv_gj_per_t": 43.0})


@pytest.mark.parametrize(
    ("resource", "unit"),
    [
        ("electricity", "t"),
        ("electricity", "kw"),
        ("wood", "l"),
        ("lpg", "nm3"),
        ("water", "kg"),
        ("water", "toe"),
        ("milk", "l"),
        ("steam", "gj"),
        ("diesel", "kwh/t"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(resource: str, unit: str) -> None:
    with pytest.raises(UnitError) as error:
        conversion.to_canonical(resource, 1.0, unit)
    (message,) = error.value.messages
    assert message.code == "conversion.not_for_resource"
    assert message.params["resource"] == resource
    assert message.params["suggestions"]


def test_unknown_names() -> None:
    with pytest.raises(UnitError):
        conversion.to_canonical("diesel", 1.0, "thùng")
    with pytest.raises(InputError):
        conversion.to_canonical("CO2", 1.0, "t")

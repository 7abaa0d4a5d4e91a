"""Units: spellings, exact factors, and the agreement of the fast way with pint."""

from __future__ import annotations

import itertools
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pint
import pytest

from sxsh_options import units
from sxsh_options.errors import UnitError
from sxsh_options.parameters import DATA_FOLDER


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("kWh", "kwh"), ("KWH", "kwh"), ("MWh", "mwh"), ("tấn", "t"), ("Tấn", "t"), ("lít", "l"), ("L", "l"),
        ("m³", "m3"), ("Nm3", "nm3"), ("Nm³", "nm3"), ("1000m3", "thousand_m3"), ("1000 m³", "thousand_m3"),
        ("TOE", "toe"), ("kWh/tấn", "kwh/t"), ("kW·h", "kw*h"),
    ],
)  # fmt: skip
def test_spellings(written: str, name: str) -> None:
    assert units.canonical(written) == name


@pytest.mark.parametrize("name", sorted(units.known()))
def test_the_symbol_is_a_spelling(name: str) -> None:
    assert units.canonical(units.symbol(name)) == name


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        # definitions of the SI, of the IEA (1 toe = 41.868 GJ) and of the international calorie (4.1868 J)
        (1.0, "kwh", "mj", 3.6),
        (1.0, "gwh", "tj", 3.6),
        (1.0, "toe", "gj", 41.868),
        (1.0, "toe", "mwh", 11.63),
        (1.0, "toe", "gcal", 10.0),
        (1.0, "kcal", "kj", 4.1868),
        (0.1, "t", "kg", 100.0),
        (2.5, "1000m3", "l", 2_500_000.0),
        (3.0, "kl", "m3", 3.0),
        (1.0, "kWh/tấn", "MJ/kg", 0.0036),
        (2.0, "kW*h", "MJ", 7.2),
        (1.0, "MW", "kW", 1000.0),
        (-7.0, "kg", "kg", -7.0),
    ],
)
def test_conversion(value: float, source: str, target: str, expected: float) -> None:
    assert units.convert(value, source, target) == expected


def test_arrays_are_converted_as_a_whole() -> None:
    np.testing.assert_array_equal(units.convert(np.array([0.0, 1.5]), "mwh", "kwh"), [0.0, 1500.0])


def test_the_fast_way_is_pint() -> None:
    """Every pair of named units, against pint reading the same file."""
    lines = (DATA_FOLDER / "units.txt").read_text(encoding="utf-8").splitlines()
    registry = pint.UnitRegistry(lines, non_int_type=Fraction, cache_folder=None)
    pairs = 0
    for source, target in itertools.permutations(units.known(), 2):
        a, b = registry.Quantity(Fraction(1), source), registry.Unit(target)
        if a.is_compatible_with(b):
            assert units.ratio(source, target) == a.to(b).magnitude, (source, target)
            pairs += 1
        else:
            with pytest.raises(UnitError):
                units.ratio(source, target)
    assert pairs > 150


@pytest.mark.parametrize("written", ["kwhh", "", "kwh/", "/kwh", "kwh**2", "tỷ đồng", "10kwh", "kwh/\ud800"])
def test_an_unknown_unit_is_named_with_what_is_near(written: str) -> None:
    with pytest.raises(UnitError) as error:
        units.convert(1.0, written, "kwh")
    (message,) = error.value.messages
    assert message.code == "conversion.unknown_unit"
    assert message.params["unit"] == written
    assert message.params["suggestions"]


def test_the_nearest_unit_is_suggested() -> None:
    with pytest.raises(UnitError) as error:
        units.canonical("kwhh")
    assert error.value.messages[0].params["suggestions"].startswith("kWh")


@pytest.mark.parametrize(
    ("source", "target"), [("m3", "nm3"), ("kw", "kwh"), ("kg", "l"), ("m2", "m3"), ("kwh/t", "kwh")]
)
def test_what_cannot_be_converted_is_refused(source: str, target: str) -> None:
    with pytest.raises(UnitError) as error:
        units.convert(1.0, source, target)
    (message,) = error.value.messages
    assert message.code == "conversion.incompatible_units"
    assert (message.params["unit"], message.params["target"]) == (source, target)


def test_plain_conversions_do_not_start_pint() -> None:
    program = (
        "import sys; from sxsh_options import units; units.convert(1.0, 'mwh', 'kwh'); "
        "assert 'pint' not in sys.modules; units.convert(1.0, 'kwh/t', 'mj/kg'); assert 'pint' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])

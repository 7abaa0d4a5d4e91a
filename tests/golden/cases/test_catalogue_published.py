"""Where a source prints both what was used and what was saved, the catalogue's band on that base holds it.

The published figures were typed from the sources that each row names; docs/catalogue.md shows the same table.
"""

from __future__ import annotations

from typing import Any

import pytest

from sxsh_options.options import annual_flows
from sxsh_options.options.bases import Premises
from sxsh_options.options.offers import offer
from sxsh_options.options.tables import option_catalogue
from tests.builders import AS_OF, assessment, option

CHAVALPARIT = "doi 10.1186/s42834-021-00093-9, Table 1 (cassava starch, per tonne)"
NSTDA = "nstda.or.th, 16 tapioca starch factories (2011), mean"

PUBLISHED = [  # option, what its base is, used and unit, saved in the same unit, source
    ("MAT07", "fuel_total", "fuel_oil", 45.2, "l", 45.2 - 15.7, CHAVALPARIT),
    ("CAS04", "elec_total", "electricity", 197.8, "kwh", 197.8, CHAVALPARIT),
    ("CAS03", "fuel_dryer", "fuel_oil", 100.0, "l", 6.6, NSTDA),
    ("TEX01", "water_process", "water", 8.0, "m3", 8.0 - 4.5, "coats.com: liquor ratio 8 to 4.5"),
    ("TEX02", "water_process", "water", 8.0, "m3", 8.0 - 6.5, "coats.com: liquor ratio 8 to 6.5"),
    ("PLA01", "elec_process", "electricity", 100.0, "kwh", 30.0, "zetarmold.com: retrofit, lower end"),
    ("PLA01", "elec_process", "electricity", 100.0, "kwh", 50.0, "zetarmold.com: retrofit, upper end"),
    ("PLA02", "elec_process", "electricity", 100.0, "kwh", 48.5, "findoutaboutplastics.com: 48-49 %"),
    ("WAT01", "water_clean", "water", 100.0, "m3", 70.0, "scribd.com 462941628: floors, up to 70 %"),
]  # fmt: skip

OUTSIDE = [  # published results that the band does not hold, each with why
    (
        "CAS01",
        "water_total",
        "water",
        14.5,
        "the mean of all water measures of 16 factories, not of this one",
    ),
    (
        "MOT04",
        "elec_motor",
        "electricity",
        100 * (1 - 93 / 97),
        "4.12 %: the band was rounded to whole percent",
    ),
]


def band_on(option_id: str, base: str, resource: str, used: float, unit: str) -> tuple[float, ...]:
    """What the catalogue offers a facility that uses `used` for this end use alone."""
    uses = option_catalogue().end_uses[base]
    flow: dict[str, Any] = {"id": "f", "resource": resource, "quantity": used, "unit": unit}
    if not uses.whole:
        flow["end_use"] = base
    enough = {
        "id": "cod",
        "resource": "cod",
        "quantity": 1.0,
        "unit": "t",
    }  # for biogas not to be short of it
    listed = [flow, enough]
    given = assessment(option("A"), baseline={"start": "2025-01-01", "end": "2025-12-31", "flows": listed})
    flows = annual_flows(given)
    found = offer(option_catalogue().options[option_id], Premises(given, flows), AS_OF)
    (saving,) = (s for s in found.savings if s.effect.base == base and s.part is not None)
    return tuple(quantity * flows["f"].units_per_canonical for quantity in saving.quantity)


@pytest.mark.parametrize(
    ("option_id", "base", "resource", "used", "unit", "saved", "source"),
    PUBLISHED,
    ids=[f"{row[0]}-{row[-1]}" for row in PUBLISHED],
)
def test_the_published_saving_lies_within_the_band(
    option_id: str, base: str, resource: str, used: float, unit: str, saved: float, source: str
) -> None:
    assert source
    low, typical, high = band_on(option_id, base, resource, used, unit)
    assert low <= typical <= high
    assert low * (1 - 1e-9) <= saved <= high * (1 + 1e-9)


@pytest.mark.parametrize(("option_id", "base", "resource", "percent", "why"), OUTSIDE)
def test_what_lies_outside_is_known(
    option_id: str, base: str, resource: str, percent: float, why: str
) -> None:
    unit = "kwh" if resource == "electricity" else "m3"
    low, _, high = band_on(option_id, base, resource, 100.0, unit)
    assert not low <= percent <= high, f"now inside, so no longer an exception: {why}"

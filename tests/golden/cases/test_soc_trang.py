"""The programme of Sóc Trăng, 2010-2013: six enterprises saved more than 6.3 million kWh a year and
avoided nearly 4,600 t of CO2 (published by the province; approximate figures).

The two imply a factor. Viet Nam's official grid factors of those years are not known, and nothing may
stand in for them.
"""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.errors import ParameterError
from sxsh_options.i18n.formats import ENGLISH, VIETNAMESE
from sxsh_options.resources import emissions
from sxsh_options.units import convert

AVOIDED_T_CO2 = 4_600.0
SAVED_KWH = 6_300_000.0
AS_OF = date(2026, 11, 22)


def test_implied_factor_prints_as_073_t_per_mwh() -> None:
    implied = AVOIDED_T_CO2 / convert(SAVED_KWH, "kwh", "mwh")
    assert ENGLISH.fixed(implied, 2) == "0.73"
    assert VIETNAMESE.fixed(implied, 2) == "0,73"


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2013])
def test_grid_factor_of_those_years_is_a_named_gap(year: int) -> None:
    with pytest.raises(ParameterError) as raised:
        emissions.factor("electricity", as_of=AS_OF, data_year=year)
    (gap,) = raised.value.messages
    assert gap.code == "parameter.no_data_year"
    assert gap.params["year"] == year


def test_the_first_year_known_is_2014() -> None:
    known = emissions.factor("electricity", as_of=AS_OF, data_year=2014)
    assert known is not None
    assert known.t_co2e_per_unit * 1_000 == pytest.approx(0.6612, abs=1e-12)

"""Every parameter file that ships, and the figures in them that others have published."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.errors import ParameterError
from sxsh_options.parameters import DATA_FOLDER, ParameterSet, load

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def parameters() -> ParameterSet:
    return load(DATA_FOLDER / "parameters")


def test_every_file_keeps_the_schema(parameters: ParameterSet) -> None:
    assert len(list(parameters)) > 50
    assert {path.stem for path in (DATA_FOLDER / "parameters").rglob("*")} >= set(parameters)


def test_the_grid_series_is_the_official_one_and_nothing_else(parameters: ParameterSet) -> None:
    """Combined margin by data year as published by the ministry's climate change department."""
    official = {
        2014: 0.6612, 2015: 0.8154, 2016: 0.9185, 2017: 0.8649, 2018: 0.9130,
        2019: 0.8458, 2020: 0.8041, 2021: 0.7221, 2022: 0.6766, 2023: 0.6592,
    }  # fmt: skip
    series = parameters.parameter("grid_emission_factor").values
    assert {value.data_year: value.value for value in series} == official


def test_an_assumed_publication_is_the_end_of_the_next_year(parameters: ParameterSet) -> None:
    assumed = [v for v in parameters.parameter("grid_emission_factor").values if v.start_assumed]
    assert [v.data_year for v in assumed] == [2015, 2016, 2020]
    for value in assumed:
        assert value.data_year is not None
        assert value.valid_from == date(value.data_year + 1, 12, 31)


@pytest.mark.parametrize(
    ("parameter_id", "on", "expected"),
    [
        # Decree 53/2020 until the end of 2025, Decree 346/2025 from 2026
        ("wastewater_fee.cod", date(2025, 12, 31), 2000),
        ("wastewater_fee.unmonitored", date(2026, 1, 1), 1700),
        ("corporate_income_tax.loss_carry_forward_years", AS_OF, 5),
        ("corporate_income_tax.small_item_spreading_years", AS_OF, 3),
        ("fixed_asset.threshold", AS_OF, 30_000_000),
        ("discount_rate.default", AS_OF, 0.10),
        ("vat.reduced", date(2026, 12, 31), 0.08),
        ("vat.standard", AS_OF, 0.10),
        ("fx.vnd_per_usd", AS_OF, 26_400),
        ("toe.electricity", AS_OF, 0.0001543),
    ],
)
def test_a_number_of_the_law(parameters: ParameterSet, parameter_id: str, on: date, expected: float) -> None:
    assert parameters.get(parameter_id, on).number == expected


def test_the_fee_per_kg_of_2026_is_a_gap_and_not_zero(parameters: ParameterSet) -> None:
    value = parameters.get("wastewater_fee.cod", date(2026, 1, 1))
    assert value.value is None
    assert [m.code for m in value.messages] == ["parameter.not_known"]
    assert "346/2025" in value.messages[0].params["act"]


@pytest.mark.parametrize(
    ("parameter_id", "last_day"),
    [("wastewater_fee.fixed", date(2025, 12, 31)), ("vat.reduced", date(2026, 12, 31))],
)
def test_what_has_ended_is_refused_the_day_after(
    parameters: ParameterSet, parameter_id: str, last_day: date
) -> None:
    assert parameters.get(parameter_id, last_day).value is not None
    with pytest.raises(ParameterError):
        parameters.get(parameter_id, date.fromordinal(last_day.toordinal() + 1))


def rate_at(parameters: ParameterSet, revenue_vnd: float, on: date) -> float:
    for band in parameters.get("corporate_income_tax.rate", on).value:
        if revenue_vnd <= band.get("revenue_up_to_vnd", float("inf")):
            return float(band["rate"])
    raise AssertionError("the last band has no upper end")


@pytest.mark.parametrize(
    ("on", "revenue_billion", "rate"),
    [
        (date(2024, 12, 31), 0.5, 0.20),
        (date(2025, 1, 1), 3, 0.15),
        (date(2025, 1, 1), 3.001, 0.17),
        (date(2025, 12, 31), 0.5, 0.15),
        (date(2026, 1, 1), 1, 0.0),
        (date(2026, 1, 1), 1.001, 0.15),
        (date(2026, 1, 1), 50, 0.17),
        (date(2026, 1, 1), 50.001, 0.20),
    ],
)
def test_corporate_income_tax_by_date_and_revenue(
    parameters: ParameterSet, on: date, revenue_billion: float, rate: float
) -> None:
    assert rate_at(parameters, revenue_billion * 1e9, on) == rate


def test_a_grant_is_taxed_before_2025_and_reduces_the_basis_after(parameters: ParameterSet) -> None:
    before = parameters.get("grant.tax_treatment", date(2024, 12, 31))
    after = parameters.get("grant.tax_treatment", date(2025, 1, 1))
    assert before.value == {"taxable": True, "reduces_basis": False}
    assert after.value == {"taxable": False, "reduces_basis": True}
    assert before.evidence == after.evidence == "derived"


def test_weights_are_shares_of_a_hundred(parameters: ParameterSet) -> None:
    assert sum(parameters.get("cp_feasibility.weights", AS_OF).value.values()) == 100


def test_depreciation_frames_are_ranges_with_names(parameters: ParameterSet) -> None:
    frames = parameters.get("depreciation.frames", AS_OF).value
    assert (frames["textile"]["min"], frames["textile"]["max"]) == (10, 15)
    for frame in frames.values():
        assert set(frame) == {"vi", "en", "min", "max"}
        assert frame["vi"]
        assert frame["en"]
        assert 0 < frame["min"] < frame["max"]


def test_low_cost_is_what_is_no_fixed_asset(parameters: ParameterSet) -> None:
    """The screening's low cost is tied to the fixed asset threshold: they change together."""
    low_cost = parameters.get("cp_triage.low_cost", AS_OF).number
    assert low_cost == parameters.get("fixed_asset.threshold", AS_OF).number


def test_tariff_levels_and_hours(parameters: ParameterSet) -> None:
    tariff = parameters.get("electricity_tariff.production", AS_OF).value
    assert len(tariff) == 4
    for level in tariff.values():
        assert level["off_peak"] < level["normal"] < level["peak"]
    old = parameters.get("electricity_tariff.hours", date(2026, 4, 21)).value
    new = parameters.get("electricity_tariff.hours", date(2026, 4, 22)).value
    assert old["peak"] == [["09:30", "11:30"], ["17:00", "20:00"]]
    assert new["peak"] == [["17:30", "22:30"]]

"""The quick estimate: each result as soon as its own figures are there, and none before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sxsh_options.services import editing, quick_estimate
from sxsh_options.services.quick_estimate import CAPEX, LIFE, MONEY, OPEX, QUANTITY, SAVING
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import evaluate

AS_OF = date(2026, 11, 22)
VND = {"currency": "VND"}


def estimate_of(*entered: tuple[editing.Path, Any], resource: str = "electricity") -> quick_estimate.Estimate:
    document = quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF)
    if resource != "electricity":
        document = quick_estimate.in_resource(document, resource)
    for path, value in entered:
        document = editing.put(document, path, value)
    return quick_estimate.estimate(document, AS_OF)


CAPEX_600 = (CAPEX, {"amount": 600e6, **VND})
KWH_96 = (QUANTITY, 96_000.0)


def test_nothing_entered_needs_everything() -> None:
    found = estimate_of()
    assert found.option is None
    assert found.missing == {
        "payback": ("capex", "saved"),
        "saving": ("saved",),
        "npv": ("capex", "saved", "life"),
        "co2e": ("saved",),
    }


def test_saving_and_emissions_need_no_investment() -> None:
    found = estimate_of(KWH_96)
    assert found.option is not None
    assert [r for r in quick_estimate.RESULTS if found.known(r)] == ["saving", "co2e"]
    assert found.option.net_annual_benefit_vnd == pytest.approx(96_000 * 1833)  # tariff of 10/05/2025
    assert found.option.co2e_t_per_year == pytest.approx(96 * 0.6592)  # grid factor of 2023, t/MWh


def test_payback_needs_no_life() -> None:
    found = estimate_of(CAPEX_600, KWH_96)
    assert found.option is not None
    assert found.known("payback")
    assert found.missing["npv"] == ("life",)
    assert found.option.simple_payback_years == pytest.approx(600e6 / (96_000 * 1833))


def test_everything() -> None:
    found = estimate_of(CAPEX_600, KWH_96, (LIFE, 10))
    assert found.option is not None
    assert all(found.known(result) for result in quick_estimate.RESULTS)
    # 10 equal years at the default 10 % are worth (1 - 1.1^-10) / 0.1 of one
    annuity = (1 - 1.1**-10) / 0.1
    assert found.option.npv_vnd == pytest.approx(-600e6 + 96_000 * 1833 * annuity)


def test_added_cost_counts() -> None:
    found = estimate_of(CAPEX_600, KWH_96, (OPEX, {"amount": 25_968_000.0, **VND}))
    assert found.option is not None
    assert found.option.net_annual_benefit_vnd == pytest.approx(150e6)  # 175.968 - 25.968 million
    assert found.option.simple_payback_years == pytest.approx(4.0)


def test_a_price_of_ones_own_comes_before_the_default() -> None:
    found = estimate_of(KWH_96, (quick_estimate.price_path("electricity"), 2500.0))
    assert found.option is not None
    assert found.option.net_annual_benefit_vnd == pytest.approx(240e6)


@pytest.mark.parametrize(
    ("path", "need"), [(OPEX, "other"), (quick_estimate.price_path("electricity"), "price")]
)
def test_what_cannot_be_read_is_not_taken_for_empty(path: editing.Path, need: str) -> None:
    document = quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF)
    for where, value in (CAPEX_600, KWH_96, (LIFE, 10)):
        document = editing.put(document, where, value)
    found = quick_estimate.estimate(editing.with_draft(document, path, "vài triệu"), AS_OF)
    assert {result: found.missing[result] for result in quick_estimate.RESULTS} == {
        "payback": (need,),
        "saving": (need,),
        "npv": (need,),
        "co2e": (),
    }
    assert found.known("co2e")


def test_without_a_price_emissions_are_still_known() -> None:
    """Nobody has found a price of coal: the money waits, the tonnes do not."""
    found = estimate_of(CAPEX_600, (QUANTITY, 100.0), resource="coal_grade_3_4")
    assert found.missing["saving"] == ("price",)
    assert found.missing["payback"] == ("price",)
    assert found.known("co2e")
    assert found.option is not None
    assert found.option.co2e_t_per_year is not None
    assert found.option.co2e_t_per_year > 100


def test_a_similar_fuel_with_a_price_is_no_price_of_this_one() -> None:
    hard = {"id": "h", "resource": "anthracite", "quantity": 90.0, "unit": "t", "unit_price": 3_500_000.0}
    baseline = {"start": "2025-01-01", "end": "2025-12-31", "flows": [hard]}
    found = estimate_of((("baseline",), baseline), CAPEX_600, (QUANTITY, 100.0), resource="coal_grade_3_4")
    assert found.missing["saving"] == ("price",)
    assert found.known("co2e")


@pytest.mark.parametrize(
    "entered",
    [
        (),
        (KWH_96,),
        (CAPEX_600, KWH_96),
        (CAPEX_600, KWH_96, (LIFE, 10)),
        (CAPEX_600, KWH_96, (LIFE, 10), (OPEX, {"amount": 1e6, **VND})),
        (CAPEX_600, KWH_96, (LIFE, 10), (quick_estimate.price_path("electricity"), 2500.0)),
    ],
)
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("unread", [None, OPEX, LIFE, quick_estimate.price_path("electricity")])
def test_results_that_are_there_already_change_nothing(
    entered: tuple[tuple[editing.Path, Any], ...], named: bool, unread: editing.Path | None
) -> None:
    document = quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF)
    for path, value in (*entered, *[(quick_estimate.NAME, "Máy nén khí")] * named):
        document = editing.put(document, path, value)
    if unread is not None:
        document = editing.with_draft(document, unread, "vài triệu")
    known = evaluate(document, RankRequest(as_of=AS_OF, explain=quick_estimate.OPTION[-1:]))
    found, afresh = (quick_estimate.estimate(document, AS_OF, k) for k in (known, None))
    assert found.missing == afresh.missing
    if named and found.option is not None:
        assert found == afresh


def test_only_the_money_is_known() -> None:
    document = quick_estimate.in_money(quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF))
    for path, value in (CAPEX_600, (MONEY, {"amount": 200e6, **VND}), (LIFE, 5)):
        document = editing.put(document, path, value)
    found = quick_estimate.estimate(document, AS_OF)
    assert found.option is not None
    assert found.option.simple_payback_years == pytest.approx(3.0)
    assert found.missing["co2e"] == ("resource",)


def test_what_fits() -> None:
    blank = quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF)
    assert quick_estimate.fits(blank)
    assert quick_estimate.fits(quick_estimate.in_money(blank))
    assert quick_estimate.fits(editing.put(blank, (*quick_estimate.OPTION, "note"), "xem lại"))
    for path, value in (
        (("options",), []),
        ((*quick_estimate.OPTION, "salvage"), {"amount": 1.0}),
        ((*quick_estimate.OPTION, "benefits"), [{"id": "benefit1"}]),
        ((*SAVING, "percent"), 10.0),
        ((*CAPEX[:-1], "vat_rate"), 0.1),
        (("baseline",), {"flows": [{"id": "flow1"}]}),
        (("options",), [*blank["options"], {"id": "option2"}]),
        (MONEY, {"amount": 1.0}),  # beside a saved resource: the form shows one of the two
    ):
        assert not quick_estimate.fits(editing.put(blank, path, value)), path


def test_going_on_gives_a_name_a_period_and_no_empty_price() -> None:
    blank = quick_estimate.blank("Tính nhanh", "giá đang trả", AS_OF)
    on = quick_estimate.going_on(blank, "Giải pháp", date(2025, 1, 1), date(2025, 12, 31))
    assert editing.get(on, quick_estimate.NAME) == "Giải pháp"
    assert on["baseline"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert on["overrides"] == []
    priced = editing.put(blank, quick_estimate.price_path("electricity"), 2500.0)
    kept = quick_estimate.going_on(priced, "Giải pháp", date(2025, 1, 1), date(2025, 12, 31))
    assert [row["value"] for row in kept["overrides"]] == [2500.0]
    assert [row["on"] for row in kept["overrides"]] == ["2026-11-22"]

"""A real spreadsheet program opens the workbook, calculates it and saves it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.model import Assessment
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.storage.workbook import read_workbook, write_workbook
from tests.builders import AS_OF, assessment, electricity, option
from tests.running.office import saved_by_office
from tests.workbooks import FIRST, column_of, edited, fill, fill_form

pytestmark = pytest.mark.slow

USD = {"currency": "USD", "vnd_per_unit": 25_000, "on": "2025-06-30", "source": "x"}
LATER = {"currency": "USD", "vnd_per_unit": 26_000, "on": "2026-06-30", "source": "x"}


def whole() -> Assessment:
    """Return an assessment whose options use every way to say what they cost and save."""
    plain = option("plain", capex=0, saving=None, opex_change=4e6)
    plain["capex"] = [{"id": "capex", "kind": "other", "amount": 80e6}]
    plain["savings"] = [
        {"id": "saving_electricity", "resource": "electricity", "quantity": 10_000, "unit": "kwh"}
    ]
    part = option("part", capex=0, saving=None, note="có ghi chú\ndòng hai")
    part["capex"] = [
        {
            "kind": "equipment",
            "amount": {"amount": 2_000, "currency": "USD"},
            "vat_rate": 0.1,
            "vat_deductible": False,
        },
        {"kind": "training", "amount": 3e6},
    ]
    part["savings"] = [
        {
            "resource": "electricity",
            "percent": 12.5,
            "of_flow": "power",
            "base_share": 0.4,
            "low": 10,
            "high": 15,
        },
        {"resource": "water", "quantity": -30, "unit": "m3"},
    ]
    part["benefits"] = [{"kind": "avoided_fee", "amount": 2e6}]
    part |= {
        "downtime_cost": 1e6,
        "working_capital": 5e5,
        "feasibility": {"safety": "good"},
        "excludes": ["plain"],
    }
    stated = option("stated", capex=30e6, saving=9e6)
    baseline = electricity()
    baseline["flows"].append(
        {"id": "w", "resource": "water", "quantity": 900, "unit": "m3", "unit_price": 10_000}
        | {"vat_rate": 0.05, "vat_deductible": False}
    )
    return assessment(plain, part, stated, baseline=baseline, exchange_rates=[USD, LATER])


def without_values(data: bytes) -> bytes:
    """Return a workbook whose formulas have given nothing yet."""
    return edited(data, lambda _: None)


def shown(data: bytes, path: str, title: str = "Giải pháp") -> list[Any]:
    sheet = load_workbook(io.BytesIO(data), data_only=True)[title]
    at = column_of(sheet, path)
    return [sheet.cell(row, at).value for row in range(FIRST, FIRST + 3)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_libreoffice_saves_is_equal(tmp_path: Path, lang: Lang) -> None:
    given = whole()
    read = read_workbook(saved_by_office(write_workbook(given, Wording(lang), AS_OF), tmp_path), "a.xlsx")
    assert read.assessment == given
    assert not read.faults
    assert not read.notes


def test_libreoffice_calculates_what_we_do(tmp_path: Path) -> None:
    """By hand: 12.5 % of 40 % of 100,000 kWh at 2,000 ₫ are 10 million; 30 m³ more at 10,500 ₫; fees of 2."""
    given = whole()
    ours = write_workbook(given, Wording("vi"), AS_OF)
    theirs = saved_by_office(without_values(ours), tmp_path)
    invested = [80e6, 2_000 * 26_000 * 1.1 + 3e6, 30e6]
    benefits = [20e6 - 4e6, 10e6 - 30 * 10_500 + 2e6, 9e6]
    paybacks = [5.0, (invested[1] + 1.5e6) / benefits[1], 30 / 9]
    for data in (ours, theirs):
        assert shown(data, "_investment") == pytest.approx(invested)
        assert shown(data, "_benefit") == pytest.approx(benefits)
        assert shown(data, "_payback") == pytest.approx(paybacks)
        assert shown(data, "_cost", "Dòng vào, dòng thải")[:2] == pytest.approx([200e6, 900 * 10_500])
    ranked = {
        found.option_id: found.simple_payback_years for found in rank(given, RankRequest(AS_OF)).options
    }
    assert [ranked[name] for name in ("plain", "part", "stated")] == pytest.approx(paybacks)


def test_a_template_that_a_script_filled_in(tmp_path: Path) -> None:
    """5 % of 120,000 kWh at 2,100 ₫ are 12.6 million a year: 63 million are back in five years."""

    def change(workbook: Any) -> None:
        facility = {"facility.name": "Cơ sở A", "id": "a", "title": "Đánh giá A"}
        fill_form(
            workbook["Cơ sở"],
            {**facility, "baseline.start": date(2025, 1, 1), "baseline.end": date(2025, 12, 31)},
        )
        flow = {"id": "dien", "resource": "Điện", "quantity": 120_000, "unit": "kWh", "unit_price": 2_100}
        fill(workbook["Dòng vào, dòng thải"], FIRST, flow)
        row = {
            "id": "A",
            "name": "Biến tần",
            "_investment": 63e6,
            "technical_life_years": 8,
            "opex_change": 0,
        }
        fill(workbook["Giải pháp"], FIRST, row)
        fill(
            workbook["Khoản tiết kiệm"],
            FIRST,
            {"option": "A", "resource": "Điện", "percent": 0.05, "of_flow": "dien"},
        )

    data = saved_by_office(edited(write_workbook(None, Wording("vi"), AS_OF), change), tmp_path)
    expected = assessment(
        {
            "id": "A",
            "name": "Biến tần",
            "capex": [{"id": "capex", "kind": "other", "amount": 63e6}],
            "savings": [{"resource": "electricity", "percent": 5, "of_flow": "dien"}],
            "opex_change": 0,
            "technical_life_years": 8,
        },
        id="a",
        title="Đánh giá A",
        facility={"name": "Cơ sở A"},
        baseline={
            "start": "2025-01-01",
            "end": "2025-12-31",
            "flows": [
                {
                    "id": "dien",
                    "resource": "electricity",
                    "quantity": 120_000,
                    "unit": "kwh",
                    "unit_price": 2_100,
                }
            ],
        },
    )
    assert read_workbook(data, "a.xlsx").assessment == expected
    assert shown(data, "_benefit")[0] == pytest.approx(12.6e6)
    assert shown(data, "_payback")[0] == pytest.approx(5.0)


def test_what_has_no_price_is_worth_the_published_one(tmp_path: Path) -> None:
    """LibreOffice calculates only what is not there yet: what it shows must be right without being asked.

    1,833 ₫/kWh on that day: 10,000 kWh are 18.33 million. There is no published price of coal.
    """
    by_rows = option("rows", capex=50e6, saving=None, note="more")
    by_rows["savings"] = [
        {"resource": "electricity", "percent": 10, "of_flow": "power", "low": 5, "high": 15}
    ]
    unknown = option("unknown", capex=50e6, saving=None)
    unknown["savings"] = [{"resource": "coal", "quantity": 3, "unit": "t"}]
    baseline = electricity()
    del baseline["flows"][0]["unit_price"]
    data = write_workbook(assessment(by_rows, unknown, baseline=baseline), Wording("vi"), AS_OF)
    for read in (data, saved_by_office(data, tmp_path)):
        assert shown(read, "_benefit")[:2] == [pytest.approx(18.33e6), None]
        assert shown(read, "_payback")[:2] == [pytest.approx(50 / 18.33), None]

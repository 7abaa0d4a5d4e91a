"""The ranked list as CSV that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.storage.results_table import ranked_to_readable_csv
from tests.builders import AS_OF, assessment, electricity, option

KWH = [{"id": "s", "resource": "electricity", "quantity": 10_000.0, "unit": "kwh"}]


def rows(given: Assessment, lang: Literal["vi", "en"] = "vi") -> list[dict[str, str]]:
    text = ranked_to_readable_csv(rank(given, RankRequest(AS_OF)), Wording(lang))
    mark = ";" if lang == "vi" else ","
    header, *cells = csv.reader(io.StringIO(text.replace("\u00a0", " ")), delimiter=mark)
    assert len(header) == len(set(header))
    return [dict(zip(header, row, strict=True)) for row in cells]


def test_headers_have_units_and_cells_are_plain_numbers() -> None:
    # 10,000 kWh at 2,000 VND are 20 million a year for 100 million: 5 years, over 10 years
    given = assessment(
        option("A", 100e6, None, savings=KWH, category="good_housekeeping"), baseline=electricity(1e6, 2000.0)
    )
    (row,) = rows(given)
    assert row["Hạng"] == "1"
    assert row["Giải pháp"] == "Option A"
    assert row["Vốn đầu tư (đồng)"] == "100000000"
    assert row["Lợi ích ròng (đồng/năm)"] == "20000000"
    assert row["Hoàn vốn giản đơn (năm)"] == "5"
    assert row["IRR (%)"] == "15,0984"  # in hundredths, as the header says
    assert row["NPV (đồng)"] == "22891342"  # 20 million x 6.14456711 - 100 million
    assert row["Điện (kWh/năm)"] == "10000"
    assert "capex_vnd" not in row
    (english,) = rows(given, "en")
    assert english["Investment (VND)"] == "100000000"


def test_what_is_not_known_is_empty_and_a_missing_payback_is_said() -> None:
    late, loses = rows(assessment(option("A", 120e6, 10e6), option("B", 120e6, -1e6)))
    for row in (late, loses):
        assert row["Giảm phát thải (tCO₂e/năm)"] == ""
        assert row["Giảm phát thải phạm vi 2 (tCO₂e/năm)"] == ""
        assert row["Năng lượng tiết kiệm (TOE/năm)"] == ""
    assert late["Hoàn vốn giản đơn (năm)"] == "không hoàn vốn trong 10 năm"
    assert loses["Hoàn vốn giản đơn (năm)"] == "không hoàn vốn trong thời gian phân tích"
    assert "12 năm" in late["Điều cần xem lại"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "@x", "-1"])
def test_a_name_is_never_a_formula(name: str) -> None:
    (row,) = rows(assessment(option(name=name)))
    assert row["Giải pháp"] == f"'{name}"


def test_no_option_leaves_the_header() -> None:
    assert rows(assessment()) == []

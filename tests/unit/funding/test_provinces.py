"""Names of provinces as people write them: known, merged, or near to one that is."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.funding import default_register, match
from sxsh_options.funding import provinces as known
from sxsh_options.funding.provinces import merged_province, provinces, unknown_province
from tests.builders import AS_OF, assessment


@pytest.mark.parametrize(
    "name", ["", " ", "Nghệ An", "tỉnh nghe an", "TP.HCM", "Ninh Bình (trước 01/07/2025: Hà Nam)"]
)
def test_nothing_is_said_of_a_name_that_is_known_or_missing(name: str) -> None:
    assert unknown_province(name) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Nge An", "Nghệ An"),
        ("Binh Duongg", "Bình Dương"),
        ("Ninh Bình, Việt Nam", "Ninh Bình"),
        ("Ho Chi Minh City", "TP. Hồ Chí Minh"),
    ],
)
def test_the_nearest_name_comes_first(name: str, near: str) -> None:
    said = unknown_province(name)
    assert said is not None
    assert said.params["province"] == name
    assert said.params["near"].split("; ")[0] == near


def test_where_the_table_cannot_be_used_no_name_is_called_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "provinces", dict)
    assert unknown_province("Xứ Không Có") is None


def test_nothing_is_near_to_what_is_no_name() -> None:
    said = unknown_province("☃" * 500)
    assert said is not None
    assert said.code == "facility.province.unknown"


def test_every_province_that_changed_its_name_says_since_when() -> None:
    merged = {each.name: merged_province(each.name) for each in provinces().values()}
    assert merged["Ninh Bình"] is None
    said = merged["Bình Dương"]
    assert said is not None
    assert said.params == {"current": "TP. Hồ Chí Minh", "day": date(2025, 7, 1)}
    assert len({each.current for each in provinces().values()}) == 34
    assert sum(each is not None for each in merged.values()) == 63 - 34
    assert merged_province("Xứ Không Có") is None


@pytest.mark.parametrize("province", ["Đồng Tháp", "Cần Thơ", "Hà Nội"])
def test_nobody_asks_for_a_province_that_was_entered(province: str) -> None:
    """What is not known of a merged one is which of the old ones it was."""
    found = match(assessment(facility={"name": "x", "province": province}), AS_OF, default_register())
    asked = {name for each in found for criterion in each.criteria for name in criterion.to_ask}
    assert "province" not in asked

"""The list of all data: what is in it, what is found, what of it an assessment can replace."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sxsh_options.options.tables import option_catalogue
from sxsh_options.parameters import default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.services.data_shapes import DataRow, Range, Target
from sxsh_options.services.data_view import every_row, kinds_of_evidence, matching, row_of

DAY = date(2026, 11, 1)


def names(text: str, **filters: str) -> list[str]:
    return [row.name["vi"] for row in matching(DAY, text=text, **filters)]


def row(key: str, day: date = DAY) -> DataRow:
    found = row_of(key, day)
    assert found is not None
    return found


def test_every_table_is_in_it() -> None:
    rows = every_row(DAY)
    kinds = Counter(each.kind for each in rows)
    known = option_catalogue()
    assert len({each.key for each in rows}) == len(rows)
    assert {name for name in default_parameters() if row_of(name, DAY) is None} == set()
    assert kinds["norm"] == 128
    assert (kinds["option"], kinds["effect"]) == (124, 170)
    assert kinds["share"] == len(known.shares)
    assert kinds["anchor"] == len(known.anchors)
    assert kinds["resource"] == len(catalogue.resources())


def test_words_are_found_without_accents_in_any_order_and_either_language() -> None:
    assert "Giá dầu DO" in names("dau gia do")
    assert "Giá dầu DO" in names("DIESEL price")
    assert names("52/2018 tom") == ["Điện – Sản phẩm tôm quy đổi"] * 2
    assert names("chuyện không có thật") == []


def test_a_word_is_found_from_its_beginning_only() -> None:
    assert names("diesel")
    assert not names("iesel")


def test_filters_narrow() -> None:
    assert {each.kind for each in matching(DAY, kind="share")} == {"share"}
    gaps = matching(DAY, evidence="gap", kind="price")
    assert {"seen.O03", "carbon_price"} <= {each.key for each in gaps}
    assert {figure.value for each in gaps for figure in each.current.figures} == {None}
    assert sum(len(matching(DAY, evidence=known)) for known in kinds_of_evidence()) == len(every_row(DAY))


def test_the_value_of_the_day_stands_first_and_the_others_below() -> None:
    of_2021 = row("price.water", date(2021, 6, 1))
    assert of_2021.current.figures[0].value == 11_400
    assert [other.figures[0].value for other in of_2021.others] == [12_100, 10_800, 10_200]


def test_before_the_first_value_the_last_is_shown_and_it_is_said() -> None:
    early = row("price.water", date(2010, 1, 1))
    assert [what.code for what in early.current.messages] == ["parameter.before_first"]


@pytest.mark.parametrize(
    ("key", "targets"),
    [
        ("price.diesel", {Target("price", "diesel")}),
        ("electricity_tariff.production", {Target("price", "electricity")}),
        ("grid_emission_factor", {Target("emission_factor", "electricity")}),
        ("water_supply.emission_factor", {Target("emission_factor", "water")}),
        ("gas.R22", {Target("emission_factor", "r22")}),
        ("fuel.anthracite", {Target("emission_factor", "anthracite"), Target("emission_factor", "coal")}),
        ("fixed_asset.threshold", {Target("parameter", "fixed_asset.threshold")}),
        ("share.seafood.elec_refrig", {Target("end_use", "elec_refrig")}),
        ("resource.steam", {Target("price", "steam"), Target("emission_factor", "steam")}),
        ("vat.standard", set()),
        ("plausibility.payback", set()),
    ],
)
def test_what_can_be_replaced(key: str, targets: set[Target]) -> None:
    assert set(row(key).targets) == targets


def test_what_the_assumptions_replace() -> None:
    assert row("discount_rate.default").assumed
    assert not row("discount_rate.default").targets


def test_shapes_of_values() -> None:
    tariff = row("electricity_tariff.production").current.figures
    assert (tariff[3].names, tariff[3].value) == (("22_to_110kv", "normal"), 1833)
    pumps = row("depreciation.frames").current.figures[8]
    assert (pumps.names, pumps.value) == (
        ({"vi": "Máy bơm nước, xăng dầu", "en": "Water and fuel pumps"},), Range(6, None, 15),
    )  # fmt: skip
    tax = row("corporate_income_tax.rate").current.figures
    assert [(figure.up_to_vnd, figure.value) for figure in tax] == [
        (1e9, 0.0), (3e9, 0.15), (5e10, 0.17), (None, 0.2),
    ]  # fmt: skip
    hours = row("electricity_tariff.hours").current.figures[0]
    assert (hours.names, hours.value) == (("peak",), ("17:30–22:30",))


def test_a_norm_whose_period_is_over_says_so() -> None:
    assert row("norm.N004").current.ended_by(DAY)
    assert not row("norm.N004").current.ended_by(date(2025, 12, 31))
    assert not row("price.diesel").current.ended_by(DAY)  # known until then, not ended

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sxsh_options.errors import Message, message
from sxsh_options.screening.results import (
    AssumptionUsed,
    Explanation,
    InputUsed,
    RankedList,
    RankedOption,
    Scores,
    Source,
)
from sxsh_options.storage.results_out import neutralised, ranked_to_csv, ranked_to_json

# Section 5 of the design: these keys, in this order.
PUBLISHED = [
    "rank",
    "option_id",
    "name",
    "capex_vnd",
    "net_annual_benefit_vnd",
    "simple_payback_years",
    "payback_status",
    "discounted_payback_years",
    "npv_vnd",
    "irr",
    "irr_status",
    "profitability_index",
    "equivalent_annual_vnd",
    "co2e_t_per_year",
    "abatement_cost_vnd_per_tco2e",
    "tier",
    "warnings",
]

OPTION = RankedOption(
    rank=1,
    option_id="A",
    name="Bọc bảo ôn",
    name_en="",
    category="equipment_modification",
    capex_vnd=1e8,
    net_annual_benefit_vnd=-2.5e7,
    simple_payback_years=4.0,
    payback_status="paid_back",
    discounted_payback_years=None,
    npv_vnd=0.1,
    irr=None,
    irr_status="multiple",
    profitability_index=1.25,
    equivalent_annual_vnd=3.0,
    co2e_t_per_year=0.5,
    abatement_cost_vnd_per_tco2e=None,
    tier=1,
    lifetime_years=10,
    years=10,
    co2e_scope1_t_per_year=0.0,
    co2e_scope2_t_per_year=0.5,
    co2e_other_t_per_year=0.0,
    biogenic_co2_t_per_year=0.0,
    co2e_t_over_life=5.0,
    energy_toe_per_year=0.25,
    physical_savings={"electricity": 8000.0, "water": -3.0},
    scores=Scores(None, 80.0, 60.0, 70.0),
    triage="analyse_further",
    triage_reasons=(message("triage.npv_positive"),),
    warnings=(message("question.x", ratio=math.inf, on=date(2026, 1, 2)), message("question.y")),
)
SOURCE = Source("Nghị định", "read", "Điều 4", "", date(2025, 1, 1))
RANKED = RankedList(
    by="npv",
    measure="equivalent_annual",
    worth="equivalent_annual",
    as_of=date(2026, 11, 22),
    assumptions=(
        AssumptionUsed("discount_rate", 0.1, "share", SOURCE),
        AssumptionUsed("analysis_years", None, "years"),
        AssumptionUsed("unit_price", 1834.5, "VND/kwh", SOURCE, "electricity"),
        AssumptionUsed("unit_price", 9500.0, "VND/m3", None, "water"),
        AssumptionUsed("exchange_rate", 25000.0, "VND/USD", SOURCE),
        AssumptionUsed("exchange_rate", 27000.0, "VND/EUR", SOURCE),
    ),
    options=(
        OPTION,
        replace(OPTION, rank=None, option_id="B", physical_savings={"diesel": 1.5}, warnings=()),
    ),
    messages=(message("rank.lives_differ"),),
)


def word(what: Message) -> str:
    return f"<{what.code}>"


def as_json(ranked: RankedList = RANKED) -> dict[str, Any]:
    def refuse(literal: str) -> None:
        pytest.fail(f"{literal} is not JSON")

    document: dict[str, Any] = json.loads(ranked_to_json(ranked, word), parse_constant=refuse)
    return document


def as_rows(ranked: RankedList = RANKED) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ranked_to_csv(ranked, word))))


def test_the_shape_of_the_document() -> None:
    document = as_json()
    assert list(document) == ["schema", "assumptions", "options", "messages"]
    assert document["schema"] == 1
    assert document["messages"] == [
        {"code": "rank.lives_differ", "text": "<rank.lives_differ>", "params": {}}
    ]


def test_published_keys_come_first_and_in_order() -> None:
    (first, second) = as_json()["options"]
    assert list(first)[: len(PUBLISHED)] == PUBLISHED
    assert list(second) == list(first)
    assert set(first) == set(OPTION.__dataclass_fields__)


def test_values_are_those_of_the_result() -> None:
    first, second = as_json()["options"]
    assert first["npv_vnd"] == 0.1
    assert first["irr"] is None
    assert first["physical_savings"] == {"electricity": 8000.0, "water": -3.0}
    assert first["scores"] == {"technical": None, "economic": 80.0, "environmental": 60.0, "total": 70.0}
    assert second["rank"] is None


def test_every_number_is_finite_or_null() -> None:
    broken = replace(OPTION, irr=math.nan, npv_vnd=-math.inf, scores=Scores(math.nan, 1.0, math.inf, None))
    (first,) = as_json(replace(RANKED, options=(broken,)))["options"]
    assert first["irr"] is first["npv_vnd"] is None
    assert first["scores"] == {"technical": None, "economic": 1.0, "environmental": None, "total": None}


def test_warnings_carry_code_text_and_values() -> None:
    first = as_json()["options"][0]
    assert first["warnings"][0] == {
        "code": "question.x",
        "text": "<question.x>",
        "params": {"ratio": None, "on": "2026-01-02"},
    }


def test_assumptions_by_name_by_resource_and_by_currency() -> None:
    assumptions = as_json()["assumptions"]
    assert assumptions["as_of"] == "2026-11-22"
    assert (assumptions["ranked_by"], assumptions["measure"]) == ("npv", "equivalent_annual")
    assert assumptions["discount_rate"] == 0.1
    assert assumptions["analysis_years"] is None
    assert assumptions["unit_price"] == {"electricity": 1834.5, "water": 9500.0}
    assert assumptions["exchange_rate"] == {"USD": 25000.0, "EUR": 27000.0}
    assert len(assumptions["sources"]) == len(RANKED.assumptions)
    assert assumptions["sources"][0] == {
        "name": "discount_rate",
        "resource": None,
        "value": 0.1,
        "unit": "share",
        "source": {
            "title": "Nghị định",
            "evidence": "read",
            "article": "Điều 4",
            "url": "",
            "valid_from": "2025-01-01",
        },
    }


def test_explanations_that_were_asked_for() -> None:
    explanation = Explanation(
        "npv", "npv", math.nan, "VND", (InputUsed("rate", 0.1, "share", SOURCE),), (message("value.x"),)
    )
    explained = as_json(replace(RANKED, explanations={"A": (explanation,)}))["explanations"]["A"]
    assert explained[0]["value"] is None
    assert explained[0]["inputs"][0]["source"]["valid_from"] == "2025-01-01"
    assert explained[0]["messages"][0]["code"] == "value.x"


def test_csv_has_machine_keys_and_dot_decimals() -> None:
    first, second = as_rows()
    assert [key for key in first if key in PUBLISHED] == PUBLISHED
    assert first["npv_vnd"] == "0.1"
    assert first["net_annual_benefit_vnd"] == "-25000000.0"  # a number keeps its minus
    assert first["irr"] == ""
    assert first["saving_electricity_kwh"] == "8000.0"
    assert first["saving_water_m3"] == "-3.0"
    assert first["saving_diesel_t"] == ""
    assert second["saving_diesel_t"] == "1.5"
    assert second["rank"] == ""
    assert first["score_technical"] == ""
    assert first["score_total"] == "70.0"
    assert first["warnings"] == "<question.x> | <question.y>"


def test_csv_leaves_out_what_is_not_finite() -> None:
    (row,) = as_rows(replace(RANKED, options=(replace(OPTION, npv_vnd=math.nan, irr=math.inf),)))
    assert row["npv_vnd"] == row["irr"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_texts_that_look_like_formulas_are_neutralised(start: str) -> None:
    option = replace(OPTION, name=f'{start}HYPERLINK("x")', name_en=f"{start}1")
    row = as_rows(replace(RANKED, options=(option,)))[0]
    assert row["name"] == f'\'{start}HYPERLINK("x")'
    assert row["name_en"] == f"'{start}1"
    assert neutralised(f"a{start}") == f"a{start}"


def test_names_with_separators_survive() -> None:
    name = 'Thu hồi; "nước", ngưng\nlần 2'
    out = ranked_to_csv(replace(RANKED, options=(replace(OPTION, name=name),)), word)
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["name"] == name
    assert not out.startswith("\ufeff")


def test_nothing_to_rank() -> None:
    empty = replace(RANKED, options=())
    assert as_json(empty)["options"] == []
    assert as_rows(empty) == []


def test_what_follows_from_no_quantity_is_not_zero() -> None:
    unknown = ["co2e_t_per_year", "co2e_t_over_life", "energy_toe_per_year", "co2e_other_t_per_year"]
    unknown += ["co2e_scope1_t_per_year", "co2e_scope2_t_per_year", "biogenic_co2_t_per_year"]
    money_only = replace(OPTION, physical_savings={}, **dict.fromkeys(unknown, 0.0))  # type: ignore[arg-type]
    ranked = replace(RANKED, options=(money_only, OPTION))
    first, second = as_rows(ranked)
    assert {first[name] for name in unknown} == {""}
    assert second["co2e_scope1_t_per_year"] == "0.0"  # known, and nothing
    assert {as_json(ranked)["options"][0][name] for name in unknown} == {None}

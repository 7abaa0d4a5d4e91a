"""The shipped examples: complete, valid, and each can be ranked."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from sxsh_options.errors import InputError
from sxsh_options.model import broken_links
from sxsh_options.options.tables import sector_of
from sxsh_options.screening.results import Criterion
from sxsh_options.services.examples import (
    EXAMPLES_FOLDER,
    Example,
    example_of,
    examples,
    load_document,
    load_example,
)
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.services.together import bundle
from sxsh_options.services.workbench import evaluate
from sxsh_options.storage import read_assessment

AS_OF = date(2026, 11, 22)
ALL = examples()
ASSESSMENTS = [example for example in ALL if example.kind == "assessment"]
IN_USD = [example for example in ASSESSMENTS if not example.id.startswith("vn_")]
INDUSTRIES = [example for example in ASSESSMENTS if example.id.startswith("vn_")]
RANKED = [example for example in ALL if example.kind != "unfinished"]


def named(example: Example) -> str:
    return example.id


def test_the_dairy_ten_industries_a_programme_twenty_plants_and_a_table() -> None:
    assert ALL[0].id == "dairy_egypt"
    assert sum(example.id.startswith("vn_") for example in ALL) == 10
    assert sum(example.id.startswith("iac_") for example in ALL) == 20
    assert {example.id for example in ALL if example.kind != "assessment"} == {
        "options_flat_vi",
        "soc_trang_2013",
    }
    assert len(ALL) == 33


def test_index_and_folder_hold_the_same_files() -> None:
    assert {example.file for example in ALL} | {"index.toml"} == {
        path.name for path in EXAMPLES_FOLDER.iterdir()
    }


def test_ids_and_orders_are_unique() -> None:
    assert len({example.id for example in ALL}) == len(ALL)
    assert [example.order for example in ALL] == list(range(1, len(ALL) + 1))


@pytest.mark.parametrize("example", ALL, ids=named)
def test_entry_is_complete_in_both_languages(example: Example) -> None:
    assert example.file in {f"{example.id}.json", f"{example.id}.csv"}
    assert example.file.endswith(".csv") == (example.kind == "table")
    assert example.figures in {"published", "mixed", "invented"}
    assert not example.url or example.url.startswith("https://")
    assert bool(example.url) or example.figures != "published" or example.kind == "unfinished"
    for text in (example.title, example.teaches, example.origin):
        assert set(text) == {"vi", "en"}
        assert all(text.values())
        assert text["vi"] != text["en"]


@pytest.mark.parametrize("example", ASSESSMENTS, ids=named)
def test_assessment_is_sound_and_says_where_it_is_from(example: Example) -> None:
    assessment = load_example(example.id)
    assert assessment.id == example.id
    assert broken_links(assessment) == []
    assert assessment.source
    assert assessment.note
    for option in assessment.options:
        assert option.name_en
        assert option.source


@pytest.mark.parametrize("example", IN_USD, ids=named)
def test_a_foreign_plant_names_its_rate_and_its_assumed_life(example: Example) -> None:
    assessment = load_example(example.id)
    assert {option.technical_life_years for option in assessment.options} == {10}
    (rate,) = assessment.exchange_rates
    assert (rate.currency, rate.vnd_per_unit, rate.evidence) == ("USD", 26_400, "secondary")
    assert "không phải tỷ giá" in assessment.note


@pytest.mark.parametrize("example", ASSESSMENTS, ids=named)
def test_reads_the_same_as_a_user_file(example: Example) -> None:
    assert read_assessment(example.path) == load_example(example.id)


@pytest.mark.parametrize("by", get_args(Criterion))
@pytest.mark.parametrize("example", RANKED, ids=named)
def test_ranks_by_every_criterion(example: Example, by: Criterion) -> None:
    assessment = read_assessment(example.path)
    ranked = rank(assessment, RankRequest(as_of=AS_OF, by=by))
    assert {option.option_id for option in ranked.options} == {option.id for option in assessment.options}


def test_dairy_by_payback_is_in_the_order_of_cost_over_saving() -> None:
    # USD over USD a year: 0; 350/3290 = 0.1064; 2280/21050 = 0.1083; 90/440 = 0.2045;
    # 13030/22100 = 0.5896; 4650/6950 = 0.6691
    ranked = rank(load_example("dairy_egypt"), RankRequest(as_of=AS_OF))
    assert [option.option_id for option in ranked.options] == ["C035", "C036", "C033", "C037", "C038", "C034"]
    assert [option.rank for option in ranked.options] == [1, 2, 3, 4, 5, 6]
    assert [option.payback_status for option in ranked.options] == ["immediate"] + ["paid_back"] * 5


def test_dairy_has_no_emissions_because_the_book_prints_money_only() -> None:
    assert all(option.savings == () for option in load_example("dairy_egypt").options)


def test_dairy_says_which_printed_payback_does_not_fit() -> None:
    notes = {option.id: option.note for option in load_example("dairy_egypt").options}
    assert {option_id for option_id, note in notes.items() if "không khớp" in note} == {"C037"}


def test_flat_table_mixes_stated_money_and_physical_savings() -> None:
    table = next(example for example in ALL if example.kind == "table")
    assert table.path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel then opens Vietnamese right
    options = {option.id: option for option in read_assessment(table.path).options}
    assert len(options) == 8
    priced = {option_id for option_id, option in options.items() if option.annual_saving is None}
    assert priced == {"TS01", "TS02", "TS04", "TS05", "TS07"}
    assert {saving.resource for option in options.values() for saving in option.savings} == {
        "electricity",
        "water",
        "diesel",
    }


def test_flat_table_by_hand() -> None:
    # TS03: 400 million / (165 - 5 million) = 2.5 years; TS06: 60 / (90 - 12) = 0.769 years
    table = next(example for example in ALL if example.kind == "table")
    ranked = rank(read_assessment(table.path), RankRequest(as_of=AS_OF))
    payback = {option.option_id: option.simple_payback_years for option in ranked.options}
    assert payback["TS03"] == pytest.approx(2.5, abs=1e-12)
    assert payback["TS06"] == pytest.approx(60 / 78, abs=1e-12)


@pytest.mark.parametrize("example_id", ["no_such_example", "options_flat_vi"])
def test_an_unknown_assessment_is_named(example_id: str) -> None:
    with pytest.raises(InputError) as raised:
        load_example(example_id)
    (found,) = raised.value.messages
    assert found.code == "example.unknown"
    assert found.params["example"] == example_id
    assert "dairy_egypt" in found.params["known"]


def orders(example_id: str) -> tuple[list[str], list[str], list[str]]:
    """Return the option ids by payback, by NPV and by tCO2e."""
    assessment = load_example(example_id)
    by_payback, by_npv, by_co2e = (
        [option.option_id for option in rank(assessment, RankRequest(as_of=AS_OF, by=by)).options]
        for by in ("payback", "npv", "co2e")
    )
    return by_payback, by_npv, by_co2e


def test_what_the_examples_teach_is_so() -> None:
    payback, npv, co2e = orders("iac_ls2401")  # dearest: first by NPV and tCO2e, second slowest
    assert (payback[-2], npv[0], co2e[0]) == ("AR05", "AR05", "AR05")
    payback, npv, _ = orders("iac_le0490")  # the two slowest: first and last by NPV
    assert set(payback[-2:]) == {npv[0], npv[-1]}
    payback, npv, co2e = orders("iac_nl0071")  # one leads everywhere
    assert payback[0] == npv[0] == co2e[0] == "AR01"
    payback, _, co2e = orders("iac_gt0918")  # a charge: first by payback, last by tCO2e
    assert payback[0] == co2e[-1] == "AR01"
    payback, npv, co2e = orders("iac_ua0278")  # water: first by money, no tCO2e
    assert payback[0] == npv[0] == co2e[-1] == "AR01"
    payback, npv, _ = orders("iac_tt0241")  # the slowest is fifth by NPV
    assert payback[-1] == npv[4] == "AR04"
    payback, _, co2e = orders("iac_uu0173")  # peak demand: money, no tCO2e
    assert payback[0] == co2e[-1] == "AR01"
    asked = rank(load_example("iac_ip0068"), RankRequest(as_of=AS_OF))  # paid back within days: a question
    codes = {option.option_id: {warning.code for warning in option.warnings} for option in asked.options}
    assert {o for o, found in codes.items() if "question.payback_under_week" in found} == {"AR01", "AR02"}


@pytest.mark.parametrize("example", INDUSTRIES, ids=named)
def test_an_industry_asks_for_its_placeholder_and_for_nothing_else(example: Example) -> None:
    """One investment is left open on purpose, so that the question is seen."""
    ranked = rank(load_example(example.id), RankRequest(as_of=AS_OF))
    asked = [question.code for option in ranked.options for question in option.warnings]
    assert len(asked) == 1
    assert asked[0] in ("question.placeholder_capex", "question.placeholder_of_one")


@pytest.mark.parametrize("example", INDUSTRIES, ids=named)
def test_every_figure_of_an_industry_says_where_it_is_from(example: Example) -> None:
    assessment = load_example(example.id)
    assert sector_of(assessment.facility.sector) is not None
    assert assessment.baseline is not None
    assert all(flow.note for flow in assessment.baseline.flows)
    assert all(option.note and option.catalogue_id for option in assessment.options)
    assert "ví dụ" in assessment.facility.name


@pytest.mark.parametrize("example", INDUSTRIES, ids=named)
def test_what_does_not_exclude_each_other_can_be_done_together(example: Example) -> None:
    chosen: list[str] = []
    assessment = load_example(example.id)
    for option in assessment.options:
        if not set(option.excludes) & set(chosen):
            chosen.append(option.id)
    made = bundle(assessment, chosen, RankRequest(as_of=AS_OF))
    for resource in made.resources:
        if resource.base is not None:
            assert resource.saved_together <= resource.base


@pytest.mark.parametrize(
    ("example_id", "option_id", "payback_years"),
    [
        # 500 kWp at 9 million; 670,000 kWh at 1,833 less 1.5 % of 4.5 billion
        ("vn_seafood", "PWR05", 4.5e9 / (670_000 * 1_833 - 0.015 * 4.5e9)),
        # 40 % of 60 % of 1.62 million kWh at 1,833, less 2 % of 1.2 billion
        ("vn_plastics", "PLA01", 1.2e9 / (0.4 * 0.6 * 1.62e6 * 1_833 - 0.02 * 1.2e9)),
        # 70 % of what 600 t of coal at 4 million cost, less 2 % of 1.2 billion
        ("vn_rice_mill", "RIC03", 1.2e9 / (0.7 * 600 * 4e6 - 0.02 * 1.2e9)),
        # 10 % of 95 % of 4,090 t at 2.2 million, less 2 % of 350 million
        ("vn_brick", "BRK03", 350e6 / (0.10 * 0.95 * 4_090 * 2.2e6 - 0.02 * 350e6)),
    ],
)
def test_payback_of_an_industry_by_hand(example_id: str, option_id: str, payback_years: float) -> None:
    ranked = {o.option_id: o for o in rank(load_example(example_id), RankRequest(as_of=AS_OF)).options}
    assert ranked[option_id].simple_payback_years == pytest.approx(payback_years, rel=1e-6)


def test_the_programme_of_soc_trang_states_no_investment_and_gets_none() -> None:
    bench = evaluate(load_document("soc_trang_2013"), RankRequest(as_of=AS_OF))
    assert bench.ranked.options == ()
    (programme,) = bench.unfinished
    assert {reason.place and reason.place.field for reason in programme.reasons} == {
        "capex",
        "technical_life_years",
    }


@pytest.mark.parametrize("example", [e for e in examples() if e.kind != "table"], ids=lambda e: e.id)
def test_opened_in_english_it_shows_no_vietnamese(example: Example) -> None:
    document = load_document(example.id, "en")
    products = document.get("baseline", {}).get("production", ())
    shown = [made[key] for made in products for key in ("name", "unit")]
    for option in document["options"]:
        shown += [
            option["name_en"],
            option.get("process_step", ""),
            option.get("decision", {}).get("reason", ""),
        ]
        shown += [benefit.get("name", "") for benefit in option.get("benefits", ())]
    assert document["facility"]["name"] == example.title["en"]
    foreign = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
    assert [text for text in shown if foreign.search(text)] == []


def test_a_document_is_known_by_its_note_to_be_an_example() -> None:
    for example in examples():
        if example.kind != "table":
            assert example_of(load_document(example.id)) == example
    assert example_of({"note": "của tôi"}) is None

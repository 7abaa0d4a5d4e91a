"""Ranked options with figures chosen by hand, and what a chart holds, taken out of its specification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from sxsh_options.charts import Drawing
from sxsh_options.screening.results import Criterion, RankedList, RankedOption, Scores
from tests.builders import AS_OF

BASE = RankedOption(
    rank=1,
    option_id="A",
    name="Đèn LED",
    capex_vnd=100e6,
    net_annual_benefit_vnd=50e6,
    simple_payback_years=2.0,
    payback_status="paid_back",
    discounted_payback_years=2.4,
    npv_vnd=200e6,
    irr=0.4,
    irr_status="unique",
    profitability_index=3.0,
    equivalent_annual_vnd=30e6,
    co2e_t_per_year=10.0,
    abatement_cost_vnd_per_tco2e=-3e6,
    tier=1,
    name_en="LED lamps",
    category=None,
    lifetime_years=10,
    years=10,
    co2e_scope1_t_per_year=0.0,
    co2e_scope2_t_per_year=10.0,
    co2e_other_t_per_year=0.0,
    biogenic_co2_t_per_year=0.0,
    co2e_t_over_life=100.0,
    energy_toe_per_year=1.0,
    physical_savings={"electricity": 15_000.0},
    scores=Scores(None, 70.0, 80.0, 74.0),
    triage="analyse_further",
    triage_reasons=(),
)


def row(option_id: str, **changes: Any) -> RankedOption:
    """Return an option; unlike the one it starts from in what is given."""
    return replace(BASE, option_id=option_id, **({"name": option_id, "name_en": option_id} | changes))


def never(option_id: str, **changes: Any) -> RankedOption:
    """Return an option that loses money and never pays back."""
    loses: dict[str, Any] = {
        "net_annual_benefit_vnd": -1e6,
        "simple_payback_years": None,
        "payback_status": "never",
        "npv_vnd": -50e6,
    }
    return row(option_id, **(loses | changes))


def ranked(*options: RankedOption, **changes: Any) -> RankedList:
    """Return a list ranked by payback, under every criterion alike unless given."""
    ranks = {o.option_id: o.rank for o in options if o.rank is not None}
    settings: dict[str, Any] = {
        "by": "payback",
        "measure": "payback",
        "worth": "npv",
        "as_of": AS_OF,
        "assumptions": (),
        "ranks": dict.fromkeys(get_args(Criterion), ranks),
    }
    return RankedList(options=options, **(settings | changes))


def spec(drawing: Drawing) -> dict[str, Any]:
    """Return the specification that the browser gets; Altair checks it against Vega-Lite's schema."""
    assert drawing.chart is not None
    content: dict[str, Any] = drawing.chart.to_dict()
    assert content["description"] == drawing.description
    assert drawing.spec() == content
    return content


def layers(content: dict[str, Any], above: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the layers, each with the rows that it draws under ``rows``."""
    datasets = above or content.get("datasets", {})
    data = content.get("data", {})
    for layer in content["layer"]:
        own = {"data": data} | layer
        if "layer" in layer:
            yield from layers(own, datasets)
        else:
            yield {**own, "rows": own["data"].get("values") or datasets.get(own["data"].get("name"), [])}


def values(content: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    """Return the rows of the first layer whose rows have these fields."""
    for layer in layers(content):
        rows = layer["rows"]
        if rows and set(fields) <= set(rows[0]):
            return list(rows)
    raise AssertionError(f"no layer with {fields}")


def codes(drawing: Drawing) -> list[str]:
    return [note.code for note in drawing.notes]

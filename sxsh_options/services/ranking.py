"""Rank the options of an assessment: the one way from entered figures to the list."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import DAYS_PER_YEAR, Assessment, Weights
from sxsh_options.parameters import ParameterSet, default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.screening import triage
from sxsh_options.screening.evaluate import Evaluation, evaluate
from sxsh_options.screening.explain import explain_option
from sxsh_options.screening.plausibility import Bounds, questions
from sxsh_options.screening.ranking import Ranking, rank_options
from sxsh_options.screening.results import (
    AssumptionUsed,
    Criterion,
    Explanation,
    PaybackStatus,
    RankedList,
    RankedOption,
    Scores,
    Source,
)
from sxsh_options.screening.terms import Terms, resolve_terms
from sxsh_options.screening.valuation import Exchange, Valuation, source_of, value_options


@dataclass(frozen=True, slots=True)
class RankRequest:
    """What is asked of a ranking. ``None`` leaves what the assessment, or else ``data/``, says.

    ``explain`` names the options whose numbers are explained in the result.
    """

    as_of: date
    by: Criterion = "payback"
    discount_rate: float | None = None
    years: int | None = None
    weights: Weights | None = None
    explain: tuple[str, ...] = ()


def with_request(assessment: Assessment, request: RankRequest) -> Assessment:
    """Return the assessment with the request's assumptions in place of its own."""
    changes: dict[str, object] = {}
    if request.discount_rate is not None:
        changes |= {"discount_rate": request.discount_rate, "discount_rate_is_real": False}
    if request.years is not None:
        changes["analysis_years"] = request.years
    if request.weights is not None:
        changes["weights"] = request.weights
    if not changes:
        return assessment
    assumptions = assessment.assumptions.model_copy(update=changes)
    return assessment.model_copy(update={"assumptions": assumptions})


def rank(assessment: Assessment, request: RankRequest, parameters: ParameterSet | None = None) -> RankedList:
    """Evaluate all options and rank them.

    Parameters
    ----------
    assessment : Assessment
    request : RankRequest
    parameters : ParameterSet, optional
        Default: those of ``data/parameters``.

    Returns
    -------
    RankedList

    Raises
    ------
    InputError
        Where the assessment cannot be evaluated, every reason at once: a saved resource without a
        price, a unit that cannot be converted, an option to explain that is not there.
    """
    parameters = parameters or default_parameters()
    assessment = with_request(assessment, request)
    options = assessment.options
    known = {option.id: index for index, option in enumerate(options)}
    missing = [message("rank.unknown_option", option=o) for o in request.explain if o not in known]
    if missing:
        raise InputError(missing)
    value = value_options(assessment, request.as_of)
    terms = resolve_terms(assessment, parameters, request.as_of)
    result = evaluate(options, value, terms)
    ranking = rank_options(options, result, terms, request.by)
    asked = questions(options, value, result, plausibility_bounds(parameters, request.as_of))
    exchange = Exchange(assessment.exchange_rates)
    production = yearly_production(assessment)
    explanations: dict[str, tuple[Explanation, ...]] = {
        o: explain_option(known[o], options[known[o]], exchange, value, result, ranking, terms, production)
        for o in request.explain
    }
    return RankedList(
        by=request.by,
        measure=ranking.measure,
        as_of=request.as_of,
        assumptions=_assumptions(assessment, value, terms),
        options=tuple(
            _ranked(int(i), assessment, value, result, ranking, terms, asked[i]) for i in ranking.order
        ),
        messages=(*_notes(assessment, ranking, result), *terms.messages, *value.messages),
        explanations=explanations,
    )


def plausibility_bounds(parameters: ParameterSet, as_of: date) -> Bounds:
    """Return the bounds of the plausibility questions on a day."""

    def value(name: str) -> Any:
        return parameters.get(name, as_of).value

    payback, life = value("plausibility.payback"), value("plausibility.lifetime")
    grid, frames = value("plausibility.co2_per_mwh"), value("depreciation.frames")
    buildings = [frame for name, frame in frames.items() if name.endswith("_buildings")]
    machinery = [frame for name, frame in frames.items() if not name.endswith("_buildings")]
    return Bounds(
        shortest_payback_years=payback["low_days"] / DAYS_PER_YEAR,
        longest_payback_years=payback["high_years"],
        smallest_capex_vnd=value("plausibility.smallest_capex"),
        co2e_tolerance=value("plausibility.co2e_tolerance"),
        grid_factor=(grid["low"], grid["high"]),
        technical_life_years=(life["low"], life["high"]),
        machinery_frame_years=_widest(machinery),
        building_frame_years=_widest(buildings),
        fixed_asset_threshold_vnd=value("fixed_asset.threshold"),
    )


def _widest(frames: list[dict[str, int]]) -> tuple[int, int]:
    return min(f["min"] for f in frames), max(f["max"] for f in frames)


def yearly_production(assessment: Assessment) -> tuple[tuple[str, float, str], ...]:
    """Return name, quantity a year and unit of each product of the baseline."""
    baseline = assessment.baseline
    if baseline is None:
        return ()
    return tuple((p.name, p.quantity / baseline.years, p.unit) for p in baseline.production)


def _notes(assessment: Assessment, ranking: Ranking, result: Evaluation) -> list[Message]:
    """Return what must be said of the list as a whole."""
    notes: list[Message] = []
    if ranking.measure == "equivalent_annual":
        notes.append(message("rank.lives_differ"))
    if ranking.measure == "score" or len(assessment.options) == 0:
        technical, _, environmental, _ = ranking.scores.T
        unanswered = sum(math.isnan(s) for s in technical)
        if unanswered:
            notes.append(message("rank.technical_not_judged", count=unanswered))
        if len(environmental) and all(math.isnan(s) for s in environmental):
            notes.append(message("rank.environment_not_judged"))
    if (result.co2e_t > 0).any() and ((result.abatement_cost < 0) & (result.co2e_t > 0)).sum() > 1:
        notes.append(message("rank.negative_abatement"))
    out = int((ranking.rank == 0).sum())
    if out:
        notes.append(message("rank.options_out", count=out))
    return notes


def _assumptions(assessment: Assessment, value: Valuation, terms: Terms) -> tuple[AssumptionUsed, ...]:
    used = list(terms.used)
    for price in value.prices.values():
        if price.origin != "flow":
            used.append(
                AssumptionUsed(
                    "unit_price",
                    price.vnd_per_unit,
                    f"VND/{catalogue.find(price.resource).unit}",
                    price.source,
                    price.resource,
                )
            )
    for resource, factor in value.factors.items():
        used.append(
            AssumptionUsed(
                "emission_factor", factor.t_co2e_per_unit, f"tCO2e/{factor.unit}", source_of(factor), resource
            )
        )
        if factor.data_year is not None:
            used.append(AssumptionUsed("factor_data_year", factor.data_year, resource=resource))
    exchange = Exchange(assessment.exchange_rates)
    for currency, rate in exchange.rates.items():
        source = Source(title=rate.source, evidence=rate.evidence, valid_from=rate.on)
        used.append(AssumptionUsed("exchange_rate", rate.vnd_per_unit, f"VND/{currency}", source))
    return tuple(used)


def finite(value: float) -> float | None:
    """Return the number, or ``None`` where it is infinite or not a number."""
    return float(value) if math.isfinite(value) else None


def payback_status(payback: float, paid_back: bool) -> PaybackStatus:
    """Return how the headline payback is to be read."""
    if not paid_back:
        return "never"
    return "immediate" if payback == 0 else "paid_back"


def _ranked(
    i: int,
    assessment: Assessment,
    value: Valuation,
    result: Evaluation,
    ranking: Ranking,
    terms: Terms,
    asked: list[Message],
) -> RankedOption:
    option = assessment.options[i]
    paid_back = bool(result.paid_back[i])
    payback = float(result.simple_payback[i])
    co2e = float(result.co2e_t[i])
    suggestion, reasons = triage.suggest(
        option,
        float(value.investment_vnd[i]),
        payback if paid_back else math.inf,
        co2e,
        float(result.npv_vnd[i]),
        terms,
    )
    technical, economic, environmental, total = (finite(s) for s in ranking.scores[i])
    return RankedOption(
        rank=int(ranking.rank[i]) or None,
        option_id=option.id,
        name=option.name,
        name_en=option.name_en,
        category=option.category.value if option.category else None,
        capex_vnd=float(value.capex_vnd[i]),
        net_annual_benefit_vnd=float(value.net_benefit_vnd[i]),
        simple_payback_years=finite(payback) if paid_back else None,
        payback_status=payback_status(payback, paid_back),
        discounted_payback_years=finite(result.discounted_payback[i]),
        npv_vnd=float(result.npv_vnd[i]),
        irr=finite(result.irr[i]),
        irr_status=str(result.irr_status[i]),
        profitability_index=finite(result.profitability_index[i]),
        equivalent_annual_vnd=float(result.equivalent_annual_vnd[i]),
        co2e_t_per_year=co2e,
        abatement_cost_vnd_per_tco2e=finite(result.abatement_cost[i]),
        tier=int(ranking.tier[i]) or None,
        lifetime_years=option.technical_life_years,
        co2e_scope1_t_per_year=float(value.co2e_t["1"][i]),
        co2e_scope2_t_per_year=float(value.co2e_t["2"][i]),
        co2e_other_t_per_year=float(value.co2e_t["other"][i]),
        biogenic_co2_t_per_year=float(value.co2e_t["biogenic"][i]),
        co2e_t_over_life=co2e * int(result.years[i]),
        energy_toe_per_year=float(value.toe[i]),
        physical_savings={
            resource: float(value.quantity[i, column])
            for column, resource in enumerate(value.resources)
            if value.quantity[i, column]
        },
        scores=Scores(technical, economic, environmental, total),
        triage=suggestion,
        triage_reasons=reasons,
        warnings=tuple(asked),
    )

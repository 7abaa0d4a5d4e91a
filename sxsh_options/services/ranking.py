"""Rank the options of an assessment: the one way from entered figures to the list."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy.typing as npt

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import DAYS_PER_YEAR, Assessment, Option, Weights
from sxsh_options.parameters import ParameterSet, default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.screening import triage
from sxsh_options.screening.evaluate import Evaluation, evaluate
from sxsh_options.screening.explain import explain_option
from sxsh_options.screening.plausibility import Bounds, questions, unconfirmed
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
    asked = unconfirmed(options, asked, assessment.confirmations)
    exchange = Exchange(assessment.exchange_rates)
    production = yearly_production(assessment)
    explanations: dict[str, tuple[Explanation, ...]] = {
        o: explain_option(known[o], options[known[o]], exchange, value, result, ranking, terms, production)
        for o in request.explain
    }
    return RankedList(
        by=request.by,
        measure=ranking.measure,
        worth=ranking.worth,
        as_of=request.as_of,
        assumptions=_assumptions(assessment, value, terms),
        options=_rows(options, value, result, ranking, terms, asked),
        messages=(*_notes(assessment, ranking, result), *terms.messages, *value.messages),
        explanations=explanations,
        cash_flows={o: _own_flows(result, known[o]) for o in request.explain},
        ranks=_ranks(options, ranking),
    )


def _own_flows(result: Evaluation, index: int) -> tuple[float, ...]:
    """Return the yearly flows of one option over its own years, year 0 first."""
    return tuple(result.cash_flows[index, : result.years[index] + 1].tolist())


def _ranks(options: tuple[Option, ...], ranking: Ranking) -> dict[Criterion, dict[str, int]]:
    """Return the rank of every option that is not out, under each criterion."""
    ids = [option.id for option in options]
    return {
        criterion: {o: rank for o, rank in zip(ids, ranks.tolist(), strict=True) if rank}
        for criterion, ranks in ranking.ranks.items()
    }


def plausibility_bounds(parameters: ParameterSet, as_of: date) -> Bounds:
    """Return the bounds of the plausibility questions on a day."""

    def value(name: str) -> Any:
        # questions may be asked of any day; the legal frames begin in 2013
        first = parameters.parameter(name).values[0].valid_from
        return parameters.get(name, max(as_of, first or as_of)).value

    payback, life = value("plausibility.payback"), value("plausibility.lifetime")
    grid, frames = value("plausibility.co2_per_mwh"), value("depreciation.frames")
    buildings = [frame for name, frame in frames.items() if name.endswith("_buildings")]
    machinery = [frame for name, frame in frames.items() if not name.endswith("_buildings")]
    return Bounds(
        shortest_payback_years=payback["low_days"] / DAYS_PER_YEAR,
        longest_payback_years=payback["high_years"],
        smallest_capex_vnd=value("plausibility.smallest_capex"),
        largest_capex_vnd=value("plausibility.largest_capex"),
        co2e_tolerance=value("plausibility.co2e_tolerance"),
        grid_factor=(grid["low"], grid["high"]),
        own_factor=value("plausibility.own_factor"),
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
    if ranking.worth == "equivalent_annual":
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


def _rows(
    options: tuple[Option, ...],
    value: Valuation,
    result: Evaluation,
    ranking: Ranking,
    terms: Terms,
    asked: list[list[Message]],
) -> tuple[RankedOption, ...]:
    """Return the rows of the list in order of rank."""

    def column(values: npt.NDArray[Any]) -> list[Any]:
        return [v if v == v and abs(v) != math.inf else None for v in values.tolist()]

    rank_, tier = ranking.rank.tolist(), ranking.tier.tolist()
    paid_back = result.paid_back.tolist()
    payback = result.simple_payback.tolist()
    investment, net = value.investment_vnd.tolist(), value.net_benefit_vnd.tolist()
    capex, npv = value.capex_vnd.tolist(), result.npv_vnd.tolist()
    discounted, irr = column(result.discounted_payback), column(result.irr)
    status, index = result.irr_status.tolist(), column(result.profitability_index)
    annual, co2e = result.equivalent_annual_vnd.tolist(), column(result.co2e_t)
    abatement, years = column(result.abatement_cost), result.years.tolist()
    scope = {name: column(saved) for name, saved in value.co2e_t.items()}
    toe, quantity = value.toe.tolist(), value.quantity.tolist()
    scores = [Scores(*row) for row in zip(*(column(s) for s in ranking.scores.T), strict=True)]
    rows: list[RankedOption] = []
    for i in ranking.order.tolist():
        option = options[i]
        comes_back = payback[i] if paid_back[i] else math.inf
        suggestion, reasons = triage.suggest(option, investment[i], comes_back, co2e[i], npv[i], terms)
        rows.append(
            RankedOption(
                rank=rank_[i] or None,
                option_id=option.id,
                name=option.name,
                name_en=option.name_en,
                category=option.category.value if option.category else None,
                capex_vnd=capex[i],
                net_annual_benefit_vnd=net[i],
                simple_payback_years=payback[i] if paid_back[i] else None,
                payback_status=payback_status(payback[i], paid_back[i]),
                discounted_payback_years=discounted[i],
                npv_vnd=npv[i],
                irr=irr[i],
                irr_status=status[i],
                profitability_index=index[i],
                equivalent_annual_vnd=annual[i],
                co2e_t_per_year=co2e[i],
                abatement_cost_vnd_per_tco2e=abatement[i],
                tier=tier[i] or None,
                lifetime_years=option.technical_life_years,
                years=years[i],
                co2e_scope1_t_per_year=scope["1"][i],
                co2e_scope2_t_per_year=scope["2"][i],
                co2e_other_t_per_year=scope["other"][i],
                biogenic_co2_t_per_year=scope["biogenic"][i],
                co2e_t_over_life=None if co2e[i] is None else co2e[i] * years[i],
                energy_toe_per_year=toe[i],
                physical_savings={r: q for r, q in zip(value.resources, quantity[i], strict=True) if q},
                scores=scores[i],
                triage=suggestion,
                triage_reasons=reasons,
                warnings=tuple(asked[i]),
            )
        )
    return tuple(rows)

"""How each number of one option was computed, as data: formula, inputs, factors, sources."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sxsh_options.errors import Message, message
from sxsh_options.model import CostKind, Option
from sxsh_options.resources import catalogue, energy
from sxsh_options.resources.emissions import EmissionFactor
from sxsh_options.screening.consumption import specific_consumption
from sxsh_options.screening.evaluate import Evaluation
from sxsh_options.screening.ranking import Ranking
from sxsh_options.screening.results import Explanation, InputUsed, Source
from sxsh_options.screening.terms import Terms
from sxsh_options.screening.valuation import Exchange, Valuation, source_of

VND, VND_YEAR, T_YEAR = "VND", "VND/year", "tCO2e/year"


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def explain_option(
    index: int,
    option: Option,
    exchange: Exchange,
    value: Valuation,
    result: Evaluation,
    ranking: Ranking,
    terms: Terms,
    production: tuple[tuple[str, float, str], ...] = (),
) -> tuple[Explanation, ...]:
    """Return the explanation of every number shown for one option, in the order of the calculation."""
    rate_source = next((u.source for u in terms.used if u.name == "discount_rate"), None)
    rate = InputUsed("discount_rate", terms.discount_rate, "share", rate_source)
    years = InputUsed("analysis_years", int(result.years[index]), "years")
    own = result.cash_flows[index, : int(result.years[index]) + 1]
    flows = InputUsed("cash_flows", flows_text(own.tolist()), VND)
    found = [_capex(index, option, exchange, value), _benefit(index, option, exchange, value)]
    investment = InputUsed("investment", float(value.investment_vnd[index]), VND)
    net = InputUsed("net_annual_benefit", float(value.net_benefit_vnd[index]), VND_YEAR)
    headline = float(result.simple_payback[index])
    taxed = bool(result.tax_vnd[index].any())
    level = not taxed and _same(headline, value, index)
    found.append(
        Explanation("simple_payback", "simple_payback", _finite(headline), "years", (investment, net))
        if level
        else Explanation("simple_payback", "simple_payback_flows", _finite(headline), "years", (flows,))
    )
    found += [
        Explanation(
            "discounted_payback",
            "discounted_payback",
            _finite(result.discounted_payback[index]),
            "years",
            (flows, rate),
        ),
        Explanation("npv", "npv", float(result.npv_vnd[index]), VND, (flows, rate, years)),
        Explanation("irr", "irr", _finite(result.irr[index]), "share", (flows,)),
        Explanation(
            "profitability_index",
            "profitability_index",
            _finite(result.profitability_index[index]),
            "",
            (flows, rate),
        ),
        Explanation(
            "equivalent_annual",
            "equivalent_annual",
            float(result.equivalent_annual_vnd[index]),
            VND_YEAR,
            (InputUsed("npv", float(result.npv_vnd[index]), VND), rate, years),
        ),
    ]
    if taxed:
        rate_used = next(u for u in terms.used if u.name == "tax_rate")
        tax = InputUsed("tax_rate", rate_used.value, "share", rate_used.source)
        depreciation = InputUsed("depreciation", float(result.depreciation_vnd[index, 1]), VND_YEAR)
        first_year = float(result.tax_vnd[index, 1])
        found.append(Explanation("tax_first_year", "tax", first_year, VND_YEAR, (net, depreciation, tax)))
    found += _emissions(index, value, result, terms)
    found += _scores(index, option, result, ranking, terms)
    found += specific_consumption(index, value, production)
    return tuple(found)


def _same(headline: float, value: Valuation, index: int) -> bool:
    """Whether the headline is the plain ratio of investment to the net benefit of a normal year."""
    investment, net = float(value.investment_vnd[index]), float(value.net_benefit_vnd[index])
    if math.isinf(headline) or net <= 0:
        return net <= 0
    return math.isclose(headline, investment / net, rel_tol=1e-9, abs_tol=1e-12)


def flows_text(row: Sequence[float]) -> str:
    """Return the flows of years 0 to the end, separated by semicolons; equal ones are gathered."""
    parts: list[str] = []
    start = 0
    for year in range(1, len(row) + 1):
        if year == len(row) or row[year] != row[start]:
            span = f"{start}" if year - start == 1 else f"{start}–{year - 1}"
            parts.append(f"{span}: {row[start]:.0f}")
            start = year
    return "; ".join(parts)


def _capex(index: int, option: Option, exchange: Exchange, value: Valuation) -> Explanation:
    undivided = len(option.capex) == 1 and option.capex[0].kind is CostKind.OTHER
    inputs = [
        InputUsed(
            "cost_undivided" if undivided else f"cost_{item.kind}",
            exchange.vnd(item.amount) * item.cost_factor,
            VND,
        )
        for item in option.capex
    ]
    inputs += _rates(option, exchange)
    if option.downtime_cost:
        inputs.append(InputUsed("downtime_cost", float(value.downtime_vnd[index]), VND))
    if option.working_capital:
        inputs.append(InputUsed("working_capital", float(value.working_capital_vnd[index]), VND))
    return Explanation("investment", "capex", float(value.investment_vnd[index]), VND, tuple(inputs))


def _rates(option: Option, exchange: Exchange) -> list[InputUsed]:
    currencies = {item.amount.currency for item in option.capex}
    currencies |= {m.currency for m in (option.annual_saving, option.opex_change) if m is not None}
    return [
        InputUsed(
            "exchange_rate",
            exchange.rates[c].vnd_per_unit,
            f"VND/{c}",
            Source(
                title=exchange.rates[c].source,
                evidence=exchange.rates[c].evidence,
                valid_from=exchange.rates[c].on,
            ),
        )
        for c in sorted(currencies - {"VND"})
    ]


def _benefit(index: int, option: Option, exchange: Exchange, value: Valuation) -> Explanation:
    inputs: list[InputUsed] = []
    if option.annual_saving is not None:
        inputs.append(InputUsed("annual_saving", exchange.vnd(option.annual_saving), VND_YEAR))
    for column, resource in enumerate(value.resources):
        saved = float(value.quantity[index, column])
        worth = float(value.resource_benefit_vnd[index, column])
        if not saved:
            continue
        unit = catalogue.find(resource).unit
        inputs.append(InputUsed("saved_quantity", saved, f"{unit}/year", resource=resource))
        if worth:
            price = value.prices.get(resource)
            inputs.append(
                InputUsed(
                    "unit_price", worth / saved, f"VND/{unit}", price.source if price else None, resource
                )
            )
    inputs += [
        InputUsed(f"benefit_{benefit.kind}", exchange.vnd(benefit.amount), VND_YEAR)
        for benefit in option.benefits
    ]
    if option.opex_change is not None:
        inputs.append(InputUsed("opex_change", exchange.vnd(option.opex_change), VND_YEAR))
    return Explanation(
        "net_annual_benefit",
        "net_annual_benefit",
        float(value.net_benefit_vnd[index]),
        VND_YEAR,
        tuple(inputs),
    )


def _factor_input(name: str, number: float, factor: EmissionFactor, terms: Terms) -> InputUsed:
    """Return an input of a factor with its own source: warming potentials are not the factor's."""
    if name not in ("gwp_ch4", "gwp_n2o"):
        return InputUsed(name, number, source=source_of(factor))
    gas = catalogue.gases()[name.removeprefix("gwp_").upper()]
    source = Source(title=f"IPCC {terms.gas_set}", evidence=gas.evidence[terms.gas_set])
    return InputUsed(name, number, source=source)


def _emissions(index: int, value: Valuation, result: Evaluation, terms: Terms) -> list[Explanation]:
    found: list[Explanation] = []
    inputs: list[InputUsed] = []
    messages: list[Message] = []
    energy_inputs: list[InputUsed] = []
    for column, resource in enumerate(value.resources):
        saved = float(value.quantity[index, column])
        if not saved:
            continue
        unit = catalogue.find(resource).unit
        quantity = InputUsed("saved_quantity", saved, f"{unit}/year", resource=resource)
        factor = value.factors.get(resource)
        if factor is not None:
            name = f"emission_factor_scope_{factor.scope}"
            inputs += [
                quantity,
                InputUsed(name, factor.t_co2e_per_unit, f"tCO2e/{unit}", source_of(factor), resource),
            ]
            messages += factor.messages
            found.append(
                Explanation(
                    "emission_factor",
                    factor.formula_id,
                    factor.t_co2e_per_unit,
                    f"tCO2e/{unit}",
                    tuple(_factor_input(n, v, factor, terms) for n, v in factor.inputs.items()),
                    resource=resource,
                )
            )
        per_unit = energy.toe_per_unit(resource, value.as_of)
        if per_unit is not None:
            energy_inputs += [
                quantity,
                InputUsed("toe_factor", per_unit.value, f"TOE/{unit}", source_of(per_unit), resource),
            ]
    saves = bool(value.quantity[index].any())
    total = _finite(result.co2e_t[index]) if saves else None
    found.append(Explanation("co2e", "co2e", total, T_YEAR, tuple(inputs), tuple(messages)))
    if energy_inputs:
        found.append(
            Explanation("energy_toe", "energy_toe", float(value.toe[index]), "TOE/year", tuple(energy_inputs))
        )
    cost = float(result.abatement_cost[index])
    annual = InputUsed("equivalent_annual", float(result.equivalent_annual_vnd[index]), VND_YEAR)
    notes = (message("abatement.negative"),) if cost < 0 else ()
    found.append(
        Explanation(
            "abatement_cost",
            "abatement_cost",
            _finite(cost),
            "VND/tCO2e",
            (annual, InputUsed("co2e", total, T_YEAR)),
            notes,
        )
    )
    return found


def _scores(
    index: int, option: Option, result: Evaluation, ranking: Ranking, terms: Terms
) -> list[Explanation]:
    technical, economic, environmental, total = (_finite(s) for s in ranking.scores[index])
    questions = tuple(
        InputUsed(f"feasibility_{q}", f"answer_{a}") for q, a in option.feasibility.answers.items()
    )
    payback = InputUsed("simple_payback", _finite(result.simple_payback[index]), "years")
    life = InputUsed("analysis_years", int(result.years[index]), "years")
    inside = ranking.rank > 0
    best_value = float(result.equivalent_annual_vnd.max(initial=0.0, where=inside))
    best_co2e = float(np.nanmax(result.co2e_t, initial=0.0, where=inside))
    return [
        Explanation("score_technical", "score_technical", technical, "points", questions),
        Explanation(
            "score_economic",
            "score_economic",
            economic,
            "points",
            (
                payback,
                life,
                InputUsed("equivalent_annual", float(result.equivalent_annual_vnd[index]), VND_YEAR),
                InputUsed("best_equivalent_annual", best_value, VND_YEAR),
            ),
        ),
        Explanation(
            "score_environmental",
            "score_environmental",
            environmental,
            "points",
            (
                InputUsed("co2e", _finite(result.co2e_t[index]), T_YEAR),
                InputUsed("best_co2e", best_co2e, T_YEAR),
            ),
        ),
        Explanation(
            "score_total",
            "score_total",
            total,
            "points",
            (
                InputUsed("score_technical", technical, "points"),
                InputUsed("weight_technical", terms.weights.technical),
                InputUsed("score_economic", economic, "points"),
                InputUsed("weight_economic", terms.weights.economic),
                InputUsed("score_environmental", environmental, "points"),
                InputUsed("weight_environmental", terms.weights.environmental),
            ),
        ),
    ]

"""All options evaluated at once: cash flows and indicators as arrays over the options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.model import Option
from sxsh_options.screening.terms import Terms
from sxsh_options.screening.valuation import Valuation

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Indicators of N options; money in VND, times in years. ``inf`` is a payback that never comes."""

    cash_flows: Floats  # (N, T+1) after tax, year 0 first
    years: npt.NDArray[np.int64]  # (N,) own life, or the common horizon
    benefit_vnd: Floats  # (N, T)
    opex_vnd: Floats  # (N, T)
    tax_vnd: Floats  # (N, T+1)
    depreciation_vnd: Floats  # (N, T+1)
    simple_payback: Floats  # headline
    payback_of_flows: Floats  # the general form, for where it differs
    paid_back: Bools  # within the time of analysis
    discounted_payback: Floats
    npv_vnd: Floats
    irr: Floats
    irr_status: npt.NDArray[np.str_]
    profitability_index: Floats
    equivalent_annual_vnd: Floats
    co2e_t: Floats  # scopes 1 and 2, a year; NaN where a factor is not known
    abatement_cost: Floats  # NaN where no tCO2e is avoided


def _growing(first_year: Floats, growth: float, years: int) -> Floats:
    """Return yearly amounts (N, T) that start with ``first_year`` and grow by ``growth``."""
    return first_year[:, None] * (1.0 + growth) ** np.arange(years)


def yearly_benefits(value: Valuation, terms: Terms, years: int) -> Floats:
    """Return the yearly benefits (N, T), each resource at its own price growth."""
    by_growth: dict[float, Floats] = {terms.benefit_growth: value.stated_benefit_vnd}
    for i, resource in enumerate(value.resources):
        growth = terms.price_growth.get(resource, 0.0)
        by_growth[growth] = by_growth.get(growth, 0.0) + value.resource_benefit_vnd[:, i]
    return np.asarray(sum(_growing(first, growth, years) for growth, first in by_growth.items()))


def asset_fractions(options: tuple[Option, ...], last_year: npt.NDArray[np.int64], total: int) -> Floats:
    """Return the share of a fixed asset (N, T) that is deducted each year; what is left, in the last one."""
    life = np.array([o.depreciation_life_years or o.technical_life_years for o in options], dtype=np.int64)
    years = np.arange(1, total + 1)
    fractions = np.where(years <= last_year[:, None], finance.straight_line(life, total), 0.0)
    fractions[np.arange(len(options)), last_year - 1] += 1.0 - fractions.sum(axis=1)
    return np.asarray(fractions)


def depreciation(
    options: tuple[Option, ...], value: Valuation, terms: Terms, last_year: npt.NDArray[np.int64], total: int
) -> Floats:
    """Return the deductible depreciation (N, T) of what is bought at the start.

    Fixed assets of at least the legal threshold go straight-line over their depreciation life (the
    technical life where none is given); smaller ones, services, training and downtime are expensed in
    year 1. What is left when the option ends is deducted then.
    """
    fractions = asset_fractions(options, last_year, total)
    asset = np.where(value.fixed_asset_vnd >= terms.fixed_asset_threshold_vnd, value.fixed_asset_vnd, 0.0)
    yearly = asset[:, None] * fractions
    yearly[:, 0] += value.capex_vnd - asset + value.downtime_vnd
    return yearly


@dataclass(frozen=True, slots=True)
class Streams:
    """What N options cost and bring year by year, before any grant or loan."""

    inputs: finance.ProjectInputs  # of N projects
    operating_benefit: Floats  # (N, T) without residual values and salvage
    opex: Floats  # (N, T)
    active: Bools  # (N, T) the years that count
    years: npt.NDArray[np.int64]  # (N,)


def yearly_streams(options: tuple[Option, ...], value: Valuation, terms: Terms) -> Streams:
    """Return the yearly streams of every option, as :func:`evaluate` takes them.

    Parameters
    ----------
    options : tuple of Option, length N
    value : Valuation
    terms : Terms
    """
    n = len(options)
    horizon = terms.analysis_years
    years = np.full(n, horizon, dtype=np.int64) if horizon else value.life_years
    total = int(years.max(initial=1))
    year = np.arange(1, total + 1)
    active = year <= years[:, None]
    operating_benefit = np.where(active, yearly_benefits(value, terms, total), 0.0)
    opex = np.where(active, _growing(value.opex_vnd, terms.opex_growth, total), 0.0)

    last = np.arange(n), years - 1
    benefit = operating_benefit.copy()
    later_capex = np.zeros((n, total))
    if horizon:
        bought_again, residual = finance.replacements(value.replaced_vnd, value.life_years, horizon)
        later_capex += bought_again
        benefit[:, -1] += residual
        benefit += np.where(year % value.life_years[:, None] == 0, value.salvage_vnd[:, None], 0.0)
    else:
        benefit[last] += value.salvage_vnd
    tax_rates = terms.tax.rates(terms.as_of.year, total)
    investment = value.investment_vnd
    fractions = later_depreciation = np.zeros((n, total))
    if tax_rates.any():
        yearly = depreciation(options, value, terms, np.minimum(years, value.life_years), total)
        fractions = np.divide(
            yearly, investment[:, None], where=investment[:, None] > 0, out=np.zeros_like(yearly)
        )
        later_depreciation = _later_depreciation(later_capex, value.life_years)
    later_capex[last] -= value.working_capital_vnd  # released untaxed: it is no income
    inputs = finance.ProjectInputs(
        capex_vnd=investment,
        benefit_vnd=benefit,
        opex_vnd=opex,
        depreciation_fractions=fractions,
        tax_rate=tax_rates,
        later_capex_vnd=later_capex,
        later_depreciation_vnd=later_depreciation,
        discount_rate=terms.discount_rate,
        loss_treatment=terms.loss_treatment,
        loss_carry_years=terms.loss_carry_years or None,
    )
    return Streams(inputs, operating_benefit, opex, active, years)


def evaluate(options: tuple[Option, ...], value: Valuation, terms: Terms) -> Evaluation:
    """Evaluate every option on its own.

    Parameters
    ----------
    options : tuple of Option, length N
    value : Valuation
    terms : Terms
        Discount rate, horizon, tax and growth, all resolved.

    Returns
    -------
    Evaluation

    Notes
    -----
    Without a common horizon every option runs over its own technical life, and flows after it are
    zero. With one, an option that lives shorter is bought again when it ends, and unexpired life at
    the horizon counts as a straight-line residual value.
    """
    streams = yearly_streams(options, value, terms)
    operating_benefit, opex, active = streams.operating_benefit, streams.opex, streams.active
    years, investment = streams.years, value.investment_vnd
    flows = finance.project(streams.inputs)
    cash = flows.equity
    rate = terms.discount_rate
    of_flows = np.asarray(finance.simple_payback(cash))
    first = operating_benefit[:, 0] - opex[:, 0]
    level = _level(operating_benefit - opex, active) & (not np.any(streams.inputs.tax_rate))
    headline = np.where(level, _ratio(investment, first), of_flows)
    net_present = np.asarray(flows.npv_vnd)
    annual = np.asarray(finance.equivalent_annual(rate, cash, years=years))
    co2e = value.co2e_t["1"] + value.co2e_t["2"]
    with np.errstate(divide="ignore", invalid="ignore"):
        abatement = np.where(co2e > 0, -annual / co2e, np.nan)
    return Evaluation(
        cash_flows=cash,
        years=years,
        benefit_vnd=streams.inputs.benefit_vnd,
        opex_vnd=opex,
        tax_vnd=flows.tax,
        depreciation_vnd=flows.depreciation,
        simple_payback=headline,
        payback_of_flows=of_flows,
        # with equipment bought again, a ratio within the time is not enough: the sum must stay above zero
        paid_back=np.isfinite(headline)
        & (headline <= years * (1 + 1e-9))
        & (np.isfinite(of_flows) | (value.life_years >= years)),
        discounted_payback=np.asarray(finance.discounted_payback(rate, cash)),
        npv_vnd=net_present,
        irr=np.asarray(flows.irr),
        irr_status=np.asarray(flows.irr_status),
        profitability_index=np.asarray(finance.profitability_index(rate, cash)),
        equivalent_annual_vnd=annual,
        co2e_t=co2e,
        abatement_cost=abatement,
    )


def _ratio(investment: Floats, yearly: Floats) -> Floats:
    """Investment over the net benefit of a normal year; ``inf`` where it never comes back."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(yearly > 0, investment / yearly, np.inf)


def _level(yearly: Floats, active: Bools) -> Bools:
    """Whether the net benefit is the same in every year that counts, to rounding."""
    difference = np.where(active, np.abs(yearly - yearly[:, :1]), 0.0).max(axis=1)
    return np.asarray(difference <= 1e-9 * np.abs(yearly[:, 0]))


def _later_depreciation(later_capex: Floats, life: npt.NDArray[np.int64]) -> Floats:
    """Straight-line depreciation of replacements over the technical life; the rest at the horizon."""
    total = later_capex.shape[1]
    result = np.zeros_like(later_capex)
    for bought in range(total):
        one = np.zeros_like(later_capex)
        one[:, bought] = later_capex[:, bought]
        if not one.any():
            continue
        fractions = finance.straight_line(life, total)
        rest = total - bought - 1  # years of use within the horizon
        if rest:
            fractions[:, rest - 1] = 1.0 - fractions[:, : rest - 1].sum(axis=1)
            result += finance.later_depreciation(one, fractions[:, :rest])
    return result

"""Several options carried out together: their joint savings and their own payback, NPV and tCO2e."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sxsh_options import finance
from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment, Option
from sxsh_options.options import (
    BaselineFlow,
    SavingRow,
    annual_flows,
    combined_shares,
    saving_rows,
    selection_problems,
    used_quantities,
)
from sxsh_options.parameters import ParameterSet, default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.screening.consumption import specific_consumption
from sxsh_options.screening.evaluate import evaluate
from sxsh_options.screening.results import Bundle, ResourceTogether
from sxsh_options.screening.terms import resolve_terms
from sxsh_options.screening.valuation import value_rows
from sxsh_options.services.ranking import RankRequest, finite, payback_status, with_request, yearly_production


def bundle(
    assessment: Assessment,
    chosen: Sequence[str],
    request: RankRequest,
    parameters: ParameterSet | None = None,
) -> Bundle:
    """Evaluate the chosen options as one.

    Parameters
    ----------
    assessment : Assessment
    chosen : sequence of str
        Ids of the options.
    request : RankRequest
    parameters : ParameterSet, optional

    Returns
    -------
    Bundle

    Raises
    ------
    InputError
        Every reason at once why they cannot go together: exclusions, missing prerequisites, and
        each resource of which more would be saved than is used.

    Notes
    -----
    The horizon is the longest technical life among them, unless one is given, and shorter-lived
    options are bought again. Where the physical savings of an option with a stated saving in money
    shrink beside others, the money shrinks in the same proportion (the smallest, where its resources
    shrink differently).
    """
    parameters = parameters or default_parameters()
    assessment = with_request(assessment, request)
    problems = selection_problems(assessment.options, chosen)
    if not chosen:
        problems.append(message("together.nothing_chosen"))
    if problems:
        raise InputError(problems)
    options = tuple(option for option in assessment.options if option.id in set(chosen))
    part = assessment.model_copy(update={"options": options})
    flows = annual_flows(part)
    alone = saving_rows(part, flows)
    rows, above, notes = combined_shares(options, alone, flows)
    if above:
        raise InputError(above)
    options, money_notes = _shrink_money(options, alone, rows)
    part = part.model_copy(update={"options": options})
    value = value_rows(part, request.as_of, flows, rows)
    terms = resolve_terms(part, parameters, request.as_of)
    terms = replace(terms, analysis_years=terms.analysis_years or int(value.life_years.max()))
    result = evaluate(options, value, terms)

    rate = terms.discount_rate
    cash = result.cash_flows.sum(axis=0)
    years = len(cash) - 1
    investment = float(value.investment_vnd.sum())
    net = float(value.net_benefit_vnd.sum())
    growing = terms.benefit_growth or terms.opex_growth or any(terms.price_growth.values())
    level = not result.tax_vnd.any() and not growing
    payback = _payback(investment, net) if level else float(finance.simple_payback(cash))
    paid_back = payback <= years * (1 + 1e-9) and math.isfinite(float(finance.simple_payback(cash)))
    status = str(finance.irr_status(cash))
    consumption = specific_consumption(range(len(options)), value, yearly_production(part))
    return Bundle(
        option_ids=tuple(option.id for option in options),
        years=years,
        capex_vnd=float(value.capex_vnd.sum()),
        investment_vnd=investment,
        net_annual_benefit_vnd=net,
        simple_payback_years=finite(payback) if paid_back else None,
        payback_status=payback_status(payback, paid_back),
        discounted_payback_years=finite(float(finance.discounted_payback(rate, cash))),
        npv_vnd=float(finance.npv(rate, cash)),
        irr=finite(float(finance.irr(cash))),
        irr_status=status,
        equivalent_annual_vnd=float(finance.equivalent_annual(rate, cash)),
        co2e_t_per_year=finite(float(result.co2e_t.sum())),
        energy_toe_per_year=float(value.toe.sum()),
        resources=_resources(alone, rows, flows),
        cash_flows_vnd=tuple(cash.tolist()),
        consumption=tuple(consumption),
        messages=(*notes, *money_notes, *terms.messages, *value.messages),
    )


def _payback(investment: float, net: float) -> float:
    return investment / net if net > 0 else math.inf


def _shrink_money(
    options: tuple[Option, ...], alone: list[SavingRow], together: list[SavingRow]
) -> tuple[tuple[Option, ...], list[Message]]:
    """Reduce stated savings in money as the physical savings behind them shrink."""
    share = [1.0] * len(options)
    physical = {row.option for row in alone}
    for before, after in zip(alone, together, strict=True):
        if before.quantity > 0:
            share[before.option] = min(share[before.option], after.quantity / before.quantity)
    groups = [option.interaction_group for option in options]
    notes = [
        message("together.money_not_reduced", option=option.id, group=option.interaction_group)
        for i, option in enumerate(options)
        if option.interaction_group and i not in physical and groups.count(option.interaction_group) > 1
    ]
    shrunk = tuple(
        option
        if option.annual_saving is None or share[i] == 1.0
        else option.model_copy(
            update={
                "annual_saving": option.annual_saving.model_copy(
                    update={"amount": option.annual_saving.amount * share[i]}
                )
            }
        )
        for i, option in enumerate(options)
    )
    return shrunk, notes


def _resources(
    alone: list[SavingRow], together: list[SavingRow], flows: dict[str, BaselineFlow]
) -> tuple[ResourceTogether, ...]:
    base = used_quantities(flows.values())
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for one, joint in zip(alone, together, strict=True):
        before[one.resource] = before.get(one.resource, 0.0) + one.quantity
        after[one.resource] = after.get(one.resource, 0.0) + joint.quantity
    return tuple(
        ResourceTogether(r, catalogue.find(r).unit, before[r], after[r], base.get(r)) for r in before
    )

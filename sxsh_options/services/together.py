"""Several options carried out together: their joint savings and their own payback, NPV and tCO2e."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sxsh_options import finance
from sxsh_options.model import Assessment
from sxsh_options.options import used_quantities
from sxsh_options.parameters import ParameterSet, default_parameters
from sxsh_options.resources import catalogue
from sxsh_options.screening.consumption import specific_consumption
from sxsh_options.screening.evaluate import evaluate
from sxsh_options.screening.jointly import Joint, value_jointly
from sxsh_options.screening.results import Bundle, ResourceTogether
from sxsh_options.screening.terms import resolve_terms
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
    joint = value_jointly(assessment, chosen, request.as_of)
    options, value = joint.options, joint.value
    part = assessment.model_copy(update={"options": options})
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
        resources=_resources(joint),
        cash_flows_vnd=tuple(cash.tolist()),
        consumption=tuple(consumption),
        messages=(*joint.notes, *terms.messages, *value.messages),
    )


def _payback(investment: float, net: float) -> float:
    return investment / net if net > 0 else math.inf


def _resources(joint: Joint) -> tuple[ResourceTogether, ...]:
    base = used_quantities(joint.flows.values())
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for one, beside in zip(joint.alone, joint.rows, strict=True):
        before[one.resource] = before.get(one.resource, 0.0) + one.quantity
        after[one.resource] = after.get(one.resource, 0.0) + beside.quantity
    return tuple(
        ResourceTogether(r, catalogue.find(r).unit, before[r], after[r], base.get(r)) for r in before
    )

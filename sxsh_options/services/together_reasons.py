"""How each number of several options together was computed."""

from __future__ import annotations

import math

from sxsh_options.screening.explain import T_YEAR, VND, VND_YEAR, flows_text
from sxsh_options.screening.results import Bundle, Explanation, InputUsed, RankedList


def explain_bundle(bundle: Bundle, ranked: RankedList) -> tuple[Explanation, ...]:
    """Return the explanation of every number of a bundle, in the order of the calculation.

    Parameters
    ----------
    bundle : Bundle
    ranked : RankedList
        Of the same assessment on the same day: it holds discount rate and factors with their sources.
    """
    assumed = {(used.name, used.resource): used for used in ranked.assumptions}
    stated = assumed[("discount_rate", None)]
    nominal = assumed.get(("discount_rate_nominal", None), stated)
    rate = InputUsed("discount_rate", nominal.value, "share", stated.source)
    years = InputUsed("analysis_years", bundle.years, "years")
    flows = InputUsed("cash_flows", flows_text(bundle.cash_flows_vnd), VND)
    investment = InputUsed("investment", bundle.investment_vnd, VND)
    net = InputUsed("net_annual_benefit", bundle.net_annual_benefit_vnd, VND_YEAR)
    payback = bundle.simple_payback_years
    level = payback is None or math.isclose(
        payback * bundle.net_annual_benefit_vnd, bundle.investment_vnd, rel_tol=1e-9, abs_tol=1e-6
    )
    npv = InputUsed("npv", bundle.npv_vnd, VND)
    emissions: list[InputUsed] = []
    for saved in bundle.resources:
        factor = assumed.get(("emission_factor", saved.resource))
        if factor is not None and saved.saved_together:
            unit = f"{saved.unit}/year"
            emissions += [
                InputUsed("saved_quantity", saved.saved_together, unit, resource=saved.resource),
                InputUsed(factor.name, factor.value, factor.unit, factor.source, factor.resource),
            ]
    return (
        Explanation(
            "simple_payback",
            "simple_payback" if level else "simple_payback_flows",
            payback,
            "years",
            (investment, net) if level else (flows,),
        ),
        Explanation(
            "discounted_payback",
            "discounted_payback",
            bundle.discounted_payback_years,
            "years",
            (flows, rate),
        ),
        Explanation("npv", "npv", bundle.npv_vnd, VND, (flows, rate, years)),
        Explanation("irr", "irr", bundle.irr, "share", (flows,)),
        Explanation(
            "equivalent_annual",
            "equivalent_annual",
            bundle.equivalent_annual_vnd,
            VND_YEAR,
            (npv, rate, years),
        ),
        Explanation("co2e", "co2e", bundle.co2e_t_per_year, T_YEAR, tuple(emissions)),
        *bundle.consumption,
    )

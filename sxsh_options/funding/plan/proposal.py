"""What is to be financed: options that may be carried out together, their costs, and what they bring.

Options that act on each other stand in one cluster; each set of them that can be done together is a
variant with its own joint savings. What variants of different clusters bring adds up, so that a plan may
choose among all sets of options without trying every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.errors import InputError, message
from sxsh_options.funding.plan.terms import PlanTerms
from sxsh_options.model import Assessment, CostKind
from sxsh_options.options import annual_flows, saving_rows, used_quantities
from sxsh_options.options.tables import option_catalogue
from sxsh_options.screening.evaluate import asset_fractions, yearly_streams
from sxsh_options.screening.jointly import Joint, value_jointly
from sxsh_options.screening.results import AssumptionUsed
from sxsh_options.screening.valuation import FIXED_ASSET_KINDS, Exchange

Floats = npt.NDArray[np.float64]

MOST_TOGETHER = 10  # options of one cluster: 2**10 sets are valued


@dataclass(frozen=True, slots=True)
class CostLine:
    """One item of the investment.

    Attributes
    ----------
    option_id, item_id, name : str
        The name is what the owner calls the item, if anything.
    kind : CostKind
    net_vnd, with_vat_vnd : float
    borne_vnd : float
        What the owner pays: with VAT where that cannot be deducted.
    deducted : array of shape (T,)
        Share of the cost that is taken off taxable income each year.
    """

    option_id: str
    item_id: str
    name: str
    kind: CostKind
    net_vnd: float
    with_vat_vnd: float
    borne_vnd: float
    deducted: Floats


@dataclass(frozen=True, slots=True)
class Variant:
    """A set of options of one cluster; yearly values of shape (T,).

    ``saved`` is what is saved of each flow and each resource, to be held against what is used.
    """

    option_ids: frozenset[str]
    capex_vnd: float  # all that is paid at the start
    benefit_vnd: Floats
    opex_vnd: Floats
    depreciation_vnd: Floats
    later_capex_vnd: Floats
    later_depreciation_vnd: Floats
    co2e_t: float  # a year; NaN where a factor is not known
    saved: dict[str, float]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that may be carried out.

    Attributes
    ----------
    clusters : tuple of tuple of Variant
        One variant of each is carried out.
    lines : tuple of CostLine
    requires, excludes : tuple of (str, str)
        Pairs of options.
    used : dict of str to float
        What there is of each flow and resource.
    terms : PlanTerms
    """

    clusters: tuple[tuple[Variant, ...], ...]
    lines: tuple[CostLine, ...]
    requires: tuple[tuple[str, str], ...]
    excludes: tuple[tuple[str, str], ...]
    used: dict[str, float]
    terms: PlanTerms

    @property
    def years(self) -> int:
        """T, the years of analysis."""
        return len(self.clusters[0][0].benefit_vnd)


def propose(
    assessment: Assessment, option_ids: Sequence[str], terms: PlanTerms, as_of: date, *, choose: bool = False
) -> Proposal:
    """Return what is to be financed.

    Parameters
    ----------
    assessment : Assessment
    option_ids : sequence of str
    terms : PlanTerms
    as_of : date
    choose : bool
        Whether some of the options may be left out; else all are carried out.

    Raises
    ------
    InputError
        The options cannot go together (where none may be left out), or more than
        ``MOST_TOGETHER`` of them act on each other.

    Notes
    -----
    All run over one horizon, the longest life among them unless one is given, and what lives shorter is
    bought again: sets of options are compared over the same time.
    """
    chosen = [option for option in assessment.options if option.id in set(option_ids)]
    years = terms.general.analysis_years or max((o.technical_life_years for o in chosen), default=1)
    over = AssumptionUsed("analysis_years", years, "years")
    assumed = tuple(over if each.name == "analysis_years" else each for each in terms.general.used)
    terms = replace(terms, general=replace(terms.general, analysis_years=years, used=assumed))
    names = [option.id for option in chosen]
    clusters: list[tuple[Variant, ...]]
    if choose:
        groups = _clusters(assessment, names)
        for members in groups:
            if len(members) > MOST_TOGETHER:
                raise InputError(message("plan.too_many_together", count=len(members), most=MOST_TOGETHER))
        clusters = [_variants(assessment, members, terms, as_of) for members in groups]
    else:
        clusters = [(_variant(value_jointly(assessment, names, as_of), terms),)]
    part = assessment.model_copy(update={"options": tuple(chosen)})
    flows = annual_flows(part)
    used = {f"flow:{name}": flow.quantity for name, flow in flows.items()}
    used |= {f"resource:{name}": quantity for name, quantity in used_quantities(flows.values()).items()}
    return Proposal(
        tuple(clusters),
        _cost_lines(assessment, names, terms, as_of),
        tuple((o.id, needed) for o in chosen for needed in o.requires),
        tuple((o.id, other) for o in chosen for other in o.excludes if other in names),
        used,
        terms,
    )


def apart(
    assessment: Assessment, option_ids: Sequence[str], terms: PlanTerms, as_of: date
) -> tuple[Proposal, ...]:
    """Return options that go together as proposals of their own, which may be carried out at different times.

    Options that act on each other, or need each other, stay in one.

    Parameters
    ----------
    assessment : Assessment
    option_ids : sequence of str
    terms : PlanTerms
        With the horizon of all of them.
    as_of : date
    """
    lines = _cost_lines(assessment, option_ids, terms, as_of)
    return tuple(
        Proposal(
            ((_variant(value_jointly(assessment, members, as_of), terms),),),
            tuple(line for line in lines if line.option_id in members),
            (),
            (),
            {},
            terms,
        )
        for members in _clusters(assessment, option_ids, with_prerequisites=True)
    )


def together(parts: Sequence[Proposal], terms: PlanTerms) -> Proposal:
    """Return proposals that do not act on each other as one, all of which is carried out."""
    clusters = tuple(cluster for part in parts for cluster in part.clusters)
    return Proposal(clusters, tuple(line for part in parts for line in part.lines), (), (), {}, terms)


def _variants(
    assessment: Assessment, members: Sequence[str], terms: PlanTerms, as_of: date
) -> tuple[Variant, ...]:
    """Return every set of a cluster's options that can be done together; the first is none of them."""
    none = nothing_done(terms.general.analysis_years or 1)
    found = [none]
    free = assessment.model_copy(
        update={
            "options": tuple(
                # what they need of other clusters is held by the plan as a whole
                option.model_copy(
                    update={"requires": tuple(name for name in option.requires if name in members)}
                )
                for option in assessment.options
                if option.id in members
            )
        }
    )
    for size in range(1, len(members) + 1):
        for names in combinations(members, size):
            try:
                found.append(_variant(value_jointly(free, names, as_of), terms))
            except InputError as error:
                if any(not m.code.startswith("together.") for m in error.messages):
                    raise
    return tuple(found)


def nothing_done(years: int) -> Variant:
    """Return the variant of no option."""
    zero = np.zeros(years)
    return Variant(frozenset(), 0.0, zero, zero, zero, zero, zero, 0.0, {})


def _variant(joint: Joint, terms: PlanTerms) -> Variant:
    streams = yearly_streams(joint.options, joint.value, terms.general)
    inputs = streams.inputs
    depreciation = inputs.capex_vnd[:, None] * inputs.depreciation_fractions
    saved: dict[str, float] = {}
    for row in joint.rows:
        for key in (f"resource:{row.resource}", *([f"flow:{row.flow}"] if row.flow is not None else [])):
            saved[key] = saved.get(key, 0.0) + row.quantity
    co2e = joint.value.co2e_t["1"] + joint.value.co2e_t["2"]
    return Variant(
        frozenset(option.id for option in joint.options),
        float(inputs.capex_vnd.sum()),
        inputs.benefit_vnd.sum(axis=0),
        np.broadcast_to(inputs.opex_vnd, inputs.benefit_vnd.shape).sum(axis=0),
        depreciation.sum(axis=0),
        inputs.later_capex_vnd.sum(axis=0),
        inputs.later_depreciation_vnd.sum(axis=0),
        float(co2e.sum()),
        saved,
    )


def _clusters(
    assessment: Assessment, names: Sequence[str], *, with_prerequisites: bool = False
) -> list[list[str]]:
    """Return the options in groups that act on each other, in the assessment's order.

    Savings act on each other within one interaction group or end use of one base, and where one is of the
    whole of a flow and another of its part (:func:`~sxsh_options.options.together.combined_shares`). Where
    asked, an option and what it requires are of one group too.
    """
    options = [option for option in assessment.options if option.id in set(names)]
    part = assessment.model_copy(update={"options": tuple(options)})
    known = option_catalogue().end_uses
    rows = saving_rows(part, annual_flows(part))
    with_whole = {
        row.flow
        for row in rows
        if row.flow and row.end_use is not None and row.end_use in known and known[row.end_use].whole
    }
    leader = {option.id: option.id for option in options}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    first: dict[tuple[object, ...], str] = {}
    for row in rows:
        name = options[row.option].id
        group = row.end_use or options[row.option].interaction_group
        keys: list[tuple[object, ...]] = [(group, row.resource, row.flow)] if group else []
        if row.flow in with_whole and row.end_use in known:
            keys.append((row.flow,))
        for key in keys:
            leader[find(name)] = find(first.setdefault(key, name))
    if with_prerequisites:
        for option in options:
            for needed in leader.keys() & set(option.requires):
                leader[find(option.id)] = find(needed)
    groups: dict[str, list[str]] = {}
    for option in options:
        groups.setdefault(find(option.id), []).append(option.id)
    return list(groups.values())


def _cost_lines(
    assessment: Assessment, names: Sequence[str], terms: PlanTerms, as_of: date
) -> tuple[CostLine, ...]:
    options = tuple(option for option in assessment.options if option.id in set(names))
    exchange = Exchange(assessment.exchange_rates)
    years = terms.general.analysis_years or 1
    life = np.array([min(option.technical_life_years, years) for option in options], dtype=np.int64)
    as_assets = asset_fractions(options, life, years)
    at_once = np.eye(1, years)[0]
    taxed = bool(terms.general.tax.rates(as_of.year, years).any())
    lines = []
    for option, fractions in zip(options, as_assets, strict=True):
        asset = sum(
            exchange.vnd(item.amount) * item.cost_factor
            for item in option.capex
            if item.kind in FIXED_ASSET_KINDS
        )
        is_asset = asset >= terms.general.fixed_asset_threshold_vnd
        for item in option.capex:
            net = exchange.vnd(item.amount)
            spread = fractions if is_asset and item.kind in FIXED_ASSET_KINDS else at_once
            lines.append(
                CostLine(
                    option.id,
                    item.id,
                    item.name,
                    item.kind,
                    net,
                    net * (1.0 + item.vat_rate),
                    net * item.cost_factor,
                    spread if taxed else np.zeros(years),
                )
            )
    return tuple(lines)


def project_inputs(
    variants: Sequence[Variant],
    terms: PlanTerms,
    grants: Sequence[finance.Grant],
    loans: Sequence[finance.Loan],
) -> finance.ProjectInputs:
    """Return the inputs of :func:`sxsh_options.finance.project` for one variant of each cluster together."""
    capex = sum(v.capex_vnd for v in variants)
    depreciation = np.sum([v.depreciation_vnd for v in variants], axis=0)
    return finance.ProjectInputs(
        capex_vnd=capex,
        benefit_vnd=np.sum([v.benefit_vnd for v in variants], axis=0),
        opex_vnd=np.sum([v.opex_vnd for v in variants], axis=0),
        depreciation_fractions=depreciation / capex if capex > 0 else 0.0,
        tax_rate=terms.general.tax.rates(terms.general.as_of.year, len(depreciation)),
        later_capex_vnd=np.sum([v.later_capex_vnd for v in variants], axis=0),
        later_depreciation_vnd=np.sum([v.later_depreciation_vnd for v in variants], axis=0),
        discount_rate=terms.general.discount_rate,
        loss_treatment=terms.general.loss_treatment,
        loss_carry_years=terms.general.loss_carry_years or None,
        debt_at_horizon="repaid",
        grants=grants,
        loans=loans,
    )

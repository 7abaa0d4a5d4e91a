"""The choice as a mixed-integer program: who pays for what, under the rules of stacking and of cash."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.funding.plan.cash import Cash
from sxsh_options.funding.plan.columns import Column, LoanColumn
from sxsh_options.funding.plan.expressions import Expression, add, difference, plus
from sxsh_options.funding.plan.frame import Frame
from sxsh_options.funding.plan.granting import hold_grants
from sxsh_options.funding.plan.lending import hold_loans
from sxsh_options.funding.plan.pieces import Pieces
from sxsh_options.funding.plan.program import Program
from sxsh_options.funding.plan.proposal import Proposal, Variant
from sxsh_options.funding.plan.relations import hold_relations

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """A program and what its variables mean.

    Attributes
    ----------
    columns : tuple of Column
        Their amounts are the variables ``amount``.
    variants : dict of (cluster, variant) to variable
    own_capital : int
    equity : list of Expression
        Owner's cash after tax, years 0..T.
    npv, co2e : Expression
    scale_vnd : float
        The unit of all money in the program.
    """

    program: Program
    proposal: Proposal
    columns: tuple[Column, ...]
    amount: tuple[int, ...]
    variants: dict[tuple[int, int], int]
    own_capital: int
    equity: list[Expression]
    npv: Expression
    co2e: Expression
    scale_vnd: float

    def read(self, values: Floats) -> tuple[tuple[Variant, ...], Floats]:
        """Return the chosen variants, and the amounts of the columns in VND."""
        chosen = tuple(
            self.proposal.clusters[cluster][which]
            for (cluster, which), variable in self.variants.items()
            if values[variable] > 0.5
        )
        amounts = np.array([values[variable] for variable in self.amount]) * self.scale_vnd
        return chosen, np.maximum(amounts, 0.0)  # a solver's nothing may be a hair below it


def build(proposal: Proposal, pieces: Pieces) -> Choice:
    """Return the program for a proposal and the pieces that may be counted on."""
    frame = Frame(proposal, pieces)
    cash = Cash(frame)
    _hold_options(frame)
    hold_grants(frame)
    hold_loans(frame, cash)
    hold_relations(frame)
    equity = cash.equity(frame.total(LoanColumn))
    factors = finance.discount_factors(proposal.terms.general.discount_rate, frame.years)
    npv: Expression = {}
    for year, expression in enumerate(equity):
        add(npv, expression, float(factors[year]))
    co2e = {
        variable: proposal.clusters[c][v].co2e_t
        for (c, v), variable in frame.variants.items()
        if np.isfinite(proposal.clusters[c][v].co2e_t)
    }
    return Choice(
        frame.program,
        proposal,
        frame.columns,
        frame.amount,
        frame.variants,
        frame.own_capital,
        equity,
        npv,
        co2e,
        frame.scale,
    )


def _hold_options(frame: Frame) -> None:
    """Hold one variant a cluster, what options need of and exclude each other, what there is to save."""
    program, proposal, carried = frame.program, frame.proposal, frame.carried
    saved: dict[str, Expression] = {}
    for c, cluster in enumerate(proposal.clusters):
        for v, variant in enumerate(cluster):
            for base, quantity in variant.saved.items():
                saved.setdefault(base, {})[frame.variants[c, v]] = quantity
        program.row({frame.variants[c, v]: 1.0 for v in range(len(cluster))}, 1.0, 1.0)
    if len(frame.variants) == 1:
        return  # one set of options, which was found to go together
    for name, needed in proposal.requires:
        program.row(difference(carried.get(name, {}), carried.get(needed, {})), upper=0.0)
    for name, other in proposal.excludes:
        program.row(plus(carried.get(name, {}), carried.get(other, {})), upper=1.0)
    for base, expression in saved.items():
        there = proposal.used.get(base)
        if there is not None and there > 0:
            shares = {variable: quantity / there for variable, quantity in expression.items()}
            program.row(shares, upper=1.0 + 1e-9)

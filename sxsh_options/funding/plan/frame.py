"""What the rules of a plan are written in: the variables of its program, and sums over them.

Amounts are shares of what one option costs on average, so that none is dust and none is all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from sxsh_options.funding.plan.columns import Column, GrantColumn, LoanColumn, columns_of
from sxsh_options.funding.plan.expressions import Expression, add
from sxsh_options.funding.plan.pieces import LoanPiece, Pieces
from sxsh_options.funding.plan.program import Program
from sxsh_options.funding.plan.proposal import CostLine, Proposal


class Frame:
    """A program with its variables, before any rule.

    Attributes
    ----------
    variants : dict of (cluster, variant) to variable
        1 where it is carried out.
    columns : tuple of Column
        Their amounts are the variables ``amount``.
    own_capital : int
        The variable of what the owner puts in at most.
    carried : dict of str to Expression
        1 where an option is carried out.
    scale : float
        VND of a unit of money.
    whole : float
        The whole investment in these units, at most.
    """

    def __init__(self, proposal: Proposal, pieces: Pieces) -> None:
        self.proposal, self.pieces, self.terms = proposal, pieces, proposal.terms
        self.columns = columns_of(proposal, pieces)
        largest = sum(max(v.capex_vnd for v in cluster) for cluster in proposal.clusters)
        self.scale = max(largest / len(proposal.clusters), 1.0)
        self.whole = largest / self.scale
        self.years = proposal.years
        self.program = Program()
        self.variants = {
            (c, v): self.program.variable(1.0, whole=True)
            for c, cluster in enumerate(proposal.clusters)
            for v in range(len(cluster))
        }
        self.amount = tuple(self.program.variable(self.most(column)) for column in self.columns)
        limit = self.terms.financing.own_capital_vnd
        self.own_capital = self.program.variable(np.inf if limit is None else limit / self.scale)
        self.carried: dict[str, Expression] = {}
        for (c, v), variable in self.variants.items():
            for name in proposal.clusters[c][v].option_ids:
                self.carried.setdefault(name, {})[variable] = 1.0

    def most(self, column: Column) -> float:
        """Return the most that a column can be."""
        match column:
            case GrantColumn(piece, None):
                return piece.cap_vnd / self.scale
            case GrantColumn(piece, CostLine() as line):
                base = piece.base(line.kind, line.net_vnd, line.with_vat_vnd)
                return min(piece.share * base, piece.cap_vnd, line.borne_vnd) / self.scale
            case LoanColumn(piece):
                limit = piece.offer.amount_max_vnd
                share = min(piece.offer.share_max, 1.0) * self.whole
                return min(share, np.inf if limit is None else limit / self.scale)
            case _:
                return self.whole

    def investment(self) -> Expression:
        """Return what is invested."""
        return {
            variable: self.proposal.clusters[c][v].capex_vnd / self.scale
            for (c, v), variable in self.variants.items()
        }

    def costs(self, lines: Iterable[CostLine]) -> Expression:
        """Return what items cost, where their options are carried out."""
        total: Expression = {}
        for line in lines:
            add(total, self.carried[line.option_id], line.borne_vnd / self.scale)
        return total

    def total(self, kind: type[Column]) -> Expression:
        """Return the sum of all columns of a kind."""
        return self.sum_where(lambda column: isinstance(column, kind))

    def sum_where(self, wanted: Callable[[Column], bool]) -> Expression:
        """Return the sum of some columns."""
        return {v: 1.0 for v, column in zip(self.amount, self.columns, strict=True) if wanted(column)}

    def loans(self) -> Iterator[tuple[int, LoanPiece]]:
        """Yield each loan with the variable of its amount."""
        for variable, column in zip(self.amount, self.columns, strict=True):
            if isinstance(column, LoanColumn):
                yield variable, column.piece

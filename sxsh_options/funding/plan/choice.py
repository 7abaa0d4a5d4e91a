"""The choice as a mixed-integer program: who pays for what, under the rules of stacking and of cash.

Amounts are shares of the whole investment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.funding.plan.cash import Cash
from sxsh_options.funding.plan.columns import (
    BridgeColumn,
    Column,
    GrantColumn,
    LoanColumn,
    columns_of,
    names_of,
)
from sxsh_options.funding.plan.expressions import Expression, add, difference, plus, scaled
from sxsh_options.funding.plan.pieces import GrantPiece, LoanPiece, Pieces
from sxsh_options.funding.plan.program import Program
from sxsh_options.funding.plan.proposal import CostLine, Proposal, Variant
from sxsh_options.funding.schema import Needs, Source

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
    return _Builder(proposal, pieces).choice()


class _Builder:
    def __init__(self, proposal: Proposal, pieces: Pieces) -> None:
        self.proposal, self.pieces, self.terms = proposal, pieces, proposal.terms
        self.columns = columns_of(proposal, pieces)
        largest = sum(max(v.capex_vnd for v in cluster) for cluster in proposal.clusters)
        self.scale = max(largest / len(proposal.clusters), 1.0)  # so that one option is neither dust nor all
        self.whole = largest / self.scale
        self.program = Program()
        self.years = proposal.years
        self.variants = {
            (c, v): self.program.variable(1.0, whole=True)
            for c, cluster in enumerate(proposal.clusters)
            for v in range(len(cluster))
        }
        self.amount = [self.program.variable(self._most(column)) for column in self.columns]
        limit = self.terms.financing.own_capital_vnd
        self.own = self.program.variable(np.inf if limit is None else limit / self.scale)
        self.used: dict[str, int] = {}
        self.cash = Cash(
            self.program, proposal, self.variants, self.columns, self.amount, self.own, self.scale
        )

    def choice(self) -> Choice:
        """Return the finished program."""
        for cluster in range(len(self.proposal.clusters)):
            ones = {variable: 1.0 for (c, _), variable in self.variants.items() if c == cluster}
            self.program.row(ones, 1.0, 1.0)
        self._options()
        self._grants()
        self._loans()
        self._relations()
        equity = self.cash.equity(self._total(LoanColumn))
        factors = finance.discount_factors(self.terms.general.discount_rate, self.years)
        npv: Expression = {}
        for year, expression in enumerate(equity):
            add(npv, expression, float(factors[year]))
        co2e = {
            variable: self.proposal.clusters[c][v].co2e_t
            for (c, v), variable in self.variants.items()
            if np.isfinite(self.proposal.clusters[c][v].co2e_t)
        }
        return Choice(
            self.program,
            self.proposal,
            self.columns,
            tuple(self.amount),
            self.variants,
            self.own,
            equity,
            npv,
            co2e,
            self.scale,
        )

    # Options

    def _options(self) -> None:
        """Hold what options need of and exclude each other, and what there is to save."""
        carried: dict[str, Expression] = {}
        saved: dict[str, Expression] = {}
        for (c, v), variable in self.variants.items():
            variant = self.proposal.clusters[c][v]
            for name in variant.option_ids:
                carried.setdefault(name, {})[variable] = 1.0
            for base, quantity in variant.saved.items():
                saved.setdefault(base, {})[variable] = quantity
        self.carried = carried
        if len(self.variants) == 1:
            return  # one set of options, which was found to go together
        for name, needed in self.proposal.requires:
            self.program.row(difference(carried.get(name, {}), carried.get(needed, {})), upper=0.0)
        for name, other in self.proposal.excludes:
            self.program.row(plus(carried.get(name, {}), carried.get(other, {})), upper=1.0)
        for base, expression in saved.items():
            there = self.proposal.used.get(base)
            if there is not None and there > 0:
                shares = {variable: quantity / there for variable, quantity in expression.items()}
                self.program.row(shares, upper=1.0 + 1e-9)

    def _investment(self) -> Expression:
        return {
            variable: self.proposal.clusters[c][v].capex_vnd / self.scale
            for (c, v), variable in self.variants.items()
        }

    def _costs(self, lines: Iterable[CostLine], *, net: bool = False) -> Expression:
        """Return what items cost, where their options are carried out."""
        total: Expression = {}
        for line in lines:
            cost = (line.net_vnd if net else line.borne_vnd) / self.scale
            add(total, self.carried[line.option_id], cost)
        return total

    # Grants

    def _most(self, column: Column) -> float:
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

    def _grants(self) -> None:
        """Hold caps, one state grant for each item, and no item paid for more than it costs."""
        by_piece: dict[int, Expression] = {}
        by_source: dict[str, Expression] = {}
        by_line: dict[tuple[str, str], Expression] = {}
        state: dict[tuple[str, str], Expression] = {}
        pieces: dict[int, GrantPiece] = {}
        for variable, column in zip(self.amount, self.columns, strict=True):
            if not isinstance(column, GrantColumn):
                continue
            piece, line = column.piece, column.line
            pieces[id(piece)] = piece
            by_piece.setdefault(id(piece), {})[variable] = 1.0
            if piece.source_cap_vnd is not None:
                by_source.setdefault(piece.source.id, {})[variable] = 1.0
            if line is None:
                continue
            most = self._most(column)
            self.program.row(difference({variable: 1.0}, self.carried[line.option_id], most), upper=0.0)
            key = (line.option_id, line.item_id)
            by_line.setdefault(key, {})[variable] = 1.0
            if piece.is_state:
                pays = self.program.variable(1.0, whole=True)
                self.program.row({variable: 1.0, pays: -most}, upper=0.0)
                state.setdefault(key, {})[pays] = 1.0
        for number, expression in by_piece.items():
            self.program.row(expression, upper=pieces[number].cap_vnd / self.scale)
        caps = {piece.source.id: piece.source_cap_vnd for piece in pieces.values()}
        for name, expression in by_source.items():
            self.program.row(expression, upper=(caps[name] or 0.0) / self.scale)
        costs = {(line.option_id, line.item_id): line.borne_vnd / self.scale for line in self.proposal.lines}
        for key, expression in by_line.items():
            self.program.row(expression, upper=costs[key])
        for expression in state.values():
            self.program.row(expression, upper=1.0)

    # Loans

    def _loans(self) -> None:
        """Hold what lenders ask: shares of the investment, one interest support a loan, collateral."""
        invested = self._investment()
        grants = self._total(GrantColumn)
        loans = self._total(LoanColumn)
        self.program.row(difference(plus(grants, loans), invested), upper=0.0)
        bridge = self._total(BridgeColumn)
        if bridge:
            self.program.row(difference(bridge, grants), upper=0.0)
        by_offer: dict[str, list[tuple[int, LoanPiece]]] = {}
        for variable, column in zip(self.amount, self.columns, strict=True):
            if isinstance(column, LoanColumn):
                by_offer.setdefault(column.piece.offer.id, []).append((variable, column.piece))
        for ways in by_offer.values():
            self._one_way(ways, invested)
        self._of_one_source(by_offer.values())
        self._capped_once(by_offer.values())
        terms = self.terms.financing
        if terms.own_share_min:
            self._own_share(terms.own_share_min, invested)
        if terms.public_share_max is not None:
            public = self._of_groups({"state_grant"})
            self.program.row(difference(public, invested, terms.public_share_max), upper=0.0)
        self._collateral()

    def _of_one_source(self, offers: Iterable[list[tuple[int, LoanPiece]]]) -> None:
        """Hold what a source lends in all, where its loan was offered on several terms."""
        by_source: dict[str, list[list[tuple[int, LoanPiece]]]] = {}
        for ways in offers:
            source = ways[0][1].source
            if source is not None:
                by_source.setdefault(source.id, []).append(ways)
        for several in by_source.values():
            if len(several) < 2:
                continue
            taken = {variable: 1.0 for ways in several for variable, _ in ways}
            piece = several[0][0][1]
            if piece.source_cap_vnd is not None:
                self.program.row(taken, upper=piece.source_cap_vnd / self.scale)
            if piece.source_share_max is not None:
                base = self._financed(piece)
                self.program.row(difference(taken, base, piece.source_share_max), upper=0.0)

    def _capped_once(self, offers: Iterable[list[tuple[int, LoanPiece]]]) -> None:
        """Hold that one loan at most runs under an interest support whose yearly sum has a cap."""
        by_support: dict[str, list[int]] = {}
        for variable, piece in (way for ways in offers for way in ways):
            if piece.support is not None and piece.support_cap_vnd is not None:
                by_support.setdefault(piece.support.id, []).append(variable)
        for variables in (each for each in by_support.values() if len(each) > 1):
            runs = [self.program.variable(1.0, whole=True) for _ in variables]
            for variable, one in zip(variables, runs, strict=True):
                self.program.row({variable: 1.0, one: -self.program.upper[variable]}, upper=0.0)
            self.program.row(dict.fromkeys(runs, 1.0), upper=1.0)

    def _financed(self, piece: LoanPiece) -> Expression:
        """Return what a loan may finance."""
        if piece.kinds is None:
            return self._investment()
        return self._costs([line for line in self.proposal.lines if line.kind in piece.kinds])

    def _one_way(self, ways: list[tuple[int, LoanPiece]], invested: Expression) -> None:
        """Hold one offer: taken without support or with one, within its share of what it may finance."""
        piece = ways[0][1]
        taken = {variable: 1.0 for variable, _ in ways}
        if len(ways) > 1:
            chosen = [self.program.variable(1.0, whole=True) for _ in ways]
            for (variable, _), way in zip(ways, chosen, strict=True):
                self.program.row({variable: 1.0, way: -self.program.upper[variable]}, upper=0.0)
            self.program.row(dict.fromkeys(chosen, 1.0), upper=1.0)
        self.program.row(difference(taken, self._financed(piece), piece.offer.share_max), upper=0.0)
        if piece.offer.amount_max_vnd is not None:
            self.program.row(taken, upper=piece.offer.amount_max_vnd / self.scale)
        if piece.own_share_min > 0:
            uses = self.program.variable(1.0, whole=True)
            self.program.row({**taken, uses: -self.whole}, upper=0.0)
            self._own_share(piece.own_share_min, invested, uses)
        for variable, supported in ways:
            self._support_cap(variable, supported)

    def _support_cap(self, variable: int, piece: LoanPiece) -> None:
        """Take back what an interest support would give above its yearly cap."""
        if piece.support is None or piece.support_cap_vnd is None:
            return
        cap = piece.support_cap_vnd / self.scale
        bare = self._unit_schedule(piece)
        for year, rate in enumerate(bare):
            most = rate * self.program.upper[variable]
            if most <= cap:
                continue
            above = self.program.variable(most - cap)
            self.program.row({variable: rate, above: -1.0}, upper=cap)
            self.cash.take_back(above, year + 1)

    def _unit_schedule(self, piece: LoanPiece) -> list[float]:
        """Return what is taken over each year of a unit lent, without the cap."""
        years = min(piece.offer.term_years, self.years)
        free = finance.Loan(
            1.0, piece.offer.rates, years, min(piece.offer.grace_years, years - 1), piece.offer.repayment
        )
        balance = finance.loan_schedule(free, self.years).balance
        taken = piece.support_rates[: self.years]
        return [float(rate * balance[year]) for year, rate in enumerate(taken)]

    def _own_share(self, share: float, invested: Expression, uses: int | None = None) -> None:
        """Hold what the owner pays at the start: the investment less loans, grants and what bridges them."""
        grants, loans = self._total(GrantColumn), self._total(LoanColumn)
        own = difference(difference(invested, loans), grants)
        if uses is None:
            self.program.row(difference(own, invested, share), lower=0.0)
        else:
            most = share * self.whole
            self.program.row({**difference(own, invested, share), uses: -most}, lower=-most)

    def _collateral(self) -> None:
        """Hold that every loan ties up collateral: its amount by the share that its lender lends against it.

        A guarantee stands in for its share of a bank's loan.
        """
        terms = self.terms.financing
        if terms.collateral_vnd is None:
            return
        tied: Expression = {}
        guaranteed = max((guarantee.share for guarantee in self.pieces.guarantees), default=0.0)
        for variable, column in zip(self.amount, self.columns, strict=True):
            if not isinstance(column, LoanColumn):
                continue
            piece = column.piece
            share = (
                terms.lent_against_collateral if piece.collateral_share is None else piece.collateral_share
            )
            secured = 1.0 if piece.is_preferential else 1.0 - guaranteed
            if share:
                tied[variable] = secured / share
            elif share == 0.0 and secured > 0:
                self.program.upper[variable] = 0.0
        self.program.row(tied, upper=terms.collateral_vnd / self.scale)

    def _total(self, kind: type[Column]) -> Expression:
        return {
            v: 1.0 for v, column in zip(self.amount, self.columns, strict=True) if isinstance(column, kind)
        }

    def _of_groups(self, groups: set[str]) -> Expression:
        return {
            variable: 1.0
            for variable, column in zip(self.amount, self.columns, strict=True)
            if isinstance(column, GrantColumn) and groups & set(column.piece.source.groups)
        }

    # What sources need of each other

    def _relations(self) -> None:
        sources = {source.id: source for source in self._sources()}
        for source in sources.values():
            for needs in source.prerequisites:
                self._needs(self._uses(source.id), needs, sources)
            for other in source.excludes:
                if other in sources:
                    self.program.row({self._uses(source.id): 1.0, self._uses(other): 1.0}, upper=1.0)
        self._combined(sources)

    def _sources(self) -> Iterable[Source]:
        for column in self.columns:
            if isinstance(column, GrantColumn):
                yield column.piece.source
            elif isinstance(column, LoanColumn):
                if column.piece.source is not None:
                    yield column.piece.source
                if column.piece.support is not None:
                    yield column.piece.support

    def _uses(self, name: str) -> int:
        """Return the variable that says whether money of a source is taken."""
        if name not in self.used:
            uses = self.used[name] = self.program.variable(1.0, whole=True)
            for variable, column in zip(self.amount, self.columns, strict=True):
                if name in names_of(column):
                    self.program.row(
                        {variable: 1.0, uses: -max(self.program.upper[variable], 0.0)}, upper=0.0
                    )
        return self.used[name]

    def _needs(self, uses: int, needs: Needs, sources: Mapping[str, Source]) -> None:
        """Hold that something used has what it needs: ``uses <= needed``, ``uses <= any of them``."""
        if needs.source is not None:
            needed = {self._really(needs.source): 1.0} if needs.source in sources else {}
            self.program.row(difference({uses: 1.0}, needed), upper=0.0)
        for each in needs.all or ():
            self._needs(uses, each, sources)
        if needs.any is not None:
            ways = []
            for each in needs.any:
                way = self.program.variable(1.0, whole=True)
                self._needs(way, each, sources)
                ways.append(way)
            self.program.row(difference({uses: 1.0}, dict.fromkeys(ways, 1.0)), upper=0.0)

    def _really(self, name: str) -> int:
        """Return the variable of a use that is more than none: at least a thousandth of the investment."""
        uses = self._uses(name)
        taken = {
            v: 1.0 for v, column in zip(self.amount, self.columns, strict=True) if name in names_of(column)
        }
        least = min(0.001 * self.whole, sum(self.program.upper[v] for v in taken))
        self.program.row({**taken, uses: -least}, lower=0.0)
        return uses

    def _combined(self, sources: Mapping[str, Source]) -> None:
        loans = self._total(LoanColumn)
        for source in sources.values():
            version = max(source.versions, key=lambda v: (v.from_ <= self.terms.general.as_of, v.from_))
            for limit in version.combined if version.from_ <= self.terms.general.as_of else ():
                concerned = {
                    variable: 1.0
                    for variable, column in zip(self.amount, self.columns, strict=True)
                    if isinstance(column, GrantColumn) and limit.concerns(column.piece.source)
                }
                free = {self._uses(source.id): self.whole}
                bounds: list[tuple[Expression, float]] = []
                if limit.cap_vnd is not None:
                    bounds.append(({}, limit.cap_vnd / self.scale))
                if limit.share_of_investment is not None:
                    bounds.append((scaled(self._investment(), limit.share_of_investment), 0.0))
                if limit.share_of_loans is not None:
                    bounds.append((scaled(loans, limit.share_of_loans), 0.0))
                for expression, constant in bounds:
                    row = plus(difference(concerned, expression), free)
                    self.program.row(row, upper=constant + self.whole)

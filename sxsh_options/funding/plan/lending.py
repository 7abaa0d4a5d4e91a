"""What lenders ask: shares of the investment and of collateral, one interest support for each loan."""

from __future__ import annotations

from sxsh_options import finance
from sxsh_options.funding.plan.cash import Cash
from sxsh_options.funding.plan.columns import BridgeColumn, GrantColumn, LoanColumn
from sxsh_options.funding.plan.expressions import Expression, difference, plus
from sxsh_options.funding.plan.frame import Frame
from sxsh_options.funding.plan.pieces import LoanPiece

_Ways = list[tuple[int, LoanPiece]]  # of taking one offer: bare, or with one support or another


def hold_loans(frame: Frame, cash: Cash) -> None:
    """Hold what lenders, and the owner, ask of loans and of the money that the owner brings."""
    _Lending(frame, cash).hold()


class _Lending:
    def __init__(self, frame: Frame, cash: Cash) -> None:
        self.frame, self.cash, self.program = frame, cash, frame.program
        self.invested = frame.investment()
        self.grants, self.loans = frame.total(GrantColumn), frame.total(LoanColumn)
        self.offers: dict[str, _Ways] = {}
        for variable, piece in frame.loans():
            self.offers.setdefault(piece.offer.id, []).append((variable, piece))

    def hold(self) -> None:
        """Hold everything."""
        self.program.row(difference(plus(self.grants, self.loans), self.invested), upper=0.0)
        bridge = self.frame.total(BridgeColumn)
        if bridge:
            self.program.row(difference(bridge, self.grants), upper=0.0)
        for ways in self.offers.values():
            self._one_way(ways)
        self._of_one_source()
        self._capped_once()
        limits = self.frame.terms.financing
        if limits.own_share_min:
            self._own_share(limits.own_share_min)
        if limits.public_share_max is not None:
            public = self.frame.sum_where(
                lambda column: isinstance(column, GrantColumn) and column.piece.is_state
            )
            self.program.row(difference(public, self.invested, limits.public_share_max), upper=0.0)
        self._collateral()

    def _of_one_source(self) -> None:
        """Hold what a source lends in all, where its loan was offered on several terms."""
        by_source: dict[str, list[_Ways]] = {}
        for ways in self.offers.values():
            source = ways[0][1].source
            if source is not None:
                by_source.setdefault(source.id, []).append(ways)
        for several in by_source.values():
            if len(several) < 2:
                continue
            taken = {variable: 1.0 for ways in several for variable, _ in ways}
            piece = several[0][0][1]
            if piece.source_cap_vnd is not None:
                self.program.row(taken, upper=piece.source_cap_vnd / self.frame.scale)
            if piece.source_share_max is not None:
                base = self._financed(piece)
                self.program.row(difference(taken, base, piece.source_share_max), upper=0.0)

    def _capped_once(self) -> None:
        """Hold that one loan at most runs under an interest support whose yearly sum has a cap."""
        by_support: dict[str, list[int]] = {}
        for variable, piece in self.frame.loans():
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
            return self.invested
        return self.frame.costs([line for line in self.frame.proposal.lines if line.kind in piece.kinds])

    def _one_way(self, ways: _Ways) -> None:
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
            self.program.row(taken, upper=piece.offer.amount_max_vnd / self.frame.scale)
        if piece.own_share_min > 0:
            uses = self.program.variable(1.0, whole=True)
            self.program.row({**taken, uses: -self.frame.whole}, upper=0.0)
            self._own_share(piece.own_share_min, uses)
        for variable, supported in ways:
            self._support_cap(variable, supported)

    def _support_cap(self, variable: int, piece: LoanPiece) -> None:
        """Take back what an interest support would give above its yearly cap."""
        if piece.support is None or piece.support_cap_vnd is None:
            return
        cap = piece.support_cap_vnd / self.frame.scale
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
        years = min(piece.offer.term_years, self.frame.years)
        free = finance.Loan(
            1.0, piece.offer.rates, years, min(piece.offer.grace_years, years - 1), piece.offer.repayment
        )
        balance = finance.loan_schedule(free, self.frame.years).balance
        taken = piece.support_rates[: self.frame.years]
        return [float(rate * balance[year]) for year, rate in enumerate(taken)]

    def _own_share(self, share: float, uses: int | None = None) -> None:
        """Hold what the owner pays at the start: the investment less loans, grants and what bridges them."""
        own = difference(difference(self.invested, self.loans), self.grants)
        if uses is None:
            self.program.row(difference(own, self.invested, share), lower=0.0)
        else:
            most = share * self.frame.whole
            self.program.row({**difference(own, self.invested, share), uses: -most}, lower=-most)

    def _collateral(self) -> None:
        """Hold that every loan ties up collateral: its amount by the share that its lender lends against it.

        A guarantee stands in for its share of a bank's loan.
        """
        terms = self.frame.terms.financing
        if terms.collateral_vnd is None:
            return
        tied: Expression = {}
        guaranteed = max((guarantee.share for guarantee in self.frame.pieces.guarantees), default=0.0)
        for variable, piece in self.frame.loans():
            share = (
                terms.lent_against_collateral if piece.collateral_share is None else piece.collateral_share
            )
            secured = 1.0 if piece.is_preferential else 1.0 - guaranteed
            if share:
                tied[variable] = secured / share
            elif share == 0.0 and secured > 0:
                self.program.upper[variable] = 0.0
        self.program.row(tied, upper=terms.collateral_vnd / self.frame.scale)

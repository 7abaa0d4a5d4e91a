"""The owner's cash as expressions over the variables of a program: by year, by month, after tax.

What a unit of each variable does comes from :func:`~sxsh_options.funding.plan.outcome.outcome_of`, so that
program and cash flows cannot differ in their conventions. Tax is linear where losses are offset at once, and
has variables of its own where they are carried forward.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sxsh_options.funding.plan.columns import Column
from sxsh_options.funding.plan.expressions import Expression, add, difference, plus, scaled
from sxsh_options.funding.plan.frame import Frame
from sxsh_options.funding.plan.outcome import MONTHS, Outcome, outcome_of
from sxsh_options.funding.plan.proposal import Variant, nothing_done

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UnitFlows:
    """What one unit of a variable does: owner's cash by year and month and taxable income, all before tax."""

    equity: Floats  # (T+1,)
    income: Floats  # (T,)
    cumulative: Floats  # (M+1,)
    before_year_end: Floats  # (T,)
    service: Floats  # (T,)
    cash_for_debt: Floats  # (T,)


class Cash:
    """Cash flows of a program that is being built.

    Parameters
    ----------
    frame : Frame
        The program and its variables.
    """

    def __init__(self, frame: Frame) -> None:
        self.program, self.proposal, self.terms = frame.program, frame.proposal, frame.terms
        self.variants, self.columns, self.amount = frame.variants, frame.columns, frame.amount
        self.own, self.scale, self.years = frame.own_capital, frame.scale, frame.years
        self.flows = self._units()

    def equity(self, loans: Iterable[int]) -> list[Expression]:
        """Add the rows of cash and of debt service; return the owner's cash after tax, years 0..T."""
        equity, moments, cash_for_debt = self._after_tax()
        for moment in moments:  # own capital covers every low of the owner's cash
            self.program.row(plus(moment, {self.own: 1.0}), lower=0.0)
        self._cover(cash_for_debt, list(loans))
        return equity

    def take_back(self, variable: int, year: int) -> None:
        """Let a variable cost its unit in a year, evenly over its months, and lower what is taxed."""
        lost = np.zeros(self.years + 1)
        lost[year] = 1.0
        months = np.zeros(len(next(iter(self.flows.values())).cumulative))
        for month in range(MONTHS * (year - 1) + 1, len(months)):
            months[month] = min((month - MONTHS * (year - 1)) / MONTHS, 1.0)
        gone = lost[1:].cumsum() - lost[1:] / MONTHS
        self.flows[variable] = UnitFlows(-lost, -lost[1:], -months, -gone, lost[1:], np.zeros(self.years))

    def _units(self) -> dict[int, UnitFlows]:
        """Return what a unit of each variable does to cash."""
        found: dict[int, UnitFlows] = {}
        nothing = np.zeros(0)
        for (c, v), variable in self.variants.items():
            one = [self.proposal.clusters[c][v]]
            found[variable] = self._unit(one, (), nothing, self.scale)[0]
        if self.columns:
            units = self._unit([nothing_done(self.years)], self.columns, np.eye(len(self.columns)), 1.0)
            found |= dict(zip(self.amount, units, strict=True))
        return found

    def _unit(
        self, variants: list[Variant], columns: Iterable[Column], amounts: Floats, size: float
    ) -> list[UnitFlows]:
        listed = tuple(columns)
        plain = outcome_of(variants, self.terms, listed, amounts, tax_rate=0.0)
        taxed = outcome_of(variants, self.terms, listed, amounts, tax_rate=1.0)
        rows = [np.atleast_2d(each) / size for each in _parts(plain, taxed)]
        return [UnitFlows(*(part[i] for part in rows)) for i in range(len(rows[0]))]

    def _sum(self, part: str, index: int) -> Expression:
        """Return a cash flow as an expression over all variables, before tax."""
        return {variable: float(getattr(flows, part)[index]) for variable, flows in self.flows.items()}

    def _after_tax(self) -> tuple[list[Expression], list[Expression], list[Expression]]:
        """Return the owner's cash by year, the cash so far whenever it may be low, and the cash for debt."""
        equity = [self._sum("equity", year) for year in range(self.years + 1)]
        months = len(next(iter(self.flows.values())).cumulative)
        cumulative = [self._sum("cumulative", month) for month in range(months)]
        before_end = [self._sum("before_year_end", year) for year in range(self.years)]
        for_debt = [self._sum("cash_for_debt", year) for year in range(self.years)]
        general = self.terms.general
        rates = np.broadcast_to(general.tax.rates(general.as_of.year, self.years), (self.years,))
        if rates.any():
            for year, base in enumerate(self._taxed(), 1):
                tax = scaled(base, float(rates[year - 1]))
                add(equity[year], tax, -1.0)
                add(for_debt[year - 1], tax, -1.0)
                for month in range(MONTHS * year, months):
                    add(cumulative[month], tax, -1.0)
                for later in range(year, self.years):  # a year's tax falls on its last day
                    add(before_end[later], tax, -1.0)
        moments, total = cumulative, Expression()
        for year, cash in enumerate(equity):
            add(total, cash, 1.0)
            if MONTHS * year >= months:
                moments += [before_end[year - 1], dict(total)]
        return equity, moments, for_debt

    def _most(self, expression: Expression) -> float:
        """Return what an expression cannot exceed, nor its negative."""
        return sum(abs(value) * self.program.upper[variable] for variable, value in expression.items())

    def _taxed(self) -> list[Expression]:
        """Return what is taxed each year: the income, or what losses of earlier years leave of it."""
        income = [self._sum("income", year) for year in range(self.years)]
        if self.terms.general.loss_treatment == "offset":
            return income
        most = sum(map(self._most, income))
        gains, losses = [], []
        for row in income:
            gain, loss = self.program.variable(most), self.program.variable(most)
            is_gain = self.program.variable(1.0, whole=True)
            self.program.row({**row, gain: -1.0, loss: 1.0}, 0.0, 0.0)
            self.program.row({gain: 1.0, is_gain: -most}, upper=0.0)
            self.program.row({loss: 1.0, is_gain: most}, upper=most)
            gains.append(gain)
            losses.append(loss)
        taxed: list[Expression] = [{gain: 1.0} for gain in gains]
        left: list[Expression] = [
            {} for _ in gains
        ]  # of losses that may still be used, at the end of each year
        for year, loss in enumerate(losses):
            carried: Expression = {}
            for later in range(year + 1, min(year + self.terms.general.loss_carry_years, self.years - 1) + 1):
                part = self.program.variable(most)
                carried[part] = 1.0
                taxed[later][part] = -1.0
                add(left[later], difference({loss: 1.0}, carried), 1.0)
            self.program.row({**carried, loss: -1.0}, upper=0.0)
        for base, unused in zip(taxed, left, strict=True):
            self.program.row(base, lower=0.0)
            if unused:  # a loss is used as soon as there is a gain: nothing is taxed while some is left
                pays = self.program.variable(1.0, whole=True)
                self.program.row({**base, pays: -most}, upper=0.0)
                self.program.row({**unused, pays: most}, upper=most)
        return taxed

    def _cover(self, cash_for_debt: list[Expression], loans: list[int]) -> None:
        """Hold that cash covers the debt service of each year in which a loan that is taken is served."""
        least = self.terms.least_cover
        if not least or not loans:
            return
        services = [self._sum("service", year) for year in range(self.years)]
        indebted: dict[
            tuple[bool, ...], int
        ] = {}  # one switch for all loans that are served in the same years
        for variable in loans:
            served = tuple(bool(service[variable]) for service in services)
            if served not in indebted:
                indebted[served] = self.program.variable(1.0, whole=True)
            self.program.row({variable: 1.0, indebted[served]: -self.program.upper[variable]}, upper=0.0)
        for year, (cash, service) in enumerate(zip(cash_for_debt, services, strict=True)):
            row = difference(cash, service, least)
            free = self._most(row)
            for served, switch in indebted.items():
                if served[year]:
                    self.program.row({**row, switch: row.get(switch, 0.0) - free}, lower=-free)


def _parts(plain: Outcome, taxed: Outcome) -> tuple[Floats, ...]:
    """Return cash before tax, and as income what a tax of 100 % takes."""
    return (
        plain.flows.equity,
        taxed.flows.tax[..., 1:],
        plain.cumulative_vnd,
        plain.before_year_end_vnd,
        plain.debt_service_vnd,
        plain.cash_for_debt_vnd,
    )

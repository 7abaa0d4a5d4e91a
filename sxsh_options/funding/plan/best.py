"""The best plan: what the program chooses, worked out once more by ``finance.project`` and explained."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sxsh_options import finance
from sxsh_options.errors import FinanceError, InputError, Message, message
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.choice import Choice, build
from sxsh_options.funding.plan.columns import BridgeColumn, GrantColumn, LoanColumn
from sxsh_options.funding.plan.expressions import Expression, plus, scaled
from sxsh_options.funding.plan.figures import Figures, figures_of
from sxsh_options.funding.plan.left_out import unused
from sxsh_options.funding.plan.outcome import LEAST_VND, bridge_of, loan_of, outcome_of, payout
from sxsh_options.funding.plan.pieces import GrantPiece, LeftOut, LoanPiece, Pieces, gather
from sxsh_options.funding.plan.program import Program, Solution
from sxsh_options.funding.plan.proposal import CostLine, Proposal, Variant
from sxsh_options.funding.plan.terms import PlanTerms
from sxsh_options.model import Objective

Floats = npt.NDArray[np.float64]
Progress = Callable[[float], None]

_AGREES = 1e-6  # of the investment: the program and ``project`` may differ by rounding, by no more
_SLACK = 1e-7  # of what was reached first, while the second aim is followed
_PAYBACK_STEP = 1e-3  # years


@dataclass(frozen=True, slots=True)
class GrantInPlan:
    """A grant, for which items, and when it is paid."""

    piece: GrantPiece
    amount_vnd: float
    lines: tuple[tuple[CostLine, float], ...]  # empty for a lump
    month: int


@dataclass(frozen=True, slots=True)
class LoanInPlan:
    """A loan with its yearly schedule of shape (T+1,)."""

    piece: LoanPiece
    principal_vnd: float
    term_years: int
    effective_rate: float  # before tax, with fees and interest support
    interest_vnd: Floats
    repaid_vnd: Floats
    balance_vnd: Floats


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is borrowed until the grants are paid, and what that costs."""

    amount_vnd: float
    rate: float
    months: int
    interest_vnd: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A financing plan.

    Attributes
    ----------
    status : {"optimal", "stopped"}
        Whether no better one exists, or the search was ended with the best so far.
    option_ids : tuple of str
        Carried out, in the assessment's order.
    before, after : Figures
        With own capital alone, and with this plan.
    left_out : tuple of LeftOut
        Every source that is not in it, with the reason.
    """

    objective: Objective
    status: Literal["optimal", "stopped"]
    option_ids: tuple[str, ...]
    candidates: int  # options that could have been carried out
    investment_vnd: float
    net_annual_benefit_vnd: float  # of year 1, before tax
    co2e_t: float
    lines: tuple[CostLine, ...]
    grants: tuple[GrantInPlan, ...]
    loans: tuple[LoanInPlan, ...]
    bridge: Bridge | None
    before: Figures
    after: Figures
    left_out: tuple[LeftOut, ...]
    terms: PlanTerms

    @property
    def years(self) -> int:
        """T, the years of analysis."""
        return len(self.after.tax_vnd) - 1

    @property
    def granted_vnd(self) -> float:
        """All grants."""
        return sum(grant.amount_vnd for grant in self.grants)

    @property
    def borrowed_vnd(self) -> float:
        """All loans, without the bridge."""
        return sum(loan.principal_vnd for loan in self.loans)

    @property
    def own_share_vnd(self) -> float:
        """What of the investment neither grants nor loans pay."""
        return max(self.investment_vnd - self.granted_vnd - self.borrowed_vnd, 0.0)


def own_capital_only(variants: Sequence[Variant], terms: PlanTerms) -> Figures:
    """Return what becomes of the owner's money where they pay everything themselves."""
    return figures_of(outcome_of(variants, terms, (), np.zeros(0)), variants, terms, (), np.zeros(0))


def best_plan(
    proposal: Proposal,
    matches: Sequence[Match],
    objective: Objective = "npv",
    *,
    without: frozenset[str] = frozenset(),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """Return the plan that serves the owner best.

    Parameters
    ----------
    proposal : Proposal
    matches : sequence of Match
        Every source on the day.
    objective : {"npv", "own_capital", "payback", "co2e"}
        Highest net present value of the owner's cash, least own capital at any time, fastest payback of
        own capital, or most avoided emissions; of the plans that are equal in it, the one with the
        highest net present value.
    without : frozenset of str
        Sources that are not waited for.
    progress : callable, optional
        Told the net present value (VND) of every better plan.
    cancelled : callable, optional
        Asked now and then; ends the search with the best plan so far.

    Raises
    ------
    InputError
        ``plan.own_capital_too_small`` with the least that would do; ``plan.never_pays_back`` where payback
        is asked for and no plan has one; ``plan.stopped`` where the search was ended before any plan.
    """
    return plan_with(
        proposal, gather(matches, proposal.terms, without), objective, progress=progress, cancelled=cancelled
    )


def plan_with(
    proposal: Proposal,
    pieces: Pieces,
    objective: Objective = "npv",
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """Return the best plan of given pieces; otherwise as :func:`best_plan`."""
    choice = build(proposal, pieces)
    search = _Search(choice, progress, cancelled)
    values, status = search.run(objective)
    variants, amounts = choice.read(values)
    return _plan(proposal, pieces, choice, objective, status, variants, amounts)


class _Search:
    """The program under one aim after another."""

    def __init__(
        self, choice: Choice, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self.choice, self.progress, self.cancelled = choice, progress, cancelled
        self.status: Literal["optimal", "stopped"] = "optimal"
        self.best: Floats | None = None  # that keeps every limit of the aims so far

    def run(self, objective: Objective) -> tuple[Floats, Literal["optimal", "stopped"]]:
        program = self.choice.program
        if objective in ("own_capital", "payback"):
            program = self._with_an_investment()
        if objective == "own_capital":
            program = self._after({self.choice.own_capital: -1.0}, program)
        elif objective == "co2e":
            program = self._after(self.choice.co2e, program)
        elif objective == "payback":
            program = self._fastest(program)
        values = self._solved(program, self.choice.npv)
        self._worth(values, exact=True)
        return values, self.status

    def _solved(self, program: Program, aim: Expression) -> Floats:
        solution = self._maximise(program, aim, self.best)
        if self.best is None:
            raise InputError(message("plan.stopped") if self.status == "stopped" else self._why_none(program))
        if solution.values is None:  # what was found before keeps every limit of this program too
            self.status = "stopped"
        return self.best

    def _maximise(self, program: Program, aim: Expression, start: Floats | None = None) -> Solution:
        if self.cancelled is not None and self.cancelled():
            solution = Solution("stopped", None)
        else:
            solution = program.maximise(aim, start=start, found=self._found, cancelled=self.cancelled)
        if solution.status == "stopped":
            self.status = "stopped"
        if solution.values is not None:
            self._found(solution.values)
            self.best = solution.values
        return solution

    def _found(self, values: Floats) -> None:
        """Tell what a solution is worth."""
        worth = self._worth(values)
        if self.progress is not None:
            self.progress(worth)

    def _worth(self, values: Floats, *, exact: bool = False) -> float:
        """Work a solution out by ``finance.project``: it must be worth what the program says.

        On the way the program may say less: it need not yet use every loss carried forward.
        """
        variants, amounts = self.choice.read(values)
        outcome = outcome_of(variants, self.choice.proposal.terms, self.choice.columns, amounts)
        stated = _value(self.choice.npv, values) * self.choice.scale_vnd
        worth = float(outcome.flows.npv_vnd)
        differs = abs(stated - worth) if exact else stated - worth
        if differs > _AGREES * max(self.choice.scale_vnd, abs(worth)):
            raise FinanceError(message("plan.disagrees", program=stated, project=worth))
        return worth

    def _with_an_investment(self) -> Program:
        """Return the program of the plans that invest: doing nothing needs least and is paid back first."""
        costly = {
            variable: 1.0
            for (cluster, variant), variable in self.choice.variants.items()
            if self.choice.proposal.clusters[cluster][variant].capex_vnd > 0
        }
        held = self.choice.program.copy()
        if costly:
            held.row(costly, lower=1.0)
        return held

    def _after(self, aim: Expression, program: Program) -> Program:
        """Return a program in which an aim stays reached."""
        reached = _value(aim, self._solved(program, aim))
        held = program.copy()
        held.row(aim, lower=reached - _SLACK * max(1.0, abs(reached)))
        return held

    def _fastest(self, program: Program) -> Program:
        """Return a program of the plans that pay back own capital fastest.

        Newton's way: of the plans that pay back by a time, the one that has most cash then pays back sooner,
        until none has any left over.
        """
        years = self.choice.proposal.years
        self._solved(program, self.choice.npv)  # where nothing is possible at all, that is said first
        if not self._exists(self._paid_back_by(program, float(years))) and self.status != "stopped":
            raise InputError(message("plan.never_pays_back", years=years))
        time, gained = self._payback(float(years)), math.inf
        while gained > _PAYBACK_STEP and self.status != "stopped":
            self._maximise(self._paid_back_by(program, time, _SLACK), self._cash_at(time), self.best)
            sooner = self._payback(time)
            time, gained = sooner, time - sooner
        # with no room at all the solver, to whose tolerances that comes down, may find the way closed
        return self._paid_back_by(program, time, _SLACK)

    def _payback(self, at_most: float) -> float:
        """Return when the best plan so far pays back own capital, years."""
        if self.best is None:
            return at_most
        equity = np.array([_value(each, self.best) for each in self.choice.equity])
        return min(at_most, float(finance.simple_payback(equity)))

    def _cash_at(self, time: float) -> Expression:
        """Return the owner's cash so far at a time, linear within a year."""
        before: Expression = {}
        year = min(math.ceil(time), self.choice.proposal.years)
        for expression in self.choice.equity[:year]:
            before = plus(before, expression)
        return plus(before, scaled(self.choice.equity[year], time - (year - 1)))

    def _exists(self, program: Program) -> bool:
        return self._maximise(program, {}).values is not None

    def _paid_back_by(self, program: Program, time: float, slack: float = 0.0) -> Program:
        """Return a program in which the owner's cash adds up to nothing or more from a time on."""
        held = program.copy()
        total: Expression = {}
        for year, expression in enumerate(self.choice.equity):
            total = plus(total, expression)
            if year >= time:
                held.row(total, lower=-slack)
        held.row(self._cash_at(time), lower=-slack)
        return held

    def _why_none(self, program: Program) -> Message:
        """Return why there is no plan: the least own capital that would do."""
        free = program.copy()
        free.upper[self.choice.own_capital] = np.inf
        least = free.maximise({self.choice.own_capital: -1.0})
        if least.values is None:
            return message("plan.none")
        amount = float(least.values[self.choice.own_capital]) * self.choice.scale_vnd
        return message("plan.own_capital_too_small", least_vnd=amount).at(field="financing.own_capital_vnd")


def _value(expression: Expression, values: Floats) -> float:
    return float(sum(factor * values[variable] for variable, factor in expression.items()))


def _plan(
    proposal: Proposal,
    pieces: Pieces,
    choice: Choice,
    objective: Objective,
    status: Literal["optimal", "stopped"],
    variants: tuple[Variant, ...],
    amounts: Floats,
) -> Plan:
    terms, years = proposal.terms, proposal.years
    amounts = np.where(amounts < LEAST_VND, 0.0, amounts)
    outcome = outcome_of(variants, terms, choice.columns, amounts)
    carried = frozenset().union(*(variant.option_ids for variant in variants))
    month, _ = payout(terms, years)
    by_piece: dict[int, list[tuple[GrantColumn, float]]] = {}
    loans: list[LoanInPlan] = []
    bridge = None
    for column, amount in zip(choice.columns, amounts.tolist(), strict=True):
        if amount <= 0:
            continue
        match column:
            case GrantColumn(piece, _):
                by_piece.setdefault(id(piece), []).append((column, amount))
            case LoanColumn(piece):
                loans.append(_loan(piece, amount, years))
            case BridgeColumn():
                schedule = finance.loan_schedule(bridge_of(amount, terms, years), years)
                bridge = Bridge(amount, terms.bridge_rate or 0.0, month, float(schedule.interest.sum()))
    grants = tuple(
        GrantInPlan(
            parts[0][0].piece,
            sum(amount for _, amount in parts),
            tuple((column.line, amount) for column, amount in parts if column.line is not None),
            month,
        )
        for parts in by_piece.values()
    )
    return Plan(
        objective,
        status,
        tuple(dict.fromkeys(line.option_id for line in proposal.lines if line.option_id in carried))
        + tuple(sorted(carried - {line.option_id for line in proposal.lines})),
        len({name for cluster in proposal.clusters for variant in cluster for name in variant.option_ids}),
        sum(variant.capex_vnd for variant in variants),
        float(sum(variant.benefit_vnd[0] - variant.opex_vnd[0] for variant in variants)),
        float(sum(variant.co2e_t for variant in variants)),
        tuple(line for line in proposal.lines if line.option_id in carried),
        grants,
        tuple(loans),
        bridge,
        own_capital_only(variants, terms),
        figures_of(outcome, variants, terms, choice.columns, amounts),
        (*unused(choice, pieces, amounts, carried, outcome), *pieces.left_out),
        terms,
    )


def _loan(piece: LoanPiece, principal: float, years: int) -> LoanInPlan:
    loan = loan_of(piece, principal, years)
    schedule = finance.loan_schedule(loan, years)
    return LoanInPlan(
        piece,
        principal,
        loan.term_years,
        finance.effective_rate(loan),
        schedule.interest,
        schedule.principal,
        schedule.balance,
    )

"""How the owner means to pay: own money, loans on offer, which sources to count on; ``None`` is not said."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sxsh_options.model.rows import Id, PositiveOrZero, Row, Share, Text, as_tuple, numbered, unique_ids

LoanYears = Annotated[int, Field(ge=1, le=40)]
Objective = Literal["npv", "own_capital", "payback", "co2e"]  # what a plan is to reach
Rate = Annotated[float, Field(ge=0, le=1)]


class LoanOffer(Row):
    """A loan that somebody offers, or the terms of a fund as the owner was told them.

    ``later_rate`` is what holds after ``fixed_years``; without it the rate is fixed. ``source`` is the
    source whose loan this is, by its id; empty for any bank.
    """

    id: Id
    name: Text = ""
    source: Id | None = None
    rate: Rate
    fixed_years: LoanYears | None = None
    later_rate: Rate | None = None
    term_years: LoanYears
    grace_years: Annotated[int, Field(ge=0, le=39)] = 0
    repayment: Literal["annuity", "equal_principal"] = "annuity"
    fee_share: Share = 0.0
    share_max: Share = 1.0  # of the investment
    amount_max_vnd: PositiveOrZero | None = None

    @model_validator(mode="after")
    def _grace_within_term(self) -> LoanOffer:
        if self.grace_years >= self.term_years:
            raise ValueError("grace_not_within_term")
        if (self.fixed_years is None) != (self.later_rate is None):
            raise ValueError("floating_needs_both")
        return self

    @property
    def rates(self) -> tuple[float, ...]:
        """The rate of each year until it no longer changes."""
        if self.fixed_years is None or self.later_rate is None:
            return (self.rate,)
        return (*(self.rate,) * self.fixed_years, self.later_rate)


class SourceChoice(Row):
    """What the owner decided about a source, by its id: count on it all the same, or leave it out."""

    id: Id
    use: Literal["count_on", "leave_out"]
    amount_vnd: PositiveOrZero | None = None  # of a grant that is counted on


class RemainingBudget(Row):
    """What a source, by its id, still has for the year that is filed for, as the owner was told.

    No source publishes it. A source that helps year after year, as with interest, has as much each year.
    """

    id: Id
    remaining_vnd: PositiveOrZero | None = None
    told_by: Text = ""  # who said so, and when


class Financing(Row):
    """What the owner wants, their own money, and what they may take on."""

    objective: Objective | None = None  # highest NPV where it is not said
    may_leave_out: bool | None = None  # options; where it is not said, only what cannot go together
    own_capital_vnd: PositiveOrZero | None = None  # at most
    own_share_min: Share | None = None  # of the investment
    public_share_max: Share | None = None  # of the investment, all state grants together
    collateral_vnd: PositiveOrZero | None = None
    lent_against_collateral: Share | None = None
    min_debt_service_cover: Annotated[float, Field(ge=0, le=10)] | None = None
    months_to_payout: Annotated[int, Field(ge=1, le=60)] | None = None  # of a grant, after investing
    bridge_rate: Rate | None = None
    usual_bank_loan: bool | None = None  # whether to count on one where no offer stands
    loans: Annotated[tuple[LoanOffer, ...], unique_ids, as_tuple, numbered("loan")] = ()
    sources: Annotated[tuple[SourceChoice, ...], unique_ids, as_tuple] = ()
    remaining_budgets: Annotated[tuple[RemainingBudget, ...], unique_ids, as_tuple] = ()

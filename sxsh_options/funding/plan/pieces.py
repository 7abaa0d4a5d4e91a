"""What a plan is made of: the grants, loans and interest supports that may be counted on, and for what.

A source counts where its verdict is "eligible" and its amount is known, or where the owner says that they
count on it all the same; one that refuses never counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sxsh_options.errors import Message, message
from sxsh_options.funding.amounts import ItemAmount, least
from sxsh_options.funding.matching import Match
from sxsh_options.funding.plan.terms import USUAL_LOAN, PlanTerms
from sxsh_options.funding.schema import Source, Support
from sxsh_options.model import CostKind, LoanOffer, SourceChoice
from sxsh_options.model.rows import MAX_QUANTITY

STATE = frozenset({"national", "provincial"})


@dataclass(frozen=True, slots=True)
class GrantPiece:
    """One line of support of a source that gives money.

    Attributes
    ----------
    source : Source
    line : Support
    share : float
        Of the cost of each item, at most.
    cap_vnd : float
        For all items together.
    counted_on : bool
        The owner's own word, not the register's.
    source_cap_vnd : float or None
        For all lines of the source together: what its budget still has, and what the owner counts on.
    """

    source: Source
    line: Support
    share: float
    cap_vnd: float
    counted_on: bool
    source_cap_vnd: float | None = None

    @property
    def is_state(self) -> bool:
        """Whether the money is the state's, so that it excludes other state money for the same cost."""
        return "state_grant" in self.source.groups

    def base(self, kind: CostKind, net_vnd: float, with_vat_vnd: float) -> float:
        """Return what of a cost is supported; of a lump, all of it."""
        if not self.line.lump and kind not in self.line.costs:
            return 0.0
        return with_vat_vnd if self.line.base == "with_vat" else net_vnd


@dataclass(frozen=True, slots=True)
class LoanPiece:
    """A loan, with the interest support that it would run under.

    Attributes
    ----------
    offer : LoanOffer
    source : Source or None
        ``None`` for a bank's offer that is no source of the register.
    kinds : frozenset of CostKind or None
        What it may finance; ``None`` for everything.
    counted_on : bool
        The owner's own word, not the register's.
    own_share_min : float
        Of the investment, that the lender wants to see paid by the owner.
    support : Source or None
        Who takes over interest.
    support_rates : tuple of float
        Year by year, as a share of the balance.
    support_cap_vnd : float or None
        A year.
    source_share_max, source_cap_vnd : float or None
        What all loans of the source may come to together: of what they may finance, and in VND.
    collateral_share : float or None
        Of the value of collateral, that the source lends; ``None`` where its text does not say.
    """

    offer: LoanOffer
    source: Source | None
    kinds: frozenset[CostKind] | None
    counted_on: bool
    own_share_min: float = 0.0
    support: Source | None = None
    support_rates: tuple[float, ...] = ()
    support_cap_vnd: float | None = None
    source_share_max: float | None = None
    source_cap_vnd: float | None = None
    collateral_share: float | None = None

    @property
    def is_preferential(self) -> bool:
        """Whether the state lends, so that no interest support comes on top."""
        return self.source is not None and self.source.level in STATE


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What stands in for collateral: a share of a bank loan."""

    source: Source
    share: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source that is not in the plan, and why: a message with code ``plan.out.<reason>``."""

    source: Source
    reason: Message


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything that a plan can choose from; what it cannot, with the reason."""

    grants: tuple[GrantPiece, ...]
    loans: tuple[LoanPiece, ...]
    guarantees: tuple[Guarantee, ...]
    left_out: tuple[LeftOut, ...]


def gather(matches: Sequence[Match], terms: PlanTerms, without: frozenset[str] = frozenset()) -> Pieces:
    """Return what may be counted on.

    Parameters
    ----------
    matches : sequence of Match
        Every source on the day.
    terms : PlanTerms
    without : frozenset of str
        Ids of sources that this plan does not wait for.
    """
    choices = {choice.id: choice for choice in terms.financing.sources}
    grants: list[GrantPiece] = []
    loans: list[LoanPiece] = []
    guarantees: list[Guarantee] = []
    supports: list[tuple[Match, Support]] = []
    out: list[LeftOut] = []
    offers: dict[str, list[LoanOffer]] = {}
    for offer in terms.financing.loans:
        if offer.source:
            offers.setdefault(offer.source, []).append(offer)
    for match in matches:
        source, choice = match.source, choices.get(match.source.id)
        told = offers.get(source.id, [])
        reason = _closed(match, choice, without, offered=bool(told))
        if reason is not None:
            out.append(LeftOut(source, reason))
        elif source.kind == "grant":
            pieces = _grants(match, choice)
            grants += pieces
            if not pieces:
                out.append(LeftOut(source, _no_amount(match)))
        elif source.kind == "loan":
            on_terms = [_loan(match, choice, offer, terms) for offer in (told or (None,))]
            loans += [piece for piece in on_terms if piece is not None]
            if None in on_terms:
                out.append(LeftOut(source, _without_terms(source, terms)))
        elif source.kind == "interest_support":
            lines = [line for line in match.items if _takes_over(line.support)]
            supports += [(match, line.support) for line in lines]
            if not lines:
                out.append(LeftOut(source, message("plan.out.amount_unknown")))
        elif source.kind == "guarantee":
            shares = [line.support.loan_share for line in match.items if line.support.loan_share]
            guarantees += [Guarantee(source, share) for share in shares]
        else:
            out.append(LeftOut(source, message(f"plan.out.{source.kind}")))
    loans += [LoanPiece(offer, None, None, False) for offer in terms.financing.loans if not offer.source]
    supported = [
        _supported(loan, match, line)
        for loan in loans
        if not loan.is_preferential
        for match, line in supports
    ]
    return Pieces(tuple(grants), (*loans, *supported), tuple(guarantees), tuple(out))


def _closed(
    match: Match, choice: SourceChoice | None, without: frozenset[str], *, offered: bool
) -> Message | None:
    """Return why a source cannot be counted on at all; terms that the owner was told count as their word."""
    if match.source.kind == "own":
        return message("plan.out.own")
    if match.verdict == "not_eligible":
        return message("plan.out.not_eligible")
    if match.source.id in without:
        return message("plan.out.not_waited_for")
    if choice is not None and choice.use == "leave_out":
        return message("plan.out.by_choice")
    if match.verdict == "undetermined" and choice is None and not offered:
        return message("plan.out.undetermined")
    return None


def _no_amount(match: Match) -> Message:
    if match.items and all(item.no_such_cost for item in match.items):
        return message("plan.out.no_such_cost")
    return message("plan.out.amount_unknown")


def _grants(match: Match, choice: SourceChoice | None) -> list[GrantPiece]:
    """Return the lines of a grant whose amount is known, or stated by the owner."""
    pieces = []
    for item in match.items:
        if item.no_such_cost:
            continue
        amount = item.amount_vnd if match.verdict == "eligible" else None
        at_most = match.remaining_vnd
        counted_on = choice is not None and (choice.amount_vnd is not None or amount is None)
        if counted_on and choice is not None:
            amount = least(choice.amount_vnd, item.upper_bound_vnd)
            at_most = least(at_most, choice.amount_vnd, match.amount_upper_bound_vnd)
        if amount is None or amount <= 0:
            continue
        cap = amount if counted_on or item.cap_vnd is None else item.cap_vnd
        pieces.append(GrantPiece(match.source, item.support, _share(item), cap, counted_on, at_most))
    return pieces


def _share(item: ItemAmount) -> float:
    return 1.0 if item.share is None else item.share


def _loan(
    match: Match, choice: SourceChoice | None, offer: LoanOffer | None, terms: PlanTerms
) -> LoanPiece | None:
    """Return the loan of a source: on the terms that the owner was told, else on those of the register."""
    line = match.items[0].support if match.items else None
    kinds = frozenset(line.costs) if line is not None and line.costs else None
    own = (line.own_equity_min or 0.0) if line is not None else 0.0
    share = line.loan_share if line is not None else None
    cap = least(match.items[0].cap_vnd if match.items else None, match.remaining_vnd)
    usual = terms.usual_loan
    if offer is None and usual is not None and usual.source == match.source.id:
        offer, own = usual, max(own, terms.usual_own_share)
    if offer is None:
        if line is None or line.interest_rate is None or line.term_years is None or share is None:
            return None
        offer = LoanOffer(
            id=match.source.id,
            source=match.source.id,
            rate=line.interest_rate,
            term_years=int(line.term_years),
            grace_years=int(line.grace_years or 0),
        )
    limited = offer.model_copy(
        update={
            "share_max": min(offer.share_max, share if share is not None else 1.0),
            "amount_max_vnd": least(offer.amount_max_vnd, cap, choice.amount_vnd if choice else None),
        }
    )
    counted_on = match.verdict != "eligible"
    return LoanPiece(
        limited,
        match.source,
        kinds,
        counted_on,
        own,
        source_share_max=share,
        source_cap_vnd=cap,
        collateral_share=line.collateral_share if line is not None else None,
    )


def _without_terms(source: Source, terms: PlanTerms) -> Message:
    """Return why a loan is no piece: the owner's offers are any bank's loan, where there are some."""
    if source.id != USUAL_LOAN:
        return message("plan.out.terms_unknown")
    return message("plan.out.own_offers") if terms.financing.loans else message("plan.out.no_usual_loan")


def _takes_over(line: Support) -> bool:
    return line.points is not None or line.share_of_interest is not None


def _supported(loan: LoanPiece, match: Match, line: Support) -> LoanPiece:
    """Return a loan under an interest support: points, or a share of the interest, at most the points."""
    years = min(int(line.term_years or loan.offer.term_years), loan.offer.term_years)
    rates = [loan.offer.rates[min(year, len(loan.offer.rates) - 1)] for year in range(years)]
    most = MAX_QUANTITY if line.points is None else line.points
    taken = [
        most if line.share_of_interest is None else min(line.share_of_interest * rate, most) for rate in rates
    ]
    taken = [min(part, rate) for part, rate in zip(taken, rates, strict=True)]
    cap = least(line.cap_vnd, match.remaining_vnd)
    return replace(loan, support=match.source, support_rates=tuple(taken), support_cap_vnd=cap)

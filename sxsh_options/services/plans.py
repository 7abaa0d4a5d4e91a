"""How an assessment's options are best paid for, now or later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sxsh_options.errors import InputError, Message, message
from sxsh_options.funding import Match
from sxsh_options.funding.eligibility import Outcome
from sxsh_options.funding.matching import to_finance
from sxsh_options.funding.plan import (
    Plan,
    Proposal,
    Waiting,
    apart,
    best_plan,
    plan_terms,
    propose,
    wait_or_act,
)
from sxsh_options.model import Assessment, Financing, Objective
from sxsh_options.parameters import default_parameters
from sxsh_options.screening.results import AssumptionUsed
from sxsh_options.services.money import Matched, sources_for

_ROUNDS = 4  # of holding the sources against the options that are chosen


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What is asked for.

    Attributes
    ----------
    as_of : date
        The day whose rules count.
    objective : {"npv", "own_capital", "payback", "co2e"}
    own_capital_vnd : float or None
        In place of the assessment's own limit.
    choose : bool or None
        Whether options may be left out; ``None``: only where they cannot all go together.
    without : frozenset of str
        Sources that are not counted on.
    """

    as_of: date
    objective: Objective = "npv"
    own_capital_vnd: float | None = None
    choose: bool | None = None
    without: frozenset[str] = frozenset()

    @classmethod
    def stated(cls, assessment: Assessment, as_of: date) -> PlanRequest:
        """Return what an assessment itself asks for."""
        stated = assessment.financing or Financing()
        return cls(as_of, stated.objective or "npv", choose=stated.may_leave_out or None)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, what it rests on, and what there is to say of that."""

    as_of: date
    plan: Plan
    matched: Matched
    assumptions: tuple[AssumptionUsed, ...]
    messages: tuple[Message, ...]
    chose: bool  # whether options could be left out


def plan_for(
    assessment: Assessment,
    request: PlanRequest,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Planned:
    """Return the best financing plan of an assessment.

    Parameters
    ----------
    assessment : Assessment
    request : PlanRequest
    progress : callable, optional
        Told the net present value (VND) of every better plan.
    cancelled : callable, optional
        Asked now and then; ends the search with the best plan so far.

    Raises
    ------
    InputError
        There is nothing to finance, the options cannot go together, or no plan keeps the limits.

    Notes
    -----
    Whether a source fits may depend on what is invested. Where options may be left out, the sources are held
    against those that the plan chooses; one that no longer fits is not counted on, and the plan made again.
    """
    assessment = _with_own_capital(assessment, request)
    proposal, chose = _proposal(assessment, request)
    without = request.without
    matched = sources_for(assessment, request.as_of)
    for _ in range(_ROUNDS):
        try:
            plan = best_plan(
                proposal,
                matched.found,
                request.objective,
                without=without,
                progress=progress,
                cancelled=cancelled,
            )
        except InputError as error:
            raise InputError(_for_any(what) if chose else what for what in error.messages) from error
        chosen = assessment.model_copy(update={"bundle": plan.option_ids})
        again = sources_for(chosen, request.as_of) if chose and plan.option_ids else matched
        refused = {m.source.id for m in again.found if m.verdict == "not_eligible"}
        lost = {grant.piece.source.id for grant in plan.grants} & refused
        if not lost:
            break
        without |= lost
    terms = proposal.terms
    general = (each for each in terms.general.used if not each.name.startswith("weight_"))  # of a ranking
    used = (*general, *terms.used)
    notes = [*terms.general.messages, *terms.messages, *_placeholders(assessment, plan)]
    notes += _unknown_sources(terms.financing, {match.source.id for match in matched.found})
    notes += _not_counted(terms.financing, matched)
    return Planned(request.as_of, plan, matched, used, tuple(_each_once(notes)), chose)


def waiting_for(
    assessment: Assessment, request: PlanRequest, *, cancelled: Callable[[], bool] | None = None
) -> Waiting:
    """Return what investing now is worth beside filing, waiting and then investing.

    The ways are compared by what they are worth, so each is planned for the highest NPV, whatever the aim.

    Raises
    ------
    InputError
        As :func:`plan_for`.
    """
    assessment = _with_own_capital(assessment, request)
    proposal, chosen = _proposal(assessment, request)
    matched = sources_for(assessment, request.as_of)
    return wait_or_act(
        proposal,
        [match for match in matched.found if match.source.id not in request.without],
        request.as_of,
        parts_of=lambda names: apart(assessment, names, proposal.terms, request.as_of),
        fewer=None if chosen else lambda: _proposal(assessment, replace(request, choose=True))[0],
        cancelled=cancelled,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A source of which something that counts is another one on another day.

    ``criteria`` holds what is said of each criterion of which the results differ, on both days; ``None``
    where it is not asked on one of them.
    """

    before: Match
    after: Match
    criteria: tuple[tuple[Outcome | None, Outcome | None], ...]


def changes_between(assessment: Assessment, first: date, second: date) -> tuple[Change, ...]:
    """Return what becomes of the sources between two days: first those whose verdict is another one.

    Of a source that refuses on both days nothing counts but its status, and not even that where it refuses
    on both for what nobody can mend, such as another province.
    """
    before = {match.source.id: match for match in sources_for(assessment, first).found}
    after = sources_for(assessment, second).found
    found = [_change(before[match.source.id], match) for match in after]
    changes = [change for change in found if _counts(change)]
    return tuple(sorted(changes, key=lambda change: change.before.verdict == change.after.verdict))


def _change(before: Match, after: Match) -> Change:
    one, other = ({_key(c): c for c in match.criteria} for match in (before, after))
    pairs = ((one.get(key), other.get(key)) for key in {**one, **other})
    return Change(before, after, tuple(pair for pair in pairs if _open(pair[0]) != _open(pair[1])))


def _key(criterion: Outcome) -> str:
    """Return by what a criterion is known on another day; conditions have no id of their own."""
    return criterion.name["vi"] if criterion.is_condition else criterion.id


def _open(criterion: Outcome | None) -> str | None:
    return None if criterion is None or criterion.result == "met" else criterion.result


def _counts(change: Change) -> bool:
    one, other = change.before, change.after
    if one.verdict == other.verdict == "not_eligible":
        final = [{c.id for c in match.criteria if c.is_final} for match in (one, other)]
        return one.status != other.status and not final[0] & final[1]
    if one.verdict != other.verdict or one.status != other.status or change.criteria:
        return True
    amounts = [(match.amount_vnd, match.amount_upper_bound_vnd) for match in (one, other)]
    return amounts[0] != amounts[1]


def _for_any(what: Message) -> Message:
    """Return that own capital is too small for any option, where they may be left out already."""
    is_own = what.code == "plan.own_capital_too_small"
    return replace(what, code=f"{what.code}_for_any") if is_own else what


def _with_own_capital(assessment: Assessment, request: PlanRequest) -> Assessment:
    if request.own_capital_vnd is None:
        return assessment
    financing = assessment.financing or Financing()
    limited = financing.model_copy(update={"own_capital_vnd": request.own_capital_vnd})
    return assessment.model_copy(update={"financing": limited})


def _proposal(assessment: Assessment, request: PlanRequest) -> tuple[Proposal, bool]:
    """Return what is to be financed, and whether options may be left out of it."""
    options = to_finance(assessment)
    if not any(option.capex for option in options):
        raise InputError(message("plan.nothing_to_finance"))
    terms = plan_terms(assessment, default_parameters(), request.as_of)
    names = [option.id for option in options]
    try:
        return propose(assessment, names, terms, request.as_of, choose=bool(request.choose)), bool(
            request.choose
        )
    except InputError as error:
        if request.choose is not None or any(not m.code.startswith("together.") for m in error.messages):
            raise
    return propose(assessment, names, terms, request.as_of, choose=True), True


def _placeholders(assessment: Assessment, plan: Plan) -> list[Message]:
    """Return that investments are still what the catalogue suggested."""
    count = sum(
        any(item.is_placeholder for item in option.capex)
        for option in assessment.options
        if option.id in plan.option_ids
    )
    return [message("plan.placeholders", count=count)] if count else []


def _not_counted(financing: Financing, matched: Matched) -> list[Message]:
    """Return what the owner entered that no plan can count on."""
    refused = {m.source.id for m in matched.found if m.verdict == "not_eligible"}
    wanted = [choice.id for choice in financing.sources if choice.use == "count_on"]
    wanted += [offer.source for offer in financing.loans if offer.source]
    notes = [message("plan.not_to_be_counted_on", source=name) for name in wanted if name in refused]
    if financing.collateral_vnd is not None and financing.lent_against_collateral is None:
        notes.append(message("plan.collateral_without_share"))
    return notes


def _unknown_sources(financing: Financing, known: set[str]) -> list[Message]:
    """Return that decisions, or loans, name sources that the register had when they were entered."""
    named = [choice.id for choice in financing.sources]
    named += [offer.source for offer in financing.loans if offer.source]
    return [message("plan.unknown_source", source=name) for name in named if name not in known]


def _each_once(notes: list[Message]) -> list[Message]:
    return [note for number, note in enumerate(notes) if note not in notes[:number]]

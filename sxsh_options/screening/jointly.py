"""Several options carried out at once: what they cost and save beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sxsh_options.errors import InputError, Message, message
from sxsh_options.model import Assessment, Option
from sxsh_options.options import (
    BaselineFlow,
    SavingRow,
    annual_flows,
    combined_shares,
    saving_rows,
    selection_problems,
)
from sxsh_options.screening.valuation import Valuation, value_rows


@dataclass(frozen=True, slots=True)
class Joint:
    """Options as they are when carried out together.

    Attributes
    ----------
    options : tuple of Option
        In the assessment's order; money stated as saved is reduced as the savings behind it shrink.
    alone, rows : list of SavingRow
        What each saves by itself, and beside the others.
    value : Valuation
    """

    options: tuple[Option, ...]
    alone: list[SavingRow]
    rows: list[SavingRow]
    flows: dict[str, BaselineFlow]
    value: Valuation
    notes: tuple[Message, ...]


def value_jointly(assessment: Assessment, chosen: Sequence[str], as_of: date) -> Joint:
    """Return what the chosen options cost and save together.

    Raises
    ------
    InputError
        Every reason at once why they cannot go together: exclusions, missing prerequisites, and each
        resource of which more would be saved than is used.
    """
    problems = selection_problems(assessment.options, chosen)
    if not chosen:
        problems.append(message("together.nothing_chosen"))
    if problems:
        raise InputError(problems)
    names = set(chosen)
    options = tuple(option for option in assessment.options if option.id in names)
    part = assessment.model_copy(update={"options": options})
    flows = annual_flows(part)
    alone = saving_rows(part, flows)
    rows, above, notes = combined_shares(options, alone, flows)
    if above:
        raise InputError(above)
    options, money_notes = _shrink_money(options, alone, rows)
    value = value_rows(part.model_copy(update={"options": options}), as_of, flows, rows)
    return Joint(options, alone, rows, flows, value, (*notes, *money_notes))


def _shrink_money(
    options: tuple[Option, ...], alone: list[SavingRow], together: list[SavingRow]
) -> tuple[tuple[Option, ...], list[Message]]:
    """Reduce stated savings in money as the physical savings behind them shrink."""
    share = [1.0] * len(options)
    physical = {row.option for row in alone}
    for before, after in zip(alone, together, strict=True):
        if before.quantity > 0:
            share[before.option] = min(share[before.option], after.quantity / before.quantity)
    groups = [option.interaction_group for option in options]
    notes = [
        message("together.money_not_reduced", option=option.id, group=option.interaction_group)
        for i, option in enumerate(options)
        if option.interaction_group and i not in physical and groups.count(option.interaction_group) > 1
    ]
    shrunk = tuple(
        option
        if option.annual_saving is None or share[i] == 1.0
        else option.model_copy(
            update={
                "annual_saving": option.annual_saving.model_copy(
                    update={"amount": option.annual_saving.amount * share[i]}
                )
            }
        )
        for i, option in enumerate(options)
    )
    return shrunk, notes

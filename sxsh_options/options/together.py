"""Several options together: who excludes whom, who needs whom, and what they save jointly."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sxsh_options.errors import Message, message
from sxsh_options.model import Option
from sxsh_options.options.savings import BaselineFlow, SavingRow, used_quantities
from sxsh_options.options.tables import option_catalogue
from sxsh_options.resources import catalogue

TOLERANCE = 1e-9  # relative; rounding of a saving of exactly the base


def selection_problems(options: Sequence[Option], chosen: Sequence[str]) -> list[Message]:
    """Return why the chosen options cannot be carried out together; empty where they can.

    Codes: ``together.unknown_option``, ``together.chosen_twice``, ``together.excluded``,
    ``together.missing_prerequisite``.
    """
    known = {option.id: option for option in options}
    found = [message("together.unknown_option", option=name) for name in chosen if name not in known]
    seen: set[str] = set()
    for name in chosen:
        if name in seen:
            found.append(message("together.chosen_twice", option=name))
        seen.add(name)
    reported: set[frozenset[str]] = set()
    for name in sorted(seen & known.keys()):
        for other in known[name].excludes:
            pair = frozenset((name, other))
            if other in seen and pair not in reported:
                reported.add(pair)
                found.append(message("together.excluded", option=name, other=other))
        found += [
            message("together.missing_prerequisite", option=name, needed=needed)
            for needed in known[name].requires
            if needed not in seen
        ]
    return found


def combined_shares(
    options: Sequence[Option], rows: Sequence[SavingRow], flows: Mapping[str, BaselineFlow]
) -> tuple[list[SavingRow], list[Message], list[Message]]:
    """Let savings on the same base diminish each other, and hold every total against its base.

    Savings of one group on one base combine as shares of that base::

        s = 1 - prod(1 - s_i)

    and each keeps its part in proportion. The group is the end use that a saving names, else the
    interaction group of its option; the base is the flow, or the part of it that the saving names.
    Savings outside a group add up; added consumption (a negative saving) always adds up. Of end uses that
    the catalogue knows, one that is all of a resource gets what its parts leave: with the parts saving p
    and the whole w of a flow, together 1 - (1 - p)(1 - w).

    Parameters
    ----------
    options : sequence of Option
        All options of the assessment; ``SavingRow.option`` points into it.
    rows : sequence of SavingRow
        Savings of the chosen options.
    flows : mapping of str to BaselineFlow

    Returns
    -------
    combined : list of SavingRow
        The same rows with what each saves beside the others.
    problems : list of Message
        ``together.above_base`` for every resource of which more would be saved than is used.
    notes : list of Message
        ``together.no_base`` where a group's base is not known, so that its savings simply add up.
    """
    members: dict[tuple[str, str, str, float], list[int]] = {}
    groups = [row.end_use or options[row.option].interaction_group for row in rows]
    notes: list[Message] = []
    without_base: set[tuple[str, str]] = set()
    for position, row in enumerate(rows):
        group = groups[position]
        if group is None or row.quantity <= 0:
            continue
        if row.flow is None:
            without_base.add((group, row.resource))
        else:
            members.setdefault((group, row.resource, row.flow, row.base_share), []).append(position)
    quantity = [row.quantity for row in rows]
    for (_, _, flow_id, share), positions in members.items():
        base = flows[flow_id].quantity * share
        total = sum(rows[p].quantity for p in positions)
        if (
            len(positions) < 2
            or base <= 0
            or max(rows[p].quantity for p in positions) > base * (1 + TOLERANCE)
        ):
            continue  # one alone does not interact; one above its base is reported below
        shares = [rows[p].quantity / base for p in positions]
        kept = sum(math.log1p(-s) if s < 1.0 else -math.inf for s in shares)
        joint = -math.expm1(kept) * base
        for p in positions:
            quantity[p] = rows[p].quantity * joint / total
    _leave_the_rest(rows, quantity, flows)
    for group, resource in sorted(without_base):
        same = [r for r, known in zip(rows, groups, strict=True) if r.resource == resource and known == group]
        if len(same) > 1:
            notes.append(message("together.no_base", group=group, resource=resource))
    combined = [row._replace(quantity=q) for row, q in zip(rows, quantity, strict=True)]
    return combined, _above_base(combined, flows), notes


def _leave_the_rest(
    rows: Sequence[SavingRow], quantity: list[float], flows: Mapping[str, BaselineFlow]
) -> None:
    """Let savings on the whole of a flow apply to what savings on its parts have left of it."""
    named = [n for n, row in enumerate(rows) if row.end_use and row.flow and quantity[n] > 0]
    if len(named) < 2:
        return
    known = option_catalogue().end_uses
    of_parts: dict[str, float] = {}
    for n in named:
        end_use = known.get(rows[n].end_use or "")
        if end_use is not None and not end_use.whole:
            flow_id = rows[n].flow or ""
            of_parts[flow_id] = of_parts.get(flow_id, 0.0) + quantity[n]
    for n in named:
        end_use, base = known.get(rows[n].end_use or ""), flows[rows[n].flow or ""].quantity
        if end_use is not None and end_use.whole and base > 0:
            quantity[n] *= max(1.0 - of_parts.get(rows[n].flow or "", 0.0) / base, 0.0)


def _above_base(rows: Sequence[SavingRow], flows: Mapping[str, BaselineFlow]) -> list[Message]:
    saved_of_flow: dict[str, float] = {}
    saved_of_resource: dict[str, float] = {}
    for row in rows:
        if row.flow is not None:
            saved_of_flow[row.flow] = saved_of_flow.get(row.flow, 0.0) + row.quantity
        saved_of_resource[row.resource] = saved_of_resource.get(row.resource, 0.0) + row.quantity
    used = used_quantities(flows.values())
    problems = [
        message(
            "together.above_base",
            resource=flows[f].resource,
            saved=saved,
            base=flows[f].quantity,
            unit=catalogue.find(flows[f].resource).unit,
        )
        for f, saved in saved_of_flow.items()
        if saved > flows[f].quantity * (1 + TOLERANCE)
    ]
    named = {m.params["resource"] for m in problems}
    problems += [
        message("together.above_base", resource=r, saved=saved, base=used[r], unit=catalogue.find(r).unit)
        for r, saved in saved_of_resource.items()
        if r in used and r not in named and saved > used[r] * (1 + TOLERANCE)
    ]
    return problems

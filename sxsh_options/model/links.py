"""Do the rows of an assessment point at each other rightly? Every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sxsh_options.errors import Message, message
from sxsh_options.model.assessment import Assessment


def broken_links(assessment: Assessment) -> list[Message]:
    """Return a message for every reference that leads nowhere, and for circular prerequisites.

    Parameters
    ----------
    assessment : Assessment

    Returns
    -------
    list of Message
        Codes ``link.unknown_option``, ``link.unknown_flow``, ``link.wrong_resource``,
        ``link.excludes_itself``, ``link.requires_excluded``, ``link.circular`` and
        ``link.no_exchange_rate``; empty where all is well.
    """
    found: list[Message] = []
    options = {option.id: option for option in assessment.options}
    flows = {flow.id: flow for flow in assessment.baseline.flows} if assessment.baseline else {}
    for index, option in enumerate(assessment.options):
        path = f"options[{index}]"
        for name, targets in (("excludes", option.excludes), ("requires", option.requires)):
            for target in targets:
                if target not in options:
                    found.append(
                        message("link.unknown_option", option=option.id, target=target).at(
                            field=f"{path}.{name}"
                        )
                    )
                elif target == option.id:
                    found.append(message("link.names_itself", option=option.id).at(field=f"{path}.{name}"))
        for target in sorted(set(option.excludes) & set(option.requires)):
            found.append(
                message("link.requires_excluded", option=option.id, target=target).at(
                    field=f"{path}.requires"
                )
            )
        for number, saving in enumerate(option.savings):
            if saving.of_flow is None:
                continue
            place = f"{path}.savings[{number}].of_flow"
            flow = flows.get(saving.of_flow)
            if flow is None:
                found.append(
                    message("link.unknown_flow", option=option.id, flow=saving.of_flow).at(field=place)
                )
            elif flow.resource != saving.resource:
                found.append(
                    message(
                        "link.wrong_resource",
                        option=option.id,
                        flow=flow.id,
                        resource=saving.resource,
                        flow_resource=flow.resource,
                    ).at(field=place)
                )
    requires = {
        option.id: [t for t in option.requires if t in options and t != option.id]
        for option in assessment.options
        if option.requires
    }
    found += [message("link.circular", options=" → ".join(circle)) for circle in _circles(requires)]
    found += [
        message("link.no_exchange_rate", currency=currency)
        for currency in sorted(
            _currencies(assessment) - {rate.currency for rate in assessment.exchange_rates}
        )
    ]
    return found


def _currencies(assessment: Assessment) -> set[str]:
    """Foreign currencies that the assessment's amounts are in."""
    amounts: list[str] = []
    for option in assessment.options:
        amounts += [item.amount.currency for item in option.capex]
        amounts += [benefit.amount.currency for benefit in option.benefits]
        single = (
            option.annual_saving,
            option.opex_change,
            option.downtime_cost,
            option.working_capital,
            option.salvage,
        )
        amounts += [money.currency for money in single if money is not None]
    if assessment.baseline:
        amounts += [f.unit_price.currency for f in assessment.baseline.flows if f.unit_price]
    return set(amounts) - {"VND"}


def _circles(requires: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return each circle of prerequisites once, as the path that closes it."""
    done: set[str] = set()
    circles: list[list[str]] = []
    for start in requires:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                on_path.discard(path.pop())
                done.add(node)
            elif node in on_path:
                circles.append([*path[path.index(node) :], node])
            elif node not in done:
                path.append(node)
                on_path.add(node)
                stack.append((node, False))
                stack += [(target, True) for target in requires.get(node, ())]
    return circles

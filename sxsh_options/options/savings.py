"""What each option saves in a year, in the canonical unit of each resource."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sxsh_options.errors import InputError, Message, UnitError
from sxsh_options.model import Assessment, Flow
from sxsh_options.resources import catalogue, conversion


@dataclass(frozen=True, slots=True)
class BaselineFlow:
    """A flow of the baseline as a yearly quantity in the resource's canonical unit."""

    flow: Flow
    resource: str
    quantity: float  # a year
    units_per_canonical: float  # flow units in one canonical unit, to carry the price over


class SavingRow(NamedTuple):
    """One yearly saving of one option; negative is added consumption."""

    option: int  # index into the assessment's options
    resource: str
    quantity: float  # canonical units a year
    flow: str | None  # the baseline flow that it is a share of, where that is known
    base_share: float = 1.0  # the part of that flow that it is a share of
    end_use: str | None = None  # that part; what saves on it diminishes each other


def whole_flows(flows: Iterable[BaselineFlow]) -> list[BaselineFlow]:
    """Return the flows without those that were metered as a part of another one."""
    rows = list(flows)
    wholes = {row.resource for row in rows if row.flow.end_use is None}
    return [row for row in rows if row.flow.end_use is None or row.resource not in wholes]


def used_quantities(flows: Iterable[BaselineFlow]) -> dict[str, float]:
    """Return what is used of each resource in a year, in its canonical unit."""
    used: dict[str, float] = {}
    for row in whole_flows(flows):
        used[row.resource] = used.get(row.resource, 0.0) + row.quantity
    return used


def annual_flows(assessment: Assessment) -> dict[str, BaselineFlow]:
    """Return the baseline flows by id, scaled from the baseline period to one year.

    Raises
    ------
    InputError
        Where a unit cannot be converted; every fault at once.
    """
    if assessment.baseline is None:
        return {}
    years = assessment.baseline.years
    found: dict[str, BaselineFlow] = {}
    faults: list[Message] = []
    for index, flow in enumerate(assessment.baseline.flows):
        try:
            resource = catalogue.find(flow.resource).resource_id
            per_unit = conversion.to_canonical(resource, 1.0, flow.unit)
        except (UnitError, InputError) as error:
            faults += [m.at(field=f"baseline.flows[{index}].unit") for m in error.messages]
            continue
        found[flow.id] = BaselineFlow(flow, resource, flow.quantity * per_unit / years, 1.0 / per_unit)
    if faults:
        raise InputError(faults)
    return found


def saving_rows(assessment: Assessment, flows: dict[str, BaselineFlow]) -> list[SavingRow]:
    """Return every saving of every option as a yearly quantity.

    A percentage is taken of the named flow, or of the part of it that ``base_share`` names. A quantity
    belongs to the only whole flow of its resource, where there is just one.

    Raises
    ------
    InputError
        Where a resource is unknown or a unit cannot be converted; every fault at once.
    """
    by_resource: dict[str, list[str]] = {}
    for flow in whole_flows(flows.values()):
        by_resource.setdefault(flow.resource, []).append(flow.flow.id)
    only_flow = {resource: ids[0] for resource, ids in by_resource.items() if len(ids) == 1}
    per_unit: dict[tuple[str, str], tuple[str, float]] = {}
    rows: list[SavingRow] = []
    faults: list[Message] = []
    for index, option in enumerate(assessment.options):
        for number, saving in enumerate(option.savings):
            if saving.quantity is None or saving.unit is None:  # then it is a percentage of a flow
                base = flows[saving.of_flow or ""]
                share = saving.base_share or 1.0
                quantity = base.quantity * share * (saving.percent or 0.0) / 100.0
                end_use = saving.end_use or base.flow.end_use
                rows.append(SavingRow(index, base.resource, quantity, saving.of_flow, share, end_use))
                continue
            key = (saving.resource, saving.unit)
            if key not in per_unit:
                try:
                    resource = catalogue.find(saving.resource).resource_id
                    per_unit[key] = (resource, conversion.to_canonical(resource, 1.0, saving.unit))
                except (UnitError, InputError) as error:
                    faults += [m.at(field=f"options[{index}].savings[{number}]") for m in error.messages]
                    continue
            resource, factor = per_unit[key]
            flow_id = only_flow.get(resource)
            rows.append(SavingRow(index, resource, saving.quantity * factor, flow_id, 1.0, saving.end_use))
    if faults:
        raise InputError(faults)
    return rows

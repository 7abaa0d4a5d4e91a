"""How much a facility uses for an end use: metered first, else a share of its resource, else not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from sxsh_options.model import Assessment, Override
from sxsh_options.model.facility import WastewaterTreatment
from sxsh_options.options.savings import BaselineFlow, whole_flows
from sxsh_options.options.tables import (
    EVERYWHERE,
    EndUse,
    OptionCatalogue,
    Share,
    option_catalogue,
    sector_of,
)
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import Resource

Origin = Literal["metered", "stated", "whole", "usual", "unknown"]

_NOT_MAIN = frozenset(
    {"packaging", "ice", "carbon_dioxide"}
)  # materials, but not what the product is made of

# Which flows an end use can be a part of, by its kind.
_OF: Mapping[str, Callable[[Resource], bool]] = {
    "electricity": lambda resource: resource.kind == "electricity",
    "fuel": lambda resource: resource.kind == "fuel",
    "water": lambda resource: resource.kind == "water",
    "cod": lambda resource: resource.resource_id == "cod",
    "material": lambda resource: resource.kind == "material" and resource.resource_id not in _NOT_MAIN,
    "packaging": lambda resource: resource.resource_id == "packaging",
    "chemical": lambda resource: resource.kind == "chemical",
    "refrigerant": lambda resource: resource.kind == "refrigerant",
    "waste": lambda resource: resource.resource_id == "solid_waste",
    "ice": lambda resource: resource.resource_id == "ice",
    "co2": lambda resource: resource.resource_id == "carbon_dioxide",
}


def metered_uses(resource_id: str, known: OptionCatalogue | None = None) -> tuple[EndUse, ...]:
    """Return the end uses that a flow of a resource may have been metered for."""
    resource = catalogue.resources()[resource_id]
    return tuple(
        end_use
        for end_use in (known or option_catalogue()).end_uses.values()
        if not end_use.whole and end_use.of in _OF and _OF[end_use.of](resource)
    )


@dataclass(frozen=True, slots=True)
class BasePart:
    """The part of one flow that goes to an end use."""

    flow: str
    resource: str
    share: float  # of the flow
    quantity: float  # canonical units a year


@dataclass(frozen=True, slots=True)
class Base:
    """How much goes to an end use in a year, and how that is known.

    Attributes
    ----------
    origin : str
        ``metered``: flows of its own; ``stated``: a share that the user gave; ``whole``: all of the resource;
        ``usual``: the share that is usual in the sector; ``unknown``.
    parts : tuple of BasePart
        Empty where it is not known.
    shares : tuple of Share
        The usual shares that were taken.
    """

    end_use: EndUse
    origin: Origin
    parts: tuple[BasePart, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def quantity(self) -> float:
        """All parts; of one resource, in its canonical unit."""
        return sum(part.quantity for part in self.parts)


class Premises:
    """What is known of a facility's use, asked end use by end use.

    Parameters
    ----------
    assessment : Assessment
    flows : mapping of str to BaselineFlow
        As :func:`~sxsh_options.options.annual_flows` returns them.
    sector : str, optional
        Id; else that of the facility.
    known : OptionCatalogue, optional
    """

    def __init__(
        self,
        assessment: Assessment,
        flows: Mapping[str, BaselineFlow],
        sector: str | None = None,
        known: OptionCatalogue | None = None,
    ) -> None:
        self.known = known or option_catalogue()
        found = sector_of(assessment.facility.sector)
        self.sector = sector or (found.sector_id if found else None)
        self.flows = flows
        self.stated: Mapping[str, Override] = {o.key: o for o in assessment.overrides if o.kind == "end_use"}
        baseline = assessment.baseline
        self.treatment: WastewaterTreatment | None = baseline.wastewater_treatment if baseline else None
        self._found: dict[str, Base] = {}

    def base(self, end_use_id: str) -> Base:
        """Return how much goes to an end use in a year."""
        if end_use_id not in self._found:
            self._found[end_use_id] = self._look(self.known.end_uses[end_use_id])
        return self._found[end_use_id]

    def has(self, kind: str) -> bool:
        """Tell whether there is any flow of a kind."""
        return any(True for _ in self._flows_of(kind))

    def _look(self, end_use: EndUse) -> Base:
        metered = [flow for flow in self.flows.values() if flow.flow.end_use == end_use.end_use_id]
        if metered:
            return Base(end_use, "metered", tuple(_part(flow, 1.0) for flow in metered))
        wholes = self._flows_of(end_use.of)
        if not wholes:
            return Base(end_use, "unknown")
        stated = self.stated.get(end_use.end_use_id)
        if stated is not None and 0 < stated.value <= 1:
            return Base(end_use, "stated", tuple(_part(flow, stated.value) for flow in wholes))
        if end_use.whole:
            return Base(end_use, "whole", tuple(_part(flow, 1.0) for flow in wholes))
        shares = self._shares(end_use)
        total = min(sum(share.band.typical for share in shares), 1.0)
        if not total:
            return Base(end_use, "unknown")
        return Base(end_use, "usual", tuple(_part(flow, total) for flow in wholes), shares)

    def _flows_of(self, kind: str) -> list[BaselineFlow]:
        if kind not in _OF:
            return []
        fits, resources = _OF[kind], catalogue.resources()
        found = [flow for flow in whole_flows(self.flows.values()) if fits(resources[flow.resource])]
        if kind == "material" and found:  # the main one: of several the heaviest
            return [max(found, key=lambda flow: flow.quantity)]
        return [flow for flow in found if flow.quantity > 0]

    def _shares(self, end_use: EndUse) -> tuple[Share, ...]:
        """Return the usual share in the sector, else anywhere; of a sum all its parts or none."""
        for sector in (self.sector, EVERYWHERE):
            if sector is None:
                continue
            share = self.known.shares.get((sector, end_use.end_use_id))
            if share is not None:
                return (share,)
            parts = [self.known.shares.get((sector, part)) for part in end_use.parts]
            if parts and all(parts):
                return tuple(part for part in parts if part is not None)
        return ()


def _part(flow: BaselineFlow, share: float) -> BasePart:
    return BasePart(flow.flow.id, flow.resource, share, flow.quantity * share)

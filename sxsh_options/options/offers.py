"""What the options of the catalogue would save in a facility: its own use times the known band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sxsh_options.options.bases import Base, BasePart, Premises
from sxsh_options.options.tables import EVERYWHERE, WITH_FUEL, CatalogueOption, Effect, EndUse
from sxsh_options.parameters import Band, default_parameters
from sxsh_options.resources import conversion

METHANE = "methane"
KG_PER_TONNE = 1_000.0
OPEN_LAGOONS = ("deep_lagoon", "shallow_lagoon")  # where methane escapes


@dataclass(frozen=True, slots=True)
class OfferedSaving:
    """A yearly saving of one resource; negative is added consumption.

    Attributes
    ----------
    quantity : Band
        In the canonical unit of the resource.
    share : Band or None
        Of `part`, as fractions; ``None`` where the quantity follows from something else.
    part : BasePart or None
        The part of a flow that the saving is a share of.
    """

    effect: Effect
    resource: str
    quantity: Band
    share: Band | None = None
    part: BasePart | None = None


@dataclass(frozen=True, slots=True)
class OfferedMoney:
    """A saving in money alone: a share of a bill, or of what the parts of an end use cost.

    Attributes
    ----------
    bill_vnd : float or None
        Of a year, as the user stated it; ``None`` where `base` is to be priced.
    """

    effect: Effect
    share: Band
    base: Base | None
    bill_vnd: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An option of the catalogue, as far as the facility's figures say what it would do.

    Attributes
    ----------
    unknown : tuple of EndUse
        The bases whose size is not known: what to ask for.
    left_out : tuple of Effect
        Effects that do not count in this facility, such as methane where no lagoon is open.
    """

    option: CatalogueOption
    bases: Mapping[str, Base]
    savings: tuple[OfferedSaving, ...]
    money: tuple[OfferedMoney, ...]
    unknown: tuple[EndUse, ...]
    left_out: tuple[Effect, ...]

    @property
    def ready(self) -> bool:
        """Whether the base of its first effect, the one that it is for, is known."""
        return all(end_use.end_use_id != self.option.effects[0].base for end_use in self.unknown)


def offers(premises: Premises, as_of: date) -> list[Offer]:
    """Return an offer for every option that fits the sector, in the order of the catalogue.

    Parameters
    ----------
    premises : Premises
    as_of : date
        The day whose factors of methane count.
    """
    return [
        offer(option, premises, as_of) for option in premises.known.options.values() if fits(option, premises)
    ]


def fits(option: CatalogueOption, premises: Premises) -> bool:
    """Tell whether an option is meant for the sector; those for boilers fit wherever fuel is burnt."""
    return (
        EVERYWHERE in option.sectors
        or premises.sector in option.sectors
        or (WITH_FUEL in option.sectors and premises.has("fuel"))
    )


def offer(option: CatalogueOption, premises: Premises, as_of: date) -> Offer:
    """Return what one option would save.

    For each effect::

        saving = use of the end use * band

    Electricity that an option uses for what it saves, and the fuel that takes over from another, follow
    from its own typical saving.
    """
    savings: list[OfferedSaving] = []
    money: list[OfferedMoney] = []
    unknown: dict[str, EndUse] = {}
    left_out: list[Effect] = []
    bases: dict[str, Base] = {}
    for effect in option.effects:
        end_use = premises.known.end_uses[effect.base]
        if effect.needs == "open_anaerobic" and premises.treatment not in OPEN_LAGOONS:
            left_out.append(effect)
        elif effect.measure.startswith("kwh_per"):
            savings += _added_electricity(effect, end_use, savings)
        elif effect.measure == "percent_of_cost":
            found = _of_bill(effect, end_use, premises)
            if found is None:
                unknown[end_use.end_use_id] = end_use
            else:
                money.append(found)
        else:
            base = premises.base(effect.base)
            bases[effect.base] = base
            if not base.parts:
                unknown[end_use.end_use_id] = end_use
            of_base = list(_of_base(effect, base, premises, as_of))
            if effect.needs == "biogas_of_cod":
                of_base = _within(_biogas_gj(option, premises, as_of), of_base)
            savings += of_base
    return Offer(option, bases, tuple(savings), tuple(money), tuple(unknown.values()), tuple(left_out))


def _times(band: Band, factor: float) -> Band:
    """Return a band times a factor of either sign, rising again."""
    return Band(*sorted(value * factor for value in band))


def _of_base(effect: Effect, base: Base, premises: Premises, as_of: date) -> Iterator[OfferedSaving]:
    for part in base.parts:
        if effect.effect == METHANE:
            kg = part.quantity * methane_per_cod(str(premises.treatment), as_of)
            yield OfferedSaving(effect, METHANE, _times(effect.band, kg))
            continue
        quantity = _times(effect.band, part.quantity)
        yield OfferedSaving(effect, part.resource, quantity, effect.band, part)
        if effect.measure == "switch":
            taken_over = conversion.to_canonical(effect.replaced_by, _gigajoules(part), "gj")
            yield OfferedSaving(effect, effect.replaced_by, _times(effect.band, -taken_over))


def _biogas_gj(option: CatalogueOption, premises: Premises, as_of: date) -> Band:
    """Return the energy of the methane of the COD that an option removes, GJ; nothing where COD is not known.

    Notes
    -----
    COD removed x B0 x net calorific value of methane; B0 as in :func:`methane_per_cod`.
    """
    removed = next(effect for effect in option.effects if effect.effect == "cod")
    cod_kg = sum(part.quantity for part in premises.base(removed.base).parts)
    methane_kg = cod_kg * default_parameters().get("wastewater_methane.b0_cod", as_of).number
    tonnes_per_gj = conversion.to_canonical("biogas", 1.0, "gj")
    return _times(removed.band, methane_kg / KG_PER_TONNE / tonnes_per_gj)


def _within(limit_gj: Band, savings: Iterable[OfferedSaving]) -> list[OfferedSaving]:
    """Return savings of fuel that together hold no more energy than there is."""
    found = [saving for saving in savings if saving.part is not None]
    energy = [sum(_energy(s.resource, s.quantity[level]) for s in found) for level in range(len(limit_gj))]
    factors = [
        min(1.0, there / asked) if asked > 0 else 1.0 for there, asked in zip(limit_gj, energy, strict=True)
    ]
    if min(factors) == 1.0:
        return found
    return [
        replace(
            saving, quantity=Band(*(f * q for f, q in zip(factors, saving.quantity, strict=True))), share=None
        )
        for saving in found
        if limit_gj.high > 0
    ]


def _energy(resource: str, quantity: float) -> float:
    """Return the energy of a fuel, GJ."""
    return quantity / conversion.to_canonical(resource, 1.0, "gj")


def _gigajoules(part: BasePart) -> float:
    """Return the energy of a part that is fuel, by its net calorific value."""
    return _energy(part.resource, part.quantity)


def methane_per_cod(treatment: str, as_of: date) -> float:
    """Return the methane that wastewater gives off, kg CH4 per kg COD: B0 * MCF (IPCC 2006, Vol. 5)."""
    parameters = default_parameters()
    correction: Mapping[str, float] = parameters.get("wastewater_methane.mcf", as_of).value
    return parameters.get("wastewater_methane.b0_cod", as_of).number * correction[treatment]


def _added_electricity(
    effect: Effect, end_use: EndUse, savings: list[OfferedSaving]
) -> Iterator[OfferedSaving]:
    """Yield the electricity that an option uses for what it saves of fuel (by energy) or water."""
    saved = 0.0
    for saving in savings:
        if saving.part is None or saving.effect.effect != end_use.parts[0]:
            continue
        if effect.measure == "kwh_per_kwh":
            saved += saving.quantity.typical / conversion.to_canonical(saving.resource, 1.0, "kwh")
        else:
            saved += saving.quantity.typical
    if saved:
        yield OfferedSaving(effect, "electricity", _times(effect.band, saved))


def _of_bill(effect: Effect, end_use: EndUse, premises: Premises) -> OfferedMoney | None:
    if end_use.of == "cost":
        base = premises.base(end_use.parts[0])
        return OfferedMoney(effect, effect.band, base) if base.parts else None
    stated = premises.stated.get(end_use.end_use_id)
    return None if stated is None else OfferedMoney(effect, effect.band, None, stated.value)

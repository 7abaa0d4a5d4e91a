"""The option catalogue under ``data/catalogue``: what a row is, and how it is read and checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from sxsh_options.errors import DataFileError, Message, message
from sxsh_options.model import Category
from sxsh_options.parameters import DATA_FOLDER, EVIDENCE, Band, Cells, Text, read_rows
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import spelling

# Options of these two groups fit every establishment, or every one that burns fuel.
EVERYWHERE, WITH_FUEL = "all", "all_thermal"

Kind = Literal[
    "electricity", "fuel", "water", "cod", "material", "packaging", "chemical", "refrigerant", "waste", "ice",
    "co2", "money", "cost", "saved",
]  # fmt: skip
Effects = Literal[
    "electricity", "fuel", "water", "cod", "material", "packaging", "chemical", "refrigerant", "waste", "ice",
    "co2", "methane", "money",
]  # fmt: skip
Measure = Literal["percent", "percent_of_cost", "switch", "kwh_per_kwh", "kwh_per_m3"]

_SECTOR_COLUMNS = ("sector_id", "name_vi", "name_en", "aliases")
_END_USE_COLUMNS = (
    "end_use_id", "name_vi", "name_en", "of", "whole", "parts", "question_vi", "question_en",
)  # fmt: skip
_SHARE_COLUMNS = (
    "sector", "end_use", "low_percent", "typical_percent", "high_percent", "source", "evidence",
)  # fmt: skip
_OPTION_COLUMNS = (
    "option_id", "name_vi", "name_en", "sectors", "category", "process_step_vi", "process_step_en",
    "capex_low_vnd", "capex_typical_vnd", "capex_high_vnd", "capex_unit_vi", "capex_unit_en",
    "capex_per_site", "size_resource", "size_of", "size_per_unit", "capex_source", "capex_evidence",
    "opex_share", "life_years", "payback_low_years", "payback_high_years", "interaction_group",
    "exclusive_with", "note_vi", "note_en",
)  # fmt: skip
_EFFECT_COLUMNS = (
    "option_id", "effect", "base", "measure", "low", "typical", "high", "replaced_by", "needs", "source",
    "evidence", "note_vi", "note_en",
)  # fmt: skip
_ANCHOR_COLUMNS = (
    "anchor_id", "option_ids", "item_vi", "item_en", "low", "typical", "high", "unit_vi", "unit_en",
    "price_year", "saving_vi", "saving_en", "source", "evidence", "note_vi", "note_en",
)  # fmt: skip
_FILES = ("sectors", "end_uses", "end_use_shares", "options", "effects", "capex_anchors")

_WHOLE_SITES = ("site", "plant", "factory")  # units of investment of which a facility has one


@dataclass(frozen=True, slots=True)
class Sector:
    """A branch of industry, with the spellings that people type."""

    sector_id: str
    name: Text
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndUse:
    """What a resource is used for: the base that a saving is a share of.

    Attributes
    ----------
    of : str
        What it is a part of: a kind of flow; ``money`` for a bill that only the user knows, ``cost`` for
        the cost of the end use in `parts`, ``saved`` for what the option itself saves of a flow.
    whole : bool
        Whether it is all of those flows, so that no share is needed.
    parts : tuple of str
        End uses that it is the sum of.
    question : Text
        What to ask where its size is not known.
    """

    end_use_id: str
    name: Text
    of: str
    whole: bool
    parts: tuple[str, ...]
    question: Text


@dataclass(frozen=True, slots=True)
class Share:
    """How much of its resource an end use takes in a sector, as fractions, where there is no meter."""

    sector: str
    end_use: str
    band: Band
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an option does.

    Attributes
    ----------
    effect : str
        Kind of flow that changes, ``methane``, or ``money`` where nothing physical is saved.
    base : str
        End use that the band refers to.
    measure : str
        ``percent`` of the base; ``percent_of_cost`` of its cost; ``switch``: percent of a fuel that
        `replaced_by` takes over; ``kwh_per_kwh`` and ``kwh_per_m3``: electricity for each unit that the
        option saves of the base.
    band : Band
        Percentages as fractions.
    needs : str
        ``open_anaerobic``: counts only where the wastewater is treated so today. ``biogas_of_cod``: at most
        the energy of the methane that the COD removed by the option gives.
    """

    option_id: str
    effect: str
    base: str
    measure: str
    band: Band
    replaced_by: str
    needs: str
    source: str
    evidence: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class CatalogueOption:
    """A cleaner-production option as it is known in general, with what it costs for one unit of size.

    Attributes
    ----------
    capex_vnd : Band
        For one `capex_unit`, net of VAT.
    capex_per_site : bool
        Whether one such unit is a fair first guess for an establishment.
    size : (resource, "saved" or "flow", quantity a year) or None
        From what the number of units follows, where it does.
    opex_share : float
        Operating cost of a year as a fraction of the investment.
    payback_years : (float, float)
        The range that is usually met.
    """

    option_id: str
    name: Text
    sectors: frozenset[str]
    category: Category
    process_step: Text
    capex_vnd: Band
    capex_unit: Text
    capex_per_site: bool
    size: tuple[str, str, float] | None
    capex_source: str
    capex_evidence: str
    opex_share: float
    life_years: int
    payback_years: tuple[float, float]
    interaction_group: str
    exclusive_with: tuple[str, ...]
    note: Text | None
    effects: tuple[Effect, ...]

    @property
    def one_of_several(self) -> bool:
        """Whether the first guess is the price of one machine or line, of which there may be more."""
        return self.capex_per_site and self.capex_unit["en"].removesuffix(" and year") not in _WHOLE_SITES


@dataclass(frozen=True, slots=True)
class CapexAnchor:
    """An investment figure that was read somewhere; figures as printed, in `unit`."""

    anchor_id: str
    option_ids: tuple[str, ...]
    item: Text
    figures: tuple[float, float, float]
    unit: Text
    price_year: str
    saving: Text | None
    source: str
    evidence: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class OptionCatalogue:
    """All tables of the catalogue, each by id; shares by sector and end use."""

    sectors: Mapping[str, Sector]
    end_uses: Mapping[str, EndUse]
    shares: Mapping[tuple[str, str], Share]
    options: Mapping[str, CatalogueOption]
    anchors: Mapping[str, CapexAnchor]
    spellings: Mapping[str, str]  # of sectors


@cache
def option_catalogue() -> OptionCatalogue:
    """Return the catalogue that ships."""
    return load(DATA_FOLDER / "catalogue")


def sector_of(text: str) -> Sector | None:
    """Return the sector with an id, a name in either language or an alias; case and accents are free."""
    known = option_catalogue()
    found = known.spellings.get(spelling(text)) if text else None
    return known.sectors[found] if found else None


def sectors_near(text: str) -> tuple[Sector, ...]:
    """Return the sectors whose names are most like a text, the nearest first; there may be none."""
    known = option_catalogue()
    near = difflib.get_close_matches(spelling(text), known.spellings, n=6, cutoff=0.7)
    return tuple(known.sectors[name] for name in dict.fromkeys(known.spellings[each] for each in near))[:3]


def load(folder: Path) -> OptionCatalogue:
    """Read and check the tables of the catalogue.

    Raises
    ------
    DataFileError
        One message for every fault of all tables, with file, row and column.
    """
    faults: list[Message] = []
    files = {name: folder / f"{name}.csv" for name in _FILES}
    sectors = read_rows(files["sectors"], _SECTOR_COLUMNS, _sector, faults)
    end_uses = read_rows(files["end_uses"], _END_USE_COLUMNS, _end_use, faults)
    shares = read_rows(files["end_use_shares"], _SHARE_COLUMNS, _share, faults, unique=False)
    effects = read_rows(files["effects"], _EFFECT_COLUMNS, _effect, faults, unique=False)
    anchors = read_rows(files["capex_anchors"], _ANCHOR_COLUMNS, _anchor, faults)
    bare = read_rows(files["options"], _OPTION_COLUMNS, _option, faults)
    if not faults:
        faults += _dangling(sectors, end_uses, shares, effects, bare, anchors)
    if faults:
        raise DataFileError(faults)
    by_option: dict[str, list[Effect]] = {}
    for effect in effects.values():
        by_option.setdefault(effect.option_id, []).append(effect)
    options = {name: replace(given, effects=tuple(by_option[name])) for name, given in bare.items()}
    spellings = {
        spelling(written): sector.sector_id
        for sector in sectors.values()
        for written in (sector.sector_id, *sector.name.values(), *sector.aliases)
    }
    return OptionCatalogue(
        MappingProxyType(sectors),
        MappingProxyType(end_uses),
        MappingProxyType({(share.sector, share.end_use): share for share in shares.values()}),
        MappingProxyType(options),
        MappingProxyType(anchors),
        spellings,
    )


def _texts(cells: Cells, name: str) -> Text:
    return {lang: cells.text(f"{name}_{lang}") for lang in ("vi", "en")}


def _texts_or_none(cells: Cells, name: str) -> Text | None:
    texts = {lang: cells.text(f"{name}_{lang}", required=False) for lang in ("vi", "en")}
    return _texts(cells, name) if any(texts.values()) else None


def _fractions(band: Band) -> Band:
    """Return percentages as fractions, exactly as written: 12.3 becomes 0.123."""
    return Band(*(float(f"{value / 100:.12g}") for value in band))


def _sector(cells: Cells) -> Sector:
    return Sector(cells.text("sector_id"), _texts(cells, "name"), cells.several("aliases"))


def _end_use(cells: Cells) -> EndUse:
    return EndUse(
        end_use_id=cells.text("end_use_id"),
        name=_texts(cells, "name"),
        of=cells.choice("of", get_args(Kind)),
        whole=cells.choice("whole", ("yes", "no")) == "yes",
        parts=cells.several("parts"),
        question=_texts(cells, "question"),
    )


def _share(cells: Cells) -> Share:
    return Share(
        sector=cells.text("sector"),
        end_use=cells.text("end_use"),
        band=_fractions(cells.band("low_percent", "typical_percent", "high_percent")),
        source=cells.text("source", required=False),
        evidence=cells.choice("evidence", EVIDENCE),
    )


def _effect(cells: Cells) -> Effect:
    measure = cells.choice("measure", get_args(Measure))
    band = cells.band("low", "typical", "high", signed=True)
    return Effect(
        option_id=cells.text("option_id"),
        effect=cells.choice("effect", get_args(Effects)),
        base=cells.text("base"),
        measure=measure,
        band=band if measure.startswith("kwh_per") else _fractions(band),
        replaced_by=cells.text("replaced_by", required=measure == "switch"),
        needs=cells.choice("needs", ("", "open_anaerobic", "biogas_of_cod")),
        source=cells.text("source", required=False),
        evidence=cells.choice("evidence", EVIDENCE),
        note=_texts_or_none(cells, "note"),
    )


def _option(cells: Cells) -> CatalogueOption:
    resource = cells.text("size_resource", required=False)
    size = None
    if resource:
        size = (resource, cells.choice("size_of", ("saved", "flow")), float(cells.positive("size_per_unit")))
    return CatalogueOption(
        option_id=cells.text("option_id"),
        name=_texts(cells, "name"),
        sectors=frozenset(cells.several("sectors")),
        category=Category(cells.choice("category", tuple(Category), otherwise=Category.GOOD_HOUSEKEEPING)),
        process_step=_texts(cells, "process_step"),
        capex_vnd=cells.band("capex_low_vnd", "capex_typical_vnd", "capex_high_vnd"),
        capex_unit=_texts(cells, "capex_unit"),
        capex_per_site=cells.choice("capex_per_site", ("yes", "no")) == "yes",
        size=size,
        capex_source=cells.text("capex_source", required=False),
        capex_evidence=cells.choice("capex_evidence", EVIDENCE),
        opex_share=float(cells.number("opex_share")),
        life_years=int(cells.positive("life_years")),
        payback_years=(float(cells.number("payback_low_years")), float(cells.number("payback_high_years"))),
        interaction_group=cells.text("interaction_group"),
        exclusive_with=cells.several("exclusive_with"),
        note=_texts_or_none(cells, "note"),
        effects=(),
    )


def _anchor(cells: Cells) -> CapexAnchor:
    low, typical, high = (float(cells.signed(name)) for name in ("low", "typical", "high"))
    return CapexAnchor(
        anchor_id=cells.text("anchor_id"),
        option_ids=cells.several("option_ids"),
        item=_texts(cells, "item"),
        figures=(low, typical, high),
        unit=_texts(cells, "unit"),
        price_year=cells.text("price_year", required=False),
        saving=_texts_or_none(cells, "saving"),
        source=cells.text("source", required=False),
        evidence=cells.choice("evidence", EVIDENCE),
        note=_texts_or_none(cells, "note"),
    )


def _dangling(
    sectors: Mapping[str, Sector],
    end_uses: Mapping[str, EndUse],
    shares: Mapping[str, Share],
    effects: Mapping[str, Effect],
    options: Mapping[str, CatalogueOption],
    anchors: Mapping[str, CapexAnchor],
) -> Iterator[Message]:
    """Yield everything that points at what does not exist."""

    def gone(file: str, row: int, column: str, value: str) -> Message:
        return message("data_file.unknown_reference", value=value).at(
            file=f"{file}.csv", row=row, column=column
        )

    groups = {*sectors, EVERYWHERE, WITH_FUEL}
    resources = catalogue.resources()
    for row, end_use in enumerate(end_uses.values(), start=2):
        known = {*end_uses, *get_args(Kind)} if end_use.of == "saved" else set(end_uses)
        yield from (gone("end_uses", row, "parts", part) for part in end_use.parts if part not in known)
    for row, share in enumerate(shares.values(), start=2):
        if share.sector not in groups:
            yield gone("end_use_shares", row, "sector", share.sector)
        if share.end_use not in end_uses:
            yield gone("end_use_shares", row, "end_use", share.end_use)
    for row, effect in enumerate(effects.values(), start=2):
        if effect.option_id not in options:
            yield gone("effects", row, "option_id", effect.option_id)
        if effect.base not in end_uses:
            yield gone("effects", row, "base", effect.base)
        if effect.replaced_by and effect.replaced_by not in resources:
            yield gone("effects", row, "replaced_by", effect.replaced_by)
    with_effect = {effect.option_id for effect in effects.values()}
    for row, option in enumerate(options.values(), start=2):
        name = option.option_id
        yield from (gone("options", row, "sectors", s) for s in sorted(option.sectors - groups))
        if option.interaction_group not in end_uses:
            yield gone("options", row, "interaction_group", option.interaction_group)
        if name not in with_effect:
            yield gone("options", row, "option_id", name)
        if option.size and option.size[0] not in resources:
            yield gone("options", row, "size_resource", option.size[0])
        for other in option.exclusive_with:  # each of the two names the other
            if other not in options or name not in options[other].exclusive_with:
                yield gone("options", row, "exclusive_with", other)
    for row, anchor in enumerate(anchors.values(), start=2):
        yield from (
            gone("capex_anchors", row, "option_ids", name)
            for name in anchor.option_ids
            if name not in options
        )

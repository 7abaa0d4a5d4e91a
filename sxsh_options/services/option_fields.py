"""The fields of an option: how each is read from what people type, and shown to be typed over.

The grid and the form both take their fields from here. A column of the grid is a field of the option, or
``saving:<resource>`` for what it saves of one resource.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sxsh_options import units
from sxsh_options.amounts import read_amount
from sxsh_options.errors import Message, SxshError, message
from sxsh_options.model.merging import Document
from sxsh_options.model.rows import MAX_QUANTITY, MAX_TEXT
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import spelling
from sxsh_options.services import entry, quantities
from sxsh_options.services.editing import DRAFTS, Path, rows
from sxsh_options.services.entry import EMPTY, NOT_NEGATIVE, Bounds, Entry, Typed

CATEGORY = "category"
SAVING = "saving:"
USUAL = ("electricity", "water")  # what a grid asks for while nothing else is known
_BEFORE_SAVINGS = ("name", CATEGORY, "capex", "technical_life_years")  # in sight, whatever resources follow
_BEHIND_SAVINGS = ("annual_saving", "opex_change")

_ANY = Bounds()
_YEARS = Bounds(1, 100)
_MOST_SAVED = 1.0  # of a flow: all of it; more can be added than there was
_VND = "VND"

Kind = Literal["text", "money", "yearly", "years", "months", "days", "number"]
Option = dict[str, Any]


class Words(Protocol):
    """What is needed of a language to show a value."""

    def exact(self, value: float) -> str:
        """Write a number in full."""

    def unit(self, unit: str) -> str:
        """Write a unit."""

    def text(self, code: str, /, **params: Any) -> str:
        """Return a text."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an option.

    Attributes
    ----------
    name : str
        Its key in the document.
    kind : str
        What it holds.
    bounds : Bounds
    longest : int
        Characters of a text.
    """

    name: str
    kind: Kind
    bounds: Bounds = NOT_NEGATIVE
    longest: int = MAX_TEXT

    def read(self, typed: Typed) -> Entry:
        """Read what was typed into the field."""
        match self.kind:
            case "text":
                return entry.read_text(typed.text, self.longest)
            case "money" | "yearly":
                return entry.read_money(typed, yearly=self.kind == "yearly", bounds=self.bounds)
            case "years":
                return entry.read_whole(typed, self.bounds)
            case "months" | "days":
                plain = entry.read_plain(typed, self.bounds)
                if plain.status != "error":
                    return plain
                return entry.read_whole(typed, self.bounds, unit=self.kind.removesuffix("s"))
            case "number":
                return entry.read_plain(typed, self.bounds)

    def show(self, value: Any, words: Words) -> str:
        """Write a value of the document as it stands in the field."""
        match self.kind:
            case "text":
                return str(value)
            case "money" | "yearly":
                return show_money(value, words)
            case _:
                return words.exact(value)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("name", "text", longest=300),
        Field("name_en", "text"),
        Field("process_step", "text"),
        Field("annual_saving", "yearly", _ANY),
        Field("opex_change", "yearly", _ANY),
        Field("technical_life_years", "years", _YEARS),
        Field("depreciation_life_years", "years", _YEARS),
        Field("lead_time_months", "months"),
        Field("downtime_days", "days"),
        Field("downtime_cost", "money"),
        Field("working_capital", "money"),
        Field("salvage", "money"),
        Field("stated_co2e_t_per_year", "number", _ANY),
        Field("interaction_group", "text", longest=100),
        Field("source", "text"),
        Field("note", "text"),
    )
}
INVESTMENT = Field("capex", "money")


# Columns of the grid


def resources_in_play(document: Document, chosen: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the resources that the grid has columns for, in the order of the catalogue.

    Those that the options save, those of the baseline, those of drafts, electricity and water, and what was
    chosen beside.
    """
    wanted = {*USUAL, *chosen}
    wanted |= {str(flow.get("resource")) for flow in rows(document, "baseline", "flows")}
    for option in rows(document, "options"):
        wanted |= {str(saving.get("resource")) for saving in option.get("savings") or ()}
    for there in rows(document, DRAFTS):
        last = str(there["id"]).rpartition("/")[2]
        if last.startswith(SAVING):
            wanted.add(last.removeprefix(SAVING))
    return tuple(resource for resource in catalogue.resources() if resource in wanted)


def columns(resources: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a grid with these resources."""
    return (*_BEFORE_SAVINGS, *(f"{SAVING}{resource}" for resource in resources), *_BEHIND_SAVINGS)


def path_of(option_id: str, column: str) -> Path:
    """Return the path by which drafts of a cell go."""
    return ("options", option_id, column)


def is_number(column: str) -> bool:
    """Tell whether a column holds numbers, and not names."""
    return column not in ("name", CATEGORY)


def shown(option: Option, column: str, words: Words) -> str:
    """Return the text of a cell; of several items their sum."""
    if column.startswith(SAVING):
        return _show_savings(_savings(option, column.removeprefix(SAVING)), words)
    if column == "capex":
        return _show_investment(option, words)
    value = option.get(column)
    if value is None:
        return ""
    return words.text(f"category.{value}") if column == CATEGORY else FIELDS[column].show(value, words)


def refusal(option: Option, column: str) -> Message | None:
    """Return why a cell cannot be typed over: it stands for several rows, which the form shows one by one."""
    if column == "capex" and len(option.get("capex") or ()) > 1:
        return message("option.several_costs", count=len(option["capex"]))
    if column.startswith(SAVING):
        several = len(_savings(option, column.removeprefix(SAVING)))
        if several > 1:
            return message("option.several_savings", count=several)
    return None


def read(
    document: Document, option: Option, column: str, typed: Typed, categories: Mapping[str, str]
) -> Entry:
    """Read a cell; the value is as :func:`put` takes it.

    Parameters
    ----------
    document : dict
    option : dict
        The row that the cell belongs to.
    column : str
    typed : Typed
    categories : mapping
        Ids of the categories by their names as :func:`~sxsh_options.resources.tables.spelling` writes them.
    """
    if column == CATEGORY:
        return _read_category(typed.text, categories)
    refused = refusal(option, column)
    if refused is not None:
        return Entry("error", fault=refused)
    if column.startswith(SAVING):
        resource = column.removeprefix(SAVING)
        there = next(iter(_savings(option, resource)), {})
        return read_saving(typed, resource, flows_of(document, resource, there.get("of_flow")))
    return (INVESTMENT if column == "capex" else FIELDS[column]).read(typed)


def put(option: Option, column: str, value: Any) -> Option:
    """Return the option with the value of a cell; ``None`` takes it away."""
    if column.startswith(SAVING):
        return _put_saving(option, column.removeprefix(SAVING), value)
    if column == "capex":
        return _put_investment(option, value)
    return _with(option, column, value)


# Savings


def flows_of(document: Document, resource: str, chosen: str | None = None) -> tuple[str, ...]:
    """Return the flows of the baseline that a percentage of a resource may be of; `chosen` if it is one."""
    flows = tuple(
        str(flow["id"]) for flow in rows(document, "baseline", "flows") if flow.get("resource") == resource
    )
    return (chosen,) if chosen in flows else flows


def read_saving(typed: Typed, resource: str, flows: tuple[str, ...]) -> Entry:
    """Read what an option saves of a resource a year: a quantity, or a percentage of the only flow of it."""
    amount = read_amount(typed.text, style=typed.style)
    if not amount.is_percent:
        found = entry.read_quantity(typed, resource, quantities.usual_unit(resource), bounds=_ANY)
        if found.status == "value":
            found.value["unit"] = units.canonical(found.value["unit"])
        return found
    share = entry.read_percent(typed, Bounds(-MAX_QUANTITY / 100, _MOST_SAVED))
    if share.status != "value":
        return share
    if len(flows) != 1:
        code = "option.percent_of_which_flow" if flows else "option.percent_of_nothing"
        return Entry("error", fault=message(code, resource=resource))
    return Entry("value", {"percent": round(share.value * 100, 12), "of_flow": flows[0]}, style=share.style)


def show_saving(saving: Mapping[str, Any], words: Words) -> str:
    """Write a saving to be typed over; its unit stands there where it is not the usual one."""
    if saving.get("percent") is not None:  # of the whole flow, as it would be typed
        share = round(saving["percent"] * (saving.get("base_share") or 1.0), 12)
        return f"{words.exact(share)}\u00a0%"
    if saving.get("quantity") is None:
        return ""
    number, unit = words.exact(saving["quantity"]), str(saving.get("unit", ""))
    return number if unit in ("", _usual_unit(saving)) else f"{number}\u00a0{words.unit(unit)}"


def _show_savings(savings: list[Option], words: Words) -> str:
    """Write the saving; of several their sum, or one behind the other where they cannot be summed."""
    if len(savings) > 1 and all(saving.get("percent") is None for saving in savings):
        try:
            resource = str(savings[0]["resource"])
            usual = quantities.usual_unit(resource)
            total = sum(s["quantity"] * quantities.ratio(resource, s["unit"], usual) for s in savings)
        except (SxshError, KeyError):
            pass
        else:
            return words.exact(total)
    return " + ".join(show_saving(saving, words) for saving in savings)


def _savings(option: Option, resource: str) -> list[Option]:
    return [saving for saving in option.get("savings") or () if saving.get("resource") == resource]


def _put_saving(option: Option, resource: str, value: Any) -> Option:
    there = list(option.get("savings") or ())
    place = next((n for n, saving in enumerate(there) if saving.get("resource") == resource), len(there))
    row_id = there[place]["id"] if place < len(there) else _free_id(there, f"saving_{resource}")
    there[place : place + 1] = [] if value is None else [{"id": row_id, "resource": resource, **value}]
    return _with(option, "savings", there or None)


def _free_id(there: Iterable[Mapping[str, Any]], wanted: str) -> str:
    taken = {row.get("id") for row in there}
    return (
        wanted
        if wanted not in taken
        else next(f"{wanted}_{n}" for n in range(2, len(taken) + 3) if f"{wanted}_{n}" not in taken)
    )


# Money


def show_money(value: Any, words: Words) -> str:
    """Write an amount to be typed over; a foreign currency stands behind it."""
    return " + ".join(
        words.exact(amount) if currency == _VND else f"{words.exact(amount)}\u00a0{currency}"
        for currency, amount in amounts([value]).items()
    )


def amounts(values: Iterable[Any]) -> dict[str, float]:
    """Return the sums of amounts by currency; an amount without one is in đồng."""
    sums: dict[str, float] = {}
    for value in values:
        bare = not isinstance(value, Mapping)
        number, currency = (value, _VND) if bare else (value["amount"], value.get("currency", _VND))
        sums[currency] = sums.get(currency, 0.0) + float(number)
    return sums


def investment(option: Option) -> dict[str, float]:
    """Return the investment by currency, as far as it was entered; zero where none is needed."""
    items = option.get("capex") or ()
    return amounts(item["amount"] for item in items if item.get("amount") is not None) or {_VND: 0.0}


def _show_investment(option: Option, words: Words) -> str:
    items = option.get("capex")
    if items is None or (items and all(item.get("amount") is None for item in items)):
        return ""
    return " + ".join(
        show_money({"amount": amount, "currency": currency}, words)
        for currency, amount in investment(option).items()
    )


def _put_investment(option: Option, value: Any) -> Option:
    """Put the amount of the only cost item, made as a table of options makes it where there is none."""
    items = option.get("capex") or [{"id": "capex", "kind": "equipment"}]
    item = _with(items[0], "amount", value)
    if value is None and not item.get("name") and not item.get("vat_rate"):
        return _with(option, "capex", None)
    return _with(option, "capex", [item])


# Categories


def _read_category(text: str, names: Mapping[str, str]) -> Entry:
    """Read a category by its name, or by what its name alone begins with."""
    wanted = spelling(text)
    if not wanted:
        return (
            EMPTY if not text.strip() else Entry("error", fault=message("option.unknown_category", text=text))
        )
    found = {names[wanted]} if wanted in names else {c for n, c in names.items() if n.startswith(wanted)}
    if len(found) != 1:
        return Entry("error", fault=message("option.unknown_category", text=text))
    return Entry("value", found.pop())


def _usual_unit(saving: Mapping[str, Any]) -> str | None:
    resource = saving.get("resource")
    return quantities.usual_unit(resource) if resource in catalogue.resources() else None


def _with(row: Option, key: str, value: Any) -> Option:
    changed = {**row, key: value}
    if value is None:
        del changed[key]
    return changed

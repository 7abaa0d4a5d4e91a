"""The hidden sheet: the language, the choices of every list, prices and units for the formulas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sxsh_options.model import Assessment
from sxsh_options.resources import catalogue, conversion, prices
from sxsh_options.services.quantities import usable_units
from sxsh_options.storage.workbook import formulas, names, schema
from sxsh_options.storage.workbook.closed_lists import choices
from sxsh_options.storage.workbook.layout import key_of
from sxsh_options.storage.workbook.names import Lang
from sxsh_options.storage.workbook.spreadsheet import letters

_FIRST = 5  # row of the first choice, from 0
_KEYS = ("resource", "end_use", "parameter")  # what the key of an override may name
_NOT_YET = ""  # what a formula gave: LibreOffice takes a number for its result and does not calculate it


def list_name(of: str) -> str:
    """Return the defined name of a list of choices."""
    return f"sxsh_list_{of}"


def write_lists(
    sheet: Any,
    workbook: Any,
    assessment: Assessment | None,
    lang: Lang,
    period: tuple[str, str],
    as_of: date,
) -> None:
    """Write the hidden sheet and define its names.

    Parameters
    ----------
    sheet, workbook
        Of xlsxwriter.
    assessment : Assessment or None
        Whose units must be known to the formulas.
    lang : {"vi", "en"}
    period : tuple of str
        Addresses of the first and last day of the baseline.
    as_of : date
        The day whose published prices count where none is stated.
    """
    title = sheet.get_name()

    def define(name: str, area: str) -> None:
        workbook.define_name(name, f"='{title}'!{area}")

    sheet.write_string(0, 0, key_of(schema.LISTS, "language"))
    sheet.write_string(0, 1, lang)
    sheet.write_string(1, 0, key_of(schema.LISTS, "version"))
    sheet.write_number(1, 1, schema.VERSION)
    sheet.write_formula(2, 1, formulas.years(*period), None, _years(assessment))
    define(formulas.YEARS, "$B$3")
    sheet.write_string(3, 1, names.shown("override", "price", lang))
    define("sxsh_own_price", "$B$4")
    lists = {
        of: list(names.values(of))
        for of in (*choices(), "sector", "resource", "end_use", "source", "evidence", "unit")
    }
    shown = {of: [names.shown(of, value, lang) for value in values] for of, values in lists.items()}
    shown["key"] = [names.shown(of, value, lang) for of in _KEYS for value in names.values(of)]
    column = 3
    for of, texts in shown.items():
        for number, text in enumerate(texts, _FIRST):
            sheet.write_string(number, column, text)
        at = letters(column + 1)
        define(list_name(of), f"${at}${_FIRST + 1}:${at}${_FIRST + len(texts)}")
        column += 1
    column = _write_prices(sheet, lang, column + 1, define, as_of)
    _write_units(sheet, assessment, lang, column + 1, define)


def _write_prices(sheet: Any, lang: Lang, column: int, define: Any, as_of: date) -> int:
    """Write what a canonical unit of each resource costs."""
    resources = catalogue.resources()
    at = letters(column + 1)
    for row, resource in enumerate(resources.values(), _FIRST):
        sheet.write_string(row, column, names.shown("resource", resource.resource_id, lang))
        published = prices.default_price(resource.resource_id, as_of)
        formula = formulas.price_of_resource(
            f"{at}{row + 1}", published=published.number if published else None, bought=resource.bought
        )
        sheet.write_formula(row, column + 1, formula, None, _NOT_YET)
    last = _FIRST + len(resources)
    define(formulas.PRICES, f"${at}${_FIRST + 1}:${letters(column + 2)}${last}")
    return column + 2


def _write_units(sheet: Any, assessment: Assessment | None, lang: Lang, column: int, define: Any) -> None:
    """Write how many canonical units one unit of each resource is."""
    known = {
        f"{names.shown('resource', resource, lang)}|{names.shown('unit', unit, lang)}": per_unit(
            resource, unit
        )
        for resource, unit in (*_usual(), *_used(assessment))
    }
    for row, (key, ratio) in enumerate(known.items(), _FIRST):
        sheet.write_string(row, column, key)
        sheet.write_number(row, column + 1, ratio)
    at, beside = letters(column + 1), letters(column + 2)
    define(formulas.UNITS, f"${at}${_FIRST + 1}:${beside}${_FIRST + len(known)}")


def per_unit(resource: str, unit: str) -> float:
    """Return how many canonical units one unit of a resource is."""
    return float(conversion.to_canonical(resource, 1.0, unit))


def _usual() -> Iterable[tuple[str, str]]:
    return ((resource, unit) for resource in catalogue.resources() for unit in usable_units(resource))


def _used(assessment: Assessment | None) -> Iterable[tuple[str, str]]:
    if assessment is None:
        return
    if assessment.baseline:
        yield from ((flow.resource, flow.unit) for flow in assessment.baseline.flows)
    for option in assessment.options:
        yield from ((saving.resource, saving.unit) for saving in option.savings if saving.unit)
    for override in assessment.overrides:
        if override.kind == "price" and override.unit:
            yield override.key, override.unit


def _years(assessment: Assessment | None) -> float:
    return assessment.baseline.years if assessment and assessment.baseline else 1.0

"""The first sheet: how to fill in the others, and a worked example that is never taken for data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sxsh_options.resources import catalogue, conversion, prices
from sxsh_options.services.quantities import usual_unit
from sxsh_options.storage.results_table import Words
from sxsh_options.storage.workbook import names, schema
from sxsh_options.storage.workbook.columns import BENEFIT, INVESTMENT, PAYBACK
from sxsh_options.storage.workbook.layout import key_of
from sxsh_options.storage.workbook.paper import LOCKED_TINT, WHOLE, YEARS, Paper
from sxsh_options.storage.workbook.schema import OPTIONS

_STEPS = (
    "colours",
    "start",
    "options",
    "details",
    "prices",
    "numbers",
    "days",
    "ids",
    "rows",
    "formulas",
    "back",
)
_WIDTHS = (34.0, 34.0, 90.0)
# The worked example: a frequency converter that saves 4,000 kWh a month at 2,000 ₫, and costs 2 million
# more a year to look after: 48,000 × 2,000 − 2,000,000 = 94,000,000 ₫ a year, and 120/94 years.
_INVESTED, _SAVED, _PRICE, _OPEX, _LIFE = 120e6, 48e3, 2e3, 2e6, 10.0
_NET = _SAVED * _PRICE - _OPEX


def write_guide(sheet: Any, paper: Paper, wording: Words, titles: Mapping[str, str], as_of: date) -> None:
    """Write the guide; `titles` are the names of all sheets, `as_of` the day of the published prices."""
    lang: names.Lang = wording.lang
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, key_of(schema.GUIDE, "-"))
    title = paper.style(bold=True, font_size=16, text_wrap=False)
    heading = paper.style(bold=True, font_size=12, text_wrap=False)
    sheet.write_string(1, 0, wording.text("workbook.guide.title"), title)
    plain, bold, link = paper.style(), paper.style(bold=True), paper.style(font_color="#0B5394", underline=1)
    row = 3
    for number, step in enumerate(_STEPS, 1):
        sheet.merge_range(row, 0, row, 2, "", plain)
        known = {"day": as_of, "prices": _published(wording, as_of)} if step == "prices" else {}
        text = f"{number}. {wording.text(f'workbook.guide.{step}', **known)}"
        sheet.write_string(row, 0, text, plain)
        paper.fit(sheet, row, [(text, sum(_WIDTHS))])
        row += 1
    row += 1
    sheet.write_string(row, 0, wording.text("workbook.guide.sheets"), heading)
    for key in schema.ORDER[1:]:
        row += 1
        sheet.write_url(row, 0, f"internal:'{titles[key]}'!A1", link, titles[key])
        sheet.merge_range(row, 1, row, 2, "", plain)
        sheet.write_string(row, 1, wording.text(f"workbook.about.{key}"), plain)
    row += 2
    sheet.write_string(row, 0, wording.text("workbook.guide.example"), heading)
    row += 1
    for at, head in enumerate(("item", "example", "purpose")):
        sheet.write_string(row, at, wording.text(f"workbook.form.{head}"), paper.head())
    saving = wording.text(
        "workbook.options.saving",
        resource=names.shown("resource", "electricity", lang),
        unit=names.shown("unit", "kwh", lang),
    )
    example: dict[str, str | float] = {
        "id": wording.text("workbook.example.id"),
        "name": wording.text("workbook.example.name"),
        "category": names.shown("category", "process_control", lang),
        "process_step": wording.text("workbook.example.process_step"),
        INVESTMENT: _INVESTED,
        saving: _SAVED,
        "opex_change": _OPEX,
        "technical_life_years": _LIFE,
        "decision.triage": names.shown("triage", "analyse_further", lang),
        BENEFIT: _NET,
        PAYBACK: _INVESTED / _NET,
    }
    for path, value in example.items():
        row += 1
        label = saving if path == saving else names.headers(OPTIONS.key, path)[lang]
        sheet.write_string(row, 0, label, bold)
        shown = YEARS if path == PAYBACK else WHOLE
        look = paper.style(
            bg_color=LOCKED_TINT, num_format=shown, align="left", border=1, border_color="#D5DBE1"
        )
        paper.put(sheet, row, 1, value, look)
        code = "saving" if path == saving else path
        hint = names.hints(OPTIONS.key, code).get(lang, "")
        sheet.write_string(row, 2, hint, plain)
        paper.fit(sheet, row, [(label, _WIDTHS[0]), (str(value), _WIDTHS[1]), (hint, _WIDTHS[2])])
    paper.finish(sheet, first_row=1)


def _published(wording: Words, as_of: date) -> str:
    """Return the default prices of a day, each for the unit that the resource is usually bought in."""
    shown = []
    for resource in catalogue.resources():
        price = prices.default_price(resource, as_of)
        if price is not None:
            unit = usual_unit(resource)
            per_unit = price.number * float(conversion.to_canonical(resource, 1.0, unit))
            shown.append(f"{wording.resource(resource)} {wording.quantity(round(per_unit), f'VND/{unit}')}")
    return "; ".join(shown)

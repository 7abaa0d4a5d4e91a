"""What stands in the cells of each sheet for an assessment, before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from math import isinf
from typing import Any

from sxsh_options.model import Assessment, Option
from sxsh_options.services.quantities import usual_unit
from sxsh_options.storage.workbook import formulas, names, schema, values
from sxsh_options.storage.workbook.columns import (
    AFTER_SAVINGS,
    BENEFIT,
    COST,
    IDS,
    INVESTMENT,
    PAYBACK,
    WRITTEN_UNIT,
    Column,
    Form,
    Table,
)
from sxsh_options.storage.workbook.formulas import SavedColumn
from sxsh_options.storage.workbook.layout import SavingColumn
from sxsh_options.storage.workbook.lists import per_unit
from sxsh_options.storage.workbook.names import Lang
from sxsh_options.storage.workbook.own_row import (
    DONG,
    currency_of,
    path_of,
    plain_investment,
    plain_savings,
    written_ids,
)
from sxsh_options.storage.workbook.paper import Formula, Value
from sxsh_options.storage.workbook.preview import OptionPreview, Previews

Line = Mapping[str, Value | Formula]  # of a table, by path
# columns of a template that nobody has filled in
_USUAL = ("electricity", "coal", "anthracite", "diesel", "wood", "water")
_MOST_FLOWS = 8  # of the baseline that get a column of savings before any option saves them


def field_values(form: Form, assessment: Assessment | None, lang: Lang) -> dict[str, Value]:
    """Return the values of a form's fields by path."""
    parts = {schema.ASSUMPTIONS.key: "assumptions", schema.FINANCING.key: "financing"}
    root: Any = assessment
    if form.key in parts:
        root = _at(assessment, parts[form.key])
    return {
        column.path: values.written(column, _at(root, column.path), values.PLAIN, lang)
        for column in form.columns
    }


def lines(
    table: Table, assessment: Assessment | None, saved: Mapping[str, SavedColumn], lang: Lang, as_of: date
) -> list[Line]:
    """Return the rows of a table other than the options; of these, what their own rows cannot say."""
    if assessment is None:
        return []
    if table is schema.GROWTH:
        rates = assessment.assumptions.price_growth
        rows: Iterable[tuple[str, Any]] = (("", {"resource": r, "growth": g}) for r, g in rates.items())
    elif table is schema.FURTHER:
        rows = ((option.id, option) for option in assessment.options if _says_more(option))
    elif table.in_option:
        rows = ((option.id, row) for option in assessment.options for row in _details(table, option, saved))
    else:
        rows = (("", row) for row in _at(assessment, table.at) or ())
    previews = Previews(assessment, as_of) if table is schema.FLOWS else None
    return [_line(table, option, row, lang, previews) for option, row in rows]


def _line(table: Table, option: str, row: Any, lang: Lang, previews: Previews | None) -> Line:
    about = _about(table, row)
    made: dict[str, Value | Formula] = {}
    for column in table.columns:
        if column.kind in ("formula", "hidden"):
            continue
        if column.kind == "option":
            made[column.path] = option
        elif column.kind == "currency":
            made[column.path] = None if about.currency == DONG else about.currency
        else:
            made[column.path] = values.written(column, _at(row, column.path), about, lang)
    unit = _at(row, "unit")
    if any(column.path == WRITTEN_UNIT for column in table.columns) and unit:
        read = names.meant("unit", names.shown("unit", unit, lang))
        made[WRITTEN_UNIT] = unit if read is not None and read != unit else None
    if previews is not None:
        cost = previews.flow_cost(row.id)
        made[COST] = Formula("", "" if cost is None else cost)
    return made


def _about(table: Table, row: Any) -> values.Row:
    """Return what decides about the meaning of a row's other cells."""
    main = _at(row, "unit_price" if table is schema.FLOWS else "amount")
    has_currency = any(column.kind == "currency" for column in table.columns)
    return values.Row(
        currency=main.currency if main is not None and has_currency else DONG,
        in_percent=_at(row, "percent") is not None,
        list_of_keys=names.list_of_keys(_at(row, "kind")),
    )


# Options


def saved_columns(assessment: Assessment | None, lang: Lang) -> dict[str, SavedColumn]:
    """Return the columns of saved quantities by path: what is saved, and what could be."""
    found: dict[SavingColumn, None] = {}
    plain: set[str] = set()
    for option in assessment.options if assessment else ():
        for column in plain_savings(option) or ():
            found[column] = None
            plain.add(column.resource)
    others = [
        s.resource
        for o in (assessment.options if assessment else ())
        for s in o.savings
        if s.resource not in plain
    ]
    baseline = assessment.baseline if assessment else None
    flows = [flow.resource for flow in baseline.flows] if baseline else list(_USUAL)
    for resource in dict.fromkeys(
        [*others, *[r for r in dict.fromkeys(flows) if r not in plain][:_MOST_FLOWS]]
    ):
        found[SavingColumn(resource, usual_unit(resource))] = None
    return {
        path_of(column): SavedColumn(
            column,
            names.shown("resource", column.resource, lang),
            per_unit(column.resource, column.unit),
        )
        for column in found
    }


def option_lines(
    assessment: Assessment | None, saved: Mapping[str, SavedColumn], lang: Lang, never: str, as_of: date
) -> list[Line]:
    """Return the rows of the options: what a row says by itself, else sums over the rows that say it."""
    if assessment is None:
        return []
    previews = Previews(assessment, as_of).options()
    return [
        _option_line(option, preview, saved, lang, never)
        for option, preview in zip(assessment.options, previews, strict=True)
    ]


def _option_line(
    option: Option, preview: OptionPreview, saved: Mapping[str, SavedColumn], lang: Lang, never: str
) -> Line:
    currency = currency_of(option)
    about = values.Row(currency=currency)
    made: dict[str, Value | Formula] = {
        column.path: values.written(column, _at(option, column.path), about, lang)
        for column in schema.OPTIONS.columns
        if not column.path.startswith("_") and column.kind != "currency"
    }
    made["currency"] = None if currency == DONG else currency
    item = plain_investment(option)
    if item is not None:
        made[INVESTMENT] = values.written(_INVESTMENT, item.amount, about, lang)
    elif option.capex:
        made[INVESTMENT] = Formula("investment", preview.investment)
    plain = own_savings(option, saved)
    if plain is not None:
        made |= {path_of(column): saving.quantity for column, saving in plain.items()}
    else:
        made |= {
            path: Formula("saving", preview.saved[each.column.resource] / each.per_unit)
            for path, each in first_columns(saved).items()
            if each.column.resource in preview.saved
        }
    made[IDS] = written_ids(item, plain or {}) or None
    made[BENEFIT] = Formula("", "" if preview.benefit is None else preview.benefit)
    payback = preview.payback
    made[PAYBACK] = Formula("", "" if payback is None else never if isinf(payback) else payback)
    return made


def own_savings(option: Option, saved: Mapping[str, SavedColumn]) -> Mapping[SavingColumn, Any] | None:
    """Return the savings that an option's own row says, in the order of the columns; else ``None``."""
    plain = plain_savings(option)
    if plain is None:
        return None
    order = [each.column for each in saved.values()]
    return plain if list(plain) == sorted(plain, key=order.index) else None


def first_columns(saved: Mapping[str, SavedColumn]) -> dict[str, SavedColumn]:
    """Return the first column of each resource."""
    firsts = {each.resource: path for path, each in reversed(list(saved.items()))}
    return {path: saved[path] for path in saved if path in firsts.values()}


def option_columns(saved: Mapping[str, SavedColumn]) -> list[Column]:
    """Return the columns of the options' sheet, with those of saved quantities among them."""
    columns = list(schema.OPTIONS.columns)
    at = next(n for n, column in enumerate(columns) if column.path == AFTER_SAVINGS)
    columns[at:at] = [Column(path, "number", width=14.0) for path in saved]
    return columns


def _details(table: Table, option: Option, saved: Mapping[str, SavedColumn]) -> Sequence[Any]:
    """Return an option's rows on a sheet of details: those that its own row cannot say."""
    if table is schema.COSTS and plain_investment(option):
        return ()
    if table is schema.SAVINGS and own_savings(option, saved) is not None:
        return ()
    return tuple(getattr(option, table.at))


def _says_more(option: Option) -> bool:
    return any(
        _at(option, column.path) not in (None, "", ())
        for column in schema.FURTHER.columns
        if column.kind != "option"
    )


_INVESTMENT = next(column for column in schema.OPTIONS.columns if column.path == INVESTMENT)


def _at(value: Any, path: str) -> Any:
    """Return what stands at a path of a part of the assessment; ``None`` where there is nothing."""
    return reduce(_inner, path.split("."), value) if "." in path else _inner(value, path)


def _inner(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else getattr(value, key, None)


def row_formulas(
    table: Table, cell: formulas.Cell, saved: Mapping[str, SavedColumn], terms: formulas.Terms
) -> Mapping[str, str]:
    """Return the formulas of one row of a table."""
    if table is schema.OPTIONS:
        return formulas.of_option(cell, saved, terms)
    by_table = {
        "flows": formulas.of_flow,
        "costs": formulas.of_cost,
        "savings": formulas.of_saving,
        "benefits": formulas.of_benefit,
        "further": formulas.of_further,
        "overrides": formulas.of_override,
    }
    make = by_table.get(table.key)
    return make(cell, terms) if make else {}

"""From checked columns to the options of the model, many at once.

Validating every row again would take longer than all the rest of the reading. So the instances are made
the way unpickling makes them, from values that the reader has checked; a test holds the result
against the validated one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from sxsh_options.model import Category, CostItem, CostKind, CostMoney, Money, Option, Saving
from sxsh_options.storage.columns import SavingColumn

Numbers = list[float | None]  # one column; None where the cell is empty

RowModel = TypeVar("RowModel", bound=BaseModel)
_OPTION_FIELDS = (
    "id",
    "name",
    "category",
    "capex",
    "annual_saving",
    "opex_change",
    "savings",
    "technical_life_years",
)


class Rows(NamedTuple):
    """A checked table, column by column; every column is N long.

    ``numbers`` holds the numeric columns that there are, by name; ``capex_vnd`` is among them.
    """

    ids: Sequence[str]
    names: Sequence[str]
    categories: Sequence[Category | None]
    lives: Sequence[int]
    numbers: dict[str, Numbers]
    savings: Sequence[SavingColumn]


def build_options(table: Rows) -> tuple[Option, ...]:
    """Return one option a row.

    The investment is one item of unstated kind, and each physical saving is named after its column.
    """
    numbers = table.numbers
    nothing: Numbers = [None] * len(table.ids)
    amounts = [{"amount": value, "currency": "VND"} for value in numbers["capex_vnd"]]
    costs = _instances(CostMoney, amounts, {"amount"})
    item = _fields(CostItem(id="capex", kind=CostKind.OTHER, amount=CostMoney(amount=0.0)))
    items = _instances(CostItem, [{**item, "amount": cost} for cost in costs], {"id", "kind", "amount"})
    empty = _fields(Option(id="x", name="x", technical_life_years=1))
    rows = zip(
        table.ids,
        table.names,
        table.categories,
        zip(items, strict=True),
        _amounts(numbers.get("annual_saving_vnd", nothing)),
        _amounts(numbers.get("opex_change_vnd_per_year", nothing)),
        _savings(table),
        table.lives,
        strict=True,
    )
    values = [{**empty, **dict(zip(_OPTION_FIELDS, row, strict=True))} for row in rows]
    return tuple(_instances(Option, values, set(_OPTION_FIELDS)))


def _amounts(column: Numbers) -> list[Money | None]:
    values = [{"amount": value, "currency": "VND"} for value in column if value is not None]
    made = iter(_instances(Money, values, {"amount"}))
    return [None if value is None else next(made) for value in column]


def _savings(table: Rows) -> list[tuple[Saving, ...]]:
    """Return the physical savings of each row."""
    rows: list[list[Saving]] = [[] for _ in table.ids]
    for column in table.savings:
        saving = _fields(Saving(id=column.name, resource=column.resource, quantity=0.0, unit=column.unit))
        filled = [
            (row, value)
            for row, value in zip(rows, table.numbers[column.name], strict=True)
            if value is not None
        ]
        values = [{**saving, "quantity": value} for _, value in filled]
        made = _instances(Saving, values, {"id", "resource", "quantity", "unit"})
        for (row, _), instance in zip(filled, made, strict=True):
            row.append(instance)
    return [tuple(row) for row in rows]


def _fields(example: BaseModel) -> dict[str, Any]:
    return dict(example.__dict__)


def _instances(model: type[RowModel], values: Sequence[dict[str, Any]], given: set[str]) -> list[RowModel]:
    """Return an instance of a frozen model for each dict of all its fields; `given` were set."""
    instances = list(map(model.__new__, repeat(model, len(values))))
    state: dict[str, Any] = {
        "__dict__": values,
        "__pydantic_fields_set__": repeat(given),
        "__pydantic_extra__": repeat(None),
        "__pydantic_private__": repeat(None),
    }
    for slot, contents in state.items():
        deque(map(object.__setattr__, instances, repeat(slot), contents), maxlen=0)
    return instances

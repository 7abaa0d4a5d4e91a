"""What an option's own row can say by itself: its investment as one amount, its savings as quantities.

Whatever says more, such as an item with its VAT or a percentage of a flow, stands on a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sxsh_options.model import CostItem, CostKind, Option, Saving
from sxsh_options.storage.workbook.columns import INVESTMENT, SAVING
from sxsh_options.storage.workbook.layout import SavingColumn

USUAL_COST_ID = "capex"
DONG = "VND"


def currency_of(option: Option) -> str:
    """Return the currency that the amounts of an option's own row are in."""
    item = plain_investment(option)
    amounts = (option.annual_saving, item.amount if item else None, option.opex_change)
    return next((money.currency for money in amounts if money is not None), DONG)


def plain_investment(option: Option) -> CostItem | None:
    """Return the one item of the investment, where an amount says all of it."""
    if len(option.capex) != 1:
        return None
    (item,) = option.capex
    return item if item == CostItem(id=item.id, kind=CostKind.OTHER, amount=item.amount) else None


def plain_savings(option: Option) -> Mapping[SavingColumn, Saving] | None:
    """Return the savings by their columns, where quantities say all of them; else ``None``."""
    found: dict[SavingColumn, Saving] = {}
    for saving in option.savings:
        quantity, unit = saving.quantity, saving.unit
        if quantity is None or unit is None:
            return None
        if saving != Saving(id=saving.id, resource=saving.resource, quantity=quantity, unit=unit):
            return None
        found[SavingColumn(saving.resource, unit)] = saving
    return found if len(found) == len(option.savings) else None


def path_of(column: SavingColumn) -> str:
    """Return the path of a column of saved quantities."""
    return f"{SAVING}:{column.resource}:{column.unit}"


def usual_ids(columns: Sequence[SavingColumn], taken: Iterable[str] = ()) -> dict[SavingColumn, str]:
    """Return the ids of savings that were given none, as the screens give them."""
    found: dict[SavingColumn, str] = {}
    used = set(taken)
    for column in columns:
        stem = name = f"saving_{column.resource}"
        number = 1
        while name in used:
            number += 1
            name = f"{stem}_{number}"
        used.add(name)
        found[column] = name
    return found


def written_ids(item: CostItem | None, savings: Mapping[SavingColumn, Saving]) -> str:
    """Return the ids of what stands in the row, where they are not the usual ones: a line each."""
    lines = [f"{INVESTMENT}={item.id}"] if item is not None and item.id != USUAL_COST_ID else []
    if {column: saving.id for column, saving in savings.items()} != usual_ids(list(savings)):
        lines += [f"{path_of(column)}={saving.id}" for column, saving in savings.items()]
    return "\n".join(lines)


def read_ids(written: str) -> dict[str, str]:
    """Return the ids that :func:`written_ids` wrote, by path."""
    return dict(line.split("=", 1) for line in written.split("\n") if "=" in line)

"""What every part of an assessment is made of: strict rows with stable ids, and money."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_TEXT = 2_000
MAX_QUANTITY = 1e18  # of an amount or a quantity: sums and products of a few stay far inside a double
MAX_EXCHANGE_RATE = 1e9  # VND for one unit of a currency


class Row(BaseModel):
    """A strict, frozen piece of an assessment: unknown keys, NaN and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def numbered(prefix: str) -> BeforeValidator:
    """Give rows that came without an id the next free one: ``prefix`` and a number.

    The number depends on the rows alone, so reading the same document twice gives the same ids.
    """

    def fill(rows: Any) -> Any:
        if not isinstance(rows, (list, tuple)):
            return rows
        ids = (row.get("id") if isinstance(row, dict) else getattr(row, "id", None) for row in rows)
        taken = {given for given in ids if isinstance(given, str)}
        filled, number = [], 0
        for row in rows:
            if isinstance(row, dict) and "id" not in row:
                number += 1
                while f"{prefix}{number}" in taken:
                    number += 1
                filled.append({"id": f"{prefix}{number}", **row})
            else:
                filled.append(row)
        return filled

    return BeforeValidator(fill)


def _unique_ids(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise ValueError(f"duplicate_id:{row.id}")
        seen.add(row.id)
    return rows


unique_ids = AfterValidator(_unique_ids)


def _as_tuple(value: Any) -> Any:
    """Let a list stand for a tuple (JSON has no tuples, and strict mode asks for one)."""
    return tuple(value) if isinstance(value, list) else value


as_tuple = BeforeValidator(_as_tuple)

Id = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\s=+\-@'\"<>][^\t\r\n\"<>]*$")]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Quantity = Annotated[float, Field(ge=-MAX_QUANTITY, le=MAX_QUANTITY)]
PositiveOrZero = Annotated[float, Field(ge=0, le=MAX_QUANTITY)]


class Money(Row):
    """An amount in a currency, net of VAT. A bare number in JSON means Vietnamese dong."""

    amount: Quantity
    currency: Currency = "VND"


class CostMoney(Money):
    """Money that cannot be negative: a price paid, an investment."""

    amount: PositiveOrZero


def _bare_number(value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"amount": float(value)} if is_number else value


Amount = Annotated[Money, BeforeValidator(_bare_number)]
Cost = Annotated[CostMoney, BeforeValidator(_bare_number)]


def _day(value: Any) -> Any:
    """Read an ISO date in text, as JSON gives it; anything else is left to the type."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


Day = Annotated[date, BeforeValidator(_day)]


class ExchangeRate(Row):
    """What one unit of a foreign currency is worth, on a day, by whom."""

    id: Id
    currency: Currency
    vnd_per_unit: Annotated[float, Field(gt=0, le=MAX_EXCHANGE_RATE)]
    on: Day
    source: Text
    evidence: Text = "unverified-medium"

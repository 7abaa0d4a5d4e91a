"""A test of facts, or several of which all or any must hold, as a file of `data/funding` states it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Annotated, Any, LiteralString

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sxsh_options.errors import DataFileError
from sxsh_options.funding.facts import DOMAINS, FACTS
from sxsh_options.model.rows import Row, as_tuple
from sxsh_options.parameters import DATA_FOLDER, read_table

NOT_BLANK = r"\S"

Words = Annotated[str, Field(max_length=2_000, pattern=NOT_BLANK)]


def refused(code: LiteralString, *at: str | int, **params: str) -> PydanticCustomError:
    """Return the error of a broken rule: what is wrong, and at which field below the one that is checked."""
    return PydanticCustomError(code, code, {"at": at, "params": params})


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) < len(values):
        number = next(n for n, value in enumerate(values) if value in values[:n])
        raise refused("twice", number, what=str(values[number]))
    return values


distinct = AfterValidator(_distinct)
Ids = Annotated[tuple[str, ...], distinct, as_tuple]


class Rule(Row):
    """A test of one fact, or several rules of which all or any must hold.

    ``at_most`` and ``at_least`` include their bound; ``over`` and ``under`` do not.
    """

    field: str | None = None
    one_of: Annotated[tuple[Words, ...], Field(min_length=1), distinct, as_tuple] | None = None
    equals: bool | None = None
    at_most: float | None = None
    at_least: float | None = None
    over: float | None = None
    under: float | None = None
    all: Annotated[tuple[Rule, ...], Field(min_length=1), as_tuple] | None = None
    any: Annotated[tuple[Rule, ...], Field(min_length=1), as_tuple] | None = None

    @cached_property
    def comparison(self) -> tuple[str, Any]:
        """Name and bound of the comparison of a test."""
        return next((name, getattr(self, name)) for name in COMPARISONS if getattr(self, name) is not None)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The facts that the rule asks about, each once."""
        inner = self.all or self.any
        found = (name for each in inner for name in each.fields) if inner else (str(self.field),)
        return tuple(dict.fromkeys(found))

    @model_validator(mode="after")
    def _one_way(self) -> Rule:
        ways = [self.field, self.all, self.any]
        compared = [name for name in COMPARISONS if getattr(self, name) is not None]
        if sum(way is not None for way in ways) != 1 or len(compared) != (self.field is not None):
            raise refused("rule_one_way")
        if self.field is not None:
            _check_test(self.field, compared[0], self.one_of or ())
        return self


COMPARISONS = ("one_of", "equals", "at_most", "at_least", "over", "under")


def _check_test(field: str, comparison: str, values: Sequence[str]) -> None:
    """Refuse a test of a fact that there is not, or that can never hold as it is written."""
    if field not in FACTS:
        raise refused("unknown_fact", "field", what=field)
    domain = DOMAINS[field]
    by_domain = {"bool": ("equals",), "number": ("at_most", "at_least", "over", "under")}
    if comparison not in by_domain.get(str(domain), ("one_of",)):
        raise refused("unfit_test", comparison, fact=field, what=comparison)
    possible = _sectors() if field == "sector" else domain if isinstance(domain, tuple) else ()
    for number, value in enumerate(values if possible else ()):
        if value not in possible:
            raise refused("unknown_value", "one_of", number, fact=field, what=value)


@cache
def _sectors() -> tuple[str, ...]:
    """Return the sectors that the product knows; none where their table cannot be read."""
    columns = ("sector_id", "name_vi", "name_en", "aliases")
    try:
        rows = read_table(DATA_FOLDER / "catalogue" / "sectors.csv", columns)
    except (DataFileError, OSError):
        return ()
    return tuple(row["sector_id"] for row in rows)

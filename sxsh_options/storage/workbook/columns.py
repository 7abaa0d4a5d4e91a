"""What a sheet is described with: its columns, a table of many rows, a form of one value a row.

A table has a row for each row of a list of the assessment; a form has a row for each of its fields. A
column's `path` leads to its value inside the row (``decision.triage``); what begins with ``_`` is worked
out by a formula, or stands for something else, and is explained where it is used.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "text",
    "id",
    "option",  # id, or name, of a row of the options
    "options",  # several of them, one a line
    "flow",  # id of a flow
    "number",
    "whole",
    "share",  # 0.125, shown as 12.5 %
    "percent",  # 12.5, shown as 12.5 %
    "band",  # a percent where the row has one, else a number
    "money",
    "currency",
    "day",
    "unit",
    "choice",
    "formula",
    "hidden",  # what only this program reads
]
NUMERIC = frozenset({"number", "whole", "share", "percent", "band", "money"})


class Column(NamedTuple):
    """A column of a table, or a field of a form."""

    path: str
    kind: Kind = "text"
    choices: str = ""  # name of the list that a choice is from
    width: float = 14.0
    required: bool = False
    may_be_blank: bool = False  # an empty cell is an empty text, not a missing one
    group: str = ""  # of a form: what the heading above this field calls it and those that follow


class Table(NamedTuple):
    """A sheet with a row for each element of a list.

    Attributes
    ----------
    key : str
    at : str
        Path of the list; inside an option where there is a column of kind ``option``.
    columns : tuple of Column
    """

    key: str
    at: str
    columns: tuple[Column, ...]

    @property
    def in_option(self) -> bool:
        """Whether its rows belong to options."""
        return self.columns[0].kind == "option"


class Form(NamedTuple):
    """A sheet with a row for each field."""

    key: str
    columns: tuple[Column, ...]


INVESTMENT = "_investment"  # the whole investment, where it is one amount; else the sum of its items
IDS = "_ids"  # ids of what stands in the option's own row, where they are not the usual ones
WRITTEN_UNIT = "_unit"  # the unit as the assessment spells it, where it is not by its name
COST, BENEFIT, PAYBACK = "_cost", "_benefit", "_payback"  # formulas that people look at
SEEN = frozenset({INVESTMENT, COST, BENEFIT, PAYBACK})
SAVING = "saving_"  # columns of saved quantities: saving_<resource>_<unit>
AFTER_SAVINGS = "annual_saving"  # the column that follows them

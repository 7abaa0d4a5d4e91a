"""A flat options table that is wrong in places, read into a document: every good cell is kept."""

from __future__ import annotations

from collections.abc import Sequence

from sxsh_options.errors import InputError, Message, message
from sxsh_options.resources import catalogue
from sxsh_options.services.editing import Document
from sxsh_options.storage.bulk import build_options
from sxsh_options.storage.columns import REQUIRED, SavingColumn
from sxsh_options.storage.import_parts import MAX_OPTIONS, Drafts, free_ids, not_too_many
from sxsh_options.storage.options_csv import TableReader, assessment_named

_FIELDS = {
    "name": "name",
    "category": "category",
    "capex_vnd": "capex",
    "annual_saving_vnd": "annual_saving",
    "opex_change_vnd_per_year": "opex_change",
    "lifetime_years": "technical_life_years",
}


class LenientTable(TableReader):
    """One table on its way to a document.

    Attributes
    ----------
    notes : list of Message
        Which rows were given another id than the table has.
    """

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, MAX_OPTIONS)
        fixed = self._layout.fixed.items()
        self._field_at = {position: _FIELDS[column] for column, position in fixed if column in _FIELDS}
        self._saving_at = {saving.position: saving for saving in self._layout.savings}
        self.notes: list[Message] = []
        self._bad: set[tuple[int, int]] = set()  # cells, by index of the row and position

    def _fault(self, what: Message, index: int, position: int) -> bool:
        """Note a fault; look at every cell, however many faults there are."""
        self._bad.add((index, position))
        super()._fault(what, index, position)
        return False

    def document(self) -> Document:
        """Return the rows as a document; what is wrong with them goes to :attr:`faults`.

        Raises
        ------
        InputError
            The table as a whole cannot be used: a required column is missing, it has no rows, or too many.
        """
        not_too_many(len(self._table.row_numbers), self._name)
        if any(column not in self._layout.fixed for column in REQUIRED):
            raise InputError(self.faults.messages())
        rows = self.rows()
        for column, position in self._numeric.items():
            values = rows.numbers[column]
            for index, cell in enumerate(self._table.columns[position]):
                if cell.strip() and values[index] is None:  # unsettled for the sake of another cell
                    self._bad.add((index, position))
                elif (index, position) in self._bad:
                    values[index] = None
        rows.numbers["capex_vnd"] = [value or 0.0 for value in rows.numbers["capex_vnd"]]
        rows = rows._replace(ids=self._ids(rows.ids))
        written = [option.model_dump(mode="json", exclude_none=True) for option in build_options(rows)]
        drafts = Drafts()
        for index, position in sorted(self._bad):
            self._mend(written[index], index, position, drafts)
        for option in written:
            if not option["savings"] and "annual_saving" not in option:
                # No benefit is known, which is not the same as none.
                del option["savings"], option["benefits"]
        document = assessment_named(self._name).model_dump(mode="json", exclude_none=True)
        return drafts.put_into({**document, "options": written})

    def _ids(self, written: Sequence[str]) -> list[str]:
        """Return the ids of the rows, with new ones for those that are empty, ill-formed or there twice."""
        position = self._layout.fixed["option_id"]
        fresh = free_ids("option", written)
        ids = list(written)
        for index in sorted(index for index, at in self._bad if at == position):
            ids[index] = next(fresh)
            given = message("import.id_given", id=ids[index])
            self.notes.append(given.at(file=self._name, row=self._table.row_numbers[index]))
        return ids

    def _mend(self, option: Document, index: int, position: int, drafts: Drafts) -> None:
        """Take what a bad cell stands for out of its option, and keep its text."""
        text = self._table.columns[position][index].strip()
        if (field := self._field_at.get(position)) is not None:
            option.pop(field, None)
        elif (saving := self._saving_at.get(position)) is not None and text:
            field = f"saving:{saving.resource}"
            # Without its quantity the saving keeps the option unfinished: the others alone are not all.
            option["savings"].append({"id": saving.name, "resource": saving.resource, "unit": saving.unit})
            text = _with_unit(text, saving)
        if field is not None and text:
            drafts.add(("options", option["id"], field), text)


def _with_unit(text: str, saving: SavingColumn) -> str:
    """Return the text of a cell with the unit of its column, where a reader of it would take another one."""
    usual = catalogue.find(saving.resource).unit
    return text if saving.unit == usual else f"{text} {saving.unit}"

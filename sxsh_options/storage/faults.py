"""Every fault of a table at once, in file order, however many there are."""

from __future__ import annotations

from sxsh_options.errors import InputError, Message, message

MAX_FAULTS = 1_000
_ROOM = 2 * MAX_FAULTS


class Faults:
    """Collects what is wrong with the cells of one file.

    The first ``MAX_FAULTS`` in file order are kept, and all are counted.

    Parameters
    ----------
    file : str
        How the file is called in messages.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, int, Message]] = []
        self._last: tuple[int, int] | None = None  # once there are enough: what comes behind it only counts
        self.total = 0

    def add(self, what: Message, row: int, position: int = -1, column: str | None = None) -> None:
        """Note a fault of a row, or of its cell at `position` in the column headed `column`."""
        if self.comes_late(row, position):
            return
        self.total += 1
        self._found.append((row, position, what.at(file=self._file, row=row, column=column)))
        if len(self._found) >= _ROOM:
            self._found = self._first()
            self._last = self._found[-1][:2]

    def comes_late(self, row: int, position: int) -> bool:
        """Count a fault that stands behind all that will be shown, and tell so: it needs no words."""
        late = self._last is not None and (row, position) > self._last
        self.total += late
        return late

    def raise_any(self) -> None:
        """Raise what was found, if anything.

        Raises
        ------
        InputError
            The first faults; where there are more, ``input.more_faults`` with the total.
        """
        if not self._found:
            return
        messages = [what for _, _, what in self._first()]
        if self.total > MAX_FAULTS:
            more = message("input.more_faults", shown=len(messages), total=self.total)
            messages.append(more.at(file=self._file))
        raise InputError(messages)

    def _first(self) -> list[tuple[int, int, Message]]:
        return sorted(self._found, key=lambda fault: fault[:2])[:MAX_FAULTS]

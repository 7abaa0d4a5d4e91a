"""The first faults of a table, in file order, however many there are."""

from __future__ import annotations

from sxsh_options.errors import InputError, Message, message

MAX_FAULTS = 1_000
_ROOM = 2 * MAX_FAULTS


class Faults:
    """Collects what is wrong with the cells of one file; the first ``MAX_FAULTS`` in file order are kept.

    Parameters
    ----------
    file : str
        How the file is called in messages.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[int, int, Message]] = []
        self._last: tuple[int, int] | None = None  # once there are enough: what comes behind it is left out

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, what: Message, row: int, position: int = -1, column: str | None = None) -> bool:
        """Note a fault of a row, or of its cell at `position` in the column headed `column`.

        Returns
        -------
        bool
            Whether it stands behind all that will be shown. A check that goes down the rows can stop there.
        """
        if self._last is not None and (row, position) > self._last:
            return True
        self._found.append((row, position, what.at(file=self._file, row=row, column=column)))
        if len(self._found) >= _ROOM:
            self._found = self._first()
            self._last = self._found[-1][:2]
        return False

    def raise_any(self) -> None:
        """Raise what was found, if anything.

        Raises
        ------
        InputError
            The first faults; where there are more, ``input.more_faults_possible`` behind them.
        """
        if self._found:
            raise InputError(self.messages())

    def messages(self) -> list[Message]:
        """Return what was found, as :meth:`raise_any` would raise it."""
        messages = [what for _, _, what in self._first()]
        if self._last is not None or len(self._found) > MAX_FAULTS:
            messages.append(message("input.more_faults_possible", shown=MAX_FAULTS).at(file=self._file))
        return messages

    def _first(self) -> list[tuple[int, int, Message]]:
        return sorted(self._found, key=lambda fault: fault[:2])[:MAX_FAULTS]

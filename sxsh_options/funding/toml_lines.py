"""Where each table, key and item of a TOML file stands, for saying what is wrong with it."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]  # of keys, and of numbers in lists: ("versions", 0, "criteria", 2)

_TOKEN = re.compile(
    r'''[ \t\r]+ | \#[^\n]*
    | """(?:\\.|[^\\])*?"{3,5} | \'\'\'.*?\'{3,5} | "(?:\\.|[^"\\])*" | '[^']*'
    | [\[\]{}=,\n] | [^\s\[\]{}=,"'\#]+''',
    re.VERBOSE | re.DOTALL,
)
_BETWEEN = (" ", "\t", "\r", "#")  # how what says nothing begins
_AFTER_VALUE = (",", "]", "}", "\n")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of everything in a text that is valid TOML, by its path."""
    return _Reading(text).found


class _Reading:
    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {(): 1}
        self._tokens: list[tuple[str, int]] = []
        self._next = 0
        self._last_of: dict[Path, int] = {}  # the number of the last table of each list of tables
        line = 1
        for match in _TOKEN.finditer(text):
            if not match[0].startswith(_BETWEEN):
                self._tokens.append((match[0], line))
            line += match[0].count("\n")
        self._tokens.append(("\n", line))
        table: Path = ()
        while self._next < len(self._tokens):
            if self._passes("\n"):
                continue
            if self._word == "[":
                table = self._header()
            else:
                self._pair(table)

    @property
    def _word(self) -> str:
        return self._tokens[self._next][0]

    @property
    def _line(self) -> int:
        return self._tokens[self._next][1]

    def _passes(self, word: str) -> bool:
        """Step over a word or sign, if it is the one that comes next."""
        passed = self._word == word
        self._next += passed
        return passed

    def _names(self, end: str) -> list[str]:
        """Read a dotted key and what ends it."""
        names: list[str] = []
        while not self._passes(end):
            quoted = self._word[0] in "\"'"
            names += [self._word[1:-1]] if quoted else filter(None, self._word.split("."))
            self._next += 1
        return names

    def _header(self) -> Path:
        line, brackets = self._line, 0
        while self._passes("["):
            brackets += 1
        *outer, last = self._names("]")
        self._passes("]")
        table: Path = ()
        for name in outer:
            table = (*table, name)
            if table in self._last_of:
                table = (*table, self._last_of[table])
        table = (*table, last)
        self.found.setdefault(table, line)
        if brackets > 1:
            self._last_of[table] = self._last_of.get(table, -1) + 1
            table = (*table, self._last_of[table])
            self.found[table] = line
        return table

    def _pair(self, table: Path) -> None:
        line = self._line
        for name in self._names("="):
            table = (*table, name)
            self.found.setdefault(table, line)
        self._value(table)

    def _value(self, path: Path) -> None:
        if self._passes("["):
            number = 0
            while not self._passes("]"):
                if self._passes(","):
                    number += 1
                elif not self._passes("\n"):
                    self.found[(*path, number)] = self._line
                    self._value((*path, number))
        elif self._passes("{"):
            while not self._passes("}"):
                if not self._passes(",") and not self._passes("\n"):
                    self._pair(path)
        else:
            while self._word not in _AFTER_VALUE:  # a date and its time are two
                self._next += 1

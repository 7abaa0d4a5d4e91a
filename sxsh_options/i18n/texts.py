"""The texts of ``data/locales``, found by their code.

A text is a table ``[area.code]`` with ``vi`` and ``en``, and ``params`` (name = type) where it shows values.
All files are indexed by their table headers in one pass, and a table is only parsed when its text
is asked for: reading every file whole would cost the terminal more than its calculation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

_HEADER = re.compile(r"^\[([A-Za-z0-9_.\-]+)\][ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in its languages, with the declared type of each value that it shows."""

    params: Mapping[str, str]
    texts: Mapping[str, str]


class Texts:
    """The texts of a folder of locale files.

    Parameters
    ----------
    folder : Path
        Folder of ``*.toml`` files in UTF-8.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, str] | None = None
        self._entries: dict[str, Entry | None] = {}

    def codes(self) -> tuple[str, ...]:
        """Return every code, in the order of the files."""
        return tuple(self._index())

    def get(self, code: str) -> Entry | None:
        """Return the text with this code, or ``None`` where there is none."""
        if code not in self._entries:
            self._entries[code] = self._parse(code)
        return self._entries[code]

    def _parse(self, code: str) -> Entry | None:
        table = self._index().get(code)
        if table is None:
            return None
        try:
            content = tomllib.loads(table)
        except tomllib.TOMLDecodeError:
            return None  # a user sees the code; the data tests name the file
        texts = {str(lang): content[lang] for lang in LANGUAGES if isinstance(content.get(lang), str)}
        return Entry(params=content.get("params", {}), texts=texts)

    def _index(self) -> dict[str, str]:
        if self._tables is None:
            self._tables = {}
            for path in sorted(self._folder.glob("*.toml")):
                content = path.read_text(encoding="utf-8")
                headers = list(_HEADER.finditer(content))
                ends = [header.start() for header in headers[1:]] + [len(content)]
                for header, end in zip(headers, ends, strict=True):
                    self._tables[header.group(1)] = content[header.end() : end]
        return self._tables

"""A workbook as the zip archive that it is: what is none is told apart, what is too large is refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from sxsh_options.errors import InputError, Message, message
from sxsh_options.storage.text import MAX_BYTES

MAX_PART = 60_000_000  # bytes of one sheet when unpacked; that of 5,000 options has about 13 million
MAX_ALL = 100_000_000  # of all parts together
_MOST_PARTS = 5_000
_PIECE = 1 << 16
_MB = 1_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

# What reading a damaged archive may raise: zlib's and zipfile's own, and what they let through.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Package:
    """The parts of an ``.xlsx`` or ``.xlsm`` file.

    Parameters
    ----------
    data : bytes
    name : str
        How the file is called in messages.

    Raises
    ------
    InputError
        ``input.too_large``, ``input.empty_file``, or with what it is instead: ``workbook.is_protected``,
        ``workbook.is_old``, ``workbook.is_ods``, ``workbook.is_binary``, ``workbook.is_text``,
        ``workbook.is_other``; ``workbook.damaged``; ``workbook.unpacks_too_large``.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        if len(data) > MAX_BYTES:
            raise self.refused(message("input.too_large", limit_mb=MAX_BYTES // _MB))
        if not data.strip(b"\x00 \t\r\n"):
            raise self.refused(message("input.empty_file"))
        if not data.startswith(b"PK"):
            raise self.refused(_what_else(data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise self.refused(message("workbook.damaged")) from None
        self._sizes = {info.filename: info.file_size for info in self._zip.infolist()}
        if "xl/workbook.bin" in self._sizes:
            raise self.refused(message("workbook.is_binary"))
        if "content.xml" in self._sizes:
            raise self.refused(message("workbook.is_ods"))
        if "[Content_Types].xml" not in self._sizes or not any(
            part.startswith("xl/") for part in self._sizes
        ):
            raise self.refused(message("workbook.is_other"))
        if len(self._sizes) > _MOST_PARTS or sum(self._sizes.values()) > MAX_ALL:
            size = sum(self._sizes.values()) // _MB
            raise self.refused(message("workbook.unpacks_too_large", size_mb=size, limit_mb=MAX_ALL // _MB))

    @property
    def has_macros(self) -> bool:
        """Whether it is a macro workbook."""
        return any(part.casefold().endswith("vbaproject.bin") for part in self._sizes)

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def refused(self, what: Message, sheet: str | None = None) -> InputError:
        """Return the error that says why the file, or one of its sheets, is not read."""
        return InputError(what.at(file=self._name, sheet=sheet))

    def pieces(self, part: str, sheet: str | None = None) -> Iterator[bytes]:
        """Yield a part's content piece by piece; `sheet` is what it is called in messages.

        Raises
        ------
        InputError
            ``workbook.sheet_too_large``, ``workbook.damaged``.
        """
        if self._sizes.get(part, 0) > MAX_PART:
            what = message(
                "workbook.sheet_too_large", size_mb=self._sizes[part] // _MB, limit_mb=MAX_PART // _MB
            )
            raise self.refused(what, sheet)
        try:
            with self._zip.open(part) as content:
                yield from _cut(content)
        except (KeyError, *_DAMAGE):
            raise self.refused(message("workbook.damaged"), sheet) from None

    def check_declarations(self) -> None:
        """Refuse a file any part of which declares entities: no spreadsheet program writes them.

        Raises
        ------
        InputError
            ``workbook.has_declarations``, and as :meth:`pieces`.
        """
        for part in self._sizes:
            end = b""
            for piece in self.pieces(part):
                if any(declared in end + piece for declared in _DECLARATIONS):
                    raise self.refused(message("workbook.has_declarations"))
                end = piece[-16:]


def _cut(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece


def _what_else(data: bytes) -> Message:
    """Return what a file is that is no archive."""
    if data.startswith(_OLE):
        return message("workbook.is_protected" if _ENCRYPTED in data else "workbook.is_old")
    try:
        start = data[:4096].decode("utf-8-sig", "strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return message("workbook.is_other")
    return message("workbook.is_text" if start.isprintable() or "\n" in start else "workbook.is_other")

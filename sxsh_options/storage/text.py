"""From a file's bytes to its text: which encoding it is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from sxsh_options.errors import InputError, Message, message

MAX_BYTES = 30_000_000  # a table of 200,000 options has about 20 million

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel/Word 97-2003 (.xls, .doc)"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"PAR1", "Parquet"),
)
_ZIP = b"PK\x03\x04"
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"xl/workbook.xml", "Excel (.xlsx)"),
    (b"word/document.xml", "Word (.docx)"),
    (b"ppt/presentation.xml", "PowerPoint (.pptx)"),
    (b"opendocument.spreadsheet", "OpenDocument (.ods)"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONG_FOREIGN = re.compile(r"[^\x00-\x7f]{100,}")
_MOST_MARKS = 100  # on one letter; composing takes the square of their number
_SAMPLE = 4096  # bytes that show whether a file without a mark is UTF-16, characters that show a text
_LEAST_ASCII = 0.1  # of the characters of a text: digits, commas, line ends, the names of columns or keys


class Decoded(NamedTuple):
    """A file's text in NFC, without byte order mark, and what should be said of how it was read."""

    text: str
    notes: tuple[Message, ...]


def read_bytes(path: Path) -> bytes:
    """Return a file's content; what is larger than ``MAX_BYTES`` is refused without reading it.

    Raises
    ------
    InputError
        ``input.file_not_found``, ``input.is_folder``, ``input.no_permission``, ``input.too_large``,
        ``input.cannot_read``.
    """
    name = str(path)
    try:
        if path.is_dir():
            raise _refusal(name, message("input.is_folder"))
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1) if path.stat().st_size <= MAX_BYTES else None
    except FileNotFoundError:
        raise _refusal(name, message("input.file_not_found")) from None
    except PermissionError:
        raise _refusal(name, message("input.no_permission")) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _refusal(name, message("input.cannot_read", reason=_reason(error))) from None
    if content is None:
        raise _refusal(name, _too_large())
    return content


def decode(data: bytes, name: str) -> Decoded:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1258.

    UTF-8 is tried first, strictly; what is not valid UTF-8 is taken for Windows-1258, the Vietnamese
    code page of Windows, with a note. UTF-16 without its mark is known by the zeros beside Latin letters.

    Parameters
    ----------
    data : bytes
    name : str
        How the file is called in messages.

    Raises
    ------
    InputError
        ``input.too_large``, ``input.binary`` with what it seems to be, ``input.unknown_encoding``, or
        ``input.control_character`` or ``input.stacked_marks`` with its row.
    """
    if len(data) > MAX_BYTES:
        raise _refusal(name, _too_large())
    if kind := _binary_kind(data):
        raise _refusal(name, message("input.binary", kind=kind))
    notes: tuple[Message, ...] = ()
    marked = _marked(data)
    guessed = None if marked else _unmarked_utf16(data)
    try:
        text = data.decode(marked or guessed or "utf-8-sig")
    except UnicodeDecodeError:
        if marked or 0 in data:
            raise _refusal(name, message("input.binary_unknown")) from None
        text = data.decode("cp1258", "replace")
        notes = (message("input.read_as_windows_1258").at(file=name),)
    if (marked or notes) and _is_noise(text):
        raise _refusal(name, message("input.binary_unknown"))
    if notes and "\ufffd" in text:
        raise _refusal(name, message("input.unknown_encoding"))
    if found := _CONTROL.search(text):
        if notes or guessed or "\x00" in text:  # bytes that only a guess took for text
            raise _refusal(name, message("input.binary_unknown"))
        what = message("input.control_character", character=f"U+{ord(found[0]):04X}")
        raise _refusal(name, what, _row(text, found))
    if found := next(filter(_has_stacked_marks, _LONG_FOREIGN.finditer(text)), None):
        raise _refusal(name, message("input.stacked_marks", limit=_MOST_MARKS), _row(text, found))
    return Decoded(unicodedata.normalize("NFC", text), notes)


def _is_noise(text: str) -> bool:
    """Whether bytes that any encoding would take gave letters of every script but hardly a comma or digit."""
    sample = text[:_SAMPLE]
    return sum(map(str.isascii, sample)) < _LEAST_ASCII * len(sample)


def _row(text: str, found: re.Match[str]) -> int:
    return len(re.findall(r"\r\n?|\n", text[: found.start()])) + 1


def _has_stacked_marks(run: re.Match[str]) -> bool:
    marks = "".join("x" if unicodedata.combining(character) else " " for character in run[0])
    return "x" * _MOST_MARKS in marks


def _refusal(name: str, what: Message, row: int | None = None) -> InputError:
    return InputError(what.at(file=name, row=row))


def _too_large() -> Message:
    return message("input.too_large", limit_mb=MAX_BYTES // 1_000_000)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _binary_kind(data: bytes) -> str | None:
    if data.startswith(_ZIP):
        # An Office file is a zip whose entries have known names, repeated in the directory at its end.
        ends = data[:_SAMPLE] + data[-65_536:]
        return next((kind for entry, kind in _OFFICE if entry in ends), "ZIP")
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _marked(data: bytes) -> str | None:
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))  # in the first and second byte of each pair
    if max(zeros) <= 0.4 * (len(sample) // 2) or min(zeros) > 0.05 * max(zeros):
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"

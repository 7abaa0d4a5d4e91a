from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from sxsh_options.errors import InputError
from sxsh_options.storage.text import MAX_BYTES, decode, read_bytes

TEXT = "option_id;tên giải pháp\r\nA;Thu hồi nhiệt lò hơi\r\n"

# The same in Windows-1258, by the table of that code page: tones are marks of their own behind the letter
# (0xCC grave, 0xD2 hook, 0xEC acute, 0xF2 dot below), the other letters stand whole (0xEA ê, 0xF4 ô, 0xF5 ơ).
WINDOWS_1258 = b"option_id;t\xean gia\xd2i pha\xecp\r\nA;Thu h\xf4\xcci nhi\xea\xf2t lo\xcc h\xf5i\r\n"


def refusal(data: bytes) -> tuple[str, dict[str, object], int | None]:
    with pytest.raises(InputError) as caught:
        decode(data, "t.csv")
    (message,) = caught.value.messages
    assert message.place is not None
    assert message.place.file == "t.csv"
    return message.code, message.params, message.place.row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_with_and_without_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "t.csv") == (TEXT, ())


def test_utf_16_big_endian_with_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "t.csv").text == TEXT


def test_windows_1258_is_composed_and_noted() -> None:
    text, notes = decode(WINDOWS_1258, "t.csv")
    assert text == TEXT
    assert [note.code for note in notes] == ["input.read_as_windows_1258"]


def test_decomposed_unicode_is_composed() -> None:
    assert decode(unicodedata.normalize("NFD", TEXT).encode(), "t.csv").text == TEXT


def test_empty_is_an_empty_text() -> None:
    assert decode(b"", "t.csv") == ("", ())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04" + b"\x00" * 30 + b"xl/workbook.xml" + b"\x01" * 9, "Excel (.xlsx)"),
        (b"PK\x03\x04" + b"\x00" * 100_000 + b"word/document.xml", "Word (.docx)"),
        (b"PK\x03\x04" + b"\x00" * 60, "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60, "Excel/Word 97-2003 (.xls, .doc)"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_known_binary_files_are_named(data: bytes, kind: str) -> None:
    assert refusal(data) == ("input.binary", {"kind": kind}, None)


@pytest.mark.parametrize(
    "data",
    [
        b"option_id,name\nA,b\x00c\n",
        bytes(range(256)) * 50,
        b"\x00" * 1000,
        b"\x01\x02\x03\xff\xc0\xc1\xff",
        b"\xff\xfe" + b"\x00\xd8" * 7,  # a UTF-16 mark, then only halves of pairs
        b"\xff\xfe\x41",
        b"\xff\xfe" + bytes(range(0x30, 0xD0)) * 3,  # a UTF-16 mark, then rubbish that happens to decode
        "戀摡".encode("utf-16") * 20,
        (bytes([0xE6, 0xE7, 0xF4, 0xFC, 0xB5]) * 5 + b"\n") * 40,  # letters of Windows-1258, but no text
        b"\x7fELF\x02\x01\x01" + bytes(60),
    ],
)
def test_other_binary_files_are_refused(data: bytes) -> None:
    assert refusal(data)[0] == "input.binary_unknown"


def test_bytes_that_no_code_page_has() -> None:
    assert refusal(b"option_id,name\nA,\xd2\x8a\x8d\n")[0] == "input.unknown_encoding"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_control_character_is_named_with_its_row(line_end: str) -> None:
    data = f"option_id,name{line_end}A,b{line_end}B,\x1b[31mred{line_end}".encode()
    assert refusal(data) == ("input.control_character", {"character": "U+001B"}, 3)


def test_marks_stacked_without_end_are_named_with_their_row() -> None:
    data = ("option_id\nA" + "\u0301\u0323" * 1_000_000).encode()
    assert refusal(data) == ("input.stacked_marks", {"limit": 100}, 2)
    assert decode(("Việt 生产" * 200).encode(), "t.csv").text == "Việt 生产" * 200


def test_what_is_too_large_is_refused() -> None:
    assert refusal(b"x" * (MAX_BYTES + 1)) == ("input.too_large", {"limit_mb": 30}, None)


# Files


def file_refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(path)
    (message,) = caught.value.messages
    assert message.place is not None
    assert message.place.file == str(path)
    return message.code


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "giải pháp.csv"
    path.write_bytes(WINDOWS_1258)
    assert read_bytes(path) == WINDOWS_1258


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert file_refusal(tmp_path / "none.csv") == "input.file_not_found"
    assert file_refusal(tmp_path / "none" / "none.csv") == "input.file_not_found"


def test_a_folder(tmp_path: Path) -> None:
    assert file_refusal(tmp_path) == "input.is_folder"


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert file_refusal(path) == "input.too_large"


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "locked.csv"
    path.write_text("x")
    monkeypatch.setattr(Path, "open", refuse)
    assert file_refusal(path) == "input.no_permission"


def test_a_path_that_cannot_be_one(tmp_path: Path) -> None:
    assert file_refusal(tmp_path / "a\x00b.csv") == "input.cannot_read"
    assert file_refusal(tmp_path / ("x" * 5000)) == "input.cannot_read"


def test_text_in_another_script_is_a_text() -> None:
    table = "编号,名称\n1,节能灯\n"
    assert decode(table.encode("utf-16"), "a.csv").text == table
    assert decode(table.encode(), "a.csv").text == table

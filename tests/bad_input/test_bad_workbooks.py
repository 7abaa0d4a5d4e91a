"""Files that are no workbook, are damaged, or would fill the memory: each is refused with a message."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sxsh_options.errors import InputError
from sxsh_options.i18n import Wording
from sxsh_options.i18n.texts import Lang
from sxsh_options.storage.workbook import read_workbook, write_workbook
from tests.builders import AS_OF, assessment, option
from tests.workbooks import part_of, repacked

VI = Wording("vi")
GIVEN = assessment(option())
GOOD = write_workbook(GIVEN, VI, AS_OF)
OPTIONS = part_of(GOOD, "Giải pháp")
MOST_MEMORY = 1_000_000  # kB


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def ole(stream: str) -> bytes:
    """Return the beginning of a compound file with a stream, as Excel 97 and encrypted files are."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(2000)


FILES = {
    "input.empty_file": b"",
    "workbook.is_old": ole("Workbook"),
    "workbook.is_protected": ole("EncryptedPackage"),
    "workbook.is_ods": archive(
        **{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    ),
    "workbook.is_binary": archive(**{"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}),
    "workbook.is_text": "option_id;name\nA;Đèn\n".encode(),
    "workbook.is_other": archive(**{"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
    "workbook.damaged": GOOD[: len(GOOD) // 2],
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("code", "data"), FILES.items(), ids=FILES)
def test_what_is_no_workbook_says_what_it_is(code: str, data: bytes, lang: Lang) -> None:
    with pytest.raises(InputError) as refused:
        read_workbook(data, "tệp.xlsx")
    (what,) = refused.value.messages
    assert what.code == code
    assert what.place
    assert what.place.file == "tệp.xlsx"
    assert "{" not in Wording(lang).located(what)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"PK\x03\x04", b"PK\x03\x04" + bytes(400)]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_workbook(data, "a.xlsx")
    assert refused.value.messages[0].code in ("workbook.is_other", "workbook.damaged")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", OPTIONS, "xl/sharedStrings.xml"]
)
def test_parts_that_are_missing_or_broken(part: str) -> None:
    for change in (
        lambda name, c: None if name == part else c,
        lambda name, c: c[:-40] if name == part else c,
    ):
        try:
            read = read_workbook(repacked(GOOD, change), "a.xlsx")
        except InputError as error:
            codes = [what.code for what in error.messages]
        else:
            codes = [what.code for what in read.faults]  # without their texts the sheets say nothing
        assert codes
        assert codes[0] in ("workbook.damaged", "workbook.no_sheet_known", "workbook.column_missing")


def test_every_shortened_file_is_refused() -> None:
    for length in range(0, len(GOOD) - 1, 4001):
        with pytest.raises(InputError):
            read_workbook(GOOD[:length], "a.xlsx")


def test_a_workbook_without_any_known_sheet() -> None:
    from openpyxl import Workbook

    out = io.BytesIO()
    workbook = Workbook()
    workbook.active["A1"] = "Chi tiêu trong nhà"
    workbook.save(out)
    with pytest.raises(InputError) as refused:
        read_workbook(out.getvalue(), "a.xlsx")
    assert [what.code for what in refused.value.messages] == ["workbook.no_sheet_known"]


def test_entities_are_never_expanded() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet'
    bomb = repacked(GOOD, lambda name, c: c.replace(b"<worksheet", declared, 1) if name == OPTIONS else c)
    with pytest.raises(InputError) as refused:
        read_workbook(bomb, "a.xlsx")
    assert [what.code for what in refused.value.messages] == ["workbook.has_declarations"]


def test_a_sheet_that_says_it_has_a_billion_cells() -> None:
    """What a sheet says of its size counts for nothing, nor does a cell in its last corner."""

    def change(name: str, content: bytes) -> bytes:
        if name != OPTIONS:
            return content
        last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        content = content.replace(b"</sheetData>", last)
        return content.replace(b'<dimension ref="', b'<dimension ref="A1:XFD1048576" was="')

    read = read_workbook(repacked(GOOD, change), "a.xlsx")
    assert read.assessment == GIVEN


def test_too_many_rows_are_refused() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="B{n}" t="str"><v>x</v></c></row>' for n in range(200, 10_300)
    ).encode()
    many = repacked(
        GOOD, lambda n, c: c.replace(b"</sheetData>", rows + b"</sheetData>") if n == OPTIONS else c
    )
    with pytest.raises(InputError) as refused:
        read_workbook(many, "a.xlsx")
    (what,) = refused.value.messages
    assert what.code == "workbook.too_many_rows"
    assert what.params == {"count": 10_101, "limit": 10_000}


BOMBS = {
    "one sheet of 400 MB": ("unpacks_too_large", "{options}", "b' ' * 400_000_000"),
    "200 MB of shared texts": (
        "unpacks_too_large",
        "xl/sharedStrings.xml",
        "b'<sst>' + b'<si><t>abcdefghij</t></si>' * 8_000_000 + b'</sst>'",
    ),
    "70 MB of shared texts": (
        "sheet_too_large",
        "xl/sharedStrings.xml",
        "b'<sst>' + b'<si><t>abcdefghij</t></si>' * 2_700_000 + b'</sst>'",
    ),
    "two million texts": (
        "too_many_elements",
        "xl/sharedStrings.xml",
        "b'<sst>' + b'<si><t>abcdefghij</t></si>' * 1_900_000 + b'</sst>'",
    ),
    "600,000 cells": (
        "too_many_cells",
        "{options}",
        "b'<worksheet><sheetData>' + (b'<row>' + b'<c><v>1</v></c>' * 100 + b'</row>') * 6_000"
        " + b'</sheetData></worksheet>'",
    ),
    "millions of empty rows": (
        "too_many_elements",
        "{options}",
        "b'<worksheet><sheetData>' + b'<row/>' * 5_000_000 + b'</sheetData></worksheet>'",
    ),
}
# The process that reads has never held the unpacked file itself, so that its peak is that of the reading.
_READ = """
import resource, sys
from pathlib import Path
from sxsh_options.errors import InputError
from sxsh_options.storage.workbook import read_workbook
try:
    read_workbook(Path(sys.argv[1]).read_bytes(), "a.xlsx")
except InputError as error:
    print(*(what.code for what in error.messages))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_MAKE = """
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as source, zipfile.ZipFile(sys.argv[2], "w", 8) as target:
    for name in source.namelist():
        target.writestr(name, {content} if name == "{part}" else source.read(name))
"""


@pytest.mark.parametrize(("code", "part", "content"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_within_a_gigabyte(tmp_path: Path, code: str, part: str, content: str) -> None:
    good, bomb = tmp_path / "good.xlsx", tmp_path / "bomb.xlsx"
    good.write_bytes(GOOD)
    make = _MAKE.format(content=content, part=part.format(options=OPTIONS))
    subprocess.run([sys.executable, "-c", make, str(good), str(bomb)], check=True)
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(bomb)], check=True, capture_output=True, text=True
    )
    said, peak = done.stdout.split()
    assert said == f"workbook.{code}"
    assert int(peak) < MOST_MEMORY

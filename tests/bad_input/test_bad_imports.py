"""Uploads from which nothing can be kept, and uploads that are wrong all over: never a traceback."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest

from sxsh_options.errors import InputError, Message
from sxsh_options.i18n import Wording
from sxsh_options.services.examples import EXAMPLES_FOLDER
from sxsh_options.services.workbench import finished
from sxsh_options.storage.imports import MAX_OPTIONS, import_document

HEADER = "option_id,name,capex_vnd,lifetime_years,annual_saving_vnd"
ROW = "{id},n,1000000,5,500000"


def faults(data: bytes, name: str) -> list[Message]:
    with pytest.raises(InputError) as caught:
        import_document(data, name)
    for message in caught.value.messages:
        assert message.place is not None
        assert message.place.file == name
        for lang in ("vi", "en"):
            assert message.code not in Wording(lang).word(message), "a fault without words"
    return list(caught.value.messages)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.json", "{}")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.csv", b"", "input.empty_file"),
        ("t.json", b"  \n", "input.empty_document"),
        ("t.csv", HEADER.encode(), "input.no_rows"),
        ("t.csv", b"Thu moi hop: 9h sang mai\n", "input.missing_column"),
        ("t.json", b"{", "input.json_broken"),
        ("t.json", b"[]", "input.not_an_assessment"),
        ("t.json", b"3", "input.not_an_assessment"),
        ("t.json", b'{"schema_version": 2}', "input.schema_version_unknown"),
        ("t.json", b'{"id": "a"}', "input.schema_version_missing"),
        ("t.json", b'{"schema_version": 1, "id": NaN}', "input.json_not_a_value"),
        ("t.json", b'{"schema_version": 1, "id": "a", "id": "b"}', "input.key_twice"),
        ("t.json", b'{"schema_version":1,"note":' + b"[" * 500 + b"]" * 500 + b"}", "input.json_too_deep"),
        ("t.json", zipped(), "input.binary"),
        ("t.csv", zipped(), "input.binary"),
        ("t.xlsx", b"PK\x03\x04....xl/workbook.xml", "workbook.damaged"),
        ("t.json", b"x" * 30_000_001, "input.too_large"),
        ("t.csv", b"\x89PNG\r\n", "input.binary"),
        ("t.doc", b"abc", "input.unknown_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_imported_says_why(name: str, data: bytes, code: str) -> None:
    assert code in {fault.code for fault in faults(data, name)}


def test_a_missing_column_is_told_with_everything_else_that_the_header_lacks() -> None:
    found = faults(b"option_id,capex_vnd,lifetime_years,color\nA,1,2,red\n", "t.csv")
    assert [fault.code for fault in found] == [
        "input.missing_column",
        "input.no_saving_column",
        "input.unknown_column",
    ]


def test_too_many_options() -> None:
    rows = [ROW.format(id=f"o{n}") for n in range(MAX_OPTIONS + 1)]
    (fault,) = faults("\n".join([HEADER, *rows]).encode(), "t.csv")
    assert (fault.code, fault.params) == ("import.too_many_options", {"limit": 2_000})
    document = {"schema_version": 1, "options": [{}] * (MAX_OPTIONS + 1)}
    (fault,) = faults(json.dumps(document).encode(), "t.json")
    assert (fault.code, fault.params) == ("import.too_many_options", {"limit": 2_000})


def test_as_many_options_as_the_screens_take() -> None:
    rows = [ROW.format(id=f"o{n}") for n in range(MAX_OPTIONS)]
    found = import_document("\n".join([HEADER, *rows]).encode(), "t.csv")
    assert (len(found.document["options"]), found.faults) == (MAX_OPTIONS, ())


@pytest.mark.parametrize(
    "cell", ["🏭", "<b>x</b>", "=1+1", "x" * 10_000, "NaN", "1e999", "-0", "12,34,5", "%"]
)
def test_any_cell_anywhere(cell: str) -> None:
    header = f"{HEADER},category,opex_change_vnd_per_year,saving_water_m3"
    good = ["A", "n", "1000000", "5", "500000", "", "", "7"]
    for position in range(len(good)):
        cells = [f'"{cell}"' if at == position else written for at, written in enumerate(good)]
        found = import_document(f"{header}\n{','.join(cells)}\n".encode(), "t.csv")
        assert len(found.document["options"]) == 1
        finished(found.document)
        texts = {row["text"] for row in found.document.get("drafts", ())}
        assert texts <= {cell}
        assert bool(found.faults) == (finished(found.document)[1] != () or bool(texts) or bool(found.notes))


@pytest.mark.parametrize("name", ["dairy_egypt.json", "options_flat_vi.csv"])
def test_a_file_with_random_damage(name: str) -> None:
    """Refused with words, or kept as a document that the next step takes."""
    whole = (EXAMPLES_FOLDER / name).read_bytes()
    chance = random.Random(20261122)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = bytes(
                chance.choices(b'abc019.,-"[]{}:;\n\t ', k=chance.randint(0, 3))
            )
        try:
            found = import_document(bytes(data), name)
        except InputError:
            continue
        finished(found.document)
        json.dumps(found.document, allow_nan=False)
        for message in (*found.faults, *found.notes):
            assert message.code not in Wording("vi").word(message)

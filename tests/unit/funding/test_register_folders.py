"""What stands in the folders of `data/funding` that is no file of data: it is said, and the rest is used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from sxsh_options.errors import Message
from sxsh_options.funding import Register, default_register, match, provinces, read_register
from sxsh_options.funding import rules as fields
from sxsh_options.i18n import Wording
from sxsh_options.parameters import DATA_FOLDER
from tests.builders import assessment
from tests.unit.funding.test_register import CRITERION, GOOD, place_of, written

FREE = GOOD.replace('criteria = ["small"]\n', "").replace('id = "help"', 'id = "free"', 1)  # of criteria


def codes(faults: tuple[Message, ...]) -> list[tuple[str, str | None]]:
    return [(fault.code.removeprefix("funding.file."), place_of(fault)[0]) for fault in faults]


def instead(path: Path, make: Callable[[Path], object]) -> None:
    """Put something else where a folder is."""
    shutil.rmtree(path)
    make(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link(path: Path) -> None:
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    link(path)
    path.unlink()
    path.symlink_to(path.name)


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (lambda path: path.mkdir(), "is_folder"),
    "a link to nowhere": (link, "unreadable"),
    "a link to itself": (loop, "unreadable"),
    "a pipe": (pipe, "unreadable"),
}


@pytest.mark.parametrize("way", NO_FILES)
@pytest.mark.parametrize("kind", ["sources", "criteria"])
def test_what_is_no_file_is_said(tmp_path: Path, way: str, kind: str) -> None:
    make, code = NO_FILES[way]
    folder = written(tmp_path, {"help": GOOD})
    make(folder / kind / "x.toml")
    register = read_register(folder)
    assert codes(register.faults) == [(code, f"{kind}/x.toml")]
    assert set(register.sources) == {"help"}


def test_a_broken_file_of_a_name_that_is_taken_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / "zz").mkdir()
    (folder / "sources" / "zz" / "help.toml").write_text("id = \n[a\nb=", encoding="utf-8")
    register = read_register(folder)
    assert codes(register.faults) == [
        ("not_toml", "sources/zz/help.toml"),
        ("duplicate_id", "sources/zz/help.toml"),
    ]
    assert set(register.sources) == {"help"}


def test_a_file_that_nobody_may_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, {"help": GOOD, "free": FREE})
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "help.toml":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    register = read_register(folder)
    assert codes(register.faults) == [("unreadable", "sources/help.toml")]
    assert set(register.sources) == {"free"}


def test_a_file_whose_name_is_no_text_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / os.fsdecode(b"\xff.toml")).write_text(FREE, encoding="utf-8")
    register = read_register(folder)
    assert codes(register.faults) == [("name_unlike_id", "sources/\ufffd.toml")]
    str(Wording("vi").located(register.faults[0])).encode()


def folder_gone(path: Path) -> None:
    """Leave nothing in its place."""


def file_in_its_place(path: Path) -> None:
    path.write_text("", encoding="utf-8")


FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "gone": (folder_gone, "no_folder"),
    "a file in its place": (file_in_its_place, "not_a_folder"),
    "a link to nowhere": (link, "no_folder"),
    "empty": (lambda path: path.mkdir(), "no_files"),
}


@pytest.mark.parametrize("way", FOLDERS)
def test_sources_that_are_not_there_are_said(tmp_path: Path, way: str) -> None:
    make, code = FOLDERS[way]
    folder = written(tmp_path, {"help": GOOD})
    instead(folder / "sources", make)
    register = read_register(folder)
    assert codes(register.faults) == [(code, "sources")]
    assert (set(register.sources), set(register.criteria)) == (set(), {"small"})


@pytest.mark.parametrize("way", FOLDERS)
def test_criteria_that_are_not_there_are_said(tmp_path: Path, way: str) -> None:
    make, code = FOLDERS[way]
    folder = written(tmp_path, {"help": GOOD, "free": FREE})
    instead(folder / "criteria", make)
    register = read_register(folder)
    assert codes(register.faults) == [(code, "criteria"), ("unknown_link", "sources/help.toml")]
    assert set(register.sources) == {"free"}


@pytest.mark.parametrize("way", ["gone", "a file in its place"])
def test_no_folder_at_all_is_said_once(tmp_path: Path, way: str) -> None:
    make, code = FOLDERS[way]
    make(tmp_path / "funding")
    register = read_register(tmp_path / "funding")
    assert codes(register.faults) == [(code, "funding")]
    assert not register.sources
    assert match(assessment(), date(2026, 11, 22), register) == []


def test_a_folder_that_nobody_may_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, {"help": GOOD})
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "sources":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert codes(read_register(folder).faults) == [("unreadable_folder", "sources")]


# Provinces

TABLE = (DATA_FOLDER / "funding" / "provinces.csv").read_text(encoding="utf-8")

NO_TABLES: dict[str, tuple[bytes | None, str, int | None]] = {
    "gone": (None, "missing_file", None),
    "empty": (b"", "wrong_columns", 1),
    "not UTF-8": (b"name,current\n\xff", "not_utf8", None),
    "no header": (TABLE.partition("\n")[2].encode(), "wrong_columns", 1),
    "no rows": (TABLE.partition("\n")[0].encode(), "no_rows", None),
    "a column missing": (TABLE.replace(",evidence", "", 1).encode(), "wrong_columns", 1),
    "a cell missing": (TABLE.replace(",unverified-high", "", 1).encode(), "ragged_row", 2),
    "an unknown kind": (TABLE.replace("tinh", "state", 1).encode(), "wrong_cell", 2),
    "unknown evidence": (TABLE.replace("unverified-high", "heard", 1).encode(), "wrong_cell", 2),
    "a province twice": (TABLE.encode() + b"An Giang,An Giang,tinh,read\n", "duplicate_id", 65),
    "a province twice, written otherwise": (
        TABLE.encode() + b"an  giang,An Giang,tinh,read\n",
        "duplicate_id",
        65,
    ),
    "part of what is not there": (
        TABLE.replace("An Giang,An Giang", "An Giang,Atlantis", 1).encode(),
        "unknown_reference",
        2,
    ),
}


def test_the_products_own_provinces() -> None:
    found, faults = provinces.read_provinces(DATA_FOLDER / "funding" / "provinces.csv")
    assert not faults
    assert len(found) == 63
    assert found["an giang"].merged


@pytest.mark.parametrize("way", NO_TABLES)
def test_a_table_of_provinces_that_cannot_be_used_is_said(tmp_path: Path, way: str) -> None:
    data, code, row = NO_TABLES[way]
    if data is not None:
        (tmp_path / "provinces.csv").write_bytes(data)
    found, (first, *_, last) = provinces.read_provinces(tmp_path / "provinces.csv")
    assert not found
    assert (first.code, place_of(first)) == (f"data_file.{code}", ("provinces.csv", row))
    assert last.code == "funding.file.no_provinces"


def test_a_folder_in_place_of_the_provinces_is_said(tmp_path: Path) -> None:
    (tmp_path / "provinces.csv").mkdir()
    found, faults = provinces.read_provinces(tmp_path / "provinces.csv")
    assert not found
    assert codes(faults) == [("is_folder", "provinces.csv"), ("no_provinces", "provinces.csv")]


@pytest.fixture
def without_provinces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    caches = (
        provinces.provinces,
        provinces.province_faults,
        provinces.province_today,
        provinces._shipped,
    )
    default_register()  # keeps what it has read with its provinces
    monkeypatch.setattr(provinces, "DATA_FOLDER", tmp_path)
    for each in caches:
        each.cache_clear()
    yield read_register(DATA_FOLDER / "funding")
    monkeypatch.undo()
    for each in caches:
        each.cache_clear()


def test_without_provinces_every_source_is_there_and_its_place_is_not_known(
    without_provinces: Register,
) -> None:
    assert codes(without_provinces.faults) == [
        ("data_file.missing_file", "provinces.csv"),
        ("no_provinces", "provinces.csv"),
    ]
    assert set(without_provinces.sources) == set(default_register().sources)
    given = assessment(facility={"name": "Plant", "province": "Hải Dương"})
    for each in match(given, date(2026, 11, 22), without_provinces):
        places = [outcome.result for outcome in each.criteria if outcome.id == "location_province"]
        assert set(places) <= {"unknown"}


def test_without_the_table_of_sectors_any_sector_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is said to be missing where it is read for itself."""
    rule = CRITERION.replace('field = "vsic", one_of = ["10"]', 'field = "sector", one_of = ["spaceships"]')
    monkeypatch.setattr(fields, "DATA_FOLDER", tmp_path / "nowhere")
    fields._sectors.cache_clear()
    register = read_register(written(tmp_path, {"help": GOOD}, rule))
    fields._sectors.cache_clear()
    assert not register.faults

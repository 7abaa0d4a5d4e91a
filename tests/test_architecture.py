"""The floors of the house: imports go down only, and what may not be imported is not."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sxsh_options"

# Low to high. A module may import from floors below its own and from its own part; parts that stand
# on one floor do not import each other.
FLOORS: list[set[str]] = [
    {"errors"},
    {"units", "numerals"},
    {"amounts"},
    {"parameters", "model"},
    {"finance", "resources"},
    {"options"},
    {"screening"},
    {"funding"},
    {"services"},
    {"storage", "i18n"},
    {"charts", "day"},
    {"ui", "cli"},
]
FLOOR_OF = {part: height for height, parts in enumerate(FLOORS) for part in parts}

# Libraries that would make every start slow are imported late, where they are used.
LATE = {
    "pandas",
    "pint",
    "babel",
    "scipy",
    "altair",
    "streamlit",
    "numpy_financial",
    "sqlalchemy",
    "alembic",
    "xlsxwriter",
    "icalendar",
}
DATABASE = PACKAGE / "storage" / "database"  # its very purpose; itself imported late


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path, *, top_level_only: bool = False) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            if module == "sxsh_options":
                yield from ((node.lineno, f"sxsh_options.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def test_every_part_has_its_floor() -> None:
    parts = {part_of(path) for path in modules()} - {"__init__", "__main__"}
    assert parts == set(FLOOR_OF), "a part without a floor, or a floor without its part"


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    part = part_of(path)
    if part in {"__init__", "__main__"}:
        return
    breaches = []
    for line, name in imported(path):
        if not name.startswith("sxsh_options."):
            continue
        target = name.split(".")[1]
        if target in FLOOR_OF and target != part and FLOOR_OF[target] >= FLOOR_OF[part]:
            breaches.append(f"line {line}: {part} imports {target}")
    assert not breaches


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_streamlit_stays_in_the_screens(path: Path) -> None:
    if part_of(path) == "ui":
        return
    assert not [line for line, name in imported(path) if name.split(".")[0] == "streamlit"]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    if part_of(path) == "ui":
        return
    allowed = {"sqlalchemy", "alembic"} if path.is_relative_to(DATABASE) else set()
    heavy = [name for _, name in imported(path, top_level_only=True) if name.split(".")[0] in LATE - allowed]
    assert not heavy


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_the_database_is_imported_late(path: Path) -> None:
    if part_of(path) == "ui" or path.is_relative_to(DATABASE):
        return
    names = [name for _, name in imported(path, top_level_only=True)]
    assert not [name for name in names if name.startswith("sxsh_options.storage.database")]


def test_the_domain_asks_neither_clock_nor_chance() -> None:
    """Today's date and random numbers come in from above."""
    asked = []
    for path in modules():
        if FLOOR_OF.get(part_of(path), len(FLOORS)) > FLOOR_OF["services"]:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                asked.append(f"{path.name}:{node.lineno}")
        asked += [
            f"{path.name}:{line}"
            for line, name in imported(path)
            if name.split(".")[0] in {"random", "secrets"}
        ]
    assert not asked


def test_pages_compose_and_stay_short() -> None:
    pages = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]
    assert len(pages) >= 2
    for page in pages:
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 150, page.name
        for line, name in imported(page):
            if name.startswith("sxsh_options."):
                part = name.split(".")[1]
                assert part not in {"finance", "resources", "options", "screening"}, (
                    f"{page.name}:{line}: {name}"
                )


def test_tasks_needs_only_the_standard_library() -> None:
    names = {name.split(".")[0] for _, name in imported(ROOT / "tasks.py")}
    assert names <= set(sys.stdlib_module_names) | {"__future__"}


def test_every_library_that_the_code_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {line.split(">")[0] for line in project["dependencies"]}
    used = {name.split(".")[0] for path in modules() for _, name in imported(path)}
    used -= {*sys.stdlib_module_names, "sxsh_options"}
    used -= {"pydantic_core", "uvicorn"}  # come with pydantic and streamlit, in the version that these need
    assert used <= declared, "a library that pyproject.toml does not name"

"""Where things stand in a TOML file, held against files of the product and a hard one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from sxsh_options.funding.toml_lines import Path, lines_of
from sxsh_options.parameters import DATA_FOLDER

HARD = '''\
# a = 1
title = "a # b = [c]"   # = no

[a."b.c".d]
x.y = 1
z = { p = [1, { q = 2 }], "r s" = 3 }
when = 2018-05-14 08:00:00

[[rows]]
text = """
[no] = "table"
\\"""
"""
list = [
  'x', # one
  [ 3,
    4 ],
]
[[rows]]
[rows.more]
n = """a""""
[[rows.parts]]
n = 1
[[rows.parts]]
n = 2
'''

EXPECTED: dict[Path, int] = {
    ("title",): 2,
    ("a", "b.c", "d"): 4,
    ("a", "b.c", "d", "x", "y"): 5,
    ("a", "b.c", "d", "z", "p", 1, "q"): 6,
    ("a", "b.c", "d", "z", "r s"): 6,
    ("a", "b.c", "d", "when"): 7,
    ("rows",): 9,
    ("rows", 0): 9,
    ("rows", 0, "text"): 10,
    ("rows", 0, "list"): 14,
    ("rows", 0, "list", 0): 15,
    ("rows", 0, "list", 1): 16,
    ("rows", 0, "list", 1, 1): 17,
    ("rows", 1): 19,
    ("rows", 1, "more", "n"): 21,
    ("rows", 1, "parts", 0, "n"): 23,
    ("rows", 1, "parts", 1): 24,
    ("rows", 1, "parts", 1, "n"): 25,
}


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, (dict, list)):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(each, (*path, key))


@pytest.mark.parametrize("text", [HARD, HARD.replace("\n", "\r\n")])
def test_a_hard_file(text: str) -> None:
    found = lines_of(text)
    assert {path: found.get(path) for path in EXPECTED} == EXPECTED


@pytest.mark.parametrize("path", sorted((DATA_FOLDER / "funding").rglob("*.toml")), ids=lambda p: p.stem)
def test_everything_that_a_file_says_has_its_line(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    found, lines = lines_of(text), text.split("\n")
    for each in paths(tomllib.loads(text)):
        key = next(part for part in reversed(each) if isinstance(part, str))
        if isinstance(each[-1], str):
            assert key in lines[found[each] - 1]
        assert each in found

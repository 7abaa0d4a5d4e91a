"""Columns stand straight whatever the letters."""

import unicodedata

import pytest

from sxsh_options.cli.layout import Column, paragraph, table, width, wrap

NAME = "Thu hồi nước ngưng"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        (NAME, 18),
        (unicodedata.normalize("NFD", NAME), 18),  # the same letters, accents as characters of their own
        ("節約", 4),
        ("", 0),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("Biến tần máy nén", 10, ["Biến tần", "máy nén"]),
        ("Biến tần", 8, ["Biến tần"]),
        ("1,28\u00a0tháng đầu", 10, ["1,28\u00a0tháng", "đầu"]),  # a figure stays with its unit
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
        ("節約節約", 6, ["節約節", "約"]),
        ("節約", 1, ["節", "約"]),
        ("", 5, [""]),
    ],
)
def test_wrap(text: str, cells: int, lines: list[str]) -> None:
    assert wrap(text, cells) == lines


def test_table_is_straight_and_numbers_stand_right() -> None:
    columns = [
        Column("Mã", ["A", "BB"], align="left"),
        Column("Giải pháp", [NAME, unicodedata.normalize("NFD", "Biến tần")], align="left"),
        Column("Đầu tư", ["1.500", "60"], unit="triệu ₫"),
    ]
    assert table(columns, 100) == [
        "Mã  Giải pháp            Đầu tư",
        "                        triệu ₫",
        "──  ──────────────────  ───────",
        "A   Thu hồi nước ngưng    1.500",
        "BB  " + unicodedata.normalize("NFD", "Biến tần") + "                 60",
    ]


def test_texts_give_way_and_nothing_is_lost() -> None:
    columns = [
        Column("Đầu tư", ["12.345.678", "1"]),
        Column("Tên", ["Thu hồi nước ngưng và bọc bảo ôn", "Ngắn"], align="left"),
    ]
    assert table(columns, 32) == [
        "    Đầu tư  Tên",
        "──────────  ────────────────────",
        "12.345.678  Thu hồi nước ngưng",
        "            và bọc bảo ôn",
        "         1  Ngắn",
    ]


def test_headings_take_two_lines_where_that_saves_cells() -> None:
    columns = [Column("Mã", ["A"]), Column("Giá trị tương đương", ["1,5"], unit="triệu ₫/năm")]
    assert table(columns, 100) == [
        "Mã      Giá trị",
        "    tương đương",
        "    triệu ₫/năm",
        "──  ───────────",
        " A          1,5",
    ]


def test_what_does_not_fit_goes_below_behind_the_same_keys() -> None:
    columns = [Column("Mã", ["A"]), Column("Đầu tư", ["12.345"]), Column("NPV", ["678.901"], unit="đ/năm")]
    assert table(columns, 12, keys=1) == [
        "Mã  Đầu tư",
        "──  ──────",
        " A  12.345",
        "",
        "Mã      NPV",
        "      đ/năm",
        "──  ───────",
        " A  678.901",
    ]


def test_a_figure_is_never_cut() -> None:
    lines = table([Column("Đầu tư", ["12.345.678"]), Column("Tên", ["x" * 60], align="left")], 10)
    assert lines[2] == "12.345.678 " + "x" * 16  # the gap gives way first
    assert len(lines) == 2 + 4


def test_paragraph_hangs_under_its_bullet() -> None:
    assert paragraph("một hai ba bốn", 12, "  ", "- ") == ["  - một hai", "    ba bốn"]
    assert paragraph("", 12, "  ", "- ") == ["  -"]

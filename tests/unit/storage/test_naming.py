from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sxsh_options.storage.naming import assessment_file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nhà máy đường Đắk Lắk – năm 2025", "SXSH-Nha-may-duong-Dak-Lak-nam-2025.xlsx"),
        ("../../etc/passwd", "SXSH-etc-passwd.xlsx"),
        ("C:\\x\\y", "SXSH-C-x-y.xlsx"),
        ("con", "SXSH-con.xlsx"),
        ("工場", "SXSH.xlsx"),
        ("", "SXSH.xlsx"),
        ("ằ" * 5_000, f"SXSH-{'a' * 70}.xlsx"),
    ],
)
def test_examples(title: str, name: str) -> None:
    assert assessment_file_name(title, "xlsx") == name


@given(st.text(max_size=300), st.sampled_from(["json", "csv", "xlsx"]))
def test_any_title_gives_a_safe_name(title: str, kind: str) -> None:
    name = assessment_file_name(title, kind)  # type: ignore[arg-type]
    assert re.fullmatch(rf"[A-Za-z0-9]+(-[A-Za-z0-9]+)*\.{kind}", name)
    assert len(name) <= 80

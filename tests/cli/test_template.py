"""``sxsh template``: a workbook out, and in again through ``sxsh rank``."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sxsh_options.cli import main
from sxsh_options.services.examples import examples, load_example
from sxsh_options.storage import read_assessment

SEAFOOD = next(example.path for example in examples() if example.id == "vn_seafood")


@pytest.mark.parametrize(
    ("lang", "sheet", "said"),
    [("vi", "Giải pháp", "Đã ghi tệp Excel"), ("en", "Options", "Excel workbook written to")],
)
def test_an_empty_form(
    lang: str, sheet: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "phiếu.xlsx"
    assert main(["template", str(out), "--lang", lang]) == 0
    assert said in capsys.readouterr().out
    assert sheet in load_workbook(io.BytesIO(out.read_bytes())).sheetnames


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_assessment_goes_out_and_comes_back_equal(lang: str, tmp_path: Path) -> None:
    out = tmp_path / "seafood.xlsx"
    assert main(["template", str(out), str(SEAFOOD), "--lang", lang]) == 0
    assert read_assessment(out) == load_example("vn_seafood")


def test_a_workbook_is_ranked_like_its_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "seafood.xlsx"
    main(["template", str(out), str(SEAFOOD)])
    capsys.readouterr()
    said = []
    for source in (SEAFOOD, out):
        assert main(["rank", str(source), "--as-of", "2026-11-22", "--format", "json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_the_form_of_an_empty_assessment_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "phiếu.xlsx"
    main(["template", str(out)])
    assert main(["rank", str(out)]) == 2
    assert "Còn thiếu" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "đã ghi 0 tệp"),
        (["a.xlsx", "b.json", "c.json"], "đã ghi 3 tệp"),
        (["a.csv"], "phải có đuôi .xlsx"),
        (["a.xlsx", "--colour"], "--colour"),
        (["không/có/a.xlsx"], "không ghi được"),
    ],
)
def test_faults_of_the_command_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["template", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "--help", "--lang", "en"]) == 0
    assert "OUT.xlsx" in capsys.readouterr().out

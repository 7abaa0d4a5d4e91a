"""What a person is told when a command line or a file is wrong, when help is asked for, when things break."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sxsh_options.i18n import Wording
from sxsh_options.services import ranking
from sxsh_options.storage.workbook import write_workbook
from tests.builders import assessment, electricity, option

AS_OF = ("--as-of", "2026-11-22")


def faults(result: tuple[int, str, str]) -> list[str]:
    code, out, err = result
    assert code == 2
    assert out == ""
    return err.splitlines()


def test_every_fault_of_the_command_line_at_once(sxsh: Any, options: Path, tmp_path: Path) -> None:
    found = faults(
        sxsh(
            "rank", options, "--by", "profit", "--years", "2,5", "--as-of", "31/02/2026",
            "--discount-rate", "10", "--weights", "technical=1", "--price", "electricity=5", "--price",
            "unobtainium_kg=5", "--format", "xml", "--out", tmp_path / "no" / "x", "--explan", "A",
        )
    )  # fmt: skip
    assert found[-1] == "Số lỗi: 10. Chưa tính gì; hãy sửa rồi chạy lại."
    assert len(found) == 11
    starts = {line.split(":")[0] for line in found[:-1]}
    assert {
        "--by",
        "--years",
        "--as-of",
        "--discount-rate",
        "--weights",
        "--price",
        "--format",
        "--out",
    } <= starts
    assert "Không có tùy chọn “--explan”. Có phải “--explain” không?" in found
    assert any("ghi là 10% hoặc 0,1" in line for line in found)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["rank"], "An input file is missing."),
        (["rank", "{input}", "b.csv"], "Only one file can be read at a time"),
        (["rank", "{input}", "--by"], "--by needs a value after it."),
        (["rank", "{input}", "--discount-rate", "10"], "Write ten percent as 10% or 0.1."),
        (["rank", "{input}", "--discount-rate", "ten"], "“ten” is not a number."),
        (["rank", "{input}", "--discount-rate=-100%"], "-100 % is outside what can be calculated"),
        (["rank", "{input}", "--discount-rate", "-500%"], "-500 % is outside what can be calculated"),
        (["rank", "{input}", "--years", "-3"], "“-3” must be a whole number of years from 1 to 100"),
        (["rank", "{input}", "--discount-rate", "--years", "3"], "--discount-rate needs a value after it."),
        (["rank", "{input}", "--discount-rate", "1001%"], "outside what can be calculated"),
        (["rank", "{input}", "--years", "0"], "a whole number of years from 1 to 100"),
        (["rank", "{input}", "--years", "101"], "a whole number of years from 1 to 100"),
        (["rank", "{input}", "--as-of", "2026-13-01"], "is not a date that exists"),
        (["rank", "{input}", "--as-of", "22.11.2026"], "is not a date that exists"),
        (["rank", "{input}", "--weights", "technical=1,economic=2,environmental=101"], "from 0 to 100"),
        (["rank", "{input}", "--weights", "technical=1,economic=x,environmental=1"], "“x” is not a number"),
        (
            ["rank", "{input}", "--weights", "technical=0,economic=0,environmental=0"],
            "all three weights are 0",
        ),
        (
            ["rank", "{input}", "--weights", "technical=1,technical=2,economic=3"],
            "all three weights, each once",
        ),
        (["rank", "{input}", "--price", "electricity_kwh=-1"], "a price cannot be negative"),
        (["rank", "{input}", "--price", "electricity_kwh=2.000"], "is a decimal mark or sets off thousands"),
        (["rank", "{input}", "--price", "electricity_kwh=1", "--price", "điện_mwh=2"], "is given twice"),
        (["rank", "{input}", "--price", "electricity_m3=5"], "electricity"),
        (["rank", "{input}", "--price", "electrcity_kwh=5"], "electricity"),
        (["rank", "{input}", "--out", "{folder}"], "is a folder"),
        (["rank", "{input}", "--out", "{input}"], "is the input itself"),
        (["rank", "{input}", "--explain", "ZZZ"], "“ZZZ”"),
        (["rank", "{input}", "--help=1"], "takes no value"),
        (["rank", "{folder}/none.csv"], "none.csv"),
        (
            ["rnk", "{input}"],
            "There is no command “rnk”. The commands are: rank, match, plan, template, app.",
        ),
        ([], "A command is missing."),
        (["app", "x"], "“x” is not understood"),
    ],
)
def test_faults(sxsh: Any, options: Path, arguments: Sequence[str], expected: str) -> None:
    given = [a.format(input=options, folder=options.parent) for a in arguments]
    found = faults(sxsh("--lang", "en", *given))
    assert any(expected in line for line in found), found
    assert found[-1] == f"Faults: {len(found) - 1}. Nothing was calculated; correct them and run again."


def test_unknown_language_is_said_in_vietnamese(sxsh: Any, options: Path) -> None:
    found = faults(sxsh("rank", options, "--lang", "fr", "--by", "x"))
    assert found[0] == "--lang: “fr” không dùng được. Chọn một trong: vi, en."
    assert len(found) == 3


def test_faults_of_the_file_name_their_place(sxsh: Any, options: Path) -> None:
    options.write_text(
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\n"
        "A,Một,-5,1000000,10\n"
        "B,Hai,5000000,abc,10\n"
        "A,Ba,5000000,1000000,0\n",
        encoding="utf-8",
    )
    found = faults(sxsh("rank", options))
    places = [line.split(": ")[0] for line in found[:-1]]
    name = options.name
    assert [place.rsplit("/", 1)[-1] for place in places] == [
        f"{name}:2:capex_vnd",
        f"{name}:3:annual_saving_vnd",
        f"{name}:4:option_id",
        f"{name}:4:lifetime_years",
    ]
    assert found[-1].startswith("Số lỗi: 4.")


def test_a_resource_without_a_price_is_asked_for(sxsh: Any, options: Path) -> None:
    options.write_text(
        "option_id,name,capex_vnd,lifetime_years,saving_steam_t\nA,Một,5000000,10,3\n", encoding="utf-8"
    )
    found = faults(sxsh("rank", options))
    assert "hơi nước mua ngoài" in found[0]


def test_prices_that_are_missing_are_asked_for_once_each_in_the_form_that_is_read(
    sxsh: Any, options: Path
) -> None:
    options.write_text(
        "option_id,name,capex_vnd,lifetime_years,saving_steam_t,saving_coal_kg\nA,Một,5,10,3,2\nB,Hai,5,10,3,2\n",
        encoding="utf-8",
    )
    found = faults(sxsh("rank", options, "--lang", "en"))
    assert found[-2] == (
        "Give the price with: --price steam_t=PRICE, --price coal_t=PRICE "
        "(PRICE: VND net of VAT for one unit, e.g. 2500000)."
    )
    assert found[-1].startswith("Faults: 4.")
    assert sxsh("rank", options, "--price", "steam_t=400000", "--price", "coal_t=2500000")[0] == 0


def test_the_unit_of_every_resource_is_one_that_a_price_can_be_given_for(sxsh: Any, options: Path) -> None:
    from sxsh_options.resources import catalogue

    prices = [f"{r.resource_id}_{r.unit.lower()}=1" for r in catalogue.resources().values()]
    assert sxsh("rank", options, *(part for price in prices for part in ("--price", price)))[0] == 0


def test_a_negative_rate_may_stand_behind_a_blank(sxsh: Any, options: Path) -> None:
    for rate in ("-5%", "-0,05", "-.05"):
        code, out, _ = sxsh(
            "rank", options, "--price", "electricity_kwh=2000", *AS_OF, "--discount-rate", rate
        )
        assert code == 0
        assert "tỷ lệ chiết khấu -5 %" in out.splitlines()[0]


def many_rows(path: Path, column: str, cell: str) -> Path:
    lines = [f"option_id,name,capex_vnd,lifetime_years,{column}"]
    lines += [f"X{i},Một,5,10,{cell}" for i in range(1500)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_count_is_that_of_all_faults(sxsh: Any, options: Path) -> None:
    found = faults(sxsh("rank", many_rows(options, "saving_coal_t", "5")))
    assert found[-1].startswith("Số lỗi: 1500.")
    (told,) = (i for i, line in enumerate(found) if "Có tất cả 1500 lỗi" in line)
    assert told == 1000


def test_a_table_wrong_all_over_stops_at_the_first_thousand(sxsh: Any, options: Path) -> None:
    found = faults(sxsh("rank", many_rows(options, "annual_saving_vnd", "abc")))
    assert found[-1].startswith("Số lỗi: ít nhất 1000.")


def test_where_there_may_be_more_faults_the_count_is_a_least(sxsh: Any, tmp_path: Path) -> None:
    document = tmp_path / "twice.json"
    document.write_text(
        json.dumps({"options": [{}] * 1500}).replace("{}", '{"id": 1, "id": 2}'), encoding="utf-8"
    )
    found = faults(sxsh("rank", document, "--lang", "en"))
    assert "there may be more" in found[-2]
    assert found[-1].startswith("Faults: at least 1000.")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["rank", "-h"], ["app", "--help"], ["rank", "x.csv", "--help"]]
)
def test_help_is_vietnamese_by_default(sxsh: Any, arguments: list[str]) -> None:
    code, out, err = sxsh(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Cách dùng: sxsh")
    for english in ("usage:", "positional arguments", "show this help", "options:"):
        assert english not in out


def test_help_names_every_option_in_english_too(sxsh: Any) -> None:
    _, vietnamese, _ = sxsh("rank", "--help")
    _, english, _ = sxsh("rank", "--help", "--lang=en")
    for named in (
        "--by", "--discount-rate", "--years", "--as-of", "--weights", "--price", "--format", "--out",
        "--explain", "--together", "--lang", "--help",
    ):  # fmt: skip
        assert named in vietnamese
        assert named in english
    assert english.startswith("Usage: sxsh rank INPUT")


def test_version(sxsh: Any) -> None:
    from sxsh_options import __version__

    assert sxsh("--version") == (0, f"sxsh {__version__}\n", "")


def test_an_interrupt_is_quiet(sxsh: Any, options: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ranking, "rank", interrupted)
    assert sxsh("rank", options) == (130, "", "")


def test_an_unexpected_error_is_one_line_and_a_file(
    sxsh: Any, options: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("details of the fault")

    monkeypatch.setattr(ranking, "rank", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("SXSH_DEBUG", raising=False)
    code, out, err = sxsh("rank", options)
    assert (code, out) == (1, "")
    assert err.startswith("Lỗi ngoài dự kiến (KeyError)")
    assert len(err.splitlines()) == 1
    (details,) = tmp_path.glob("sxsh-error-*.txt")
    assert str(details) in err
    assert "details of the fault" in details.read_text(encoding="utf-8")
    monkeypatch.setenv("SXSH_DEBUG", "1")
    with pytest.raises(KeyError):
        sxsh("rank", options)


def test_app_starts_the_server_of_the_pages(
    sxsh: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[tuple[list[str], Path]] = []

    def run(arguments: list[str], *, cwd: Path, check: bool) -> subprocess.CompletedProcess[bytes]:
        started.append((arguments, cwd))
        return subprocess.CompletedProcess(arguments, 3)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("sxsh_options.parameters.DATA_FOLDER", tmp_path / "data")
    assert faults(sxsh("app"))[0].startswith("Không tìm thấy tệp app.py")
    (tmp_path / "app.py").touch()
    assert sxsh("app")[0] == 3
    assert sxsh("app", "--port", "8600", "--no-browser")[0] == 3
    server = [sys.executable, "-m", "sxsh_options.ui.server"]
    assert started == [(server, tmp_path), ([*server, "--port=8600", "--no-browser"], tmp_path)]


def test_a_fault_found_when_valuing_names_the_row_of_the_table(sxsh: Any, tmp_path: Path) -> None:
    table = tmp_path / "coal.csv"
    rows = [
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_coal_t",
        "A,Lò,100,,10,20",
        "",
        "B,Lò,9,5,5,1",
    ]
    table.write_text("\n".join([*rows, "C,Lò,9,,5,1"]), encoding="utf-8")
    code, _, err = sxsh("rank", str(table))
    assert code == 2
    assert [line.split(": ")[0] for line in err.splitlines() if "coal.csv" in line] == [
        f"{table}:2:annual_saving_vnd",
        f"{table}:5:annual_saving_vnd",
    ]


def test_a_fault_found_when_valuing_names_the_cell_of_the_workbook(sxsh: Any, tmp_path: Path) -> None:
    coal = {"savings": [{"id": "s", "resource": "coal", "quantity": 6, "unit": "t"}]}
    form = tmp_path / "than.xlsx"
    given = assessment(option("A", 1e6, None, **coal), baseline=electricity())
    form.write_bytes(write_workbook(given, Wording("vi"), date(2026, 11, 22)))
    for command in ("rank", "plan"):
        code, out, err = sxsh(command, form)
        assert (code, out) == (2, "")
        assert "than.xlsx:Giải pháp:3:H (Tiền tiết kiệm" in err
        assert "options[0]" not in err


def test_a_fault_of_a_document_names_its_field_and_its_path(sxsh: Any, tmp_path: Path) -> None:
    wrong = {"id": "A", "name": "A", "technical_life_years": 10, "annual_saving": 5}
    wrong["capex"] = [{"kind": "equipment", "amount": {"amount": "nhiều", "currency": "VND"}}]
    document = {"schema_version": 1, "id": "a", "title": "T", "facility": {"name": "F"}, "options": [wrong]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    code, _, err = sxsh("rank", str(path))
    assert code == 2
    where = "giải pháp 1, khoản vốn đầu tư 1, số tiền (options[0].capex[0].amount.amount)"
    assert f"{path}:{where}: Phải là một số JSON" in err


def test_rubbish_that_is_called_a_table_is_no_text_file(sxsh: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe" + bytes(range(0x30, 0xD0)) * 300)
    for lang, says in (("vi", "Đây không phải tệp văn bản."), ("en", "This is no text file.")):
        code, _, err = sxsh("rank", str(path), "--lang", lang)
        assert code == 2
        assert f"{path}: {says}" in err
        assert "CSV UTF-8" in err  # what would be right
        assert len(err.splitlines()) <= 2

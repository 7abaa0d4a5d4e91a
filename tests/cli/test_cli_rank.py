"""``sxsh rank`` from the arguments to the result, on standard output and in files.

The figures are worked out by hand. At 10 % over 10 years one đồng a year is worth 6.144567106 đồng today
(annuity table), so of the two options below

* LED: pays 50 million back with 30 million a year in 20 months, NPV 134.3370 million;
* VSD: 96,000 kWh at 2,000 ₫ are 192 million a year: 600 million come back in 3.125 years, NPV 579.7569
  million.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PRICE = ("--price", "electricity_kwh=2000")
AS_OF = ("--as-of", "2026-11-22")


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command in a process of its own."""
    program = shutil.which("sxsh", path=str(Path(sys.executable).parent))
    assert program, "the sxsh command is not installed beside this Python"
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, env=os.environ | environment, check=False
    )


def rows(table: str) -> list[list[str]]:
    """Return the rows of a printed table, a list of words each."""
    lines = table.splitlines()
    rule = next(i for i, line in enumerate(lines) if line.startswith("──"))
    body = lines[rule + 1 :]
    return [line.split() for line in body[: body.index("") if "" in body else len(body)]]


def test_table_in_vietnamese(sxsh: Any, options: Path) -> None:
    code, out, err = sxsh("rank", options, *PRICE, *AS_OF, "--discount-rate", "10%")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == (
        "Xếp hạng 2 giải pháp theo thời gian hoàn vốn; tỷ lệ chiết khấu 10 %; tính tại ngày 22/11/2026."
    )
    led, vsd = rows(out)
    assert led[:2] == ["1", "LED"]
    assert vsd[:2] == ["2", "VSD"]
    assert "50 30 20 tháng 134,3" in " ".join(led)
    assert "600 192 3,13 năm 579,8" in " ".join(vsd)
    assert "Giá ghi trên dòng lệnh" in out


def test_table_in_english(sxsh: Any, options: Path) -> None:
    code, out, _ = sxsh("--lang", "en", "rank", options, *PRICE, *AS_OF, "--discount-rate", "0.1")
    assert code == 0
    assert out.startswith("2 options ranked by payback; discount rate 10 %; as of 22 Nov 2026.\n")
    assert "50 30 20 months 134.3" in " ".join(rows(out)[0])


def test_npv_turns_the_order_round(sxsh: Any, options: Path) -> None:
    _, out, _ = sxsh("rank", "--by", "npv", *PRICE, *AS_OF, "--discount-rate=0,1", options)
    assert [row[1] for row in rows(out)] == ["VSD", "LED"]


def test_lives_that_differ_show_both_values_and_the_compared_one_first(sxsh: Any, options: Path) -> None:
    options.write_text(
        options.read_text(encoding="utf-8").replace("30000000,10", "30000000,5"), encoding="utf-8"
    )
    _, out, _ = sxsh("rank", options, "--by", "npv", *PRICE, *AS_OF, "--discount-rate", "0")
    headings = " ".join(out.splitlines()[2:4])
    assert headings.index("Giá trị") < headings.index("NPV")
    assert "tương đương" in headings
    vsd, led = rows(out)
    assert "3,13 năm 132 1.320" in " ".join(vsd)  # 192 - 600 / 10; 10 x 192 - 600
    assert "20 tháng 20 100" in " ".join(led)  # 30 - 50 / 5; 5 x 30 - 50


def test_emissions_that_are_not_known_are_a_dash_not_a_zero(sxsh: Any, options: Path) -> None:
    options.write_text(
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years,saving_steam_t,saving_water_m3\n"
        "STEAM,Hơi mua ngoài,90000000,30000000,10,20,\n"  # no factor of bought steam is known
        "MONEY,Chỉ có tiền,120000000,30000000,10,,\n"
        "WATER,Nước,150000000,30000000,10,,20\n",  # water counts beside scopes 1 and 2
        encoding="utf-8",
    )
    _, out, _ = sxsh("rank", options, *AS_OF)
    avoided = {row[1]: row[-5] for row in rows(out)}
    assert avoided == {"STEAM": "–", "MONEY": "–", "WATER": "0"}


def test_a_narrow_terminal_gets_the_table_in_parts_that_fit(
    sxsh: Any, options: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = sxsh("rank", options, *PRICE, *AS_OF)
    assert max(map(len, out.splitlines())) <= 80
    assert [line.split()[1] for line in out.splitlines() if line.lstrip()[:2] in ("1 ", "2 ")] == [
        *("LED", "VSD"),
        *("LED", "VSD"),
    ]


def test_json_is_all_of_standard_output(sxsh: Any, options: Path) -> None:
    code, out, err = sxsh("rank", options, "--format", "json", *PRICE, *AS_OF, "--discount-rate", "10%")
    assert code == 0
    document = json.loads(out, parse_constant=lambda name: pytest.fail(name))
    assert document["schema"] == 1
    assert [o["option_id"] for o in document["options"]] == ["LED", "VSD"]
    assert document["options"][1]["npv_vnd"] == pytest.approx(192e6 * 6.144567106 - 600e6, rel=1e-9)
    assert document["options"][1]["simple_payback_years"] == pytest.approx(3.125)
    assert "Xếp hạng 2 giải pháp" in err


def test_csv_is_all_of_standard_output(sxsh: Any, options: Path) -> None:
    code, out, _ = sxsh("rank", options, "--format", "csv", *PRICE, *AS_OF, "--discount-rate", "10%")
    assert code == 0
    table = list(csv.DictReader(io.StringIO(out)))
    assert [row["option_id"] for row in table] == ["LED", "VSD"]
    assert float(table[1]["npv_vnd"]) == pytest.approx(192e6 * 6.144567106 - 600e6, rel=1e-9)


@pytest.mark.parametrize("rate", ["0.1", "0,1", "10%", "10 %", "10,0%", "10.0 %"])
def test_the_same_rate_in_every_spelling(sxsh: Any, options: Path, rate: str) -> None:
    _, out, _ = sxsh("rank", options, "--format", "json", *PRICE, *AS_OF, "--discount-rate", rate)
    assert json.loads(out)["options"][0]["npv_vnd"] == pytest.approx(30e6 * 6.144567106 - 50e6, rel=1e-9)


def test_a_common_time_of_analysis(sxsh: Any, options: Path) -> None:
    _, out, _ = sxsh(
        "rank", options, "--years", 5, "--format", "json", *PRICE, *AS_OF, "--discount-rate", "0%"
    )
    led = json.loads(out)["options"][0]
    assert led["npv_vnd"] == pytest.approx(5 * 30e6 - 50e6 + 25e6)  # half the equipment's life is left


def test_weights_of_the_score(sxsh: Any, options: Path) -> None:
    weights = "technical=0,economic=100,environmental=0"
    code, out, _ = sxsh("rank", options, "--by", "score", "--weights", weights, *PRICE, *AS_OF)
    assert code == 0
    assert "Điểm" in out.splitlines()[2]


def test_explanation(sxsh: Any, options: Path) -> None:
    code, out, _ = sxsh("rank", options, "--explain", "VSD", *PRICE, *AS_OF, "--discount-rate", "10%")
    assert code == 0
    explained = out[out.index("Cách tính: VSD · Biến tần máy nén khí") :]
    assert "PB = I / B" in explained
    assert "NPV = Σ CFₜ / (1 + r)ᵗ" in explained
    assert "Lượng tiết kiệm (điện): 96.000 kWh/năm" in explained
    assert "Đơn giá (điện): 2.000 ₫/kWh [người dùng thay]" in explained
    assert "0: -600.000.000 ₫; 1–10: 192.000.000 ₫" in explained


def test_what_is_not_read_in_its_source_is_marked(sxsh: Any, options: Path) -> None:
    _, out, _ = sxsh("rank", options, *AS_OF)
    rate = next(line for line in out.splitlines() if line.startswith("  - Tỷ lệ chiết khấu:"))
    marks = [line.split("]")[0].strip() + "]" for line in out.splitlines() if line.startswith("  [")]
    assert marks
    assert any(mark in rate for mark in marks)


# Where it goes


def test_out_takes_the_form_from_the_name(sxsh: Any, options: Path, tmp_path: Path) -> None:
    target = tmp_path / "kết quả.json"
    target.write_text("older", encoding="utf-8")
    code, out, _ = sxsh("rank", options, "--out", target, *PRICE, *AS_OF)
    assert code == 0
    assert out == f"Đã ghi 2 giải pháp vào {target}\n"
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["giải pháp.csv", "kết quả.json"]


def test_csv_files_open_in_a_spreadsheet_with_their_letters(sxsh: Any, options: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    sxsh("rank", options, "--out", target, *PRICE, *AS_OF)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Thay đèn LED" in content.decode("utf-8-sig")


def test_table_into_a_file(sxsh: Any, options: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    sxsh("rank", options, "--out", target, *PRICE, *AS_OF)
    assert "LED" in target.read_text(encoding="utf-8")


def test_an_extension_of_no_format_needs_the_format_to_be_named(
    sxsh: Any, options: Path, tmp_path: Path
) -> None:
    asked = ("--lang", "en", "rank", options, *PRICE, *AS_OF, "--out")
    for name in ("out.pdf", "out.xlsx"):
        code, _, err = sxsh(*asked, tmp_path / name)
        assert code == 2
        assert (
            f"“{Path(name).suffix}” cannot be written. Use one of .csv, .json, .txt, or add --format" in err
        )
        assert not (tmp_path / name).exists()
    assert sxsh(*asked, tmp_path / "out.dat", "--format", "csv")[0] == 0
    assert sxsh(*asked, tmp_path / "OUT.JSON")[0] == 0
    assert sxsh(*asked, tmp_path / "out")[0] == 0
    assert json.loads((tmp_path / "OUT.JSON").read_text(encoding="utf-8"))["schema"] == 1


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    sxsh: Any, options: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    target.write_text("older", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = sxsh("rank", options, "--out", target, *PRICE, *AS_OF)
    assert code == 2
    assert err.startswith(f"--out: không ghi được “{target}”.")
    assert target.read_text(encoding="utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["giải pháp.csv", "out.json"]


def test_output_is_utf8_whatever_the_code_page(options: Path) -> None:
    run = command("rank", options, *PRICE, *AS_OF, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert run.returncode == 0
    assert "Biến tần máy nén khí" in run.stdout.decode("utf-8")
    assert b"\r" not in run.stdout


def test_a_reader_that_goes_away_is_no_error(options: Path) -> None:
    header = options.read_text(encoding="utf-8").splitlines()[0]
    lines = [header] + [f"X{i},Thay đèn {i},5000000,3000000,10," for i in range(5000)]
    options.write_text("\n".join(lines), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [sys.executable, "-m", "sxsh_options", "rank", str(options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_an_assessment_without_options(sxsh: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text(
        '{"schema_version": 1, "id": "x", "title": "t", "facility": {"name": "f"}}', encoding="utf-8"
    )
    code, out, err = sxsh("rank", empty, *AS_OF)
    assert (code, out) == (2, "")
    assert err.startswith(f"{empty}: Không có giải pháp nào để xếp hạng. Hãy thêm ít nhất một giải pháp")


def test_python_m_is_the_same_command() -> None:
    run = subprocess.run([sys.executable, "-m", "sxsh_options", "--version"], capture_output=True, check=True)
    assert run.stdout == command("--version").stdout


def test_options_carried_out_together(sxsh: Any, options: Path) -> None:
    asked = (
        "rank",
        options,
        "--together",
        "VSD",
        "--together",
        "LED",
        *PRICE,
        *AS_OF,
        "--discount-rate",
        "0",
    )
    code, out, _ = sxsh(*asked)
    assert code == 0
    joint = out[out.index("Làm cùng nhau: VSD, LED") :]
    # 650 million; 96,000 kWh x 2,000 + 30 million = 222 million a year; 10 x 222 - 650
    assert "Tổng vốn đầu tư ban đầu: 650.000.000 ₫" in joint
    assert "Lợi ích ròng hằng năm: 222.000.000 ₫/năm" in joint
    assert "NPV): 1.570.000.000 ₫" in joint
    assert "Tiết kiệm điện: 96.000 kWh/năm" in joint
    document = json.loads(sxsh(*asked, "--format", "json")[1])
    assert document["together"]["npv_vnd"] == 1_570_000_000
    assert document["together"]["simple_payback_years"] == pytest.approx(650 / 222)


def test_a_choice_that_cannot_be_made_is_refused_with_every_reason(sxsh: Any, options: Path) -> None:
    code, out, err = sxsh("rank", options, "--together", "VSD", "--together", "X", "--together", "Y", *PRICE)
    assert (code, out) == (2, "")
    assert [line for line in err.splitlines() if "“X”" in line or "“Y”" in line][:2] == err.splitlines()[:2]


def test_what_pays_back_after_its_life_names_the_life(sxsh: Any, tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_text(
        "option_id,name,capex_vnd,annual_saving_vnd,lifetime_years\nA,Bơm,600000000,50000000,10\n",
        encoding="utf-8",
    )
    shown = " ".join(sxsh("rank", str(path))[1].replace("\u00a0", " ").split())
    assert "không hoàn vốn trong 10 năm" in shown
    assert "là 12 năm" in shown  # the ratio, in the question
    (row,) = json.loads(sxsh("rank", str(path), "--format", "json")[1])["options"]
    assert (row["payback_status"], row["simple_payback_years"]) == ("never", None)

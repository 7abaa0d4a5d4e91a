"""``sxsh plan``: the best financing plan in the terminal and as JSON."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sxsh_options.cli.planning import first_interrupt
from sxsh_options.parameters import DATA_FOLDER
from tests.cli.conftest import Run

EXAMPLES = sorted((DATA_FOLDER / "examples").glob("vn_*.json"))
SEAFOOD = str(DATA_FOLDER / "examples" / "vn_seafood.json")
DAY = ("--as-of", "2026-11-23")


def planned(run: Run, *arguments: object) -> dict[str, Any]:
    code, out, err = run("plan", *arguments, "--format", "json", *DAY)
    assert code == 0, err
    return dict(json.loads(out))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_a_plan(sxsh: Run, example: Path) -> None:
    found = planned(sxsh, str(example))
    assert found["schema"] == 1
    assert found["status"] == "optimal"
    assert found["after"]["npv_vnd"] >= found["before"]["npv_vnd"] - 1
    granted = sum(grant["amount_vnd"] for grant in found["grants"])
    lent = sum(loan["principal_vnd"] for loan in found["loans"])
    assert granted + lent <= found["investment_vnd"] * (1 + 1e-9)
    assert found["own_capital_vnd"] >= 0
    ids = {each["source_id"] for each in found["left_out"]}
    used = {grant["source_id"] for grant in found["grants"]}
    assert not ids & used


@pytest.mark.parametrize(("lang", "words"), [("vi", "Nên làm ngay"), ("en", "Better act now")])
def test_the_table_says_who_pays_and_whether_to_wait(sxsh: Run, lang: str, words: str) -> None:
    code, out, _ = sxsh("plan", SEAFOOD, "--lang", lang, *DAY)
    assert code == 0
    assert words in out.replace("\n", " ")
    assert "khuyen_cong" not in out
    assert "NPV" in out


def test_own_capital_that_is_too_small_and_enough_where_options_may_be_left_out(sxsh: Run) -> None:
    code, out, err = sxsh("plan", SEAFOOD, "--own-capital", "100tr", *DAY)
    assert (code, out) == (2, "")
    assert "cần ít nhất 1.356.100.000" in err
    assert "Traceback" not in err
    found = planned(sxsh, SEAFOOD, "--own-capital", "100tr", "--choose")
    assert found["own_capital_vnd"] <= 1e8 + 1
    assert 0 < len(found["options"]) < 9


@pytest.mark.parametrize("objective", ["npv", "own_capital", "payback", "co2e"])
def test_every_aim(sxsh: Run, objective: str) -> None:
    assert planned(sxsh, SEAFOOD, "--objective", objective)["objective"] == objective


def test_the_result_as_a_file(sxsh: Run, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    code, _, _ = sxsh("plan", SEAFOOD, "--out", out, *DAY)
    assert code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["waiting"]["advice"] == "act"


def test_everything_wrong_at_once(sxsh: Run) -> None:
    code, out, err = sxsh(
        "plan", "--own-capital", "nhiều", "--objective", "luck", "--as-of", "soon", "--format", "xml"
    )
    assert (code, out) == (2, "")
    for wrong in ("nhiều", "luck", "soon", "xml"):
        assert wrong in err


def test_nothing_to_finance(sxsh: Run, tmp_path: Path) -> None:
    document = json.loads(Path(SEAFOOD).read_text(encoding="utf-8"))
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps({**document, "options": [], "bundle": []}), encoding="utf-8")
    code, _, err = sxsh("plan", empty)
    assert code == 2
    assert "Chưa có giải pháp nào có vốn đầu tư" in err


def test_a_source_that_does_not_exist_is_refused(sxsh: Run, tmp_path: Path) -> None:
    document = json.loads(Path(SEAFOOD).read_text(encoding="utf-8"))
    financing = {"sources": [{"id": "khuyen_cong_mat_trang", "use": "count_on"}]}
    given = tmp_path / "a.json"
    given.write_text(json.dumps({**document, "financing": financing}), encoding="utf-8")
    code, out, err = sxsh("plan", given, *DAY)
    assert (code, out) == (2, "")
    assert "financing.sources[0].id" in err
    assert "khuyen_cong_mat_trang" in err


@pytest.fixture
def as_on_a_terminal() -> Iterator[None]:
    """Ctrl-C as a terminal has it; what runs in the background may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("as_on_a_terminal")
def test_ctrl_c_ends_the_search_and_a_second_one_the_program() -> None:
    with first_interrupt() as interrupted:
        assert not interrupted()
        signal.raise_signal(signal.SIGINT)
        assert interrupted()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--own-capital", "1 triệu"), "--own-capital: Vốn tự có chưa đủ"),
        (("--own-capital=-5 triệu",), "--own-capital: Không nhập số âm ở đây (đã nhập “-5 triệu”)"),
        (("--as-of", "9999-12-31"), "--as-of: “9999-12-31” quá xa"),
    ],
)
def test_what_is_wrong_with_an_option_of_the_command_is_said_of_it(
    sxsh: Run, arguments: tuple[str, ...], expected: str
) -> None:
    for command in ("plan", "match") if "--as-of" in arguments else ("plan",):
        code, out, err = sxsh(command, SEAFOOD, *arguments)
        assert (code, out) == (2, "")
        assert err.startswith(expected)


def test_no_option_is_advised_that_the_command_does_not_have(sxsh: Run) -> None:
    code, _, err = sxsh("plan", SEAFOOD, "--as-of", "1990-01-01")
    assert code == 2
    assert "chưa có giá điện" in err
    assert "--price" not in err


def test_the_aim_that_an_assessment_states_counts_until_another_is_asked_for(
    sxsh: Run, tmp_path: Path
) -> None:
    document = json.loads(Path(SEAFOOD).read_text(encoding="utf-8"))
    document["financing"] = {"objective": "own_capital", "may_leave_out": True}
    file = tmp_path / "stated.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert planned(sxsh, file)["objective"] == "own_capital"
    assert planned(sxsh, file, "--objective", "npv")["objective"] == "npv"

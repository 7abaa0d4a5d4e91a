"""``sxsh match`` on a terminal and as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sxsh_options.day import today
from sxsh_options.parameters import DATA_FOLDER
from tests.cli.conftest import Run

SEAFOOD = str(DATA_FOLDER / "examples" / "vn_seafood.json")
KEYS = {
    "source_id",
    "kind",
    "status",
    "verdict",
    "amount_vnd",
    "amount_upper_bound_vnd",
    "items",
    "criteria",
    "window",
    "dossier",
    "rule",
    "checked_on",
}


@pytest.fixture(params=["Etc/GMT+12", "Etc/GMT-14"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """A machine whose clock is set to one end of the world's days or the other: they never share one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def document(folder: Path, **facility: Any) -> str:
    path = folder / "a.json"
    option = {"id": "a", "name": "A", "technical_life_years": 9, "annual_saving": 1e8}
    option["capex"] = [{"id": "c", "kind": "equipment", "amount": 1e9}]  # type: ignore[assignment]
    content = {
        "schema_version": 1,
        "id": "x",
        "title": "X",
        "facility": {"name": "P", **facility},
        "options": [option],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_json_has_every_source_with_its_reasons(sxsh: Run, tmp_path: Path) -> None:
    path = document(
        tmp_path,
        legal_form="household",
        district_kind_before_merger="huyen",
        province="Cần Thơ",
        commune_kind="phuong",
        craft_village=False,
    )
    found = {}
    for day in ("2025-10-14", "2025-10-15"):
        code, out, err = sxsh("match", path, "--as-of", day, "--format", "json")
        assert code == 0, err
        content = json.loads(out)
        assert (content["schema"], content["as_of"]) == (1, day)
        found[day] = {source["source_id"]: source for source in content["sources"]}
        for source in content["sources"]:
            assert set(source) >= KEYS
            for criterion in source["criteria"]:
                assert set(criterion) >= {"id", "result", "observed", "required", "reference", "evidence"}
                assert set(criterion) >= {"since", "since_assumed", "is_final"}
    before, after = (found[day]["khuyen_cong_may_moc"] for day in ("2025-10-14", "2025-10-15"))
    assert (before["verdict"], before["amount_vnd"]) == ("eligible", 300e6)
    assert (after["verdict"], after["amount_vnd"]) == ("not_eligible", None)
    (place,) = (c for c in after["criteria"] if "location" in c["id"])
    assert (place["result"], place["reference"]["article"]) == ("not_met", "Điều 1.1")
    assert place["since"] == "2025-10-15"
    assert before["window"]["closes"] == "2026-05-20"
    assert after["rule"]["from"] == "2024-08-28"
    assert after["items"][0]["base"] == "not_known"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            ("không đạt: nguồn đã đóng", "Chỉ dành cho cơ sở ở tỉnh, thành phố khác:", "Điều 8", "chưa rõ: "),
        ),
        (
            "en",
            (
                "not met: the source is closed",
                "For establishments in other provinces alone:",
                "Article 8",
                "not known: ",
            ),
        ),
    ],
)
def test_reasons_are_worded_as_on_the_screen(sxsh: Run, lang: str, words: tuple[str, ...]) -> None:
    out = " ".join(sxsh("match", SEAFOOD, "--as-of", "2026-11-23", "--lang", lang)[1].split())
    for word in words:
        assert word in out
    assert "chưa xác định" not in out
    assert lang == "vi" or "Điều" not in out


def test_without_an_investment_that_is_said_first(sxsh: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    content = {"schema_version": 1, "id": "x", "title": "X", "facility": {"name": "P"}, "options": []}
    path.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = sxsh("match", path, "--lang", "vi")
    assert code == 0
    assert out.startswith("Chưa có gì cần vốn")


@pytest.mark.parametrize(("lang", "word"), [("vi", "cần hỏi thêm"), ("en", "to be asked")])
def test_the_table_in_both_languages(sxsh: Run, lang: str, word: str) -> None:
    code, out, err = sxsh("match", SEAFOOD, "--as-of", "2026-11-23", "--lang", lang)
    assert code == 0
    assert word in out
    assert "khuyen_cong" not in out
    assert not err


def test_a_table_of_options_can_be_matched_too(sxsh: Run, options: Path) -> None:
    """Nothing is known of the facility: every criterion of it is asked."""
    code, out, _ = sxsh("match", options, "--format", "json")
    assert code == 0
    found = {source["source_id"]: source for source in json.loads(out)["sources"]}
    machinery = found["khuyen_cong_may_moc"]
    assert machinery["verdict"] == "undetermined"
    of_facility = [c for c in machinery["criteria"] if c["id"] in ("khuyen_cong_location", "khuyen_cong_sme")]
    assert [c["result"] for c in of_facility] == ["unknown", "unknown"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", ["table", "json"])
def test_a_province_that_is_not_known_is_a_warning(sxsh: Run, tmp_path: Path, kind: str, lang: str) -> None:
    path = document(tmp_path, province="Nge An", province_before_merger="Nge An")
    code, out, err = sxsh("match", path, "--format", kind, "--lang", lang)
    assert code == 0
    assert out
    assert err.count("“Nge An”") == 1
    assert "Nghệ An" in err


def test_what_is_wrong_is_said_at_once(sxsh: Run) -> None:
    code, _, err = sxsh("match", "--as-of", "soon", "--format", "xml", "--lang", "en")
    assert code == 2
    assert "soon" in err
    assert "xml" in err


def test_into_a_file(sxsh: Run, tmp_path: Path) -> None:
    out = tmp_path / "m.json"
    assert sxsh("match", SEAFOOD, "--out", out)[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["schema"] == 1


@pytest.mark.usefixtures("elsewhere")
def test_the_day_is_that_of_viet_nam_wherever_the_machine_stands(sxsh: Run) -> None:
    earliest = today()
    content = json.loads(sxsh("match", SEAFOOD, "--format", "json")[1])
    assert earliest.isoformat() <= content["as_of"] <= today().isoformat()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", "chưa biết quy định nào trước 08/04/2014"), ("en", "no rule known before 8 Apr 2014")],
)
def test_a_day_before_the_first_rule_says_so(sxsh: Run, lang: str, said: str) -> None:
    code, out, _ = sxsh("match", SEAFOOD, "--as-of", "1990-01-01", "--lang", lang)
    assert code == 0
    assert said in " ".join(out.split())

"""The files of `data/funding`: those that come with the product, and every way in which one can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sxsh_options.funding import default_register, read_register
from sxsh_options.i18n import Wording

GOOD = """\
id = "help"
name = { vi = "Hỗ trợ", en = "Help" }
kind = "grant"
level = "national"
groups = ["state_grant"]
checked_on = 2026-11-22

[[versions]]
from = 2018-05-14
until = 2024-08-27
references = [{ title = "An act", evidence = "read" }]
criteria = ["small"]

[[versions.support]]
item = "machinery"
costs = ["equipment"]
rate = 0.5
cap_vnd = 300_000_000
reference = { title = "An act", article = "Điều 8", evidence = "read" }

[[versions]]
from = 2024-08-28
references = [{ title = "Another act", evidence = "read" }]
"""
CRITERION = """\
id = "small"
name = { vi = "Nhỏ", en = "Small" }

[[versions]]
from = 2018-01-01
rule = { all = [{ field = "legal_form", one_of = ["enterprise"] }, { field = "vsic", one_of = ["10"] }] }
reference = { title = "An act", evidence = "read" }
"""


def written(folder: Path, sources: dict[str, str], criterion: str = CRITERION) -> Path:
    for kind, files in (("sources", sources), ("criteria", {"small": criterion})):
        (folder / kind).mkdir()
        for name, text in files.items():
            (folder / kind / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_products_own_files_keep_every_rule() -> None:
    register = default_register()
    assert not register.faults
    assert len(register.sources) >= 70
    for source in register.sources.values():
        assert source.name.vi
        assert source.name.en


def test_khuyen_cong_is_known_by_its_ids() -> None:
    assert {"khuyen_cong_may_moc", "khuyen_cong_thi_diem_sxsh"} <= set(default_register().sources)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    register = read_register(written(tmp_path, {"help": GOOD}))
    assert not register.faults
    assert set(register.sources) == {"help"}


def changed(old: str, new: str) -> Callable[[], str]:
    assert old in GOOD
    return lambda: GOOD.replace(old, new, 1)


BAD: dict[str, tuple[Callable[[], str], str, int]] = {
    "unknown key": (changed('kind = "grant"', 'kind = "grant"\nbudget = 3'), "unknown_key", 4),
    "unknown kind": (changed('"grant"', '"gift"'), "not_a_choice", 3),
    "rate over one": (changed("rate = 0.5", "rate = 50"), "out_of_range", 17),
    "cap below zero": (changed("300_000_000", "-1"), "out_of_range", 18),
    "no reference": (
        changed('reference = { title = "An act", article = "Điều 8", evidence = "read" }', ""),
        "missing",
        14,
    ),
    "reference without evidence": (
        changed('article = "Điều 8", evidence = "read"', 'article = "x"'),
        "missing",
        19,
    ),
    "unknown evidence": (
        changed('article = "Điều 8", evidence = "read"', 'evidence = "heard"'),
        "unknown_evidence",
        19,
    ),
    "a date that is a text": (changed("from = 2018-05-14", 'from = "14/05/2018"'), "not_a_day", 9),
    "last day before the first": (changed("until = 2024-08-27", "until = 2017-01-01"), "period_reversed", 8),
    "overlapping versions": (changed("from = 2024-08-28", "from = 2024-08-27"), "overlap", 21),
    "versions out of order": (changed("from = 2024-08-28", "from = 2010-08-27"), "overlap", 21),
    "name unlike id": (changed('id = "help"', 'id = "aid"'), "name_unlike_id", 1),
    "a language missing": (changed('{ vi = "Hỗ trợ", en = "Help" }', '{ vi = "Hỗ trợ" }'), "missing", 2),
    "unknown kind of cost": (changed('["equipment"]', '["machine"]'), "wrong", 16),
    "an unknown criterion": (changed('["small"]', '["tiny"]'), "unknown_link", 1),
    "an unknown prerequisite": (
        changed("[[versions]]", 'prerequisites = ["other"]\n[[versions]]'),
        "unknown_link",
        1,
    ),
    "needs itself": (changed("[[versions]]", 'prerequisites = ["help"]\n[[versions]]'), "cycle", 1),
    "an unknown province": (
        changed("[[versions]]", 'jurisdiction = { province = "Atlantis" }\n[[versions]]'),
        "unknown_province",
        8,
    ),
    "no version": (lambda: GOOD.partition("[[versions]]")[0], "missing", 1),
    "a lump without its amount": (changed("cap_vnd = 300_000_000", "lump = true"), "lump_without_amount", 14),
    "a day that no month has": (
        changed("[[versions]]", '[window]\ncloses = "02-30"\n[[versions]]'),
        "wrong",
        9,
    ),
    "a paper of the app without a form": (
        changed(
            "[[versions]]", '[[dossier]]\nname = { vi = "a", en = "a" }\nfilled_by = "app"\n[[versions]]'
        ),
        "form_unlike_filler",
        8,
    ),
    "not TOML": (changed("rate = 0.5", "rate = "), "not_toml", 17),
}


@pytest.mark.parametrize("way", BAD)
def test_a_bad_file_is_left_out_and_said_with_its_line(tmp_path: Path, way: str) -> None:
    text, code, line = BAD[way]
    good = GOOD.replace('id = "help"', 'id = "other_help"', 1)
    register = read_register(written(tmp_path, {"help": text(), "other_help": good}))
    assert set(register.sources) == {"other_help"}
    (fault,) = register.faults
    assert fault.code == f"funding.file.{code}"
    assert fault.place is not None
    assert (fault.place.file, fault.place.row) == ("sources/help.toml", line)
    for lang in ("vi", "en"):
        assert "help.toml" in Wording(lang).located(fault)  # type: ignore[arg-type]


BAD_RULES = {
    "an unknown fact": ('{ field = "colour", one_of = ["red"] }', "unknown_fact"),
    "a value that the fact cannot have": ('{ field = "legal_form", one_of = ["firm"] }', "unfit_test"),
    "a number for a choice": ('{ field = "legal_form", at_most = 3 }', "unfit_test"),
    "two comparisons": ('{ field = "employees_insured", at_most = 3, over = 1 }', "rule_one_way"),
    "no comparison": ('{ field = "employees_insured" }', "rule_one_way"),
    "a test and a group": (
        '{ field = "employees_insured", at_most = 3, any = [{ field = "craft_village", equals = true }] }',
        "rule_one_way",
    ),
}


@pytest.mark.parametrize("way", BAD_RULES)
def test_a_bad_criterion_takes_its_sources_along(tmp_path: Path, way: str) -> None:
    rule, code = BAD_RULES[way]
    start = CRITERION.index("rule = ")
    end = CRITERION.index("\n", start)
    register = read_register(
        written(tmp_path, {"help": GOOD}, f"{CRITERION[:start]}rule = {rule}{CRITERION[end:]}")
    )
    assert not register.sources
    assert {(f.code, f.place and f.place.file, f.place and f.place.row) for f in register.faults} == {
        (f"funding.file.{code}", "criteria/small.toml", 6),
        ("funding.file.unknown_link", "sources/help.toml", 1),
    }


def test_the_same_id_twice(tmp_path: Path) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / "more").mkdir()
    (folder / "sources" / "more" / "help.toml").write_text(GOOD, encoding="utf-8")
    register = read_register(folder)
    assert [fault.code for fault in register.faults] == ["funding.file.duplicate_id"]
    assert set(register.sources) == {"help"}


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / "bad.toml").write_bytes(b"id = '\xff'")
    register = read_register(folder)
    assert [fault.code for fault in register.faults] == ["funding.file.not_utf8"]

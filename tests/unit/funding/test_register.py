"""The files of `data/funding`: those that come with the product, and every way in which one can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sxsh_options.errors import Message
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


FIRST = "[[versions]]\nfrom = 2018-05-14"  # line 8
SUPPORT_REFERENCE = 'reference = { title = "An act", article = "Điều 8", evidence = "read" }'  # line 19
BY_MEANS = "rate = 0.5\ncap_vnd = 300_000_000"  # lines 17, 18
COMBINED = f"{SUPPORT_REFERENCE}\n[[versions.combined]]\n"  # from line 20
LINE = '[[versions.support]]\nitem = "machinery"\ncosts = ["equipment"]\nrate = 0.1\n'


def before_versions(text: str) -> tuple[str, str]:
    """Return a change that puts text, from line 8 on, ahead of the first version."""
    return FIRST, f"{text}\n{FIRST}"


def another_line(condition: str = "", earlier: str = "") -> tuple[str, str]:
    """Return a change that gives the first version a second line of support, from line 20 on."""
    return SUPPORT_REFERENCE, f"{earlier}{SUPPORT_REFERENCE}\n{LINE}{condition}{SUPPORT_REFERENCE}"


# What is replaced in a good source, by what, the code that is expected and the line.
Breakage = tuple[str, str, str, int | None]
BAD: dict[str, Breakage] = {
    # Fields
    "unknown key": ('kind = "grant"', 'kind = "grant"\nbudget = 3', "unknown_key", 4),
    "unknown kind": ('"grant"', '"gift"', "not_a_choice", 3),
    "unknown kind of cost": ('["equipment"]', '["machine"]', "not_a_choice", 16),
    "a number for a name": ('{ vi = "Hỗ trợ", en', "{ vi = 3, en", "not_a_text", 2),
    "a text for a table": ('{ vi = "Hỗ trợ", en = "Help" }', '"Help"', "not_a_table", 2),
    "a text for a list": ('["small"]', '"small"', "not_a_list", 12),
    "a text for true": (BY_MEANS, 'cap_vnd = 3\nlump = "yes"', "not_true_or_false", 18),
    "a language missing": ('{ vi = "Hỗ trợ", en = "Help" }', '{ vi = "Hỗ trợ" }', "missing", 2),
    "a blank name": ('vi = "Hỗ trợ"', 'vi = "  "', "blank", 2),
    "an empty name": ('vi = "Hỗ trợ"', 'vi = ""', "blank", 2),
    "a name that never ends": ('vi = "Hỗ trợ"', f'vi = "{"a" * 2001}"', "too_long", 2),
    "no reference": (SUPPORT_REFERENCE, "", "missing", 14),
    "no references": (
        'references = [{ title = "An act", evidence = "read" }]',
        "references = []",
        "empty_list",
        11,
    ),
    "reference without evidence": ('article = "Điều 8", evidence = "read"', 'article = "x"', "missing", 19),
    "unknown evidence": (
        'article = "Điều 8", evidence = "read"',
        'evidence = "heard"',
        "unknown_evidence",
        19,
    ),
    "unknown evidence over lines": (
        '[{ title = "An act", evidence = "read" }]\ncriteria',
        '[\n  { title = "An act", evidence = "read" },\n  { title = "B", evidence = "heard" },\n]\ncriteria',
        "unknown_evidence",
        13,
    ),
    "no web address": ('article = "Điều 8",', 'url = "vbpl.vn",', "not_a_web_address", 19),
    "the address of a script": (
        'article = "Điều 8",',
        'url = "javascript:alert(1)",',
        "not_a_web_address",
        19,
    ),
    "a criterion twice": ('["small"]', '["small",\n"small"]', "twice", 13),
    "a cost twice": ('["equipment"]', '["equipment", "equipment"]', "twice", 16),
    # Numbers
    "rate over one": ("rate = 0.5", "rate = 50", "out_of_range", 17),
    "rate of nothing": ("rate = 0.5", "rate = 0", "out_of_range", 17),
    "cap below zero": ("300_000_000", "-1", "out_of_range", 18),
    "true for a number": ("300_000_000", "true", "not_a_number", 18),
    "a text for a number": ("300_000_000", '"200000000"', "not_a_number", 18),
    "a text for a share": ("rate = 0.5", 'rate = "0.5"', "not_a_number", 17),
    "a number without end": ("300_000_000", "inf", "not_a_number", 18),
    "a number of 400 digits": ("300_000_000", "9" * 400, "not_a_number", 18),
    "a number of 5000 digits": ("300_000_000", "9" * 5000, "not_toml", 18),
    # Days and versions
    "a date that is a text": ("from = 2018-05-14", 'from = "14/05/2018"', "not_a_day", 9),
    "a date with its hour": ("from = 2018-05-14", "from = 2018-05-14 08:00:00", "not_a_day", 9),
    "last day before the first": ("until = 2024-08-27", "until = 2017-01-01", "period_reversed", 10),
    "overlapping versions": ("from = 2024-08-28", "from = 2024-08-27", "overlap", 22),
    "versions out of order": ("from = 2024-08-28", "from = 2010-08-27", "overlap", 22),
    "versions on the same day": ("until = 2024-08-27", "until = 2024-08-28", "overlap", 22),
    "no version": (GOOD[GOOD.index(FIRST) :], "", "missing", 1),
    "a list of no versions": (GOOD[GOOD.index(FIRST) :], "versions = []", "empty_list", 8),
    # Support
    "a lump without its amount": (BY_MEANS, "lump = true", "lump_without_amount", 17),
    "a higher cap without a usual one": (
        "cap_vnd = 300_000_000",
        'higher_cap = { cap_vnd = 3, when = { field = "women_owned", equals = true } }',
        "higher_cap_not_higher",
        18,
    ),
    "a higher cap that is lower": (
        "cap_vnd = 300_000_000",
        'cap_vnd = 3\nhigher_cap = { cap_vnd = 3, when = { field = "women_owned", equals = true } }',
        "higher_cap_not_higher",
        19,
    ),
    "no level of support": (BY_MEANS, "", "no_amount", 14),
    "a loan share for a grant": (BY_MEANS, "loan_share = 0.5", "no_amount", 14),
    "steps that fall": (
        "rate = 0.5",
        "steps = [\n{ improvement = 0.5, share = 0.2 },\n{ improvement = 0.3, share = 0.3 },\n]",
        "steps_not_rising",
        19,
    ),
    "the same step twice": (
        "rate = 0.5",
        "steps = [{ improvement = 0.5, share = 0.2 }, { improvement = 0.5, share = 0.3 }]",
        "steps_not_rising",
        17,
    ),
    "a step that gives less": (
        "rate = 0.5",
        "steps = [{ improvement = 0.3, share = 0.2 }, { improvement = 0.5, share = 0.1 }]",
        "steps_not_rising",
        17,
    ),
    "the same cost in two lines": (*another_line(), "same_cost_twice", 20),
    "the same cost, and only one line under a condition": (
        *another_line('when = { field = "women_owned", equals = true }\n'),
        "same_cost_twice",
        20,
    ),
    "a limit for several without a number": (
        SUPPORT_REFERENCE,
        f'{COMBINED}sources = ["help"]',
        "combined_without_limit",
        20,
    ),
    "a limit for nobody": (SUPPORT_REFERENCE, f"{COMBINED}cap_vnd = 3", "combined_of_nothing", 20),
    "bound by itself": ("cap_vnd = 300_000_000", 'bound_by = "help"', "bound_in_circle", 18),
    "bound by nobody knows": ("cap_vnd = 300_000_000", 'bound_by = "other"', "unknown_link", 18),
    # Other sources and criteria
    "an unknown criterion": ('["small"]', '["small",\n"tiny"]', "unknown_link", 13),
    "an unknown prerequisite": (*before_versions('prerequisites = ["other"]'), "unknown_link", 8),
    "an unknown prerequisite in a group": (
        *before_versions('prerequisites = [\n{ any = ["other_help",\n"other"] }]'),
        "unknown_link",
        10,
    ),
    "an unknown exclusion": (
        *before_versions('excludes = [\n"other_help",\n"other",\n]'),
        "unknown_link",
        10,
    ),
    "an unknown source under a limit": (
        SUPPORT_REFERENCE,
        f'{COMBINED}cap_vnd = 3\nsources = ["other"]',
        "unknown_link",
        22,
    ),
    "needs itself": (*before_versions('prerequisites = ["help"]'), "cycle", 8),
    "needs and excludes the same": (
        *before_versions('prerequisites = ["other_help"]\nexcludes = ["other_help"]'),
        "needs_and_excludes",
        9,
    ),
    "needs nothing": (*before_versions("prerequisites = [{ any = [] }]"), "empty_list", 8),
    "needs in two ways": (
        *before_versions('prerequisites = [{ source = "a", any = ["b"] }]'),
        "needs_one_way",
        8,
    ),
    "excludes itself": (*before_versions('excludes = ["other_help", "help"]'), "excludes_itself", 8),
    # The rest of a source
    "name unlike id": ('id = "help"', 'id = "aid"', "name_unlike_id", 1),
    "an unknown province": (
        *before_versions('jurisdiction = { province = "Atlantis" }'),
        "unknown_province",
        8,
    ),
    "neither a province nor others": (*before_versions("jurisdiction = { old = true }"), "one_place", 8),
    "a day that no month has": (*before_versions('[window]\ncloses = "02-30"'), "not_month_and_day", 9),
    "the day before the month": (*before_versions('[window]\ncloses = "31-02"'), "not_month_and_day", 9),
    "passed on before it is filed": (
        *before_versions('[window]\ncloses = "05-20"\nforwarded = "05-15"'),
        "forwarded_before_closes",
        10,
    ),
    "a paper of the app without a form": (
        *before_versions('[[dossier]]\nname = { vi = "a", en = "a" }\nfilled_by = "app"'),
        "form_unlike_filler",
        8,
    ),
    # The file
    "no value": ("rate = 0.5", "rate = ", "not_toml", 17),
    "nothing that TOML knows": ("rate = 0.5", "rate: 50 %", "not_toml", 17),
    "a day that there never was": ("2018-05-14", "2018-02-30", "no_such_day", 9),
    "a key twice": ("rate = 0.5", "rate = 0.5\nrate = 0.4", "key_twice", 18),
    "a quote left open": ('"An act", evidence', '"An act, evidence', "not_closed", 11),
    "a quote left open to the end of its line": ('item = "machinery"', 'item = "machinery', "not_closed", 15),
    "nested without end": ('["small"]', "[" * 3000, "too_deep", None),
    "nothing": (GOOD, "", "empty", None),
    "only a remark": (GOOD, "# later\n", "empty", None),
}


@pytest.mark.parametrize("way", BAD)
def test_a_bad_file_is_left_out_and_said_with_its_line(tmp_path: Path, way: str) -> None:
    old, new, code, line = BAD[way]
    assert old in GOOD
    good = GOOD.replace('id = "help"', 'id = "other_help"', 1)
    register = read_register(written(tmp_path, {"help": GOOD.replace(old, new, 1), "other_help": good}))
    assert set(register.sources) == {"other_help"}
    (fault,) = register.faults
    assert (fault.code, place_of(fault)) == (f"funding.file.{code}", ("sources/help.toml", line))
    assert_clear(fault)


def place_of(fault: Message) -> tuple[str | None, int | None]:
    return (None, None) if fault.place is None else (fault.place.file, fault.place.row)


RAW = ("Input should", "pattern", "(?:", "Value error")  # what pydantic would say


def assert_clear(fault: Message) -> None:
    """Hold what is said in both languages to be in the words of this product."""
    vi, en = (Wording(lang).word(fault) for lang in ("vi", "en"))  # type: ignore[arg-type]
    assert vi != en
    assert not [each for each in RAW for text in (vi, en) if each in text]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("until = 2024-08-27", "until = 2020-08-27"),  # nothing holds until the next version
        another_line(
            'when = { field = "women_owned", equals = true }\n',
            'when = { field = "women_owned", equals = false }\n',
        ),
        (BY_MEANS, 'note = { vi = "Mức: chưa nạp.", en = "Level: not loaded." }'),
        ("cap_vnd = 300_000_000", 'bound_by = "other_help"'),
        before_versions('[window]\ncloses = "02-29"\nforwarded = "02-29"'),
        before_versions('[window]\ncloses = "11-30"\nforwarded = "01-31"'),
        before_versions('prerequisites = [{ any = ["other_help"] }]'),
        ('article = "Điều 8",', 'url = "https://vbpl.vn/a?b=1",'),
        ('id = "help"', '\ufeffid = "help"'),
        ("\n", "\r\n"),
    ],
    ids=str,
)
def test_what_may_be_written(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    good = GOOD.replace('id = "help"', 'id = "other_help"', 1)
    register = read_register(written(tmp_path, {"help": GOOD.replace(old, new), "other_help": good}))
    assert not register.faults
    assert set(register.sources) == {"help", "other_help"}


def test_a_line_without_a_level_is_said_unless_the_source_says_why(tmp_path: Path) -> None:
    known = GOOD.replace(BY_MEANS, "")
    said = known.replace(FIRST, 'missing = { vi = "Mức: chưa biết.", en = "Level: not known." }\n' + FIRST)
    assert read_register(written(tmp_path, {"help": said})).sources


BAD_RULES = {
    "an unknown fact": ('{ field = "colour", one_of = ["red"] }', "unknown_fact", 6),
    "a value that the fact cannot have": ('{ field = "legal_form", one_of = ["firm"] }', "unknown_value", 6),
    "a sector that nobody knows": (
        '{ field = "sector", one_of = [\n"beer",\n"spaceships"] }',
        "unknown_value",
        8,
    ),
    "a number for a choice": ('{ field = "legal_form", at_most = 3 }', "unfit_test", 6),
    "a choice for a number": ('{ field = "employees_insured", one_of = ["3"] }', "unfit_test", 6),
    "a text for a number": ('{ field = "employees_insured", at_most = "300" }', "not_a_number", 6),
    "true for a number": ('{ field = "employees_insured", over = true }', "not_a_number", 6),
    "a number for true": ('{ field = "craft_village", equals = 1 }', "not_true_or_false", 6),
    "two comparisons": ('{ field = "employees_insured", at_most = 3, over = 1 }', "rule_one_way", 6),
    "no comparison": ('{ field = "employees_insured" }', "rule_one_way", 6),
    "no choice": ('{ field = "legal_form", one_of = [] }', "empty_list", 6),
    "a choice twice": ('{ field = "vsic", one_of = ["10", "10"] }', "twice", 6),
    "a blank choice": ('{ field = "vsic", one_of = ["10", " "] }', "blank", 6),
    "no rule": ("{ all = [] }", "empty_list", 6),
    "a test and a group": (
        '{ field = "employees_insured", at_most = 3, any = [{ field = "craft_village", equals = true }] }',
        "rule_one_way",
        6,
    ),
    "a test on a line of its own": (
        '{ all = [\n  { field = "women_owned", equals = true },\n  { field = "colour", equals = true },\n] }',
        "unknown_fact",
        8,
    ),
}


@pytest.mark.parametrize("way", BAD_RULES)
def test_a_bad_criterion_takes_its_sources_along(tmp_path: Path, way: str) -> None:
    rule, code, line = BAD_RULES[way]
    start = CRITERION.index("rule = ")
    end = CRITERION.index("\n", start)
    register = read_register(
        written(tmp_path, {"help": GOOD}, f"{CRITERION[:start]}rule = {rule}{CRITERION[end:]}")
    )
    assert not register.sources
    assert [(fault.code, place_of(fault)) for fault in register.faults] == [
        (f"funding.file.{code}", ("criteria/small.toml", line)),
        ("funding.file.left_out_link", ("sources/help.toml", 12)),
    ]
    for fault in register.faults:
        assert_clear(fault)


def test_several_faults_of_a_file_are_said_each_with_its_line(tmp_path: Path) -> None:
    text = (
        GOOD.replace("rate = 0.5", "rate = 5").replace('"machinery"', '"machine"').replace("read", "heard", 1)
    )
    register = read_register(written(tmp_path, {"help": text}))
    assert [(fault.code.removeprefix("funding.file."), place_of(fault)[1]) for fault in register.faults] == [
        ("unknown_evidence", 11),
        ("not_a_choice", 15),
        ("out_of_range", 17),
    ]


def test_sources_that_rest_on_a_bad_one_name_its_file(tmp_path: Path) -> None:
    """One that is only bounded by it still stands: what bounds it is then not known."""
    bad = GOOD.replace("rate = 0.5", "rate = 5", 1)
    bound = GOOD.replace('id = "help"', 'id = "local"', 1).replace(
        "cap_vnd = 300_000_000", 'bound_by = "help"', 1
    )
    after = GOOD.replace('id = "help"', 'id = "after"\nprerequisites = ["help"]', 1)
    register = read_register(written(tmp_path, {"help": bad, "local": bound, "after": after}))
    assert set(register.sources) == {"local"}
    assert [(fault.code.removeprefix("funding.file."), place_of(fault)) for fault in register.faults] == [
        ("out_of_range", ("sources/help.toml", 17)),
        ("left_out_link", ("sources/after.toml", 2)),
    ]
    assert "sources/help.toml" in Wording("en").word(register.faults[1])


CIRCLES = {
    "of needs": ('id = "{}"\nprerequisites = ["{}"]', "cycle", 2),
    "of bounds": ('id = "{}"', "bound_in_circle", 18),
}


@pytest.mark.parametrize("way", CIRCLES)
def test_a_circle_of_two(tmp_path: Path, way: str) -> None:
    start, code, line = CIRCLES[way]
    files = {}
    for name, other in (("help", "aid"), ("aid", "help")):
        files[name] = GOOD.replace('id = "help"', start.format(name, other), 1)
        if way == "of bounds":
            files[name] = files[name].replace("cap_vnd = 300_000_000", f'bound_by = "{other}"', 1)
    register = read_register(written(tmp_path, files))
    assert not register.sources
    assert [(fault.code, place_of(fault)) for fault in register.faults] == [
        (f"funding.file.{code}", ("sources/aid.toml", line)),
        (f"funding.file.{code}", ("sources/help.toml", line)),
    ]


def test_what_is_needed_may_not_exclude(tmp_path: Path) -> None:
    needs = GOOD.replace('id = "help"', 'id = "help"\nprerequisites = ["aid"]', 1)
    excludes = GOOD.replace('id = "help"', 'id = "aid"\nexcludes = ["help"]', 1)
    register = read_register(written(tmp_path, {"help": needs, "aid": excludes}))
    assert [(fault.code, place_of(fault)) for fault in register.faults] == [
        ("funding.file.needs_and_excludes", ("sources/help.toml", 2)),
        ("funding.file.left_out_link", ("sources/aid.toml", 2)),
    ]


def test_the_same_id_twice(tmp_path: Path) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / "more").mkdir()
    (folder / "sources" / "more" / "help.toml").write_text(GOOD, encoding="utf-8")
    register = read_register(folder)
    assert [fault.code for fault in register.faults] == ["funding.file.duplicate_id"]
    assert set(register.sources) == {"help"}
    assert not register.left_out


def test_what_is_left_out_is_known_by_its_id(tmp_path: Path) -> None:
    register = read_register(written(tmp_path, {"help": GOOD.replace("rate = 0.5", "rate = 50")}))
    assert (register.left_out, dict(register.sources)) == ({"help"}, {})


@pytest.mark.parametrize(("data", "line"), [(b"id = '\xff'", 1), (GOOD.encode() + b"\n# \xff", 25)])
def test_a_file_that_is_not_utf_8(tmp_path: Path, data: bytes, line: int) -> None:
    folder = written(tmp_path, {"help": GOOD})
    (folder / "sources" / "bad.toml").write_bytes(data)
    register = read_register(folder)
    assert [(fault.code, place_of(fault)) for fault in register.faults] == [
        ("funding.file.not_utf8", ("sources/bad.toml", line))
    ]

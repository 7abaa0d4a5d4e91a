"""What must hold when any two windows change any document."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sxsh_options.model.merging import merge

Document = dict[str, Any]

IDS = ("a", "b", "c", "d", "e")
VALUES = st.one_of(st.booleans(), st.integers(2, 9), st.text("xyđ", max_size=3))
NAMES = st.lists(st.sampled_from(IDS), unique=True, max_size=4)


def rows(row: st.SearchStrategy[Document]) -> st.SearchStrategy[list[Document]]:
    with_id = st.tuples(st.sampled_from(IDS), row).map(lambda pair: {**pair[1], "id": pair[0]})
    return st.lists(with_id, unique_by=lambda row: row["id"], max_size=4)


ITEMS = rows(st.fixed_dictionaries({}, optional={"kind": VALUES, "quantity": VALUES, "unit": VALUES}))
OPTIONS = rows(
    st.fixed_dictionaries({}, optional={"name": VALUES, "note": VALUES, "excludes": NAMES, "capex": ITEMS})
)
TERMS = ("rate", "fixed_years", "later_rate", "term_years", "grace_years")
LOANS = rows(st.fixed_dictionaries({}, optional=dict.fromkeys((*TERMS, "name"), VALUES)))
EDITS = st.dictionaries(st.sampled_from(TERMS), st.integers(1, 9), max_size=2)
FINANCING = st.fixed_dictionaries({}, optional={"own_capital_vnd": VALUES, "loans": LOANS})
DRAFTS = rows(st.fixed_dictionaries({"text": VALUES}))
FACILITY = st.fixed_dictionaries({}, optional={"name": VALUES, "employees_insured": VALUES})
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "title": VALUES,
        "facility": FACILITY,
        "financing": FINANCING,
        "options": OPTIONS,
        "drafts": DRAFTS,
    },
)


def ids(document: Document) -> set[str]:
    return {row["id"] for row in document.get("options", [])}


def by_id(document: Document) -> dict[str, Document]:
    return {row["id"]: row for row in document.get("options", [])}


@given(DOCUMENTS, DOCUMENTS)
def test_changes_of_one_alone_are_taken(base: Document, changed: Document) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.document == changed
        assert merged.conflicts == ()


def settled(value: Any) -> Any:
    """Return a document in which order does not count: rows by id, names sorted, nothing for nothing."""
    if isinstance(value, dict):
        return {key: settled(each) for key, each in value.items() if each != []}
    if isinstance(value, list):
        return (
            {row["id"]: settled(row) for row in value}
            if value and isinstance(value[0], dict)
            else sorted(value)
        )
    return value


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_who_comes_first_only_decides_conflicts(base: Document, one: Document, two: Document) -> None:
    """Without conflicts the two orders give one document; with them, both find the same places."""
    forth, back = merge(base, one, two), merge(base, two, one)
    assert {each.path for each in forth.conflicts} == {each.path for each in back.conflicts}
    if not forth.conflicts and not one.get("drafts") and not two.get("drafts"):
        assert settled(forth.document) == settled(back.document)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_no_row_is_lost(base: Document, mine: Document, theirs: Document) -> None:
    """A row is gone only where one removed it and the other had not touched it."""
    before, my, their = by_id(base), by_id(mine), by_id(theirs)
    untouched = {
        key
        for key in before
        if (key not in my and their.get(key) == before[key])
        or (key not in their and my.get(key) == before[key])
    }
    gone = {key for key in before if key not in my and key not in their}
    assert ids(merge(base, mine, theirs).document) == (my.keys() | their.keys()) - untouched - gone


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_every_conflict_keeps_what_was_not_taken(base: Document, mine: Document, theirs: Document) -> None:
    for each in merge(base, mine, theirs).conflicts:
        assert each.mine != each.theirs
        assert (each.base != each.mine) or (each.base != each.theirs)


@settings(max_examples=500)
@given(EDITS, EDITS, EDITS)
def test_no_loan_has_terms_that_nobody_entered(base: Document, mine: Document, theirs: Document) -> None:
    was = {"id": "l", **dict.fromkeys(TERMS, 1), **base}
    my, their = {**was, **mine}, {**was, **theirs}
    made = merge(*({"loans": [each]} for each in (was, my, their))).document["loans"][0]
    assert [made[name] for name in TERMS] in ([each[name] for name in TERMS] for each in (my, their))


@given(DOCUMENTS, st.data())
def test_edits_in_different_places_all_arrive(base: Document, data: st.DataObject) -> None:
    """Each place is a field of an option; every one is edited by one of the two or by nobody."""
    places = [(row["id"], field) for row in base.get("options", []) for field in ("name", "note", "new")]
    sides = [data.draw(st.sampled_from(["mine", "theirs", "nobody"])) for _ in places]
    edits: dict[str, dict[tuple[str, str], str]] = {"mine": {}, "theirs": {}, "nobody": {}}
    for number, (place, side) in enumerate(zip(places, sides, strict=True)):
        edits[side][place] = f"{side} {number}"

    def edited(*which: str) -> Document:
        done = {place: value for side in which for place, value in edits[side].items()}
        changed = [
            {**row, **{field: value for (key, field), value in done.items() if key == row["id"]}}
            for row in base.get("options", [])
        ]
        return {**base, "options": changed}

    merged = merge({**base, "options": base.get("options", [])}, edited("mine"), edited("theirs"))
    assert merged.document == edited("mine", "theirs")
    assert merged.conflicts == ()

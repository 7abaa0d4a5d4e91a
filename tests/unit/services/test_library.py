from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sxsh_options.model.merging import Conflict
from sxsh_options.services import library
from sxsh_options.services.library import LibraryError, Revision, Summary
from sxsh_options.storage.database.engine import open_database
from sxsh_options.storage.database.repository import SqlRepository
from tests.library import LAN, MINH, NOON, document, later, project, with_option


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[SqlRepository]:
    engine = open_database(tmp_path)
    yield SqlRepository(engine)
    engine.dispose()


@pytest.fixture
def first(repository: SqlRepository) -> Revision:
    return library.create(repository, LAN, document(), project, NOON)


def code(error: pytest.ExceptionInfo[LibraryError]) -> str:
    return error.value.messages[0].code


def test_what_was_created_is_read_again(repository: SqlRepository, first: Revision) -> None:
    assert first.document == {**document(), "id": first.assessment_id}
    assert (first.seq, first.parent_seq, first.actor, first.at) == (1, None, LAN, NOON)
    assert library.open_latest(repository, LAN, first.assessment_id) == first


def test_each_new_assessment_has_an_id_of_its_own(repository: SqlRepository, first: Revision) -> None:
    again = library.create(repository, LAN, first.document, project, NOON)
    assert again.assessment_id != first.assessment_id
    assert again.document["id"] == again.assessment_id


def test_a_save_is_one_more_revision(repository: SqlRepository, first: Revision) -> None:
    edited = {**first.document, "title": "Xưởng sữa 2"}
    saved = library.save(repository, LAN, first, edited, project, later(5))
    assert not saved.merged
    assert saved.conflicts == ()
    assert (saved.revision.seq, saved.revision.parent_seq, saved.revision.at) == (2, 1, later(5))
    assert library.open_latest(repository, LAN, first.assessment_id) == saved.revision
    assert library.open_at(repository, LAN, first.assessment_id, 1) == first
    assert library.head(repository, LAN, first.assessment_id) == 2
    assert [(edit.seq, edit.at) for edit in library.history(repository, LAN, first.assessment_id)] == [
        (2, later(5)),
        (1, NOON),
    ]


def test_an_unchanged_document_writes_nothing(repository: SqlRepository, first: Revision) -> None:
    saved = library.save(repository, LAN, first, copy.deepcopy(first.document), project, later(5))
    assert saved.revision == first
    assert library.head(repository, LAN, first.assessment_id) == 1


def test_going_on_editing_a_saved_document_changes_no_base(
    repository: SqlRepository, first: Revision
) -> None:
    edited = copy.deepcopy(first.document)
    edited["title"] = "Lần một"
    saved = library.save(repository, LAN, first, edited, project, later(1))
    edited["options"][0]["name"] = "Lần hai"
    again = library.save(repository, LAN, saved.revision, edited, project, later(2))
    assert again.revision.seq == 3
    assert again.revision.document["options"][0]["name"] == "Lần hai"


def test_two_windows_in_different_fields(repository: SqlRepository, first: Revision) -> None:
    one = with_option(first.document, "option1", name="Của cửa sổ một")
    two = with_option(first.document, "option1", technical_life_years=9)
    library.save(repository, LAN, first, one, project, later(1))
    saved = library.save(repository, LAN, first, two, project, later(2))
    assert saved.merged
    assert saved.conflicts == ()
    assert (saved.revision.seq, saved.revision.parent_seq) == (3, 2)
    option = saved.revision.document["options"][0]
    assert (option["name"], option["technical_life_years"]) == ("Của cửa sổ một", 9)
    assert "conflicts" not in saved.revision.document


def test_two_windows_in_the_same_field(repository: SqlRepository, first: Revision) -> None:
    """The other's value stands; the one that was typed here waits in the document for a decision."""
    library.save(repository, LAN, first, {**first.document, "title": "Một"}, project, later(1))
    saved = library.save(
        repository, LAN, first, {**first.document, "title": "Hai", "note": "x"}, project, later(2)
    )
    assert saved.conflicts == (Conflict("title", "Xưởng sữa", "Hai", "Một"),)
    kept = library.open_latest(repository, LAN, first.assessment_id)
    assert kept == saved.revision
    assert kept.document["title"] == "Một"
    assert kept.document["note"] == "x"
    assert kept.document["conflicts"] == [{"id": "title", "mine": "Hai"}]

    settled: dict[str, Any] = {**kept.document, "title": "Hai"}
    del settled["conflicts"]
    library.save(repository, LAN, kept, settled, project, later(3))
    # A window that still shows the conflict, and edits something else, does not bring it back.
    late = library.save(repository, LAN, kept, {**kept.document, "note": "y"}, project, later(4))
    assert late.revision.document["title"] == "Hai"
    assert late.revision.document["note"] == "y"
    assert "conflicts" not in late.revision.document


def test_a_third_window_in_the_same_field(repository: SqlRepository, first: Revision) -> None:
    for minute, title in enumerate(("Một", "Hai", "Ba", "Ba"), 1):
        edited = {**first.document, "title": title, "note": f"{title} {minute}"}
        library.save(repository, LAN, first, {**edited, "note": ""}, project, later(minute))
    kept = library.open_latest(repository, LAN, first.assessment_id)
    assert kept is not None
    assert kept.document["title"] == "Một"
    assert kept.document["conflicts"] == [{"id": "title", "mine": "Ba", "earlier": ["Hai"]}]


def test_a_row_that_the_other_window_removed_stays(repository: SqlRepository, first: Revision) -> None:
    without = {**first.document, "options": first.document["options"][:1]}
    library.save(repository, LAN, first, without, project, later(1))
    mine = with_option(first.document, "option2", name="Vẫn cần")
    saved = library.save(repository, LAN, first, mine, project, later(2))
    assert [row["name"] for row in saved.revision.document["options"]] == ["Giải pháp 1", "Vẫn cần"]
    (conflict,) = saved.revision.document["conflicts"]
    assert (conflict["id"], conflict["mine"]["name"], conflict["kept"]) == (
        "options/option2",
        "Vẫn cần",
        "mine",
    )


def test_the_same_edit_saved_twice_is_one_revision(repository: SqlRepository, first: Revision) -> None:
    """As after a save whose answer was lost."""
    edited = {**first.document, "title": "Một"}
    once = library.save(repository, LAN, first, edited, project, later(1))
    again = library.save(repository, LAN, first, edited, project, later(2))
    assert again.revision == once.revision


def test_half_a_character_does_not_stop_a_save(repository: SqlRepository) -> None:
    first = library.create(repository, LAN, document(title="Nửa \ud83d chữ 🏭"), project, NOON)
    assert first.document["title"] == "Nửa ? chữ 🏭"
    assert library.open_latest(repository, LAN, first.assessment_id) == first


def test_a_copy_and_a_new_title(repository: SqlRepository, first: Revision) -> None:
    made = library.copy(repository, LAN, first.assessment_id, "Bản sao", project, later(1))
    assert made.document == {**first.document, "id": made.assessment_id, "title": "Bản sao"}
    renamed = library.rename(repository, LAN, made.assessment_id, "Tên mới", project, later(2))
    assert (renamed.revision.seq, renamed.revision.document["title"]) == (2, "Tên mới")
    titles = {entry.id: entry.title for entry in library.entries(repository, LAN)}
    assert titles == {first.assessment_id: "Xưởng sữa", made.assessment_id: "Tên mới"}


def test_the_list_has_the_latest_change_first(repository: SqlRepository, first: Revision) -> None:
    second = library.create(repository, LAN, document(options=0, title="Trống"), project, later(1))
    library.save(
        repository, LAN, first, with_option(first.document, "option1", name="Lò hơi"), project, later(2)
    )
    one, two = library.entries(repository, LAN)
    assert (one.id, one.title, one.facility, one.options, one.seq) == (
        first.assessment_id,
        "Xưởng sữa",
        "Sữa Hà Nam",
        2,
        2,
    )
    assert (one.created_at, one.updated_at, one.binned_at) == (NOON, later(2), None)
    as_of = project(document()).results[0].as_of
    assert one.result == Summary(2, "Lò hơi", 2.0, "paid_back", 1000.0, as_of)
    assert (two.id, two.options, two.result) == (second.assessment_id, 0, None)


def test_the_bin_gives_back_what_went_in(repository: SqlRepository, first: Revision) -> None:
    library.move_to_bin(repository, LAN, first.assessment_id, later(1))
    assert library.entries(repository, LAN) == []
    assert [entry.binned_at for entry in library.entries(repository, LAN, binned=True)] == [later(1)]
    library.restore(repository, LAN, first.assessment_id)
    assert library.entries(repository, LAN, binned=True) == []
    assert [entry.id for entry in library.entries(repository, LAN)] == [first.assessment_id]
    assert library.open_latest(repository, LAN, first.assessment_id) == first


def test_nobody_sees_or_changes_what_is_another_s(repository: SqlRepository, first: Revision) -> None:
    its = first.assessment_id
    assert library.open_latest(repository, MINH, its) is None
    assert library.open_at(repository, MINH, its, 1) is None
    assert library.head(repository, MINH, its) is None
    assert library.entries(repository, MINH) == []
    assert library.history(repository, MINH, its) == []
    edited = {**first.document, "title": "Của Minh"}
    for attempt in (
        lambda: library.save(repository, MINH, first, edited, project, NOON),
        lambda: library.copy(repository, MINH, its, "Của Minh", project, NOON),
        lambda: library.rename(repository, MINH, its, "Của Minh", project, NOON),
        lambda: library.move_to_bin(repository, MINH, its, NOON),
        lambda: library.restore(repository, MINH, its),
    ):
        with pytest.raises(LibraryError) as error:
            attempt()
        assert code(error) == "library.not_found"
    assert library.open_latest(repository, LAN, its) == first
    assert [entry.id for entry in library.entries(repository, LAN)] == [its]

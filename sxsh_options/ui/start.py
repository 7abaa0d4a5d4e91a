"""The start page: what to do next, the assessments of this person, a file from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath

import streamlit as st

from sxsh_options.day import VIET_NAM, today
from sxsh_options.errors import InputError
from sxsh_options.i18n import Wording
from sxsh_options.services import library
from sxsh_options.services.editing import Document
from sxsh_options.services.examples import Example, examples, load_document, load_example
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.services.workbench import evaluate, project
from sxsh_options.storage import columns, is_workbook
from sxsh_options.storage.imports import Imported, import_document
from sxsh_options.storage.workbook import marked_copy, write_workbook
from sxsh_options.ui import listing, remarks, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import LOCAL, close, create, open_assessment, repository

SAMPLE = "vn_seafood"  # what a first visit sees
FIRST_SHOWN = 10
_ROWS = "assessments_shown"
_UPLOADS = "files_read"  # a fresh field for every file, so that a corrected one can be chosen at once
_IMPORTED = "imported"
_MARKED = "marked_copy"  # of a workbook with faults
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GO = "go_after_callback"


def leave_if_asked() -> None:
    """Go where a button of this page leads; a callback itself cannot change the page."""
    page = st.session_state.pop(_GO, None)
    if page is not None:
        shell.go(page)


def doors(wording: Wording) -> None:
    """Show the three ways in."""
    with st.container(horizontal=True, key="doors"):
        for name, icon, act in (
            ("quick", ":material/speed:", lambda: _go("quick_estimate")),
            ("new", ":material/note_add:", lambda: _new(wording)),
            ("example", ":material/school:", lambda: _example(SAMPLE, wording)),
        ):
            with st.container(border=True, key=f"door_{name}"):
                shell.show(
                    tag("h2", wording.text(f"start.{name}")),
                    tag("p", wording.text(f"start.{name}.what"), class_="sx-quiet"),
                )
                st.button(
                    wording.text(f"start.{name}.go"),
                    icon=icon,
                    type="primary" if name == "quick" else "secondary",
                    key=f"go_{name}",
                    on_click=careful(act),
                )


def _go(page: str) -> None:
    st.session_state[_GO] = page


def _open(assessment_id: str) -> None:
    open_assessment(assessment_id)
    _go("ranking")


def _new(wording: Wording) -> None:
    last_year = today().year - 1
    create(
        {
            "schema_version": 1,
            "title": wording.text("start.new.title", day=today()),
            "facility": {},
            "baseline": {"start": f"{last_year}-01-01", "end": f"{last_year}-12-31"},
            "options": [],
        }
    )
    _go("facility")


def _example(example_id: str, wording: Wording) -> None:
    example = next(e for e in examples() if e.id == example_id)
    title = wording.text("start.example.title", name=example.title[wording.lang])[:300]
    document = {**load_document(example_id, wording.lang), "title": title}
    if (there := _as_it_was(document)) is None:
        create(document)
    else:
        open_assessment(there)
    _go("options" if example.kind == "unfinished" else "ranking")


def _as_it_was(document: Document) -> str | None:
    """Return the id of an assessment that was made from this document and never changed."""
    for entry in library.entries(repository(), LOCAL):
        if entry.title == document["title"]:
            stored = library.open_latest(repository(), LOCAL, entry.id)
            if stored is not None and {**stored.document, "id": document.get("id")} == document:
                return entry.id
    return None


def assessments(wording: Wording) -> bool:
    """Show the person's assessments, the latest first, what can be done with each; tell if there are any."""
    entries = library.entries(repository(), LOCAL)
    if not entries:
        return False
    shell.show(tag("h2", wording.text("start.mine")))
    shown = st.session_state.get(_ROWS, FIRST_SHOWN)
    for entry in entries[:shown]:
        with st.container(
            border=True,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"entry_{entry.id}",
        ):
            shell.show(_entry(entry, wording))
            with st.container(horizontal=True, width="content", key=f"acts_{entry.id}"):
                st.button(
                    wording.text("start.open"),
                    key=f"open_{entry.id}",
                    on_click=careful(partial(_open, entry.id)),
                )
                with st.popover(wording.text("start.more"), key=f"more_{entry.id}"):
                    _acts(entry, wording)
    if len(entries) > shown:
        st.button(
            wording.text("start.show_more", count=len(entries) - shown),
            key="show_more",
            on_click=careful(lambda: st.session_state.update({_ROWS: shown + FIRST_SHOWN})),
        )
    return True


def _entry(entry: library.Entry, wording: Wording) -> Html:
    facts = [wording.text("start.options", count=entry.options)]
    if entry.facility and entry.facility != entry.title:
        facts.insert(0, entry.facility)
    if entry.result is not None and entry.result.payback_status != "never":
        best = entry.result
        payback = wording.years(best.simple_payback_years) if best.simple_payback_years else ""
        shown = (
            wording.text("start.pays_back", payback=payback)
            if payback
            else wording.term("payback_status.immediate")
        )
        facts.append(wording.text("start.best", name=best.best_option, payback=shown))
    changed = entry.updated_at.astimezone(VIET_NAM)
    facts.append(wording.text("start.changed", day=changed.date(), time=f"{changed:%H:%M}"))
    return tag(
        "div",
        tag("strong", tag("bdi", entry.title), class_="sx-name"),
        tag("div", (tag("span", fact) for fact in facts), class_="sx-below"),
        class_="sx-entry",
    )


def _acts(entry: library.Entry, wording: Wording) -> None:
    key = f"title_{entry.id}"
    st.session_state[key] = entry.title
    st.text_input(
        wording.text("start.rename"),
        key=key,
        max_chars=300,
        on_change=careful(lambda: _rename(entry.id, entered(key))),
    )
    st.button(
        wording.text("start.copy"),
        key=f"copy_{entry.id}",
        on_click=careful(lambda: _copy(entry, wording)),
    )
    st.button(
        wording.text("start.bin"),
        key=f"bin_{entry.id}",
        on_click=careful(lambda: _bin(entry.id)),
    )


def _project(document: Document) -> library.Projection:
    return project(evaluate(document, RankRequest(as_of=today())), document)


def _rename(assessment_id: str, title: str) -> None:
    if title.strip():
        library.rename(repository(), LOCAL, assessment_id, title.strip(), _project, datetime.now(UTC))


def _copy(entry: library.Entry, wording: Wording) -> None:
    title = wording.text("start.copy.title", title=entry.title)[:300]
    library.copy(repository(), LOCAL, entry.id, title, _project, datetime.now(UTC))


def _bin(assessment_id: str) -> None:
    library.move_to_bin(repository(), LOCAL, assessment_id, datetime.now(UTC))
    close(assessment_id)


def bin_(wording: Wording) -> None:
    """Show what is in the bin, each with the way back."""
    binned = library.entries(repository(), LOCAL, binned=True)
    if not binned:
        return
    with st.expander(wording.text("start.binned", count=len(binned)), key="bin"):
        for entry in binned:
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                shell.show(_entry(entry, wording))
                st.button(
                    wording.text("start.restore"),
                    key=f"restore_{entry.id}",
                    on_click=careful(partial(library.restore, repository(), LOCAL, entry.id)),
                )


def upload(wording: Wording) -> None:
    """Take a file; where it has faults show them all, and keep its good rows for correction."""
    shell.show(tag("h2", wording.text("start.upload")))
    key = f"file_{st.session_state.get(_UPLOADS, 0)}"
    st.file_uploader(wording.text("screen.upload"), key=key, on_change=careful(lambda: _read(wording, key)))
    found: tuple[str, Imported | InputError] | None = st.session_state.get(_IMPORTED)
    if found is not None:
        _found(*found, wording)
    sample = next(example for example in examples() if example.kind == "table")
    with st.container(horizontal=True, key="sample"):
        st.download_button(
            wording.text("screen.sample.download"),
            sample.path.read_bytes(),
            file_name="giai-phap-mau.csv" if wording.lang == "vi" else "options-sample.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            wording.text("start.template"),
            lambda: write_workbook(None, wording, today()),
            file_name="SXSH-phieu-danh-gia.xlsx" if wording.lang == "vi" else "SXSH-assessment-form.xlsx",
            mime=_EXCEL,
            icon=":material/download:",
            key="template",
            on_click="ignore",
        )
        st.button(
            wording.text("screen.sample.show"),
            icon=":material/visibility:",
            key="go_sample",
            on_click=careful(lambda: _sample(sample, wording)),
        )
    with st.expander(wording.text("screen.columns"), key="columns"):
        shell.show(_columns(wording))


def _sample(sample: Example, wording: Wording) -> None:
    imported = import_document(sample.path.read_bytes(), sample.file)
    _take(imported._replace(document={**imported.document, "title": sample.title[wording.lang]}))


def _columns(wording: Wording) -> Html:
    headings = [wording.text("screen.columns.column"), wording.text("screen.columns.meaning")]
    rows = (
        (tag("code", name), wording.text(f"screen.columns.{name.partition('_<')[0]}"))
        for name in (*columns.FIXED, columns.PATTERN)
    )
    return tag(
        "div",
        tag("p", wording.text("screen.columns.intro")),
        table(headings, rows, caption=wording.text("screen.columns"), class_="sx-facts"),
        class_="sx-fit",
    )


def _read(wording: Wording, key: str) -> None:
    uploaded = st.session_state[key]
    if uploaded is None:
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.session_state.pop(_IMPORTED, None)
    st.session_state.pop(_MARKED, None)
    with st.spinner(wording.text("screen.reading")):
        try:
            imported = import_document(uploaded.getvalue(), uploaded.name)
        except InputError as error:
            st.session_state[_IMPORTED] = (uploaded.name, error)
            return
        if imported.faults:
            st.session_state[_IMPORTED] = (uploaded.name, imported)
            st.session_state[_MARKED] = _marked(uploaded.getvalue(), uploaded.name, imported, wording)
        else:
            _take(imported)


def _marked(data: bytes, name: str, imported: Imported, wording: Wording) -> bytes | None:
    """Return the person's own workbook with its faults marked; ``None`` where that cannot be made."""
    if not is_workbook(name):
        return None
    try:
        return marked_copy(data, imported.faults, wording)
    except InputError:
        return None


def _take(imported: Imported) -> None:
    st.session_state.pop(_IMPORTED, None)
    create(imported.document)
    _go("options" if imported.faults else "ranking")


def _found(name: str, what: Imported | InputError, wording: Wording) -> None:
    messages = what.messages if isinstance(what, InputError) else what.faults
    with st.container(border=True, key="faults"):
        title = wording.text("start.faults", count=len(messages), file=name)
        kept = "start.faults.none_kept" if isinstance(what, InputError) else "start.faults.kept"
        number = st.session_state.get(_UPLOADS, 0)  # `page.js` scrolls to the report of each file once
        shell.show(tag("h3", title, role="alert", id=f"faults-{number}"), tag("p", wording.text(kept)))
        if isinstance(what, Imported):
            st.button(
                wording.text("start.correct_here"),
                type="primary",
                key="correct_here",
                on_click=careful(partial(_take, what)),
            )
        marked = st.session_state.get(_MARKED)
        if marked is not None:
            st.download_button(
                wording.text("start.marked"),
                marked,
                file_name=f"{PurePath(name).stem[:80]}-{wording.text('start.marked.file')}.xlsx",
                mime=_EXCEL,
                icon=":material/download:",
                key="marked",
                on_click="ignore",
            )
        shell.show(remarks.faults(messages, wording))


def worked_example(wording: Wording) -> None:
    """Show the example's result at once, so that a first visit sees what comes out."""
    example: Example = next(e for e in examples() if e.id == SAMPLE)
    ranked = rank(load_example(SAMPLE), RankRequest(as_of=today()))
    shell.show(
        tag("h2", wording.text("start.worked")),
        tag("p", example.teaches[wording.lang], class_="sx-quiet"),
        listing.lead(ranked, wording),
        listing.ranked_list(ranked, wording, len(ranked.options)),
    )


def industries(wording: Wording) -> None:
    """Offer the examples of the provinces' own industries, each with what it teaches."""
    offered = {e.id: e for e in examples() if e.figures == "mixed" or e.kind == "unfinished"}
    shell.show(
        tag("h2", wording.text("start.industries")),
        tag("p", wording.text("start.industries.intro"), class_="sx-quiet"),
    )
    chosen = _choice("industry", offered, wording.text("start.industry"), wording)
    if chosen is not None:
        shell.show(tag("p", chosen.teaches[wording.lang], class_="sx-beside"))


def plants(wording: Wording) -> None:
    """Offer the audited plants as further examples."""
    offered = {e.id: e for e in examples() if e.kind == "assessment" and e.figures == "published"}
    with st.expander(wording.text("start.plants", count=len(offered)), key="plants"):
        _choice("plant", offered, wording.text("screen.plant", count=len(offered)), wording)


def _choice(key: str, offered: Mapping[str, Example], label: str, wording: Wording) -> Example | None:
    """Show a choice of examples with a button to open one; return the chosen one."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"pick-{key}"):
        st.selectbox(
            label,
            list(offered),
            format_func=lambda example: offered[example].title[wording.lang],
            key=key,
            filter_mode=None,
        )
        st.button(
            wording.text("start.example.go"),
            key=f"go_{key}",
            on_click=careful(lambda: _example(st.session_state[key], wording)),
        )
    return offered.get(st.session_state[key])


def sources_left_out(wording: Wording) -> None:
    """Say which files of sources of money could not be used; the first page does not wait to know."""
    if shell.loaded.is_set():
        from sxsh_options.services.money import files_left_out

        shell.show(remarks.left_out(files_left_out(), wording))

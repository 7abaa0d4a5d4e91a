"""The assessment that is open in this window: every change is saved at once, and says whether it was."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import Message, SxshError, message
from sxsh_options.services import editing, library, workbench
from sxsh_options.services.editing import Document, Path
from sxsh_options.services.entry import Entry
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import Workbench
from sxsh_options.ui import language

LOCAL = library.Actor("local", "")  # one person, one machine: as long as nobody signs in
PARAMETER = "assessment"  # in the address: which one is open

BEGUN = "begun"  # in the session: a work of which nothing is stored until something is entered

_KEY = "work"
_NUMBERED = re.compile(r" \(\d+\)$")
_RESULTS_KEPT = 8
_log = logging.getLogger(__name__)


@st.cache_resource(max_entries=1, show_spinner=False)
def repository() -> library.Repository:
    """Return where assessments are kept on this machine; opened once for everyone."""
    from sxsh_options.storage.database.engine import data_folder, open_database
    from sxsh_options.storage.database.repository import SqlRepository

    return SqlRepository(open_database(data_folder()))


@dataclass(slots=True)
class Work:
    """One assessment, open in one window.

    Attributes
    ----------
    revision : Revision
        The last one that is known to be saved; the base of the next save.
    document : Document
        What the window shows: `revision` with changes that could not be saved, if there are any.
    faults : tuple of Message
        Why the last save failed; empty while everything is saved.
    notes : tuple of Message
        What happened beside the change itself, such as changes that came in from another window.
    generation : int
        Counts the times that the document came from elsewhere than this window's own fields: a grid, which
        cannot be told of such a change, is then made anew.
    explained : tuple of str
        Options whose results the page shows with their explanations, wherever they are finished.
    """

    revision: library.Revision
    document: Document
    faults: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    generation: int = 0
    explained: tuple[str, ...] = ()
    _results: dict[RankRequest, Workbench] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id of the assessment."""
        return self.revision.assessment_id

    def change(self, edit: Callable[[Document], Document]) -> None:
        """Change the document and save it."""
        self.document = edit(self.document)
        self._results.clear()
        self.save()

    def save(self) -> None:
        """Save what is not saved yet; where that fails the change stays here and :attr:`faults` says why."""
        self.notes = ()
        try:
            saved = library.save(
                repository(), LOCAL, self.revision, self.document, self._project, datetime.now(UTC)
            )
        except SxshError as error:
            self.faults = error.messages
            return
        except Exception:
            _log.exception("Saving failed")
            self.faults = (message("work.save_failed"),)
            return
        self.faults = ()
        self.revision = saved.revision
        if saved.merged:
            self._take(saved.revision.document)
            self.notes = (
                message("work.conflicts", count=len(saved.conflicts))
                if saved.conflicts
                else message("work.merged"),
            )

    def refresh(self) -> None:
        """Take in what another window has saved since."""
        if self.faults or library.head(repository(), LOCAL, self.id) == self.revision.seq:
            return
        latest = library.open_latest(repository(), LOCAL, self.id)
        if latest is not None:
            self.revision = latest
            self._take(latest.document)

    def _take(self, document: Document) -> None:
        self.document = document
        self.generation += 1
        self._results.clear()

    def enter(self, path: Path, entry: Entry, text: str) -> None:
        """Take what was typed into a field: its value, or the text as a draft where it cannot be read."""

        def edit(document: Document) -> Document:
            if entry.style is not None:
                own = entry.style == language.number_style()
                document = editing.put(document, (editing.NUMBER_STYLE,), entry.style if own else None)
            if entry.status == "value":
                return editing.settle(document, path, entry.value)
            if entry.status == "empty":
                return editing.settle(document, path, None)
            return editing.with_draft(document, path, text)

        self.change(edit)

    def put(self, path: Path, value: object) -> None:
        """Put a value that was chosen, not typed."""
        self.change(lambda document: editing.settle(document, path, value))

    def get(self, *path: str) -> object:
        """Return what stands at a path of the document."""
        return editing.get(self.document, path)

    def bench(self, request: RankRequest | None = None) -> Workbench:
        """Return the results of what is finished."""
        request = request or self._usual()
        if request not in self._results:
            if len(self._results) >= _RESULTS_KEPT:
                self._results.clear()
            self._results[request] = workbench.evaluate(self.document, request)
        return self._results[request]

    def _project(self, document: Document) -> library.Projection:
        mine = document == self.document  # a merged one is not
        bench = self.bench() if mine else workbench.evaluate(document, self._usual())
        return workbench.project(bench, document)

    def _usual(self) -> RankRequest:
        return RankRequest(as_of=today(), explain=self.explained)


def current() -> Work | None:
    """Return the assessment that the address names, or else the one that was open in this window."""
    asked = st.query_params.get(PARAMETER)
    work: Work | None = st.session_state.get(_KEY)
    if asked and (work is None or work.id != asked):
        work = _opened(asked)
    if work is None:
        begun: Work | None = st.session_state.get(BEGUN)
        if begun is not None and begun.id:
            work = st.session_state[_KEY] = begun
            del st.session_state[BEGUN]
    if work is None:
        if PARAMETER in st.query_params:
            del st.query_params[PARAMETER]
        return None
    work.refresh()
    st.session_state[_KEY] = work
    if asked != work.id:
        st.query_params[PARAMETER] = work.id
    return work


def _opened(assessment_id: str) -> Work | None:
    revision = library.open_latest(repository(), LOCAL, assessment_id)
    return None if revision is None else Work(revision, revision.document)


def open_assessment(assessment_id: str) -> None:
    """Open a stored assessment in this window."""
    st.query_params[PARAMETER] = assessment_id
    st.session_state[_KEY] = _opened(assessment_id)


def create(document: Document) -> None:
    """Store a new assessment and open it in this window."""
    revision = store(document)
    open_here(Work(revision, revision.document))


def store(document: Document) -> library.Revision:
    """Store a new assessment."""

    def project(made: Document) -> library.Projection:
        return workbench.project(workbench.evaluate(made, RankRequest(as_of=today())), made)

    taken = {entry.title for entry in repository().entries(LOCAL)}
    document = {**document, "title": _distinct(str(document.get("title") or ""), taken)}
    return library.create(repository(), LOCAL, document, project, datetime.now(UTC))


def open_here(work: Work) -> None:
    """Make a work the one that is open in this window, and name it in the address."""
    st.session_state[_KEY] = work
    st.query_params[PARAMETER] = work.id


def _distinct(title: str, taken: Container[str]) -> str:
    """Return a title that no other assessment has, with a number behind it where needed."""
    bare = _NUMBERED.sub("", title)[:290]
    numbered = (f"{bare} ({number})" for number in count(2))
    return title if not title or title not in taken else next(name for name in numbered if name not in taken)


def close(assessment_id: str) -> None:
    """Close an assessment if it is the open one, for instance since it went into the bin."""
    work: Work | None = st.session_state.get(_KEY)
    if work is not None and work.id == assessment_id:
        del st.session_state[_KEY]
    if st.query_params.get(PARAMETER) == assessment_id:
        del st.query_params[PARAMETER]

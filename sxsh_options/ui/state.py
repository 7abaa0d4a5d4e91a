"""What one visitor sees and has chosen, in one typed object; the widgets are rebuilt from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal, get_args

import streamlit as st

from sxsh_options.errors import InputError, Message
from sxsh_options.model import Assessment
from sxsh_options.screening.results import Criterion, RankedList
from sxsh_options.services.examples import Example, examples, load_example
from sxsh_options.services.ranking import RankRequest, rank
from sxsh_options.storage import in_source, read_assessment_bytes

Source = Literal["dairy", "plants", "file"]
SOURCES: tuple[Source, ...] = get_args(Source)
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
VIET_NAM = timezone(timedelta(hours=7))  # whose calendar day prices and law go by
DAIRY = "dairy_egypt"
PAGE_OF_ROWS = 100

_KEY = "screen"
_RESULTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """The assessment on the screen and, where it is one that ships with the product, what it is."""

    assessment: Assessment
    example: Example | None = None
    file_name: str = ""
    notes: tuple[Message, ...] = ()  # how the file was read


@dataclass(slots=True)
class Screen:
    """The choices of one visitor on the ranking page."""

    shown: Shown
    source: Source = "dairy"
    plant: str = ""
    criterion: Criterion = "payback"
    option: str | None = None  # explained; None: the first of the list
    rows: int = PAGE_OF_ROWS
    faults: tuple[Message, ...] = ()  # of the last file that could not be used
    fault_file: str = ""
    files_read: int = 0  # a fresh file field for every file, so that a corrected one can be chosen at once
    _results: dict[RankRequest, RankedList] = field(default_factory=dict)

    def choose_source(self, source: Source) -> None:
        """Go to another kind of data; a user's own file is awaited beside what is shown so far."""
        self.source = source
        self.faults = ()
        if source == "dairy":
            self.show_example(DAIRY)
        elif source == "plants":
            self.show_example(self.plant)

    def choose_plant(self, plant: str) -> None:
        """Show another of the audited plants."""
        self.plant = plant
        self.show_example(plant)

    def show_example(self, example_id: str) -> None:
        """Show an example that ships with the product."""
        self._show(_example(example_id))

    def show_file(self, content: bytes, name: str) -> bool:
        """Show a user's file; where it cannot be used, keep what is shown and hold its faults.

        Returns
        -------
        bool
            Whether the file is shown now.
        """
        self.files_read += 1
        try:
            shown = _file(content, name)
            try:
                rank(shown.assessment, RankRequest(as_of=_today()))
            except InputError as error:
                raise in_source(error, content, name) from error
        except InputError as error:
            self.faults, self.fault_file = error.messages, name
            return False
        self.faults = ()
        self._show(shown)
        return True

    def show_sample(self) -> None:
        """Show the flat table that ships with the product, read as a user's file is."""
        sample = sample_table()
        if self.show_file(sample.path.read_bytes(), sample.file):
            self.shown = replace(self.shown, example=sample)

    def choose_criterion(self, criterion: Criterion) -> None:
        """Rank by another criterion; an option that was chosen to be explained stays chosen."""
        self.criterion = criterion

    def choose_option(self, option_id: str) -> None:
        """Explain another option."""
        self.option = option_id

    def show_more(self) -> None:
        """Show further rows of a long list."""
        self.rows += PAGE_OF_ROWS

    def ranked(self, *explain: str) -> RankedList:
        """Return the ranked list by the chosen criterion, with the named options explained."""
        request = RankRequest(as_of=_today(), by=self.criterion, explain=explain)
        if request not in self._results:
            if len(self._results) >= _RESULTS_KEPT:
                self._results.clear()
            self._results[request] = rank(self.shown.assessment, request)
        return self._results[request]

    def _show(self, shown: Shown) -> None:
        self.shown, self.option, self.rows = shown, None, PAGE_OF_ROWS
        self._results.clear()


def _today() -> date:
    return datetime.now(VIET_NAM).date()


def screen() -> Screen:
    """Return this visitor's state; the first visit opens on the dairy."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Screen(shown=_example(DAIRY), plant=next(iter(plants())))
    state: Screen = st.session_state[_KEY]
    return state


def plants() -> Mapping[str, Example]:
    """Return the audited plants by id, in the order in which they are offered."""
    return {e.id: e for e in examples() if e.kind == "assessment" and e.id != DAIRY}


def sample_table() -> Example:
    """Return the flat table that shows how a file of one's own may look."""
    return next(e for e in examples() if e.kind == "table")


def _file(content: bytes, name: str) -> Shown:
    notes: list[Message] = []
    assessment = read_assessment_bytes(content, name, notes)
    return Shown(assessment, file_name=name, notes=tuple(notes))


def _example(example_id: str) -> Shown:
    example = next(e for e in examples() if e.id == example_id)
    return Shown(load_example(example_id), example)

"""Long searches beside the page: the best so far is shown, a press ends them, and no edit waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import Generic, TypeVar

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.ui import shell
from sxsh_options.ui.markup import tag

LONGEST = 20  # seconds; then the best so far is taken
_UNSEEN, _LOOK_EVERY = 0.4, 0.25  # seconds; a search that is done by the first says nothing of itself

Found = TypeVar("Found")
Progress = Callable[[float], None]  # to be told the worth (VND) of every better result
Cancelled = Callable[[], bool]  # to be asked now and then whether to end with the best so far
Find = Callable[[Progress, Cancelled], Found]


class _Search(Generic[Found]):
    """One search on a thread of its own, which never touches the screen."""

    def __init__(self, asked: object, find: Find[Found]) -> None:
        self.asked = asked
        self.best_vnd: float | None = None
        self.cut_short = False
        self._stopped = Event()
        self._until = time.monotonic() + LONGEST
        with_one_thread = ThreadPoolExecutor(max_workers=1)
        self.future = with_one_thread.submit(find, self._better, self._cancelled)
        with_one_thread.shutdown(wait=False)

    def stop(self) -> None:
        """End with the best so far."""
        self._stopped.set()

    def ends_within(self, seconds: float) -> bool:
        return not wait([self.future], timeout=seconds).not_done

    def _better(self, worth_vnd: float) -> None:
        self.best_vnd = worth_vnd

    def _cancelled(self) -> bool:
        if self._stopped.is_set() or time.monotonic() > self._until:
            self.cut_short = True
        return self.cut_short


def searched(name: str, asked: object, find: Find[Found], wording: Wording) -> Found:
    """Return what a search finds, or raise why it finds nothing.

    Parameters
    ----------
    name : str
        Of the place on the screens that shows it; one search at a time for each.
    asked : object
        What is searched for. While this stays equal, the search goes on, or its result stays, from one run of
        the page to the next; when it changes, the earlier search is ended.
    find : callable
    wording : Wording

    Notes
    -----
    The page's own thread only looks: whatever is entered meanwhile interrupts it at once.
    """
    slot = f"search_{name}"
    search: _Search[Found] | None = st.session_state.get(slot)
    if search is None or search.asked != asked:
        if search is not None:
            search.stop()
        search = st.session_state[slot] = _Search(asked, find)
    if not search.ends_within(_UNSEEN):
        _show(search, slot, wording)
    if search.cut_short:
        if search.future.exception() is None:
            shell.show(tag("p", wording.text("plan.stopped_early"), class_="sx-ask"))
        st.button(
            wording.text("plan.again"),
            key=f"{slot}_again",
            icon=":material/refresh:",
            on_click=st.session_state.pop,
            args=(slot, None),
        )
    return search.future.result()


def _show(search: _Search[Found], slot: str, wording: Wording) -> None:
    """Show that a search goes on, its best so far, and what ends it."""
    place = st.empty()
    with place.container(), st.spinner(wording.text("plan.searching", seconds=LONGEST)):
        best = st.empty()
        st.button(
            wording.text("plan.stop"), key=f"{slot}_stop", icon=":material/stop_circle:", on_click=search.stop
        )
        while not search.ends_within(_LOOK_EVERY):
            if search.best_vnd is None:
                best.empty()  # what is entered meanwhile interrupts the page at such calls alone
            else:
                best.caption(wording.text("plan.best_so_far", npv=wording.money_compact(search.best_vnd)))
    place.empty()

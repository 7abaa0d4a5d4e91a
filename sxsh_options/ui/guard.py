"""The one place where an unexpected error becomes a calm sentence; its details go to the terminal."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from sxsh_options.i18n import Wording

_log = logging.getLogger(__name__)
_FAILED = "callback_failed"


@contextmanager
def calm(wording: Wording) -> Iterator[None]:
    """Show what went wrong in the block, or in a callback before this run, as one sentence."""
    if st.session_state.pop(_FAILED, False):
        _say(wording)
    try:
        yield
    except Exception:
        _log.exception("Unexpected error on a page")
        _say(wording)


def careful(callback: Callable[[], object]) -> Callable[[], None]:
    """Wrap a callback: if it fails unexpectedly, the page is shown as it was, and :func:`calm` says so."""

    @functools.wraps(callback)
    def run() -> None:
        try:
            callback()
        except Exception:
            _log.exception("Unexpected error in a callback")
            st.session_state[_FAILED] = True

    return run


def _say(wording: Wording) -> None:
    st.error(wording.text("screen.unexpected"), icon=":material/error:")

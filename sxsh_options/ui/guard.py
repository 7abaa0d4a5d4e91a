"""The one place where an error becomes a calm sentence; details of an unexpected one go to the terminal."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from sxsh_options.errors import Message, SxshError, message
from sxsh_options.i18n import Wording

_log = logging.getLogger(__name__)
_FAILED = "callback_failed"
_UNEXPECTED = message("screen.unexpected")


@contextmanager
def calm(wording: Wording) -> Iterator[None]:
    """Show what went wrong in the block, or in a callback before this run, in calm sentences."""
    failed: tuple[Message, ...] = st.session_state.pop(_FAILED, ())
    _say(failed, wording)
    try:
        yield
    except SxshError as error:
        _say(error.messages, wording)
    except Exception:
        _log.exception("Unexpected error on a page")
        _say((_UNEXPECTED,), wording)


def careful(callback: Callable[[], object]) -> Callable[[], None]:
    """Wrap a callback: if it fails unexpectedly, the page is shown as it was, and :func:`calm` says so."""

    @functools.wraps(callback)
    def run() -> None:
        try:
            callback()
        except SxshError as error:  # says what is wrong and what to do
            st.session_state[_FAILED] = error.messages
        except Exception:
            _log.exception("Unexpected error in a callback")
            st.session_state[_FAILED] = (_UNEXPECTED,)

    return run


def _say(messages: Iterable[Message], wording: Wording) -> None:
    for what in messages:
        st.error(wording.word(what), icon=":material/error:")

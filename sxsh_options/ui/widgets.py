"""What stands in a widget, where the next entry may come before the page has been drawn for this one."""

from __future__ import annotations

from typing import Any

import streamlit as st


def stands(key: str, value: object) -> bool:
    """Tell whether a widget holds a value already; put it there if not.

    Whatever is put there is sent to the browser, and replaces what was entered since the run began. A value
    that stands there is given to the widget as its default instead: should the browser not have the widget
    yet, it shows that.
    """
    there = key in st.session_state and st.session_state[key] == value
    if not there:
        st.session_state[key] = value
    return there


def entered(key: str) -> Any:
    """Return what was entered into a widget, for its callback.

    To ask the session for one key, or to put something there, gives way to the next entry if that has come:
    the callback would end there, and is not called again. To ask it for everything does not.
    """
    return st.session_state.to_dict()[key]

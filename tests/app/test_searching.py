"""A search beside the page: what is said of it, what ends it, and that it is not begun again for nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from sxsh_options.ui import searching
from tests.app.screens import said

EARLY = "Việc tìm kiếm đã dừng sớm"


def _page() -> None:
    """Search until told to end, or as long as the session says; then say how often it was begun."""
    import time

    import streamlit as st

    from sxsh_options.i18n import Wording
    from sxsh_options.ui.searching import Cancelled, Progress, searched

    state = st.session_state
    begun: list[str] = state.setdefault("begun", [])
    seconds: float = state.get("seconds", 0.0)

    def find(progress: Progress, cancelled: Cancelled) -> str:
        begun.append(asked)
        progress(2.5e9)
        until = time.monotonic() + seconds
        while time.monotonic() < until and not cancelled():
            time.sleep(0.01)
        return f"found {asked}"

    asked = st.text_input("asked", "a", key="asked")
    st.text(searched("test", asked, find, Wording("vi")))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(searching, "LONGEST", 1)
    return AppTest.from_function(_page, default_timeout=30)


def shown(app: AppTest) -> str:
    assert not app.exception
    return app.text[0].value


def test_what_is_found_stays_until_something_else_is_asked(app: AppTest) -> None:
    assert shown(app.run()) == "found a"
    assert shown(app.run()) == "found a"
    assert app.session_state["begun"] == ["a"]
    assert shown(app.text_input(key="asked").set_value("b").run()) == "found b"
    assert app.session_state["begun"] == ["a", "b"]
    assert EARLY not in said(app)
    assert not app.button


def test_a_long_search_is_cut_short_says_so_and_can_be_begun_again(app: AppTest) -> None:
    app.session_state["seconds"] = 20.0
    assert shown(app.run()) == "found a"
    assert EARLY in said(app)
    assert shown(app.run()) == "found a"
    assert app.session_state["begun"] == ["a"]  # its result stays, and that it is not the last word
    assert EARLY in said(app)

    app.session_state["seconds"] = 0.0
    (again,) = app.button
    assert again.label == "Tìm lại từ đầu"
    assert shown(again.click().run()) == "found a"
    assert app.session_state["begun"] == ["a", "a"]
    assert EARLY not in said(app)

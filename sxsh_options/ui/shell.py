"""What every page stands in: settings, look, head with the switch of language, and the list of pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.ui import framework_words, guard, language
from sxsh_options.ui.markup import Html, join, tag

_APP = "app.py"
_THROUGH_APP = "through_app"
_STYLE = Path(__file__).with_name("style.css")
_ICON = Path(__file__).with_name("icon.svg")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its file under ``pages/``, its address, and the code of its title."""

    file: str
    url_path: str
    title: str


PAGES = (Entry("ranking.py", "ranking", "screen.title"),)


def run(folder: Path) -> None:
    """Show the page that the address names.

    Parameters
    ----------
    folder : Path
        Where the files of :data:`PAGES` are.
    """
    wording = language.current()
    st.set_page_config(page_title=wording.text("screen.product"), page_icon=_ICON, layout="wide")
    _look(wording)
    page = st.navigation(
        [
            st.Page(
                folder / entry.file,
                title=f"{wording.text(entry.title)} · {wording.text('screen.product')}",
                url_path=entry.url_path,
                default=entry is PAGES[0],
            )
            for entry in PAGES
        ],
        position="hidden" if len(PAGES) == 1 else "top",
    )
    st.session_state[_THROUGH_APP] = True
    with guard.calm(wording):
        page.run()


def enter() -> Wording:
    """Return the words of the visitor's language; every page begins with this.

    Until ``app.py`` has run once, a server that is asked for a page's address runs the bare file of that
    name in ``pages/``, without navigation and look. Such a visit is led through ``app.py``.
    """
    if not st.session_state.pop(_THROUGH_APP, False):
        st.switch_page(_APP, query_params=st.query_params.to_dict())
    return language.current()


def head(wording: Wording, title: str, intro: str) -> None:
    """Show the head of a page: product, title, what the page is for, and the switch of language."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"
    ):
        st.html(tag("span", wording.text("screen.product"), class_="sx-product"), width="content")
        language.switch(wording)
    st.html(tag("header", tag("h1", title), tag("p", intro, class_="sx-intro")))


def show(*parts: Html) -> None:
    """Show markup, if there is any (the framework refuses to show nothing)."""
    whole = join(parts)
    if whole:
        st.html(whole)


def _look(wording: Wording) -> None:
    """Give the page its style, our words in place of the framework's, and its language."""
    st.html(_STYLE)
    st.html(framework_words.style(wording))
    st.html(
        f"<script>document.documentElement.lang = '{wording.lang}';</script>", unsafe_allow_javascript=True
    )

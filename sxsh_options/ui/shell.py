"""What every page stands in: settings, look, head with the switch of language, and the list of pages."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event, Lock

import streamlit as st

from sxsh_options.errors import SxshError
from sxsh_options.i18n import Wording
from sxsh_options.ui import framework_words, guard, language, status
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.work import PARAMETER, Work, current

_APP = "app.py"
_THROUGH_APP = "through_app"
_KNOWN = "pages"
_WANTED = "wanted"
_CURRENT = "current_page"
_HERE = Path(__file__).parent
_STYLES = (_HERE / "style.css", *sorted((_HERE / "styles").glob("*.css")))
_ICON = Path(__file__).with_name("icon.svg")


# Until every library is loaded one page runs at a time: two that load the same one may find it half made.
loading, loaded = Lock(), Event()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its file under ``pages/``, its address, the code of its title, and the step it belongs to.

    One that stands within another is reached from there, not from the navigation of all pages.
    """

    file: str
    url_path: str
    title: str
    step: int | None = None
    within: str | None = None


PAGES = (
    Entry("start.py", "start", "nav.start"),
    Entry("quick_estimate.py", "quick_estimate", "nav.quick"),
    Entry("facility.py", "facility", "nav.facility", step=1),
    Entry("flows.py", "flows", "nav.flows", step=2),
    Entry("catalogue.py", "catalogue", "nav.catalogue", step=3),
    Entry("options.py", "options", "nav.options", step=3),
    Entry("ranking.py", "ranking", "nav.ranking", step=4),
    Entry("together.py", "together", "nav.together", step=4),
    Entry("sources.py", "sources", "nav.sources", step=4),
    Entry("plan.py", "plan", "nav.plan", step=4, within="sources"),
    Entry("waiting.py", "waiting", "nav.waiting", step=4, within="sources"),
    Entry("calendar.py", "calendar", "nav.calendar", step=4, within="sources"),
    Entry("assumptions.py", "assumptions", "nav.assumptions"),
    Entry("cases.py", "cases", "nav.cases"),
    Entry("data.py", "data", "nav.data"),
)


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
    pages = _pages(folder, wording)
    page = st.navigation(list(pages.values()), position="hidden")
    wanted = st.session_state.pop(_WANTED, None)
    if wanted in pages:
        st.switch_page(pages[wanted], query_params=st.query_params.to_dict())
    st.session_state[_THROUGH_APP] = True
    st.session_state[_CURRENT] = page.url_path
    with nullcontext() if loaded.is_set() else loading, guard.calm(wording):
        page.run()


def _pages(folder: Path, wording: Wording) -> dict[str, st.Page]:
    """Return the framework's pages by address, made once for a visitor and language."""
    title = f"{wording.text(PAGES[0].title)} · {wording.text('screen.product')}"
    known: dict[str, st.Page] = st.session_state.get(_KNOWN, {})
    if not known or known[PAGES[0].url_path].title != title:
        known = st.session_state[_KNOWN] = {
            entry.url_path: st.Page(
                folder / entry.file,
                title=f"{wording.text(entry.title)} · {wording.text('screen.product')}",
                url_path=entry.url_path,
                default=entry is PAGES[0],
            )
            for entry in PAGES
        }
    return known


def enter() -> Wording:
    """Return the words of the visitor's language; every page begins with this.

    Until ``app.py`` has run once, a server that is asked for a page's address runs the bare file of that
    name in ``pages/``, without navigation and look. Such a visit is led through ``app.py``.
    """
    if not st.session_state.pop(_THROUGH_APP, False):
        st.session_state[_WANTED] = str(st.context.url or "").rstrip("/").rpartition("/")[2]
        st.switch_page(_APP, query_params=st.query_params.to_dict())
    return language.current()


def enter_assessment() -> tuple[Wording, Work]:
    """Return the words and the open assessment; where none is open, say what to do and end the page."""
    wording = enter()
    work = opened(wording)
    if work is None:
        head(wording, wording.text("work.none"), wording.text("work.none.what_to_do"))
        link("start", wording.text("work.none.go"), icon=":material/arrow_forward:")
        st.stop()
    return wording, work


def opened(wording: Wording) -> Work | None:
    """Return the open assessment; where the library cannot be read, say why and end the page."""
    try:
        return current()
    except SxshError as error:
        head(wording, wording.text("work.no_library"), wording.text("work.no_library.what_to_do"))
        for what in error.messages:
            st.error(wording.word(what), icon=":material/error:")
        st.stop()


def head(
    wording: Wording, title: str, intro: str, *, step: int | None = None, work: Work | None = None
) -> None:
    """Show the head of a page: product, the way around, what is open and saved, and what the page is for."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"
    ):
        st.html(tag("span", wording.text("screen.product"), class_="sx-product"), width="content")
        language.switch(wording)
    with st.container(horizontal=True, gap="xsmall", key="nav"):
        address = _address()
        here = next((entry for entry in PAGES if entry.url_path == st.session_state.get(_CURRENT)), None)
        for entry in PAGES:
            if entry.within is None:
                label = wording.text(entry.title)
                around = here is not None and here.within == entry.url_path
                with st.container(key="nav_around", width="content") if around else nullcontext():
                    _link(entry.url_path, f"{entry.step} · {label}" if entry.step else label, None, address)
    _section(here, wording, address)
    if work is not None:
        status.show(wording, work)
    eyebrow = [tag("p", _step(wording, step), class_="sx-step")] if step else []
    about = [status.about(wording, work)] if work is not None else []
    st.html(tag("header", eyebrow, tag("h1", title), tag("p", intro, class_="sx-intro"), *about))


def _section(here: Entry | None, wording: Wording, address: dict[str, str]) -> None:
    """Show the pages that stand together with the current one, if there are any."""
    first = (here.within or here.url_path) if here is not None else None
    together = [entry for entry in PAGES if first in (entry.within, entry.url_path)]
    if len(together) < 2 or first is None:
        return
    with st.container(horizontal=True, gap="xsmall", key="nav_section"):
        for entry in together:
            _link(entry.url_path, wording.text(entry.title), None, address)


def _step(wording: Wording, step: int) -> str:
    return wording.text("nav.step", number=step, name=f"nav.step.{step}")


def link(url_path: str, label: str, icon: str | None = None) -> None:
    """Show a link to a page; language and open assessment go along."""
    _link(url_path, label, icon, _address())


def _link(url_path: str, label: str, icon: str | None, address: dict[str, str]) -> None:
    page = st.session_state[_KNOWN][url_path]
    st.page_link(page, label=label, icon=icon, query_params=address, width="content")


def go(url_path: str) -> None:
    """Go to a page."""
    st.switch_page(st.session_state[_KNOWN][url_path], query_params=_address())


def _address() -> dict[str, str]:
    here = st.query_params.get(PARAMETER)
    return {**language.in_address(), **({PARAMETER: here} if here else {})}


def show(*parts: Html) -> None:
    """Show markup, if there is any (the framework refuses to show nothing)."""
    whole = join(parts)
    if whole:
        st.html(whole)


def _look(wording: Wording) -> None:
    """Give the page its style, our words in place of the framework's, and its language."""
    style, script = _dress(wording)
    st.html(style)
    st.html(script, unsafe_allow_javascript=True)


@cache
def _dress(wording: Wording) -> tuple[Html, Html]:
    """Return style and script of a language, the same for everyone and every run."""
    rules = "\n".join(style.read_text(encoding="utf-8") for style in _STYLES)
    return Html(f"<style>{rules}</style>{framework_words.style(wording)}"), framework_words.script(wording)

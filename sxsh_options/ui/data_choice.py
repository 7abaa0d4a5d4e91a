"""Which figures are on the screen: the worked example, an audited plant, or a file of one's own."""

from __future__ import annotations

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.storage import columns
from sxsh_options.ui import remarks
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.state import SOURCES, Screen, plants, sample_table

_SOURCE, _PLANT, _FILE = "source", "plant", "own_file"


def choice(screen: Screen, wording: Wording) -> None:
    """Show the choice of figures and what belongs to the chosen kind."""
    st.session_state[_SOURCE] = screen.source
    st.segmented_control(
        wording.text("screen.source"),
        SOURCES,
        required=True,
        format_func=lambda source: wording.text(f"screen.source.{source}"),
        key=_SOURCE,
        on_change=careful(lambda: screen.choose_source(st.session_state[_SOURCE])),
    )
    if screen.source == "plants":
        _plant(screen, wording)
    elif screen.source == "file":
        _own_file(screen, wording)


def shown_data(screen: Screen, wording: Wording) -> Html:
    """Return what the figures on the screen are: a title, what they teach, where they come from."""
    shown = screen.shown
    if shown.example is None:
        title = shown.file_name or shown.assessment.title
        return tag(
            "section", tag("h2", tag("bdi", title)), remarks.notes(shown.notes, wording), class_="sx-data"
        )
    example, lang = shown.example, wording.lang
    origin: str = example.origin[lang]
    if example.url:
        origin = tag("a", origin, href=example.url, target="_blank")
    return tag(
        "section",
        tag("h2", example.title[lang]),
        tag("p", example.teaches[lang]),
        tag("p", wording.text("screen.origin"), " ", origin, class_="sx-quiet"),
        remarks.notes(shown.notes, wording),
        class_="sx-data",
    )


def _plant(screen: Screen, wording: Wording) -> None:
    offered = plants()
    st.session_state[_PLANT] = screen.plant
    st.selectbox(
        wording.text("screen.plant", count=len(offered)),
        list[str](offered),
        format_func=lambda plant: offered[plant].title[wording.lang],
        key=_PLANT,
        filter_mode=None,
        placeholder="",
        on_change=careful(lambda: screen.choose_plant(st.session_state[_PLANT])),
    )


def _own_file(screen: Screen, wording: Wording) -> None:
    key = f"{_FILE}_{screen.files_read}"
    st.file_uploader(
        wording.text("screen.upload"), key=key, on_change=careful(lambda: _read(screen, wording, key))
    )
    if screen.faults:
        _faults(screen, wording)
    sample = sample_table()
    with st.container(horizontal=True):
        st.download_button(
            wording.text("screen.sample.download"),
            sample.path.read_bytes(),
            file_name="giai-phap-mau.csv" if wording.lang == "vi" else "options-sample.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.button(
            wording.text("screen.sample.show"),
            icon=":material/visibility:",
            on_click=careful(screen.show_sample),
        )
    with st.expander(wording.text("screen.columns")):
        st.html(
            tag(
                "div",
                tag("p", wording.text("screen.columns.intro")),
                table(
                    [wording.text("screen.columns.column"), wording.text("screen.columns.meaning")],
                    (
                        (tag("code", name), wording.text(f"screen.columns.{_key(name)}"))
                        for name in (*columns.FIXED, columns.PATTERN)
                    ),
                    caption=wording.text("screen.columns"),
                    class_="sx-facts",
                ),
                class_="sx-fit",
            )
        )


def _key(column: str) -> str:
    return column.partition("_<")[0]


def _read(screen: Screen, wording: Wording, key: str) -> None:
    uploaded = st.session_state[key]
    if uploaded is not None:
        with st.spinner(wording.text("screen.reading")):
            screen.show_file(uploaded.getvalue(), uploaded.name)


def _faults(screen: Screen, wording: Wording) -> None:
    title = wording.text("screen.faults", count=len(screen.faults), file=screen.fault_file)
    with st.container(border=True, key="faults"):
        st.html(
            tag(
                "div",
                tag("h3", title, role="alert"),
                tag("p", wording.text("screen.faults.kept")),
                remarks.faults(screen.faults, wording),
            )
        )

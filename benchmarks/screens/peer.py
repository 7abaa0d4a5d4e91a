"""The peer of the screens: the same widgets, and a constant result that only counts its runs."""

import pandas as pd
import streamlit as st

OPTIONS = 60
COLUMNS = ("name", "category", "capex", "saving", "opex", "life", "electricity", "water", "diesel", "note")
NAVIGATION = 12


def around(title: str) -> int:
    """Show what stands around every page; return how many runs this visitor has seen."""
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.html("<span>Product</span>")
    st.segmented_control("Language", ("vi", "en"), default="vi", required=True, key="language")
    with st.container(horizontal=True):
        for number in range(NAVIGATION):
            st.page_link(PAGES[number % len(PAGES)], label=f"Page {number}")
    st.html("<div>An estimate <span>Saved at 10:00:00</span></div>")
    st.html(f"<header><h1>{title}</h1><p>What this page is for.</p></header>")
    return int(st.session_state["runs"])


def field() -> None:
    """Show four cards, then six fields, two choices and two buttons, in containers as in the app."""
    runs = around("Peer of the quick estimate")
    cards = "".join(f"<div>Card {number}: 1,5 years, 250 million</div>" for number in range(4))
    st.html(f"<section class='result'>{cards}{runs}</section>")
    text("name")
    with st.container(horizontal=True, key="fields"):
        with st.container(key="cost"):
            text("capex")
            st.html("<p>= 600 million</p>")
        with st.container(key="years"):
            text("life")
        with st.container(key="kind"):
            st.selectbox("What", ("electricity", "water", "coal"), key="what")
        with st.container(key="saved"), st.container(horizontal=True, key="measure"):
            with st.container(key="number"):
                text("quantity")
                st.html("<p>= 96,000 kWh</p>")
            st.selectbox("Unit", ("kWh", "MWh"), key="unit")
        with st.container(key="cents"):
            text("price")
            st.html("<p>The price of today, and its source.</p>")
        with st.container(key="more"):
            text("other")
    with st.container(horizontal=True, key="next"):
        st.button("Go on", key="go")
        st.button("Another", key="another")


def text(key: str) -> None:
    """Show a field for a text."""
    st.text_input(key, key=key, placeholder="an example")


def cell() -> None:
    """Show an editor and, below it, a table with a line for each of its rows."""
    runs = around("Peer of the options")
    st.segmented_control("View", ("grid", "form"), default="grid", required=True, key="view")
    with st.container(key="lead"):
        st.html("<p>60 options, the first of them is number 47.</p>")
    st.html("<p>Type or paste.</p>")
    st.data_editor(
        pd.DataFrame({name: [f"{name} {row}" for row in range(OPTIONS)] for name in COLUMNS}, dtype="str"),
        key="grid",
        num_rows="dynamic",
        hide_index=True,
        height=562,
        column_config={name: st.column_config.TextColumn(name, width=120) for name in COLUMNS},
    )
    st.selectbox("One more resource", ("coal", "gas"), index=None, key="more")
    cells = "<td>1.234.567 ₫</td>" * len(COLUMNS)
    rows = "".join(f"<tr><th>Option {row}</th>{cells}</tr>" for row in range(OPTIONS))
    st.html(f"<table class='result'><caption>{runs}</caption>{rows}</table>")
    st.page_link(PAGES[0], label="To the ranking")


def start() -> None:
    """Show no more than what stands around every page; the address of a default page is only the bare one."""
    around("Peer")


PAGES = [
    st.Page(start, url_path="start", default=True),
    st.Page(field, url_path="field"),
    st.Page(cell, url_path="cell"),
]
st.navigation(PAGES, position="hidden").run()

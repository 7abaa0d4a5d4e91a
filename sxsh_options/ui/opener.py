"""Names in a table that open how their option was computed; plain HTML reports no click of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from sxsh_options.ui.guard import careful

_LISTEN = """
export default function ({ setTriggerValue }) {
  const listen = (event) => {
    const pressed = event.target.closest("[data-opens]");
    if (!pressed) return;
    setTriggerValue("opened", pressed.dataset.opens);
    const heading = document.getElementById(pressed.dataset.at);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  };
  document.addEventListener("click", listen);
  return () => document.removeEventListener("click", listen);
}
"""
_listener = st.components.v2.component("sxsh_options.opener", js=_LISTEN)


def listen(key: str, opened: Callable[[str], Any]) -> None:
    """Call `opened` with the id of the option whose name was pressed, and go to where it is explained."""

    def take() -> None:
        option = st.session_state[key].opened
        if option is not None:
            opened(str(option))

    with st.container(key=f"{key}_hidden"):
        _listener(key=key, on_opened_change=careful(take), height=1)

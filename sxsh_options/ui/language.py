"""The language of the screens: Vietnamese first, English by a switch, kept in the address."""

from __future__ import annotations

from functools import cache

import streamlit as st

from sxsh_options.i18n import LANGUAGES, Lang, Wording
from sxsh_options.numerals import Style

DEFAULT: Lang = "vi"
_PARAMETER = "lang"
_KEPT = "language"  # where the session remembers it
_SWITCH = "language_switch"
_NUMBER_STYLES: dict[Lang, Style] = {"vi": "comma_decimal", "en": "dot_decimal"}
_OWN_NAMES: dict[Lang, str] = {"vi": "Tiếng Việt", "en": "English"}


@cache
def wording_in(lang: Lang) -> Wording:
    """Return the words of a language, the same for everyone."""
    return Wording(lang)


def current() -> Wording:
    """Return the words of this visitor's language, and see that the address names it.

    The address decides, so that a link opens in the language in which it was copied. Going to another page
    drops it from the address; then the session remembers it and writes it again.
    """
    asked = st.query_params.get(_PARAMETER)
    lang = next((known for known in LANGUAGES if known == asked), None)
    if lang is None:
        lang = st.session_state.get(_KEPT, DEFAULT)
    _keep(lang)
    return wording_in(lang)


def number_style() -> Style:
    """Return how numbers are written in this visitor's language, and so in the fields."""
    return _NUMBER_STYLES[st.session_state.to_dict().get(_KEPT, DEFAULT)]


def in_address() -> dict[str, str]:
    """Return what the address must say of the language."""
    lang = st.session_state.get(_KEPT, DEFAULT)
    return {} if lang == DEFAULT else {_PARAMETER: lang}


def _keep(lang: Lang) -> None:
    st.session_state[_KEPT] = lang
    if lang == DEFAULT:
        if _PARAMETER in st.query_params:
            del st.query_params[_PARAMETER]
    elif st.query_params.get(_PARAMETER) != lang:
        st.query_params[_PARAMETER] = lang


def switch(wording: Wording) -> None:
    """Show the switch between the languages, each by its own name."""
    st.session_state[_SWITCH] = wording.lang
    st.segmented_control(
        wording.text("screen.language"),
        LANGUAGES,
        required=True,
        format_func=_OWN_NAMES.__getitem__,
        key=_SWITCH,
        on_change=lambda: _keep(st.session_state[_SWITCH]),
        label_visibility="collapsed",
    )

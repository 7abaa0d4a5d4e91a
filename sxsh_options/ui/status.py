"""What is open, and whether it is saved."""

from __future__ import annotations

import streamlit as st

from sxsh_options.day import VIET_NAM
from sxsh_options.i18n import LANGUAGES, Wording
from sxsh_options.services.examples import example_of
from sxsh_options.ui import conflicts
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, tag
from sxsh_options.ui.work import Work


def show(wording: Wording, work: Work) -> None:
    """Show the title of the open assessment and whether its last change is saved.

    While the page is at work the style sheet shows "saving" in place of "saved", and while somebody types
    it says what ends an entry.
    """
    title = tag("strong", str(work.get("title") or "–"), class_="sx-title")
    if work.faults:
        parts = [tag("span", wording.text("work.not_saved"), class_="sx-unsaved", role="alert")]
    else:
        at = work.revision.at.astimezone(VIET_NAM)
        parts = [
            tag("span", wording.text("work.saved", time=f"{at:%H:%M:%S}"), class_="sx-saved"),
            tag("span", wording.text("work.saving"), class_="sx-saving"),
            tag("span", wording.text("work.typing"), class_="sx-typing"),
        ]
    st.html(tag("div", title, " ", parts, class_="sx-status", data_seq=str(work.revision.seq)))
    for what in work.faults:
        st.error(wording.word(what), icon=":material/error:")
    if work.faults:
        st.button(wording.text("work.save_again"), on_click=careful(work.save), key="save_again")
    for what in work.notes:
        st.info(wording.word(what), icon=":material/info:")
    conflicts.show(wording, work)


def about(wording: Wording, work: Work) -> Html:
    """Return the note of the open assessment, folded; of an example what it teaches, in either language."""
    note, example = str(work.get("note") or ""), example_of(work.document)
    if not note:
        return Html()
    said = note.split("\n")
    if example:
        own = said[LANGUAGES.index(wording.lang)] if len(said) == len(LANGUAGES) else ""
        said = [line for line in (example.teaches[wording.lang], example.origin[wording.lang], own) if line]
    code = "work.about_example" if example else "work.about"
    return tag(
        "details",
        tag("summary", tag("span", wording.text(code))),
        (tag("p", line) for line in said),
        class_="sx-how sx-about-it",
    )

"""The first page: options in, a ranked list out, with the reasons."""

import streamlit as st

from sxsh_options.ui import data_choice, explanation, figures, listing, remarks, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.state import CRITERIA, screen

wording = shell.enter()
text = wording.text
seen = screen()

shell.head(wording, text("screen.title"), text("screen.intro"))
data_choice.choice(seen, wording)
shell.show(data_choice.shown_data(seen, wording))

st.session_state["criterion"] = seen.criterion
st.segmented_control(
    text("screen.criterion"),
    CRITERIA,
    required=True,
    format_func=lambda criterion: text(f"screen.criterion.{criterion}"),
    key="criterion",
    on_change=careful(lambda: seen.choose_criterion(st.session_state["criterion"])),
)

ranked = seen.ranked()
shell.show(listing.lead(ranked, wording))
if ranked.options:
    shell.show(listing.ranked_list(ranked, wording, seen.rows))
left = len(ranked.options) - seen.rows
if left > 0:
    st.button(text("screen.more", count=left), on_click=careful(seen.show_more), key="more")
shell.show(remarks.notes(listing.said_below(ranked), wording))

if any(option.warnings for option in ranked.options[: seen.rows]):
    intro = tag("p", text("screen.questions.intro"), class_="sx-quiet")
    shell.show(tag("h2", text("screen.questions")), intro, remarks.questions(ranked, wording, seen.rows))

if ranked.options:
    shell.show(tag("h2", text("screen.how")))
    names = figures.distinct_names(ranked.options[: seen.rows], wording)
    st.session_state["option"] = seen.option if seen.option in names else next(iter(names))
    st.selectbox(
        text("screen.option"),
        list[str](names),
        format_func=names.__getitem__,
        key="option",
        filter_mode=None,
        placeholder="",
        on_change=careful(lambda: seen.choose_option(st.session_state["option"])),
    )
    ranked = seen.ranked(st.session_state["option"])
    shell.show(explanation.explanation(ranked, st.session_state["option"], wording))

shell.show(tag("h2", text("screen.assumptions")), remarks.assumptions(ranked, wording))

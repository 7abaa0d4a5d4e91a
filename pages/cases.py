"""The case library: what others did, what it cost and saved, and how far the figures can be used."""

import streamlit as st

from sxsh_options.services import case_library
from sxsh_options.ui import case_filters, cases, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag

wording = shell.enter()
work = shell.opened(wording)
text = wording.text

shell.head(wording, text("cases.title"), text("cases.intro"), work=work)
shell.show(cases.lead(case_library.matching(), wording))
chosen = case_filters.choices_of(work)
case_filters.filters(chosen, wording)

found = case_filters.matching(chosen)
if found:
    shell.show(tag("p", text("cases.found", count=len(found)), class_="sx-quiet"))
    shell.show(*(cases.card(each, wording) for each in found[: chosen.shown]))
    left = len(found) - chosen.shown
    if left > 0:
        count = min(left, case_filters.MORE)
        st.button(text("cases.more", count=count), key="more_cases", on_click=careful(chosen.show_more))
else:
    shell.show(tag("p", text("cases.none_found"), class_="sx-ask"))
    st.button(text("cases.all"), key="all_cases", on_click=careful(chosen.clear))

shell.show(tag("h2", text("cases.audits")), cases.audits(wording))

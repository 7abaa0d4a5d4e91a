"""Data and sources: every figure behind the results, where it comes from and how well it is known."""

import streamlit as st

from sxsh_options.day import today
from sxsh_options.services import data_view as service
from sxsh_options.ui import data_choices, data_opened, data_view, opener, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag

wording = shell.enter()
work = shell.opened(wording)
text = wording.text

shell.head(wording, text("data_view.title"), text("data_view.intro"), work=work)
every = service.every_row(today())
shell.show(data_view.lead(every, wording))
if work is not None:
    shell.show(data_view.own_list(every, work, wording, opens="row"))
chosen = data_choices.choices_of(work)
data_choices.filters(chosen, wording)

shell.show(tag("div", id="row", tabindex="-1"))
opened = service.row_of(chosen.opened, today()) if chosen.opened else None
if opened is not None:
    data_opened.opened(opened, work, chosen, wording)

found = data_choices.matching(chosen, today())
if found:
    shell.show(tag("p", text("data_view.found", count=len(found)), class_="sx-quiet"))
    shell.show(data_view.listed(found[: chosen.shown], work, wording, opens="row"))
    opener.listen("opener", chosen.open)
    left = len(found) - chosen.shown
    if left > 0:
        count = min(left, data_choices.MORE)
        st.button(text("cases.more", count=count), key="more_data", on_click=careful(chosen.show_more))
else:
    shell.show(tag("p", text("data_view.none_found"), class_="sx-ask"))
    st.button(text("cases.all"), key="all_data", on_click=careful(chosen.clear))

"""Quick estimate: one option from a handful of figures, its results at once."""

from datetime import date

import streamlit as st

from sxsh_options.day import today
from sxsh_options.services import quick_estimate
from sxsh_options.ui import quick, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag

wording = shell.enter()
text = wording.text
opened = shell.opened(wording)
work = quick.work_of(opened, wording)
stored = bool(work.id)

top, results = st.container(), st.empty()
estimate = quick_estimate.estimate(work.document, today(), work.bench() if stored else None)
results.html(quick.cards(estimate, wording, explained=False))  # what the entry was made for comes first
with top:
    shell.head(
        wording, text("quick.title"), text("quick.intro"), work=work if stored or work.faults else None
    )
    if opened is not None and not stored:
        shell.show(tag("p", text("quick.beside", title=opened.get("title") or "–"), class_="sx-beside"))
quick.fields(work, estimate, wording)
results.html(quick.cards(estimate, wording))

if stored:
    with st.container(horizontal=True, key="quick_next"):
        if st.button(text("quick.go_on"), type="primary", icon=":material/arrow_forward:", key="quick_go_on"):
            year = today().year - 1
            work.change(
                lambda document: quick_estimate.going_on(
                    document, text("quick.unnamed"), date(year, 1, 1), date(year, 12, 31)
                )
            )
            if not work.faults:
                shell.go("facility")
        st.button(text("quick.another"), on_click=careful(lambda: quick.another(work)), key="quick_another")

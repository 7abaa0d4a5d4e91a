"""The opportunities: a grid for many, a form for one, and at once what they come to."""

import streamlit as st

from sxsh_options.ui import (
    option_faults,
    option_form,
    option_questions,
    options_echo,
    options_grid,
    removal,
    shell,
)
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text

options_grid.take(work)
shell.head(wording, text("option.title"), text("option.intro"), step=3, work=work)
view = option_form.view(wording)
bench = work.bench()
if view == "form":
    option_form.show(work, wording, bench)
else:
    with st.container(key="options_lead"):  # there in any case: the grid below it must not move when it comes
        if work.get("options"):
            shell.show(options_echo.lead(work, bench, wording))
    shell.show(
        tag("p", text("option.how"), class_="sx-quiet"), tag("p", text("option.narrow"), class_="sx-narrow")
    )
    grid, echo = st.container(), st.container()
    with echo:  # the answer to what was typed is sent before the grid, which the browser has
        if work.get("options"):
            shell.show(tag("h2", text("option.echo")), options_echo.understood(work, bench, wording))
            shell.link("ranking", text("option.to_ranking"), icon=":material/arrow_forward:")
    with grid:
        columns = options_grid.show(work, wording)
        removal.show(work, wording)
        option_faults.show(work, wording, columns)
        option_questions.show(work, wording, bench)

"""Step 4: the ranked list of the open assessment, with the reasons."""

import streamlit as st

from sxsh_options.ui import (
    downloads,
    drawings,
    explanation,
    listing,
    opener,
    ranking_choices,
    remarks,
    shell,
    standing,
)
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text
chosen = ranking_choices.choices_of(work)
bench = ranking_choices.results_of(work, chosen)
ranked = bench.ranked

shell.head(wording, text("screen.title"), text("screen.intro"), step=4, work=work)
shell.show(listing.lead(ranked, wording))
standing.notice(work, bench, wording)

if ranked.options:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large", key="choices"):
        ranking_choices.criterion(chosen, ranked, wording)
        ranking_choices.switch(chosen, "view", ranking_choices.VIEWS, wording)
        if chosen.view == "table":
            ranking_choices.every_indicator(chosen, wording)
    if chosen.criterion == "score":
        ranking_choices.weights(work, wording, ranked)
    if chosen.view == "table":
        shell.show(tag("p", text("screen.opens.hint"), class_="sx-quiet"))
        shell.show(listing.ranked_list(ranked, wording, chosen.rows, every=chosen.every, opens="how"))
        opener.listen("opener", chosen.explain)
        left = len(ranked.options) - chosen.rows
        if left > 0:
            st.button(text("screen.more", count=left), on_click=careful(chosen.show_more), key="more")
        shell.show(remarks.notes(listing.said_below(ranked, every=chosen.every), wording))
    else:
        drawings.view(chosen.view, ranked, wording)

    shell.show(tag("h2", text("screen.how"), id="how", tabindex="-1"))
    shown = next(iter(ranked.explanations))
    ranking_choices.explained(chosen, ranked.options, shown, wording)
    shell.show(explanation.explanation(ranked, shown, wording))
    payback = next(o.simple_payback_years for o in ranked.options if o.option_id == shown)
    drawings.cash_flow(ranked.cash_flows[shown], payback, wording)
    standing.questions(work, ranked, chosen, wording)

standing.unfinished(work, bench, wording)
if ranked.options:
    shell.show(tag("h2", text("screen.download")))
    downloads.show(work.document, bench, wording)
    shell.show(tag("h2", text("screen.assumptions")), remarks.assumptions(ranked, wording))
    shell.link("assumptions", text("screen.unfinished.assumptions"), icon=":material/tune:")

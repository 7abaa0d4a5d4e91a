"""Step 3: options of the catalogue that fit this facility, worked out with its own figures."""

import streamlit as st

from sxsh_options.day import today
from sxsh_options.services.offers import offered
from sxsh_options.ui import catalogue_filters, catalogue_offers, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text

shell.head(wording, text("catalogue.title"), text("catalogue.intro"), step=3, work=work)
assessment = work.bench().assessment
chosen = catalogue_filters.choices_of(work)
found = offered(assessment, today(), chosen.sector)
shell.show(catalogue_offers.lead(found, chosen.sector, wording))
if assessment.baseline is None or not assessment.baseline.flows:
    shell.show(tag("p", text("catalogue.no_flows"), class_="sx-ask"))
    shell.link("flows", text("catalogue.no_flows.go"), icon=":material/arrow_forward:")
catalogue_filters.filters(chosen, found, wording)
catalogue_filters.questions(work, found, wording)

shown = catalogue_filters.matching(chosen, found)
if shown:
    shell.show(tag("p", text("catalogue.found", count=len(shown)), class_="sx-quiet"))
else:
    shell.show(tag("p", text("catalogue.none_found"), class_="sx-ask"))
catalogue_offers.cards(work, shown[: chosen.shown], wording)
left = len(shown) - chosen.shown
if left > 0:
    count = min(left, catalogue_filters.MORE)
    st.button(text("catalogue.more", count=count), on_click=careful(chosen.show_more), key="more_offers")
shell.link("options", text("catalogue.see_options"), icon=":material/arrow_forward:")

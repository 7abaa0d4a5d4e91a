"""The days to file by and the dossiers: the next day first, then all of them, then what each source asks."""

import streamlit as st

from sxsh_options.services.calendar import filing_for
from sxsh_options.ui import calendar, dossier, remarks, shell, sources, standing
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text
bench = work.bench()

result = st.container()
with st.container(key="sources_day"):
    as_of = sources.day(work, wording)
filing = filing_for(bench.assessment, as_of, named=work.get("facility", "name") is not None)
with result:
    shell.head(wording, text("calendar.title"), text("calendar.intro"), step=4, work=work)
    if filing.has_options:
        calendar.lead(filing, wording)
    else:
        calendar.empty(wording)
    shell.show(remarks.left_out(filing.left_out, wording))
if filing.has_options:
    if filing.calendar.events:
        shell.show(tag("h2", text("calendar.dated")), calendar.dated(filing.calendar, wording))
        calendar.download(filing, wording, work.revision.seq)
    calendar.undated(filing.calendar, wording)
    dossier.show(filing.dossiers, standing.names_of(work, bench, wording), wording)
standing.unfinished(work, bench, wording)

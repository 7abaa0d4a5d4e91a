"""Step 2: what the enterprise uses, what it pays for it, and which defaults stand in."""

from sxsh_options.day import today
from sxsh_options.services import editing
from sxsh_options.services.baseline import yearly_use
from sxsh_options.ui import flows_table, own_values, shell
from sxsh_options.ui.markup import tag

wording, work = shell.enter_assessment()
text = wording.text

shell.head(wording, text("flows.title"), text("flows.intro"), step=2, work=work)
assessment = work.bench().assessment
if flows_table.years(work) is None:
    shell.show(tag("p", text("flows.no_period"), class_="sx-ask"))
    shell.link("facility", text("flows.no_period.go"), icon=":material/arrow_forward:")
begun = len(editing.rows(work.document, *flows_table.FLOWS))
shell.show(flows_table.result(yearly_use(assessment, today()), begun, wording))

shell.show(tag("h2", text("flows.rows")))
with_vat = flows_table.price_mode(wording)
flows_table.forms(work, wording, with_vat=with_vat)
flows_table.treatment(work, wording)

shell.show(tag("h2", text("flows.values")), tag("p", text("flows.values.intro"), class_="sx-quiet"))
own_values.own_values(work, wording, assessment)
shell.link("catalogue", text("flows.next"), icon=":material/arrow_forward:")

"""Step 1: the establishment, the period that is looked at, and what it made in it."""

from sxsh_options.ui import facility, shell, support_facts

wording, work = shell.enter_assessment()
text = wording.text

shell.head(wording, text("facility.title"), text("facility.intro"), step=1, work=work)
facility.kept_options(work, wording)
facility.title_and_name(work, wording)
facility.establishment(work, wording)
support_facts.show(work, wording)
facility.period(work, wording)
facility.products(work, wording)
shell.link("flows", text("facility.next"), icon=":material/arrow_forward:")

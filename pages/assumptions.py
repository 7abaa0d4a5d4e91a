"""What the results rest on: rates, horizon, tax, growth, factors, weights, exchange rates."""

from sxsh_options.day import today
from sxsh_options.services import assumptions
from sxsh_options.services.baseline import resources_in_play
from sxsh_options.ui import assumption_fields, ranking_choices, shell
from sxsh_options.ui.consequence import consequence

wording, work = shell.enter_assessment()
text = wording.text
of = assumptions.defaults(today())

shell.head(wording, text("assume.title"), text("assume.intro"), work=work)
bench = ranking_choices.results_of(work, ranking_choices.choices_of(work))
shell.show(consequence(work.document, bench.ranked, today(), wording))
assumption_fields.discount(work, wording, of)
assumption_fields.horizon(work, wording)
assumption_fields.tax(work, wording, of)
assumption_fields.growth(work, wording, resources_in_play(bench.assessment))
assumption_fields.emissions(work, wording, today())
assumption_fields.weights(work, wording, of)
assumption_fields.exchange_rates(work, wording, of)
shell.link("ranking", text("assume.next"), icon=":material/arrow_forward:")

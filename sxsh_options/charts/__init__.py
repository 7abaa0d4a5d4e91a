"""Charts of a ranking, as Altair objects, in the words and number formats of a language.

Every builder returns a :class:`Drawing`: the chart, a sentence for those who cannot see it, and what must be
said beside it. Lines and letters take the colour of the text around them (``currentColor``) and areas the
palette of the page, so that one chart serves light, dark and paper.
"""

from sxsh_options.charts.abatement import abatement_curve
from sxsh_options.charts.cash_by_month import cash_by_month
from sxsh_options.charts.cash_flow import cumulative_cash_flow
from sxsh_options.charts.drawing import MOST, Drawing
from sxsh_options.charts.indicators import indicators
from sxsh_options.charts.order import order_by_criterion
from sxsh_options.charts.scatter import payback_against_co2e

__all__ = [
    "MOST",
    "Drawing",
    "abatement_curve",
    "cash_by_month",
    "cumulative_cash_flow",
    "indicators",
    "order_by_criterion",
    "payback_against_co2e",
]

"""The charts of the ranking: one at a time, each with what must be said beside it.

Making a chart costs more than the rest of a page, so the last one of each place is kept while its figures
stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from sxsh_options import charts
from sxsh_options.errors import Message
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList
from sxsh_options.ui import listing, remarks, shell
from sxsh_options.ui.markup import tag
from sxsh_options.ui.ranking_choices import View

_BUILDERS = {
    "scatter": charts.payback_against_co2e,
    "indicators": charts.indicators,
    "abatement": charts.abatement_curve,
    "order": charts.order_by_criterion,
}
_KEPT = "charts"

Slot = Literal["view", "cash_flow", "cash_by_month"]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A chart as the browser takes it, and the figures that it was made of."""

    figures: tuple[Any, ...]
    spec: dict[str, Any] | None
    description: str
    notes: tuple[Message, ...]


def view(name: View, ranked: RankedList, wording: Wording) -> None:
    """Show a chart of the ranked list; below that of the orders, the ranks as a table."""
    _show("view", (name, ranked), lambda: _BUILDERS[name](ranked, wording), wording)
    if name == "order":
        shell.show(listing.orders(ranked, wording))


def cash_flow(cash_flows: tuple[float, ...], payback: float | None, wording: Wording) -> None:
    """Show the money of one investment, year by year and added up."""
    shell.show(tag("h2", wording.text("screen.cash_flow")))
    _show(
        "cash_flow",
        (cash_flows, payback),
        lambda: charts.cumulative_cash_flow(cash_flows, wording, payback),
        wording,
    )


def cash_by_month(
    with_plan: tuple[float, ...], alone: tuple[float, ...], payout_month: int | None, wording: Wording
) -> None:
    """Show the owner's money month by month."""
    shell.show(tag("h2", wording.text("plan.cash")))
    _show(
        "cash_by_month",
        (with_plan, alone, payout_month),
        lambda: charts.cash_by_month(with_plan, alone, payout_month, wording),
        wording,
    )


def _show(
    slot: Slot, figures: tuple[Any, ...], build: Callable[[], charts.Drawing], wording: Wording
) -> None:
    """Show a chart with its notes."""
    kept: dict[Slot, _Drawn] = st.session_state.setdefault(_KEPT, {})
    figures = (wording.lang, *figures)
    if slot not in kept or kept[slot].figures != figures:
        made = build()
        kept[slot] = _Drawn(figures, made.spec(), made.description, made.notes)
    drawn = kept[slot]
    if drawn.spec is not None:
        st.vega_lite_chart(spec=drawn.spec, width="stretch", theme="streamlit", key=f"chart_{slot}")
        shell.show(tag("p", drawn.description, class_="sx-hidden"))
    shell.show(remarks.notes(drawn.notes, wording))

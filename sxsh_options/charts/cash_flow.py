"""The money of one investment, year by year and added up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil, floor
from typing import TYPE_CHECKING

from sxsh_options.charts.drawing import GREY, INK, Drawing, Tables, axis, compose, money_scale, tooltip
from sxsh_options.errors import message
from sxsh_options.i18n import Wording

if TYPE_CHECKING:
    import altair as alt

_HEIGHT = 380
_TICKS = 12
_HALF_BAR = 0.34
_OFF = 0.02  # of the largest sum: further from zero than this, the payback is not where the line crosses


def cumulative_cash_flow(
    cash_flows: Sequence[float], wording: Wording, payback: float | None = None
) -> Drawing:
    """Draw yearly cash flows as bars and their running sum as a line, with the payback marked.

    Parameters
    ----------
    cash_flows : sequence of float
        VND, year 0 first, undiscounted.
    wording : Wording
    payback : float, optional
        In years; ``None`` where it never comes.

    Returns
    -------
    Drawing
    """
    import altair as alt

    sums = list(accumulate(cash_flows))
    last = len(sums) - 1
    description = wording.text(
        "chart.cash_flow.description",
        years=last,
        total=sums[-1] if sums else 0.0,
        payback=_said(payback, max(last, 0), wording),
    )
    if last < 1:
        return Drawing(None, description, (message("chart.no_years"),))
    notes = [message("chart.flows_nominal")]
    money = money_scale((*cash_flows, *sums), wording)
    year, flow, total = (wording.text(f"chart.cash_flow.{name}") for name in ("year", "flow", "sum"))
    rows = [
        {
            "year": i,
            "start": i - _HALF_BAR,
            "end": i + _HALF_BAR,
            "flow": cash_flows[i] / money.vnd,
            "sum": sums[i] / money.vnd,
            "zero": 0,
            "flow_kind": flow,
            "sum_kind": total,
            "year_text": str(i),
            "flow_text": wording.money(cash_flows[i]),
            "sum_text": wording.money(sums[i]),
        }
        for i in range(last + 1)
    ]
    shown = tooltip(
        ("year_text", "flow_text", "sum_text"), {"year_text": year, "flow_text": flow, "sum_text": total}
    )
    steps = range(0, last + 1, ceil((last + 1) / _TICKS))
    x_scale = alt.Scale(domain=[-0.5, last + 0.5], nice=False, zero=False)
    x_axis = axis(year, values=list(steps), format="d", grid=False)
    y_axis = axis(wording.text("chart.cash_flow.money", unit=money.unit), vertical=True)
    colour = alt.Scale(domain=[flow, total])
    tables = Tables()
    layers = [
        tables.over(rows)
        .mark_rect(opacity=0.75)
        .encode(
            x=alt.X("start:Q", scale=x_scale, axis=x_axis),
            x2=alt.X2("end:Q"),
            y=alt.Y("flow:Q", axis=y_axis),
            y2=alt.Y2("zero:Q"),
            color=alt.Color(
                "flow_kind:N",
                scale=colour,
                legend=alt.Legend(title=None, symbolType="square", symbolOpacity=1),
            ),
            tooltip=shown,
        ),
        tables.over([{"zero": 0}]).mark_rule(color=GREY, strokeWidth=1.5).encode(y=alt.Y("zero:Q")),
        tables.over(rows)
        .mark_line(strokeWidth=2.5, point={"size": 36})
        .encode(
            x=alt.X("year:Q", scale=x_scale),
            y=alt.Y("sum:Q"),
            color=alt.Color("sum_kind:N", scale=colour),
            tooltip=shown,
        ),
    ]
    if payback is not None and payback <= last:
        if abs(_sum_at(payback, sums)) > _OFF * max(map(abs, sums)):
            notes.append(message("chart.payback_off_line"))
        layers += _payback(payback, last, tables, wording, x_scale)
    return Drawing(compose(layers, tables, _HEIGHT, description, wording), description, tuple(notes))


def _said(payback: float | None, years: int, wording: Wording) -> str:
    if payback is None:
        return wording.text("payback_status.not_within", years=years)
    return wording.years(payback) if payback else wording.text("payback_status.immediate")


def _sum_at(years: float, sums: Sequence[float]) -> float:
    """Return the running sum at a moment, linear within the year."""
    before = min(floor(years), len(sums) - 2)
    return sums[before] + (years - before) * (sums[before + 1] - sums[before])


def _payback(
    payback: float, last: int, tables: Tables, wording: Wording, x_scale: alt.Scale
) -> list[alt.Chart]:
    """Return the mark of the payback: a diamond on the zero line, a rule, and words at the top of it."""
    import altair as alt

    at_once = wording.text("chart.cash_flow.at_once")
    text = wording.text("chart.cash_flow.paid_back", payback=payback) if payback else at_once
    rows = [{"payback": payback, "zero": 0, "text": text}]
    x = alt.X("payback:Q", scale=x_scale)
    side = -1 if payback > last / 2 else 1
    return [
        tables.over(rows).mark_rule(color=INK, strokeDash=[3, 3], tooltip=None).encode(x=x),
        tables.over(rows)
        .mark_point(shape="diamond", size=150, filled=True, color=INK, opacity=1, tooltip=None)
        .encode(x=x, y=alt.Y("zero:Q")),
        tables.over(rows)
        .mark_text(
            align="left" if side > 0 else "right",
            dx=6 * side,
            fontWeight="bold",
            color=INK,
            tooltip=None,
        )
        .encode(x=x, y=alt.YValue(6), text=alt.Text("text:N")),  # type: ignore[no-untyped-call]
    ]

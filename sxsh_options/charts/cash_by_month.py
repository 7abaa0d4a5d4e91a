"""The owner's money month by month, until the grants are paid and a year beyond."""

from __future__ import annotations

from collections.abc import Sequence

from sxsh_options.charts.drawing import GREY, INK, Drawing, Tables, axis, compose, money_scale, tooltip
from sxsh_options.i18n import Wording

_HEIGHT = 300
_STEP = 6  # months between labels


def cash_by_month(
    cumulative_vnd: Sequence[float], before_vnd: Sequence[float], payout_month: int | None, wording: Wording
) -> Drawing:
    """Draw the owner's cumulative cash by month, with a plan and with own capital alone.

    Parameters
    ----------
    cumulative_vnd : sequence of float
        With the plan; month 0 is the day of investing.
    before_vnd : sequence of float
        With own capital alone.
    payout_month : int or None
        In which grants are paid.
    wording : Wording

    Returns
    -------
    Drawing
    """
    import altair as alt

    last = len(cumulative_vnd) - 1
    money = money_scale((*cumulative_vnd, *before_vnd), wording)
    month = wording.text("plan.cash.month")
    plan, alone = wording.text("plan.after"), wording.text("plan.before")
    rows = [
        {
            "month": i,
            "sum": amount / money.vnd,
            "kind": kind,
            "month_text": str(i),
            "sum_text": wording.money(amount),
        }
        for kind, amounts in ((plan, cumulative_vnd), (alone, before_vnd))
        for i, amount in enumerate(amounts)
    ]
    shown = tooltip(
        ("kind", "month_text", "sum_text"),
        {"kind": "", "month_text": month, "sum_text": wording.text("plan.cash.cumulative")},
    )
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, last], nice=False, zero=False),
        axis=axis(month, values=list(range(0, last + 1, _STEP)), format="d", grid=False),
    )
    y = alt.Y("sum:Q", axis=axis(wording.text("plan.cash.money", unit=money.unit), vertical=True))
    tables = Tables()
    layers = [
        tables.over(rows)
        .mark_line(strokeWidth=2.5, interpolate="step-after")
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", scale=alt.Scale(domain=[plan, alone]), legend=alt.Legend(title=None)),
            tooltip=shown,
        ),
        tables.over([{"zero": 0}]).mark_rule(color=GREY, strokeWidth=1.5).encode(y=alt.Y("zero:Q")),
    ]
    if payout_month is not None:
        paid = [{"month": payout_month, "text": wording.text("plan.cash.paid")}]
        at = alt.X("month:Q")
        layers += [
            tables.over(paid)
            .mark_rule(color=INK, strokeDash=[3, 3], tooltip=None)
            .encode(x=alt.X("month:Q")),
            tables.over(paid)
            .mark_text(align="left", dx=6, fontWeight="bold", color=INK, tooltip=None)
            .encode(x=at, y=alt.YValue(8), text=alt.Text("text:N")),  # type: ignore[no-untyped-call]
        ]
    description = wording.text("plan.cash.description", lowest=min(cumulative_vnd), months=last)
    return Drawing(compose(layers, tables, _HEIGHT, description, wording), description)

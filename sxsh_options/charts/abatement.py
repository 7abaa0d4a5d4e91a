"""The abatement curve: what a tonne of CO2e costs, and how much there is at that cost."""

from __future__ import annotations

from typing import Any

from sxsh_options.charts.drawing import (
    FONT_SIZE,
    GREY,
    INK,
    Drawing,
    Tables,
    axis,
    co2e_of,
    compose,
    drawn,
    facts,
    money_scale,
    ticks,
    titles,
    tooltip,
    worth_of,
    wrapped,
)
from sxsh_options.charts.labels import LINE
from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList, RankedOption

_HEIGHT = 520
_BAND = 0.4  # of the plot's height, kept for the names above the columns
_LETTERS = 26  # in a line of a name
_SLIVERS = 0.05  # of all tonnes: columns that hold no more may go beyond the scale


def abatement_curve(ranked: RankedList, wording: Wording) -> Drawing:
    """Draw options with avoided emissions as columns: width tCO2e a year, height cost per tCO2e.

    Those that cost money stand in the order of their cost. Those that earn it stand left of them, in
    another style and in the order of what they are worth: among negative costs the ratio ranks wrongly, as
    avoiding more CO2e for the same gain brings it nearer to zero.

    Parameters
    ----------
    ranked : RankedList
    wording : Wording

    Returns
    -------
    Drawing
    """
    options, notes = drawn(ranked)
    columns, earning = _in_order(options, ranked)
    total = sum(co2e_of(option) or 0.0 for option in columns)
    description = wording.text("chart.abatement.description", count=len(columns), total=total)
    if not columns:
        return Drawing(None, description, (*notes, message("chart.no_abatement")))
    left_out = len(options) - len(columns)
    if left_out:
        notes += (message("chart.abatement.left_out", count=left_out),)
    if earning:
        notes += (message("chart.abatement.negative", measure=f"measure.{ranked.worth}"),)
    notes += (message("chart.abatement.alone"),)
    limit = _limit(columns, total)
    cut = sum(abs(_cost(option)) > limit for option in columns)
    if cut:
        notes += (message("chart.abatement.cut", count=cut),)
    return Drawing(
        _chart(columns, earning, limit, facts(options, ranked, wording), ranked, description, wording),
        description,
        notes,
    )


def _cost(option: RankedOption) -> float:
    return option.abatement_cost_vnd_per_tco2e or 0.0


def _in_order(options: tuple[RankedOption, ...], ranked: RankedList) -> tuple[list[RankedOption], int]:
    """Return the options of the curve from left to right, and how many of them earn money."""
    inside = [o for o in options if o.rank is not None and (co2e_of(o) or 0.0) > 0]
    earn = sorted((o for o in inside if _cost(o) < 0), key=lambda o: -worth_of(o, ranked))
    pay = sorted((o for o in inside if _cost(o) >= 0), key=_cost)
    return [*earn, *pay], len(earn)


def _limit(columns: list[RankedOption], total: float) -> float:
    """Return the cost up to which the scale goes: that of all columns but the thinnest with extreme costs."""
    beyond = 0.0
    for option in sorted(columns, key=lambda o: -abs(_cost(o))):
        beyond += co2e_of(option) or 0.0
        if beyond > _SLIVERS * total:
            return abs(_cost(option))
    return abs(_cost(columns[0]))


def _chart(
    columns: list[RankedOption],
    earning: int,
    limit: float,
    said: dict[str, dict[str, str]],
    ranked: RankedList,
    description: str,
    wording: Wording,
) -> Any:
    import altair as alt

    heads = titles(ranked, wording)
    costs = [min(max(_cost(option), -limit), limit) for option in columns]
    money = money_scale(costs, wording)
    styles = [
        wording.text("chart.abatement.earns", measure=f"measure.{ranked.worth}"),
        wording.text("chart.abatement.costs"),
    ]
    rows: list[dict[str, Any]] = []
    start = 0.0
    for i, (option, cost) in enumerate(zip(columns, costs, strict=True)):
        end = start + (co2e_of(option) or 0.0)
        lines = wrapped(said[option.option_id]["name"], _LETTERS, 3)
        rows.append(
            {
                **said[option.option_id],
                "start": start,
                "end": end,
                "middle": (start + end) / 2,
                "cost": cost / money.vnd,
                "zero": 0,
                "style": styles[i >= earning],
                "cut": "" if abs(_cost(option)) <= limit else "▼" if cost < 0 else "▲",
                "label": "\n".join(lines),
                "lines": len(lines),
            }
        )
        start = end
    total = start
    for row in rows:
        row["share"] = (row["end"] - row["start"]) / total
    low, high = min(0.0, *(row["cost"] for row in rows)), max(0.0, *(row["cost"] for row in rows))
    span = high - low or 1.0
    top = high + span * _BAND / (1 - _BAND)
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, total], nice=False),
        axis=axis(wording.text("chart.abatement.tonnes"), grid=False, values=ticks(0.0, total)),
    )
    y = alt.Y(
        "cost:Q",
        scale=alt.Scale(domain=[low, top], nice=False),
        axis=axis(
            wording.text("chart.abatement.cost", unit=money.unit), vertical=True, values=ticks(low, high)
        ),
    )
    present = [style for style in styles if any(row["style"] == style for row in rows)]
    legend = alt.Legend(title=None, direction="vertical", symbolType="square", values=present)
    tables = Tables()
    layers = [
        tables.over(rows)
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=y,
            y2=alt.Y2("zero:Q"),
            fill=alt.Fill("style:N", scale=alt.Scale(domain=styles), legend=legend),
            opacity=alt.Opacity(
                "style:N", sort=styles, scale=alt.Scale(domain=styles, range=[0.25, 0.85]), legend=legend
            ),
        ),
        tables.over(rows)
        .mark_rect(fillOpacity=0, strokeWidth=1.5)
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=y,
            y2=alt.Y2("zero:Q"),
            stroke=alt.Stroke("style:N", scale=alt.Scale(domain=styles), legend=legend),
            tooltip=tooltip(("name", "co2e", "abatement", "worth", "payback", "rank"), heads),
        ),
        tables.over([row for row in rows if row["cut"]])
        .mark_text(color=INK, fontSize=10, tooltip=None)
        .encode(x=alt.X("middle:Q"), y=y, text=alt.Text("cut:N")),
        tables.over([{"zero": 0}]).mark_rule(color=GREY, strokeWidth=1.5).encode(y=alt.Y("zero:Q")),
        tables.over(rows)
        .mark_text(
            angle=270,
            align="left",
            baseline="middle",
            color=INK,
            fontSize=FONT_SIZE,
            lineBreak="\n",
            lineHeight=LINE,
            # a name is written where its column is as wide as its lines
            opacity=alt.ExprRef(f"datum.share * width >= {LINE} * datum.lines ? 1 : 0"),
            tooltip=None,
        )
        .encode(x=alt.X("middle:Q"), y=alt.YDatum(high + 0.02 * span), text=alt.Text("label:N")),
    ]
    return compose(layers, tables, _HEIGHT, description, wording)

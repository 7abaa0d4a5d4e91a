"""Payback against avoided emissions, with what an option is worth as its size."""

from __future__ import annotations

import math
from dataclasses import asdict
from itertools import islice
from statistics import median
from typing import Any, get_args

from sxsh_options.charts import labels
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
from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList, RankedOption, Triage

_HEIGHT = 460
_PLOT_HEIGHT = 330  # what is left of it beside axis and legends
_SHAPES = ("circle", "square", "cross")
_SMALLEST, _LARGEST = 40.0, 700.0  # areas of points, in square pixels
_LABELLED = 8
_WIDTHS = (900, 560, 250)  # of plots, in pixels, that labels are placed for; below the second without names
_SKEWED = 20.0  # largest over median: beyond it a linear axis would show one point and a line of dots
_MONTHS = 12.0


def payback_against_co2e(ranked: RankedList, wording: Wording) -> Drawing:
    """Draw payback (x) against tCO2e a year (y); the area of a point is its NPV.

    What never pays back stands in a band at the right edge. An option whose emissions are not known is
    not drawn but counted in a note. Where lives differ, the area is the equivalent annual value.

    Parameters
    ----------
    ranked : RankedList
    wording : Wording

    Returns
    -------
    Drawing
    """
    options, notes = drawn(ranked)
    known = [option for option in options if co2e_of(option) is not None]
    if len(known) < len(options):
        notes += (message("chart.co2e_unknown", count=len(options) - len(known)),)
    description = wording.text(
        "chart.scatter.description", count=len(known), measure=f"measure.{ranked.worth}"
    )
    if not known:
        return Drawing(None, description, (*notes, message("chart.no_co2e")))
    frame = _Frame(known)
    if frame.square_root:
        notes += (message("chart.square_root"),)
    if ranked.worth == "equivalent_annual":
        notes += (message("rank.lives_differ"),)
    return Drawing(
        _chart(known, frame, facts(options, ranked, wording), ranked, description, wording),
        description,
        notes,
    )


class _Frame:
    """Where the points of the chart lie, in its own units and in pixels."""

    def __init__(self, options: list[RankedOption]) -> None:
        paid = [o.simple_payback_years for o in options if o.simple_payback_years is not None]
        longest = max(paid, default=0.0)
        self.unit = "months" if 0 < longest < 2 else "years"
        self.factor = _MONTHS if self.unit == "months" else 1.0
        self.last = longest * self.factor or 1.0
        self.never = any(o.payback_status == "never" for o in options)
        self.band = (self.last * 1.1, self.last * 1.4)
        self.x_domain = (-0.04 * self.last, self.band[1] if self.never else self.last * 1.06)
        co2e = [co2e_of(o) or 0.0 for o in options]
        size = sorted(abs(c) for c in co2e if c)
        self.square_root = bool(size) and size[-1] > _SKEWED * median(size)
        low, high = min(0.0, *co2e), max(0.0, *co2e)
        start, end = self._along(low), self._along(high or 1.0)
        room = 0.1 * (end - start)  # a large point's, so that none is cut
        self.y_domain = (self._back(start - room), self._back(end + room))
        self.y_ticks = ticks(low, high or 1.0)

    def x(self, option: RankedOption) -> float:
        if option.simple_payback_years is None:
            return sum(self.band) / 2
        return option.simple_payback_years * self.factor

    def share_up(self, co2e: float) -> float:
        """Return the height of a value on the axis, 0 to 1."""
        low, value, high = (self._along(c) for c in (self.y_domain[0], co2e, self.y_domain[1]))
        return (value - low) / (high - low)

    def _along(self, co2e: float) -> float:
        return math.copysign(math.sqrt(abs(co2e)), co2e) if self.square_root else co2e

    def _back(self, height: float) -> float:
        return math.copysign(height * height, height) if self.square_root else height

    def disc(self, option: RankedOption, area: float, width: float) -> labels.Disc:
        start, end = self.x_domain
        return labels.Disc(
            (self.x(option) - start) / (end - start) * width,
            (1 - self.share_up(co2e_of(option) or 0.0)) * _PLOT_HEIGHT,
            math.sqrt(area / math.pi),
        )


def _chart(
    options: list[RankedOption],
    frame: _Frame,
    said: dict[str, dict[str, str]],
    ranked: RankedList,
    description: str,
    wording: Wording,
) -> Any:
    import altair as alt

    money = money_scale((worth_of(o, ranked) for o in options), wording)
    largest = max(abs(worth_of(o, ranked)) for o in options) / money.vnd or 1.0
    heads = titles(ranked, wording)
    points: list[dict[str, Any]] = [
        {
            **said[option.option_id],
            "x": frame.x(option),
            "y": co2e_of(option),
            "size": abs(worth_of(option, ranked)) / money.vnd,
            "filled": int(worth_of(option, ranked) >= 0),
        }
        for option in options
    ]
    lossy = not all(point["filled"] for point in points)
    top = ticks(0.0, largest)[-1]
    areas = [_SMALLEST + (_LARGEST - _SMALLEST) * point["size"] / largest for point in points]
    kinds = [wording.term(f"triage.{kind}") for kind in get_args(Triage)]
    present = [kind for kind in kinds if any(point["triage"] == kind for point in points)]
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=list(frame.x_domain), nice=False, zero=False),
        axis=axis(
            wording.text(f"chart.payback.{frame.unit}"),
            values=ticks(0.0, frame.last),
            grid=False,
        ),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(
            domain=list(frame.y_domain),
            type="sqrt" if frame.square_root else "linear",
            nice=False,
            zero=False,
        ),
        axis=axis(heads["co2e"], vertical=True, values=frame.y_ticks),
    )
    # the other legend is below: a telephone has no room for both in one line
    kind = alt.Legend(title=None, orient="top", values=present)
    tables = Tables()
    marks = (
        tables.over(points)
        .mark_point(strokeWidth=1.5, opacity=0.9)
        .encode(
            x=x,
            y=y,
            size=alt.Size(
                "size:Q",
                scale=alt.Scale(domain=[0, largest], range=[_SMALLEST, _LARGEST], nice=False),
                legend=alt.Legend(
                    title=wording.text("chart.worth.size", worth=heads["worth"], unit=money.unit)
                    if lossy
                    else f"{heads['worth']} ({money.unit})",
                    values=[top / 4, top],
                    format=",.3~r",
                    symbolStrokeColor=GREY,
                    symbolStrokeWidth=1.5,
                    symbolFillColor="transparent",
                ),
            ),
            shape=alt.Shape("triage:N", scale=alt.Scale(domain=kinds, range=list(_SHAPES)), legend=kind),
            fill=alt.Fill("triage:N", scale=alt.Scale(domain=kinds), legend=kind),
            stroke=alt.Stroke("triage:N", scale=alt.Scale(domain=kinds), legend=kind),
            fillOpacity=alt.FillOpacity(
                "filled:Q", scale=alt.Scale(domain=[0, 1], range=[0.0, 0.6]), legend=None
            ),
            tooltip=tooltip(("name", "rank", "payback", "co2e", "worth", "capex", "triage"), heads),
        )
    )
    layers = [
        *_never(frame, tables, wording, x),
        *_labels(options, points, areas, frame, tables, x, y),
        marks,
    ]
    return compose(layers, tables, _HEIGHT, description, wording)


def _never(frame: _Frame, tables: Tables, wording: Wording, x: Any) -> list[Any]:
    """Return the band of what never pays back."""
    import altair as alt

    if not frame.never:
        return []
    start, end = frame.band
    words = [
        {"x": (start + end) / 2, "text": "\n".join(wrapped(wording.text("chart.payback.not_in_time"), 9, 3))}
    ]
    return [
        tables.over([{"x": start, "end": end}])
        .mark_rect(fill=GREY, opacity=0.18)
        .encode(x=x, x2=alt.X2("end:Q")),
        tables.over(words)
        .mark_text(baseline="top", lineBreak="\n", fontStyle="italic")
        .encode(x=x, y=alt.YValue(4), text=alt.Text("text:N")),  # type: ignore[no-untyped-call]
    ]


def _labels(
    options: list[RankedOption],
    points: list[dict[str, Any]],
    areas: list[float],
    frame: _Frame,
    tables: Tables,
    x: Any,
    y: Any,
) -> list[Any]:
    """Return the names of the first few, or where a name finds no place the rank; ranks on a narrow plot."""
    import altair as alt

    layers = []
    for width, wider in zip(_WIDTHS, (math.inf, *_WIDTHS), strict=False):
        wanted = {
            i: [*_name_forms(point["name"], width), [point["rank"]]]
            for i, (option, point) in enumerate(zip(options, points, strict=True))
            if option.rank is not None
        }
        discs = [frame.disc(option, area, width) for option, area in zip(options, areas, strict=True)]
        first = dict(islice(wanted.items(), _LABELLED))
        rows = [
            {"x": points[i]["x"], "y": points[i]["y"], **asdict(label)}
            for i, label in labels.place(first, discs, width, _PLOT_HEIGHT).items()
        ]
        at_least = width if width > min(_WIDTHS) else 0
        condition = f"width >= {at_least}" + (f" && width < {wider}" if wider < math.inf else "")
        layers.append(
            tables.over(rows)
            .mark_text(
                color=INK,
                fontSize=FONT_SIZE,
                lineBreak="\n",
                lineHeight=labels.LINE,
                baseline="top",
                align=alt.ExprRef("datum.align"),
                dx=alt.ExprRef("datum.dx"),
                dy=alt.ExprRef("datum.dy"),
                opacity=alt.ExprRef(f"{condition} ? 1 : 0"),
                tooltip=None,
            )
            .encode(x=x, y=y, text=alt.Text("text:N"))
        )
    return layers


def _name_forms(name: str, width: int) -> list[list[str]]:
    """Return the ways to write a name: in few long lines, or in more short ones."""
    if width == min(_WIDTHS):
        return []
    return [form for letters in (26, 16) if (form := wrapped(name, letters, 3))[-1][-1:] != "…"]

"""The indicators of all options side by side, one row an option."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sxsh_options.charts.drawing import (
    GREY,
    INK,
    Drawing,
    Tables,
    co2e_of,
    compose,
    drawn,
    facts,
    titles,
    tooltip,
    worth_of,
    wrapped,
)
from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.screening.results import RankedList, RankedOption

_ROW = 50  # pixels: a line for the name, a line for the figures, a bar
_HEAD = 52
_NAME, _FIGURE, _BAR, _BAR_END = 0.22, 0.52, 0.72, 0.86  # parts of a row
_PANEL = 0.9  # part of a panel's width that its bars may take
_LETTERS = 56  # of a name; the row has room for as many on a telephone
_FIELDS = ("payback", "worth", "co2e", "score")


def indicators(ranked: RankedList, wording: Wording) -> Drawing:
    """Draw payback, NPV (or equivalent annual value), tCO2e a year and score of each option as bars.

    Every bar has its figure above it and every row its name, so the panels need no axes; what does not
    exist has no bar.

    Parameters
    ----------
    ranked : RankedList
    wording : Wording

    Returns
    -------
    Drawing
    """
    options, notes = drawn(ranked)
    description = wording.text("chart.indicators.description", count=len(options))
    if not options:
        return Drawing(None, description, (message("chart.empty"),))
    return Drawing(_chart(options, ranked, description, wording), description, notes)


def _values(ranked: RankedList) -> dict[str, Callable[[RankedOption], float | None]]:
    return {
        "payback": lambda o: o.simple_payback_years,
        "worth": lambda o: worth_of(o, ranked),
        "co2e": co2e_of,
        "score": lambda o: o.scores.total,
    }


def _title(option: RankedOption, name: str, wording: Wording) -> str:
    return f"{name} ({wording.text('screen.out')})" if option.rank is None else f"{option.rank}. {name}"


def _chart(options: tuple[RankedOption, ...], ranked: RankedList, description: str, wording: Wording) -> Any:
    import altair as alt

    heads = titles(ranked, wording)
    texts = list(facts(options, ranked, wording).values())
    lines = [
        {"x": 0, "y": row + _NAME, "text": _title(option, wrapped(t["name"], _LETTERS, 1)[0], wording)}
        for row, (option, t) in enumerate(zip(options, texts, strict=True))
    ]
    heading = [
        {"x": panel, "y": 0, "text": "\n".join(wrapped(heads[field], 13, 3))}
        for panel, field in enumerate(_FIELDS)
    ]
    bars: list[dict[str, Any]] = []
    zeros: list[dict[str, float]] = []
    figures: list[dict[str, Any]] = []
    for panel, field in enumerate(_FIELDS):
        values = [_values(ranked)[field](option) for option in options]
        known = [0.0, *(value for value in values if value is not None)]
        low, high = min(known), 100.0 if field == "score" else max(known)
        span = high - low or 1.0
        zero = panel - low / span * _PANEL
        for row, value in enumerate(values):
            figures.append({"x": panel, "y": row + _FIGURE, "text": texts[row][field]})
            zeros.append({"x": zero, "y": row + _BAR - 0.04, "end_y": row + _BAR_END + 0.04})
            if value is not None:
                bars.append(
                    {
                        **texts[row],
                        "option": options[row].option_id,
                        "panel": field,
                        "x": zero,
                        "end": zero + value / span * _PANEL,
                        "y": row + _BAR,
                        "end_y": row + _BAR_END,
                        "sign": "loss" if value < 0 else "gain",
                    }
                )
    rows = len(options)
    tables = Tables()
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, len(_FIELDS)], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[rows, -_HEAD / _ROW], nice=False, zero=False), axis=None)

    def text(values: list[dict[str, Any]], **mark: Any) -> Any:
        return (
            tables.over(values)
            .mark_text(align="left", baseline="middle", color=INK, tooltip=None, **mark)
            .encode(x=x, y=y, text=alt.Text("text:N"))
        )

    layers = [
        tables.over(bars)
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("end:Q"),
            y=y,
            y2=alt.Y2("end_y:Q"),
            fill=alt.Fill("sign:N", scale=alt.Scale(domain=["gain", "loss"]), legend=None),
            tooltip=tooltip(("name", *_FIELDS, "capex", "triage"), heads),
        ),
        tables.over(zeros).mark_rule(color=GREY, tooltip=None).encode(x=x, y=y, y2=alt.Y2("end_y:Q")),
        text(lines, fontWeight="bold"),
        text(figures),
        text(heading, lineBreak="\n", lineHeight=14, dy=-_HEAD + 8, fontStyle="italic"),
    ]
    return compose(layers, tables, rows * _ROW + _HEAD, description, wording)

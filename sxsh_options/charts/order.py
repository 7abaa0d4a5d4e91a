"""How the order of the options differs by criterion."""

from __future__ import annotations

from typing import Any, get_args

from sxsh_options.charts.drawing import (
    GREY,
    INK,
    Drawing,
    Tables,
    axis,
    compose,
    drawn,
    tooltip,
    wrapped,
)
from sxsh_options.charts.labels import LINE
from sxsh_options.errors import message
from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import Criterion, RankedList, RankedOption

SLOPES = 15  # options up to which lines can be followed; more become a table of ranks
_ROW = 46  # pixels: room for the lines of a name
_HEAD = 50
_LETTERS, _LINES = 26, 3  # of a name
_FIRST = 3  # options that stand out among the lines
_DISC, _ON_DISC = "#c3d1cc", "#1c2b27"  # legible on either ground


def order_by_criterion(ranked: RankedList, wording: Wording) -> Drawing:
    """Draw the rank of each option under every criterion, that of the list first.

    Up to :data:`SLOPES` options are lines from criterion to criterion; more are a table whose darker
    cells are the better ranks. Options that are out have no rank and are not shown.

    Parameters
    ----------
    ranked : RankedList
    wording : Wording

    Returns
    -------
    Drawing
    """
    shown, notes = drawn(ranked)
    options = [option for option in shown if option.rank is not None]
    criteria = sorted(get_args(Criterion), key=lambda criterion: criterion != ranked.by)
    description = wording.text(
        "chart.order.description",
        count=len(options),
        criteria=", ".join(wording.text(f"screen.criterion.{criterion}") for criterion in criteria),
    )
    if not options:
        return Drawing(None, description, (message("chart.empty"),))
    if ranked.worth == "equivalent_annual":
        notes += (message("rank.lives_differ"),)
    build = _slopes if len(options) <= SLOPES else _table
    return Drawing(build(options, criteria, ranked, description, wording), description, notes)


def _rows(
    options: list[RankedOption], criteria: list[Criterion], ranked: RankedList, wording: Wording
) -> list[dict[str, Any]]:
    """Return a row for each option and criterion; ``place`` sets tied options apart, as the list has them."""
    named = results.distinct_names(options, wording)
    ids = [option.option_id for option in options]
    rows = []
    for column, criterion in enumerate(criteria):
        ranks = ranked.ranks[criterion]
        order = sorted(range(len(ids)), key=lambda i: (ranks[ids[i]], i))
        for place, i in enumerate(order, start=1):
            rows.append(
                {
                    "option": ids[i],
                    "name": named[ids[i]],
                    "column": column,
                    "criterion": wording.text(f"screen.criterion.{criterion}"),
                    "rank": ranks[ids[i]],
                    "rank_text": wording.integer(ranks[ids[i]]),
                    "row": i + 1,
                    "place": place,
                }
            )
    return rows


def _axes(
    options: list[RankedOption], criteria: list[Criterion], wording: Wording
) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Return scale and axis across and down, and the texts at them as parameters that the axes read."""
    import altair as alt

    named = results.distinct_names(options, wording)
    lines = [[], *(wrapped(named[option.option_id], _LETTERS, _LINES) for option in options)]
    heads = [wrapped(wording.text(f"screen.criterion.{criterion}"), 11, 3) for criterion in criteria]
    plain = {"grid": False, "labelLimit": 0, "labelOverlap": False, "labelLineHeight": LINE}
    count = len(options)
    across = {
        "scale": alt.Scale(domain=[-0.5, len(criteria) - 0.5], nice=False, zero=False),
        "axis": axis(
            None,
            orient="top",
            values=list(range(len(criteria))),
            labelExpr="heads[datum.value]",
            labelFlush=False,
            labelPadding=6 + LINE * (max(map(len, heads)) - 1),
            **plain,
        ),
    }
    # lines hang below the first, so it goes up by half of the others
    raised = [
        {"test": f"lines[datum.value].length == {n}", "value": (1 - n) * LINE / 2}
        for n in range(2, _LINES + 1)
    ]
    down = {
        "scale": alt.Scale(domain=[count + 0.5, 0.5], nice=False, zero=False),
        "axis": axis(
            None,
            values=list(range(1, count + 1)),
            labelExpr="lines[datum.value]",
            labelOffset={"condition": raised, "value": 0},
            **plain,
        ),
    }
    texts = [
        alt.VariableParameter(name=name, value=value) for name, value in (("lines", lines), ("heads", heads))
    ]
    return across, down, texts


def _tips(wording: Wording) -> Any:
    heads = {
        "name": wording.text("screen.column.name"),
        "criterion": wording.text("screen.criterion"),
        "rank_text": wording.text("screen.column.rank"),
    }
    return tooltip(("name", "criterion", "rank_text"), heads)


def _slopes(
    options: list[RankedOption],
    criteria: list[Criterion],
    ranked: RankedList,
    description: str,
    wording: Wording,
) -> Any:
    import altair as alt

    rows = _rows(options, criteria, ranked, wording)
    across, down, params = _axes(options, criteria, wording)
    x, y = alt.X("column:Q", **across), alt.Y("place:Q", **down)
    first = [option.option_id for option in options[:_FIRST]]
    leading = [row for row in rows if row["option"] in first]
    others = [row for row in rows if row["option"] not in first]
    colour = alt.Stroke("option:N", scale=alt.Scale(domain=first), legend=None)
    tables = Tables()
    layers = [
        tables.over(others)
        .mark_line(stroke=GREY, strokeWidth=1.5, opacity=0.6, tooltip=None)
        .encode(x=x, y=y, detail=alt.Detail("option:N")),
        tables.over(leading).mark_line(strokeWidth=3.5, tooltip=None).encode(x=x, y=y, stroke=colour),
        tables.over(rows)
        .mark_point(shape="circle", size=420, fill=_DISC, strokeWidth=0, opacity=1)
        .encode(x=x, y=y, tooltip=_tips(wording)),
        tables.over(rows)
        .mark_text(baseline="middle", color=_ON_DISC, fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("rank_text:N"), tooltip=_tips(wording)),
    ]
    return compose(layers, tables, len(options) * _ROW + _HEAD, description, wording, params=params)


def _table(
    options: list[RankedOption],
    criteria: list[Criterion],
    ranked: RankedList,
    description: str,
    wording: Wording,
) -> Any:
    import altair as alt

    rows = _rows(options, criteria, ranked, wording)
    for row in rows:
        row |= {
            "left": row["column"] - 0.47,
            "right": row["column"] + 0.47,
            "top": row["row"] - 0.46,
            "bottom": row["row"] + 0.46,
            "good": 1 - (row["rank"] - 1) / len(options),
        }
    across, down, params = _axes(options, criteria, wording)
    tables = Tables()
    layers = [
        tables.over(rows)
        .mark_rect()
        .encode(
            x=alt.X("left:Q", **across),
            x2=alt.X2("right:Q"),
            y=alt.Y("top:Q", **down),
            y2=alt.Y2("bottom:Q"),
            fillOpacity=alt.FillOpacity(
                "good:Q", scale=alt.Scale(domain=[0, 1], range=[0.03, 0.5]), legend=None
            ),
            tooltip=_tips(wording),
        ),
        tables.over(rows)
        .mark_text(baseline="middle", color=INK)
        .encode(
            x=alt.X("column:Q", **across),
            y=alt.Y("row:Q", **down),
            text=alt.Text("rank_text:N"),
            tooltip=_tips(wording),
        ),
    ]
    return compose(layers, tables, len(options) * _ROW + _HEAD, description, wording, params=params)

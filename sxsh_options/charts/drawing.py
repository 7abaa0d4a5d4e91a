"""What all charts share: the frame, the marks of the language, scales of money, names that fit."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sxsh_options.errors import Message, message
from sxsh_options.i18n import ENGLISH, NO_BREAK_SPACE, VIETNAMESE, Style, Wording, results
from sxsh_options.screening.results import RankedList, RankedOption

if TYPE_CHECKING:
    import altair as alt

MOST = 100  # options in one chart; more would be neither seen nor printed
INK = "currentColor"  # letters and axes follow the page, on screen and on paper
GREY = "#7b8c86"  # 3 : 1 on the light and on the dark ground
FONT_SIZE = 12
CHARACTER = 6.3  # pixels that a letter of this size takes, on the wide side

_STYLES: dict[str, Style] = {"vi": VIETNAMESE, "en": ENGLISH}
_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its words.

    Attributes
    ----------
    chart : altair.LayerChart or None
        ``None`` where there is nothing to draw; the notes say why.
    description : str
        What it shows and how to read it, in the language; the chart carries it for screen readers.
    notes : tuple of Message
        What must be said beside the chart.
    """

    chart: alt.LayerChart | None
    description: str
    notes: tuple[Message, ...] = ()

    def spec(self) -> dict[str, Any] | None:
        """Return the Vega-Lite specification of the chart, as ``st.vega_lite_chart`` takes it.

        It is not checked against the schema, which takes longer than to build it; the tests do that.
        """
        return None if self.chart is None else dict(self.chart.to_dict(validate=False))


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """The scale in which a chart writes amounts: how many VND its unit is, and the unit's name."""

    vnd: float
    unit: str


def money_scale(amounts: Iterable[float], wording: Wording) -> MoneyScale:
    """Return tỷ or triệu (billion or million), by the largest of the amounts."""
    largest = max(map(abs, amounts), default=0.0)
    for power, name in _STYLES[wording.lang].scales:
        if largest >= 10.0**power:
            return MoneyScale(10.0**power, f"{name}{NO_BREAK_SPACE}{wording.unit('VND')}")
    return MoneyScale(1.0, wording.unit("VND"))


def drawn(ranked: RankedList) -> tuple[tuple[RankedOption, ...], tuple[Message, ...]]:
    """Return the options that a chart shows, and a note where those are not all."""
    total = len(ranked.options)
    if total <= MOST:
        return ranked.options, ()
    return ranked.options[:MOST], (message("chart.first_only", count=MOST, total=total),)


def wrapped(name: str, width: int, lines: int) -> list[str]:
    """Break a name into lines; what does not fit ends in an ellipsis (pointing at it shows it whole)."""
    return textwrap.wrap(name, width, max_lines=lines, placeholder="…") or [name]


def worth_of(option: RankedOption, ranked: RankedList) -> float:
    """Return the value that may be held side by side in this list: NPV, or equivalent annual value."""
    return option.npv_vnd if ranked.worth == "npv" else option.equivalent_annual_vnd


def co2e_of(option: RankedOption) -> float | None:
    """Return the avoided emissions; ``None`` where no saved quantity is known, which is not zero."""
    return option.co2e_t_per_year if option.physical_savings else None


def facts(options: Sequence[RankedOption], ranked: RankedList, wording: Wording) -> dict[str, dict[str, str]]:
    """Return name and figures of each option as texts, by its id, for what shows when pointing at it."""
    names = results.distinct_names(options, wording)
    return {o.option_id: {"name": names[o.option_id], **_figures(o, ranked, wording)} for o in options}


def _figures(option: RankedOption, ranked: RankedList, wording: Wording) -> dict[str, str]:
    return {
        "rank": wording.integer(option.rank) if option.rank else wording.text("screen.out"),
        "payback": results.payback(option, wording),
        "worth": wording.money_compact(worth_of(option, ranked)),
        "co2e": results.co2e(option, wording),
        "score": wording.number(option.scores.total, 3),
        "abatement": f"{wording.money_compact(option.abatement_cost_vnd_per_tco2e)}/tCO₂e",
        "capex": wording.money_compact(option.capex_vnd),
        "triage": wording.term(f"triage.{option.triage}"),
    }


def titles(ranked: RankedList, wording: Wording) -> dict[str, str]:
    """Return the names of those figures, as the list has them in its head."""
    worth = "npv" if ranked.worth == "npv" else "equivalent"
    columns = {name: name for name in ("name", "rank", "payback", "co2e", "score", "capex", "triage")}
    texts = {key: wording.text(f"screen.column.{code}") for key, code in {**columns, "worth": worth}.items()}
    return {**texts, "abatement": wording.term("abatement_cost")}


def tooltip(fields: Sequence[str], titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """Return what shows when pointing at a mark: texts that are formatted already."""
    import altair as alt

    return [alt.Tooltip(field, type="nominal", title=titles[field]) for field in fields]


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Return round values from `low` to `high`, some `about` of them, 0 always among the multiples."""
    if not high > low:
        return [low]
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s for s in _STEPS if s * power >= rough * (1 - 1e-9)) * power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def axis(title: str | None, **rest: Any) -> alt.Axis:
    """Return an axis; with ``vertical`` its title lies flat above it, where it costs no width."""
    import altair as alt

    if rest.pop("vertical", False):
        rest |= {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30, "titleY": -14}
        rest["labelFlush"] = False
    return alt.Axis(title=title, **rest)


class Tables:
    """The rows that the layers of one chart draw, kept beside them: Altair copies a layer many times over."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def over(self, rows: list[dict[str, Any]]) -> alt.Chart:
        """Begin a layer over these rows."""
        import altair as alt

        name = next((n for n, known in self.rows.items() if known is rows), f"rows_{len(self.rows)}")
        self.rows[name] = rows
        return alt.Chart(alt.NamedData(name=name))


def compose(
    layers: Sequence[alt.Chart], tables: Tables, height: int, description: str, wording: Wording, **rest: Any
) -> alt.LayerChart:
    """Lay the parts over each other, in the language's number format and the page's colours.

    Marks and axes are hidden from screen readers: Vega would describe each of them in English. The
    description says what the chart shows, and the table beside it holds every figure.
    """
    import altair as alt

    style = _STYLES[wording.lang]
    words: dict[str, Any] = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
    }
    lines = {"gridColor": GREY, "gridOpacity": 0.3, "domain": False, "ticks": False}
    return alt.LayerChart(
        layer=list(layers),
        datasets=tables.rows,
        height=height,
        description=description,
        background="transparent",
        config={
            "locale": {
                "number": {
                    "decimal": style.decimal,
                    "thousands": style.group,
                    "grouping": [3],
                    "currency": ["", ""],
                    "minus": "-",
                }
            },
            "aria": False,
            "mark": {"aria": False},
            "axis": {**words, **lines, "labelPadding": 6, "titlePadding": 8},
            "legend": {
                **words,
                "orient": "bottom",
                "direction": "horizontal",
                "labelLimit": 330,
                "titleLimit": 330,
            },
            "text": {"color": INK, "fontSize": FONT_SIZE},
            "view": {"stroke": None},
        },
        **rest,
    )

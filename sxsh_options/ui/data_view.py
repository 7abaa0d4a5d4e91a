"""Rows of the data as a person reads them: name, value with unit, when and where, evidence, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.i18n.results import is_marked
from sxsh_options.i18n.wording import within
from sxsh_options.parameters import Text
from sxsh_options.services.data_shapes import DataRow, Figure, Range, Stated, Target
from sxsh_options.ui.markup import Html, join, table, tag
from sxsh_options.ui.own_values import entered, row_of
from sxsh_options.ui.work import Work

_COLUMNS = ("name", "value", "when", "evidence", "source")
_SHORT = 3  # figures of a row that the list shows
_DIGITS = 6
_SHARES = ("fraction", "fraction/year")


def lead(rows: Sequence[DataRow], wording: Wording) -> Html:
    """Return in words how many figures there are, and how they are known."""
    gaps = sum(not row.evidence for row in rows)
    read = sum(row.evidence == "read" for row in rows)
    marked = len(rows) - gaps - read
    said = wording.text("data_view.lead", count=len(rows), read=read, marked=marked, gaps=gaps)
    return tag("p", said, class_="sx-lead")


def listed(rows: Sequence[DataRow], work: Work | None, wording: Wording, *, opens: str) -> Html:
    """Return rows as a table; a press on a name leads to the place `opens`."""
    headings = [wording.text(f"data_view.column.{name}") for name in _COLUMNS]
    made = table(
        headings,
        (
            (
                _name(row, work, wording, opens),
                _short_value(row, wording),
                _when(row, wording),
                evidence(row.evidence, wording),
                source(row.current, wording),
            )
            for row in rows
        ),
        caption=wording.text("data_view.title"),
        class_="sx-data",
    )
    return tag("div", made, class_="sx-fit")


def _name(row: DataRow, work: Work | None, wording: Wording, opens: str) -> Html:
    button = tag(
        "button",
        row.name[wording.lang],
        type="button",
        data_opens=row.key,
        data_at=opens,
        title=wording.text("data_view.opens"),
    )
    own = [tag("span", said, class_="sx-check") for said in own_said(row, work, wording)]
    below = [tag("span", about(row, wording)), *own]
    return join([tag("span", button, class_="sx-name"), tag("span", below, class_="sx-below")])


def about(row: DataRow, wording: Wording) -> str:
    """Return what kind of figure it is, and what its name leaves open."""
    kind = wording.text(f"data_view.kind.{row.kind}")
    if row.norm_kind:
        kind = wording.text(f"data_view.norm.{row.norm_kind}")
    return " · ".join((kind, *(text[wording.lang] for text in row.about)))


def own_said(row: DataRow, work: Work | None, wording: Wording) -> Iterator[str]:
    """Yield what the open assessment uses in place of this row."""
    for target in row.targets:
        own = _own_of(target, work, wording)
        if own is not None:
            code = "data_view.own" if own.reason else "data_view.own.no_reason"
            yield wording.text(code, value=_own_value(target, own, wording))


def own_list(rows: Sequence[DataRow], work: Work, wording: Wording, *, opens: str) -> Html:
    """Return every value of its own that the assessment has, with who, when and why; a name opens its row."""
    found: dict[Target, Html] = {}
    for row in rows:
        for target in row.targets:
            own = _own_of(target, work, wording)
            if own is not None and target not in found:
                found[target] = _own_line(row, target, own, wording, opens)
    if not found:
        return Html()
    title = tag("h2", wording.text("data_view.own_list"))
    return join([title, tag("ul", found.values(), class_="sx-notes sx-own")])


def _own_line(row: DataRow, target: Target, own: _Own, wording: Wording, opens: str) -> Html:
    button = tag("button", row.name[wording.lang], type="button", data_opens=row.key, data_at=opens)
    parts = [own.reason or wording.text("data_view.own.reason_missing"), within(own.entered)]
    said = f" {_own_value(target, own, wording)} – {'; '.join(filter(None, parts))}"
    of = f" ({within(wording.resource(target.key))})" if target.kind in ("price", "emission_factor") else ""
    return tag("li", tag("span", button, class_="sx-name sx-inline"), f"{of}:", tag("span", said))


@dataclass(frozen=True, slots=True)
class _Own:
    """A value of the assessment's own, as far as it has been entered."""

    value: float
    unit: str
    reason: str
    entered: str


def _own_of(target: Target, work: Work | None, wording: Wording) -> _Own | None:
    at = row_of(work, target.kind, target.key) if work is not None else None
    if work is None or at is None or work.get(*at, "value") is None:
        return None
    value, unit, reason = (work.get(*at, name) for name in ("value", "unit", "reason"))
    return _Own(float(str(value)), str(unit or ""), str(reason or ""), entered(work, at, wording))


def _own_value(target: Target, own: _Own, wording: Wording) -> str:
    if target.kind == "price":
        return f"{wording.money(own.value)}/{wording.unit(own.unit)}"
    if target.kind == "emission_factor":
        return wording.quantity(own.value, f"tCO2e/{own.unit}")
    return wording.value(own.value, own.unit)


# Values


def _short_value(row: DataRow, wording: Wording) -> Html:
    figures = row.current.figures[:_SHORT]
    lines = [tag("span", said, class_="sx-line") for said in figure_texts(row, figures, wording)]
    left = len(row.current.figures) - len(figures)
    if left > 0:
        more = wording.text("data_view.more_figures", count=left)
        lines.append(tag("span", more, class_="sx-line sx-quiet"))
    return join(lines) if lines else tag("span", wording.text("data_view.no_value"), class_="sx-quiet")


def figure_texts(row: DataRow, figures: Sequence[Figure], wording: Wording) -> Iterator[str]:
    """Yield each figure in words: what it is, and its value with its unit."""
    for figure in figures:
        value = figure_value(figure, wording)
        if row.limit:
            value = wording.text(f"data_view.limit.{row.limit}", value=value)
        if row.tax not in ("", "none"):
            value = f"{value} ({wording.text(f'data_view.tax.{row.tax}')})"
        name = figure_name(figure, wording)
        yield f"{name}: {value}" if name else value


def figure_name(figure: Figure, wording: Wording) -> str:
    """Return what a figure is within its value; empty where it is the value itself."""
    if figure.up_to_vnd is not None:
        return wording.text("data_view.revenue_up_to", revenue=wording.money_compact(figure.up_to_vnd))
    parts = (
        wording.text(f"data_view.part.{name}") if isinstance(name, str) else name[wording.lang]
        for name in figure.names
    )
    return ", ".join(parts)


def figure_value(figure: Figure, wording: Wording) -> str:
    """Return the value of a figure with its unit."""
    value, unit = figure.value, figure.unit
    if value is None:
        return wording.text("data_view.no_value")
    if isinstance(value, bool):
        return wording.value(value)
    if isinstance(value, str):
        return wording.text(f"data_view.part.{value}")
    if isinstance(value, tuple):
        days = [wording.text(f"data_view.day.{each}") if each.isalpha() else each for each in value]
        return ", ".join(days)
    if isinstance(value, Range):
        return _range(value, unit, wording)
    if unit == "VND":
        return wording.money(value)
    return _with_unit(_number(value, unit, wording), unit, wording)


def _range(value: Range, unit: str | Text, wording: Wording) -> str:
    """Return the typical value with its ends in brackets, or the ends alone."""
    ends = _ends(value, unit, wording)
    if value.typical is None:
        return _with_unit(ends, unit, wording)
    said = _with_unit(_number(value.typical, unit, wording), unit, wording)
    return f"{said} ({ends})" if ends else said


def _ends(value: Range, unit: str | Text, wording: Wording) -> str:
    low, high = (None if end is None else _number(end, unit, wording) for end in (value.low, value.high))
    if low is not None and high is not None:
        if value.low == value.high:
            return "" if value.low == value.typical else low
        code = "data_view.range" if value.low is None or value.low >= 0 else "data_view.range.signed"
        return wording.text(code, low=low, high=high)
    if low is not None:
        return wording.text("data_view.range.from", end=low)
    return "" if high is None else wording.text("data_view.range.to", end=high)


def _number(value: float, unit: str | Text, wording: Wording) -> str:
    if unit in _SHARES:
        return wording.percent(value).removesuffix("\u00a0%")
    return wording.number(value, _DIGITS)


def _with_unit(said: str, unit: str | Text, wording: Wording) -> str:
    written = unit_text(unit, wording)
    return f"{said}\u00a0{written}" if written else said


def unit_text(unit: str | Text, wording: Wording) -> str:
    """Return a unit as a person reads it, of the product's own or as the data print it."""
    if not isinstance(unit, str):
        return unit[wording.lang]
    if unit in ("", "-"):
        return ""
    if unit in _SHARES:
        return wording.text(f"data_view.unit.{unit.replace('/', '_per_')}")
    if unit in ("points of 100", "times"):
        return wording.text(f"data_view.unit.{unit.replace(' ', '_')}")
    return wording.unit(unit)


# When, where, how it is known, and where from


def _when(row: DataRow, wording: Wording) -> Html:
    lines = [tag("span", said, class_="sx-line") for said in (when(row.current, wording),) if said]
    if row.current.ended_by(today()):
        lines.append(tag("span", wording.text("data_view.ended"), class_="sx-line sx-ended"))
    if row.place is not None:
        lines.append(tag("span", row.place[wording.lang], class_="sx-line sx-quiet"))
    return join(lines)


def when(stated: Stated, wording: Wording) -> str:
    """Return from when until when a value holds, or when it was seen."""
    if stated.period is not None:
        return stated.period[wording.lang]
    first, last = stated.valid_from, stated.until
    if first is not None and last is not None:
        if first == last:
            return wording.text("data_view.on", day=first)
        if stated.open_end:
            return wording.text("data_view.from_checked", first=first, last=last)
        return wording.text("data_view.from_to", first=first, last=last)
    if first is not None:
        return wording.text("data_view.from", first=first)
    if last is not None:
        return wording.text("data_view.checked" if stated.open_end else "data_view.to", last=last)
    return ""


def evidence(known: str, wording: Wording) -> Html:
    """Return the badge of how a figure is known; it says what it means when pointed at or reached."""
    if not known:
        return tag("span", wording.text("data_view.evidence.gap"), class_="sx-quiet")
    meaning = wording.term(f"evidence.{known}")
    return tag(
        "span",
        wording.text(f"data_view.evidence.{known}"),
        tag("span", f": {meaning}", class_="sx-meaning"),
        class_="sx-mark" if is_marked(known) else "sx-mark sx-read",
        title=meaning,
        tabindex="0",
    )


def source(stated: Stated, wording: Wording) -> Html:
    """Return where a figure comes from, as a link where its address is known."""
    if not stated.source:
        return tag("span", wording.text("data_view.no_source"), class_="sx-quiet")
    if stated.url.startswith(("https://", "http://")):
        return tag("a", stated.source, href=stated.url, target="_blank", rel="noopener noreferrer")
    return tag("span", stated.source)

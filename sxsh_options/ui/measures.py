"""Fields of a resource: its quantity with a choice of unit, its price, and the default beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import Message
from sxsh_options.i18n import Wording
from sxsh_options.resources import prices
from sxsh_options.screening.valuation import source_of
from sxsh_options.services import entry, quantities
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Entry, Typed
from sxsh_options.ui import figures, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.widgets import entered

_TYPED = "measures_typed"  # what was typed last, until it is something else: its period is shown
_ENDLESS = 1e9  # a smaller quantity may come from another unit, and then its decimals seldom end


def quantity(fields: Fields, row: Path, label: str, years: float = 1.0) -> None:
    """Show the quantity of a row for a period of so many years, and the choice of its unit."""
    wording, work = fields.wording, fields.work
    resource, unit = (str(work.get(*row, key)) for key in ("resource", "unit"))
    asked: dict[Path, Entry] = st.session_state.setdefault(_TYPED, {})

    def read(typed: Typed) -> Entry:
        found = asked[row] = quantities.read_quantity(typed, resource, unit, years)
        return found

    def echo(value: float) -> str:
        yearly = wording.quantity(value / years, unit, 6)
        found = asked.get(row)
        amount = found.amount if found is not None and found.value == value else None
        if amount is None or amount.per in (None, "year"):
            return wording.text("flows.a_year", quantity=yearly)
        given = wording.quantity(amount.value, amount.unit or unit, 6)
        times = wording.exact(entry.TIMES_A_YEAR[amount.per])
        return wording.text(f"flows.a_year_from.{amount.per}", quantity=yearly, given=given, times=times)

    with st.container(horizontal=True, key=f"{key_of(row)}-measure"):
        with st.container(key=f"{key_of(row)}-number"):
            fields.typed(
                (*row, "quantity"),
                label,
                read,
                lambda value: wording.exact(_ended(value)),
                echo=echo,
                hint=wording.text("flows.quantity.hint", unit=unit),
            )
        key = key_of((*row, "unit"))
        st.session_state[key] = unit
        units = quantities.usable_units(resource)
        st.selectbox(
            wording.text("flows.unit"),
            units if unit in units else (unit, *units),
            format_func=wording.unit,
            key=key,
            filter_mode=None,
            on_change=careful(lambda: work.change(lambda d: quantities.with_unit(d, row, entered(key)))),
        )


def _ended(value: float) -> float:
    """Return a quantity as it is shown: nine digits, and never a whole part that is cut."""
    return float(f"{value:.9g}") if abs(value) < _ENDLESS else value


def written(wording: Wording) -> Callable[[float, str], str]:
    """Return how a figure is written into a field with the unit it is in."""
    return lambda number, unit: f"{wording.exact(number)} {wording.unit(unit)}"


def own_price(fields: Fields, path: Path, resource: str, unit: str) -> None:
    """Show the field for a price of one's own, in VND for one `unit`."""
    wording = fields.wording

    def read(typed: Typed) -> Entry:
        found = quantities.read_price(typed, resource, unit)
        return replace(found, value=found.value["amount"]) if found.status == "value" else found

    fields.typed(
        path,
        wording.text("flows.own_price", resource=resource, unit=unit),
        read,
        wording.exact,
        echo=lambda value: price_text(value, unit, wording),
        hint=wording.text("flows.own_price.hint"),
    )


def default_price(resource: str, unit: str, wording: Wording) -> None:
    """Say which price counts as long as no other is entered, and how it is known; or that there is none."""
    default, notes = prices.lookup(resource, today())
    if default is None:
        said = tag("p", wording.text("flows.no_default_price", resource=resource))
        shell.show(tag("div", said, class_="sx-default"))
        return
    per_unit = default.number * quantities.ratio(resource, unit, default.unit.removeprefix("VND/"))
    price = wording.text("flows.default_price", price=price_text(per_unit, unit, wording))
    source = figures.source_cell(source_of(default), wording)
    shell.show(tag("div", tag("p", price, " ", source), _notes(notes, wording), class_="sx-default"))


def price_text(value: float, unit: str, wording: Wording) -> str:
    """Return a price with what it is for: 1.833 ₫/kWh."""
    return f"{wording.money(value)}/{wording.unit(unit)}"


def _notes(notes: tuple[Message, ...], wording: Wording) -> Html:
    texts = dict.fromkeys(wording.word(note) for note in notes)
    return join(tag("p", text) for text in texts)

"""The assumptions: beside each, the default with its source, and what changes with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.model.rows import MAX_EXCHANGE_RATE
from sxsh_options.parameters import DatedValue
from sxsh_options.resources import catalogue
from sxsh_options.resources.tables import GAS_SETS
from sxsh_options.screening.valuation import source_of
from sxsh_options.services import assumptions, editing
from sxsh_options.services.assumptions import Defaults
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds, Entry, Typed, read_percent, read_plain, read_text
from sxsh_options.ui import figures, rows, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

TAX: Path = (*assumptions.AT, "tax")
RATES: Path = ("exchange_rates",)
_SHARE = Bounds(0.0, 1.0)
_RATE = Bounds(-0.99, 10.0)
_YEARS = Bounds(1, 100)
_POINTS = Bounds(0.0, 100.0)
_NEWEST = 0  # in place of a year: the newest that was published on the day
_PROFILES = ("before_tax", "company", "household")


def default(of: DatedValue, shown: str, wording: Wording) -> Html:
    """Return which default counts without an entry, how it is known, and what is to be said of it."""
    said = tag(
        "p", wording.text("assume.default", value=shown), " ", figures.source_cell(source_of(of), wording)
    )
    notes = [tag("p", wording.word(note)) for note in of.messages]
    if of.note is not None:
        notes.insert(0, tag("p", of.note[wording.lang]))
    return tag("div", said, notes, class_="sx-default")


def why(wording: Wording, code: str) -> None:
    """Say what changes with an assumption."""
    shell.show(tag("p", wording.text(f"assume.why.{code}"), class_="sx-why"))


def discount(work: Work, wording: Wording, of: Defaults) -> None:
    """Show the discount rate, nominal or real; a real one never stands without inflation."""
    fields, text = Fields(work, wording), wording.text
    real = assumptions.is_real(work.document)
    shell.show(tag("h2", text("assume.discount")))
    kinds = {"nominal": text("assume.rate.nominal"), "real": text("assume.rate.real")}
    key = key_of(("assume", "kind"))
    st.session_state[key] = "real" if real else "nominal"

    def turn() -> None:
        change = assumptions.with_real_rate if entered(key) == "real" else assumptions.with_nominal_rate
        work.change(lambda document: change(document, of))

    st.segmented_control(
        text("assume.rate.kind"),
        list(kinds),
        required=True,
        format_func=kinds.__getitem__,
        key=key,
        on_change=careful(turn),
    )
    with st.container(horizontal=True, key="pairs-discount"):
        with st.container(key="pair-rate"):
            if real:
                _needed(fields, assumptions.RATE, text("assume.real_rate"))
            else:
                fields.percent(assumptions.RATE, text("assume.rate"), _RATE, hint=_default_hint(wording))
                shell.show(default(of.discount_rate, wording.percent(of.discount_rate.number), wording))
            unusual = assumptions.unusual_rate(work.document, today())
            if unusual is not None:
                shell.show(tag("p", wording.word(unusual), class_="sx-ask"))
            why(wording, "discount")
        if real:
            with st.container(key="pair-inflation"):
                _needed(fields, assumptions.INFLATION, text("assume.inflation"))
                shell.show(default(of.inflation, wording.percent(of.inflation.number), wording))


def _needed(fields: Fields, path: Path, label: str) -> None:
    """Show a percentage that cannot be left out as long as the rate is a real one."""

    def read(typed: Typed) -> Entry:
        found = read_percent(typed, _RATE)
        return Entry("error", fault=message("assume.needed")) if found.status == "empty" else found

    words = fields.wording
    fields.typed(path, label, read, partial(_percentage, words))


def _percentage(wording: Wording, share: float) -> str:
    return f"{wording.exact(round(share * 100, 10))}\u00a0%"


def _default_hint(wording: Wording) -> str:
    return wording.text("assume.empty")


def horizon(work: Work, wording: Wording) -> None:
    """Show the common horizon; empty is each option over its own life."""
    fields = Fields(work, wording)
    shell.show(tag("h2", wording.text("assume.horizon")))
    with st.container(key="narrow-horizon"):
        fields.whole(
            (*assumptions.AT, "analysis_years"),
            wording.text("assume.years"),
            _YEARS,
            hint=wording.text("assume.years.hint"),
        )
        why(wording, "horizon")


def tax(work: Work, wording: Wording, of: Defaults) -> None:
    """Show the tax profile and, for a company, its rate and what becomes of losses."""
    fields, text = Fields(work, wording), wording.text
    shell.show(tag("h2", text("assume.tax")))
    profile = str(work.get(*TAX, "profile") or "before_tax")
    with st.container(horizontal=True, key="pairs-tax"):
        with st.container(key="pair-profile"):
            profiles = {name: text(f"assume.tax.{name}") for name in _PROFILES}
            fields.choice((*TAX, "profile"), text("assume.tax.profile"), profiles, otherwise="before_tax")
            why(wording, "tax")
        if profile == "company":
            with st.container(key="pair-taxrate"):
                fields.percent(
                    (*TAX, "rate"), text("assume.tax.rate"), _SHARE, hint=text("assume.tax.rate.hint")
                )
                shell.show(_bands(of.tax_bands, wording))
            with st.container(key="pair-losses"):
                losses = {
                    "offset": text("assume.losses.offset"),
                    "carry_forward": text("assume.losses.carry_forward", years=of.loss_years.value),
                }
                fields.choice((*TAX, "losses"), text("assume.losses"), losses, otherwise="offset")
    if (profile == "household") != (work.get("facility", "legal_form") == "household"):
        legal = f"facility.form.{work.get('facility', 'legal_form') or 'enterprise'}"
        if profile != "before_tax":
            shell.show(tag("p", text("assume.tax.differs", form=text(legal).lower()), class_="sx-ask"))


def _bands(of: DatedValue, wording: Wording) -> Html:
    """Return the legal rates by revenue."""
    parts = []
    for band in of.value:
        rate, limit = wording.percent(band["rate"]), band.get("revenue_up_to_vnd")
        if limit is None:
            parts.append(wording.text("assume.tax.band.rest", rate=rate))
        else:
            parts.append(wording.text("assume.tax.band", rate=rate, limit=wording.money_compact(limit)))
    return default(of, "; ".join(parts), wording)


def growth(work: Work, wording: Wording, resources: tuple[str, ...]) -> None:
    """Show how prices, benefits and operating cost grow."""
    fields, text = Fields(work, wording), wording.text
    shell.show(tag("h2", text("assume.growth")), tag("p", text("assume.why.growth"), class_="sx-quiet"))
    with st.container(horizontal=True, key="pairs-growth"):
        for resource in resources:
            if catalogue.find(resource).bought:
                with st.container(key=f"pair-growth-{resource}"):
                    fields.percent(
                        (*assumptions.AT, "price_growth", resource),
                        text("assume.price_growth", resource=resource),
                        _RATE,
                        hint="0 %",
                    )
        for name in ("benefit_growth", "opex_growth"):
            with st.container(key=f"pair-{name}"):
                fields.percent((*assumptions.AT, name), text(f"assume.{name}"), _RATE, hint="0 %")


def emissions(work: Work, wording: Wording, as_of: date) -> None:
    """Show the year of the grid factor and the set of warming potentials."""
    fields, text = Fields(work, wording), wording.text
    years = assumptions.grid_years(as_of)
    newest = next(iter(years))
    shell.show(tag("h2", text("assume.emissions")))
    with st.container(horizontal=True, key="pairs-emissions"):
        with st.container(key="pair-grid"):
            first = _grid_name(newest, years[newest], wording)
            choices = {_NEWEST: text("assume.grid.newest", name=first)}
            choices |= {year: _grid_name(year, value, wording) for year, value in years.items()}
            _pick_year(work, (*assumptions.AT, "grid_data_year"), text("assume.grid"), choices)
            chosen: Any = work.get(*assumptions.AT, "grid_data_year")
            used = years.get(chosen or newest)
            if used is not None:
                source = figures.source_cell(source_of(used), wording)
                notes = [tag("p", used.note[wording.lang])] if used.note else []
                shell.show(tag("div", source, notes, class_="sx-default"))
            why(wording, "grid")
        with st.container(key="pair-gas"):
            sets = {name: f"IPCC {name}" for name in GAS_SETS}
            fields.choice((*assumptions.AT, "gas_set"), text("assume.gas"), sets, otherwise="AR5")
            why(wording, "gas")


def _grid_name(year: int, value: DatedValue, wording: Wording) -> str:
    return wording.text("assume.grid.year", year=year, factor=wording.quantity(value.number, "tCO2/mwh", 4))


def _pick_year(work: Work, path: Path, label: str, choices: Mapping[int, str]) -> None:
    """Show a choice of a year; the newest one is none in the document."""
    key = key_of(path)
    chosen: Any = work.get(*path) or _NEWEST
    names = {**choices, chosen: choices.get(chosen, str(chosen))}
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=key,
        filter_mode=None,
        on_change=careful(lambda: work.put(path, entered(key) or None)),
    )


def weights(work: Work, wording: Wording, of: Defaults) -> None:
    """Show the weights of the three kinds of feasibility: the default, or three of one's own."""
    fields, text = Fields(work, wording), wording.text
    shell.show(tag("h2", text("assume.weights")), tag("p", text("assume.why.weights"), class_="sx-quiet"))
    own: Any = work.get(*assumptions.WEIGHTS)
    standard = of.weights.value
    said = text("assume.weights.values", **{k: float(standard[k]) for k in assumptions.KINDS_OF_WEIGHT})
    if own is None:
        shell.show(default(of.weights, said, wording))
        st.button(
            text("assume.weights.own"),
            key="weights-own",
            on_click=careful(lambda: work.change(lambda d: assumptions.with_own_weights(d, of))),
        )
        return
    with st.container(horizontal=True, key="pairs-weights"):
        for kind in assumptions.KINDS_OF_WEIGHT:
            others = sum(own[k] for k in assumptions.KINDS_OF_WEIGHT if k != kind)
            with st.container(key=f"pair-weight-{kind}"):
                fields.typed(
                    (*assumptions.WEIGHTS, kind),
                    wording.term(f"weight_{kind}"),
                    partial(_read_weight, others=others),
                    wording.exact,
                )
    shell.show(default(of.weights, said, wording))
    st.button(
        text("assume.weights.default"),
        key="weights-default",
        type="tertiary",
        icon=":material/undo:",
        on_click=careful(lambda: work.change(assumptions.with_default_weights)),
    )


def _read_weight(typed: Typed, others: float) -> Entry:
    found = read_plain(typed, _POINTS)
    if found.status == "empty" or (found.status == "value" and found.value + others <= 0):
        return Entry("error", fault=message("assume.weights.zero"))
    return found


def exchange_rates(work: Work, wording: Wording, of: Defaults) -> None:
    """Show the exchange rates, row by row."""
    fields, text = Fields(work, wording), wording.text

    def form(row: Path) -> None:
        with st.container(horizontal=True, key=f"pairs-{key_of(row)}"):
            with st.container(key=f"pair-currency-{key_of(row)}"):
                fields.typed((*row, "currency"), text("assume.fx.currency"), _read_currency, str, hint="USD")
            with st.container(key=f"pair-fx-{key_of(row)}"):
                currency = str(work.get(*row, "currency") or "–")
                fields.typed(
                    (*row, "vnd_per_unit"),
                    text("assume.fx.rate", currency=currency),
                    _read_rate,
                    wording.exact,
                    hint=wording.exact(of.usd.number),
                )
            with st.container(key=f"pair-on-{key_of(row)}"):
                fields.day((*row, "on"), text("assume.fx.on"), latest=today())
            with st.container(key=f"pair-source-{key_of(row)}"):
                fields.text((*row, "source"), text("assume.fx.source"), hint=text("assume.fx.source.hint"))
        if any(work.get(*row, key) is None for key in ("currency", "vnd_per_unit", "on", "source")):
            shell.show(tag("p", text("assume.fx.needs"), class_="sx-ask"))

    shell.show(tag("h2", text("assume.fx")), tag("p", text("assume.why.fx"), class_="sx-quiet"))
    rows.forms(work, wording, RATES, form, text("assume.fx.remove"))
    with st.container(horizontal=True, key="fx-add"):
        rows.add_button(work, RATES, text("assume.fx.add"), {"evidence": "entered"}, "rate")
        if not any(row.get("currency") == "USD" for row in editing.rows(work.document, *RATES)):
            known = {
                "currency": "USD",
                "vnd_per_unit": of.usd.number,
                "on": (of.usd.still_valid_on or of.usd.valid_from or today()).isoformat(),
                "source": of.usd.reference.title,
                "evidence": of.usd.evidence,
            }
            st.button(
                text("assume.fx.usd", rate=of.usd.number),
                key="fx-usd",
                on_click=careful(lambda: work.change(lambda d: editing.add_row(d, RATES, known, "rate"))),
            )


def _read_currency(typed: Typed) -> Entry:
    found = read_text(typed.text.upper(), 300)
    if found.status != "value":
        return found
    code = str(found.value)
    good = len(code) == 3 and code.isascii() and code.isalpha() and code != "VND"
    return found if good else Entry("error", fault=message("assume.fx.bad_currency", text=typed.text))


def _read_rate(typed: Typed) -> Entry:
    found = read_plain(typed, Bounds(0.0, MAX_EXCHANGE_RATE))
    if found.status == "value" and found.value == 0:
        return Entry("error", fault=message("assume.fx.zero"))
    return found

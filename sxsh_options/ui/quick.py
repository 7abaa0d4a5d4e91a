"""The quick estimate: its results, its few fields, and which assessment they edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import SxshError
from sxsh_options.i18n import Wording, results
from sxsh_options.model.merging import Document
from sxsh_options.resources import catalogue
from sxsh_options.screening.plausibility import FIELD_OF
from sxsh_options.screening.results import RankedOption
from sxsh_options.services import editing, quantities, quick_estimate
from sxsh_options.services.entry import Bounds, Entry, Typed, read_money
from sxsh_options.services.library import Revision
from sxsh_options.services.quick_estimate import Estimate
from sxsh_options.ui import explanation, figures, measures, questions
from sxsh_options.ui.fields import Fields, amount_of, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import BEGUN, LOCAL, Work, close, open_here, store

_KEPT = "quick_kept"  # what the other way of stating the saving held, until the page is left
_MONEY = "money"
_LIFE = Bounds(1, 100)
_SHOWN = {
    "payback": ("simple_payback", "investment"),
    "saving": ("net_annual_benefit",),
    "npv": ("npv",),
    "co2e": ("co2e", "emission_factor"),
}


class Beginning(Work):
    """An estimate of which nothing is stored before something was entered.

    Stored, it stays what the page edits: what is entered before the page is drawn anew comes here as well.
    It is opened when the page is drawn, for a callback must not touch session and address (see `entered`).
    """

    def save(self) -> None:
        """Store the estimate as a new assessment, or save it as any other."""
        if self.id:
            super().save()
            return
        name = editing.get(self.document, quick_estimate.NAME)
        try:
            self.revision = store({**self.document, "title": name or self.document["title"]})
        except SxshError as error:
            self.faults = error.messages
        else:
            self.document, self.faults = self.revision.document, ()


def work_of(opened: Work | None, wording: Wording) -> Work:
    """Return what the page edits: the open assessment if it is a quick estimate, else one that begins."""
    begun: Beginning | None = st.session_state.get(BEGUN)
    if begun is not None and begun.id:
        if opened is begun:
            del st.session_state[BEGUN]
        else:  # what was entered meanwhile came from the address of before
            open_here(begun)
        opened, begun = begun, None
    if opened is not None and quick_estimate.fits(opened.document):
        opened.explained = quick_estimate.OPTION[-1:]
        return opened
    if begun is None:
        title = wording.text("quick.title_of", day=today())
        document = quick_estimate.blank(title, wording.text("quick.own_price.reason"), today())
        at = datetime.now(UTC)
        begun = st.session_state[BEGUN] = Beginning(Revision("", 0, None, document, LOCAL, at), document)
    return begun


def another(work: Work) -> None:
    """Leave this estimate as it is saved, and begin another."""
    st.session_state.pop(_KEPT, None)
    st.session_state.pop(BEGUN, None)
    close(work.id)


# Results


def cards(estimate: Estimate, wording: Wording, *, explained: bool = True) -> Html:
    """Return the four results, each to be opened; one that is not known yet says what it needs.

    Without explanations the browser has drawn them earlier.
    """
    shown = (_card(name, estimate, wording, explained) for name in quick_estimate.RESULTS)
    return tag("section", shown, class_="sx-cards")


def _card(name: str, estimate: Estimate, wording: Wording, explained: bool) -> Html:
    label = tag("span", wording.text(f"quick.result.{name}"), class_="sx-card-label")
    option = estimate.option
    if option is None or not estimate.known(name):
        needs = ", ".join(wording.text(f"quick.need.{field}") for field in estimate.missing[name])
        said = wording.text("quick.needs", fields=needs) if needs else wording.text("quick.not_computed")
        return tag("div", label, tag("span", said, class_="sx-card-note"), class_="sx-card sx-waiting")
    figure, note = _figure(name, estimate, option, wording)
    explanations = estimate.ranked.explanations[option.option_id] if explained else ()
    return tag(
        "details",
        tag(
            "summary",
            label,
            tag("strong", figure, class_="sx-card-figure"),
            tag("span", note, class_="sx-card-note"),
            tag("span", wording.text("quick.how"), class_="sx-card-how"),
        ),
        (
            explanation.number(e, results.explained_value(e, option, wording), wording, opened=True)
            for e in explanations
            if e.quantity in _SHOWN[name]
        ),
        class_="sx-card sx-fit",
    )


def _figure(name: str, estimate: Estimate, option: RankedOption, wording: Wording) -> tuple[str, str]:
    """Return a result and, in a few words, what it rests on."""
    if name == "payback":
        invested = wording.money_compact(option.capex_vnd)
        return results.payback(option, wording), wording.text("quick.payback.note", invested=invested)
    if name == "saving":
        return figures.money(option.net_annual_benefit_vnd, wording), wording.text("quick.saving.note")
    if name == "npv":
        nominal = _used(estimate, "discount_rate_nominal")
        rate = _used(estimate, "discount_rate") if nominal is None else nominal
        note = wording.text("quick.npv.note", rate=rate, years=option.lifetime_years)
        return figures.money(option.npv_vnd, wording), note
    if option.co2e_t_per_year is None:
        return wording.term("not_known"), wording.text("quick.co2e.no_factor")
    year = _used(estimate, "factor_data_year")
    note = "" if year is None else wording.text("quick.co2e.note", year=year)
    return wording.quantity(option.co2e_t_per_year, "tCO2e", 3), note


def _used(estimate: Estimate, name: str) -> Any:
    """Return what an assumption of the result is."""
    return next((used.value for used in estimate.ranked.assumptions if used.name == name), None)


# Fields


def fields(work: Work, estimate: Estimate, wording: Wording) -> None:
    """Show the fields, in the order in which people tell of a machine, each with what looks unusual in it."""
    shown = Fields(work, wording)
    ask = partial(_ask, work, estimate, wording)
    shown.text(quick_estimate.NAME, wording.text("quick.name"), hint=wording.text("quick.name.hint"))
    with st.container(horizontal=True, key="quick_fields"):
        with st.container(key="quick_cost"):
            shown.money(
                quick_estimate.CAPEX, wording.text("quick.capex"), hint=wording.text("quick.capex.hint")
            )
            ask("capex")
        with st.container(key="quick_life"):
            shown.whole(
                quick_estimate.LIFE, wording.text("quick.life"), _LIFE, hint=wording.text("quick.life.hint")
            )
            ask("technical_life_years", "depreciation_life_years")
        with st.container(key="quick_what"):
            _what(work, wording)
        resource = quick_estimate.resource_of(work.document)
        if resource is None:
            with st.container(key="quick_money"):
                shown.money(
                    quick_estimate.MONEY,
                    wording.text("quick.money"),
                    yearly=True,
                    hint=wording.text("quick.money.hint"),
                )
                ask("annual_saving", "savings")
        else:
            with st.container(key="quick_saved"):
                measures.quantity(shown, quick_estimate.SAVING, wording.text("quick.saved"))
                ask("annual_saving", "savings")
            with st.container(key="quick_price"):
                _price(shown, resource)
        with st.container(key="quick_other"):
            _other(shown)


def _what(work: Work, wording: Wording) -> None:
    """Show the choice of what is saved, or that only the money is known."""
    resource = quick_estimate.resource_of(work.document)
    offered = {
        r.resource_id: wording.resource(r.resource_id) for r in catalogue.resources().values() if r.bought
    }
    if resource is not None:
        offered.setdefault(resource, wording.resource(resource))
    choices = {_MONEY: wording.text("quick.only_money"), **offered}
    key = key_of(("quick", "what"))
    kept: dict[str, Any] = st.session_state.setdefault(_KEPT, {})
    st.session_state[key] = resource or _MONEY
    st.selectbox(
        wording.text("quick.what"),
        list(choices),
        format_func=choices.__getitem__,
        key=key,
        filter_mode="contains",
        on_change=careful(lambda: _choose(work, entered(key), kept, wording)),
    )


def _choose(work: Work, chosen: str, kept: dict[str, Any], wording: Wording) -> None:
    """Take the choice; what the other way of stating the saving held waits until it is chosen again."""
    before = quick_estimate.resource_of(work.document)

    def edit(document: Document) -> Document:
        if chosen == _MONEY:
            kept["row"] = editing.get(document, quick_estimate.SAVING)
            document = quick_estimate.in_money(document)
            return editing.put(document, quick_estimate.MONEY, kept.pop("money", None))
        if before is None:
            kept["money"] = editing.get(document, quick_estimate.MONEY)
            row = kept.pop("row", None)
            document = quick_estimate.in_resource(document, chosen)
            if row is not None and row["resource"] == chosen:
                document = editing.put(document, quick_estimate.SAVING, row)
        else:
            document = quantities.with_resource(
                document, quick_estimate.SAVING, chosen, measures.written(wording)
            )
        return quick_estimate.with_price_row(
            document, chosen, wording.text("quick.own_price.reason"), today()
        )

    work.change(edit)


def _price(shown: Fields, resource: str) -> None:
    """Show the field for a price of one's own and, until it is filled in, the default that counts."""
    path = quick_estimate.price_path(resource)
    unit = str(shown.work.get(*path[:-1], "unit") or quantities.usual_unit(resource))
    measures.own_price(shown, path, resource, unit)
    if shown.work.get(*path) is None:
        measures.default_price(resource, unit, shown.wording)


def _other(shown: Fields) -> None:
    """Show what else comes in or goes out in a year; the document holds it as a change of operating cost."""

    def read(typed: Typed) -> Entry:
        found = read_money(typed, yearly=True, bounds=Bounds())
        return replace(found, value=_negated(found.value)) if found.status == "value" else found

    words = shown.wording
    shown.typed(
        quick_estimate.OPEX,
        words.text("quick.other"),
        read,
        lambda value: words.exact(-amount_of(value)),
        echo=lambda value: words.text("field.a_year", amount=words.money_compact(-amount_of(value))),
        hint=words.text("quick.other.hint"),
    )


def _negated(money: dict[str, Any]) -> dict[str, Any]:
    return {**money, "amount": 0.0 - money["amount"]}


def _ask(work: Work, estimate: Estimate, wording: Wording, *causes: str) -> None:
    """Ask what looks unusual in a field, once all figures are there; each question may be answered."""
    if estimate.option is None or any(estimate.missing["npv"]):
        return
    found = [question for question in estimate.option.warnings if FIELD_OF.get(question.code) in causes]
    questions.show(work, wording, estimate.option.option_id, found)

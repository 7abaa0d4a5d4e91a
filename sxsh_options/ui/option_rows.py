"""Rows inside the form of an option: cost items, savings, other benefits, and links to other options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, get_args

import streamlit as st

from sxsh_options.i18n import Wording
from sxsh_options.i18n.wording import within
from sxsh_options.model import Benefit, CostKind
from sxsh_options.model.merging import Document
from sxsh_options.options.tables import option_catalogue
from sxsh_options.resources import catalogue
from sxsh_options.services import editing, option_fields, quantities
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds
from sxsh_options.services.option_fields import FIELDS, INVESTMENT
from sxsh_options.ui.fields import Fields, Read, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

_SHARE = Bounds(0.0, 1.0)
_BENEFITS: tuple[str, ...] = get_args(Benefit.model_fields["kind"].annotation)


def names(work: Work, wording: Wording) -> dict[str, str]:
    """Return the options' names by id, as the language has them; equal ones are told apart by their place."""
    options = editing.rows(work.document, "options")
    named = {
        str(o["id"]): str((wording.lang == "en" and o.get("name_en")) or o.get("name") or "–")
        for o in options
    }
    count = Counter(named.values())
    return {
        option_id: name if count[name] == 1 else f"{place}. {name}"
        for place, (option_id, name) in enumerate(named.items(), 1)
    }


def money_in_words(value: Any, wording: Wording, *, yearly: bool = False) -> str:
    """Return an amount with its unit, as a field echoes it."""
    said = " + ".join(
        wording.money_compact(amount) if currency == "VND" else wording.quantity(amount, currency, 6)
        for currency, amount in option_fields.amounts([value]).items()
    )
    return wording.text("field.a_year", amount=said) if yearly else said


def costs(fields: Fields, option_id: str) -> None:
    """Show the cost items."""
    words, path = fields.wording, ("options", option_id, "capex")
    kinds = {kind.value: words.term(f"cost_{kind}") for kind in CostKind}
    for row in editing.rows(fields.work.document, *path):
        item = (*path, str(row["id"]))
        with st.container(border=True, key=key_of((*item, "row"))):
            kind, name, amount = st.columns(3)
            with kind:
                fields.choice((*item, "kind"), words.text("option.field.kind"), kinds)
            with name:
                fields.text((*item, "name"), words.text("option.field.item_name"))
            with amount:
                _money(fields, (*item, "amount"), yearly=False)
            rate, deductible = st.columns(2, vertical_alignment="bottom")
            with rate:
                fields.percent((*item, "vat_rate"), words.text("option.field.vat_rate"), _SHARE)
            with deductible:
                _yes_no(fields, (*item, "vat_deductible"))
            _remove(fields, item)
    _add(fields, path, {"kind": CostKind.EQUIPMENT.value}, "cost", "option.form.add_cost")


def savings(fields: Fields, option_id: str) -> None:
    """Show the physical savings."""
    words, path = fields.wording, ("options", option_id, "savings")
    resources = {resource: words.resource(resource) for resource in catalogue.resources()}
    for row in editing.rows(fields.work.document, *path):
        item, resource = (*path, str(row["id"])), str(row.get("resource"))
        flows = option_fields.flows_of(fields.work.document, resource)
        with st.container(border=True, key=key_of((*item, "row"))):
            what, saved = st.columns(2)
            with what:
                _resource(fields, item, resources)
            with saved:
                _saved(fields, item, row, resource)
            if len(flows) > 1 and row.get("quantity") is None:
                _flow(fields, item, flows)
            _remove(fields, item)
    electricity = {"resource": "electricity"}
    _add(fields, path, electricity, "saving", "option.form.add_saving")


def benefits(fields: Fields, option_id: str) -> None:
    """Show the benefits in money beside the savings."""
    words, path = fields.wording, ("options", option_id, "benefits")
    kinds = {kind: words.term(f"benefit_{kind}") for kind in _BENEFITS}
    for row in editing.rows(fields.work.document, *path):
        item = (*path, str(row["id"]))
        with st.container(border=True, key=key_of((*item, "row"))):
            kind, name, amount = st.columns(3)
            with kind:
                fields.choice((*item, "kind"), words.text("option.field.kind"), kinds)
            with name:
                fields.text((*item, "name"), words.text("option.field.item_name"))
            with amount:
                _money(fields, (*item, "amount"), yearly=True)
            _remove(fields, item)
    _add(fields, path, {"kind": _BENEFITS[0]}, "benefit", "option.form.add_benefit")


def links(fields: Fields, option_id: str) -> None:
    """Show which options exclude this one, and which it needs."""
    work, words = fields.work, fields.wording
    others = {other: name for other, name in names(work, words).items() if other != option_id}
    for link in ("excludes", "requires"):
        path = ("options", option_id, link)
        key = key_of(path)
        there = work.get(*path)
        st.session_state[key] = (
            [other for other in there if other in others] if isinstance(there, list) else []
        )
        st.multiselect(
            words.text(f"option.field.{link}"),
            list(others),
            format_func=others.__getitem__,
            key=key,
            filter_mode=None,
            placeholder=words.text("field.choose"),
            on_change=careful(partial(_link, work, path, key)),
        )


def _link(work: Work, path: Path, key: str) -> None:
    work.put(path, list(entered(key)) or None)


# Parts of a row


def _money(fields: Fields, path: Path, *, yearly: bool) -> None:
    words = fields.wording
    field = FIELDS["annual_saving"] if yearly else INVESTMENT
    fields.typed(
        path,
        words.text("option.field.amount_a_year" if yearly else "option.field.amount"),
        field.read,
        partial(field.show, words=words),
        echo=partial(money_in_words, wording=words, yearly=yearly),
    )


def _resource(fields: Fields, item: Path, resources: Mapping[str, str]) -> None:
    """Show which resource is saved; a quantity whose unit does not fit another one is asked anew."""
    key, words = key_of((*item, "resource")), fields.wording
    st.session_state[key] = fields.work.get(*item, "resource")

    def change(document: Document) -> Document:
        row = editing.get(document, item)
        drafts = [editing.draft(document, (*item, name)) for name in ("quantity", "percent")]
        text = next(filter(None, drafts), None)
        kept = {"id": row["id"], "resource": entered(key)}
        unit = row.get("unit")
        if unit is not None and unit in quantities.usable_units(kept["resource"]):
            kept |= {"quantity": row["quantity"], "unit": unit}
        elif row.get("quantity") is not None:
            text = text or f"{words.exact(row['quantity'])} {words.unit(str(unit))}"
        elif row.get("percent") is not None:
            text = text or option_fields.show_saving(row, words)
        document = editing.with_draft(document, (*item, "percent"), None)
        document = editing.with_draft(document, (*item, "quantity"), text)
        return editing.put(document, item, kept)

    st.selectbox(
        words.text("option.field.resource"),
        list(resources),
        format_func=resources.__getitem__,
        key=key,
        filter_mode="contains",
        on_change=careful(lambda: fields.work.change(change)),
    )


class _OfSavings(Fields):
    """Fields whose value is a whole saving: a quantity with its unit, or a percentage of a flow."""

    def _take(self, path: Path, read: Read, text: str, chosen: float | None = None) -> None:
        row = path[:-1]
        found = read(self._typed(text, chosen))
        if found.status not in ("value", "empty"):
            self.work.enter(path, found, text)
            return
        saving = {key: self.work.get(*row, key) for key in ("id", "resource")} | (found.value or {})
        self.work.change(lambda document: editing.with_draft(editing.put(document, row, saving), path, None))


def _saved(fields: Fields, item: Path, row: Document, resource: str) -> None:
    words = fields.wording
    flows = option_fields.flows_of(fields.work.document, resource, row.get("of_flow"))
    _OfSavings(fields.work, words).typed(
        (*item, "quantity" if row.get("percent") is None else "percent"),
        words.text("option.field.saved", unit=words.unit(quantities.usual_unit(resource))),
        lambda typed: option_fields.read_saving(typed, resource, flows),
        lambda _: option_fields.show_saving(row, words),
        echo=lambda _: _in_words(row, words),
        hint=words.text("option.field.saved.hint"),
    )


def _in_words(row: Document, words: Wording) -> str:
    return saving_in_words(row, words) + _band_in_words(row, words)


def saving_in_words(row: Mapping[str, Any], words: Wording) -> str:
    """Return a saving as it was understood: a quantity a year, or a share of what."""
    if row.get("quantity") is not None:
        amount = words.quantity(row["quantity"], str(row.get("unit", "")), 6)
        return words.text("field.a_year", amount=amount)
    share = words.percent(row["percent"] / 100)
    end_use = row.get("end_use")
    use = option_catalogue().end_uses.get(end_use) if end_use else None
    if use is None:
        resource = within(words.resource(str(row["resource"])))
        return words.text("option.entered.percent", resource=resource, share=share)
    return words.text("option.entered.percent_of_use", use=within(use.name[words.lang]), share=share)


def _band_in_words(row: Document, words: Wording) -> str:
    """Return the band of a saving that has one, behind it."""
    low, high = row.get("low"), row.get("high")
    if low is None or high is None:
        return ""
    ends = (
        (words.percent(low / 100), words.percent(high / 100))
        if row.get("quantity") is None
        else tuple(words.quantity(value, str(row.get("unit", "")), 4) for value in (low, high))
    )
    return ", " + words.text("option.band", low=ends[0], high=ends[1])


def _flow(fields: Fields, item: Path, flows: tuple[str, ...]) -> None:
    """Show which of several flows a percentage is of."""
    rows = {str(flow["id"]): flow for flow in editing.rows(fields.work.document, "baseline", "flows")}
    named = {
        flow: str(rows[flow].get("name") or rows[flow].get("process_step") or f"{place}.")
        for place, flow in enumerate(flows, 1)
    }
    fields.choice((*item, "of_flow"), fields.wording.text("option.field.of_flow"), named)


def _yes_no(fields: Fields, path: Path) -> None:
    key = key_of(path)
    st.session_state[key] = fields.work.get(*path) is not False
    st.checkbox(
        fields.wording.text("option.field.vat_deductible"),
        key=key,
        on_change=careful(lambda: fields.work.put(path, entered(key))),
    )


def _add(fields: Fields, path: Path, row: Mapping[str, Any], prefix: str, label: str) -> None:
    st.button(
        fields.wording.text(label),
        icon=":material/add:",
        type="tertiary",
        key=key_of((*path, "add")),
        on_click=careful(lambda: fields.work.change(lambda d: editing.add_row(d, path, row, prefix))),
    )


def _remove(fields: Fields, item: Path) -> None:
    """Offer to remove a row; a list without rows says nothing any more."""

    def change(document: Document) -> Document:
        document = editing.remove_row(document, item)
        return document if editing.rows(document, *item[:-1]) else editing.put(document, item[:-1], None)

    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            fields.wording.text("option.form.remove_row"),
            icon=":material/close:",
            type="tertiary",
            key=key_of((*item, "remove")),
            on_click=careful(lambda: fields.work.change(change)),
        )

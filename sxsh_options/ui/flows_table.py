"""Step 2: the use of a year as a table, and the rows behind it as small forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import streamlit as st

from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.i18n.formats import MISSING
from sxsh_options.i18n.wording import within
from sxsh_options.model import Baseline
from sxsh_options.model.facility import WastewaterTreatment
from sxsh_options.options.bases import metered_uses
from sxsh_options.options.tables import option_catalogue
from sxsh_options.resources import catalogue
from sxsh_options.screening.valuation import source_of
from sxsh_options.services import editing, quantities
from sxsh_options.services.baseline import Use, YearlyUse
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds, Entry, Typed
from sxsh_options.ui import figures, measures, rows, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

FLOWS: Path = ("baseline", "flows")
_WITH_VAT = "prices_with_vat"  # how this window types prices
_ADD = "add_flow"
_WITHOUT, _WITH = "without", "with"
_VAT = Bounds(0.0, 1.0)


def years(work: Work) -> float | None:
    """Return how many years the figures are of; ``None`` where the period is not known."""
    start, end = work.get("baseline", "start"), work.get("baseline", "end")
    if start is None or end is None or str(end) < str(start):
        return None
    return Baseline.model_validate({"start": start, "end": end}).years


# The result


def result(use: Use, rows_begun: int, wording: Wording) -> Html:
    """Return the use of a year: one sentence, the flows, and the use per unit of product."""
    if not use.flows:
        said = "flows.begun" if rows_begun else "flows.empty"
        return tag("p", wording.text(said), class_="sx-lead")
    lead = [wording.text("flows.lead", cost=wording.money_compact(use.cost_vnd))]
    if use.co2e_t:
        lead.append(wording.text("flows.lead.co2e", co2e=wording.quantity(use.co2e_t, "tCO2e", 4)))
    if use.lagoon_co2e_t is None:
        lead.append(wording.text("flows.lead.no_lagoon"))
    if use.unpriced:
        names = ", ".join(wording.resource(resource) for resource in use.unpriced)
        lead.append(wording.text("flows.lead.unpriced", names=names))
    return tag(
        "div",
        tag("p", " ".join(lead), class_="sx-lead"),
        table(
            [wording.text(f"flows.column.{name}") for name in ("flow", "use", "cost", "price", "co2e")],
            (*(_line(flow, wording) for flow in use.flows), *_lagoon(use, wording)),
            caption=wording.text("flows.caption"),
            class_="sx-use",
        ),
        [_per_product(use, wording)] if use.per_product else [],
        class_="sx-fit",
    )


def _line(flow: YearlyUse, wording: Wording) -> tuple[Html, ...]:
    below = " · ".join(part for part in (_part_of(flow, wording), flow.process_step, flow.name) if part)
    each = None if flow.cost_vnd is None or not flow.quantity else flow.cost_vnd / flow.quantity
    price = "–" if each is None else measures.price_text(each, flow.unit, wording)
    return (
        tag(
            "span",
            tag("span", wording.resource(flow.resource), class_="sx-name"),
            [tag("bdi", below, class_="sx-below")] if below else [],
        ),
        tag("span", wording.quantity(flow.quantity, flow.unit, 6)),
        figures.money(flow.cost_vnd, wording),
        tag("span", price, " ", figures.mark(flow.price_source, wording)),
        tag("span", wording.number(flow.co2e_t, 4)),
    )


def _lagoon(use: Use, wording: Wording) -> Iterator[tuple[str, ...]]:
    """Yield the line of the methane that escapes from an open lagoon."""
    if use.lagoon is None:
        return
    inputs = use.lagoon.inputs
    how = wording.text(
        "flows.lagoon.how", b0=inputs["b0_kg_ch4_per_kg"], mcf=inputs["mcf"], gwp=inputs["gwp_ch4"]
    )
    name = tag("span", wording.text("flows.lagoon"), class_="sx-name")
    below = tag("span", how, " ", figures.source_cell(source_of(use.lagoon), wording), class_="sx-below")
    co2e = tag("span", wording.number(use.lagoon_co2e_t, 4))
    yield (tag("span", name, below), MISSING, MISSING, MISSING, co2e)


def _part_of(flow: YearlyUse, wording: Wording) -> str:
    """Return what a flow was metered for; one that is contained in another says so."""
    use = option_catalogue().end_uses.get(flow.end_use or "")
    if use is None:
        return ""
    name = use.name[wording.lang]
    return wording.text("catalogue.flow.part", use=within(name)) if flow.part else name


def _per_product(use: Use, wording: Wording) -> Html:
    return tag(
        "div",
        tag("h3", wording.text("flows.per_product")),
        table(
            [wording.text(f"flows.column.{name}") for name in ("product", "flow", "specific")],
            (
                (
                    tag("bdi", row.product),
                    wording.resource(row.resource),
                    f"{wording.quantity(row.quantity, row.unit)}/{wording.unit(row.product_unit)}",
                )
                for row in use.per_product
            ),
            caption=wording.text("flows.per_product"),
            class_="sx-facts sx-specific",
        ),
    )


# The rows


def price_mode(wording: Wording) -> bool:
    """Show the choice whether prices are typed with VAT, and return it; what is stored is always net."""
    st.session_state.setdefault(_WITH_VAT, _WITHOUT)
    key = key_of(("flows", "mode"))
    st.session_state[key] = st.session_state[_WITH_VAT]
    st.segmented_control(
        wording.text("flows.mode"),
        (_WITHOUT, _WITH),
        required=True,
        format_func=lambda mode: wording.text(f"flows.mode.{mode}"),
        key=key,
        on_change=careful(lambda: st.session_state.update({_WITH_VAT: st.session_state[key]})),
    )
    return bool(st.session_state[_WITH_VAT] == _WITH)


def forms(work: Work, wording: Wording, *, with_vat: bool) -> None:
    """Show every flow as a form, and the choice of a resource that adds another."""
    period = years(work) or 1.0

    def form(row: Path) -> None:
        _form(Fields(work, wording), row, period, with_vat=with_vat)

    rows.forms(work, wording, FLOWS, form, wording.text("flows.remove"))
    names = all_resources(wording)
    st.selectbox(
        wording.text("flows.add"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=_ADD,
        filter_mode="contains",
        placeholder=wording.text("flows.add.hint"),
        on_change=careful(lambda: _add(work)),
    )


def all_resources(wording: Wording) -> Mapping[str, str]:
    """Return the names of all resources by id, in the order of the catalogue."""
    return {name: wording.resource(name) for name in catalogue.resources()}


def _add(work: Work) -> None:
    resource = st.session_state[_ADD]
    if resource is not None:
        row = {"resource": resource, "unit": quantities.usual_unit(resource)}
        work.change(lambda document: editing.add_row(document, FLOWS, row, "flow"))
    st.session_state[_ADD] = None


def _form(fields: Fields, row: Path, period: float, *, with_vat: bool) -> None:
    work, wording = fields.work, fields.wording
    text = wording.text
    name = row[-1]
    with st.container(horizontal=True, key=f"pairs-top-{name}"):
        with st.container(key=f"pair-resource-{name}"):
            _resource(work, row, wording)
        with st.container(key=f"pair-step-{name}"):
            fields.text((*row, "process_step"), text("flows.step"), hint=text("flows.step.hint"))
    if work.get(*row, "resource") not in catalogue.resources():
        written = editing.draft(work.document, (*row, "resource")) or ""
        shell.show(tag("p", text("flows.resource.unknown", written=written), class_="sx-fault", role="alert"))
        return  # the unit of a figure follows from what it is of; the figures wait
    with st.container(horizontal=True, key=f"pairs-figures-{name}"):
        with st.container(key=f"pair-quantity-{name}"):
            measures.quantity(fields, row, text("flows.quantity"), period)
        with st.container(key=f"pair-price-{name}"):
            _price(fields, row, with_vat=with_vat)
        with st.container(key=f"pair-vat-{name}"):
            fields.percent((*row, "vat_rate"), text("flows.vat"), _VAT, hint="8 %")
    if work.get(*row, "quantity") is None:
        shell.show(tag("p", text("flows.needs_quantity"), class_="sx-ask"))
    with st.expander(text("flows.more"), key=f"more-{key_of(row)}"):
        fields.text((*row, "name"), text("flows.name"), hint=text("flows.name.hint"))
        _end_use(fields, row)
        _deductible(work, row, wording)
        fields.text((*row, "note"), text("flows.note"), area=True)


def _end_use(fields: Fields, row: Path) -> None:
    """Show the choice of what a flow was metered for, where there is more than one thing."""
    words = fields.wording
    uses = metered_uses(str(fields.work.get(*row, "resource")))
    if not uses:
        return
    names = {use.end_use_id: use.name[words.lang] for use in uses}
    whole = words.text("catalogue.flow.whole")
    fields.choice((*row, "end_use"), words.text("catalogue.flow.end_use"), names, empty=whole)
    shell.show(tag("p", words.text("catalogue.flow.end_use.why"), class_="sx-why"))


def treatment(work: Work, wording: Wording) -> None:
    """Show the choice of how the wastewater is treated today."""
    kinds = {kind: wording.text(f"catalogue.treatment.{kind}") for kind in get_args(WastewaterTreatment)}
    Fields(work, wording).choice(
        ("baseline", "wastewater_treatment"), wording.text("catalogue.treatment"), kinds
    )
    shell.show(tag("p", wording.text("catalogue.treatment.why"), class_="sx-why"))


def _resource(work: Work, row: Path, wording: Wording) -> None:
    names = all_resources(wording)
    resource = work.get(*row, "resource")
    key = key_of((*row, "resource"))
    st.session_state[key] = resource if resource in names else None
    st.selectbox(
        wording.text("flows.resource"),
        list(names),
        index=None if resource not in names else 0,  # what is chosen stands in the session
        placeholder=wording.text("field.choose"),
        format_func=names.__getitem__,
        key=key,
        filter_mode="contains",
        on_change=careful(
            lambda: work.change(
                lambda d: quantities.with_resource(d, row, entered(key), measures.written(wording))
            )
        ),
    )


def _price(fields: Fields, row: Path, *, with_vat: bool) -> None:
    """Show the unit price, net or with VAT as it is typed; below it the other of the two."""
    work, wording = fields.work, fields.wording
    resource, unit = (str(work.get(*row, key)) for key in ("resource", "unit"))
    given: Any = work.get(*row, "vat_rate")
    vat = float(given or 0.0)

    def read(typed: Typed) -> Entry:
        if with_vat and given is None and typed.text.strip():
            return Entry("error", fault=message("flows.vat_first"))
        return quantities.read_price(typed, resource, unit, vat if with_vat else 0.0)

    def show(value: Any) -> str:
        amount = round(value["amount"] * (1.0 + vat if with_vat else 1.0), 6)
        currency = value.get("currency", "VND")
        return wording.exact(amount) if currency == "VND" else f"{wording.exact(amount)} {currency}"

    def echo(value: Any) -> str:
        if value.get("currency", "VND") != "VND":
            return f"{show(value)}/{wording.unit(unit)}"
        net = measures.price_text(value["amount"], unit, wording)
        if not vat:
            return wording.text("flows.net", price=net)
        return wording.text("flows.net_and_gross", net=net, gross=wording.money(value["amount"] * (1 + vat)))

    fields.typed(
        (*row, quantities.PER_UNIT),
        wording.text("flows.price_with_vat" if with_vat else "flows.price", unit=unit),
        read,
        show,
        echo=echo,
        hint=wording.text("flows.price.hint"),
    )


def _deductible(work: Work, row: Path, wording: Wording) -> None:
    key = key_of((*row, "vat_deductible"))
    st.session_state[key] = work.get(*row, "vat_deductible") is not False
    st.checkbox(
        wording.text("flows.deductible"),
        key=key,
        on_change=careful(lambda: work.put((*row, "vat_deductible"), bool(entered(key)))),
    )

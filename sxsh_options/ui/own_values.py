"""Prices, factors and other figures behind the results: a default with its source, or one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Literal

import streamlit as st

from sxsh_options import units
from sxsh_options.day import today
from sxsh_options.errors import ParameterError
from sxsh_options.i18n import Wording
from sxsh_options.model import Assessment
from sxsh_options.parameters import default_parameters
from sxsh_options.resources import catalogue, conversion, emissions
from sxsh_options.resources.emissions import EmissionFactor
from sxsh_options.screening.plausibility import own_factor
from sxsh_options.screening.valuation import source_of
from sxsh_options.services import editing, quantities
from sxsh_options.services.baseline import resources_in_play
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import NOT_NEGATIVE, Bounds, Entry, Typed, read_plain
from sxsh_options.ui import figures, measures, shell
from sxsh_options.ui.fields import Fields, key_of
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.rows import take_away
from sxsh_options.ui.work import LOCAL, Work

Kind = Literal["price", "emission_factor", "parameter", "end_use"]
_LIST: Path = ("overrides",)
_SHARE = Bounds(0.0, 1.0)
_FAR = "plausibility.own_factor"
_SAID_IN_KG = 0.01  # tCO2e: what is less a unit is said in kilograms


def own_values(work: Work, wording: Wording, assessment: Assessment) -> None:
    """Show, for each resource in play, which price and which factor count, and let them be replaced."""
    fields = Fields(work, wording)
    resources = resources_in_play(assessment)
    if not resources:
        shell.show(tag("p", wording.text("flows.no_resources"), class_="sx-quiet"))
    priced = priced_in_table(assessment)
    for resource in resources:
        with st.container(border=True, key=f"row-value-{resource}"):
            shell.show(tag("h3", wording.resource(resource)))
            with st.container(horizontal=True, key=f"pairs-value-{resource}"):
                if catalogue.find(resource).bought:
                    with st.container(key=f"pair-value-price-{resource}"):
                        price(fields, resource, in_table=resource in priced)
                if catalogue.find(resource).scope != "none":
                    with st.container(key=f"pair-value-factor-{resource}"):
                        factor(fields, resource, assessment)


def priced_in_table(assessment: Assessment) -> frozenset[str]:
    """Return the resources whose price stands beside a flow of the baseline."""
    return frozenset(
        catalogue.find(flow.resource).resource_id
        for flow in (assessment.baseline.flows if assessment.baseline else ())
        if flow.unit_price is not None
    )


def row_of(work: Work, kind: Kind, key: str) -> Path | None:
    """Return where a value of one's own stands, if there is one."""
    found = [
        row for row in editing.rows(work.document, *_LIST) if (row.get("kind"), row.get("key")) == (kind, key)
    ]
    return (*_LIST, str(found[-1]["id"])) if found else None


def price(fields: Fields, resource: str, *, in_table: bool) -> None:
    """Show the price that counts for a resource, or one's own with its reason."""
    work, wording = fields.work, fields.wording
    row = row_of(work, "price", resource)
    if row is not None:
        unit = str(work.get(*row, "unit") or catalogue.find(resource).unit)
        measures.own_price(fields, (*row, "value"), resource, unit)
        _why(fields, row)
        return
    if in_table:
        shell.show(tag("p", wording.text("flows.price_in_table")))
    else:
        measures.default_price(resource, quantities.usual_unit(resource), wording)
    _add_button(work, "price", resource, quantities.usual_unit(resource), wording.text("flows.use_own_price"))


def factor(fields: Fields, resource: str, assessment: Assessment) -> None:
    """Show the emission factor that counts for a resource, or one's own with its reason."""
    work, wording = fields.work, fields.wording
    row = row_of(work, "emission_factor", resource)
    unit = "mwh" if resource == "electricity" else catalogue.find(resource).unit
    if row is not None:
        unit = str(work.get(*row, "unit") or unit)
        published = _published(resource, assessment)
        _own_factor(fields, (*row, "value"), resource, unit, published)
        value: Any = work.get(*row, "value")
        _ask_if_far(value, resource, unit, published, wording)
        _why(fields, row)
        return
    _default_factor(resource, unit, assessment, wording)
    _add_button(work, "emission_factor", resource, unit, wording.text("flows.use_own_factor"))


def parameter(fields: Fields, parameter_id: str, unit: str) -> None:
    """Show the field for a parameter of one's own with its reason, or the way to it."""
    work, wording = fields.work, fields.wording
    row = row_of(work, "parameter", parameter_id)
    if row is None:
        _add_button(work, "parameter", parameter_id, unit, wording.text("data_view.use_own"))
        return
    label = wording.text("data_view.own_value", unit=unit)
    fields.typed(
        (*row, "value"),
        label,
        partial(read_plain, bounds=NOT_NEGATIVE),
        wording.exact,
        echo=lambda value: wording.value(value, unit),
    )
    _why(fields, row)


def end_use_share(fields: Fields, end_use: str) -> None:
    """Show the field for an end use's share of its resource with its reason, or the way to it."""
    work, wording = fields.work, fields.wording
    row = row_of(work, "end_use", end_use)
    if row is None:
        _add_button(work, "end_use", end_use, "share", wording.text("data_view.use_own"), f"use-{end_use}")
        return
    fields.percent((*row, "value"), wording.text("data_view.own_share"), _SHARE, hint="60 %")
    _why(fields, row)


def _own_factor(
    fields: Fields, path: Path, resource: str, unit: str, published: EmissionFactor | None
) -> None:
    """Show the field for a factor in the unit in which the published one is said; it is stored in tonnes."""
    wording = fields.wording
    weight = "t" if published is None else _weight(published.t_co2e_per_unit * _canonical(resource, unit))
    per_tonne = units.convert(1.0, "t", weight)

    def read(typed: Typed) -> Entry:
        found = read_plain(typed, NOT_NEGATIVE)
        return replace(found, value=found.value / per_tonne) if found.status == "value" else found

    fields.typed(
        path,
        wording.text("flows.own_factor", resource=resource, unit=f"{weight}CO2e/{unit}"),
        read,
        lambda value: wording.exact(float(f"{value * per_tonne:.12g}")),
        echo=lambda value: wording.value(value * per_tonne, f"{weight}CO2e/{unit}"),
        hint=wording.text("flows.own_factor.hint"),
    )


def _ask_if_far(
    value: Any, resource: str, unit: str, published: EmissionFactor | None, wording: Wording
) -> None:
    """Ask whether a factor is meant that is far from the published one."""
    if value is None or published is None:
        return
    own = value / _canonical(resource, unit)
    used = replace(published, t_co2e_per_unit=own, replaces=published.t_co2e_per_unit)
    far = own_factor(used, default_parameters().get(_FAR, today()).number)
    if far is not None:
        shell.show(tag("p", wording.word(far), class_="sx-ask", role="alert"))


def _weight(tonnes: float) -> str:
    """Return whether a factor is said in tonnes or in kilograms."""
    return "kg" if 0 < tonnes < _SAID_IN_KG else "t"


def _canonical(resource: str, unit: str) -> float:
    return float(conversion.to_canonical(resource, 1.0, unit))


def _published(resource: str, assessment: Assessment) -> EmissionFactor | None:
    given = assessment.assumptions
    year = given.grid_data_year if resource == "electricity" else None
    try:
        return emissions.factor(resource, as_of=today(), gas_set=given.gas_set, data_year=year)
    except ParameterError:
        return None


def _default_factor(resource: str, unit: str, assessment: Assessment, wording: Wording) -> None:
    factor = _published(resource, assessment)
    if factor is None:
        said = tag("p", wording.text("flows.no_default_factor", resource=resource))
    else:
        tonnes = factor.t_co2e_per_unit * _canonical(resource, unit)
        weight = _weight(tonnes)
        value = wording.value(units.convert(tonnes, "t", weight), f"{weight}CO2e/{unit}", 4)
        source = figures.source_cell(source_of(factor), wording)
        said = tag("p", wording.text("flows.default_factor", factor=value), " ", source)
    shell.show(tag("div", said, class_="sx-default"))


def _add_button(work: Work, kind: Kind, key: str, unit: str, label: str, row_id: str = "") -> None:
    new = {"kind": kind, "key": key, "unit": unit, "by": LOCAL.name, "on": today().isoformat()}
    if row_id:
        new = {"id": row_id, **new}
    st.button(
        label,
        key=f"own-{kind}-{key}",
        on_click=careful(lambda: work.change(lambda d: editing.add_row(d, _LIST, new, "override"))),
    )


def _why(fields: Fields, row: Path) -> None:
    """Show the reason, who entered the value and when, and the way back to the default."""
    work, wording = fields.work, fields.wording
    fields.text((*row, "reason"), wording.text("flows.reason"), hint=wording.text("flows.reason.hint"))
    if work.get(*row, "value") is None or work.get(*row, "reason") is None:
        shell.show(tag("p", wording.text("flows.own_value.needs"), class_="sx-ask"))
    shell.show(tag("p", entered(work, row, wording), class_="sx-why"))
    st.button(
        wording.text("flows.back_to_default"),
        key=f"remove-{key_of(row)}",
        type="tertiary",
        icon=":material/undo:",
        on_click=careful(lambda: take_away(work, row)),
    )


def entered(work: Work, row: Path, wording: Wording) -> str:
    """Return who entered a value of one's own, and when."""
    on: Any = work.get(*row, "on")
    by = work.get(*row, "by")
    day = date.fromisoformat(on) if on else None
    if by:
        return wording.text("flows.entered_by", day=day, by=by)
    return wording.text("flows.entered", day=day)

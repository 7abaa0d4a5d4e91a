"""The fields of step 1; beside each, what it is needed for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import get_args

import streamlit as st

from sxsh_options.day import today
from sxsh_options.errors import message
from sxsh_options.i18n import Wording
from sxsh_options.model import Baseline
from sxsh_options.model.facility import LegalForm
from sxsh_options.model.rows import MAX_QUANTITY
from sxsh_options.options.tables import option_catalogue, sector_of, sectors_near
from sxsh_options.parameters import default_parameters
from sxsh_options.services import editing
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import NOT_NEGATIVE, Bounds, Entry, Typed, read_money, read_plain, read_text
from sxsh_options.ui import rows, shell
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import tag
from sxsh_options.ui.widgets import entered
from sxsh_options.ui.work import Work

PRODUCTS: Path = ("baseline", "production")
_START: Path = ("baseline", "start")
_END: Path = ("baseline", "end")
_LONGEST_UNIT, _LONGEST_SECTOR = 30, 300
_PEOPLE = Bounds(0, 1_000_000)
_PRODUCED = Bounds(0, MAX_QUANTITY)


def why(wording: Wording, code: str) -> None:
    """Say in a few words what a field is needed for."""
    shell.show(tag("p", wording.text(f"facility.why.{code}"), class_="sx-why"))


def kept_options(work: Work, wording: Wording) -> None:
    """Say, as long as the establishment has no name, that what was entered before it has come along."""
    options = editing.rows(work.document, "options")
    if not options or work.get("facility", "name") is not None:
        return
    if len(options) == 1 and options[0].get("name"):
        said = wording.text("facility.kept", name=options[0]["name"])
    else:
        said = wording.text("facility.kept_many", count=len(options))
    with st.container(horizontal=True, vertical_alignment="center", key="kept_options"):
        st.html(tag("p", said, class_="sx-beside"), width="content")
        shell.link("options", wording.text("facility.kept.see"), icon=":material/arrow_forward:")


def title_and_name(work: Work, wording: Wording) -> None:
    """Show the fields for the title of the assessment and the name of the establishment."""
    fields = Fields(work, wording)
    with st.container(horizontal=True, key="pairs-names"):
        with st.container(key="pair-name"):
            fields.text(
                ("facility", "name"), wording.text("facility.name"), hint=wording.text("facility.name.hint")
            )
            why(wording, "name")
        with st.container(key="pair-title"):
            fields.text(("title",), wording.text("facility.assessment_title"))
            why(wording, "assessment_title")


def establishment(work: Work, wording: Wording) -> None:
    """Show the fields about the establishment."""
    fields, text = Fields(work, wording), wording.text
    forms: Mapping[str, str] = {form: text(f"facility.form.{form}") for form in get_args(LegalForm)}
    shell.show(tag("h2", text("facility.establishment")))
    with st.container(horizontal=True, key="pairs-facility"):
        with st.container(key="pair-sector"):
            _sector(work, wording)
            why(wording, "sector")
        with st.container(key="pair-form"):
            fields.answer(("facility", "legal_form"), text("facility.form"), forms)
            why(wording, "form")
        with st.container(key="pair-revenue"):
            _revenue(fields)
            why(wording, "revenue")
        with st.container(key="pair-employees"):
            fields.whole(
                ("facility", "employees_insured"), text("facility.employees"), _PEOPLE, unit=None, hint="120"
            )
            why(wording, "employees")
        with st.container(key="pair-province"):
            fields.province(
                ("facility", "province"), text("facility.province"), hint=text("facility.province.hint")
            )
            why(wording, "province")
        with st.container(key="pair-commune"):
            fields.text(("facility", "commune"), text("facility.commune"))
            why(wording, "commune")
    fields.text(("facility", "note"), text("facility.note"), area=True)


def _sector(work: Work, wording: Wording) -> None:
    """Show the choice of a sector; another name can be typed, and is kept as it is."""
    names = {name: sector.name[wording.lang] for name, sector in option_catalogue().sectors.items()}
    path, key = ("facility", "sector"), "f-facility-sector"
    now = str(work.get(*path) or "")
    known = sector_of(now)
    st.session_state[key] = known.sector_id if known else now or None
    st.selectbox(
        wording.text("facility.sector"),
        [*names, *([now] if now and not known else [])],
        index=None,
        format_func=lambda name: names.get(name, name),
        key=key,
        accept_new_options=True,
        filter_mode="contains",
        placeholder=wording.text("facility.sector.hint"),
        on_change=careful(lambda: work.put(path, _sector_named(entered(key)))),
    )
    if now and not known:
        near = "; ".join(names[sector.sector_id] for sector in sectors_near(now))
        said = (
            wording.text("facility.sector.near", sector=now, near=near)
            if near
            else wording.text("facility.sector.own", sector=now)
        )
        shell.show(tag("p", said, class_="sx-ask"))


def _sector_named(typed: str | None) -> str | None:
    """Return what is kept of a name: the id of the sector that it means, or the name itself."""
    if not typed:
        return None
    found = sector_of(typed)
    return found.sector_id if found else " ".join(typed.split())[:_LONGEST_SECTOR]


def _revenue(fields: Fields) -> None:
    """Show the field for the revenue, which the document holds as a bare number."""

    def read(typed: Typed) -> Entry:
        found = read_money(typed, yearly=True, bounds=NOT_NEGATIVE)
        return replace(found, value=found.value["amount"]) if found.status == "value" else found

    wording = fields.wording
    fields.typed(
        ("facility", "revenue_vnd"),
        wording.text("facility.revenue"),
        read,
        wording.exact,
        echo=wording.money_compact,
        hint=wording.text("facility.revenue.hint"),
    )
    revenue = fields.work.get("facility", "revenue_vnd")
    least = default_parameters().get("plausibility.smallest_revenue", today()).number
    if isinstance(revenue, (int, float)) and 0 < revenue < least:
        said = wording.text("facility.revenue.small", revenue=wording.money(revenue))
        shell.show(tag("p", said, class_="sx-ask"))


def period(work: Work, wording: Wording) -> None:
    """Show the period, how long it is, and what is wrong where it ends before it starts."""
    fields = Fields(work, wording)
    shell.show(tag("h2", wording.text("facility.period")))
    with st.container(horizontal=True, key="pairs-period"):
        with st.container(key="pair-start"):
            fields.day(_START, wording.text("facility.start"), latest=today())
        with st.container(key="pair-end"):
            fields.day(_END, wording.text("facility.end"), latest=today())
    start, end = (_day(work, path) for path in (_START, _END))
    if start is None or end is None:
        shell.show(tag("p", wording.text("facility.period.missing"), class_="sx-ask"))
    elif end < start:
        fault = message("facility.period.reversed", start=start, end=end)
        shell.show(tag("p", wording.word(fault), class_="sx-fault", role="alert"))
    else:
        length = wording.months(Baseline(start=start, end=end).years * 12)
        shell.show(tag("p", f"= {length}", class_="sx-echo"))
    why(wording, "period")


def _day(work: Work, path: Path) -> date | None:
    found = work.get(*path)
    return date.fromisoformat(found) if isinstance(found, str) else None


def products(work: Work, wording: Wording) -> None:
    """Show what was made in the period, row by row."""
    fields, text = Fields(work, wording), wording.text

    def read(typed: Typed) -> Entry:
        found = read_plain(typed, _PRODUCED)
        none_made = found.status == "value" and found.value == 0
        return Entry("error", fault=message("facility.product.zero")) if none_made else found

    def form(row: Path) -> None:
        with st.container(horizontal=True, key=f"pairs-{row[-1]}"):
            with st.container(key=f"pair-name-{row[-1]}"):
                fields.text((*row, "name"), text("facility.product.name"), hint=text("facility.product.hint"))
            with st.container(key=f"pair-quantity-{row[-1]}"):
                fields.typed(
                    (*row, "quantity"), text("facility.product.quantity"), read, wording.exact, hint="5.000"
                )
            with st.container(key=f"pair-unit-{row[-1]}"):
                fields.typed(
                    (*row, "unit"),
                    text("facility.product.unit"),
                    lambda typed: read_text(typed.text, _LONGEST_UNIT),
                    str,
                    hint=text("facility.product.unit.hint"),
                )
        needs = [key for key in ("name", "quantity", "unit") if work.get(*row, key) is None]
        if needs:
            missing = ", ".join(text(f"facility.product.{key}").lower() for key in needs)
            shell.show(tag("p", text("facility.product.needs", fields=missing), class_="sx-ask"))

    shell.show(tag("h2", text("facility.products")))
    why(wording, "products")
    rows.forms(work, wording, PRODUCTS, form, text("facility.product.remove"))
    rows.add_button(work, PRODUCTS, text("facility.product.add"), {}, "product")

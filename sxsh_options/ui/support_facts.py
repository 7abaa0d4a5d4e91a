"""What the rules of support ask about an establishment: place, owner and size, practice, earlier support."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import streamlit as st

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.model import facility
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds
from sxsh_options.ui import rows, shell
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.markup import tag
from sxsh_options.ui.work import Work

PREVIOUS: Path = ("facility", "previous_state_support")
_YEARS = Bounds(1990, 2200)
Show = Callable[[Fields, str], None]


def show(work: Work, wording: Wording) -> None:
    """Show the fields, folded away: none of them is needed to rank options."""
    fields, text = Fields(work, wording), wording.text
    with st.expander(text("facility.support"), key="support_facts"):
        shell.show(tag("p", text("facility.support.intro"), class_="sx-quiet"))
        for title, shown in _GROUPS.items():
            shell.show(tag("h3", text(title)))
            with st.container(horizontal=True, key=f"pairs-{title.replace('.', '-')}"):
                for name, draw in shown.items():
                    with st.container(key=f"pair-{name}"):
                        draw(fields, name)
        _previous(work, wording)


def _label(fields: Fields, name: str) -> str:
    return fields.wording.text(f"facility.{name}")


def _choice(kinds: Any, fields: Fields, name: str) -> None:
    named = {kind: fields.wording.text(f"facility.{name}.{kind}") for kind in get_args(kinds)}
    fields.answer(("facility", name), _label(fields, name), named)


def _yes_no(fields: Fields, name: str) -> None:
    fields.yes_no(("facility", name), _label(fields, name))


def _text(fields: Fields, name: str) -> None:
    fields.text(("facility", name), _label(fields, name))


def _province(fields: Fields, name: str) -> None:
    fields.province(("facility", name), _label(fields, name))


def _day(fields: Fields, name: str) -> None:
    fields.day(("facility", name), _label(fields, name), latest=today())


def _capital(fields: Fields, name: str) -> None:
    fields.dong(("facility", name), _label(fields, name))


_GROUPS: dict[str, dict[str, Show]] = {
    "facility.place": {
        "commune_kind": partial(_choice, facility.CommuneKind),
        "craft_village": _yes_no,
        "industrial_zone": _yes_no,
    },
    "facility.place.before": {
        "province_before_merger": _province,
        "commune_kind_before_merger": partial(_choice, facility.CommuneKindBefore),
        "district_kind_before_merger": partial(_choice, facility.DistrictKindBefore),
        "city_class_before_merger": partial(_choice, facility.CityClassBefore),
        "ward_converted_on": _day,
    },
    "facility.owner": {
        "ownership": partial(_choice, facility.Ownership),
        "women_owned": _yes_no,
        "capital_vnd": _capital,
        "founded_on": _day,
        "tax_code": _text,
        "vsic": _text,
    },
    "facility.practice": {"applies_cleaner_production": _yes_no, "environmental_permit": _yes_no},
}


def _previous(work: Work, wording: Wording) -> None:
    """Show what state support was received before, row by row."""
    fields, text = Fields(work, wording), wording.text
    items = {item: text(f"funding.item.{item}") for item in get_args(facility.SupportedItem)}

    def form(row: Path) -> None:
        with st.container(horizontal=True, key=f"pairs-{row[-1]}"):
            with st.container(key=f"pair-item-{row[-1]}"):
                fields.choice(
                    (*row, "cost_item"),
                    text("facility.previous.item"),
                    items,
                    empty=text("field.not_known"),
                )
            with st.container(key=f"pair-source-{row[-1]}"):
                fields.text((*row, "source"), text("facility.previous.source"))
            with st.container(key=f"pair-year-{row[-1]}"):
                fields.whole((*row, "year"), text("facility.previous.year"), _YEARS, unit=None, hint="2024")
            with st.container(key=f"pair-amount-{row[-1]}"):
                fields.dong((*row, "amount_vnd"), text("facility.previous.amount"))

    shell.show(
        tag("h3", text("facility.previous")), tag("p", text("facility.previous.why"), class_="sx-quiet")
    )
    rows.forms(work, wording, PREVIOUS, form, text("facility.previous.remove"))
    rows.add_button(work, PREVIOUS, text("facility.previous.add"), {}, "support")

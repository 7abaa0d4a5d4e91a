"""One row of the data in full: all its values by date, what there is to say, and a value of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from sxsh_options.day import today
from sxsh_options.i18n import Wording
from sxsh_options.i18n.formats import MISSING
from sxsh_options.services.data_shapes import DataRow, Stated, Target
from sxsh_options.ui import data_view, own_values, shell
from sxsh_options.ui.data_choices import Choices
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, table, tag
from sxsh_options.ui.work import Work


def opened(row: DataRow, work: Work | None, chosen: Choices, wording: Wording) -> None:
    """Show a row in full, and where an assessment is open the way to a value of its own."""
    text = wording.text
    with st.container(border=True, key="opened-row"):
        shell.show(
            tag("h2", row.name[wording.lang]),
            tag("p", data_view.about(row, wording), class_="sx-quiet"),
            *_place(row, wording),
            _values(row, wording),
            *_said(row, wording),
        )
        if row.assumed or row.targets:
            shell.show(tag("h3", text("data_view.own_title")))
            _own(row, work, wording)
        st.button(text("data_view.close"), key="close_row", type="tertiary", on_click=careful(chosen.close))


def _place(row: DataRow, wording: Wording) -> Iterator[Html]:
    if row.place is not None:
        yield tag("p", wording.text("data_view.place", place=row.place[wording.lang]))


def _values(row: DataRow, wording: Wording) -> Html:
    """Return every value of a row: what it is, from when until when, how it is known and from where."""
    names = ("when", "value", "evidence", "source", "note")
    headings = [wording.text(f"data_view.column.{name}") for name in names]
    made = table(
        headings,
        (
            (
                data_view.when(stated, wording) or MISSING,
                _figures(row, stated, wording),
                data_view.evidence(stated.evidence, wording),
                data_view.source(stated, wording),
                stated.note[wording.lang] if stated.note else MISSING,
            )
            for stated in (row.current, *row.others)
        ),
        caption=row.name[wording.lang],
        class_="sx-data sx-values",
    )
    return tag("div", made, class_="sx-fit")


def _figures(row: DataRow, stated: Stated, wording: Wording) -> Html:
    said = [
        tag("span", figure, class_="sx-line")
        for figure in data_view.figure_texts(row, stated.figures, wording)
    ]
    return tag("span", said) if said else tag("span", wording.text("data_view.no_value"), class_="sx-quiet")


def _said(row: DataRow, wording: Wording) -> Iterator[Html]:
    """Yield what the evidence means, and what there is to say of the value on this day."""
    if row.evidence:
        meaning = wording.term(f"evidence.{row.evidence}")
        yield tag("p", wording.text("data_view.known", meaning=meaning), class_="sx-quiet sx-known")
    if row.current.ended_by(today()):
        yield tag("p", wording.text("data_view.ended.said"), class_="sx-ask")
    for what in row.current.messages:
        yield tag("p", wording.word(what), class_="sx-ask")


def _own(row: DataRow, work: Work | None, wording: Wording) -> None:
    if work is None:
        shell.show(tag("p", wording.text("data_view.own_needs"), class_="sx-quiet"))
        return
    if row.assumed:
        shell.link("assumptions", wording.text("data_view.assumed"), icon=":material/tune:")
    for target in row.targets:
        _field(target, row, work, wording)


def _field(target: Target, row: DataRow, work: Work, wording: Wording) -> None:
    fields = Fields(work, wording)
    match target.kind:
        case "price":
            shell.show(tag("p", tag("strong", wording.resource(target.key))))
            priced = own_values.priced_in_table(work.bench().assessment)
            own_values.price(fields, target.key, in_table=target.key in priced)
        case "emission_factor":
            shell.show(tag("p", tag("strong", wording.resource(target.key))))
            own_values.factor(fields, target.key, work.bench().assessment)
        case "parameter":
            shell.show(tag("p", wording.text(f"data_view.effect_of.{target.key}"), class_="sx-quiet"))
            own_values.parameter(fields, target.key, str(row.current.figures[0].unit))
        case _:
            own_values.end_use_share(fields, target.key)

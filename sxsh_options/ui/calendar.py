"""When to file, as a person reads it: the next day, all days, and where a day is not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

import streamlit as st

from sxsh_options.funding import Match
from sxsh_options.funding.calendar import Calendar, Event, Undated
from sxsh_options.funding.provinces import province_today
from sxsh_options.funding.schema import Reference, Source, Text
from sxsh_options.i18n import Wording
from sxsh_options.i18n.sources import citation
from sxsh_options.services.calendar import Filing
from sxsh_options.storage.calendar_out import calendar_to_ics
from sxsh_options.storage.naming import assessment_file_name
from sxsh_options.ui import shell
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.plan_tables import fitted


def empty(wording: Wording) -> None:
    """Say what to do where there is nothing to file for."""
    shell.show(tag("p", wording.text("calendar.empty"), class_="sx-lead"))
    with st.container(horizontal=True, key="calendar_empty"):
        for page in ("facility", "options"):
            link_to(page, wording)


def lead(filing: Filing, wording: Wording) -> None:
    """Show the next day to file by in one sentence, or whom to ask for it."""
    coming = filing.calendar.next_to_file
    if not coming:
        _ask(filing, wording)
        return
    shell.show(tag("p", _lead(filing.calendar, wording), class_="sx-lead"))
    if all(event.match.verdict != "eligible" for event in coming):
        shell.show(tag("p", wording.text("calendar.lead.uncertain"), class_="sx-quiet"))
        shell.link("sources", wording.text("calendar.lead.uncertain.go"), icon=":material/arrow_forward:")


def _ask(filing: Filing, wording: Wording) -> None:
    """Say that no day is known, and who knows: the province's department of industry and trade."""
    facility = filing.assessment.facility
    found = province_today(facility.province) or province_today(facility.province_before_merger)
    whom = (
        wording.text("calendar.department", province=found.current)
        if found
        else wording.text("calendar.department.unknown")
    )
    counts = {"any_time": len(filing.calendar.any_time), "undated": len(filing.calendar.undated)}
    shell.show(tag("p", wording.text("calendar.lead.none", whom=whom, **counts), class_="sx-lead"))
    if not found:
        link_to("facility", wording)


def _lead(calendar: Calendar, wording: Wording) -> str:
    coming = calendar.next_to_file
    first = coming[0]
    places = dict.fromkeys(place_of(event.match.source, wording) for event in coming)
    said = {"day": first.day, "place": "; ".join(places), "year": str(first.for_year)}
    days = (first.day - calendar.as_of).days
    if days > 1:
        return wording.text("calendar.lead", days=days, **said)
    return wording.text("calendar.lead.tomorrow" if days else "calendar.lead.today", **said)


def dated(calendar: Calendar, wording: Wording) -> Html:
    """Return the events by date, those of the same day, place and article in one row."""
    alike: dict[tuple[object, ...], list[Event]] = {}
    for event in calendar.events:
        window, place = event.match.source.window, place_of(event.match.source, wording)
        article = str(window.reference) if window else ""
        alike.setdefault((event.day, event.kind, event.for_year, place, article), []).append(event)
    rows = (
        (
            join([wording.date(events[0].day), quiet(_left(events[0].day, calendar.as_of, wording))]),
            _what(events[0], wording),
            _listed((event.match for event in events), wording),
        )
        for events in alike.values()
    )
    headings = [wording.text(f"calendar.{name}") for name in ("day", "what", "source")]
    return tag("div", fitted(headings, rows, wording.text("calendar.dated")), class_="sx-dated")


def download(filing: Filing, wording: Wording, revision: int) -> None:
    """Offer the events as a calendar file of a saved revision, made when it is asked for."""
    st.download_button(
        wording.text("calendar.download"),
        lambda: calendar_to_ics(filing, wording, partial(citation, wording=wording), revision),
        file_name=assessment_file_name(filing.assessment.title, "ics"),
        mime="text/calendar",
        key="download_ics",
        icon=":material/event:",
        on_click="ignore",
    )
    shell.show(tag("p", wording.text("calendar.download.note"), class_="sx-quiet"))


def undated(calendar: Calendar, wording: Wording) -> None:
    """Show where one may file on any day, and which days are not known."""
    text = wording.text
    if calendar.any_time:
        rows = (
            (named(match, wording), _any_time(match, wording), place_of(match.source, wording))
            for match in calendar.any_time
        )
        headings = [text("calendar.source"), text("calendar.note"), text("sources.files_at")]
        shell.show(tag("h2", text("calendar.any_time")), fitted(headings, rows, text("calendar.any_time")))
    if calendar.undated:
        title = text("calendar.undated", count=len(calendar.undated))
        with st.expander(title, key="calendar_undated", expanded=not calendar.events):
            asked = (
                (
                    named(each.match, wording),
                    _why_undated(each, wording),
                    place_of(each.match.source, wording),
                )
                for each in calendar.undated
            )
            headings = [text(f"calendar.{name}") for name in ("source", "why", "ask")]
            shell.show(fitted(headings, asked, title))


def _what(event: Event, wording: Wording) -> Html:
    place, window = place_of(event.match.source, wording), event.match.source.window
    said = wording.text(f"calendar.event.{event.kind}", place=place, year=str(event.for_year))
    reference = article(window.reference, wording) if window and window.reference else None
    return join([tag("span", said), quiet(reference) if reference else Html()])


def _why_undated(each: Undated, wording: Wording) -> Html:
    if each.reason == "rule_ends" and each.last_day is not None:
        said = wording.text("calendar.undated.rule_ends.on", day=each.last_day)
    else:
        said = wording.text(f"calendar.undated.{each.reason}")
    missing = each.match.source.missing
    if missing is None:
        return tag("span", said)
    return join([tag("span", said), quiet(wording.text("calendar.unknown", what=missing.both[wording.lang]))])


def _any_time(match: Match, wording: Wording) -> Html:
    window, until = match.source.window, match.version.until if match.version else None
    said = [window.note.both[wording.lang]] if window and window.note else []
    said += [wording.text("calendar.until", day=until)] if until else []
    order = match.source.award_order
    return join([tag("span", " ".join(said)), quiet(order.both[wording.lang]) if order else Html()])


def _left(day: date, as_of: date, wording: Wording) -> str:
    days = (day - as_of).days
    if days > 1:
        return wording.text("calendar.left", days=days)
    return wording.text("calendar.left.tomorrow" if days else "calendar.left.today")


def _listed(matches: Iterable[Match], wording: Wording) -> Html:
    return tag("ul", (tag("li", named(match, wording)) for match in matches), class_="sx-plain")


def named(match: Match, wording: Wording) -> Html:
    """Return a source with its verdict."""
    verdict = wording.text(f"match.verdict.{match.verdict}")
    return join([tag("span", match.source.name.both[wording.lang]), quiet(verdict)])


def place_of(source: Source, wording: Wording) -> str:
    """Return where to file, or whom to ask."""
    return source.files_at.both[wording.lang] if source.files_at else wording.text("calendar.place_unknown")


def link_to(page: str, wording: Wording) -> None:
    """Show the way to a page, by its name."""
    label = wording.text("calendar.missing.go", page=wording.text(f"nav.{page}"))
    shell.link(page, label, icon=":material/arrow_forward:")


def article(reference: Reference, wording: Wording) -> str:
    """Return where a rule stands, and how it is known."""
    return f"{citation(reference, wording)} · {wording.text(f'evidence.{reference.evidence}')}"


def quiet(said: str) -> Html:
    """Return a remark below what it belongs to."""
    return tag("div", said, class_="sx-quiet")


def in_words(words: Text, wording: Wording) -> str:
    """Return a text of the data in the reader's language."""
    return words.vi if wording.lang == "vi" else words.en

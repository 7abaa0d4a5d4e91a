"""Fields that take what people type: read by one parser, saved at once, answered beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from sxsh_options.errors import Message
from sxsh_options.funding.provinces import merged_province, unknown_province
from sxsh_options.i18n import Wording
from sxsh_options.services import editing, entry
from sxsh_options.services.editing import Path
from sxsh_options.services.entry import Bounds, Entry, Typed
from sxsh_options.ui import language, shell
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, join, tag
from sxsh_options.ui.widgets import entered, stands
from sxsh_options.ui.work import Work

Read = Callable[[Typed], Entry]
Show = Callable[[Any], str]  # the value of the document as the field shows it

_LONGEST_NAME, _LONGEST_NOTE = 300, 2_000
_NOT_KNOWN = "not_known"  # the answer beside the others that takes an answer back
_SHORT_LIST = 10


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one assessment, in one language."""

    work: Work
    wording: Wording

    def typed(
        self,
        path: Path,
        label: str,
        read: Read,
        show: Show,
        *,
        echo: Show | None = None,
        hint: str = "",
        area: bool = False,
    ) -> None:
        """Show a field for text that `read` understands; beside it, how it was understood or what is wrong.

        Parameters
        ----------
        path : tuple of str
            Of the field in the document.
        label : str
        read : callable
        show : callable
            The value, as it stands in the field.
        echo : callable, optional
            The value in words, below the field.
        hint : str
            An example, while the field is empty.
        area : bool
            Whether several lines may be written.
        """
        value, draft = self.work.get(*path), editing.draft(self.work.document, path)
        if draft is not None and self._is_clear_now(path, read, draft):
            st.rerun()  # what stands above has been drawn without it
        key = key_of(path)
        text = draft if draft is not None else "" if value is None else show(value)
        widget = st.text_area if area else st.text_input
        widget(
            label,
            text if stands(key, text) else "",
            key=key,
            placeholder=hint or None,
            on_change=careful(lambda: self._take(path, read, entered(key))),
        )
        if draft is not None:
            self._answer(path, read, draft, value, echo or show)
        elif echo is not None and value is not None:
            shell.show(tag("p", f"= {echo(value)}", class_="sx-echo"))

    def text(self, path: Path, label: str, *, hint: str = "", area: bool = False) -> None:
        """Show a field for a name, or for a note of several lines."""
        longest = _LONGEST_NOTE if area else _LONGEST_NAME
        self.typed(path, label, lambda typed: entry.read_text(typed.text, longest), str, hint=hint, area=area)

    def province(self, path: Path, label: str, *, hint: str = "") -> None:
        """Show a field for a province; what is not known, or is part of another now, is said."""
        self.text(path, label, hint=hint)
        name = str(self.work.get(*path) or "")
        unknown, merged = unknown_province(name), merged_province(name)
        if unknown is not None:
            shell.show(tag("p", self.wording.word(unknown), class_="sx-ask"))
        elif merged is not None:
            shell.show(tag("p", f"= {self.wording.word(merged)}", class_="sx-echo"))

    def money(
        self, path: Path, label: str, *, yearly: bool = False, bounds: Bounds | None = None, hint: str = ""
    ) -> None:
        """Show a field for an amount in đồng; negative ones only where the bounds let them."""
        read = partial(entry.read_money, yearly=yearly, bounds=bounds or entry.NOT_NEGATIVE)
        words = self.wording

        def shown(value: Any) -> str:
            currency = currency_of(value)
            digits = words.exact(amount_of(value))
            return digits if currency == "VND" else f"{digits}\u00a0{currency}"

        def echo(value: Any) -> str:
            amount = self._amount(value)
            return words.text("field.a_year", amount=amount) if yearly else amount

        self.typed(path, label, read, shown, echo=echo, hint=hint)

    def dong(self, path: Path, label: str, *, hint: str = "") -> None:
        """Show a field for an amount that the document holds as a bare number of đồng."""

        def read(typed: Typed) -> Entry:
            found = entry.read_money(typed)
            return replace(found, value=found.value["amount"]) if found.status == "value" else found

        self.typed(path, label, read, self.wording.exact, echo=self.wording.money_compact, hint=hint)

    def plain(self, path: Path, label: str, bounds: Bounds, *, hint: str = "") -> None:
        """Show a field for a number without a unit."""
        self.typed(path, label, partial(entry.read_plain, bounds=bounds), self.wording.exact, hint=hint)

    def percent(self, path: Path, label: str, bounds: Bounds, *, hint: str = "") -> None:
        """Show a field for a percentage; the document holds the share."""
        self.typed(path, label, partial(entry.read_percent, bounds=bounds), self._percentage, hint=hint)

    def whole(
        self, path: Path, label: str, bounds: Bounds, *, unit: str | None = "year", hint: str = ""
    ) -> None:
        """Show a field for a whole number, of years or of what `unit` says."""
        self.typed(
            path, label, partial(entry.read_whole, bounds=bounds, unit=unit), self.wording.exact, hint=hint
        )

    def day(self, path: Path, label: str, latest: date | None = None) -> None:
        """Show a field for a calendar day."""
        self.typed(
            path,
            label,
            lambda typed: entry.read_day(typed.text, latest),
            lambda value: date.fromisoformat(value).strftime("%d/%m/%Y"),
            hint="31/12/2025",
        )

    def choice(
        self,
        path: Path,
        label: str,
        choices: Mapping[str, str],
        *,
        otherwise: str | None = None,
        empty: str = "",
    ) -> None:
        """Show a choice among named values; `otherwise` is what holds while nothing is chosen.

        Typing always narrows the list: where it cannot, an input method still opens the list, and Enter then
        takes its first line, whatever was typed. A short list is narrowed by how its names begin.
        """
        key = key_of(path)
        chosen = self.work.get(*path)
        options: list[str] = list(choices)
        st.session_state[key] = chosen if chosen in choices else otherwise
        st.selectbox(
            label,
            options,
            index=None if otherwise is None else 0,  # what is chosen stands in the session
            format_func=choices.__getitem__,
            key=key,
            filter_mode="prefix" if len(options) < _SHORT_LIST else "contains",
            placeholder=empty or self.wording.text("field.choose"),
            on_change=careful(lambda: self.work.put(path, entered(key))),
        )

    def answer(self, path: Path, label: str, answers: Mapping[str, str]) -> None:
        """Show a few named values side by side, "not known" among them, so that none is chosen unseen."""
        chosen = self.work.get(*path)
        now = chosen if isinstance(chosen, str) and chosen in answers else None
        self._side_by_side(path, label, answers, now, {name: name for name in answers})

    def yes_no(self, path: Path, label: str) -> None:
        """Show a question that may stay unanswered."""
        values = {"yes": True, "no": False}
        now = next((name for name, value in values.items() if value is self.work.get(*path)), None)
        names = {name: self.wording.text(f"field.{name}") for name in values}
        self._side_by_side(path, label, names, now, values)

    def tick(self, path: Path, label: str) -> None:
        """Show a box to tick; the document holds that it is ticked, or nothing."""
        key = key_of(path)
        st.session_state[key] = self.work.get(*path) is True
        st.checkbox(label, key=key, on_change=careful(lambda: self.work.put(path, entered(key) or None)))

    def _side_by_side(
        self, path: Path, label: str, names: Mapping[str, str], now: str | None, values: Mapping[str, object]
    ) -> None:
        key = key_of(path)
        shown = {**names, _NOT_KNOWN: self.wording.text("field.not_known")}
        st.session_state[key] = now or _NOT_KNOWN
        st.radio(  # a blank typed on a row of buttons would choose the one in focus
            label,
            list(shown),
            format_func=shown.__getitem__,
            key=key,
            horizontal=True,
            on_change=careful(lambda: self.work.put(path, values.get(entered(key)))),
        )

    def _amount(self, value: Any) -> str:
        """Return an amount in words; one in a foreign currency also in đồng, where its rate is known."""
        currency, amount = currency_of(value), amount_of(value)
        if currency == "VND":
            return self.wording.money_compact(amount)
        foreign = f"{self.wording.exact(amount)}\u00a0{currency}"
        rates = editing.rows(self.work.document, "exchange_rates")
        rate = next((row.get("vnd_per_unit") for row in rates if row.get("currency") == currency), None)
        return foreign if rate is None else f"{foreign} = {self.wording.money_compact(amount * rate)}"

    def _percentage(self, value: float) -> str:
        return f"{self.wording.exact(round(value * 100, 12))}\u00a0%"

    def _take(self, path: Path, read: Read, text: str, chosen: float | None = None) -> None:
        self.work.enter(path, read(self._typed(text, chosen)), text)

    def _is_clear_now(self, path: Path, read: Read, draft: str) -> bool:
        """Take a text that could mean two numbers, once another field has shown how they are written."""
        found = read(self._typed(draft))
        if found.status != "value":
            return False
        self.work.enter(path, found, draft)
        return editing.draft(self.work.document, path) is None

    def _typed(self, text: str, chosen: float | None = None) -> Typed:
        known = self.work.get(editing.NUMBER_STYLE)
        own = language.number_style()
        return Typed(text, own if known == own else None, chosen)

    def _answer(self, path: Path, read: Read, draft: str, value: Any, said: Show) -> None:
        """Say what is wrong with a text that could not be read, or ask what it means."""
        read_again = read(self._typed(draft))
        words = self.wording
        if read_again.status == "ambiguous":
            shell.show(tag("p", words.text("field.ambiguous", text=draft), class_="sx-ask", role="alert"))
            with st.container(horizontal=True, key=f"{key_of(path)}-means"):
                for candidate in read_again.candidates:
                    st.button(
                        meaning_of(candidate, self.wording),
                        key=f"{key_of(path)}-{candidate!r}",
                        on_click=careful(partial(self._take, path, read, draft, candidate)),
                    )
        elif read_again.fault is not None:
            shell.show(tag("p", words.word(read_again.fault), class_="sx-fault", role="alert"))
        if value is not None:
            shell.show(tag("p", words.text("field.still_used", value=said(value)), class_="sx-echo"))


def meaning_of(candidate: float, wording: Wording) -> str:
    """Return one of the numbers that an ambiguous text may mean, so that they can be told apart."""
    code = "field.means_thousands" if abs(candidate) >= 1000 else "field.means_decimal"
    return wording.text(code, number=wording.exact(candidate))


def key_of(path: Sequence[str]) -> str:
    """Return the key of the widget of a field; what is no letter, digit, dot or hyphen becomes ``_``."""
    return "f-" + "-".join("".join(c if c.isalnum() or c == "." else "_" for c in part) for part in path)


def amount_of(value: Any) -> float:
    """Return the number of an amount in the document, which may stand there bare."""
    return float(value["amount"] if isinstance(value, Mapping) else value)


def currency_of(value: Any) -> str:
    """Return the currency of an amount in the document; one that stands there bare is in đồng."""
    return str(value.get("currency", "VND")) if isinstance(value, Mapping) else "VND"


def remarks(messages: Sequence[Message], wording: Wording) -> Html:
    """Return faults or questions as lines below a field."""
    return join(tag("p", wording.word(what), class_="sx-ask") for what in messages)

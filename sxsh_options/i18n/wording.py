"""One language's voice: messages, terms, units, amounts and durations as a person reads them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from numbers import Integral
from typing import Any

from sxsh_options.errors import Message, Place, UnitError
from sxsh_options.i18n.formats import ENGLISH, MISSING, NO_BREAK_SPACE, VIETNAMESE, Style
from sxsh_options.i18n.texts import Lang, Texts
from sxsh_options.parameters import DATA_FOLDER, default_parameters
from sxsh_options.units import canonical

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_STEP = re.compile(r"([^.\[\]]+)((?:\[\d+\])?)")  # of a path: a key, and which row of its list
_CASH_FLOW = re.compile(r"(\d+(?:–\d+)?): (-?\d+)")  # "1–10: 140000000"
_STYLES: dict[str, Style] = {"vi": VIETNAMESE, "en": ENGLISH}
_NAMES = ("resource", "term")  # types whose value begins with a capital letter on its own
_UNSAFE = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, invisible marks, line ends
_LONGEST_TEXT = 200  # of a value quoted in a sentence
_UNGROUPED_BELOW = 10_000  # a year is written 2026 in either language
_SMALL_VND = 100
# Factors of electricity are known per MWh; per kWh they would be strings of zeros.
_LARGER_UNITS = {"tCO2e/kwh": (1000.0, "tCO2e/mwh"), "TOE/kwh": (1000.0, "TOE/mwh")}
_MONTHS_A_YEAR = 12
_DAYS_A_YEAR = 365


@cache
def _project_texts() -> Texts:
    return Texts(DATA_FOLDER / "locales")


def within(name: str) -> str:
    """Return a name as it stands inside a sentence: "Điện" becomes "điện"; "COD" and "pH" stay."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def capital(text: str) -> str:
    """Return a text as it stands by itself, with a capital letter."""
    return text[:1].upper() + text[1:]


def _same_unit(word: str, unit: str) -> bool:
    return _spelt(word) is not None and _spelt(word) == _spelt(unit)


@cache
def _spelt(unit: str) -> str | None:
    """Return how a unit is called in our tables; ``None`` where it is none of them."""
    try:
        return canonical(unit)
    except UnitError:
        return None


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula in words and symbols, and the convention that it follows."""

    name: str
    expression: str
    convention: str


class Wording:
    """Words in one language.

    Nothing here raises on what it is given to say: an unknown code is shown as it is, and a value
    that does not exist as a dash.

    Parameters
    ----------
    lang : {"vi", "en"}
    texts : Texts, optional
        Where the texts come from; those of ``data/locales`` by default.
    """

    def __init__(self, lang: Lang, texts: Texts | None = None) -> None:
        self.lang: Lang = lang
        self._texts = texts or _project_texts()
        self._style = _STYLES[lang]
        self._writers: dict[str, Callable[[Any], str]] = {
            "text": self.quoted,
            "integer": self.integer,
            "number": self.number,
            "percent": self.percent,
            "money_vnd": self.money,
            "money_words": self.money_compact,
            "years": self.years,
            "months": self.months,
            "days": self.days,
            "date": self.date,
            "resource": self.resource,
            "resources": self.resources,
            "unit": self.unit,
            "units": self.units,
            "capex_unit": self.capex_unit,
            "term": self.term,
            "parameter": self.parameter,
            "source": self.source,
            "place": self.place,
            "field": self.field,
        }

    @property
    def value_types(self) -> frozenset[str]:
        """The types that a locale file may declare for a value."""
        return frozenset(self._writers)

    # Texts

    def source(self, name: str) -> str:
        """Return the name of a source of money; an id that nobody knows as it is."""
        from sxsh_options.funding import default_register  # late: most pages never ask

        known = default_register().sources.get(name)
        return self.quoted(name) if known is None else known.name.both[self.lang]

    def word(self, message: Message) -> str:
        """Return what a message says, without its place."""
        return self.text(message.code, **message.params)

    def text(self, code: str, /, **params: Any) -> str:
        """Return the text with this code, its values written by their declared types."""
        entry = self._texts.get(code)
        if entry is None or self.lang not in entry.texts:
            shown = ", ".join(f"{name}={self.quoted(value)}" for name, value in params.items())
            return f"{code} ({shown})" if shown else code

        def write(found: re.Match[str]) -> str:
            name = found.group(1)
            if name not in params:
                return found.group(0)
            declared = entry.params.get(name, "text")
            value = self._write(params[name], declared)
            starts = found.start() == 0 or text[: found.start()].endswith((". ", "? ", "! "))
            return value if starts or declared not in _NAMES else within(value)

        text = entry.texts[self.lang]
        return _PLACEHOLDER.sub(write, text)

    def term(self, name: str) -> str:
        """Return the name of a thing (``term.<name>``, or a full code such as ``triage.rejected``)."""
        for code in (f"term.{name}", name):
            entry = self._texts.get(code)
            if entry is not None and self.lang in entry.texts:
                return entry.texts[self.lang]
        return self.quoted(name)

    def parameter(self, parameter_id: str) -> str:
        """Return the description of a dated parameter; what is no parameter is shown as it is."""
        parameters = default_parameters()
        if parameter_id not in parameters:
            return self.quoted(parameter_id)
        return parameters.parameter(parameter_id).description[self.lang]

    def formula(self, formula: str) -> FormulaText:
        """Return a formula's name, expression and convention."""
        code = f"formula.{formula}"
        return FormulaText(self.text(code), self.text(f"{code}.expression"), self.text(f"{code}.convention"))

    def evidence_mark(self, evidence: str) -> str:
        """Return the short mark of a figure that was not read in its source, in brackets; else ``""``."""
        return "" if evidence in ("", "read") else f"[{self.text(f'evidence_mark.{evidence}')}]"

    def place(self, place: Place | None) -> str:
        """Return where something stands: ``file:sheet:row:column``, then the field of a document.

        Of a field both are said: its name, and its path, by which it is found in the file.
        """
        if place is None:
            return ""
        parts = [place.file, place.sheet, place.row, place.column]
        if place.field:
            named, path = self.field(place.field), self.quoted(place.field)
            parts.append(path if named == path else f"{named} ({path})")
        return ":".join(self.quoted(part) for part in parts if part not in (None, ""))

    def field(self, path: str) -> str:
        """Return a field of a document as the screen calls it: ``options[2].name`` is "giải pháp 3, tên"."""
        said = []
        for key, position in _STEP.findall(path):
            number = int(position[1:-1]) + 1 if position else None
            said.append(self._key(key, number))
        return ", ".join(dict.fromkeys(said)) or self.quoted(path)

    def _key(self, key: str, number: int | None) -> str:
        """Return the name of one key of a document, or of a row of the list that stands under it."""
        if number is not None and self._texts.get(f"row.{key}") is not None:
            return self.text(f"row.{key}", number=number)
        for code in (f"section.{key}", f"field.{key}", f"term.feasibility_{key}", f"term.weight_{key}"):
            if self._texts.get(code) is not None:
                return within(self.text(code))
        return within(self.resource(key))  # of a table by resource; else as it was written

    def located(self, message: Message) -> str:
        """Return what a message says, behind its place where it has one."""
        place = self.place(message.place)
        return f"{place}: {self.word(message)}" if place else self.word(message)

    # Names

    def resource(self, resource: str) -> str:
        """Return the name of a resource; its id where there is none of that id."""
        from sxsh_options.resources.catalogue import resources

        found = resources().get(resource)
        if found is None:
            return self.quoted(resource)
        return found.name_vi if self.lang == "vi" else found.name_en

    def resources(self, listed: str) -> str:
        """Return the names of resources whose ids stand in a list; each can be typed as it is shown."""
        return ", ".join(within(self.resource(resource)) for resource in listed.split(", "))

    def capex_unit(self, option_id: str) -> str:
        """Return what the investment of an option of the catalogue is the price of: "lò hơi", "boiler"."""
        from sxsh_options.options.tables import option_catalogue

        found = option_catalogue().options.get(option_id)
        return self.quoted(option_id) if found is None else found.capex_unit[self.lang]

    def of_resource(self, name: str, resource: str | None) -> str:
        """Return a name with the resource that it belongs to, in brackets."""
        return name if resource is None else f"{name} ({within(self.resource(resource))})"

    def unit(self, unit: str) -> str:
        """Return a unit as it is written: ``m3`` is m³, ``VND/kwh`` is ₫/kWh, ``t/year`` is tấn/năm."""
        return "/".join(self._simple_unit(part) for part in unit.split("/"))

    def units(self, listed: str) -> str:
        """Return the units of a list in words, where the word can be typed too; else their symbols."""
        shown = ((unit, self.unit(unit)) for unit in listed.split(", "))
        return ", ".join(word if _same_unit(word, unit) else self.quoted(unit) for unit, word in shown)

    def _simple_unit(self, unit: str) -> str:
        entry = self._texts.get(f"unit.{unit.strip().lower()}") or self._texts.get(f"unit.{_spelt(unit)}")
        return entry.texts.get(self.lang, unit) if entry is not None else self.quoted(unit)

    # Quantities

    def number(self, value: float | Decimal | None, significant: int = 4) -> str:
        """Write a number with so many significant digits; its whole part is never cut."""
        return MISSING if value is None else self._style.number(value, significant)

    def integer(self, value: int | None) -> str:
        """Write a whole number; groups of three digits are set apart from 10,000 on."""
        if value is None:
            return MISSING
        return self._style.fixed(value, 0, grouped=abs(value) >= _UNGROUPED_BELOW)

    def exact(self, value: float) -> str:
        """Write a number in full, as a field shows it to be edited; grouped like :meth:`integer`."""
        return self._style.exact(value, grouped=abs(value) >= _UNGROUPED_BELOW)

    def percent(self, share: float | None, significant: int = 4) -> str:
        """Write a share (0.125) as a percentage (12,5 %)."""
        if share is None:
            return MISSING
        hundredfold = Decimal(repr(float(share))).scaleb(2)
        return f"{self._style.number(hundredfold, significant)}{NO_BREAK_SPACE}%"

    def quantity(self, value: float | None, unit: str, significant: int = 4) -> str:
        """Write a number with its unit."""
        shown = self.unit(unit)
        digits = self.number(value, significant)
        return f"{digits}{NO_BREAK_SPACE}{shown}" if shown else digits

    def value(self, value: float | int | str | bool | None, unit: str = "", significant: int = 6) -> str:
        """Write a value as results carry it, with the unit that it came with.

        A text is the name of a term, or cash flows by year (``0: -600; 1–10: 140``); a ``share`` is a
        percentage.
        """
        if value is None:
            return MISSING
        if isinstance(value, bool):
            return self.term("yes" if value else "no")
        if isinstance(value, str):
            flows = _CASH_FLOW.sub(lambda f: f"{f.group(1)}: {self.money(float(f.group(2)))}", value)
            return flows if unit == "VND" else self.term(value)
        if unit == "share":
            return self.percent(value, significant)
        if unit == "years":
            return self.years(value)
        if unit == "VND":
            return self.money(value)
        if unit in _LARGER_UNITS:
            factor, larger = _LARGER_UNITS[unit]
            return self.quantity(value * factor, larger, significant)
        if unit == "" and isinstance(value, int):
            return self.integer(value)
        return self.quantity(value, unit, significant)

    def money(self, vnd: float | None) -> str:
        """Write an amount of VND in full: 1.234.567 ₫; a price of a few đồng keeps three digits."""
        if vnd is None:
            return MISSING
        digits = self._style.number(vnd, 3) if abs(vnd) < _SMALL_VND else self._style.fixed(vnd, 0)
        return f"{digits}{NO_BREAK_SPACE}₫"

    def money_compact(self, vnd: float | None, significant: int = 3) -> str:
        """Write an amount of VND in words of scale: 1,5 tỷ ₫, 600 triệu ₫; in full below a million."""
        if vnd is None or abs(vnd) < _SMALL_VND:
            return self.money(vnd)
        digits, scale = self._style.scaled(vnd, significant)
        return NO_BREAK_SPACE.join(part for part in (digits, scale, "₫") if part)

    def years(self, years: float | None) -> str:
        """Write a duration given in years.

        A whole number of years (a lifetime; an integer by its type) stays in years. Else it is in months
        below two years, as the cleaner-production manuals have it, in days below one month, and below one
        day without a figure.
        """
        if years is None:
            return MISSING
        if isinstance(years, Integral) or not years < 2:
            return self._duration(years, "year")
        if abs(years) * _MONTHS_A_YEAR >= 1 or years == 0:
            return self.months(years * _MONTHS_A_YEAR)
        days = years * _DAYS_A_YEAR
        return self.text("duration.below_day") if 0 < days < 1 else self._duration(days, "day")

    def months(self, months: float | None) -> str:
        """Write a duration given in months."""
        return MISSING if months is None else self._duration(months, "month")

    def days(self, days: float | None) -> str:
        """Write a duration given in days as :meth:`years` does."""
        return self.years(None if days is None else days / _DAYS_A_YEAR)

    def date(self, day: date | None) -> str:
        """Write a calendar date: 22/11/2026, or 22 Nov 2026 in English."""
        return MISSING if day is None else self._style.date(day)

    def _duration(self, value: float, unit: str) -> str:
        digits = self._style.number(value, 3)
        form = "one" if digits == "1" else "many"
        return f"{digits}{NO_BREAK_SPACE}{self.text(f'duration.{unit}.{form}')}"

    # Values inside a sentence

    def _write(self, value: Any, declared: str) -> str:
        if value is None:
            return MISSING
        try:
            return self._writers.get(declared, self.quoted)(value)
        except (TypeError, ValueError, ArithmeticError, AttributeError):
            return self.quoted(value)

    def quoted(self, value: Any) -> str:
        """Show a value that came from outside: one line, no control characters, not endless."""
        if isinstance(value, (list, tuple, set, frozenset)):
            return ", ".join(self.quoted(item) for item in value)
        shown = str(value)
        if not shown.isprintable():
            shown = "".join("\ufffd" if unicodedata.category(c) in _UNSAFE else c for c in shown)
        return shown if len(shown) <= _LONGEST_TEXT else shown[: _LONGEST_TEXT - 1] + "…"

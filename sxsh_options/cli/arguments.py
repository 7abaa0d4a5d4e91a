"""The arguments of ``sxsh rank``: every fault of a command line at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from sxsh_options.cli.parsers import Parser
from sxsh_options.errors import InputError, Message, SxshError, message
from sxsh_options.i18n import Wording
from sxsh_options.model import Override, Weights
from sxsh_options.screening.results import Criterion

OutputFormat = Literal["table", "csv", "json"]
FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)

_EXTENSIONS = (".csv", ".json", ".txt")  # of a result: what it holds is known by it
_RATE_LOW, _RATE_HIGH = -1.0, 10.0  # what the model takes as a rate
_YEARS_LOW, _YEARS_HIGH = 1, 100
_WEIGHT_HIGH = 100
_LAST_YEAR = 2100
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DAY_FIRST_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class RankArguments:
    """What ``sxsh rank`` was asked for; ``None`` leaves the assessment's or the default value."""

    source: Path
    as_of: date
    by: Criterion
    format: OutputFormat
    discount_rate: float | None = None
    years: int | None = None
    weights: Weights | None = None
    prices: tuple[Override, ...] = ()
    out: Path | None = None
    explain: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


def rank_parser(wording: Wording) -> Parser:
    """Return the parser of ``sxsh rank``."""
    parser = Parser(wording, "cli.rank")
    parser.epilog = wording.text("cli.rank.epilog")
    inputs = parser.add_argument_group(wording.text("cli.inputs"))
    inputs.add_argument(
        "inputs", nargs="*", metavar=wording.text("cli.rank.input"), help=wording.text("cli.help.input")
    )
    parser.option("--by", help_code="by", metavar="|".join(CRITERIA))
    parser.option("--discount-rate", help_code="discount_rate", metavar="R")
    parser.option("--years", help_code="years", metavar="N")
    parser.option("--as-of", help_code="as_of", metavar="DATE")
    parser.option("--weights", help_code="weights", metavar="W")
    parser.option("--price", help_code="price", metavar="RESOURCE_UNIT=VND", action="append", default=[])
    parser.option("--format", help_code="format", metavar="|".join(FORMATS))
    parser.option("--out", help_code="out", metavar="FILE")
    parser.option("--explain", help_code="explain", metavar="OPTION_ID", action="append", default=[])
    parser.option("--together", help_code="together", metavar="OPTION_ID", action="append", default=[])
    parser.common_options()
    return parser


def read_rank_arguments(
    parser: Parser, arguments: Sequence[str], wording: Wording, today: date
) -> RankArguments | None:
    """Read the arguments of ``sxsh rank``.

    Returns
    -------
    RankArguments or None
        ``None`` where help is asked for.

    Raises
    ------
    InputError
        With a message for every fault.
    """
    values, unknown = parser.read(arguments)
    if values.help:
        return None
    faults = ArgumentFaults(unknown)
    source = faults.source(values.inputs)
    out = faults.out(values.out, source, any_extension=values.format is not None)
    given = RankArguments(
        source=source,
        as_of=faults.date(values.as_of) or today,
        by=cast("Criterion", faults.choice("--by", values.by or "payback", CRITERIA)),
        format=cast("OutputFormat", faults.choice("--format", values.format or _format_of(out), FORMATS)),
        discount_rate=faults.rate(values.discount_rate),
        years=faults.years(values.years),
        weights=faults.weights(values.weights),
        prices=faults.prices(values.price, wording),
        out=out,
        explain=tuple(dict.fromkeys(values.explain)),
        together=tuple(dict.fromkeys(values.together)),
    )
    if faults.found:
        raise InputError(faults.found)
    return given


def _format_of(out: Path | None) -> str:
    extension = out.suffix.lower().removeprefix(".") if out else ""
    return extension if extension in ("csv", "json") else "table"


@dataclass(slots=True)
class ArgumentFaults:
    """Reads one argument after the other and gathers what is wrong with them."""

    found: list[Message] = field(default_factory=list)

    def add(self, code: str, **params: object) -> None:
        """Add a fault."""
        self.found.append(message(code, **params))

    def source(self, inputs: Sequence[str]) -> Path:
        """Return the file to read."""
        if not inputs:
            self.add("cli.no_input")
        elif len(inputs) > 1 and not self.found:  # else it is likely the value of an unknown option
            self.add("cli.many_inputs", inputs=", ".join(inputs))
        return Path(inputs[0]) if inputs else Path()

    def choice(self, option: str, value: str, choices: Sequence[str]) -> str:
        """Return one of several words."""
        if value not in choices:
            self.add("cli.not_a_choice", option=option, value=value, choices=", ".join(choices))
        return value

    def date(self, text: str | None) -> date | None:
        """Return a day, as it is written in either order."""
        if text is None:
            return None
        found = _ISO_DATE.fullmatch(text.strip()) or _DAY_FIRST_DATE.fullmatch(text.strip())
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
        except ValueError:
            day = None  # 31/02/2026
        if day is not None and day.year <= _LAST_YEAR:
            return day
        code = "cli.not_a_date" if day is None else "cli.date_too_late"
        self.add(code, option="--as-of", value=text)
        return None

    def number(self, option: str, text: str, *, percent: bool = False) -> float | None:
        """Return a number."""
        from sxsh_options.numerals import read_number

        reading = read_number(text, percent=percent)
        if reading.status == "value":
            return reading.value
        code = "cli.ambiguous_number" if reading.status == "ambiguous" else "cli.not_a_number"
        self.add(code, option=option, value=text)
        return None

    def money(self, option: str, text: str) -> float | None:
        """Return an amount of đồng, as people write it: ``500tr``, ``1,2 tỷ``, ``1.200.000``."""
        from sxsh_options.services.entry import Typed, read_money

        found = read_money(Typed(text))
        if found.status == "value":
            return float(found.value["amount"])
        if found.fault is not None:
            self.found.append(found.fault.at(file=option))
        else:
            self.add("cli.ambiguous_number", option=option, value=text)
        return None

    def rate(self, text: str | None) -> float | None:
        """Return a rate."""
        if text is None:
            return None
        option = "--discount-rate"
        rate = self.number(option, text, percent=True)
        if rate is None:
            return None
        if abs(rate) >= 1 and not text.rstrip().endswith("%"):
            self.add("cli.rate_unclear", option=option, value=text)
            return None
        if not _RATE_LOW < rate <= _RATE_HIGH:
            self.add("cli.rate_out_of_range", option=option, value=rate, low=_RATE_LOW, high=_RATE_HIGH)
            return None
        return rate

    def years(self, text: str | None) -> int | None:
        """Return a number of years."""
        if text is None:
            return None
        digits = text.strip()
        if digits.isascii() and digits.isdigit() and _YEARS_LOW <= int(digits[:9]) <= _YEARS_HIGH:
            return int(digits)
        self.add("cli.years_out_of_range", option="--years", value=text, low=_YEARS_LOW, high=_YEARS_HIGH)
        return None

    def weights(self, text: str | None) -> Weights | None:
        """Return the weights of the three aspects."""
        if text is None:
            return None
        option = "--weights"
        names = tuple(Weights.model_fields)
        pairs = [tuple(part.strip() for part in pair.split("=", 1)) for pair in re.split("[,;]", text)]
        if sorted(pair[0] for pair in pairs) != sorted(names) or any(len(pair) == 1 for pair in pairs):
            self.add("cli.weights_form", option=option, value=text)
            return None
        weights: dict[str, float] = {}
        for name, digits in pairs:
            value = self.number(option, digits)
            if value is not None and not 0 <= value <= _WEIGHT_HIGH:
                self.add("cli.weight_out_of_range", option=option, name=name, value=digits)
            elif value is not None:
                weights[name] = value
        if len(weights) < len(names):
            return None
        if not any(weights.values()):
            self.add("cli.weights_all_zero", option=option)
            return None
        return Weights(**weights)

    def prices(self, texts: Sequence[str], wording: Wording) -> tuple[Override, ...]:
        """Return prices of one's own."""
        found: dict[str, Override] = {}
        for text in texts:
            override = self._price(text, f"command_line_{len(found) + 1}", wording)
            if override is None:
                continue
            if override.key in found:
                self.add("cli.price_twice", option="--price", resource=override.key)
            found[override.key] = override
        return tuple(found.values())

    def _price(self, text: str, override_id: str, wording: Wording) -> Override | None:
        from sxsh_options.resources import catalogue, conversion

        option = "--price"
        name, _, digits = text.partition("=")
        if "_" not in name or not digits.strip():
            self.add("cli.price_form", option=option, value=text)
            return None
        price = self.number(option, digits)
        if price is not None and price < 0:
            self.add("cli.price_negative", option=option, value=text)
            price = None
        resource = unit = ""
        wrong: tuple[Message, ...] = ()
        parts = name.strip().split("_")
        for end in range(1, len(parts)):  # both names may hold a "_"; the longest resource name counts
            try:
                found = catalogue.find("_".join(parts[:end])).resource_id
                conversion.to_canonical(found, 1.0, "_".join(parts[end:]))
            except SxshError as error:
                wrong = wrong if isinstance(error, InputError) and wrong else error.messages
            else:
                resource, unit = found, "_".join(parts[end:])
        if not resource:
            self.found += [fault.at(field=f"{option} {text}") for fault in wrong]
        if not resource or price is None:
            return None
        return Override(
            id=override_id,
            kind="price",
            key=resource,
            value=price,
            unit=unit,
            reason=wording.text("cli.price_reason"),
        )

    def out(self, text: str | None, source: Path, *, any_extension: bool) -> Path | None:
        """Return the file to write."""
        if text is None:
            return None
        out = Path(text)
        where = {"option": "--out"}
        if out.is_dir():
            self.add("cli.out_is_folder", **where, file=text)
        elif not out.parent.is_dir():
            self.add("cli.out_no_folder", **where, folder=str(out.parent))
        elif out.exists() and source.exists() and out.samefile(source):
            self.add("cli.out_is_input", **where, file=text)
        elif not any_extension and out.suffix.lower() not in ("", *_EXTENSIONS):
            self.add("cli.out_extension", **where, extension=out.suffix, known=", ".join(_EXTENSIONS))
        return out

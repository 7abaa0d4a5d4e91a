"""Ranked options as JSON and CSV: machine keys, dot decimals, every number finite or absent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from math import isfinite
from typing import Any

from pydantic_core import to_json

from sxsh_options.errors import Message
from sxsh_options.resources import catalogue
from sxsh_options.screening.results import (
    AssumptionUsed,
    Bundle,
    Explanation,
    RankedList,
    RankedOption,
    Source,
    known,
)

SCHEMA = 1

_NAMES = [field.name for field in fields(RankedOption)]
_PUBLISHED = _NAMES[: _NAMES.index("tier") + 1]
_FURTHER = [name for name in _NAMES if name not in {*_PUBLISHED, "warnings"}]

Word = Callable[[Message], str]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_SCORES = ("technical", "economic", "environmental", "total")
_NESTED = ("physical_savings", "scores", "triage_reasons", "warnings")


def ranked_to_json(ranked: RankedList, word: Word, together: Bundle | None = None) -> str:
    """Return a ranking as JSON.

    ``assumptions`` has ``as_of``, ``ranked_by``, ``measure``, each assumption by its name (and inside it by
    resource or currency, where there is one for each), and under ``sources`` how each is known. What
    does not exist is ``null``.

    Parameters
    ----------
    ranked : RankedList
    word : callable
        Gives the text of a message.
    together : Bundle, optional
        Several options as one investment; stands under ``together``.
    """
    word = _once_each(word)
    document: dict[str, Any] = {"schema": SCHEMA, "assumptions": _assumptions(ranked), "options": []}
    document["messages"] = [_message(what, word) for what in ranked.messages]
    if ranked.explanations:
        document["explanations"] = {
            option: [_explanation(explanation, word) for explanation in explained]
            for option, explained in ranked.explanations.items()
        }
    if together is not None:
        document["together"] = {
            **asdict(together),
            "consumption": [_explanation(explained, word) for explained in together.consumption],
            "messages": [_message(what, word) for what in together.messages],
        }
    head, _, tail = _json(document, indent=2).partition('"options": []')
    # One line an option: a long list then never stands in memory as one tree.
    rows = ",\n".join(f"    {_json(_option(option, word))}" for option in ranked.options)
    return f'{head}"options": [\n{rows}\n  ]{tail}\n' if rows else f'{head}"options": []{tail}\n'


def _json(value: Any, indent: int | None = None) -> str:
    return to_json(value, indent=indent, inf_nan_mode="null").decode()


def ranked_to_csv(ranked: RankedList, word: Word) -> str:
    """Return a ranking as CSV, one row an option.

    There is no byte order mark: in front of a file it makes Excel read Vietnamese rightly, in a pipe it is
    in the way, so whoever writes the file puts it there.

    Physical savings have a column ``saving_<resource>_<unit>`` each, warnings and reasons are one
    text each. A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    word = _once_each(word)
    saved = list(dict.fromkeys(resource for option in ranked.options for resource in option.physical_savings))
    units = catalogue.resources()
    saving_columns = [f"saving_{resource}_{units[resource].unit}" for resource in saved]
    plain = [name for name in _NAMES if name not in _NESTED]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [*plain, *(f"score_{name}" for name in _SCORES), *saving_columns, "triage_reasons", "warnings"]
    )
    columns = [_cells([known(option, name) for option in ranked.options]) for name in plain]
    columns += [_cells([getattr(option.scores, name) for option in ranked.options]) for name in _SCORES]
    columns += [_cells([option.physical_savings.get(r) for option in ranked.options]) for r in saved]
    columns.append(_cells([_joined(option.triage_reasons, word) for option in ranked.options]))
    columns.append(_cells([_joined(option.warnings, word) for option in ranked.options]))
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _cells(column: Sequence[str | float | None]) -> Sequence[str | float | None]:
    """Return a column with texts neutralised and finite numbers as they are; ``None`` is left empty."""
    if any(isinstance(value, str) for value in column):
        return [neutralised(value) if isinstance(value, str) else value for value in column]
    return [value if value is not None and isfinite(value) else None for value in column]  # type: ignore[arg-type]


def _joined(messages: Sequence[Message], word: Word) -> str:
    return " | ".join(word(what) for what in messages)


def _option(option: RankedOption, word: Word) -> dict[str, Any]:
    """Return an option with the keys of the published interface first and its warnings behind them."""
    return {
        **{name: known(option, name) for name in _PUBLISHED},
        "warnings": [_message(what, word) for what in option.warnings],
        **{name: known(option, name) for name in _FURTHER},
        "scores": {name: getattr(option.scores, name) for name in _SCORES},
        "triage_reasons": [_message(what, word) for what in option.triage_reasons],
    }


def _once_each(word: Word) -> Word:
    """Return the same, with each distinct message worded once: long lists repeat the same few."""
    known: dict[tuple[str, tuple[tuple[str, Any], ...]], str] = {}

    def cached(what: Message) -> str:
        key = (what.code, tuple(what.params.items()))
        if key not in known:
            known[key] = word(what)
        return known[key]

    return cached


def _message(what: Message, word: Word) -> dict[str, Any]:
    return {"code": what.code, "text": word(what), "params": what.params}


def _assumptions(ranked: RankedList) -> dict[str, Any]:
    values: dict[str, Any] = {"as_of": ranked.as_of, "ranked_by": ranked.by, "measure": ranked.measure}
    for used in ranked.assumptions:
        subject = used.resource or (used.unit.partition("VND/")[2] if used.name == "exchange_rate" else "")
        if subject:
            values.setdefault(used.name, {})[subject] = used.value
        else:
            values[used.name] = used.value
    return {**values, "sources": [_source_of(used) for used in ranked.assumptions]}


def _source_of(used: AssumptionUsed) -> dict[str, Any]:
    return {
        "name": used.name,
        "resource": used.resource,
        "value": used.value,
        "unit": used.unit,
        "source": _source(used.source),
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return None if source is None else asdict(source)


def _explanation(explanation: Explanation, word: Word) -> dict[str, Any]:
    return {
        "quantity": explanation.quantity,
        "resource": explanation.resource,
        "formula": explanation.formula,
        "value": explanation.value,
        "unit": explanation.unit,
        "inputs": [
            {
                "name": used.name,
                "resource": used.resource,
                "value": used.value,
                "unit": used.unit,
                "source": _source(used.source),
            }
            for used in explanation.inputs
        ],
        "messages": [_message(what, word) for what in explanation.messages],
    }

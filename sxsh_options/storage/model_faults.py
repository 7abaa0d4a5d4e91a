"""What pydantic finds wrong with a value, as messages that say what would be right."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from sxsh_options.errors import Message, message

_LONGEST_QUOTE = 60


def quoted(value: Any) -> str:
    """Return a value as it stands in a document, cut where it is long."""
    if isinstance(value, dict | list | tuple):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, float) and math.isinf(value):  # digits beyond a double are not kept
        return "> 1e308" if value > 0 else "< -1e308"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _choices(error: ErrorDetails) -> str:
    return str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")


def _pattern(error: ErrorDetails) -> Message:
    if error["loc"][-1:] == ("currency",):
        return message("input.bad_currency", value=quoted(error["input"]))
    return message("input.bad_id", id=quoted(error["input"]))


def _rule(error: ErrorDetails) -> Message:
    """Return the message of a rule of the model: its ValueError says a code."""
    plain = {
        "weights_all_zero": message("input.weights_all_zero"),
        "real_rate_needs_inflation": message("input.real_rate_needs_inflation"),
        "period_reversed": message("input.period_reversed"),
        "saving_needs_quantity_or_percent": message("input.saving_needs_quantity_or_percent"),
        "saving_share_of_nothing": message("input.saving_share_of_nothing"),
        "grace_not_within_term": message("input.grace_not_within_term"),
        "floating_needs_both": message("input.floating_needs_both"),
        "not_a_date": message("input.field_not_a_date", value=quoted(error["input"])),
    }
    return plain.get(str(error["ctx"]["error"])) or _other(error)


def _other(error: ErrorDetails) -> Message:
    return message("input.field_wrong", value=quoted(error["input"]), reason=error["msg"])


def _expects(code: str) -> Callable[[ErrorDetails], Message]:
    return lambda error: message(code, value=quoted(error["input"]))


def _allows(error: ErrorDetails) -> Message:
    return message("input.field_not_allowed", value=quoted(error["input"]), allowed=_choices(error))


def _limits(code: str, bound: str) -> Callable[[ErrorDetails], Message]:
    return lambda error: message(code, value=quoted(error["input"]), bound=float(error["ctx"][bound]))


_MESSAGES: dict[str, Callable[[ErrorDetails], Message]] = {
    "missing": lambda e: message("input.field_missing", field=str(e["loc"][-1])),
    "float_type": _expects("input.field_not_a_number"),
    "int_type": _expects("input.field_not_a_whole_number"),
    "int_from_float": _expects("input.field_not_a_whole_number"),
    "finite_number": _expects("input.field_not_finite"),
    "string_type": _expects("input.field_not_text"),
    "bool_type": _expects("input.field_not_true_or_false"),
    "date_type": _expects("input.field_not_a_date"),
    "date_parsing": _expects("input.field_not_a_date"),
    "date_from_datetime_parsing": _expects("input.field_not_a_date"),
    "date_from_datetime_inexact": _expects("input.field_not_a_date"),
    "model_type": _expects("input.field_not_an_object"),
    "dict_type": _expects("input.field_not_an_object"),
    "tuple_type": _expects("input.field_not_a_list"),
    "enum": _allows,
    "literal_error": _allows,
    "greater_than": _limits("input.field_not_above", "gt"),
    "greater_than_equal": _limits("input.field_below", "ge"),
    "less_than_equal": _limits("input.field_above", "le"),
    "string_too_short": lambda _: message("input.field_empty"),
    "string_too_long": lambda e: message(
        "input.text_too_long", length=len(str(e["input"])), limit=int(e["ctx"]["max_length"])
    ),
    "string_pattern_mismatch": _pattern,
    "value_error": _rule,
}


def fault_of(error: ErrorDetails) -> Message:
    """Return one of pydantic's findings as a message, without its place.

    A finding that has no words of its own comes back as ``input.field_wrong`` with pydantic's reason.
    Unknown fields are told by the reader of documents, which knows the fields around them.
    """
    return _MESSAGES.get(error["type"], _other)(error)

"""Who could pay for an assessment's options on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sxsh_options.errors import Message, ParameterError
from sxsh_options.funding import Match, default_register, match
from sxsh_options.model import Assessment
from sxsh_options.parameters import default_parameters


@dataclass(frozen=True, slots=True)
class Matched:
    """Every source against one assessment on a day; the files of sources that could not be used."""

    as_of: date
    found: tuple[Match, ...]
    left_out: tuple[Message, ...]


def sources_for(assessment: Assessment, as_of: date) -> Matched:
    """Hold every known source of money against an assessment by the rules of a day.

    Limits in dollars are taken at the assessment's own rate, else at the published one.
    """
    register = default_register()
    found = match(assessment, as_of, register, _vnd_per_usd(assessment, as_of))
    return Matched(as_of, tuple(found), register.faults)


def files_left_out() -> tuple[Message, ...]:
    """Return what is wrong with files of sources that could not be used."""
    return default_register().faults


def _vnd_per_usd(assessment: Assessment, as_of: date) -> float | None:
    own = [rate for rate in assessment.exchange_rates if rate.currency == "USD"]
    if own:
        return max(own, key=lambda rate: rate.on).vnd_per_unit
    try:
        return default_parameters().get("fx.vnd_per_usd", as_of).number
    except ParameterError:
        return None

"""Who could pay for an assessment's options on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sxsh_options.errors import Message, ParameterError
from sxsh_options.funding import Match, default_register, match
from sxsh_options.funding.amounts import costs_of
from sxsh_options.funding.eligibility import Verdict
from sxsh_options.funding.matching import to_finance
from sxsh_options.funding.schema import Kind
from sxsh_options.model import Assessment, Facility
from sxsh_options.parameters import default_parameters
from sxsh_options.screening.valuation import Exchange

MONEY: frozenset[Kind] = frozenset({"grant", "loan", "interest_support", "guarantee"})

# The field of the facility that answers a fact of another name.
_FIELD_OF = {
    "province_kind": "province",
    "business_group": "vsic",
    "industrial_production": "vsic",
    "industrial_establishment": "vsic",
    "counted_revenue_vnd": "revenue_vnd",
    "years_since_conversion": "ward_converted_on",
    "age_years": "founded_on",
    "domestic_capital_share": "ownership",
}
_MAY_LEAVE_OPEN = frozenset({"vsic", "ownership"})


@dataclass(frozen=True, slots=True)
class Matched:
    """Every source against one assessment on a day; the files of sources that could not be used.

    ``investment_vnd`` is what is to be financed, net of VAT.
    """

    as_of: date
    found: tuple[Match, ...]
    left_out: tuple[Message, ...]
    investment_vnd: float

    def money(self, verdict: Verdict) -> tuple[Match, ...]:
        """Return the grants, loans, interest supports and guarantees of a verdict."""
        return tuple(m for m in self.found if m.verdict == verdict and m.source.kind in MONEY)

    def beside(self, verdict: Verdict) -> tuple[Match, ...]:
        """Return what else has the verdict: tax measures, advice, own capital."""
        return tuple(m for m in self.found if m.verdict == verdict and m.source.kind not in MONEY)


def sources_for(assessment: Assessment, as_of: date) -> Matched:
    """Hold every known source of money against an assessment by the rules of a day.

    Limits in dollars are taken at the assessment's own rate, else at the published one.
    """
    register = default_register()
    found = match(assessment, as_of, register, _vnd_per_usd(assessment, as_of))
    investment = costs_of(to_finance(assessment), Exchange(assessment.exchange_rates)).total_vnd
    return Matched(as_of, tuple(found), register.faults, investment)


def field_that_answers(fact: str, facility: Facility) -> str | None:
    """Return the field of the facility that would tell a fact; ``None`` where none would.

    A field that is filled in and yet leaves it open is to be mended (a province that nobody knows), except
    where it cannot say it: foreign ownership tells no share.
    """
    name = _FIELD_OF.get(fact, fact)
    if name not in Facility.model_fields:
        return None
    return None if name in _MAY_LEAVE_OPEN and getattr(facility, name) else name


def period_of(match: Match) -> tuple[date, date | None] | None:
    """Return the first and the last day of the rule that holds; the last is not always known."""
    version = match.version
    if version is None:
        return None
    later = [each.from_ for each in match.source.versions if each.from_ > version.from_]
    until = version.until
    if until is None and later:
        until = min(later) - timedelta(days=1)
    return version.from_, until


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

"""Assumptions that belong together, changed together: the document never holds one half of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sxsh_options import finance
from sxsh_options.errors import Message, message
from sxsh_options.model.merging import Document
from sxsh_options.parameters import DatedValue, default_parameters
from sxsh_options.resources.emissions import GRID_PARAMETER
from sxsh_options.services import editing
from sxsh_options.services.editing import Path

AT: Path = ("assumptions",)
RATE: Path = (*AT, "discount_rate")
IS_REAL: Path = (*AT, "discount_rate_is_real")
INFLATION: Path = (*AT, "inflation_rate")
WEIGHTS: Path = (*AT, "weights")
KINDS_OF_WEIGHT = ("technical", "economic", "environmental")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What counts on a day where an assessment says nothing."""

    discount_rate: DatedValue
    inflation: DatedValue
    tax_bands: DatedValue
    weights: DatedValue
    usd: DatedValue
    loss_years: DatedValue


def defaults(as_of: date) -> Defaults:
    """Return the dated defaults of the assumptions."""
    get = default_parameters().get
    return Defaults(
        discount_rate=get("discount_rate.default", as_of),
        inflation=get("inflation.planning", as_of),
        tax_bands=get("corporate_income_tax.rate", as_of),
        weights=get("cp_feasibility.weights", as_of),
        usd=get("fx.vnd_per_usd", as_of),
        loss_years=get("corporate_income_tax.loss_carry_forward_years", as_of),
    )


def unusual_rate(document: Document, as_of: date) -> Message | None:
    """Return the question that the discount rate of a document raises, if it is an unusual one."""
    rate = editing.get(document, RATE)
    bounds: Mapping[str, float] = default_parameters().get("plausibility.discount_rate", as_of).value
    if rate is None or bounds["low"] <= rate <= bounds["high"]:
        return None
    return message("assume.unusual_rate", rate=float(rate), low=bounds["low"], high=bounds["high"])


def grid_years(as_of: date) -> Mapping[int, DatedValue]:
    """Return the grid factors that were published on a day by the year that they were measured for."""
    values = default_parameters().parameter(GRID_PARAMETER).values
    known = [v for v in values if v.data_year and v.valid_from and v.valid_from <= as_of]
    return {v.data_year: v for v in reversed(known) if v.data_year is not None}


def is_real(document: Document) -> bool:
    """Whether the discount rate of a document is a real one."""
    return bool(editing.get(document, IS_REAL))


def with_real_rate(document: Document, of: Defaults) -> Document:
    """Return the document with the real rate that its nominal one amounts to, so that no result changes.

    Inflation is the document's own, else the planning value.
    """
    if is_real(document):
        return document
    given = editing.get(document, RATE)
    nominal = of.discount_rate.number if given is None else float(given)
    own = editing.get(document, INFLATION)
    inflation = of.inflation.number if own is None else float(own)
    real = round((1.0 + nominal) / (1.0 + inflation) - 1.0, 6)
    return _with(document, {RATE: real, INFLATION: inflation, IS_REAL: True})


def with_nominal_rate(document: Document, of: Defaults) -> Document:
    """Return the document with the nominal rate of its real one; none where that is the default."""
    if not is_real(document):
        return document
    real, inflation = (float(editing.get(document, path)) for path in (RATE, INFLATION))
    nominal = round(float(finance.real_to_nominal(real, inflation)), 5)
    rate = None if nominal == of.discount_rate.number else nominal
    return _with(document, {RATE: rate, INFLATION: None, IS_REAL: None})


def with_own_weights(document: Document, of: Defaults) -> Document:
    """Return the document with all three weights, at first those of the default."""
    weights = {kind: float(of.weights.value[kind]) for kind in KINDS_OF_WEIGHT}
    return editing.put(document, WEIGHTS, weights)


def with_default_weights(document: Document) -> Document:
    """Return the document without weights and drafts of its own."""
    for kind in KINDS_OF_WEIGHT:
        document = editing.with_draft(document, (*WEIGHTS, kind), None)
    return editing.put(document, WEIGHTS, None)


def without_own(document: Document) -> Document:
    """Return the document as if nobody had entered an assumption."""
    return editing.put(document, AT, {})


def _with(document: Document, changes: Mapping[Path, object]) -> Document:
    for path, value in changes.items():
        document = editing.settle(document, path, value)
    return document

"""Matched sources as JSON, for other programs."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

from sxsh_options.funding import Match
from sxsh_options.funding.amounts import ItemAmount
from sxsh_options.funding.eligibility import Outcome
from sxsh_options.funding.facts import Value
from sxsh_options.funding.rules import Rule
from sxsh_options.funding.schema import Document, Reference
from sxsh_options.services.money import Matched, period_of

SCHEMA = 1


def matches_to_json(matched: Matched) -> str:
    """Return matched sources as a JSON document of schema 1."""
    document = {
        "schema": SCHEMA,
        "as_of": matched.as_of,
        "sources": [_source(found) for found in matched.found],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _source(found: Match) -> dict[str, Any]:
    source, window = found.source, found.source.window
    return {
        "source_id": source.id,
        "name": source.name.model_dump(),
        "kind": source.kind,
        "status": found.status,
        "verdict": found.verdict,
        "amount_vnd": found.amount_vnd,
        "amount_upper_bound_vnd": found.amount_upper_bound_vnd,
        "remaining_budget_vnd": found.remaining_vnd,
        "items": [_item(item) for item in found.items],
        "criteria": [_criterion(outcome) for outcome in found.criteria],
        "window": {
            "closes": found.deadline.closes if found.deadline else None,
            "for_year": found.deadline.for_year if found.deadline else None,
            "files_at": source.files_at.model_dump() if source.files_at else None,
            "decides": source.decides.model_dump() if source.decides else None,
            "note": window.note.model_dump() if window and window.note else None,
            "reference": _reference(window.reference) if window else None,
        },
        "dossier": [_document(document) for document in source.dossier],
        "rule": _rule(found),
        "checked_on": source.checked_on,
    }


def _rule(found: Match) -> dict[str, Any] | None:
    """Return the period of the rule that holds; ``None`` where none does."""
    version, period = found.version, period_of(found)
    if version is None or period is None:
        return None
    return {
        "from": period[0],
        "until": period[1],
        "start_assumed": version.start_assumed,
        "known_until": version.still_valid_on,
        "references": [_reference(each) for each in version.references],
    }


def _item(item: ItemAmount) -> dict[str, Any]:
    line = item.support
    return {
        "item": line.item,
        "eligible_cost_vnd": item.eligible_cost_vnd,
        "costs": list(line.costs),
        "base": line.base,
        "rate": line.rate if line.rate is not None else line.loan_share,
        "cap_vnd": item.cap_vnd,
        "cap_per": line.cap_per,
        "multiplier": line.multiplier.value if line.multiplier else None,
        "amount_vnd": item.amount_vnd,
        "amount_upper_bound_vnd": item.upper_bound_vnd,
        "no_such_cost": item.no_such_cost,
        "interest_rate": line.interest_rate,
        "interest_points": line.points,
        "share_of_interest": line.share_of_interest,
        "term_years": line.term_years,
        "grace_years": line.grace_years,
        "own_equity_min": line.own_equity_min,
        "collateral_share": line.collateral_share,
        "note": line.note.model_dump() if line.note else None,
        "reference": _reference(line.reference),
    }


def _criterion(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "name": dict(outcome.name) if outcome.is_condition else None,
        "result": outcome.result,
        "observed": {name: _finite(value) for name, value in outcome.observed.items()},
        "required": required(outcome.required) if outcome.required else None,
        "reference": _reference(outcome.reference),
        "evidence": outcome.reference.evidence if outcome.reference else None,
        "to_mend": [required(test) for test in outcome.to_mend],
        "to_ask": list(outcome.to_ask),
        "assumed": list(outcome.assumed),
        "since": outcome.since,
        "since_assumed": outcome.is_since_assumed,
        "is_final": outcome.is_final,
    }


def _finite(value: Value) -> Value:
    """Return a fact as JSON can hold it: a revenue that does not count is none."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def required(rule: Rule) -> dict[str, Any]:
    """Return a rule as it stands in its file."""
    return rule.model_dump(mode="json", exclude_none=True)


def _reference(reference: Reference | None) -> dict[str, str] | None:
    return reference.model_dump() if reference else None


def _document(document: Document) -> dict[str, Any]:
    return {"name": document.name.model_dump(), "filled_by": document.filled_by}

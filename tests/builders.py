"""Small assessments for tests, built the short way."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sxsh_options.model import Assessment

AS_OF = date(2026, 11, 22)


def assessment(*options: dict[str, Any], **rest: Any) -> Assessment:
    """Return an assessment with the given options, read as a JSON document is."""
    document = {
        "id": "test",
        "title": "Test",
        "facility": {"name": "Plant"},
        "options": list(options),
        **rest,
    }
    return Assessment.model_validate_json(json.dumps(document))


def option(
    option_id: str = "A", capex: float = 100e6, saving: float | None = 25e6, **rest: Any
) -> dict[str, Any]:
    """Return an option of one equipment item and a stated saving, living ten years."""
    given: dict[str, Any] = {"id": option_id, "name": f"Option {option_id}", "technical_life_years": 10}
    if capex:
        given["capex"] = [{"kind": "equipment", "amount": capex}]
    if saving is not None:
        given["annual_saving"] = saving
    return given | rest


def electricity(quantity: float = 100_000.0, price: float | None = 2000.0, **rest: Any) -> dict[str, Any]:
    """Return a baseline of one calendar year with one electricity flow, id ``power``."""
    flow: dict[str, Any] = {"id": "power", "resource": "electricity", "quantity": quantity, "unit": "kWh"}
    if price is not None:
        flow["unit_price"] = price
    return {"start": "2025-01-01", "end": "2025-12-31", "flows": [flow], **rest}

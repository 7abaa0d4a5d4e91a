"""Documents of earlier versions: what has another name today."""

from __future__ import annotations

from typing import Any

_FACILITY_FIELDS = {"employees": "employees_insured"}
_LEGAL_FORMS = {"company": "enterprise", "other": None}  # nobody knows what the other one was


def with_todays_names(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with today's names; the same object where nothing has another one."""
    facility = document.get("facility")
    if not isinstance(facility, dict):
        return document
    made = {_FACILITY_FIELDS.get(name, name): value for name, value in facility.items()}
    form = made.get("legal_form")
    if isinstance(form, str) and form in _LEGAL_FORMS:
        made["legal_form"] = _LEGAL_FORMS[form]
    return document if made == facility else {**document, "facility": made}

"""A small library for tests: who uses it, when, and documents with the rows that they project to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sxsh_options.services.library import Actor, FacilityRow, OptionRow, Projection, ResultRow

LAN = Actor("lan", "Nguyễn Thị Lan")
MINH = Actor("minh", "Trần Minh")
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def document(options: int = 2, **changes: Any) -> dict[str, Any]:
    """Return a document whose option n has a name, a life of n years and one cost item."""
    return {
        "schema_version": 1,
        "id": "new",
        "title": "Xưởng sữa",
        "facility": {"name": "Sữa Hà Nam", "legal_form": "enterprise"},
        "options": [
            {
                "id": f"option{n}",
                "name": f"Giải pháp {n}",
                "technical_life_years": n,
                "capex": [{"id": "cost1", "kind": "equipment", "amount": {"amount": n * 1e6}}],
            }
            for n in range(1, options + 1)
        ],
        **changes,
    }


def with_option(given: dict[str, Any], option_id: str, **changes: Any) -> dict[str, Any]:
    """Return the document with fields of one option changed."""
    options = [{**row, **changes} if row["id"] == option_id else row for row in given["options"]]
    return {**given, "options": options}


def project(given: dict[str, Any]) -> Projection:
    """Return rows that tell which document they were made of; an option's NPV is its life times 1000."""
    options = given.get("options", [])
    return Projection(
        FacilityRow(name=given.get("facility", {}).get("name", "")),
        tuple(OptionRow(row["id"], row.get("name", "")) for row in options),
        tuple(
            ResultRow(
                option_id=row["id"],
                as_of=date(2026, 3, 2),
                rank=rank,
                capex_vnd=1e6,
                net_annual_benefit_vnd=5e5,
                simple_payback_years=2.0,
                payback_status="paid_back",
                npv_vnd=1000.0 * row.get("technical_life_years", 0),
                irr=None,
                equivalent_annual_vnd=10.0,
                co2e_t_per_year=None,
                energy_toe_per_year=0.0,
            )
            for rank, row in enumerate(options, 1)
        ),
    )

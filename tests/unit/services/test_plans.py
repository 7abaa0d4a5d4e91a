"""A plan for an assessment that has been here longer than the register."""

from __future__ import annotations

from datetime import date

from sxsh_options.services.plans import PlanRequest, plan_for
from tests.builders import assessment, option


def test_what_names_a_source_that_is_gone_is_said() -> None:
    """A file that names one is refused; what was entered before the source went is still there."""
    loan = {"rate": 0.08, "term_years": 5, "source": "closed_bank"}
    choice = {"id": "closed_grant", "use": "count_on"}
    given = assessment(option(), financing={"loans": [loan], "sources": [choice]})
    found = plan_for(given, PlanRequest(date(2026, 11, 23))).messages
    gone = [what.params["source"] for what in found if what.code == "plan.unknown_source"]
    assert gone == ["closed_grant", "closed_bank"]

"""The screening of task 9: what the app suggests; the consultant decides."""

from __future__ import annotations

from sxsh_options.errors import Message, message
from sxsh_options.model import Answer, Option
from sxsh_options.screening.results import Triage
from sxsh_options.screening.terms import Terms


def suggest(
    option: Option, investment_vnd: float, payback: float, co2e_t: float | None, npv_vnd: float, terms: Terms
) -> tuple[Triage, tuple[Message, ...]]:
    """Return the triage of one option with its reasons.

    A decision that the consultant made stands before any suggestion. Rejected: a question of
    technical feasibility was answered with "fails", or the option neither pays back nor avoids any
    emission. Implement now: low cost and quick payback (thresholds in ``data/``), nothing against it.
    Everything else is to be analysed further.
    """
    if option.decision is not None:
        return option.decision.triage, (message("triage.decided", reason=option.decision.reason or "-"),)
    failing = [q for q, answer in option.feasibility.answers.items() if answer is Answer.FAILS]
    if failing:
        return "rejected", tuple(message("triage.fails", question=f"feasibility_{q}") for q in failing)
    never = payback == float("inf")
    if never and npv_vnd <= 0 and co2e_t is not None and co2e_t <= 0:
        return "rejected", (message("triage.no_gain"),)
    if investment_vnd < terms.low_cost_vnd and payback <= terms.quick_payback_years:
        reason = message("triage.quick", limit=terms.low_cost_vnd, years=terms.quick_payback_years)
        return "implement_now", (reason,)
    if never:
        return "analyse_further", (message("triage.pays_not_but_cleans"),)
    code = "triage.large" if investment_vnd >= terms.low_cost_vnd else "triage.slow"
    limit = {"limit": terms.low_cost_vnd} if code == "triage.large" else {"years": terms.quick_payback_years}
    return "analyse_further", (message(code, **limit),)

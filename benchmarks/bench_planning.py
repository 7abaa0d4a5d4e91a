"""A financing plan of ten cost items with all sources, beside what a spreadsheet does.

Run with ``python3 tasks.py bench``. The peer gives each item to the grant that pays most of it, fills the
rest from the cheapest loan up to its share, and takes the NPV of that with numpy-financial: no choice among
combinations, no caps across items, no cash by month.
"""

from __future__ import annotations

import json
import statistics
import time
from datetime import date
from typing import Any

import numpy as np
import numpy_financial as npf

from sxsh_options.funding.plan import best_plan, plan_terms, propose
from sxsh_options.model import Assessment
from sxsh_options.parameters import default_parameters
from sxsh_options.services.money import sources_for
from sxsh_options.services.plans import PlanRequest, plan_for, waiting_for

AS_OF = date(2026, 11, 23)
ITEMS, ROUNDS, YEARS, RATE = 10, 20, 10, 0.1
KINDS = ("equipment", "installation", "construction", "design", "consultancy", "training")
COUNTED_ON = ("khuyen_cong_can_tho_thi_diem_sxsh", "vepf", "ho_tro_lai_2pct_ngan_hang", "natif_lai_suat")


def document() -> dict[str, Any]:
    """Return a plant with ten cost items in five options, most sources of money open to it."""
    options = [
        {
            "id": f"o{n}",
            "name": f"o{n}",
            "technical_life_years": YEARS,
            "annual_saving": 6e7 * (1 + n),
            "capex": [
                {"id": f"c{n}{k}", "kind": KINDS[(2 * n + k) % len(KINDS)], "amount": 1e8 * (1 + n + k)}
                for k in range(ITEMS // 5)
            ],
        }
        for n in range(5)
    ]
    return {
        "id": "bench",
        "title": "bench",
        "facility": {
            "name": "bench",
            "legal_form": "enterprise",
            "employees_insured": 80,
            "revenue_vnd": 4e10,
            "capital_vnd": 1e10,
            "ownership": "private",
            "province": "Cần Thơ",
            "province_before_merger": "Sóc Trăng",
            "commune_kind": "xa",
            "applies_cleaner_production": True,
        },
        "project": {"project_started": False, "technology_transfer": True, "value_chain_member": True},
        "options": options,
        "assumptions": {"tax": {"profile": "company"}, "discount_rate": RATE},
        "financing": {
            "own_capital_vnd": 2e9,
            "sources": [{"id": name, "use": "count_on", "amount_vnd": 3e8} for name in COUNTED_ON],
            "loans": [
                {"id": "a", "rate": 0.085, "term_years": 5, "share_max": 0.5},
                {"id": "b", "rate": 0.079, "term_years": 4, "share_max": 0.3, "fee_share": 0.01},
            ],
        },
    }


def by_hand(costs: list[float], grants: list[tuple[float, float]], benefit: float) -> float:
    """Return the peer's NPV."""
    granted = sum(max(min(share * cost, cap) for share, cap in grants) for cost in costs)
    lent = 0.5 * sum(costs)
    payment = -npf.pmt(0.085, 5, lent)
    flows = np.full(YEARS + 1, benefit)
    flows[0] = lent - sum(costs)
    flows[1:6] -= payment
    flows[1] += granted
    return float(npf.npv(RATE, flows))


def median_ms(run: Any) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def main() -> None:
    """Measure and print."""
    assessment = Assessment.model_validate_json(json.dumps(document()))
    names = [option.id for option in assessment.options]
    terms = plan_terms(assessment, default_parameters(), AS_OF)
    matched = sources_for(assessment, AS_OF).found
    proposal = propose(assessment, names, terms, AS_OF)
    plan = best_plan(proposal, matched)
    costs = [line.borne_vnd for line in proposal.lines]
    grants = [(grant.piece.share, grant.piece.cap_vnd) for grant in plan.grants]
    peer = median_ms(lambda: by_hand(costs, grants, plan.net_annual_benefit_vnd))
    print(f"{len(costs)} cost items, {len(matched)} sources, {len(plan.grants)} grants in the plan")
    rows = {
        "the plan itself": lambda: best_plan(proposal, matched),
        "with matching and savings": lambda: plan_for(assessment, PlanRequest(AS_OF)),
        "choosing among the options": lambda: plan_for(assessment, PlanRequest(AS_OF, choose=True)),
        "least own capital": lambda: plan_for(assessment, PlanRequest(AS_OF, "own_capital")),
        "fastest payback": lambda: plan_for(assessment, PlanRequest(AS_OF, "payback")),
        "wait or act": lambda: waiting_for(assessment, PlanRequest(AS_OF)),
    }
    print(f"{'':30}{'ms':>8}{'times the peer':>16}")
    for name, run in rows.items():
        took = median_ms(run)
        print(f"{name:30}{took:8.1f}{took / peer:16.0f}")
    print(f"{'peer: a spreadsheet’s way':30}{peer:8.3f}{1:16}")


if __name__ == "__main__":
    main()

"""The plan against every other way: 300 small cases in which all choices are tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest

from sxsh_options.errors import InputError
from sxsh_options.funding.plan.best import plan_with
from sxsh_options.funding.plan.columns import BridgeColumn, Column, GrantColumn, LoanColumn
from sxsh_options.funding.plan.outcome import outcome_of
from sxsh_options.funding.plan.pieces import GrantPiece, LoanPiece, Pieces
from sxsh_options.funding.plan.proposal import Proposal
from sxsh_options.model import Financing
from tests.unit.funding.plan import cases

CASES = 300
M = cases.MILLION


def _case(seed: int) -> tuple[Proposal, list[GrantPiece], list[LoanPiece]]:
    """Return a random case: up to 3 costs, 3 grants, 2 loans, one interest support, or a bridge.

    Where there are grants, loans are small enough for no plan to give up a grant for more of a loan.
    """
    rng, of_budgets = np.random.default_rng(seed), np.random.default_rng(seed + CASES)
    years = int(rng.integers(2, 8))
    costs = rng.integers(50, 900, size=int(rng.integers(1, 4))) * M
    lines = [cases.line("a", f"item{i}", float(cost), years) for i, cost in enumerate(costs)]
    capex = float(costs.sum())
    yearly = capex * rng.uniform(0.05, 0.9) * rng.uniform(0.7, 1.3, size=years)
    grants = []
    for number in range(int(rng.integers(0, 4))):
        group = ["state_grant"] if rng.random() < 0.75 else ["donor_grant"]
        excludes = ["grant0"] if number and rng.random() < 0.2 else []
        of = cases.source(f"grant{number}", groups=group, excludes=excludes)
        most = 0.3 if group == ["state_grant"] else 0.1
        grant = cases.grant(of, float(rng.uniform(0.05, most)), float(rng.integers(20, 300) * M))
        left = float(of_budgets.integers(5, 200) * M) if of_budgets.random() < 0.3 else None
        grants.append(replace(grant, source_cap_vnd=left))
    room = 1.0 - sum(0.1 for each in grants if not each.is_state) - (0.3 if grants else 0.0)
    bridged = rng.random() < 0.5
    loans = []
    for number in range(int(rng.integers(0, 2 if bridged else 3))):
        loans.append(
            cases.loan(
                f"loan{number}",
                float(rng.uniform(0.0, 0.18)),
                int(rng.integers(1, 9)),
                grace_years=0,
                fee_share=float(rng.choice([0.0, 0.02])),
                share_max=float(rng.uniform(0.1, 1.0)) * (room / 2 if grants else 1.0),
                repayment=str(rng.choice(["annuity", "equal_principal"])),
            )
        )
    if loans and rng.random() < 0.5:
        support = cases.source("points", "interest_support", groups=["state_interest_support"])
        loans += [replace(each, support=support, support_rates=(0.02, 0.02)) for each in loans]
    limit = float(rng.uniform(0.05, 1.1)) * capex if rng.random() < 0.7 else None
    share = float(rng.uniform(0.05, 0.4)) if rng.random() < 0.3 and not grants else None
    tax = float(rng.choice([0.0, 0.2]))
    plan = cases.terms(
        years,
        Financing(own_capital_vnd=limit, own_share_min=share),
        general=cases.general(years, rate=float(rng.uniform(0.02, 0.2)), tax=tax),
        months_to_payout=int(rng.integers(1, 20)),
        bridge_rate=float(rng.uniform(0.0, 0.2)) if bridged else None,
        least_cover=float(rng.choice([0.0, 1.0, 1.3])),
        taxable=bool(rng.random() < 0.3),
    )
    return cases.proposal([cases.variant(["a"], capex, yearly.tolist())], lines, plan), grants, loans


def _best_by_trying_all(proposal: Proposal, grants: list[GrantPiece], loans: list[LoanPiece]) -> float | None:
    """Return the highest NPV of all plans: every payer of every item, every way to borrow, every corner."""
    state = [grant for grant in grants if grant.is_state]
    donors = [grant for grant in grants if not grant.is_state]
    offers = list(dict.fromkeys(loan.offer.id for loan in loans))
    ways = [[None, *(loan for loan in loans if loan.offer.id == name)] for name in offers]
    best: float | None = None
    for payers in product([None, *state], repeat=len(proposal.lines)):
        for others in product([False, True], repeat=len(donors)):
            given = [donor for donor, used in zip(donors, others, strict=True) if used]
            used = {payer.source.id for payer in payers if payer} | {donor.source.id for donor in given}
            if any(used & set(grant.source.excludes) for grant in grants if grant.source.id in used):
                continue
            paid = _paid(proposal, list(payers), given)
            for taken in product(*ways):
                worth = _best_corner(proposal, paid, [way for way in taken if way is not None])
                if worth is not None and (best is None or worth > best):
                    best = worth
    return best


def _paid(
    proposal: Proposal, payers: list[GrantPiece | None], donors: list[GrantPiece]
) -> list[tuple[Column, float]]:
    """Return the most that a choice of payers gives: each its share, cut at its cap and its budget."""
    found: list[tuple[Column, float]] = []
    for piece in {id(p): p for p in (*payers, *donors) if p is not None}.values():
        mine = [
            each
            for each, payer in zip(proposal.lines, payers, strict=True)
            if payer is piece or piece in donors
        ]
        full = [piece.share * each.borne_vnd for each in mine]
        cap = piece.cap_vnd if piece.source_cap_vnd is None else min(piece.cap_vnd, piece.source_cap_vnd)
        cut = min(1.0, cap / sum(full)) if sum(full) else 0.0
        found += [(GrantColumn(piece, each), cut * amount) for each, amount in zip(mine, full, strict=True)]
    return found


def _best_corner(
    proposal: Proposal, paid: list[tuple[Column, float]], borrowed: list[LoanPiece]
) -> float | None:
    """Return the highest NPV over the amounts of loans and bridge: a corner of what is allowed."""
    terms, (variant,) = proposal.terms, proposal.clusters[0]
    granted = sum(amount for _, amount in paid)
    free: list[Column] = [LoanColumn(piece) for piece in borrowed]
    if terms.bridge_rate is not None and paid:
        free.append(BridgeColumn())
    columns = [column for column, _ in paid] + free
    fixed = np.array([amount for _, amount in paid])
    points = np.vstack([np.zeros(len(free)), np.eye(len(free)) * variant.capex_vnd])
    rows = np.hstack([np.broadcast_to(fixed, (len(points), len(fixed))), points])
    out = outcome_of([variant], terms, columns, rows)

    # Everything is affine in the free amounts: value at nothing, and slope for each of them.
    def affine(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        rows = np.atleast_2d(values)
        return rows[0], (rows[1 : len(free) + 1] - rows[0]).T / variant.capex_vnd

    factors = (1.0 + terms.general.discount_rate) ** -np.arange(proposal.years + 1.0)
    at, slope = affine(out.flows.equity)
    npv_at, npv_slope = float(at @ factors), factors @ slope
    demands: list[tuple[float, np.ndarray]] = []  # a + b x >= 0
    limit = terms.financing.own_capital_vnd
    if limit is not None:
        for values in (out.cumulative_vnd, out.before_year_end_vnd, out.flows.equity.cumsum(axis=-1)):
            at, slope = affine(values)
            demands += [(float(a) + limit, b) for a, b in zip(at, slope, strict=True)]
    if borrowed and terms.least_cover:
        at, slope = affine(out.cash_for_debt_vnd - terms.least_cover * out.debt_service_vnd)
        serviced = (np.atleast_2d(out.debt_service_vnd)[1:] != 0).any(axis=0)
        demands += [(float(a), b) for a, b, counts in zip(at, slope, serviced, strict=True) if counts]
    own = terms.financing.own_share_min or 0.0
    lent = np.array([1.0 if isinstance(column, LoanColumn) else 0.0 for column in free])
    demands.append((variant.capex_vnd * (1.0 - own) - granted, -lent))
    for i, column in enumerate(free):
        unit = np.eye(len(free))[i]
        most = granted
        if isinstance(column, LoanColumn):
            most = column.piece.offer.share_max * variant.capex_vnd
        demands += [(0.0, unit), (most, -unit)]
    a = np.array([each for each, _ in demands])
    b = np.array([each for _, each in demands]).reshape(len(demands), len(free))
    x = np.zeros((1, 0))
    if free:
        chosen = np.array(list(combinations(range(len(demands)), len(free))))
        size = np.abs(b[chosen]).max(axis=(1, 2), initial=1e-12)
        regular = np.abs(np.linalg.det(b[chosen] / size[:, None, None])) > 1e-9
        x = np.linalg.solve(b[chosen[regular]], -a[chosen[regular]][..., None])[..., 0]
    kept = (a + x @ b.T >= -1.0).all(axis=1)  # to one dong
    return float((npv_at + x @ npv_slope)[kept].max()) if kept.any() else None


@pytest.mark.parametrize("part", range(10))
def test_equal_to_trying_everything(part: int) -> None:
    feasible = 0
    for seed in range(part * CASES // 10, (part + 1) * CASES // 10):
        proposal, grants, loans = _case(seed)
        expected = _best_by_trying_all(proposal, grants, loans)
        pieces = Pieces(tuple(grants), tuple(loans), (), ())
        if expected is None:
            with pytest.raises(InputError):
                plan_with(proposal, pieces)
            continue
        feasible += 1
        plan = plan_with(proposal, pieces)
        assert plan.after.npv_vnd == pytest.approx(expected, abs=200.0), seed
        assert plan.status == "optimal"
    assert feasible >= CASES // 30

"""The best plan: its aims, its limits, and what it says where there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sxsh_options import finance
from sxsh_options.errors import InputError
from sxsh_options.funding.plan.best import Objective, own_capital_only, plan_with
from sxsh_options.funding.plan.columns import LoanColumn, columns_of
from sxsh_options.funding.plan.outcome import outcome_of
from sxsh_options.funding.plan.pieces import GrantPiece, Guarantee, LoanPiece, Pieces
from sxsh_options.funding.plan.proposal import Proposal
from sxsh_options.model import CostKind, Financing
from tests.unit.funding.plan import cases

M = cases.MILLION
YEARS = 5


def machine(
    capex: float = 1000 * M, benefit: float = 300 * M, years: int = YEARS, **terms: object
) -> Proposal:
    """One machine of 1,000 million that brings 300 a year."""
    plan = cases.terms(years, **terms)  # type: ignore[arg-type]
    line = cases.line("a", "machine", capex, years)
    return cases.proposal([cases.variant(["a"], capex, [benefit] * years)], [line], plan)


def having(*pieces: GrantPiece | LoanPiece, guarantees: tuple[Guarantee, ...] = ()) -> Pieces:
    grants = tuple(each for each in pieces if isinstance(each, GrantPiece))
    loans = tuple(each for each in pieces if isinstance(each, LoanPiece))
    return Pieces(grants, loans, guarantees, ())


def state(name: str, share: float, cap: float) -> GrantPiece:
    return cases.grant(cases.source(name), share, cap)


def test_one_state_grant_for_one_cost_and_the_better_one() -> None:
    plan = plan_with(machine(), having(state("a", 0.3, 200 * M), state("b", 0.25, 300 * M)))
    assert [(g.piece.source.id, g.amount_vnd) for g in plan.grants] == [("b", pytest.approx(250 * M))]
    (out,) = plan.left_out
    assert (out.source.id, out.reason.code, out.reason.params["sources"]) == (
        "a",
        "plan.out.same_cost",
        ["b"],
    )


def test_different_costs_may_have_different_state_grants() -> None:
    """200 of the first, at most 150 of the second; what is best over both is chosen, not one by one."""
    lines = [cases.line("a", name, cost * M, YEARS) for name, cost in (("first", 600), ("second", 400))]
    proposal = cases.proposal([cases.variant(["a"], 1000 * M, [300 * M] * YEARS)], lines, cases.terms(YEARS))
    # a pays half, up to 300; b 45 %, up to 200: best is a for the first (300) and b for the second (180)
    plan = plan_with(proposal, having(state("a", 0.5, 300 * M), state("b", 0.45, 200 * M)))
    assert {g.piece.source.id: round(g.amount_vnd / M) for g in plan.grants} == {"a": 300, "b": 180}


def test_a_donor_may_add_to_a_state_grant_but_never_above_the_cost() -> None:
    donor = cases.grant(cases.source("donor", groups=["donor_grant"]), 0.8, 900 * M)
    plan = plan_with(machine(), having(state("a", 0.5, 500 * M), donor))
    assert plan.granted_vnd == pytest.approx(1000 * M)


def test_an_aim_of_least_own_capital_borrows_what_does_not_pay() -> None:
    """A loan at 20 % where money is worth 10 %: never for the NPV, always for the least own capital."""
    dear = cases.loan("dear", 0.2, 5, share_max=0.6)
    assert plan_with(machine(), having(dear)).loans == ()
    plan = plan_with(machine(), having(dear), "own_capital")
    assert plan.borrowed_vnd == pytest.approx(600 * M)
    assert plan.after.own_capital_vnd == pytest.approx(400 * M)
    assert plan.after.npv_vnd < plan.before.npv_vnd


def test_the_fastest_payback_of_own_capital() -> None:
    """Own 1,000 back at 300 a year: 3.33 years. Borrowing 600 over 5 years at 10 % costs 158.3 a year, and
    400 at 141.7 a year comes back in 2.82.
    """
    loan = cases.loan("bank", 0.1, 5, share_max=0.6)
    plan = plan_with(machine(), having(loan), "payback")
    payment = 600 * 0.1 / (1 - 1.1**-5)
    assert plan.before.own_payback_years == pytest.approx(1000 / 300)
    assert plan.after.own_payback_years == pytest.approx(400 / (300 - payment), abs=0.002)


def test_never_paid_back() -> None:
    with pytest.raises(InputError) as caught:
        plan_with(machine(benefit=100 * M), having(), "payback")
    assert caught.value.messages[0].code == "plan.never_pays_back"


def test_too_little_own_capital_names_the_least_and_that_is_enough() -> None:
    loan = cases.loan("bank", 0.08, 5, share_max=0.7)
    with pytest.raises(InputError) as caught:
        plan_with(machine(financing=Financing(own_capital_vnd=100 * M)), having(loan))
    (told,) = caught.value.messages
    least = told.params["least_vnd"]
    assert (told.code, least) == ("plan.own_capital_too_small", pytest.approx(300 * M))
    plan = plan_with(machine(financing=Financing(own_capital_vnd=least + 1)), having(loan))
    assert plan.after.own_capital_vnd <= least + 2


@pytest.mark.parametrize("month", [3, 12, 18])
def test_cash_is_never_below_zero_while_a_grant_is_awaited(month: int) -> None:
    """Own capital of 500, a grant of 500: until it is paid the rest is bridged, and that costs interest."""
    terms = {"months_to_payout": month, "bridge_rate": 0.12}
    proposal = machine(financing=Financing(own_capital_vnd=500 * M), **terms)
    plan = plan_with(proposal, having(state("a", 0.5, 500 * M)))
    assert plan.bridge is not None
    assert plan.bridge.amount_vnd == pytest.approx(500 * M)
    assert plan.bridge.interest_vnd == pytest.approx(500 * M * 0.12 * month / 12)
    assert (plan.after.cumulative_vnd + plan.after.own_capital_vnd >= -1).all()
    assert plan.after.own_capital_vnd <= 500 * M + 1
    # months add up to the years
    years = np.cumsum(plan.after.equity_vnd)
    shown = plan.after.cumulative_vnd[::12]
    assert shown == pytest.approx(years[: len(shown)])


def test_without_a_bridge_the_owner_has_to_find_the_whole() -> None:
    proposal = machine(financing=Financing(own_capital_vnd=500 * M))
    with pytest.raises(InputError):
        plan_with(proposal, having(state("a", 0.5, 500 * M)))


@pytest.mark.parametrize(
    ("financing", "granted"),
    [
        (Financing(public_share_max=0.2), 200),
        (Financing(own_share_min=0.7), 300),
        (Financing(), 500),
    ],
)
def test_public_share_and_own_share(financing: Financing, granted: float) -> None:
    plan = plan_with(machine(financing=financing), having(state("a", 0.5, 500 * M)))
    assert plan.granted_vnd == pytest.approx(granted * M)


def test_collateral_and_a_guarantee_that_stands_in_for_half_of_it() -> None:
    financing = Financing(collateral_vnd=300 * M, lent_against_collateral=0.7)
    bank = cases.loan("bank", 0.05, 5)
    plain = plan_with(machine(financing=financing), having(bank))
    assert plain.borrowed_vnd == pytest.approx(210 * M)
    helped = having(bank, guarantees=(Guarantee(cases.source("g", "guarantee"), 0.5),))
    assert plan_with(machine(financing=financing), helped).borrowed_vnd == pytest.approx(420 * M)


@pytest.mark.parametrize(
    ("general", "borrowed"),
    [
        (0.5, 210),  # all from the fund: 70 % of 300; the bank would lend 150 against the same
        (None, 600),  # of the bank nobody knows: it takes no collateral
        (0.0, 210),
        (1.0, 300),
    ],
)
def test_loans_share_the_collateral_each_by_its_own_lender(general: float | None, borrowed: float) -> None:
    """A fund lends 70 % of collateral worth 300; a bank what the owner was told."""
    financing = Financing(collateral_vnd=300 * M, lent_against_collateral=general)
    fund = replace(cases.loan("fund", 0.05, 5, share_max=0.3), collateral_share=0.7)
    bank = cases.loan("bank", 0.05, 5, share_max=0.39)
    plan = plan_with(machine(financing=financing), having(fund, bank), "own_capital")
    assert plan.borrowed_vnd == pytest.approx(borrowed * M)


def test_one_interest_support_for_one_loan_and_the_better_one() -> None:
    bank = cases.loan("bank", 0.08, 5, share_max=0.5)
    two, three = (cases.source(name, "interest_support") for name in ("two", "three"))
    ways = [
        bank,
        replace(bank, support=two, support_rates=(0.02,) * 5),
        replace(bank, support=three, support_rates=(0.03,) * 5),
    ]
    plan = plan_with(machine(), having(*ways))
    assert [loan.piece.support and loan.piece.support.id for loan in plan.loans] == ["three"]
    assert plan.loans[0].effective_rate == pytest.approx(0.05)
    (out,) = plan.left_out
    assert (out.source.id, out.reason.code) == ("two", "plan.out.loan_has_support")


def test_why_an_interest_support_is_not_used_where_a_state_fund_lends() -> None:
    """The fund lends at 3 %, the bank at 8: its loan is not taken, and so no support for it."""
    lender = cases.source("fund", "loan")
    fund = replace(cases.loan("fund", 0.03, 5, share_max=1.0), source=lender)
    bank = cases.loan("bank", 0.12, 5, share_max=0.5)
    support = cases.source("points", "interest_support")
    helped = replace(bank, support=support, support_rates=(0.01,) * 5)
    plan = plan_with(machine(), having(fund, bank, helped))
    assert [loan.piece.offer.id for loan in plan.loans] == ["fund"]
    reasons = {each.source.id: each.reason.code for each in plan.left_out}
    assert reasons["points"] == "plan.out.preferential"


def test_a_yearly_cap_of_an_interest_support() -> None:
    """3 % of 500 in the first year are 15; at most 6 are taken over."""
    bank = cases.loan("bank", 0.08, 5, share_max=0.5, repayment="equal_principal")
    support = cases.source("points", "interest_support")
    capped = replace(bank, support=support, support_rates=(0.03,) * 5, support_cap_vnd=6 * M)
    plan = plan_with(machine(), having(capped))
    assert plan.loans[0].interest_vnd[1:3] == pytest.approx([40 * M - 6 * M, 32 * M - 6 * M])
    assert plan.loans[0].interest_vnd[5] == pytest.approx(8 * M - 3 * M)


def test_a_capped_support_is_given_to_one_loan() -> None:
    """Two loans of 250 at 8 %: each could have 3 points of its interest, at most 6 a year in all."""
    support = cases.source("points", "interest_support")
    banks = [cases.loan(name, 0.08, 5, share_max=0.25) for name in ("one", "two")]
    capped = [
        replace(bank, support=support, support_rates=(0.03,) * 5, support_cap_vnd=6 * M) for bank in banks
    ]
    plan = plan_with(machine(), having(*banks, *capped))
    assert plan.borrowed_vnd == pytest.approx(500 * M)
    assert sorted(loan.piece.support is not None for loan in plan.loans) == [False, True]


def test_lines_of_one_source_share_its_budget() -> None:
    """Half of 600 and half of 400 are 500; the budget still has 350."""
    lines = [cases.line("a", name, cost * M, YEARS) for name, cost in (("first", 600), ("second", 400))]
    proposal = cases.proposal([cases.variant(["a"], 1000 * M, [300 * M] * YEARS)], lines, cases.terms(YEARS))
    one = cases.source("a")
    pieces = [
        replace(cases.grant(one, 0.5, 300 * M, [kind]), source_cap_vnd=350 * M)
        for kind in ("equipment", "installation")
    ]
    proposal = replace(proposal, lines=(lines[0], replace(lines[1], kind=CostKind.INSTALLATION)))
    assert plan_with(proposal, having(*pieces)).granted_vnd == pytest.approx(350 * M)
    free = [replace(piece, source_cap_vnd=None) for piece in pieces]
    assert plan_with(proposal, having(*free)).granted_vnd == pytest.approx(500 * M)


def test_debt_service_is_covered() -> None:
    """100 a year for debt service that must be covered 1.25 times: payments of at most 80."""
    bank = cases.loan("bank", 0.05, 5)
    plan = plan_with(machine(benefit=100 * M, least_cover=1.25), having(bank), "own_capital")
    assert plan.borrowed_vnd == pytest.approx(80 * M * (1 - 1.05**-5) / 0.05)
    assert np.nanmin(plan.after.cover) == pytest.approx(1.25)


def test_losses_carried_forward_agree_with_project() -> None:
    """A project that loses at first: the program's own tax must be that of ``finance.project``."""
    general = cases.general(6, tax=0.2, losses="carry_forward")
    line = cases.line("a", "machine", 1000 * M, 6)
    variant = cases.variant(["a"], 1000 * M, [50 * M, 80 * M, 400 * M, 500 * M, 300 * M, 300 * M])
    plan_terms = cases.terms(6, general=general)
    bank = cases.loan("bank", 0.07, 5, share_max=0.6)
    plan = plan_with(cases.proposal([variant], [line], plan_terms), having(bank, state("a", 0.3, 200 * M)))
    inputs = finance.ProjectInputs(
        capex_vnd=1000 * M,
        benefit_vnd=variant.benefit_vnd,
        depreciation_fractions=np.full(6, 1 / 6),
        tax_rate=0.2,
        discount_rate=0.1,
        grants=[finance.Grant(200 * M, 1, taxable=False, reduces_basis=True)],
        loans=[finance.Loan(plan.borrowed_vnd, 0.07, 5)],
        loss_treatment="carry_forward",
        loss_carry_years=5,
    )
    assert plan.granted_vnd == pytest.approx(200 * M)
    assert plan.after.npv_vnd == pytest.approx(finance.project(inputs).npv_vnd)


def test_a_plan_is_never_worth_less_than_own_capital_alone() -> None:
    proposal = machine()
    plan = plan_with(proposal, having(cases.loan("dear", 0.3, 5), state("a", 0.1, 10 * M)))
    assert plan.after.npv_vnd >= own_capital_only(proposal.clusters[0], proposal.terms).npv_vnd


def test_a_search_that_is_ended_gives_the_best_so_far() -> None:
    """Many items and payers: after the first plan the search is told to stop."""
    names = [f"item{n}" for n in range(12)]
    rng = np.random.default_rng(1)
    lines = [cases.line("a", name, float(rng.integers(50, 150)) * M, YEARS) for name in names]
    capex = sum(line.net_vnd for line in lines)
    proposal = cases.proposal([cases.variant(["a"], capex, [capex / 3] * YEARS)], lines, cases.terms(YEARS))
    grants = [state(f"g{n}", 0.3 + 0.02 * n, float(rng.integers(60, 200)) * M) for n in range(8)]
    found: list[float] = []
    plan = plan_with(proposal, having(*grants), progress=found.append, cancelled=lambda: bool(found))
    best = plan_with(proposal, having(*grants))
    assert found
    assert plan.after.npv_vnd <= best.after.npv_vnd + 1
    assert plan.after.npv_vnd == pytest.approx(found[-1], abs=100)
    assert best.status == "optimal"


def test_a_grant_of_before_2025_is_taxed_and_one_of_today_lowers_the_deductions() -> None:
    """100 in year 1, tax 20 %, 5 years: 80 then; or 100, less 20 % of 20 a year."""
    general = cases.general(YEARS, tax=0.2)
    taxed = machine(general=general, taxable=True, reduces_basis=False)
    exempt = machine(general=general, taxable=False, reduces_basis=True)
    worth = []
    for proposal in (taxed, exempt):
        plan = plan_with(proposal, having(state("a", 0.1, 100 * M)))
        worth.append(plan.after.npv_vnd - plan.before.npv_vnd)
    assert worth[0] == pytest.approx(80 * M / 1.1)
    assert worth[1] == pytest.approx(100 * M / 1.1 - sum(4 * M / 1.1**t for t in range(1, 6)))


def one_of_two(cheap: float, dear: float) -> Proposal:
    """Nothing, a cheap option that loses money over the years, or a dear one that brings much."""
    lines = [cases.line("a", "cheap", cheap, YEARS), cases.line("b", "dear", dear, YEARS)]
    variants = [
        cases.variant([], 0.0, [0.0] * YEARS),
        cases.variant(["a"], cheap, [cheap / YEARS] * YEARS),  # gives back just what it cost
        cases.variant(["b"], dear, [dear] * YEARS),  # within a year
    ]
    return cases.proposal(variants, lines, cases.terms(YEARS))


@pytest.mark.parametrize(
    ("objective", "options"), [("npv", ("b",)), ("own_capital", ("a",)), ("payback", ("b",))]
)
def test_doing_nothing_is_no_answer_to_least_capital_or_fastest_payback(
    objective: Objective, options: tuple[str, ...]
) -> None:
    plan = plan_with(one_of_two(100 * M, 900 * M), having(), objective)
    assert plan.option_ids == options


@pytest.mark.parametrize("objective", ["own_capital", "payback", "co2e"])
def test_a_search_that_is_ended_keeps_the_best_so_far(objective: Objective) -> None:
    """Ended once its first aim is reached: what was found for that is returned, and said to be early."""
    proposal, pieces = one_of_two(100 * M, 900 * M), having(state("a", 0.3, 200 * M))
    told: list[float] = []
    plan = plan_with(proposal, pieces, objective, progress=told.append, cancelled=lambda: len(told) > 0)
    assert plan.status == "stopped"
    assert plan.after.npv_vnd == pytest.approx(told[-1])


def test_a_search_that_is_ended_at_once_has_no_plan() -> None:
    with pytest.raises(InputError) as refused:
        plan_with(machine(), having(), cancelled=lambda: True)
    assert [fault.code for fault in refused.value.messages] == ["plan.stopped"]


def rebuying(years: int = 10) -> Proposal:
    """A machine of 1,000 that brings 300 a year and is bought again in year 8, for 900."""
    line = cases.line("a", "machine", 1000 * M, years)
    again = np.zeros(years)
    again[7] = 900 * M
    machine_again = replace(cases.variant(["a"], 1000 * M, [300 * M] * years), later_capex_vnd=again)
    return cases.proposal([machine_again], [line], cases.terms(years, least_cover=1.0))


def test_debt_is_covered_in_the_years_in_which_it_is_served() -> None:
    """Year 8 leaves nothing for debt; a loan of five years does not mind that a longer one is offered."""
    short, long = cases.loan("short", 0.05, 5, share_max=0.5), cases.loan("long", 0.03, 10, share_max=0.5)
    of_fund = replace(long, source=cases.source("fund", "loan"))
    alone = plan_with(rebuying(), having(short))
    both = plan_with(rebuying(), having(short, of_fund))
    assert alone.borrowed_vnd == both.borrowed_vnd == pytest.approx(500 * M)
    (out,) = both.left_out
    assert (out.reason.code, out.reason.params["year"]) == ("plan.out.not_covered", 8)
    free = replace(rebuying(), terms=cases.terms(10, least_cover=0.0))
    assert {loan.piece.offer.id for loan in plan_with(free, having(short, of_fund)).loans} == {
        "short",
        "long",
    }


def test_a_low_before_the_end_of_a_later_year_counts() -> None:
    """A debt of 240 is repaid in year 3: the low is in its last month, before 300 are released at its end."""
    years = 4
    released = np.zeros(years)
    released[2] = -300 * M
    line = cases.line("a", "machine", 240 * M, years)
    project = replace(cases.variant(["a"], 240 * M, [120 * M] * years), later_capex_vnd=released)
    loan = cases.loan("bank", 0.0, 3, grace_years=2, share_max=1.0)
    proposal = cases.proposal([project], [line], cases.terms(years, months_to_payout=1))
    plan = plan_with(proposal, having(loan))
    assert plan.borrowed_vnd == pytest.approx(240 * M)
    assert plan.after.own_capital_vnd == 0.0
    tight = replace(project, benefit_vnd=np.array([60, 60, 120, 120]) * M)
    plan = plan_with(replace(proposal, clusters=((tight,),)), having(loan), "npv")
    assert plan.after.own_capital_vnd == 0.0  # 120 saved by the end of year 2, then 10 a month are lost
    poorer = replace(project, benefit_vnd=np.array([60, 60, 60, 120]) * M)
    plan = plan_with(replace(proposal, clusters=((poorer,),)), having(loan), "npv")
    # 120 saved by the end of year 2; eleven months of year 3 take 11/12 of 240 - 60
    assert plan.after.own_capital_vnd == pytest.approx((11 / 12 * 180 - 120) * M)


def test_two_offers_of_one_fund_together_keep_to_its_limit() -> None:
    """70 % of the investment in all: first what costs less, then the rest at the dearer rate."""
    fund = cases.source("fund", "loan")
    offers = [
        replace(cases.loan(name, rate, 5, amount_max_vnd=most * M), source=fund, source_share_max=0.7)
        for name, rate, most in (("first", 0.03, 400), ("second", 0.06, 900))
    ]
    plan = plan_with(machine(), having(*offers))
    assert {loan.piece.offer.id: round(loan.principal_vnd / M) for loan in plan.loans} == {
        "first": 400,
        "second": 300,
    }


def test_nothing_of_own_capital_is_nothing() -> None:
    plan = plan_with(machine(), having(cases.loan("bank", 0.0, 5)))
    assert plan.borrowed_vnd == pytest.approx(1000 * M)
    assert plan.after.own_capital_vnd == 0.0


def test_the_columns_of_the_years_add_up() -> None:
    terms = {"months_to_payout": 18, "bridge_rate": 0.12, "financing": Financing(own_capital_vnd=300 * M)}
    plan = plan_with(
        machine(**terms), having(state("a", 0.5, 300 * M), cases.loan("bank", 0.08, 4, share_max=0.5))
    )
    after = plan.after
    total = (
        after.operating_vnd
        - after.invested_vnd
        + after.granted_vnd
        + after.lent_vnd
        - after.repaid_vnd
        - after.tax_vnd
    )
    assert plan.bridge is not None
    assert total == pytest.approx(after.equity_vnd)
    assert after.lent_vnd[0] == pytest.approx(plan.borrowed_vnd + plan.bridge.amount_vnd)


@pytest.mark.parametrize("seed", [*range(40), 697])  # the last: a later use of a loss would cover more debt
def test_losses_are_used_as_soon_as_they_can_be(seed: int) -> None:
    """Carried forward: program and cash flows agree, and no other amount of the loan is worth more."""
    rng = np.random.default_rng(seed)
    years = int(rng.integers(3, 7))
    capex = 100 * M
    yearly = capex * rng.uniform(0.05, 0.45, size=years)
    general = cases.general(years, rate=float(rng.uniform(0.05, 0.3)), tax=0.2, losses="carry_forward")
    plan_terms = cases.terms(years, general=general, least_cover=float(rng.choice([1.0, 1.3])))
    line = cases.line("a", "machine", capex, years)
    proposal = cases.proposal([cases.variant(["a"], capex, yearly.tolist())], [line], plan_terms)
    bank = cases.loan("bank", float(rng.uniform(0.0, 0.08)), int(rng.integers(1, years + 1)), share_max=0.9)
    pieces = having(bank, state("a", 0.3, float(rng.integers(5, 30)) * M))
    plan = plan_with(proposal, pieces)
    columns = columns_of(proposal, pieces)
    for granted in (0.0, plan.granted_vnd):
        for lent in np.linspace(0.0, min(0.9 * capex, capex - granted), 25):
            amounts = np.array([lent if isinstance(c, LoanColumn) else granted for c in columns])
            tried = outcome_of(list(proposal.clusters[0]), plan_terms, columns, amounts)
            served = tried.debt_service_vnd > 1.0
            room = tried.cash_for_debt_vnd - plan_terms.least_cover * tried.debt_service_vnd
            if (room[served] >= 0).all():
                assert tried.flows.npv_vnd <= plan.after.npv_vnd + 10.0

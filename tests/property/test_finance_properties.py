"""What holds for any cash flow, loan and project."""

from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sxsh_options import finance

amounts = st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda x: round(x, 2))
rates = st.floats(-0.5, 2.0)
flows = st.integers(2, 25).flatmap(lambda n: arrays.arrays(np.float64, n, elements=amounts))
two_flows = st.integers(2, 25).flatmap(lambda n: arrays.arrays(np.float64, (2, n), elements=amounts))
tables = st.tuples(st.integers(1, 12), st.integers(2, 16)).flatmap(
    lambda shape: arrays.arrays(np.float64, shape, elements=amounts)
)


def size(rate: Any, flow: np.ndarray) -> Any:
    """The scale against which rounding of an NPV is measured."""
    return finance.npv(rate, np.abs(flow))


@given(two_flows, rates, st.floats(-1e3, 1e3))
def test_npv_is_linear(pair: np.ndarray, rate: float, factor: float) -> None:
    first, second = pair
    combined = finance.npv(rate, first + factor * second)
    apart = finance.npv(rate, first) + factor * finance.npv(rate, second)
    assert abs(combined - apart) <= 1e-12 * (size(rate, first) + abs(factor) * size(rate, second))


@given(flows)
def test_npv_at_zero_is_the_sum(flow: np.ndarray) -> None:
    assert abs(finance.npv(0.0, flow) - flow.sum()) <= 1e-14 * size(0.0, flow)


@given(flows)
def test_npv_at_the_irr_is_zero(flow: np.ndarray) -> None:
    roots, status = finance.irr_roots(flow), finance.irr_status(flow)
    changes = np.count_nonzero(np.diff(np.sign(flow[flow != 0.0])))
    if status == "unique":
        assert roots.size == 1
        np.testing.assert_allclose(finance.irr(flow), roots[0], rtol=1e-12, atol=1e-14)
    else:
        assert np.isnan(finance.irr(flow))
        assert status == {True: "no_sign_change"}.get(changes == 0, "multiple" if roots.size else "no_root")
    assert roots.size <= changes  # Descartes
    usable = roots[(roots > -0.999) & (roots < 1e6)]
    if usable.size:
        # r holds the discount factor 1/(1+r) to rounding of r itself, felt T times.
        allowed = 1e-11 / np.minimum(1.0 + usable, 1.0) * size(usable, flow)
        assert (np.abs(finance.npv(usable, flow)) <= allowed).all()


@given(tables, st.integers(-200, 200))
def test_irr_depends_on_neither_scale_nor_neighbours(table: np.ndarray, power: int) -> None:
    rates_together, statuses = finance.irr_and_status(table)
    for k, row in enumerate(table):
        alone, status = finance.irr_and_status(np.ldexp(row, power))
        assert status == statuses[k]
        np.testing.assert_allclose(alone, rates_together[k], rtol=1e-9, atol=1e-12)


@given(flows, st.floats(1e-6, 1e6))
def test_payback_and_ratios_do_not_depend_on_the_unit_of_money(flow: np.ndarray, factor: float) -> None:
    assume(np.abs(flow).sum() > 0.0)
    short = np.abs(np.cumsum(flow))
    assume((short > 1e-9 * np.abs(flow).sum()).all())  # a sum that is zero to rounding may fall either way
    np.testing.assert_allclose(finance.simple_payback(factor * flow), finance.simple_payback(flow), rtol=1e-6)
    np.testing.assert_allclose(
        finance.profitability_index(0.1, factor * flow),
        finance.profitability_index(0.1, flow),
        rtol=1e-9,
        atol=1e-9,
    )


@given(
    arrays.arrays(np.float64, st.integers(1, 20), elements=st.floats(0.0, 1e9)),
    st.floats(0.0, 1e10),
    st.floats(0.0, 1e10),
    rates,
)
def test_payback_rises_with_capex(benefit: np.ndarray, capex: float, more: float, rate: float) -> None:
    cheap = np.concatenate(([-capex], benefit))
    dear = np.concatenate(([-capex - more], benefit))
    slack = 1e-9 * benefit.size  # of a sum at zero to rounding
    assert finance.simple_payback(cheap) <= finance.simple_payback(dear) + slack
    assert finance.discounted_payback(rate, cheap) <= finance.discounted_payback(rate, dear) + slack


@given(
    st.just(0.0) | st.floats(1.0, 1e12),
    st.floats(0.0, 1.0),
    st.integers(1, 40),
    st.data(),
    st.sampled_from(["annuity", "equal_principal"]),
)
def test_a_loan_is_repaid(principal: float, rate: float, term: int, data: st.DataObject, kind: Any) -> None:
    grace = data.draw(st.integers(0, term - 1))
    schedule = finance.loan_schedule(finance.Loan(principal, rate, term, grace, kind), term + 2)
    close = 1e-9 * principal
    assert schedule.balance[0] == principal
    assert (schedule.balance[term:] == 0.0).all()
    assert abs(schedule.principal.sum() - principal) <= close
    np.testing.assert_allclose(schedule.interest[1:], rate * schedule.balance[:-1], atol=close)
    assert not schedule.principal[: grace + 1].any()
    assert (schedule.principal >= -close).all()
    # What is paid is worth the principal at the loan's own rate.
    payments = schedule.interest + schedule.principal
    np.testing.assert_allclose(finance.npv(rate, payments), principal, rtol=1e-9, atol=1e-300)


@given(st.floats(0.3, 60.0), st.integers(1, 60), st.just(0.0) | st.floats(1.0, 1e12))
def test_depreciation_sums_to_the_basis(life: float, years: int, capex: float) -> None:
    fractions = finance.straight_line(life, years)
    assert abs(fractions.sum() - min(1.0, years / life)) < 1e-12
    whole = int(np.ceil(life))
    for factor in (1.0, 1.5, 2.5):
        declining = finance.declining_balance(whole, max(years, whole), factor)
        assert abs(declining.sum() - 1.0) < 1e-12
        assert (declining >= 0.0).all()
        assert (np.diff(declining) <= 1e-12).all()
    inputs = finance.ProjectInputs(
        capex_vnd=capex,
        benefit_vnd=np.zeros(whole),
        depreciation_fractions=finance.straight_line(life, whole),
        discount_rate=0.1,
        grants=[finance.Grant(capex / 4, 0, taxable=False, reduces_basis=True)],
    )
    np.testing.assert_allclose(finance.project(inputs).depreciation.sum(), 0.75 * capex, rtol=1e-12)


@given(arrays.arrays(np.float64, st.integers(1, 15), elements=st.floats(-1e6, 1e6)), st.integers(1, 15))
def test_losses_are_never_used_twice(income: np.ndarray, carry: int) -> None:
    taxable = finance.taxable_after_losses(income, carry)
    gains, losses = np.maximum(income, 0.0), np.maximum(-income, 0.0)
    assert (taxable >= 0.0).all()
    assert (taxable <= gains).all()
    # Whatever is taken off up to a year was lost before it.
    slack = 1e-9 * (1.0 + losses.sum())
    assert (np.cumsum(gains - taxable) <= np.cumsum(losses) + slack).all()
    if carry >= income.size:
        # Nothing lapses: taxed is the highest point that the result since the start ever reached.
        assert abs(taxable.sum() - max(0.0, np.cumsum(income).max())) <= slack


@given(st.floats(0.01, 1e3), st.floats(0.3, 40.0), st.integers(1, 40))
def test_replacements_keep_the_asset_in_place(capex: float, life: float, horizon: int) -> None:
    """What is bought less what is left over is what the years used up."""
    later, residual = finance.replacements(capex, life, horizon)
    np.testing.assert_allclose(capex + later.sum() - residual, capex * horizon / life, rtol=1e-6)

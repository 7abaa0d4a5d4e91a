"""Assumptions that belong together never stand alone."""

from __future__ import annotations

from datetime import date

import pytest

from sxsh_options.model import Assumptions
from sxsh_options.services import assumptions, editing
from sxsh_options.services.assumptions import IS_REAL, RATE

AS_OF = date(2026, 11, 22)
OF = assumptions.defaults(AS_OF)


def test_real_is_the_same_rate_without_inflation() -> None:
    """1.10 / 1.035 - 1 = 6.2802 %."""
    real = assumptions.with_real_rate({}, OF)
    assert real["assumptions"] == {
        "discount_rate": 0.062802,
        "discount_rate_is_real": True,
        "inflation_rate": 0.035,
    }
    assert Assumptions.model_validate(real["assumptions"]).inflation_rate == 0.035
    assert assumptions.with_real_rate(real, OF) == real


def test_back_to_nominal_leaves_nothing_behind() -> None:
    real = assumptions.with_real_rate({}, OF)
    assert assumptions.with_nominal_rate(real, OF)["assumptions"] == {}
    own = editing.put(real, RATE, 0.08)  # 1.08 x 1.035 - 1 = 11.78 %
    back = assumptions.with_nominal_rate(own, OF)
    assert editing.get(back, RATE) == pytest.approx(0.1178)
    assert not editing.get(back, IS_REAL)


def test_own_weights_come_as_three() -> None:
    own = assumptions.with_own_weights({}, OF)
    assert own["assumptions"]["weights"] == {"technical": 25.0, "economic": 50.0, "environmental": 25.0}
    drafted = editing.with_draft(own, (*assumptions.WEIGHTS, "technical"), "nhiều")
    plain = assumptions.with_default_weights(drafted)
    assert editing.get(plain, assumptions.WEIGHTS) is None
    assert editing.rows(plain, editing.DRAFTS) == []


def test_grid_years_are_those_published_on_the_day() -> None:
    assert list(assumptions.grid_years(AS_OF))[:2] == [2023, 2022]
    assert next(iter(assumptions.grid_years(date(2024, 4, 1)))) == 2022
    assert assumptions.grid_years(AS_OF)[2022].number == 0.6766

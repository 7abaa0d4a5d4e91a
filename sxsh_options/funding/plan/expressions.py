"""Linear expressions: a factor for each variable of a program."""

from __future__ import annotations

from collections.abc import Mapping

Expression = dict[int, float]


def add(to: Expression, expression: Mapping[int, float], times: float) -> None:
    """Add an expression, times a factor, to another one."""
    for variable, value in expression.items():
        to[variable] = to.get(variable, 0.0) + times * value


def plus(one: Mapping[int, float], other: Mapping[int, float]) -> Expression:
    """Return the sum of two."""
    total = dict(one)
    add(total, other, 1.0)
    return total


def difference(one: Mapping[int, float], other: Mapping[int, float], times: float = 1.0) -> Expression:
    """Return one less the other, times a factor."""
    total = dict(one)
    add(total, other, -times)
    return total


def scaled(expression: Mapping[int, float], factor: float) -> Expression:
    """Return an expression times a factor."""
    return {variable: factor * value for variable, value in expression.items()}

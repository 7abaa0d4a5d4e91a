"""Tax on the yearly result of a project: who pays at which rate, and what becomes of losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from sxsh_options.errors import FinanceError, message
from sxsh_options.finance._rows import FloatArray

TaxKind = Literal["none", "company", "household"]
LossTreatment = Literal["offset", "carry_forward"]


@dataclass(frozen=True)
class TaxProfile:
    """How a legal form is taxed on what a project earns.

    Parameters
    ----------
    kind : {"none", "company", "household"}
        ``"none"``: a calculation before tax. ``"household"``: no tax on profit, so a saving changes no tax.
    rate_from_year : mapping of int to float
        For a company: its profit tax rate as a fraction, by the first calendar year in which it holds.
    """

    kind: TaxKind = "none"
    rate_from_year: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in get_args(TaxKind):
            raise FinanceError(
                message(
                    "finance.unknown_choice",
                    field="kind",
                    value=str(self.kind),
                    choices=list(get_args(TaxKind)),
                ).at(field="kind")
            )
        wrong = [
            message("finance.tax_rate", field="rate_from_year", rate=float(rate)).at(
                field=f"rate_from_year[{year}]"
            )
            for year, rate in self.rate_from_year.items()
            if not 0.0 <= rate <= 1.0
        ]
        if wrong:
            raise FinanceError(wrong)

    def rates(self, first_year: int, years: int) -> FloatArray:
        """Return the tax rate of each project year, shape ``(years,)``.

        Parameters
        ----------
        first_year : int
            Calendar year of project year 1.
        years : int
            Number of project years.

        Raises
        ------
        FinanceError
            ``finance.tax_year_unknown`` for a company without a rate for ``first_year``.
        """
        if self.kind != "company":
            return np.zeros(years)
        starts = sorted(self.rate_from_year)
        if not starts or first_year < starts[0]:
            raise FinanceError(
                message(
                    "finance.tax_year_unknown", year=first_year, first_known=starts[0] if starts else None
                ).at(field="rate_from_year")
            )
        rates = np.array([self.rate_from_year[start] for start in starts], dtype=np.float64)
        return np.asarray(rates[np.searchsorted(starts, first_year + np.arange(years), side="right") - 1])


def taxable_after_losses(income: FloatArray, carry_years: int) -> FloatArray:
    """Return the taxable income where a loss lowers that of the following years, the oldest loss first.

    Parameters
    ----------
    income : array of shape (..., T)
        VND, negative in a year of loss.
    carry_years : int
        Following years in which a loss still counts; what is then left of it lapses.

    Returns
    -------
    array of shape (..., T)
        VND, never negative.
    """
    taxable = np.maximum(income, 0.0)
    losses = np.maximum(-income, 0.0)
    for year in range(income.shape[-1]):
        for source in range(max(0, year - carry_years), year):
            used = np.minimum(losses[..., source], taxable[..., year])
            taxable[..., year] -= used
            losses[..., source] -= used
    return taxable

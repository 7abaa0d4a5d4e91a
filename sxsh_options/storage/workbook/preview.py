"""What the formulas of a workbook give when it is written, for programs that do not calculate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sxsh_options.model import Assessment, Money, Option
from sxsh_options.options import BaselineFlow, SavingRow, annual_flows, saving_rows
from sxsh_options.resources import catalogue
from sxsh_options.screening.valuation import Exchange, flow_price, overridden, price_of
from sxsh_options.storage.workbook.own_row import DONG, currency_of, plain_investment


class OptionPreview(NamedTuple):
    """What an option's row shows; ``None``: nothing.

    An amount in another currency than its row stands there as a text, which no formula adds up.
    ``payback`` is infinite where the option does not pay back within its life. ``saved`` holds canonical
    units by resource.
    """

    investment: float
    saved: dict[str, float]
    benefit: float | None
    payback: float | None


class Previews:
    """The figures of one assessment, with the published prices of a day where it states none."""

    def __init__(self, assessment: Assessment, as_of: date) -> None:
        self._assessment, self._as_of = assessment, as_of
        self._exchange = Exchange(assessment.exchange_rates)
        self.flows = annual_flows(assessment)
        self._own = overridden(assessment, "price").keys()
        self._prices: dict[str, float | None] = {}

    def flow_cost(self, flow_id: str) -> float | None:
        """Return what a flow costs in a year, in VND."""
        flow = self.flows[flow_id]
        if flow.flow.unit_price is None:
            return None
        return flow.quantity * flow_price(flow, self._exchange)

    def options(self) -> list[OptionPreview]:
        """Return the previews of all options."""
        rows: list[list[SavingRow]] = [[] for _ in self._assessment.options]
        for row in saving_rows(self._assessment, self.flows):
            rows[row.option].append(row)
        return [self._option(option, own) for option, own in zip(self._assessment.options, rows, strict=True)]

    def _option(self, option: Option, rows: Sequence[SavingRow]) -> OptionPreview:
        investment = sum(self._exchange.vnd(item.amount) * item.cost_factor for item in option.capex)
        saved: dict[str, float] = {}
        for row in rows:
            saved[row.resource] = saved.get(row.resource, 0.0) + row.quantity
        benefit = self._benefit(option, rows)
        spent = (
            investment + self._exchange.vnd(option.downtime_cost) + self._exchange.vnd(option.working_capital)
        )
        payback: float | None = None
        plain = plain_investment(option)
        readable = _in(currency_of(option), plain.amount if plain else None) and _in(
            DONG, option.downtime_cost, option.working_capital
        )
        if benefit is not None and option.capex and readable:
            within = benefit > 0 and spent / benefit <= option.technical_life_years
            payback = spent / benefit if within else float("inf")
        return OptionPreview(investment, saved, benefit, payback)

    def _benefit(self, option: Option, rows: Sequence[SavingRow]) -> float | None:
        if not _in(currency_of(option), option.annual_saving, option.opex_change):
            return None
        if not (rows or option.benefits or option.annual_saving or option.opex_change):
            return None
        others = sum(self._exchange.vnd(benefit.amount) for benefit in option.benefits)
        others -= self._exchange.vnd(option.opex_change)
        if option.annual_saving is not None:
            return self._exchange.vnd(option.annual_saving) + others
        worth = [self._worth(row) for row in rows]
        known = [value for value in worth if value is not None]
        return sum(known) + others if len(known) == len(worth) else None

    def _worth(self, row: SavingRow) -> float | None:
        flow: BaselineFlow | None = self.flows.get(row.flow or "")
        if flow is not None and flow.flow.unit_price is not None and row.resource not in self._own:
            return row.quantity * flow_price(flow, self._exchange)
        price = self._price(row.resource)
        return None if price is None else row.quantity * price

    def _price(self, resource: str) -> float | None:
        if resource not in self._prices:
            used = price_of(resource, self._assessment, self.flows, self._as_of, self._exchange)
            unknown = None if catalogue.find(resource).bought else 0.0
            self._prices[resource] = unknown if used is None else used.vnd_per_unit
        return self._prices[resource]


def _in(currency: str, *amounts: Money | None) -> bool:
    """Whether amounts stand as numbers in cells that are meant in a currency."""
    return all(money is None or money.currency == currency for money in amounts)

"""Tables of a financing plan: who pays each cost, the years, the months, the loans."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sxsh_options.funding.plan import Plan
from sxsh_options.funding.schema import Source
from sxsh_options.i18n import Wording, plans
from sxsh_options.model import LoanOffer
from sxsh_options.ui.markup import Html, join, table, tag

_MONTHS = 12
_YEARLY = ("operating", "invested", "granted", "lent", "repaid", "tax", "equity")


def fitted(headings: Iterable[str], rows: Iterable[Iterable[str]], caption: str, of: str = "") -> Html:
    """Return a small table that takes the width it needs; `of` is a further class."""
    class_ = f"sx-facts {of}".strip()
    return tag("div", table(headings, rows, caption=caption, class_=class_), class_="sx-fit")


def nothing() -> Html:
    """Return a dash that a narrow screen leaves out."""
    return tag("span", "–", class_="sx-none")


def uses(plan: Plan, names: Mapping[str, str], wording: Wording) -> Html:
    """Return every item of the investment, by its option's name, with the grant that pays part of it."""
    paid: dict[tuple[str, str], list[tuple[Source, float]]] = {}
    for grant in plan.grants:
        for line, amount in grant.lines:
            paid.setdefault((line.option_id, line.item_id), []).append((grant.piece.source, amount))
    rows = []
    for line in plan.lines:
        grants = paid.get((line.option_id, line.item_id), [])
        given = sum(amount for _, amount in grants)
        said = "; ".join(
            wording.text("plan.grant_line", amount=amount, source=source.name.both[wording.lang])
            for source, amount in grants
        )
        item = ": ".join(filter(None, (wording.term(f"cost_{line.kind}"), line.name)))
        option = names.get(line.option_id, line.option_id)
        rows.append(
            (
                tag("span", tag("bdi", option), " ", tag("span", item, class_="sx-quiet")),
                wording.money_compact(line.borne_vnd, 4),
                said or "–",
                wording.money_compact(line.borne_vnd - given, 4),
            )
        )
    headings = [wording.text(f"plan.{name}") for name in ("cost", "amount", "paid_by_grant", "rest")]
    return fitted(headings, rows, caption=wording.text("plan.uses"), of="sx-abreast")


def years(plan: Plan, wording: Wording) -> Html:
    """Return the years: what comes in and goes out, the owner's cash that it adds up to, the debt."""
    names = ("year", *_YEARLY, "balance", "cover")
    headings = [wording.text("plan.year" if name == "year" else f"plan.year.{name}") for name in names]
    columns = [getattr(plan.after, f"{name}_vnd") for name in _YEARLY]
    debt = sum((loan.balance_vnd for loan in plan.loans), start=0.0 * plan.after.equity_vnd)
    if plan.bridge is not None:
        debt[: -(-plan.bridge.months // _MONTHS)] += plan.bridge.amount_vnd
    columns.append(debt)
    cover = [math.nan, *plan.after.cover.tolist()]
    rows = [
        (
            str(year),
            *(_rounded(float(column[year]), wording) for column in columns),
            wording.number(cover[year], 3) if math.isfinite(cover[year]) else "–",
        )
        for year in range(plan.years + 1)
    ]
    how = tag("p", wording.text("plan.years.how"), class_="sx-quiet")
    return join([fitted(headings, rows, caption=wording.text("plan.years"), of="sx-years sx-abreast"), how])


def months(plan: Plan, wording: Wording) -> Html:
    """Return the months until the grants are paid and a year beyond: cumulative cash, both ways."""
    headings = [wording.text(f"plan.{name}") for name in ("cash.month", "after", "before")]
    both = zip(plan.after.cumulative_vnd.tolist(), plan.before.cumulative_vnd.tolist(), strict=True)
    rows = [
        (str(month), *(_rounded(amount, wording) for amount in amounts)) for month, amounts in enumerate(both)
    ]
    return fitted(headings, rows, caption=wording.text("plan.months"), of="sx-years sx-abreast")


def _rounded(amount: float, wording: Wording) -> str:
    """Return an amount without what a solver's nothing is beside it; nothing as a dash."""
    whole = float(round(amount))
    return wording.money_compact(whole, 4) if whole else "–"


def _rate(offer: LoanOffer, wording: Wording) -> str:
    if offer.later_rate is None:
        return wording.percent(offer.rate)
    return wording.text("plan.loan_floats", rate=offer.rate, years=offer.fixed_years, later=offer.later_rate)


def loans(plan: Plan, wording: Wording) -> Html:
    """Return the schedule of each loan."""
    amounts_of = (wording.text(f"plan.year.{name}") for name in ("interest", "principal", "balance"))
    headings = [wording.text("plan.year"), *amounts_of]
    parts: list[Html] = []
    for loan in plan.loans:
        rows = [
            (str(year), *(_rounded(float(amount), wording) for amount in amounts))
            for year, amounts in enumerate(
                zip(loan.interest_vnd, loan.repaid_vnd, loan.balance_vnd, strict=True)
            )
            if year <= loan.term_years
        ]
        amount = wording.money_compact(loan.principal_vnd, 4)
        name = f"{plans.lender(loan, wording)}: {amount}, {_rate(loan.piece.offer, wording)}"
        parts += [tag("h3", name), fitted(headings, rows, caption=name, of="sx-years sx-abreast")]
    return join(parts)

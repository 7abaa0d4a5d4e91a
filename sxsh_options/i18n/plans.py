"""Sources of money and financing plans in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from sxsh_options.funding.plan import Plan, Waiting
from sxsh_options.funding.plan.best import LoanInPlan
from sxsh_options.funding.plan.figures import Figures
from sxsh_options.funding.plan.pieces import LeftOut
from sxsh_options.funding.plan.waiting import DAYS_PER_MONTH, Awaited
from sxsh_options.funding.schema import Source
from sxsh_options.i18n.wording import Wording


def source_name(source: Source, wording: Wording) -> str:
    """Return the name of a source."""
    return source.name.vi if wording.lang == "vi" else source.name.en


def lead(plan: Plan, wording: Wording) -> str:
    """Return the plan in one sentence."""
    own = plan.after.own_capital_vnd
    invested = plan.investment_vnd
    if own:
        said = [wording.text("plan.lead", investment=invested, own=own)]
    else:
        said = [wording.text("plan.lead.no_own", investment=invested)]
    if plan.grants:
        said.append(wording.text("plan.lead.grants", amount=plan.granted_vnd))
    if plan.loans:
        said.append(wording.text("plan.lead.loans", amount=plan.borrowed_vnd))
    if not plan.grants and not plan.loans:
        said.append(wording.text("plan.lead.no_money"))
    else:
        said.append(wording.text("plan.lead.npv", before=plan.before.npv_vnd, after=plan.after.npv_vnd))
    payback = plan.after.own_payback_years
    if own and math.isfinite(payback):
        said.append(wording.text("plan.lead.own_payback", payback=payback))
    elif own:
        said.append(wording.text("plan.lead.own_never"))
    return "; ".join(said) + "."


def must_wait(plan: Plan, awaited: Sequence[Awaited], as_of: date, wording: Wording) -> str:
    """Return that a plan's figures are of the day when its grants have been decided, and which that is."""
    days = [each.decided_on for each in awaited]
    last = max((day for day in days if day is not None), default=None)
    if last is None or None in days:
        return wording.text("plan.must_wait.unknown")
    months = (last - as_of).days / DAYS_PER_MONTH
    today = plan.after.npv_vnd / (1.0 + plan.terms.general.discount_rate) ** (months / 12)
    return " ".join(
        [wording.text("plan.must_wait", months=round(months), npv=today), *last_day(awaited, as_of, wording)]
    )


def last_day(awaited: Sequence[Awaited], as_of: date, wording: Wording) -> list[str]:
    """Return a caution where the day to file by is today or tomorrow: rules say "before" that day."""
    days = [each.files_by for each in awaited if each.files_by is not None]
    close = [day for day in days if (day - as_of).days <= 1]
    return [wording.text("plan.last_day", day=min(close))] if close else []


def reason(left_out: LeftOut, names: Mapping[str, str], wording: Wording) -> str:
    """Return why a source is not in the plan.

    Parameters
    ----------
    left_out : LeftOut
    names : mapping of str to str
        Of sources, by id.
    wording : Wording
    """
    params = dict(left_out.reason.params)
    if "sources" in params:
        params["sources"] = ", ".join(names.get(name, name) for name in params["sources"])
    return wording.text(left_out.reason.code, **params)


def names_of_sources(sources: Mapping[str, Source], wording: Wording) -> dict[str, str]:
    """Return the names of sources by id."""
    return {name: source_name(source, wording) for name, source in sources.items()}


def lender(loan: LoanInPlan, wording: Wording) -> str:
    """Return whose loan it is."""
    if loan.piece.offer.name:
        return loan.piece.offer.name
    source = loan.piece.source
    return wording.text("plan.offer.bank") if source is None else source_name(source, wording)


def figures(plan: Plan, which: Figures, wording: Wording) -> dict[str, str]:
    """Return what the owner looks at, by the name of each figure."""
    share = which.own_capital_vnd / plan.investment_vnd if plan.investment_vnd else 0.0
    worst = [each for each in which.cover.tolist() if math.isfinite(each)]
    return {
        "npv": wording.money_compact(which.npv_vnd, 4),
        "irr": _irr(which, wording),
        "payback": _payback(which.payback_years, wording),
        "own_payback": _payback(which.own_payback_years, wording)
        if which.own_capital_vnd
        else wording.text("plan.no_own_capital"),
        "own_capital": wording.money_compact(which.own_capital_vnd, 4),
        "own_share": wording.percent(share, 3),
        "cover": wording.number(min(worst), 3) if worst else wording.text("plan.no_debt"),
    }


def _irr(which: Figures, wording: Wording) -> str:
    if which.irr_status == "no_own_capital":
        return wording.text("plan.irr_too_small")
    if which.irr_status != "unique":
        return wording.term(f"irr_status.{which.irr_status}")
    return wording.percent(which.irr, 3)


def _payback(years: float, wording: Wording) -> str:
    return wording.years(years) if math.isfinite(years) else wording.text("plan.lead.own_never")


def wait_or_act(waiting: Waiting, wording: Wording) -> str:
    """Return in words whether waiting pays, and from when on it would."""
    if not waiting.awaited:
        return wording.text("waiting.nothing")
    values = {"now": waiting.npv_now_vnd, "later": waiting.npv_later_vnd}
    months = round(waiting.months)
    if waiting.now is None and waiting.split is None:
        later = waiting.npv_later_vnd
        if waiting.is_decision_known:
            said = [wording.text("waiting.not_now.known", months=months, later=later)]
        else:
            said = [wording.text("waiting.not_now.unknown", later=later)]
        if waiting.least_now_vnd is not None:
            said.append(wording.text("waiting.least_now", amount=waiting.least_now_vnd))
        return " ".join(said)
    if waiting.split is not None:
        counts = {
            "now": len(waiting.split.at_once.option_ids),
            "later": len(waiting.split.delayed.option_ids),
        }
        said = [wording.text("waiting.advice.split", months=months, **counts)]
        if waiting.now is None:
            values = {"split": waiting.npv_split_vnd, "later": waiting.npv_later_vnd}
            said.append(wording.text("waiting.values.split_only", **values))
        else:
            said.append(wording.text("waiting.values.split", split=waiting.npv_split_vnd, **values))
    else:
        said = [wording.text(f"waiting.advice.{waiting.advice}")]
        if waiting.is_decision_known:
            lost = waiting.lost_savings_vnd
            said.append(wording.text("waiting.values", months=months, lost=lost, **values))
        else:
            said.append(wording.text("waiting.values.unknown", lost=waiting.lost_a_month_vnd, **values))
    return " ".join(said)


def split_options(waiting: Waiting, names: Mapping[str, str], wording: Wording) -> dict[str, str]:
    """Return the options that are carried out at once and those that wait, where that is best, by name."""
    if waiting.split is None:
        return {}
    of = {"now": waiting.split.at_once, "later": waiting.split.delayed}
    return {
        wording.text(f"waiting.split.{when}"): "; ".join(names.get(name, name) for name in plan.option_ids)
        for when, plan in of.items()
    }


def open_grants(waiting: Waiting, wording: Wording) -> str | None:
    """Return that grants which nobody is sure of might be lost by acting now, if there are any."""
    most = max((match.amount_upper_bound_vnd or 0.0 for match in waiting.open_grants), default=0.0)
    if not most:
        return None
    return wording.text("waiting.open", count=len(waiting.open_grants), amount=most)


def break_even(waiting: Waiting, wording: Wording) -> dict[str, tuple[str, str]]:
    """Return from when on waiting pays, and what it is now, by the name of each figure."""
    known, text = waiting.break_even, wording.text
    if known is None:
        return {}
    grant, chance, months = known.grant_vnd, known.chance, known.months
    now = wording.months(round(waiting.months)) if waiting.is_decision_known else text("waiting.not_known")
    counted = waiting.awaited_vnd
    return {
        "grant": (
            text("waiting.no_grant")
            if grant is None
            else text("waiting.from" if grant <= counted else "waiting.from_more", amount=grant),
            wording.money_compact(counted, 4),
        ),
        "chance": (
            text("waiting.no_chance")
            if chance is None
            else text("waiting.above", chance=wording.percent(chance, 2)),
            text("waiting.not_known"),
        ),
        "months": (
            text("waiting.no_wait")
            if months is None
            else text("waiting.up_to", months=wording.months(round(months))),
            now,
        ),
    }

"""Sources of money and financing plans in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from sxsh_options.funding.plan import Plan, Waiting
from sxsh_options.funding.plan.awaited import Awaited, months_of, npv_today
from sxsh_options.funding.plan.best import LoanInPlan
from sxsh_options.funding.plan.figures import Figures
from sxsh_options.funding.plan.pieces import LeftOut
from sxsh_options.i18n.wording import Wording

_ALMOST_CERTAIN = 0.95
_LEAST_SAID = 0.001  # of the investment: less is not worth a remark


def lead(plan: Plan, wording: Wording) -> str:
    """Return the plan in one sentence."""
    if not plan.option_ids:
        return wording.text("plan.lead.nothing")
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


def loss(plan: Plan, wording: Wording) -> list[str]:
    """Return that a plan does not pay, where it does not."""
    return [] if plan.after.npv_vnd >= 0 else [wording.text("plan.loses")]


def remarks(plan: Plan, wording: Wording) -> list[str]:
    """Return what is bridged or put forward until grants are paid; that nothing avoids emissions."""
    said = []
    if plan.bridge is not None:
        said.append(
            wording.text(
                "plan.bridge",
                amount=plan.bridge.amount_vnd,
                months=plan.bridge.months,
                interest=plan.bridge.interest_vnd,
                rate=plan.bridge.rate,
            )
        )
    least, own = _LEAST_SAID * plan.investment_vnd, plan.own_share_vnd
    fees = sum(float(loan.interest_vnd[0]) for loan in plan.loans)  # said with own capital
    fronted = plan.after.own_capital_vnd - own - fees
    if own > 0 and fronted > least:
        said.append(wording.text("plan.fronted", amount=fronted))
    usual, asked = plan.terms.usual_own_share, plan.terms.financing.own_share_min
    if plan.loans and asked is None and own < usual * plan.investment_vnd - least:
        said.append(wording.text("plan.thin_own", share=own / plan.investment_vnd, usual=usual))
    if plan.objective == "co2e" and plan.co2e_t == 0:
        said.append(wording.text("plan.no_co2e"))
    return said


def must_wait(plan: Plan, awaited: Sequence[Awaited], as_of: date, wording: Wording) -> str:
    """Return that a plan's figures are of the day when its grants have been decided, and which that is."""
    if any(each.decided_on is None for each in awaited):
        return wording.text("plan.must_wait.unknown")
    months, today = months_of(awaited, as_of), npv_today(plan, awaited, as_of)
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


def lender(loan: LoanInPlan, wording: Wording) -> str:
    """Return whose loan it is."""
    if loan.piece.offer.name:
        return loan.piece.offer.name
    source = loan.piece.source
    return wording.text("plan.offer.bank") if source is None else source.name.both[wording.lang]


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
    text, advice = wording.text, waiting.advice
    if not waiting.later.option_ids:
        return text("plan.lead.nothing")
    if not waiting.awaited:
        return text("waiting.nothing.loses" if advice == "neither" else "waiting.nothing")
    said = []
    if waiting.split is not None or waiting.at_once is not None or advice == "neither":
        said.append(_advice(waiting, wording))
    if waiting.why_not_now is not None:
        said.append(text(f"waiting.not_now.{waiting.why_not_now.code}", **waiting.why_not_now.params))
        if waiting.at_once is not None:
            count, total = len(waiting.at_once.option_ids), len(waiting.later.option_ids)
            said.append(text("waiting.fewer_now", count=count, total=total))
    one_group = [text("waiting.one_group")] if waiting.is_one_group and advice == "wait" else []
    return " ".join([*said, _worths(waiting, wording), *one_group])


def _advice(waiting: Waiting, wording: Wording) -> str:
    if waiting.split is None:
        return wording.text(f"waiting.advice.{waiting.advice}")
    now, later = waiting.split.at_once.option_ids, waiting.split.delayed.option_ids
    months = round(waiting.waiting_months)
    return wording.text("waiting.advice.split", now=len(now), later=len(later), months=months)


def _worths(waiting: Waiting, wording: Wording) -> str:
    """Return what each way is worth."""
    text, later, months = wording.text, waiting.npv_later_vnd, round(waiting.months)
    now = {} if waiting.at_once is None else {"now": waiting.npv_now_vnd}
    if waiting.split is not None:
        said = [text("waiting.values.split", split=waiting.npv_split_vnd, later=later)]
        return " ".join([*said, *([text("waiting.values.split_now", **now)] if now else [])])
    if waiting.is_decision_known:
        if not now:
            return text("waiting.then.known", months=months, later=later)
        return text("waiting.values", months=months, lost=waiting.lost_savings_vnd, later=later, **now)
    known = {"months": months} if months else {}
    code = "waiting.values.unknown" if now else "waiting.then.unknown"
    when = text("waiting.decided.in_months", **known) if known else text("waiting.decided.at_once")
    return text(code, later=later, when=when, **now, **({"lost": waiting.lost_a_month_vnd} if now else {}))


def options_by_time(waiting: Waiting, names: Mapping[str, str], wording: Wording) -> dict[str, str]:
    """Return which options are carried out at once and which wait, by name, where that is not all of them."""
    of: dict[str, Plan] = {}
    if waiting.split is not None:
        of = {"now": waiting.split.at_once, "later": waiting.split.delayed}
    elif waiting.why_not_now is not None and waiting.at_once is not None:
        of = {"now": waiting.at_once}
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
    now = (
        wording.months(round(waiting.waiting_months))
        if waiting.is_decision_known
        else text("waiting.not_known")
    )
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
            else text("waiting.almost_certain")
            if chance > _ALMOST_CERTAIN
            else text("waiting.above", chance=wording.percent(chance, 2)),
            text("waiting.not_known"),
        ),
        "months": (
            text("waiting.no_wait")
            if months is None
            else text("waiting.under_a_month")
            if round(months) < 1
            else text("waiting.up_to", months=wording.months(round(months))),
            now,
        ),
    }

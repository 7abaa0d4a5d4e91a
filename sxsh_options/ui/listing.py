"""The result: one sentence of what to look at first, then the ranked list."""

from __future__ import annotations

from sxsh_options.errors import Message, message
from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import RankedList, RankedOption, no_payback
from sxsh_options.ui import figures
from sxsh_options.ui.markup import Html, join, table, tag

ABOUT_THE_ORDER = "rank."  # codes of messages that speak of the list itself


def lead(ranked: RankedList, wording: Wording) -> Html:
    """Return the result in one sentence: the first option and its figures, or why none leads."""
    best = next((option for option in ranked.options if option.rank == 1), None)
    if best is None or not _leads(best, ranked):
        return tag("p", wording.text(f"screen.no_lead.{ranked.by if best else 'options'}"), class_="sx-lead")
    parts = [_payback_phrase(best, wording), _worth_phrase(best, ranked, wording)]
    if best.co2e_t_per_year:
        code = "screen.lead.co2e" if best.co2e_t_per_year > 0 else "screen.lead.more_co2e"
        parts.append(wording.text(code, co2e=wording.number(abs(best.co2e_t_per_year), 3)))
    if ranked.by == "score":
        parts.insert(0, wording.text("screen.lead.score", score=wording.number(best.scores.total, 3)))
    loses = best.npv_vnd < 0
    others = sum(option.rank == 1 for option in ranked.options) - 1
    if others:
        parts.append(wording.text("screen.lead.ties", count=others))
    facts = ", ".join(parts)
    return tag(
        "p",
        tag(
            "span",
            wording.text("screen.lead.first_but_loses" if loses else "screen.lead.first"),
            " ",
            class_="sx-lead-label",
        ),
        tag("strong", figures.option_name(best, wording)),
        f" – {facts}.",
        class_="sx-lead sx-warns" if loses else "sx-lead",
    )


def _leads(best: RankedOption, ranked: RankedList) -> bool:
    """Whether the first of the list is worth naming as the one to look at first."""
    if ranked.by == "payback":
        return best.payback_status != "never"
    if ranked.by == "npv":
        return best.npv_vnd > 0
    if ranked.by == "co2e":
        return (best.co2e_t_per_year or 0.0) > 0
    return best.scores.total is not None


def _payback_phrase(option: RankedOption, wording: Wording) -> str:
    if option.payback_status == "paid_back":
        return wording.text("screen.lead.payback", payback=option.simple_payback_years)
    return wording.word(no_payback(option))


def _worth_phrase(option: RankedOption, ranked: RankedList, wording: Wording) -> str:
    if ranked.worth == "equivalent_annual":
        return wording.text(
            "screen.lead.equivalent", amount=wording.money_compact(option.equivalent_annual_vnd)
        )
    return wording.text("screen.lead.npv", amount=wording.money_compact(option.npv_vnd))


def ranked_list(
    ranked: RankedList, wording: Wording, rows: int, *, every: bool = False, opens: str | None = None
) -> Html:
    """Return the first `rows` of the list as a table.

    Parameters
    ----------
    ranked : RankedList
    wording : Wording
    rows : int
    every : bool
        Whether to show all indicators, or only those that decide.
    opens : str, optional
        Id of the place where a press on an option's name leads to; see :mod:`sxsh_options.ui.opener`.
    """
    columns = _columns(ranked, every=every)
    shown = ranked.options[:rows]
    measured = _column_of(ranked, ranked.worth == "equivalent_annual")
    caption = wording.text("screen.list_caption", count=len(shown), measure=f"measure.{ranked.measure}")
    made = table(
        [wording.text(f"screen.column.{name}") for name in columns],
        ([_cell(name, option, wording, opens) for name in columns] for option in shown),
        caption=caption,
        class_=f"sx-list sx-by-{measured}",
    )
    if not every:
        return tag("div", made, class_="sx-fit")
    # wider than a page: it scrolls by itself, with the keyboard too
    scrolled = tag("div", made, class_="sx-scroll", role="region", aria_label=caption, tabindex="0")
    return tag("div", scrolled, class_="sx-fit")


def _columns(ranked: RankedList, *, every: bool) -> list[str]:
    differ = ["equivalent"] if ranked.worth == "equivalent_annual" else []
    if every:
        return [
            *(
                "rank",
                "name",
                "capex",
                "benefit",
                "payback",
                "discounted",
                "npv",
                "irr",
                "index",
                "equivalent",
            ),
            *("co2e", "abatement", "toe", "score", "tier", "triage"),
        ]
    score = ["score"] if ranked.by == "score" else []
    return ["rank", "name", "capex", "benefit", "payback", "npv", *differ, "irr", "co2e", *score, "triage"]


def orders(ranked: RankedList, wording: Wording) -> Html:
    """Return the rank of each option under every criterion, that of the list first."""
    criteria = sorted(ranked.ranks, key=lambda criterion: criterion != ranked.by)
    headings = [wording.text("screen.column.name")]
    headings += [wording.text(f"screen.criterion.{criterion}") for criterion in criteria]
    rows = (
        [
            figures.option_name(option, wording),
            *(wording.integer(ranked.ranks[criterion].get(option.option_id)) for criterion in criteria),
        ]
        for option in ranked.options
    )
    made = table(headings, rows, caption=wording.text("screen.orders"), class_="sx-facts sx-orders")
    return tag("div", made, class_="sx-fit")


def said_below(ranked: RankedList, *, every: bool = False) -> tuple[Message, ...]:
    """Return what must be said of the order and of the columns; other messages belong to the assumptions.

    Parameters
    ----------
    ranked : RankedList
    every : bool
        Whether the table above shows all indicators.
    """
    found = [m for m in ranked.messages if m.code.startswith(ABOUT_THE_ORDER)]
    if any(not option.physical_savings for option in ranked.options):
        found.append(message("screen.no_quantities"))
    if every:
        found.append(message("export.note.tier"))
    return tuple(found)


def _column_of(ranked: RankedList, differ: bool) -> str:
    """Return the column that the list is ranked by."""
    return "equivalent" if ranked.by == "npv" and differ else ranked.by


def _cell(column: str, option: RankedOption, wording: Wording, opens: str | None) -> str:
    match column:
        case "rank":
            if option.rank is None:
                return tag("span", wording.text("screen.out"), class_="sx-out")
            return tag("span", str(option.rank), class_="sx-rank")
        case "name":
            return _name(option, wording, opens)
        case "capex":
            return figures.money(option.capex_vnd, wording)
        case "benefit":
            return figures.money(option.net_annual_benefit_vnd, wording)
        case "payback":
            return results.payback(option, wording)
        case "npv":
            return figures.money(option.npv_vnd, wording)
        case "equivalent":
            return figures.money(option.equivalent_annual_vnd, wording)
        case "irr":
            meaning = None if option.irr is not None else wording.term(f"irr_status.{option.irr_status}")
            return tag("span", wording.percent(option.irr, 3), title=meaning)
        case "co2e":
            return _co2e(option, wording)
        case "score":
            return wording.number(option.scores.total, 3)
        case "discounted":
            return results.discounted_payback(option, wording)
        case "index":
            return wording.number(option.profitability_index, 3)
        case "abatement":
            return figures.money(option.abatement_cost_vnd_per_tco2e, wording)
        case "toe":
            return wording.number(option.energy_toe_per_year if option.physical_savings else None, 3)
        case "tier":
            return wording.integer(option.tier)
        case _:
            return tag(
                "span", wording.term(f"triage.{option.triage}"), class_=f"sx-triage sx-{option.triage}"
            )


def _co2e(option: RankedOption, wording: Wording) -> Html:
    """Return the avoided emissions; where all of them stand beside the sum, also those."""
    said = tag("span", results.co2e(option, wording))
    if option.co2e_t_per_year or not option.co2e_other_t_per_year:
        return said
    other = wording.text("screen.other_co2e", co2e=wording.number(option.co2e_other_t_per_year, 3))
    return join([said, tag("span", other, class_="sx-below")])


def _name(option: RankedOption, wording: Wording, opens: str | None) -> Html:
    """Return the name, and below it the category and how many questions its figures raise."""
    below = []
    if option.category is not None:
        below.append(tag("span", wording.term(f"category.{option.category}")))
    if any(question.code.startswith("question.placeholder") for question in option.warnings):
        below.append(tag("span", wording.text("screen.placeholder"), class_="sx-check"))
    if option.warnings:
        text = wording.text("screen.to_check", count=len(option.warnings))
        below.append(tag("span", text, class_="sx-check"))
    name = figures.option_name(option, wording)
    if opens is not None:
        name = tag(
            "button",
            name,
            type="button",
            data_opens=option.option_id,
            data_at=opens,
            title=wording.text("screen.opens"),
        )
    return join(
        [
            tag("span", name, class_="sx-name"),
            tag("span", below, class_="sx-below"),
        ]
    )

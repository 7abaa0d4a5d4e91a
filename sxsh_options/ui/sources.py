"""Sources of money as a person reads them: what they come to, and every condition with its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from sxsh_options.day import today
from sxsh_options.funding import Match
from sxsh_options.funding.amounts import ItemAmount
from sxsh_options.funding.eligibility import Outcome, Verdict
from sxsh_options.funding.facts import DOMAINS, is_of_project
from sxsh_options.funding.schema import Reference
from sxsh_options.i18n import NO_BREAK_SPACE, Wording, within
from sxsh_options.i18n import sources as said_of
from sxsh_options.model import Facility, Project
from sxsh_options.services.entry import Bounds, read_day
from sxsh_options.services.money import Matched, field_that_answers, period_of
from sxsh_options.ui import shell
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, join, table, tag
from sxsh_options.ui.work import Work

_DAY, _KEPT_DAY = "sources_as_of", "rules_of_day"
_LAST = date(2035, 12, 31)
_MOST_ASKED = 6
_SHARE = Bounds(0, 1)


def day(work: Work, wording: Wording) -> date:
    """Show the field for the day whose rules count for an assessment; today while it cannot be read."""
    return day_field(wording.text("sources.as_of"), _DAY, f"{_KEPT_DAY}/{work.id}", today(), wording)


def day_field(label: str, key: str, kept: str, otherwise: date, wording: Wording) -> date:
    """Show a field for a day; return it, or another one while it is empty or cannot be read.

    What was typed is kept for the other pages of money: a field's own text ends with its page, or stays
    behind as that of a field which is gone, so that only the kept one is trusted.
    """

    def keep() -> None:
        st.session_state[kept] = st.session_state[key]

    st.session_state[key] = st.session_state.get(kept, "")
    hint = otherwise.strftime("%d/%m/%Y")
    typed = st.text_input(label, placeholder=hint, key=key, max_chars=30, on_change=careful(keep))
    if not typed.strip():
        return otherwise
    found = read_day(typed, _LAST)
    if found.fault is not None:
        shell.show(tag("p", wording.word(found.fault), class_="sx-fault", role="alert"))
    if found.status != "value":
        shell.show(tag("p", wording.text("sources.as_of.used", day=otherwise), class_="sx-echo"))
        return otherwise
    shell.show(tag("p", f"= {wording.date(date.fromisoformat(found.value))}", class_="sx-echo"))
    return date.fromisoformat(found.value)


def nothing_yet(matched: Matched, wording: Wording) -> None:
    """Say where there is nothing to finance, with the way to the options."""
    if matched.investment_vnd > 0:
        return
    shell.show(tag("p", wording.text("sources.nothing"), class_="sx-lead sx-warns"))
    shell.link("options", wording.text("sources.nothing.go"), icon=":material/arrow_forward:")


def lead(matched: Matched, wording: Wording) -> Html:
    """Return in words how many sources of money fit, or are to be asked; what is no money, apart."""
    text = wording.text
    counts = {
        verdict: len(matched.money(verdict)) for verdict in ("eligible", "undetermined", "not_eligible")
    }
    parts = [tag("p", text("sources.lead", **counts), class_="sx-lead")]
    first = min(match.source.versions[0].from_ for match in matched.found) if matched.found else None
    if first is not None and matched.as_of < first:
        parts.append(tag("p", text("sources.no_rule_yet", day=first), class_="sx-ask"))
    beside = [*matched.beside("eligible"), *matched.beside("undetermined")]
    tax = sum(match.source.kind == "tax" for match in beside)
    advice = sum(match.source.kind == "advice" for match in beside)
    said = text("sources.lead.beside", tax=tax, advice=advice)
    if matched.investment_vnd > 0:
        amount = wording.money_compact(matched.investment_vnd)
        said = f"{text('sources.lead.investment', amount=amount)} {said}"
    return join([*parts, tag("p", said, class_="sx-quiet")])


def questions(matched: Matched, facility: Facility, work: Work, wording: Wording) -> None:
    """Ask what decides in most sources: of the project here, of the facility and of rates on their pages."""
    counts: dict[str, int] = {}
    for match in matched.found:
        if match.verdict == "undetermined":
            for name in {fact for criterion in match.criteria for fact in criterion.to_ask}:
                counts[name] = counts.get(name, 0) + 1
    of_facility: dict[str, int] = {}
    for name, count in counts.items():
        field = None if is_of_project(name) else field_that_answers(name, facility)
        if field is not None:
            of_facility[field] = max(of_facility.get(field, 0), count)
    asked = sorted(of_facility, key=lambda name: -of_facility[name])[:_MOST_ASKED]
    if asked:
        facts = "; ".join(within(said_of.fact_said(name, wording)) for name in asked)
        shell.show(tag("p", wording.text("sources.ask", facts=facts), class_="sx-ask"))
        shell.link("facility", wording.text("sources.ask.go"), icon=":material/arrow_forward:")
    if "cost_kind" in counts:
        shell.show(tag("p", wording.text("sources.cost_kind"), class_="sx-ask"))
        shell.link("options", wording.text("screen.unfinished.options"), icon=":material/edit:")
    if "investment_usd" in counts:
        shell.show(tag("p", wording.text("sources.no_rate", day=matched.as_of), class_="sx-ask"))
        shell.link("assumptions", wording.text("sources.no_rate.go"), icon=":material/arrow_forward:")
    with st.expander(wording.text("sources.project"), key="project_facts"):
        _project(work, wording)


def _project(work: Work, wording: Wording) -> None:
    """Show the fields about the project."""
    fields = Fields(work, wording)
    with st.container(horizontal=True, key="pairs-project"):
        for name in Project.model_fields:
            label = wording.text(f"funding.fact.{name}")
            with st.container(key=f"pair-{name}"):
                if DOMAINS[name] == "bool":
                    fields.yes_no(("project", name), label)
                else:
                    fields.percent(("project", name), label, _SHARE, hint="25")
    shell.show(tag("p", wording.text("sources.project.share"), class_="sx-quiet"))


def section(matched: Matched, verdict: Verdict, facility: Facility, wording: Wording) -> Html:
    """Return the sources of a verdict: those of money, then tax, advice and own capital apart."""
    money, beside = matched.money(verdict), matched.beside(verdict)
    parts = [_cards(money, matched, facility, wording)]
    if beside:
        parts.append(tag("h3", f"{wording.text('sources.beside')} ({len(beside)})"))
        parts.append(_cards(beside, matched, facility, wording))
    return join(parts)


def _cards(matches: Sequence[Match], matched: Matched, facility: Facility, wording: Wording) -> Html:
    """Return sources below each other; say so where there is none."""
    if not matches:
        return tag("p", wording.text("sources.none"), class_="sx-quiet")
    invests = matched.investment_vnd > 0
    cards = (_card(each, facility, wording, invests=invests) for each in matches)
    return tag("section", cards, class_="sx-fit sx-sources")


def _card(match: Match, facility: Facility, wording: Wording, *, invests: bool) -> Html:
    """Return a source that opens to what to do first, its levels, conditions, deadline and dossier."""
    parts = [*_first(match, facility, wording)]
    if match.version is not None and match.version.note is not None:
        parts.append(tag("p", match.version.note.both[wording.lang], class_="sx-remark"))
    if match.items:
        parts.append(_levels(match, wording))
    parts += [_criteria(match, wording), *_about(match, wording)]
    return tag(
        "details",
        tag(
            "summary",
            tag("span", match.source.name.both[wording.lang]),
            tag("span", _worth(match, wording, invests=invests), class_="sx-value"),
        ),
        parts,
        class_="sx-how sx-source",
    )


def _first(match: Match, facility: Facility, wording: Wording) -> Iterator[Html]:
    """Yield what stands first: that nothing helps, what would, or what to answer and whom to ask."""
    text = wording.text
    final = said_of.refusals(match, wording)
    mend = [said_of.test_said(test, wording) for criterion in match.criteria for test in criterion.to_mend]
    if final:
        yield tag("p", text("sources.final", what="; ".join(final)), class_="sx-ask")
    elif match.verdict == "not_eligible" and mend:
        yield tag("p", text("sources.mend", what="; ".join(dict.fromkeys(mend))), class_="sx-ask")
    if match.verdict != "undetermined":
        return
    fields, of_project = said_of.to_answer(match, facility, wording)
    others = said_of.to_ask_others(match, facility, wording)
    said = []
    if fields:
        said.append(text("sources.answer.facility", what="; ".join(fields)))
    if of_project:
        said.append(text("sources.answer.project", what="; ".join(of_project)))
    if any("cost_kind" in criterion.to_ask for criterion in match.criteria):
        said.append(text("sources.answer.cost_kind"))
    if any("investment_usd" in criterion.to_ask for criterion in match.criteria):
        said.append(text("sources.answer.rate"))
    if others:
        whom = said_of.whom_to_ask(match.source, wording)
        said.append(text("sources.answer.others", whom=whom, what="; ".join(others)))
    if said:
        yield tag("p", (tag("span", each) for each in said), class_="sx-ask sx-asked")


def _worth(match: Match, wording: Wording, *, invests: bool) -> str:
    """Return what a source gives, what it comes to where something is to be financed, and by when to file."""
    kind = wording.text(f"sources.kind.{match.source.kind}")
    said = [kind]
    amount = said_of.amount(match, wording)
    if amount is not None:
        said = [wording.text("sources.kind_and_amount", kind=kind, amount=amount)]
    elif terms := [each for item in match.items for each in said_of.loan_terms(item.support, wording)]:
        said.append(terms[0])
    elif match.verdict != "not_eligible" and match.items and invests:
        nothing = all(item.no_such_cost for item in match.items)
        said.append(wording.text("sources.no_such_cost" if nothing else "sources.not_loaded"))
    if match.deadline is not None and match.verdict != "not_eligible":
        year = str(match.deadline.for_year)
        said.append(wording.text("sources.deadline", day=match.deadline.closes, year=year))
    return " · ".join(said)


def _levels(match: Match, wording: Wording) -> Html:
    headings = [wording.text(f"sources.{name}") for name in ("item", "rule", "comes_to", "reference")]
    rows = (
        (
            wording.text(f"funding.item.{item.support.item}"),
            _rule(item, wording),
            _comes_to(item, match.remaining_vnd, wording),
            _reference(item.support.reference, wording),
        )
        for item in match.items
    )
    return table(headings, rows, caption=wording.text("sources.levels"), class_="sx-facts sx-levels")


def _rule(item: ItemAmount, wording: Wording) -> Html:
    line = item.support
    said: list[Html | str] = ["; ".join(_rule_of(item, wording)) or wording.text("sources.not_loaded")]
    has_share = line.rate is not None or line.loan_share is not None or line.steps
    if line.costs and has_share and not line.lump:
        said.append(tag("div", wording.text(f"sources.base.{line.base}"), class_="sx-quiet"))
    if line.note is not None:
        said.append(tag("div", line.note.both[wording.lang], class_="sx-quiet"))
    return join(said)


def _rule_of(item: ItemAmount, wording: Wording) -> Iterator[str]:
    line, text = item.support, wording.text
    if line.lump and item.cap_vnd is not None:
        yield text("sources.lump", amount=wording.money_compact(item.cap_vnd))
        return
    cost = said_of.cost_said(item, wording)
    if line.rate is not None:
        yield text("sources.rate", rate=line.rate, cost=cost)
    if line.steps:
        yield text("sources.steps", cost=cost)
    for step in line.steps:
        yield f"≥{NO_BREAK_SPACE}{wording.percent(step.improvement)}: {wording.percent(step.share)}"
    if line.loan_share is not None:
        yield text("sources.loan", rate=line.loan_share, cost=cost)
    if item.cap_vnd is not None:
        yield text("sources.cap", amount=wording.money_compact(item.cap_vnd))
    if line.higher_cap is not None:
        amount = wording.money_compact(line.higher_cap.cap_vnd)
        when = said_of.rule_said(line.higher_cap.when, wording)
        yield text("sources.higher_cap", amount=amount, when=when)
    if line.multiplier is not None:
        when = line.multiplier.when.both[wording.lang]
        yield text("sources.multiplier", value=line.multiplier.value, when=when)
    yield from said_of.loan_terms(line, wording)
    if line.term_years is not None:
        yield text("sources.term", years=line.term_years)
    if line.own_equity_min is not None:
        yield text("sources.own_equity", share=line.own_equity_min)
    if line.collateral_share is not None:
        yield text("sources.collateral", share=line.collateral_share)


def _comes_to(item: ItemAmount, remaining_vnd: float | None, wording: Wording) -> str:
    upper, text, money = item.upper_bound_vnd, wording.text, wording.money_compact
    if item.amount_vnd is not None:
        said = money(item.amount_vnd)
    elif upper is not None and not item.of_other_vnd:
        said = text("sources.at_most", amount=money(upper))
    elif upper is None:
        said = text("sources.no_such_cost") if item.no_such_cost else wording.term("not_known")
    else:
        said = ""
    because = []
    if item.of_other_vnd and upper is not None:
        because.append(text("sources.with_other", amount=money(upper)))
    if remaining_vnd is not None and upper == remaining_vnd:
        because.append(text("sources.what_is_left", amount=money(remaining_vnd)))
    inside = "; ".join(because)
    return f"{said} ({inside})" if said and inside else said or inside


def _criteria(match: Match, wording: Wording) -> Html:
    names = ("criterion", "result", "observed", "required", "reference")
    rows = (
        (
            said_of.criterion_name(criterion, wording),
            wording.text(f"match.result.{criterion.result}"),
            said_of.observed(criterion, wording),
            _lines(said_of.required(criterion, wording)),
            _since(criterion, wording),
        )
        for criterion in match.criteria
    )
    headings = [wording.text(f"sources.{name}") for name in names]
    return table(headings, rows, caption=wording.text("sources.caption"), class_="sx-facts sx-criteria")


def _lines(said: Sequence[str]) -> Html:
    """Return texts below each other; where there is none, a dash that a narrow screen leaves out."""
    return join([tag("div", each) for each in said] or [tag("span", "–", class_="sx-none")])


def _since(criterion: Outcome, wording: Wording) -> Html:
    """Return where a criterion stands, and since when it has stood so."""
    parts = [_reference(criterion.reference, wording)] if criterion.reference else [join(["–"])]
    if criterion.since is not None:
        since = wording.text("sources.since", day=criterion.since)
        parts.append(tag("div", _assumed(since, criterion.is_since_assumed, wording), class_="sx-quiet"))
    return join(parts)


def _assumed(said: str, is_assumed: bool, wording: Wording) -> str:
    return f"{said} ({wording.text('sources.start_assumed')})" if is_assumed else said


def _about(match: Match, wording: Wording) -> Iterator[Html]:
    """Yield where and when to file, how the money comes, what is not known, whence it is, and the dossier."""
    source = match.source
    told = {
        "files_at": source.files_at,
        "decides": source.decides,
        "window": source.window.note if source.window else None,
        "payout": source.payout.note if source.payout else None,
        "order": source.award_order,
        "missing": source.missing,
    }
    rows = [(name, join([what.both[wording.lang]])) for name, what in told.items() if what is not None]
    rows += _provenance(match, wording)
    yield tag(
        "dl",
        (tag("div", tag("dt", wording.text(f"sources.{name}")), tag("dd", what)) for name, what in rows),
        class_="sx-source-about",
    )
    if source.dossier:
        papers = (
            tag(
                "li",
                paper.name.both[wording.lang],
                " " + wording.text("sources.by_app") if paper.filled_by == "app" else "",
            )
            for paper in source.dossier
        )
        yield tag("h4", wording.text("sources.dossier"))
        yield tag("ul", papers)


def _provenance(match: Match, wording: Wording) -> Iterator[tuple[str, Html]]:
    """Yield how long the rule holds, until when its terms are known, its texts, when it was checked."""
    version, period = match.version, period_of(match)
    if version is not None and period is not None:
        first, last = period
        said = _assumed(wording.text("sources.since", day=first), version.start_assumed, wording)
        if last is not None:
            said = f"{said} {wording.text('sources.until', day=last)}"
        yield "period", join([said])
        if version.still_valid_on is not None:
            yield "known_until", join([wording.date(version.still_valid_on)])
        yield "texts", join(tag("div", _reference(each, wording)) for each in version.references)
    yield "checked_on", join([wording.date(match.source.checked_on)])


def _reference(reference: Reference, wording: Wording) -> Html:
    named = said_of.citation(reference, wording)
    if reference.url.startswith(("https://", "http://")):
        title = tag("a", named, href=reference.url, target="_blank", rel="noopener noreferrer")
    else:
        title = tag("span", named)
    evidence = tag("span", wording.text(f"evidence.{reference.evidence}"), class_="sx-quiet")
    return join([title, " · ", evidence])

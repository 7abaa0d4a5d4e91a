"""Sources of money as a person reads them: what they come to, and every condition with its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

import streamlit as st

from sxsh_options.day import today
from sxsh_options.funding import Match
from sxsh_options.funding.amounts import ItemAmount
from sxsh_options.funding.eligibility import Outcome, Verdict
from sxsh_options.funding.facts import DOMAINS, Value, is_of_project
from sxsh_options.funding.schema import Reference, Rule, Text
from sxsh_options.i18n import Wording, plans
from sxsh_options.model import Project
from sxsh_options.services.entry import Bounds, read_day
from sxsh_options.services.money import Matched
from sxsh_options.ui import shell
from sxsh_options.ui.fields import Fields
from sxsh_options.ui.guard import careful
from sxsh_options.ui.markup import Html, join, table, tag
from sxsh_options.ui.work import Work

_DAY, _KEPT_DAY = "sources_as_of", "rules_of_day"
_LAST = date(2035, 12, 31)
_MOST_ASKED = 6
_SHARE = Bounds(0, 1)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_OF_FACILITY = {  # facts whose values are worded beside their field
    "legal_form": "facility.form",
    "ownership": "facility.ownership",
    "commune_kind": "facility.commune_kind",
    "commune_kind_before_merger": "facility.commune_kind_before_merger",
    "district_kind_before_merger": "facility.district_kind_before_merger",
    "city_class_before_merger": "facility.city_class_before_merger",
}
_OWN_VALUES = frozenset({"province_kind", "business_group", "status", "beneficiary"})
_SHARES = frozenset(
    {"energy_saving_share", "co2e_saving_share", "environmental_improvement", "domestic_capital_share"}
)


def day(wording: Wording) -> date:
    """Show the field for the day whose rules count; return it, today while it cannot be read."""
    return day_field(wording.text("sources.as_of"), _DAY, _KEPT_DAY, today(), wording)


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


def lead(matched: Matched, wording: Wording) -> Html:
    """Return in words how many sources fit, need an answer, or do not fit."""
    counts = {verdict: sum(each.verdict == verdict for each in matched.found) for verdict in VERDICTS}
    return tag("p", wording.text("sources.lead", **counts), class_="sx-lead")


def questions(matched: Matched, work: Work, wording: Wording) -> None:
    """Ask what decides in most sources: of the project here, of the facility on its own page."""
    counts: dict[str, int] = {}
    for each in matched.found:
        if each.verdict == "undetermined":
            for name in {fact for criterion in each.criteria for fact in criterion.to_ask}:
                counts[name] = counts.get(name, 0) + 1
    of_facility = [name for name in counts if not is_of_project(name)]
    asked = sorted(of_facility, key=lambda name: -counts[name])[:_MOST_ASKED]
    if asked:
        names = (wording.text(f"funding.fact.{name}") for name in asked)
        facts = ", ".join(name[:1].lower() + name[1:] for name in names)
        shell.show(tag("p", wording.text("sources.ask", facts=facts), class_="sx-ask"))
        shell.link("facility", wording.text("sources.ask.go"), icon=":material/arrow_forward:")
    with st.expander(wording.text("sources.project"), key="project_facts"):
        _project(work, wording)


def _project(work: Work, wording: Wording) -> None:
    """Show the fields about the project."""
    fields = Fields(work, wording)
    shell.show(tag("p", wording.text("sources.project.share"), class_="sx-quiet"))
    with st.container(horizontal=True, key="pairs-project"):
        for name in Project.model_fields:
            label = wording.text(f"funding.fact.{name}")
            with st.container(key=f"pair-{name}"):
                if DOMAINS[name] == "bool":
                    fields.yes_no(("project", name), label)
                else:
                    fields.percent(("project", name), label, _SHARE, hint="25")


def cards(matches: Sequence[Match], wording: Wording) -> Html:
    """Return sources below each other; say so where there is none."""
    if not matches:
        return tag("p", wording.text("sources.none"), class_="sx-quiet")
    return tag("section", (card(each, wording) for each in matches), class_="sx-fit sx-sources")


def card(match: Match, wording: Wording) -> Html:
    """Return a source that opens to its levels, conditions, deadline and dossier."""
    lang = wording.lang
    parts: list[Html] = []
    if match.version is not None and match.version.note is not None:
        parts.append(tag("p", _in(match.version.note, lang), class_="sx-remark"))
    if match.items:
        parts.append(_levels(match, wording))
    mend = [_test(test, wording) for criterion in match.criteria for test in criterion.to_mend]
    if mend:
        parts.append(
            tag("p", wording.text("sources.mend", what="; ".join(dict.fromkeys(mend))), class_="sx-ask")
        )
    open_ones = [plans.criterion_name(each, wording) for each in match.criteria if each.is_condition]
    if open_ones:
        parts.append(tag("p", wording.text("sources.check", what="; ".join(open_ones)), class_="sx-ask"))
    parts += [_criteria(match, wording), *_about(match, wording)]
    return tag(
        "details",
        tag(
            "summary",
            tag("span", _in(match.source.name, lang)),
            tag("span", _worth(match, wording), class_="sx-value"),
        ),
        parts,
        class_="sx-how sx-source",
    )


def _worth(match: Match, wording: Wording) -> str:
    """Return what a source gives, what it comes to, and by when to file."""
    kind = wording.text(f"sources.kind.{match.source.kind}")
    said = [kind]
    if match.amount_vnd is not None:
        amount = wording.money_compact(match.amount_vnd)
        said = [wording.text("sources.kind_and_amount", kind=kind, amount=amount)]
    elif match.amount_upper_bound_vnd is not None:
        most = wording.money_compact(match.amount_upper_bound_vnd)
        most = wording.text("sources.at_most", amount=most)
        said = [wording.text("sources.kind_and_amount", kind=kind, amount=most)]
    elif match.verdict != "not_eligible" and match.items:
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
            _comes_to(item, wording),
            _reference(item.support.reference, wording),
        )
        for item in match.items
    )
    return table(headings, rows, caption=wording.text("sources.levels"), class_="sx-facts")


def _rule(item: ItemAmount, wording: Wording) -> Html:
    said = "; ".join(_rule_of(item, wording)) or wording.text("sources.not_loaded")
    note = item.support.note
    return join(
        [said, tag("div", _in(note, wording.lang), class_="sx-quiet")] if note is not None else [said]
    )


def _rule_of(item: ItemAmount, wording: Wording) -> Iterator[str]:
    line = item.support
    if line.lump and item.cap_vnd is not None:
        yield wording.text("sources.lump", amount=wording.money_compact(item.cap_vnd))
        return
    if line.rate is not None:
        yield wording.text("sources.rate", rate=line.rate)
    for step in line.steps:
        yield f"≥ {wording.percent(step.improvement)}: {wording.percent(step.share)}"
    if line.loan_share is not None:
        yield wording.text("sources.loan", rate=line.loan_share)
    if item.cap_vnd is not None:
        yield wording.text("sources.cap", amount=wording.money_compact(item.cap_vnd))
    if line.higher_cap is not None:
        amount = wording.money_compact(line.higher_cap.cap_vnd)
        yield wording.text("sources.higher_cap", amount=amount, when=_required(line.higher_cap.when, wording))
    if line.multiplier is not None:
        when = _in(line.multiplier.when, wording.lang)
        yield wording.text("sources.multiplier", value=line.multiplier.value, when=when)
    if line.interest_rate is not None:
        yield wording.text("sources.interest", rate=line.interest_rate)
    if line.points is not None:
        yield wording.text("sources.points", rate=line.points)
    if line.term_years is not None:
        yield wording.text("sources.term", years=line.term_years)


def _comes_to(item: ItemAmount, wording: Wording) -> str:
    if item.amount_vnd is not None:
        return wording.money_compact(item.amount_vnd)
    if item.upper_bound_vnd is not None:
        return wording.text("sources.at_most", amount=wording.money_compact(item.upper_bound_vnd))
    return wording.text("sources.no_such_cost") if item.no_such_cost else wording.term("not_known")


def _criteria(match: Match, wording: Wording) -> Html:
    names = ("criterion", "result", "observed", "required", "reference")
    rows = (
        (
            plans.criterion_name(criterion, wording),
            wording.text(f"match.result.{criterion.result}"),
            _observed(criterion, wording),
            _required(criterion.required, wording) if criterion.required else "–",
            _reference(criterion.reference, wording) if criterion.reference else "–",
        )
        for criterion in match.criteria
    )
    headings = [wording.text(f"sources.{name}") for name in names]
    return table(headings, rows, caption=wording.text("sources.caption"), class_="sx-facts")


def _observed(criterion: Outcome, wording: Wording) -> str:
    known = []
    for name, value in criterion.observed.items():
        if value is None:
            continue
        said = f"{wording.text(f'funding.fact.{name}')}: {_value(name, value, wording)}"
        known.append(wording.text("sources.assumed", what=said) if name in criterion.assumed else said)
    return "; ".join(known) or wording.text("field.not_known")


def _required(rule: Rule, wording: Wording) -> str:
    """Return a rule in words; an inner group stands in brackets."""
    inner = rule.all or rule.any
    if not inner:
        return _test(rule, wording)
    way = wording.text("funding.joined.all" if rule.all else "funding.joined.any")
    return f"{way} ({'; '.join(_required(each, wording) for each in inner)})"


def _test(rule: Rule, wording: Wording) -> str:
    name = str(rule.field)
    comparison, bound = rule.comparison
    if comparison == "one_of":
        value = ", ".join(_value(name, each, wording) for each in bound)
    else:
        value = _value(name, bound, wording)
    return wording.text(f"funding.test.{comparison}", fact=wording.text(f"funding.fact.{name}"), value=value)


def _value(name: str, value: Value, wording: Wording) -> str:
    """Return a fact as it is said."""
    if isinstance(value, bool):
        return wording.term("yes" if value else "no")
    if isinstance(value, date):
        return wording.date(value)
    if isinstance(value, (int, float)):
        if name.endswith("_vnd"):
            return wording.money_compact(value)
        return wording.percent(value) if name in _SHARES else wording.number(value)
    if name in _OF_FACILITY:
        return wording.text(f"{_OF_FACILITY[name]}.{value}")
    if name in _OWN_VALUES:
        return wording.text(f"funding.value.{name}.{value}")
    if name == "cost_items":
        items = str(value).split(", ")
        return ", ".join("?" if item == "?" else wording.text(f"funding.item.{item}") for item in items)
    return str(value)


def _about(match: Match, wording: Wording) -> Iterator[Html]:
    """Yield where and when to file, how the money comes, what is not known, and the dossier."""
    source, lang = match.source, wording.lang
    told = {
        "files_at": source.files_at,
        "decides": source.decides,
        "window": source.window.note if source.window else None,
        "payout": source.payout.note if source.payout else None,
        "order": source.award_order,
        "missing": source.missing,
    }
    said = [
        tag("div", tag("dt", wording.text(f"sources.{name}")), tag("dd", _in(what, lang)))
        for name, what in told.items()
        if what is not None
    ]
    if said:
        yield tag("dl", said, class_="sx-source-about")
    if source.dossier:
        papers = (
            tag(
                "li",
                _in(paper.name, lang),
                " " + wording.text("sources.by_app") if paper.filled_by == "app" else "",
            )
            for paper in source.dossier
        )
        yield tag("h4", wording.text("sources.dossier"))
        yield tag("ul", papers)


def _reference(reference: Reference, wording: Wording) -> Html:
    named = " ".join(filter(None, (reference.title, reference.article)))
    evidence = tag("span", wording.text(f"evidence.{reference.evidence}"), class_="sx-quiet")
    return join([tag("span", named), " · ", evidence])


def _in(words: Text, lang: str) -> str:
    return words.vi if lang == "vi" else words.en

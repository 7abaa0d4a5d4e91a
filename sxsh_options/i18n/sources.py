"""What sources of money ask, and what became of it, in words; screens and terminal say it alike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date

from sxsh_options.funding import Match
from sxsh_options.funding.amounts import ItemAmount
from sxsh_options.funding.eligibility import Outcome, that_matters
from sxsh_options.funding.facts import Value, is_of_project
from sxsh_options.funding.rules import Rule
from sxsh_options.funding.schema import Reference, Source, Support
from sxsh_options.i18n.wording import Wording, within
from sxsh_options.model import Facility
from sxsh_options.services.money import field_that_answers
from sxsh_options.services.plans import Change

_OF_FACILITY = {  # facts whose values are worded beside their field
    "legal_form": "facility.form",
    "ownership": "facility.ownership",
    "commune_kind": "facility.commune_kind",
    "commune_kind_before_merger": "facility.commune_kind_before_merger",
    "district_kind_before_merger": "facility.district_kind_before_merger",
    "city_class_before_merger": "facility.city_class_before_merger",
}
_LABELS = {  # of fields of the facility that are not called as the field is
    "legal_form": "facility.form",
    "revenue_vnd": "facility.revenue",
    "employees_insured": "facility.employees",
    # beside their field stands under which heading it is
    "previous_state_support": "funding.fact.previous_state_support",
    "commune_kind_before_merger": "funding.fact.commune_kind_before_merger",
    "district_kind_before_merger": "funding.fact.district_kind_before_merger",
    "city_class_before_merger": "funding.fact.city_class_before_merger",
}
_OWN_VALUES = frozenset({"province_kind", "business_group", "status", "beneficiary"})
_SHARES = frozenset(
    {"energy_saving_share", "co2e_saving_share", "environmental_improvement", "domestic_capital_share"}
)
_IN_ENGLISH = {
    "điều": "Article",
    "khoản": "clause",
    "điểm": "point",
    "mục": "section",
    "chương": "Chapter",
    "phần": "Part",
    "phụ lục": "Annex",
    "biểu": "Table",
    "mẫu": "Form",
    "năm": "of",
    "công bố": "published",
    "và": "and",
}
_IN_ARTICLE = re.compile(rf"\b({'|'.join(_IN_ENGLISH)})\b", re.IGNORECASE)
_HERE = frozenset({"investment_usd", "cost_kind"})  # what neither the facility nor others answer
_WHO_GIVES = {"loan": "lender", "interest_support": "lender", "tax": "tax_office"}


def _inside(name: str) -> str:
    """Return the name of a criterion inside a sentence: "A rule is known" becomes "a rule is known"."""
    return f"a{name[1:]}" if name.startswith("A ") else within(name)


def loan_terms(line: Support, wording: Wording) -> Iterator[str]:
    """Yield what a loan costs, and how much of its interest is taken over."""
    if line.interest_rate is not None:
        yield wording.text("sources.interest", rate=line.interest_rate)
    if line.share_of_interest is not None and line.points is not None:
        yield wording.text("sources.part_of_interest", share=line.share_of_interest, most=line.points)
    elif line.share_of_interest is not None:
        yield wording.text("sources.share_of_interest", share=line.share_of_interest)
    elif line.points is not None:
        yield wording.text("sources.points", rate=line.points)


# Where a rule stands


def article(reference: Reference, wording: Wording) -> str:
    """Return the article of a text: "Điều 8" is "Article 8" in English."""
    if wording.lang == "vi":
        return reference.article
    return _IN_ARTICLE.sub(lambda found: _IN_ENGLISH[found[1].lower()], reference.article)


def citation(reference: Reference, wording: Wording) -> str:
    """Return title and article; titles of laws stay Vietnamese."""
    return " ".join(filter(None, (reference.title, article(reference, wording))))


# What is asked


def criterion_name(outcome: Outcome, wording: Wording) -> str:
    """Return what a criterion asks, which holds both languages or is a code."""
    return outcome.name.get(wording.lang) or wording.text(outcome.name["code"])


def required(outcome: Outcome, wording: Wording) -> list[str]:
    """Return what of a criterion's rule matters for what is known, a line for each part that must hold."""
    if outcome.required is None:
        return []
    rule = that_matters(outcome.required, outcome.observed)
    return [rule_said(each, wording) for each in rule.all or (rule,)]


def rule_said(rule: Rule, wording: Wording) -> str:
    """Return a rule in words; an inner group stands in brackets."""
    inner = rule.all or rule.any
    if not inner:
        return test_said(rule, wording)
    way = wording.text("funding.joined.all" if rule.all else "funding.joined.any")
    return f"{way} ({'; '.join(rule_said(each, wording) for each in inner)})"


def test_said(rule: Rule, wording: Wording) -> str:
    """Return a test of one fact in words."""
    name = str(rule.field)
    comparison, bound = rule.comparison
    if comparison == "one_of":
        value = ", ".join(value_said(name, each, wording) for each in bound)
    else:
        value = value_said(name, bound, wording)
    return wording.text(f"funding.test.{comparison}", fact=wording.text(f"funding.fact.{name}"), value=value)


def value_said(name: str, value: Value, wording: Wording) -> str:
    """Return a fact as it is said."""
    if isinstance(value, bool):
        return wording.term("yes" if value else "no")
    if isinstance(value, date):
        return wording.date(value)
    if isinstance(value, float) and not math.isfinite(value):
        return wording.text("funding.value.no_revenue_counts")
    if isinstance(value, (int, float)):
        if name.endswith("_vnd"):
            return wording.money_compact(value)
        return wording.percent(value) if name in _SHARES else wording.number(value)
    if name in _OF_FACILITY:
        return wording.text(f"{_OF_FACILITY[name]}.{value}")
    if name in _OWN_VALUES:
        return wording.text(f"funding.value.{name}.{value}")
    if name == "sector":
        return sector_said(str(value), wording)
    if name == "cost_items":
        items = str(value).split(", ")
        return ", ".join("?" if item == "?" else wording.text(f"funding.item.{item}") for item in items)
    return str(value)


def sector_said(sector: str, wording: Wording) -> str:
    """Return the name of a sector of the catalogue; another one as it was typed."""
    from sxsh_options.options.tables import option_catalogue

    known = option_catalogue().sectors.get(sector)
    return wording.quoted(sector) if known is None else within(known.name[wording.lang])


def observed(outcome: Outcome, wording: Wording) -> str:
    """Return what is known of that which a criterion asks."""
    known = []
    for name, value in outcome.observed.items():
        if value is None:
            continue
        said = f"{wording.text(f'funding.fact.{name}')}: {value_said(name, value, wording)}"
        known.append(wording.text("sources.assumed", what=said) if name in outcome.assumed else said)
    return "; ".join(known) or wording.text("field.not_known")


# Refused


def refusals(match: Match, wording: Wording) -> list[str]:
    """Return for what a source refuses that nothing can be done about."""
    return [refusal(each, match.source, wording) for each in match.criteria if each.is_final]


def refusal(outcome: Outcome, source: Source, wording: Wording) -> str:
    """Return why a source refuses for good, in words that name the province, the day, the item."""
    known, text = outcome.observed, wording.text
    if outcome.id == "location_province" and source.jurisdiction is not None:
        place = source.jurisdiction
        if place.province is None:
            return text("sources.final.other_provinces")
        name = text("sources.old_province", province=place.province) if place.old else place.province
        return text("sources.final.province", province=name)
    if outcome.id == "date":
        ended = known.get("ended_on")
        if ended is not None:
            return text("sources.final.ended", day=ended)
        return text("sources.final.not_yet", day=known.get("no_rule_known_before"))
    if outcome.id == "previous_support":
        items = value_said("cost_items", known.get("cost_items"), wording)
        return text("sources.final.previous_support", items=items)
    return text(f"sources.final.{outcome.id}")


# To be asked


def fact_said(name: str, wording: Wording) -> str:
    """Return what a fact of the project, or a field of the facility, is called on its form."""
    if is_of_project(name):
        return wording.text(f"funding.fact.{name}")
    return wording.text(_LABELS.get(name, f"facility.{name}"))


def to_answer(match: Match, facility: Facility, wording: Wording) -> tuple[list[str], list[str]]:
    """Return the fields of the facility, and the facts of the project, that could decide."""
    asked = [name for each in match.criteria for name in each.to_ask]
    fields = [field for name in asked if (field := field_that_answers(name, facility)) is not None]
    of_project = [name for name in asked if is_of_project(name)]
    return _named(fields, wording), _named(of_project, wording)


def _named(names: Sequence[str], wording: Wording) -> list[str]:
    return list(dict.fromkeys(within(fact_said(name, wording)) for name in names))


def to_ask_others(match: Match, facility: Facility, wording: Wording) -> list[str]:
    """Return what no field of ours answers and only those who run the source know."""
    return list(dict.fromkeys(_asked_of_others(match, facility, wording)))


def _asked_of_others(match: Match, facility: Facility, wording: Wording) -> Iterator[str]:
    for each in match.criteria:
        if each.is_condition:
            yield _inside(criterion_name(each, wording))
        elif each.result == "not_met":  # by a text that nobody has read
            criterion = _inside(criterion_name(each, wording))
            yield wording.text("sources.whether.unread", criterion=criterion)
        elif each.result == "unknown" and each.required is None and not each.to_ask:
            yield whether(each, match.source, wording)
        for name in each.to_ask:
            if name not in _HERE and not is_of_project(name) and not field_that_answers(name, facility):
                fact = within(wording.text(f"funding.fact.{name}"))
                yield wording.text("sources.whether.fact", fact=fact)


def whether(outcome: Outcome, source: Source, wording: Wording) -> str:
    """Return a question about what a source itself asks, or about a rule that is not known on the day."""
    known, text = outcome.observed, wording.text
    if outcome.id == "status":
        if source.kind == "tax":
            return text("sources.whether.applies")
        return text("sources.whether.begun" if known.get("status") == "pending" else "sources.whether.open")
    if outcome.id == "up_to_date":
        return text("sources.whether.up_to_date", day=known.get("known_until"))
    if outcome.id == "location_province":
        return text("sources.whether.location_province")
    before = known.get("no_rule_known_before")
    if outcome.id == "date":
        return text("sources.whether.date", day=before)
    return text("sources.whether.criterion", criterion=criterion_name(outcome, wording), day=before)


def whom_to_ask(source: Source, wording: Wording) -> str:
    """Return where to file, who decides, or who gives the money."""
    if named := source.files_at or source.decides:
        return named.both[wording.lang]
    return wording.text(f"sources.whom.{_WHO_GIVES.get(source.kind, 'office')}")


# Amounts


def amount(match: Match, wording: Wording) -> str | None:
    """Return what a source gives, or at most gives."""
    if match.amount_vnd is not None:
        return wording.money_compact(match.amount_vnd)
    if match.amount_upper_bound_vnd is not None:
        return wording.text("sources.at_most", amount=wording.money_compact(match.amount_upper_bound_vnd))
    return None


def cost_said(item: ItemAmount, wording: Wording) -> str:
    """Return the cost that a share is of: "600 triệu ₫ máy móc, lắp đặt"."""
    kinds = ", ".join(within(wording.term(f"cost_{kind}")) for kind in item.support.costs)
    if not kinds:
        return wording.text("sources.the_cost")
    if item.eligible_cost_vnd <= 0:
        return kinds
    cost = wording.money_compact(item.eligible_cost_vnd)
    return wording.text("sources.cost_of", amount=cost, kinds=kinds)


# Two days


def difference(change: Change, wording: Wording) -> tuple[str, str]:
    """Return what a source says on each of two days, as far as it differs."""
    return _side(change, 0, wording), _side(change, 1, wording)


def _side(change: Change, side: int, wording: Wording) -> str:
    matches = (change.before, change.after)
    this, text = matches[side], wording.text
    said = []
    if matches[0].verdict != matches[1].verdict:
        said.append(text(f"match.verdict.{this.verdict}"))
    has_word = matches[0].status != matches[1].status and this.status != "unknown"
    if has_word:
        said.append(text(f"funding.value.status.{this.status}"))
    amounts = [amount(match, wording) for match in matches]
    if amounts[0] != amounts[1] and amounts[side] is not None:
        said.append(str(amounts[side]))
    told = [" · ".join(said)] if said else []
    counts = ("not_met",) if this.verdict == "not_eligible" else ("not_met", "unknown")
    for mine in (pair[side] for pair in change.criteria):
        if mine is not None and mine.result in counts and not (has_word and mine.id == "status"):
            name = refusal(mine, this.source, wording) if mine.is_final else criterion_name(mine, wording)
            told.append(f"{text(f'match.result.{mine.result}')}: {_inside(name)}")
    told = told or [*_not_there(change, side, wording)]
    return "; ".join(told) or text("sources.changes.no_amount")


def _not_there(change: Change, side: int, wording: Wording) -> Iterator[str]:
    """Yield what is open on the other day alone."""
    for pair in change.criteria:
        mine, other = pair[side], pair[1 - side]
        code = "sources.changes.not_asked" if mine is None else f"match.result.{mine.result}"
        if other is not None:
            yield f"{wording.text(code)}: {_inside(criterion_name(other, wording))}"

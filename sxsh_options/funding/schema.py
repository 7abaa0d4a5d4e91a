"""What a file of `data/funding` may hold: a source of money, or a criterion that several sources share.

Both are histories: each version holds from a day on until the next one begins, or until its own last day.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sxsh_options.funding.facts import DOMAINS, FACTS
from sxsh_options.model.facility import SupportedItem
from sxsh_options.model.option import CostKind
from sxsh_options.model.rows import Row, Share, as_tuple
from sxsh_options.parameters import EVIDENCE

Kind = Literal["grant", "loan", "interest_support", "guarantee", "tax", "own", "advice"]
Status = Literal["in_force", "pending", "closed", "unknown"]
Level = Literal["national", "provincial", "donor", "bank", "own"]
Beneficiary = Literal["establishment", "programme_owner"]
Group = Literal["state_grant", "state_interest_support", "guarantee", "donor_grant"]
Form = Literal["project", "budget", "size", "request"]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Positive = Annotated[float, Field(gt=0, strict=False)]
MonthAndDay = Annotated[  # 02-29 too
    str,
    Field(pattern=r"^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)$"),
]


class Text(Row):
    """A text in both languages."""

    vi: Words
    en: Words

    @cached_property
    def both(self) -> dict[str, str]:
        """The text by language."""
        return {"vi": self.vi, "en": self.en}


class Reference(Row):
    """Where a rule stands, and how it is known."""

    title: Words
    article: str = ""
    url: str = ""
    evidence: str

    @model_validator(mode="after")
    def _known(self) -> Reference:
        if self.evidence not in EVIDENCE:
            raise ValueError("unknown_evidence")
        return self


class Rule(Row):
    """A test of one fact, or several rules of which all or any must hold.

    ``at_most`` and ``at_least`` include their bound; ``over`` and ``under`` do not.
    """

    field: str | None = None
    one_of: Annotated[tuple[str, ...], Field(min_length=1), as_tuple] | None = None
    equals: bool | None = None
    at_most: Annotated[float, Field(strict=False)] | None = None
    at_least: Annotated[float, Field(strict=False)] | None = None
    over: Annotated[float, Field(strict=False)] | None = None
    under: Annotated[float, Field(strict=False)] | None = None
    all: Annotated[tuple[Rule, ...], Field(min_length=1), as_tuple] | None = None
    any: Annotated[tuple[Rule, ...], Field(min_length=1), as_tuple] | None = None

    @cached_property
    def comparison(self) -> tuple[str, Any]:
        """Name and bound of the comparison of a test."""
        return next((name, getattr(self, name)) for name in COMPARISONS if getattr(self, name) is not None)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The facts that the rule asks about, each once."""
        inner = self.all or self.any
        found = (name for each in inner for name in each.fields) if inner else (str(self.field),)
        return tuple(dict.fromkeys(found))

    @model_validator(mode="after")
    def _one_way(self) -> Rule:
        ways = [self.field, self.all, self.any]
        compared = [name for name in COMPARISONS if getattr(self, name) is not None]
        if sum(way is not None for way in ways) != 1 or len(compared) != (self.field is not None):
            raise ValueError("rule_one_way")
        if self.field is not None and self.field not in FACTS:
            raise ValueError(f"unknown_fact:{self.field}")
        if self.field is not None and (wrong := _unfit(self.field, compared[0], self.one_of or ())):
            raise ValueError(f"unfit_test:{self.field}:{wrong}")
        return self


COMPARISONS = ("one_of", "equals", "at_most", "at_least", "over", "under")


def _unfit(field: str, comparison: str, values: Sequence[str]) -> str | None:
    """Return what of a comparison does not fit the kind of a fact."""
    domain = DOMAINS[field]
    if domain == "text":
        return None if comparison == "one_of" else comparison
    if domain == "bool":
        return None if comparison == "equals" else comparison
    if domain == "number":
        return None if comparison in ("at_most", "at_least", "over", "under") else comparison
    if comparison != "one_of":
        return comparison
    return next((value for value in values if value not in domain), None)


class _Dated(Row):
    from_: date = Field(alias="from")
    until: date | None = None
    start_assumed: bool = False
    still_valid_on: date | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _ordered(self) -> _Dated:
        if self.until is not None and self.until < self.from_:
            raise ValueError("period_reversed")
        return self


class CriterionVersion(_Dated):
    """A criterion as it stands from a day on."""

    rule: Rule
    reference: Reference


class Criterion(Row):
    """Something that a source asks of who applies."""

    id: str
    name: Text
    versions: Annotated[tuple[CriterionVersion, ...], Field(min_length=1), as_tuple]


class Multiplier(Row):
    """What lifts a cap, once, and never the rate."""

    value: Annotated[float, Field(gt=1, le=5)]
    when: Text


class HigherCap(Row):
    """A cap that stands in place of the usual one for those whom a rule names."""

    cap_vnd: Positive
    when: Rule


class Step(Row):
    """A share that is given from an improvement on; between steps the lower one counts."""

    improvement: Share
    share: Share


class Support(Row):
    """How much a source gives for some kinds of cost.

    A grant gives ``rate`` of the eligible cost up to ``cap_vnd``; without a rate, ``cap_vnd`` as a lump.
    Where the cap is not known, ``bound_by`` names the source whose cap it cannot exceed.
    """

    item: SupportedItem
    costs: Annotated[tuple[Annotated[CostKind, Field(strict=False)], ...], as_tuple] = ()
    when: Rule | None = None
    rate: Share | None = None
    steps: Annotated[tuple[Step, ...], as_tuple] = ()
    cap_vnd: Positive | None = None
    cap_usd: Positive | None = None
    cap_per: Literal["establishment", "model", "year", "contract", "project"] = "establishment"
    lump: bool = False
    multiplier: Multiplier | None = None
    higher_cap: HigherCap | None = None
    bound_by: str | None = None
    base: Literal["net_of_vat", "with_vat", "not_known"] = "not_known"
    loan_share: Share | None = None
    interest_rate: Share | None = None
    points: Share | None = None  # of interest that is taken over, a year
    share_of_interest: Share | None = None
    term_years: Positive | None = None
    grace_years: Annotated[float, Field(ge=0, strict=False)] | None = None
    own_equity_min: Share | None = None
    reference: Reference
    note: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Support:
        if self.lump and self.cap_vnd is None:
            raise ValueError("lump_without_amount")
        return self


class Needs(Row):
    """A source that must be in the plan too, or several of which all or any must be."""

    source: str | None = None
    all: Annotated[tuple[Needs, ...], Field(min_length=1), as_tuple] | None = None
    any: Annotated[tuple[Needs, ...], Field(min_length=1), as_tuple] | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, value: Any) -> Any:
        return {"source": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_way(self) -> Needs:
        if sum(way is not None for way in (self.source, self.all, self.any)) != 1:
            raise ValueError("needs_one_way")
        return self

    @property
    def named(self) -> frozenset[str]:
        """Every source that is named."""
        inner = self.all or self.any
        return (
            frozenset().union(*(each.named for each in inner)) if inner else frozenset((self.source or "",))
        )

    @property
    def certain(self) -> frozenset[str]:
        """The sources without which it cannot be met."""
        if self.any is not None:
            return frozenset.intersection(*(each.certain for each in self.any))
        return self.named if self.all is None else frozenset().union(*(each.certain for each in self.all))

    def met_by(self, chosen: Collection[str]) -> bool:
        """Tell whether a set of sources meets it."""
        if self.source is not None:
            return self.source in chosen
        if self.all is not None:
            return all(each.met_by(chosen) for each in self.all)
        return any(each.met_by(chosen) for each in self.any or ())


class Combined(Row):
    """What several sources may come to together."""

    sources: Annotated[tuple[str, ...], as_tuple] = ()
    groups: Annotated[tuple[Group, ...], as_tuple] = ()
    cap_vnd: Positive | None = None
    share_of_investment: Share | None = None
    share_of_loans: Share | None = None
    reference: Reference | None = None

    def concerns(self, source: Source) -> bool:
        """Tell whether the money of a source counts against it."""
        return source.id in self.sources or bool(set(source.groups) & set(self.groups))


class Condition(Row):
    """Something that a text asks for and that nobody is asked about here: the verdict stays open."""

    text: Text
    reference: Reference


class SourceVersion(_Dated):
    """A source as it stands from a day on."""

    status: Status = "in_force"
    references: Annotated[tuple[Reference, ...], Field(min_length=1), as_tuple]
    criteria: Annotated[tuple[str, ...], as_tuple] = ()
    conditions: Annotated[tuple[Condition, ...], as_tuple] = ()
    support: Annotated[tuple[Support, ...], as_tuple] = ()
    combined: Annotated[tuple[Combined, ...], as_tuple] = ()


class Jurisdiction(Row):
    """The province whose rules these are.

    ``old`` for its territory before the mergers of 1 July 2025; ``may_extend_from`` the day since
    which nobody knows whether they hold on what merged into it. ``others`` instead of a province: all those
    of which no source is here.
    """

    province: Words | None = None
    old: bool = False
    may_extend_from: date | None = None
    others: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> Jurisdiction:
        if (self.province is None) != self.others:
            raise ValueError("one_place")
        return self


class Window(Row):
    """When to file: by a day of each year for the plan of the next, or at any time."""

    closes: MonthAndDay | None = None
    forwarded: MonthAndDay | None = None  # by which the province passes it on to the ministry
    for_next_year: bool = False
    reference: Reference | None = None
    note: Text | None = None


class Payout(Row):
    """When the money comes."""

    advance: Share = 0.0
    advance_after_done: Share = 0.0  # of the works, before the advance is paid
    weeks_to_decision: Positive | None = None
    reference: Reference | None = None
    note: Text | None = None


class Document(Row):
    """A paper of the dossier; ``app``: what this product can fill in, as which ``form``."""

    name: Text
    filled_by: Literal["app", "applicant", "other"] = "applicant"
    form: Form | None = None
    reference: Reference | None = None

    @model_validator(mode="after")
    def _fillable(self) -> Document:
        if (self.filled_by == "app") != (self.form is not None):
            raise ValueError("form_unlike_filler")
        return self


class Source(Row):
    """A source of money."""

    id: str
    name: Text
    kind: Kind
    level: Level
    beneficiary: Beneficiary = "establishment"
    jurisdiction: Jurisdiction | None = None
    groups: Annotated[tuple[Group, ...], as_tuple] = ()
    prerequisites: Annotated[tuple[Needs, ...], as_tuple] = ()
    excludes: Annotated[tuple[str, ...], as_tuple] = ()
    files_at: Text | None = None
    decides: Text | None = None
    award_order: Text | None = None
    missing: Text | None = None  # what is not known of it
    created_by_first_version: bool = False  # there was nothing of the kind before
    one_state_source: Reference | None = None  # where it says that nothing is paid for twice
    window: Window | None = None
    payout: Payout | None = None
    dossier: Annotated[tuple[Document, ...], as_tuple] = ()
    checked_on: date
    versions: Annotated[tuple[SourceVersion, ...], Field(min_length=1), as_tuple]

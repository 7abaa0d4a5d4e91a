"""What a file of `data/funding` may hold: a source of money, or a criterion that several sources share.

Both are histories: each version holds from a day on until the next one begins, or until its own last day.
Between that last day and the next version nothing holds: rules may lapse, so such a gap is no fault.

What a file says must be right as it is written: a number is no text and no ``true``, a name is not blank,
nothing is listed twice.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sxsh_options.funding.rules import Ids, Rule, Words, distinct, refused
from sxsh_options.model.facility import SupportedItem
from sxsh_options.model.option import CostKind
from sxsh_options.model.rows import Row, Share, as_tuple
from sxsh_options.parameters import EVIDENCE

Kind = Literal["grant", "loan", "interest_support", "guarantee", "tax", "own", "advice"]
WITH_BUDGET: frozenset[Kind] = frozenset({"grant", "loan", "interest_support"})  # that may run out
Status = Literal["in_force", "pending", "closed", "unknown"]
Level = Literal["national", "provincial", "donor", "bank", "own"]
Beneficiary = Literal["establishment", "programme_owner"]
Group = Literal["state_grant", "state_interest_support", "guarantee", "donor_grant"]
Form = Literal["project", "budget", "size", "request"]
WEB_ADDRESS = r"^(?:https?://[^\s/]\S*)?$"
MONTH_AND_DAY = r"^(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)$"

Positive = Annotated[float, Field(gt=0)]
PositiveShare = Annotated[float, Field(gt=0, le=1)]
MonthAndDay = Annotated[str, Field(pattern=MONTH_AND_DAY)]  # 02-29 too


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
    url: Annotated[str, Field(pattern=WEB_ADDRESS)] = ""
    evidence: str

    @model_validator(mode="after")
    def _known(self) -> Reference:
        if self.evidence not in EVIDENCE:
            raise refused("unknown_evidence", "evidence", what=self.evidence)
        return self


class _Dated(Row):
    from_: date = Field(alias="from")
    until: date | None = None
    start_assumed: bool = False
    still_valid_on: date | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _ordered(self) -> _Dated:
        if self.until is not None and self.until < self.from_:
            raise refused("period_reversed", "until")
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
    share: PositiveShare


class Support(Row):
    """How much a source gives for some kinds of cost.

    A grant gives ``rate`` of the eligible cost up to ``cap_vnd``; without a rate, ``cap_vnd`` as a lump.
    Where the cap is not known, ``bound_by`` names the source whose cap it cannot exceed. A line that gives
    none of them says why: in its ``note``, or in what is ``missing`` of its source.
    """

    item: SupportedItem
    costs: Annotated[tuple[Annotated[CostKind, Field(strict=False)], ...], distinct, as_tuple] = ()
    when: Rule | None = None
    rate: PositiveShare | None = None
    steps: Annotated[tuple[Step, ...], as_tuple] = ()
    cap_vnd: Positive | None = None
    cap_usd: Positive | None = None
    cap_per: Literal["establishment", "model", "year", "contract", "project"] = "establishment"
    lump: bool = False
    multiplier: Multiplier | None = None
    higher_cap: HigherCap | None = None
    bound_by: str | None = None
    base: Literal["net_of_vat", "with_vat", "not_known"] = "not_known"
    loan_share: PositiveShare | None = None
    interest_rate: Share | None = None
    points: PositiveShare | None = None  # of interest that is taken over, a year
    share_of_interest: PositiveShare | None = None
    term_years: Positive | None = None
    grace_years: Annotated[float, Field(ge=0)] | None = None
    own_equity_min: Share | None = None
    collateral_share: PositiveShare | None = None  # of its value, that is lent at most
    reference: Reference
    note: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Support:
        if self.lump and self.cap_vnd is None:
            raise refused("lump_without_amount", "lump")
        if self.higher_cap is not None and not (self.cap_vnd or math.inf) < self.higher_cap.cap_vnd:
            raise refused("higher_cap_not_higher", "higher_cap")
        for number, (lower, higher) in enumerate(pairwise(self.steps), 1):
            if higher.improvement <= lower.improvement or higher.share <= lower.share:
                raise refused("steps_not_rising", "steps", number)
        return self

    def gives(self, kind: Kind) -> bool:
        """Tell whether it says how much, for a source of a kind."""
        given: list[object] = [self.rate, self.cap_vnd, self.cap_usd, self.bound_by, self.steps or None]
        if kind not in ("grant", "advice"):
            given += [self.loan_share, self.interest_rate, self.points, self.share_of_interest]
        return any(value is not None for value in given)

    def repeats(self, other: Support) -> bool:
        """Tell whether both can pay for the same cost of the same establishment."""
        same = self.item == other.item and (self.costs == other.costs or set(self.costs) & set(other.costs))
        return bool(same) and (self.when is None or other.when is None or self.when == other.when)


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
            raise refused("needs_one_way")
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

    sources: Ids = ()
    groups: Annotated[tuple[Group, ...], distinct, as_tuple] = ()
    cap_vnd: Positive | None = None
    share_of_investment: PositiveShare | None = None
    share_of_loans: PositiveShare | None = None
    reference: Reference | None = None

    @model_validator(mode="after")
    def _limits_something(self) -> Combined:
        if self.cap_vnd is None and self.share_of_investment is None and self.share_of_loans is None:
            raise refused("combined_without_limit")
        if not self.sources and not self.groups:
            raise refused("combined_of_nothing")
        return self

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
    criteria: Ids = ()
    conditions: Annotated[tuple[Condition, ...], as_tuple] = ()
    support: Annotated[tuple[Support, ...], as_tuple] = ()
    combined: Annotated[tuple[Combined, ...], as_tuple] = ()

    @model_validator(mode="after")
    def _no_cost_twice(self) -> SourceVersion:
        for number, line in enumerate(self.support):
            if any(line.repeats(earlier) for earlier in self.support[:number]):
                raise refused("same_cost_twice", "support", number)
        return self


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
            raise refused("one_place")
        return self


_SECOND_HALF = "07"  # of a year, as months and days begin


class Window(Row):
    """When to file: by a day of each year for the plan of the next, or at any time.

    What is filed late in a year may be passed on early in the next.
    """

    closes: MonthAndDay | None = None
    forwarded: MonthAndDay | None = None  # by which the province passes it on to the ministry
    for_next_year: bool = False
    reference: Reference | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.closes is not None and self.forwarded is not None and self.forwarded < self.closes:
            over_new_year = self.forwarded < _SECOND_HALF <= self.closes
            if not over_new_year:
                raise refused("forwarded_before_closes", "forwarded")
        return self


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
            raise refused("form_unlike_filler")
        return self


class Source(Row):
    """A source of money."""

    id: str
    name: Text
    kind: Kind
    level: Level
    beneficiary: Beneficiary = "establishment"
    jurisdiction: Jurisdiction | None = None
    groups: Annotated[tuple[Group, ...], distinct, as_tuple] = ()
    prerequisites: Annotated[tuple[Needs, ...], as_tuple] = ()
    excludes: Ids = ()
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

    @model_validator(mode="after")
    def _says_how_much(self) -> Source:
        if self.id in self.excludes:
            raise refused("excludes_itself", "excludes", self.excludes.index(self.id))
        for version_number, version in enumerate(self.versions):
            for number, line in enumerate(version.support):
                if not (line.note or self.missing or line.gives(self.kind)):
                    raise refused("no_amount", "versions", version_number, "support", number)
        return self

"""From a document that may be unfinished to results: what can be computed is, and what cannot says why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from sxsh_options.errors import InputError, Message, SxshError, message
from sxsh_options.model import (
    Assessment,
    Assumptions,
    Baseline,
    Confirmation,
    ExchangeRate,
    Facility,
    Financing,
    Flow,
    LoanOffer,
    Option,
    Override,
    Production,
    Project,
    RemainingBudget,
    SourceChoice,
    broken_links,
)
from sxsh_options.resources import catalogue, conversion
from sxsh_options.screening.results import RankedList
from sxsh_options.services.editing import DRAFTS, Document, bare, get, rows
from sxsh_options.services.library import FacilityRow, OptionRow, Projection, ResultRow
from sxsh_options.services.ranking import RankRequest, rank

_FACILITY_FIELDS = tuple(field.name for field in fields(FacilityRow))
_RESULT_FIELDS = tuple(field.name for field in fields(ResultRow) if field.name != "as_of")
_OPTION = re.compile(r"options\[(\d+)\]")

_NAMES_OPTIONS = ("option", "target", "options")  # parameters of a message that name options
_WITHOUT_FLOW_ID = {"link.unknown_flow": "unfinished.flow", "link.wrong_resource": "unfinished.other_flow"}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A row that cannot be computed with yet, and why.

    Attributes
    ----------
    path : tuple of str
        Of the row.
    name : str
        How its owner calls it; may be empty.
    reasons : tuple of Message
    """

    path: tuple[str, ...]
    name: str
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Workbench:
    """What a document is worth so far."""

    assessment: Assessment  # of the finished rows alone
    ranked: RankedList
    unfinished: tuple[Unfinished, ...]


def finished(document: Document) -> tuple[Assessment, tuple[Unfinished, ...]]:
    """Return the assessment of all finished rows, and the rows that are not finished.

    A row is finished when the model takes it and all that it points at is finished too.
    """
    try:
        assessment = Assessment.model_validate(bare(document), strict=False)
        if not _typed_gaps(document) and not broken_links(assessment) and not _unit_faults(assessment):
            return assessment, ()
    except ValidationError:
        pass
    return _piece_by_piece(document)


def evaluate(document: Document, request: RankRequest) -> Workbench:
    """Return the ranked list of the options that are finished, and why the others are not.

    Options of which something is not known yet, such as the price of what they save, are set aside and
    named; the rest is ranked. Options to explain that are not there are left out.
    """
    assessment, unfinished = finished(document)
    aside: dict[str, list[Message]] = defaultdict(list)
    while True:
        ids = {option.id for option in assessment.options}
        asked = replace(request, explain=tuple(o for o in request.explain if o in ids))
        try:
            ranked = rank(assessment, asked)
            break
        except InputError as error:
            faults = _by_option(error.messages, assessment)
            if not faults:
                raise
            for option_id, reasons in faults.items():
                aside[option_id] += reasons
            assessment = without_options(assessment, faults)
    names = {str(option.get("id")): str(option.get("name", "")) for option in rows(document, "options")}
    more = tuple(Unfinished(("options", o), names.get(o, ""), tuple(r)) for o, r in aside.items())
    left = (*unfinished, *more)
    return Workbench(assessment, ranked, tuple(_by_name(row, names) for row in left))


def _by_name(row: Unfinished, names: Mapping[Any, str]) -> Unfinished:
    """Return a row whose reasons name options as their owner does: ids stand in files, on no screen."""

    def name(value: Any) -> Any:
        return " → ".join(names.get(part) or part for part in value.split(" → "))

    said = []
    for what in row.reasons:
        params = {
            key: name(value) if key in _NAMES_OPTIONS and isinstance(value, str) else value
            for key, value in what.params.items()
        }
        code = _WITHOUT_FLOW_ID.get(what.code, what.code)
        if code != what.code:
            params = {key: value for key, value in params.items() if key not in ("flow", "option")}
        said.append(replace(what, code=code, params=params))
    return replace(row, reasons=tuple(said))


def project(bench: Workbench, document: Document) -> Projection:
    """Return the assessment as plain rows, for questions that a database can answer."""
    facility = bench.assessment.facility
    aside = {row.path[-1] for row in bench.unfinished if row.path[0] == "options"}
    options = tuple(
        OptionRow(
            option_id=str(option["id"]),
            name=str(option.get("name", "")),
            category=option.get("category"),
            triage=get(option, ("decision", "triage")),
            finished=option["id"] not in aside,
        )
        for option in rows(document, "options")
    )
    results = tuple(
        ResultRow(as_of=bench.ranked.as_of, **{name: getattr(option, name) for name in _RESULT_FIELDS})
        for option in bench.ranked.options
    )
    return Projection(
        FacilityRow(**{name: getattr(facility, name) for name in _FACILITY_FIELDS}), options, results
    )


def without_options(assessment: Assessment, gone: Iterable[str]) -> Assessment:
    """Return the assessment without some options and without the links that lead to them."""
    left_out = set(gone)
    kept = tuple(
        option.model_copy(
            update={
                "excludes": tuple(t for t in option.excludes if t not in left_out),
                "requires": tuple(t for t in option.requires if t not in left_out),
            }
        )
        if left_out.intersection((*option.excludes, *option.requires))
        else option
        for option in assessment.options
        if option.id not in left_out
    )
    return assessment.model_copy(update={"options": kept})


def _by_option(messages: Iterable[Message], assessment: Assessment) -> dict[str, list[Message]]:
    """Return faults by the option that they speak of."""
    found: dict[str, list[Message]] = defaultdict(list)
    for what in messages:
        at = _OPTION.match(what.place.field or "") if what.place else None
        named = what.params.get("option")
        if at is not None:
            found[assessment.options[int(at[1])].id].append(what)
        elif isinstance(named, str) and any(option.id == named for option in assessment.options):
            found[named].append(what)
    return found


# Unfinished documents


def _piece_by_piece(document: Document) -> tuple[Assessment, tuple[Unfinished, ...]]:
    """Keep every row that the model takes by itself."""
    left: list[Unfinished] = []

    def keep(kind: type[BaseModel], *path: str) -> list[Any]:
        kept = []
        for row in rows(document, *path):
            try:
                kept.append(kind.model_validate(row, strict=False))
            except ValidationError as error:
                name = str(row.get("name") or "")
                left.append(Unfinished((*path, str(row.get("id"))), name, _reasons(error)))
        return kept

    def whole(kind: type[BaseModel], value: Any, otherwise: Any) -> Any:
        try:
            return kind.model_validate(value, strict=False)
        except ValidationError:
            return otherwise

    title = str(document.get("title") or "–")
    named = {"name": title, **(document.get("facility") or {})}
    facility = whole(Facility, named, Facility(name=title[:300]))
    period = {key: get(document, ("baseline", key)) for key in ("start", "end")}
    baseline = None
    if all(period.values()):
        baseline = whole(Baseline, period, None)
    production = keep(Production, "baseline", "production")
    flows = []
    for flow in keep(Flow, "baseline", "flows"):
        faults = _unit_fault(flow.resource, flow.unit)
        if faults:
            left.append(Unfinished(("baseline", "flows", flow.id), flow.name, faults))
        else:
            flows.append(flow)
    if baseline is not None:
        baseline = baseline.model_copy(update={"production": tuple(production), "flows": tuple(flows)})
    options = keep(Option, "options")
    gaps = _typed_gaps(document)
    left = _joined(left, gaps)
    incomplete = {gap.path[-1] for gap in gaps}
    in_financing = {
        "loans": keep(LoanOffer, "financing", "loans"),
        "sources": keep(SourceChoice, "financing", "sources"),
        "remaining_budgets": keep(RemainingBudget, "financing", "remaining_budgets"),
    }
    financing = None
    if given := document.get("financing"):
        stated = {key: value for key, value in given.items() if key not in in_financing}
        financing = whole(Financing, stated, Financing()).model_copy(
            update={name: tuple(kept) for name, kept in in_financing.items()}
        )
    assessment = Assessment(
        id=str(document.get("id") or "new"),
        title=title[:300],
        facility=facility,
        baseline=baseline,
        project=whole(Project, document["project"], None) if document.get("project") else None,
        financing=financing,
        options=tuple(option for option in options if option.id not in incomplete),
        assumptions=whole(Assumptions, document.get("assumptions") or {}, Assumptions()),
        exchange_rates=tuple(keep(ExchangeRate, "exchange_rates")),
        overrides=tuple(keep(Override, "overrides")),
        confirmations=tuple(keep(Confirmation, "confirmations")),
        note=str(document.get("note") or ""),
        source=str(document.get("source") or ""),
    )
    assessment, unlinked = _drop_broken(assessment, {u.path[-1] for u in left if u.path[0] == "options"})
    there = {option.id for option in assessment.options}
    chosen = tuple(name for name in document.get("bundle") or () if name in there)
    return assessment.model_copy(update={"bundle": chosen}), (*left, *unlinked)


def _reasons(error: ValidationError) -> tuple[Message, ...]:
    """Return what is missing or wrong, by the field of the row that it stands in."""
    found: dict[str, Message] = {}
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        field = next((str(part) for part in fault["loc"] if isinstance(part, str)), "row")
        if fault["type"] == "missing" and any(isinstance(part, int) for part in fault["loc"]):
            what = message("unfinished.missing_in_row", field=_path_of(fault["loc"]))
            found.setdefault(field, what.at(field=field))
            continue
        code = "unfinished.missing" if fault["type"] == "missing" else "unfinished.invalid"
        if fault["type"] == "value_error" and "saving_needs" in fault["msg"]:
            code = "unfinished.missing"
        found.setdefault(field, message(code, field=f"field.{field}").at(field=field))
    return tuple(found.values())


def _path_of(location: tuple[int | str, ...]) -> str:
    """Return where a fault is, as a path: ``capex[0].kind``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _joined(first: list[Unfinished], second: list[Unfinished]) -> list[Unfinished]:
    """Return both lists with one entry a row, in the order of the first."""
    by_path = {row.path: row for row in first}
    for later in second:
        row = later
        there = by_path.get(row.path)
        if there is not None:  # text that cannot be read says more than that the field is empty
            said = {reason.place for reason in row.reasons}
            missing = tuple(reason for reason in there.reasons if reason.place not in said)
            row = replace(row, reasons=(*missing, *row.reasons))
        by_path[row.path] = row
    return list(by_path.values())


def _typed_gaps(document: Document) -> list[Unfinished]:
    """Return options that were typed row by row and lack what an option of a table must state.

    An assessment that was read from a file states each list, if only as empty; a row that is being
    typed has no such key until something was entered there.
    """
    gaps = []
    drafts = [str(draft["id"]).split("/") for draft in rows(document, DRAFTS)]
    for option in rows(document, "options"):
        reasons = []
        for path in drafts:
            if path[:2] == ["options", option.get("id")] and not _has_value(option, path[2:]):
                field = path[-1].partition(":")[0]
                reasons.append(message("unfinished.unread", field=f"field.{field}").at(field=path[-1]))
        unread = {reason.place.field for reason in reasons if reason.place}
        if "capex" not in option and "capex" not in unread:
            reasons.append(message("unfinished.missing", field="field.capex").at(field="capex"))
        benefits = ("annual_saving", "savings", "benefits", "opex_change")
        if not any(key in option for key in benefits) and not unread.intersection(benefits):
            reasons.append(message("unfinished.no_benefit").at(field="annual_saving"))
        if reasons:
            row = ("options", str(option["id"]))
            gaps.append(Unfinished(row, str(option.get("name", "")), tuple(reasons)))
    return gaps


def _has_value(option: Document, path: list[str]) -> bool:
    """Whether a field that was last typed wrongly still has the value before."""
    kind, _, resource = path[-1].partition(":")
    if not resource:
        return get(option, path) is not None
    savings = [row for row in rows(option, "savings") if row.get("resource") == resource]
    return kind == "saving" and any("quantity" in row or "percent" in row for row in savings)


def _drop_broken(assessment: Assessment, gone: set[str]) -> tuple[Assessment, tuple[Unfinished, ...]]:
    """Leave out the options whose links lead nowhere or whose units do not fit."""
    assessment = without_options(assessment, gone)
    names = {option.id: option.name for option in assessment.options}
    found: dict[str, list[Message]] = defaultdict(list)
    for option_id, reasons in _by_option(
        [*broken_links(assessment), *_unit_faults(assessment)], assessment
    ).items():
        found[option_id] += reasons
    circles = [what for what in broken_links(assessment) if what.code == "link.circular"]
    for what in circles:
        for option_id in what.params["options"].split(" → "):
            found[option_id].append(what)
    known = {rate.currency for rate in assessment.exchange_rates} | {"VND"}
    for option in assessment.options:
        for currency in sorted(_currencies(option) - known):
            found[option.id].append(message("link.no_exchange_rate", currency=currency))
    if assessment.baseline is not None:
        flows = tuple(
            flow
            if flow.unit_price is None or flow.unit_price.currency in known
            else flow.model_copy(update={"unit_price": None})
            for flow in assessment.baseline.flows
        )
        assessment = assessment.model_copy(
            update={"baseline": assessment.baseline.model_copy(update={"flows": flows})}
        )
    dropped = tuple(Unfinished(("options", o), names[o], tuple(r)) for o, r in found.items())
    return without_options(assessment, found), dropped


def _currencies(option: Option) -> set[str]:
    amounts = [item.amount for item in option.capex] + [benefit.amount for benefit in option.benefits]
    single = (option.annual_saving, option.opex_change, option.downtime_cost, option.working_capital)
    amounts += [money for money in (*single, option.salvage) if money is not None]
    return {money.currency for money in amounts}


def _unit_faults(assessment: Assessment) -> list[Message]:
    found = []
    for index, option in enumerate(assessment.options):
        for saving in option.savings:
            found += [
                what.at(field=f"options[{index}].savings")
                for what in _unit_fault(saving.resource, saving.unit)
            ]
    flows = assessment.baseline.flows if assessment.baseline else ()
    return found + [what for flow in flows for what in _unit_fault(flow.resource, flow.unit)]


def _unit_fault(resource: str, unit: str | None) -> tuple[Message, ...]:
    try:
        catalogue.find(resource)
        if unit is not None:
            conversion.conversion(resource, unit)
    except SxshError as error:
        return error.messages
    return ()

"""The quick estimate: one option from a handful of figures, each result as soon as its own figures are there.

A quick estimate is an ordinary assessment with one option; :func:`fits` tells whether a document can be
edited as one. Life and price are never made up: what depends on a missing figure stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sxsh_options.model.merging import Document
from sxsh_options.screening.results import RankedList, RankedOption
from sxsh_options.services import editing
from sxsh_options.services.editing import Path
from sxsh_options.services.quantities import usual_unit
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import Unfinished, Workbench, evaluate

OPTION: Path = ("options", "option1")
NAME: Path = (*OPTION, "name")
CAPEX: Path = (*OPTION, "capex", "cost1", "amount")
SAVING: Path = (*OPTION, "savings", "saving1")
QUANTITY: Path = (*SAVING, "quantity")
MONEY: Path = (*OPTION, "annual_saving")
OPEX: Path = (*OPTION, "opex_change")
LIFE: Path = (*OPTION, "technical_life_years")
RESULTS = ("payback", "saving", "npv", "co2e")

_FIRST = "electricity"
_NEEDS = {
    "payback": ("capex", "saved", "price", "other"),
    "saving": ("saved", "price", "other"),
    "npv": ("capex", "saved", "price", "other", "life"),
    "co2e": ("saved", "resource"),
}
_EDITED_HERE = {"id", "name", "capex", "savings", "annual_saving", "opex_change", "technical_life_years"}
_CHANGES_NO_FIGURE = {"name_en", "category", "process_step", "note", "source", "decision", "feasibility"}
_ANY_LIFE = (
    100  # years, the longest that the model takes: stands in where no shown result depends on the life
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of an option so far.

    Attributes
    ----------
    ranked : RankedList
        With the explanations; only what `missing` leaves may be shown.
    option : RankedOption or None
        ``None`` where even the saving is not there yet.
    missing : dict
        By result, the figures that it still needs: ``capex``, ``saved``, ``price``, ``life``, ``other``
        where what was typed there cannot be read, or ``resource`` where only money is saved.
    reasons : tuple of Unfinished
        Why an estimate with all its figures cannot be computed.
    """

    ranked: RankedList
    option: RankedOption | None
    missing: dict[str, tuple[str, ...]]
    reasons: tuple[Unfinished, ...] = ()

    def known(self, result: str) -> bool:
        """Whether a result can be shown."""
        return self.option is not None and not self.missing[result]


def blank(title: str, reason: str, on: date) -> Document:
    """Return a new estimate; `reason` and `on` are those of a price of one's own."""
    document: Document = {
        "schema_version": 1,
        "title": title,
        "facility": {},
        "options": [
            {
                "id": OPTION[-1],
                "capex": [{"id": CAPEX[-2], "kind": "equipment"}],
                "savings": [_saving(_FIRST)],
            }
        ],
        "overrides": [],
    }
    return with_price_row(document, _FIRST, reason, on)


def _saving(resource: str) -> Document:
    return {"id": SAVING[-1], "resource": resource, "unit": usual_unit(resource)}


def fits(document: Document) -> bool:
    """Whether the fields of a quick estimate show all that a document computes with."""
    options = editing.rows(document, "options")
    if len(options) != 1 or editing.rows(document, "baseline", "flows"):
        return False
    option = options[0]
    costs, savings = option.get("capex") or [], option.get("savings") or []
    return (
        option["id"] == OPTION[-1]
        and set(option) <= _EDITED_HERE | _CHANGES_NO_FIGURE
        and [cost["id"] for cost in costs] == [CAPEX[-2]]
        and set(costs[0]) <= {"id", "kind", "amount"}
        and [saving["id"] for saving in savings] in ([], [SAVING[-1]])
        and all(set(saving) <= {"id", "resource", "quantity", "unit"} for saving in savings)
        and (not savings or "annual_saving" not in option)
    )


def resource_of(document: Document) -> str | None:
    """Return what is saved; ``None`` where the saving is only known in money."""
    found = editing.get(document, (*SAVING, "resource"))
    return None if found is None else str(found)


def price_path(resource: str) -> Path:
    """Return where a price of one's own stands."""
    return ("overrides", f"price_{resource}", "value")


def with_price_row(document: Document, resource: str, reason: str, on: date) -> Document:
    """Return the document with a row for a price of one's own of a resource."""
    row = price_path(resource)[:-1]
    if editing.get(document, row) is not None:
        return document
    new = {
        "id": row[-1],
        "kind": "price",
        "key": resource,
        "unit": usual_unit(resource),
        "reason": reason,
        "on": on.isoformat(),
    }
    return editing.add_row(document, row[:-1], new, "price")


def in_money(document: Document) -> Document:
    """Return the document as one whose saving is stated in money."""
    document = editing.with_draft(document, QUANTITY, None)
    return editing.put(document, (*OPTION, "savings"), [])


def in_resource(document: Document, resource: str) -> Document:
    """Return a document whose saving was stated in money as one that saves a resource."""
    document = editing.settle(document, MONEY, None)
    return editing.put(document, (*OPTION, "savings"), [_saving(resource)])


def going_on(document: Document, name: str, start: date, end: date) -> Document:
    """Return the estimate ready to be worked on as a whole assessment, with a first baseline period."""
    option_name = editing.get(document, NAME)
    if option_name is None:
        document = editing.put(document, NAME, name)
    for row in editing.rows(document, "overrides"):
        path = ("overrides", str(row["id"]))
        if "value" not in row and editing.draft(document, (*path, "value")) is None:
            document = editing.remove_row(document, path)
    if editing.get(document, ("baseline",)) is None:
        period = {"start": start.isoformat(), "end": end.isoformat()}
        document = editing.put(document, ("baseline",), period)
    return document


def estimate(document: Document, as_of: date, known: Workbench | None = None) -> Estimate:
    """Return every result whose figures are there.

    The simple payback, the yearly saving and the avoided emissions do not depend on the life, nor the last
    two on the investment: they come as soon as their own figures do.

    Parameters
    ----------
    document : Document
    as_of : date
        The day of prices and law.
    known : Workbench, optional
        The results of the document on that day with the option explained, if they are there already: where
        nothing of the option is missing they need not be computed again.

    Returns
    -------
    Estimate
    """
    option = editing.get(document, OPTION)
    resource = resource_of(document)
    money = resource is None
    there = {
        "capex": editing.get(document, CAPEX) is not None,
        "saved": editing.get(document, MONEY if money else QUANTITY) is not None,
        "life": editing.get(document, LIFE) is not None,
        "price": resource is None or not _unread(document, price_path(resource)),
        "other": not _unread(document, OPEX),
        "resource": not money,
    }
    request = RankRequest(as_of=as_of, explain=(OPTION[-1],))
    stood_in: Document = {**option, "name": option.get("name") or "–"}
    stood_in.setdefault("technical_life_years", _ANY_LIFE)
    if not there["capex"]:
        stood_in["capex"] = [{"id": CAPEX[-2], "kind": "equipment", "amount": 0.0}]
    if not there["saved"]:
        stood_in = {**stood_in, "savings": [], "annual_saving": 0.0}
    nothing_stands_in = stood_in == option and there["price"] and there["other"]
    if known is not None and known.ranked.options and nothing_stands_in:
        bench = replace(known, unfinished=())  # such as the row of a price of one's own that has no value
    else:
        bench = evaluate(_only(document, stood_in), request)
    if there["saved"] and not money and _no_price(bench.unfinished):
        there["price"] = False
        bench = evaluate(_only(document, {**stood_in, "annual_saving": 0.0}), request)
    missing = {result: tuple(f for f in _NEEDS[result] if not there[f]) for result in RESULTS}
    found = bench.ranked.options[0] if bench.ranked.options and there["saved"] else None
    return Estimate(bench.ranked, found, missing, bench.unfinished)


def _only(document: Document, option: Document) -> Document:
    """Return the document with this option and with the prices that have a value, without drafts."""
    priced = [row for row in editing.rows(document, "overrides") if "value" in row]
    return {**editing.bare(document), "options": [option], "overrides": priced}


def _unread(document: Document, path: Path) -> bool:
    """Whether a field that may stay empty holds a text that could not be read, and no value before it."""
    return editing.get(document, path) is None and editing.draft(document, path) is not None


def _no_price(unfinished: tuple[Unfinished, ...]) -> bool:
    codes: set[Any] = {reason.code for row in unfinished for reason in row.reasons}
    return not codes.isdisjoint({"value.no_price", "value.no_price_but"})

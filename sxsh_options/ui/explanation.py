"""The reasons: how each number of one option was computed."""

from __future__ import annotations

from sxsh_options.i18n import Wording, results
from sxsh_options.screening.results import Explanation, RankedList, RankedOption
from sxsh_options.ui import figures
from sxsh_options.ui.markup import Html, table, tag

_QUANTITY_OF = {
    "payback": "simple_payback",
    "npv": "npv",
    "equivalent_annual": "equivalent_annual",
    "co2e": "co2e",
    "score": "score_total",
}


def explanation(ranked: RankedList, option_id: str, wording: Wording) -> Html:
    """Return the suggestion with its reasons, then every number; the one that was ranked by stands open."""
    option = next(o for o in ranked.options if o.option_id == option_id)
    opened = _QUANTITY_OF[ranked.measure]
    return tag(
        "section",
        tag("h3", figures.option_name(option, wording)),
        _suggestion(option, wording),
        (
            number(e, results.explained_value(e, option, wording), wording, opened=e.quantity == opened)
            for e in ranked.explanations[option_id]
        ),
        class_="sx-fit",
    )


def _suggestion(option: RankedOption, wording: Wording) -> Html:
    reasons = " ".join(wording.word(reason) for reason in option.triage_reasons)
    return tag(
        "p",
        tag("span", wording.text("screen.suggestion"), " ", class_="sx-quiet"),
        tag("span", wording.term(f"triage.{option.triage}"), class_=f"sx-triage sx-{option.triage}"),
        f" {reasons}",
        class_="sx-suggestion",
    )


def number(explained: Explanation, value: str, wording: Wording, *, opened: bool = False) -> Html:
    """Return one number that opens to its formula, its inputs and their sources."""
    formula = wording.formula(explained.formula)
    said = [
        tag("p", text, class_="sx-remark")
        for text in dict.fromkeys(wording.word(m) for m in explained.messages)
    ]
    return tag(
        "details",
        tag(
            "summary",
            tag("span", results.explained_name(explained, wording)),
            tag("span", value, class_="sx-value"),
        ),
        tag("p", tag("span", formula.expression, class_="sx-formula")),
        tag("p", formula.convention, class_="sx-quiet"),
        [_inputs(explained, wording)] if explained.inputs else [],
        said,
        class_="sx-how",
        open=opened,
    )


def _inputs(explained: Explanation, wording: Wording) -> Html:
    """Return the inputs with their values; where they come from, if any of them has a source."""
    sourced = any(used.source is not None for used in explained.inputs)
    columns = ("name", "value", "source") if sourced else ("name", "value")
    return table(
        [wording.text(f"screen.inputs.{name}") for name in columns],
        (
            (
                results.used_name(used, wording),
                results.used_value(used, wording),
                figures.source_cell(used.source, wording),
            )[: len(columns)]
            for used in explained.inputs
        ),
        caption=wording.text("screen.inputs.caption", quantity=explained.quantity),
        class_="sx-facts sx-figures",
    )

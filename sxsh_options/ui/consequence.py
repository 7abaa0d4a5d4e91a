"""What the results rest on in one sentence, and what they come to under it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sxsh_options.i18n import Wording, results
from sxsh_options.model.merging import Document
from sxsh_options.screening.results import RankedList, RankedOption
from sxsh_options.services.assumptions import without_own
from sxsh_options.services.ranking import RankRequest
from sxsh_options.services.workbench import evaluate
from sxsh_options.ui import figures, listing
from sxsh_options.ui.markup import Html, tag


def consequence(document: Document, ranked: RankedList, as_of: date, wording: Wording) -> Html:
    """Return the assumptions in a sentence, the result under them, and the same under the defaults."""
    rests = tag("p", _rests_on(ranked, wording), class_="sx-rests")
    if not ranked.options:
        return tag("div", rests, tag("p", wording.text("assume.no_options"), class_="sx-quiet"))
    parts = [rests, listing.lead(ranked, wording)]
    if document.get("assumptions"):
        plain = evaluate(without_own(document), RankRequest(as_of=as_of)).ranked
        first = ranked.options[0]
        same = next((o for o in plain.options if o.option_id == first.option_id), None)
        if same is not None:
            parts.append(_with_defaults(first, same, wording))
    return tag("div", parts)


def _rests_on(ranked: RankedList, wording: Wording) -> str:
    used: dict[str, Any] = {}
    for each in ranked.assumptions:
        used.setdefault(each.name, each.value)
    sentences = []
    if "discount_rate_nominal" in used:
        sentences.append(
            wording.text(
                "assume.rests.real",
                rate=used["discount_rate"],
                inflation=used["inflation_rate"],
                nominal=used["discount_rate_nominal"],
            )
        )
    else:
        sentences.append(wording.text("assume.rests.nominal", rate=used["discount_rate"]))
    years = used.get("analysis_years")
    sentences.append(
        wording.text("assume.rests.own_lives")
        if years is None
        else wording.text("assume.rests.years", years=years)
    )
    if used["tax_profile"] == "company":
        sentences.append(wording.text("assume.rests.after_tax", rate=used["tax_rate"]))
    else:
        sentences.append(wording.text(f"assume.rests.{used['tax_profile']}"))
    if "factor_data_year" in used:
        sentences.append(wording.text("assume.rests.grid", year=used["factor_data_year"]))
    return wording.text("assume.rests", what="; ".join(sentences))


def _with_defaults(now: RankedOption, plain: RankedOption, wording: Wording) -> Html:
    """Return how the first option stands under the defaults."""
    npv = figures.money(plain.npv_vnd, wording)
    said = wording.text("assume.with_defaults", payback=results.payback(plain, wording))
    return tag(
        "p", tag("bdi", results.option_name(now, wording)), ", ", said, " ", npv, ".", class_="sx-quiet"
    )

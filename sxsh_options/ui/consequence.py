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
from sxsh_options.ui import listing
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
        if same is not None and _figures(same, wording) != _figures(first, wording):
            parts.append(_with_defaults(same, wording))
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


def _with_defaults(plain: RankedOption, wording: Wording) -> Html:
    """Return how the first option stands under the defaults."""
    payback, amount = _figures(plain, wording)
    return tag(
        "p",
        tag("bdi", results.option_name(plain, wording)),
        ", ",
        wording.text("assume.with_defaults", payback=payback, amount=amount),
        class_="sx-quiet",
    )


def _figures(option: RankedOption, wording: Wording) -> tuple[str, str]:
    """Return payback and NPV as they are said; so small a difference that it is not seen is none."""
    if option.payback_status == "paid_back":
        payback = wording.text("screen.lead.payback", payback=option.simple_payback_years)
    else:
        payback = results.payback(option, wording)
    return payback, wording.money_compact(option.npv_vnd)

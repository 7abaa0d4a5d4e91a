"""The order of the options by one criterion, their tiers, scores and triage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sxsh_options.model import Option
from sxsh_options.screening import pareto, scores
from sxsh_options.screening.evaluate import Evaluation
from sxsh_options.screening.results import Criterion
from sxsh_options.screening.terms import Terms

Measure = Literal["payback", "npv", "equivalent_annual", "co2e", "score"]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who comes where. Options that are out have rank and tier 0 and stand last."""

    measure: Measure
    worth: Literal["npv", "equivalent_annual"]
    rank: npt.NDArray[np.int64]  # (N,)
    ranks: dict[Criterion, npt.NDArray[np.int64]]  # (N,) each: what `rank` would be under each criterion
    tier: npt.NDArray[np.int64]  # (N,)
    scores: Floats  # (N, 4): technical, economic, environmental, total; NaN where not judged
    order: npt.NDArray[np.int64]  # (N,) indices in order of rank


def value_measure(result: Evaluation) -> Literal["npv", "equivalent_annual"]:
    """Compare by NPV where all options run equally long, else by equivalent annual value."""
    return "npv" if len(set(result.years.tolist())) <= 1 else "equivalent_annual"


def rank_options(options: Sequence[Option], result: Evaluation, terms: Terms, by: Criterion) -> Ranking:
    """Rank the options by one criterion; ties share a rank.

    An option that fails a question of technical feasibility, or that the consultant rejected, is out
    whatever its figures: rank and tier 0. Equal ranks are listed by the other criteria and then by
    id, so that the order of the input never matters.
    """
    n = len(options)
    co2e = np.nan_to_num(result.co2e_t, nan=-np.inf)  # what is not known cannot come first
    technical, fails = scores.technical_scores(options)
    rejected = [o.decision is not None and o.decision.triage == "rejected" for o in options]
    inside = ~fails & ~np.array(rejected, dtype=bool)
    worth = value_measure(result)
    value = result.npv_vnd if worth == "npv" else result.equivalent_annual_vnd
    payback = np.where(result.paid_back, result.simple_payback, np.inf)
    economic = scores.economic_score(
        payback, result.years.astype(float), result.equivalent_annual_vnd, inside
    )
    environmental = scores.ratio_to_best(result.co2e_t, inside)
    parts = np.column_stack([technical, economic, environmental]) if n else np.empty((0, 3))
    total = scores.total_score(parts, terms.weights)
    measures: dict[Criterion, tuple[Measure, Floats]] = {
        "payback": ("payback", payback),
        "npv": (worth, -value),
        "co2e": ("co2e", -co2e),
        "score": ("score", -np.nan_to_num(total, nan=-1.0)),
    }
    measure = measures[by][0]
    ranks = {criterion: np.zeros(n, dtype=np.int64) for criterion in measures}
    for criterion, (_, key) in measures.items():
        ranks[criterion][inside] = pareto.competition_rank(key[inside])
    rank = ranks[by]
    tier = np.zeros(n, dtype=np.int64)
    tier[inside] = pareto.tiers(np.column_stack([payback, -value, -co2e])[inside])
    ids = np.argsort(np.argsort(np.array([o.id for o in options], dtype=object), kind="stable"))
    order = np.lexsort((ids, pareto.order_classes(payback), pareto.order_classes(-value), rank, ~inside))
    return Ranking(measure, worth, rank, ranks, tier, np.column_stack([parts, total]), order)

"""Feasibility scores as in the cleaner-production method: technical, economic, environmental.

Every score runs from 0 (worst) to 100 (best):

* technical: the mean of the answered questions, ``good`` 100 and ``manageable`` 50; one ``fails``
  puts the option out. Not answered at all: not judged.
* economic: the mean of a payback score, 100 * max(0, 1 - payback / life), and a value score,
  100 * max(0, EAV / best EAV).
* environmental: 100 * max(0, tCO2e / best tCO2e); not judged where it is not known, nor where no
  option has a positive one.

Ratios to the best keep small differences small (a min-max scale would make 10.1 against 10 a hundred
against nought). The total is the mean weighted over what could be judged.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sxsh_options.model import Answer, Option, Weights

Floats = npt.NDArray[np.float64]

POINTS = {Answer.GOOD: 100.0, Answer.MANAGEABLE: 50.0, Answer.FAILS: 0.0}


def technical_scores(options: Sequence[Option]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Judge the answers of technical feasibility.

    Returns
    -------
    score : ndarray, shape (N,)
        Mean of the answered questions, 0-100; NaN where none was answered.
    fails : ndarray of bool, shape (N,)
        Whether one question was answered with ``fails``.
    """
    score, fails = np.full(len(options), np.nan), np.zeros(len(options), dtype=bool)
    for i, option in enumerate(options):
        answers = option.feasibility.answers
        if answers:
            score[i] = sum(POINTS[a] for a in answers.values()) / len(answers)
            fails[i] = Answer.FAILS in answers.values()
    return score, fails


def ratio_to_best(values: Floats, judged: npt.NDArray[np.bool_]) -> Floats:
    """Return ``100 * max(0, value / best)``; NaN where no judged value is positive.

    Parameters
    ----------
    values : ndarray, shape (N,)
    judged : ndarray of bool, shape (N,)
        Which options take part in finding the best.
    """
    best = np.max(values, initial=0.0, where=judged & ~np.isnan(values))
    if best <= 0:
        return np.full(values.shape, np.nan)
    return 100.0 * np.clip(values / best, 0.0, 1.0)


def economic_score(
    payback: Floats, life: Floats, equivalent_annual: Floats, judged: npt.NDArray[np.bool_]
) -> Floats:
    """Return the economic score, shape (N,); the payback may be ``inf``."""
    quick = 100.0 * np.clip(1.0 - payback / life, 0.0, 1.0)
    value = ratio_to_best(equivalent_annual, judged)
    return (quick + np.nan_to_num(value)) / 2.0


def total_score(scores: Floats, weights: Weights) -> Floats:
    """Return the weighted mean over the criteria that were judged.

    Parameters
    ----------
    scores : ndarray, shape (N, 3)
        Technical, economic, environmental; NaN where not judged.
    weights : Weights

    Returns
    -------
    ndarray, shape (N,)
        NaN where nothing with a weight was judged.
    """
    weight = np.array([weights.technical, weights.economic, weights.environmental])
    used = np.where(np.isnan(scores), 0.0, weight)
    total = used.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray((np.nan_to_num(scores) * used).sum(axis=1) / np.where(total > 0, total, np.nan))

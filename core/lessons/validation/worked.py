"""One estimate in numbers, and how likely it is that the best of many guessers shines."""

from collections.abc import Sequence
from math import comb

import numpy as np

from core.lessons.validation.folding import standard_error
from core.ui.formula import agreeing, inked, number

PER_LINE = 5
"""So many numbers fit beside each other on a telephone."""


def estimate(scores: np.ndarray, held: int) -> list[str]:
    """Return the mean of the folds' scores (k,) and its standard error, as LaTeX; ``held`` examples judge each fold."""
    hits = np.rint(scores * held).astype(int)
    rows = ["+".join(map(str, hits[a : a + PER_LINE])) for a in range(0, len(hits), PER_LINE)]
    summed = rows[0] if len(rows) == 1 else r"\substack{" + r" \\ +".join(rows) + "}"
    total = rf"\frac{{{inked(summed, 'activation')}}}{{{len(hits) * held}}}"
    mean = number(hits.sum() / (len(hits) * held), "text", 3)
    spread, root = float(scores.std(ddof=1)), len(scores)
    digits, end = agreeing([spread], lambda v: v[0] / np.sqrt(root), 3, 3)
    if not spread:
        return [rf"\text{{mean}} = {total} = {mean}", rf"\text{{standard error}} = \frac{{0}}{{\sqrt{{{root}}}}} = 0"]
    error = (
        rf"\frac{{{number(spread, 'activation', digits)}}}{{\sqrt{{{root}}}}} = {float(standard_error(scores)):.{end}f}"
    )
    return [rf"\text{{mean}} = {total} = {mean}", rf"\text{{standard error}} = {error}"]


def mean_loss(losses: np.ndarray, strength: str) -> str:
    """Return the mean of the folds' losses of one strength, as LaTeX; one fold's loss is its own mean."""
    chosen = rf"\text{{strength }} \lambda = {strength}"
    if len(losses) == 1:
        return rf"{chosen}: \quad L = {number(float(losses[0]), 'test', 2)}"
    digits, end = agreeing(list(losses), lambda v: float(np.mean(v)), 2, 2)
    total = "+".join(f"{v:.{digits}f}" for v in losses)
    mean = number(float(losses.mean()), "test", end)
    lines = [
        chosen,
        rf"\frac{{{total}}}{{{len(losses)}}}",
        f"= {mean}",
    ]  # a phone is narrow
    return r"\begin{gathered} " + r" \\ ".join(lines) + r" \end{gathered}"


def chance(test: int, hits: int) -> float:
    """Return how likely a guesser gets at least so many of ``test`` coin flips right.

    >>> chance(2, 1)
    0.75
    """
    return sum(comb(test, k) for k in range(hits, test + 1)) / 2.0**test


def contest(candidates: int, test: int, hits: int) -> str:
    """Return how likely the best of ``candidates`` guessers gets so many right, as LaTeX."""
    one = chance(test, hits)
    digits, end = agreeing([one], lambda v: 1 - (1 - v[0]) ** candidates, 3, 2)
    result = inked(f"{1 - (1 - one) ** candidates:.{end}f}", "test")
    return rf"1 - (1 - {one:.{digits}f})^{{{candidates}}} = {result}"


def contested(scores: Sequence[float] | np.ndarray, test: int) -> int:
    """Return how many of ``test`` answers the middle winner has right."""
    return int(np.rint(np.median(scores) * test))

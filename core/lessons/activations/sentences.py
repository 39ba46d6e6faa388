"""Sentences that depend on what was measured."""

from collections.abc import Mapping

from core.charts.naming import minus
from core.lessons.activations import words
from core.lessons.activations.study import Facts
from core.ui import formula


def which(right: Mapping[str, float]) -> str:
    """Say how far it matters which bend a network has, from each bend's share of right answers."""
    worst, best = min(right, key=lambda n: right[n]), max(right, key=lambda n: right[n])
    low, high = right[worst], right[best]
    near = words.WHICH_EQUAL if f"{low:.0%}" == f"{high:.0%}" else words.WHICH_NEAR
    pattern = words.WHICH if high - low > words.APART_AT else near
    return pattern.format(worst=worst, best=best, low=low, high=high)


def facts(name: str, f: Facts, limit: float) -> str:
    """Say what was measured of an activation: its range, its steepest slope, where it's flat."""
    low, high = (f"{v:.2f}".rstrip("0").rstrip(".") for v in (f.low, f.high))
    upward = words.UPWARD if f.high == float("inf") else words.BETWEEN
    outputs = (words.ANY if f.low == -float("inf") else upward).format(low=low, high=high)
    places = " and ".join(f"z < {b:.2f}" if b < 0 else f"z > {a:.2f}" for a, b in f.flat)
    flat = words.OFF if f.off else (words.FLAT if places else words.NEVER_FLAT).format(limit=limit, where=places)
    return minus(words.FACTS.format(name=name, outputs=outputs, steepest=f.steepest, flat=flat))


def halves(count: float) -> str:
    """Say a median of counts: one that lies between two whole numbers as both."""
    return f"{count:g}" if count % 1 == 0 else f"{int(count)} or {int(count) + 1}"


def chain(terms: Mapping[str, float]) -> str:
    """Return the product that a dead unit's gradient is, as LaTeX."""
    factors = (("output", "gradient"), ("slope", "activation"), ("input", "input"))
    numbers = r" \times ".join(formula.number(terms[name], ink, 0 if terms[name] == 0 else 2) for name, ink in factors)
    product = formula.number(terms["output"] * terms["slope"] * terms["input"], "gradient", 0)
    return rf"\tfrac{{dL}}{{da}} \times f'(z) \times x = {numbers} = {product}"

"""The rate of one step in numbers: each schedule's formula, filled in."""

from collections.abc import Mapping
from typing import Any

from core.lessons.schedules.study import STEPS
from core.ui.formula import inked, power_of_ten

FORMULAS = {
    "constant": (r"\eta_t = \eta", r"\eta\text{: the rate}"),
    "step": (
        r"\eta_t = \eta\,f^{\lfloor t/s \rfloor}",
        r"\eta\text{: highest rate, }f\text{: factor, }s\text{: steps a stage}",
    ),
    "exponential": (
        r"\eta_t = \eta\,r^{\,t/T}",
        r"\eta\text{: highest rate, }r\text{: share left after all }T\text{ steps}",
    ),
    "cosine": (
        r"\eta_t = \tfrac{\eta}{2}\left(1+\cos\tfrac{\pi t}{T}\right)",
        r"\eta\text{: highest rate, }T\text{: all steps}",
    ),
    "warmup_cosine": (
        r"\eta_t = \eta\,\tfrac{t+1}{W},\ \text{then}\ \tfrac{\eta}{2}\left(1+\cos\tfrac{\pi (t-W)}{T-W}\right)",
        r"W\text{: steps of warm-up, }T\text{: all steps}",
    ),
    "one_cycle": (
        r"\eta_t = \tfrac{\eta}{25} + \tfrac{24\,\eta}{50}\left(1-\cos\tfrac{\pi t}{P}\right),\ \text{then down}",
        r"P\text{: the step of the highest rate }\eta",
    ),
    "plateau": (
        r"\eta_t = \eta\,f^{\,k}",
        r"\eta\text{: highest rate, }f\text{: factor, }k\text{: times it was lowered}",
    ),
}
"""Each schedule's rule, and what its letters mean."""


def formula(schedule: str) -> str:
    """Return a schedule's rule as LaTeX, with its letters explained under it."""
    rule, letters = FORMULAS[schedule]
    return rf"\begin{{gathered}} {rule} \\ \footnotesize {letters} \end{{gathered}}"


def line(schedule: str, rate: float, t: int, now: float, own: Mapping[str, Any], falls: int = 0) -> str:
    """Return how the rate of step t comes about, as LaTeX.

    Parameters
    ----------
    rate, now : the highest rate, and the rate at step t.
    own : the schedules' own settings by the experiment's fields.
    falls : how often a plateau's watcher has lowered the rate up to step t.
    """
    eta = inked(f"{rate:g}", "gradient")
    body = {
        "constant": eta,
        "step": rf"{eta}\times {own['stage_factor']:g}^{{{t * own['stages'] // STEPS}}}",
        "exponential": rf"{eta}\times {own['decay_end']:g}^{{{t}/{STEPS}}}",
        "cosine": _falling(eta, t, STEPS),
        "warmup_cosine": _warm(eta, t, own["warmup"]),
        "one_cycle": _cycle(eta, t, own["cycle_up"]),
        "plateau": rf"{eta}\times {own['plateau_factor']:g}^{{{falls}}}",
    }[schedule]
    result = inked(_short(now), "gradient")
    named = rf"\text{{rate at step {t}}}"  # on a line of its own: a phone is narrow
    sign = r"\approx" if schedule == "one_cycle" and t > _peak(own["cycle_up"]) else "="  # the end is left out
    return rf"\begin{{aligned}} &{named} \\ &{sign} {body} \\ &= {result} \end{{aligned}}"


def _short(value: float) -> str:
    """Four digits, without an exponent where they say enough: ``0.0003``."""
    if 0 < value < 0.00095:
        return power_of_ten(value)
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}"


def _falling(eta: str, t: int, total: int) -> str:
    return rf"\tfrac{{{eta}}}{{2}}\left(1+\cos\tfrac{{{t}\,\pi}}{{{total}}}\right)"


def _warm(eta: str, t: int, share: float) -> str:
    warm = max(1, round(share * STEPS))
    return rf"{eta}\times\tfrac{{{t + 1}}}{{{warm}}}" if t < warm else _falling(eta, t - warm, STEPS - warm)


def _peak(up: float) -> float:
    return round(up * STEPS - 1, 6)


def _cycle(eta: str, t: int, up: float) -> str:
    """The start at a 25th counts; the end at a 250,000th is as good as 0."""
    peak = _peak(up)
    if t > peak:
        return rf"\tfrac{{{eta}}}{{2}}\left(1+\cos\tfrac{{{t - peak:g}\,\pi}}{{{STEPS - 1 - peak:g}}}\right)"
    climb = rf"\left(1-\cos\tfrac{{{t}\,\pi}}{{{peak:g}}}\right)"
    return rf"\tfrac{{{eta}}}{{25}}+\tfrac{{24\times{eta}}}{{50}}{climb}"

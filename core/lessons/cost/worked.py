"""One line of arithmetic for each view, with the numbers of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from core.lessons.cost import published, spiking
from core.ui.formula import inked

ALIGNED = r"\begin{{aligned}} {} \end{{aligned}}"


def run(sizes: Sequence[int], examples: int, epochs: int) -> tuple[str, int]:
    """Return how a run's multiply-adds are counted by hand, as LaTeX, and their number."""
    forward = sum((a + 1) * b for a, b in pairwise(sizes))
    back = forward + sum(a * b for a, b in pairwise(sizes[1:]))
    total = (forward + back) * examples * epochs
    *terms, last = (rf"({a}{{+}}1){b}" for a, b in pairwise(sizes))
    more = "+".join(rf"{a}\cdot{b}" for a, b in pairwise(sizes[1:]))
    there, again = inked(f"{forward:,}", "activation"), inked(f"{back:,}", "gradient")
    lines = [
        rf"\text{{forward}} &= {'+'.join(terms)}",
        rf"&\quad + {last} = {there}",
        rf"\text{{backward}} &= {there} + {more}",
        rf"&= {again}",
        rf"\text{{run}} &= ({there} + {again}) \cdot {examples} \cdot {epochs}",
        rf"&= {total:,}",
    ]
    return ALIGNED.format(r" \\ ".join(lines)), total


def operations(one: published.Training) -> str:
    """Return 6 × weights × tokens as LaTeX, beside what the paper says; empty where a factor isn't published."""
    if one.by_hand is None:
        return ""
    assert one.weights
    assert one.tokens
    product = rf"6 &\times {_short(one.weights)} \times {_short(one.tokens)} \\ &= {_short(one.by_hand)}"
    if one.operations:
        product += rf"\quad (\text{{its source: }} {_short(one.operations)})"
    return ALIGNED.format(product)


def _short(value: float) -> str:
    digits, power = f"{value:.2e}".split("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"


def rate(current: float, leak: float, pause: float, counted: float) -> str:
    """Return the rate in closed form with its numbers, in milliseconds, and what was counted, as LaTeX."""
    found = inked(f"{counted:.1f}", "activation")
    last, ink = rf"\text{{counted over {spiking.COUNTED:g} s}} &= {found}", inked(f"{current:.2f}", "input")
    if current <= spiking.THRESHOLD:
        return ALIGNED.format(rf"\text{{input}} &= {ink} \le 1 \\ {last}")
    climb = rf"{1000 * leak:g}\,\ln\frac{{{ink}}}{{{ink} - 1}}"
    exact = f"{spiking.rate(current, leak, pause):.1f}"
    first = rf"\text{{formula}} &= \frac{{1000}}{{{1000 * pause:g} + {climb}}} = {exact}"
    return ALIGNED.format(rf"{first} \\ {last}")


def spikes(count: int) -> str:
    """Return what a window's spikes cost at one connection, and what one multiply-add costs, as LaTeX."""
    event, machine = published.SYNAPSE["TrueNorth"] / published.PICO, published.MACHINE / published.PICO
    total = inked(rf"{count * event:.0f}\ \text{{pJ}}", "activation")
    lines = [
        rf"\text{{spikes in {1000 * spiking.WINDOW:.0f} ms}} &= {count}",
        rf"\text{{at one connection}} &= {count} \times {event:.0f}\ \text{{pJ}} = {total}",
        rf"\text{{one multiply-add}} &= {machine:.1f}\ \text{{pJ}}",
    ]
    return ALIGNED.format(r" \\ ".join(lines))


def shares(table: Mapping[str, Sequence[float]]) -> str:
    """Return precision × accepted = recall × who'd pay back for both groups, as LaTeX.

    With two or three digits; where even three give another result, it's written as about equal.
    """
    lines = []
    for g, (group, ink) in enumerate((("A", "class0"), ("B", "class1"))):
        parts, exact = (
            [table[name][g] for name in ("precision", "share", "hits", "base")],
            table["hits"][g] * table["base"][g],
        )
        digits = next((n for n in (2, 3) if _agree([round(v, n) for v in parts], exact)), 3)
        values = [f"{v:.{digits}f}" for v in parts]
        sign = "=" if _agree([round(v, digits) for v in parts], exact) else r"\approx"
        both = inked(f"{exact:.2f}", ink)
        lines.append(
            rf"\text{{{group}: }} & {values[0]} \times {values[1]} {sign} {values[2]} \times {values[3]} {sign} {both}"
        )
    return ALIGNED.format(r" \\ ".join(lines))


def _agree(written: Sequence[float], exact: float) -> bool:
    """Whether both products of written numbers give the result as it's written, with two digits."""
    a, b, c, d = written
    return round(a * b, 2) == round(c * d, 2) == round(exact, 2)

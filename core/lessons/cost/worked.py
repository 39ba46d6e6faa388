"""One line of arithmetic for each view, with the numbers of the moment."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from core.lessons.cost import energy, published, spiking
from core.ui.formula import inked
from core.ui.sliders import exact as in_full

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


def energies(multiply_adds: int, seconds: float, watts: int) -> str:
    """Return how a run's three energies are worked out, as LaTeX."""
    guess, count = energy.estimates(multiply_adds, seconds, watts), f"{multiply_adds:,}"
    each = [_of(f"{joules / published.PICO:.4g} pJ") for joules in (published.ARITHMETIC, published.MACHINE)]
    lines = [
        rf"{count} \times {each[0]} &= {_of(energy.written(guess.arithmetic))}",
        rf"{count} \times {each[1]} &= {_of(energy.written(guess.machine))}",
        rf"{_of(energy.written(seconds, 's'))} \times {_of(f'{watts} W')} &= {_of(energy.written(guess.clock))}",
    ]
    return ALIGNED.format(r" \\ ".join(lines))


def of_model(what: str, one: published.Training, grid: str) -> str:
    """Return the arithmetic behind what is drawn of a model, as LaTeX; empty where a factor isn't published."""
    if what == "operations":
        return operations(one)
    return emitted(one, grid) if what == "carbon" else an_operation(one)


def emitted(one: published.Training, grid: str) -> str:
    """Return energy × electricity = CO₂ as LaTeX, with as many digits as give the result as it's written."""
    rate = published.GRIDS[grid][1] or one.intensity
    if one.energy is None or rate is None:
        return ""
    tons = _digits(one.energy * rate)
    n = next(n for n in range(3, 9) if _digits(float(f"{one.energy:.{n}g}") * float(f"{rate:.{n}g}")) == tons)
    lines = [
        r"\text{energy} &\times \text{electricity} = \text{CO}_2",
        rf"{_of(_digits(one.energy, n) + ' MWh')} &\times {_of(_digits(rate, n) + ' t a MWh')} = {_of(tons + ' t')}",
        rf"&\text{{(that's {_digits(1000 * rate, n)} g a kWh)}}",
    ]
    return ALIGNED.format(r" \\ ".join(lines))


def an_operation(one: published.Training) -> str:
    """Return energy / operations = energy for each as LaTeX, with as many digits as give the result as it's written."""
    count = published.operations(one)[0]
    if one.energy is None or count is None:
        return ""
    joules = one.energy * published.MEGA * published.HOUR
    each = _digits(joules / count / published.PICO)
    n = next(
        n for n in range(2, 9)
        if _digits(float(f"{joules:.{n}e}") / float(f"{count:.{n}e}") / published.PICO) == each
    )  # fmt: skip
    names, numbers = (
        rf"\frac{{{a}}}{{{b}}}"
        for a, b in (
            (r"\text{energy}", r"\text{operations}"),
            (rf"{_short(joules, n)}\ \text{{J}}", _short(count, n)),
        )
    )
    return rf"{names} = {numbers} = {_of(each + ' pJ')}"


def _of(amount: str) -> str:
    number, unit = amount.split(" ", 1)
    return rf"{number}\ \text{{{unit}}}"


def _digits(value: float, n: int = 3) -> str:
    return f"{float(f'{value:.{n}g}'):,}".removesuffix(".0")


def operations(one: published.Training) -> str:
    """Return 6 × weights × tokens as LaTeX, beside what the paper says; empty where a factor isn't published."""
    if one.by_hand is None:
        return ""
    assert one.weights
    assert one.tokens
    product = r"6 &\times \text{weights} \times \text{tokens}"
    product += rf" \\ = 6 &\times {_short(one.weights)} \times {_short(one.tokens)} \\ &= {_short(one.by_hand)}"
    if one.operations:
        product += rf"\quad (\text{{its source: }} {_short(one.operations)})"
    return ALIGNED.format(product)


def _short(value: float, decimals: int = 2) -> str:
    digits, power = f"{value:.{decimals}e}".split("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"


def rate(current: float, leak: float, pause: float, counted: float) -> str:
    """Return the rate in closed form with its numbers, in milliseconds, and what was counted, as LaTeX."""
    found = inked(f"{counted:.1f}", "activation")
    put_in = f"{current:.2f}" if current == round(current, 2) else in_full(current)
    last, ink = rf"\text{{counted over {spiking.COUNTED:g} s}} &= {found}", inked(put_in, "input")
    if current <= spiking.THRESHOLD:
        return ALIGNED.format(rf"\text{{input}} &= {ink} \le 1 \\ {last}")
    climb = rf"{1000 * leak:g}\,\ln\frac{{{ink}}}{{{ink} - 1}}"
    result = f"{spiking.rate(current, leak, pause):.1f}"
    first = rf"\text{{formula}} &= \frac{{1000}}{{{1000 * pause:g} + {climb}}} = {result}"
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
    parts = [[table[name][g] for name in ("precision", "share", "hits", "base")] for g in (0, 1)]
    results = [recall * base for *_, recall, base in parts]
    digits = 2 if all(map(_agree, parts, results, (2, 2))) else 3
    lines = []
    for group, ink, values, exact in zip("AB", ("class0", "class1"), parts, results, strict=True):
        a, b, c, d = (f"{v:.{digits}f}" for v in values)
        sign = "=" if _agree(values, exact, digits) else r"\approx"
        both = inked(f"{exact:.2f}", ink)
        lines.append(rf"\text{{{group}: }} & {a} \times {b} {sign} {c} \times {d} {sign} {both}")
    return ALIGNED.format(r" \\ ".join(lines))


def _agree(values: Sequence[float], exact: float, digits: int) -> bool:
    """Whether both products of the values as they're written give the result as it's written, with two digits."""
    a, b, c, d = (round(v, digits) for v in values)
    return round(a * b, 2) == round(c * d, 2) == round(exact, 2)

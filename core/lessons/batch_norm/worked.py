"""One example's z on its way through batch norm, as lines of arithmetic."""

from collections.abc import Sequence

from core.ui.formula import agreeing, number


def line(values: Sequence[float]) -> str:
    """Return ``zhat = (z - mean) / deviation`` and ``gamma zhat + beta`` with numbers that agree as written.

    Parameters
    ----------
    values : z, the batch's mean, its standard deviation, gamma, beta.
    """
    z, mean, deviation, gamma, beta = map(float, values)
    before, after = agreeing([z, mean, deviation], lambda v: (v[0] - v[1]) / v[2], 3, 2, 8)
    hat = round((z - mean) / deviation, after)
    put_in, places = agreeing([gamma, hat, beta], lambda v: v[0] * v[1] + v[2], max(2, after), 2, 8)
    a, b, c = (number(v, "z", before) for v in (z, mean, deviation))
    first = rf"\hat z &= \frac{{{a} - {b}}}{{{c}}} = {number(hat, 'activation', after, alone=True)}"
    factors = [number(v, q, put_in) for v, q in ((gamma, "positive"), (hat, "activation"), (beta, "positive"))]
    out = number(gamma * hat + beta, "activation", places, alone=True)
    second = rf"\gamma \hat z + \beta &= {factors[0]} \times {factors[1]} + {factors[2]} \\ &= {out}"
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"


def tenfold(z: float, mean: float, deviation: float) -> str:
    """Return what batch norm makes of one z, and of ten times that z in a batch that is ten times as large."""
    before, after = agreeing([z, mean, deviation], lambda v: (v[0] - v[1]) / v[2], 3, 2, 8)
    hat = number((z - mean) / deviation, "activation", after, alone=True)
    rows = []
    for times, digits in ((1, before), (10, before - 1)):
        a, b, c = (number(times * v, "z", digits) for v in (z, mean, deviation))
        rows.append(rf"\vphantom{{\Biggl(}} \frac{{{a} - {b}}}{{{c}}} &= {hat}")  # room around a fraction
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


def pair(z: Sequence[float], hats: Sequence[float]) -> str:
    """Return what batch norm makes of a batch of two: each z, less the mean, over the spread, and what comes out."""
    mean, spread = sum(z) / 2, abs(z[0] - z[1]) / 2
    rows = [
        rf"({number(a, 'z', 1, alone=True)} - {mean:.2f}) / {spread:.2f} &= {number(b, 'activation', 2, alone=True)}"
        for a, b in zip(z, hats, strict=True)
    ]
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"

"""The words of lesson 15."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.charts.naming import scientific
from core.lessons.vanishing import study
from core.lessons.vanishing.study import WORDS, Verdict
from core.ui import formula
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = f"""On its way back from the loss, the {term_link("gradient")} is multiplied by every layer's weights and slopes. How
{term_link("gradient norm", "large")} is it in each layer?"""
CHANGES = {
    "none": "nothing",
    "batch_norm": "batch norm",
    "residual": "residual connections",
    "adam": "Adam instead of plain descent",
}
WEIGHTS = {"suited": "suited", "small": f"small ({study.SMALL:g})", "large": f"large ({study.LARGE:g})"}
WEIGHTS_TITLE = "First weights: {name}"

PREDICTION = Item(
    "The picture has {few} sigmoid layers. Now take {depth}. Before training, how large is the gradient in layer 1, compared with layer {depth}?",
    (
        Option("About the same", "The sigmoid's slope is at most a quarter, and it's a factor at each layer."),
        Option("About a tenth: a little is lost in ten layers", "What's lost multiplies: a quarter of a quarter of a quarter …"),
        Option("Less than a ten-thousandth", "Each layer leaves about a quarter of it, nine times in a row.", right=True),
        Option("Larger: all later mistakes add up", "They do add up, but each layer's slopes take away far more."),
    ),
)  # fmt: skip
MEASURED = "sigmoid: {tiny} in layer 1, {last:.2f} in layer {depth} (medians)."

EXPLAIN = f"""The gradient of layer 1 is a product of all later slopes and weights. If a layer's factor is
well below one, it {term_link("vanishing gradient", "vanishes")}; well above one it {term_link("exploding gradient", "explodes")}. If
it vanishes, early layers stay random, and later ones get random numbers. The cures change that factor.
**tanh** has slopes up to one. {phrase("A good start", change="none", act="tanh", weights="suited")} keeps the weights' factor near one. {term_link("batch norm", "**Batch norm**")} rescales each
layer. {term_link("residual connection", "**Residual connections**")} give the gradient a way around each layer."""
LINE = "At the start, a layer's factor is roughly:"
ALSO = "Here the values change on their way in, too. See “{title}” below."
CHAIN = "From layer {depth} to layer 1:"
Y_TITLE = "size of the gradient (norm)"
FACTOR_TITLE = "Where the factor comes from"
FACTOR = """A weight's gradient is what comes in times what comes back. One layer earlier, what comes back has changed by slope × weights (with
batch norm: × norm). What comes in has changed by how the values grow or shrink on their way forward, so that is divided out. The
rest is what averages miss: large slopes may meet small weights, and examples may disagree. With small weights, what comes in and
what comes back shrink alike: every layer gets the same, and that's almost nothing."""
TITLE = "Each layer's gradient: {name}, {depth} layers"
RULES = {
    "vanishing": "**Vanishing.** Before training, layer 1 gets {ratio} times as much as the last layer. We call less than {bound:g} vanishing.",
    "exploding": "**Exploding.** Before training, layer 1 gets {ratio} times as much as the last layer. We call more than {bound:g} exploding.",
    "faded": "**Too small everywhere.** Before training, the largest gradient is {largest} (median). We call less than {bound} too small.",
    "blown": "**Too large everywhere.** Before training, the largest gradient is {largest} (median). We call more than {bound} too large.",
    "healthy": "**Healthy.** Before training, layer 1 gets {ratio} times as much as the last layer. We call {low:g} to {high:g} healthy.",
}
BOUNDS = {
    "vanishing": study.SHRINKS,
    "exploding": study.GROWS,
    "faded": study.FADED,
    "blown": study.BLOWN,
    "healthy": 1.0,
}
TRAINED = "After training: {accuracy:.0%} right (median)."
OPEN = "Open in the simulator"
OPEN_FEWER = "Open with {most} layers in the simulator"


def spoken(numbers: dict[str, float]) -> dict[str, Any]:
    """Return what sentences say, tiny and huge numbers with a power of ten."""
    return {**numbers, "tiny": scientific(numbers["first"]), "largest": _largest(numbers["largest"])}


def _largest(value: float) -> str:
    return f"{value:.0f}" if 1 <= value < 1000 else scientific(value, 0)


def verdict(v: Verdict) -> str:
    """Say which rule fired, with its number and its bound."""
    bound = _largest(BOUNDS[v.rule]) if v.rule in {"faded", "blown"} else BOUNDS[v.rule]
    about = {"bound": bound, "low": study.SHRINKS, "high": study.GROWS}
    ratio = f"{v.ratio:.2f}" if v.ratio >= 0.01 else scientific(v.ratio, 0)
    return RULES[v.rule].format(ratio=ratio, largest=_largest(v.largest), **about)


INKS = {"Activate": "activation", "Dense": "z", "BatchNorm": "input", "Residual": "input"}
NEAR = 1.25
"""Within this factor, what weights and slopes make is called what is measured."""


def on_the_way_back(parts: dict[str, float], factor: float) -> str:
    """Return as LaTeX what weights and slopes make of the gradient, beside what is measured; "" if that is far off."""
    back = {kind: v for kind, v in parts.items() if kind != "Values"}
    made = float(np.prod(list(back.values())))
    if not factor / NEAR < made < factor * NEAR:
        return ""
    digits, end = formula.agreeing(list(back.values()), lambda v: float(np.prod(v)), 2, 2)
    factors = [
        rf"\underbrace{{{formula.number(v, INKS[kind], digits)}}}_{{\text{{{WORDS[kind]}}}}}"
        for kind, v in back.items()
    ]
    measured = formula.number(factor, "gradient", 2)
    return r" \times ".join(factors) + rf" = {made:.{end}f}, \quad \text{{measured: }} {measured}"


def product(parts: dict[str, float], factor: float) -> str:
    """Return a layer's factor as LaTeX: its parts, what they make of the values, and the rest that they leave out."""
    back = [kind for kind in parts if kind != "Values"]
    values = [*(parts[kind] for kind in back), parts["Values"]]

    def made(v: Sequence[float]) -> float:
        return float(np.prod(v[:-2]) / v[-2] * v[-1])

    whole = made([*values, 1.0])
    values.append(factor / whole if whole else 1.0)
    digits, places = formula.agreeing(values, made, 2, 2)
    names = [*(WORDS[kind] for kind in back), "values", "rest"]
    colors = [*(INKS[kind] for kind in back), "activation", "text"]
    factors = [
        rf"\underbrace{{{formula.number(v, ink, digits)}}}_{{\text{{{name}}}}}"
        for v, ink, name in zip(values, colors, names, strict=True)
    ]
    *before, below, rest = factors
    result = formula.number(factor, "gradient", places)
    return r" \times ".join(before) + rf" \;/\; {below} \times {rest} = {result}"


def chain(last: float, factor: float, steps: int) -> str:
    """Return as LaTeX how the last layer's gradient becomes the first one's, a factor for each layer between.

    The factor has as many digits as it takes for the written numbers to give the written result.
    """
    first = _result(last * factor**steps)
    for digits in range(3, 9):
        put_in = [float(f"{v:.{digits}g}") for v in (last, factor)]
        if _result(put_in[0] * put_in[1] ** steps) == first:
            break
    end, each = (formula.inked(_plain(v), "gradient") for v in put_in)
    return rf"{end} \times {each}^{{{steps}}} = {formula.inked(first, 'gradient')}"


def _result(value: float) -> str:
    """A result with two digits, tiny and huge ones with a power of ten."""
    return f"{value:.2g}" if 0.01 <= value < 99.5 else formula.power_of_ten(value)


def _plain(value: float) -> str:
    """A number as its digits, or with a power of ten where these would be many."""
    digits, _, power = f"{value:g}".partition("e")
    return rf"{digits} \times 10^{{{int(power)}}}" if power else digits


TRIES = (
    Try("tanh", {"act": "tanh", "depth": "10", "change": "none", "weights": "suited"},
        "The factor is {factor:.2f}, and {accuracy:.0%} are right. Ten layers are no problem for tanh with a Xavier start."),
    Try("Batch norm", {"act": "sigmoid", "depth": "10", "change": "batch_norm", "weights": "suited"},
        "Still sigmoid, but now the factor is {factor:.2f}, and {accuracy:.0%} are right."),
    Try("Residual", {"act": "sigmoid", "depth": "10", "change": "residual", "weights": "suited"},
        "The factor is {factor:.2f}: the gradient goes around the layers. {accuracy:.0%} are right."),
    Try("Small weights", {"act": "relu", "depth": "10", "change": "none", "weights": "small"},
        "With ReLU, no layer gets much less than another, but all get almost nothing: about {largest}. Only absolute numbers show that. Now change to "
        "batch norm: does it cure this?"),
    Try("Large weights", {"act": "tanh", "depth": "10", "change": "none", "weights": "large"},
        "Here it explodes: each layer multiplies the gradient by {factor:.2f}, and in layer 1 it's {first:.0f}."),
)  # fmt: skip
FAILS = Try(
    "Where it fails: Adam", {"act": "sigmoid", "depth": "10", "change": "adam", "weights": "suited"},
    "The same tiny gradients, and yet {accuracy:.0%} right: Adam divides each gradient by its own size. A small gradient isn't always a "
    "small step.",
)  # fmt: skip

CHECKS = (
    Item(
        "A layer's factor is 0.5. How much of the gradient is left after 10 such layers?",
        (
            Option("About 0.05", "That's a tenth of 0.5. The factors multiply instead."),
            Option("About 0.001", "0.5 ten times over is 1/1024.", right=True),
            Option("0.5", "That's what one layer leaves."),
        ),
    ),
    Item(
        "A message is whispered along a line of people, each half as loud as the one before. What works like residual connections?",
        (
            Option("Everyone also hears the person two places back", "The message has a way around each person, so it doesn't have to get quieter.", right=True),
            Option("A shorter message", "It would get quieter just as fast."),
            Option("A better listener at the end", "The last one can't hear what has already been lost."),
        ),
        kind="transfer",
    ),
    Item(
        "Why does He's start give ReLU layers twice the variance?",
        (
            Option("ReLU throws away half of what comes in", "So the mean square keeps its size from layer to layer.", right=True),
            Option("ReLU's slope is larger than tanh's", "Right of 0 it is. But the reason is what ReLU does left of 0."),
            Option("To make units different", "Any random start does that."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "In a deep sigmoid network the last layers learn, the first don't. Why?",
        (
            Option("Their gradient is a product of many slopes, each at most a quarter", "The more layers in between, the smaller it gets.", right=True),
            Option("They are farther from the input", "The first layers are the nearest to it."),
            Option("They have fewer weights", "How many weights a layer has isn't the point: each gets a tiny gradient."),
        ),
    ),
    Item(
        "All layers of a network have gradients of about the same size. Is all well?",
        (
            Option("Yes, if none is smaller than another", "They can all be almost 0."),
            Option("Only if that size isn't almost 0", "When signals fade, all gradients are equally tiny. Look at absolute numbers.", right=True),
            Option("No, the first layers need more", "Equal sizes are what a good start aims at."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("With ReLU gradients can't vanish.", "Its slopes are 0 or 1, but the weights count too: with small ones all gradients fade."),
    ("A deep network needs batch norm or residual connections.", "At ten layers tanh with a good start does without."),
    ("Residual connections were invented against vanishing gradients.", "He et al. (2015) doubt that: their plain deep networks had batch norm and healthy gradients, and still did worse."),
    ("Batch norm works because it stops gradients from vanishing.", "It does that here. Why it helps in general is disputed: Santurkar et al. (2018) find a smoother loss."),
)  # fmt: skip

LEFT_OPEN = "Can a network keep each layer's values in shape while it learns?"

LESSON = Words(views={"": View(PREDICTION, TRIES, FAILS)}, checks=CHECKS, quiz=QUIZ, wrong=WRONG, left_open=LEFT_OPEN)

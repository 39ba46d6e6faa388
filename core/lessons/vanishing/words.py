"""The words of lesson 15."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.charts.naming import scientific
from core.lessons.vanishing import study
from core.lessons.vanishing.study import WORDS, Verdict
from core.ui import formula
from core.ui.teaching import Item, Option, Try, View, Words
from core.ui.terms import term_link

INTRO = f"""On its way back from the loss, the {term_link("gradient")} is multiplied by every layer's weights and slopes. How
{term_link("gradient norm", "large")} is it in each layer?"""
CHANGES = {
    "none": "nothing",
    "batch_norm": "batch norm",
    "residual": "residual connections",
    "small": f"small first weights ({study.SMALL:g})",
    "large": f"large first weights ({study.LARGE:g})",
    "adam": "Adam instead of plain descent",
}

PREDICTION = Item(
    "Now {depth} layers of sigmoid units. Before training, how long is the gradient in layer 1, compared with layer {depth}?",
    (
        Option("About the same", "The sigmoid's slope is at most a quarter, and it's a factor at each layer."),
        Option("About a tenth: a little is lost in ten layers", "What's lost multiplies: a quarter of a quarter of a quarter …"),
        Option("Less than a ten-thousandth", "Each layer leaves about a quarter, and ten layers leave a quarter, nine times over.", right=True),
        Option("Larger: all later mistakes add up", "They do add up, but each layer's slopes take away far more."),
    ),
)  # fmt: skip
MEASURED = "{tiny} in layer 1 and {last:.2f} in layer {depth} (medians of all starts)."

EXPLAIN = f"""The gradient of layer 1 is a product of all later slopes and weights. If a layer's factor is
below one, it {term_link("vanishing gradient", "vanishes")}; above one it {term_link("exploding gradient", "explodes")}. Early layers
stay random, and nothing behind them can use their outputs. Cures act on the factor: **tanh** has slopes up to one, a good start
keeps the weights' part near one, {term_link("batch norm", "**batch norm**")} rescales each layer,
{term_link("residual connection", "**residual connections**")} lead around it."""
LINE = "A layer's typical factor before training:"
POWER = "Over all layers: {power}. Measured: {ratio}."
FACTOR_TITLE = "Where the factor comes from"
FACTOR = """A weight's gradient is what comes in times what comes back. One layer earlier, what comes back has changed by slope × weights (with
batch norm: × norm). What comes in has changed by how the values grow or shrink on their way forward, so that is divided out. With small
weights both shrink alike: every layer gets the same, and that's almost nothing."""
TITLE = "Each layer's gradient: {name}, {depth} layers"
RULES = {
    "vanishing": "**Vanishing.** Each layer leaves {factor:.2f} of the gradient (rule: below {bound:g}).",
    "exploding": "**Exploding.** Each layer makes the gradient {factor:.2f} times as large (rule: above {bound:g}).",
    "faded": "**Too small everywhere.** The largest gradient of all layers is {largest} (rule: below {bound}).",
    "blown": "**Too large everywhere.** The largest gradient of all layers is {largest} (rule: above {bound}).",
    "healthy": "**Healthy.** A layer's factor is {factor:.2f} (rule: {low:g} to {high:g}).",
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
TOO_DEEP = "With up to {most} hidden layers, this run opens in the simulator."


def spoken(numbers: dict[str, float]) -> dict[str, Any]:
    """Return what sentences say, tiny and huge numbers with a power of ten."""
    more = {"tiny": scientific(numbers["first"]), "ratio": scientific(numbers["ratio"])}
    return {**numbers, **more, "largest": scientific(numbers["largest"], 0)}


def verdict(v: Verdict) -> str:
    """Say which rule fired, with its number and its bound."""
    bound = scientific(BOUNDS[v.rule], 0) if v.rule in {"faded", "blown"} else BOUNDS[v.rule]
    about = {"bound": bound, "low": study.SHRINKS, "high": study.GROWS}
    return RULES[v.rule].format(factor=v.factor, largest=scientific(v.largest, 0), **about)


def product(parts: dict[str, float]) -> str:
    """Return a layer's factor as LaTeX: what its parts make of the gradient, over what it makes of the values."""
    inks = {"Activate": "activation", "Dense": "z", "BatchNorm": "input", "Residual": "input", "Values": "activation"}
    back = {kind: v for kind, v in parts.items() if kind != "Values"}
    order = [*back, "Values"]

    def made(v: Sequence[float]) -> float:
        return float(np.prod(v[:-1]) / v[-1])

    digits, shown = formula.agreeing([parts[kind] for kind in order], made, 2, 2)
    said = {k: rf"\underbrace{{{formula.number(parts[k], inks[k], digits)}}}_{{\text{{{WORDS[k]}}}}}" for k in back}
    below = rf"\underbrace{{{formula.number(parts['Values'], inks['Values'], digits)}}}_{{\text{{values}}}}"
    result = formula.number(made([parts[kind] for kind in order]), "gradient", shown)
    return r" \times ".join(said.values()) + rf" \;/\; {below} = {result}"


TRIES = (
    Try("tanh", {"act": "tanh", "depth": "10", "change": "none"},
        "The factor is {factor:.2f}, and {accuracy:.0%} are right. Ten layers are no problem for tanh with a Xavier start."),
    Try("Batch norm", {"act": "sigmoid", "depth": "10", "change": "batch_norm"},
        "Still sigmoid, but now the factor is {factor:.2f}, and {accuracy:.0%} are right."),
    Try("Residual", {"act": "sigmoid", "depth": "10", "change": "residual"},
        "The factor is {factor:.2f}: the gradient goes around the layers. {accuracy:.0%} are right."),
    Try("ReLU, small weights", {"act": "relu", "depth": "10", "change": "small"},
        "No layer gets much less than another, but all get almost nothing: at most {largest}. Only absolute numbers show that."),
    Try("tanh, large weights", {"act": "tanh", "depth": "10", "change": "large"},
        "The other way round: a factor of {factor:.2f}, {first:.0f} in layer 1."),
)  # fmt: skip
FAILS = Try(
    "Where it fails: Adam", {"act": "sigmoid", "depth": "10", "change": "adam"},
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
            Option("ReLU's slope is larger than tanh's", "Neither is ever above 1."),
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
            Option("Only if that size isn't almost 0", "Faded signals make all gradients tiny alike, so look at absolute numbers.", right=True),
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

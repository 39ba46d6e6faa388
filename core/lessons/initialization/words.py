"""The words of lesson 14."""

from collections.abc import Mapping

import numpy as np

from core.charts.naming import scientific
from core.lessons.initialization import study
from core.lessons.initialization.study import EQUAL, LARGE, SMALL, TINY
from core.ui import formula
from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "signal": f"Nothing is trained here. Examples pass through many layers of random {term_link('first weights')}. "
    "How widely do each layer's outputs spread?",
    "equal": "One hidden layer of {units} units learns the moons. What if all weights start equal?",
}
START = {
    "xavier": "Xavier",
    "he": "He",
    "small": f"small ({SMALL:g})",
    "large": f"large ({LARGE:g})",
}
BEGIN = {
    "random": "random (Xavier)",
    "equal": f"all {EQUAL:g}",
    "zeros": "all 0",
    "tiny": f"tiny ({TINY:g})",
    "drop": f"all {EQUAL:g}, and dropout",
}

PREDICTION = Item(
    "The Xavier start draws weights that keep the spread of a layer's values (how far they lie from their mean), if nothing cuts them off. ReLU cuts off all "
    "negative ones. What happens to the spread over {depth} ReLU layers with a Xavier start?",
    (
        Option("It stays about the same", "ReLU drops half of what comes in, and Xavier doesn't make up for that."),
        Option("It drops to about half", "One or two layers halve it. The next ones do it again."),
        Option("It drops below a thousandth", "ReLU cuts off half in each layer, and so many cuts leave almost nothing.", right=True),
        Option("It grows layer by layer", "It would with larger weights."),
    ),
)  # fmt: skip
MEASURED = "with seed 0, from {here_first} in layer 1 to {here_last} in layer {depth} (medians of {seeds} starts: {first:.2f} and {tiny})."
NUMBERS = ("spread of a, seed 0", "spread of a, median of {seeds} starts", "gradient, median")
"""The columns of the numbers behind the picture."""
EXPLAIN = f"""A unit adds up n inputs times weights; Var(w) says how these spread. So the mean of z² is
**n · Var(w)** times the mean of a², the squared inputs. The activation lets a share through (ReLU: half). Each layer
multiplies the signal by both: below 1, it fades. {phrase("With Xavier and ReLU", start="xavier", act="relu")}, what comes back fades, too. A weight's
gradient is what comes in times what comes back: small in every layer.

With equal widths, {term_link("Xavier initialization", "**Xavier**")} makes n · Var(w) = 1,
{term_link("He initialization", "**He**")} makes it 2, because ReLU halves."""
TITLE = "Outputs of each layer: {name}, {start}"
NOTE = "spread {spread}"


def short(value: float, more: int = 0) -> str:
    """Write a spread with two digits, a tiny or huge one with a power of ten; with ``more`` digits for a table."""
    if not np.isfinite(value):
        return "not finite"
    return f"{value:.{2 + more}f}" if 0.01 <= value < 100 else scientific(value, more)


GRADIENTS = "The gradient of each layer's weights"
LINE = "What a layer does to the mean of z² (n = {n}):"
PASSED = r"n\,\mathrm{Var}(w)\times\overline{a^2}\,/\,\overline{z^2}"
FOUND = "So z: times √{square:.2f} = {root:.2f} a layer. In the picture, on average, first to last:"


def passed(n: int, spread: float, share: float) -> str:
    """Return what a layer multiplies the mean of z² by, as LaTeX; the written factors give the written result."""
    put_in, digits = formula.agreeing([spread, share], lambda v: n * v[0] * v[1], 3, 2)
    inked = [formula.number(value, ink, put_in) for value, ink in ((spread, "z"), (share, "activation"))]
    return rf"= {n}\times{inked[0]}\times{inked[1]} = {formula.number(n * spread * share, 'z', digits)}"


def through(spread: np.ndarray) -> str:
    """Return how the first of these spreads (depth,) becomes the last as LaTeX; what is written gives what is written."""
    factor, steps, end = study.a_layer(spread), len(spread) - 1, short(float(spread[-1]))
    each = ((digits, round(float(spread[0]), digits), round(factor, digits)) for digits in range(2, 8))
    digits, first, grown = next((one for one in each if short(one[1] * one[2] ** steps) == end), (8, spread[0], factor))
    plain = end.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    base, _, power = plain.partition(" × 10")
    last = formula.inked(base + (rf"\times 10^{{{power}}}" if power else ""), "activation")
    return rf"{formula.number(float(first), 'activation', digits)}\times {grown:.{digits}f}^{{{steps}}} = {last}"


TRIES = (
    Try("He for ReLU", {"view": "signal", "act": "relu", "start": "he", "depth": "30"},
        "From {here_first} in layer 1 to {here_last} in layer 30 (medians of all starts: {first:.2f} and {last:.2f}). After 30 layers the signal is still there."),
    Try("Small weights", {"view": "signal", "act": "tanh", "start": "small", "depth": "10"},
        "At layer 10 the spread is {here_last} (median of all starts: {tiny}): to the layers behind it, all examples look almost the same."),
    Try("Large, with tanh", {"view": "signal", "act": "tanh", "start": "large", "depth": "30"},
        "The outputs pile up at −1 and 1, where tanh is flat: in layer 30, {edge:.0%} of them lie beyond ±0.9. The gradient still grows on its way back."),
)  # fmt: skip
FAILS = Try(
    "Where it fails: 3 layers", {"view": "signal", "act": "relu", "start": "xavier", "depth": "3"},
    "The wrong start for ReLU, but after 3 layers the spread is still {here_last} (median of all starts: {last:.2f}). Only depth makes it matter.",
)  # fmt: skip
TRAINED = {"width": study.TRAINED_WIDTH, "rate": study.TRAINED_RATE, "epochs": study.TRAINED_EPOCHS}
AFTER_TITLE = "And after training?"
AFTER = """The same four starts, each trained from {seeds} seeds: {depth} layers of {width} units, plain descent at {rate:g}. **{name}**: the
training loss."""
AFTER_NOTE = """After {epochs} epochs the median loss is below {limit:g} with these starts: **{learning}**. With these it isn't:
**{stuck}**. (Saying one half to every point costs {guessing:.2f}.) Where a start fails, the gradient of layer 1 is too
close to 0, or it's so large that the weights break."""
NONE = "none"


def after_note(learns: Mapping[str, bool]) -> str:
    """Say which starts, by their names for people, learn."""
    both = (", ".join(name for name, does in learns.items() if does == way) or NONE for way in (True, False))
    about = {"epochs": study.TRAINED_EPOCHS, "limit": study.LEARNED, "guessing": study.GUESSING}
    return AFTER_NOTE.format(**dict(zip(("learning", "stuck"), both, strict=True)), **about)


PREDICTION_EQUAL = Item(
    "All {units} units start with the same weights, {equal:g}. How many different units are there after training?",
    (
        Option("Eight: training pulls them apart", "They get the same inputs and the same gradient, so they take the same step every time."),
        Option("A few: some stay together", "Nothing tells any two of them apart, so all stay together."),
        Option("One: all stay equal", "Same weights, same gradient, same step. Eight units do the work of one.", right=True),
    ),
)  # fmt: skip
MEASURED_EQUAL = "{kinds} kind of unit after {epochs} epochs, and {accuracy:.0%} right. A random start gets {random:.0%}, a network with a single unit {one:.0%} (medians of {seeds} starts)."
EXPLAIN_EQUAL = f"""Units with equal weights give the same output, and so they get the same gradient. They take the same step and are
equal again. This {term_link("symmetry")} lasts. Chance has to break it, and that's why first weights are
random. {phrase("With **all 0** and tanh", begin="zeros", active="tanh")} it's worse: each unit's output is 0 and the weight behind it is 0. So every gradient is 0 except
that of the output's bias. **Tiny** weights are different, but barely: it takes long until they come apart."""
TITLE_EQUAL = "The weights of {units} units, {name}, seed 0"
OPEN = "Open this run in the simulator"
OPEN_DEEP, OPEN_FEWER = "Open in the simulator", "Open with {most} layers in the simulator"
BESIDE = {"accuracy": "Right answers, beside a single unit", "loss": "The loss, beside a single unit"}
CURVES = {"accuracy": (0.4, 1.0), "loss": (0.0, 1.25)}
"""What is drawn of the runs, and from where to where."""
LINE_EQUAL = "Epoch {epoch}: {kinds} kind{s} of unit. The gradient of w₁ in units 1 and 2, for the first example (v: the weight to the output):"
PRODUCT = r"\tfrac{dL}{dw_1} = (p-y)\times v\times f'(z)\times x_1"


def worked(factors: np.ndarray) -> str:
    """Return the product of one unit's four factors as LaTeX; the written factors give the written result."""
    put_in, digits = formula.agreeing(factors.tolist(), lambda v: float(np.prod(v)), 2, 4, 6)
    inks = ("text", "z", "activation", "input")
    terms = [formula.number(float(v), ink, put_in) for v, ink in zip(factors, inks, strict=True)]
    return r"\times".join(terms) + f" = {formula.number(float(np.prod(factors)), 'gradient', digits, alone=True)}"


TRIES_EQUAL = (
    Try("All 0", {"view": "equal", "active": "tanh", "begin": "zeros"},
        "No weight moves: all stay at 0, and {accuracy:.0%} are right. Only the output's bias learns."),
    Try("Random", {"view": "equal", "active": "tanh", "begin": "random"},
        "{kinds} kinds of unit, and {accuracy:.0%} right."),
    Try("Tiny", {"view": "equal", "active": "tanh", "begin": "tiny", "epoch": 40},
        "Random, but so close to 0 that units come apart late. At epoch 40 no two have equal numbers, yet w₂/w₁ is about {ratio:.1f} in {alike} of {units} units: "
        "their lines, where z = 0, are nearly parallel. At the end {accuracy:.0%} are right (median)."),
    Try("All 0, sigmoid", {"view": "equal", "active": "sigmoid", "begin": "zeros"},
        "These zeros do move, because sigmoid(0) isn't 0: {accuracy:.0%} right. But they move together: {kinds} kind of unit."),
)  # fmt: skip
FAILS_EQUAL = Try(
    "Where it fails: dropout", {"view": "equal", "active": "relu", "begin": "drop"},
    "Each step silences other units at random (dropout), so equal units get different gradients: {kinds} kinds of unit, and {accuracy:.0%} right "
    "(without dropout {equal_accuracy:.0%}; medians). The start was equal, but chance came in.",
)  # fmt: skip

CHECKS = (
    Item(
        "A ReLU layer has 50 inputs. Which variance of its weights keeps the mean square of its values the same?",
        (
            Option("0.02", "That's 1/50, right for a layer without a bend. ReLU throws away half."),
            Option("0.04", "He: 2/50. One factor 50 for the sum, one half for ReLU: 50 · 0.04 / 2 = 1.", right=True),
            Option("1", "Then the mean square would grow 25 times with each layer."),
        ),
    ),
    Item(
        "A copier makes each copy 10% paler than its original. You copy the copy, and so on. How dark is the 20th?",
        (
            Option("About an eighth of the original", "0.9, 20 times over: like a signal that each layer makes a bit smaller.", right=True),
            Option("Nine tenths of it", "That's the first copy. Each next one takes a tenth away again."),
            Option("Blank", "Each copy takes a tenth of what's left, so something is always left."),
        ),
        kind="transfer",
    ),
    Item(
        "A ReLU unit gives 0 for every training example. What is the gradient of its weights?",
        (
            Option("0", "Its slope is 0 for each example, and the slope is a factor of the gradient.", right=True),
            Option("Large, because it's wrong", "Whatever comes back is multiplied by the slope, and that's 0."),
            Option("The same as its neighbors'", "Its own slope counts, and it's 0."),
        ),
        kind="recall",
    ),
)  # fmt: skip
CHECKS_EQUAL = (
    Item(
        "Eight units start equal, but one has a different bias. What will the other seven do?",
        (
            Option("They stay equal to each other", "Each gets the same gradient as the other six. Only the eighth goes its own way.", right=True),
            Option("They all become different", "Nothing tells one of the seven from the next."),
            Option("They become like the eighth", "The eighth has other outputs, so it gets another gradient."),
        ),
    ),
    Item(
        "Ten people search a field for a lost key. All begin at the gate, follow the same rule and see the same things. How much more do ten "
        "find than one?",
        (
            Option("Ten times as much", "They walk side by side on the same path."),
            Option("Nothing", "Same start, same rule, same path: like units with equal weights.", right=True),
            Option("Twice as much: chance helps", "There's no chance in it: that's what a random start would bring."),
        ),
        kind="transfer",
    ),
    Item(
        "One neuron has two inputs. Which shape is the border between its yes and its no?",
        (
            Option("A straight line", "There z = 0, whatever its activation function is.", right=True),
            Option("A curve", "For a curve it takes several neurons, each with a line of its own."),
            Option("It depends on the first weights", "They set where the line lies and which way it runs."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "Why do weights start at random, and not all at the same value?",
        (
            Option("So that units can become different", "Equal units get equal gradients and stay equal.", right=True),
            Option("Because the best weights are random", "They aren't: training finds them."),
            Option("So that the loss starts low", "A random start's loss isn't low. It's a place to leave."),
        ),
    ),
    Item(
        "Why does He's start use twice the variance of one over n?",
        (
            Option("ReLU throws away half of what comes in", "The factor 2 makes up for that.", right=True),
            Option("So that training is twice as fast", "It's about keeping the size of the signal from layer to layer."),
            Option("Because biases start at 0", "That's so for every start here."),
        ),
    ),
)  # fmt: skip

WRONG = (
    ("Zero is a neutral start.", "With tanh or ReLU nothing ever moves but the output's bias."),
    ("Small weights are a safe start.", "Over ten layers they erase the signal. In one layer they hardly differ, and units stay together."),
    ("Where the gradient is the same in all layers, nothing fades.", "A weight's gradient is what comes in times what comes back. "
     "With Xavier and ReLU the one fades forward, the other backward: all layers get the same tiny product."),
    ("Training repairs any start.", "It repairs what has a gradient. Equal units and faded signals have none that helps."),
    ("Each network needs its own clever start.", "In three layers of ReLU or tanh, every start of this page but the small one learns. Depth is what makes it matter."),
)  # fmt: skip

LEFT_OPEN = "A good start keeps the signal's size. Does the gradient survive all layers while they learn?"

LESSON = Words(
    views={
        "signal": View(PREDICTION, TRIES, FAILS, checks=CHECKS),
        "equal": View(PREDICTION_EQUAL, TRIES_EQUAL, FAILS_EQUAL, checks=CHECKS_EQUAL),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

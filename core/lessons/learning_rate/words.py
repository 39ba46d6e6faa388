"""The words of lesson 5."""

from core.lessons.learning_rate.checks import NETWORK, RANGE, VALLEY
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "valley": f"{term_link('gradient descent', 'Gradient descent')} in its simplest form: one weight w, and a loss shaped like a valley. Each step goes "
    f"downhill; the {term_link('learning rate')} says how far.",
    "network": f"{term_link('curvature', 'Curvature')} c says how fast a valley's slope changes. At a rate above 2/\u2060c the steps fly off. "
    "A network's loss has many directions, each with its own curvature. The largest one, λ, sets the limit: 2/\u2060λ.",
    "range": "A small network, trained briefly at rates from tiny to huge. Lower is better.",
}

PREDICTION = Item(
    "Starting at w = 1 with a rate of {first:g}, it takes {slow} steps to get within 0.001 of the bottom. How many steps does a rate of "
    "{second:g} take?",
    (
        Option(
            "3 or 4: the rate is four times as large",
            "Each step is longer, but it lands on the other side of the bottom.",
        ),
        Option(
            "Just as many",
            "The perfect rate lies halfway between them. One is as much too small as the other is too large.",
            right=True,
        ),
        Option(
            "It never arrives: it bounces for ever",
            "That happens where a step lands exactly as far out on the other side.",
        ),
        Option("It never arrives: it flies off", "Here each landing is closer to the bottom than the last one."),
    ),
)

MEASURED = "{slow} steps at {first:g} and {fast} at {second:g}. One step multiplies w by {a} at the lower rate, and by {b} at the higher one."
MEASURED_FIRST = "in the valley that this page opens on (c = {c:g}), " + MEASURED

EXPLAIN_VALLEY = f"""A step goes against the {term_link("derivative", "slope")}: **w ← w − η · slope**, with η (eta) the learning rate. In
this valley the slope is c · w, where c is its {term_link("curvature")}, so every step multiplies w by **1 − ηc**. Below 1/c that
number is positive, and w slides down one side. Above 1/c it's negative, and w jumps across the valley each time. At **2/c** it's −1,
and w bounces for ever. Beyond that, every step lands farther out. So the limit depends on the valley:
where the curvature is twice as large, the limit is half as large."""


TRIES_VALLEY = (
    Try("0.01", {"view": "valley", "rate": 0.01, "L": 4.0}, "{steps} steps, all on one side: safe, but slow."),
    Try(
        "0.25",
        {"view": "valley", "rate": 0.25, "L": 4.0},
        "A step multiplies w by {factor}: it lands on the bottom in {steps} step.",
    ),
    Try("0.4", {"view": "valley", "rate": 0.4, "L": 4.0}, "{steps} steps, each one across the valley."),
    Try(
        "0.49",
        {"view": "valley", "rate": 0.49, "L": 4.0},
        "{steps} steps again: as slow as 0.01, because each landing is almost as far out as the last.",
    ),
    Try(
        "0.5",
        {"view": "valley", "rate": 0.5, "L": 4.0},
        "Each step multiplies w by {factor}: it bounces between 1 and −1 for ever.",
    ),
)
FAILS_VALLEY = Try(
    "Where it fails: 0.501",
    {"view": "valley", "rate": 0.501, "L": 4.0},
    "A little above 0.5, each landing is {out:.1%} farther out than the last. It leaves slowly, but it never comes back.",
)

PANELS = {"best": "lowest end", "small": "slower", "large": "too large", "luck": "the seed decides"}
RATE = "rate {rate:g}"
UNKNOWN = "what happens?"
START = "before training"
AFTER = "after training at {rate:g}"
LIMIT = "A small network on two moons. Each λ is the median of {seeds} seeds."


def head(rate: float, verdict: str, end: float, rises: float) -> list[str]:
    """Return what stands above a rate's panel, line by line."""
    return [RATE.format(rate=rate), PANELS[verdict], f"ends at {end:.3g}", f"rises in {rises:.0%}", "of epochs"]


def rounded(value: float) -> str:
    """Return a limit as short text; beyond 100 it hardly limits anything."""
    return "over 100" if value >= 100 else f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def times(factor: float, digits: int = 1) -> str:
    """Return a factor with a true minus sign."""
    return f"{factor:.{digits}f}".replace("-", "−")


EXPLAIN_NETWORK = """While the rate stays below 2/λ, the loss falls step by step. A rate beyond it doesn't have to fail, because a network's loss
is **not one valley**. A step too long for a steep place throws the weights out, until they reach a place that's flat enough:
there the limit is larger. At far too large a rate the loss jumps about."""

PREDICTION_NETWORK = Item(
    "Before training, this network's limit is about {limit:.1f}. What happens at a rate of {rate:g}?",
    (
        Option(
            "The loss grows until the numbers break",
            "In a valley it would. A network's loss has flatter places, and the weights get thrown into one.",
        ),
        Option(
            "The loss never gets below where it began",
            "It jumps up at first and often rises later, but on the whole it falls far.",
        ),
        Option(
            "It ends lower than at a rate of 1",
            "Once the weights are in a place that's flat enough, long steps pay off.",
            right=True,
        ),
        Option("It ends where a rate of 1 ends, only earlier", "In the same number of epochs it gets clearly lower."),
    ),
)
MEASURED_NETWORK = (
    "after {epochs} epochs the loss is {one:.3g} at a rate of 1 and {ten:.3g} at {rate:g} (medians of {seeds} seeds)."
)

TRIES_NETWORK = (
    Try("Three that are safe", {"view": "network", "r1": 0.01, "r2": 0.1, "r3": 1.0}, "All below the limit: no loss ever rises. The larger the rate, the lower the end."),
    Try("Around the limit", {"view": "network", "r1": 1.0, "r2": 3.0, "r3": 10.0}, "3 and 10 lie beyond the limit. Their losses often rise, and yet 10 ends lowest."),
)  # fmt: skip
FAILS_NETWORK = Try(
    "Where it fails: 10, 30, 100",
    {"view": "network", "r1": 10.0, "r2": 30.0, "r3": 100.0},
    "Past the limit it's a gamble. At 10 the loss ends low. At 30 the end depends on the seed: some runs end lower still, others far higher. At 100 the loss ends higher than it began.",
)

OPENS_NETWORK = {"r1": 1.0, "r2": 10.0, "r3": 100.0}  # with the rate that the question speaks of
OPENS_RANGE = {"opt": "adam"}  # the question speaks of it

RUNS = "median and middle 80% of {seeds} seeds"
STRIP = "bar on the axis: less than 1.5 times the lowest"
OVERSHOOTS = "overshoots at first →"
DOTTED = "dotted: plain descent, all examples in a batch, inputs × 1"
BEST = "The median ends lowest at **{best:g}**. Rates from **{low:g}** to **{high:g}** end nearly as low."
ONLY = "The median ends lowest at **{best:g}**, and clearly higher at all other rates."
STEP = """A typical weight's first step at the best rate:"""
EXPLAIN_RANGE = f"""{term_link("momentum", "**Momentum**")} adds up gradients, so its steps grow up to ten times as long and its best rate is usually lower.
{term_link("Adam", "**Adam**")} divides by the size of the gradient: hardly any of its steps is longer than its rate. **Small
{term_link("batch", "batches")}** take many more steps per epoch, and noisier ones. **Larger inputs** make the valley steeper. Tiny ones
make the first layer's gradients tiny, but the rate at which steps overshoot hardly changes. So a rate that's good here may be bad elsewhere."""

PREDICTION_RANGE = Item(
    "Plain gradient descent does best on this network at a rate of about {best:g}. Adam is another way to step: it divides each weight's "
    "step by the recent size of its gradient. What is the best rate for Adam?",
    (
        Option(
            "About the same",
            "The best rate depends on how the optimizer steps. Adam's first step is as long as its rate.",
        ),
        Option(
            "About ten times as large",
            "Adam divides by the size of the gradient, so even small gradients make full steps.",
        ),
        Option(
            "A tenth of that or less",
            "Adam divides by the size of the gradient, so its first step is as long as its rate.",
            right=True,
        ),
        Option(
            "Any: Adam chooses the length of its steps by itself",
            "It evens out the steps of the weights. How long they are is still up to the rate.",
        ),
    ),
)
MEASURED_RANGE = "in full batches, plain descent is best at {plain:g}, Adam at {adam:g} (medians)."

TRIES_RANGE = (
    Try("Batches of 8", {"view": "range", "opt": "sgd", "batch": "8", "scale": "1"}, "10 was best (dotted), and now it ends higher than the smallest rate, which hardly moves the weights. The good range has moved down."),
    Try("Adam", {"view": "range", "opt": "adam", "batch": "all", "scale": "1"}, "Adam's best rate is a tenth of plain descent's or less."),
    Try("Adam, batches of 8", {"view": "range", "opt": "adam", "batch": "8", "scale": "1"}, "Adam's best rate gets smaller as well, with many more steps per epoch."),
)  # fmt: skip
FAILS_RANGE = Try(
    "Where it fails: inputs × 10",
    {"view": "range", "opt": "sgd", "batch": "all", "scale": "10"},
    "Now no rate gets as low as before (dotted). Bringing the inputs back to their usual size (× 1) helps more than any search for a rate.",
)

SCHEDULES_TITLE = "Rates that change: schedules"
SCHEDULES = f"""A {term_link("schedule", "**schedule**")} changes the rate during the run: large steps to cover ground, small ones to settle.
Below is a valley in {{directions}} directions whose slope is seen through noise, as a small batch shows it: {{steps}} steps, mean of
{{seeds}} walks."""
SCHEDULE_NOTES = f"""With noise, a constant rate keeps jumping about, and the falling ones end lower. **Without noise the constant {{rate:g}}
wins**, since nothing has to settle. {term_link("warm-up", "Warm-up")} gains nothing here; it's used where the first gradients can't be
trusted. PyTorch's and Keras's optimizers keep their rate unless you say otherwise; Hugging Face's trainer lowers it. *Plateau*
watches the loss: in PyTorch it waits for {{patience}} epochs without progress, then multiplies the rate by {{factor:g}}."""

FINDER_TITLE = "Finding a rate with one sweep"
SPOKEN = {"sgd": "plain descent", "momentum": "momentum", "adam": "Adam"}
FINDER = f"""A {term_link("learning rate finder")} raises the rate at every step of one short run and watches the loss. Here: handwritten
digits, {{sizes}}, batches of {{batch}}, {{steps}} steps. Two rules read a rate from it: a tenth of the rate with the lowest loss, or the
rate where the loss falls fastest."""
FINDER_FAILS = """**Where it fails:** over {seeds} seeds with {optimizer}, a tenth of the minimum says {a} to {b}, the steepest fall
says {c} to {d}. A sweep sees only the first steps of one order of batches. It's a first guess, not an answer."""


QUIZ = (
    Item(
        "In a valley, a learning rate brings w from 1 to −0.5 in one step. What happens next?",
        (
            Option(
                "The next step lands at 0.25",
                "Each step multiplies w by −0.5: it jumps across and gets closer.",
                right=True,
            ),
            Option("The next step lands at −0.25", "The factor is negative, so the sign changes at every step."),
            Option(
                "It has gone too far and never arrives",
                "It jumps across the bottom, but each landing is half as far out.",
            ),
        ),
    ),
    Item(
        "You multiply all inputs of a network by ten and train it again with plain gradient descent. What about the learning rate?",
        (
            Option(
                "It can stay: only the data changed",
                "Larger inputs make the loss steeper, and a steeper loss has a lower limit.",
            ),
            Option(
                "It has to be smaller",
                "Larger inputs make the loss steeper, and a steeper loss has a lower limit.",
                right=True,
            ),
            Option("It has to be larger, to keep up", "Steeper valleys have lower limits, not higher ones."),
        ),
        kind="transfer",
    ),
)

WRONG = (
    ("The right learning rate lies between 0.01 and 0.1.", "On this page the best one lies anywhere from 0.01 to 10, for one "
     "network on one dataset."),
    ("Too large a rate ends in NaN.", "It can, in a valley that rises for ever. A network's loss more often jumps about or stops falling."),
    ("When the loss rises, the rate is too large.", "Here the loss often rises at a rate of 10, and yet it ends lowest."),
    ("Cosine is the default of the libraries.", "In PyTorch and Keras none is: the rate stays as it is."),
    ("A gradient of zero means that we've arrived.", "It may be a saddle, a plateau, or a dead unit."),
)  # fmt: skip

LEFT_OPEN = "You can now choose how far each step goes. But how large should the network be?"

LESSON = Words(
    views={
        "valley": View(PREDICTION, TRIES_VALLEY, FAILS_VALLEY, checks=VALLEY),
        "network": View(PREDICTION_NETWORK, TRIES_NETWORK, FAILS_NETWORK, OPENS_NETWORK, NETWORK),
        "range": View(PREDICTION_RANGE, TRIES_RANGE, FAILS_RANGE, OPENS_RANGE, RANGE),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

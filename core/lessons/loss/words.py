"""The words of lesson 3."""

from core.lessons.loss.checks import CHECKS_CLASSES, CHECKS_MANY, CHECKS_ONE
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = {
    "one": f"The network answered; the right answer is called the {term_link('target')}. The "
    f"{term_link('loss function', 'loss')} turns the error (answer minus target) into one number.",
    "many": "Five examples (rings) and a line that predicts them. Each red area is the loss of one example. The **best line** "
    "has the smallest mean loss. The **squared** loss squares each error; the **absolute** loss takes its size.",
    "classes": "This neuron answers with a probability. Its input is 1 and its target 0, but it starts almost sure of 1. An "
    f"{term_link('epoch')} is one step here; the {term_link('learning rate')} sets how far it goes. "
    f"A loss made for probabilities is {term_link('cross-entropy')}: minus the natural logarithm "
    "(ln) of the probability given to the right answer.",
}

PREDICTION = Item(
    "The prediction is {yhat:.2f} and the target {y:.2f}, so the error is {e:.2f} in size. Squared, that's a loss of {loss:.4f}. "
    "Now the error gets twice as large. What does the squared loss do?",
    (
        Option(
            "It doubles",
            "The error doubles. The loss is its square, and a square with twice the side has four times the area.",
        ),
        Option("It becomes four times as large", "A square with twice the side has four times the area.", right=True),
        Option("It becomes negative", "An error can be negative, but a square can't."),
        Option(
            "It stays the same: wrong is wrong",
            "A loss says how wrong an answer is, so that getting a little better counts.",
        ),
    ),
)

MEASURED = (
    "an error of {e} has the squared loss {one:.4f}, and one of {e2} has {two:.4f}. That's {times:.1f} times as much."
)


def signed(value: float, digits: int = 2) -> str:
    """Return a number with a true minus sign, and none in front of a zero."""
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if not float(text) else text.replace("-", "−")


def sure(p: float) -> str:
    """Return a probability, with more digits the nearer it is to 1."""
    return f"{p:.2f}" if p < 0.99 else f"{p:.5f}"


FORMULAS = {"mse": "e^2", "mae": "|e|", "huber": r"\tfrac12 e^2"}
SLOPES = {"mse": "2e", "mae": r"\operatorname{sign} e", "huber": "e"}

EXPLAIN_ONE = f"""Errors have a sign, so opposite ones would cancel out. **Squaring** gets rid of the sign and makes large errors
count most. Learning uses the {term_link("derivative", "slope")} of the loss (violet): which way to push the prediction, and
how hard. The slope of the square is twice the error, so the push fades near the target. The
{term_link("absolute error", "absolute")} loss pushes equally hard everywhere. {term_link("Huber loss", "Huber's")} loss is
half the square near the target and, from an error of 1 on (beyond this picture), a straight line."""

TRIES_ONE = (
    Try("Predict 0.70", {"loss": "mse", "yhat": 0.7, "y": 0.9}, "The error is {e}, and its square is {loss:.4f}."),
    Try(
        "Twice the error",
        {"loss": "mse", "yhat": 0.5, "y": 0.9},
        "The error is {e} now. The loss goes from {half:.4f} to {loss:.4f}.",
    ),
    Try(
        "On target",
        {"loss": "mse", "yhat": 0.9, "y": 0.9},
        "The loss is 0, and so is its slope. There's nothing left to change.",
    ),
)
FAILS_ONE = Try(
    "Where it fails: absolute loss",
    {"loss": "mae", "yhat": 0.5, "y": 0.9},
    "With the absolute loss, twice the error is only twice the loss: {half:.4f} becomes {loss:.4f}. The squared loss would be four times as large.",
)

EXPLAIN_MANY = f"""The loss of several examples is the **mean** of their losses. Change the line, and the point on the map
moves. The map is a {term_link("loss landscape")}: it shows the loss of every line at once, and
training is a walk downhill on it. Where its lowest place lies depends on the loss you choose. With the squared loss one far example counts for
many; with the absolute loss it pulls no harder than others."""

CHOICE = "Squared: the error times itself. Absolute: its size. Huber: half the square up to an error of 1, then a straight line."

MANY = "The best line on the map has slope {w}, intercept {b} and loss {least:.4f}."

PREDICTION_MANY = Item(
    "Suppose the last of these five examples was typed in wrongly, as {wrong:.1f} instead of {right:.1f}. Which loss lets this one "
    "mistake change the slope of the best line more?",
    (
        Option(
            "Squared loss",
            "The squared loss pushes harder the larger the error is, so the far example pulls hardest.",
            right=True,
        ),
        Option("Absolute loss", "There the far example pulls no harder than any other."),
        Option("Both alike", "They differ exactly in how hard a far example pulls."),
        Option(
            "Neither: four of five examples are right",
            "Four right examples don't fix the line: the fifth pulls on it, too.",
        ),
    ),
)

MEASURED_MANY = "a wrong last example changes the slope of the best line by {mse:.2f} with the squared loss and by {mae:.2f} with the absolute one."

TRIES_MANY = (
    Try("At the best", {"w": 0.6, "b": 0.92, "loss": "mse", "wrong": False, "mistake": 5}, "The red squares are small now, and the point is inside the ring: no line has a smaller loss."),
    Try("One wrong example", {"loss": "mse", "wrong": True, "mistake": 5, "w": 0.6, "b": 0.92},
        "One mistake in the data, and the best line (dashed) falls: its slope is {best}."),
    Try("The same, absolute loss", {"loss": "mae", "wrong": True, "mistake": 5, "w": 0.6, "b": 0.92},
        "The best line still rises, with slope {best}: four examples outvote one."),
)  # fmt: skip
FAILS_MANY = Try(
    "Where it fails: in the middle",
    {"loss": "mse", "wrong": True, "mistake": 3, "w": 0.6, "b": 0.52},
    "The mistake is in the middle now. With the squared loss the best line moves down, but its slope stays {best}. With the absolute "
    "loss the slope changes from {mae_right} to {mae_wrong}.",
)

PREDICTION_CLASSES = Item(
    "The neuron says {p:.2f} where 0 is right. With squared error at a learning rate of {rate:.2f} it needs {se} to get "
    "below {undecided:g}. Same start, same rate: how long does it take with cross-entropy?",
    (
        Option("Longer", "Its push doesn't fade where the neuron is sure, so nothing holds it back."),
        Option("About as long", "The start and the rate are the same, but the push isn't."),
        Option(
            "About half as long",
            "Half the time would fit a loss that pushes twice as hard. This one pushes far harder than that.",
        ),
        Option(
            "Less than a tenth of that",
            "Cross-entropy's push, its slope, is the error itself. It doesn't fade where the neuron is sure.",
            right=True,
        ),
    ),
)

MEASURED_CLASSES = (
    "from {p:.2f} it takes {ce} with cross-entropy and {se} with squared error. At the start, cross-entropy pushes "
    "{times:.0f} times as hard."
)
MOVED_CLASSES = "**With your sliders** (from {p}): {ce} with cross-entropy, {se} with squared error."
NOT_YET = "more than {most:,} epochs"

EXPLAIN_CLASSES = """Where a neuron is sure, its sigmoid is flat: the slope p(1 − p) is nearly 0. The squared error's push is
multiplied by that slope, so it nearly vanishes. Cross-entropy gets steeper where the sigmoid gets flatter. The two cancel,
and what's left is **prediction minus target**. So a sure and wrong neuron is pushed hardest."""

TRIES_CLASSES = (
    Try(
        "Sure and wrong",
        {"view": "classes", "start": 2.0, "rate": 0.15},
        "Starting at {p}, it takes {se} with squared error and {ce} with cross-entropy.",
    ),
    Try(
        "Surer still",
        {"view": "classes", "start": 5.0, "rate": 0.15},
        "Starting at {p}, it takes {se} with squared error and {ce} with cross-entropy.",
    ),
)
FAILS_CLASSES = Try(
    "Where it fails: a mild start",
    {"view": "classes", "start": 0.5, "rate": 0.15},
    "Starting at {p}, it takes {se} with squared error and {ce} with cross-entropy. Where the sigmoid isn't flat, the two are much closer.",
)
HALF = "Squared error is halved here. Without the half: {n}."

NETWORK_TITLE = "Does it matter in a whole network?"
NETWORK = """The same in a network with {hidden} hidden units on two moons: plain gradient descent over all examples at rate {rate:g}, {seeds} seeds.
(The squared error here has no half in front.) From an ordinary start both losses reach {goal:.0%}. Start the network sure and wrong,
with the output's bias at {bias:g} instead of 0, and squared error stands still first."""
NETWORK_SAYS = "Epochs until the median reaches {goal:.0%}: squared error {se}, cross-entropy {ce}."
NETWORK_SWITCH = "Start sure and wrong (output bias {bias:g})"

SOFTMAX = f"""With more than two classes the network gives each class a score z, also called a {term_link("logit")}.
{term_link("softmax", "**Softmax**")} turns scores into probabilities, and the loss is minus the natural logarithm of the one given to the
true class. The slope with respect to each score is again its probability minus its target: the true class (negative slope) is pushed up, all others
down."""

CHOOSING = """| the answer is | usual loss | what it assumes or risks |
|---|---|---|
| a number | squared error | one far example can pull everything |
| a number, some data wrong | Huber or absolute | absolute: the same push near the target, so a fixed rate never settles |
| yes or no | binary cross-entropy | one wrong label that the network contradicts can cost without limit |
| one of several | softmax cross-entropy | the same |"""

QUIZ = (
    Item(
        "Two networks make the same ten errors, except that one of them makes a single huge error as well. Which loss shows "
        "the largest difference between the two?",
        (
            Option("Absolute error", "There the huge error counts only in proportion to its size."),
            Option("Squared error", "A huge error, squared, outweighs all the others.", right=True),
            Option("None of them: ten errors are the same", "The eleventh is different, and a mean notices it."),
        ),
        kind="transfer",
    ),
    Item(
        "A network gives the right class a probability of almost 0. How does it learn from this example with cross-entropy?",
        (
            Option("Hardly at all, since the output's sigmoid is flat there", "Cross-entropy cancels that flatness."),
            Option(
                "With almost its strongest possible push",
                "The push is prediction minus target, and that's nearly as large as it can be.",
                right=True,
            ),
            Option(
                "With a push that grows without limit",
                "The loss does grow without limit. Its slope dL/dz can't be larger than 1.",
            ),
        ),
    ),
)

WRONG = (
    ("A loss of 0.04 is good.", "That depends on the loss and on the units. Measure the same errors in centimeters instead of "
     "meters, and the squared loss is 10,000 times as large."),
    ("The loss is what we want to know.", "We want to know how often the network is right, or what its mistakes cost. Those change in "
     "jumps; a loss has a slope that can be followed."),
    ("Squared error can't be used for classes.", "It can, and from an ordinary start it does well. It stalls where "
     "a network is sure and wrong."),
    ("Cross-entropy cures every flat place.", "It cancels only the slope of the output's sigmoid. Sigmoids in hidden "
     "layers stay flat."),
)  # fmt: skip

LEFT_OPEN = "The loss says how wrong the network is. Which of its weights is to blame?"

LESSON = Words(
    views={
        "one": View(PREDICTION, TRIES_ONE, FAILS_ONE, checks=CHECKS_ONE),
        "many": View(PREDICTION_MANY, TRIES_MANY, FAILS_MANY, checks=CHECKS_MANY),
        "classes": View(PREDICTION_CLASSES, TRIES_CLASSES, FAILS_CLASSES, checks=CHECKS_CLASSES),
    },
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

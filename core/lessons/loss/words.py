"""The words of lesson 3."""

from core.ui.teaching import Item, Option, Try, View, Words

PREDICTION = Item(
    "The prediction 0.70 is 0.20 below its target, and its squared loss is 0.04. Let the error double to 0.40. "
    "What does the loss do?",
    (
        Option("It doubles", "The error doubles; the loss is its square, and twice a side is four times a square."),
        Option("It becomes four times as large", "Twice the side, four times the square.", right=True),
        Option("It becomes more negative", "The error has a sign; a square has none. A loss is never below zero here."),
        Option("It stays: wrong is wrong", "A loss measures how wrong, so that a small step can be seen to help."),
    ),
)

MEASURED = "twice this error, {e2}, has the squared loss {two:.4f}: {times:.1f} times as much."


def signed(value: float) -> str:
    """Return a number with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


FORMULAS = {"mse": "e^2", "mae": "|e|", "huber": r"\tfrac12 e^2"}
SLOPES = {"mse": "2e", "mae": r"\operatorname{sign} e", "huber": "e"}

EXPLAIN_ONE = """Errors have a sign, and opposite ones would cancel. **Squaring** removes it and makes large errors count
most. Learning uses the loss's **slope** (violet): which way to push the prediction, and how hard. For the square it is
twice the error, so the push fades near the target. The **absolute** loss pushes equally hard everywhere. **Huber's** is
half a square near the target, absolute beyond an error of 1."""

TRIES_ONE = (
    Try("0.70 for 0.90", {"loss": "mse", "yhat": 0.7, "y": 0.9}, "Error −0.20, squared 0.0400."),
    Try("Twice the error", {"loss": "mse", "yhat": 0.5, "y": 0.9}, "The loss goes from 0.0400 to 0.1600."),
    Try("On target", {"loss": "mse", "yhat": 0.9, "y": 0.9}, "Loss 0 and slope 0: nothing to learn here."),
)
FAILS_ONE = Try(
    "Where it fails: absolute loss",
    {"loss": "mae", "yhat": 0.5, "y": 0.9},
    "Here twice the error is only twice the loss: 0.2000 became 0.4000. Four times belongs to the square.",
)

EXPLAIN_MANY = """The loss of several examples is the **mean** of their losses. Change the line and each red area
changes; on the map, the point moves. The map shows the loss of every line at once, and training is a walk down on it.
Its lowest place depends on the loss: the square gives one far example much power, the absolute loss as much as
any other."""

MANY = "The best line on the map has slope {w}, intercept {b} and loss {least:.4f}."

PREDICTION_MANY = Item(
    "Five examples, and one of them is a typing mistake, far from the others. With which loss does that single mistake "
    "move the best line most?",
    (
        Option("Squared error", "Its push grows with the error, so the far example pulls hardest.", right=True),
        Option("Absolute error", "The far example pulls no harder than any other one."),
        Option("Huber loss", "Beyond its threshold it pulls no harder than the absolute error does."),
        Option("With all three alike", "They agree about small errors only."),
    ),
)

MEASURED_MANY = "the mistake moves the slope of the best line by {mse:.2f} with squared error, by {mae:.2f} with absolute error and by {huber:.2f} with Huber."

TRIES_MANY = (
    Try("Near the best", {"w": 0.6, "b": 0.92, "loss": "mse", "wrong": False}, "The squares shrink; the point is in the ring."),
    Try("One wrong example", {"loss": "mse", "wrong": True, "w": 0.6, "b": 0.92},
        "One mistake in the data, and the lowest place on the map moves to a line that falls."),
    Try("… under absolute loss", {"loss": "mae", "wrong": True, "w": 0.6, "b": 0.92},
        "The lowest place stays at a rising line: four examples outvote one."),
)  # fmt: skip
FAILS_MANY = Try(
    "Where it fails: all far off",
    {"loss": "mae", "wrong": False, "w": -0.5, "b": 4.0},
    "The absolute loss cannot tell near from far by its push: each example pulls with 1, here as at the target.",
)

PREDICTION_CLASSES = Item(
    "A neuron says 0.98 where 0 is right. At a rate of 0.15, squared error needs 232 epochs to bring it "
    "below 0.5. Same start, same rate: how long with cross-entropy?",
    (
        Option("Longer", "Its slope does not vanish where the sigmoid is flat, so nothing holds it back."),
        Option("About as long", "The start and the rate are the same, but not the push."),
        Option("About half as long", "That is the gain where the neuron is unsure. Sure and wrong is another matter."),
        Option(
            "Less than a tenth", "Cross-entropy's push is the error itself, without the sigmoid's slope.", right=True
        ),
    ),
)

MEASURED_CLASSES = "from an output of {p:.4f}: {ce} with cross-entropy, {se} with squared error."
NOT_YET = "not within {most:,} epochs"
EPOCHS = "{n:,} epochs"

EXPLAIN_CLASSES = """A sigmoid that is sure, rightly or wrongly, is flat, and squared error must push through that flat
place: its slope carries the factor p(1 − p). Cross-entropy, −log of the probability given to the truth, is steep
exactly where the sigmoid is flat. The two cancel and leave **prediction minus target**. So being sure and wrong
costs most and is mended first."""

TRIES_CLASSES = (
    Try("Sure and wrong", {"start": 2.0, "rate": 0.15}, "232 epochs against 17."),
    Try("Surer still", {"start": 5.0, "rate": 0.15}, "From 0.99995 it is 73,534 against 37."),
)
FAILS_CLASSES = Try(
    "Where it fails: a mild start",
    {"start": 0.5, "rate": 0.15},
    "From 0.73 it is 24 against 6: where the sigmoid is not flat, little is lost.",
)
HALF = "Squared error is halved here, as in the textbooks. Without the half it walks twice as fast: {n:,} epochs."

NETWORK_TITLE = "Does it matter in a whole network?"
NETWORK = """The same in a network: 2-8-1 on two moons, plain descent over all examples at rate 1, {seeds} seeds. From an ordinary
start both losses reach 85 %. Start it sure and wrong (the output's bias at 8 instead of 0), and squared error stands
still first."""
NETWORK_SAYS = "Epochs to 85 % of the training examples, median: squared error {se}, cross-entropy {ce}."

SOFTMAX = """With more than two classes the network gives a score z to each. **Softmax** turns scores into
probabilities, and the loss is −log of the one given to the true class. The slope by each score is again its
probability minus its target: the true class is pushed up, all others down."""

CHOOSING = """| the answer is | usual loss | what it assumes or risks |
|---|---|---|
| a number | squared error | one far example can pull everything |
| a number, some data wrong | Huber or absolute | absolute: the same push near the target, so a fixed rate never settles |
| yes or no | binary cross-entropy | a wrong label that the network doubts costs without bound |
| one of several | softmax cross-entropy | the same |"""

CHECKS = (
    Item(
        "Predictions 3 and 5, targets 4 and 2. What is the mean squared error?",
        (
            Option("2", "That is the mean of the errors' sizes, 1 and 3; square them first."),
            Option("5", "(1 + 9) / 2.", right=True),
            Option("1", "That is the mean of −1 and 3: signs cancel, which is why they are squared."),
            Option("10", "That is the sum of the squares; the mean divides by 2."),
        ),
    ),
    Item(
        "You estimate delivery times. Most errors are minutes, but now and then a parcel is lost for a month and the "
        "record says so. Which loss lets the estimate serve the ordinary parcel?",
        (
            Option("Squared error", "One lost month, squared, outweighs millions of ordinary minutes."),
            Option("Absolute or Huber", "A far example pulls no harder than any other.", right=True),
            Option("Cross-entropy", "That compares probabilities of classes; a time is a number."),
        ),
        kind="transfer",
    ),
    Item(
        "A sigmoid neuron has z = 11. What happens to its output when z grows by 1?",
        (
            Option("It grows by about 0.25", "That is the sigmoid's steepest slope, at z = 0."),
            Option("Next to nothing", "It is saturated: within 0.00002 of 1, and flat.", right=True),
            Option("It passes 1", "A sigmoid never does."),
        ),
        kind="recall",
    ),
)

WRONG = (
    ("A loss of 0.04 is good.", "That depends on the loss and on the units: the same errors in centimeters instead of "
     "meters have 10,000 times the squared loss."),
    ("The loss is what we want to know.", "We want accuracy, or costs saved. Those are flat in steps; a loss slopes, so "
     "it can be followed."),
    ("Squared error cannot be used for classes.", "It can, and from an ordinary start it does well. It stalls where "
     "a network is sure and wrong."),
    ("Cross-entropy cures every flat place.", "It cancels the slope of the output's sigmoid only; sigmoids in the hidden "
     "layers stay flat where they are flat."),
)  # fmt: skip

LEFT_OPEN = "The loss says how wrong the network is. Which of its weights is to blame?"

LESSON = Words(
    views={
        "one": View(PREDICTION, TRIES_ONE, FAILS_ONE),
        "many": View(PREDICTION_MANY, TRIES_MANY, FAILS_MANY),
        "classes": View(PREDICTION_CLASSES, TRIES_CLASSES, FAILS_CLASSES),
    },
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

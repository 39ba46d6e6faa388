"""The words of lesson 5."""

from core.ui.teaching import Item, Option, Try, View, Words

PREDICTION = Item(
    "From x = 1, steps at a rate of 0.1 come within 0.001 of this valley's lowest place after 14 steps. "
    "How many does a rate of 0.4 need?",
    (
        Option("3 or 4: four times as fast", "Each step is longer, but it lands beyond the lowest place."),
        Option("14 as well", "Both lie equally far from 0.25, which needs one step.", right=True),
        Option("It bounces for ever", "That happens at 0.5, where a step lands exactly as far on the other side."),
        Option("It flies off", "It would beyond 0.5. At 0.4 each landing is nearer than the last."),
    ),
)

MEASURED = "{slow} steps at 0.1 and {fast} at 0.4. One step multiplies x by {a:.1f} at the one rate and by −{b:.1f} at the other."

EXPLAIN_VALLEY = """A step goes against the slope: **x ← x − η f′(x)**, with η the learning rate. Here the slope is L x, so
every step multiplies x by **1−ηL**. Below 1/L that is positive, and x slides down one side. Above, it is negative: x
jumps across each time. At **2/L** it is −1, and x bounces for ever; beyond, every step lands farther out. The limit
belongs to the valley: twice the curvature, half the limit."""


TRIES_VALLEY = (
    Try("0.01", {"rate": 0.01, "L": 4.0}, "170 steps, all on one side: safe, and slow."),
    Try("0.25", {"rate": 0.25, "L": 4.0}, "1/L lands on the minimum in one step."),
    Try("0.4", {"rate": 0.4, "L": 4.0}, "14 steps, each across the valley."),
    Try("0.49", {"rate": 0.49, "L": 4.0}, "170 steps again: as slow as 0.01."),
    Try("0.5", {"rate": 0.5, "L": 4.0}, "2/L: from 1 to −1 and back, for ever."),
)
FAILS_VALLEY = Try(
    "Where it fails: 0.501",
    {"rate": 0.501, "L": 4.0},
    "Barely beyond 2/L each landing is 0.4 % farther out. Slowly, and without end, it leaves.",
)

PANELS = {"best": "best of these", "small": "too small", "large": "too large"}
VERDICT = "ends at {end:.3g}, where 2/λ is {limit}"
LIMIT = """Measured at the first weights, the limit 2/λ is **{middle:.1f}**. Thick line: the median of {seeds} seeds; thin: one of
them; band: all but the outer tenths."""


def rounded(value: float) -> str:
    """Return a limit as short text; beyond 100 it hardly limits anything."""
    return f"{value:.1f}" if value < 100 else "over 100"


EXPLAIN_NETWORK = """A network's loss has many directions, each with its own curvature; the steepest, λ, sets the limit
2/λ. The rates below it let the loss fall at every step. Yet a rate beyond it need not fail, for the loss is **not one
valley**: a step too long for a steep place throws the walk out of it, until a place is flat enough. See where each walk
ends: the limit there has come to meet the rate. Far too large a rate seldom ends in “not a number” here; the loss jumps
about, or stalls."""

PREDICTION_NETWORK = Item(
    "At its first weights, a small network has a limit too: 2/λ is about {limit:.1f}. What happens if you train it at a rate of 10?",
    (
        Option(
            "The loss grows until the numbers break",
            "In a valley it would. A network's loss has flatter places, and the walk gets thrown into one.",
        ),
        Option("It never gets below where it began", "It jumps about at first, then it settles."),
        Option(
            "It ends lower than at a rate of 1",
            "The steps are long, and once the walk has found a flat enough place they pay.",
            right=True,
        ),
        Option("It ends about where a rate of 1 ends", "The steps are ten times as long, and that shows in the end."),
    ),
)
MEASURED_NETWORK = (
    "after {epochs} epochs the loss is {one:.3g} at a rate of 1 and {ten:.3g} at 10 (medians of {seeds} seeds)."
)

TRIES_NETWORK = (
    Try("Three that are safe", {"r1": 0.01, "r2": 0.1, "r3": 1.0}, "All below the limit: no loss ever rises. Faster is better."),
    Try("Around the limit", {"r1": 1.0, "r2": 3.0, "r3": 10.0}, "3 and 10 lie beyond it; their losses rise often, and 10 ends lowest."),
)  # fmt: skip
FAILS_NETWORK = Try(
    "Where it fails: 10, 30, 100",
    {"r1": 10.0, "r2": 30.0, "r3": 100.0},
    "Beyond the limit is a gamble: at 10 the loss ends low, at 100 higher than it began.",
)

DASHED = "; dashed: plain, all, × 1"
BEST = "Lowest at **{best:g}**; within half as much again from **{low:g}** to **{high:g}**."
ONLY = "Lowest at **{best:g}**; no other of these rates comes within half as much again."
EXPLAIN_RANGE = """The same network, 60 passes over the same data, only the way of stepping changes. **Momentum** adds up
gradients, so its steps grow up to ten times as long and its best rate is lower. **Adam** divides by the gradient's size, so
its rate is nearly the length of a step. **Small batches** take many more, noisier steps an epoch. **Larger inputs** make the
valley steeper. No range of rates is right for all of these: a rate is good *for* an optimizer, a batch size, a scale
and a loss."""

PREDICTION_RANGE = Item(
    "Plain descent does best on this network at a rate of about {best:g}. What is the best rate for Adam?",
    (
        Option("About the same", "A rate belongs to its optimizer: Adam's is close to the length of a step."),
        Option(
            "About ten times as large", "Adam divides by the gradient's size, so small gradients still make full steps."
        ),
        Option(
            "A tenth of that or less",
            "Adam divides by the gradient's size, so its rate is close to the length of a step.",
            right=True,
        ),
    ),
)
MEASURED_RANGE = "plain descent is best at {plain:g}, Adam at {adam:g} (medians of {seeds} seeds)."

TRIES_RANGE = (
    Try("Batches of 8", {"opt": "sgd", "batch": "8", "scale": "1"}, "10 was best; now it ends above where it began. The range moves down."),
    Try("Adam", {"opt": "adam", "batch": "all", "scale": "1"}, "The best rate is a tenth of plain descent's or less."),
    Try("Adam, batches of 8", {"opt": "adam", "batch": "8", "scale": "1"}, "Near 0.1: a hundredth of where we began."),
)  # fmt: skip
FAILS_RANGE = Try(
    "Where it fails: inputs × 10",
    {"opt": "sgd", "batch": "all", "scale": "10"},
    "No rate reaches what the standardized inputs reach. Scaling the data helps more than any search for a rate.",
)

SCHEDULES_TITLE = "Rates that change: schedules"
SCHEDULES = """A **schedule** changes the rate during the run: large steps to cover ground, small ones to settle. Below, a
valley in ten directions whose slope is seen through noise, as a small batch shows it: {steps} steps, mean of {seeds} walks."""
SCHEDULE_NOTES = """With noise, a constant rate keeps jumping about: the falling ones end lower. **Without noise the constant 0.5
wins**, since nothing has to settle. Warm-up gains nothing here; it is used where the first gradients cannot be trusted.
No schedule is a library's default: PyTorch and Keras optimizers keep their rate unless told otherwise. *Plateau* watches
the loss: in PyTorch it waits 10 epochs without progress, then takes a tenth."""

FINDER_TITLE = "Finding a rate with one sweep"
SPOKEN = {"sgd": "plain descent", "momentum": "momentum", "adam": "Adam"}
FINDER = """Raise the rate at every step of one short run, and watch the loss: handwritten digits, 64-32-10, batches of
32, 150 steps. Two rules read a rate from it: a tenth of the rate with the lowest loss, or the rate where the loss falls
fastest."""
FINDER_FAILS = """**Where it fails:** over {seeds} seeds with {optimizer}, a tenth of the minimum says {a} to {b}, the steepest fall
{c} to {d}. A sweep sees only the first steps of one batch order; it is a first guess, not an answer."""


CHECKS = (
    Item(
        "A valley has curvature L = 10. Which is the largest rate below which descent still arrives?",
        (
            Option("0.1", "That is 1/L, the fastest. Up to twice that it still arrives."),
            Option("0.2", "The limit is 2/L = 2/10.", right=True),
            Option("0.5", "That was the limit for L = 4. A steeper valley has a lower one."),
        ),
    ),
    Item(
        "You turn a shower's tap in proportion to how wrong the water feels. It swings for ever between equally too "
        "hot and equally too cold. What helps?",
        (
            Option("Turn half as far for the same error", "You are at 2/L; half of it is 1/L.", right=True),
            Option("Turn farther", "Then each swing would be wider than the last."),
            Option("Be patient", "At a factor of −1 no number of steps helps."),
        ),
        kind="transfer",
    ),
    Item(
        "What does backpropagation itself change?",
        (
            Option("The weights", "It says which way each should go. The step is another's work."),
            Option("Nothing: it computes gradients", "The optimizer takes the step, as long as the rate says.", right=True),
            Option("The learning rate", "That is chosen by you, or by a schedule."),
        ),
        kind="recall",
    ),
)  # fmt: skip

WRONG = (
    ("The right learning rate lies between 0.01 and 0.1.", "On this page the best lies anywhere from 0.1 to 10, for one "
     "network on one data set."),
    ("Too large a rate ends in NaN.", "It can, in a valley without end. Networks more often oscillate or stall."),
    ("When the loss rises, the rate is too large.", "The run that ends lowest here rises in about a third of its epochs."),
    ("Cosine is the default of the libraries.", "None is: without a schedule the rate stays as it is."),
    ("A gradient of zero means that we have arrived.", "It may be a saddle, a plateau, or a unit that is dead."),
)  # fmt: skip

LEFT_OPEN = "The steps are right. Is the network that takes them large enough?"

LESSON = Words(
    views={
        "valley": View(PREDICTION, TRIES_VALLEY, FAILS_VALLEY),
        "network": View(PREDICTION_NETWORK, TRIES_NETWORK, FAILS_NETWORK),
        "range": View(PREDICTION_RANGE, TRIES_RANGE, FAILS_RANGE),
    },
    checks=CHECKS,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

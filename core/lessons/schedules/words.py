"""The words of lesson 10."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = """A valley in ten directions, {steps} steps. Each step sees its slope through noise, as a small batch does."""

PREDICTION = Item(
    "We tried constant rates: the best of them, {best:g}, ends at a loss of {const:.2g}. A rate of {rate:g} gets down sooner, "
    "but ends at {same:.2g}. Now start at {rate:g} and halve the rate after each fifth of the run. Where does that end?",
    (
        Option("Higher than both: its last steps are too short", "Short steps at the end are just what helps."),
        Option("Between the two", "It beats both: long steps get it down, short ones let it settle."),
        Option(
            "About half as high as the best constant rate",
            "Long steps get it down, and short ones let it settle.",
            right=True,
        ),
        Option("At 0", "It gets closer, but every step still carries some noise."),
    ),
)
MEASURED = "with noise, halving ends at {step:.2g}; the best constant rate, {best:g}, at {const:.2g} (medians of {walks} walks)."

EXPLAIN = f"""Every step also follows the noise in its slope. So {phrase("at a constant rate", schedule="constant")} the loss stops falling at a
{term_link("noise floor")}. Half the rate has about half the floor, but needs twice as many steps to get there. A
{term_link("schedule")} takes both: **long steps while there's ground to cover, short ones to settle**. With
{term_link("step decay")} the loss sinks toward a new floor after each drop. Others fall from the first step on
({term_link("exponential decay", "exponential")}), slowly at first ({term_link("cosine")}), or when the loss stops falling
({term_link("plateau schedule", "plateau")})."""

FLOOR = "With endless steps at this rate, noise would hold the loss near **{floor}**."
FAR = "This rate is so small that {steps} steps take away only {share:.0%} of the distance along the flattest direction. With endless steps, noise would hold the loss near **{floor}**."
NO_FLOOR = "Without noise there's no floor: a rate that stayed there would reach the bottom."
BEYOND = "If the rate stayed there, the loss would grow for ever: it's beyond 2/c."

_STEP = {
    "schedule": "step", "rate": 0.3, "noise": 1.0, "draw": 0, "stages": 5, "stage_factor": 0.5, "decay_end": 0.01,
    "warmup": 0.1, "cycle_up": 0.3, "plateau_wait": 10, "plateau_factor": 0.1,
}  # fmt: skip
TRIES = (
    Try(
        "Cosine",
        _STEP | {"schedule": "cosine"},
        "It ends at {cosine:.2g}, lower than any constant rate, and you choose only its highest rate.",
    ),
    Try(
        "Down too soon",
        _STEP | {"schedule": "exponential", "rate": 0.05},
        "The rate is almost 0 before the walk is down: it ends at {early:.2g}. A constant 0.05 ends at {early_same:.2g}.",
    ),
    Try(
        "Hasty plateau",
        _STEP | {"schedule": "plateau", "plateau_wait": 2, "plateau_factor": 0.5},
        "It waits 2 steps for a new lowest loss. Noise fools it: the rate falls too soon, and it ends at {hasty:.2g}.",
    ),
    Try(
        "Patient plateau",
        _STEP | {"schedule": "plateau", "plateau_wait": 20, "plateau_factor": 0.5},
        "It waits 20 steps, and lowers the rate when it's needed: {patient:.2g} instead of {hasty:.2g}.",
    ),
    Try(
        "A warm-up that hurts",
        _STEP | {"schedule": "warmup_cosine", "warmup": 0.9},
        "It climbs for 90% of the run, so there's hardly time to settle: {warm:.2g}. Without a warm-up: {cosine:.2g}.",
    ),
)
FAILS = Try(
    "Where it fails: no noise",
    _STEP | {"noise": 0.0},
    "There's no floor, so nothing has to settle. A constant 0.3 ends at {still_same}, and the falling rate, too small too soon, at {still}.",
)

TITLE = "{name}: the rate, and the loss"
OTHERS, WALKS = "the other schedules", "the rates of other walks"
SAME, BEST = "constant {rate:g}", "best constant, {rate:g}"
ENDS = "Same steps, same noise, highest rate {rate:g}"
SETTINGS = {
    "stages": "Stages", "stage_factor": "Rate after each stage, times", "decay_end": "Share of the rate left at the end",
    "warmup": "Share of the run that warms up", "cycle_up": "Share of the run that climbs",
    "plateau_wait": "Steps to wait for a new lowest loss", "plateau_factor": "Then the rate, times",
}  # fmt: skip
MORE_TITLE = "More settings"
AT = "The rate at step {t} is {now}. It's worked out beside the picture."
DRAW = "All schedules get the same random noise. Another seed is other noise, for all {walks} walks."
NETWORK_TITLE = "The same on a real network"
NETWORK = """Two moons, {hidden} hidden units, batches of {batch}, plain descent with a highest rate of {rate:g}: small batches
are the noise now. Below is your schedule with its settings beside a constant rate, over {seeds} starts."""
NETWORK_SAYS = """After {epochs} epochs the training loss is **{mine:.3g}**; at the constant rate it is **{same:.3g}**. The test loss is
{mine_test:.3g} against {same_test:.3g}."""
NETWORK_NOTE = """No schedule is best for every network. Where the constant rate is small already, the run hasn't settled
by the end, and lowering the rate only stops it sooner."""
SIMULATOR = "Open in the simulator"

CHECKS = (
    Item(
        "With noisy gradients and a constant rate, the loss falls quickly and then stays where it is. Half of your steps are "
        "left. What helps most?",
        (
            Option("Lower the rate now", "The floor falls with the rate, and the ground is covered already.", right=True),
            Option("Raise the rate", "That raises the floor: each step carries more noise along."),
            Option("Wait", "The loss has reached its floor; more steps of that length keep it there."),
        ),
    ),
    Item(
        "You look for the loudest spot in a dark room, with ears that are often a little wrong. What gets you closest in 20 "
        "moves?",
        (
            Option("Long strides all the way", "You'd arrive soon, and then keep stepping past the spot."),
            Option("Long strides, then shorter ones", "First cover the ground, then let the errors average out.", right=True),
            Option("Small steps all the way", "Each error would be small, but you might not get there."),
        ),
        kind="transfer",
    ),
    Item(
        "Adam divides each step by the size of recent gradients. Does it still need a schedule?",
        (
            Option("No: its steps shrink by themselves", "It divides by the gradients' size, so small ones still make full steps."),
            Option("Yes: its steps stay about as long as the rate", "So noise keeps them going; only a lower rate lets it settle.", right=True),
            Option("No: noise doesn't disturb it", "Near the bottom its gradients are mostly noise, and it follows them."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "You lower the rate very early in a run. What do you risk?",
        (
            Option(
                "Stopping far from the bottom", "Short steps cover little ground, and the steps run out.", right=True
            ),
            Option("A higher noise floor", "The floor gets lower with the rate."),
            Option("That the loss grows for ever", "That comes from a rate that's too high."),
        ),
    ),
    Item(
        "All examples are in every step, so there's no noise, and no step jumps across the valley. What does a falling rate bring?",
        (
            Option(
                "Nothing: it only slows the run down", "Without noise there's no floor that it could lower.", right=True
            ),
            Option("A lower floor", "The floor comes from noise, and here there's none."),
            Option(
                "A lower loss at the end",
                "Shorter steps cover less ground, so it ends higher.",
            ),
        ),
    ),
)

WRONG = (
    ("A good rate is one number.", "Early in a run a long step is good; late in the same run it isn't."),
    ("Warm-up always helps.", "In this valley it only costs time. It's used where the first gradients can't be trusted, or the start is too steep for the rate."),
    ("A schedule makes up for a bad highest rate.", "Start too low, and every schedule ends far from the bottom."),
    ("Plateau finds the right moment by itself.", "With noise, it depends on how long you let it wait."),
)  # fmt: skip

LEFT_OPEN = "Every schedule here needs a highest rate. Can one sweep find it?"

LESSON = Words(views={"": View(PREDICTION, TRIES, FAILS)}, checks=CHECKS, quiz=QUIZ, wrong=WRONG, left_open=LEFT_OPEN)

"""The words of lesson 11."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View, Words

INTRO = f"""One {term_link("sweep")}: we train while the rate grows from tiny to huge."""

PREDICTION = Item(
    "Where the loss falls fastest, the rate should be good. We sweep from {seeds} starts of a network that learns digits, and pick that rate "
    "each time. How far apart are the lowest and the highest pick?",
    (
        Option(
            "Less than a factor of 2",
            "Most picks agree. But a few are the sweep's very first rate: there a lucky batch looks like a fall. Many tools "
            "cut off a sweep's first steps for that.",
        ),
        Option(
            "About a factor of 10",
            "Most picks agree. But a few are the sweep's very first rate: there a lucky batch looks like a fall. Many tools "
            "cut off a sweep's first steps for that.",
        ),
        Option(
            "More than a factor of 1,000",
            "While the rate is tiny, the loss goes up and down with the batches. That can look like a fall, so many tools "
            "cut off a sweep's first steps: here that removes every bad pick.",
            right=True,
        ),
    ),
)
MEASURED = (
    "on digits with plain SGD, the picks go from {steep_low:.5f} to {steep_high:.2g}: {factor:,.0f} times as much."
)

NAMES = {"steepest": "steepest", "tenth": "tenth of the minimum", "valley": "valley"}
EXPLAIN = f"""**{term_link("steepest", "Steepest")}** picks the rate where the loss falls fastest. {phrase("An easy batch after a hard one", batch=4)}
looks like a fall. **{term_link("tenth of the minimum", "Tenth of the minimum")}** takes a tenth of the rate with the lowest
loss: noise hardly moves that.
**{term_link("valley rule", "Valley")}** takes the middle of the longest fall. Both are careful, often too low. A sweep gives
the neighborhood: try two or three rates there."""

SAYS = "Final median loss: {parts}. On the dashed line, **{best:g}** is best."
WORST = {
    True: " Steepest is usually best, sometimes useless: its worst start ends at **{worst}**.",
    False: " The worst start with steepest ends at **{worst}**.",
}
BREAKS = "no number at all: it breaks"
PART = "{name}:\u00a0**{loss:.2g}**"
TENTH = r"\begin{{aligned}} \tfrac{{\text{{minimum}}}}{{10}} &= \tfrac{{{a}}}{{10}} \\ &= {b} \end{{aligned}}"
LAMBDA = "λ: the largest curvature at the first weights."
LIMIT = r"\tfrac{{2}}{{\lambda}} = \tfrac{{2}}{{{a}}} = {b}"

_DIGITS = {"dataset": "digits", "samples": 1797, "hidden": (32,), "activation": "relu", "optimizer": "sgd", "batch": 32}
TRIES = (
    Try(
        "Another start",
        _DIGITS | {"start": 2},
        "Same network, another start: steepest picks {mine:.5f}. Trained at that rate, its loss ends at {mine_loss:.2g} (the large square).",
    ),
    Try(
        "Batches of 256",
        _DIGITS | {"batch": 256, "start": 0},
        "With batches of 32, steepest was fooled at {usual} of {seeds} starts. Large batches are calm: here each of its picks is about {steep_low:.2g} or more. The careful rules lose, as before: the median loss at "
        "valley's pick is {valley_loss:.2g}, at steepest's {steepest_loss:.2g}.",
    ),
    Try(
        "Adam",
        _DIGITS | {"optimizer": "adam", "start": 0},
        "Another optimizer, another neighborhood: a tenth of the minimum is {mine_tenth:.2g} here (median of all starts: {tenth:.2g}), and the best of the other rates is {best:g}.",
    ),
    Try(
        "Two moons",
        {
            "dataset": "moons",
            "samples": 300,
            "hidden": (16,),
            "activation": "tanh",
            "optimizer": "sgd",
            "batch": 32,
            "start": 0,
        },
        "Nearly every pick is too low: the best rate tried, {best:g}, ends at {best_loss:.2g}, a tenth of the minimum at {tenth_loss:.2g}.",
    ),
)
FAILS = Try(
    "Where it fails: batches of 4",
    _DIGITS | {"batch": 4, "start": 0},
    "Small batches are noisy. Steepest picks a rate below {tiny:g} from {lost} of {seeds} starts: the median loss at its picks is "
    "{steepest_loss:.2g}, at valley's {valley_loss:.2g}. Cutting off the first {cut} steps still leaves {left} bad picks.",
)

OWN_TITLE = "Sweep your own network"
OWN = "Swept now: **{data}**, layers {sizes}, {activation}, batches of {batch}."
TAKE = "Take my network from the simulator"
NO_OWN = "Build one in the simulator first; then come back."
SIMULATOR = "Open in the simulator, at a tenth of the minimum"
FEWER = "This network is large, so each training takes {epochs}."

CHECKS = (
    Item(
        "At rates near 0.0001 a sweep wobbles; from 0.01 to 0.5 it falls. Steepest says 0.0002. What now?",
        (
            Option("Take it", "At that rate the weights hardly move. It was the luck of a batch."),
            Option("Take a rate from the clear fall", "A rule sees one number; the fall is plain to see.", right=True),
            Option("Take a tenth of it", "That is even farther from where anything happens."),
        ),
    ),
    Item(
        "You turn a crackling radio's knob from end to end and note where the sound got clearer fastest. How do you get a "
        "more reliable answer?",
        (
            Option("By turning faster", "Then each crackle weighs even more."),
            Option("By turning several times", "Crackles come at other places; the station stays.", right=True),
            Option("By noting more digits", "The digits of a crackle are still a crackle."),
        ),
        kind="transfer",
    ),
    Item(
        "Why may a rate beyond the 2/λ of the first weights still train well?",
        (
            Option("The weights move to flatter ground", "2/λ is the limit of the place where you are.", right=True),
            Option("2/λ only counts for Adam", "It comes from plain descent, in one valley."),
            Option("It can't", "In a single valley it couldn't. A network's loss isn't one valley."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "In a rate sweep, what makes the rule “steepest fall” go wrong?",
        (
            Option("Batches that differ: at tiny rates their luck looks like a fall", "There the weights hardly move, so any fall is chance.", right=True),
            Option("Rates that are too large at the end", "There the loss rises, and the rule doesn't look there."),
            Option("Too many training examples", "Larger batches would even help."),
        ),
    ),
    Item(
        "A sweep takes a few epochs. Why isn't its lowest point the best rate for a whole run?",
        (
            Option("There the rate is already almost too high", "Just past the lowest point the loss shoots up.", right=True),
            Option("The lowest point is always too low a rate", "It's the other way round: it's almost too high."),
            Option("The sweep uses the test data", "It only sees training batches."),
        ),
    ),
)  # fmt: skip

WRONG = (
    (
        "The finder finds the best rate.",
        "It finds a neighborhood. On the digits with plain SGD, its rules lie more than a factor of five apart.",
    ),
    (
        "Steepest is the careful choice.",
        "On the digits with plain descent it picks the highest rates of the three, or, fooled by a batch, the lowest.",
    ),
    ("One sweep is enough.", "Another start, another pick. A few sweeps cost little."),
)

LEFT_OPEN = "All these runs walked over ground they couldn't see. What does the ground look like?"

LESSON = Words(views={"": View(PREDICTION, TRIES, FAILS)}, checks=CHECKS, quiz=QUIZ, wrong=WRONG, left_open=LEFT_OPEN)

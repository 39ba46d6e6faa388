"""The words of the view on wrong labels."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

NOISE = term_link("label noise", "wrong labels")
INTRO = f"{{rows:,}} digits to learn from. Some may have {NOISE}; the {{new}} test digits are labeled right."
KINDS = {"random": "Any other digit", "same": "Always the next digit"}
TRAINING = "Training {seeds} networks on wrong labels …"

PREDICTION = Item(
    "{share:.0%} of the labels are wrong: each is one of the other nine digits, at random. How many *new* digits does the network "
    "get right after {first} epochs?",
    (
        Option("Hardly any: it learned nonsense", "Most labels are still right, and the wrong ones don't agree on anything."),
        Option("About 60%, as many as labels are right", "It does better than its teacher: the wrong labels cancel."),
        Option("More than 80%", "The wrong labels contradict each other. The network first learns what most labels agree on.", right=True),
        Option("As many as with right labels", "It loses some: wrong labels blur what it learns."),
    ),
)  # fmt: skip
MEASURED = "{early:.0%} after {first} epochs. But after {epochs} it's {late:.0%} (medians)."

EXPLAIN = f"""Look where labels are wrong. First the network answers with **the true digit**, against the label: right labels agree,
wrong ones point nine ways. {phrase("Later it learns wrong labels", epoch=30)} **by heart**, and new digits suffer: that's {term_link("overfitting")}. So
stop early: with {{share:.0%}} wrong at random, {{early:.0%}} at epoch {{first}}, {{late:.0%}} at the end. {phrase("Mistakes that **agree**", kind="same")} don't cancel. Where most labels say
the same wrong thing, that's what it learns."""
LINE = "One digit's labels: how many are right, and how many name the same wrong digit:"

CURVES = {"new": "new digits right", "truth": "true digit", "repeated": "wrong label"}
TITLE = "{share:.0%} of the labels are wrong"
KEY = ["new: right on new digits", "true, wrong: what it answers where the label is wrong"]
NAMES = {"new": "new", "truth": "true", "repeated": "wrong"}
LABELED = "labeled {label}"
GALLERY_WAITING = "Some of the digits with a wrong label"
GALLERY = "Wrongly labeled digits at epoch {epoch}"
CAPTION = "label {given}, network {answer}"
NONE_WRONG = "All labels are right here."
TRIES = (
    Try(
        "All labels right",
        {"wrong": "0", "kind": "random", "epoch": 5},
        "With right labels, {here:.0%} of the new digits are right at epoch 5, and {late:.0%} at the end.",
    ),
    Try(
        "Train on",
        {"wrong": "40", "kind": "random", "epoch": 30},
        "By epoch 30, it repeats {repeated:.0%} of the wrong labels, and new digits are down from {early:.0%} to {late:.0%}.",
    ),
    Try(
        "60% wrong",
        {"wrong": "60", "kind": "random", "epoch": 5},
        "Most labels are wrong now. Still {here:.0%} of the new digits are right, for no wrong digit is named as often as the right one.",
    ),
)
FAILS = Try(
    "Where it fails: mistakes agree",
    {"wrong": "60", "kind": "same", "epoch": 5},
    "Every wrong label now names the next digit, so more labels name that than the true one. Only {here:.0%} of the new digits are right.",
)
SIMULATOR = "Open this run in the simulator"
CHECKS = (
    Item(
        "Set 40% wrong labels, any other digit. Which curve rises from epoch 5 to 30?",
        (
            Option("“new”: it gets better with time", "It falls, because the network fits wrong labels."),
            Option("“true”: it sees through the mistakes", "It did at first. Later it repeats the labels."),
            Option("“wrong”: it learns them by heart", "At first it repeated hardly any of them.", right=True),
        ),
    ),
    Item(
        "Ten friends guess a name, and six are wrong. When does the most frequent answer still come out right?",
        (
            Option("Never: most of them are wrong", "Four who agree outnumber six who don't."),
            Option("When the six give different names", "Their mistakes don't agree on anything.", right=True),
            Option("When the six asked each other", "Then six agree, against four."),
        ),
        kind="transfer",
    ),
    Item(
        "How does an L2 penalty hold a network back?",
        (
            Option("It keeps the weights small", "So the boundary can't bend around every point.", right=True),
            Option("It removes wrong labels", "It never sees which ones are wrong."),
            Option("It trains on fewer examples", "It adds to the loss, and changes no example."),
        ),
        kind="recall",
    ),
)
VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)

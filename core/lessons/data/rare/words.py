"""The words of the view on a rare class."""

from core.ui.teaching import Item, Option, Try, View
from core.ui.terms import term_link

INTRO = f"Two measurements of each person, and few are ill: a {term_link('rare class')}. The two groups overlap."
OVERLAPS = {"much": "Overlap", "little": "Hardly overlap"}
COPIES = {"none": "Once", "copied": "As often as the healthy"}
TRAINING = "Training {seeds} networks for each share …"
NAMES = ("healthy", "ill")

PREDICTION = Item(
    "{share:.0%} of the people are ill. The network's answers are right for {accuracy:.0%} of new people. How many of the *ill* "
    "does it find?",
    (
        Option("About as many: it's that good", "Accuracy counts everybody, and nearly everybody is healthy."),
        Option("Fewer than half", "It misses most of them, and accuracy hardly notices.", right=True),
        Option("None: it says “healthy” to all", "It finds some: those who are clearly different."),
        Option(
            "All: it was trained to find them", "Training lowers the mean loss, and the ill are a small part of it."
        ),
    ),
)
MEASURED = "{recall:.0%} of the ill. Whoever says “healthy” to all is right for {always:.0%}."

EXPLAIN = f"""Where the groups overlap, “healthy” is usually right, just because nearly all are. So the network says it, and misses
the ill. Accuracy can't show that: it's mostly about the healthy. Ask for {term_link("recall")}: of the ill, how many are found?
**Copies** of the ill make them count more, and the boundary moves. The price is false alarms: fewer “ill” answers are right
({term_link("precision")}). Which mistake is worse? No number says that. People have to."""
LINE = "Accuracy, from the ill and the healthy:"

TITLE = "Right answers, and the ill that are found"
SERIES = {"accuracy": "right", "recall": "found"}
KEY = ["right: share of all answers", "found: share of the ill; dotted: “healthy” to all"]
ALWAYS = "always"
MATRIX = "Of 1,000 people, {share:.0%} of them ill"
TRIES = (
    Try(
        "Copy the ill",
        {"rare": "5", "copies": "copied", "overlap": "much"},
        "Now {recall:.0%} of the ill are found. But of all “ill” answers only {precision:.0%} are right, and accuracy is {accuracy:.0%}.",
    ),
    Try(
        "Half are ill",
        {"rare": "50", "copies": "none", "overlap": "much"},
        "With two equal groups, accuracy ({accuracy:.0%}) and recall ({recall:.0%}) say the same.",
    ),
)
FAILS = Try(
    "Where it fails: no overlap",
    {"rare": "5", "copies": "none", "overlap": "little"},
    "The ill are as rare as before, but they look different: {recall:.0%} of them are found. Rarity hurts where groups overlap.",
)
VIEW = View(PREDICTION, TRIES, FAILS)

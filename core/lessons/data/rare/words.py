"""The words of the view on a rare class."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

INTRO = f"Two measurements of each person, healthy or ill. If few are ill, they're a {term_link('rare class')}."
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
MEASURED = "{recall:.0%} of the ill. If you call everybody healthy, you're right {always:.0%} of the time."

EXPLAIN = f"""{phrase("Where the groups overlap", overlap="much")}, “healthy” is usually right, just because nearly all are. So the network says it, and misses
the ill. Accuracy can't show that: it's mostly about the healthy. Ask for {term_link("recall")}: of the ill, how many are found?
{phrase("**Copies** of the ill", copies="copied")} make them count more, and the boundary moves. The price is false alarms: fewer “ill” answers are right
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
        "With two equal groups, accuracy ({accuracy:.0%}) and recall ({recall:.0%}) say about the same.",
    ),
)
FAILS = Try(
    "Where it fails: no overlap",
    {"rare": "5", "copies": "none", "overlap": "little"},
    "The ill are as rare as before, but they look different: {recall:.0%} of them are found. Rarity hurts where groups overlap.",
)
CHECKS = (
    Item(
        "Show the ill once, in overlapping groups. Move their share from 5% to 2%. What happens to the curves?",
        (
            Option("“right” rises, “found” falls", "“Healthy” is right even more often, so it says that.", right=True),
            Option("Both fall: fewer to learn from", "Accuracy is mostly about the healthy, so it rises."),
            Option("Both rise: fewer mistakes to make", "Of those few ill, it misses more."),
        ),
    ),
    Item(
        "One payment in 1,000 is fraud. A network is right for 99.9% of payments. What does that say?",
        (
            Option("It finds nearly all fraud", "It may find none: calling every payment honest scores as much."),
            Option("Nothing about the fraud it finds", "Whoever calls every payment honest scores the same.", right=True),
            Option("It raises too many alarms", "Then fewer of its answers would be right."),
        ),
        kind="transfer",
    ),
    Item(
        "What does training make small?",
        (
            Option("The largest loss", "No single example decides."),
            Option("The number of mistakes", "That has no gradient to follow."),
            Option("The mean loss of all examples", "So a small group has a small say.", right=True),
        ),
        kind="recall",
    ),
)  # fmt: skip
VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)

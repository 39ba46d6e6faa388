"""The words of the view on digits that look different in use."""

from core.ui.phrases import phrase
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

INTRO = (
    "A network learns digits in the middle of their page. In use, they look a little different. Training can include copies that do, "
    "too."
)
USES = {
    "same": "as in training", "moved": "moved by 1 pixel", "moved2": "moved by 2 pixels", "noisy": "noisy", "faint": "faint",
    "mirrored": "mirrored",
}  # fmt: skip
COPIES = {"none": "No copies", "moved": "Moved copies", "noisy": "Noisy copies"}
TRAINING = "Training {seeds} networks on the digits …"

PREDICTION = Item(
    "{same:.0%} of the test digits are read right. Then the camera slips, and every digit comes one pixel off: up, down, left "
    "or right. How many are read right now?",
    (
        Option("Just as many: the shapes are the same", "To this network, most of its inputs have changed."),
        Option("About nine in ten", "One pixel matters much more: every input reaches a wrong weight."),
        Option("About half", "Every input now reaches the weight of its neighbor.", right=True),
        Option("As many as by guessing", "Some digits are wide enough to overlap with themselves."),
    ),
)
MEASURED = "{moved:.0%} of the moved digits, and {same:.0%} of unmoved ones (medians of {seeds} seeds)."

EXPLAIN = f"""Each weight belongs to one pixel. Move a digit, and all its ink meets other weights. The score of {{same:.0%}} was a promise
**for digits like those of the test**. In use that may change: a {term_link("distribution shift")}. {term_link("augmentation", "Augmentation")}
adds copies that show the change, {phrase("here moved by one pixel", added="moved")}, with the same labels. Then {{moved_fixed:.0%}} of moved digits are right. The price:
{{same_fixed:.0%}} of unmoved ones, after as many steps. Copies help most against **what they show**."""
LINE = "The unit that changes most on the first digit: z is one pixel's product plus the rest:"

TITLE = "Digits read right"
GALLERY_WAITING = "Above: as in training. Below: as they look now"
GALLERY = "What it says when they're {use}"
SIMULATOR = "Open in the simulator"
CAPTION = "{answer} ({right})"
TRIES = (
    Try(
        "Train on moved copies",
        {"added": "moved", "use": "moved"},
        "Of the moved digits, {moved_with:.0%} are read right now instead of {moved:.0%}. Of unmoved ones it's {same_with:.0%} instead of {same:.0%}.",
    ),
    Try(
        "Move by 2 pixels",
        {"added": "moved", "use": "moved2"},
        "The copies were moved by 1 pixel only. At 2 pixels, {moved2_with:.0%} are read right instead of {moved2:.0%}: some help, but far from enough.",
    ),
    Try(
        "Train on noisy copies",
        {"added": "noisy", "use": "noisy"},
        "Noisy copies help against noise: {noisy_with:.0%} instead of {noisy:.0%}. Against moves they don't: {moved_with:.0%}.",
    ),
)
FAILS = Try(
    "Where it fails: another change",
    {"added": "moved", "use": "noisy"},
    "Moved copies against noise: {noisy_with:.0%} are read right, and without copies it was {noisy:.0%}. They showed moves, not noise.",
)
CHECKS = (
    Item(
        "Train on moved copies. How do they change the score on mirrored digits?",
        (
            Option(
                "It goes down",
                "The same weights now have to read moved digits, too. That costs the mirrored ones a little.",
                right=True,
            ),
            Option("It goes up: more data always helps", "Copies help most against what they show."),
            Option("Not at all: mirroring isn't moving", "They change the network, so other scores change, too."),
        ),
    ),
    Item(
        "A network read 97% of one hospital's scans, but only half of another's. What do you check first?",
        (
            Option("Whether it has enough layers", "It did well on the test. Something else has changed."),
            Option("How the other scans differ", "A test score holds for examples like those of the test.", right=True),
            Option("Whether it trained long enough", "Then the test score would have been low too."),
        ),
        kind="transfer",
    ),
    Item(
        "A picture is unlike anything a network has learned from. How sure is its answer?",
        (
            Option("Never sure: it notices", "Nothing in it compares the picture with those it knows."),
            Option("It may be very sure", "Far from the training data it can be sure and wrong.", right=True),
            Option("As sure as a coin", "Only where its outputs happen to be equal."),
        ),
        kind="recall",
    ),
)
VIEW = View(PREDICTION, TRIES, FAILS, checks=CHECKS)

"""The words of the view in which one point moves."""

from core.lessons.data.point.study import START, moved, written
from core.ui.terms import term_link
from core.ui.words import Item, Option, Try, View

INTRO = (
    f"Filled points {term_link('training set', 'train')} the network, hollow ones {term_link('test set', 'test')} it. "
    "It always starts from the same weights."
)

PREDICTION = Item(
    "You move one filled (training) point into the other class's cloud. Then you put it back, and move one hollow (test) "
    "point to the same place. When does the boundary move?",
    (
        Option("Both times: the network knows all points", "It learns from training points only. A test point just checks it."),
        Option("Only for the training point", "The network learns from training points. A test point just checks it.", right=True),
        Option("Only for the test point: it shows a mistake", "A mistake on a test point is counted, not corrected."),
        Option("Neither time: one point is too few", "Among so few points, one can bend the boundary."),
    ),
)  # fmt: skip
MEASURED = (
    "the training point changed {changed:.0%} of the picture, the test point nothing. But the test score went from {score:.0%} "
    "to {moved_score:.0%}."
)

HOW = "Click or tap a point to choose it. Click or tap elsewhere to move it there."
STATE = "Right: **{training:.0%}** of training points, **{test:.0%}** of test points. Changed: **{changed:.1%}** of the picture."
NO_TEST = "Right: **{training:.0%}** of the training points; there are no test points. Changed: **{changed:.1%}** of the picture."
POINT = "Point {k}: {part}, class {label}"
ROW = "{k}: {part}, class {label}"
TABLE, TABLE_ALT = "The points as a table", "Where each point is: its x₁ and its x₂, one point to a row"
LAST = "One training point has to stay."
FULL = "That's as many points as this page takes."

EXPLAIN = """Training points add their losses to a sum, and the network settles where it's smallest. A point among the other
class is a large mistake, so the boundary bends toward it. A test point isn't in the sum: it only changes the **score**.
Pick test points that suit you, and the score tells you nothing."""
IN_SUM = "The chosen point's loss, in the sum:"
NOT_IN_SUM = "The chosen point's loss, not in the sum:"

PLACE = {"x1": -0.5, "x2": -1.0}
TRAINED, TESTED, DEEP, FLIPPED = 11, 33, 1, 16
TRAINING_MOVED = moved(START, TRAINED, **PLACE)
TEST_MOVED = moved(START, TESTED, **PLACE)
TRIES = (
    Try(
        "Move a training point",
        {"points": written(TRAINING_MOVED), "point": TRAINED + 1},
        "The boundary bends toward it: {changed:.0%} of the picture gets another answer. The test score is now {score:.0%}.",
    ),
    Try(
        "Move a test point",
        {"points": written(TEST_MOVED), "point": TESTED + 1},
        "The boundary stays: {changed:.0%} of the picture changes. Only the test score does; now it's {score:.0%}.",
    ),
    Try(
        "A wrong label",
        {"points": written(moved(START, FLIPPED, label=1)), "point": FLIPPED + 1},
        "Nothing has moved, but one label is wrong: {changed:.0%} of the picture gets another answer.",
    ),
)
FAILS = Try(
    "Where it fails: far away",
    {"points": written(moved(START, DEEP, x1=2.6, x2=-1.0)), "point": DEEP + 1},
    "This training point has gone far, but on its own side. It was no mistake before, and it's none now: {changed:.1%} of the picture changes.",
)
CHECKS = (
    Item(
        "Reset, and press “To test”. The point stays where it is. Does the boundary stay, too?",
        (
            Option("Yes: no point has moved", "No point has moved, but the network no longer learns from this one."),
            Option("No: its loss left the sum", "The network settles where the other losses are smallest.", right=True),
            Option("Yes: one loss is too small to count", "This point is close to the boundary, so its loss matters."),
        ),
    ),
    Item(
        "You practice on old exams, and keep one for the end. One answer key is wrong. Where does that change what you learn?",
        (
            Option("In an exam you practice on", "You learn from that one.", right=True),
            Option("In the last exam", "That only changes your grade."),
            Option("In either", "You don't learn from the exam that you keep."),
        ),
        kind="transfer",
    ),
    Item(
        "Which answer has the largest cross-entropy loss?",
        (
            Option("An unsure one", "Its loss is in the middle."),
            Option("One that's sure and right", "That's the smallest loss."),
            Option("One that's sure and wrong", "So a point among the other class's points pulls hard.", right=True),
        ),
        kind="recall",
    ),
)
OPENS = 21
"""Near the boundary: wherever this point moves, the boundary moves, too."""
VIEW = View(PREDICTION, TRIES, FAILS, {"point": OPENS + 1}, CHECKS)

"""The words of the lesson on data: those of its views, and what the page asks at its end."""

from core.lessons.data.amount import words as amount
from core.lessons.data.labels import words as labels
from core.lessons.data.point import words as point
from core.lessons.data.rare import words as rare
from core.lessons.data.scale import words as scale
from core.lessons.data.use import words as use
from core.ui.teaching import Item, Option, Words

TEXTS = {
    f"{module.__name__}.{name}": value
    for module in (point, amount, labels, rare, scale, use)
    for name, value in vars(module).items()
    if name.isupper()
}
"""Every text of the views."""
TITLES = {
    "point": "One point",
    "amount": "How many",
    "labels": "Wrong labels",
    "rare": "A rare class",
    "scale": "Scale",
    "use": "Another use",
}
"""The views, in the order in which they are offered."""
INTRO = {
    "point": point.INTRO,
    "amount": amount.INTRO,
    "labels": labels.INTRO,
    "rare": rare.INTRO,
    "scale": scale.INTRO,
    "use": use.INTRO,
}

OWN_TITLE = "Your own data"
OWN = "Does all this hold for data of yours? Train on them in the simulator, and change them while you look."
OWN_WAYS = ("Points that you paint", "A table of yours (CSV)")

CHECKS = (
    Item(
        "A network read 97% of the test digits, but only half in use. What do you check first?",
        (
            Option("How the digits in use differ", "A test score holds for examples like those of the test.", right=True),
            Option("Whether it has enough layers", "It did well on the test. Something else has changed."),
            Option("Whether it trained long enough", "Then the test score would have been low too."),
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
        "Why do unequal inputs bother Adam less than plain descent?",
        (
            Option("It divides by each gradient's usual size", "So all weights take steps of about one size.", right=True),
            Option("It looks at all examples at once", "It takes batches like the others."),
            Option("It standardizes its inputs", "It never sees the inputs, only gradients."),
        ),
        kind="recall",
    ),
)  # fmt: skip

QUIZ = (
    Item(
        "Some training labels are wrong at random. What happens over the epochs?",
        (
            Option("First the rule is learned, later the mistakes", "So stopping early helps.", right=True),
            Option("First the mistakes, later the rule", "Mistakes contradict each other; the rule doesn't."),
            Option("Both from the first epoch on", "Right labels agree, so their pull is stronger at first."),
        ),
    ),
    Item(
        "You train on copies that are moved by one pixel. What do they help against?",
        (
            Option("Against any change", "Against noise they even did harm."),
            Option("Against moves like these", "Copies help most against what they show.", right=True),
            Option("Against nothing: no digit is new", "To the network, a moved digit is a new picture."),
        ),
    ),
    Item(
        "You move one test point across the boundary. What changes?",
        (
            Option("The boundary", "The network doesn't learn from test points."),
            Option("Only the score", "A test point checks, and isn't learned from.", right=True),
            Option("Boundary and score", "Only a training point could move the boundary."),
        ),
    ),
)

WRONG = (
    ("More data always helps.", "Where classes overlap, 1,000 examples did hardly better than 100."),
    ("A network is only as good as its labels.", "With random mistakes it was better. With mistakes that agree, it repeats them."),
    ("High accuracy means that it finds what you look for.", "Not if that is rare."),
    ("Networks see shapes, so a shift doesn't matter.", "This one has a weight for each pixel, and one pixel's shift cost it half."),
)  # fmt: skip

LEFT_OPEN = "To this network a moved digit is a new picture: each weight belongs to one place. What if all places shared weights?"

LESSON = Words(
    views={
        "point": point.VIEW,
        "amount": amount.VIEW,
        "labels": labels.VIEW,
        "rare": rare.VIEW,
        "scale": scale.VIEW,
        "use": use.VIEW,
    },
    checks=CHECKS,
    quiz=QUIZ,
    wrong=WRONG,
    left_open=LEFT_OPEN,
)

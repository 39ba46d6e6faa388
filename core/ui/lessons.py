"""The table of lessons. Navigation, the map at home, previous and next, and the tests all derive from it."""

from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages"


@dataclass(frozen=True)
class Lesson:
    """One page: its number in the course (0: none), its name in links, its question, its icon."""

    number: int
    slug: str
    title: str
    part: str
    question: str
    icon: str

    @property
    def file(self) -> Path:
        """The page's script."""
        return PAGES / f"{self.slug}.py"

    @property
    def numbered(self) -> str:
        """The title with its number in front, as the navigation shows it."""
        return f"{self.number}. {self.title}" if self.number else self.title


LESSONS: tuple[Lesson, ...] = (
    Lesson(0, "home", "How neural networks learn", "", "What does it mean that a network learns?", "home"),
    Lesson(
        1,
        "neuron",
        "Inside a single neuron",
        "A prediction",
        "What can one neuron decide, and what can't it?",
        "radio_button_checked",
    ),
    Lesson(
        2,
        "forward",
        "Forward propagation",
        "A prediction",
        "How does a network turn numbers into a prediction?",
        "arrow_forward",
    ),
    Lesson(3, "loss", "Loss functions", "A mistake", "How wrong is a prediction, in one number?", "straighten"),
    Lesson(
        4,
        "backprop",
        "Backpropagation",
        "A mistake",
        "Which weight is to blame for the mistake, and how much?",
        "arrow_back",
    ),
    Lesson(
        5,
        "learning_rate",
        "Learning rate",
        "A better network",
        "How far should each step go?",
        "speed",
    ),
    Lesson(
        6,
        "build",
        "Build your network",
        "A better network",
        "What do more layers and more units cost?",
        "account_tree",
    ),
    Lesson(
        7,
        "training",
        "Training simulator",
        "A better network",
        "What happens when hundreds of small steps add up?",
        "play_circle",
    ),
    Lesson(
        8,
        "predict",
        "Make predictions",
        "A better network",
        "Can you believe what a trained network says about new data?",
        "my_location",
    ),
    Lesson(9, "descent", "Ways down", "Better steps", "Which way down is quickest?", "downhill_skiing"),
    Lesson(10, "schedules", "Schedules", "Better steps", "Should the step stay the same?", "stairs"),
    Lesson(11, "finder", "Finding the rate", "Better steps", "Can one sweep find the rate?", "query_stats"),
    Lesson(12, "landscape", "Loss landscapes", "Better steps", "What does the ground look like?", "landscape"),
    Lesson(13, "activations", "Activations", "Better networks", "Why does a network need a bend?", "show_chart"),
    Lesson(14, "initialization", "First weights", "Better networks", "Where should weights start?", "start"),
    Lesson(15, "vanishing", "Vanishing gradients", "Better networks", "Why do early layers stop learning?", "blur_on"),
    Lesson(16, "batch_norm", "Batch norm", "Better networks", "What does normalizing do?", "align_horizontal_center"),
    Lesson(
        17,
        "approximation",
        "One hidden layer",
        "Better networks",
        "Can one hidden layer draw anything?",
        "draw",
    ),
    Lesson(18, "depth", "Depth", "Better networks", "Deep or wide?", "layers"),
    Lesson(19, "overfitting", "Overfitting", "New data", "When is more too much?", "gesture"),
    Lesson(20, "regularization", "Regularization", "New data", "What holds a network back?", "compress"),
    Lesson(21, "validation", "Validation", "New data", "How good will a network be on new data?", "rule"),
    Lesson(22, "data", "Data", "New data", "What can the data spoil?", "dataset"),
    Lesson(23, "convolution", "Convolution", "Other networks", "What does sharing weights buy?", "grid_on"),
    Lesson(24, "recurrence", "Recurrence", "Other networks", "How does a network remember?", "history"),
    Lesson(25, "attention", "Attention", "Other networks", "Where should a network look?", "visibility"),
    Lesson(26, "transfer", "Transfer", "Other networks", "Can old learning help?", "sync_alt"),
    Lesson(
        27,
        "autoencoder",
        "Autoencoders",
        "Other ways to learn",
        "What can be learned without labels?",
        "compress",
    ),
    Lesson(28, "reward", "Rewards", "Other ways to learn", "What if nobody says the answer?", "emoji_events"),
    Lesson(29, "inside", "Explaining answers", "Other ways to learn", "Why did it say that?", "troubleshoot"),
    Lesson(30, "cost", "What it costs", "Other ways to learn", "What does learning cost?", "bolt"),
    Lesson(0, "takeaways", "Takeaways", "Looking back", "Can you put it together?", "flag"),
    Lesson(0, "glossary", "Glossary", "Looking back", "What does that word mean?", "menu_book"),
)

PARTS: dict[str, tuple[Lesson, ...]] = {
    part: tuple(lesson for lesson in LESSONS if lesson.part == part)
    for part in dict.fromkeys(lesson.part for lesson in LESSONS if lesson.part)
}
"""The parts of the course, in order; at most six lessons each, so that an open one can be taken in at a glance."""

BY_SLUG: dict[str, Lesson] = {lesson.slug: lesson for lesson in LESSONS}


def neighbors(slug: str) -> tuple[Lesson | None, Lesson | None]:
    """Return the lessons before and after."""
    at = LESSONS.index(BY_SLUG[slug])
    return (LESSONS[at - 1] if at else None), (LESSONS[at + 1] if at + 1 < len(LESSONS) else None)

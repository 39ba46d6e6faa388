"""Which controls the pages have, and what moving each must do: for the tests by AppTest and those in a browser.

A control's name is what a browser calls it by: the key that its page gave it, with dashes, or else its label without
numbers.
"""

import re

from core.ui.lessons import BY_SLUG

MORE: dict[str, list[dict[str, str]]] = {
    "home": [{"epoch": "20"}],  # at rest, as the simulator: what plays changes by itself
    "forward": [{}, {"inputs": "2", "step": "2"}],
    "backprop": [{}, {"x1": "1"}],
    "training": [
        {"epoch": "20", "epochs": "50", "hidden": "4-4", "label_noise": "0.2"},
        {"epoch": "5", "epochs": "5", "hidden": "4", "dataset": "digits", "view": "inputs"},
    ],
    "predict": [{}, {"dataset": "digits"}, {"view": "number"}],
    "cost": [{"view": "models", "show": "energy"}, {}, {"view": "spike"}, {"view": "fair"}],
}
"""Where a control is only drawn, or only rests, on other links than those to the views."""
TYPED = {"build-text": "5-6-7-2", "glossary-term": "gradient", "training-widths": "5-5", "predict-px-typed": "0,5",
         "predict-py-typed": "−0.5", "descent-x-typed": "−6", "descent-y-typed": "0,5",
         "attention-letters-typed": "DDAACC", "autoencoder-px-typed": "0,5",
         "autoencoder-py-typed": "0.75",
         "approximation-t1-typed": "−2.5", "approximation-t2-typed": "−2", "approximation-v1-typed": "0.25",
         "approximation-v2-typed": "0,5", "approximation-steep-typed": "7",
         "recurrence-seq-typed": "0011"}  # fmt: skip
LEADS_AWAY = {"home-start"}
CHOOSES_VIEW = r"-view$|^neuron-two$|^forward-net$|^predict-network$"
ASKS = {"home", "neuron"}  # the other pages ask by the same function, and AppTest answers there
QUESTIONS = r"-check-|^quiz-|^takeaways-next$"
WORDS_ANSWER = {
    "backprop-rate", "backprop-loss", "build-batch", "Epochs to add", "glossary-term",
    "schedules-t", "takeaways-reset",
}  # fmt: skip
"""What is answered by words and numbers, with no picture in sight that changes; all others move a picture."""
UNLINKED = {"Epochs to add"}  # its button is linked
SET_OTHERWISE = {
    "home": {"seed": "home-try-2", "epoch": "test_home.py: the player"},
    "forward": {"step": "forward-stepper-step"},
    "recurrence": {"at": "recurrence-stepper-back", "epoch": "test_charts_player.py: the player"},
    "loss": {"wrong": "loss-try-1", "mistake": "loss-try-3"},
    "backprop": {"step": "backprop-stepper-step", "updates": "Apply one update"},
    "predict": {"row": "Another digit", "px": "predict-px-typed", "py": "predict-py-typed",
                "epoch": "test_page.py: the network of the epoch in a link"},
    "descent": {"x": "descent-x-typed", "y": "descent-y-typed", "epoch": "test_charts_player.py: the player",
                "batch": "test_page.py: the batches of a real network"},
    "landscape": {"epoch": "test_charts_player.py: the player"},
    "vanishing": {"epoch": "test_charts_player.py: the player"},
    "initialization": {"epoch": "test_charts_player.py: the player"},
    "activations": {"epoch": "test_charts_player.py: the player"},
    "attention": {"epoch": "test_charts_player.py: the player"},
    "autoencoder": {"px": "autoencoder-px-typed", "py": "autoencoder-py-typed",
                    "epoch": "test_charts_player.py: the player"},
    "approximation": {"n": "approximation-add", "steep": "approximation-steep-typed"},
    "batch_norm": {"epoch": "test_charts_player.py: the player"},
    "regularization": {"epoch": "test_charts_player.py: the player"},
    "overfitting": {"epoch": "test_charts_player.py: the player"},
    "validation": {"epoch": "test_charts_player.py: the player"},
    "reward": {"epoch": "test_charts_player.py: the player"},
    "inside": {"row": "inside-another"},
    "convolution": {"row": "convolution-another", "epoch": "test_charts_player.py: the player"},
    "takeaways": {"seed": "test_takeaways.py: another five"},
    "training": {"epoch": "test_simulator.py: the player", "layer": "Enlarged unit", "unit": "Enlarged unit"},
}  # fmt: skip
"""What a link holds and no control of the same name sets, with the control or the test of a picture that does."""


def elsewhere(slug: str) -> str:
    """Return which controls are not moved here: most experiments of a view, and most pages' checks.

    The second one is: the first may set what a page opens on. The others are drawn, and answered, by the same code;
    `press` presses every pair of experiments, and each lesson's test of its page answers the checks.
    """
    needed = {"1", *re.findall(r"-try-(\d)", " ".join(SET_OTHERWISE.get(slug, {}).values()))}
    return f"-try-(?![{''.join(needed)}])" + ("" if slug in ASKS else "|-check-")


def settings(slug: str) -> set[str]:
    """Return the names of what the page's link holds, from the table in its code."""
    code = BY_SLUG[slug].file.read_text()
    return set(re.findall(r'(?<![\w.])(?:number|whole|moment|choice|switch|nearest|text)\("(\w+)"', code))


def assert_all_is_set(slug: str, moved: set[str]) -> None:
    """Everything that the page's link holds is set by one of the controls that were moved, or by what is known."""
    names = {re.sub(r" .*", "", name) if "-try-" in name else name for name in moved}
    others = SET_OTHERWISE.get(slug, {})
    assert {name for name in settings(slug) if f"{slug}-{name}" not in names} == set(others)
    assert {by for by in others.values() if not by.startswith("test_")} <= names


def assert_all_answer(answers: dict[str, str], unlinked: set[str], excused: str = f"{QUESTIONS}|-try-") -> None:
    """Every control is answered ("picture", "words") and linked, and those answered by words alone are known.

    An experiment may set what is set already where not everything else was moved before: it is ``excused``.
    """
    assert [name for name, answer in answers.items() if not answer] == [], "nothing in sight answers to these"
    in_words = {name for name, answer in answers.items() if answer == "words" and not re.search(excused, name)}
    assert in_words <= WORDS_ANSWER, "these move no picture in sight"
    assert {name for name in unlinked if not re.search(excused, name)} <= UNLINKED, "these change no link"

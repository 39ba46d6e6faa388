"""Another use: digits that come differently than in training, and copies made beforehand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.gallery import gallery, gallery_text
from core.lessons.data import charts
from core.lessons.data.learning import DIGITS, digits
from core.lessons.data.place import Place
from core.lessons.data.use import study, words
from core.ui import formula, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING


@st.cache_data(max_entries=4, show_spinner=words.TRAINING.format(seeds=study.SEEDS))
def trained(copies: str) -> dict[str, np.ndarray]:
    """How the networks do in every use."""
    with TRAINING.take() as let_others:
        return study.trained(copies, let_others)


def known() -> dict[str, Any]:
    """The numbers of the view's texts that nothing has to be trained for."""
    return {}


def given() -> dict[str, Any]:
    """The numbers that the view's question and its measured answer speak of."""
    return study.facts(trained("none"), trained("none"))


def controls(link: Link) -> None:
    """What the networks are trained on, and how the digits come in use."""
    buttons(link, "added", "Train on", words.COPIES)
    st.selectbox("In use, digits are", list(words.USES), format_func=words.USES.__getitem__, key=link.key("use"))


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw how the networks do in every use, and some digits with the answers; return the medians."""
    link, mode = place.link, place.mode
    waiting = predicted is None
    copies, use = ("none", "moved") if waiting else (link["added"], link["use"])
    k, plain = study.USES.index(use), trained("none")
    rows, truth = digits()[2][: study.SHOWN], digits()[3][: study.SHOWN]
    seen = study.in_use(digits()[2], use)[: study.SHOWN]
    if predicted is None:
        captions = [f"{digit}" for digit in truth]
        with place.right:
            title = words.GALLERY_WAITING
            both = np.concatenate([rows[:4], seen[:4]])
            show.chart("data.seen", ("waiting", mode), lambda: gallery(both, captions[:4] * 2, mode, title),
                       gallery_text(both, captions[:4] * 2, title))  # fmt: skip
        return pd.DataFrame()
    found = trained(copies)
    other = None if copies == "none" else found["right"]
    names = [words.USES[name] for name in study.USES]
    labels = [words.COPIES[name].lower() for name in dict.fromkeys(("none", copies))]
    answers = found["answers"][k]
    captions = [words.CAPTION.format(answer=answer, right="✓" if answer == right else f"is {right}")
                for answer, right in zip(answers, truth, strict=True)]  # fmt: skip
    title = words.GALLERY.format(use=words.USES[use])
    with place.right:
        show.chart(
            "data.uses", (copies, use, mode),
            lambda: charts.uses(names, plain["right"], other, labels, k, mode, words.TITLE),
            charts.uses_text(names, plain["right"], other, labels),
        )  # fmt: skip
        place.tries(words.VIEW, **study.facts(plain, found))
        show.chart("data.seen", (copies, use, mode), lambda: gallery(seen, captions, mode, title),
                   gallery_text(seen, captions, title))  # fmt: skip
        st.markdown(words.LINE)
        st.latex(line(found, k))
    if copies == "none":
        with place.left:
            simulator_link(words.SIMULATOR, DIGITS, icon=":material/tune:")
    fixed = study.facts(plain, trained("moved"))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**fixed))
    st.markdown(words.EXPLAIN.format(moved_fixed=fixed["moved_with"], same_fixed=fixed["same_with"], **fixed))
    table = {"in use": names, "no copies": np.median(plain["right"], axis=0)}
    if other is not None:
        table[labels[-1]] = np.median(other, axis=0)
    return pd.DataFrame(table).round(4)


def line(found: dict[str, np.ndarray], use: int) -> str:
    """A unit's z for one digit, in training and in use, as LaTeX: its most changed pixel's product, and the rest."""
    weights, products, z = (found[name][use].astype(float) for name in ("weights", "products", "z"))
    pixel = int(np.argmax(np.abs(products[1] - products[0])))
    w = float(weights[pixel])
    rows = [(w, float(products[k, pixel]) / w, float(z[k] - products[k, pixel])) for k in (0, 1)]
    put_in, digits = as_many(rows)
    lines = [
        rf"\text{{{name}: }} & {formula.weight(w, put_in)} \times {formula.number(ink, 'input', put_in)} "
        rf"+ {formula.number(rest, 'text', put_in)} = {formula.number(w * ink + rest, 'z', digits, alone=True)}"
        for name, (_, ink, rest) in zip(("before", "now"), rows, strict=True)
    ]
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def as_many(rows: Sequence[Sequence[float]]) -> tuple[int, int]:
    """Return how many decimals put into weight × ink + rest, and how many of z, make all rows agree as written."""
    most = 2, 2
    while True:
        each = [formula.agreeing(row, lambda v: v[0] * v[1] + v[2], *most) for row in rows]
        more = max(a for a, _ in each), max(b for _, b in each)
        if more == most:
            return most
        most = more

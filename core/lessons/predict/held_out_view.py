"""What a network gets right and wrong on held-out data, and the numbers behind the page's pictures."""

from typing import Any

import pandas as pd
import streamlit as st

from core.charts.confusion import confusion, confusion_text
from core.charts.gallery import gallery, gallery_text
from core.lessons.predict import fields, words
from core.training.history import History
from core.ui import frame, show
from core.workshop import cache

MOST_PICTURES = 12


def mistakes(run: History, key: tuple[str, int], drawn: bool) -> None:
    """Show which held-out examples are answered wrongly, the surest first; ``key``: the run's link and its epoch."""
    data, mode = run.data.data, frame.mode()
    wrong, matrix, classes = fields.mistakes(*key), cache.confusion(*key), data.classes
    many = len(wrong["rows"])
    st.markdown((words.HELD_OUT if many else words.NONE_WRONG).format(wrong=many, all=len(run.data.test)))
    show.chart(
        "predict.confusion", (*key, mode), lambda: confusion(matrix, classes, mode, title="Held-out data"),
        confusion_text(matrix, classes),
    )  # fmt: skip
    if many and drawn:
        rows = wrong["rows"][:MOST_PICTURES]
        captions = [
            f"{classes[t]} as {classes[a]}, {c:.0%}"
            for t, a, c in zip(wrong["truth"], wrong["answer"], wrong["confidence"], strict=True)
        ][:MOST_PICTURES]
        show.chart(
            "gallery", (*key, mode), lambda: gallery(data.X[rows], captions, mode, "The surest mistakes"),
            gallery_text(data.X[rows], captions, "The surest mistakes"),
        )  # fmt: skip
    elif many:
        table = fields.mistaken(run, wrong)
        st.dataframe(table, hide_index=True, alt="Held-out examples answered wrongly, the surest first")


def numbers(facts: dict[str, float], walk: dict[str, Any]) -> None:
    """Show the numbers behind the pictures as tables."""
    if facts:
        st.dataframe(
            pd.DataFrame({"measure": [words.FACTS[name] for name in facts], "value": list(facts.values())}),
            hide_index=True, alt="Shares of sure answers",
        )  # fmt: skip
    low, middle, high = walk["band"]
    st.caption(words.DISTANCE)
    st.dataframe(
        pd.DataFrame({
            "distance": walk["distances"], "on the ray": walk["here"], "10%": low, "middle": middle, "90%": high,
        }),
        hide_index=True, alt="The answers on the way out",
    )  # fmt: skip

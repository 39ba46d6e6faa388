"""One point: chosen by a click or a slider, moved, added, erased; the network learns anew each time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.lessons.data import charts
from core.lessons.data.place import Place
from core.lessons.data.point import study, words
from core.lessons.data.point.study import Point
from core.ui import formula, show, teaching
from core.ui.cells import number_table
from core.ui.link import Link
from core.ui.mirror import mirror

PARTS = ("training", "test")
"""What a point is for; by whether it is only for the test."""


@st.cache_data(max_entries=64, show_spinner=False)
def learned(text: str) -> dict[str, Any]:
    """What the network learns from the points of a link, as plain numbers; the picture as float32 to be kept small."""
    found = study.learned(study.read(text))
    return {
        "plane": found.plane[0].astype(np.float32), "own": found.own[0].tolist(),
        "training": float(found.training[0]), "test": float(found.test[0]),
    }  # fmt: skip


def known() -> dict[str, Any]:
    """How many points there are of each part; nothing has to be trained for that."""
    tests = sum(p.test for p in study.START)
    return {"training": len(study.START) - tests, "test": tests}


def given() -> dict[str, Any]:
    """The numbers that the view's question and its measured answer speak of."""
    first, moved, other = (
        learned(study.written(some)) for some in (study.START, words.TRAINING_MOVED, words.TEST_MOVED)
    )
    return known() | {
        "score": first["test"],
        "changed": float(study.changed(first["plane"], moved["plane"])), "moved_score": other["test"],
    }  # fmt: skip


def put(link: Link, points: Sequence[Point], k: int) -> None:
    """Set the points, and which of them is chosen."""
    link.set(points=study.written(points), point=k + 1)


def here(link: Link) -> tuple[tuple[Point, ...], int]:
    """The points, and which of them is chosen."""
    points = study.read(link["points"])
    return points, min(link["point"], len(points)) - 1


def clicked(link: Link) -> None:
    """Choose the point that was clicked, or move the chosen one to where there is none."""
    if spot := st.session_state["data.plane"]["selection"]["spot"]:
        x1, x2 = float(spot[0]["px"]), float(spot[0]["py"])
        points, k = here(link)
        found = study.nearest(points, x1, x2)
        if found is None:
            points = study.moved(points, k, x1=x1, x2=x2)
        put(link, points, k if found is None else found)


def controls(link: Link) -> None:
    """Choose a point, say where it is, add one, erase it, change what it is."""
    points, k = here(link)
    if link["point"] != k + 1:
        link.set(point=k + 1)
    one = points[k]
    title = words.POINT.format(k=k + 1, part=PARTS[one.test], label=one.label)
    if len(points) > 1:
        st.slider("Point", 1, len(points), key=link.key("point"))
    st.caption(title)
    for axis, name in (("x1", "x₁"), ("x2", "x₂")):

        def move(field: str, axis: str = axis) -> None:
            put(link, study.moved(points, k, **{axis: st.session_state[field]}), k)

        st.slider(
            name, -study.WIDE, study.WIDE, step=study.STEP, format="%.1f",
            **mirror(f"data.{axis}", float(getattr(one, axis)), move),
        )  # fmt: skip
    last = not one.test and sum(not p.test for p in points) == 1
    full = len(points) >= study.MOST
    with st.container(horizontal=True):
        st.button("Add one", key="data.add", on_click=put, args=(link, (*points, study.beside(points, k)), len(points)),
                  disabled=full, help=words.FULL if full else None)  # fmt: skip
        st.button("Erase it", key="data.erase", on_click=put, args=(link, points[:k] + points[k + 1 :], max(k - 1, 0)),
                  disabled=last, help=words.LAST if last else None)  # fmt: skip
        other = study.moved(points, k, label=1 - one.label)
        st.button("Other class", key="data.flip", on_click=put, args=(link, other, k))
        swapped = study.moved(points, k, test=not one.test)
        st.button("To training" if one.test else "To test", key="data.swap", on_click=put, args=(link, swapped, k),
                  disabled=last)  # fmt: skip
    table(link)


def table(link: Link) -> None:
    """Offer the places of all points as a table to be typed over."""
    points, _ = here(link)

    def typed(places: np.ndarray) -> None:
        some = [study.made(x1, x2, p.label, p.test) for (x1, x2), p in zip(places.tolist(), points, strict=True)]
        k = next((k for k, (a, b) in enumerate(zip(some, points, strict=True)) if a != b), link["point"] - 1)
        put(link, some, k)

    with st.expander(words.TABLE, key="data.places", on_change="rerun") as drawer:
        if drawer.open:
            kinds = "".join(study.KINDS[p.label + 2 * p.test] for p in points)  # other rows are another table
            places = np.array([(p.x1, p.x2) for p in points])
            number_table(
                f"data.cells.{kinds}", places, typed, low=-study.WIDE, high=study.WIDE, decimals=1,
                cell="point", empty=False, alt=words.TABLE_ALT, columns=("x₁", "x₂"),
                rows=[words.ROW.format(k=k, part=PARTS[p.test], label=p.label) for k, p in enumerate(points, 1)],
            )  # fmt: skip


def draw(place: Place, predicted: int | None) -> pd.DataFrame:
    """Draw the points and what the network makes of them; return them as a table."""
    waiting, link, mode = predicted is None, place.link, place.mode
    text = "" if waiting else link["points"]
    points, k = (study.START, 0) if waiting else here(link)
    now, first = learned(text), learned("")
    share = float(study.changed(first["plane"], now["plane"]))
    with place.right:
        if not waiting:
            sentence = words.NO_TEST if np.isnan(now["test"]) else words.STATE
            st.markdown(sentence.format(changed=share, **now))
        chosen = None if waiting else (points[k].x1, points[k].x2)
        show.chart(
            "data.plane", (text, None if waiting else k, mode),
            lambda: charts.points(
                now["plane"], None if waiting else first["plane"], study.EXTENT, study.split(points, False),
                study.split(points, True), chosen, mode,
            ),
            charts.points_text(now["training"], now["test"], share),
            on_select="ignore" if waiting else lambda: clicked(link), selection_mode="spot",
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    with place.right:
        st.caption(words.HOW)
        teaching.tries(link, words.TRIES, words.FAILS, words.VIEW.opening, changed=share, score=now["test"])
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**given()))
    st.markdown(words.EXPLAIN.format(**given()))
    st.markdown(words.NOT_IN_SUM if points[k].test else words.IN_SUM)
    st.latex(line(now["own"][k]))
    rows = [(p.x1, p.x2, p.label, PARTS[p.test], now["own"][j]) for j, p in enumerate(points)]
    return pd.DataFrame(rows, columns=["x₁", "x₂", "class", "used for", "probability of its class"]).round(3)


def line(own: float) -> str:
    """One point's loss, from the probability that its class got, as LaTeX."""
    least = 3 if own < 0.9995 else 6  # a loss near 0 isn't none
    put_in, places = formula.agreeing([own], lambda v: float(-np.log(max(v[0], 1e-9))), least, least, 12)
    loss = formula.number(float(-np.log(max(own, 1e-9))), "loss", places, alone=True)
    return rf"-\ln({formula.number(own, 'prediction', put_in)}) = {loss}"

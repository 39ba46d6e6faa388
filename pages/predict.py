"""Lesson 8: ask a trained network about new data, and see how far to believe it."""

from typing import Any

import numpy as np
import streamlit as st

from core.charts.naming import Amount, minus
from core.charts.paper import paper, paper_text
from core.data import ink
from core.lessons.predict import asking, charts, digit_charts, held_out_view, networks, own_points, words, worked
from core.lessons.predict import fields as asked
from core.lessons.predict.curve import study
from core.lessons.predict.curve import view as curve
from core.lessons.predict.menu import ask, network_menu
from core.training.experiment import SETTINGS
from core.training.settings import Setting, moment, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.link import Link
from core.ui.typed import number_field
from core.workshop import cache, controls

ZOOMS = (1.0, 3.0, 10.0, 30.0)
FARTHEST = 1e6
link = Link(
    "predict",
    [
        *SETTINGS,
        number("px", 2.0, -FARTHEST, FARTHEST, "First input"),
        number("py", 1.0, -FARTHEST, FARTHEST, "Second input"),
        nearest("zoom", 1.0, ZOOMS, "Width of the picture"),
        whole("row", 0, 0, 1999, "Held-out example"),
        moment("epoch", -1, 2000, "Epoch of the network"),
        Setting("ink", "", "Drawn digit", ink.read_ink),
        curve.PLACE,
        networks.VIEW,
    ],
)
lesson = frame.begin("predict", link)
networks.follow_view(link)
experiment, changed = controls.experiment_in(link)
frame.heading(lesson)
mode = frame.mode()
changed += controls.moment_in(link, experiment)
query = cache.query_of(experiment)
with st.spinner(f"Training {experiment.epochs} epochs …", show_time=True):
    run = asked.history(query, link["epoch"])
epoch = run.epochs
data, classes = run.data.data, run.data.data.classes
held_out = data.X[run.data.test]
changed = link.lasting(changed + networks.question_in(link, run.data))
row = link["row"]
if changed:
    st.warning("\n".join(f"- {c}" for c in changed), title="Some settings do not go together, so:")
planar, drawn = data.planar, experiment.dataset == "digits"
view = networks.view_of(experiment)


def clicked() -> None:
    if spot := st.session_state["predict.plane"]["selection"]["spot"]:
        link.set(px=float(spot[0]["px"]), py=float(spot[0]["py"]))


def pixel_clicked() -> None:
    if pixel := st.session_state["predict.paper"]["selection"]["pixel"]:
        paint(ink.toggled(picture(), int(pixel[0]["row"]), int(pixel[0]["column"])))


def picture() -> np.ndarray:
    return ink.from_text(link["ink"]) if link["ink"] else held_out[row]


def paint(pixels: np.ndarray) -> None:
    link.set(ink=ink.to_text(pixels))


another: dict[str, Any] = {"on_click": link.set, "kwargs": {"row": (row + 1) % len(held_out), "ink": "", "x": None}}


def point_controls() -> None:
    if planar:
        for column, name, title in zip(st.columns(2), ("px", "py"), data.features, strict=True):
            with column:
                number_field(link, name, title, -FARTHEST, FARTHEST)
        with st.expander("Look farther", key="predict.farther"):
            st.select_slider("Width of the picture", ZOOMS, key=link.key("zoom"), format_func=lambda z: f"× {z:g}")
    elif not drawn:
        st.button("Another example", icon=":material/skip_next:", **another)


def drawing_buttons() -> None:
    with st.container(horizontal=True, key="predict.phone.above"):
        st.button("Another digit", icon=":material/skip_next:", **another)
        st.button("Turn by 90°", on_click=paint, args=(ink.quarter_turn(picture()),), icon=":material/rotate_left:")
        st.button("Noise", on_click=paint, args=(ink.other_noise(link["ink"]),), icon=":material/grain:")
        st.button("Empty page", on_click=paint, args=(np.zeros(64),), icon=":material/crop_square:")


st.session_state["predict.choose.view"] = view
st.segmented_control(
    "View", list(networks.VIEWS), format_func=networks.VIEWS.__getitem__, key="predict.choose.view", required=True,
    label_visibility="collapsed", wrap=True,
    on_change=lambda: ask(link, networks.network_of(st.session_state["predict.choose.view"])),
)  # fmt: skip
left, right = st.columns([1, 1.8], gap="large")
with left:
    if link["epoch"] >= 0:
        st.caption(words.AT_EPOCH.format(epoch=epoch, epochs=asked.history(query).epochs))
    st.markdown(words.INTRO[view] if classes else curve.intro(run, experiment.dataset))
if run.diverged_step is not None:
    with left:
        network_menu(link, experiment, epoch)
    st.error(words.DIVERGED, icon=":material/trending_up:")
    frame.end("predict", link, words.LEFT_OPEN)
    st.stop()

point = np.array([link["px"], link["py"]]) if planar else picture() if drawn else held_out[row]
facts = asked.facts(query, epoch) if classes else {}
crowd = asked.crowds(query, epoch) if drawn else {}
line = None if classes or len(point) > 1 else curve.known(query, epoch, experiment.dataset)
walk = asked.walk(query, epoch, tuple(point.tolist())) if line is None else {}


def measures() -> dict[str, Any]:
    """The numbers that the view's question and experiments speak of."""
    if drawn:
        return {"accuracy": facts["accuracy"], "much": asked.MUCH, "sure": crowd["sure"][0]}
    return {} if classes else curve.measured(run, line, walk)


def seen_now() -> dict[str, Any]:
    """The numbers that the sentence of a pressed experiment speaks of."""
    if not classes:
        return curve.seen_now(measures(), p, point)
    free = {} if drawn else asked.facts(cache.query_of(words.FREE), -1)
    other = {"tanh": free["r100"], "before": free["accuracy"]} if free else {}
    return facts | other | {"answer": classes[top], "sure": asking.in_words(sure)}


with left:
    predicted = teaching.prediction("predict", words.LESSON, view, **measures())
    if predicted is not None:
        network_menu(link, experiment, epoch)
        point_controls()
if line is not None and predicted is not None:
    with left:
        point = curve.place(link, line, point)
sums = asking.answer(run, point)
p = run.predict(point[None])
sure, top = (asking.confidence(p)[0], int(run.decide(point[None])[0])) if classes else (np.nan, 0)
chances = np.array([1 - p[0], p[0]]) if p.ndim == 1 and classes else p[0]
place = minus(f"({point[0]:.2f}, {point[1]:.2f})") if planar else f"held-out example {row + 1}"
output = top if len(sums.z) > 1 else 0
parts, bias, z = sums.contributions(output), float(sums.bias[output]), float(sums.z[output])
edge = asked.farthest(query)
true_way = study.true_way(run, experiment.dataset, point)


def walk_chart(height: int = 250) -> None:
    """The answers on the way out, through the point and in most directions."""
    floor, title = (1 / len(classes), "confidence") if classes else (None, data.target)
    out = walk["distances"], walk["here"], walk["band"]
    reach, free, truth = edge, None, None  # not the answer yet
    if predicted is not None:
        reach, truth = asking.DISTANCES[-1], true_way
        free = asked.walk(cache.query_of(words.FREE), -1, tuple(point))["here"] if experiment == words.HELD else None
    show.chart(
        "walk", (query, epoch, tuple(point), reach, height, mode),
        lambda: charts.walking(
            *out, walk["at"], edge, mode, floor=floor, y_title=title, reach=reach, height=height, free=free, truth=truth
        ),
        charts.walking_text(out[0], out[1], out[2][1], walk["at"], free, truth),
    )  # fmt: skip


def plane_chart() -> None:
    """What the network answers around the data, with the point that is asked about."""
    zoom = link["zoom"] if predicted is not None else 1.0
    seen = asked.plane(query, epoch, zoom)
    extent = seen["extent"]
    end = asked.ray_end(query, (point[0], point[1]), 2 * (extent[1] - extent[0])) if predicted is not None else None
    train = data.X[run.data.train], data.y[run.data.train]
    show.chart(
        "predict.plane", (query, epoch, zoom, tuple(point), end, mode),
        lambda: charts.asked_plane(
            seen["field"], seen["sure"], extent, train, point, end, mode, classes=classes, titles=data.features
        ),
        charts.asked_plane_text(point, classes[top], asking.in_words(sure), float(np.mean(seen["sure"] > asking.SURE))),
        on_select=clicked, selection_mode="spot",
    )  # fmt: skip


with right:
    if planar and classes:
        asked_here, on_the_way = (st.container(), None) if predicted is None else st.columns(2, gap="medium")
        with asked_here:
            plane_chart()
        if on_the_way is not None:
            with on_the_way:
                walk_chart(230)
        with st.container(key="predict.answer.phone.above"):  # there it stands between what is asked and the picture
            st.markdown(words.ANSWER.format(place=place, answer=classes[top], sure=asking.in_words(sure)))
    elif classes:
        page, bars = st.columns(2, gap="medium") if drawn else (None, st.container())
        if page is not None:
            with page:
                show.chart(
                    "predict.paper", (ink.to_text(point), mode), lambda: paper(point, mode, "Draw a digit"),
                    paper_text(point), on_select=pixel_clicked, selection_mode="pixel",
                )  # fmt: skip
        with bars:
            truth = -1 if drawn and link["ink"] else int(data.y[run.data.test][row])
            show.chart(
                "answers", (query, epoch, tuple(point), truth, mode),
                lambda: charts.answers(classes, chances, mode, "What it answers", truth),
                charts.answers_text(classes, chances),
            )  # fmt: skip
        if drawn and predicted is not None:
            drawing_buttons()
        sentence = words.ANSWER_DIGIT if drawn else words.ANSWER
        st.markdown(sentence.format(place=place, answer=classes[top], sure=asking.in_words(sure)))
    elif line is None:
        walk_chart()
        st.markdown(minus(words.ANSWER_NUMBER.format(place=place, answer=Amount(p[0]))))
    else:
        curve.draw(link, run, experiment.dataset, (query, epoch), float(point[0]), float(p[0]), predicted is None)
    if predicted is not None:
        tried = words.LESSON.views[view]
        teaching.tries(link, tried.tries, tried.fails, networks.opening(experiment), **seen_now())
        if drawn:
            show.chart(
                "crowds", (query, epoch, mode),
                lambda: digit_charts.crowds(crowd["names"], crowd["sure"], crowd["right"], mode),
                digit_charts.crowds_text(crowd["names"], crowd["sure"], crowd["right"]),
            )  # fmt: skip
    if classes:
        if experiment.hidden and not drawn:
            st.caption(words.MOST.format(unit=1 + int(np.argmax(np.abs(sums.contributions(output))))))
        st.latex(worked.score(sums, output, bool(experiment.hidden), worked.digits_of_z(sums, output)))
        st.latex(worked.probability(sums, output, classes[1 if len(sums.z) == 1 else top]))
        if len(sums.z) == 1 and top == 0:
            st.caption(words.OTHER_CLASS.format(answer=classes[0], sure=asking.in_words(sure)))

if predicted is not None:
    question = words.LESSON.views[view].prediction
    if drawn:
        measured = words.MEASURED_DIGITS.format(**crowd["says"])
        as_expected, otherwise = crowd["sure"][1] > crowd["sure"][0], words.NOT_HERE_DIGITS
    elif classes:
        as_expected, otherwise = facts["r100"] > facts["test"], words.NOT_HERE
        measured = words.MEASURED.format(**facts) + words.RISES * (round(facts["r100"], 2) > round(facts["test"], 2))
    else:
        measured = curve.says(experiment, measures(), edge, true_way)
        as_expected, otherwise = bool(experiment.hidden), words.NO_UNITS
    if as_expected:
        teaching.confront(question, predicted, measured)
    else:
        least = {name: asking.at_least(facts[name]) for name in ("near", "far") if name in facts}
        st.info(minus(otherwise.format(**facts | least, measured=measured)), icon=":material/straighten:")
    if classes and not planar and not drawn:
        walk_chart()
    st.markdown(words.EXPLAINS[view])
    if line is not None:
        curve.line(run, line, sums, float(point[0]))

    word = "unit" if experiment.hidden else "input"
    with st.expander(words.VOICES_TITLE.format("hidden unit" if experiment.hidden else word), key="predict.voices"):
        of = f" of “{classes[top]}”" if len(sums.z) > 1 else ""
        st.markdown(minus((words.VOICES if experiment.hidden else words.VOICES_INPUTS).format(of=of, z=z)))
        show.chart(
            "voices", (query, epoch, tuple(point), mode),
            lambda: charts.voices(parts, bias, mode, f"What each {word} adds to z", word),
            charts.voices_text(parts, bias, word),
        )  # fmt: skip

    if classes:
        with st.expander(words.HELD_OUT_TITLE, key="predict.held_out"):
            held_out_view.mistakes(run, (query, epoch), drawn)

    if drawn:
        with st.expander(words.KEYBOARD_TITLE, key="predict.keyboard"):
            st.markdown(words.KEYBOARD)
            asked.pixel_editor(picture(), paint)

    with st.expander(words.MANY_TITLE, key="predict.many"):
        own_points.many(run, experiment.dataset, words.MANY, words.FILE)

    teaching.checks("predict", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the pictures", key="predict.numbers"):
        if line is None:
            held_out_view.numbers(facts, walk)
        else:
            curve.numbers(line)
    teaching.code(asking.answer, asking.walk, asking.share_sure)
frame.end("predict", link, words.LEFT_OPEN)

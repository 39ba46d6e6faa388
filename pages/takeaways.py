"""The takeaways: the loop and its parts once more, and a quiz from all lessons."""

from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from core.lessons.takeaways import quiz, words
from core.lessons.takeaways.essentials import RUN, Essentials, essentials
from core.training.one_step import OneStep, one_step
from core.training.settings import whole
from core.ui import frame, teaching
from core.ui.lessons import BY_SLUG, Lesson
from core.ui.link import Link
from core.ui.ring import ring
from core.workshop.presets import BY_SLUG as PRESETS

SEEDS = 10_000

link = Link("takeaways", [whole("seed", 0, 0, SEEDS - 1, "Seed of the questions")])
lesson = frame.begin("takeaways", link)
frame.heading(lesson)


@st.cache_data(max_entries=1, show_spinner=False)
def measured() -> tuple[dict[str, Any], dict[str, Any]]:
    """The four parts of the run of the first page, with and without, and its last step."""
    return asdict(essentials()), asdict(one_step(RUN, RUN.epochs * 1000))


def predicted_one(page: Lesson, item: teaching.Item, option: int) -> None:
    """What was said on one page, and what was so."""
    way, what = st.columns([1, 2.4])
    right = item.answer == option
    way.page_link(str(page.file), label=page.numbered, icon=f":material/{'check' if right else 'contrast'}:")
    text = words.AS_SAID if right else words.OTHERWISE
    what.markdown(text.format(said=item.options[option].text, was=item.options[item.answer].text))


found, final = measured()
parts, step = Essentials(**found), OneStep(**final)

left, right = st.columns([1, 1.2], gap="large")
with left:
    predicted = teaching.ask("takeaways.prediction", words.GUESS)
    if predicted is not None:
        for k, (name, slug, says) in enumerate(words.LOOP, 1):
            st.page_link(str(BY_SLUG[slug].file), label=f"**{k} {name}**", icon=f":material/{BY_SLUG[slug].icon}:")
            st.caption(says)
with right:
    ring(step, f"{words.LOOP_TITLE}: step {step.number}")

if predicted is not None:
    st.subheader(words.QUIZ, anchor=False)
    asked = quiz.draw(quiz.pool(), link["seed"], words.COUNT)
    for one in asked:
        teaching.question(one.name, one.item)
    given, good, wrong = quiz.score(asked, teaching.answers())
    if given < len(asked):
        st.caption(words.OPEN.format(left=len(asked) - given))
    else:
        options = words.GUESS.options
        reached = min(len(asked) - good, len(options) - 1)
        marked = tuple(replace(o, says=words.SAYS, right=k == reached) for k, o in enumerate(options))
        st.metric("Score", words.SCORE.format(right=good, count=len(asked)))
        teaching.confront(
            replace(words.GUESS, options=marked), predicted, words.MEASURED.format(right=good, count=len(asked))
        )
    if wrong:
        st.markdown(words.LOOK)
        with st.container(horizontal=True):
            for page in dict.fromkeys(one.lesson for one in wrong):
                st.page_link(str(page.file), label=page.numbered, icon=":material/replay:")
    st.button(
        words.AGAIN, icon=":material/casino:", key="takeaways.again",
        on_click=lambda: link.set(seed=(link["seed"] + 1) % SEEDS),
    )  # fmt: skip

    st.subheader("The critical parts", anchor=False)
    numbers = asdict(parts)
    for column, (name, slug, number, says) in zip(st.columns(len(words.PARTS)), words.PARTS, strict=True):
        with column.container(border=True, height="stretch"):
            st.page_link(str(BY_SLUG[slug].file), label=f"**{name}**", icon=f":material/{BY_SLUG[slug].icon}:")
            st.subheader(number.format(**numbers), anchor=False)
            st.caption(says)
    overfit = PRESETS["overfit"].experiment.to_query()
    st.page_link(str(BY_SLUG["training"].file), label=words.FAILS, icon=":material/warning:", query_params=overfit)

    st.subheader(words.PREDICTED, anchor=False)
    said = quiz.predictions(teaching.answers())
    if said:
        hits = sum(item.answer == option for _, item, option in said)
        st.markdown(words.PREDICTED_SCORE.format(right=hits, count=len(said)))
        with st.expander(words.PREDICTED_DETAILS, key="takeaways.predicted"):
            for page, item, option in said:
                predicted_one(page, item, option)
    else:
        st.caption(words.NO_PREDICTIONS)
    teaching.misconceptions(words.WRONG)
    teaching.code(one_step, essentials, quiz.draw)
frame.end("takeaways", link)

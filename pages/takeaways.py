"""The takeaways: the loop and its parts once more, and a quiz from all lessons."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from core.lessons.takeaways import quiz, words
from core.lessons.takeaways.essentials import RUN, SLOW, essentials
from core.training.one_step import OneStep, one_step
from core.training.settings import whole
from core.ui import frame, teaching
from core.ui.lessons import BY_SLUG, Lesson
from core.ui.link import Link
from core.ui.ring import ring, update
from core.ui.ways import page_of
from core.ui.words import Item
from core.workshop.presets import BY_SLUG as PRESETS

SEEDS = 10_000
STEPS = 700
OPENING = {"step": 1}  # the one that moves most

link = Link(
    "takeaways",
    [whole("seed", 0, 0, SEEDS - 1, "Seed of the questions"), whole("step", STEPS, 1, STEPS, "Step")],
)
lesson = frame.begin("takeaways", link)
link.open_view("", OPENING)
frame.heading(lesson)


@st.cache_data(max_entries=1, show_spinner=False)
def measured() -> dict[str, Any]:
    """The four parts of learning, with and without."""
    return asdict(essentials())


@st.cache_data(max_entries=50, show_spinner=False)
def opened(number: int) -> dict[str, Any]:
    """The numbers of one step of the first page's run."""
    return asdict(one_step(RUN, number))


def predicted_one(page: Lesson, item: Item, option: int) -> None:
    """What was predicted on one page, and what was so."""
    way, what = st.columns([1, 2.4])
    right = item.answer == option
    way.page_link(page_of(page.slug), label=page.numbered, icon=f":material/{'check' if right else 'contrast'}:")
    text = words.AS_PREDICTED if right else words.OTHERWISE
    what.markdown(text.format(chosen=item.options[option].text, right=item.options[item.answer].text))


def ask_in_turn(asked: Sequence[quiz.Asked]) -> None:
    """Ask one question at a time; its feedback stays until the learner goes on."""
    key, given = link.key("turn"), [teaching.answer(one.name, one.item) is not None for one in asked]
    seed, turn = st.session_state.get(key, (None, 0))
    if seed != link["seed"]:
        turn = given.index(False) if False in given else len(asked) - 1
    st.session_state[key] = (link["seed"], turn)
    st.subheader(words.QUIZ.format(number=turn + 1, count=len(asked)), anchor=False)
    name, item = asked[turn].name, asked[turn].item
    teaching.question(name, item)
    if (chosen := teaching.answer(name, item)) is not None:
        teaching.answers().setdefault(quiz.first(name), chosen)
    if given[turn] and turn + 1 < len(asked):
        st.button(
            words.NEXT, icon=":material/arrow_forward:", type="primary", key="takeaways.next",
            on_click=lambda: st.session_state.update({key: (link["seed"], turn + 1)}),
        )  # fmt: skip


def start_over(asked: Sequence[quiz.Asked]) -> None:
    """Forget what was answered to these questions, and begin with the first; a callback."""
    for one in asked:
        for name in (one.name, quiz.first(one.name)):
            teaching.answers().pop(name, None)
    st.session_state.pop(link.key("turn"), None)
    link.reset()
    link.set(**OPENING)


def another_five() -> None:
    """Go on with other questions, and ask again how many will be right; a callback."""
    teaching.answers().pop("takeaways.prediction", None)
    link.set(seed=(link["seed"] + 1) % SEEDS)


def scored(asked: Sequence[quiz.Asked], guess: int) -> None:
    """Show the score beside the guess, and what to do next."""
    given, good, wrong = quiz.score(asked, teaching.answers())
    if given < len(asked):
        return
    options = words.GUESS.options
    reached = min(len(asked) - good, len(options) - 1)
    says = [words.UNGUESSED if guess == teaching.SKIPPED else words.judged(k, reached) for k in range(len(options))]
    marked = tuple(replace(o, says=s, right=k == reached) for k, (o, s) in enumerate(zip(options, says, strict=True)))
    st.metric("Score", words.SCORE.format(right=good, count=len(asked)))
    sentence = words.MEASURED.format(right=good, count=len(asked))
    teaching.confront(replace(words.GUESS, options=marked), guess, sentence, here=True)
    following = quiz.look_next(wrong)
    st.markdown(words.LOOK if wrong else words.UNFINISHED if following else words.FINISHED)
    with st.container(horizontal=True):
        for page in (following if wrong else following[:3]) or [BY_SLUG["training"]]:
            st.page_link(page_of(page.slug), label=page.numbered, icon=":material/replay:")
    st.button(
        words.AGAIN, icon=":material/casino:", key="takeaways.again",
        on_click=another_five,
    )  # fmt: skip


step = OneStep(**opened(link["step"]))
drawn, beside = st.columns([1.2, 1], gap="large")
with drawn:
    ring(step, f"{words.LOOP_TITLE}: step {step.number} of {step.total}")
    st.slider("Step", 1, STEPS, key=link.key("step"))
    update(step)
with beside:
    predicted = teaching.ask("takeaways.prediction", words.GUESS)
    if predicted is not None:
        for k, (name, slug, says) in enumerate(words.LOOP, 1):
            st.page_link(page_of(slug), label=f"**{k} {name}**", icon=f":material/{BY_SLUG[slug].icon}:")
            st.markdown(says)

if predicted is not None:
    asked = quiz.draw(quiz.pool(), link["seed"], words.COUNT)
    ask_in_turn(asked)
    scored(asked, predicted)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.RESET, icon=":material/restart_alt:", type="tertiary", key="takeaways.reset", on_click=start_over,
            args=(asked,),
        )  # fmt: skip
        st.caption(words.SET.format(seed=link["seed"]))

    st.subheader(words.PARTS_TITLE, anchor=False)
    numbers = measured() | {"steps": STEPS, "rate": RUN.learning_rate, "slow": SLOW}
    for column, (name, slug, number, says) in zip(st.columns(len(words.PARTS)), words.PARTS, strict=True):
        with column.container(border=True, height="stretch"):
            st.page_link(page_of(slug), label=f"**{name}**", icon=f":material/{BY_SLUG[slug].icon}:")
            st.subheader(number.format(**numbers), anchor=False)
            st.markdown(says.format(**numbers))
    with st.expander(words.RECKONED_TITLE, key="takeaways.reckoned"):
        for line in words.RECKONED:
            st.markdown(line.format(reckoned=" + ".join(map(str, numbers["layers"])), **numbers))
    overfit = PRESETS["overfit"]
    query = overfit.experiment.to_query()
    st.page_link(page_of("training"), label=words.FAILS, icon=":material/warning:", query_params=query)
    st.caption(words.FAILS_LOOK.format(look=overfit.look))

    st.subheader(words.PREDICTED, anchor=False)
    committed = quiz.predictions(teaching.answers())
    if committed:
        hits = sum(item.answer == option for _, item, option in committed)
        st.markdown(words.PREDICTED_SCORE.format(right=hits, count=len(committed)))
        with st.expander(words.PREDICTED_DETAILS, key="takeaways.predicted"):
            for page, item, option in committed:
                predicted_one(page, item, option)
    else:
        st.caption(words.NO_PREDICTIONS)
    teaching.misconceptions(words.WRONG)
    teaching.code(one_step, essentials, quiz.draw)
frame.end("takeaways", link)

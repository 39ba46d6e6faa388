"""What makes a page a lesson: predict first, then look, then be asked again.

Committing to a prediction teaches; just watching does not (Crouch and Mazur 2004). Answers transfer when feedback says
why (Roediger and Butler 2011), so it is shown unasked.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any

import streamlit as st

from core.charts.naming import minus, with_dots
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.words import Item, Try, Words, named, words_of

SKIPPED = -1
ASKED = "teaching.asked"  # the place of the question that was answered, in this run
KNOWN = "teaching.known"  # the questions whose numbers took long to compute, as they were last put
UNCHOSEN = "Choose an answer first, or skip."
Later = Callable[[], Mapping[str, Any]] | None
RECALLED = "teaching.recalled"  # whether the browser's answers of an earlier visit came back (core/ui/memory.py)


def answers() -> dict[str, int]:
    """Return all answers given in this session, by question: predictions, checks, the final quiz."""
    given: dict[str, int] = st.session_state.setdefault("teaching.answers", {})
    return given


def answer(name: str, item: Item) -> int | None:
    """Return the option given to a question, None before; an answer that it does not offer (any more) is none."""
    option = answers().get(name)
    return option if option is not None and SKIPPED <= option < len(item.options) else None


def prediction(slug: str, words: Words, view: str = "", later: Later = None, /, **numbers: Any) -> int | None:
    """Ask for a view's prediction; return the option's index once it is committed, `SKIPPED`, or None before.

    ``numbers`` fill the question's places. What takes long comes from ``later``, and until then there are dots.
    """
    return ask(words.question(slug, view), words.views[view].prediction, later, **numbers)


def ask(name: str, item: Item, later: Later = None, /, **numbers: Any) -> int | None:
    """Ask for a prediction of that name, as `prediction` does."""
    if (given := answer(name, item)) is not None:
        # frame.css shows only the answer there: for a moment the browser still has what was asked in its place
        st.session_state[ASKED] = st.container(key=f"{name}.answered")
        return given

    def commit() -> None:
        chosen = st.session_state.get(f"{name}.options")
        if chosen is not None:
            answers()[name] = chosen
        st.session_state[f"{name}.unchosen"] = chosen is None

    def skip() -> None:
        answers()[name] = SKIPPED

    # frame.css hides what is still "asking": perhaps the browser knows the answer
    with st.container(border=True, key=f"{name}.{'asked' if st.session_state.get(RECALLED) else 'asking'}"):
        question, place = f"**Predict first.** {minus(with_dots(item.question, numbers))}", st.empty()
        known: dict[str, str] = st.session_state.setdefault(KNOWN, {})
        place.markdown(known.get(name, question))
        options = range(len(item.options))
        st.radio(
            question, options, index=None, key=f"{name}.options", label_visibility="collapsed",
            format_func=lambda k: item.options[k].text,
        )  # fmt: skip
        with st.container(horizontal=True):
            st.button("Commit", type="primary", on_click=commit, key=f"{name}.commit")
            st.button("Skip", type="tertiary", on_click=skip, key=f"{name}.skip")
        if st.session_state.pop(f"{name}.unchosen", False):
            st.caption(UNCHOSEN)
        if later is not None:
            known[name] = f"**Predict first.** {minus(item.question.format(**numbers | dict(later())))}"
            place.markdown(known[name])
    return None


def choose_view(link: Link, views: Mapping[str, str], label: str = "View") -> str:
    """Offer the page's views by their names for people; return the one that is chosen. Each asks something first.

    Who comes to a view finds it as they left it, or else as it opens (`View.opening`), whatever another view had set.
    """
    left: dict[str, dict[str, Any]] = st.session_state.setdefault(f"{link.page}.views", {})

    def arrive() -> None:
        view = link["view"]
        link.reset()
        link.set(**left.get(view, words_of(link.page).views[view].opening))

    buttons(link, "view", label, views, label_visibility="collapsed", on_change=arrive)
    left[link["view"]] = link.values()
    return str(link["view"])


def confront(item: Item, chosen: int, measured: str, here: bool = False) -> None:
    """Set what the learner said beside what was measured: where the question was, or ``here`` where this is called."""
    right, measured = item.options[item.answer], minus(measured)
    place = st.session_state.pop(ASKED, None)
    place = st.container() if here or place is None else place
    if chosen == SKIPPED:
        place.info(f"**Measured:** {measured} {right.says}", icon=":material/straighten:")
        return
    option = item.options[chosen]
    text = f"**You said:** {option.text}.\n\n{option.says}\n\n**Measured:** {measured}"
    if option.right:
        place.success(text, icon=":material/check:")
    else:
        place.warning(text, icon=":material/contrast:")


def tries(
    link: Link, experiments: Sequence[Try], fails: Try | None = None, opening: Mapping[str, Any] | None = None,
    later: Later = None, /, **numbers: Any,
) -> None:  # fmt: skip
    """Offer experiments as one-click presets; the last clicked one, or the one in a link, says what to look for.

    ``numbers`` fill the places that a text leaves for them; what only some texts need, and takes long, comes from
    ``later``. Reset leads to the view's ``opening``.
    """
    looked, first = f"{link.page}.trying", {c.name: c.default for c in link.controls} | dict(opening or {})

    def go(chosen: Try) -> None:
        if "epoch" in first:
            link.set(epoch=first["epoch"])  # a film may have been stopped where no sentence speaks of
        link.jump(**chosen.values)
        st.session_state[looked] = chosen.label

    everything, values = [*experiments, *([fails] if fails else [])], link.values()
    spoken_of = st.session_state.get(looked) or _in_link(everything, values, first)
    with st.container(key=f"{link.page}.tries"):  # frame.css knows it
        under_the_picture = st.container()
        st.markdown("**Try this**")
        with st.container(horizontal=True):
            for k, one in enumerate(everything):
                icon = ":material/warning:" if one is fails else ":material/science:"
                st.button(one.label, key=f"{link.page}.try.{k}", on_click=go, args=(one,), icon=icon)
            st.button(
                "Reset", key=f"{link.page}.reset", on_click=_reset, args=(link, opening or {}),
                icon=":material/restart_alt:",
            )  # fmt: skip
        for one in everything:
            if spoken_of == one.label and all(values[k] == v for k, v in one.values.items()):
                needed = {place for _, place, _, _ in Formatter().parse(one.look) if place} - numbers.keys()
                more = dict(later()) if needed and later else {}
                under_the_picture.info(minus(one.look.format(**numbers | more)), icon=":material/visibility:")


def _in_link(experiments: Sequence[Try], values: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Return the label of the experiment that a link has set up, from what the view opens on; "" for none."""
    for one in experiments:
        moved = [v for k, v in one.values.items() if k != "view" and v != first.get(k)]
        set_up = {"epoch": first.get("epoch")} | dict(one.values)  # not a film that was stopped on its way
        if moved and all(values.get(k) == v for k, v in set_up.items()):
            return one.label
    return ""


def _reset(link: Link, opening: Mapping[str, Any]) -> None:
    link.reset()
    link.set(**opening)
    st.session_state.pop(f"{link.page}.trying", None)


def checks(slug: str, items: Sequence[Item], view: str = "") -> None:
    """Ask what was learned, with feedback for whatever is answered, at once: what the page asks, or a view's own."""
    st.subheader("Check yourself", anchor=False)
    for name, item in named(slug, items, view).items():
        question(name, item)


def question(name: str, item: Item) -> None:
    """Ask one question and say why the answer is right or wrong."""
    head = {"recall": "**From an earlier page.** ", "transfer": "**In a new setting.** "}.get(item.kind, "")
    given = answer(name, item)
    given = None if given == SKIPPED else given
    if st.session_state.get(name) != given:
        st.session_state[name] = given  # brought back by the browser, or forgotten

    def note() -> None:
        answers()[name] = st.session_state[name]

    st.radio(
        head + item.question, item.mixed(name), index=None, key=name, on_change=note,
        format_func=lambda k: item.options[k].text,
    )  # fmt: skip
    if given is not None:
        option = item.options[given]
        (st.success if option.right else st.warning)(
            option.says, icon=":material/check:" if option.right else ":material/contrast:"
        )


def completed(slug: str) -> bool:
    """Return whether all checks of one of the lesson's views are answered."""
    words, given = words_of(slug), answers().keys()
    asked = [words.checked(slug, view).keys() for view in words.views or [""]]
    return any(names and names <= given for names in asked)


def misconceptions(pairs: Sequence[tuple[str, str]]) -> None:
    """Show what people usually get wrong, and what is so instead."""
    with st.expander("What people usually get wrong", key="wrong"):
        for wrong, instead in pairs:
            st.markdown(f"**“{wrong}”** {instead}")


def code(*objects: Callable[..., Any] | type) -> None:
    """Show the code that computes what is on the page, from the running program itself.

    It is there once the drawer is open: to color code, a browser must first read more than for the rest of the page.
    """
    with st.expander("The code that computes this", key="code", on_change="rerun") as drawer:
        for thing in objects if drawer.open else ():
            st.caption(f"`{thing.__module__.replace('.', '/')}.py`")
            st.code(_source(thing), language="python")


@lru_cache(maxsize=256)
def _source(thing: Callable[..., Any] | type) -> str:
    """To find a function's lines in its file takes milliseconds, on every click; they never change."""
    return inspect.getsource(thing)

"""Every control of every page is answered by a picture or by words, and its link follows.

A browser moves one of each kind on each page, and sees its answer in sight (tests/browser/test_every_control.py).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from core.ui.lessons import LESSONS
from core.ui.mirror import AGAIN
from tests.moving import (
    CHOOSES_VIEW,
    LEADS_AWAY,
    MORE,
    TYPED,
    assert_all_answer,
    assert_all_is_set,
    elsewhere,
)
from tests.opening import views_of

CONTROLS = {"slider", "select_slider", "button_group", "checkbox", "toggle", "number_input", "text_input", "selectbox",
            "button", "radio"}  # fmt: skip
PICTURES = {"vega_lite_chart", "arrow_vega_lite_chart"}
DRAWERS = {"learning_rate": ["learning_rate.sweep"], "descent": ["descent.more"], "loss": ["loss.network"],
           "training": ["training.enlarge"]}  # fmt: skip
"""What is filled when it is opened, and then has controls. (In the others a browser looks for some.)"""
PLAYS = r"-stepper-play$"  # answers after a while, in a browser


def leaves(block: Any, within: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """All elements of a block, each with the drawers that it is in."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from leaves(child, (*within, child.label) if child.type == "expander" else within)
        else:
            yield child, within


def name_of(control: Any) -> str:
    own = re.sub(f"{AGAIN}\\d+$", "", str(control.key or "")).replace(".", "-")
    named = own or re.sub(r"\d+", "#", control.label)
    return f"{named} {control.label}" if "-try-" in named else named


def in_sight(at: Any, drawers: tuple[Any, ...], name: str) -> dict[str, list[bytes]]:
    """What can be seen when these drawers are open, without what the control of this name says itself."""
    seen: dict[str, list[bytes]] = {"picture": [], "words": []}
    for element, within in leaves(at.main):
        if not set(within) <= set(drawers):
            continue
        if element.type in CONTROLS:
            seen["words"] += [element.label.encode()] * (name_of(element) != name)
        else:
            seen["picture" if element.type in PICTURES else "words"].append(element.proto.SerializeToString())
    return seen


def move(control: Any) -> None:
    """Do what a browser does: send the label that was chosen, or the next number."""
    state = WidgetState(id=control.id)
    match control.type:
        case "slider":
            up = control.value < control.max
            control.set_value(min(control.value + 2 * control.step, control.max) if up else control.max - control.step)
        case "number_input":
            control.increment()
        case "checkbox" | "toggle":
            control.set_value(not control.value)
        case "text_input":
            control.set_value(TYPED[name_of(control)])
        case "button":
            control.click()
        case "select_slider":
            now = control._widget_state.string_array_value.data[0]
            place = control.options.index(now)
            state.string_array_value.data[:] = [control.options[place + 1 if place + 1 < len(control.options) else 0]]
        case "button_group":
            now = list(control._widget_state.string_array_value.data)
            state.string_array_value.data[:] = [next(option for option in control.options if option not in now)]
        case kind:
            now = control._widget_state.string_value
            state.string_value = next(option for option in control.options if option != now)
            assert kind in {"selectbox", "radio"}, kind
    if state.ByteSize() > WidgetState(id=control.id).ByteSize():
        control.__class__ = type("Moved", (type(control),), {"_widget_state": property(lambda self: state)})


def controls(at: Any, known: set[str], later: str) -> list[tuple[Any, tuple[Any, ...]]]:
    """The page's controls that are still to be moved."""
    return [
        (element, within)
        for element, within in leaves(at.main)
        if element.type in CONTROLS
        and not element.proto.disabled
        and (name := name_of(element)) not in known
        and not re.search(later, name)
    ]


@pytest.mark.parametrize("slug", [lesson.slug for lesson in LESSONS])
def test_every_control_is_answered(open_app, slug):
    answers: dict[str, str] = {}
    unlinked, apart = set(), f"{PLAYS}|{elsewhere(slug)}"
    for view in MORE.get(slug) or views_of(slug):
        at = open_app(slug, **view)
        for drawer in DRAWERS.get(slug, ()):
            at.session_state[drawer] = True
        at.run()
        for later in (f"{CHOOSES_VIEW}|{apart}", apart):  # the view last
            while todo := controls(at, LEADS_AWAY | answers.keys(), later):
                (control, drawers), link = todo[0], dict(at.query_params)
                name = name_of(control)
                before = in_sight(at, drawers, name)
                move(control)
                at.run()
                assert not at.exception, name
                now = in_sight(at, drawers, name)
                answers[name] = next((kind for kind in now if now[kind] != before[kind]), "")
                if dict(at.query_params) == link:
                    unlinked.add(name)
    assert_all_answer(answers, unlinked)
    assert_all_is_set(slug, answers.keys() | LEADS_AWAY)

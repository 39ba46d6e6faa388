"""What a link says is what its control shows, digit by digit: on every page, for every slider and number field."""

import re

import pytest

from core.ui.lessons import LESSONS
from core.ui.sliders import decimals, exact, percent
from tests.opening import views_of

MORE = {
    "forward": [{"net": "seeded", "inputs": "2"}],
    "backprop": [{"net": "pair"}, {"net": "chain"}],
    "training": [
        {"optimizer": "momentum", "init": "normal", "epochs": "3"},
        {"optimizer": "nesterov", "init": "constant", "dataset": "xor", "epochs": "3"},
    ],
    "predict": [{"epochs": "3"}],
}
"""Where a control is only drawn on other links than those to the views."""
ODD = (0.123457, 0.5, 0.987654)
"""How far between its ends a control's link is set: the first and the last fall between all steps."""
SEEN_AT_LEAST = {
    "training": {"momentum", "noise", "test", "lr", "dropout", "init_scale", "l2"}, "neuron": {"w", "w1"},
    "loss": {"yhat", "b"}, "backprop": {"rate"}, "learning_rate": {"rate"}, "forward": {"x1"},
}  # fmt: skip
"""Controls that the walk must meet."""


def digits(text: str) -> float:
    """The number in what a control shows: “× 3”, “12.5%”, “0.999”."""
    (number,) = re.findall(r"-?[\d.]+(?:e-?\d+)?", text)
    return float(f"{float(number) / (100 if text.endswith('%') else 1):.12g}")


def shown(element) -> str:
    """The text beside a control's knob, made as the browser makes it."""
    proto = element.proto
    if element.type == "select_slider":
        return proto.raw_value[0]
    return (proto.format or "%d") % element.value


def written(parameter) -> str:
    """A parameter of the address, whether a text or a list of one."""
    return parameter if isinstance(parameter, str) else parameter[0]


def numeric(at, slug):
    """The page's controls of numbers, by their name in the link."""
    elements = [*at.slider, *at.select_slider, *at.number_input]
    names = at.session_state["link.here"]["values"]
    return {name: e for e in elements if (name := str(e.key).removeprefix(f"{slug}.")) in names}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_control_shows_the_links_value(open_app, lesson):
    slug, seen = lesson.slug, set()
    for view in MORE.get(slug) or views_of(slug):
        at = open_app(slug, **view)
        if "link.here" not in at.session_state:
            pytest.skip("this page has no link")
        decimal = {
            name: e for name, e in numeric(at, slug).items()
            if isinstance(at.session_state["link.here"]["values"][name], float)
        }  # fmt: skip
        for part in ODD if decimal else ():
            address = {}
            for name, element in decimal.items():
                low, high = ends(element)
                address[name] = f"{low + (high - low) * part:.6g}"
            at = open_app(slug, **view | address)
            assert not at.exception
            values = at.session_state["link.here"]["values"]
            for name, element in numeric(at, slug).items():
                assert digits(shown(element)) == values[name] or (shown(element), values[name]) == ("all", 2000), name
                assert name not in at.query_params or float(written(at.query_params[name])) == values[name]
                seen.add(name)
    assert seen >= SEEN_AT_LEAST.get(slug, set())


def ends(element) -> tuple[float, float]:
    """The lowest and the highest value of a control."""
    proto = element.proto
    if len(getattr(proto, "options", ())):
        return digits(proto.options[0]), digits(proto.options[-1])
    return proto.min, proto.max


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [("momentum", "0.999", "0.999"), ("noise", "0.123", "0.123"), ("test", "0.125", "12.5%"),
     ("lr", "0.0123", "0.0123"), ("dropout", "0.3", "0.30"), ("l2", "0.00001", "0.00001")],
)  # fmt: skip
def test_a_number_is_written_with_all_its_digits(open_app, name, value, text):
    at = open_app("training", optimizer="momentum", epochs="3", **{name: value})
    assert shown(numeric(at, "training")[name]) == text


@pytest.mark.parametrize(
    ("value", "text", "places"),
    [(0.999, "0.999", 3), (1e-5, "0.00001", 5), (3.0, "3", 0), (2000, "2000", 0), (-0.5, "-0.5", 1)],
)  # fmt: skip
def test_exact(value, text, places):
    assert exact(value) == text
    assert decimals(value) == places
    assert percent(0.15) == "15%"
    assert percent(0.0725) == "7.25%"

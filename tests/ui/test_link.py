"""The link in the address bar and the widgets of a page say the same, whoever changed what."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.runtime.state import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from core.training.settings import OTHER_VERSION

DEFAULTS = {"rate": 0.5, "n": 3, "kind": "a", "on": False, "chosen": 1}
QUICK = settings(max_examples=settings().max_examples // 4)


def app():
    import streamlit as st

    from core.training.settings import choice, number, switch, whole
    from core.ui.link import Link

    link = Link(
        st.session_state.get("test.page", "one"),
        [
            number("rate", 0.5, 0, 1, "Rate"),
            whole("n", 3, 1, 10, "Count"),
            choice("kind", "a", ("a", "b"), "Kind"),
            switch("on", False, "Switch"),
            whole("chosen", 1, 1, 9, "Chosen unit"),  # a control without a widget
        ],
    ).open()
    st.slider("Rate", 0.0, 1.0, key=link.key("rate"))
    if st.toggle("Show the count", value=True, key="shown"):
        st.number_input("Count", 1, 10, key=link.key("n"))
    st.selectbox("Kind", ["a", "b"], key=link.key("kind"))
    st.toggle("Switch", key=link.key("on"))
    st.button("Reset", on_click=link.reset)
    st.button("Choose", on_click=link.set, kwargs={"chosen": 7, "rate": 0.25})
    st.button("Reset the rest", on_click=link.reset, kwargs={"keep": ("kind",)})
    link.save()
    st.code(link.url())
    st.json(link.values())
    for problem in link.problems:
        st.text(problem)


def opened(page="one", /, **address) -> AppTest:
    at = AppTest.from_function(app, default_timeout=30)
    at.context = {"url": f"http://somewhere/{page}?rate=0.123"}
    return go(at, page, **address)


def go(at: AppTest, page: str, /, **address) -> AppTest:
    """As the navigation does it: another page, and what the address says then."""
    at.session_state["test.page"] = page
    at.query_params.clear()
    at.query_params.update(address)
    at.run()
    assert not at.exception
    return at


def values(at: AppTest, page="one") -> dict:
    return {name: at.session_state[f"{page}.{name}"] for name in DEFAULTS}


def problems(at: AppTest) -> list[str]:
    return [text.value for text in at.text]


def rate(at: AppTest):
    return at.slider[0]


def test_without_an_address_there_are_the_defaults_and_no_address():
    at = opened()
    assert values(at) == DEFAULTS
    assert at.query_params == {}
    assert problems(at) == []
    assert at.code[0].value == "http://somewhere/one"


def test_the_address_reaches_the_widgets():
    at = opened(rate="0.7", n="9", kind="b", on="1", chosen="4")
    assert values(at) == {"rate": 0.7, "n": 9, "kind": "b", "on": True, "chosen": 4}
    assert (rate(at).value, at.number_input[0].value, at.selectbox[0].value) == (0.7, 9, "b")
    assert at.toggle(key="one.on").value is True
    assert problems(at) == []


def test_a_widget_reaches_the_address_and_defaults_are_left_out():
    at = opened()
    rate(at).set_value(0.75).run()
    assert at.query_params == {"rate": "0.75", "v": "1"}
    assert at.code[0].value == "http://somewhere/one?rate=0.75&v=1"
    rate(at).set_value(0.5).run()
    assert at.query_params == {}


def test_the_link_that_is_offered_opens_the_same():
    at = opened()
    rate(at).set_value(0.75)
    at.selectbox[0].set_value("b")
    at.toggle(key="one.on").set_value(True)
    at.button[1].click().run()  # sets the control that has no widget
    address = {k: v[-1] for k, v in parse_qs(urlsplit(at.code[0].value).query).items()}
    assert address == at.query_params
    assert values(opened(**address)) == values(at) == DEFAULTS | {"rate": 0.25, "kind": "b", "on": True, "chosen": 7}


@QUICK
@given(
    st.fixed_dictionaries(
        {"rate": st.floats(0, 1), "n": st.integers(1, 10), "kind": st.sampled_from("ab"), "on": st.booleans()}
    )
)
def test_whatever_the_widgets_say_comes_back_from_the_address(said):
    at = opened()
    rate(at).set_value(said["rate"])
    at.number_input[0].set_value(said["n"])
    at.selectbox[0].set_value(said["kind"])
    at.toggle(key="one.on").set_value(said["on"])
    at.run()
    again = opened(**at.query_params)
    assert problems(again) == []
    assert values(again) == pytest.approx({**DEFAULTS, **said}, abs=1e-9)
    assert again.query_params == at.query_params  # and the address does not change by being opened


@pytest.mark.parametrize(
    ("address", "value", "said"),
    [
        ({"rate": "7"}, ("rate", 1.0), "Rate: “7” is out of range, so it is 1."),
        ({"rate": "-1"}, ("rate", 0.0), "Rate: “-1” is out of range, so it is 0."),
        ({"rate": "nan"}, ("rate", 0.5), "Rate: “nan” is not a number, so it is 0.5."),
        ({"rate": "1e400"}, ("rate", 1.0), "Rate: “1e400” is out of range, so it is 1."),
        ({"n": "2.5"}, ("n", 2), "Count: “2.5” is not a whole number, so it is 2."),
        ({"n": "१२"}, ("n", 3), "Count: “??” is not a number, so it is 3."),
        ({"n": "1_0"}, ("n", 3), "Count: “1_0” is not a number, so it is 3."),
        ({"n": ""}, ("n", 3), "Count: “” is not a number, so it is 3."),
        ({"kind": "c"}, ("kind", "a"), "Kind: there is no “c”, so it is a."),
        ({"kind": "<script>"}, ("kind", "a"), "Kind: there is no “?script?”, so it is a."),
        ({"on": "maybe"}, ("on", False), "Switch: “maybe” is neither 1 nor 0, so it is 0."),
    ],
)
def test_what_cannot_be_becomes_the_nearest_that_can_and_is_said(address, value, said):
    at = opened(**address)
    assert values(at)[value[0]] == value[1]
    assert problems(at) == [said]


def test_a_bad_address_is_replaced_by_what_is_shown():
    assert opened(rate="7", n="3", junk="1").query_params == {"rate": "1", "v": "1"}


def test_unknown_keys_are_named_and_dropped():
    at = opened(rate="0.7", theme="dark", zoom="<b>")
    assert problems(at) == ["The link also contains “theme, zoom”, which this page doesn't know."]
    assert at.query_params == {"rate": "0.7", "v": "1"}


def test_of_a_repeated_key_the_last_counts():
    at = opened(rate=["0.1", "0.9"])
    assert values(at)["rate"] == 0.9
    assert problems(at) == ["Rate: the link has it 2 times, so the last one counts."]
    assert at.query_params == {"rate": "0.9", "v": "1"}


def test_a_link_of_another_version_says_so():
    at = opened(rate="0.7", v="2")
    assert values(at)["rate"] == 0.7
    assert problems(at) == [OTHER_VERSION]
    assert at.query_params == {"rate": "0.7", "v": "1"}


def test_leaving_a_page_while_it_writes_its_address_leaves_nothing_on_the_next(monkeypatch):
    at = opened(rate="0.7")
    sent, send = [], QueryParamsProxy.from_dict
    monkeypatch.setattr(QueryParamsProxy, "from_dict", lambda self, a: (sent.append(a), send(self, a))[1])
    go(at, "two")  # as far as the server knows the address is empty already; it is sent all the same
    assert sent == [{}]
    at.run()
    assert sent == [{}], "and only on arrival"


@QUICK
@given(st.dictionaries(st.sampled_from([*DEFAULTS, "v", "x"]) | st.text(min_size=1, max_size=5), st.text(max_size=30)))
def test_any_address_opens_on_lawful_values(address):
    at = opened(**address)
    now = values(at)
    assert 0 <= now["rate"] <= 1
    assert now["n"] in range(1, 11)
    assert now["kind"] in ("a", "b")
    assert now["on"] in (True, False)
    assert now["chosen"] in range(1, 10)
    assert set(at.query_params) <= {*DEFAULTS, "v"}
    assert all(len(said) < 200 and said.endswith(".") for said in problems(at))


def test_a_very_long_address_opens_with_a_short_sentence():
    at = opened(rate="9" * 100_000, junk="a" * 100_000)
    assert values(at) == DEFAULTS
    assert len(problems(at)) == 2
    assert all(len(said) < 200 for said in problems(at))


def test_the_browsers_back_button_brings_the_older_values():
    at = opened(rate="0.2")
    rate(at).set_value(0.8).run()
    assert at.query_params == {"rate": "0.8", "v": "1"}
    at.query_params.clear()
    at.query_params.update({"rate": "0.2", "v": "1"})  # Back: only the address changes
    at.run()
    assert rate(at).value == 0.2
    at.query_params.clear()  # Back again, to before the link
    at.run()
    assert values(at) == DEFAULTS


def test_an_edit_is_not_undone_by_the_address_of_before():
    at = opened(rate="0.2")
    old = dict(at.query_params)
    for value in (0.4, 0.6, 0.8):  # faster than the browser writes its address
        rate(at).set_value(value)
        at.query_params.clear()
        at.query_params.update(old)
        at.run()
        assert rate(at).value == value
        assert at.query_params == {"rate": f"{value:g}", "v": "1"}


def test_an_edit_and_a_callback_both_reach_the_address():
    at = opened(n="4")
    at.button[1].click().run()
    assert at.query_params == {"rate": "0.25", "n": "4", "chosen": "7", "v": "1"}


def test_each_page_remembers_its_own_values():
    at = opened()
    rate(at).set_value(0.8).run()
    go(at, "two")
    assert values(at, "two") == DEFAULTS
    rate(at).set_value(0.1).run()
    assert at.query_params == {"rate": "0.1", "v": "1"}
    go(at, "one")  # through the navigation, which clears the address
    assert values(at)["rate"] == 0.8
    assert at.query_params == {"rate": "0.8", "v": "1"}
    go(at, "two", n="7")  # a link says what it says, whatever is remembered
    assert values(at, "two") == DEFAULTS | {"n": 7}


def test_problems_do_not_follow_to_another_page():
    at = opened(rate="7")
    assert problems(at)
    assert problems(go(at, "two")) == []


def test_reset_keeps_what_it_is_told_to_keep():
    at = opened(rate="0.7", kind="b", n="9")
    at.button[2].click().run()
    assert values(at) == DEFAULTS | {"kind": "b"}
    assert at.query_params == {"kind": "b", "v": "1"}


def test_reset_brings_the_defaults_and_clears_the_address():
    at = opened(rate="0.7", n="9", chosen="4")
    at.button[0].click().run()
    assert values(at) == DEFAULTS
    assert at.query_params == {}


def test_a_control_keeps_its_value_while_its_widget_is_not_drawn():
    at = opened(n="9")
    at.toggle(key="shown").set_value(False).run()
    rate(at).set_value(0.9).run()
    assert at.query_params == {"rate": "0.9", "n": "9", "v": "1"}
    at.toggle(key="shown").set_value(True).run()
    assert at.number_input[0].value == 9


def viewed():
    import streamlit as st

    from core.training.settings import choice, number
    from core.ui.link import Link

    page = st.session_state.get("test.page", "one")
    link = Link(page, [choice("view", "map", ("map", "size")), number("x", 0.0, -1, 1, "x")]).open()
    link.open_view("map", {"x": 0.5})
    st.slider("x", -1.0, 1.0, key=link.key("x"))
    link.save()


def test_a_view_that_opens_elsewhere_leaves_the_defaults_to_whoever_chooses_them():
    at = go(AppTest.from_function(viewed, default_timeout=30), "one")
    assert at.slider[0].value == 0.5
    assert at.query_params == {"x": "0.5", "v": "1"}
    at.slider[0].set_value(0.0).run()
    at.run()
    assert at.slider[0].value == 0.0
    assert at.query_params == {"v": "1"}
    assert go(go(at, "two"), "one").slider[0].value == 0.0
    for address in ({"v": "1"}, {"x": "nan"}, {"x": "0", "v": "1"}):
        at = go(AppTest.from_function(viewed, default_timeout=30), "one", **address)
        assert at.slider[0].value == 0.0
        assert at.query_params == {"v": "1"}

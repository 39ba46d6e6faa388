"""A learner's own data: as a word of a link, and on the shelf of one session."""

from dataclasses import replace
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.data import carried, own
from core.data.datasets import load, spec_of
from core.data.names import harmless
from core.data.spec import Data


def points(rows, classes=("class 0", "class 1"), features=("x₁", "x₂")):
    X = np.array([row[:-1] for row in rows], dtype=float).reshape(-1, len(features))
    return Data(X, np.array([row[-1] for row in rows], int), "classification", classes, features, "class")


SQUARE = points([(0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1)])


@pytest.fixture(autouse=True)
def shelf():
    """A shelf of this test's own."""
    mine, before = {}, own._shelf[0]
    own.keep_on(lambda: mine)
    yield mine
    own.keep_on(before)


def same(a, b):
    told = (a.task, a.classes, a.features, a.target) == (b.task, b.classes, b.features, b.target)
    return told and np.array_equal(a.X, b.X) and np.array_equal(a.y, b.y)


def test_four_points_are_a_short_word():
    word = carried.encode(SQUARE)
    assert word == "2~~0_0_1~~0_0_1~~2~~~000110011101"[: len(word)]
    assert len(word) < 40
    assert same(carried.decode(word), SQUARE)


numbers = st.one_of(
    st.integers(-(10**11), 10**11).map(float),
    st.integers(-10_000, 10_000).map(lambda n: n / 100),
    st.floats(-1e11, 1e11, allow_subnormal=False),
)
names = st.text(max_size=50)


@st.composite
def datasets(draw):
    rows, inputs, count = draw(st.integers(0, 220)), draw(st.integers(1, 9)), draw(st.integers(0, 10))
    X = np.array(draw(st.lists(numbers, min_size=inputs, max_size=inputs)))[None] + np.round(
        np.random.default_rng(draw(st.integers(0, 99))).normal(size=(rows, inputs)), draw(st.integers(0, 9))
    )
    features = tuple(draw(st.lists(names, min_size=inputs, max_size=inputs)))
    if count < 2:
        return Data(X, X[:, 0] / 2, "regression", (), features, draw(names))
    y = np.arange(rows) % count
    return Data(X, y, "classification", tuple(draw(st.lists(names, min_size=count, max_size=count))), features, "t")


@given(datasets())
def test_whatever_goes_into_a_link_comes_out_of_it(data):
    name = own.name_of(data)
    if own.goes_into_link(name):
        found = own.data_of(name)
        assert carried.encode(found) == name.removeprefix(own.TABLE)
        assert len(quote(name)) < 12_000
        assert len(found.y) == len(data.y) <= carried.MOST_ROWS
        span = np.ptp(data.X, axis=0) if len(data.y) else 0
        assert np.all(np.abs(found.X - data.X) <= span / carried._FEWEST_STEPS + 1e-12)
    assert len(set(own.data_of(name).features)) == data.X.shape[1]
    assert all(n == harmless(n) and n for n in (*own.data_of(name).features, *own.data_of(name).classes))


@given(st.text(alphabet="0123456789~_-nABz é₁.%", max_size=60))
@example("2~~0_0_1~~0_0_1~~2~~~0")
@example("2~~0_0_1~~0_0_1~~n~0_0_1~000")
@example("2~~999999999999999_-12_3~~0_12_3~~2~~~___---0")
@example("2~a~0_0_1~a~0_0_1~~2~~~000")
@example("9" * 10_000)
def test_whatever_a_link_says_is_read_or_refused(text):
    for kind in (own.POINTS, own.TABLE, own.HELD):
        name, problem = own.read_name(kind + text)
        assert bool(name) != bool(problem)
        if name:
            assert own.read_name(name) == (name, "")
            assert np.isfinite(own.data_of(name).X).all()


@pytest.mark.parametrize("change", [
    lambda w: w.replace("2~~", "2~<b>~", 1), lambda w: w.replace("2~~", "2~[a](b)~", 1), lambda w: w[:-1],
    lambda w: w + "~", lambda w: w[:-1] + "9", lambda w: w[:-1] + "!", lambda w: "0" + w[1:], lambda w: w + "0" * 900,
    lambda w: w.replace("~2~", "~1~"), lambda w: w.replace("~2~", "~99~"), lambda w: w.replace("0_0_1", "0_99_1", 1),
    lambda w: w.replace("0_0_1", "٣_0_1", 1),
])  # fmt: skip
def test_words_that_were_changed_by_hand_are_refused(change):
    word = change(carried.encode(SQUARE))
    assert own.read_name(own.POINTS + word) == ("", "what the link says of your own data can't be read")


def test_tables_too_large_for_a_link_stay_in_their_session(shelf):
    large = points([(k / 7, k % 5, k % 2) for k in range(201)])
    name = own.name_of(large)
    assert name.startswith(own.HELD)
    assert same(own.data_of(name), large)
    assert own.read_name(name) == (name, "")
    own.keep_on(dict)
    assert own.read_name(name)[0] == ""
    assert "you can choose its file again" in own.read_name(name)[1]
    with pytest.raises(ValueError, match="does not hold"):
        own.data_of(name)


def test_a_session_keeps_its_last_tables(shelf):
    names = [own.name_of(points([(k + n, k, k % 2) for k in range(300)])) for n in range(own.MOST_HELD + 1)]
    assert list(shelf) == names[1:]
    assert own.not_ready(names[0])
    assert not own.not_ready(names[1])


def test_numbers_are_rounded_only_where_they_have_too_many_digits():
    data = load("moons", 200, 0.2, 0)
    found = own.data_of(own.name_of(data))
    assert 0 < np.abs(found.X - data.X).max() <= 5e-5
    assert same(own.data_of(own.name_of(load("iris", 150, 0, 0))), load("iris", 150, 0, 0))


def test_own_data_are_a_data_set_among_the_others():
    name = own.name_of(SQUARE, own.POINTS)
    spec = spec_of(name)
    assert (spec.title, spec.dimensions, spec.n_classes, spec.max_samples) == ("Your own points", 2, 2, 4)
    assert same(load(name, 4, 0.0, 0), SQUARE)
    assert len(load(own.name_of(load("iris", 150, 0, 0)), 30, 0.0, 0).y) == 30


def test_fewer_than_four_points_teach_nothing():
    name = own.name_of(replace(SQUARE, X=SQUARE.X[:3], y=SQUARE.y[:3]), own.POINTS)
    assert own.not_ready(name) == "4 points are the fewest to learn from, and there are 3"
    assert own.not_ready("moons") == ""

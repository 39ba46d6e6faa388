"""Rows, questions, and what one layer of attention makes of them."""

import re
from itertools import product

import numpy as np
import pytest

from core.lessons.attention import charts, study, tasks, worked
from core.lessons.attention.tasks import TASKS, draw, read
from core.nn.gradcheck import check
from core.nn.layers import Activate, Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.training.examples import Examples

LAST = len(study.FRAMES) - 1


@pytest.fixture(scope="module")
def one():
    return study.run("mark")


def test_a_row_as_the_network_sees_it():
    row = read("ABCDAB25")
    seen = row.inputs(True).reshape(-1, tasks.STEPS)
    assert seen[:4, :6].argmax(0).tolist() == [0, 1, 2, 3, 0, 1]
    assert seen[4].tolist() == [0, 1, 0, 0, 0, 0, 0]  # the star
    assert seen[5].tolist() == [0, 0, 0, 0, 1, 0, 0]  # the dot
    assert seen[6].tolist() == [0, 0, 0, 0, 0, 0, 1]  # the question
    assert (seen[7:] == np.eye(7)).all()
    assert len(row.inputs(False).reshape(-1, 7)) == 7


@pytest.mark.parametrize("text", ["", "ABCDAB", "ABCDAB22", "ABCDEF25", "ABCDAB07", "abcdab2५", "ABCDAB255"])
def test_what_is_no_row_is_none(text):
    assert read(text) is None


def test_the_right_answers_by_hand():
    row = read("ABCDAB25")
    right = {name: task.answers[task.right(row)[0]] for name, task in TASKS.items()}
    assert right == {"mark": "B", "third": "C", "both": "BA"}
    many = draw(500, 0)
    assert (many.marks[:, 0] != many.marks[:, 1]).all()


def test_the_best_guess_without_order_by_a_plain_loop():
    most = [max(row.count(letter) for letter in "ABCD") for row in product("ABCD", repeat=6)]
    assert study.bag() == pytest.approx(np.mean(most) / 6)


@pytest.mark.parametrize("models", [1, 3])
def test_the_layer_that_passes_on_the_question_has_the_right_gradient(models):
    layers = Sequence((Dense(10), Activate("tanh"), study.Asking(2, 5), Dense(3)))
    net, rng = Network(layers, 4, models, np.float64), np.random.default_rng(0)
    net.start(range(models))
    x, y = Examples(net, LOSSES["softmax"], rng.normal(size=(6, 4)), rng.integers(0, 3, 6)).part(0, 6)
    assert check(net, x, y, LOSSES["softmax"]) < 1e-6


@pytest.mark.parametrize("shape", list(study.SHAPES))
def test_a_look_is_the_networks_own_arithmetic(shape):
    one, row = study.run("both", shape), read("ABCDAB25")
    seen = study.look(one, LAST, row)
    heads, size = study.SHAPES[shape]
    for h in range(heads):
        scores = np.array([seen.queries[h] @ seen.keys[h, :, s] / size**0.5 for s in range(7)])
        np.testing.assert_allclose(seen.scores[h], scores)
        np.testing.assert_allclose(seen.weights[h], np.exp(scores) / np.exp(scores).sum())
        np.testing.assert_allclose(seen.gathered[h], seen.values[h] @ seen.weights[h])
    network = Network(study.layers("both", shape, True), len(row.inputs(True)[0]), 1, np.float64)
    network.load(one.parameters[LAST])
    z, attended, *_ = network.activations_for(row.inputs(True))
    values = z[:, 0].reshape(3, heads, size, 7)[2]
    np.testing.assert_allclose(
        attended[:-1, 0].reshape(heads, size, 7), np.einsum("hts,hds->hdt", seen.everywhere, values)
    )
    assert seen.answers.sum() == pytest.approx(1)
    network = Network(study.layers("both", shape, True), len(row.inputs(True)[0]))
    network.load(one.parameters[LAST])
    z = network.outputs_for(row.inputs(True))[:, 0]
    np.testing.assert_allclose(seen.answers, np.exp(z) / np.exp(z).sum(), atol=1e-4)


def test_nothing_teaches_the_other_places_where_to_look():
    """Where no `?` stands, two queries stay as far apart as they began: only the bias, which all share, moves."""
    one, row = study.run("mark"), read("ABCDAB25").inputs(True)
    network = Network(study.layers("mark", "1x2", True), len(row[0]))
    queries = []
    for frame in (0, LAST):
        network.load(one.parameters[frame])
        queries.append(network.activations_for(row)[0][:, 0].reshape(3, 2, 7)[0])
    before, after = queries
    np.testing.assert_allclose(np.diff(before[:, :6]), np.diff(after[:, :6]), atol=1e-4)
    assert np.abs(np.diff(before[:, 5:]) - np.diff(after[:, 5:])).max() > 0.5


def test_without_positions_the_order_makes_no_difference():
    one = study.run("third", positions=False)
    a, b = (study.look(one, LAST, read(text)).answers for text in ("ABABBA25", "ABBABA25"))
    np.testing.assert_allclose(a, b, atol=1e-12)
    assert study.look(one, LAST, read("BBAAAB25")).answers != pytest.approx(a)  # other letters are marked


@pytest.mark.claims
def test_attention_finds_the_star_from_every_start(one):
    network, right = study.many("mark", "1x2", True)
    assert right.min() > 0.97
    share = study.on_marks(network, "1x2")[0, 0]
    assert share.min() > 0.55  # "most of it, or all"
    assert 6 <= study.stars()["sure"] == (share > 0.99).sum() <= 16
    assert 0.6 < study.stars()["others"] < 0.85
    away = study.look(study.run("mark", seed=4), LAST, tasks.read("ACDBAB15"))
    assert away.weights[0, -1] > 0.9  # "the ? looks at itself"
    assert away.answers[0] > 0.9
    assert study.on_the_star(one, LAST) > 0.95


@pytest.mark.claims
def test_without_positions_nobody_can_do_better_than_the_bag():
    (_, lost), (_, placed) = (study.many("third", "1x2", positions) for positions in (False, True))
    assert lost.max() < 0.5  # "fewer than half"
    assert np.median(lost) > 0.35  # and better than a blind guess
    assert placed.min() > 0.97


@pytest.mark.claims
def test_one_head_can_do_what_two_can():
    found = study.heads()
    assert found["two"] >= 19
    assert found["one"] >= 18  # "nearly all of both kinds": 184 of 200 starts, and 199 with two heads
    assert found["narrow"] <= 7  # "usually too few": 60 of 200 learn it
    assert found["divided"] >= 15
    assert study.run("both", "1x2").accuracy[-1] < 0.7 < 0.95 < study.run("both", "1x4").accuracy[-1]


def test_the_mean_weight_on_a_mark_by_a_plain_loop(one):
    rows = draw(300, 3)
    found = []
    for k in range(len(rows)):
        seen = study.look(one, LAST, tasks.Rows(rows.letters[k : k + 1], rows.marks[k : k + 1]))
        found.append([seen.weights[0, rows.marks[k, mark]] for mark in range(2)])
    network = Network(study.layers("mark", "1x2", True), len(rows.inputs(True)[0]))
    network.load(one.parameters[LAST])
    np.testing.assert_allclose(study.on_marks(network, "1x2")[:, 0, 0], np.mean(found, 0), atol=1e-5)
    assert study.on_the_star(one, LAST) == pytest.approx(np.mean(found, 0)[0], abs=1e-5)


WORKED = (
    r"e\^\{\{(.*?)\}\}.*?\\frac\{([\d.,e-]+)\}\{([\d.,e-]+)\} = \{([\d.]+)\}"  # score, e to that, the sum, weight
    r".*underbrace\{\{(.*?)\} \\times \{(.*?)\}\}_.*underbrace\{\{(.*?)\}\}_.* = \{(.*?)\} "  # weight, value, others, y
)


@pytest.mark.parametrize("frame", [0, 3, LAST])
@pytest.mark.parametrize("shape", list(study.SHAPES))
def test_the_worked_line_is_so_as_written(shape, frame):
    """For every place that can be chosen, that with the largest weight among them."""
    seen = study.look(study.run("both", shape), frame, read("ABCDAB25"))
    for (head, weights), place in product(enumerate(seen.weights), range(tasks.STEPS)):
        line = re.sub(r"\\textcolor\{#\w+\}", "", worked.line(seen, head, place))
        line = re.sub(r" \\times 10\^\{(-\d+)\}", r"e\1", line)
        assert line.startswith(rf"\begin{{aligned}} s_{{{place + 1}}} &= ")
        body, size, result = re.search(
            r"= \((.*)\) \\\\ &\\quad / \\underset\{\\sqrt\{d\}\}\{\\sqrt\{(\d)\}\} = \{(.*?)\}", line
        ).groups()
        factors = [float(n.strip("()")) for n in re.findall(r"\{(\(?-?[\d.]+\)?)\}", body)]
        assert len(factors) == 2 * int(size)
        worked_out = np.dot(factors[::2], factors[1::2]) / np.sqrt(int(size))
        assert worked_out == pytest.approx(float(result), abs=0.51 * 10.0 ** -len(result.partition(".")[2]))
        written = (float(n.strip("()").replace(",", "")) for n in re.search(WORKED, line).groups())
        score, own, total, weight, again, value, others, y = written
        assert score == pytest.approx(seen.scores[head, place], abs=0.006)
        assert own == pytest.approx(np.exp(score), rel=1e-4)
        assert own / total == pytest.approx(weight, abs=0.000501)
        assert weight == pytest.approx(weights[place], abs=0.000501)
        assert again * value + others == pytest.approx(y, abs=0.00501)
        assert y == pytest.approx(seen.gathered[head, 0], abs=0.00501)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("shape", list(study.SHAPES))
def test_every_chart_is_valid(shape, mode):
    row, task = read("ABCDAB25"), TASKS["both"]
    seen = [study.look(study.run("both", shape), k, row) for k in (0, LAST)]
    weights, shares = np.stack([s.weights for s in seen]), np.stack([s.answers for s in seen])
    charts.attention(weights, row.written(0), mode, "Where", 0).to_dict(validate=True)
    charts.answers(shares, task.answers, 4, mode, "What", 1).to_dict(validate=True)
    every = np.stack([s.everywhere[-1] for s in seen])
    charts.everywhere(every, row.written(0), mode, "Map", ["key"], 1, len(weights[0]) - 1).to_dict(validate=True)
    assert f"7 (?) at {int(weights[1][-1].argmax()) + 1}" in charts.everywhere_text(every[1], row.written(0))
    assert "B★" in charts.attention_text(weights[1], row.written(0))
    assert "right is BA" in charts.answers_text(shares[1], task.answers, 4)

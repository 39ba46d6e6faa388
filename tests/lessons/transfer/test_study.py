"""Old weights and new tasks: nothing leaks, frozen is frozen, and the claims hold over other draws."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from core.lessons.transfer import study
from core.nn.layers import Sequence
from core.nn.network import Network
from core.training.loop import fit

ASKED = (("noisy", 1), ("noisy", 30), ("other", 3), ("inverted", 10), ("inverted", 30))
RESULT = lru_cache(study.result)
each_task = pytest.mark.parametrize("task", list(study.TASKS))


@each_task
def test_no_picture_is_in_two_parts(task):
    p = study.parts(task)
    clean = study.load("digits", 2000, 0.0, 0).X
    undone = [p.old[0], 1 - p.pool[0] if study.TASKS[task].inverted else p.pool[0]]
    if not study.TASKS[task].noise:
        rows = [set(map(bytes, np.round(part, 6).astype(np.float32))) for part in undone]
        assert not rows[0] & rows[1]
    assert len(p.old[0]) + len(p.pool[0]) + len(p.test[0]) <= len(clean)
    assert set(p.old[1]) == set(range(len(study.TASKS[task].old)))
    assert set(p.test[1]) == set(range(len(study.TASKS[task].new)))


@each_task
def test_every_network_gets_as_many_of_each_class(task):
    X, y = study.examples(task, 3, range(4))
    classes = len(study.TASKS[task].new)
    assert X.shape == (3 * classes, 4, 64)
    for m in range(4):
        assert np.bincount(y[:, m]).tolist() == [3] * classes
    assert not np.array_equal(X[:, 0], X[:, 1])


@pytest.mark.parametrize("way", ["scratch", "tuned"])
def test_networks_side_by_side_learn_what_each_learns_alone(way):
    """In float64 and for a few epochs, so that rounding does not part them."""
    seeds, together = [0, 1, 2], []
    X, y = study.examples("noisy", 2, seeds)
    start, recipe = study.first_weights("noisy", way, seeds), replace(study.recipe(), epochs=5)
    net = Network(study.layers(10), 64, 3, np.float64)
    net.load(start)
    fit(net, recipe, (X, y), snapshot_every=0)
    together = net.dump()
    for m in range(3):
        alone = Network(study.layers(10), 64, 1, np.float64)
        alone.load(start[m])
        fit(alone, recipe, (X[:, m], y[:, m]), snapshot_every=0)
        np.testing.assert_allclose(alone.dump()[0], together[m], atol=1e-9)


def test_frozen_is_the_whole_network_with_a_hidden_layer_that_does_not_move():
    """The output layer on the old features gives what the whole network would, before and while it learns."""
    start = study.first_weights("noisy", "frozen", [0, 1])
    X, _ = study.parts("noisy").test
    whole = Network(study.layers(10), 64)
    whole.load(start[0])
    hidden = np.maximum(
        X @ start[0, : 32 * 65].reshape(32, 65)[:, :-1].T + start[0, : 32 * 65].reshape(32, 65)[:, -1], 0
    )
    last = Network(Sequence((study.Dense(10),)), 32)
    last.load(start[0, 32 * 65 :])
    np.testing.assert_allclose(last.outputs_for(hidden), whole.outputs_for(X), atol=1e-4)


def test_old_weights_are_taken_over_as_far_as_they_fit():
    old = study.taught("other")
    start = study.first_weights("other", "tuned", [0, 1])
    np.testing.assert_array_equal(start[:, : 32 * 65], np.tile(old[: 32 * 65], (2, 1)))
    assert not np.allclose(start[0, 32 * 65 :], start[1, 32 * 65 :])
    assert np.array_equal(study.first_weights("noisy", "tuned", [0])[0], study.taught("noisy"))


@pytest.mark.claims
def test_the_claims_over_twenty_draws():
    found = {key: RESULT(*key) for key in ASKED}
    few, many = found["noisy", 1], found["noisy", 30]
    assert (few["tuned"] > few["scratch"]).all()
    assert np.median(few["tuned"]) > np.median(few["scratch"]) + 0.2
    head_start = [np.median(f["tuned"]) - np.median(f["scratch"]) for f in (few, many)]
    assert -0.02 < head_start[1] < 0.25 * head_start[0]  # "nearly used up"
    other = {way: np.median(v) for way, v in found["other", 3].items()}
    assert other["scratch"] > other["frozen"] + 0.1
    assert other["tuned"] < other["scratch"] + 0.01  # "don't help"
    inverted = found["inverted", 10]
    assert (inverted["scratch"] > inverted["tuned"]).all()
    assert np.median(inverted["scratch"]) > np.median(inverted["tuned"]) + 0.25
    assert np.median(few["tuned"]) < study.untouched("noisy") - 0.03  # few pictures spoil more than they teach
    assert np.median(many["tuned"]) > study.untouched("noisy") + 0.01
    more = found["inverted", 30]
    assert np.median(more["scratch"]) > np.median(more["tuned"]) + 0.5
    assert np.median(more["frozen"]) > np.median(more["tuned"]) + 0.3
    assert np.median(study.living("inverted", 30)) < 0.35 * study.WIDTH  # "most hidden units die"


def olds(task):
    """The parameters (20, P) of old networks from twenty starts; the first is the page's own."""
    network = Network(study.layers(len(study.TASKS[task].old)), 64, study.SEEDS)
    network.start(range(study.SEEDS))
    fit(network, study.recipe(), study.parts(task).old, snapshot_every=0)
    return network.dump()


@pytest.mark.claims
@pytest.mark.weekly
def test_the_claims_do_not_hang_on_the_one_old_network():
    """Twenty old networks, each fine-tuned on labeled pictures of its own, beside random weights on the same ones."""
    old = {"noisy": olds("noisy"), "other": olds("other")}
    old["inverted"] = old["noisy"]  # the same clean pictures

    def tuned(task, labels):
        start = study.first_weights(task, "scratch", range(study.SEEDS))
        count = len(start[0]) if study.TASKS[task].same_classes else study.WIDTH * 65
        start[:, :count] = old[task][:, :count]
        network = Network(study.layers(len(study.TASKS[task].new)), 64, study.SEEDS)
        network.load(start)
        given = study.examples(task, labels, range(study.SEEDS)), study.parts(task).test
        return np.asarray(fit(network, study.recipe(), *given, snapshot_every=0).test_accuracy[-1])

    ahead = {key: tuned(*key) - RESULT(*key)["scratch"] for key in ASKED}
    assert ahead["noisy", 1].min() > 0.15
    assert 0 < np.median(ahead["noisy", 30]) < 0.25 * np.median(ahead["noisy", 1])
    assert np.median(ahead["other", 3]) < -0.01
    assert ahead["inverted", 10].max() < -0.05
    assert ahead["inverted", 30].max() < -0.02
    network, (X, y) = Network(study.layers(10), 64, study.SEEDS), study.parts("noisy").test
    network.load(old["noisy"])
    untouched = (network.outputs_for(X).reshape(10, study.SEEDS, -1).argmax(0) == y).mean(1)
    few, many = (ahead["noisy", labels] + RESULT("noisy", labels)["scratch"] - untouched for labels in (1, 30))
    assert few.max() < -0.01  # few pictures spoil more than they teach
    assert np.quantile(many, 0.1) > 0  # "now training pays"


@pytest.mark.claims
def test_the_quiz_old_weights_are_worth_most_when_tasks_are_alike_and_labels_few():
    """The first question of the quiz, with its other options, over twenty draws of the labeled pictures."""

    def worth(task, labels):
        found = RESULT(task, labels)
        return float(np.median(found["tuned"] - found["scratch"]))

    alike = [worth("noisy", labels) for labels in study.LABELS]
    assert (np.diff(alike) < -0.03).all()  # the fewer labels, the more
    assert alike[0] > 0.25 > 0.08 > alike[-1]  # "when there are very many labels": random weights catch up
    for task in ("other", "inverted"):  # "always": not where the tasks aren't alike, however few the labels
        assert max(worth(task, labels) for labels in study.LABELS) < 0.02
    assert worth("inverted", 30) < -0.5  # "great harm"


@pytest.mark.claims
def test_the_quiz_less_training_on_the_old_task_helps_and_still_leaves_them_behind(monkeypatch):
    def briefly(task):
        network = Network(study.layers(10), 64)
        network.start([0])
        fit(network, replace(study.recipe(), epochs=study.EPOCHS // 12), study.parts(task).old, snapshot_every=0)
        return network.dump()[0]

    usual, random = (np.median(RESULT("inverted", 30)[way]) for way in ("tuned", "scratch"))
    monkeypatch.setattr(study, "taught", lru_cache(briefly))
    less = study.learn("inverted", "tuned", 30)
    assert usual + 0.1 < np.median(less) < random - 0.05


@each_task
def test_old_and_new_pictures_stand_side_by_side(task):
    shown, captions = study.pairs(task)
    assert shown.shape == (4, 64)
    assert sorted(c[:3] for c in captions) == ["new", "new", "old", "old"]
    if study.TASKS[task].inverted:
        np.testing.assert_allclose(shown[0] + shown[1], 1)

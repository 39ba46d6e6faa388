"""Settings that cannot do what they say are said; and what is said of them is what happens."""

from dataclasses import replace

import numpy as np
import pytest

from core.training.advice import advice
from core.training.building import prepare_experiment
from core.training.engine import train
from core.training.experiment import Experiment, lawful
from core.training.history import History
from core.workshop.presets import PRESETS

E = Experiment(epochs=30)
SAID = {
    "patience": (replace(E, patience=5), "Validation: early stopping must not look at the test data"),
    "plateau": (replace(E, schedule="plateau"), "the plateau schedule must not look at the test data"),
    "both": (replace(E, patience=20, schedule="plateau"), "(42 of 210 examples) is set aside"),
    "too patient": (replace(E, patience=30), "a patience of 30 cannot stop a run of 30 epochs"),
    "too short": (replace(E, schedule="plateau", epochs=12), "waits 11 epochs, too long to act in a run of 12"),
    "stopped first": (replace(E, schedule="plateau", patience=11), "So the learning rate hardly ever falls"),
    "batch of one": (replace(E, batch_norm=True, batch_size=1), "there is no variance"),
    "one over": (replace(E, batch_norm=True, batch_size=11), "210 training examples in batches of 11 leave one over"),
    "no layer": (replace(E, batch_norm=True, dropout=0.1, hidden=()), "so batch norm and dropout can do nothing"),
    "no way around": (replace(E, residual=True, hidden=(3,)), "Residual connections: they need a hidden layer"),
    "one unit": (replace(E, dropout=0.8, hidden=(1,)), "the only unit of the layer will be off for 80%"),
    "two units": (replace(E, dropout=0.5, hidden=(8, 2)), "all units of at least one layer will be off for 25%"),
    "zeros": (replace(E, initializer="zeros"), "This network cannot learn"),
    "no scale": (replace(E, initializer="normal", init_scale=0.0, activation="relu"), "This network cannot learn"),
    "one test example": (replace(E, samples=10, test_share=0.1, dataset="sine", loss="mse"), "only 1 test example"),
    "one of each": (replace(E, samples=10, test_share=0.5, patience=3), "only 1 validation example"),
    "few digits": (replace(E, dataset="digits", samples=10), "no training example is of “"),
    "coin tosses": (replace(E, label_noise=0.5), "as good as a coin toss"),
}  # fmt: skip
QUIET = {
    "default": E,
    "batches that divide": replace(E, batch_norm=True, batch_size=21),
    "everything in one batch": replace(E, batch_norm=True, batch_size=2000),
    "three classes half wrong": replace(E, dataset="blobs3", label_noise=0.5),
    "wide dropout": replace(E, dropout=0.5),
    "zeros without a hidden layer": replace(E, initializer="zeros", hidden=()),
    "zeros, sigmoid": replace(E, initializer="zeros", activation="sigmoid"),
    "zeros with a way around": replace(E, initializer="zeros", hidden=(2, 2), residual=True),
    "residual": replace(E, residual=True),
}


def sentences(e: Experiment) -> str:
    assert lawful(e) == (e, [])
    return " ".join(advice(e, prepare_experiment(e)))


@pytest.mark.parametrize("name", list(SAID))
def test_what_cannot_work_is_said(name):
    e, expected = SAID[name]
    assert expected in sentences(e)


@pytest.mark.parametrize("name", list(QUIET))
def test_what_works_is_not_spoken_of(name):
    assert sentences(QUIET[name]) == ""


def test_the_presets_need_no_advice():
    assert [preset.slug for preset in PRESETS if sentences(preset.experiment)] == []


def test_batch_norm_learns_nothing_from_single_examples():
    """Its running mean moves, but the hidden weights before it get no gradient: z - mean is 0, whatever the input."""
    h = train(SAID["batch of one"][0])
    sizes = h.network().shapes
    first = slice(0, np.prod(sizes["0.W"]))
    np.testing.assert_array_equal(h.snapshots[0, first], h.snapshots[-1, first])


@pytest.mark.parametrize("name", ["zeros", "no scale"])
def test_zeros_stay_zeros(name):
    h = train(SAID[name][0])
    assert (h.snapshots[-1] != 0).sum() == 1  # the output's bias
    assert h.train_loss[-1] > 0.69


@pytest.mark.parametrize("name", ["zeros, sigmoid", "zeros with a way around", "zeros without a hidden layer"])
def test_other_zeros_do_learn(name):
    assert train(QUIET[name]).train_loss[-1] < 0.65


def rising(e: Experiment) -> History:
    """The better it learns, the worse on these validation examples: their labels are turned around."""
    data = prepare_experiment(e)
    return train(e, data=replace(data, y_validation=1 - data.y_validation))


@pytest.mark.parametrize("epochs", [12, 13])
def test_the_plateau_schedule_can_act_from_epoch_13_on(epochs):
    """The best is epoch 1's; 11 epochs without a better one; epoch 13 is the first at the lower rate."""
    e = replace(E, schedule="plateau", epochs=epochs)
    h = rising(e)
    assert (h.learning_rate.min() < 0.02) == (epochs == 13)
    assert ("too long to act" in sentences(e)) == (epochs == 12)


@pytest.mark.parametrize("patience", [11, 13])
def test_of_two_that_watch_the_first_to_lose_patience_acts(patience):
    e = replace(E, schedule="plateau", patience=patience, epochs=60)
    assert ("the learning rate hardly ever falls" in sentences(e)) == (patience == 11)
    h = rising(replace(e, learning_rate=0.0005))
    assert h.stopped_early
    assert (h.learning_rate.min() < 0.0005) == (patience > 11)


def test_a_patience_below_the_epochs_can_stop_the_run():
    h = rising(replace(E, patience=29))
    assert (h.stopped_early, h.epochs) == (True, 29)

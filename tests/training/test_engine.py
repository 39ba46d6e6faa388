import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.data.datasets import DATASETS
from core.data.prepare import prepare
from core.nn.activations import ACTIVATIONS
from core.nn.layers import Activate, BatchNorm, Dense, Dropout, Residual
from core.nn.losses import LOSSES
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.training.building import initializer_of, loss_of, network_of, optimizer_of, prepare_experiment, recipe_of
from core.training.engine import train
from core.training.experiment import Experiment

QUERY = {
    "dataset": "xor",
    "hidden": "6-6",
    "batchnorm": "1",
    "dropout": "0.2",
    "epochs": "5",
    "seed": "4",
    "data": "9",
    "l2": "0.01",
}
HASH = """
import hashlib, sys
from core.training.engine import train
from core.training.experiment import Experiment
history = train(Experiment.from_query(eval(sys.argv[1]))[0])
print(hashlib.sha256(b"".join(a.tobytes() for a in history.arrays().values())).hexdigest())
"""


def fingerprint(history):
    return hashlib.sha256(b"".join(a.tobytes() for a in history.arrays().values())).hexdigest()


def test_the_same_link_gives_the_same_run_bit_for_bit_here_and_in_another_process():
    e, problems = Experiment.from_query(QUERY)
    assert problems == []
    ours = fingerprint(train(e))
    assert fingerprint(train(Experiment.from_query(e.to_query())[0])) == ours
    root = Path(__file__).parents[2]
    theirs = subprocess.run(
        [sys.executable, "-c", HASH, repr(QUERY)], cwd=root, capture_output=True, text=True, check=True
    )
    assert theirs.stdout.strip() == ours


@pytest.mark.parametrize("changed", [{"seed": 5}, {"data_seed": 10}, {"learning_rate": 0.021}, {"dropout": 0.0}])
def test_another_setting_gives_another_run(changed):
    e = Experiment.from_query(QUERY)[0]
    assert fingerprint(train(replace(e, **changed))) != fingerprint(train(e))


def test_the_seed_changes_the_start_and_the_data_seed_everything_else():
    e = Experiment(epochs=1)
    first, start, data = (train(x) for x in (e, replace(e, seed=1), replace(e, data_seed=1)))
    np.testing.assert_array_equal(first.data.X_train, start.data.X_train)
    assert (first.snapshots[0] != start.snapshots[0]).any()
    np.testing.assert_array_equal(first.snapshots[0], data.snapshots[0])
    assert (first.data.data.X != data.data.data.X).any()


def test_dropout_is_drawn_from_the_seed_and_the_batches_from_the_data_seed():
    recipe = recipe_of(Experiment(seed=3, data_seed=4))
    assert recipe.dropout_seeds == (3,)
    assert recipe.order_seed == 4


LOSS_OF = {
    ("moons", "cross_entropy"): "bce",
    ("moons", "mse"): "brier",
    ("moons", "hinge"): "hinge",
    ("blobs2", "cross_entropy"): "bce",
    ("digits", "cross_entropy"): "softmax",
    ("sine", "mse"): "mse",
    ("sine", "huber"): "huber",
    ("sine", "cross_entropy"): "mse",
    ("digits", "hinge"): "softmax",
}


@pytest.mark.parametrize(("dataset", "name"), list(LOSS_OF))
def test_the_loss_is_the_one_that_suits_the_data(dataset, name):
    assert loss_of(Experiment(dataset=dataset, loss=name)) is LOSSES[LOSS_OF[dataset, name]]


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_the_optimizer_has_the_experiments_momentum_where_it_has_one(name):
    optimizer = optimizer_of(Experiment(optimizer=name, momentum=0.5))
    assert type(optimizer) is OPTIMIZERS[name]
    assert optimizer == OPTIMIZERS[name](**dict.fromkeys(optimizer.settings, 0.5))
    assert set(optimizer.settings.values()) <= {"momentum"}
    assert bool(optimizer.settings) == ("mu" in vars(optimizer))


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_auto_starts_with_what_suits_the_activation(name):
    known = {"tanh": "xavier_normal", "relu": "he_normal"}
    start = initializer_of(Experiment(activation=name))
    assert start == ACTIVATIONS[name].start == known.get(name, start)
    assert initializer_of(Experiment(activation=name, initializer="zeros")) == "zeros"


def test_the_network_is_the_experiments():
    e = Experiment(hidden=(4, 4), activation="elu", initializer="constant", init_scale=0.25, dropout=0.1)
    e = replace(e, batch_norm=True, residual=True, dataset="blobs3")
    network = network_of(e, 2)
    kinds = [type(layer) for layer in network.layers.layers]
    assert kinds == [Dense, BatchNorm, Activate, Dropout, Residual, Dropout, Dense]
    first, _, bend, drop, *_, last = network.layers.layers
    assert (first.width, first.initializer, first.scale, bend.name, drop.rate) == (4, "constant", 0.25, "elu", 0.1)
    assert (last.width, network.outputs) == (3, 3)
    assert network_of(Experiment(), 2).outputs == network_of(Experiment(dataset="sine"), 1).outputs == 1


def test_the_recipe_is_the_experiments():
    e = Experiment(learning_rate=0.3, schedule="cosine", batch_size=7, epochs=9, l1=0.1, l2=0.2, patience=5)
    recipe = recipe_of(e)
    assert (recipe.learning_rate, recipe.batch_size, recipe.epochs, recipe.patience) == (0.3, 7, 9, 5)
    assert (recipe.l1, recipe.l2, recipe.plateau) == (0.1, 0.2, None)
    assert recipe.schedule(np.arange(9), 9, 0.3).tolist() == SCHEDULES["cosine"](np.arange(9), 9, 0.3).tolist()
    assert recipe_of(e, epochs=1).epochs == 1
    plateau = recipe_of(replace(e, schedule="plateau")).plateau
    assert (plateau.lr, plateau.patience, plateau.factor) == (0.3, 10, 0.1)


def test_real_data_give_at_most_what_there_is():
    data = prepare_experiment(Experiment(dataset="iris", samples=2000))
    assert len(data.data.y) == DATASETS["iris"].max_samples == 150


def test_other_data_can_be_trained_on():
    e = Experiment(epochs=3)
    other = prepare("circles", 80, 0.1, 0.25, ("x1", "x2"), 5)
    history = train(e, data=other)
    assert history.data is other
    assert len(history.predict(other.data.X)) == 80


def test_progress_is_told():
    told = []
    train(Experiment(epochs=3), progress=told.append)
    assert told == [1, 2, 3]


def test_float32_is_close_to_float64():
    coarse, fine = (train(Experiment(epochs=20), dtype=dtype) for dtype in (np.float32, np.float64))
    assert fine.snapshots.dtype == np.float64
    np.testing.assert_allclose(coarse.train_loss, fine.train_loss, rtol=1e-3)
    assert np.abs(coarse.test_accuracy - fine.test_accuracy).max() < 0.03


def test_the_simulators_first_run_learns_the_moons():
    """What every visitor sees first, over ten data sets with ten starts."""
    runs = [train(Experiment(seed=seed, data_seed=seed)) for seed in range(10)]
    assert np.median([h.test_accuracy[100] for h in runs]) >= 0.93
    losses = np.median([h.train_loss for h in runs], axis=0)
    assert (np.diff(losses[[1, 5, 20, 100]]) < 0).all()
    assert losses[100] < 0.12


BY_HAND = {
    "step": ({"stages": 2, "stage_factor": 0.1}, [1.0] * 5 + [0.1] * 5),
    "exponential": ({"decay_end": 0.5}, [0.5 ** (t / 10) for t in range(10)]),
    "warmup_cosine": ({"warmup": 0.5}, [0.2, 0.4, 0.6, 0.8, 1.0, *((1 + np.cos(np.pi * np.arange(5) / 5)) / 2)]),
    "one_cycle": ({"cycle_up": 0.5}, [0.04, 0.1806, 0.52, 0.8594, 1.0, 0.9045, 0.6545, 0.3455, 0.0955, 0.000004]),
}


@pytest.mark.parametrize("name", list(BY_HAND))
def test_a_schedules_own_settings_reach_the_run(name):
    changed, wanted = BY_HAND[name]
    e = Experiment(schedule=name, learning_rate=1.0, batch_size=2000, epochs=10, **changed)
    np.testing.assert_allclose(train(e).learning_rate, wanted, atol=5e-5)
    others = {f: v for settings, _ in BY_HAND.values() for f, v in settings.items() if f not in changed}
    np.testing.assert_array_equal(train(replace(e, **others)).learning_rate, train(e).learning_rate)


def test_the_plateau_schedule_waits_as_long_as_it_is_told():
    e = Experiment(
        schedule="plateau", learning_rate=3.0, plateau_wait=0, plateau_factor=0.5, epochs=20, batch_size=2000
    )
    h = train(e)
    worse = h.validation_loss[2:-1] >= np.minimum.accumulate(h.validation_loss[1:-1])[:-1] * (1 - 1e-4)
    assert worse.any()
    np.testing.assert_allclose(h.learning_rate, 3.0 * 0.5 ** np.concatenate([[0, 0], np.cumsum(worse)]))


def test_every_setting_of_a_schedule_is_a_field_with_the_same_default():
    for name, schedule in SCHEDULES.items():
        for _, field in schedule.settings:
            assert hasattr(Experiment(), field)
        t = np.arange(57)
        recipe = recipe_of(Experiment(schedule=name))
        np.testing.assert_array_equal(recipe.schedule(t, 57, 0.3), schedule(t, 57, 0.3))
        watcher = recipe.plateau
        assert watcher == (ReduceLROnPlateau(0.02) if schedule.watches else None)

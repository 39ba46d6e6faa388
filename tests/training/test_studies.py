from dataclasses import fields, replace

import numpy as np
import pytest

from core.data.prepare import prepare
from core.training import studies
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.studies import WIDE, sweep

E = Experiment(epochs=6, samples=80)
CURVES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


def assert_is(study, v, s, single, close=1e-9):
    for name in CURVES:
        curve = getattr(study, name)[v, s, : single.epochs + 1]
        np.testing.assert_allclose(curve, getattr(single, name), rtol=close, atol=close)
        assert np.isnan(getattr(study, name)[v, s, single.epochs + 1 :]).all()
    size = single.snapshots.shape[-1]
    np.testing.assert_allclose(study.parameters[v, s, :size], single.snapshots[-1], rtol=close, atol=close)
    assert np.isnan(study.parameters[v, s, size:]).all()


SWEPT = {
    "dataset": ("moons", "circles"),
    "samples": (80, 120),
    "noise": (0.0, 0.4),
    "label_noise": (0.0, 0.3),
    "test_share": (0.2, 0.5),
    "features": (("x1",), ("x1", "x2", "x1x2")),
    "hidden": ((), (3,), (5, 4)),
    "activation": ("relu", "tanh"),
    "initializer": ("zeros", "constant"),
    "init_scale": (0.1, 2.0),
    "batch_norm": (False, True),
    "residual": (False, True),
    "dropout": (0.0, 0.5),
    "loss": ("cross_entropy", "hinge"),
    "optimizer": ("sgd", "momentum"),
    "learning_rate": (0.001, 0.02, 0.3),
    "momentum": (0.0, 0.95),
    "schedule": ("cosine", "plateau"),
    "stages": (1, 3),
    "stage_factor": (0.1,),
    "decay_end": (0.1,),
    "warmup": (0.5,),
    "cycle_up": (0.5,),
    "plateau_wait": (0,),
    "plateau_factor": (0.5,),
    "batch_size": (8, 500),
    "epochs": (2, 7, 1),
    "l1": (0.0, 0.01),
    "l2": (0.3, 0.0, 0.1),
    "patience": (0, 1),
    "data_seed": (0, 4),
}


def test_every_field_is_swept_below():
    assert {*SWEPT, "seed"} == {field.name for field in fields(Experiment)}


@pytest.mark.parametrize("field", list(SWEPT))
def test_a_sweep_is_its_single_runs(field):
    study = sweep(E, field, SWEPT[field], seeds=(3, 0), dtype=np.float64)
    assert (study.field, study.values, study.seeds) == (field, SWEPT[field], (3, 0))
    for v, value in enumerate(SWEPT[field]):
        for s, seed in enumerate((3, 0)):
            assert_is(study, v, s, train(replace(E, seed=seed, **{field: value}), np.float64))


def test_seeds_can_be_the_thing_that_varies():
    e = replace(E, dropout=0.3)
    study = sweep(e, seeds=(5, 1, 9), dtype=np.float64)
    same = sweep(e, "seed", (5, 1, 9), dtype=np.float64)
    assert study.train_loss.shape == (1, 3, 7)
    assert (study.values, study.seeds) == ((0,), (5, 1, 9))
    np.testing.assert_array_equal(study.parameters, same.parameters)
    for s, seed in enumerate((5, 1, 9)):
        assert_is(study, 0, s, train(replace(e, seed=seed), np.float64))


def test_data_sets_can_be_swept_and_each_gets_its_usual_loss():
    study = sweep(E, "dataset", ("moons", "gauss"), dtype=np.float64)
    for v, name in enumerate(study.values):
        assert_is(study, v, 0, train(replace(E, dataset=name), np.float64))
    bump = sweep(E, "dataset", ("bump",), dtype=np.float64)
    assert_is(bump, 0, 0, train(replace(E, dataset="bump", loss="mse"), np.float64))


def test_a_plateau_is_every_runs_own():
    """One run that stalls must not lower its neighbors' rates."""
    e = replace(E, schedule="plateau", learning_rate=0.1, label_noise=0.4, epochs=45)
    study = sweep(e, seeds=range(4), dtype=np.float64)
    for s in range(4):
        assert_is(study, 0, s, train(replace(e, seed=s), np.float64), 1e-6)


def test_other_data_can_be_studied():
    """By seeds in one pass, and where every run goes alone."""
    other = prepare("circles", 60, 0.1, 0.25, ("x1", "x2"), 5)
    for e in (E, replace(E, schedule="plateau")):
        study = sweep(e, seeds=(0, 1), dtype=np.float64, data=other)
        for s in (0, 1):
            assert_is(study, 0, s, train(replace(e, seed=s), np.float64, data=other))


def passes(monkeypatch, e, *arguments, **more):
    """How many networks each pass trained side by side."""
    made, real = [], studies.network_of

    def spy(e, inputs, models, dtype):
        made.append(models)
        return real(e, inputs, models, dtype)

    monkeypatch.setattr(studies, "network_of", spy)
    sweep(e, *arguments, **more)
    return made


def test_narrow_networks_that_share_their_steps_train_in_one_pass(monkeypatch):
    few = replace(E, epochs=1)
    assert passes(monkeypatch, few, "learning_rate", (0.1, 0.2), seeds=range(3)) == [6]
    assert passes(monkeypatch, few, "activation", ("relu", "tanh"), seeds=range(3)) == [3, 3]
    wide = replace(few, hidden=(128,), batch_size=WIDE // 128 + 1)
    assert passes(monkeypatch, wide, "learning_rate", (0.1, 0.2), seeds=range(3)) == [3, 3]


def test_what_diverges_is_nan_and_the_others_go_on():
    e = Experiment(dataset="bump", loss="mse", optimizer="sgd", epochs=8, samples=80)
    study = sweep(e, "learning_rate", (0.01, 100.0), seeds=(0, 1))
    assert study.train_loss.shape == (2, 2, 9)
    assert np.isfinite(study.train_loss[0]).all()
    assert np.isnan(study.train_loss[1, :, -1]).all()
    for s in (0, 1):
        assert_is(study, 0, s, train(replace(e, learning_rate=0.01, seed=s)), 1e-4)


@pytest.mark.parametrize("seeds", [(0,), (0, 1)])
def test_after_divergence_every_curve_is_nan_to_its_end(seeds):
    """Also of a single network, whose training ends there."""
    e = Experiment(dataset="bump", loss="mse", optimizer="sgd", learning_rate=5.0, epochs=12, samples=80)
    study = sweep(e, "activation", ("relu", "tanh"), seeds=seeds)
    for s, seed in enumerate(seeds):
        for v, activation in enumerate(study.values):
            single = train(replace(e, activation=activation, seed=seed))
            assert single.epochs < 12
            for name in CURVES:
                curve, losses = getattr(study, name)[v, s], getattr(single, f"{name.partition('_')[0]}_loss")
                assert curve.shape == (13,)
                np.testing.assert_array_equal(np.isfinite(curve[: len(losses)]), np.isfinite(losses))
                assert np.isnan(curve[len(losses) :]).all()


def test_accuracy_after_divergence_is_nan_too():
    e = replace(E, loss="mse", optimizer="sgd", activation="identity", l2=1.0, epochs=60)
    study = sweep(e, "learning_rate", (0.1, 100.0), seeds=(0,))
    assert np.isfinite(study.test_accuracy[0]).all()
    assert np.isnan(study.train_loss[1, 0, -1])
    np.testing.assert_array_equal(np.isnan(study.train_loss), np.isnan(study.train_accuracy))
    np.testing.assert_array_equal(np.isnan(study.test_loss), np.isnan(study.test_accuracy))


def test_a_study_never_stops_early():
    study = sweep(replace(E, patience=1, learning_rate=5.0, optimizer="sgd", epochs=30), seeds=(0, 1))
    assert study.train_loss.shape == (1, 2, 31)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("loss", "huber", "Huber does not fit Moons"),
        ("noise", 1.5, "Moons takes 0 to 0.5"),
        ("learning_rate", 1e6, "out of range"),
        ("learning_rate", float("nan"), "not a number"),
        ("optimizer", "magic", "there is no “magic”"),
        ("hidden", (1000,), "1 to 128 units"),
    ],
)
def test_a_value_that_is_not_lawful_is_refused_with_the_reason(field, value, words):
    with pytest.raises(ValueError, match=words):
        sweep(E, field, (value,))

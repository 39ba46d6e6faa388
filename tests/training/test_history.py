from dataclasses import replace

import numpy as np
import pytest

from core.data.datasets import DATASETS, load
from core.data.prepare import prepare_rows
from core.data.splits import folds, split_validation
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.training import engine
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.deciding import winner
from core.training.engine import restore, train
from core.training.examples import Examples
from core.training.experiment import Experiment
from core.training.frames import confusion_matrix
from core.training.history import ARRAYS
from core.training.steps import Steps

SHORT = Experiment(epochs=8, samples=120)
KINDS = {
    "two classes": SHORT,
    "hinge": replace(SHORT, loss="hinge", optimizer="sgd", learning_rate=0.1),
    "squared error": replace(SHORT, loss="mse"),
    "three classes": replace(SHORT, dataset="blobs3", features=("x1", "x2", "x1x2")),
    "many inputs": replace(SHORT, dataset="iris", hidden=(5,), activation="relu"),
    "numbers": replace(SHORT, dataset="sine", loss="mse"),
    "numbers, Huber": replace(SHORT, dataset="diabetes", loss="huber", hidden=()),
    "everything": replace(SHORT, batch_norm=True, dropout=0.2, residual=True, l1=0.001, l2=0.01, batch_size=25),
    "wrong labels": replace(SHORT, label_noise=0.3),
    "full batch": replace(SHORT, batch_size=2000),
}
each = pytest.mark.parametrize("name", list(KINDS))


@each
def test_shapes(name):
    e = KINDS[name]
    h = train(e)
    steps = -(-len(h.data.X_train) // e.batch_size)
    assert h.epochs == 8
    assert [len(getattr(h, c)) for c in ("train_loss", "test_loss", "train_accuracy", "test_accuracy")] == [9] * 4
    assert h.learning_rate.shape == (8 * steps,)
    assert (h.learning_rate == e.learning_rate).all()
    assert h.snapshots.shape == (9, network_of(e, h.data.X_train.shape[1]).size)
    assert h.snapshots.dtype == np.float32
    assert h.snapshot_epochs.tolist() == list(range(9))
    assert h.facts.tolist() == [-1, 0, steps]
    assert (h.diverged_step, h.stopped_early) == (None, False)
    assert h.train_loss[-1] < h.train_loss[0]


@each
def test_epoch_zero_is_before_training(name):
    h = train(KINDS[name])
    fresh = network_of(h.experiment, h.data.X_train.shape[1])
    fresh.start([h.experiment.seed])
    np.testing.assert_array_equal(h.snapshots[0], fresh.dump()[0])
    np.testing.assert_array_equal(h.network(0).store, fresh.store)
    assert h.train_loss[0] != h.train_loss[1]


def right_share(h, rows, epoch):
    """Accuracy, or R^2, of what `predict` says of raw points, against the answers in their own units."""
    said, y = h.predict(h.data.data.X[rows], epoch), h.data.data.y[rows]
    if h.data.data.task == "regression":
        return 1 - np.sum((said - y) ** 2) / np.sum((y - y.mean()) ** 2)
    return np.mean((said.argmax(1) if said.ndim == 2 else said > 0.5) == y)


@each
def test_predictions_at_an_epoch_are_as_right_as_the_curves_say(name):
    h = train(KINDS[name])
    for epoch in (0, 3, 8):
        assert right_share(h, h.data.train, epoch) == pytest.approx(h.train_accuracy[epoch], abs=1e-5)
        assert right_share(h, h.data.test, epoch) == pytest.approx(h.test_accuracy[epoch], abs=1e-5)


@pytest.mark.parametrize(("name", "classes"), [("two classes", 0), ("three classes", 3), ("numbers", 0)])
def test_predictions_have_the_promised_shape(name, classes):
    h = train(KINDS[name])
    X = h.data.data.X[:7]
    assert h.predict(X).shape == ((7, classes) if classes else (7,))
    together = h.predict_many(X, [0, 4, -1])
    assert together.shape == (3, *h.predict(X).shape)
    for one, epoch in zip(together, (0, 4, 8), strict=True):
        np.testing.assert_allclose(one, h.predict(X, epoch), rtol=1e-5, atol=1e-6)
    if name != "numbers":
        assert ((together >= 0) & (together <= 1)).all()
    if classes:
        np.testing.assert_allclose(together.sum(-1), 1, rtol=1e-5)


def test_many_epochs_are_predicted_in_several_goes(monkeypatch):
    """Residual from the very first block: there the epochs' networks share the examples."""
    h = train(replace(SHORT, hidden=(2, 2), residual=True))
    X = np.repeat(h.data.data.X, 2500, axis=0)[:300_000]
    several = h.predict_many(X, range(9))
    made = []
    real = Network.__init__
    monkeypatch.setattr(Network, "__init__", lambda self, *a: (made.append(a[2]), real(self, *a))[1])
    np.testing.assert_array_equal(h.predict_many(X, range(9)), several)
    assert made == [6, 3]
    np.testing.assert_allclose(several[5], h.predict(X, 5), atol=1e-6)


def test_predictions_of_a_regression_are_in_the_targets_units():
    h = train(replace(SHORT, dataset="diabetes", loss="mse", hidden=(), epochs=60))
    y = h.data.data.y
    said = h.predict(h.data.data.X)
    assert y.mean() > 100
    assert np.abs(said - y).mean() < 60
    assert h.test_accuracy[-1] > 0.3
    z = h.network(-1).outputs_for(h.data.X_train)[0]
    np.testing.assert_allclose(h.predict(h.data.data.X[h.data.train]), h.data.target(z), rtol=1e-5)


@each
def test_arrays_and_back(name):
    h = train(KINDS[name])
    arrays = h.arrays()
    assert set(arrays) == set(ARRAYS)
    assert all(isinstance(a, np.ndarray) and a.dtype.kind in "fi" for a in arrays.values())
    again = restore(h.experiment, arrays)
    assert all(getattr(again, a) is arrays[a] for a in ARRAYS)
    X = h.data.data.X
    np.testing.assert_array_equal(again.predict(X), h.predict(X))
    np.testing.assert_array_equal(again.data.X_train, h.data.X_train)
    assert (again.epochs, again.best_epoch, again.diverged_step) == (h.epochs, h.best_epoch, h.diverged_step)


def test_a_long_run_of_a_large_network_keeps_every_second_snapshot_or_fewer(monkeypatch):
    e = replace(SHORT, epochs=10)
    size = train(e).snapshots.shape[1]
    monkeypatch.setattr(engine, "SNAPSHOT_NUMBERS", 4 * size)
    h = train(e)
    assert h.snapshot_epochs.tolist() == [0, 3, 6, 9, 10]
    assert len(h.train_loss) == 11
    assert [h.snapshot_of(epoch) for epoch in (0, 2, 3, 8, 9, 10, -1, -2, -11)] == [0, 0, 1, 2, 3, 4, 4, 3, 0]
    X = h.data.data.X
    np.testing.assert_array_equal(h.predict(X, 8), h.predict(X, 6))
    np.testing.assert_array_equal(h.predict(X), train(e).predict(X))


def test_snapshots_never_hold_much_more_than_they_may():
    e = Experiment(hidden=(64, 64), epochs=900, samples=20, batch_size=2000)
    h = train(e)
    assert h.epochs == 900
    assert h.snapshots.size <= engine.SNAPSHOT_NUMBERS + 2 * h.snapshots.shape[1]
    assert len(h.snapshots) < 901


def test_the_best_epoch_has_the_lowest_validation_loss():
    h = train(replace(SHORT, label_noise=0.4, epochs=60, learning_rate=0.1, patience=1000))
    assert 0 < h.best_epoch < 60
    assert h.validation_loss[h.best_epoch] == h.validation_loss.min()
    assert replace(h, validation_loss=np.array([np.nan, 2, np.inf, 1, np.nan])).best_epoch == 3
    assert replace(h, validation_loss=np.array([np.nan, np.inf])).best_epoch is None


def test_without_a_validation_part_nothing_may_choose_an_epoch():
    h = train(SHORT)
    assert h.best_epoch is None
    assert h.validation_loss.shape == h.validation_accuracy.shape == h.data.y_validation.shape == (0,)


WATCHED = {
    "patience": replace(SHORT, label_noise=0.4, epochs=300, learning_rate=0.1, patience=7),
    "patience, numbers": replace(SHORT, dataset="diabetes", epochs=300, hidden=(32,), learning_rate=0.05, patience=4),
    "patience, classes": replace(SHORT, dataset="iris", epochs=300, learning_rate=0.1, patience=5),
    "plateau": replace(SHORT, schedule="plateau", label_noise=0.4, epochs=80, learning_rate=0.1),
}


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("name", list(WATCHED))
def test_the_test_data_never_choose(name, fold):
    """Two folds: whichever half is the test, other answers in it change what is measured there and nothing else."""
    e = WATCHED[name]
    data = load(e.dataset, e.samples, e.noise, 0)
    train_rows, test_rows = folds(data, 2, 0)[fold]
    kept, validation = split_validation(data, train_rows, e.validation_share, 0)
    y = data.y.copy()
    y[test_rows] = y[test_rows][::-1] if data.task == "regression" else (y[test_rows] + 1) % len(data.classes)
    sets = [prepare_rows(d, kept, test_rows, (), validation=validation) for d in (data, replace(data, y=y))]
    ours, other = (train(e, data=d) for d in sets)
    assert (ours.test_loss[1:] != other.test_loss[1:]).all()
    assert (ours.epochs, ours.best_epoch, ours.stopped_early) == (other.epochs, other.best_epoch, other.stopped_early)
    for name in ("train_loss", "validation_loss", "learning_rate", "snapshots"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(other, name))
    assert ours.stopped_early == bool(e.patience)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_validation_data_do_choose(fold):
    e = WATCHED["patience"]
    data = prepare_experiment(replace(e, data_seed=fold))
    turned = replace(data, y_validation=1 - data.y_validation)
    assert train(e, data=data).epochs != train(e, data=turned).epochs


@pytest.mark.parametrize("name", list(WATCHED))
def test_a_fifth_of_the_training_rows_is_watched_and_not_trained_on(name):
    e = WATCHED[name]
    whole, h = prepare_experiment(replace(e, patience=0, schedule="constant")), train(e)
    data = h.data
    assert len(data.validation) == -(-len(whole.train) // 5)
    assert sorted([*data.train, *data.validation]) == sorted(whole.train)
    np.testing.assert_array_equal(data.test, whole.test)
    np.testing.assert_array_equal(data.data.y, whole.data.y)
    assert right_share(h, data.validation, 3) == pytest.approx(h.validation_accuracy[3], abs=1e-5)
    assert len(h.validation_loss) == h.epochs + 1


def test_patience_stops_a_run():
    e = replace(SHORT, label_noise=0.4, epochs=500, learning_rate=0.1, patience=7)
    h = train(e)
    assert h.stopped_early
    assert h.epochs == h.best_epoch + 7 < 500
    free = train(replace(e, patience=1000, epochs=h.epochs))
    assert not free.stopped_early
    np.testing.assert_array_equal(free.snapshots, h.snapshots)  # until then it is the same run


def test_plateau_lowers_the_rate():
    h = train(replace(SHORT, schedule="plateau", label_noise=0.4, epochs=80, learning_rate=0.1))
    assert h.learning_rate[0] == 0.1
    assert set(h.learning_rate.round(9)) >= {0.1, 0.01}
    assert (np.diff(h.learning_rate) <= 0).all()


def test_label_noise_is_trained_on_and_not_tested_on():
    clean, noisy = (train(replace(SHORT, label_noise=share)) for share in (0.0, 0.3))
    wrong = clean.data.data.y != noisy.data.data.y
    assert wrong[noisy.data.train].sum() == round(0.3 * len(noisy.data.train))
    assert not wrong[noisy.data.test].any()
    np.testing.assert_array_equal(noisy.data.y_train, noisy.data.data.y[noisy.data.train])
    assert clean.train_loss[-1] < noisy.train_loss[-1]


@pytest.mark.parametrize("dataset", ["bump", "curve"])
@pytest.mark.parametrize("batch", [32, 2000])
def test_divergence_is_a_result_with_the_step_at_which_it_happened(dataset, batch):
    e = replace(SHORT, dataset=dataset, loss="mse", optimizer="sgd", learning_rate=2.0, epochs=200, batch_size=batch)
    h = train(e)
    per_epoch = h.facts[2]
    assert h.diverged_step is not None
    assert h.epochs == h.diverged_step // per_epoch + 1 < 200
    assert len(h.train_loss) == len(h.test_loss) == h.epochs + 1
    assert len(h.learning_rate) == h.epochs * per_epoch
    assert not np.isfinite(h.snapshots[-1]).all()
    assert np.isfinite(h.snapshots[:-1]).all()
    assert h.predict(h.data.data.X).shape == h.data.data.y.shape
    assert first_step_that_breaks(e) == h.diverged_step


def first_step_that_breaks(e):
    """Go the same way by hand, one step at a time."""
    data = prepare_experiment(e)
    network, recipe = network_of(e, data.X_train.shape[1]), recipe_of(e)
    network.start([e.seed])
    examples, batches = (Examples(network, recipe.loss, data.X_train, data.y_train) for _ in range(2))
    steps, order = Steps(network, recipe, batches), np.random.default_rng([11, e.data_seed])
    with np.errstate(all="ignore"):
        for step in range(10_000):
            at = step % len(steps.calls)
            if at == 0 and len(steps.calls) > 1:
                examples.copy_into(batches, order.permutation(len(examples)))
            steps.knobs[:] = e.learning_rate
            for function, arguments in steps.calls[at]:
                function(*arguments)
            if not np.isfinite(network.theta).all():
                return step
    return None


def test_a_network_of_several_epochs_is_those_networks_side_by_side():
    h = train(KINDS["everything"])
    together = h.network([0, 5, 8])
    assert together.models == 3
    np.testing.assert_array_equal(together.dump(), h.snapshots[[0, 5, 8]])
    assert h.network(-1, np.float64).dtype == np.float64
    assert h.loss is LOSSES["bce"]


def test_every_dataset_can_be_trained():
    for name in DATASETS:
        e, _ = Experiment.from_query({"dataset": name, "samples": "60", "epochs": "2", "hidden": "4"})
        h = train(e)
        assert h.epochs == 2
        assert np.isfinite(h.test_loss).all()
        outputs = max(1, DATASETS[name].n_classes) if DATASETS[name].n_classes != 2 else 1
        assert stack((4,), outputs).units(2) == h.network().outputs


# One rule for ties, and scores that do not exist


@pytest.mark.parametrize("dataset", ["moons", "blobs3", "digits"])
def test_accuracy_and_confusion_matrix_agree_where_every_answer_is_a_tie(dataset):
    e, _ = Experiment.from_query({"dataset": dataset, "init": "zeros", "epochs": "2"})
    h = train(e)
    for epoch in range(3):
        counts = confusion_matrix(h, epoch)
        assert counts.trace() / counts.sum() == pytest.approx(h.test_accuracy[epoch])
    X = h.data.data.X
    assert (h.decide(X, 0) == 0).all()  # the first class wins a tie
    assert (winner(h.predict(X, 0)) == 0).all()
    assert h.test_accuracy[0] == np.mean(h.data.y_test == 0) > 0


@each
def test_accuracy_and_confusion_matrix_agree(name):
    h = train(KINDS[name])
    if h.data.data.classes:
        counts = confusion_matrix(h, 5)
        assert counts.trace() / counts.sum() == pytest.approx(h.test_accuracy[5])


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_they_agree_for_weights_that_are_almost_zero(activation):
    """There a probability rounds to one half and z does not round to 0."""
    e = replace(SHORT, initializer="normal", init_scale=1e-4, activation=activation, hidden=(8, 8))
    h = train(e)
    z = h.network(0).outputs_for(h.data.X_test)[0]
    assert (np.abs(z) < 1e-7).any()
    assert confusion_matrix(h, 0).trace() / len(z) == pytest.approx(h.test_accuracy[0])


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"samples": 10, "test_share": 0.1}, "one test example"), ({}, ""), ({"samples": 10, "patience": 3}, "")],
)
def test_one_example_has_no_r_squared(changed, why):
    h = train(replace(SHORT, dataset="sine", loss="mse", **changed))
    assert h.undefined("test") == why
    assert np.isnan(h.test_accuracy).all() == bool(why)
    assert np.isfinite(h.train_accuracy).all()
    assert h.undefined("train") == ""


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
def test_equal_targets_have_no_r_squared(value):
    e = replace(SHORT, dataset="sine", loss="mse")
    data = prepare_experiment(e)
    h = train(e, data=replace(data, y_test=np.full_like(data.y_test, value)))
    assert h.undefined("test") == "all test targets are equal"
    assert np.isnan(h.test_accuracy).all()
    assert np.isfinite(h.test_loss).all()


def test_a_network_that_answers_with_no_numbers_has_no_accuracy():
    data = prepare_experiment(SHORT)
    h = train(SHORT, data=replace(data, X_test=np.full_like(data.X_test, np.nan)))
    assert np.isnan(h.test_loss).all()
    assert np.isnan(h.test_accuracy).all()
    assert np.isfinite(h.train_accuracy).all()
    assert confusion_matrix(h).sum() == len(data.test)
    assert confusion_matrix(replace(h, snapshots=h.snapshots * np.float32(np.nan))).sum() == 0


def test_a_run_until_an_epoch_is_the_run_that_ended_there():
    h = train(replace(SHORT, label_noise=0.2))
    cut, short = h.until(5), train(replace(SHORT, label_noise=0.2, epochs=5))
    assert (cut.epochs, cut.diverged_step) == (5, None)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(cut, name), getattr(short, name))
    assert h.until(-1) is h.until(8) is h.until(999) is h
    sparse = replace(h, snapshots=h.snapshots[[0, 3, 8]], snapshot_epochs=np.array([0, 3, 8]))
    assert [sparse.until(epoch).epochs for epoch in (0, 2, 3, 7, 8)] == [0, 0, 3, 3, 8]

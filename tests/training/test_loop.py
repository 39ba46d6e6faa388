"""The loop, against PyTorch's recorded runs, against itself step by step, and M networks against one at a time."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.nn.activations import ACTIVATIONS
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Tape
from core.training.epochs import train
from core.training.examples import Examples
from core.training.judge import Judge
from core.training.loop import fit
from core.training.recipe import Recipe
from core.training.steps import PIECE, Steps

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/training.json").read_text())["cases"]
OUR_LOSS = {"cross_entropy": "softmax"}
golden = pytest.mark.parametrize("case", [pytest.param(case, id=case["case"]) for case in GOLDEN])


class GivenOrder:
    """Stands in for the generator that shuffles: deals out the permutations of a golden case."""

    def __init__(self, orders):
        self.orders = iter(orders)

    def permutation(self, n):
        order = np.array(next(self.orders))
        assert sorted(order) == list(range(n))
        return order


def shuffled_as(monkeypatch, orders):
    real = np.random.default_rng
    monkeypatch.setattr(np.random, "default_rng", lambda seed: GivenOrder(orders) if seed == [11, 0] else real(seed))


def golden_run(case):
    """Network with the case's first weights, recipe and data."""
    inputs, *hidden, outputs = case["sizes"]
    layers = stack(hidden, outputs, case["activation"], batch_norm=case["batch_norm"], inputs=inputs)
    network = Network(layers, inputs, dtype=np.float64)
    network.load(flat(network, case["initial"]))
    s = case["settings"]
    ours = {"momentum": "mu", "alpha": "rho", "eps": "eps", "weight_decay": "decay"}
    named = {ours[k]: v for k, v in s.items() if k in ours}
    if "betas" in s:
        named["beta1"], named["beta2"] = s["betas"]
    recipe = Recipe(
        LOSSES[OUR_LOSS.get(case["loss"], case["loss"])],
        OPTIMIZERS[case["optimizer"]](**named),
        s["lr"],
        batch_size=case["batch_size"],
        epochs=case["epochs"],
        l2=case["l2"],
    )
    return network, recipe, (np.array(case["X"]), np.array(case["y"]))


def flat(network, stored):
    """PyTorch's layers as one vector of ours."""
    held = {}
    dense = [name for name in network.p if name.endswith("W")]
    for name, layer in zip(dense, stored, strict=True):
        held[name] = np.column_stack([layer["W"], layer["b"]])
        norm = int(name.split(".")[0]) + 1
        held |= {f"{norm}.{k}": np.array(v)[:, None] for k, v in layer.items() if k not in "Wb"}
    return np.concatenate([held[name].ravel() for name in network.p])


@golden
def test_whole_runs_are_pytorchs(case, monkeypatch):
    network, recipe, data = golden_run(case)
    shuffled_as(monkeypatch, case["batch_order"])
    record = fit(network, recipe, data)
    np.testing.assert_allclose(np.array(record.train_loss), case["losses"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(network.dump()[0], flat(network, case["final"]), rtol=1e-8, atol=1e-9)
    assert record.train_loss[-1] < record.train_loss[0]


@golden
def test_each_batch_is_seen_as_pytorch_saw_it(case):
    """The training forward pass: batch statistics in case f, a short last batch in b and d."""
    network, recipe, data = golden_run(case)
    examples, batches = Examples(network, recipe.loss, *data), Examples(network, recipe.loss, *data)
    with np.errstate(all="ignore"):  # while it records, Adam's eps is still 0
        steps = Steps(network, recipe, batches)
    judged, t = [], 0
    for order in case["batch_order"]:
        examples.copy_into(batches, np.array(order))
        for k, calls in enumerate(steps.calls):
            rows = slice(k * steps.batch, min((k + 1) * steps.batch, len(examples)))
            judged.append(batch_loss(network, recipe.loss, *batches.part(rows.start, rows.stop)))
            t += 1
            steps.knobs[:] = recipe.optimizer.knobs(np.array([float(t)]), np.array([recipe.learning_rate]))[0]
            for function, arguments in calls:
                function(*arguments)
    np.testing.assert_allclose(judged, np.concatenate(case["batch_losses"]), rtol=1e-9, atol=1e-12)


def batch_loss(network, loss, x, y):
    """The loss with batch statistics, leaving the running ones as they are."""
    kept, tape = network.store.copy(), Tape(np.float64)
    z = network.record_forward(tape, x, (np.random.default_rng(0),))
    network.store[...] = kept
    return float(loss.value(z, y))


# What fit measures


def moons(n=60, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    angle = np.pi * rng.random(n) + np.pi * y
    X = np.column_stack([np.cos(angle) + y, np.sin(angle) + 0.5 * y]) + rng.normal(0, 0.2, (n, 2))
    return X, y


def made(models=1, dtype=np.float64, hidden=(5, 5), outputs=1, activation="tanh", seeds=None, **more):
    network = Network(stack(hidden, outputs, activation, inputs=2, **more), 2, models, dtype)
    network.start(seeds or range(models))
    return network


def recipe(**changed):
    return Recipe(**({"loss": LOSSES["bce"], "optimizer": OPTIMIZERS["adam"](), "learning_rate": 0.05} | changed))


def independent(network, row, X, y):
    """Loss and accuracy of kept parameters, computed the plain way."""
    single = Network(network.layers, 2, dtype=network.dtype)
    single.load(row)
    z = single.outputs_for(X)[0].astype(float)
    return np.mean(np.logaddexp(0, -(2 * y - 1) * z)), np.mean((z > 0) == y)


@pytest.mark.parametrize("with_test", [False, True])
@pytest.mark.parametrize(
    ("batch", "more", "late"),
    [
        (16, {}, False),
        (60, {}, True),
        (500, {}, True),
        (60, {"dropout": 0.3}, False),
        (60, {"batch_norm": True}, False),
    ],
)
def test_curves_are_what_an_independent_look_sees(batch, more, late, with_test, monkeypatch):
    """Also where the training loss is read from the next step's own forward pass (the batch is everything)."""
    seen = []
    real = Judge.__init__

    def spy(self, network, loss, X, y, z=None):
        seen.append(z is not None)
        real(self, network, loss, X, y, z)

    monkeypatch.setattr(Judge, "__init__", spy)
    network, train, test = made(**more), moons(), moons(30, 1)
    record = fit(network, recipe(batch_size=batch, epochs=7), train, test if with_test else None)
    assert any(seen) == late
    kept = np.concatenate(record.snapshots)
    assert record.snapshot_epochs == list(range(8))
    curves = [(train, record.train_loss, record.train_accuracy)]
    curves += [(test, record.test_loss, record.test_accuracy)] if with_test else []
    for data, losses, accuracies in curves:
        looks = [independent(network, row, *data) for row in kept]
        np.testing.assert_allclose(np.array([losses, accuracies]).T, looks, rtol=1e-12)
    assert with_test or not record.test_loss


@pytest.mark.parametrize("models", [1, 3])
def test_no_epochs_leave_everything_as_it_was(models):
    for batch in (16, 60):
        network = made(models)
        before = network.dump()
        record = fit(network, recipe(batch_size=batch, epochs=0), moons(), moons(30, 1))
        np.testing.assert_array_equal(network.dump(), before)
        assert [len(c) for c in (record.train_loss, record.test_loss, record.snapshots)] == [1, 1, 1]


@pytest.mark.parametrize(("every", "epochs"), [(1, [0, 1, 2, 3, 4, 5]), (2, [0, 2, 4, 5]), (4, [0, 4, 5]), (0, [])])
def test_snapshots_are_kept_every_so_often_and_at_the_end(every, epochs):
    network = made()
    record = fit(network, recipe(epochs=5), moons(), snapshot_every=every)
    assert record.snapshot_epochs == epochs
    assert len(record.snapshots) == len(epochs)
    if epochs:
        np.testing.assert_array_equal(record.snapshots[-1], network.dump())


@pytest.mark.parametrize("loss", ["bce", "softmax", "mse"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_leaves_the_learners_arrays_alone(loss, dtype):
    X, y = moons()
    y = y.astype(float) if loss == "mse" else y
    kept = X.copy(), y.copy()
    fit(made(dtype=dtype, outputs=2 if loss == "softmax" else 1), recipe(loss=LOSSES[loss], epochs=3), (X, y))
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(y, kept[1])


@pytest.mark.parametrize("models", [1, 3])
@pytest.mark.parametrize("batch", [8, 100])
def test_training_that_measures_nothing_ends_where_the_loop_does(models, batch):
    rng, ends = np.random.default_rng(0), []
    examples = rng.normal(size=(20, 4)), rng.integers(0, 3, 20)
    for way in (fit, train):
        network = Network(stack((5,), 3, "tanh", inputs=4), 4, models)
        network.start(range(models))
        way(network, Recipe(LOSSES["softmax"], OPTIMIZERS["adam"](), 0.05, SCHEDULES["cosine"], batch, 6), examples)
        ends.append(network.dump())
    np.testing.assert_array_equal(*ends)


def test_progress_is_told_each_epoch():
    told = []
    fit(made(), recipe(epochs=3), moons(), progress=told.append)
    assert told == [1, 2, 3]


@pytest.mark.parametrize("name", [n for n in SCHEDULES if n != "plateau"])
def test_the_rates_used_are_the_schedules(name):
    record = fit(made(), recipe(schedule=SCHEDULES[name], epochs=5), moons())
    expected = SCHEDULES[name](np.arange(10), 10, 0.05)
    np.testing.assert_array_equal(np.concatenate(record.learning_rate), expected)


def test_plateau_lowers_the_rate_after_the_epochs_that_did_not_help():
    plateau = ReduceLROnPlateau(5.0, factor=0.5, patience=1)
    changed = recipe(learning_rate=5.0, optimizer=OPTIMIZERS["sgd"](), plateau=plateau, epochs=30)
    record = fit(made(), changed, moons(), moons(30, 2), validation=moons(30, 1))
    again, rates = ReduceLROnPlateau(5.0, factor=0.5, patience=1), [5.0]
    for loss in record.validation_loss[1:]:
        rates.append(again.observe(float(loss)))
    assert [r[0] for r in record.learning_rate] == rates[:-1]
    assert rates[-1] < 5


@pytest.mark.parametrize("with_validation", [False, True])
def test_patience_ends_training_that_many_epochs_after_the_best(with_validation):
    """Pure noise as labels: the validation loss soon rises; a wild rate: the training loss does."""
    X, y = np.random.default_rng(0).normal(size=(60, 2)), np.random.default_rng(1).integers(0, 2, 60)
    sets = (X, y), (X - 3, y), (X + 3, y) if with_validation else None
    train, test, validation = sets
    changed = recipe(patience=4, epochs=200, learning_rate=0.5)
    record = fit(made(), changed, train, test, validation=validation)
    losses = record.validation_loss if with_validation else record.train_loss
    assert record.stopped_early
    assert len(losses) < 201
    assert int(np.argmin(losses)) == len(losses) - 1 - 4
    assert not fit(made(), recipe(patience=4, epochs=4), train, test, validation=validation).stopped_early


def test_the_last_short_batch_is_its_own_step():
    network = made()
    examples = Examples(network, LOSSES["bce"], *moons(50))
    steps = Steps(network, recipe(batch_size=16), examples)
    assert len(steps.calls) == 4
    before = network.store.copy()
    steps.run(OPTIMIZERS["adam"]().knobs(np.arange(1.0, 5), np.full(4, 0.05)))
    assert (network.store != before).any()


@pytest.mark.parametrize("more", [{}, {"dropout": 0.4}, {"batch_norm": True}])
def test_recording_the_steps_leaves_no_trace(more):
    """Two ``Steps`` on one network: the second starts exactly where the first did."""
    paths = []
    for recordings in (1, 3):
        network = made(**more)
        before = network.store.copy()
        examples = Examples(network, LOSSES["bce"], *moons())
        for _ in range(recordings):
            with np.errstate(all="ignore"):
                steps = Steps(network, recipe(batch_size=25), examples)
        np.testing.assert_array_equal(network.store, before)
        assert (steps.state == 0).all()
        steps.run(OPTIMIZERS["adam"]().knobs(np.arange(1.0, 4), np.full(3, 0.05)))
        paths.append(network.store.copy())
    np.testing.assert_array_equal(*paths)


def test_a_network_larger_than_a_piece_is_updated_whole(monkeypatch):
    train = moons()
    paths = []
    for piece in (PIECE, 7):
        monkeypatch.setattr("core.training.steps.PIECE", piece)
        network = made()
        fit(network, recipe(epochs=3, l2=0.01), train)
        paths.append(network.store.copy())
    np.testing.assert_allclose(*paths, rtol=1e-13)


@pytest.mark.parametrize("optimizer", ["adam", "momentum"])
def test_what_has_died_out_is_cleared_away(optimizer):
    """0.9 of the smallest float32 rounds to itself: without this, the memory of a dead unit never gets to 0."""
    network = made(dtype=np.float32, activation="relu")
    network.p["0.W"][:, -1] = -100
    changed = recipe(optimizer=OPTIMIZERS[optimizer](), batch_size=1)
    with np.errstate(all="ignore"):
        steps = Steps(network, changed, Examples(network, changed.loss, *moons(300)))
    steps.state[...] = 1e-33
    table = changed.optimizer.knobs(np.arange(1.0, 301), np.full(300, 0.05))
    memory, dead = steps.state[0], slice(0, network.p["0.W"].size)
    steps.run(table)
    assert (memory[dead] == 0).all()
    kept = np.array([1e-42, -1e-39, 3e-38, -1e-30, 1e-20, -0.3], np.float32)
    network.theta[:6], memory[:] = kept, 1e-39
    steps.tidy()
    assert (memory == 0).all()
    tiny = np.finfo(np.float32).tiny
    assert not ((network.theta != 0) & (np.abs(network.theta) < tiny)).any()
    assert (network.theta[:6] != 0).tolist() == [False, False, True, True, True, True]
    np.testing.assert_allclose(network.theta[3:6], kept[3:], rtol=1e-6)
    np.testing.assert_array_equal(network.theta[4:6], kept[4:])


# Divergence


def exploding(models=1, rates=None, **more):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 2))
    changed = recipe(
        loss=LOSSES["mse"],
        optimizer=OPTIMIZERS["sgd"](),
        learning_rate=1.5,
        relative_rates=rates,
        batch_size=20,
        epochs=60,
    )
    network = made(models, np.float32, activation="relu", initializer="he_normal", **more)
    return network, changed, (X, X[:, 0] ** 2)


@pytest.mark.parametrize("more", [{}, {"dropout": 0.5}, {"batch_norm": True}])
def test_divergence_is_found_at_its_step(more):
    """The step found is the first after which, going by hand, a parameter is not a number."""
    network, changed, data = exploding(**more)
    if more:
        changed = recipe(**{**vars(changed), "learning_rate": 100.0})
    record = fit(network, changed, data)
    assert record.diverged_step is not None
    assert len(record.train_loss) == record.diverged_step // 3 + 2
    network = exploding(**more)[0]
    examples, batches = (Examples(network, changed.loss, *data) for _ in range(2))
    steps, order = Steps(network, changed, batches), np.random.default_rng([11, 0])
    with np.errstate(all="ignore"):
        for step in range(record.diverged_step + 1):
            assert np.isfinite(network.theta).all()
            if step % 3 == 0:
                examples.copy_into(batches, order.permutation(50))
            steps.knobs[:] = changed.learning_rate
            for function, arguments in steps.calls[step % 3]:
                function(*arguments)
    assert not np.isfinite(network.theta).all()


@pytest.mark.parametrize("more", [{}, {"dropout": 0.3}])
def test_a_model_that_diverges_does_not_disturb_its_neighbors(more):
    rates = np.array([0.01, 1000.0, 0.02])
    network, changed, data = exploding(3, rates, **more)
    record = fit(network, changed, data)
    losses = np.array(record.train_loss)
    assert record.diverged_step is not None
    assert len(losses) == 61
    assert np.isfinite(losses[:, [0, 2]]).all()
    assert not np.isfinite(losses[-1, 1])
    for m in (0, 2):
        alone = made(1, np.float32, activation="relu", initializer="he_normal", seeds=[m], **more)
        own = recipe(
            **{**vars(changed), "learning_rate": 1.5 * rates[m], "relative_rates": None, "dropout_seeds": (m,)}
        )
        np.testing.assert_allclose(np.array(fit(alone, own, data).train_loss), losses[:, m], rtol=1e-3)


def test_large_weights_alone_are_no_divergence():
    """Their sum overflows float32; none of them does."""
    network = made(dtype=np.float32, hidden=(3,))
    network.p["0.W"][...] = 2e38
    record = fit(network, recipe(optimizer=OPTIMIZERS["sgd"](), learning_rate=1e-5, epochs=2), moons())
    assert np.isfinite(network.theta).all()
    assert record.diverged_step is None
    assert len(record.train_loss) == 3


# M networks side by side are M networks


def assert_same_as_alone(together, changed, data, each, dtype):
    """Train M models in one pass; then each alone with its own settings; compare weights and curves."""
    models, close = len(each), {np.float64: 1e-9, np.float32: 2e-3}[dtype]
    own_rates = np.array([s.get("learning_rate", 0.05) for s in each])
    own = {k: np.array([s.get(k, 0.0) for s in each]) for k in ("l1", "l2")}
    more = {"relative_rates": own_rates / 0.05} if np.ptp(own_rates) else {}
    seeds = tuple(s.get("seed", 0) for s in each)
    network = made(models, dtype, seeds=seeds, **together)
    record = fit(network, recipe(**changed, **own, **more, dropout_seeds=seeds), data, moons(30, 1))
    for m, settings in enumerate(each):
        seed = settings.get("seed", 0)
        alone = made(1, dtype, seeds=[seed], **together)
        theirs = {k: v for k, v in settings.items() if k != "seed"}
        single = fit(alone, recipe(**changed, **theirs, dropout_seeds=(seed,)), data, moons(30, 1))
        np.testing.assert_allclose(network.dump()[m], alone.dump()[0], rtol=close, atol=close)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            ours, theirs = np.array(getattr(record, name))[:, m], np.array(getattr(single, name))
            assert ours.shape == theirs.shape == (7,)
            np.testing.assert_allclose(ours, theirs, rtol=close, atol=close if "loss" in name else 0.02)


VARIED = {
    "seeds": [{"seed": 3}, {"seed": 0}, {"seed": 7}],
    "rates": [{"learning_rate": r} for r in (0.001, 0.05, 0.3)],
    "penalties": [{"l1": 0.01}, {"l2": 0.3}, {}, {"l1": 0.1, "l2": 0.1}],
    "all": [{"seed": 1, "learning_rate": 0.1}, {"seed": 2, "l2": 0.1}],
}
LAYERS = [{}, {"dropout": 0.3}, {"batch_norm": True}, {"hidden": (2, 2), "residual": True}]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("layers", LAYERS, ids=lambda layers: next(iter(layers), "dense"))
@pytest.mark.parametrize("varied", list(VARIED))
def test_models_side_by_side_train_as_each_would_alone(varied, layers, dtype):
    # Batch norm takes away the bias before it, so that bias's gradient is 0 but for rounding, which Adam would blow up.
    optimizer = OPTIMIZERS["sgd" if "batch_norm" in layers else "adam"]()
    changed = {"epochs": 6, "batch_size": 25, "optimizer": optimizer}
    assert_same_as_alone(layers, changed, moons(), VARIED[varied], dtype)


def test_dropout_has_a_seed_for_each_model():
    network = made(3, seeds=[0, 0, 0], dropout=0.5)
    fit(network, recipe(epochs=2, dropout_seeds=(5, 6, 5)), moons())
    first, second, third = network.dump()
    np.testing.assert_allclose(first, third, rtol=1e-12)
    assert np.abs(first - second).max() > 0.01


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_with_every_optimizer_and_a_batch_of_everything(optimizer):
    changed = {"epochs": 6, "batch_size": 60, "optimizer": OPTIMIZERS[optimizer]()}
    assert_same_as_alone({}, changed, moons(), VARIED["rates"] + VARIED["seeds"], np.float64)


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_with_every_activation_and_three_classes(activation):
    X, y = moons()
    changed = {"epochs": 6, "loss": LOSSES["softmax"]}
    together, data = {"outputs": 3, "activation": activation, "hidden": (3,)}, (X, y + (X[:, 0] > 1))
    rows = np.clip(moons(30, 1)[1], 0, 2)
    assert set(rows) <= {0, 1, 2}
    assert_same_as_alone(together, changed, data, VARIED["seeds"], np.float64)


def test_each_model_can_have_data_of_its_own():
    """As the folds of a cross-validation do: ``X (N, M, inputs)`` and ``y (N, M)``."""
    sets = [moons(40, seed) for seed in range(3)]
    X, y = np.stack([X for X, _ in sets], axis=1), np.stack([y for _, y in sets], axis=1)
    network = made(3)
    record = fit(network, recipe(epochs=5, batch_size=15), (X, y))
    for m, data in enumerate(sets):
        alone = made(seeds=[m])
        single = fit(alone, recipe(epochs=5, batch_size=15), data)
        np.testing.assert_allclose(network.dump()[m], alone.dump()[0], atol=1e-11)
        np.testing.assert_allclose(np.array(record.train_loss)[:, m], single.train_loss, atol=1e-11)


# Accuracy


def test_accuracy_by_hand():
    network = Network(stack((), 1, inputs=1), 1, dtype=np.float64)
    network.load(np.array([1.0, 0.0]))
    X = np.array([[-1.0], [2.0], [3.0], [-4.0]])
    assert Judge(network, LOSSES["bce"], X, np.array([0, 1, 0, 0]))()[1] == 0.75
    assert Judge(network, LOSSES["mse"], X, X[:, 0])()[1] == 1
    y = np.array([0.0, 1, 2, 3])
    r2 = 1 - np.sum((X[:, 0] - y) ** 2) / np.sum((y - 1.5) ** 2)
    assert Judge(network, LOSSES["mse"], X, y)()[1] == pytest.approx(r2)
    three = Network(stack((), 3, inputs=1), 1, dtype=np.float64)
    three.load(np.array([1, 0, -1, 0, 0, 0.5]))
    assert Judge(three, LOSSES["softmax"], X, np.array([1, 0, 0, 2]))()[1] == 0.75


def test_two_outputs_are_judged_together():
    """R^2 over both outputs, each against its own mean."""
    network = Network(stack((), 2, inputs=1), 1, dtype=np.float64)
    network.load(np.array([1.0, 0, 0, 0]))
    X, Y = np.array([[0.0], [2.0]]), np.array([[0.0, 5], [2, 7]])
    loss, r2 = Judge(network, LOSSES["mse"], X, Y)()
    assert loss == pytest.approx((25 + 49) / 4)
    assert r2 == pytest.approx(1 - (74 / 4) / 1)

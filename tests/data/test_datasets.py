import numpy as np
import pytest
from sklearn import datasets as oracle

from core.data.datasets import DATASETS, MAX_SAMPLES, MAX_SEED, MIN_SAMPLES, load
from core.data.regression import bump_truth, curve_truth, plane_truth, sine_truth

EXPECTED = {
    *("moons", "circles", "xor", "spirals2", "spirals3", "gauss"),
    *(f"blobs{count}" for count in range(2, 7)),
    *("plane", "sine", "bump", "curve"),
    *("iris", "wine", "breast_cancer", "digits", "diabetes"),
}
SYNTHETIC = [name for name, spec in DATASETS.items() if spec.synthetic]
REAL = [name for name, spec in DATASETS.items() if not spec.synthetic]
DRAWN_CLASSES = [name for name in SYNTHETIC if DATASETS[name].task == "classification"]


def same(a, b):
    return np.array_equal(a.X, b.X) and np.array_equal(a.y, b.y)


def nearest_neighbor_accuracy(data):
    distance = np.linalg.norm(data.X[:, None] - data.X[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    return (data.y[distance.argmin(axis=1)] == data.y).mean()


def linear_accuracy(X, y):
    inputs = np.column_stack([X, np.ones(len(X))])
    codes = np.eye(y.max() + 1)[y]
    weights = np.linalg.lstsq(inputs, codes, rcond=None)[0]
    return ((inputs @ weights).argmax(axis=1) == y).mean()


def test_registry_is_complete_and_consistent():
    assert set(DATASETS) == EXPECTED
    for name, spec in DATASETS.items():
        assert spec.name == name
        low, high = spec.noise_range
        assert low <= spec.default_noise <= high
        assert (spec.n_classes > 0) == (spec.task == "classification")
        assert spec.about.endswith((".", "?"))
        assert len(spec.about.split()) <= 25
    assert len({spec.title for spec in DATASETS.values()}) == len(DATASETS)


@pytest.mark.parametrize("name", DATASETS)
def test_data_keep_what_the_spec_promises(name):
    spec = DATASETS[name]
    data = load(name, spec.max_samples, spec.default_noise, 3)
    assert data.X.shape == (spec.max_samples, spec.dimensions)
    assert data.y.shape == (spec.max_samples,)
    assert data.X.dtype == np.float64
    assert data.y.dtype == (np.int64 if spec.task == "classification" else np.float64)
    assert data.task == spec.task
    assert len(data.classes) == spec.n_classes
    assert len(set(data.features)) == len(data.features) == spec.dimensions
    assert all(type(word) is str for word in (*data.classes, *data.features, data.target))
    assert data.planar == (spec.dimensions == 2)
    if spec.task == "classification":
        assert set(np.unique(data.y)) == set(range(spec.n_classes))


@pytest.mark.parametrize("name", DATASETS)
def test_same_seed_same_data_other_seed_other_data(name):
    noise = DATASETS[name].default_noise
    first = load(name, 60, noise, 7)
    assert same(first, load(name, 60, noise, 7))
    assert not same(first, load(name, 60, noise, 8))


@pytest.mark.parametrize("name", SYNTHETIC)
def test_noise_changes_the_data(name):
    assert not same(load(name, 60, 0.0, 1), load(name, 60, 0.3, 1))


@pytest.mark.parametrize("name", DRAWN_CLASSES)
@pytest.mark.parametrize("samples", [MIN_SAMPLES, 101])
def test_classes_are_of_equal_size_and_shuffled(name, samples):
    data = load(name, samples, 0.1, 5)
    counts = np.bincount(data.y, minlength=DATASETS[name].n_classes)
    assert counts.max() - counts.min() <= 1
    period = 4 if name == "xor" else DATASETS[name].n_classes
    assert not (np.diff(data.y) >= 0).all()
    assert not np.array_equal(data.y[period:], data.y[:-period])


def test_moons_are_those_of_scikit_learn():
    data = load("moons", 201, 0.2, 0)
    X, y = oracle.make_moons(n_samples=201, noise=0.2, random_state=0)
    np.testing.assert_array_equal(data.X, X)
    np.testing.assert_array_equal(data.y, y)
    assert data.X[data.y == data.classes.index("upper moon"), 1].mean() > 0.5


def test_circles_are_those_of_scikit_learn():
    data = load("circles", 100, 0.1, 4)
    X, y = oracle.make_circles(n_samples=100, noise=0.1, factor=0.4, random_state=4)
    np.testing.assert_array_equal(data.X, X)
    np.testing.assert_array_equal(data.y, y)
    inner = data.y == data.classes.index("inner ring")
    assert np.linalg.norm(data.X[inner], axis=1).max() < np.linalg.norm(data.X[~inner], axis=1).mean()


@pytest.mark.parametrize("count", range(2, 7))
def test_blobs_lie_around_fixed_centers(count):
    for seed in (0, 1):
        data = load(f"blobs{count}", 600, 0.3, seed)
        for k in range(count):
            angle = 2 * np.pi * k / count
            cloud = data.X[data.y == k]
            np.testing.assert_allclose(cloud.mean(axis=0), [2 * np.cos(angle), 2 * np.sin(angle)], atol=0.12)
            np.testing.assert_allclose(cloud.std(axis=0), 0.3, atol=0.06)


def test_blobs_without_noise_differ_in_one_coordinate_only():
    assert (load("blobs2", 50, 0.0, 0).X[:, 1] == 0).all()


def test_blobs_are_those_of_scikit_learn():
    centers = [[2, 0], [-1, np.sqrt(3)], [-1, -np.sqrt(3)]]
    X, y = oracle.make_blobs(n_samples=90, centers=centers, cluster_std=0.4, random_state=2)
    data = load("blobs3", 90, 0.4, 2)
    np.testing.assert_allclose(data.X, X, atol=1e-12)
    np.testing.assert_array_equal(data.y, y)


def test_xor_labels_follow_the_signs_and_need_both_inputs():
    data = load("xor", 400, 0.0, 1)
    np.testing.assert_array_equal(data.y, data.X[:, 0] * data.X[:, 1] < 0)
    assert np.abs(data.X).max() <= 1
    assert linear_accuracy(data.X, data.y) < 0.65
    assert linear_accuracy(data.X[:, :1] * data.X[:, 1:], data.y) > 0.9


def test_xor_jitter_comes_after_the_label():
    data = load("xor", 2000, 0.3, 1)
    wrong = (data.y != (data.X[:, 0] * data.X[:, 1] < 0)).mean()
    assert 0.1 < wrong < 0.5
    assert np.abs(data.X).max() > 1.2


@pytest.mark.parametrize("arms", [2, 3])
def test_spirals_wind_around_each_other(arms):
    data = load(f"spirals{arms}", 600, 0.0, 2)
    assert nearest_neighbor_accuracy(data) == 1.0
    assert linear_accuracy(data.X, data.y) < 1 / arms + 0.25
    # Turn every point back by what its radius has turned it: what remains is the angle of its arm.
    radius = np.linalg.norm(data.X, axis=1)
    assert radius.max() <= 3
    assert radius.min() >= 3 * 0.15 - 1e-12
    turns = np.arctan2(data.X[:, 1], data.X[:, 0]) / (2 * np.pi) - 3 / arms * radius / 3
    np.testing.assert_array_equal(np.round(turns * arms) % arms, data.y)


def test_gauss_has_the_best_accuracy_it_claims():
    data = load("gauss", MAX_SAMPLES, 1.0, 0)
    best = ((data.X.sum(axis=1) > 0) == data.y).mean()
    assert best == pytest.approx(0.921, abs=0.012)


@pytest.mark.parametrize(
    ("name", "truth"), [("plane", plane_truth), ("bump", bump_truth), ("sine", sine_truth), ("curve", curve_truth)]
)
def test_regression_is_truth_plus_noise(name, truth):
    clean = load(name, 200, 0.0, 6)
    np.testing.assert_array_equal(clean.y, truth(clean.X))
    noisy = load(name, MAX_SAMPLES, 0.2, 6)
    assert (noisy.y - truth(noisy.X)).std() == pytest.approx(0.2, rel=0.05)
    assert (noisy.y - truth(noisy.X)).mean() == pytest.approx(0, abs=0.015)


def test_truths_by_hand():
    X = np.array([[0.0, 0.0], [1.0, -1.0]])
    np.testing.assert_allclose(plane_truth(X), [0.5, 3.5])
    np.testing.assert_allclose(bump_truth(X), [1, np.exp(-2)])
    x = np.array([[0.0], [np.pi / 2]])
    np.testing.assert_allclose(sine_truth(x), [0, 1])
    np.testing.assert_allclose(curve_truth(x), [0, 1.4])


@pytest.mark.parametrize("name", REAL)
def test_real_data_are_those_of_scikit_learn(name):
    options = {"scaled": False} if name == "diabetes" else {}
    bunch = getattr(oracle, f"load_{name}")(**options)
    data = load(name, DATASETS[name].max_samples, 0.0, 9)
    np.testing.assert_allclose(data.X, bunch.data / (16 if name == "digits" else 1))
    np.testing.assert_array_equal(data.y, bunch.target)
    if name in ("iris", "breast_cancer"):
        assert data.classes == tuple(bunch.target_names)


@pytest.mark.parametrize("name", REAL)
def test_real_data_ignore_noise_and_take_samples_as_an_upper_bound(name):
    all_rows = load(name, DATASETS[name].max_samples, 0.0, 1)
    assert same(all_rows, load(name, 100_000, 5.0, 2))
    some = load(name, 40, 0.0, 1)
    assert len(some.X) == 40
    rows = {tuple(row) for row in all_rows.X}
    assert all(tuple(row) in rows for row in some.X)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("moon", 100, 0.1, 0), "no data set 'moon'.*moons"),
        (("", 100, 0.1, 0), "moons"),
        (("moons", MIN_SAMPLES - 1, 0.1, 0), "samples"),
        (("moons", MAX_SAMPLES + 1, 0.1, 0), "samples"),
        (("iris", MIN_SAMPLES - 1, 0.0, 0), "samples"),
        (("moons", 100, -0.01, 0), "noise"),
        (("moons", 100, 0.51, 0), "noise"),
        (("xor", 100, float("nan"), 0), "noise"),
        (("moons", 100, 0.1, -1), "seed"),
        (("iris", 100, 0.1, MAX_SEED + 1), "seed"),
    ],
)
def test_load_refuses_what_is_not_lawful(arguments, message):
    with pytest.raises(ValueError, match=message):
        load(*arguments)


def test_load_takes_the_ends_of_every_range():
    assert len(load("moons", MIN_SAMPLES, 0.5, MAX_SEED).X) == MIN_SAMPLES
    assert len(load("curve", MAX_SAMPLES, 0.5, MAX_SEED).X) == MAX_SAMPLES


def test_rows_choose_examples_in_order():
    data = load("iris", 150, 0.0, 0)
    some = data.rows(np.array([100, 0]))
    np.testing.assert_array_equal(some.X, data.X[[100, 0]])
    np.testing.assert_array_equal(some.y, [2, 0])
    assert some.classes == data.classes

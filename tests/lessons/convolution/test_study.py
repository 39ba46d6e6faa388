"""One kernel by hand and against SciPy, and what trained kernels claim."""

import numpy as np
import pytest
from scipy.signal import correlate2d
from sklearn.datasets import load_digits

from core.lessons.convolution import kernel, study, words
from core.training.loop import fit

RNG = np.random.default_rng(0)
PAGE = RNG.integers(0, 17, (8, 8)).astype(float)
KERNELS = [kernel.from_text(text) for _, text in kernel.PRESETS.values()] + [RNG.integers(-40, 41, (3, 3)) / 10]


@pytest.mark.parametrize("layer", kernel.LAYERS)
@pytest.mark.parametrize("weights", KERNELS, ids=kernel.to_text)
def test_a_feature_map_is_scipys_correlation(layer, weights):
    padding, stride, _ = kernel.LAYERS[layer]
    found = kernel.slid(PAGE, weights, kernel.layer(layer))
    expected = correlate2d(np.pad(PAGE, padding), weights, "valid")[::stride, ::stride]
    np.testing.assert_allclose(found["z"], expected, atol=1e-12)
    np.testing.assert_allclose(found["products"].sum((1, 2)), expected.ravel(), atol=1e-12)
    h, w = (side // 2 for side in expected.shape)
    blocks = expected[: 2 * h, : 2 * w].reshape(h, 2, w, 2)
    np.testing.assert_allclose(found["pooled"], blocks.max((1, 3)), atol=1e-12)


def test_the_copying_kernel_copies():
    z = kernel.feature_map(PAGE, kernel.from_text(kernel.PRESETS["copy"][1]), kernel.layer("padding"))
    np.testing.assert_allclose(z[:, 1:], PAGE[:, :-1])
    assert not z[:, 0].any()


def test_turning_the_kernel_makes_it_a_convolution():
    from scipy.signal import convolve2d

    for weights in KERNELS:
        z = kernel.feature_map(PAGE, kernel.turned(weights), kernel.layer("plain"))
        np.testing.assert_allclose(z, convolve2d(PAGE, weights, "valid"), atol=1e-12)


def test_a_page_of_ink_says_nothing_to_an_edge_kernel():
    weights = kernel.from_text(kernel.FIRST)
    assert not kernel.feature_map(np.full((8, 8), 16.0), weights, kernel.layer("plain")).any()
    assert kernel.feature_map(np.full((8, 8), 16.0), weights, kernel.layer("padding")).any()


def test_the_largest_answer_is_where_paper_is_left_and_ink_right():
    """By hand, on every test digit: under the largest z there is more ink on the right than on the left."""
    for picture in study.data()["X_test"]:
        page = picture.reshape(8, 8) * 16
        sums = [
            (sum(page[r + u][c + 2] for u in range(3)), sum(page[r + u][c] for u in range(3)))
            for r in range(6) for c in range(6)
        ]  # fmt: skip
        right, left = max(sums, key=lambda both: both[0] - both[1])
        found = kernel.asked(page)
        assert (found["best"], found["right"], found["left"]) == (right - left, right, left)
        assert right - left > 0
        assert found["dark"] <= found["best"]


def test_a_moved_picture_has_a_moved_map():
    for picture in study.data()["X_test"][:50]:
        for weights in KERNELS:
            there = kernel.moved(picture.reshape(8, 8) * 16, weights)
            assert there["after"] == pytest.approx(there["z"])
            assert there["next"] == there["column"] + 1


@pytest.mark.parametrize("by", study.WAYS)
def test_shifting_is_numpys_roll_with_paper_coming_in(by):
    right, down = by
    page = RNG.uniform(size=(5, 8, 8))
    rolled = np.roll(page, (down, right), (1, 2))
    if right:
        rolled[:, :, 0 if right > 0 else -1] = 0
    if down:
        rolled[:, 0 if down > 0 else -1] = 0
    np.testing.assert_array_equal(kernel.shifted(page.reshape(5, 64), right, down).reshape(5, 8, 8), rolled)


def test_a_kernel_out_of_a_link():
    assert kernel.read_kernel("Kernel", "1 2 3 4 -4 0 0.5 .25 9", "d") == (
        "1 2 3 4 -4 0 0.5 0.2 4", "Kernel: “9” is out of range, so it is 4."
    )  # fmt: skip
    for text in ("", "1 2 3", "1 2 3 4 5 6 7 8 9 10", "1" * 500):
        value, problem = kernel.read_kernel("Kernel", text, kernel.FIRST)
        assert value == kernel.FIRST
        assert "left out" in problem
    value, problem = kernel.read_kernel("Kernel", "1 2 3 4 nan 0 0 0 0", "d")
    assert value == "1 2 3 4 0 0 0 0 0"
    assert "is not a number" in problem
    for _, text in kernel.PRESETS.values():
        assert kernel.read_kernel("Kernel", text, "d") == (text, "")
        assert kernel.to_text(kernel.from_text(text)) == text


def test_the_counts_are_those_of_the_layers():
    for name in kernel.LAYERS:
        counts, conv = kernel.counts(kernel.layer(name)), kernel.layer(name)
        assert counts["places"] == conv.units(64) == counts["side"] ** 2
        assert (counts["own"], counts["dense"]) == (conv.units(64) * 9, conv.units(64) * 64)
    assert study.parameters("kernels", 8) == 8 * (9 + 1) + 10 * (8 * 9 + 1) == 810
    assert study.parameters("dense", 32) == 32 * 65 + 10 * 33 == 2410
    assert study.work("kernels", 4) == 4 * 36 * 9 + 10 * 4 * 9
    assert study.work("dense", 16) == 16 * 64 + 10 * 16


def test_the_digits_are_those_of_scikit_learn():
    d, everything = study.data(), load_digits()
    assert len(d["y_test"]) == study.TESTED
    assert len(d["y"]) + study.TESTED == len(everything.target)
    assert d["X"].max() == 1.0
    assert sorted(np.bincount(d["y_test"])) >= [50] * 10


def test_step_by_step_is_the_same_training_as_fit():
    d, seed = study.data(), 3
    network = study.network_of("kernels", 2)
    network.start([seed])
    fit(network, study.recipe(seed), (d["X"], d["y"]), snapshot_every=0)
    run = study.watched(2, seed)
    np.testing.assert_allclose(run["theta"][-1], network.store, atol=1e-6)
    assert run["accuracy"][-1] == study.right(network, d["X_test"], d["y_test"])
    assert run["steps"][0] == 0
    assert run["steps"][-1] == study.EPOCHS * -(-len(d["X"]) // study.BATCH)


def test_what_is_drawn_is_what_the_network_computes():
    """Each kernel's map by SciPy, its pooled map by hand, and the answer by the dense layer."""
    run, picture = study.watched(4, 0), study.data()["X_test"][9]
    seen = study.seen(run["theta"], 4, picture)
    for frame in (0, 20, -1):
        theta = run["theta"][frame]
        first, last = theta[:40].reshape(4, 10), theta[40:].reshape(10, 37)
        for k in range(4):
            kernel_ = first[k, :9].reshape(3, 3)
            np.testing.assert_allclose(seen["kernels"][frame, k], kernel_)
            z = correlate2d(picture.reshape(8, 8), kernel_, "valid") + first[k, 9]
            np.testing.assert_allclose(seen["maps"][frame, k], np.maximum(z, 0), atol=1e-5)
            blocks = np.maximum(z, 0).reshape(3, 2, 3, 2).max((1, 3))
            np.testing.assert_allclose(seen["pooled"][frame, k], blocks, atol=1e-5)
        z = last[:, :36] @ seen["pooled"][frame].ravel() + last[:, 36]
        np.testing.assert_allclose(seen["chances"][frame], np.exp(z) / np.exp(z).sum(), atol=1e-4)


def test_neighbors_are_alike_until_they_are_shuffled():
    X = study.data()["X"]
    assert study.alike(X) > 0.3
    assert abs(study.alike(study.shuffled(X))) < 0.05
    np.testing.assert_array_equal(np.sort(study.shuffled(X), 1), np.sort(X, 1))


def median(kind, size, way="plain", on="test"):
    return float(np.median(study.ends(kind, size, way)[on]))


@pytest.mark.claims
def test_a_third_of_the_weights_gets_as_many_right():
    kernels, dense = median("kernels", 8), median("dense", 32)
    assert abs(kernels - dense) < 0.012
    assert min(kernels, dense) > 0.96
    assert study.parameters("kernels", 8) * 2.9 < study.parameters("dense", 32)


@pytest.mark.claims
def test_another_start_ends_about_the_same():
    """The start that the experiment sets, and most of twenty; its last moment is what the comparison counted."""
    (another,) = [one for one in words.TRIES_TRAINED if one.label == "Another start"]
    ends, seed = study.ends("kernels", study.ASKED)["test"], another.values["seed"]
    assert another.values["kernels"] == str(study.ASKED)
    assert abs(ends[seed] - np.median(ends)) < 0.012
    assert np.quantile(np.abs(ends - np.median(ends)), 0.8) < 0.018
    assert study.watched(study.ASKED, seed)["accuracy"][-1] == pytest.approx(ends[seed], abs=0.004)


@pytest.mark.claims
def test_one_pixel_hurts_both_and_the_kernels_less():
    for kind, size in (("kernels", 8), ("dense", 32)):
        assert median(kind, size) - median(kind, size, on="shifted") > 0.3
    assert 0.5 < median("kernels", 8, on="shifted") < 0.7
    assert median("dense", 32, on="shifted") < 0.55
    assert median("kernels", 8, on="shifted") - median("dense", 32, on="shifted") > 0.08
    found = study.ends("kernels", 8)
    assert np.median(found["shifted"] / found["test"]) < 0.64  # "more than a third of its right answers"


@pytest.mark.claims
def test_copies_cure_both():
    for kind, size in (("kernels", 8), ("dense", 32)):
        learned, before = study.ends(kind, size, "copies")["shifted"], study.ends(kind, size)["shifted"]
        assert (learned > before).all()
        assert np.median(learned) > 0.84


@pytest.mark.claims
def test_shuffled_pixels_hurt_kernels_only():
    assert median("kernels", 8) - median("kernels", 8, "shuffled") > 0.012
    assert abs(median("dense", 32) - median("dense", 32, "shuffled")) < 0.01
    assert median("dense", 32, "shuffled") - median("kernels", 8, "shuffled") > 0.008
    for kind, size in (("kernels", 8), ("dense", 32)):
        for way in ("plain", "shuffled"):
            assert study.ends(kind, size, way)["test"].min() > study.LOWEST["shuffled"] - 0.005


@pytest.mark.claims
def test_few_kernels_beat_few_units_by_weights_and_lose_by_work():
    assert study.parameters("kernels", 2) < study.parameters("dense", 4)
    assert median("kernels", 2) > median("dense", 4) + 0.05
    assert study.work("kernels", 4) > study.work("dense", 16)
    assert median("kernels", 4) <= median("dense", 16) + 0.005

"""Squeezing digits: the same network taken apart, and principal components against scikit-learn."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.charts.small import small_pictures, small_pictures_text
from core.lessons.autoencoder import charts, study, words, worked
from core.nn.network import Network

LAST = len(study.EPOCHS) - 1


@pytest.fixture(scope="module")
def one():
    return study.run()


@pytest.mark.parametrize("size", study.SIZES)
def test_principal_components_are_scikit_learns(size):
    d, theirs = study.digits(), PCA(size, svd_solver="full").fit(study.digits().train)
    drawn = theirs.inverse_transform(theirs.transform(d.test))
    np.testing.assert_allclose(study.components(size).redraw(d.test), drawn, atol=1e-9)
    at = study.SIZES.index(size)
    assert study.component_errors()[at] == pytest.approx(np.square(d.test - drawn).mean())


def test_encoder_and_decoder_are_the_network_cut_in_two(one):
    d, network = study.digits(), Network(study.layers(2, "tanh"), 64)
    for moment in (0, 3, LAST):
        network.load(one.parameters[moment])
        whole = network.outputs_for(d.test).T
        halves = study.decode(one, moment, study.encode(one, moment, d.test))
        np.testing.assert_allclose(halves, whole, atol=1e-5)
        assert study.error(d.test, halves) == pytest.approx(one.errors[study.EPOCHS[moment]], rel=1e-4)


def test_what_is_drawn_at_a_place_of_the_map(one):
    """The tile at row 2, column 7 is the drawing of its middle."""
    side, edges = 12, study.extent(one)
    sheet = study.tiles(one, LAST, edges, side)
    x = edges[0] + (edges[1] - edges[0]) * 7.5 / side
    y = edges[2] + (edges[3] - edges[2]) * 2.5 / side
    assert sheet.shape == (120, 120)
    assert not any(edge.any() for edge in (sheet[20], sheet[29], sheet[:, 70], sheet[:, 79]))
    tile = sheet[21:29, 71:79][::-1]
    np.testing.assert_allclose(
        tile, np.clip(study.decode(one, LAST, np.array([[x, y]])), 0, 1).reshape(8, 8), atol=1e-6
    )


def test_neighbors_by_a_plain_loop(one):
    d = study.digits()
    codes = study.encode(one, LAST, d.test)[:80]
    found = 0
    for n, code in enumerate(codes):
        distances = [np.inf if m == n else np.sum((code - other) ** 2) for m, other in enumerate(codes)]
        found += d.labels[int(np.argmin(distances))] == d.labels[n]
    assert study.neighbors(codes, d.labels[:80]) == pytest.approx(found / 80)


def test_the_place_in_between_has_no_picture_close_by(one):
    place = next(t.values for t in words.TRIES if t.label == "In between")
    codes = study.encode(one, LAST, study.digits().test)
    at = np.array([place["px"], place["py"]])
    assert np.linalg.norm(codes - at, axis=1).min() > 0.12
    assert all((np.sign(codes[:, k] - at[k]) == sign).any() for k in range(2) for sign in (-1, 1))


def test_the_nearest_code():
    assert study.nearest(np.array([[0.0, 0], [1, 1], [0.4, 0.6]]), (0.5, 0.5)) == 2


def test_no_picture_is_learned_and_tested():
    d = study.digits()
    assert len(d.train) + len(d.test) == 1797
    assert len(d.labels) == len(d.test) == 540


@pytest.mark.claims
def test_the_claims_over_twenty_starts():
    flat = dict(zip(study.SIZES, study.component_errors(), strict=True))
    found = {size: study.last_errors(size) for size in (2, 32)}
    assert np.median(found[2]) < 0.95 * flat[2]
    assert np.median(found[32]) > 1.15 * flat[32]


@pytest.mark.claims
def test_without_bends_it_is_no_better_than_principal_components():
    found, flat = study.last_errors(2, "identity", epochs=20), study.component_errors()[1]
    assert found.min() > 0.995 * flat
    assert np.median(found) < 1.1 * flat


@pytest.mark.claims
def test_pictures_of_the_same_digit_are_neighbors():
    d, network = study.digits(), Network(study.layers(2, "tanh"), 64, study.SEEDS)
    network.start(range(study.SEEDS))
    study.fit(network, study.recipe(30), (d.train, d.train), snapshot_every=0)
    codes = network.activations_for(d.test)[study.ENCODER - 1][:-1]
    shares = [study.neighbors(codes[:, m].T, d.labels) for m in range(study.SEEDS)]
    assert np.quantile(shares, 0.1) > 0.5  # "more than half"
    assert max(shares) < 0.9  # and far from "nearly always"


def test_the_worked_line_is_so_as_written(one):
    d = study.digits()
    drawn = study.decode(one, LAST, study.encode(one, LAST, d.test[:1]))[0]
    line = worked.line(d.test[0], drawn)
    k = int(np.abs(d.test[0] - drawn).argmax())
    x, y = (float(f"{v:.2f}") for v in (d.test[0][k], drawn[k]))
    assert f"{(x - y) ** 2:.3f}" in line
    assert f"x_{{{k + 1}}}" in line


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(one, mode):
    d = study.digits()
    codes = np.stack([study.encode(one, k, d.test) for k in (0, LAST)])
    sheets = np.stack([study.tiles(one, k, study.extent(one), 4) for k in (0, LAST)])
    for drawn in (None, sheets):
        charts.code_map(codes, d.labels, drawn, study.extent(one), (0, 0), mode, "Map", 1).to_dict(validate=True)
    small_pictures(d.test[:3], list("abc"), mode, "Pictures").to_dict(validate=True)
    flat = study.component_errors()
    for size in study.SIZES:
        charts.errors(study.SIZES, flat, flat, size, mode, "Errors").to_dict(validate=True)
        charts.errors(study.SIZES, [np.nan] * len(flat), flat, size, mode, "Errors").to_dict(validate=True)
    assert "1: still to come and 0.0629" in charts.errors_text(study.SIZES, [np.nan] * len(flat), flat)
    assert "9 at [" in charts.code_map_text(codes[1], d.labels, (0, 0))
    assert small_pictures_text(d.test[:1], ["a"]).startswith("a: ")
    assert "32: 0.0026 and 0.0026" in charts.errors_text(study.SIZES, flat, flat)

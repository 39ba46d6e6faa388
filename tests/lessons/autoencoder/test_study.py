"""Squeezing digits: the same network taken apart, and principal components against scikit-learn."""

from functools import lru_cache

import numpy as np
import pytest
from sklearn.decomposition import PCA

from core.charts.gallery import gallery, gallery_text
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
    place = next(t.values for t in words.TRIES if t.label == "Between the groups")
    codes = study.encode(one, LAST, study.digits().test)
    at = np.array([place["px"], place["py"]])
    assert np.linalg.norm(codes - at, axis=1).min() > 0.12
    assert all((np.sign(codes[:, k] - at[k]) == sign).any() for k in range(2) for sign in (-1, 1))


def test_the_map_opens_in_the_middle_of_a_group(one):
    place = words.TRIES[0].values
    codes = study.encode(one, LAST, study.digits().test)
    near = np.linalg.norm(codes - [place["px"], place["py"]], axis=1).argsort()[:8]
    assert len(set(study.digits().labels[near])) == 1


def test_the_nearest_code():
    assert study.nearest(np.array([[0.0, 0], [1, 1], [0.4, 0.6]]), (0.5, 0.5)) == 2


def test_no_picture_is_learned_and_tested():
    d = study.digits()
    assert len(d.train) + len(d.test) == 1797
    assert len(d.labels) == len(d.test) == 540


@pytest.fixture(scope="module")
def many():
    """Return networks from twenty starts, trained as long as the page trains; each kind only once."""
    return lru_cache(study.many)


def test_what_is_measured_of_many_networks_is_what_is_measured_of_each():
    network, d = Network(study.layers(2, "tanh"), 64, 2), study.digits()
    network.start([3, 4])
    errors, shares = study.last_errors(network), study.shares(network)
    for m, parameters in enumerate(network.dump()):
        one = study.Run(2, "tanh", parameters[None], np.zeros(1))
        codes = study.encode(one, 0, d.test)
        assert errors[m] == pytest.approx(study.error(d.test, study.decode(one, 0, codes)), rel=1e-4)
        assert shares[m] == pytest.approx(study.neighbors(codes, d.labels), abs=0.005)  # float32: a near tie may turn


def test_the_band_holds_the_middle_of_the_starts():
    asked = []

    def fake(size):
        asked.append(size)
        return size + np.arange(11.0), []

    np.testing.assert_allclose(study.spread(fake), [np.add(study.SIZES, 1), np.add(study.SIZES, 9)])
    assert asked == list(study.SIZES)


@pytest.mark.claims
def test_few_numbers_pay_and_many_do_not(many):
    flat = dict(zip(study.SIZES, study.component_errors(), strict=True))
    assert (study.last_errors(many(8)) < 0.9 * flat[8]).all()  # "the network still leads", from every start
    assert (study.last_errors(many(2)) < flat[2]).mean() >= 0.85
    assert np.median(study.last_errors(many(2))) < 0.95 * flat[2]
    assert np.median(study.last_errors(many(32))) > 1.15 * flat[32]


@pytest.mark.claims
def test_pictures_of_the_same_digit_are_neighbors(many):
    found = study.shares(many(2))
    assert np.quantile(found, 0.1) > 0.5  # "more than half"
    assert max(found) < 0.9  # and far from "nearly always"


@pytest.mark.claims
def test_the_start_that_the_page_shows_is_a_typical_one(one, many):
    share = study.neighbors(study.encode(one, LAST, study.digits().test), study.digits().labels)
    assert share == pytest.approx(np.median(study.shares(many(2))), abs=0.05)
    assert one.errors[-1] == pytest.approx(np.median(study.last_errors(many(2))), rel=0.05)


@pytest.mark.claims
def test_without_bends_it_is_no_better_than_principal_components(many):
    straight, flat = many(2, "identity"), study.component_errors()[1]
    assert study.last_errors(straight).min() > 0.995 * flat
    assert np.median(study.last_errors(straight)) < 1.1 * flat
    assert np.median(study.last_errors(many(2))) < 0.95 * np.median(study.last_errors(straight))  # "worse"
    assert np.quantile(study.shares(straight), 0.1) > 0.4  # "still lie together": by chance, one in ten


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
    gallery(d.test[:3], list("abc"), mode, "Pictures", 3, 88).to_dict(validate=True)
    flat = study.component_errors()
    for size in study.SIZES:
        for drawn, band in ((flat, np.stack([flat, flat])), ([np.nan] * len(flat), None)):
            picture = charts.errors(study.SIZES, drawn, flat, size, mode, "Errors", ["key"], band)
            picture.to_dict(validate=True)
    assert "1: still to come and 0.0629" in charts.errors_text(study.SIZES, [np.nan] * len(flat), flat)
    assert "9 at (" in charts.code_map_text(codes[1], d.labels, (0, 0))
    assert gallery_text(d.test[:1], ["a"], "Pictures").startswith("Pictures: a: ")
    assert "32: 0.0026 and 0.0026" in charts.errors_text(study.SIZES, flat, flat)
    assert charts.errors_text(study.SIZES, flat, flat, np.stack([flat, flat])).endswith("32: 0.0026 to 0.0026.")

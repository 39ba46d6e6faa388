import numpy as np
import pytest

from core.training.building import prepare_experiment
from core.training.experiment import Experiment
from core.training.frames import plane_of


@pytest.mark.parametrize("dataset", ["moons", "circles", "spirals2"])
def test_a_plane_has_equal_units_both_ways_where_both_inputs_are_alike(dataset):
    left, right, bottom, top = plane_of(prepare_experiment(Experiment(dataset=dataset)), 10).extent
    assert right - left == pytest.approx(top - bottom)


def test_inputs_of_other_units_fill_the_picture_each_on_its_own_scale():
    data = prepare_experiment(Experiment(dataset="wine"))
    names = [str(name) for name in data.data.features]
    axes = (names.index("hue"), names.index("proline"))
    plane = plane_of(data, 10, "inputs", axes)
    points = np.concatenate([plane.train, plane.test])
    for k in (0, 1):
        low, high = plane.extent[2 * k : 2 * k + 2]
        assert low < points[:, k].min() < points[:, k].max() < high
        assert np.ptp(points[:, k]) > 0.9 * (high - low)

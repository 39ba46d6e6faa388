"""The lines of arithmetic give what they say."""

import re

import pytest

from core.lessons.batch_norm import study, worked


@pytest.mark.parametrize("values", [(0.573, 0.628, 0.105), (-1.2, 0.3, 2.0), (0.0125, 0.012, 0.001)])
def test_ten_times_as_large_comes_out_the_same(values):
    line = re.sub(r"\\textcolor\{[^}]*\}", "", worked.tenfold(*values))
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", line.replace("- -", "+ "))]
    once, tenfold = numbers[:4], numbers[4:]
    assert tenfold[:3] == pytest.approx([10 * v for v in once[:3]])
    assert once[3] == tenfold[3]
    z, mean, spread = values
    assert once[3] == pytest.approx((z - mean) / spread, abs=0.01)


def test_batch_norm_itself_does_so():
    batch = study.normalize(study.np.array([3.0, 0.5, 1.0]))
    assert batch == pytest.approx(study.normalize(10 * study.np.array([3.0, 0.5, 1.0])), abs=1e-4)

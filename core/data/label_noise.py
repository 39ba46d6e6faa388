"""Wrong labels, on purpose.

Real labels contain mistakes. Here a known share of the training labels is made wrong, so that a page can show what
a network does with them: first it learns the rule, later it learns the mistakes by heart.
"""

from dataclasses import replace

import numpy as np

from core.data.spec import Data, Ints


def flip_labels(data: Data, rows: Ints, share: float, seed: int) -> Data:
    """Give a share of the labels in ``rows`` another class, each other class equally likely.

    With one seed, a larger share keeps the mistakes of a smaller one and adds to them.

    Parameters
    ----------
    data : Data
        Regression data, and data with a single class, come back unchanged.
    rows : (n,) int64
        The training rows. Labels elsewhere stay: a test must be judged by the truth.
    share : float
        0 to 1; exactly ``round(share * n)`` labels change.
    seed : int

    Raises
    ------
    ValueError
        If ``share`` is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"The share of wrong labels must be between 0 and 1; it is {share}.")
    n_classes = len(data.classes)
    if data.task != "classification" or n_classes < 2:
        return data
    # All rows are drawn for, and then the first ones taken: that is why mistakes only ever add up.
    rng = np.random.default_rng(seed)
    order = rng.permutation(rows)
    step = rng.integers(1, n_classes, len(rows))
    count = round(share * len(rows))
    y = data.y.copy()
    y[order[:count]] = (y[order[:count]] + step[:count]) % n_classes
    return replace(data, y=y)

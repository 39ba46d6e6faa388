"""Which examples to learn from, which to choose by, and which to keep for the test.

A network that is tested on what it has learned from can score 100 % by memory. So some examples are set aside before
anything is measured on the data. What chooses is not what judges: where something watches the run, such as early
stopping, it watches a *validation* part of the training rows. *Stratified* means that every class keeps its share in
both parts.
All functions return row indices, so that nothing is copied and a page can show which point went where.
"""

import numpy as np

from core.data.spec import Data, Ints

TEST_SHARES = (0.1, 0.5)
"""The smallest and the largest share of examples for the test."""


def split(data: Data, test_share: float, seed: int) -> tuple[Ints, Ints]:
    """Split the rows at random into a training and a test part, stratified where possible.

    This is scikit-learn's ``train_test_split`` with ``random_state=seed``. Where a class has a single member, or a
    part would have fewer rows than there are classes, stratifying is impossible and the split is a plain random one.

    Parameters
    ----------
    data : Data
        At least two rows.
    test_share : float
        The share of rows for the test, 0.1 to 0.5; the number of rows is rounded up.
    seed : int

    Returns
    -------
    train, test : (n,) and (m,) int64
        Row indices, shuffled; together every row once.

    Raises
    ------
    ValueError
        If ``test_share`` is out of its range or there are fewer than two rows.
    """
    low, high = TEST_SHARES
    if not low <= test_share <= high:
        raise ValueError(f"The test share must be between {low} and {high}; it is {test_share}.")
    rows = np.arange(len(data.y))
    if len(rows) < 2:
        raise ValueError(f"A split needs at least 2 examples; there are {len(rows)}.")
    return _cut(data, rows, test_share, seed)


def split_validation(data: Data, train: Ints, share: float, seed: int) -> tuple[Ints, Ints]:
    """Set a share of the training rows aside as a validation part, cut in the same way as by ``split``.

    Parameters
    ----------
    data : Data
    train : (n,) int64
        The training rows.
    share : float
        0 to 0.5; the number of rows is rounded up. With 0, or a single row, nothing is set aside.
    seed : int

    Returns
    -------
    train, validation : int64
        Together the rows that came in, each once.
    """
    if not share or len(train) < 2:
        return train, train[:0]
    return _cut(data, train, share, seed)


def _cut(data: Data, rows: Ints, share: float, seed: int) -> tuple[Ints, Ints]:
    from sklearn.model_selection import train_test_split

    labels = data.y[rows] if _can_stratify(data, rows, share) else None
    rest, part = train_test_split(rows, test_size=share, stratify=labels, random_state=seed)
    return rest, part


def _can_stratify(data: Data, rows: Ints, share: float) -> bool:
    if data.task != "classification":
        return False
    _, counts = np.unique(data.y[rows], return_counts=True)
    n_part = int(np.ceil(share * len(rows)))
    return bool(counts.min() >= 2 and min(n_part, len(rows) - n_part) >= len(counts))


def folds(data: Data, k: int, seed: int) -> list[tuple[Ints, Ints]]:
    """Cut the rows into ``k`` parts, and let each part be the validation part once (k-fold cross-validation).

    Stratified for classification, unless a class has fewer than ``k`` members. The parts are of equal size to
    within one row, stratified ones to within one row a class.

    Returns
    -------
    list of k pairs (train, validation) of row indices, each in rising order

    Raises
    ------
    ValueError
        If ``k`` is less than 2 or more than the number of rows.
    """
    from sklearn.model_selection import KFold, StratifiedKFold

    if not 2 <= k <= len(data.y):
        raise ValueError(f"The number of folds must be between 2 and {len(data.y)}, the number of examples; it is {k}.")
    stratify = data.task == "classification" and np.unique(data.y, return_counts=True)[1].min() >= k
    kind = StratifiedKFold if stratify else KFold
    return list(kind(n_splits=k, shuffle=True, random_state=seed).split(data.X, data.y))


def subset(data: Data, count: int, seed: int) -> Ints:
    """Choose ``count`` rows at random, the classes in their proportions.

    With one seed, a larger subset contains the smaller ones, so "more data" means *added* data. Each row gets the
    place ``(rank + 1/2) / class size``, its rank in its own shuffled class, and the ``count`` first places are taken.

    Returns
    -------
    (min(count, N),) int64
        Row indices in rising order.
    """
    order = np.random.default_rng(seed).permutation(len(data.y))
    if data.task == "classification":
        place = np.empty(len(order))
        for label in np.unique(data.y):
            members = np.flatnonzero(data.y[order] == label)
            place[members] = (np.arange(len(members)) + 0.5) / len(members)
        order = order[np.argsort(place, kind="stable")]
    return np.sort(order[:count])

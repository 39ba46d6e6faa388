"""From the name of a data set to what a network is fed, in the one order that does not leak.

1. make the data,
2. split them into training and test rows,
3. make some training labels wrong, if asked to,
4. set a validation part of the training rows aside, if asked to,
5. compute the features,
6. measure mean and spread on the training rows, and standardize all rows with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.datasets import load
from core.data.features import FEATURES, expand
from core.data.label_noise import flip_labels
from core.data.scaling import Standardizer
from core.data.spec import Data, Floats, Ints
from core.data.splits import split, split_validation


@dataclass(frozen=True, eq=False)
class Prepared:
    """A data set ready for a network; n training rows, v validation rows, m test rows, k inputs.

    Attributes
    ----------
    data : Data
        As made, in original units; the labels after label noise.
    train, validation, test : (n,), (v,) and (m,) int64
        Row indices into ``data``. Nothing is trained or scaled on the validation rows (v may be 0); they stop a run,
        lower its learning rate or choose an epoch, so that the test rows only ever judge.
    features : tuple of str
        The names of the features in use; empty where the raw inputs are used.
    input_names : tuple of str
        What each of the k inputs is called on the screen.
    scaler : Standardizer
        Fitted on the training inputs; the identity if they are not standardized.
    target_scaler : Standardizer or None
        Fitted on the training targets; None for classification.
    X_train, X_validation, X_test : (n, k), (v, k) and (m, k) float64
        Model inputs.
    y_train, y_validation, y_test : (n,), (v,) and (m,)
        Classification: int64 class index. Regression: float64 standardized target.
    """

    data: Data
    train: Ints
    validation: Ints
    test: Ints
    features: tuple[str, ...]
    input_names: tuple[str, ...]
    scaler: Standardizer
    target_scaler: Standardizer | None
    X_train: Floats
    X_validation: Floats
    X_test: Floats
    y_train: Ints | Floats
    y_validation: Ints | Floats
    y_test: Ints | Floats

    def inputs(self, raw_X: Floats) -> Floats:
        """Turn new points, (M, d) in original units, into model inputs (M, k).

        Raises
        ------
        ValueError
            If the number of columns is not that of the data.
        """
        raw_X = np.asarray(raw_X, dtype=np.float64)
        columns = self.data.X.shape[1]
        if raw_X.ndim != 2 or raw_X.shape[1] != columns:
            raise ValueError(f"Points must be an array (M, {columns}), one point a row; this one is {raw_X.shape}.")
        return self.scaler.apply(_expanded(raw_X, self.features))

    def target(self, y_model: Floats) -> Floats:
        """Turn predictions of any shape into the target's original units; classification has none to turn into."""
        return y_model if self.target_scaler is None else self.target_scaler.undo(y_model)


def prepare(
    name: str,
    samples: int,
    noise: float,
    test_share: float,
    features: Sequence[str],
    seed: int,
    standardize: bool = True,
    label_noise: float = 0.0,
    validation_share: float = 0.0,
) -> Prepared:
    """Make the data set ``name`` and prepare it. The same arguments give the same result, bit for bit.

    Parameters
    ----------
    name, samples, noise, seed
        See ``datasets.load``. The seed also sets the split and the label noise.
    test_share : float
        0.1 to 0.5.
    features : sequence of str
        Keys of ``FEATURES``, for planar data; empty, or for other data: the raw inputs.
    standardize : bool
        Whether to standardize the inputs. The target of a regression is standardized in any case.
    label_noise : float
        The share of training labels to make wrong, 0 to 1; classification only.
    validation_share : float
        The share of the training rows to set aside as a validation part, 0 to 0.5. (Its labels are as wrong as the
        training's: who chooses by examples has only the labels that there are.)

    Raises
    ------
    ValueError
        If a value is out of range or a name unknown.
    """
    data = load(name, samples, noise, seed)
    return prepare_data(data, test_share, features, seed, standardize, label_noise, validation_share)


def prepare_data(
    data: Data,
    test_share: float,
    features: Sequence[str],
    seed: int,
    standardize: bool = True,
    label_noise: float = 0.0,
    validation_share: float = 0.0,
) -> Prepared:
    """Prepare data that are there already, such as a learner's own; otherwise like ``prepare``."""
    train, test = split(data, test_share, seed)
    data = flip_labels(data, train, label_noise, seed)
    train, validation = split_validation(data, train, validation_share, seed)
    return prepare_rows(data, train, test, features, standardize, validation)


def prepare_rows(
    data: Data,
    train: Ints,
    test: Ints,
    features: Sequence[str],
    standardize: bool = True,
    validation: Ints | None = None,
) -> Prepared:
    """Prepare data whose rows are split already, such as a fold of a cross-validation."""
    validation = train[:0] if validation is None else validation
    used = tuple(features) if data.planar else ()
    labels = {name: data.features[k] for k, name in enumerate(("x1", "x2")) if data.planar}
    names = tuple(labels.get(name, FEATURES[name].label) for name in used if name in FEATURES) or data.features
    X_train = _expanded(data.X[train], used)
    scaler = Standardizer.fit(X_train) if standardize else Standardizer.identity(X_train.shape[1])
    target_scaler = Standardizer.fit(data.y[train].astype(np.float64)) if data.task == "regression" else None
    y = data.y if target_scaler is None else target_scaler.apply(data.y.astype(np.float64))
    return Prepared(
        data=data,
        train=train,
        validation=validation,
        test=test,
        features=used,
        input_names=names,
        scaler=scaler,
        target_scaler=target_scaler,
        X_train=scaler.apply(X_train),
        X_validation=scaler.apply(_expanded(data.X[validation], used)),
        X_test=scaler.apply(_expanded(data.X[test], used)),
        y_train=y[train],
        y_validation=y[validation],
        y_test=y[test],
    )


def _expanded(raw_X: Floats, features: tuple[str, ...]) -> Floats:
    return expand(raw_X, features) if features else raw_X

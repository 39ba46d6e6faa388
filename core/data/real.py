"""Real data: measured, not drawn. They come with scikit-learn, so nothing is downloaded.

``noise`` is ignored, and ``samples`` is an upper bound: fewer than there are gives a seeded, stratified subset.

Sources: iris, Fisher (1936); wine, Forina et al., UCI (1991); breast cancer, Street, Wolberg and Mangasarian (1993);
digits, Alpaydin and Kaynak, UCI (1998); diabetes, Efron, Hastie, Johnstone and Tibshirani (2004).
"""

import numpy as np

from core.data.spec import Data
from core.data.splits import split, subset

DIABETES_FEATURES = (
    "age (years)",
    "sex (1 or 2)",
    "body mass index (kg/m²)",
    "blood pressure",
    "total cholesterol",
    "LDL cholesterol",
    "HDL cholesterol",
    "total / HDL cholesterol",
    "log of triglycerides",
    "blood sugar",
)


def iris(samples: int, noise: float, seed: int) -> Data:
    """Load 150 iris flowers of three species: length and width of sepal and petal, in cm."""
    from sklearn.datasets import load_iris

    bunch = load_iris()
    classes = tuple(str(name) for name in bunch.target_names)
    return _some(_classified(bunch.data, bunch.target, classes, tuple(bunch.feature_names), "species"), samples, seed)


def wine(samples: int, noise: float, seed: int) -> Data:
    """Load 178 wines from three cultivars: thirteen chemical measurements, the source gives no units."""
    from sklearn.datasets import load_wine

    bunch = load_wine()
    features = tuple(name.replace("_", " ") for name in bunch.feature_names)
    classes = ("cultivar 0", "cultivar 1", "cultivar 2")
    return _some(_classified(bunch.data, bunch.target, classes, features, "cultivar"), samples, seed)


def breast_cancer(samples: int, noise: float, seed: int) -> Data:
    """Load 569 breast tumors, malignant (0) or benign (1): thirty measurements of cell nuclei in an image."""
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    classes = tuple(str(name) for name in bunch.target_names)
    features = tuple(str(name) for name in bunch.feature_names)
    return _some(_classified(bunch.data, bunch.target, classes, features, "diagnosis"), samples, seed)


def digits(samples: int, noise: float, seed: int) -> Data:
    """Load 1,797 handwritten digits: 8 x 8 pixels in row order, 0 (paper) to 1 (ink); the source counts to 16."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    features = tuple(f"pixel {row} {column}" for row in range(8) for column in range(8))
    classes = tuple(str(digit) for digit in range(10))
    return _some(_classified(bunch.data / 16, bunch.target, classes, features, "digit"), samples, seed)


def digit_parts() -> dict[str, np.ndarray]:
    """Return all digits in two parts: X (n, 64) and y to learn from, X_test and y_test, 30 % of them, to ask about."""
    everything = digits(2000, 0.0, 0)
    train, test = split(everything, 0.3, 0)
    X, y = everything.X, everything.y
    return {"X": X[train], "y": y[train], "X_test": X[test], "y_test": y[test]}


def diabetes(samples: int, noise: float, seed: int) -> Data:
    """Load 442 patients: ten measurements in their own units, and how far the disease went in the next year.

    The target is a score from 25 to 346 without a unit. The source does not say which sex is 1 and which is 2.
    """
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes(scaled=False)
    target = "disease progression after one year"
    X, y = bunch.data.astype(np.float64), bunch.target.astype(np.float64)
    return _some(Data(X, y, "regression", (), DIABETES_FEATURES, target), samples, seed)


def _classified(X: np.ndarray, y: np.ndarray, classes: tuple[str, ...], features: tuple[str, ...], target: str) -> Data:
    return Data(X.astype(np.float64), y.astype(np.int64), "classification", classes, features, target)


def _some(data: Data, samples: int, seed: int) -> Data:
    return data.rows(subset(data, samples, seed))

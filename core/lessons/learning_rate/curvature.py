"""How strongly this lesson's loss curves; several lessons ask, so it is computed in `core.training.curvature`."""

from core.training.curvature import curvatures, gradient_function, hessian_times, largest_eigenvalue

__all__ = ["curvatures", "gradient_function", "hessian_times", "largest_eigenvalue"]

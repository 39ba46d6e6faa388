"""Lesson on convolution: one kernel slid by hand, kernels that are trained, and what shuffled and shifted pixels do."""

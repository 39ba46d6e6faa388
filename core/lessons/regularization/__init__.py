"""Lesson on regularization: what holds a network back, how often it helps, and what L1 and dropout really do."""

"""Lesson on a single neuron."""

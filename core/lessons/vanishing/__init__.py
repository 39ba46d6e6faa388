"""Lesson on vanishing gradients: why early layers may stop learning."""

"""Lesson on autoencoders: learning without labels."""

"""Lesson on loss landscapes: what two directions out of many show, and what they hide."""

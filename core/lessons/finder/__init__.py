"""Lesson on the learning-rate finder: one sweep, three rules, and what training at their picks comes to."""

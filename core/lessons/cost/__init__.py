"""Lesson 30: what learning costs, in operations, seconds and joules, and what a decision costs whom."""

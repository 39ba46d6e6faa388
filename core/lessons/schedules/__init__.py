"""Lesson on schedules: a rate that changes during the run."""

"""learning_rate."""

from core.ui import frame

lesson = frame.begin("learning_rate")
frame.heading(lesson)
frame.end("learning_rate")

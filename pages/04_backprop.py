"""backprop."""

from core.ui import frame

lesson = frame.begin("backprop")
frame.heading(lesson)
frame.end("backprop")

"""forward."""

from core.ui import frame

lesson = frame.begin("forward")
frame.heading(lesson)
frame.end("forward")

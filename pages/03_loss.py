"""loss."""

from core.ui import frame

lesson = frame.begin("loss")
frame.heading(lesson)
frame.end("loss")

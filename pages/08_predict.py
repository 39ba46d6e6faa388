"""predict."""

from core.ui import frame

lesson = frame.begin("predict")
frame.heading(lesson)
frame.end("predict")

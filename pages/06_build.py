"""build."""

from core.ui import frame

lesson = frame.begin("build")
frame.heading(lesson)
frame.end("build")

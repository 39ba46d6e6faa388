"""home."""

from core.ui import frame

lesson = frame.begin("home")
frame.heading(lesson)
frame.end("home")

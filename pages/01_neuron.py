"""neuron."""

from core.ui import frame

lesson = frame.begin("neuron")
frame.heading(lesson)
frame.end("neuron")

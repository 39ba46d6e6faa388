"""The learning loop as a ring, with the numbers of one step."""

from __future__ import annotations

from core.charts.loop import Stage, loop, loop_text
from core.training.one_step import OneStep
from core.ui import frame, show


def ring(step: OneStep, title: str) -> None:
    """Draw forward pass, loss, backpropagation and update of a step."""
    stages = [
        Stage("Forward pass", f"{step.prediction:z.3f}", f"first example; right: {step.target:z.0f}", "prediction"),
        Stage("Loss", f"{step.loss:z.4f}", f"mean of this batch of {step.batch}", "loss"),
        Stage("Backpropagation", f"{step.gradient_norm:z.3f}", "length of the gradient", "gradient"),
        Stage("Update", f"{step.loss_after:z.4f}", f"loss of the same {step.batch} after it", "loss"),
    ]
    mode = frame.mode()
    show.chart("loop", (*stages, title, mode), lambda: loop(stages, title, mode), loop_text(stages, title))

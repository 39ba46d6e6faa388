"""The learning loop as a ring, with the numbers of one step."""

import streamlit as st

from core.charts.loop import Stage, loop, loop_text
from core.training.one_step import OneStep
from core.ui import formula, frame, show


def ring(step: OneStep, title: str) -> None:
    """Draw forward pass, loss, backpropagation and update of a step."""
    stages = [
        Stage(
            "Forward pass", f"{step.prediction:z.3f}", f"first example; the target: {step.target:z.0f}", "prediction"
        ),
        Stage("Loss", f"{step.loss:z.4f}", f"mean of this batch of {step.batch}", "loss"),
        Stage("Backpropagation", f"{step.gradient_norm:z.3f}", "size of the gradient", "gradient"),
        Stage("Update", f"{step.loss_after:z.4f}", f"loss of the same {step.batch} after it", "loss"),
    ]
    mode = frame.mode()
    show.chart("loop", (*stages, title, mode), lambda: loop(stages, title, mode), loop_text(stages, title))


def update(step: OneStep) -> None:
    """Write the update of the weight with the steepest gradient: its name, the rule, and the step's own numbers."""
    st.caption(f"Steepest gradient: {step.name}.")
    slope = formula.inked(r"\text{gradient}", "gradient")
    st.latex(rf"w_{{\text{{new}}}} = w - \text{{learning rate}} \times {slope}")
    put_in, digits = formula.agreeing([step.weight, step.gradient], lambda v: v[0] - step.rate * v[1], 3, 3)
    before, after = (
        formula.weight(step.weight, put_in, alone=True),
        formula.weight(step.weight_after, digits, alone=True),
    )
    st.latex(rf"{before} - {step.rate:g} \times {formula.number(step.gradient, 'gradient', put_in)} = {after}")

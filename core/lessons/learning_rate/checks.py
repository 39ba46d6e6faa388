"""What lesson 5 asks at the end of each view."""

from core.ui.words import Item, Option

VALLEY = (
    Item(
        "A valley has curvature c = 10. Gradient descent reaches the bottom at every rate below a limit. Which one?",
        (
            Option("0.1", "That's 1/c = 1/10, the fastest rate. It still arrives at larger ones, up to nearly twice that."),
            Option("0.2", "The limit is 2/c = 2/10. At exactly 0.2 it bounces for ever.", right=True),
            Option("0.5", "That is the limit for c = 4. A steeper valley has a lower one."),
        ),
    ),
    Item(
        "You turn a shower's tap in proportion to how wrong the water feels. It keeps swinging between equally too "
        "hot and equally too cold. What helps?",
        (
            Option("Turn half as far for the same error", "You're at the limit 2/c. Half of that is 1/c, the perfect step.", right=True),
            Option("Turn farther", "Then each swing would be wider than the last."),
            Option("Be patient", "If each step only changes the sign of the error, no number of steps helps."),
        ),
        kind="transfer",
    ),
    Item(
        "What does backpropagation itself change?",
        (
            Option("The weights", "It says which way each weight should go. The step is the optimizer's work."),
            Option("Nothing: it computes gradients", "The optimizer takes the step, as far as the rate says.", right=True),
            Option("The learning rate", "You choose that, or a schedule does."),
        ),
        kind="recall",
    ),
)  # fmt: skip

NETWORK = (
    Item(
        "A network begins with λ = 0.5. What may well happen at a rate of 10?",
        (
            Option("The loss often rises, yet ends low", "10 is beyond 2/λ = 2/0.5, but the weights can get "
                   "thrown to a flatter place.", right=True),
            Option("The loss falls step by step", "Only below the limit, 2/λ = 2/0.5 = 4. Beyond it, steps overshoot."),
            Option("The loss must grow for ever", "In a single valley it would. A network has flatter places, too."),
        ),
    ),
    Item(
        "A colleague stops every run whose loss rises once. What may she lose?",
        (
            Option("Nothing", "In a single valley, a rising loss means that the run has failed. A network's loss may fall again."),
            Option("The run that would end lowest", "Here the loss often rises at a rate of 10, and yet it "
                   "ends lower than at lower rates.", right=True),
            Option("Runs with small rates", "She keeps those: below the limit the loss doesn't rise."),
        ),
        kind="transfer",
    ),
    Item(
        "A weight's gradient is +2. Where does a step move it?",
        (
            Option("Up", "A positive gradient means that the loss rises with the weight. Up is uphill."),
            Option("Down", "The loss rises with the weight, so the step goes the other way.", right=True),
            Option("That depends on the rate", "The rate says how far, not which way."),
        ),
        kind="recall",
    ),
)  # fmt: skip

RANGE = (
    Item(
        "A weight's gradient is 0.03. How long is Adam's first step at a rate of 0.1?",
        (
            Option("0.003", "That's plain descent: 0.1 × 0.03 = 0.003. Adam also divides by the gradient's size."),
            Option("0.03", "That's the gradient itself. The rate counts as well."),
            Option("0.1", "It divides by the gradient's size: 0.1 × 0.03 / 0.03 = 0.1.", right=True),
        ),
    ),
    Item(
        "Your friend's inputs are heights in meters, yours are in centimeters. Plain descent works at her rate. What "
        "do you do?",
        (
            Option("Keep her rate", "The network sees only numbers, and yours are 100 times as large."),
            Option("Use meters, or a lower rate", "Larger inputs make the valley steeper, so the largest "
                   "rate that works is lower.", right=True),
            Option("Raise the rate", "The valley along that weight got steeper, so the largest rate that works is lower, not higher."),
        ),
        kind="transfer",
    ),
    Item(
        "Backpropagation brings the same number back to a neuron, but an input is ten times as large. What happens to "
        "its weight's gradient?",
        (
            Option("It becomes ten times as large", "The gradient is the number that comes back, times the input.", right=True),
            Option("It stays the same", "The number that comes back is the same, but it's multiplied by the input."),
            Option("It shrinks to a tenth", "The gradient grows with the input that the weight multiplies."),
        ),
        kind="recall",
    ),
)  # fmt: skip

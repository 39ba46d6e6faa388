"""The words of the trade, each in one or two sentences, with the lessons that use it.

`TABLE` is plain text, so that it can be read and mended as such: a line ``name / other names | lessons | preset``
(the preset, of core/ui/presets.py, shows the thing in the simulator; most have none), then the definition, indented.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

TABLE = """\
absolute error / MAE | loss
  The distance between prediction and target. Its mean counts one large error no more than several small ones that
  add up to it.
accuracy | loss training predict
  The share of examples that are put into the right class.
activation function / activation / nonlinearity | neuron forward backprop | straight
  What a neuron does with its weighted sum z: a = f(z). Without a bend here, any number of layers is one affine map.
Adam | learning_rate training
  An optimizer that keeps running means of each gradient and of its square, and scales each weight's step by them.
affine map / linear map | forward
  A weighted sum of the inputs plus a constant. A chain of affine maps is one affine map again.
backpropagation / backward pass / backprop | backprop
  Computes the gradient of the loss by every weight in one backward pass, with the chain rule. It changes no weight:
  the optimizer does.
batch / mini-batch / batch size | learning_rate training
  The examples that one training step looks at. Its gradient is an estimate of the gradient over all of them.
batch norm / batch normalization | training
  Gives each unit's z mean 0 and variance 1 over the batch, then scales and shifts it by learned amounts.
bias | neuron forward
  The number that a neuron adds to its weighted sum. It moves the place where the neuron turns.
chain rule | backprop
  The derivative of a function of a function is the product of both derivatives. Backpropagation is this rule, applied
  from the loss backward.
class / classification / label | loss training predict
  One of the answers that a classifier chooses from.
confidence / overconfidence | predict
  The probability that a network gives to its own answer. It can be high and wrong, above all far from the training
  data.
confusion matrix | training predict | digits
  A table that counts, for each true class, which classes the network answered.
cross-entropy / log loss | loss training
  The loss of classification: minus the logarithm of the probability that was given to the right class.
curvature / Hessian | learning_rate
  How fast the slope itself changes. On a quadratic loss, plain gradient descent diverges at any rate above 2 divided
  by the largest curvature.
dead unit / dying ReLU | backprop
  A ReLU unit whose z is negative for every example: it outputs 0, its gradient is 0, and it stops learning.
decision boundary / boundary | neuron training predict | moons
  Where a classifier's answer changes from one class to another.
depth | build
  How many layers a network has.
derivative / slope | backprop learning_rate
  How fast a function's value changes when its input does: its slope at one place.
divergence | learning_rate training | too_fast
  Training in which each step makes the loss larger, until the numbers overflow.
dropout | training
  Switches a random share of the units off in each training step. All of them answer when the network is used.
early stopping / patience | training
  Ends training when the loss on held-out data has not improved for a while.
ensemble | predict
  Several networks that were trained apart and are asked together.
epoch | learning_rate training
  One pass in which every training example is used once.
exploding gradient | backprop
  A gradient that grows from layer to layer on its way back, because each layer multiplies it by more than 1.
feature / input | training predict | squares
  One of the numbers that describe an example, such as a coordinate or a pixel.
forward pass / forward propagation | forward
  Computing the prediction: each layer's outputs are the next one's inputs.
generalization | training predict
  Being right about examples that were not used in training. It is measured on the test set.
gradient | backprop learning_rate
  The derivatives of the loss by all weights and biases, one number each. It points where the loss grows fastest.
gradient check / nudge | backprop
  Nudging each weight a little both ways and comparing how the loss answers with what backpropagation computed.
gradient descent | learning_rate
  Moving all weights a step against the gradient, again and again: w − learning rate × gradient.
hidden layer | forward build
  A layer whose outputs are not the network's answer but inputs of the next layer.
Huber loss | loss training
  Squared error for small errors, straight for large ones, so that outliers count less.
hyperparameter | learning_rate build training
  A setting chosen before training, such as the learning rate or the number of units. Training does not change it.
initialization / Xavier initialization / He initialization / first weights | home training | alike
  The first values of the weights. They must differ between units, and their scale decides whether signals survive
  many layers.
L2 penalty / weight decay / L1 penalty | training | penalty
  Adds the squares of the weights to what is minimized, which keeps them small.
layer | forward build
  Neurons that read the same inputs. Together they are one matrix of weights, one vector of biases, one activation
  function.
learning rate / rate / step size | learning_rate training
  What the gradient is multiplied by in each step. What is too large or too small depends on the loss, the optimizer
  and the batch.
learning rate finder / LR finder | learning_rate
  A short run in which the rate rises step by step while the loss is watched, to see which rates are worth trying.
logit | loss predict
  The output layer's z, before sigmoid or softmax turns it into a probability.
loss function / loss / cost function | loss
  Says in one number how wrong the predictions are. Training makes it small.
loss landscape / loss surface | loss learning_rate
  The loss as a height over all possible weights. Training walks on it without seeing more than the slope.
mean squared error / MSE / squared error | loss training
  The mean of the squared differences between prediction and target: the usual loss when the answer is a number.
minimum | backprop learning_rate
  A place where the loss is lower than all around it. There the gradient is 0, but not only there.
momentum | learning_rate training
  Lets the steps build up speed: each one adds the gradient to a share of the step before.
neural network / network | home forward build
  A function made of layers of neurons, with weights and biases that are learned from examples.
neuron / unit | neuron
  A weighted sum of inputs, plus a bias, through an activation function.
optimizer / SGD | learning_rate training
  Turns gradients into changes of the weights: plain gradient descent, momentum, Adam and others.
overfitting | training | overfit
  Fitting the accidents of the training examples: the training loss falls while the test loss rises.
parameter | home build
  A weight or a bias: a number that training changes. A dense layer has (inputs + 1) × units of them.
plateau | backprop learning_rate
  A stretch where the loss hardly changes, so that the gradient is almost 0 although no minimum is near.
pre-activation / z | neuron forward
  A neuron's weighted sum plus bias, before the activation function: z.
regression | loss training | curve
  Predicting a number instead of a class.
regularization | training | penalty
  Whatever holds a network back from fitting noise: penalties, dropout, early stopping, more data.
ReLU | neuron backprop
  max(0, z): passes positive values on and stops negative ones. Its slope is 1 above zero and 0 below.
residual connection / skip connection | training
  A way around a layer: the layer's output is added to its input.
saddle point | backprop learning_rate
  A place with gradient 0 that is a minimum in some directions and a maximum in others.
saturation | neuron loss backprop
  Where an activation is so flat that its slope, and with it the gradient, is almost 0.
schedule | learning_rate training
  A plan by which the learning rate changes during training, such as step decay or cosine.
seed | home training
  The number that random draws start from. The same seed gives the same data, first weights and order.
sigmoid / logistic function | neuron backprop
  1 / (1 + e⁻ᶻ): an S between 0 and 1, with a slope of at most 1/4.
softmax | loss predict | classes
  Turns the logits of several classes into probabilities that add up to 1.
standardization / scaling | training predict
  Shifting and scaling each input to mean 0 and standard deviation 1, with the training data's own numbers.
tanh | neuron backprop
  An S between −1 and 1, with slope 1 at zero.
target | loss
  The right answer of an example, which the prediction is compared with.
test set / held-out data / validation set | training predict
  Examples that are kept out of training, to measure how the network does on new ones.
training set | home training
  The examples whose loss the training steps make small.
universal approximation | build
  One wide enough hidden layer, with an activation that is no polynomial, comes as close as you like to any continuous
  function on a closed, bounded region. It says that such weights exist, not that training finds them.
vanishing gradient | backprop | vanishing
  A gradient that shrinks from layer to layer on its way back, so that the first layers hardly learn.
warm-up | learning_rate
  The beginning of a schedule, in which the rate rises from almost nothing.
weight | home neuron
  What an input is multiplied by on its way into a neuron. Learning changes weights and biases.
width | build
  How many units a layer has.
XOR | neuron forward | xor
  True when exactly one of two inputs is. No straight line parts its corners, so a single neuron cannot compute it.
"""


@dataclass(frozen=True)
class Term:
    """One entry: what it is called, what it means, where it is used, its other names, a preset that shows it."""

    name: str
    says: str
    lessons: tuple[str, ...]
    also: tuple[str, ...] = ()
    preset: str = ""


def term_link(name: str, text: str = "") -> str:
    """Return the Markdown link from a word to its entry; it opens beside the page, which is kept as it is.

    >>> term_link("gradient")
    '[gradient](glossary?term=gradient)'
    >>> term_link("learning rate", "rate")
    '[rate](glossary?term=learning+rate)'
    """
    return f"[{text or name}](glossary?term={quote_plus(BY_NAME[name].name)})"


def search(asked: str) -> list[Term]:
    """Return the terms that an inquiry may mean, the likeliest first; all of them, in order, when it is empty.

    >>> [term.name for term in search("gradient")][:2]
    ['gradient', 'gradient check']
    """
    wanted = " ".join(asked.lower().split())
    ranked = [(rank, k) for k, term in enumerate(TERMS) if (rank := _rank(term, wanted)) < _NO_MATCH]
    return [TERMS[k] for _, k in sorted(ranked)]


_NO_MATCH = 4


def _rank(term: Term, wanted: str) -> int:
    names = [name.lower() for name in (term.name, *term.also)]
    tests = (
        wanted in names,
        any(name.startswith(wanted) for name in names),
        any(wanted in name for name in names),
        wanted in term.says.lower(),
    )
    return next((rank for rank, found in enumerate(tests) if found), _NO_MATCH)


def _read(table: str) -> tuple[Term, ...]:
    """Read the table: a line at the margin begins an entry, indented lines are its definition."""
    found: list[Term] = []
    for block in table.replace("\n  ", "\t").splitlines():
        head, *says = block.split("\t")
        names, lessons, preset = [part.strip() for part in f"{head}||".split("|")][:3]
        name, *also = names.split(" / ")
        found.append(Term(name, " ".join(says), tuple(lessons.split()), tuple(also), preset))
    return tuple(sorted(found, key=lambda term: term.name.lower()))


TERMS: tuple[Term, ...] = _read(TABLE)
BY_NAME: dict[str, Term] = {name: term for term in TERMS for name in (*term.also, term.name)}

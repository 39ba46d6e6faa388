"""A neural network in NumPy and nothing else. Read it in this order: first the mathematics, then what runs it.

activations.py   what a neuron does with its z
initializers.py  where the weights start
losses.py        how wrong a prediction is
penalties.py     what large weights cost
clipping.py      what to do with a gradient that is too long
layers.py        forward and backward, layer by layer
images.py        convolution and pooling: the same weights everywhere in a picture
sequences.py     recurrence, LSTM and GRU: the same weights at every step, and a memory
attention.py     every position of a sequence asks all others
network.py       the stack of layers over one flat vector of parameters
optimizers.py    from gradient to update
schedules.py     the learning rate as a function of the step
gradcheck.py     is the gradient right? Nudge each weight and see
listening.py     how NumPy tells a tape what is done with an array
tape.py          a training step is a list of NumPy calls: hear it once, replay it
small.py         networks small enough to draw with every number
walk.py          one pass through such a network, every number read off the tape
"""

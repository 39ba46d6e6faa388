"""The course's engine. Read it in this order; each file is one idea.

1.  ``nn/tape.py``          a training step is a list of NumPy calls: record it once, replay it
2.  ``nn/activations.py``   what a neuron does with its weighted sum
3.  ``nn/initializers.py``  where the weights start
4.  ``nn/losses.py``        how wrong a prediction is
5.  ``nn/penalties.py``     what large weights cost
6.  ``nn/layers.py``        forward and backward, layer by layer
7.  ``nn/network.py``       the stack of layers over one flat vector of parameters
8.  ``nn/optimizers.py``    from gradient to update
9.  ``nn/schedules.py``     the learning rate as a function of the step
10. ``nn/gradcheck.py``     is the gradient right? Nudge each weight and see
11. ``data/``               datasets, engineered inputs, splits, scaling
12. ``training/``           an experiment is its link; training is a pure function of it
13. ``charts/``             arrays in, pictures out
14. ``ui/``                 the furniture that every page shares

Imports run only down this list: ``nn <- data <- training <- charts <- ui <- pages``.
"""

"""Write the golden files: what PyTorch computes where core/nn computes the same thing.

Run with ``python tests/golden/make_golden.py`` in any environment that has torch==2.13.0. PyTorch is an independent
judge here, never a dependency: the project reads only the JSON files that this script leaves beside itself.

Everything is float64. Inputs (data, first weights, gradients) are rounded to a few decimals first, so that what is
stored is exactly what was used. Results are written with 12 digits: the last four or five that float64 has differ from
processor to processor. Running the script again must leave the files unchanged, byte for byte, on any machine.
"""

import json
import math
from itertools import pairwise, zip_longest
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from torch.optim import lr_scheduler

HERE = Path(__file__).resolve().parent
MAX_BYTES = 200_000

ACTIVATIONS = {
    "identity": lambda z: z * 1.0,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    "elu": lambda z: functional.elu(z, 1.0),
    "gelu": lambda z: functional.gelu(z, approximate="none"),
    "silu": functional.silu,
}


def hinge(z, y, reduction="mean"):
    """PyTorch has no binary hinge loss; this is its definition, differentiated by autograd."""
    each = torch.clamp(1 - (2 * y - 1) * z, min=0)
    return each.mean() if reduction == "mean" else each


LOSSES = {
    "mse": functional.mse_loss,
    "bce": functional.binary_cross_entropy_with_logits,
    "cross_entropy": functional.cross_entropy,
    "hinge": hinge,
    "huber": lambda z, y, reduction="mean": functional.huber_loss(z, y, reduction=reduction, delta=1.0),
}

OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "momentum": torch.optim.SGD,
    "nesterov": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}


# ---------------------------------------------------------------- optimizers


def theta_and_gradients():
    """Seven parameters and 25 gradients that reach the corners of an update rule."""
    rng = torch.Generator().manual_seed(7)
    theta0 = torch.tensor([0.0, 1.5, -2.25, 1000.0, -0.001, 0.3, 1e-6])
    gradients = torch.round(torch.randn(25, 7, generator=rng), decimals=4)
    gradients[0, 1] = 0.0  # an exact zero on the very first step, when every running mean is still zero
    gradients[:6, 5] = 0.0  # a coordinate that is dead at first
    gradients[9] = 0.0  # a step with no gradient at all
    gradients[14, 0], gradients[14, 4] = 1e6, -1e6  # one exploding step
    gradients[:, 2] *= 100
    gradients[:, 6] *= 1e-8  # as small as epsilon: shows whether epsilon stands in or out of the root
    return theta0, gradients


def optimizer_case(name, settings, kind, factors, theta0, gradients):
    theta = theta0.clone().requires_grad_(True)
    optimizer = OPTIMIZERS[name]([theta], **settings)
    learning_rates = [settings["lr"] * factor for factor in factors]
    path = []
    for lr, gradient in zip(learning_rates, gradients, strict=True):
        optimizer.param_groups[0]["lr"] = lr
        theta.grad = gradient.clone()
        optimizer.step()
        path.append(theta.detach().tolist())
    return {
        "case": f"{name}-{kind}",
        "name": name,
        "settings": settings,
        "theta0": theta0.tolist(),
        "gradients": gradients.tolist(),
        "learning_rates": learning_rates,
        "theta": path,
    }


def optimizer_settings():
    """PyTorch's keyword arguments for each."""
    return {
        "sgd": {"lr": 0.1},
        "momentum": {"lr": 0.05, "momentum": 0.9},
        "nesterov": {"lr": 0.05, "momentum": 0.9, "nesterov": True},
        "adagrad": {"lr": 0.1, "eps": 1e-10},
        "rmsprop": {"lr": 0.01, "alpha": 0.9, "eps": 1e-8},
        "adam": {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8},
        "adamw": {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.01},
    }


def optimizers():
    theta0, gradients = theta_and_gradients()
    settings = optimizer_settings()
    constant = [1.0] * 25
    varying = [1.0, 0.5, 2.0, 0.1, 0.0, 1.0, 4.0, 0.25, 1.5, 1.0, 0.01, 3.0, 0.7] + [0.9**k for k in range(12)]
    cases = []
    for name, values in settings.items():
        for kind, factors in (("constant", constant), ("varying", varying)):
            cases.append(optimizer_case(name, values, kind, factors, theta0, gradients))
    return {
        "torch": torch_version(),
        "convention": [
            "Row t of theta is theta AFTER step t; gradients[t] and learning_rates[t] are what step t used.",
            "settings are PyTorch's own keyword arguments; lr is the base rate, learning_rates is what counts.",
            "Step t counts from 1 below; every running quantity starts at zero.",
            "sgd: theta -= lr g",
            "momentum: v = mu v + g; theta -= lr v (lr outside v: a new lr scales the whole step at once)",
            "nesterov: v = mu v + g; theta -= lr (g + mu v)",
            "adagrad: s = s + g^2; theta -= lr g / (sqrt(s) + eps)",
            "rmsprop: s = alpha s + (1 - alpha) g^2; theta -= lr g / (sqrt(s) + eps), s starts at 0, not corrected",
            "adam: m = b1 m + (1 - b1) g; s = b2 s + (1 - b2) g^2; "
            "theta -= lr (m / (1 - b1^t)) / (sqrt(s / (1 - b2^t)) + eps)",
            "adamw: theta *= 1 - lr weight_decay first (lr of this step), then adam",
        ],
        "cases": cases,
    }


# ---------------------------------------------------------------- ways down surfaces of two weights

SURFACES = {
    "ravine": lambda x, y: (x**2 + 100 * y**2) / 2,
    "rotated": lambda x, y: (((x + y) / 2**0.5) ** 2 + 100 * ((y - x) / 2**0.5) ** 2) / 2,
    "gentle": lambda x, y: (x**2 + 10 * y**2) / 2,
    "saddle": lambda x, y: x**2 / 2 + (y**2 - 100) ** 2 / 400,
    "plateau": lambda x, y: 9 - 9 * torch.exp(-(x**2 + y**2) / 18),
    "valleys": lambda x, y: (x**2 + y**2) / 8 + 2 - torch.cos(2 * math.pi * x / 2.5) - torch.cos(2 * math.pi * y / 2.5),
}


def way_down(name, settings, surface, start, steps):
    """Where PyTorch's optimizer stands after some steps, with gradients by autograd."""
    theta = torch.tensor(start, requires_grad=True)
    optimizer, path = OPTIMIZERS[name]([theta], **settings), []
    for step in range(1, steps[-1] + 1):
        optimizer.zero_grad()
        SURFACES[surface](theta[0], theta[1]).backward()
        optimizer.step()
        if step in steps:
            path.append(theta.detach().tolist())
    return path


def descent():
    start, steps = [10.0, 1.0], [1, 2, 3, 5, 10, 30]
    cases = []
    for name in OPTIMIZERS:
        settings = optimizer_settings()[name] | {"lr": 0.01 if OPTIMIZERS[name] is torch.optim.SGD else 0.1}
        for surface in SURFACES:
            path = way_down(name, settings, surface, start, steps)
            cases.append(
                {"name": name, "surface": surface, "start": start, "rate": settings["lr"], "steps": steps, "path": path}
            )
    return {"torch": torch_version(), "cases": cases}


# ---------------------------------------------------------------- schedules


def one_weight(lr):
    return torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=lr)


def rates(optimizer, scheduler, steps):
    """The learning rate that each step uses: read it, take the step, then advance the schedule."""
    used = []
    for _ in range(steps):
        used.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step()
    return used


def schedule_case(name, lr, steps, settings, build):
    optimizer = one_weight(lr)
    return {
        "case": name,
        "name": name,
        "lr": lr,
        "steps": steps,
        "settings": settings,
        "learning_rates": rates(optimizer, build(optimizer), steps),
    }


def warmup_then_cosine(optimizer, warmup, steps):
    # LinearLR goes from start_factor to 1 in total_iters steps, so W - 1 of them give (t + 1) / W at step t.
    rise = lr_scheduler.LinearLR(optimizer, start_factor=1 / warmup, end_factor=1.0, total_iters=warmup - 1)
    fall = lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps - warmup, eta_min=0.0)
    return lr_scheduler.SequentialLR(optimizer, [rise, fall], milestones=[warmup])


def validation_losses():
    """80 losses: improve, stall, improve, stall; the stalls creep by less than the threshold or wobble."""
    losses = [1.0]
    for epoch in range(1, 80):
        best = min(losses)
        if epoch < 15 or 38 <= epoch < 50:
            losses.append(round(losses[-1] * 0.93, 6))
        elif epoch < 26:
            losses.append(round(best * (1 - 2e-6), 8))  # better, yet by less than the relative threshold
        elif epoch < 38:
            losses.append(round(best * (1.02 if epoch % 2 else 1.005), 8))
        elif epoch == 58:
            losses.append(round(best * 0.9995, 8))  # enough for a relative threshold (not for an absolute one)
        else:
            losses.append(round(best * (1.01 if epoch % 3 else 1.0), 8))
    return losses


def plateau_case(case, lr, settings, losses):
    optimizer = one_weight(lr)
    scheduler = lr_scheduler.ReduceLROnPlateau(
        optimizer, mode="min", threshold_mode="rel", cooldown=0, min_lr=0.0, eps=1e-8, **settings
    )
    after = []
    for loss in losses:
        optimizer.step()
        scheduler.step(loss)
        after.append(float(optimizer.param_groups[0]["lr"]))
    return {
        "case": case,
        "name": "plateau",
        "lr": lr,
        "steps": len(losses),
        "settings": settings,
        "validation_losses": losses,
        "learning_rates": after,
    }


def schedules():
    lr, steps, warmup = 0.1, 60, 6
    one_cycle = {"total_steps": steps, "pct_start": 0.3, "div_factor": 25.0, "final_div_factor": 1e4}
    losses = validation_losses()
    cases = [
        schedule_case("constant", lr, steps, {}, lambda o: lr_scheduler.ConstantLR(o, factor=1.0, total_iters=0)),
        schedule_case(
            "step",
            lr,
            steps,
            {"step_size": 20, "gamma": 0.5},
            lambda o: lr_scheduler.StepLR(o, step_size=20, gamma=0.5),
        ),
        schedule_case("exponential", lr, steps, {"gamma": 0.97}, lambda o: lr_scheduler.ExponentialLR(o, gamma=0.97)),
        schedule_case(
            "cosine",
            lr,
            steps,
            {"T_max": steps, "eta_min": 0.0},
            lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=steps, eta_min=0.0),
        ),
        schedule_case(
            "warmup_cosine",
            lr,
            steps,
            {"warmup_steps": warmup, "warmup_share": warmup / steps, "eta_min": 0.0},
            lambda o: warmup_then_cosine(o, warmup, steps),
        ),
        schedule_case(
            "one_cycle",
            lr,
            steps,
            one_cycle,
            lambda o: lr_scheduler.OneCycleLR(o, max_lr=lr, anneal_strategy="cos", cycle_momentum=False, **one_cycle),
        ),
        plateau_case("plateau-patient", lr, {"factor": 0.1, "patience": 10, "threshold": 1e-4}, losses),
        plateau_case("plateau-quick", lr, {"factor": 0.5, "patience": 3, "threshold": 1e-4}, losses),
    ]
    return {
        "torch": torch_version(),
        "convention": [
            "t counts steps from 0; learning_rates[t] is what step t uses. T is the number of steps (60).",
            "settings are PyTorch's own keyword arguments, but for warmup_steps W and warmup_share W / T.",
            "step: lr gamma^floor(t / step_size). exponential: lr gamma^t.",
            "cosine: lr (1 + cos(pi t / T)) / 2: would reach 0 at t = T, so the last step still moves.",
            "warmup_cosine: lr (t + 1) / W for t < W, then lr (1 + cos(pi (t - W) / (T - W))) / 2: "
            "steps W - 1 and W both use the full lr.",
            "one_cycle: lr is the peak. With anneal(a, b, s) = b + (a - b) (1 + cos(pi s)) / 2 and p = pct_start T - "
            "1: from lr / div_factor to lr with s = t / p until t = p, then to lr / div_factor / final_div_factor "
            "with s = (t - p) / (T - 1 - p), reached exactly on the last step.",
            "plateau: one entry an epoch; learning_rates[t] is the rate AFTER validation_losses[t] was seen, so what "
            "epoch t + 1 uses. Better means loss < best (1 - threshold); only then best moves and the count of bad "
            "epochs returns to 0. When the count exceeds patience, lr *= factor and the count returns to 0 (best "
            "stays). No cooldown, no smallest rate.",
        ],
        "cases": cases,
    }


# ---------------------------------------------------------------- whole training runs


def rounded(values, decimals=3):
    return torch.round(values, decimals=decimals)


def xor_points(n, rng):
    X = rounded(2 * torch.rand(n, 2, generator=rng) - 1)
    return X, (X[:, 0] * X[:, 1] < 0).long()


def three_blobs(n, rng):
    y = torch.arange(n) % 3
    centres = torch.tensor([[0.0, 1.2], [-1.0, -0.6], [1.0, -0.6]])
    return rounded(centres[y] + 0.6 * torch.randn(n, 2, generator=rng)), y


def noisy_sine(n, rng):
    X = rounded(4 * torch.rand(n, 1, generator=rng) - 2)
    return X, rounded(torch.sin(2 * X) + 0.1 * torch.randn(n, 1, generator=rng))


def circle(n, rng):
    X = rounded(torch.randn(n, 2, generator=rng))
    return X, ((X**2).sum(dim=1) < 1.2).long()


def two_targets(n, rng):
    X = rounded(torch.randn(n, 3, generator=rng))
    first, second, third = X.T
    Y = torch.stack([2 * first - second * third, torch.sin(2 * second) + first**2], dim=1)
    Y[::8] += 6.0  # outliers, for the straight part of the Huber loss
    return X, rounded(Y)


def stretched_xor(n, rng):
    X, y = xor_points(n, rng)
    return rounded(X * torch.tensor([3.0, 0.5]) + torch.tensor([2.0, -1.0])), y


class Network(nn.Module):
    """Dense layers with one activation between them; batch norm stands between z and the activation."""

    def __init__(self, sizes, activation, batch_norm, rng):
        super().__init__()
        self.activation = ACTIVATIONS[activation]
        self.dense = nn.ModuleList(nn.Linear(m, n) for m, n in pairwise(sizes))
        self.norms = nn.ModuleList(nn.BatchNorm1d(n, eps=1e-5, momentum=0.1) for n in sizes[1:-1] if batch_norm)
        with torch.no_grad():
            for layer in self.dense:
                scale = math.sqrt(1.5 / layer.in_features)
                layer.weight.copy_(rounded(scale * torch.randn(layer.weight.shape, generator=rng), 4))
                layer.bias.copy_(rounded(0.2 * torch.randn(layer.bias.shape, generator=rng), 4))
            for norm in self.norms:
                norm.weight.copy_(rounded(1 + 0.2 * torch.randn(norm.weight.shape, generator=rng), 4))
                norm.bias.copy_(rounded(0.2 * torch.randn(norm.bias.shape, generator=rng), 4))

    def forward(self, X):
        a = X
        for index, layer in enumerate(self.dense):
            z = layer(a)
            if index == len(self.dense) - 1:
                return z
            if self.norms:
                z = self.norms[index](z)
            a = self.activation(z)
        raise ValueError("a network has at least one layer")

    def layers(self):
        """The parameters of each layer, as stored."""
        stored = []
        for index, layer in enumerate(self.dense):
            entry = {"W": layer.weight.tolist(), "b": layer.bias.tolist()}
            if self.norms and index < len(self.norms):
                norm = self.norms[index]
                entry["gamma"], entry["beta"] = norm.weight.tolist(), norm.bias.tolist()
                entry["running_mean"], entry["running_var"] = norm.running_mean.tolist(), norm.running_var.tolist()
            stored.append(entry)
        return stored


def mean_loss(loss, z, y):
    """The mean loss, with y in the shape and type that PyTorch asks for."""
    if loss == "cross_entropy":
        return LOSSES[loss](z, y)
    return LOSSES[loss](z, y.to(z.dtype).reshape(z.shape))


def training_case(
    case, data, n, sizes, activation, loss, optimizer, settings, batch_size, seed, l2=0.0, batch_norm=False, epochs=12
):
    rng = torch.Generator().manual_seed(seed)
    X, y = data(n, rng)
    network = Network(sizes, activation, batch_norm, rng)
    initial = network.layers()
    update = OPTIMIZERS[optimizer](network.parameters(), **settings)
    order = [torch.randperm(n, generator=rng) for _ in range(epochs)]

    def full_loss():
        network.eval()
        with torch.no_grad():
            value = mean_loss(loss, network(X), y).item()
        network.train()
        return value

    losses, batch_losses = [full_loss()], []
    for permutation in order:
        row = []
        for rows in permutation.split(batch_size):
            value = mean_loss(loss, network(X[rows]), y[rows])
            row.append(value.item())
            penalty = sum(0.5 * l2 * (layer.weight**2).sum() for layer in network.dense)
            update.zero_grad()
            (value + penalty).backward()
            update.step()
        batch_losses.append(row)
        losses.append(full_loss())
    return {
        "case": case,
        "sizes": sizes,
        "activation": activation,
        "loss": loss,
        "optimizer": optimizer,
        "settings": settings,
        "l2": l2,
        "batch_norm": batch_norm,
        "batch_size": batch_size,
        "epochs": epochs,
        "X": X.tolist(),
        "y": y.tolist(),
        "batch_order": [permutation.tolist() for permutation in order],
        "initial": initial,
        "losses": losses,
        "batch_losses": batch_losses,
        "final": network.layers(),
    }


def training():
    cases = [
        training_case("a", xor_points, 40, [2, 4, 1], "tanh", "bce", "sgd", {"lr": 0.3}, 8, 1),
        training_case(
            "b",
            three_blobs,
            40,
            [2, 6, 5, 3],
            "relu",
            "cross_entropy",
            "adam",
            {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8},
            16,
            2,
        ),
        training_case(
            "c", noisy_sine, 48, [1, 8, 1], "gelu", "mse", "momentum", {"lr": 0.02, "momentum": 0.9}, 12, 3, l2=0.01
        ),
        training_case(
            "d", circle, 36, [2, 5, 1], "elu", "hinge", "rmsprop", {"lr": 0.03, "alpha": 0.9, "eps": 1e-8}, 10, 4
        ),
        training_case(
            "e",
            two_targets,
            32,
            [3, 4, 4, 2],
            "silu",
            "huber",
            "adamw",
            {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.01},
            8,
            5,
        ),
        # A seed where no hidden unit starts near w = 0: batch norm would magnify rounding there ten thousand times.
        training_case("f", stretched_xor, 40, [2, 6, 1], "tanh", "bce", "sgd", {"lr": 0.1}, 10, 16, batch_norm=True),
    ]
    return {
        "torch": torch_version(),
        "convention": [
            "sizes are inputs, hidden layers, outputs; the activation follows every layer but the last, whose z are "
            "logits.",
            "W is (outputs, inputs), z = W a + b. X is (points, inputs).",
            "y is a list of 0/1 (bce, hinge), of class numbers (cross_entropy) or (points, outputs) (mse, huber).",
            "Epoch e takes the rows batch_order[e] in turn, batch_size at a time; the last batch may be short and its "
            "loss is the mean over its own rows.",
            "losses[0] is the mean loss over all points before training, losses[e + 1] after epoch e: 1 + epochs "
            "values.",
            "batch_losses[e][k] is the mean loss of batch k BEFORE its update, as the forward pass of training saw it.",
            "mse: mean of (z - y)^2, no factor 1/2. huber: delta 1, r^2 / 2 where |r| <= 1, else |r| - 1/2. Both are "
            "means over points AND outputs (PyTorch's default): divide by points x outputs.",
            "hinge: mean of max(0, 1 - (2 y - 1) z) with y stored as 0/1.",
            "elu has alpha 1; gelu is exact (erf).",
            "l2 adds 0.5 l2 sum(W^2) over the weights, not the biases, to the loss of each batch (gradient l2 W), "
            "whatever the batch size. No recorded loss contains it.",
            "adamw decays weights and biases alike.",
            "Optimizers are as optimizers.json says; their state lives through all epochs.",
            "batch_norm: z = W a + b, then gamma (z - mean) / sqrt(var + 1e-5) + beta, then the activation; only in "
            "hidden layers. In training, mean and var are of the batch, var with 1/n; afterwards running = 0.9 "
            "running + 0.1 batch, where running_var takes the batch variance with 1/(n - 1). losses are in evaluation "
            "mode (running mean and variance), batch_losses in training mode. b has a zero gradient there but shifts "
            "running_mean.",
        ],
        "cases": cases,
    }


# ---------------------------------------------------------------- functions and losses


def activation_case(name):
    values = [-30.0, -5.0, -2.0, -1.0, -0.5, -1e-3, 1e-3, 0.5, 1.0, 2.0, 5.0, 30.0]
    z = torch.tensor(values, requires_grad=True)
    a = ACTIVATIONS[name](z)
    (derivative,) = torch.autograd.grad(a.sum(), z)
    return {"name": name, "z": values, "a": a.tolist(), "da_dz": derivative.tolist()}


def loss_case(case, name, z, y):
    logits = torch.tensor(z, requires_grad=True)
    targets = torch.tensor(y) if name == "cross_entropy" else torch.tensor(y, dtype=torch.float64)
    value = LOSSES[name](logits, targets)
    (gradient,) = torch.autograd.grad(value, logits)
    each = LOSSES[name](logits, targets, reduction="none")
    return {
        "case": case,
        "name": name,
        "z": z,
        "y": y,
        "loss": value.item(),
        "dz": gradient.tolist(),
        "each": each.tolist(),
    }


def functions():
    binary = [-3.2, -0.7, -0.001, 0.4, 1.6, 2.5]
    extreme = [-40.0, -40.0, 40.0, 40.0]
    return {
        "torch": torch_version(),
        "convention": [
            "activations: a = f(z) and da_dz = f'(z), entry by entry. leaky_relu has slope 0.01, elu alpha 1, gelu is "
            "exact (erf). Far left, gelu is computed as z (1 + erf(z / sqrt 2)) / 2 and loses relative, not absolute, "
            "precision.",
            "losses: z is (points, outputs), y has the same shape, except cross_entropy: a class number for each "
            "point.",
            "loss is the mean over points, and over outputs too for mse, bce, hinge and huber; dz is the derivative "
            "of that mean with respect to z, so it contains 1/N. each holds the losses before the mean: (points, "
            "outputs), or (points) for cross_entropy.",
            "mse: (z - y)^2. bce: max(z, 0) - z y + log(1 + exp(-|z|)). hinge: max(0, 1 - (2 y - 1) z). "
            "huber: delta 1, r^2 / 2 where |r| <= 1, else |r| - 1/2.",
        ],
        "activations": [activation_case(name) for name in ACTIVATIONS],
        "losses": [
            loss_case("mse-one-output", "mse", [[v] for v in binary], [[-3.0], [0.5], [0.0], [0.1], [4.0], [2.5]]),
            loss_case(
                "mse-two-outputs", "mse", [[1.5, -0.3], [0.2, 2.0], [-4.0, 0.7]], [[1.0, 0.0], [0.3, -1.0], [5.0, 0.7]]
            ),
            loss_case("bce", "bce", [[v] for v in binary], [[0], [1], [0], [1], [0], [1]]),
            loss_case("bce-extreme", "bce", [[v] for v in extreme], [[0], [1], [0], [1]]),
            loss_case(
                "cross_entropy",
                "cross_entropy",
                [[0.2, -0.5, 1.1], [2.0, 2.0, 2.0], [-1.3, 0.4, -0.2], [0.0, 3.0, -3.0], [1.0, 0.5, 0.25]],
                [2, 0, 1, 0, 2],
            ),
            loss_case(
                "cross_entropy-extreme",
                "cross_entropy",
                [
                    [40.0, -40.0, 0.0],
                    [40.0, -40.0, 0.0],
                    [1000.0, 0.0, -1000.0],
                    [1000.0, 0.0, -1000.0],
                    [-800.0, -801.0, -802.0],
                ],
                [0, 1, 0, 2, 1],
            ),
            loss_case("hinge", "hinge", [[v] for v in binary], [[0], [1], [0], [1], [0], [1]]),
            loss_case("hinge-extreme", "hinge", [[v] for v in extreme], [[0], [1], [0], [1]]),
            loss_case("huber-one-output", "huber", [[v] for v in binary], [[-3.0], [0.5], [0.0], [0.1], [4.0], [2.5]]),
            loss_case(
                "huber-two-outputs",
                "huber",
                [[1.5, -0.3], [0.2, 2.0], [-4.0, 0.7]],
                [[1.0, 0.0], [0.3, -1.5], [5.0, 0.7]],
            ),
        ],
    }


# ---------------------------------------------------------------- files


def torch_version():
    return torch.__version__.split("+")[0]


def settled(new, old=None):
    """The same lists and dictionaries, with every number at 12 digits.

    A result that lies half-way between two such numbers goes up on one processor and down on another, so a number
    that is one unit of the last digit away from that in the file (``old``) stays as it was.
    """
    if isinstance(new, dict):
        return {key: settled(value, old.get(key) if isinstance(old, dict) else None) for key, value in new.items()}
    if isinstance(new, list | tuple):
        former = old[: len(new)] if isinstance(old, list) else []
        return [settled(*pair) for pair in zip_longest(new, former)]
    if not isinstance(new, float):
        return new
    new, old = (float(f"{number:.11e}") for number in (new, old if isinstance(old, float) else math.inf))
    return old if math.isclose(new, old, rel_tol=1e-11) else new


def layout(value, indent=0):
    """JSON with one line for each list of plain values: readable, and a change shows as few lines."""
    pad, inner = " " * indent, " " * (indent + 1)
    if isinstance(value, dict) and value:
        lines = [f"{inner}{json.dumps(key)}: {layout(item, indent + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{pad}}}"
    if isinstance(value, list | tuple) and any(isinstance(item, list | tuple | dict | str) for item in value):
        return "[\n" + ",\n".join(inner + layout(item, indent + 1) for item in value) + f"\n{pad}]"
    return json.dumps(value, allow_nan=False)


def main():
    if torch_version() != "2.13.0":
        raise SystemExit(f"The golden files were made with torch 2.13.0; this is {torch_version()}.")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    for name, make in (
        ("optimizers", optimizers),
        ("descent", descent),
        ("schedules", schedules),
        ("training", training),
        ("functions", functions),
    ):
        path = HERE / f"{name}.json"
        former = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        text = layout(settled(make(), former)) + "\n"
        if len(text) > MAX_BYTES:
            raise SystemExit(f"{name}.json would have {len(text)} bytes; keep it under {MAX_BYTES}.")
        path.write_text(text, encoding="utf-8")
        print(f"{name}.json: {len(text):,} bytes")


if __name__ == "__main__":
    main()

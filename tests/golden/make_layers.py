"""Write layers.json: what PyTorch computes for convolution, pooling, recurrence and attention.

Run as `make_golden.py` is, and by the same rules: float64, inputs rounded to a few decimals, results of twelve digits.
Each case is a small network: its first parameters, its gradient and what 50 steps of Adam make of it. Parameters are
stored by the names and in the layout of ``core.nn``: a matrix a layer, its last column the bias.
"""

import json
import math

import torch
from make_golden import HERE, MAX_BYTES, layout, rounded, settled, torch_version
from torch import nn
from torch.nn import functional

STEPS, RATE, EXAMPLES, CLASSES = 50, 0.02, 8, 3


def drawn(module, rng):
    """The module with rounded parameters of its own; of a recurrent layer's two biases one stays at zero."""
    with torch.no_grad():
        for name, p in module.named_parameters():
            if "bias_hh" in name:
                p.zero_()
                p.requires_grad_(False)
            else:
                scale = 1 / math.sqrt(p[0].numel()) if p.ndim > 1 else 0.2
                p.copy_(rounded(scale * torch.randn(p.shape, generator=rng), 4))
    return module


def dense(layer, value):
    return torch.cat([value(layer.weight).flatten(1), value(layer.bias)[:, None]], 1)


def recurrent(layer, value, order):
    """W of ``[h; x; 1]``, with PyTorch's blocks of gates in our order."""
    W = torch.cat([value(layer.weight_hh_l0), value(layer.weight_ih_l0), value(layer.bias_ih_l0)[:, None]], 1)
    blocks = W.chunk(len(order))
    return torch.cat([blocks[k] for k in order])


class Pictures(nn.Module):
    """Convolution, activation, pooling, dense."""

    def __init__(self, shape, kernel, bend, pool, inside):
        super().__init__()
        self.shape, self.bend, self.pool = shape, bend, pool
        self.first = nn.Conv2d(shape[0], kernel["filters"], kernel["size"], kernel["stride"], kernel["padding"])
        self.last = nn.Linear(inside, CLASSES)

    def forward(self, X):
        return self.last(self.pool(self.bend(self.first(X.reshape(-1, *self.shape)))).flatten(1))

    def parts(self, value):
        return {"0.W": dense(self.first, value), "3.W": dense(self.last, value)}


class Steps(nn.Module):
    """A recurrent layer and a dense one that reads its last h."""

    def __init__(self, kind, width, shape, order):
        super().__init__()
        self.shape, self.order, self.first = shape, order, kind(shape[0], width, batch_first=True)
        self.last = nn.Linear(width, CLASSES)

    def forward(self, X):
        every, _ = self.first(X.reshape(-1, *self.shape).transpose(1, 2))
        return self.last(every[:, -1])

    def parts(self, value):
        return {"0.W": recurrent(self.first, value, self.order), "1.W": dense(self.last, value)}


class Attending(nn.Module):
    """Queries, keys and values of each position, attention, dense."""

    def __init__(self, heads, size, shape):
        super().__init__()
        self.heads, self.size, self.shape = heads, size, shape
        self.first = nn.Conv1d(shape[0], 3 * heads * size, 1)
        self.last = nn.Linear(heads * size * shape[1], CLASSES)

    def forward(self, X):
        z = self.first(X.reshape(-1, *self.shape)).reshape(len(X), 3, self.heads, self.size, -1)
        q, k, v = z.transpose(3, 4).unbind(1)
        y = functional.scaled_dot_product_attention(q, k, v)
        return self.last(y.transpose(2, 3).flatten(1))

    def parts(self, value):
        return {"0.W": dense(self.first, value), "2.W": dense(self.last, value)}


def case(name, network, inputs, seed):
    rng = torch.Generator().manual_seed(seed)
    network = drawn(network, rng)
    X = rounded(torch.randn((EXAMPLES, inputs), generator=rng))
    y = torch.randint(0, CLASSES, (EXAMPLES,), generator=rng)
    first = {key: value.tolist() for key, value in network.parts(lambda p: p.detach()).items()}
    optimizer, losses, gradient = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], RATE), [], None
    z = network(X).tolist()
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(X), y)
        loss.backward()
        gradient = gradient or {key: value.tolist() for key, value in network.parts(lambda p: p.grad).items()}
        losses.append(loss.item())
        optimizer.step()
    last = {key: value.tolist() for key, value in network.parts(lambda p: p.detach()).items()}
    return {
        "case": name, "X": X.tolist(), "y": y.tolist(), "first": first, "z": z, "gradient": gradient,
        "losses": losses, "last": last,
    }  # fmt: skip


def layers():
    """All cases. Our gates stand in the order i, f, o, g (LSTM) and r, u, proposal (GRU); PyTorch's i, f, g, o."""
    plain = {"filters": 3, "size": 3, "stride": 1, "padding": 0}
    strided = {"filters": 2, "size": 2, "stride": 2, "padding": 1}
    cases = [
        case("max pooling", Pictures((1, 6, 6), plain, torch.relu, nn.MaxPool2d(2), 12), 36, 1),
        case("stride and frame", Pictures((2, 4, 4), strided, torch.tanh, nn.AvgPool2d(3), 2), 32, 2),
        case("recurrent", Steps(nn.RNN, 4, (2, 5), [0]), 10, 3),
        case("lstm", Steps(nn.LSTM, 3, (2, 5), [0, 1, 3, 2]), 10, 4),
        case("gru", Steps(nn.GRU, 3, (2, 5), [0, 1, 2]), 10, 5),
        case("one head", Attending(1, 3, (2, 4)), 8, 6),
        case("two heads", Attending(2, 2, (3, 4)), 12, 7),
    ]
    return {
        "about": "float64; 50 steps of Adam on all examples",
        "torch": torch_version(),
        "rate": RATE,
        "cases": cases,
    }


if __name__ == "__main__":
    if torch_version() != "2.13.0":
        raise SystemExit(f"The golden files were made with torch 2.13.0; this is {torch_version()}.")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    path = HERE / "layers.json"
    former = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    text = layout(settled(layers(), former)) + "\n"
    assert len(text) < MAX_BYTES
    path.write_text(text, encoding="utf-8")
    print(f"layers.json: {len(text):,} bytes")

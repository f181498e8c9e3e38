"""An optimiser for matrices: each step is the momentum's gradient made orthogonal.

Muon (Jordan et al. 2024, kellerjordan.github.io/posts/muon): a Newton-Schulz iteration moves all
singular values of the step near 1, so that directions with small gradients are learnt as well.
torch's own takes two-dimensional weights only; a convolution is a matrix of outputs by inputs.
"""

import math
from collections.abc import Callable, Iterable

import torch
from torch import Tensor

_ROUNDS = 5
_QUINTIC = (3.4445, -4.7750, 2.0315)  # the published coefficients
_SIZE = 0.2  # root mean square of a step of rate 1, as AdamW's (Liu et al. 2025, arXiv:2502.16982)


class Muon(torch.optim.Optimizer):
    """Steps of one size for weights of two or more dimensions; the first is the outputs."""

    def __init__(self, weights: Iterable[Tensor], lr: float, weight_decay: float) -> None:
        super().__init__(weights, {"lr": lr, "weight_decay": weight_decay, "keep": 0.95})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Move every weight that has a gradient."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if not state:
                    state["momentum"] = torch.zeros_like(weight.grad)
                momentum = state["momentum"].mul_(group["keep"]).add_(weight.grad)
                ahead = (weight.grad + group["keep"] * momentum).flatten(1)
                rows, columns = ahead.shape
                size = _SIZE * math.sqrt(max(rows, columns) * max(1.0, rows / columns))
                weight.mul_(1 - group["lr"] * group["weight_decay"])
                weight.add_(orthogonal(ahead).view_as(weight), alpha=-group["lr"] * size)


def orthogonal(matrix: Tensor) -> Tensor:
    """A matrix of the same singular vectors, its singular values near 1."""
    a, b, c = _QUINTIC
    x: Tensor = matrix / (matrix.norm() + 1e-7)
    for _ in range(_ROUNDS):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x

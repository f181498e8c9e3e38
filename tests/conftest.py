"""Shared set-up: one thread a worker, since several workers share the cores."""

import torch

torch.set_num_threads(1)

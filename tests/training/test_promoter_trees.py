"""Boosted trees that teach the motif readout."""

import numpy as np
import pytest

from training.promoter_activity.trees import trees_say


def test_trees_learn_each_cell_from_what_was_measured_and_speak_as_the_first_pool() -> None:
    pytest.importorskip("lightgbm", reason="training/requirements.txt is not installed")
    rng = np.random.default_rng(0)
    read = rng.normal(size=(600, 6)).astype(np.float32)
    second = rng.random(600) < 0.5
    targets = np.stack([read[:, 0] + 5 * second, -read[:, 1]], 1).astype(np.float32)
    targets[::2, 1] = np.nan
    asked = rng.normal(size=(200, 6)).astype(np.float32)
    said = trees_say(read, targets, second, asked, 1)
    assert said.shape == (200, 2) and said.dtype == np.float32
    assert np.corrcoef(said[:, 0], asked[:, 0])[0, 1] > 0.9
    assert np.corrcoef(said[:, 1], -asked[:, 1])[0, 1] > 0.9
    assert abs(said[:, 0].mean() - asked[:, 0].mean()) < 0.5
    np.testing.assert_array_equal(said, trees_say(read, targets, second, asked, 1))

"""Models share one budget: each is loaded once, and the one used longest ago goes first."""

import threading

import numpy as np
import pytest

from genoview.models.expression.promoter_activity import PromoterActivity
from genoview.models.memory import bytes_of
from genoview.runtime.model_cache import ModelCache


def block(n_bytes: int) -> np.ndarray:
    return np.zeros(n_bytes, np.uint8)


def test_what_was_used_longest_ago_goes_when_the_budget_is_spent() -> None:
    memory = ModelCache(100)
    for name in ("a", "b"):
        memory.get(name, lambda: block(50))
    memory.get("a", lambda: block(50))
    memory.get("c", lambda: block(50))
    assert memory.sizes() == {"a": 50, "c": 50}
    assert memory.find("b") is None


def test_one_larger_than_the_budget_stays_alone() -> None:
    memory = ModelCache(100)
    memory.get("a", lambda: block(10))
    memory.get("large", lambda: block(1_000))
    assert memory.sizes() == {"large": 1_000}


def test_a_model_is_made_once_for_all_who_ask_at_a_time() -> None:
    memory, made = ModelCache(100), []
    gate = threading.Barrier(4)

    def make() -> np.ndarray:
        made.append(1)
        return block(1)

    def ask() -> None:
        gate.wait(10)
        memory.get("a", make)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert made == [1]


def test_one_that_cannot_be_made_is_tried_again_and_takes_no_room() -> None:
    memory = ModelCache(100)

    def fail() -> np.ndarray:
        raise ValueError("absent")

    for _ in range(2):
        with pytest.raises(ValueError, match="absent"):
            memory.get("a", fail)
    assert memory.sizes() == {}
    assert memory.get("a", lambda: block(1)).size == 1
    memory.drop("a")
    memory.drop("a")
    assert memory.sizes() == {}


def test_bytes_are_those_of_the_weights() -> None:
    model = PromoterActivity()
    weights = 4 * model.card.parameters
    assert weights <= bytes_of(model) <= 1.2 * weights
    assert bytes_of([model, model]) == bytes_of(model)

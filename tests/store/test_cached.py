"""A question is answered once; a broken store costs a computation and a warning."""

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from genoview.store import Store, cached, cached_many, recalled
from genoview.store.cached import keep, recall


@dataclass(frozen=True)
class Twice:
    """What is twice a number."""

    number: int
    document_key: str = ""

    @property
    def key(self) -> str:
        return f"{self.number:064x}"

    def to_plain(self, answer: float) -> Any:
        return {"twice": answer}

    def from_plain(self, plain: Any) -> float:
        return float(plain["twice"])


class Counter:
    """Answers, and how often it was asked."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def __call__(self, questions: Sequence[Twice]) -> list[float]:
        self.numbers += [one.number for one in questions]
        return [2.0 * one.number for one in questions]

    def one(self, number: int) -> float:
        return self([Twice(number)])[0]


def broken(tmp_path: Path) -> Store:
    (tmp_path / "file").write_text("in the way")
    return Store(tmp_path / "file" / "cache", 10**6)


def test_a_question_is_answered_once(store: Store) -> None:
    count = Counter()
    assert recalled(store, Twice(3)) is None
    for _ in range(2):
        assert cached(store, Twice(3), lambda: count.one(3)) == 6.0
    assert recalled(store, Twice(3)) == 6.0
    assert cached(None, Twice(3), lambda: count.one(3)) == 6.0
    assert recalled(None, Twice(3)) is None
    assert count.numbers == [3, 3]


def test_of_many_the_missing_are_computed_together_each_once(store: Store) -> None:
    count = Counter()
    cached(store, Twice(2), lambda: count.one(2))
    wanted = [Twice(1), Twice(2), Twice(1), Twice(3)]
    assert cached_many(store, wanted, count) == [2.0, 4.0, 2.0, 6.0]
    assert count.numbers == [2, 1, 3]
    assert cached_many(store, [], count) == []


def test_what_one_store_keeps_another_of_the_folder_knows_at_once(store: Store) -> None:
    """Though it has just seen that it is absent."""
    other, count = Store(store.folder, store.limit_bytes), Counter()
    cached(store, Twice(1), lambda: 2.0)
    assert recalled(other, Twice(5)) is None
    cached(store, Twice(5), lambda: count.one(5))
    assert recalled(other, Twice(5)) == 10.0
    store.clear()
    assert recalled(other, Twice(5)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '"text"', "{}", '{"twice": "no number"}'])
def test_what_cannot_be_read_is_computed_again_and_written_over(store: Store, text: str) -> None:
    store.scores.put({Twice(4).key: text})
    assert recalled(store, Twice(4)) is None
    assert cached(store, Twice(4), lambda: 8.0) == 8.0
    assert recalled(store, Twice(4)) == 8.0


def test_a_document_of_an_earlier_version_is_read(store: Store) -> None:
    question = Twice(7, "b" * 64)
    path = store.documents.folder / "bb" / f"{'b' * 64}.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"twice": 14.5}')
    assert recalled(store, question) == 14.5
    assert recalled(store, Twice(7)) is None
    path.write_bytes(b"\xff")
    assert recalled(store, question) is None


def test_a_broken_store_costs_a_computation_and_one_warning(tmp_path: Path) -> None:
    store, count = broken(tmp_path), Counter()
    assert recalled(store, Twice(1)) is None
    [words] = store.take_warnings()
    assert "cannot be opened or written" in words
    for n_asked in (1, 2):
        assert cached(store, Twice(1), lambda: count.one(1)) == 2.0
        assert len(count.numbers) == n_asked
        assert store.take_warnings() == [words]
    told: list[str] = []
    assert cached_many(store, [Twice(1), Twice(2)], count, told.append) == [2.0, 4.0]
    assert told == [words] and store.take_warnings() == []


def test_tables_of_mutagenesis_fail_in_the_same_way(store: Store, tmp_path: Path) -> None:
    told: list[str] = []
    keep(store.substitutions, {"one": (0.0, 1.0, 2.0, 3.0)}, told.append)
    assert recall(store.substitutions, ["one", "two"], told.append) == {"one": (0.0, 1.0, 2.0, 3.0)}
    assert told == []
    bad = broken(tmp_path)
    assert recall(bad.substitutions, ["one"], told.append) is None
    keep(bad.substitutions, {"one": (0.0, 1.0, 2.0, 3.0)}, told.append)
    assert len(told) == 2


def test_an_error_of_the_computation_is_its_own(store: Store) -> None:
    def fail() -> float:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cached(store, Twice(1), fail)
    assert recalled(store, Twice(1)) is None
    assert store.take_warnings() == []


def _work(folder: Path, first: int) -> None:
    store = Store(folder, 10**6)
    for number in range(first, first + 6):
        assert cached(store, Twice(number), lambda n=number: 2.0 * n) == 2.0 * number


def test_two_processes_keep_what_both_know(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_work, args=(tmp_path, first)) for first in (0, 3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    store = Store(tmp_path, 10**6)
    assert [recalled(store, Twice(n)) for n in range(9)] == [2.0 * n for n in range(9)]
    assert store.scores.count() == 9

"""A question -> its answer: recalled where it was answered before, else computed and kept.

report = cached(store, question, lambda: compute(question))
reports = cached_many(store, questions, compute)  # the missing ones are computed together
report = recalled(store, question)                # at once, or None

A broken store costs a computation and a warning, never the answer.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from genoview.errors import StoreError
from genoview.store.cache import Store

T = TypeVar("T")
V = TypeVar("V")
Q = TypeVar("Q", bound="Question[Any]")
Warn = Callable[[str], None]
UNREADABLE = (KeyError, TypeError, ValueError, IndexError)  # of what is not an answer


class Question(Protocol[T]):
    """What an answer depends on, and how the answer is written down."""

    @property
    def key(self) -> str:
        """sha256 of all that the answer depends on, hexadecimal."""

    @property
    def document_key(self) -> str:
        """Name of the document in which earlier versions kept it; empty without one."""

    def to_plain(self, answer: T) -> Any:
        """The answer in values of JSON."""

    def from_plain(self, plain: Any) -> T:
        """What `to_plain` made; may raise one of UNREADABLE."""


class Table(Protocol[V]):
    """Values by key; both methods raise StoreError only."""

    def get(self, keys: Sequence[str]) -> dict[str, V]:
        """The stored answers of the keys."""

    def put(self, values: Mapping[str, V]) -> None:
        """Keep them."""


def recall(table: Table[V], keys: Sequence[str], warn: Warn) -> dict[str, V] | None:
    """What a table holds of the keys; None, and a warning, where it cannot be read."""
    try:
        return table.get(keys)
    except StoreError as error:
        warn(str(error))
        return None


def keep(table: Table[V], values: Mapping[str, V], warn: Warn) -> None:
    """Put values into a table; a warning where it cannot be written."""
    try:
        table.put(values)
    except StoreError as error:
        warn(str(error))


def recalled(store: Store | None, question: Question[T]) -> T | None:
    """The answer if the question was answered before."""
    if store is None:
        return None
    key = question.key
    return (_known(store, {key: question}, store.warn) or {}).get(key)


def cached(store: Store | None, question: Question[T], compute: Callable[[], T]) -> T:
    """The answer, computed where it is not known."""
    return cached_many(store, [question], lambda _: [compute()])[0]


def cached_many(
    store: Store | None,
    questions: Sequence[Q],
    compute: Callable[[list[Q]], Sequence[T]],
    warn: Warn | None = None,
) -> list[T]:
    """The answers in order; those that are not known are computed at once, each once.

    Args:
        compute: answers of the questions that are missing, in order.
        warn: called with a sentence on what the store cannot do; the store's own without.
    """
    keys = [question.key for question in questions]
    by_key = dict(zip(keys, questions, strict=True))
    warn = warn or (store.warn if store else _silent)
    recalled_now = _known(store, by_key, warn) if store and keys else None
    known: dict[str, T] = recalled_now or {}
    missing = {key: question for key, question in by_key.items() if key not in known}
    if missing:
        fresh = dict(zip(missing, compute(list(missing.values())), strict=True))
        if store and recalled_now is not None:  # one warning is enough
            texts = {key: _text(by_key[key].to_plain(question)) for key, question in fresh.items()}
            keep(store.scores, texts, warn)
        known = {**known, **fresh}
    return [known[key] for key in keys]


def _known(store: Store, questions: Mapping[str, Question[T]], warn: Warn) -> dict[str, T] | None:
    """Answers by key; None where the store cannot be read."""
    texts = recall(store.scores, list(questions), warn)
    if texts is None:
        return None
    answers: dict[str, T] = {}
    for key, question in questions.items():
        text = texts.get(key) or _documented(store, question)
        if text is None:
            continue
        with suppress(*UNREADABLE):  # computed again, and written over
            answers[key] = question.from_plain(json.loads(text))
    return answers


def _documented(store: Store, question: Question[T]) -> str | None:
    """What an earlier version wrote, as text."""
    if not store.documents.exist or not question.document_key:
        return None
    return store.documents.get(question.document_key)


def _text(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))


def _silent(words: str) -> None:
    """Without a store nothing is cached, and nothing fails."""

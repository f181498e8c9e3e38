"""The history: one line a question, the newest first."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from genoview.store import HistoryEntry, Store
from genoview.store import history as history_module
from tests.store.samples import NOON, entry


def test_an_entry_comes_back_as_it_was(store: Store) -> None:
    store.history.record(entry("chr20:1-10"))
    assert store.history.entries() == [entry("chr20:1-10")]


def test_a_moment_of_another_zone_is_the_same_moment(store: Store) -> None:
    east = timezone(timedelta(hours=9))
    moment = NOON.astimezone(east)
    asked = HistoryEntry("q", "HNF4A", "GRCh37", "locus", "", 0.1, moment)
    store.history.record(asked)
    assert store.history.entries() == [asked]


def test_the_same_question_again_counts_up_and_takes_the_last_words(store: Store) -> None:
    store.history.record(entry("chr20:1-10", query="20:1-10"))
    store.history.record(entry("ADA", minutes=1))
    store.history.record(entry("chr20:1-10", minutes=2, query="CHR20:1..10"))
    first, second = store.history.entries()
    assert (first.normalised, first.times, first.query) == ("chr20:1-10", 2, "CHR20:1..10")
    assert first.when == NOON + timedelta(minutes=2)
    assert (second.normalised, second.times) == ("ADA", 1)


def test_the_same_text_in_another_assembly_is_another_question(store: Store) -> None:
    store.history.record(entry("chr20:1-10"))
    store.history.record(entry("chr20:1-10", assembly="GRCh38"))
    assert [one.times for one in store.history.entries()] == [1, 1]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["ADA", "HNF4A"]),
        ("hnf", ["HNF4A"]),
        ("grch37 ada", ["ADA"]),
        ("ada hnf", []),
        ("%", []),
        ("A'; DROP TABLE history; --", []),
    ],
)
def test_search_finds_entries_with_every_word(store: Store, search: str, found: list[str]) -> None:
    store.history.record(entry("HNF4A"))
    store.history.record(entry("ADA", minutes=1))
    assert [one.normalised for one in store.history.entries(search=search)] == found


def test_the_limit_keeps_the_newest(store: Store) -> None:
    for minutes, name in enumerate("ABC"):
        store.history.record(entry(name, minutes))
    assert [one.normalised for one in store.history.entries(limit=2)] == ["C", "B"]


def test_delete_forgets_one_and_clear_all(store: Store) -> None:
    for name in "ABC":
        store.history.record(entry(name))
    store.history.delete(entry("B").entry_id)
    store.history.delete("never there")
    assert {one.normalised for one in store.history.entries()} == {"A", "C"}
    store.history.clear()
    assert store.history.entries() == []


def test_the_oldest_are_forgotten_beyond_the_bound(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "MAX_ENTRIES", 2)
    for minutes, name in enumerate("ABC"):
        store.history.record(entry(name, minutes))
    assert [one.normalised for one in store.history.entries()] == ["C", "B"]


def test_a_prediction_that_comes_later_is_written_and_not_counted(store: Store) -> None:
    store.history.record(entry("chr20:7:A>C"))
    told = replace(entry("chr20:7:A>C"), times=0, gene="ADA", prediction="ADA p.(=), synonymous.")
    store.history.record(told)
    assert store.history.entries() == [replace(told, times=1)]
    assert store.history.entries(search="ada") == [replace(told, times=1)]

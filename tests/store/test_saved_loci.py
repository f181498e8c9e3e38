"""Saved loci: found again, undone, carried to another machine, and checked on the way in."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from genoview.errors import StoreError
from genoview.store import ImportReport, Label, SavedLocus, Store
from tests.store.samples import SUMMARY, saved


def test_a_locus_comes_back_as_it_was_saved(store: Store) -> None:
    kept = store.loci.save(saved('Ü "quoted" \u2028 \U0001f9ec', "two\nlines", ["a b", "c"]))
    assert store.loci.entries() == [kept]
    assert store.loci.by_id(kept.id) == kept
    assert kept.summary == SUMMARY


def test_without_a_name_the_query_is_the_name() -> None:
    assert SavedLocus.new("HNF4A", "GRCh37", "", Label("  ")).name == "HNF4A"


def test_tags_lose_blanks_and_repetitions() -> None:
    assert saved("x", tags=[" a ", "", "b", "a"]).tags == ("a", "b")


def test_a_short_id_needs_no_escape_and_finds_its_locus(store: Store) -> None:
    kept = store.loci.save(saved("x"))
    assert re.fullmatch("[2-9a-z]{8}", kept.short_id)
    assert store.loci.by_short_id(kept.short_id) == kept
    assert store.loci.by_short_id("nothing2") is None


def test_a_taken_short_id_is_replaced(store: Store) -> None:
    first = store.loci.save(saved("first"))
    second = store.loci.save(replace(saved("second"), short_id=first.short_id))
    assert second.short_id != first.short_id
    assert store.loci.by_short_id(second.short_id) == second


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"HNF4A P2", "ADA"}),
        ("p2", {"HNF4A P2"}),
        ("diabetes", {"HNF4A P2"}),
        ("donor lost", {"ADA"}),
        ("43042364", {"HNF4A P2", "ADA"}),
        ("diabetes lost", set()),
        ("_", set()),
    ],
)
def test_search_looks_in_name_note_tags_and_query(
    store: Store, search: str, found: set[str]
) -> None:
    store.loci.save(saved("HNF4A P2", tags=["Diabetes"]))
    store.loci.save(saved("ADA", note="A donor is lost."))
    assert {locus.name for locus in store.loci.entries(search)} == found


def test_an_edit_changes_what_is_given_and_moves_the_locus_to_the_top(store: Store) -> None:
    kept = store.loci.save(saved("old", "note", ["tag"]))
    store.loci.save(saved("other"))
    edited = store.loci.edit(kept.id, name=" new ")
    assert (edited.name, edited.note, edited.tags) == ("new", "note", ("tag",))
    assert edited.updated > kept.updated
    assert edited.short_id == kept.short_id
    assert store.loci.edit(kept.id, note="", tags=[]).tags == ()
    assert [locus.name for locus in store.loci.entries()] == ["new", "other"]


def test_an_empty_name_is_refused(store: Store) -> None:
    kept = store.loci.save(saved("old"))
    with pytest.raises(StoreError, match="needs a name"):
        store.loci.edit(kept.id, name=" ")
    assert store.loci.entries() == [kept]


def test_a_deleted_locus_and_its_link_are_gone_until_restored(store: Store) -> None:
    kept = store.loci.save(saved("x"))
    store.loci.delete(kept.id)
    assert store.loci.entries() == []
    assert store.loci.by_short_id(kept.short_id) is None
    assert store.loci.restore(kept.id) == kept
    assert store.loci.entries() == [kept]


def test_purge_ends_the_undo(store: Store) -> None:
    kept, other = store.loci.save(saved("x")), store.loci.save(saved("y"))
    store.loci.delete(kept.id)
    assert store.loci.purge() == 1
    with pytest.raises(StoreError, match="is gone"):
        store.loci.restore(kept.id)
    assert store.loci.entries() == [other]


def test_changing_an_unknown_locus_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="is gone"):
        store.loci.edit("0" * 32, name="x")
    with pytest.raises(StoreError, match="is gone"):
        store.loci.delete("0" * 32)


def test_an_export_imports_elsewhere_unchanged(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        store.loci.save(saved(name, "note", ["tag"]))
    deleted = store.loci.save(saved("deleted"))
    store.loci.delete(deleted.id)
    elsewhere = Store(tmp_path / "elsewhere", 10**6)
    assert elsewhere.loci.import_json(store.loci.export_json()) == ImportReport(2, 0, 0)
    assert elsewhere.loci.entries() == store.loci.entries()
    assert elsewhere.loci.import_json(store.loci.export_json()) == ImportReport(0, 0, 2)


def test_of_two_states_the_later_stays(store: Store, tmp_path: Path) -> None:
    kept = store.loci.save(saved("old"))
    old = store.loci.export_json()
    edited = store.loci.edit(kept.id, name="new")
    new = store.loci.export_json()
    assert store.loci.import_json(old) == ImportReport(0, 0, 1)
    assert store.loci.entries() == [edited]
    elsewhere = Store(tmp_path / "elsewhere", 10**6)
    elsewhere.loci.import_json(old)
    assert elsewhere.loci.import_json(new) == ImportReport(0, 1, 0)
    assert elsewhere.loci.entries() == [edited]


def test_an_import_brings_a_deleted_locus_back(store: Store) -> None:
    kept = store.loci.save(saved("x"))
    exported = store.loci.export_json()
    store.loci.delete(kept.id)
    assert store.loci.import_json(exported) == ImportReport(0, 1, 0)
    assert store.loci.entries() == [kept]


def test_an_id_twice_in_one_import_counts_once(store: Store, tmp_path: Path) -> None:
    kept = store.loci.save(saved("old"))
    document = json.loads(store.loci.export_json())
    later = {
        **document["loci"][0],
        "name": "new",
        "updated": (kept.updated + timedelta(days=1)).isoformat(),
    }
    document["loci"].insert(0, later)
    elsewhere = Store(tmp_path / "elsewhere", 10**6)
    assert elsewhere.loci.import_json(json.dumps(document)) == ImportReport(1, 0, 0)
    assert [locus.name for locus in elsewhere.loci.entries()] == ["new"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id", "../../etc", "id is '../../etc'; 32 hexadecimal"),
        ("short_id", "<script>", "short_id is"),
        ("name", 5, "name is '5'; text was expected"),
        ("name", "x" * 201, "name has 201 characters; at most 200"),
        ("name", "\ud800", "halves of characters"),
        ("tags", "a,b", "tags is 'a,b'; a list of texts"),
        ("tags", [1], "a list of texts|text was expected"),
        ("created", "yesterday", "created is 'yesterday'; a date and time"),
        ("updated", "2026-01-31T12:00:00", "with its zone"),
        ("models", ["a"], "models is"),
        ("summary", [{"label": "x", "maximum": float("nan")}], "a finite number"),
        ("summary", [{"label": "x", "maximum": 10**400}], "summary is"),
        ("summary", [{"label": "x", "maximum": 1, "position": 1.5}], "a whole number"),
        ("summary", [{"label": "x", "maximum": 1, "sparkline": 3}], "a list of numbers"),
        ("summary", [{"label": "x", "maximum": 1, "sparkline": [0] * 1001}], "sparkline has"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_imported(
    store: Store, field: str, value: Any, words: str
) -> None:
    store.loci.save(saved("first"))
    document = json.loads(store.loci.export_json())
    wrong = {**document["loci"][0], "id": "f" * 32, field: value}
    good = {**document["loci"][0], "id": "e" * 32}
    document["loci"] = [good, wrong]
    with pytest.raises(StoreError, match=f"Entry 2.*({words}).*Nothing was imported"):
        store.loci.import_json(json.dumps(document))
    assert [locus.name for locus in store.loci.entries()] == ["first"]


def test_a_missing_field_is_named(store: Store) -> None:
    store.loci.save(saved("first"))
    document = json.loads(store.loci.export_json())
    del document["loci"][0]["url"]
    with pytest.raises(StoreError, match=r"Entry 1 \('first'\): url is missing"):
        store.loci.import_json(json.dumps(document))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an export"),
        ('{"format": "other"}', "not an export"),
        ('{"format": "genoview-saved-loci", "version": 2, "loci": []}', "reads version 1"),
        ('{"format": "genoview-saved-loci", "version": 1, "loci": {}}', "not a list"),
        ('{"format": "genoview-saved-loci", "version": 1, "loci": [3]}', "Entry 1 is not"),
    ],
)
def test_text_that_is_no_export_is_refused(store: Store, text: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        store.loci.import_json(text)


def test_gene_and_prediction_are_kept_carried_and_searched(store: Store) -> None:
    prediction = "ADA c.976-34G>A, intronic; no splice site change of 0.2 or more (largest 0.03)."
    kept = store.loci.save(replace(saved("x"), gene="ADA", prediction=prediction))
    assert store.loci.entries("ada") == [kept]
    carried = json.loads(store.loci.export_json())
    assert carried["loci"][0]["prediction"] == prediction
    for name in ("gene", "prediction"):  # as exports of earlier versions are
        del carried["loci"][0][name]
    carried["loci"][0]["updated"] = (kept.updated + timedelta(hours=1)).isoformat()
    store.loci.import_json(json.dumps(carried))
    [older] = store.loci.entries()
    assert (older.gene, older.prediction) == ("", "")

"""Every substitution over a range: by hand on small models, streamed, and computed only once."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.errors import Cancelled, GenomeError, QueryError
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.scoring.mutagenesis import BASES, Scan, ScanSpec, Substitutions, score_of, scores_for
from genoview.store import Store
from tests.scoring.mutagenesis.splice_words import Words

FLANK = 300  # bp of C before and behind
# Base 14 is a donor before GT; on the reverse strand base 36 is one, before AC read backwards.
MIDDLE = "CCCCCCCCCCCCCCAGTCCCCCCCCCCCCCCCCCCACACCCCCCCCCNCCCCCCCCCCCCC"
DONOR = Interval("chr1", FLANK + 10, FLANK + 20)
UNKNOWN = Interval("chr1", FLANK + MIDDLE.index("N"), FLANK + MIDDLE.index("N") + 2)
GAIN = "CCCCGCCCC"  # T for the C behind G makes a donor
GAINED = Interval("chr1", 2 * FLANK + len(MIDDLE) + 5, 2 * FLANK + len(MIDDLE) + 6)


@pytest.fixture
def assembly(tmp_path: Path) -> Iterator[Assembly]:
    path = tmp_path / "toy.fa"
    path.write_text(f">1\n{'C' * FLANK}{MIDDLE}{'C' * FLANK}{GAIN}{'C' * FLANK}\n")
    with ReferenceGenome.open("toy", path) as opened:
        yield Assembly("toy", opened, Annotation.empty())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


@pytest.fixture
def words() -> Words:
    return Words()


def scanned(
    assembly: Assembly, interval: Interval, words: Words, store: Store, score: str = "splice+"
) -> Substitutions:
    return Scan(score_of(score), interval, assembly).run(words, store)


def same(first: Substitutions, second: Substitutions) -> bool:
    return first.values.tobytes() == second.values.tobytes()


def test_a_lost_site_is_negative_a_gained_one_positive_and_the_genome_s_base_unknown(
    assembly: Assembly, words: Words, store: Store
) -> None:
    result = scanned(assembly, DONOR, words, store)
    assert result.bases == "CCCCAGTCCC"
    values = dict(zip(result.bases[4:7], result.values[4:7].tolist(), strict=True))
    assert math.isnan(values["A"][0])
    assert values["A"][1:] == [0, 0, 0]
    assert values["G"][:2] == [-1, -1]  # A and C for G: the donor is gone
    assert [values["T"][i] for i in (0, 1, 2)] == [-1, -1, -1]
    assert np.nanmax(result.values) == 0
    assert np.isnan(result.values).sum() == DONOR.width
    assert result.is_complete


def test_the_reverse_strand_is_read_backwards(
    assembly: Assembly, words: Words, store: Store
) -> None:
    place = Interval("chr1", FLANK + 34, FLANK + 39)
    result = scanned(assembly, place, words, store, "splice-")
    assert result.bases == "CACAC"
    lost = [(result.bases[row], BASES[column]) for row, column in np.argwhere(result.values == -1)]
    # CAC AC: AC at 35 and at 37 are GT on the other strand; each base of them breaks one.
    assert ("A", "C") in lost and ("C", "T") in lost
    assert scanned(assembly, place, words, store, "splice+").largest == 0


def test_a_gain_is_positive(assembly: Assembly, words: Words, store: Store) -> None:
    result = scanned(assembly, GAINED, words, store)
    assert result.bases == "C"
    np.testing.assert_array_equal(result.values, [[0, np.nan, 0, 1]])


def test_the_second_look_computes_nothing(assembly: Assembly, words: Words, store: Store) -> None:
    first = scanned(assembly, DONOR, words, store)
    n_before = list(words.n_edits)
    again = Scan(score_of("splice+"), DONOR, assembly)
    again.recall(words, store)
    assert again.is_complete
    assert same(again.so_far(), first)
    assert same(again.run(words, store), first)
    assert words.n_edits == n_before


def test_an_overlapping_range_computes_its_new_bases_only(
    assembly: Assembly, words: Words, store: Store
) -> None:
    scanned(assembly, DONOR, words, store)
    words.n_edits.clear()
    wider = Interval("chr1", DONOR.start - 2, DONOR.end + 3)
    result = scanned(assembly, wider, words, store)
    assert sum(words.n_edits) == 3 * 5
    fresh = Scan(score_of("splice+"), wider, assembly)
    assert same(result, fresh.run(words, Store(store.folder / "other", 1_000_000)))


def test_the_other_strand_is_another_question(
    assembly: Assembly, words: Words, store: Store
) -> None:
    scanned(assembly, DONOR, words, store)
    other = Scan(score_of("splice-"), DONOR, assembly)
    other.recall(words, store)
    assert other.so_far().n_done == 0


def test_a_stopped_run_keeps_what_it_has(assembly: Assembly, words: Words, store: Store) -> None:
    wide = Interval("chr1", FLANK, FLANK + 40)
    scan = Scan(score_of("splice+"), wide, assembly)

    def stop_late(share: float) -> None:
        if share > 0.5:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        scan.run(words, store, stop_late)
    n_done = scan.so_far().n_done
    assert 0 < n_done < wide.width
    again = Scan(score_of("splice+"), wide, assembly)
    again.recall(words, store)
    assert again.so_far().n_done == n_done
    words.n_edits.clear()
    again.run(words, store)
    assert sum(words.n_edits) == 3 * (wide.width - n_done)


def test_it_fills_from_left_to_right_with_progress(
    assembly: Assembly, words: Words, store: Store
) -> None:
    scan = Scan(score_of("splice+"), Interval("chr1", FLANK, FLANK + 40), assembly)
    seen: list[int] = []
    shares: list[float] = []

    def look(share: float) -> None:
        shares.append(share)
        seen.append(scan.so_far().n_done)

    scan.run(words, store, look)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {0, 16, 32, 40} <= set(seen)


def test_a_base_that_the_genome_does_not_know_has_no_effect(
    assembly: Assembly, words: Words, store: Store
) -> None:
    result = scanned(assembly, UNKNOWN, words, store)
    assert result.bases == "NC"
    np.testing.assert_array_equal(
        np.isnan(result.values), [[True] * 4, [False, True, False, False]]
    )
    assert result.is_complete


def test_a_store_that_cannot_be_written_costs_a_warning(
    assembly: Assembly, words: Words, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    scan = Scan(score_of("splice+"), DONOR, assembly)
    result = scan.run(words, Store(blocked, 1_000))
    assert result.is_complete
    assert scan.warnings
    assert len(scan.warnings) == len(set(scan.warnings))


def test_a_range_that_is_too_long_is_refused_with_what_can_be_done(assembly: Assembly) -> None:
    with pytest.raises(GenomeError, match=r"501 bp.*at most 500 bp.*Zoom in"):
        Scan(score_of("splice+"), Interval("chr1", 0, 501), assembly)


def test_a_score_is_known_by_its_id_and_offered_where_its_model_is() -> None:
    assert ScanSpec("toy", "splice+", DONOR).score.facts.model == "cispliceai"
    with pytest.raises(QueryError, match=r"no score 'x'.*splice"):
        score_of("x")
    ids = [score.facts.score_id for score in scores_for(["cispliceai"])]
    assert ids == ["splice+", "splice-"]

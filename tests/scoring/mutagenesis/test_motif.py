"""Mutagenesis of a motif is told in the bits that its sites are scored in."""

from pathlib import Path

import numpy as np
import pytest

from genoview.data.genome import Interval, reverse_complement
from genoview.io.assembly import Assembly
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motifs import word_score
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.scoring import motif_changes
from genoview.scoring.motif_alleles import completed
from genoview.scoring.mutagenesis import BASES, Scan, score_of, scores_for
from genoview.scoring.mutagenesis.motif import best_word
from genoview.store import Store

YY1 = "motif.MA0095.2"
LOST = "chr20:43249076:C>T"  # weakens a site of YY1
PLACE = Interval("chr20", 43_249_060, 43_249_090)
MATRIX = np.array([[2.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 0.5, 0]])  # A, C, G: 3.5 bits


@pytest.fixture(scope="module")
def jaspar() -> Jaspar:
    return Jaspar()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", limit_bytes=10_000_000)


@pytest.mark.parametrize(
    ("bases", "bits"),
    [
        ("ACG", 3.5),
        ("CGT", 3.5),  # ACG on the other strand
        ("TACGT", 3.5),
        ("AAA", 2.0),
        ("NACG", 3.5),
        ("ANG", -np.inf),
        ("NNN", -np.inf),
    ],
)
def test_the_best_word_of_either_strand_counts(bases: str, bits: float) -> None:
    assert best_word(bases, MATRIX) == bits


def test_a_lost_site_loses_as_much_as_on_the_variant_page(
    demo: Assembly, jaspar: Jaspar, store: Store
) -> None:
    request = resolve(LOST, demo, flank=500)
    on_page = answer(request, jaspar, demo)
    assert on_page.alt is not None and request.variant is not None
    tracks, variant = on_page.ref.data.tracks, request.variant
    changes = motif_changes(on_page.ref.sites, on_page.alt.sites, tracks, variant)
    [lost] = [change for change in changes if change.track.group == "MA0095.2"]
    wanted = completed(lost, variant, demo.reference.fetch).score_difference
    result = Scan(score_of(YY1), PLACE, demo).run(jaspar, store)
    value = result.values[variant.start - PLACE.start, BASES.index("T")]
    assert value == pytest.approx(wanted, abs=1e-4)


def test_every_effect_is_the_difference_of_the_best_words(
    demo: Assembly, jaspar: Jaspar, store: Store
) -> None:
    length, result = 12, Scan(score_of(YY1), PLACE, demo).run(jaspar, store)
    around = demo.reference.fetch(PLACE.expanded(length - 1))

    def best(bases: str) -> float:
        words = [bases[i : i + length] for i in range(length)]
        both = [*words, *map(reverse_complement, words)]
        return max(0.0, *(word_score("MA0095.2", word) for word in both))

    for row, own in enumerate(result.bases):
        window = around[row : row + 2 * length - 1]
        for column, base in enumerate(BASES):
            if base == own:
                assert np.isnan(result.values[row, column])
                continue
            edited = window[: length - 1] + base + window[length:]
            expected = best(edited) - best(window)
            assert result.values[row, column] == pytest.approx(expected, abs=1e-5)


def test_what_is_kept_is_read_again_where_the_words_are_the_same(
    demo: Assembly, jaspar: Jaspar, store: Store
) -> None:
    Scan(score_of(YY1), PLACE, demo).run(jaspar, store)
    again = Scan(score_of(YY1), Interval("chr20", PLACE.start + 3, PLACE.end - 3), demo)
    again.recall(jaspar, store)
    assert again.is_complete
    other = Scan(score_of("motif.MA0114.5"), PLACE, demo)
    other.recall(jaspar, store)
    assert other.so_far().n_done == 0


def test_each_motif_is_a_score_with_the_factor_s_name(jaspar: Jaspar) -> None:
    offered = scores_for(["jaspar"])
    assert {score.facts.score_id for score in offered} == {
        f"motif.{motif.matrix_id}" for motif in jaspar.motifs
    }
    assert score_of(YY1).facts.title == "Motif YY1, MA0095.2"

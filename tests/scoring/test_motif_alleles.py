"""The allele that has no motif site is scored by the bases in its place."""

import numpy as np
import pytest

from genoview.data.genome import Interval, reverse_complement
from genoview.data.track_data import Assay, TrackMetadata
from genoview.io.assembly import Assembly
from genoview.models.binding.jaspar import Jaspar
from genoview.models.binding.motifs import site_matrices, word_p_value, word_score
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.scoring import P_CUT, MotifChange
from genoview.scoring.motif_alleles import completed
from genoview.scoring.variant_scores import motifs_of

HNF1 = "chr20:42984264:G>A"  # in the HNF1A site of the P2 promoter of HNF4A
DELETED = "chr20:42984264:GTT>G"
INSERTED = "chr20:42984264:G>GTTA"


def changes(demo: Assembly, jaspar: Jaspar, text: str) -> list[MotifChange]:
    request = resolve(text, demo, flank=500)
    return motifs_of(request, [answer(request, jaspar, demo)], demo.reference.fetch)


def test_the_p_value_of_a_word_is_that_of_its_site(demo: Assembly, jaspar: Jaspar) -> None:
    interval = Interval("chr20", 42_984_000, 42_984_300)
    sites = jaspar.predict(demo.reference.fetch(jaspar.window(interval)), interval).sites
    for i in range(0, len(sites), 7):
        place = Interval("chr20", int(sites.start[i]), int(sites.end[i]))
        word = demo.reference.fetch(place)
        if sites.strand[i] < 0:
            word = reverse_complement(word)
        matrix_id = jaspar.tracks[int(sites.track[i])].group
        assert word_p_value(matrix_id, word) == pytest.approx(float(sites.p_value[i]), rel=1e-9)


def test_the_worst_word_has_a_p_value_of_one_and_the_best_the_smallest() -> None:
    matrix_id, matrix = next(iter(site_matrices().items()))
    worst, best = (
        "".join("ACGT"[i] for i in rows) for rows in (matrix.argmin(1), matrix.argmax(1))
    )
    assert word_p_value(matrix_id, worst) == 1
    assert word_p_value(matrix_id, best) == pytest.approx(0.25 ** len(matrix))


def test_a_lost_site_has_the_score_of_alt_s_bases(demo: Assembly, jaspar: Jaspar) -> None:
    result = {change.track.name: change for change in changes(demo, jaspar, HNF1)}
    lost = result["HNF1B"]
    assert (lost.state, lost.alt_score, lost.is_bound) == ("lost", None, False)
    word = demo.reference.fetch(lost.interval)
    at = 42_984_263 - lost.interval.start
    word = f"{word[:at]}A{word[at + 1 :]}"
    if lost.interval.strand == "-":
        word = reverse_complement(word)
    score, p_value = lost.alt
    assert (score, p_value) == (word_score("MA0153.2", word), word_p_value("MA0153.2", word))
    assert lost.ref_score is not None and score is not None
    assert lost.score_difference == pytest.approx(score - lost.ref_score)
    assert lost.p_difference < 0


@pytest.mark.parametrize("text", [HNF1, DELETED, INSERTED])
def test_where_no_site_is_listed_the_p_value_is_not_below_the_cut(
    demo: Assembly, jaspar: Jaspar, text: str
) -> None:
    result = [change for change in changes(demo, jaspar, text) if change.unlisted is not None]
    assert result
    for change in result:
        assert change.unlisted is not None
        assert change.unlisted[1] >= P_CUT
        assert np.sign(change.p_difference) == (1 if change.state == "gained" else -1)


def test_a_site_of_an_unknown_matrix_or_over_n_stays_open(demo: Assembly) -> None:
    variant = resolve(HNF1, demo).variant
    assert variant is not None
    place = Interval("chr20", variant.start - 3, variant.start + 12, "+")
    for group, fetch in (
        ("other", demo.reference.fetch),
        ("MA0153.2", lambda site: hidden(demo, site)),
    ):
        track = TrackMetadata("HNF1B", Assay.TF_MOTIF, ".", "occupancy", group=group)
        change = MotifChange(track, place, 12.0, None, 1e-5, None, 0)
        assert completed(change, variant, fetch) == change
        assert change.is_bound and change.p_difference == pytest.approx(-1)


def hidden(demo: Assembly, interval: Interval) -> str:
    """N everywhere but at the variant."""
    bases = demo.reference.fetch(interval)
    at = 42_984_263 - interval.start
    return "N" * at + bases[at] + "N" * (len(bases) - at - 1)

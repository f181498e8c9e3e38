import gzip
import importlib.util
import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch
from Bio.motifs.jaspar import Motif as BioMotif
from Bio.motifs.jaspar import calculate_pseudocounts
from Bio.motifs.matrix import PositionSpecificScoringMatrix
from hypothesis import given, settings
from hypothesis import strategies as st
from pyjaspar import jaspardb

from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.errors import BackendError
from genoview.models.binding.jaspar import ASSET, FAINT, Jaspar
from genoview.models.binding.motif_scan import LETTERS, LightmotifScan, ProductScan, sites_among
from genoview.models.binding.motifs import (
    P_VALUE,
    STEPS,
    Scored,
    deficits,
    log_odds,
    read_motifs,
    tail,
)
from genoview.models.inputs import one_hot
from tests.support.paths import ROOT

HNF1A = "MA0046.3"
FOXA1 = "MA0148.5"
HNF4A = "MA0114.5"
CTCF = "MA0139.2"


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Several workers of the test run share the cores; threads that wait for them cost most."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(n_threads)


@pytest.fixture(scope="module")
def jaspar() -> Jaspar:
    return Jaspar()


@pytest.fixture(scope="module")
def demo() -> str:
    """The first 30 kb of the demo region, GRCh37."""
    with gzip.open(ROOT / "assets" / "genome" / "GRCh37-demo.fa.gz", "rt") as lines:
        next(lines)
        text = "".join(line.strip() for line in itertools.islice(lines, 1000))
    return text[:30_000].upper()


@pytest.fixture(scope="module")
def published() -> Iterator[dict[str, BioMotif]]:
    """Every human CORE motif of every version, by matrix id, straight from pyjaspar."""
    database = jaspardb(release="JASPAR2024")
    with closing(database.conn):
        result = database.fetch_motifs(collection="CORE", species=["9606"], all_versions=True)
        yield {motif.matrix_id: motif for motif in result}


def build_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build", ROOT / "scripts" / "assets" / "build_motifs.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def column_of(jaspar: Jaspar, matrix_id: str) -> int:
    return [track.group for track in jaspar.tracks].index(matrix_id)


def consensus_of(jaspar: Jaspar, matrix_id: str) -> str:
    counts = jaspar.motifs[column_of(jaspar, matrix_id)].counts
    return "".join("ACGT"[best] for best in counts.argmax(axis=1))


def biopython_pssm(motif: BioMotif) -> PositionSpecificScoringMatrix:
    counts = motif.counts.normalize(pseudocounts=calculate_pseudocounts(motif))
    return counts.log_odds()


def run(jaspar: Jaspar, sequence: str, interval: Interval) -> Prediction:
    """Predict an interval of a chromosome that is `sequence` from position 0 on."""
    window = jaspar.window(interval)
    padded = "N" * max(0, -window.start) + sequence[max(0, window.start) : window.end]
    return jaspar.predict(padded.ljust(window.width, "N"), interval)


def rows_of(sites: Sites) -> list[tuple[float, ...]]:
    columns = (sites.start, sites.end, sites.strand, sites.track, sites.score, sites.p_value)
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


# The matrices


def test_asset_holds_the_latest_human_version_of_each_base_id_as_pyjaspar_has_it(
    published: dict[str, BioMotif],
) -> None:
    versions: dict[str, int] = {}
    for matrix_id in published:
        base_id, version = matrix_id.split(".")
        versions[base_id] = max(int(version), versions.get(base_id, 0))
    motifs = read_motifs(ASSET)
    assert [m.matrix_id for m in motifs] == sorted(f"{b}.{v}" for b, v in versions.items())
    assert len(motifs) == 755
    for motif in motifs:
        original = published[motif.matrix_id]
        assert motif.name == original.name
        assert np.array_equal(motif.counts.T, [original.counts[base] for base in "ACGT"])


def test_build_script_writes_the_asset_again(tmp_path: Path) -> None:
    script = build_script()
    script.write_motifs(script.human_motifs(), tmp_path / "again.npz")
    for again, motif in zip(read_motifs(tmp_path / "again.npz"), read_motifs(ASSET), strict=True):
        assert (again.matrix_id, again.name) == (motif.matrix_id, motif.name)
        assert np.array_equal(again.counts, motif.counts)


def test_missing_asset_is_an_error_that_names_the_script(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"build_motifs\.py"):
        Jaspar(asset=tmp_path / "none.npz")


def test_tracks_have_unique_names_and_the_matrix_id_as_group(jaspar: Jaspar) -> None:
    names = [track.name for track in jaspar.tracks]
    assert len(set(names)) == len(names) == 755
    assert [track.group for track in jaspar.tracks] == [m.matrix_id for m in jaspar.motifs]
    assert jaspar.tracks[column_of(jaspar, HNF1A)].name == "HNF1A"
    assert {"HNF4A (MA0114.5)", "HNF4A (MA1494.2)"} <= set(names)


def test_card_counts_the_parameters_and_the_short_motifs(jaspar: Jaspar) -> None:
    assert jaspar.card.parameters == sum(motif.counts.size for motif in jaspar.motifs)
    short = [m for m in jaspar.motifs if not len(Scored.of(m).tail)]
    assert len(short) == 75
    assert {len(motif.counts) for motif in short} == {5, 6}


def test_digest_changes_with_a_count_and_with_a_name(jaspar: Jaspar) -> None:
    digests = {jaspar.weights_digest, Jaspar().weights_digest}
    assert len(digests) == 1
    changed = Jaspar()
    first, *rest = changed.motifs
    for other in (replace(first, name="OTHER"), replace(first, counts=first.counts + 1)):
        changed.motifs = (other, *rest)
        digests.add(changed.weights_digest)
    assert len(digests) == 3


def test_bfloat16_is_answered_in_float32_and_says_so() -> None:
    assert Jaspar(dtype="bfloat16").version == Jaspar().version


# Scores


def test_scores_equal_biopython_on_both_strands_for_every_motif(
    jaspar: Jaspar, demo: str, published: dict[str, BioMotif]
) -> None:
    sequence = demo[:2000]
    largest = 0.0
    for group in jaspar._groups:
        scores = group.scores(one_hot([sequence]))[0].numpy()
        for row, column in enumerate(group.columns):
            pssm = biopython_pssm(published[jaspar.motifs[column].matrix_id])
            forward, reverse = (
                pssm.calculate(sequence),
                pssm.reverse_complement().calculate(sequence),
            )
            here = scores[[row, row + len(group.columns)]]
            largest = max(largest, float(np.abs(here - [forward, reverse]).max()))
    assert largest <= 1e-4


def test_listed_sites_are_all_that_biopython_finds_above_the_threshold(
    jaspar: Jaspar, demo: str, published: dict[str, BioMotif]
) -> None:
    sites = run(jaspar, demo, Interval("chr20", 1000, 5000)).sites
    for matrix_id in (HNF1A, HNF4A, CTCF, FOXA1):
        column = column_of(jaspar, matrix_id)
        length = len(jaspar.motifs[column].counts)
        threshold = Scored.of(jaspar.motifs[column]).half_bound
        pssm = biopython_pssm(published[matrix_id])
        text = demo[1000 : 5000 + length - 1]
        clear, near = set(), set()
        for strand, matrix in ((1, pssm), (-1, pssm.reverse_complement())):
            scores = matrix.calculate(text)
            places = [
                {(int(i) + 1000, strand) for i in np.flatnonzero(scores >= threshold + d)}
                for d in (length / STEPS, -length / STEPS)
            ]
            clear |= places[0]
            near |= places[1]
        mine = sites.where(sites.track == column)
        listed = set(zip(mine.start.tolist(), mine.strand.tolist(), strict=True))
        assert clear <= listed <= near


# P-values


def all_word_scores(matrix: np.ndarray) -> np.ndarray:
    """The score of every word, by adding one position after the other."""
    scores = np.zeros(1, dtype=matrix.dtype)
    for row in matrix:
        scores = (scores[:, None] + row).ravel()
    return scores


@pytest.mark.parametrize("length", [7, 8, 9, 10])
def test_p_values_equal_the_enumeration_of_every_word(jaspar: Jaspar, length: int) -> None:
    motif = next(motif for motif in jaspar.motifs if len(motif.counts) == length)
    steps = deficits(log_odds(motif.counts))
    below = np.sort(all_word_scores(steps))
    rare = tail(steps)
    n_words = np.searchsorted(below, np.arange(len(rare) + 1), side="right")
    expected = n_words / 4**length
    np.testing.assert_allclose(rare, expected[:-1], rtol=1e-12)
    assert expected[-1] >= P_VALUE


@given(st.integers(0, 754), st.floats(1e-4, 0.3))
@settings(max_examples=15, deadline=None)
def test_p_values_hold_for_unrounded_scores_within_the_rounding(index: int, share: float) -> None:
    counts = read_motifs(ASSET)[index].counts[:7]
    matrix = log_odds(counts)
    scores, best = all_word_scores(matrix), matrix.max(axis=1).sum()
    rare = tail(deficits(matrix), share)
    slack = len(counts) / STEPS
    for d in range(0, len(rare), max(1, len(rare) // 5)):
        score = best - d / STEPS
        assert (scores >= score + slack).mean() <= rare[d] + 1e-12
        assert rare[d] <= (scores >= score - slack).mean() + 1e-12


def test_p_values_of_sites_are_below_the_limit_and_fall_with_the_score(
    jaspar: Jaspar, demo: str
) -> None:
    sites = run(jaspar, demo, Interval("chr20", 0, 10_000)).sites
    assert sites.p_value.max() < P_VALUE
    column = column_of(jaspar, HNF1A)
    mine = sites.where(sites.track == column)
    order = np.argsort(mine.score)
    assert len(mine) > 1
    assert (np.diff(mine.p_value[order]) <= 0).all()
    assert np.array_equal(np.sort(sites.start), sites.start)


def test_random_sequence_has_as_many_sites_as_the_p_value_promises(jaspar: Jaspar) -> None:
    bases = np.random.default_rng(1).choice(list("ACGT"), 50_000 + 2 * jaspar.context_length)
    sites = jaspar.scan_sites("".join(bases), Interval("chr1", 0, 50_000))
    tails = [Scored.of(motif).tail for motif in jaspar.motifs]
    expected = 2 * 50_000 * sum(rare[-1] for rare in tails if len(rare))
    assert len(sites) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("length", [5, 6])
def test_motifs_too_short_for_the_limit_list_no_site_but_have_occupancy(
    jaspar: Jaspar, length: int
) -> None:
    motif = next(motif for motif in jaspar.motifs if len(motif.counts) == length)
    column = column_of(jaspar, motif.matrix_id)
    sequence = "N" * 50 + consensus_of(jaspar, motif.matrix_id) + "N" * 50
    prediction = run(jaspar, sequence, Interval("chr1", 0, 100))
    assert column not in prediction.sites.track
    n_best = np.prod((deficits(log_odds(motif.counts)) == 0).sum(axis=1))
    odds = P_VALUE / (n_best * 0.25**length)
    assert prediction.data.values[5, column] == pytest.approx(odds / (1 + odds), abs=1e-3)


# Occupancy


def test_occupancy_follows_its_formula_on_real_sequence(
    jaspar: Jaspar, demo: str, published: dict[str, BioMotif]
) -> None:
    data = run(jaspar, demo, Interval("chr20", 1000, 2000)).data
    for matrix_id in (HNF1A, CTCF, FOXA1):
        column = column_of(jaspar, matrix_id)
        pssm = biopython_pssm(published[matrix_id])
        s0 = Scored.of(jaspar.motifs[column]).half_bound
        both = [matrix.calculate(demo[:3000]) for matrix in (pssm, pssm.reverse_complement())]
        bound = 1 / (1 + 2.0 ** (s0 - np.max(both, axis=0).astype(np.float64)))
        bound[bound < FAINT] = 0
        first = np.arange(1000, 2000, 10)
        expected = [1 - np.prod(1 - bound[b - pssm.length + 1 : b + 10]) for b in first]
        np.testing.assert_allclose(data.values[:, column], expected, atol=1e-4)
        assert data.values[:, column].max() > FAINT


def test_the_site_at_the_threshold_is_bound_half_the_time(jaspar: Jaspar) -> None:
    column = next(i for i, m in enumerate(jaspar.motifs) if len(m.counts) == 7)
    matrix_id = jaspar.motifs[column].matrix_id  # only the best 7-mers have p below 1e-4
    sequence = "N" * 50 + consensus_of(jaspar, matrix_id) + "N" * 43
    values = run(jaspar, sequence, Interval("chr1", 0, 100)).data.values[:, column]
    np.testing.assert_allclose(values[5], 0.5, atol=1e-3)
    assert not values[:5].any() and not values[6:].any()


def test_values_lie_between_0_and_1_and_are_never_faint(jaspar: Jaspar, demo: str) -> None:
    values = run(jaspar, demo, Interval("chr20", 0, 5000)).data.values
    assert values.min() == 0 and values.max() <= 1
    assert values[values > 0].min() >= FAINT * 0.999


# Places and strands


@pytest.mark.parametrize(("strand", "matrix_id"), [(1, HNF1A), (-1, HNF1A), (1, CTCF)])
def test_planted_consensus_is_found_at_its_place_and_strand(
    jaspar: Jaspar, strand: int, matrix_id: str
) -> None:
    word = consensus_of(jaspar, matrix_id)
    planted = word if strand == 1 else reverse_complement(word)
    sequence = "GT" * 60 + planted + "GT" * 60
    prediction = run(jaspar, sequence, Interval("chr1", 100, 160))
    column = column_of(jaspar, matrix_id)
    best = prediction.sites.where(prediction.sites.track == column)
    best = best.where(np.array([best.score.argmax()]))
    assert (best.start[0], best.end[0], best.strand[0]) == (120, 120 + len(word), strand)
    assert best.p_value[0] == pytest.approx(0.25 ** len(word), rel=1e-6)
    assert prediction.data.values[2, column] > 0.9  # the bin 120-130


def test_every_device_s_way_of_scanning_finds_the_same_sites(jaspar: Jaspar, demo: str) -> None:
    bases = list(demo[:30_000])
    bases[700:720] = "N" * 20
    sequence = "".join(bases)
    codes = np.searchsorted(LETTERS, np.frombuffer(sequence.encode("ascii"), np.uint8))
    result = [
        Sites.concatenate(
            [
                sites_among(group, some, codes)
                for group, some in scan(jaspar._groups).candidates(sequence, 40, 29_900)
            ]
        )
        for scan in (ProductScan, LightmotifScan)
    ]
    assert rows_of(result[0]) == rows_of(result[1])
    assert len(result[0]) > 1000


@pytest.mark.parametrize("sequence", ["", "A", "ACGTA", "N" * 60])
def test_where_no_motif_fits_there_is_no_candidate(jaspar: Jaspar, sequence: str) -> None:
    scan = LightmotifScan(jaspar._groups)
    assert not any(len(some.rows) for _, some in scan.candidates(sequence, 0, len(sequence)))


def test_reverse_complement_mirrors_values_and_sites(jaspar: Jaspar, demo: str) -> None:
    context, width = jaspar.context_length, 3000
    sequence = demo[5000 : 5000 + width + 2 * context]
    interval = Interval("chr1", 0, width)
    here = jaspar.predict(sequence, interval)
    there = jaspar.predict(reverse_complement(sequence), interval)
    np.testing.assert_allclose(here.data.values, there.data.values[::-1], atol=2e-6)
    inside = here.sites.where(here.sites.end <= width)
    mirrored = there.sites.where(there.sites.end <= width)
    flipped = replace(
        mirrored,
        start=width - mirrored.end,
        end=width - mirrored.start,
        strand=-mirrored.strand,
    )
    assert len(inside) > 100
    assert rows_of(inside) == rows_of(flipped)


# Tiles, batches, N


@pytest.mark.parametrize(("tile", "batch"), [(10, 64), (130, 1), (130, 8)])
def test_tiles_and_batches_give_what_the_whole_gives(
    jaspar: Jaspar, demo: str, monkeypatch: pytest.MonkeyPatch, tile: int, batch: int
) -> None:
    interval = Interval("chr20", 2000, 3990)
    whole = run(jaspar, demo, interval)
    tiled = Jaspar()
    tiled.tile_length, tiled.batch_size = tile, batch
    np.testing.assert_allclose(run(tiled, demo, interval).data.values, whole.data.values, atol=1e-6)


def test_sites_of_a_long_stretch_are_those_of_its_parts(jaspar: Jaspar, demo: str) -> None:
    context = jaspar.context_length

    def sites_between(start: int, end: int) -> Sites:
        return jaspar.scan_sites(
            demo[start - context : end + context], Interval("chr20", start, end)
        )

    cuts = itertools.pairwise((100, 4000, 20_010, 21_000))
    parts = Sites.concatenate([sites_between(start, end) for start, end in cuts])
    assert rows_of(sites_between(100, 21_000)) == rows_of(parts)


def test_a_site_over_an_n_is_never_seen(jaspar: Jaspar) -> None:
    word = consensus_of(jaspar, HNF1A)
    column = column_of(jaspar, HNF1A)
    for place in range(len(word)):
        broken = "N" * 40 + word[:place] + "N" + word[place + 1 :] + "N" * 40
        prediction = run(jaspar, broken, Interval("chr1", 30, 60))
        assert not prediction.data.values[:, column].any()
        assert column not in prediction.sites.track


def test_unknown_sequence_has_neither_sites_nor_occupancy(jaspar: Jaspar) -> None:
    prediction = run(jaspar, "", Interval("chr1", 0, 500))
    assert not prediction.data.values.any()
    assert not len(prediction.sites)


def test_sites_begin_in_the_interval_even_where_they_end_behind_it(jaspar: Jaspar) -> None:
    word = consensus_of(jaspar, HNF1A)
    sequence = "GT" * 50 + word + "GT" * 50
    column = column_of(jaspar, HNF1A)
    inside = run(jaspar, sequence, Interval("chr1", 90, 110)).sites
    behind = run(jaspar, sequence, Interval("chr1", 110, 130)).sites
    assert 100 in inside.start[inside.track == column]
    assert 100 not in behind.start[behind.track == column]


def test_sequence_of_another_length_is_refused(jaspar: Jaspar) -> None:
    with pytest.raises(BackendError, match="166 bp were expected"):
        jaspar.scan_sites("A" * 99, Interval("chr1", 0, 100))


# Variants


def alternate(
    jaspar: Jaspar, sequence: str, variant: Variant, interval: Interval
) -> tuple[Prediction, Prediction]:
    window = jaspar.window(interval)
    reference = run(jaspar, sequence, interval)
    return reference, jaspar.predict_alternate(
        reference, sequence[window.start : window.end], variant
    )


def sites_of(jaspar: Jaspar, prediction: Prediction, matrix_id: str) -> set[tuple[int, int, int]]:
    sites = prediction.sites.where(prediction.sites.track == column_of(jaspar, matrix_id))
    columns = (sites.start, sites.end, sites.strand)
    return set(zip(*(column.tolist() for column in columns), strict=True))


BEFORE = "GT" * 75  # 150 bp in which HNF1A sees nothing
FULL = Interval("chr1", 100, 220)


def test_substitution_in_a_site_loses_it_and_its_occupancy(jaspar: Jaspar) -> None:
    word, column = consensus_of(jaspar, FOXA1), column_of(jaspar, FOXA1)
    sequence = BEFORE + word + BEFORE
    counts = jaspar.motifs[column].counts
    place = int(np.ptp(counts, axis=1).argmax())
    alt = "ACGT"[counts[place].argmin()]
    variant = Variant("chr1", 151 + place, word[place], alt)
    before, after = alternate(jaspar, sequence, variant, FULL)
    assert sites_of(jaspar, before, FOXA1) == {(150, 150 + len(word), 1)}
    assert not sites_of(jaspar, after, FOXA1)
    assert before.data.values[5, column] > 0.9
    assert after.data.values[5, column] < 0.2


def test_substitution_back_gains_the_site(jaspar: Jaspar) -> None:
    word = consensus_of(jaspar, FOXA1)
    sequence = BEFORE + word[:4] + "G" + word[5:] + BEFORE
    before, after = alternate(jaspar, sequence, Variant("chr1", 155, "G", word[4]), FULL)
    assert not sites_of(jaspar, before, FOXA1)
    assert sites_of(jaspar, after, FOXA1) == {(150, 150 + len(word), 1)}


@pytest.mark.parametrize("n_inserted", [1, 3, 10])
def test_insertion_before_a_site_leaves_it_at_its_ref_place(
    jaspar: Jaspar, n_inserted: int
) -> None:
    word = consensus_of(jaspar, HNF1A)
    sequence = BEFORE + word + BEFORE
    variant = Variant("chr1", 140, sequence[139], sequence[139] + "C" * n_inserted)
    before, after = alternate(jaspar, sequence, variant, FULL)
    assert sites_of(jaspar, before, HNF1A) == sites_of(jaspar, after, HNF1A)
    assert (150, 150 + len(word), 1) in sites_of(jaspar, after, HNF1A)


def test_insertion_of_a_site_gains_it_on_its_anchor(jaspar: Jaspar) -> None:
    word = consensus_of(jaspar, HNF1A)
    sequence = BEFORE * 2
    variant = Variant("chr1", 155, sequence[154], sequence[154] + word)
    before, after = alternate(jaspar, sequence, variant, FULL)
    assert not sites_of(jaspar, before, HNF1A)
    assert (154, 155, 1) in sites_of(jaspar, after, HNF1A)
    column = column_of(jaspar, HNF1A)
    assert before.data.values[5, column] < 0.1 < 0.9 < after.data.values[5, column]


def test_deletion_joins_the_halves_of_a_site_across_the_deleted_bases(jaspar: Jaspar) -> None:
    word = consensus_of(jaspar, HNF1A)
    half = len(word) // 2
    sequence = BEFORE + word[:half] + "CCGC" + word[half:] + BEFORE
    anchor = 150 + half - 1
    variant = Variant("chr1", anchor + 1, word[half - 1] + "CCGC", word[half - 1])
    before, after = alternate(jaspar, sequence, variant, FULL)
    joined = (150, 150 + len(word) + 4, 1)
    assert joined not in sites_of(jaspar, before, HNF1A)
    assert joined in sites_of(jaspar, after, HNF1A)


def test_deletion_behind_a_site_leaves_it_and_what_follows_in_place(
    jaspar: Jaspar, demo: str
) -> None:
    interval = Interval("chr20", 3000, 3600)
    variant = Variant("chr20", 3301, demo[3300:3308], demo[3300])
    before, after = alternate(jaspar, demo, variant, interval)
    kept = [
        {row for row in rows_of(p.sites) if row[1] <= 3301 or row[0] >= 3308}
        for p in (before, after)
    ]
    assert kept[0] == kept[1]
    np.testing.assert_array_equal(after.data.values[:26], before.data.values[:26])
    np.testing.assert_array_equal(after.data.values[36:], before.data.values[36:])
    assert (after.data.values != before.data.values).any()

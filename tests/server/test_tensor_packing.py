"""Values on the wire, and scores of toys that can be worked out by hand."""

import numpy as np
import pytest
from alphagenome import tensor_utils
from alphagenome.data import genome
from alphagenome.models import dna_client, interval_scorers, variant_scorers
from alphagenome.protos.v1 import dna_model_pb2, dna_model_service_pb2
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Exon, Gene, Interval, Transcript, Variant
from genoview.data.track_data import Assay, TrackData, TrackMetadata
from genoview.runtime.workbench import Workbench
from genoview.scoring.tracks.gene_mask import gene_activity
from genoview.server.protocol import CHUNK_BYTES, Packing, packed, variant_of
from genoview.server.scorers import Scores, merged
from genoview.server.streaming import OutputRows
from tests.server.serving import OURS, SNV, START, WINDOW, O, client_of, serving

SITES = {"requested_outputs": [O.SPLICE_SITES], "ontology_terms": None}


@given(
    shape=st.lists(st.integers(0, 40), min_size=2, max_size=3),
    compression=st.sampled_from(["none", "zstd"]),
)
def test_what_is_packed_is_unpacked_by_the_client(shape: list[int], compression: str) -> None:
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    tensor, chunks = packed(values, Packing("float32", compression))
    messages = chunks.messages(dna_model_service_pb2.PredictIntervalResponse)
    sent = [message.tensor_chunk for message in messages]
    assert np.array_equal(tensor_utils.unpack_proto(tensor, sent), values)


def test_chunks_fit_a_channel_as_it_comes() -> None:
    values = np.ones((CHUNK_BYTES, 3), np.float32)[:, ::2]  # not contiguous
    tensor, chunks = packed(values, Packing())
    made = list(chunks.parts)
    assert len(made) == tensor.chunk_count == 8
    assert all(len(part) <= CHUNK_BYTES for part in made)


@pytest.mark.parametrize(
    ("precision", "compression"),
    [("bfloat16", "none"), ("bfloat16", "zstd"), ("float32", "zstd")],
)
def test_a_call_asks_for_its_packing(toys: Workbench, precision: str, compression: str) -> None:
    with serving(toys, "splice") as (server, plain):
        expected = plain.predict_interval(WINDOW, **SITES).splice_sites.values
        sent = [("x-genoview-precision", precision), ("x-genoview-compression", compression)]
        found = client_of(server.port, sent).predict_interval(WINDOW, **SITES)
        bytes_sent = server.metrics.registry.get_sample_value("genoview_sent_bytes_total")
    assert np.array_equal(found.splice_sites.values, expected)  # of 0 and 1: exact in 8 bits too
    assert bytes_sent < expected.nbytes * (2 if precision == "float32" else 1.55)


@pytest.mark.parametrize(
    ("resolution", "width", "expected"),
    [(1, 4, 1), (16, 32, 16), (10, 16, 2), (50, 2**14, 2), (5, 3, 1)],
)
def test_bins_are_repeated_to_fill_a_sequence(resolution: int, width: int, expected: int) -> None:
    bins = -(-width // resolution)
    values = np.arange(bins, dtype=np.float32)[:, None]
    place = Interval("sequence", 0, bins * resolution)
    track = TrackMetadata("bins", Assay.TSS, ".", "")
    rows = OutputRows.of(TrackData(values, (track,), place, resolution)).fitted(width)
    step = rows.resolution
    assert step == expected
    assert (rows.n_bins, rows.n_tracks) == (width // step, 1)
    middle = rows.n_bins // 2
    found = [*rows.rows(0, middle)[:, 0]] if middle else []
    found += [*rows.rows(middle, rows.n_bins)[:, 0]]
    assert found == [i * step // resolution for i in range(width // step)]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (("chr1", 5, "A", "G"), Variant("chr1", 5, "A", "G")),
        (("1", 5, "", "GG"), Variant("chr1", 4, "T", "TGG")),
        (("chr1", 5, "A", ""), Variant("chr1", 4, "TA", "T")),
    ],
)
def test_an_empty_allele_gets_the_base_before_it(
    sent: tuple[str, int, str, str], expected: Variant
) -> None:
    names = ("chromosome", "position", "reference_bases", "alternate_bases")
    proto = dna_model_pb2.Variant(**dict(zip(names, sent, strict=True)))
    assert variant_of(proto, lambda interval: "T" * interval.width) == expected


def track(name: str, strand: int) -> dna_model_pb2.TrackMetadata:
    return dna_model_pb2.TrackMetadata(name=name, strand=strand)


def gene(strand: str) -> Gene:
    place = Interval("chr1", 20, 60, strand)
    exons = (Exon(Interval("chr1", 20, 30, strand)), Exon(Interval("chr1", 50, 60, strand)))
    return Gene(f"g{strand}", "G", place, (Transcript("t", place, exons),))


def test_strands_are_merged_gene_by_gene() -> None:
    values = np.array([[1, 2, np.nan], [np.nan, np.nan, 3]], np.float32)
    tracks = [track("a", 1), track("b", 3), track("a", 2)]
    found = merged(Scores(values, tracks, (gene("+"), gene("-"))))
    assert [(one.name, one.strand) for one in found.tracks] == [("a", 3), ("b", 3)]
    assert found.values[:, 0].tolist() == [1, 3]
    assert [one.strand for one in tracks] == [1, 3, 2]


def test_a_track_without_its_other_strand_stays_as_it_is() -> None:
    scores = Scores(np.ones((1, 1), np.float32), [track("a", 1)], (gene("+"),))
    assert merged(scores) is scores


def test_genes_are_scored_over_their_exons_within_the_mask() -> None:
    values = np.arange(20, dtype=np.float32).reshape(10, 2)
    tracks = tuple(TrackMetadata("t", Assay.RNA_SEQ, strand, "") for strand in "+-")
    data = TrackData(values, tracks, Interval("chr1", 0, 100), 10)
    whole = data.interval
    assert gene_activity(data, gene("+"), whole, True)[0] == 4 + 10
    assert gene_activity(data, gene("-"), whole, False)[1] == (5 + 11) / 2
    assert np.isnan(gene_activity(data, gene("+"), whole, False)[1])
    assert gene_activity(data, gene("+"), Interval("chr1", 0, 40), True)[0] == 4
    assert np.isnan(gene_activity(data, gene("+"), Interval("chr1", 0, 20), True)).all()


@pytest.mark.parametrize("kind", list(variant_scorers.AggregationType))
def test_every_aggregation_of_a_centre_mask(
    toys: Workbench, kind: variant_scorers.AggregationType
) -> None:
    """C is a acceptor on the other strand, A on this one: the variant moves one site."""
    scorer = variant_scorers.CenterMaskScorer(O.SPLICE_SITES, None, kind)
    with serving(toys, "splice") as (_, client):
        [found] = client.score_variant(WINDOW, SNV, [scorer])
    bases = toys.assembly().reference.fetch(OURS)
    n_a, n_c = bases.count("A"), bases.count("C")
    n = len(bases)
    plus, minus = {  # acceptor on the forward strand gains a base, donor on the other loses one
        "DIFF_SUM": (1, -1),
        "DIFF_MEAN": (1 / n, -1 / n),
        "DIFF_SUM_LOG2": (1, -1),
        "DIFF_LOG2_SUM": (np.log2((n_a + 2) / (n_a + 1)), np.log2(n_c / (n_c + 1))),
        "L2_DIFF": (1, 1),
        "L2_DIFF_LOG1P": (np.log(2), np.log(2)),
        "ACTIVE_SUM": (n_a + 1, n_c),
        "ACTIVE_MEAN": ((n_a + 1) / n, n_c / n),
    }[kind.name]
    assert np.allclose(found.X[0, [1, 2]], [plus, minus], rtol=1e-5)


def test_gene_scores_keep_their_strands_where_they_are_not_to_be_merged(toys: Workbench) -> None:
    scorer = variant_scorers.GeneMaskSplicingScorer(O.SPLICE_SITES, 101)
    lfc = variant_scorers.GeneMaskLFCScorer(O.SPLICE_SITES)
    active = variant_scorers.GeneMaskActiveScorer(O.SPLICE_SITES)
    total = interval_scorers.GeneMaskScorer(
        O.SPLICE_SITES, None, interval_scorers.IntervalAggregationType.SUM
    )
    with serving(toys, "splice") as (_, client):
        found = client.score_variant(
            WINDOW, SNV, [scorer, lfc, active], merge_stranded_gene_tracks=False
        )
        [summed] = client.score_interval(WINDOW, [total], merge_stranded_gene_tracks=False)
    near = found[0]
    assert list(near.var["strand"]) == ["+", "+", "-", "-"]
    genes = {one.symbol: one for one in toys.assembly().annotation.genes(OURS)}
    assert 0 < len(near.obs) <= len(genes)
    for row, symbol in enumerate(near.obs["gene_name"]):
        columns = [1, 2] if genes[symbol].interval.strand == "+" else [2, 1]
        assert near.X[row, columns[0]] == 1  # the site that comes or goes
        assert np.isnan(near.X[row, columns[1]])
    assert np.nanmax(np.abs(found[1].X)) < 0.1
    assert np.nanmax(found[2].X) <= 1
    assert np.nanmin(summed.X) >= 0


def test_mutagenesis_can_begin_from_a_variant(toys: Workbench) -> None:
    """Beside the variant's own base, REF is the genome's; at it, the variant's."""
    scorer = variant_scorers.CenterMaskScorer(
        O.SPLICE_SITES, None, variant_scorers.AggregationType.DIFF_SUM
    )
    stretch = genome.Interval("chr20", SNV.start, SNV.start + 2)
    with serving(toys, "splice") as (_, client):
        found = client.score_ism_variants(
            WINDOW, stretch, [scorer], interval_variant=SNV, progress_bar=False
        )
    variants = [one.uns["variant"] for [one] in found]
    following = toys.assembly().reference.fetch(Interval("chr20", START, START + 2**14))[
        SNV.start + 1 - START
    ]
    assert [v.reference_bases for v in variants] == ["A"] * 3 + [following] * 3
    back = next(one for [one] in found if str(one.uns["variant"]) == "chr20:42992264:A>C")
    assert back.X[0].tolist() == [0, -1, 1, 0]


@pytest.mark.parametrize("length", sorted(dna_client.SUPPORTED_SEQUENCE_LENGTHS.values()))
def test_every_length_of_the_client_is_answered_with_n_beyond_what_is_known(
    toys: Workbench, length: int
) -> None:
    window = genome.Interval("chr20", START, START + length)
    with serving(toys, "gc") as (_, client):
        found = client.predict_interval(window, requested_outputs=[O.PROCAP], ontology_terms=None)
    assert found.procap.values.shape == (-(-length // 10), 1)
    if length == 2**20:  # past the embedded megabase
        assert not found.procap.values[-100:].any()

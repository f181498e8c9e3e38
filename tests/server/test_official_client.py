"""The official client, unmodified, against the embedded models: what it gets is what they say."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pytest
from alphagenome.data import genome
from alphagenome.models import dna_client, interval_scorers, variant_scorers
from alphagenome.visualization import plot_components

from genoview.data.answer import Answer
from genoview.data.genome import Locus, Variant
from genoview.data.request import Request
from genoview.models.splicing.cispliceai import CISpliceAI
from genoview.pipeline import answer
from genoview.runtime.workbench import Workbench
from tests.server.serving import EVERYTHING, OURS, SNV, START, WINDOW, O, serving

MODELS = ("jaspar", "promoter-activity", "promid", "cispliceai")
OUTPUT_OF = {
    "jaspar": O.CHIP_TF,
    "promoter-activity": O.CAGE,
    "promid": O.PROCAP,
    "cispliceai": O.SPLICE_SITES,
}
OUR_SNV = Variant(SNV.chromosome, SNV.position, SNV.reference_bases, SNV.alternate_bases)


@pytest.fixture(scope="module")
def embedded(embedded: Workbench) -> Workbench:
    """With one of CI-SpliceAI's five networks, which answers like their mean in a fifth of time."""
    splicing = embedded.backend("cispliceai")
    assert isinstance(splicing, CISpliceAI)
    splicing._networks = splicing._networks[:1]
    return embedded


@pytest.fixture(scope="module")
def client(embedded: Workbench) -> Iterator[dna_client.DnaClient]:
    with serving(embedded, *MODELS) as (_, client):
        yield client


@pytest.fixture(scope="module")
def variant_output(client: dna_client.DnaClient) -> dna_client.VariantOutput:
    return client.predict_variant(WINDOW, SNV, **EVERYTHING)


@pytest.fixture(scope="module")
def in_process(embedded: Workbench) -> dict[str, Answer]:
    """Computed anew, without what the server has remembered."""
    asked = Request("", "GRCh37-demo", Locus(OURS, ""), OURS, OUR_SNV)
    assembly = embedded.assembly()
    return {name: answer(asked, embedded.backend(name), assembly) for name in MODELS}


@pytest.mark.parametrize("name", MODELS)
def test_both_alleles_are_those_of_the_model_in_process(
    name: str, variant_output: dna_client.VariantOutput, in_process: dict[str, Answer]
) -> None:
    expected = in_process[name]
    for side, data in (("reference", expected.ref.data), ("alternate", expected.alt.data)):
        found = getattr(variant_output, side).get(OUTPUT_OF[name])
        assert np.array_equal(found.values, data.values)
        assert found.resolution == data.resolution
        assert (found.interval.start, found.interval.end) == (
            data.interval.start,
            data.interval.end,
        )
        assert list(found.strands) == [track.strand for track in data.tracks]


def test_an_interval_has_the_reference_of_its_variants(
    client: dna_client.DnaClient, variant_output: dna_client.VariantOutput
) -> None:
    found = client.predict_interval(WINDOW, **EVERYTHING)
    for output in OUTPUT_OF.values():
        assert np.array_equal(found.get(output).values, variant_output.reference.get(output).values)
    assert found.atac is None


def test_a_sequence_is_answered_over_exactly_its_bases(
    client: dna_client.DnaClient, embedded: Workbench
) -> None:
    sequence = embedded.assembly().reference.fetch(OURS)
    found = client.predict_sequence(sequence, **EVERYTHING, interval=WINDOW)
    for output in OUTPUT_OF.values():
        assert found.get(output).interval == WINDOW
    assert found.cage.resolution == 16
    assert found.procap.resolution == 2  # bins of 50 bp do not fill 2**14 bp
    # Away from the ends, beyond which the sequence is not known, it is what the genome has.
    in_place = client.predict_interval(WINDOW, requested_outputs=[O.PROCAP], ontology_terms=None)
    inner = slice(40, 280)
    assert np.array_equal(found.procap.values[::25][inner], in_place.procap.values[inner])


def test_metadata_say_what_the_tracks_are_and_what_they_are_not(
    client: dna_client.DnaClient,
) -> None:
    metadata = client.output_metadata()
    sites = metadata.splice_sites
    assert list(zip(sites["name"], sites["strand"], strict=True)) == [
        ("acceptor", "+"),
        ("donor", "+"),
        ("acceptor", "-"),
        ("donor", "-"),
    ]
    assert set(sites["Assay title"]) == {"splice sites (probability)"}
    assert set(metadata.cage["Assay title"]) == {"MPRA (log2 over random DNA), not CAGE"}
    assert set(metadata.procap["Assay title"]) == {"promoter / TSS (probability), not PRO-cap"}
    assert set(metadata.chip_tf["Assay title"]) == {"TF motif (modelled occupancy), not ChIP-seq"}
    assert "HNF4A" in set(metadata.chip_tf["transcription_factor"])
    assert "EFO:0001187" in set(metadata.cage["ontology_curie"])
    assert metadata.cage["data_source"][0].startswith("genoview promoter-activity ")
    assert metadata.rna_seq is None
    assert client.output_metadata(dna_client.Organism.MUS_MUSCULUS).splice_sites is None


def test_ontology_terms_choose_among_the_biosamples_and_keep_what_has_none(
    client: dna_client.DnaClient,
) -> None:
    asked = {"requested_outputs": [O.CAGE, O.PROCAP], "ontology_terms": ["EFO:0001187"]}
    found = client.predict_interval(WINDOW, **asked)
    assert list(found.cage.names) == ["HepG2 reporter activity"] * 2
    assert found.procap.num_tracks == 2
    other = client.predict_interval(WINDOW, **{**asked, "ontology_terms": ["UBERON:0001157"]})
    assert other.cage.values.shape == (1024, 0)


# anndata says so of every table without rows, such as of a scorer that has no tracks here.
@pytest.mark.filterwarnings("ignore:Transforming to str index:anndata.ImplicitModificationWarning")
def test_recommended_scorers_are_answered_each_in_its_place(
    client: dna_client.DnaClient, in_process: dict[str, Answer]
) -> None:
    scores = client.score_variant(WINDOW, SNV)
    asked = variant_scorers.get_recommended_scorers(dna_client.Organism.HOMO_SAPIENS.to_proto())
    assert [one.uns["variant_scorer"] for one in scores] == asked
    by_name = dict(zip(variant_scorers.RECOMMENDED_VARIANT_SCORERS, scores, strict=True))
    assert by_name["ATAC"].X.shape == (1, 0)
    promid = in_process["promid"]
    before, after = (part.data.values.astype(float) for part in (promid.ref, promid.alt))
    at = (SNV.start - START) // 50
    mask = slice(at - 5, at + 6)  # 501 bp in bins of 50
    expected = np.log2(1 + after[mask].sum(0)) - np.log2(1 + before[mask].sum(0))
    assert np.allclose(by_name["PROCAP"].X[0], expected, atol=1e-6)
    assert np.isnan(by_name["CAGE"].X).all()  # logarithms already
    table = variant_scorers.tidy_scores([scores])
    assert {"CHIP_TF", "PROCAP"} <= set(table["output_type"])


def test_splicing_is_scored_gene_by_gene(
    client: dna_client.DnaClient, in_process: dict[str, Answer], embedded: Workbench
) -> None:
    [scores] = client.score_variant(
        WINDOW, SNV, [variant_scorers.RECOMMENDED_VARIANT_SCORERS["SPLICE_SITES"]]
    )
    genes = {gene.symbol: gene for gene in embedded.assembly().annotation.genes(OURS)}
    assert set(scores.obs["gene_name"]) == set(genes)
    assert list(scores.var["strand"]) == [".", "."]
    found = in_process["cispliceai"]
    change = np.abs(found.alt.data.values - found.ref.data.values)
    for row, symbol in enumerate(scores.obs["gene_name"]):
        gene = genes[symbol].interval
        body = change[max(gene.start - START, 0) : gene.end - START]
        columns = [0, 1] if gene.strand == "+" else [2, 3]
        assert np.allclose(scores.X[row], body[:, columns].max(axis=0), atol=1e-6)


def test_genes_of_an_interval_are_scored(client: dna_client.DnaClient) -> None:
    scorer = interval_scorers.GeneMaskScorer(
        O.CAGE, None, interval_scorers.IntervalAggregationType.MEAN
    )
    [scores] = client.score_interval(WINDOW, [scorer])
    assert scores.X.shape == (len(scores.obs), 5)
    assert scores.uns["interval_scorer"] == scorer


def test_mutagenesis_scores_each_substitution_as_it_scores_the_variant(
    client: dna_client.DnaClient,
) -> None:
    scorer = variant_scorers.RECOMMENDED_VARIANT_SCORERS["PROCAP"]
    stretch = genome.Interval("chr20", SNV.start - 2, SNV.start + 2)
    found = client.score_ism_variants(WINDOW, stretch, [scorer], progress_bar=False)
    assert len(found) == 12
    by_variant = {str(one.uns["variant"]): one.X for [one] in found}
    [alone] = client.score_variant(WINDOW, SNV, [scorer])
    assert np.array_equal(by_variant[str(SNV)], alone.X)


def test_mutagenesis_of_splice_sites_shares_work_and_scores_the_same(
    client: dna_client.DnaClient,
) -> None:
    scorer = variant_scorers.CenterMaskScorer(
        O.SPLICE_SITES, 501, variant_scorers.AggregationType.L2_DIFF
    )
    stretch = genome.Interval("chr20", SNV.start, SNV.start + 1)
    found = client.score_ism_variants(WINDOW, stretch, [scorer], progress_bar=False)
    by_variant = {str(one.uns["variant"]): one.X for [one] in found}
    [alone] = client.score_variant(WINDOW, SNV, [scorer])
    assert len(by_variant) == 3
    np.testing.assert_allclose(by_variant[str(SNV)], alone.X, atol=1e-6)
    assert alone.X.max() > 1e-5


def test_its_plots_draw_the_results(variant_output: dna_client.VariantOutput) -> None:
    shown = WINDOW.resize(2_000)
    reference, alternate = variant_output.reference, variant_output.alternate
    motifs = [track.filter_tracks(track.names == "RUNX1") for track in (reference.chip_tf,)]
    figure = plot_components.plot(
        [
            plot_components.OverlaidTracks({"REF": reference.cage, "ALT": alternate.cage}),
            plot_components.Tracks(reference.procap),
            plot_components.Tracks(motifs[0]),
            plot_components.Tracks(alternate.splice_sites, ylabel_template="{name} {strand}"),
        ],
        interval=shown,
        annotations=[plot_components.VariantAnnotation([SNV])],
    )
    assert len(figure.axes) >= 4
    assert sum(len(axis.lines) + len(axis.collections) for axis in figure.axes) > 4
    figure.canvas.draw()
    plt.close(figure)

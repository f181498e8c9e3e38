"""Gain and loss over a file: those of the Variant page, and their way into tables, VCF and text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.weights import ModelFolder
from genoview.runtime.batch import (
    CellChange,
    Entry,
    GainScores,
    ModelResult,
    Row,
    Source,
    VcfWriter,
    available_models,
    columns,
    scorer_of,
    scores_of,
)
from genoview.scoring import Change, GainLoss, gain_loss
from genoview.scoring.model_result import result_of, result_plain
from genoview.scoring.splicing.gain_loss_question import SpliceGains
from genoview.scoring.splicing.genes import annotated_genes
from genoview.scoring.variant_line import VariantLine
from tests.support.models.toy_strength import Letters
from tests.support.models.weights_here import dragonn_file

ADA_SNV = Variant("chr20", 43_249_076, "C", "T")  # ADA on -, PKIG on +
VARIANTS = (
    ADA_SNV,
    Variant("chr20", 43_249_076, "C", "CAGGT"),
    Variant("chr20", 43_249_070, "CATGCTC", "C"),
    Variant("chr20", 42_984_253, "C", "G"),
)


@pytest.fixture
def fitting(demo: Assembly) -> list[Variant]:
    """The variants with the genome's own bases in REF."""
    found = []
    for one in VARIANTS:
        ref = demo.reference.fetch(one.interval)
        alt = ref[0] + one.alt[1:] if len(one.alt) != len(one.ref) else one.alt
        found.append(
            Variant(one.chrom, one.pos, ref, "ACGT".replace(ref, "")[0] if alt == ref else alt)
        )
    return found


def on_the_page(
    model: Backend, variant: Variant, demo: Assembly, distance: int
) -> list[GainScores]:
    """By the tracks of both alleles, as the Variant page has them."""
    interval = variant.interval.expanded(distance)
    sequence = demo.reference.fetch(model.window(interval))
    ref = model.predict(sequence, interval)
    pair = AlleleTracks(ref.data, model.predict_alternate(ref, sequence, variant).data)
    return [
        GainScores(
            gene.name,
            gene.strand,
            gain_loss(pair, variant, gene.strand, distance),
            gain_loss(pair, variant, gene.strand, distance, gene.boundaries),
        )
        for gene in annotated_genes(demo.annotation).at(variant.chrom, variant.start)
    ]


@pytest.mark.parametrize("distance", [1, 50])
def test_a_file_has_the_numbers_of_the_variant_page(
    demo: Assembly, fitting: list[Variant], distance: int
) -> None:
    model = Letters()
    scorer = scorer_of(model, demo, distance)
    assert isinstance(scorer, SpliceGains)
    shares: list[float] = []
    results = scorer.score(fitting, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for variant, result in zip(fitting, results, strict=True):
        expected = on_the_page(model, variant, demo, distance)
        assert [one.gene for one in result.gains] == [one.gene for one in expected]
        for got, wanted in zip(result.gains, expected, strict=True):
            for masked in (False, True):
                one, other = got.of(masked), wanted.of(masked)
                assert one.gain.score == pytest.approx(other.gain.score, abs=1e-6)
                assert one.loss.score == pytest.approx(other.loss.score, abs=1e-6)
                assert (one.gain.position, one.loss.position) == (
                    other.gain.position,
                    other.loss.position,
                )
    assert {one.strand for one in results[0].gains} == {"+", "-"}


def test_outside_of_genes_nothing_is_said_and_why(demo: Assembly) -> None:
    base = demo.reference.fetch(Variant("chr20", 42_700_000, "A", "C").interval)
    between = Variant("chr20", 42_700_000, base, "C" if base != "C" else "A")
    [result] = SpliceGains(Letters(), demo, 50).score([between], lambda share: None)
    assert result.gains == ()
    assert result.reason == "No gene of the table lies at chr20:42,700,000."


def test_the_key_tells_distances_and_variants_apart(demo: Assembly, fitting: list[Variant]) -> None:
    keys = {
        SpliceGains(Letters(), demo, distance).question(one).key
        for distance in (50, 51)
        for one in fitting
    }
    assert len(keys) == 2 * len(fitting)


AMOUNTS = st.floats(0, 1, allow_nan=False)
PLACES = st.integers(-5_000, 5_000)


@given(AMOUNTS, PLACES, AMOUNTS, PLACES)
def test_a_result_comes_back_from_text_as_it_was(g: float, at: int, l: float, there: int) -> None:  # noqa: E741
    found = GainLoss(Change(g, at), Change(l, there), "heart", "testis")
    result = ModelResult("pangolin", gains=(GainScores("ADA", "-", found, found),))
    assert result_of(json.loads(json.dumps(result_plain(result)))) == result


def test_what_was_kept_before_there_were_gains_is_still_read() -> None:
    assert result_of({"model": "m", "genes": [], "cells": [], "reason": "x"}).gains == ()


def gained(gain: float, loss: float) -> GainLoss:
    return GainLoss(Change(gain, 3), Change(loss, -4), "heart", "brain")


RESULTS = (
    ModelResult(
        "pangolin",
        gains=(
            GainScores("PKIG", "+", gained(0.1, 0.0), gained(0.0, 0.0)),
            GainScores("ADA", "-", gained(0.2, 0.9), gained(0.2, 0.0)),
        ),
    ),
    ModelResult("mpra-dragonn", cells=(CellChange("K562 minP", -0.5, None),)),
)
MODELS = ("pangolin", "mpra-dragonn")
ROW = Row(Entry(3, VariantLine("20", 43_249_076, "C", "T")), str(ADA_SNV), ("ADA",), RESULTS)


def test_a_table_has_the_gene_most_changed_with_gain_and_loss_of_their_own() -> None:
    told = {one.name: one.values[0] for one in columns([ROW], MODELS)}
    assert (told["Pangolin Δ"], told["Pangolin gene"]) == (0.9, "ADA")
    assert (told["Pangolin gain"], told["Pangolin loss"]) == (0.2, 0.9)
    assert (told["Pangolin loss position"], told["Pangolin loss in"]) == (-4, "brain")
    assert told["MPRA-DragoNN K562 minP"] == -0.5
    masked = {one.name: one.values[0] for one in columns([ROW], MODELS, masked=True)}
    assert (masked["Pangolin Δ"], masked["Pangolin loss"]) == (0.2, 0.0)


def test_the_scores_say_their_own_units_and_have_no_borrowed_cut_offs() -> None:
    found = scores_of(MODELS, [ROW])
    assert [one.label for one in found] == [
        "Pangolin Δ",
        "MPRA-DragoNN change",
        "MPRA-DragoNN K562 minP",
    ]
    assert [one.of(ROW) for one in found] == [0.9, -0.5, -0.5]
    assert all(one.cutoffs == () for one in found)
    assert "log2" not in found[1].help
    assert found[2].sample == "K562"


def test_a_vcf_has_fields_of_its_own(demo: Assembly, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "20\t43249076\t.\tC\tT\t.\t.\t.\n"
    )
    writer = VcfWriter(demo, [(name, "v1") for name in MODELS], 50)
    lines = list(writer.lines(Source(path), [ROW]))
    assert lines[-1].endswith(
        "Pangolin=T|PKIG|+|0.10|0.00|3|-4|heart|brain,T|ADA|-|0.20|0.90|3|-4|heart|brain;"
        "MPRADragoNN=T|K562_minP|-0.500|"
    )
    heads = [line for line in lines if line.startswith("##INFO")]
    assert any("GAIN|LOSS|GAIN_POS" in line for line in heads)
    assert all(line.isascii() for line in heads)


def test_models_are_offered_where_their_weights_are(tmp_path: Path) -> None:
    bare = available_models(ModelFolder(tmp_path))
    assert {"cispliceai", "promoter-activity"} <= set(bare)
    assert not {"pangolin", "mpra-dragonn"} & set(bare)
    pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
    folder = tmp_path / "mpra-dragonn"
    folder.mkdir()
    dragonn_file(folder)
    assert "mpra-dragonn" in available_models(ModelFolder(tmp_path))


def test_reporter_models_with_replicates_are_told_by_all_of_them_together(
    tmp_path: Path, demo: Assembly, fitting: list[Variant]
) -> None:
    pytest.importorskip("h5py", reason="h5py reads the file, and is not installed")
    folder = tmp_path / "mpra-dragonn"
    folder.mkdir()
    dragonn_file(folder)
    scorer = scorer_of(registry.create("mpra-dragonn", models_dir=tmp_path), demo, 50)
    [result] = scorer.score(fitting[:1], lambda share: None)
    cells = [one.cell for one in result.cells]
    assert cells == ["K562 minP", "HepG2 minP", "K562 SV40P", "HepG2 SV40P"]
    assert all(one.spread is None and one.change for one in result.cells)

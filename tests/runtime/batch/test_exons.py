"""Inclusion of exons in a file of variants: the numbers of the page Variant, by real models."""

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pysam
import pytest

from genoview.data.track_data import Family
from genoview.io.export import named_parquet, named_tsv
from genoview.query.resolve import resolve
from genoview.runtime.batch import (
    Engine,
    Row,
    Source,
    VcfWriter,
    columns,
    scorer_named,
    scores_of,
    table_provenance,
)
from genoview.runtime.batch.comparison import comparisons, scatter
from genoview.runtime.batch.results import row_from, row_text
from genoview.runtime.inclusion import inclusion_of
from genoview.runtime.workbench import Workbench
from genoview.scoring import Change, DeltaScores
from genoview.scoring.model_result import GeneScores, ModelResult
from genoview.scoring.splicing.inclusion.changes import ExonInclusion
from tests.runtime.batch.toys import HEAD, write
from tests.support.pages.workbench import own_workbench

DONOR, EXONIC, FAR = "chr20:43249658:C>G", "chr20:43042364:C>T", "chr20:42490000:A>T"
NAME = "mmsplice"
Vcf = tuple[Source, list[Row]]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with pytest.MonkeyPatch.context() as patch:
        bench = own_workbench(tmp_path_factory.mktemp("bench"), patch)
        yield bench
        bench.close()


def engine_of(bench: Workbench) -> Engine:
    assembly = bench.assembly()
    return Engine(assembly, [scorer_named(bench, NAME, assembly, 50)], bench.store)


@pytest.fixture(scope="module")
def vcf(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Vcf:
    lines = [text.split(":") for text in (DONOR, EXONIC, FAR)]
    rows = [f"20\t{pos}\t.\t{change[0]}\t{change[2]}\n" for _, pos, change in lines]
    source = Source(write(tmp_path_factory.mktemp("vcf") / "in.vcf", HEAD + "".join(rows)))
    entries = source.entries(bench.assembly())
    return source, [row for chunk in engine_of(bench).rows(entries) for row in chunk]


def answer(bench: Workbench, text: str) -> ExonInclusion:
    assembly = bench.assembly()
    [answer] = inclusion_of(bench, resolve(text, assembly), assembly)
    return answer


def test_a_row_has_the_numbers_of_the_page(bench: Workbench, vcf: Vcf) -> None:
    for row, text in zip(vcf[1], (DONOR, EXONIC), strict=False):
        result = row.result(NAME)
        assert result is not None
        exon, expected = result.exons[0], answer(bench, text)
        effect, tissues = expected.effects[0], expected.tissues[0]
        assert exon.delta_logit_psi == effect.change.delta_logit_psi
        assert (exon.gene, exon.psi) == (effect.gene, effect.psi)
        assert exon.delta_psi == effect.measured_delta_psi
        assert (exon.first, exon.last) == (effect.exon.start + 1, effect.exon.end)
        if exon.tissue:
            assert exon.tissue_delta_psi == tissues.counted[0].delta_psi
            assert exon.tissue == tissues.counted[0].tissue or tissues.is_alike


def test_without_an_exon_near_it_a_variant_says_why(vcf: Vcf) -> None:
    far = vcf[1][2]
    assert far.fault is not None
    assert "lies within 100 bp of the variant" in far.fault.reason


def test_what_is_scored_once_is_remembered(bench: Workbench, vcf: Vcf) -> None:
    engine = engine_of(bench)
    again = [row for chunk in engine.rows(vcf[0].entries(bench.assembly())) for row in chunk]
    assert engine.n_remembered == 3
    assert again == vcf[1]
    assert [row_from(row_text(row)) for row in again] == vcf[1]


def test_columns_in_tsv_and_parquet(vcf: Vcf) -> None:
    rows = vcf[1]
    result = rows[0].result(NAME)
    assert result is not None
    exon = result.exons[0]
    made_by = table_provenance("in.vcf", "GRCh37-demo", [(NAME, "v1")])
    table = columns(rows, [NAME])
    first = pq.read_table(io.BytesIO(named_parquet(table, made_by))).to_pylist()[0]
    assert first["MMSplice Δ log odds"] == exon.delta_logit_psi
    assert (first["MMSplice gene"], first["MMSplice exon"]) == ("ADA", exon.exon)
    assert (first["MMSplice PSI"], first["MMSplice Δ PSI"]) == (exon.psi, exon.delta_psi)
    assert first["MMSplice tissue"] == exon.tissue
    text = named_tsv(table, made_by).decode()
    assert "Column MMSplice Δ PSI: ALT − REF of the share of RNA" in text
    assert "Cheng J" in text
    short = [column.name for column in columns(rows, [NAME], short=True)]
    assert "MMSplice transcript" not in short


def test_a_field_of_info(bench: Workbench, vcf: Vcf, tmp_path: Path) -> None:
    (source, rows), out = vcf, tmp_path / "out.vcf.gz"
    writer = VcfWriter(bench.assembly(), [(NAME, "v1")], 50)
    writer.write(source, rows, out)
    result = rows[0].result(NAME)
    assert result is not None
    exon = result.exons[0]
    with pysam.VariantFile(str(out)) as found:
        assert "DELTA_LOGIT_PSI" in found.header.info["MMSplice"].description
        record = next(iter(found))
        allele, gene, number, first, last, delta, *_ = record.info["MMSplice"][0].split("|")
    assert (allele, gene, number) == ("G", "ADA", exon.exon.replace(" of ", "/"))
    assert (int(first), int(last)) == (exon.first, exon.last)
    assert float(delta) == pytest.approx(exon.delta_logit_psi, abs=1e-3)


def test_a_filter_sorts_by_the_change_and_compare_by_its_size(vcf: Vcf) -> None:
    [score] = scores_of([NAME], vcf[1])
    assert (score.label, score.cutoffs) == ("MMSplice Δ log odds", ())
    change = score.of(vcf[1][0])
    assert change is not None
    assert change < 0
    none = Change(0.0, 0)
    delta = DeltaScores("ADA", "-", Change(0.5, 1), none, none, none)
    other = ModelResult("cispliceai", (GeneScores(delta, delta),))
    rows = [Row(one.entry, one.variant, one.genes, (other, *one.results)) for one in vcf[1][:2]]
    [pair] = comparisons(("cispliceai", NAME), rows, Family.SPLICING)
    assert not pair.same_unit
    assert -change in scatter(pair, rows).second

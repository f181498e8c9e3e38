"""Rows as numbers to sort and filter by, and as columns of files."""

import io
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from genoview.data.genome import Interval
from genoview.io.export import named_parquet, named_tsv
from genoview.runtime.batch import (
    CellChange,
    Entry,
    Fault,
    Filter,
    GeneScores,
    Kind,
    ModelResult,
    Row,
    columns,
    scores_of,
    table_provenance,
)
from genoview.runtime.batch.results import Severest
from genoview.scoring import Change, DeltaScores
from genoview.scoring.variant_line import VariantLine

MODELS = ("cispliceai", "promoter-activity")
VERSIONS = [(name, "v1") for name in MODELS]


def deltas(gene: str, gain: float) -> DeltaScores:
    zero = Change(0.0, 0)
    return DeltaScores(gene, "+", Change(gain, -2), zero, zero, zero)


def row(pos: int, gain: float, change: float, *genes: str) -> Row:
    """Its first gene is masked; the others keep their score, a tenth of the first's."""
    found = [GeneScores(deltas(genes[0], gain), deltas(genes[0], 0.0))]
    found += [GeneScores(deltas(g, gain / 10), deltas(g, gain / 10)) for g in genes[1:]]
    cells = (CellChange("HepG2", change, 0.1), CellChange("K562", change / 2, None))
    results = ModelResult(MODELS[0], tuple(found)), ModelResult(MODELS[1], cells=cells)
    entry = Entry(pos, VariantLine("chr20", pos, "A", "C"), "", f"20:{pos}:A>C")
    return Row(entry, f"chr20:{pos}:A>C", genes, results)


PASSED_OVER = Row(
    Entry(9, VariantLine("chr20", 9, "A", "."), "", "20:9:A>."),
    "20:9:A>.",
    fault=Fault(Kind.MISSING, "nothing\tvaries"),
)
ROWS = [row(10, 0.9, -0.5, "ADA", "PKIG"), row(200, 0.1, 0.25, "HNF4A"), PASSED_OVER]


def test_each_model_has_its_main_score_and_each_cell_its_own() -> None:
    found = {score.label: [score.of(one) for one in ROWS] for score in scores_of(MODELS, ROWS)}
    assert found == {
        "CI-SpliceAI Δ": [0.9, 0.1, None],
        "Activity log2": [-0.5, 0.25, None],
        "HepG2 log2": [-0.5, 0.25, None],
        "K562 log2": [-0.25, 0.125, None],
    }


def test_the_mask_changes_the_score_and_the_gene_most_changed() -> None:
    [score, *_] = scores_of(MODELS, ROWS, masked=True)
    assert score.of(ROWS[0]) == pytest.approx(0.09)
    genes = {one.name: one.values for one in columns(ROWS, MODELS, masked=True)}
    assert genes["CI-SpliceAI gene"][0] == "PKIG"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), [10, 200, 9]),
        (Filter(gene="pkig"), [10]),
        (Filter(region=Interval("chr20", 9, 100)), [10]),
        (Filter(region=Interval("chr21", 0, 1_000)), []),
        (Filter(score=scores_of(MODELS, ROWS)[0], least=0.5), [10]),
        (Filter(score=scores_of(MODELS, ROWS)[1], least=0.4), [10]),
        (Filter(score=scores_of(MODELS, ROWS)[1], least=0.2), [10, 200]),
        (Filter(gene="HNF4A", score=scores_of(MODELS, ROWS)[0], least=0.5), []),
    ],
)
def test_a_filter_keeps_what_fits_all_its_parts(wanted: Filter, expected: list[int]) -> None:
    assert [one.entry.number for one in ROWS if wanted.accepts(one)] == expected


def test_a_table_holds_every_row_and_says_what_its_columns_are() -> None:
    made_by = table_provenance("my.vcf", "GRCh37-demo", VERSIONS)
    text = named_tsv(columns(ROWS, MODELS), made_by).decode()
    comments = [line for line in text.splitlines() if line.startswith("#")]
    head, *lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert [dict(zip(head, line, strict=True))["passed_over"] for line in lines] == [
        "",
        "",
        "nothing varies",
    ]
    assert any("Column CI-SpliceAI Δ: largest of the four" in line for line in comments)
    table = pq.read_table(io.BytesIO(named_parquet(columns(ROWS, MODELS), made_by)))
    assert table.column("HepG2 log2").to_pylist() == [-0.5, 0.25, None]
    assert table.column("CI-SpliceAI AG position").to_pylist() == [-2, -2, None]
    assert b"CI-SpliceAI" in table.schema.metadata[b"provenance"]


def test_the_severest_consequence_has_columns_where_a_row_has_one() -> None:
    names = ("HNF4A", "NM_175914.5", "NM_175914.5:c.350C>T", "p.(Thr117Ile)")
    some = [replace(ROWS[0], severest=Severest("missense_variant", *names)), *ROWS[1:]]
    made = {column.name: column.values for column in columns(some, MODELS, short=True)}
    assert made["consequence"] == ["missense_variant", *[None] * (len(ROWS) - 1)]
    shown = [made[name][0] for name in ("gene", "transcript", "coding", "protein")]
    assert tuple(shown) == names
    assert "consequence" not in {column.name for column in columns(ROWS, MODELS)}

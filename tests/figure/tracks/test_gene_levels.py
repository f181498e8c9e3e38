"""Levels of genes on their way: model, row in the figure, card, table of a file, JSON."""

import io
from collections.abc import Sequence

import pytest

from genoview.data.request import Request
from genoview.data.track_data import Family
from genoview.errors import QueryError
from genoview.figure.build import build_figure
from genoview.figure.details import card_of
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.io.export import named_tsv, provenance_of
from genoview.models.gene_model import GeneModel
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.gene_level_table import level_columns
from genoview.report.score_table import score_rows
from genoview.report.variant_report import VariantReport
from genoview.scoring.gene_levels import ModelLevels, gene_answer
from tests.support.models.toy_backend import card

IN_PROMOTER = "chr20:43280400:G>A"  # 60 bp before the start of ADA


class Shares(GeneModel):
    """A level is the share of G and C."""

    card = card("shares", Family.EXPRESSION)
    upstream, downstream, unit = 7_000, 3_500, "share of G and C"
    version = "1"

    def levels(self, promoters: Sequence[str]) -> list[float]:
        return [sum(map(one.count, "GC")) / len(one) for one in promoters]


def asked(demo: Assembly, query: str) -> tuple[Request, ModelLevels]:
    request = resolve(query, demo)
    return request, gene_answer(request, Shares(), demo)


def test_a_locus_has_a_level_of_each_gene_of_its_window(demo: Assembly) -> None:
    _, made = asked(demo, "chr20:43,240,000-43,290,000")
    assert [one.gene for one in made.levels] == ["PKIG", "ADA", "LINC01260", "AL139352.1"]
    assert made.changed == ()


def test_a_variant_changes_the_gene_whose_promoter_holds_it(demo: Assembly) -> None:
    _, made = asked(demo, IN_PROMOTER)
    [changed] = made.changed
    assert changed.gene == "ADA"
    assert changed.change == pytest.approx(-1 / 10_500)
    assert made.levels[0] == changed


def test_the_figure_has_the_row_under_the_genes_and_names_the_model(demo: Assembly) -> None:
    request, made = asked(demo, IN_PROMOTER)
    figure = build_figure(Scene(request, demo, levels=[made]), request.locus.interval, Options())
    rows = [row["id"] for row in figure.layout.meta["rows"]]
    assert rows.index("shares") == rows.index("genes") + 1
    texts = " ".join(str(text) for trace in figure.data for text in (trace.text or ()))
    assert "ADA +0." in texts
    assert "→" in texts
    assert made.card.title in " ".join(str(one.text) for one in figure.layout.annotations)
    hidden = build_figure(
        Scene(request, demo, levels=[made]),
        request.locus.interval,
        Options(hidden=frozenset({"shares"})),
    )
    assert "shares" not in [row["id"] for row in hidden.layout.meta["rows"]]


def test_the_card_tells_both_alleles_and_what_was_read(demo: Assembly) -> None:
    request, made = asked(demo, IN_PROMOTER)
    key = f"shares|{made.levels[0].gene_id}"
    told = card_of(Scene(request, demo, levels=[made]), "level", key)
    assert told["title"] == "ADA: level"
    lines = {line["label"]: line["value"] for line in told["lines"]}
    assert lines["REF"].endswith("share of G and C")
    assert {"ALT", "ALT − REF", "Model"} <= lines.keys()
    assert lines["Read"].startswith("chr20:43,276,841-43,287,340")
    with pytest.raises(QueryError, match="no longer in the tracks"):
        card_of(Scene(request, demo, levels=[made]), "level", "shares|nobody")


def test_files_and_json_hold_the_numbers_with_their_unit(demo: Assembly) -> None:
    request, made = asked(demo, IN_PROMOTER)
    text = named_tsv(level_columns([made]), provenance_of(request, [made])).decode()
    assert made.card.citation in text
    table = [line.split("\t") for line in io.StringIO(text) if not line.startswith("#")]
    ada = dict(zip([cell.strip() for cell in table[0]], table[1], strict=True))
    assert (ada["gene"], ada["tss"]) == ("ADA", "43280340")
    assert float(ada["change"]) == pytest.approx(-1 / 10_500, rel=1e-3)
    [told] = document(VariantReport(request, [], levels=[made]))["gene_levels"]
    assert told["unit"] == "share of G and C"
    assert told["genes"][0]["change"] == pytest.approx(-1 / 10_500, rel=1e-2)
    assert "alt" not in told["genes"][1]
    [row] = [
        row for row in score_rows(VariantReport(request, [], levels=[made])) if row.gene == "ADA"
    ]
    assert row.value == made.levels[0].change
    assert "gene_levels" not in document(VariantReport(request, []))

"""The heat map of a gene: exons from left to right, alike tissues beside each other."""

import numpy as np
import pytest

from genoview.figure.panels import DARK, LIGHT, Theme, exon_map, lanes_of
from genoview.io.assembly import Assembly
from genoview.io.inclusion.table import InclusionTable
from genoview.query.resolve_names import transcripts_of
from genoview.runtime.measured_inclusion import EMBEDDED
from genoview.scoring.splicing.inclusion.gene import GeneInclusion, gene_inclusion


@pytest.fixture(scope="module")
def hnf4a(demo: Assembly) -> GeneInclusion:
    table = InclusionTable.open(EMBEDDED["GRCh37"])
    return gene_inclusion(transcripts_of("HNF4A", demo)[0], table)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [390, 1_280])
def test_cells_are_the_measured_shares(hnf4a: GeneInclusion, theme: Theme, width: int) -> None:
    lanes = lanes_of(hnf4a)
    assert sorted(lanes) == sorted(hnf4a.expressing)
    cells, boxes = exon_map(hnf4a, theme, width).data
    np.testing.assert_array_equal(cells.z, hnf4a.matrix(lanes))
    assert list(cells.y) == list(lanes)
    assert list(boxes.customdata) == list(cells.x) == list(range(1, 11))


def test_tissues_without_an_exon_lie_together(hnf4a: GeneInclusion) -> None:
    lanes = lanes_of(hnf4a)
    zero = hnf4a.matrix(lanes)[:, 5] == 0
    assert np.count_nonzero(np.diff(zero)) == 1


def test_what_is_not_measured_says_so(hnf4a: GeneInclusion) -> None:
    words = [(note.x, note.text) for note in exon_map(hnf4a, LIGHT, 1_280).layout.annotations]
    assert (1, "not measured") in words
    assert (10, "not measured") in words
    assert "0" in np.array(exon_map(hnf4a, LIGHT, 1_280).data[0].text)[:, 5]


def test_a_variant_is_marked_at_its_place(hnf4a: GeneInclusion) -> None:
    figure = exon_map(hnf4a, LIGHT, 1_280, (4.0, "chr20:43042364:C>T"))
    [box] = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (box.x0, box.x1) == (3.5, 4.5)
    assert "chr20:43042364:C&gt;T" in [note.text for note in figure.layout.annotations]

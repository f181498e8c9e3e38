"""Scores of junctions and of contact maps, track by track."""

import numpy as np
import pytest

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Gene, Interval, Variant
from genoview.data.junction_data import Junctions
from genoview.data.track_data import Assay, TrackMetadata
from genoview.scoring.tracks.junctions_contacts import contact_scores, junction_scores

PLACE = Interval("chr1", 0, 8_192)
JUNCTIONS = tuple(
    TrackMetadata(name, Assay.SPLICE_JUNCTIONS, ".", "reads") for name in ("liver", "brain")
)
MAPS = (TrackMetadata("HCT116", Assay.CONTACT_MAPS, ".", "log fold"),)
VARIANT = Variant("chr1", 3_000, "A", "C")
GENE = Gene("G1", "GENE", Interval("chr1", 1_000, 6_000, "+"))


def junctions(*rows: tuple[int, int, int, float, float]) -> Junctions:
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    start, end = table[:, :2].T.astype(np.int64)
    strand, values = table[:, 2].astype(np.int8), table[:, 3:].astype(np.float32)
    return Junctions(start, end, strand, values, JUNCTIONS, PLACE)


def test_the_largest_change_within_the_gene_counts() -> None:
    ref = junctions((1_500, 2_500, 1, 4, 1), (3_500, 4_500, 1, 2, 2), (1_500, 7_000, 1, 1, 1))
    alt = junctions((1_500, 2_500, 1, 1, 1), (3_500, 4_500, 1, 2, 4), (1_500, 7_000, 1, 99, 99))
    result = list(junction_scores(ref, alt, VARIANT, [GENE]))
    assert [(score.track.name, score.gene) for score in result] == [
        ("liver", "GENE"),
        ("brain", "GENE"),
    ]
    assert result[0].value == pytest.approx(np.log(4))
    assert result[1].value == pytest.approx(np.log(2))


def test_a_junction_that_alt_lacks_is_never_used_there() -> None:
    ref = junctions((1_500, 2_500, 1, 1, 1))
    (liver, _) = junction_scores(ref, junctions(), VARIANT, [GENE])
    assert liver.value == pytest.approx(np.log(1 + 1e-7) - np.log(1e-7))


@pytest.mark.parametrize(
    "gene",
    [
        Gene("G2", "OTHER", Interval("chr1", 4_000, 6_000, "+")),  # not where the variant is
        Gene("G3", "REVERSE", Interval("chr1", 1_000, 6_000, "-")),
    ],
)
def test_other_genes_have_no_score(gene: Gene) -> None:
    ref = junctions((4_100, 4_500, 1, 1, 1))
    assert list(junction_scores(ref, junctions(), VARIANT, [gene])) == []


def test_contacts_of_the_variant_are_compared() -> None:
    ref = ContactMap(np.zeros((4, 4, 1), np.float32), MAPS, PLACE, 2_048)
    changed = ref.values.copy()
    changed[:, 1] = [[1], [-2], [0], [1]]
    alt = ContactMap(changed, MAPS, PLACE, 2_048)
    (result,) = contact_scores(ref, alt, VARIANT)
    assert result.value == pytest.approx(1.0)
    assert list(contact_scores(ref, alt, Variant("chr1", 9_000, "A", "C"))) == []

"""What becomes of a protein, worked out by hand on a transcript of one or two exons."""

import pytest

from genoview.data.genome import Exon, Interval, Transcript, Variant, reverse_complement
from genoview.data.transcript.edits import edit_of, most_3prime
from genoview.data.transcript.numbering import TranscriptMap
from genoview.query.hgvs_names.protein import consequence

# 5' UTR, Met Ala Lys Lys Gly, an intron, Phe Ser Trp Leu stop, 3' UTR
EXONS = "GGCC" + "ATGGCTAAAAAGGGA", "TTTTCCTGGCTATAA" + "GCTTAACC"
INTRON = "GTAAGTCCAG"
GENOME = EXONS[0] + INTRON + EXONS[1]


def toy(strand: str) -> tuple[TranscriptMap, str]:
    bases = GENOME if strand == "+" else reverse_complement(GENOME)
    n = len(bases)
    spans = [(0, 19, 4, 19), (29, n, 29, 44)]
    if strand == "-":
        spans = [(n - b, n - a, n - d, n - c) for a, b, c, d in spans[::-1]]
    exons = [
        Exon(Interval("chr1", a, b, strand), Interval("chr1", c, d, strand)) for a, b, c, d in spans
    ]
    return TranscriptMap(Transcript("T.1", Interval("chr1", 0, n, strand), tuple(exons))), bases


def described(first: int, ref: str, alt: str, strand: str) -> str:
    """Of REF that begins at a 0-based base of GENOME."""
    numbering, bases = toy(strand)
    anchor = GENOME[first - 1]
    assert GENOME[first : first + len(ref)] == ref
    if strand == "+":
        variant = Variant("chr1", first, anchor + ref, anchor + alt)
    else:
        ref, alt = (reverse_complement(anchor + one) for one in (ref, alt))
        variant = Variant("chr1", len(bases) - first - len(ref) + 2, ref, alt)

    def fetch(interval: Interval) -> str:
        return "".join(
            bases[i] if 0 <= i < len(bases) else "N" for i in range(interval.start, interval.end)
        )

    edit = most_3prime(edit_of(variant), fetch, numbering.backward)
    return consequence(edit, numbering, fetch)


@pytest.mark.parametrize("strand", ["+", "-"])
@pytest.mark.parametrize(
    ("first", "ref", "alt", "protein"),
    [
        (7, "G", "A", "p.(Ala2Thr)"),
        (9, "T", "A", "p.(Ala2=)"),
        (10, "A", "T", "p.(Lys3Ter)"),
        (4, "A", "G", "p.(Met1?)"),
        (2, "C", "T", "p.?"),
        (19, "G", "A", "p.?"),
        (27, "A", "G", "p.?"),
        (46, "T", "C", "p.(=)"),
        (10, "AAA", "", "p.(Lys4del)"),  # Lys3 and Lys4 are alike: the last is named
        (10, "AAAAAG", "", "p.(Lys3_Lys4del)"),
        (16, "", "AAA", "p.(Lys4dup)"),
        (13, "", "TGG", "p.(Lys3_Lys4insTrp)"),
        (13, "", "TGGTAA", "p.(Lys3_Lys4insTrpTer)"),
        (10, "AAA", "TGGTGG", "p.(Lys3delinsTrpTrp)"),
        (7, "GCTAAA", "TGG", "p.(Ala2_Lys3delinsTrp)"),
        (10, "A", "", "p.(Lys4ArgfsTer?)"),
        (7, "GC", "", "p.(Ala2Ter)"),
        (35, "TGG", "TGA", "p.(Trp8Ter)"),
        (41, "TAA", "CAA", "p.(Ter10GlnextTer2)"),
        (41, "TAA", "TGA", "p.(Ter10=)"),
        (42, "AAGCTTAAC", "CC", "p.(Ter10SerextTer?)"),
    ],
)
def test_a_protein_changes(strand: str, first: int, ref: str, alt: str, protein: str) -> None:
    assert described(first, ref, alt, strand) == protein


def test_a_transcript_without_a_protein_has_no_consequence() -> None:
    exon = Exon(Interval("chr1", 0, 10, "+"))
    numbering = TranscriptMap(Transcript("R.1", exon.interval, (exon,)))
    edit = edit_of(Variant("chr1", 5, "A", "C"))
    assert consequence(edit, numbering, lambda interval: "A" * interval.width) == ""

"""Names along transcripts and proteins as they are typed, on the demo; and a variant's names."""

import pytest

from genoview.errors import AnnotationError, GenomeError, GenoviewError, QueryError
from genoview.io.assembly import Assembly
from genoview.query.hgvs_names import VariantNames
from genoview.query.resolve import VARIANT_FLANK, resolve
from genoview.query.resolve_names import chosen_names

ACCEPTOR = "chr20:43249076:C>T"
R211H = "chr20:43251694:C>T"


@pytest.mark.parametrize(
    ("text", "variant", "note"),
    [
        ("NM_000022.4:c.976-34G>A", ACCEPTOR, ""),
        ("NM_000022:c.976-34G>A", ACCEPTOR, ""),
        ("NM_000022.3:c.976-34G>A", ACCEPTOR, "counted along NM_000022.4"),
        ("ADA:c.976-34G>A", ACCEPTOR, "Read on NM_000022.4 (MANE Select)."),
        ("ada:c.976-34g>a", ACCEPTOR, "Read on"),
        (" ADA:c.976‑34G>A ", ACCEPTOR, "Read on"),
        ("NM_000022(ADA):c.976-34G>A", ACCEPTOR, ""),
        ("NC_000020.10(NM_000022.4):c.976-34G>A", ACCEPTOR, ""),
        ("ADA:c.976-34G>A hg19", ACCEPTOR, "Read on"),
        ("ADA:c.976-34G>A\nADA R211H", ACCEPTOR, "Only the first of 2 lines was read."),
        ("NM_000022.4(ADA):c.632G>A (p.Arg211His)", R211H, ""),
        ("ENST00000372874.9:c.632G>A", R211H, "same transcript as NM_000022.4"),
        ("ADA R211H", R211H, "NM_000022.4:c.632G>A changes the fewest bases."),
        ("ADA:p.(Arg211His)", R211H, "2 changes of the DNA make (Arg211His)."),
        ("NP_000013.2:p.Arg211His", R211H, "is the protein of NM_000022.4"),
        ("NM_175914.5:c.350C>T", "chr20:43042364:C>T", ""),
    ],
)
def test_a_name_is_its_variant(demo: Assembly, text: str, variant: str, note: str) -> None:
    request = resolve(text, demo)
    assert (request.text, str(request.variant)) == (variant, variant)
    assert request.locus == resolve(variant, demo).locus
    assert note in "\n".join(request.notes)
    assert bool(request.notes) == bool(note)


def test_the_flank_is_that_of_any_variant(demo: Assembly) -> None:
    assert resolve("ADA R211H", demo).locus.interval.width >= 2 * VARIANT_FLANK
    assert resolve("ADA R211H", demo, flank=500).locus == resolve(R211H, demo, flank=500).locus


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("BRCA1:c.5266dup", GenomeError, "lies at chr17:41,209,080 of GRCh37, but GRCh37-demo has"),
        ("BRCA1 R71G", GenomeError, "lies at chr17:41,258,474 of GRCh37"),
        ("SRC:c.10A>G", GenomeError, "has only chr20:42,484,001-43,484,000. Choose a whole GRCh37"),
        ("ADA:c.976-34G>A [GRCh38]", QueryError, "is for GRCh38, but the genome in use is"),
        ("NOTAGENE:c.1A>G", AnnotationError, "NOTAGENE is not among"),
        ("ADA:c.1CAG[3]", QueryError, "no copy of CAG begins there"),
        ("XM_005260236.1:c.5A>G", QueryError, "a transcript that RefSeq predicts"),
        ("c.976-34G>A", QueryError, "Type the transcript or its gene before it"),
        ("chr20 A5T", QueryError, "neither a locus, a variant nor a gene"),
        ("rs121908716", QueryError, "a dbSNP or dbVar id, which is not resolvable offline"),
    ],
)
def test_what_cannot_be_placed_is_said(
    demo: Assembly, text: str, kind: type[GenoviewError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        resolve(text, demo)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("ADA:c.976-34C>A", ["ADA:c.976-34G>A"]),
        ("ADA:p.Gln3del", ["chr20:43280239:TCTG>T", "chr20:43280240:CTGG>C"]),
    ],
)
def test_what_may_be_meant_is_offered(demo: Assembly, text: str, suggested: list[str]) -> None:
    with pytest.raises(QueryError) as caught:
        resolve(text, demo)
    assert [query for _, query in caught.value.suggestions] == suggested
    for query in suggested:
        assert resolve(query, demo).variant is not None


@pytest.mark.parametrize(
    ("query", "words", "names"),
    [
        (
            ACCEPTOR,
            "NM_000022.4 of ADA, MANE Select",
            VariantNames(
                "NC_000020.10:g.43249076C>T",
                "NC_000020.10:43249075:C:T",
                "NM_000022.4:c.976-34G>A",
                "p.?",
            ),
        ),
        (
            R211H,
            "NM_000022.4 of ADA, MANE Select",
            VariantNames(
                "NC_000020.10:g.43251694C>T",
                "NC_000020.10:43251693:C:T",
                "NM_000022.4:c.632G>A",
                "p.(Arg211His)",
            ),
        ),
    ],
)
def test_a_variant_has_names_along_the_chosen_transcript(
    demo: Assembly, query: str, words: str, names: VariantNames
) -> None:
    variant = resolve(query, demo).variant
    assert variant is not None
    chosen = chosen_names(variant, demo)
    assert (chosen.words, chosen.names) == (words, names)
    assert resolve(names.coding, demo).variant == variant


def test_between_genes_there_are_names_on_the_chromosome_alone(demo: Assembly) -> None:
    variant = resolve("chr20:g.42720000_42720001insACGTACGT", demo).variant
    assert variant is not None
    chosen = chosen_names(variant, demo)
    assert (chosen.transcript, chosen.words, chosen.names.coding) == (None, "", "")
    assert chosen.names.genomic.startswith("NC_000020.10:g.4272000")

"""Typed text against the embedded genome: 1 Mb of chromosome 20 (GRCh37), 42,484,001-43,484,000."""

from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.genome import Interval, Variant
from genoview.errors import (
    AnnotationError,
    GenomeError,
    GenoviewError,
    QueryError,
    ReferenceMismatch,
)
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.query.clean import EXAMPLES as TYPED_EXAMPLES
from genoview.query.resolve import GRID, MAX_WIDTH, resolve

DEMO = Interval("chr20", 42_484_000, 43_484_000)
T130I = Variant("chr20", 43_042_364, "C", "T")  # rs1800961


def named(demo: Assembly, name: str, family: str = "") -> Assembly:
    """The same bases under another name."""
    return replace(demo, name=name, family=family)


def toy_assembly(folder: Path, name: str, fasta: str, sizes: str = "") -> Assembly:
    path = folder / f"{name}.fa"
    path.write_text(fasta)
    chrom_sizes = None
    if sizes:
        chrom_sizes = folder / f"{name}.sizes"
        chrom_sizes.write_text(sizes)
    return Assembly(name, ReferenceGenome.open(name, path, chrom_sizes), Annotation.empty())


@pytest.mark.parametrize(
    "text",
    [
        "chr20:43,000,001-43,020,000",
        "20:43000001-43020000",
        "chr20:43.000001M-43.02M",
        "chr20:43000001..43020000",
        "chr20\t43000000\t43020000",
        "chr20:43,000,001-43,020,000 [GRCh37]",
        "hg19 chr20:43000001-43020000",
        "NC_000020.10:43000001-43020000",
    ],
)
def test_every_spelling_of_a_locus_is_the_same_request(demo: Assembly, text: str) -> None:
    found = resolve(text, demo)
    interval = Interval("chr20", 43_000_000, 43_020_000)
    assert found.text.startswith("chr20:43,000,001-43,020,000")
    assert (found.locus.interval, found.predicted, found.variant) == (interval, interval, None)
    assert found.assembly == "GRCh37-demo"


@pytest.mark.parametrize(
    ("text", "shown", "predicted"),
    [
        ("chr20:43,000,500-43,001,500", (43_000_499, 43_001_500), (43_000_000, 43_002_000)),
        ("chr20:43,000,001-43,001,000", (43_000_000, 43_001_000), (43_000_000, 43_001_000)),
        ("chr20:43,001,000-43,001,001", (43_000_999, 43_001_001), (43_000_000, 43_002_000)),
        ("chr20:43,042,364", (43_039_863, 43_044_864), (43_039_000, 43_045_000)),
    ],
)
def test_what_is_predicted_lies_on_a_grid_around_what_is_drawn(
    demo: Assembly, text: str, shown: tuple[int, int], predicted: tuple[int, int]
) -> None:
    found = resolve(text, demo)
    assert found.locus.interval == Interval("chr20", *shown)
    assert found.predicted == Interval("chr20", *predicted)


@pytest.mark.parametrize(
    ("text", "flank", "width"),
    [("chr20:43042364", 0, 5_001), ("chr20:43042364", 100, 201), ("chr20:43042364-43042365", 9, 2)],
)
def test_a_single_position_is_shown_with_what_is_beside_it(
    demo: Assembly, text: str, flank: int, width: int
) -> None:
    assert resolve(text, demo, flank=flank).locus.interval.width == width


@pytest.mark.parametrize(
    ("text", "symbol", "note"),
    [
        ("HNF4A", "HNF4A", ""),
        ("hnf4a", "HNF4A", ""),
        ("ENSG00000101076", "HNF4A", "ENSG00000101076 belongs to HNF4A (ENSG00000101076.16)."),
        ("ENSG00000101076.9", "HNF4A", "ENSG00000101076.9 belongs to HNF4A (ENSG00000101076.16)."),
        ("NM_000457", "HNF4A", "NM_000457 belongs to HNF4A (ENSG00000101076.16)."),
        ("nm_000457.4", "HNF4A", "belongs to HNF4A"),
        ("ENST00000316099", "HNF4A", "ENST00000316099 belongs to HNF4A (ENSG00000101076.16)."),
        ("ADA", "ADA", ""),
        ("JPH2", "JPH2", ""),
    ],
)
def test_a_gene_is_shown_whole_with_a_margin(
    demo: Assembly, text: str, symbol: str, note: str
) -> None:
    found = resolve(text, demo)
    gene = demo.annotation.find(symbol).interval
    margin = max(gene.width // 20, 500)
    assert found.text == found.locus.label == symbol
    assert found.locus.interval == Interval(gene.chrom, gene.start - margin, gene.end + margin)
    assert len(found.notes) == bool(note)
    assert note in "".join(found.notes)


@pytest.mark.parametrize(
    "text",
    [
        "chr20:43042364:C>T",
        "chr20:43,042,364 C>T",
        "20-43042364-C-T",
        "chr20_43042364_C_T",
        "20\t43042364\trs1800961\tC\tT",
        "20\t43042364\trs1800961\tC\tT\t.\tPASS\tAF=0.03",
        "NC_000020.10:g.43042364C>T",
        "NC_000020.10:43042363:C:T",
        "chr20:g.43042364C>T",
        "chr20:43042364:c>t [GRCh37-demo]",
        "chr20:43042363:AC>AT",
        "chr20:43042364:CT>TT",
        "chr20:g.43042364delinsT",
    ],
)
def test_every_spelling_of_a_variant_is_the_same_request(demo: Assembly, text: str) -> None:
    found = resolve(text, demo)
    assert found.variant == T130I
    assert found.text.startswith("chr20:43042364:C>T")
    assert found.locus.interval == found.predicted == Interval("chr20", 43_037_000, 43_048_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [  # a run of six A at 42,600,401-42,600,406, behind a G
        ("chr20:g.42600406del", "chr20:42600400:GA>G"),
        ("chr20:g.42600401del", "chr20:42600400:GA>G"),
        ("chr20:42600405:AA>A", "chr20:42600400:GA>G"),
        ("chr20:g.42600406dup", "chr20:42600400:G>GA"),
        ("chr20:g.42600403_42600404insAA", "chr20:42600400:G>GAA"),
        ("NC_000020.10:42600405:A:", "chr20:42600400:GA>G"),
        ("chr20:g.42600401_42600406del", "chr20:42600400:GAAAAAA>G"),
        ("chr20:g.42600401_42600402inv", "chr20:42600401:AA>TT"),
    ],
)
def test_indels_are_moved_to_the_left(demo: Assembly, text: str, expected: str) -> None:
    assert demo.reference.fetch(Interval("chr20", 42_600_399, 42_600_407)) == "GAAAAAAG"
    assert str(resolve(text, demo).variant) == expected


def test_a_change_by_left_normalising_is_said(demo: Assembly) -> None:
    moved = resolve("chr20:42600405:AA>A", demo)
    assert moved.notes == ("Left-normalised: chr20:42600405:AA>A is written chr20:42600400:GA>G.",)
    assert moved.text == "chr20:42600400:GA>G"
    assert resolve(moved.text, demo).notes == ()


def test_the_flank_of_a_variant_is_the_readers_choice(demo: Assembly) -> None:
    near = resolve("chr20:43042364:C>T", demo, flank=500)
    assert near.locus.interval == Interval("chr20", 43_041_000, 43_043_000)
    assert near.predicted == near.locus.interval


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("chr20:42,480,001-42,490,000", (42_484_000, 42_490_000)),
        ("chr20:43,480,001-43,490,000", (43_480_000, 43_484_000)),
        ("chr20:42,484,101", (42_484_000, 42_486_601)),
        ("chr20:1-63,025,520", (42_484_000, 43_484_000)),
    ],
)
def test_a_view_ends_where_the_genome_does_and_says_so(
    demo: Assembly, text: str, shown: tuple[int, int]
) -> None:
    found = resolve(text, demo)
    assert found.locus.interval == Interval("chr20", *shown)
    assert DEMO.contains(found.predicted)
    assert "GRCh37-demo covers chr20:42,484,001-43,484,000 here: the view ends there." in (
        found.notes
    )


def test_a_variant_at_the_edge_keeps_its_place_in_the_clipped_view(demo: Assembly) -> None:
    base = demo.reference.fetch(Interval("chr20", 42_484_000, 42_484_001))
    found = resolve(f"chr20:42484001:{base}>{'A' if base != 'A' else 'C'}", demo)
    assert found.locus.interval == found.predicted == Interval("chr20", 42_484_000, 42_490_000)
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("chr20:1,000-2,000", GenomeError, "lies outside of what GRCh37-demo covers"),
        ("chr20:70,000,000", GenomeError, "past the end of chr20, which is 63,025,520 bp"),
        ("chr1:1,000-2,000", GenomeError, "chr1 is not in GRCh37-demo. It has chr20."),
        ("chr20:1000:A>C", GenomeError, "lies outside of what GRCh37-demo covers"),
        ("chr20:g.1000del", GenomeError, "lies outside of what GRCh37-demo covers"),
        ("TP53", GenomeError, "TP53 lies at chr17:7,571,739-"),
        ("HNF4", AnnotationError, "Near it: HNF4A"),
        ("", QueryError, "nothing to look for"),
        ("what is this", QueryError, "neither a locus, a variant nor a gene"),
        ("rs1800961", QueryError, "not resolvable offline"),
        ("c.416C>T", QueryError, "positions count along a transcript"),
        ("chr20:g.43042364_43042365insN", QueryError, "A, C, G and T"),
        ("chr20", QueryError, "is a whole chromosome"),
    ],
)
def test_what_cannot_be_shown_is_told_in_words(
    demo: Assembly, text: str, kind: type[GenoviewError], words: str
) -> None:
    with pytest.raises(kind, match=words.replace(".", r"\.")):
        resolve(text, demo)


def test_the_examples_that_an_error_offers_can_be_typed(demo: Assembly) -> None:
    for text in TYPED_EXAMPLES.replace(" or ", ", ").split(", "):
        assert resolve(text, demo).text == text


def test_more_than_a_model_can_take_is_refused_with_its_size(tmp_path: Path) -> None:
    wide = toy_assembly(tmp_path, "wide", ">1\n" + "ACGT" * (MAX_WIDTH // 4 + 1) + "\n")
    assert resolve(f"chr1:1-{MAX_WIDTH}", wide).locus.interval.width == MAX_WIDTH
    with pytest.raises(GenomeError, match=r"spans 1,048,577 bp; at most 1,048,576 bp"):
        resolve(f"chr1:1-{MAX_WIDTH + 1}", wide)


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("chr20:43042364:T>C", (("Swap the alleles", "chr20:43042364:C>T"),)),
        ("chr20:43042364:G>A", (("Take the reverse complement", "chr20:43042364:C>T"),)),
        (
            "chr20:43042364:A>G",
            (("Swap the alleles and take the reverse complement", "chr20:43042364:C>T"),),
        ),
        ("chr20:43042364:A>T", ()),
        (
            "chr20:43042364:G>C",
            (("Swap the alleles", "chr20:43042364:C>G"),),
        ),
    ],
)
def test_a_wrong_reference_allele_is_told_with_what_would_fit(
    demo: Assembly, text: str, suggestions: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(ReferenceMismatch, match="reference allele there is C") as caught:
        resolve(text, demo)
    assert caught.value.expected == "C"
    assert caught.value.suggestions == suggestions
    for _, fitting in suggestions:
        assert str(resolve(fitting, demo).variant) == fitting


def test_another_open_genome_is_offered_where_ref_fits_it(demo: Assembly, tmp_path: Path) -> None:
    sizes = "chr20\t63025520\n"
    other = toy_assembly(tmp_path, "mine", ">chr20:43042351-43042400\n" + "T" * 50 + "\n", sizes)
    elsewhere = toy_assembly(tmp_path, "elsewhere", ">1\nACGT\n")
    with pytest.raises(ReferenceMismatch) as caught:
        resolve("chr20:43042364:T>C", demo, [other, elsewhere])
    assert caught.value.suggestions == (
        ("Swap the alleles", "chr20:43042364:C>T"),
        ("Use the genome mine", "chr20:43042364:T>C [mine]"),
    )
    assert resolve("chr20:43042364:T>C [mine]", other).variant == Variant(
        "chr20", 43_042_364, "T", "C"
    )


def test_an_edit_that_names_other_bases_than_there_are_is_a_mismatch(demo: Assembly) -> None:
    with pytest.raises(ReferenceMismatch, match="reference allele there is C"):
        resolve("chr20:g.43042364delA", demo)


@pytest.mark.parametrize("hint", ["[GRCh37-demo]", "[GRCh37]", "[hg19]", "(b37)", "hg19"])
def test_a_hint_at_this_assembly_is_taken(demo: Assembly, hint: str) -> None:
    assert resolve(f"chr20:43042364:C>T {hint}", demo).variant == T130I


@pytest.mark.parametrize(
    "text",
    [
        "chr20:43042364:C>T [b38]",
        "hg38 chr20:43042364:C>T",
        "chr20:43000000-43020000 (GRCh38)",
        "NC_000020.11:g.43042364C>T",
    ],
)
def test_a_hint_at_another_assembly_is_refused_with_where_to_find_it(
    demo: Assembly, text: str
) -> None:
    with pytest.raises(QueryError, match=r"is for GRCh38, but .* is GRCh37-demo\. Add that genome"):
        resolve(text, demo)
    mine = named(demo, "my-genome", "GRCh38")
    with pytest.raises(QueryError, match="Choose the genome my-genome next to the search box"):
        resolve(text, demo, [mine])
    assert resolve(text, mine).assembly == "my-genome"


def test_an_unknown_hint_is_compared_with_the_genomes_own_name(demo: Assembly) -> None:
    with pytest.raises(QueryError, match="is for my genome, but"):
        resolve("chr20:43042364:C>T [my genome]", demo)
    assert resolve("chr20:43042364:C>T [mine]", named(demo, "mine")).variant == T130I


def test_a_variant_is_shown_in_the_part_that_holds_it(tmp_path: Path) -> None:
    """Its flank may touch another part of the same chromosome, further left."""
    fasta = f">1:1-1000\n{'A' * 1000}\n>1:2001-3000\n{'C' * 1000}\n"
    parts = toy_assembly(tmp_path, "parts", fasta, "1\t5000\n")
    found = resolve("chr1:2500:C>G", parts)
    assert found.predicted == found.locus.interval == Interval("chr1", 2000, 3000)


@pytest.mark.parametrize(("text", "shown"), [("chr1:5", (0, 2505)), ("chr1:4,990", (2489, 5000))])
def test_a_position_near_the_end_of_a_chromosome_is_shown(
    tmp_path: Path, text: str, shown: tuple[int, int]
) -> None:
    whole = toy_assembly(tmp_path, "whole", ">1\n" + "ACGTA" * 1000 + "\n")
    found = resolve(text, whole)
    assert found.locus.interval == Interval("chr1", *shown)
    assert found.predicted.start % GRID == 0
    assert found.predicted.end <= 5000


def test_a_code_of_several_bases_is_the_first_of_them_and_is_said(tmp_path: Path) -> None:
    own = toy_assembly(tmp_path, "own", f">1\nACGTR{'ACGT' * 300}\n")
    request = resolve("chr1:5:A>G", own)
    assert request.variant == Variant("chr1", 5, "A", "G")
    [note] = [note for note in request.notes if "several bases" in note]
    assert note.startswith("own has R at chr1:5, ")
    with pytest.raises(ReferenceMismatch, match="there is A"):
        resolve("chr1:5:G>T", own)
    assert not any("several" in note for note in resolve("chr1:4:T>G", own).notes)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("20 43042364 43042366 CTC/-", "chr20:43042363:ACTC>A"),
        ("20 43042364 43042364 C/T", "chr20:43042364:C>T"),
        ("20 43042363 43042364 C/T", "chr20:43042364:C>T"),  # from 0, as only that agrees with REF
        ("20 43042364 43042366 DEL +", "chr20:43042363:ACTC>A"),
        ("20 43042364 43042366 DUP +", "chr20:43042363:A>ACTC"),
    ],
)
def test_a_change_without_a_strand_or_by_its_kind_is_a_variant(
    demo: Assembly, text: str, variant: str
) -> None:
    assert str(resolve(text, demo).variant) == variant


@pytest.mark.parametrize("text", ["20 43042364 475283 C .", "20 43042364 43042464 INS +"])
def test_a_change_without_its_bases_is_no_place(demo: Assembly, text: str) -> None:
    with pytest.raises(QueryError, match=r"without its bases|no ALT allele"):
        resolve(text, demo)


def test_a_contig_whose_name_has_colons_opens_by_it(tmp_path: Path) -> None:
    own = toy_assembly(tmp_path, "own", f">HLA-A*01:01:01:01 x\n{'ACGT' * 300}\n")
    request = resolve("HLA-A*01:01:01:01", own)
    assert request.locus.interval == Interval("HLA-A*01:01:01:01", 0, 1200)

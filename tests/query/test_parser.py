"""Typed text -> request, and the check of its alleles against the genome's bases."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.data.assembly_names import assembly_fits, canonical_assembly
from genoview.data.genome import Interval, Variant, reverse_complement
from genoview.errors import GenomeError, GenoviewError, QueryError, ReferenceMismatch
from genoview.query import (
    MAX_CHANGED,
    ParsedEdit,
    ParsedGene,
    ParsedLocus,
    ParsedVariant,
    check_reference,
    format_query,
    parse,
    resolve_hgvs,
)

SNV = Variant("chr20", 43042364, "T", "C")
REGION = Interval("chr20", 42_999_999, 43_020_000)


@pytest.mark.parametrize(
    "text",
    [
        "chr20:43,000,000-43,020,000",
        "20:43000000..43020000",
        "20:43000000...43020000",
        "chr20:43000000:43020000",
        "chr20:43000000-43020000:1",
        "chr20:43000000-43020000(-)",
        "chr20 43000000-43020000",
        "20-43000000-43020000",
        "chr20_43000000_43020000",
        "CHR20: 43,000,000 - 43,020,000",
        "Chr. 20: 43,000,000 - 43,020,000",
        "chromosome 20:43000000-43020000",
        "  'chr20:43000000-43020000'  ",
        "“chr20:43,000,000–43,020,000”",
        "chr20:43,000,000—43,020,000.",
        "chr20∶43\u202f000\u202f000−43\u202f020\u202f000",
        "\ufeffchr20:43\u00a0000\u00a0000-43\u00a0020\u00a0000\u200b",
        "chr20:43'000'000-43’020’000",
        "chr20:43_000_000-43_020_000",
        "chr20:43.000.000-43.020.000",
        "chr20:43.0M-43.02M",
        "chr20:43 Mb-43,020 kb",
        "chr20\t42999999\t43020000",
        "chr20\t42999999\t43020000\tHNF4A\t0\t+",
        "chr20 42999999 43020000",
        "#chrom\tstart\tend\n20\t42999999\t43020000\n",
        "chr20 42999999 43020000 CAT . +",
        "browser position chr1:1-2\ntrack name=x\nchr20:43000000-43020000",
        "chr20:43020000-43000000",
    ],
)
def test_a_region_is_read_in_every_way_it_is_pasted(text: str) -> None:
    assert parse(text) == ParsedLocus(REGION)


@pytest.mark.parametrize(
    "text",
    [
        "chr20:43042364:T>C",
        "chr20:43042364T>C",
        "chr20:43042364 T>C",
        "chr20:43042364 T→C",
        "chr20:43042364 T-&gt;C",
        "chr20:43042364:T:C",
        "chr20:43,042,364:T>C",
        "chr20:43042364_T/C",
        "20-43042364-T-C",
        "20‑43042364‑T‑C",
        "chr20 43042364 T C",
        "chr20\t43042364\tT\tC",
        "chr20 43042364 T C heterozygous",
        "chr20 43042364 T > C",
        "20\t43042364\t.\tT\tC",
        "20\t43042364\trs1\tT\tC\t50\tPASS\tDP=10\tGT\t0/1",
        "##fileformat=VCFv4.2\n#CHROM\tPOS\n20\t43042364\t.\tT\tC\t.\t.\t.",
        "20 43042364 43042364 T C",
        "20 43042363 43042364 T C",
        "20 43042364 475283 T C . . ALLELEID=1",
        "20 43042364 43042364 T/C +",
        "20 43042364 43042364 A/G -1",
        "chr20:g.43042364T>C",
        "chr20:43042364:t>c",
        "CHR20_43042364_t_c",
    ],
)
def test_a_variant_is_read_in_every_way_it_is_pasted(text: str) -> None:
    assert parse(text) == ParsedVariant(SNV)


@pytest.mark.parametrize(
    ("text", "assembly"),
    [
        ("chr20_43042364_T_C_b37", "GRCh37"),
        ("chr20_43042364_T_C_b38", "GRCh38"),
        ("20-43042364-T-C-GRCh37", "GRCh37"),
        ("chr20:43042364:T>C (hg19)", "GRCh37"),
        ("chr20:43042364:T>C hg38", "GRCh38"),
        ("hg38 chr20:43042364:T>C", "GRCh38"),
        ("GRCh37.p13:20:43042364:T:C", "GRCh37"),
        ("chr20:43042364:T>C [my genome]", "my genome"),
        ("NC_000020.10:g.43042364T>C", "GRCh37"),
        ("nc_000020.10:G.43042364t>c", "GRCh37"),
        ("NC_000020.11:g.43042364T>C", "GRCh38"),
        ("NC_000020.10(HNF4A):g.43042364T>C", "GRCh37"),
        ("NC_000020:g.43042364T>C", ""),
        ("NC_000020.10:43042363:T:C", "GRCh37"),
        ("NC_000020.10 43042364 T C", "GRCh37"),
        ("NC_000020.10:43042364 T>C", "GRCh37"),
    ],
)
def test_the_assembly_that_a_text_names_is_kept(text: str, assembly: str) -> None:
    assert parse(text) == ParsedVariant(SNV, assembly)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HNF4A", "HNF4A"),
        (" hnf4a ", "hnf4a"),
        ("HLA-A", "HLA-A"),
        ("NKX2-5", "NKX2-5"),
        ("MT-CO1", "MT-CO1"),
        ("7SK", "7SK"),
        ("C20orf96", "C20orf96"),
        ("RP11-445H22.3", "RP11-445H22.3"),
        ("CA12", "CA12"),
        ("ENSG00000101076.17", "ENSG00000101076.17"),
        ("ENST00000316099", "ENST00000316099"),
        ("NM_000457.4", "NM_000457.4"),
    ],
)
def test_symbols_and_ids_are_genes(text: str, name: str) -> None:
    assert parse(text) == ParsedGene(name)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("ENSG00000101076.17", "ENSG00000101076"),
        ("NM_000457.4", "NM_000457"),
        ("RP11-445H22.3", "RP11-445H22.3"),
        ("HNF4A", "HNF4A"),
    ],
)
def test_only_ids_lose_their_version(name: str, stem: str) -> None:
    assert ParsedGene(name).unversioned == stem


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("chr20:43042364", Interval("chr20", 43042363, 43042364)),
        ("chr20 43042364", Interval("chr20", 43042363, 43042364)),
        ("X:100-200", Interval("chrX", 99, 200)),
        ("MT:1-10", Interval("chrM", 0, 10)),
        ("chr6_GL000256v2_alt:100-200", Interval("chr6_GL000256v2_alt", 99, 200)),
        ("GL000192.1:100-200", Interval("GL000192.1", 99, 200)),
        ("scaffold_12:100", Interval("scaffold_12", 99, 100)),
        ("chr1:1-1M", Interval("chr1", 0, 1_000_000)),
        ("chr1:0-5", Interval("chr1", 0, 5)),
    ],
)
def test_other_places(text: str, interval: Interval) -> None:
    assert parse(text) == ParsedLocus(interval)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("g.100_102del", ParsedEdit("chr20", 99, 102)),
        ("g.100del", ParsedEdit("chr20", 99, 100)),
        ("g.100_102delACG", ParsedEdit("chr20", 99, 102, deleted="ACG")),
        ("g.100_101insACG", ParsedEdit("chr20", 100, 100, inserted="ACG")),
        ("g.100dup", ParsedEdit("chr20", 99, 100, operation="duplicate")),
        ("g.100_102delinsTT", ParsedEdit("chr20", 99, 102, inserted="TT")),
        ("g.100delAinsTT", ParsedEdit("chr20", 99, 100, "A", "TT")),
        ("g.100_105inv", ParsedEdit("chr20", 99, 105, operation="invert")),
        ("g.100_101insacg", ParsedEdit("chr20", 100, 100, inserted="ACG")),
    ],
)
def test_genomic_hgvs_waits_for_the_genome(text: str, edit: ParsedEdit) -> None:
    assert parse(f"chr20:{text}") == edit


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("NC_000020.10:99:ACG:", ParsedEdit("chr20", 99, 102, "ACG", "", assembly="GRCh37")),
        ("NC_000020.10:99:3:", ParsedEdit("chr20", 99, 102, assembly="GRCh37")),
        ("NC_000020.10:100::ACG", ParsedEdit("chr20", 100, 100, "", "ACG", assembly="GRCh37")),
        ("chr20 100 102 ACG -", ParsedEdit("chr20", 99, 102, "ACG")),
        ("chr20 99 102 ACG -", ParsedEdit("chr20", 99, 102, "ACG")),
        ("chr20 100 100 - ACG", ParsedEdit("chr20", 100, 100, "", "ACG")),
        ("chr20 100 102 ACG/- +", ParsedEdit("chr20", 99, 102, "ACG")),
        ("chr20 100 102 CGT/- -1", ParsedEdit("chr20", 99, 102, "ACG")),
        ("chr20 101 100 -/ACG 1 id", ParsedEdit("chr20", 100, 100, "", "ACG")),
    ],
)
def test_spdi_annovar_and_vep_count_in_their_own_ways(text: str, edit: ParsedEdit) -> None:
    assert parse(text) == edit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to look for"),
        (" \n\t ", "nothing to look for"),
        ("# only a comment", "nothing to look for"),
        ("hello world", "neither a locus, a variant nor a gene"),
        ("chr20", "whole chromosome"),
        ("X", "whole chromosome"),
        ("43000000-43020000", "has no chromosome"),
        ("chr20:0", "counting is from 1"),
        ("chr20:43,00,000", "groups of three"),
        ("chr20:43.5", "not a whole number"),
        ("chr20:1.0000001M", "not a whole number"),
        ("chr20:99999999999", "beyond the end"),
        ("chr20:" + "9" * 5000, "beyond the end"),
        ("chr20:g." + "9" * 5000 + "del", "of a kind that is not read"),
        ("chr20\t100\t100", "type chr20:100"),
        ("chr20:100:T:-", "chr20:g.100del"),
        ("chr20:100:TG>-", "chr20:g.100_101del"),
        ("chr20:100:-:T", "chr20:g.100_101insT"),
        ("20\t100\t.\tT\t.", "has no ALT allele"),
        ("20 43042364 475283 C A,T", "several ALT alleles"),
        ("20 100 100 C/T/G +", "several ALT alleles"),
        ("20 100 105 CT/- +", "start and end are those of REF"),
        ("chr20:100:T:<DEL>", "without its bases"),
        ("20\t100\t.\tT\t<INS>\t.", "without its bases"),
        ("20\t100\t.\tT\t]13:123]T\t.", "without its bases"),
        ("20\t100\t.\tT\t*", "without its bases"),
        ("20\t100\t.\tT\tC,G\t.", "as chr20:100:T>C"),
        ("chr20:100:N>A", "'N' is not a sequence"),
        ("chr20:100:A>A", "nothing changes"),
        ("NM_000457.4:c.100A>G", "HGVS c. .*count along a transcript"),
        ("HNF4A:c.319+1G>A", "HGVS c. .*count along a transcript"),
        ("NP_000448.3:p.Arg127Trp", "HGVS p. .*count along a transcript"),
        ("p.R127W", "HGVS p. "),
        ("NR_001234.1:n.10A>G", "HGVS n. "),
        ("NM_000457.4:r.100a>g", "HGVS r. "),
        ("NG_009818.1:g.5000A>G", "does not count along a chromosome"),
        ("g.5000A>G", "does not count along a chromosome"),
        ("chr20:g.(100_200)_(300_400)del", "of a kind that is not read"),
        ("chr20:g.100CAG[20]", "of a kind that is not read"),
        ("chr20:g.100=", "of a kind that is not read"),
        ("chr20:g.100_103insA", "between two neighbours"),
        ("chr20:g.102_100del", "positions must rise"),
        ("chr20:g.100_102delA", "the positions span 3"),
        ("chr20:g.100_101AC>G", None),
        ("chr20:g.100_102AC>GT", "does not fill"),
        ("rs2144908", "dbSNP.*not resolvable offline"),
        ("RCV000012345.6", "ClinVar.*not resolvable offline"),
        ("VCV000012345", "ClinVar.*not resolvable offline"),
        ("clinvar 12345", "ClinVar.*not resolvable offline"),
        ("COSV12345", "COSMIC"),
        ("CA123456", "ClinGen"),
        ("HGNC:5024", "another database"),
        ("ENSP00000312987.3", "protein id"),
        ("20q13.12", "cytoband"),
        ("NC_000020.9:g.100A>T", "NC_000020.10 .GRCh37. and NC_000020.11"),
        ("NC_000020.11:100 A>T b37", "two assemblies, GRCh37 and GRCh38"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_type(text: str, words: str | None) -> None:
    if words is None:
        assert parse(text) == ParsedVariant(Variant("chr20", 100, "AC", "G"))
        return
    with pytest.raises(QueryError, match=words):
        parse(text)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("chr20 1 5", "BED"),
        ("chr20:5-1", "swapped"),
        ("chr20:1-5\nchr20:7-9", "first of 2 lines"),
        ("NC_000020.10:5:A:T", "SPDI"),
        ("chr20:0-5", "Counting is from 1"),
        ("chr20:1-5:-1", "strand"),
    ],
)
def test_notes_say_how_a_doubtful_text_was_read(text: str, note: str) -> None:
    found = parse(text)
    assert any(note in line for line in found.notes)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("hg19", "GRCh37"),
        ("B37", "GRCh37"),
        ("GRCh37.p13", "GRCh37"),
        ("grch38", "GRCh38"),
        ("hs1", "T2T-CHM13v2.0"),
        ("my genome", "my genome"),
    ],
)
def test_aliases_of_assemblies(name: str, canonical: str) -> None:
    assert canonical_assembly(name) == canonical


@pytest.mark.parametrize(
    ("hint", "name", "fits"),
    [
        ("", "anything", True),
        ("hg19", "GRCh37-demo", True),
        ("GRCh37", "hg19", True),
        ("GRCh37-demo", "GRCh37-demo", True),
        ("GRCh38", "GRCh37-demo", False),
        ("T2T", "T2T-CHM13v2.0", True),
    ],
)
def test_a_hint_fits_genomes_of_its_assembly(hint: str, name: str, fits: bool) -> None:
    assert assembly_fits(hint, name) is fits


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (REGION, "chr20:43,000,000-43,020,000"),
        (ParsedLocus(Interval("chr20", 99, 100)), "chr20:100"),
        (SNV, "chr20:43042364:T>C"),
        (ParsedVariant(SNV, "GRCh37"), "chr20:43042364:T>C [GRCh37]"),
        (ParsedGene("HNF4A"), "HNF4A"),
        (ParsedEdit("chr20", 99, 102, inserted="TT"), "chr20:g.100_102delinsTT"),
    ],
)
def test_the_echo_is_the_normalised_form(request_: ParsedLocus, text: str) -> None:
    assert format_query(request_) == text


bases = st.text("ACGT", min_size=1, max_size=8)
chroms = st.sampled_from(["chr1", "chr20", "chrX", "chrM", "GL000192.1", "chr6_GL000256v2_alt"])
assemblies = st.sampled_from(["", "GRCh37", "GRCh38", "GRCh37-demo", "T2T-CHM13v2.0", "my genome"])
starts = st.integers(0, 2_000_000_000)


@st.composite
def loci(draw: st.DrawFn) -> ParsedLocus:
    start = draw(starts)
    interval = Interval(draw(chroms), start, start + draw(st.integers(1, 10**6)))
    return ParsedLocus(interval, draw(assemblies))


@st.composite
def variants(draw: st.DrawFn) -> ParsedVariant:
    ref = draw(bases)
    alt = draw(bases.filter(lambda alt: alt != ref))
    return ParsedVariant(Variant(draw(chroms), 1 + draw(starts), ref, alt), draw(assemblies))


@st.composite
def edits(draw: st.DrawFn) -> ParsedEdit:
    start, deleted = draw(starts), draw(st.text("ACGT", max_size=6))
    end = start + (len(deleted) or draw(st.integers(0, 6)))
    inserted, operation = draw(st.text("ACGT", max_size=6)), "replace"
    if start == end:
        inserted = inserted or "A"
    elif not inserted:
        operation = draw(st.sampled_from(["replace", "duplicate", "invert"]))
    chrom, assembly = draw(chroms), draw(assemblies)
    return ParsedEdit(chrom, start, end, deleted, inserted, operation, assembly)


@settings(deadline=None)
@given(st.one_of(loci(), variants(), edits()))
def test_what_is_echoed_is_read_back_the_same(
    request_: ParsedLocus | ParsedVariant | ParsedEdit,
) -> None:
    assert parse(format_query(request_)) == request_


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("chr20:1,-_.>ACGTg del()[]\t ", max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        found = parse(text)
    except GenoviewError as error:
        assert isinstance(error, QueryError)
        assert str(error).strip()
    else:
        assert parse(format_query(found)) == found


def fetcher(sequence: str, start: int = 0) -> Callable[[Interval], str]:
    """Bases of chr20 from `start`; no other chromosome is there."""

    def fetch(interval: Interval) -> str:
        if interval.chrom != "chr20":
            raise GenomeError(f"{interval.chrom} is not there.")
        places = range(interval.start - start, interval.end - start)
        return "".join(sequence[i] if 0 <= i < len(sequence) else "N" for i in places)

    return fetch


#          0-based 0123456789
SEQUENCE = "ACGTTGCAAA"


@pytest.mark.parametrize(
    ("ref", "alt"), [("T", "C"), ("TT", "T"), ("T", "TA"), ("TTG", "A"), ("TTGCAAA", "G")]
)
def test_a_reference_that_is_there_passes(ref: str, alt: str) -> None:
    check_reference(Variant("chr20", 4, ref, alt), fetcher(SEQUENCE), "toy")


def suggestions(pos: int, ref: str, alt: str, *others: str) -> dict[str, str]:
    genomes = [(f"other{i}", fetcher(sequence)) for i, sequence in enumerate(others)]
    with pytest.raises(ReferenceMismatch) as caught:
        check_reference(Variant("chr20", pos, ref, alt), fetcher(SEQUENCE), "toy", genomes)
    return {text: words for words, text in caught.value.suggestions}


def test_a_wrong_reference_says_the_true_one() -> None:
    with pytest.raises(ReferenceMismatch) as caught:
        check_reference(Variant("chr20", 3, "T", "C"), fetcher(SEQUENCE), "GRCh37-demo")
    assert caught.value.expected == "G"
    assert str(caught.value).startswith(
        "chr20:3:T>C has an unexpected reference allele. "
        "The GRCh37-demo reference allele there is G."
    )


def test_swapped_alleles_are_offered_where_alt_is_the_reference() -> None:
    assert suggestions(3, "T", "G") == {"chr20:3:G>T": "Swap the alleles"}
    assert suggestions(3, "A", "GTT") == {"chr20:3:GTT>A": "Swap the alleles"}


def test_the_reverse_complement_is_offered_where_it_fits() -> None:
    assert suggestions(3, "C", "T") == {"chr20:3:G>A": "Take the reverse complement"}
    both = "Swap the alleles and take the reverse complement"
    assert suggestions(3, "A", "C") == {"chr20:3:G>T": both}


def test_a_palindromic_swap_is_offered_once() -> None:
    assert suggestions(1, "T", "A") == {"chr20:1:A>T": "Swap the alleles"}


def test_another_genome_is_offered_where_the_variant_fits_it() -> None:
    found = suggestions(3, "T", "A", "ACTTTGCAAA", SEQUENCE)
    assert found == {"chr20:3:T>A [other0]": "Use the genome other0"}


def test_a_genome_without_the_chromosome_is_not_offered() -> None:
    variant = Variant("chr7", 3, "T", "A")
    others = [("other", fetcher(SEQUENCE))]
    with pytest.raises(ReferenceMismatch) as caught:
        check_reference(variant, lambda interval: "C", "toy", others)
    assert caught.value.suggestions == ()
    assert "Check the position" in str(caught.value)


def test_unknown_bases_are_named_as_such() -> None:
    with pytest.raises(ReferenceMismatch, match="has no known base there"):
        check_reference(Variant("chr20", 100, "T", "C"), fetcher(SEQUENCE), "toy")


def test_a_variant_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(QueryError, match=r"at most 10,000 bp"):
        check_reference(Variant("chr20", 1, "A" * (MAX_CHANGED + 2), "A"), fetcher(""), "toy")
    with pytest.raises(QueryError, match=r"at most 10,000 bp"):
        resolve_hgvs(ParsedEdit("chr20", 0, 60_000_000), fetcher(SEQUENCE))


@settings(deadline=None)
@given(variants())
def test_every_suggestion_fits_the_genome(parsed: ParsedVariant) -> None:
    variant = Variant("chr20", parsed.variant.pos % 8 + 1, parsed.variant.ref, parsed.variant.alt)
    fetch = fetcher(SEQUENCE)
    try:
        check_reference(variant, fetch, "toy", [("same", fetch)])
    except ReferenceMismatch as error:
        for _, text in error.suggestions:
            found = parse(text)
            assert isinstance(found, ParsedVariant)
            check_reference(found.variant, fetch, "toy")
    else:
        assert fetch(variant.interval) == variant.ref


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("g.4_5del", Variant("chr20", 3, "GTT", "G")),
        ("g.4delT", Variant("chr20", 3, "GT", "G")),
        ("g.1del", Variant("chr20", 1, "AC", "C")),
        ("g.3_4insCCC", Variant("chr20", 3, "G", "GCCC")),
        ("g.0_1insT", Variant("chr20", 1, "A", "TA")),
        ("g.3_4dup", Variant("chr20", 2, "C", "CGT")),
        ("g.3_4delinsA", Variant("chr20", 3, "GT", "A")),
        ("g.1_3inv", Variant("chr20", 1, "ACG", "CGT")),
    ],
)
def test_genomic_hgvs_becomes_a_variant(text: str, variant: Variant) -> None:
    edit = parse(f"chr20:{text}")
    assert isinstance(edit, ParsedEdit)
    assert resolve_hgvs(edit, fetcher(SEQUENCE)) == variant


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("g.4_5delAA", ReferenceMismatch, "toy reference allele there is TT"),
        ("g.4delinsT", QueryError, "changes nothing"),
        ("g.1_4inv", QueryError, "changes nothing"),
        ("g.50_51del", QueryError, "unknown bases"),
        ("g.10_11insA", None, ""),
        ("g.11_12insA", QueryError, "unknown bases"),
    ],
)
def test_an_edit_that_does_not_fit_says_so(
    text: str, kind: type[QueryError] | None, words: str
) -> None:
    edit = parse(f"chr20:{text}")
    assert isinstance(edit, ParsedEdit)
    sequence = "ACGT" + SEQUENCE[4:] if "inv" in text else SEQUENCE
    if kind is None:
        assert resolve_hgvs(edit, fetcher(sequence), "toy") == Variant("chr20", 10, "A", "AA")
        return
    with pytest.raises(kind, match=words):
        resolve_hgvs(edit, fetcher(sequence), "toy")


@settings(deadline=None)
@given(edits(), st.text("ACGT", min_size=20, max_size=20))
def test_a_resolved_edit_makes_the_haplotype_that_it_describes(
    edit: ParsedEdit, sequence: str
) -> None:
    start = edit.start % 13 + 1
    edit = ParsedEdit(
        "chr20", start, start + edit.end - edit.start, "", edit.inserted, edit.operation
    )
    bases_there = sequence[edit.start : edit.end]
    new = {
        "replace": edit.inserted,
        "duplicate": bases_there * 2,
        "invert": reverse_complement(bases_there),
    }[edit.operation]
    expected = sequence[: edit.start] + new + sequence[edit.end :]
    whole = Interval("chr20", 0, 20)
    if expected == sequence:
        with pytest.raises(QueryError, match="changes nothing"):
            resolve_hgvs(edit, fetcher(sequence))
        return
    variant = resolve_hgvs(edit, fetcher(sequence))
    assert variant.apply(sequence, whole) == expected
    assert variant.normalised(fetcher(sequence)).apply(sequence, whole) == expected


@pytest.mark.parametrize("filler", [" ", "\t", " \t", "_", "1,", "[,", "(", ";1-2>A"])
def test_a_long_text_of_no_meaning_is_refused_in_time_that_grows_with_its_length(filler):
    with pytest.raises(QueryError, match=r"neither|not"):
        parse("chr20:1 A " + filler * (49_000 // len(filler)) + "[ !")

"""Sequence by place: padding, slices, names of chromosomes, indexes and what is said of errors."""

import gzip
import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from Bio import bgzf as biopython_bgzf
from hypothesis import given
from hypothesis import strategies as st

from genoview.data.accessions import Accession, load_accessions
from genoview.data.genome import Interval
from genoview.errors import GenomeError
from genoview.io.bgzf import recompress
from genoview.io.reference import ReferenceGenome
from tests.support.paths import ASSETS

ASSETS = ASSETS / "genome"
DEMO = ASSETS / "GRCh37-demo.fa.gz"
SIZES = ASSETS / "GRCh37.chrom.sizes"
REGION = Interval("chr20", 42_484_000, 43_484_000)
TOY = ">1 first\nACGTA\nCGnry\nAC\n>MT\nGGGG\n"
TOY_CHR1 = "ACGTACGNACAC"  # R is A or G, Y is C or T: the first of them, as in VCF


def write_fasta(folder: Path, text: str = TOY, name: str = "toy.fa") -> Path:
    path = folder / name
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def demo():
    with ReferenceGenome.open("GRCh37-demo", DEMO, SIZES) as genome:
        yield genome


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    with ReferenceGenome.open("toy", write_fasta(tmp_path_factory.mktemp("toy"))) as genome:
        yield genome


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 12, TOY_CHR1),
        (0, 1, "A"),
        (4, 6, "AC"),
        (5, 10, "CGNAC"),
        (11, 12, "C"),
        (-3, 2, "NNNAC"),
        (10, 15, "ACNNN"),
        (-2, 14, f"NN{TOY_CHR1}NN"),
        (12, 14, "NN"),
        (-5, -2, "NNN"),
        (1_000_000, 1_000_003, "NNN"),
    ],
)
def test_fetch_is_upper_case_and_pads_with_n_past_both_ends(toy, start, end, expected):
    assert toy.fetch(Interval("chr1", start, end)) == expected


@given(start=st.integers(-30, 30), width=st.integers(1, 40))
def test_fetch_is_as_long_as_the_interval_and_agrees_with_the_text(toy, start, width):
    padded = "N" * 30 + TOY_CHR1 + "N" * 100
    fetched = toy.fetch(Interval("chr1", start, start + width))
    assert fetched == padded[start + 30 : start + 30 + width]


@pytest.mark.parametrize("name", ["1", "chr1", "CHR1", "chrM", "MT", "M"])
def test_chromosomes_have_aliases(toy, name):
    assert len(toy.covered(name)) == 1


def test_chromosomes_are_listed_by_canonical_name_with_length(toy):
    assert toy.chromosomes == {"chr1": 12, "chrM": 4}


def test_codes_of_several_bases_are_the_first_by_the_alphabet_and_u_is_t(tmp_path):
    letters = "RYSWKMBDHVUXx-*.acgt"
    with ReferenceGenome.open("codes", write_fasta(tmp_path, f">1\n{letters}\n")) as genome:
        assert genome.fetch(Interval("chr1", 0, 20)) == "ACCAGACAAATNNNNNACGT"
        assert genome.several(Interval("chr1", -2, 3)) == {0: "R", 1: "Y", 2: "S"}
        assert genome.several(Interval("chr1", 10, 20)) == {}


def test_a_chromosome_on_one_line_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("genoview.io.faidx._PIECE", 7)
    with ReferenceGenome.open("line", write_fasta(tmp_path, ">1 a\nACGTACGTACGTA\n>2\nGG")) as line:
        assert line.chromosomes == {"chr1": 13, "chr2": 2}
        assert line.fetch(Interval("chr1", 6, 13)) == "GTACGTA"


def test_lines_may_end_as_on_old_macs(tmp_path):
    with ReferenceGenome.open("mac", write_fasta(tmp_path, ">1 a\rACGT\rAC\r>2\rGG\r")) as mac:
        assert mac.chromosomes == {"chr1": 6, "chr2": 2}
        assert mac.fetch(Interval("chr1", 1, 6)) == "CGTAC"


def test_proteins_are_refused_in_words(tmp_path):
    with pytest.raises(GenomeError, match=r"line 2: there are letters of proteins"):
        ReferenceGenome.open("protein", write_fasta(tmp_path, ">P1\nMAQTPAFDKPKVELHVHLDG\n"))


def test_strand_does_not_change_what_is_fetched(toy):
    assert toy.fetch(Interval("chr1", 0, 4, "-")) == "ACGT"


def test_slices_are_addressed_by_their_place_on_the_chromosome(tmp_path):
    fasta = write_fasta(tmp_path, ">chr2:21-24\nGGTT\n>chr2:11-14\nACGT\n")
    sizes = tmp_path / "sizes"
    sizes.write_text("chr2\t30\n")
    with ReferenceGenome.open("slices", fasta, sizes) as genome:
        assert genome.chromosomes == {"chr2": 30}
        assert genome.covered("2") == (Interval("chr2", 10, 14), Interval("chr2", 20, 24))
        assert genome.fetch(Interval("chr2", 8, 26)) == "NNACGTNNNNNNGGTTNN"
        assert genome.fetch(Interval("chr2", 12, 22)) == "GTNNNNNNGG"
        assert genome.fetch(Interval("chr2", 15, 18)) == "NNN"


def test_a_colon_in_a_name_that_is_no_region_is_a_name(tmp_path):
    with ReferenceGenome.open("hla", write_fasta(tmp_path, ">HLA:1-3\nACGTA\n")) as genome:
        assert genome.chromosomes == {"HLA:1-3": 5}


def test_refseq_accessions_are_chromosomes(tmp_path):
    with ReferenceGenome.open("ncbi", write_fasta(tmp_path, ">NC_000020.11 x\nACGT\n")) as genome:
        assert genome.chromosomes == {"chr20": 4}


def test_demo_covers_its_region_by_true_coordinates(demo):
    assert demo.chromosomes == {"chr20": 63_025_520}
    assert demo.covered("chr20") == (REGION,)
    assert set(demo.fetch(REGION)) == set("ACGT")
    assert demo.fetch(REGION.expanded(3)).count("N") == 6


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (43_280_245, "CAT"),  # start codon of ADA, minus strand (NM_000022.4)
        (42_984_444, "ATG"),  # of HNF4A from the P2 promoter (NM_175914.5)
        (43_030_012, "ATG"),  # of HNF4A from the P1 promoter (NM_000457.6)
    ],
)
def test_demo_has_start_codons_where_refseq_puts_them(demo, start, expected):
    assert demo.fetch(Interval("chr20", start, start + 3)) == expected


@pytest.mark.parametrize(
    "interval", [REGION, Interval("20", 43_000_000, 43_000_001), REGION.expanded(500)]
)
def test_check_passes_where_there_is_sequence(demo, interval):
    demo.check(interval)


@pytest.mark.parametrize(
    ("interval", "message"),
    [
        (Interval("chrZ", 0, 10), "chrZ is not in GRCh37-demo. It has chr20."),
        (
            Interval("chr1", 0, 10),
            "chr1 is not in GRCh37-demo. It has chr20. Add the whole genome on the Models and "
            "data page.",
        ),
        (
            Interval("chr20", 0, 1_000),
            "chr20:1-1,000 lies outside of what GRCh37-demo covers, chr20:42,484,001-43,484,000; "
            "add the whole genome on the Models and data page.",
        ),
        (
            Interval("chr20", 70_000_000, 70_000_010),
            "chr20:70,000,001-70,000,010 lies past the end of chr20, which is 63,025,520 bp long "
            "in GRCh37-demo.",
        ),
        (Interval("chr20", -20, -10), "-19 to -10 lies before chr20, which begins at 1."),
    ],
)
def test_check_says_what_the_genome_has(demo, interval, message):
    with pytest.raises(GenomeError) as caught:
        demo.check(interval)
    assert str(caught.value) == message


def test_fetch_refuses_a_chromosome_that_is_absent(toy):
    with pytest.raises(GenomeError, match=r"chr2 is not in toy\. It has chr1, chrM\."):
        toy.fetch(Interval("chr2", 0, 1))


def test_an_error_names_some_of_many_chromosomes(tmp_path):
    text = "".join(f">scaffold_{i}\nACGT\n" for i in range(100))
    with (
        ReferenceGenome.open("many", write_fasta(tmp_path, text)) as genome,
        pytest.raises(GenomeError, match="scaffold_25 and 74 more"),
    ):
        genome.fetch(Interval("chr1", 0, 1))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.fa", "", "is empty"),
        ("a.fa", "ACGT\n", "is not FASTA"),
        ("a.fa", ">1\nACGT\nAC\nACGT\n", "line 4: lines of 1 differ in length"),
        ("a.fa", ">1\nAC\nACGT\n", "line 3: lines of 1 differ in length"),
        ("a.fa", ">1\n\n", "every record of its FASTA file is empty"),
        ("a.fa.gz", ">1\nACGT\n", r"is not compressed; call it a\.fa"),
    ],
)
def test_a_file_that_is_no_fasta_is_refused(tmp_path, name, text, message):
    with pytest.raises(GenomeError, match=message):
        ReferenceGenome.open("bad", write_fasta(tmp_path, text, name))


def test_an_absent_file_is_named():
    with pytest.raises(GenomeError, match=r"nowhere\.fa cannot be read: No such file"):
        ReferenceGenome.open("bad", Path("nowhere.fa"))


def test_sizes_of_another_assembly_are_refused(tmp_path):
    sizes = tmp_path / "sizes"
    sizes.write_text("chr1\t13\n")
    with pytest.raises(GenomeError, match=r"chr1 of toy has 12 bp.*say 13"):
        ReferenceGenome.open("toy", write_fasta(tmp_path), sizes)


def test_sizes_that_are_none_are_refused(tmp_path):
    sizes = tmp_path / "sizes"
    sizes.write_text("chr1 long\n")
    with pytest.raises(GenomeError, match="line 1: a chromosome and its length in bp were exp"):
        ReferenceGenome.open("toy", write_fasta(tmp_path), sizes)


def test_plain_gzip_is_refused_with_what_to_do_and_opens_once_recompressed(tmp_path):
    packed = tmp_path / "toy.fa.gz"
    packed.write_bytes(gzip.compress(TOY.encode()))
    with pytest.raises(GenomeError, match=r"plain gzip.*`gunzip toy\.fa\.gz` and `bgzip toy\.fa`"):
        ReferenceGenome.open("toy", packed)
    shares: list[float] = []
    recompress(packed, tmp_path / "again.fa.gz", shares.append)
    assert gzip.decompress((tmp_path / "again.fa.gz").read_bytes()).decode() == TOY
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with ReferenceGenome.open("toy", tmp_path / "again.fa.gz") as genome:
        assert genome.fetch(Interval("chr1", 0, 12)) == TOY_CHR1


def test_a_bgzipped_file_without_gz_in_its_name_is_refused(tmp_path):
    recompress(write_fasta(tmp_path), tmp_path / "packed.fa")
    with pytest.raises(GenomeError, match=r"call it packed\.fa\.gz"):
        ReferenceGenome.open("toy", tmp_path / "packed.fa")


@pytest.mark.parametrize("n_lost", [1, 28, 40])
def test_a_bgzipped_file_that_is_cut_off_is_refused(tmp_path, n_lost):
    recompress(write_fasta(tmp_path), tmp_path / "cut.fa.gz")
    content = (tmp_path / "cut.fa.gz").read_bytes()
    (tmp_path / "cut.fa.gz").write_bytes(content[:-n_lost])
    with pytest.raises(GenomeError, match="cut off"):
        ReferenceGenome.open("cut", tmp_path / "cut.fa.gz")


def test_plain_gzip_that_is_cut_off_is_not_recompressed(tmp_path):
    packed = tmp_path / "cut.fa.gz"
    packed.write_bytes(gzip.compress(TOY.encode())[:-12])
    with pytest.raises(GenomeError, match=r"cut\.fa\.gz cannot be recompressed"):
        recompress(packed, tmp_path / "out.fa.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["cut.fa.gz"]


def long_sequence(n_bases: int = 200_000) -> str:
    return "".join(random.Random(7).choices("ACGT", k=n_bases))


@pytest.mark.parametrize("writer", ["bgzip", "biopython"])
def test_a_bgzipped_file_reads_the_same_across_block_ends(tmp_path, writer):
    sequence = long_sequence()
    text = f">1\n{sequence}\n"  # one line: offset in the text is 3 + position
    packed = tmp_path / "long.fa.gz"
    if writer == "bgzip":
        recompress(write_fasta(tmp_path, text), packed)
    else:
        with biopython_bgzf.BgzfWriter(packed) as file:
            file.write(text.encode())
    with ReferenceGenome.open("long", packed) as genome:
        for edge in (0xFF00, 2 * 0xFF00, 65_536, 131_072):
            for start in range(edge - 6, edge + 4):
                fetched = genome.fetch(Interval("chr1", start, start + 9))
                assert fetched == sequence[start : start + 9]
        assert genome.fetch(Interval("chr1", 0, len(sequence))) == sequence


def test_threads_share_a_genome(demo):
    starts = range(42_490_000, 43_400_000, 9_973)
    alone = [demo.fetch(Interval("chr20", start, start + 70_000)) for start in starts]
    with ThreadPoolExecutor(8) as pool:
        together = pool.map(lambda s: demo.fetch(Interval("chr20", s, s + 70_000)), starts)
        assert list(together) == alone


def test_the_index_is_built_beside_the_file_with_progress(tmp_path):
    shares: list[float] = []
    fasta = write_fasta(tmp_path)
    ReferenceGenome.open("toy", fasta, progress=shares.append).close()
    assert shares[-1] == 1
    expected = "1\t12\t9\t5\t6\nMT\t4\t28\t4\t5\n"
    assert fasta.with_name("toy.fa.fai").read_text() == expected


def test_an_index_that_fits_is_kept_though_its_date_is_older(tmp_path):
    fasta = tmp_path / "demo.fa.gz"
    for suffix in ("", ".fai", ".gzi"):
        shutil.copy(f"{DEMO}{suffix}", f"{fasta}{suffix}")
    for suffix in (".fai", ".gzi"):
        os.utime(f"{fasta}{suffix}", (1_000, 1_000))
    shares: list[float] = []
    with ReferenceGenome.open("copy", fasta, SIZES, progress=shares.append) as genome:
        assert genome.covered("chr20") == (REGION,)
    assert shares == []


@pytest.mark.parametrize("text", [">1\nACGTA\nCG\n", ">2 first\nACGTA\nCGnry\nAC\n>MT\nGGGG\n"])
def test_an_index_of_another_file_is_built_anew_though_its_date_is_newer(tmp_path, text):
    fasta = write_fasta(tmp_path, ">1 first\nACGTA\nCGnry\nAC\n>MT\nGGGG\n")
    ReferenceGenome.open("toy", fasta).close()
    fasta.write_text(text)
    os.utime(fasta, (1_000, 1_000))
    with ReferenceGenome.open("new", fasta) as genome:
        chrom = f"chr{text[1]}"
        assert genome.fetch(Interval(chrom, 0, 7)) == "ACGTACG"


@pytest.mark.parametrize(
    "index",
    [
        "",
        "nonsense",
        "1\t12\t9\t0\t0\n",
        "1\t2\n",
        "1\t7\t60\t61\nMT\t4\t28\t4\t5\n",
        "1\t-12\t9\t5\t6\nMT\t4\t28\t4\t5\n",
        "1\t1200\t9\t5\t6\nMT\t4\t28\t4\t5\n",
        f"1\t{'9' * 5_000}\t9\t5\t6\nMT\t4\t28\t4\t5\n",
        "1\t12\t9\t5\t6\nMT\t1\t30\t4\t5\nMT\t4\t28\t4\t5\n",
    ],
)
def test_a_damaged_index_is_built_anew(tmp_path, index):
    fasta = write_fasta(tmp_path)
    fasta.with_name("toy.fa.fai").write_text(index)
    with ReferenceGenome.open("toy", fasta) as genome:
        assert genome.fetch(Interval("chr1", 0, 12)) == TOY_CHR1


@pytest.mark.parametrize("change", [b"\xff" * 8, bytes(8), b"nonsense"])
@pytest.mark.parametrize("at", [0, 8, 16, -8])
def test_a_damaged_block_table_is_built_anew(tmp_path, change, at):
    packed = tmp_path / "long.fa.gz"
    recompress(write_fasta(tmp_path, f">1\n{long_sequence()}\n"), packed)
    ReferenceGenome.open("long", packed).close()
    gzi = tmp_path / "long.fa.gz.gzi"
    whole = gzi.read_bytes()
    gzi.write_bytes(whole[:at] + change + (whole[at + 8 :] if at + 8 else b""))
    with ReferenceGenome.open("long", packed) as genome:
        assert genome.fetch(Interval("chr1", 150_000, 150_009)) == long_sequence()[150_000:150_009]


def test_a_byte_order_mark_is_no_part_of_the_sequence(tmp_path):
    with ReferenceGenome.open("toy", write_fasta(tmp_path, "\ufeff" + TOY)) as genome:
        assert genome.fetch(Interval("chr1", 0, 12)) == TOY_CHR1
        assert genome.fetch(Interval("chrM", 0, 4)) == "GGGG"


def test_a_target_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(GenomeError, match="cannot be recompressed"):
        recompress(write_fasta(tmp_path), tmp_path / "absent" / "toy.fa.gz")


def test_the_index_goes_elsewhere_where_none_can_be_written_beside_the_file(tmp_path):
    fasta = write_fasta(tmp_path)
    (tmp_path / "toy.fa.fai").mkdir()  # nothing can be written under this name, not even by root
    with ReferenceGenome.open("toy", fasta, index_dir=tmp_path / "indexes") as genome:
        assert genome.fetch(Interval("chr1", 0, 12)) == TOY_CHR1
    assert len(list((tmp_path / "indexes").iterdir())) == 1
    with pytest.raises(GenomeError, match="GENOVIEW_CACHE"):
        ReferenceGenome.open("toy", fasta)


def test_accessions_name_assembly_and_chromosome():
    accessions = load_accessions()
    assert accessions["NC_000020.10"] == Accession("GRCh37", "chr20")
    assert accessions["NC_000020.11"] == Accession("GRCh38", "chr20")
    assert accessions["NC_012920.1"] == Accession("", "chrM")
    by_family = [accession.family for accession in accessions.values()]
    assert {family: by_family.count(family) for family in ("GRCh37", "GRCh38")} == {
        "GRCh37": 24,
        "GRCh38": 24,
    }


CHR20_FASTA = os.environ.get("GENOVIEW_CHR20_FASTA")


@pytest.mark.skipif(
    not CHR20_FASTA, reason="GENOVIEW_CHR20_FASTA names no bgzipped chr20 of GRCh37"
)
def test_the_whole_of_chr20_agrees_with_the_demo(demo, tmp_path):
    with ReferenceGenome.open("chr20", Path(CHR20_FASTA), SIZES, index_dir=tmp_path) as genome:
        assert genome.chromosomes == {"chr20": 63_025_520}
        assert genome.covered("20") == (Interval("chr20", 0, 63_025_520),)
        assert genome.fetch(REGION) == demo.fetch(REGION)
        assert genome.fetch(Interval("chr20", 63_025_519, 63_025_522)) == "NNN"
        genome.check(Interval("chr20", 0, 1_000))
        with pytest.raises(GenomeError, match="which is 63,025,520 bp long"):
            genome.check(Interval("chr20", 63_025_520, 63_025_521))


def test_an_index_with_other_records_is_made_anew(tmp_path):
    fasta = write_fasta(tmp_path, ">chr20\nACGTA\nCG\n>chr21\nAC\n")
    case = Path(__file__).parents[1] / "cases/30-hostile-files/fai-24.fai"
    (tmp_path / "toy.fa.fai").write_bytes(case.read_bytes())
    with ReferenceGenome.open("toy", fasta) as genome:
        assert genome.chromosomes == {"chr20": 7, "chr21": 2}

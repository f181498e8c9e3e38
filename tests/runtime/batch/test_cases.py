"""Small inputs after public bug reports, in tests/cases, scored in a batch."""

from pathlib import Path

import pysam
import pytest

from genoview.io.assembly import Assembly
from genoview.runtime.batch import Entry, Kind, Source
from tests.runtime.batch.test_vcf import written

CASES = Path(__file__).parents[2] / "cases"


def entries(name: str, demo: Assembly) -> list[Entry]:
    return list(Source(CASES / name).entries(demo))


def variants(name: str, demo: Assembly) -> list[str]:
    return [f"{e.line.chrom}:{e.line.pos}:{e.line.ref}>{e.line.alt}" for e in entries(name, demo)]


@pytest.mark.parametrize("path", sorted((CASES / "03-odd-text").iterdir()), ids=lambda p: p.stem)
def test_of_odd_text_every_line_is_read_and_written(
    path: Path, tmp_path: Path, demo: Assembly
) -> None:
    n_lines = 1 if path.stem == "latin1" else 2
    found = entries(f"03-odd-text/{path.name}", demo)
    assert [one.line.chrom for one in found] == ["chr20"] * n_lines
    assert [one.line.pos for one in found] == [43042364, 43042366][:n_lines]
    with pysam.VariantFile(str(written(path, demo, tmp_path / "out.vcf"))) as records:
        assert [record.pos for record in records] == [43042364, 43042366][:n_lines]


def test_a_number_as_id_is_no_end(demo: Assembly) -> None:
    assert variants("08-clinvar-ids/noheader.vcf", demo) == [
        "chr20:43042364:C>T",
        "chr20:43042364:C>A",
        "chr20:43042364:C>T",
        "chr20:43042364:CTC>C",
        "chr20:43042364:C><DEL>",
    ]
    assert entries("08-clinvar-ids/noheader.vcf", demo)[0].name == "475283"


def test_input_of_vep_is_a_list_of_variants(demo: Assembly) -> None:
    assert variants("09-vep-format/in.txt", demo) == [
        "chr20:43042364:C>T",
        "chr20:43042363:ACTC>A",
        "chr20:43042361:G>GCA",  # left-normalised: AC after 43,042,364
        "chr20:43042363:ACTC>A",
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("acc38.vcf", "NC_000020.11 is chr20 of GRCh38, not of GRCh37-demo."),
        (
            "header38.vcf",
            "By the file's header 20 has 64,444,167 bp, but chr20 of GRCh37-demo has 63,025,520: "
            "the file is of another assembly.",
        ),
    ],
)
def test_lines_of_another_assembly_are_passed_over(name: str, reason: str, demo: Assembly) -> None:
    for entry in entries(f"20-wrong-build/{name}", demo):
        assert entry.fault
        assert (entry.fault.kind, entry.fault.reason) == (Kind.OTHER_ASSEMBLY, reason)


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("##reference=file:///data/GRCh38_full_analysis_set.fa", "GRCh38"),
        ("##reference=hg38.fa", "GRCh38"),
        ("##reference=/ref/Homo_sapiens_assembly38.fasta", "GRCh38"),
        ("##contig=<ID=20,assembly=GRCh38.p13>", "GRCh38"),
        ("##assembly=hg18", "NCBI36"),
        ("##reference=hs37d5.fa", ""),
        ("##reference=human_g1k_v37.fasta", ""),
        ("##source=hg38_caller", ""),
        ("##reference=hg38.fa\n##contig=<ID=20,length=63025520>", ""),
        ("##reference=hg38.fa\n##contig=<ID=20,assembly=b37>", ""),
    ],
)
def test_the_name_in_a_header_decides_the_assembly(
    header: str, other: str, tmp_path: Path, demo: Assembly
) -> None:
    path = tmp_path / "a.vcf"
    path.write_text(f"##fileformat=VCFv4.2\n{header}\n20\t43042364\t.\tC\tT\t.\t.\t.\n")
    (entry,) = Source(path).entries(demo)
    reason = entry.fault.reason if entry.fault else ""
    assert reason == (f"By its header the file is of {other}, not of GRCh37-demo." if other else "")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_of_a_list_end_as_on_any_machine(ending: str, demo: Assembly, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ending.join(("chr20:43042364:C>T", "20 43042364 43042366 CTC/-")).encode())
    assert [(one.line.pos, one.line.ref) for one in Source(path).entries(demo)] == [
        (43042364, "C"),
        (43042363, "ACTC"),
    ]


def test_a_name_in_latin_letters_is_read(demo: Assembly, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(
        "#CHROM\tPOS\tID\tREF\tALT\n20\t43042364 \tL\u00f6we\tC\tT\n".encode("latin-1")
    )
    (entry,) = Source(path).entries(demo)
    assert (entry.name, entry.line.pos, entry.fault) == ("L\u00f6we", 43042364, None)


def test_the_length_of_another_chromosome_says_of_which_assembly_a_file_is(
    demo: Assembly, tmp_path: Path
) -> None:
    path = tmp_path / "a.vcf"
    head = "##fileformat=VCFv4.2\n##contig=<ID=1,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\n"
    path.write_text(f"{head}20\t43042364\t.\tC\tT\n")
    (entry,) = Source(path).entries(demo)
    assert entry.fault is not None
    assert entry.fault.reason.startswith("By the file's header 1 has 248,956,422 bp")

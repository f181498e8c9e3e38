"""Whatever comes in, what is written is a VCF that pysam and bcftools read to its last line."""

import random
import shutil
import subprocess
from pathlib import Path

import pysam
import pytest

from genoview.io.assembly import Assembly
from tests.runtime.batch.test_vcf import written

HEAD = "##fileformat=VCFv4.2\n##contig=<ID=20>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
LINE = "20\t43042364\t.\tC\tT\t.\t.\t."
SAMPLE = HEAD.replace("INFO\n", "INFO\tFORMAT\tS1\n").replace(
    "#CHROM",
    '##INFO=<ID=DP,Number=1,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n#CHROM',
)
WITH_SAMPLE = f"{SAMPLE}{LINE[:-1]}DP=5\tGT\t0/1\n{LINE}\tGT\t1/1\n"
FILES = {
    "more columns than the header": f"{HEAD}{LINE}\tGT\t0/1\n{LINE}\n",
    "fewer columns than samples": SAMPLE.replace("S1", "S1\tS2")
    + f"{LINE}\tGT\t0/1\n{LINE}\n{LINE}\tGT\n",
    "five columns": "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\n20\t43042364\t.\tC\tT\n",
    "no sample behind FORMAT": HEAD.replace("INFO\n", "INFO\tFORMAT\n") + f"{LINE}\tGT\n",
    "a sample twice": SAMPLE.replace("S1", "S1\tS1") + f"{LINE}\tGT\t0/1\t0/1\n",
    "a sample without name": SAMPLE.replace("S1", "S1\t") + f"{LINE}\tGT\t0/1\n",
    "header in small letters": HEAD.replace("#CHROM", "#chrom") + LINE + "\n",
    "blanks": HEAD.replace("\t", " ") + f" {LINE.replace(chr(9), '  ')} \n{LINE}\n",
    "two headers": f"{HEAD}{LINE}\n{HEAD}{LINE}\n# in the middle\n##key=value\n{LINE}\n",
    "version behind": f"##source=x\n##fileformat=VCFv4.1\n{HEAD.split(chr(10))[2]}\n{LINE}\n",
    "no version": f"{HEAD.replace('v4.2', '')}{LINE}\n",
    "broken header": HEAD.replace(
        "#CHROM", '##contig=<ID=20\n##INFO=<>\n##\n# x\n##FILTER=<ID="x>\n##INFO=<ID=A>\n#CHROM'
    )
    + f"{LINE}\n",
    "names of chromosomes": HEAD
    + "".join(f"{name}{LINE[2:]}\n" for name in ("", "chr 20", "<20>", "*20", "20:1", "20,1"))
    + f"{LINE}\n",
    "positions": HEAD
    + "".join(
        LINE.replace("43042364", pos) + "\n" for pos in ("0", "99999999999", "2147483647", "5")
    ),
    "FILTER": HEAD
    + "".join(f"{LINE[:-3]}{f}\t.\n" for f in ("", "q10", "a b", "0", "a,b", ";", "a=b", "<x>")),
    "INFO": HEAD
    + "".join(
        f"{LINE[:-1]}{i}\n"
        for i in (
            "",
            "A B=c d",
            "=5",
            "END=x",
            "END=5",
            "A;;B",
            "1A=5",
            "A-B=2",
            "X=1=2",
            "DP",
            " ",
        )
    ),
    "QUAL": HEAD
    + "".join(LINE.replace("T\t.", f"T\t{q}") + "\n" for q in ("", "PASS", "1,5", "-5", "nan")),
    "ALT": HEAD
    + "".join(
        LINE.replace("\tT\t", f"\t{alt}\t") + "\n"
        for alt in ("", "-", "R", "T G", "T,", "<DEL", "[[", "*", "<DEL>,<DEL>", "G.", "<NON_REF>")
    ),
    "samples": SAMPLE
    + "".join(
        f"{LINE}\t{keys}\t{cell}\n"
        for keys, cell in (
            ("GT", "0/x"),
            ("GT:GT", "0/1:0/1"),
            ("AD:GT", "1:0/1"),
            ("GT:AD", "0/1:x,2"),
            ("GT", "0/1:5"),
            ("G T", "0/1"),
            ("", "0/1"),
            ("GT", ""),
        )
    ),
    "other bytes": f"{HEAD}{LINE[:-1]}A=\x07\x0bb\n{LINE}\x85\n{LINE}\x0c\n{LINE}\n",
    "list": "chr20:43042364:C>T\nchrZ:5:A>T\nfoo bar\n"
    "20\t43042364\tx\tC\t<DEL>\nchrZ\t5\t.\tA\tT\n",
}


def n_lines(content: bytes) -> int:
    return sum(1 for line in content.split(b"\n") if line and not line.startswith(b"#"))


def mutated(seed: int) -> bytes:
    """A sound file with one to three changes of bytes."""
    chance = random.Random(seed)
    content = bytearray(WITH_SAMPLE.encode())
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(content))
        match chance.randrange(3):
            case 0:
                content[at] = chance.randrange(1, 256)
            case 1:
                del content[at : at + chance.randint(1, 8)]
            case _:
                content[at:at] = chance.choice([b"\t", b"\n", b" ", b";", b"=", b"<", b"#", b'"'])
    return bytes(content)


def n_read(path: Path) -> int:
    with pysam.VariantFile(str(path)) as records:
        return sum(1 for _ in records)


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_odd_files_become_sound_ones(text: str, tmp_path: Path, demo: Assembly) -> None:
    path = tmp_path / "in.vcf"
    path.write_bytes(text.encode())
    out = written(path, demo, tmp_path / "out.vcf")
    assert n_read(out) == n_lines(out.read_bytes()) > 0


def test_changed_bytes_become_sound_files(tmp_path: Path, demo: Assembly) -> None:
    path = tmp_path / "in.vcf"
    for seed in range(60):
        path.write_bytes(mutated(seed))
        out = written(path, demo, tmp_path / "out.vcf")
        assert n_read(out) == n_lines(out.read_bytes()), seed


@pytest.mark.skipif(not shutil.which("bcftools"), reason="bcftools is a program apart from Python")
@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_bcftools_writes_them_as_bcf(text: str, tmp_path: Path, demo: Assembly) -> None:
    path = tmp_path / "in.vcf"
    path.write_bytes(text.encode())
    out = written(path, demo, tmp_path / "out.vcf")
    run = subprocess.run(
        ["bcftools", "view", "-Ob", "-o", str(tmp_path / "out.bcf"), str(out)],
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert n_read(tmp_path / "out.bcf") == n_lines(out.read_bytes())


def test_a_sound_file_stays_to_the_last_letter(tmp_path: Path, demo: Assembly) -> None:
    path = tmp_path / "in.vcf"
    path.write_text(WITH_SAMPLE)
    lines = written(path, demo, tmp_path / "out.vcf").read_text().splitlines()
    assert [line for line in WITH_SAMPLE.splitlines() if line.startswith("#")] == [
        line
        for line in lines
        if line.startswith("#") and "enoview" not in line and "Format:" not in line
    ]
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    given = [line.split("\t") for line in WITH_SAMPLE.splitlines() if not line.startswith("#")]
    assert [row[:7] + row[8:] for row in cells] == [row[:7] + row[8:] for row in given]
    assert cells[0][7].startswith("DP=5;")

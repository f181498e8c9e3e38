"""Good files of every kind that is read, small."""

import gzip
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyBigWig
import pysam

from genoview.data.assets import ASSETS
from genoview.data.genome import Interval
from genoview.report.one_page.document import html_report
from genoview.report.one_page.record import (
    FORMAT,
    Column,
    Genome,
    ModelShown,
    Named,
    Question,
    Record,
    Table,
)
from genoview.store.exchange import export_text
from genoview.store.saved_locus import Label, SavedLocus, TrackSummary
from tests.support.files.big_files import big_bed
from tests.support.paths import ROOT

CHROMOSOME = "chr20"
START = 43_042_000
PLACE = Interval(CHROMOSOME, START, START + 20_000)
TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Seed:
    """A good file, and those that lie beside it; the one that is changed is `name`."""

    kind: str
    name: str
    content: bytes
    beside: dict[str, bytes] = field(default_factory=dict)


def seeds() -> list[Seed]:
    """Of every kind of READ."""
    return [*_texts(), *_cases(), *_binary(), *_genomes(), *_documents(), *_weights()]


def _rows(row: str, n: int = 12) -> bytes:
    """Lines with {a}, {b} for start and end."""
    lines = (row.format(a=START + 900 * i, b=START + 900 * i + 500, i=i) for i in range(n))
    return "".join(f"{line}\n" for line in lines).encode()


def _texts() -> Iterator[Seed]:
    bed12 = "chr20\t{a}\t{b}\tn{i}\t5\t+\t{a}\t{b}\t0,0,0\t2\t100,100\t0,400"
    vcf = b"##fileformat=VCFv4.2\n##contig=<ID=20,length=63025520>\n#CHROM\tPOS\tID\tREF\tALT\n"
    exon = "chr20\tx\texon\t{a}\t{b}\t.\t+\t.\t"
    gtf = _rows(exon + 'gene_id "g{i}"; transcript_id "t{i}"; gene_name "ADA{i}";')
    gff3 = b"##gff-version 3\n" + _rows(
        "chr20\tx\tgene\t{a}\t{b}\t.\t+\t.\tID=g{i};Name=ADA{i}\n"
        "chr20\tx\tmRNA\t{a}\t{b}\t.\t+\t.\tID=t{i};Parent=g{i}\n" + exon + "Parent=t{i}"
    )
    chain = b"chain 900 chr20 63025520 + 43042000 43043000 chr20 64444167 + 44413000 44414015 1\n"
    yield Seed("tracks", "a.bed", _rows(bed12))
    yield Seed("tracks", "a.bedgraph", _rows("chr20\t{a}\t{b}\t0.{i}"))
    yield Seed("tracks", "a.narrowPeak", _rows("chr20\t{a}\t{b}\tp\t5\t+\t1.5\t2\t3\t100"))
    yield Seed("tracks", "a.bedpe", _rows("chr20\t{a}\t{b}\tchr20\t{a}\t{b}\tp\t5\t+\t-"))
    variants = vcf + _rows("20\t{a}\trs1\tA\tC,<DEL>\t9\tPASS\tSVTYPE=DEL;SVLEN=-50;END={b}\tGT")
    yield Seed("tracks", "a.vcf", variants)
    yield Seed("batches", "a.vcf", variants)
    yield Seed("batches", "a.txt", b"chr20:43042364 C>T\nADA:c.1A>G\n20 43042364 . C T\n")
    for kind in ("tracks", "genes"):
        yield Seed(kind, "a.gtf", gtf)
        yield Seed(kind, "a.gff3", gff3)
    yield Seed("chains", "a.chain", chain + b"300 10 20\n400 0 5\n290\n\n")
    yield Seed("sizes", "a.sizes", b"chr20\t63025520\nchrM\t16569\n")
    head = "#CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\t"
    row = "chr20\t43042364\tC\tT\thg19\tP1\tE1\tM1V\t0.5\tbenign\n"
    yield Seed("tables", "a.tsv", f"{head}am_pathogenicity\tam_class\n{row}".encode())
    names = "index\tgenome\tidentifier\tfile\tclip\tscale\tsum_stat\tstrand_pair\tdescription\n"
    yield Seed("targets", "t.txt", f"{names}0\t0\tE1\tf.w5\t32\t2\tmean\t0\tDNASE:liver\n".encode())


def _cases() -> Iterator[Seed]:
    """Files of other people's reports."""
    for path in sorted((TESTS / "cases").glob("*/*")):
        if path.is_file() and path.suffix not in (".md", ".fai", ".toml"):
            yield Seed("tracks", path.name, path.read_bytes())
            if path.suffix in (".vcf", ".txt"):
                yield Seed("batches", path.name, path.read_bytes())
    for path in sorted((TESTS / "fixtures" / "genes").iterdir()):
        yield Seed("genes", path.name, path.read_bytes()[:20_000].rpartition(b"\n")[0])
    for path in sorted((TESTS / "fixtures" / "structure").glob("*.gz")):
        yield Seed("structures", path.name.removesuffix(".gz"), gzip.decompress(path.read_bytes()))
        yield Seed("structures", path.name, path.read_bytes())


def _binary() -> Iterator[Seed]:
    rows = [("chr20", START + 900 * i, START + 900 * i + 500, f"n{i}\t0\t+") for i in range(40)]
    yield Seed("tracks", "a.bb", big_bed(rows, {"chr20": 63_025_520}, n_defined=6))
    yield Seed("tracks", "a.bw", big_wig())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.bed"
        path.write_bytes(_rows("chr20\t{a}\t{b}\tn{i}", 400))
        packed = pysam.tabix_index(str(path), preset="bed", force=True, keep_original=True)
        index, data = Path(f"{packed}.tbi").read_bytes(), Path(packed).read_bytes()
        yield Seed("tabix", "a.bed.gz.tbi", index, {"a.bed.gz": data})
        for content in (gzip.decompress(index), gzip.compress(gzip.decompress(index), 1, mtime=0)):
            yield Seed("tabix", "a.bed.gz.tbi", content, {"a.bed.gz": data})
        yield Seed("tabix", "a.bed.gz", data, {"a.bed.gz.tbi": index})
        pysam.tabix_index(str(path), preset="bed", force=True, csi=True)
        yield Seed("tabix", "a.bed.gz.csi", Path(f"{packed}.csi").read_bytes(), {"a.bed.gz": data})


def big_wig() -> bytes:
    """40 runs of values."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.bw"
        with pyBigWig.open(str(path), "w") as file:
            file.addHeader([("chr20", 63_025_520), ("chrM", 16_569)])
            starts = [START + 900 * i for i in range(40)]
            ends, values = [start + 500 for start in starts], [i / 7 for i in range(40)]
            file.addEntries(["chr20"] * 40, starts, ends=ends, values=values)
        return path.read_bytes()


def _genomes() -> Iterator[Seed]:
    lines = b"\n".join(b"ACGTACGTNNACGTRYACGTACGTACGT" * 2 for _ in range(40))
    fasta = b">chr20 x\n" + lines + b"\n>chrM\n" + lines[:200].rpartition(b"\n")[0] + b"\n"
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "a.fa", Path(folder) / "a.fa.gz"
        plain.write_bytes(fasta)
        pysam.tabix_compress(str(plain), str(packed), force=True)
        for path in (plain, packed):
            pysam.faidx(str(path))
            beside = {each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}
            beside = {
                n: c for n, c in beside.items() if n.startswith(f"{path.name}.") or n == path.name
            }
            if path is plain:
                beside = {n: c for n, c in beside.items() if ".gz" not in n}
            for name, content in beside.items():
                yield Seed("genomes", name, content, {n: c for n, c in beside.items() if n != name})


def _documents() -> Iterator[Seed]:
    summary = (TrackSummary("liver", 0.5, START, (0.1, 0.5)),)
    locus = SavedLocus.new(
        "chr20:1-2", "GRCh37", "q=x", Label("n", "note", ("t",)), summary, {"m": "1"}
    )
    yield Seed("exports", "loci.json", export_text([locus]).encode())
    yield Seed("settings", "genoview.toml", _SETTINGS)
    yield Seed("manifests", "model.toml", _MANIFEST, {"model.pt": b"x"})
    fields = {"kind": "enformer", "place": "/data/enformer", "outputs": [], "choice": {}}
    yield Seed("models", "genoview-models.json", json.dumps([fields]).encode())
    yield Seed("reports", "report.html", html_report(_record(), None))


def _record() -> Record:
    place, table = "chr20:43042364:C>T", Table("A", (Column("a", 2), Column("b")), ((0.5, "x"),))
    marks = Table("Marks", tuple(map(Column, "abcd")), (("splicing", "none", 0.0, "x"),))
    return Record(
        *(FORMAT, "1", "2026-01-31", "https://a.example/?q=x"),
        Question(place, "GRCh37-demo", ("promid",), 50),
        Genome("GRCh37-demo", "GRCh37", "chr20:1-2", "00ff", "GENCODE"),
        models=(ModelShown("promid", "PromID", "1", "MIT"),),
        names=(Named("g.", place),),
        prediction="No change.",
        marks=marks,
        tables=(table,),
        links=(Named("x", "y", "https://a.example"),),
        no_picture="None was drawn.",
    )


def _weights() -> Iterator[Seed]:
    for kind, name in (("motifs", "jaspar.npz"), ("weights", "promid.safetensors")):
        yield Seed(kind, name, (ASSETS / "models" / name).read_bytes())


_SETTINGS = b"""allow_paths = true
alphamissense = "table.tsv"
[[assembly]]
name = "own"
family = "GRCh37"
fasta = "a.fa"
[[tracks]]
path = "~/a.bw"
title = "A"
assembly = "own"
"""
_MANIFEST = b"""name = "mine"
file = "model.pt"
context_length = 500
resolution = 1
both_strands = true
licence = "CC BY 4.0"
citation = "x"
[[outputs]]
name = "Activity"
assay = "MPRA"
unit = "log2"
biosample = ["EFO:0002067", "K562"]
"""

"""Consequences by bcftools csq, to compare with: random changes of the embedded chromosome 20.

    python scripts/make_csq_fixture.py tests/fixtures/csq-chr20.tsv.gz

Needs bcftools 1.16 or later (Danecek & McCarthy 2017, doi:10.1093/bioinformatics/btx100). Genes are
the embedded RefSeq transcripts that lie within the slice; one record at a time (`--local-csq`).
"""

import argparse
import gzip
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from genoview.data.genome import Gene, Interval, Transcript, Variant
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import refseq_genes
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings

SEED, N_VARIANTS, LONGEST = 20, 6_000, 12
BASES = "ACGT"
FIRST, BEHIND = 42_484_000, 43_484_000  # of chr20, of which the demo has the sequence


def main() -> None:
    """Draw, ask csq, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output
    settings = read_settings({})
    assembly = open_assembly(settings.assemblies[0], settings)
    transcripts = [*whole_transcripts(assembly)]
    variants = sorted(set(drawn(transcripts, assembly, random.Random(SEED))))
    with tempfile.TemporaryDirectory() as folder:
        rows = consequences(variants, transcripts, assembly, Path(folder))
    with gzip.GzipFile(output, "wb", mtime=0) as file:
        file.write("".join(f"{row}\n" for row in rows).encode())
    print(f"{len(variants):,} variants, {len(rows):,} consequences: {output}")


def whole_transcripts(assembly: Assembly) -> Iterator[tuple[Gene, Transcript]]:
    """Of which the embedded sequence has everything."""
    slice_ = Interval("chr20", FIRST, BEHIND)
    for gene in refseq_genes("GRCh37").genes(slice_):
        for transcript in gene.transcripts:
            reach = transcript.interval.expanded(200)
            if slice_.contains(reach) and "N" not in assembly.reference.fetch(reach):
                yield gene, transcript


def drawn(
    transcripts: list[tuple[Gene, Transcript]], assembly: Assembly, chance: random.Random
) -> Iterator[Variant]:
    """Half of them near the ends of exons and of the coding part, half anywhere in an exon."""
    fetch = assembly.reference.fetch
    for _ in range(N_VARIANTS):
        _, transcript = chance.choice(transcripts)
        exon = chance.choice(transcript.exons)
        part = chance.choice([exon.interval, exon.coding or exon.interval])
        if chance.random() < 0.5:
            at = chance.choice([part.start, part.end]) + chance.randint(-20, 20)
        else:
            at = chance.randrange(part.start, part.end)
        n_ref = chance.choice([1, 1, 1, 1, 0, 2, 3, chance.randint(1, LONGEST)])
        n_alt = chance.choice([n_ref, n_ref, 0, 1, 3, chance.randint(0, LONGEST)])
        alt = "".join(chance.choice(BASES) for _ in range(n_alt))
        before = fetch(Interval("chr20", at - 1, at))
        ref = fetch(Interval("chr20", at, at + n_ref)) if n_ref else ""
        if ref != alt and "N" not in before + ref:
            yield Variant("chr20", at, before + ref, before + alt).normalised(fetch)


def consequences(
    variants: list[Variant],
    transcripts: list[tuple[Gene, Transcript]],
    assembly: Assembly,
    folder: Path,
) -> list[str]:
    """`pos ref alt transcript terms residues`, tab-separated, in genome order."""
    fasta, gff, vcf = (folder / name for name in ("chr20.fa", "genes.gff3", "in.vcf"))
    sequence = assembly.reference.fetch(Interval("chr20", 0, BEHIND + 1_000))
    fasta.write_text(f">chr20\n{sequence}\n")
    gff.write_text("\n".join(["##gff-version 3", *gff_lines(transcripts)]) + "\n")
    header = ["##fileformat=VCFv4.2", f"##contig=<ID=chr20,length={len(sequence)}>"]
    header.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    lines = (f"chr20\t{v.pos}\t.\t{v.ref}\t{v.alt}\t.\t.\t." for v in variants)
    vcf.write_text("\n".join([*header, *lines]) + "\n")
    command = ["bcftools", "csq", "--local-csq", "-f", fasta, "-g", gff, "-Ov", vcf]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = []
    for line in out.splitlines():
        if line.startswith("#"):
            continue
        _, pos, _, ref, alt, _, _, info = line.split("\t")[:8]
        for entry in info.removeprefix("BCSQ=").split(",") if info != "." else ():
            fields = entry.split("|")
            if len(fields) > 2:
                residues = fields[5] if len(fields) > 5 else ""
                rows.append("\t".join((pos, ref, alt, fields[2], fields[0], residues)))
    return rows


def gff_lines(transcripts: list[tuple[Gene, Transcript]]) -> Iterator[str]:
    """As Ensembl writes GFF3, which csq reads."""
    seen: set[str] = set()
    for gene, transcript in transcripts:
        biotype = "protein_coding" if any(e.coding for e in transcript.exons) else "lncRNA"
        if gene.symbol not in seen:
            seen.add(gene.symbol)
            attributes = f"ID=gene:{gene.symbol};Name={gene.symbol};biotype=protein_coding"
            yield gff_line("gene", gene.interval, attributes)
        name = transcript.transcript_id
        attributes = f"ID=transcript:{name};Parent=gene:{gene.symbol};biotype={biotype}"
        kind = "mRNA" if biotype == "protein_coding" else "lnc_RNA"
        yield gff_line(kind, transcript.interval, attributes)
        yield from part_lines(transcript)


def part_lines(transcript: Transcript) -> Iterator[str]:
    """Exons, coding parts with their phase, and UTRs."""
    parent = f"Parent=transcript:{transcript.transcript_id}"
    exons = transcript.exons[:: -1 if transcript.interval.strand == "-" else 1]
    coding = [exon.coding for exon in transcript.exons if exon.coding]
    n_before = 0
    for exon in exons:
        yield gff_line("exon", exon.interval, parent)
        if exon.coding:
            yield gff_line("CDS", exon.coding, parent, str(-n_before % 3))
            n_before += exon.coding.width
        if coding:
            yield from utr_lines(exon.interval, coding[0].start, coding[-1].end, parent)


def utr_lines(exon: Interval, first: int, behind: int, parent: str) -> Iterator[str]:
    """What of an exon lies before or behind the coding part."""
    left, right = ("five", "three") if exon.strand == "+" else ("three", "five")
    for side, start, end in (
        (left, exon.start, min(exon.end, first)),
        (right, max(exon.start, behind), exon.end),
    ):
        if start < end:
            part = Interval(exon.chrom, start, end, exon.strand)
            yield gff_line(f"{side}_prime_UTR", part, parent)


def gff_line(kind: str, interval: Interval, attributes: str, phase: str = ".") -> str:
    """One line, 1-based."""
    place = f"{interval.chrom}\trefseq\t{kind}\t{interval.start + 1}\t{interval.end}"
    return f"{place}\t.\t{interval.strand}\t{phase}\t{attributes}"


if __name__ == "__main__":
    main()

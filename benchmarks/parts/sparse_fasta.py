"""A chromosome of which a part alone is known, as a FASTA file that takes little room."""

from pathlib import Path

from genoview.data.genome import Interval
from genoview.io.assembly import Assembly
from genoview.runtime.assemblies import open_assembly
from genoview.runtime.settings import read_settings


def demo_genome() -> Assembly:
    """The embedded megabase of chromosome 20."""
    settings = read_settings({})
    return open_assembly(settings.assemblies[0], settings)


def write_sparse_fasta(path: Path, genome: Assembly, at: Interval, name: str = "") -> Path:
    """One line, of which only the bases in `at` take room on the disk, with its index."""
    length = genome.reference.chromosomes[at.chrom]
    head = f">{name or at.chrom}\n"
    with path.open("wb") as file:
        file.write(head.encode())
        file.seek(len(head) + at.start)
        file.write(genome.reference.fetch(at).encode())
        file.truncate(len(head) + length)
    index = f"{name or at.chrom}\t{length}\t{len(head)}\t{length}\t{length + 1}\n"
    path.with_suffix(".fa.fai").write_text(index)
    return path

"""A request of one genome, opened on a genome of another build."""

from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.io.remote.remote_file import RemoteFile
from genoview.query.other_build import CarriedOver, carried_over, gene_there
from genoview.runtime.workbench import Workbench


def targets(bench: Workbench, name: str) -> tuple[str, ...]:
    """Genomes of other builds that there are chains to; one a build, a whole one where it is."""
    source = bench.family(name)
    by_family: dict[str, str] = {}
    for other in (*bench.remote_names, *reversed(bench.assembly_names)):
        family = bench.family(other)
        if family != source and bench.remote_genomes.chain(source, family):
            by_family.setdefault(family, other)
    return tuple(by_family.values())


def files_to_agree(bench: Workbench, request: Request, target: str) -> tuple[RemoteFile, ...]:
    """Files that carrying it over reads, and that nobody has agreed to yet."""
    remote, files = bench.remote_genomes, list[RemoteFile]()
    if target in bench.remote_names:
        files.append(remote.entry(target).file)
    entry = remote.chain(bench.family(request.assembly), bench.family(target))
    if entry is not None and gene_there(request, bench.assembly(target)) is None:
        files.append(entry.file)
    return tuple(file for file in files if not remote.is_agreed_to(file))


def carry_over(
    bench: Workbench, request: Request, target: str, progress: Progress = no_progress
) -> CarriedOver:
    """The same on the genome `target`.

    Raises:
        GenoviewError: it has no place there, or chains or sequence cannot be had.
    """
    assembly = bench.assembly(target)
    gene = gene_there(request, assembly)
    if gene is not None:
        return gene
    families = bench.family(request.assembly), bench.family(target)
    return carried_over(request, bench.remote_genomes.liftover(*families, progress), assembly)

"""The table of genomes: those on this machine, and those that are read as needed."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.assets import ASSETS
from genoview.errors import GenoviewError
from genoview.io.remote.genome import WHOLE, RemoteGenome, megabytes
from genoview.runtime.settings import AssemblyConfig
from genoview.ui.access import who
from genoview.ui.models import cells, genome_form
from genoview.ui.models.cells import Cell
from genoview.ui.page import consent, keep, shell
from genoview.ui.plain import code, plain

KIND = "genomes"
COLUMNS = ("Genome", "Build", "Source", "Size", "On this machine", "Licence")
POLL_S = 1.0


def show() -> None:
    """A row for each genome; a download is followed without the rest of the page."""
    st.subheader("Genomes")
    bench = shell.bench()
    for problem in bench.settings.problems if who.may_set_up() else ():
        st.warning(plain(problem), icon=":material/warning:")
    running = any(map(keep.is_running, bench.remote_names))
    st.fragment(_table, run_every=POLL_S if running else None)(running)
    if not bench.remote_genomes.policy().allowed:
        st.caption("The settings have network = false: no genome is read from elsewhere.")
    genome_form.show()


def _table(was_running: bool) -> None:
    bench = shell.bench()
    cells.head(KIND, COLUMNS)
    for config in bench.settings.assemblies:
        with st.container(key=f"line_genome_{config.name}"):
            _local(config)
    if bench.remote_genomes.policy().allowed:
        for name in bench.remote_names:
            with st.container(key=f"line_genome_{name}"):
                _remote(name)
    if refusal := plain(st.session_state.pop(keep.REFUSED, "")):
        st.error(refusal, icon=":material/error:")
    if was_running != any(map(keep.is_running, bench.remote_names)):
        st.rerun()  # with the timer, or without it


def _row(name: str, facts: Sequence[str], more: str) -> None:
    first, *rest = (Cell(title, text) for title, text in zip(COLUMNS, facts, strict=True))
    cells.row(KIND, (Cell(first.title, name, more), *rest))


def _local(config: AssemblyConfig) -> None:
    name, opened = config.name, shell.bench().opened(config.name)
    source = (
        config.description
        or f"{config.fasta.name}, {config.genes.name if config.genes else 'no genes'}"
    )
    size = f"{config.fasta.stat().st_size / 1e6:,.1f} MB" if config.fasta.exists() else "–"
    facts = (name, config.family, source, size, "yes", config.licence or "yours")
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_genome_{name}"):
        _row(name, facts, str(config.fasta))
        with cells.actions(f"genome_{name}"):
            if opened is None and st.button("Open", key=f"open-{name}"):
                _open(name)
            if (
                not config.embedded
                and who.may_set_up()
                and st.button("Remove", key=f"remove-{name}")
            ):
                genome_form.remove(name)
            with st.popover("Details"), st.container(key=f"details_genome_{name}"):
                _details(config)


def _details(config: AssemblyConfig) -> None:
    genes = config.genes.name if config.genes else "none"
    st.markdown(f"FASTA {code(config.fasta)}  \nGenes {code(genes)}")
    opened = shell.bench().opened(config.name)
    if opened is not None:
        extent = [
            part.to_ucsc()
            for chrom in opened.reference.chromosomes
            for part in opened.reference.covered(chrom)
        ]
        st.markdown(f"Covers {plain(_some(extent))}; {len(opened.annotation):,} genes.")
    if config.embedded:
        with st.expander("Sources and licences"):
            st.markdown((ASSETS / "README.md").read_text(encoding="utf-8"))


def _remote(name: str) -> None:
    remote = shell.bench().remote_genomes
    try:
        genome = remote.open(name)  # requests nothing
        kept = genome.kept()
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    entry = genome.entry
    source = f"{entry.description}, from {entry.file.hosts[0]}"
    facts = (name, entry.family, source, _size(genome), _kept(genome, kept), "its publisher's")
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_genome_{name}"):
        _row(name, facts, ", ".join(entry.file.hosts))
        with cells.actions(f"genome_{name}"):
            if remote.is_agreed(name):
                keep.actions(genome, kept)
            else:
                consent.button(name)
    keep.notes(name)


def _size(genome: RemoteGenome) -> str:
    size = genome.entry.file.size
    n_bp = sum(genome.length(chrom) or 0 for chrom in genome.chromosomes)
    return f"{size / 1e6:,.0f} MB" if size else megabytes(n_bp)


def _kept(genome: RemoteGenome, kept: dict[str, float]) -> str:
    if kept.get(WHOLE, 0.0) == 1:
        return "kept offline"
    whole = [name for name, share in kept.items() if share == 1]
    if whole:
        return f"{_some(whole)} kept offline"
    here = genome.bytes_here()
    return f"read as needed, {here / 1e6:,.1f} MB cached" if here else "read as needed"


def _open(name: str) -> None:
    """Index and read a genome, with progress."""
    bar = st.progress(0.0, text=f"Opening {plain(name)}")

    def progress(share: float) -> None:
        bar.progress(share, text=f"Opening {plain(name)}")

    try:
        shell.bench().assembly(name, progress)
    except GenoviewError as error:
        st.error(plain(error))
        return
    st.rerun()


def _some(texts: Sequence[str], limit: int = 4) -> str:
    """The first few, and how many more."""
    rest = len(texts) - limit
    return ", ".join(texts[:limit]) + (f" and {rest} more" if rest > 0 else "")

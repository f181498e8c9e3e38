"""Models, genomes and the cache: what is here, where it is from, and how to change it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from genoview.data.assets import ASSETS
from genoview.errors import GenoviewError
from genoview.io.bgzf import compression, recompress
from genoview.models.registry import always_here, card_of, plugin_faults
from genoview.runtime.settings import AssemblyConfig, Settings, add_assembly, remove_assembly
from genoview.ui.page import shell


def models() -> None:
    """A card for each model."""
    st.subheader("Models")
    for fault in plugin_faults():
        st.warning(fault, icon=":material/warning:")
    for entry in always_here():
        with st.container(border=True):
            _model(entry.name)


def _model(name: str) -> None:
    card, bench = card_of(name), shell.bench()
    loaded, speed = bench.loaded(name), bench.speed(name)
    st.markdown(f"**{card.title}** · {card.family.value} · {card.parameters:,} parameters")
    if card.random_weights:
        st.error("RANDOM WEIGHTS: what this model draws means nothing.")
    text, facts = st.columns([3, 2], gap="medium")
    with text:
        st.markdown(f"**Predicts.** {card.predicts}")
        st.markdown(f"**Limits.** {card.limits}")
    with facts:
        st.markdown(
            f"**Licence** {card.licence}  \n**Citation** {card.citation}  \n"
            f"**Source** {card.source}  \n"
            f"**Version** {loaded.version if loaded else 'known when first used'}  \n"
            f"**Device** {loaded.device if loaded else bench.device}, {bench.settings.dtype}  \n"
            f"**Speed seen here** {_speed(speed)}"
        )
        _licence(name)


def _speed(speed: float | None) -> str:
    return f"{speed:,.0f} bp/s" if speed else "nothing computed since the start"


def _licence(name: str) -> None:
    """The licence and attribution in full, as they lie beside the weights."""
    path = ASSETS / "models" / f"{name}.LICENCE.md"
    with st.popover("Licence in full"):
        st.markdown(path.read_text(encoding="utf-8") if path.exists() else card_of(name).licence)


def genomes() -> None:
    """The assemblies, and forms to add and remove one's own."""
    st.subheader("Genomes")
    settings = shell.bench().settings
    for problem in settings.problems:
        st.warning(str(problem), icon=":material/warning:")
    for config in settings.assemblies:
        with st.container(border=True):
            _genome(config)
    _remote_genomes()
    _add_form()


def _remote_genomes() -> None:
    """Those that are read as needed, and how to choose one."""
    bench = shell.bench()
    if not bench.remote_genomes.policy().allowed:
        st.caption(
            "The settings have network = false: genomes that are read as needed from where they "
            "are published are not in the genome menu."
        )
        return
    listed = (
        f"**{name}** ({'agreed' if bench.remote_genomes.is_agreed(name) else 'not agreed yet'})"
        for name in bench.remote_names
    )
    st.markdown(
        f"Read as needed, without a download: {', '.join(listed)}. Choose one beside the search "
        "box; nothing is requested before you agree. `network = false` in the settings file "
        "switches this off."
    )


def _genome(config: AssemblyConfig) -> None:
    st.markdown(f"**{config.name}** · {config.description or config.family}")
    st.caption(f"FASTA {config.fasta.name}, genes {config.genes.name if config.genes else 'none'}")
    opened = shell.bench().opened(config.name)
    if opened is not None:
        extent = [
            part.to_ucsc()
            for chrom in opened.reference.chromosomes
            for part in opened.reference.covered(chrom)
        ]
        st.markdown(f"Covers {_some(extent)}; {len(opened.annotation):,} genes.")
    if config.embedded:
        with st.popover("Sources and licences"):
            st.markdown((ASSETS / "README.md").read_text(encoding="utf-8"))
    with st.container(horizontal=True):
        if opened is None and st.button("Open", key=f"open-{config.name}"):
            _open(config.name)
        if not config.embedded and st.button("Remove", key=f"remove-{config.name}"):
            _change(lambda: remove_assembly(shell.bench().settings, config.name))


def _open(name: str) -> None:
    """Index and read a genome, with progress."""
    bar = st.progress(0.0, text=f"Opening {name}")

    def progress(share: float) -> None:
        bar.progress(share, text=f"Opening {name}")

    try:
        shell.bench().assembly(name, progress)
    except GenoviewError as error:
        st.error(str(error))
        return
    st.rerun()


def _add_form() -> None:
    with st.expander("Add a genome"), st.form("add_genome", border=False):
        st.markdown(
            "A FASTA file, plain or bgzipped, and a GTF or GFF3 file of genes, on the computer "
            "that runs this dashboard. An index is built beside the FASTA where it has none."
        )
        name = st.text_input("Name", placeholder="GRCh38")
        family = st.text_input("Assembly", placeholder="GRCh38, GRCh37, GRCm39 …")
        fasta = st.text_input("FASTA file", placeholder="/data/GRCh38.fa.gz")
        genes = st.text_input("GTF or GFF3 file (optional)", placeholder="/data/gencode.gtf.gz")
        if st.form_submit_button("Add"):
            config = AssemblyConfig(
                name=name.strip(),
                fasta=Path(fasta.strip()).expanduser(),
                genes=Path(genes.strip()).expanduser() if genes.strip() else None,
                family=family.strip(),
            )
            _change(lambda: add_assembly(shell.bench().settings, _indexable(config)))


def _indexable(config: AssemblyConfig) -> AssemblyConfig:
    """The same genome; a plain gzip file, which has no index, is packed anew as bgzip."""
    if not config.fasta.is_file() or compression(config.fasta) != "gzip":
        return config
    target = shell.bench().settings.cache_dir / "genomes" / f"{config.name}.fa.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    bar = st.progress(0.0, text=f"Packing {config.fasta.name} as bgzip")

    def progress(share: float) -> None:
        bar.progress(min(share, 1.0), text=f"Packing {config.fasta.name} as bgzip")

    recompress(config.fasta, target, progress)
    return replace(config, fasta=target)


def _change(make: Callable[[], Settings]) -> None:
    try:
        shell.bench().replace_settings(make())
    except GenoviewError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()


def cache() -> None:
    """How much is remembered, and a button to forget it."""
    st.subheader("Cache")
    store = shell.bench().store
    try:
        size = store.size()
        st.markdown(
            f"{size.entries:,} predictions take {size.bytes / 1e6:,.1f} MB of "
            f"{size.limit / 1e6:,.0f} MB in `{store.folder}`. Beyond that the least recently "
            "used are removed. Saved loci and the history are stored separately and stay."
        )
        if st.button("Forget all predictions"):
            shell.bench().forget_predictions()
            st.rerun()
    except GenoviewError as error:
        st.error(str(error), icon=":material/error:")


def _some(texts: Sequence[str], limit: int = 4) -> str:
    """The first few, and how many more."""
    rest = len(texts) - limit
    return ", ".join(texts[:limit]) + (f" and {rest} more" if rest > 0 else "")

"""The form that adds a genome of one's own, and what changes the genomes of the settings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import streamlit as st

from genoview.errors import GenoviewError
from genoview.io.bgzf import compression, recompress
from genoview.runtime.settings import AssemblyConfig, Settings, add_assembly, remove_assembly
from genoview.ui.page import shell


def show() -> None:
    """Closed: name, build and files."""
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


def remove(name: str) -> None:
    """Take a genome out of the settings; its files stay."""
    _change(lambda: remove_assembly(shell.bench().settings, name))

"""The form that adds a genome of one's own, and what changes the genomes of the settings."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from genoview.errors import GenoviewError
from genoview.io.bgzf import compression, recompress
from genoview.runtime import access
from genoview.runtime.settings import AssemblyConfig, Settings, add_assembly, remove_assembly
from genoview.ui.access import who
from genoview.ui.page import shell
from genoview.ui.plain import plain


def show() -> None:
    """Closed: name, build and files; nothing where the reader may not set genomes up."""
    if not (who.may_set_up() and who.may_name_paths()):
        st.caption(f"Another genome: {access.NO_SET_UP}")
        return
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
            _change(lambda: _add(name.strip(), family.strip(), fasta, genes))


def _add(name: str, family: str, fasta: str, genes: str) -> Settings:
    config = AssemblyConfig(
        name=name,
        fasta=who.typed_path(fasta),
        genes=who.typed_path(genes) if genes.strip() else None,
        family=family,
    )
    return add_assembly(shell.bench().settings, _indexable(config))


def _indexable(config: AssemblyConfig) -> AssemblyConfig:
    """The same genome; a plain gzip file, which has no index, is packed anew as bgzip."""
    if not config.fasta.is_file() or compression(config.fasta) != "gzip":
        return config
    target = shell.bench().settings.cache_dir / "genomes" / f"{config.name}.fa.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    bar = st.progress(0.0, text=f"Packing {plain(config.fasta.name)} as bgzip")

    def progress(share: float) -> None:
        bar.progress(min(share, 1.0), text=f"Packing {plain(config.fasta.name)} as bgzip")

    recompress(config.fasta, target, progress)
    return replace(config, fasta=target)


def _change(make: Callable[[], Settings]) -> None:
    try:
        who.check_set_up()
        shell.bench().replace_settings(make())
    except GenoviewError as error:
        st.error(plain(error), icon=":material/error:")
        return
    st.rerun()


def remove(name: str) -> None:
    """Take a genome out of the settings; its files stay."""
    _change(lambda: remove_assembly(shell.bench().settings, name))

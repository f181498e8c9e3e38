"""A run as files: VCF with the fields of the original programs, TSV, Parquet."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from genoview.io.export import NamedColumn, Provenance, file_name, named_parquet, named_tsv
from genoview.runtime.batch import Row, Run, VcfWriter, columns, table_provenance
from genoview.runtime.batch_runs import BatchRuns
from genoview.ui.page import shell
from genoview.ui.plain import plain


def buttons(run: Run, rows: Sequence[Row], batch_runs: BatchRuns, masked: bool) -> None:
    """Every variant of the run, whatever the filters hide; offered when it is done."""
    if run.state != "done":
        st.caption("Files are available when the run is done.")
        return
    made_by = table_provenance(
        run.plan.name, run.plan.assembly, run.versions, f"batch?run={run.run_id}"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        _button("VCF", "vcf.gz", made_by, lambda: _vcf(run, rows, batch_runs, masked))
        _button("TSV", "tsv", made_by, lambda: named_tsv(_table(run, rows, masked), made_by))
        _button(
            "Parquet", "parquet", made_by, lambda: named_parquet(_table(run, rows, masked), made_by)
        )
        st.caption("Files hold every variant, also those that the filters hide.")


def _button(title: str, ending: str, made_by: Provenance, make: Callable[[], bytes]) -> None:
    """The file is made on request."""
    name = file_name(made_by, "scores", ending)
    st.download_button(plain(title), make, name, key=f"batch-{ending}", on_click="ignore")


def _table(run: Run, rows: Sequence[Row], masked: bool) -> list[NamedColumn]:
    return columns(rows, run.plan.models, masked)


def _vcf(run: Run, rows: Sequence[Row], batch_runs: BatchRuns, masked: bool) -> bytes:
    assembly = shell.bench().assembly(run.plan.assembly)
    writer = VcfWriter(assembly, run.versions, run.plan.distance, masked)
    unreadable = [row.entry for row in rows if row.entry.fault]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.vcf.gz"
        writer.write(batch_runs.source(run), rows, path, unreadable)
        return path.read_bytes()

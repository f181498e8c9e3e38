"""Mutagenesis in words: the bases where effects are largest, and all of them as a file."""

from dataclasses import replace
from functools import partial

import streamlit as st

from genoview.figure.scene import Scene
from genoview.io.export import (
    ModelUsed,
    Provenance,
    file_name,
    provenance_of,
    substitutions_table,
)
from genoview.scoring.mutagenesis import Substitutions, factors_at
from genoview.ui import sheet
from genoview.ui.explore import track_view
from genoview.ui.page import links, shell
from genoview.ui.page.url import ViewState
from genoview.ui.plain import plain

N_TOP = 20  # positions listed
FORMATS = {"TSV": "\t", "CSV": ","}


def tables(scene: Scene, state: ViewState) -> None:
    """For each score, its top positions with the motifs over them, and its file."""
    for scan in scene.scans:
        if not scan.n_done:
            continue
        st.markdown(
            f"##### Mutagenesis, {plain(scan.score.label)}: top positions",
            help=f"{plain(scan.score.formula)} Unit: {plain(scan.score.unit)}.",
        )
        _table(scene, scan)
        st.caption(plain(_coverage(scan)))
        _files(scene, state, scan)


def _table(scene: Scene, scan: Substitutions) -> None:
    signed = partial(st.column_config.NumberColumn, format="%+.3f")
    sheet.dataframe(
        [
            {
                "position": f"{each.variant.pos:,}",
                "REF": each.variant.ref,
                "strongest": f"{each.variant.ref}>{each.variant.alt}",
                "effect": each.value,
                "mean effect": each.mean,
                "motifs over it": ", ".join(factors_at(scene.answers, each.variant.start)),
                "open": links.variant_address(str(each.variant), scene.request.assembly),
            }
            for each in scan.top(N_TOP)
        ],
        hide_index=True,
        column_config={
            "effect": signed(help=scan.score.unit),
            "mean effect": signed(help="of the three substitutions of the base"),
            "motifs over it": st.column_config.TextColumn(width="large"),
            "open": st.column_config.LinkColumn(display_text="as a variant", width="small"),
        },
        key=f"top-{scan.score.score_id}",
    )


def _coverage(scan: Substitutions) -> str:
    """What the table is of."""
    n, width = scan.n_done, scan.interval.width
    known = "" if scan.is_complete else f" {n:,} of {width:,} bases are computed so far."
    return (
        f"The {min(N_TOP, n)} bases of {scan.interval.to_ucsc()} with the largest effects, "
        f"{scan.score.unit}; motif sites of JASPAR with p < 1e-4, the best first.{known}"
    )


def _files(scene: Scene, state: ViewState, scan: Substitutions) -> None:
    """Every substitution that is known."""
    made_by = _made_by(scene, state, scan)
    with st.container(horizontal=True):
        for name, separator in FORMATS.items():
            st.download_button(
                plain(name),
                partial(_file, scan, made_by, separator),
                file_name(made_by, f"mutagenesis-{scan.score.score_id}", name.lower()),
                key=f"mutagenesis-{scan.score.score_id}-{name}",
                on_click="ignore",
            )


def _file(scan: Substitutions, made_by: Provenance, separator: str) -> bytes:
    facts = scan.score
    place = scan.interval
    notes = (
        f"Mutagenesis of {place.to_ucsc()}: {facts.title}; {scan.n_done:,} of {place.width:,} "
        "bases computed.",
        f"effect: {facts.formula} Unit: {facts.unit}.",
    )
    return substitutions_table(scan, made_by, notes=notes, separator=separator)


def _made_by(scene: Scene, state: ViewState, scan: Substitutions) -> Provenance:
    """Provenance by the score's own model, which was loaded to compute or to recall."""
    request, backend = scene.request, shell.bench().scan_model(scan.score.model)
    card = backend.card
    used = ModelUsed(card.title, backend.version, card.licence, card.citation, card.random_weights)
    link = links.link(request, state, scene.answers, track_view.in_view(request, state))
    return replace(provenance_of(request, (), link), models=(used,))

"""Mutagenesis in words: the bases where effects are largest, and all of them as a file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.data.track_data import Assay
from genoview.io.export import ModelUsed, Provenance, file_name, substitutions_table
from genoview.pipeline import provenance
from genoview.scoring.mutagenesis import Substitutions, factors_over
from genoview.ui.explore import track_view
from genoview.ui.page import links, shell
from genoview.ui.page.url import ViewState

N_TOP = 20  # positions listed
FORMATS = {"TSV": "\t", "CSV": ","}


def tables(
    request: Request,
    state: ViewState,
    answers: Sequence[Answer],
    found: Sequence[Substitutions],
) -> None:
    """For each score, its top positions with the motifs over them, and its file."""
    for one in found:
        if not one.n_done:
            continue
        st.markdown(
            f"##### Mutagenesis, {one.score.label}: top positions",
            help=f"{one.score.formula} Unit: {one.score.unit}.",
        )
        _table(request, answers, one)
        st.caption(_coverage(one))
        _files(request, state, answers, one)


def _table(request: Request, answers: Sequence[Answer], found: Substitutions) -> None:
    signed = partial(st.column_config.NumberColumn, format="%+.3f")
    st.dataframe(
        [
            {
                "position": f"{each.variant.pos:,}",
                "REF": each.variant.ref,
                "strongest": f"{each.variant.ref}>{each.variant.alt}",
                "effect": each.value,
                "mean effect": each.mean,
                "motifs over it": ", ".join(_factors(answers, each.variant.start)),
                "open": links.variant_address(str(each.variant), request.assembly),
            }
            for each in found.top(N_TOP)
        ],
        hide_index=True,
        column_config={
            "effect": signed(help=found.score.unit),
            "mean effect": signed(help="of the three substitutions of the base"),
            "motifs over it": st.column_config.TextColumn(width="large"),
            "open": st.column_config.LinkColumn(display_text="as a variant", width="small"),
        },
        key=f"top-{found.score.score_id}",
    )


def _coverage(found: Substitutions) -> str:
    """What the table is of."""
    n, width = found.n_done, found.interval.width
    known = "" if found.is_complete else f" {n:,} of {width:,} bases are computed so far."
    return (
        f"The {min(N_TOP, n)} bases of {found.interval.to_ucsc()} with the largest effects, "
        f"{found.score.unit}; motif sites of JASPAR with p < 1e-4, the best first.{known}"
    )


def _factors(answers: Sequence[Answer], position: int) -> list[str]:
    return [
        name
        for found in answers
        if found.ref.tracks[0].assay is Assay.TF_MOTIF
        for name in factors_over(position, found.ref.sites, found.ref.data.tracks)
    ]


def _files(
    request: Request, state: ViewState, answers: Sequence[Answer], found: Substitutions
) -> None:
    """Every substitution that is known."""
    made_by = _made_by(request, state, answers, found)
    with st.container(horizontal=True):
        for name, separator in FORMATS.items():
            st.download_button(
                name,
                partial(_file, found, made_by, separator),
                file_name(made_by, f"mutagenesis-{found.score.score_id}", name.lower()),
                key=f"mutagenesis-{found.score.score_id}-{name}",
                on_click="ignore",
            )


def _file(found: Substitutions, made_by: Provenance, separator: str) -> bytes:
    facts = found.score
    place = found.interval
    notes = (
        f"Mutagenesis of {place.to_ucsc()}: {facts.title}; {found.n_done:,} of {place.width:,} "
        "bases computed.",
        f"effect: {facts.formula} Unit: {facts.unit}.",
    )
    return substitutions_table(
        place.chrom,
        place.start,
        found.bases,
        found.values,
        found.means,
        made_by,
        notes=notes,
        separator=separator,
    )


def _made_by(
    request: Request, state: ViewState, answers: Sequence[Answer], found: Substitutions
) -> Provenance:
    """Of the score's own model, which was loaded to compute or to recall."""
    backend = shell.bench().backend(found.score.model)
    card = backend.card
    used = ModelUsed(card.title, backend.version, card.licence, card.citation, card.random_weights)
    link = links.link(request, state, answers, track_view.in_view(request, state))
    return replace(provenance(request, (), link), models=(used,))

"""Changed residues on the page: scores of language models of proteins, and their heat map."""

import hashlib

import streamlit as st

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.figure.panels import DARK, LIGHT
from genoview.figure.panels.protein.heat_map import ORDER, heat_map
from genoview.io import export
from genoview.io.alphamissense import TITLE
from genoview.io.export import file_name, provenance_of
from genoview.models.configured_file import LargeModel
from genoview.models.protein.configured import card_of, protein_models
from genoview.report.consequences import TranscriptConsequence, chosen_of
from genoview.report.missense import (
    Missense,
    change_on,
    map_columns,
    published_of,
    times_words,
)
from genoview.report.variant_report import VariantReport
from genoview.runtime.protein_models import (
    known_missense,
    known_scores,
    protein_model,
)
from genoview.scoring.missense.change import ProteinChange
from genoview.scoring.missense.score import MASKED, WILD_TYPE, MissenseScore, missense_score
from genoview.ui import sheet
from genoview.ui.page import shell
from genoview.ui.plain import plain
from genoview.ui.variant import score_jobs

KEY = "missense_change"  # of the session: the last change, and what it is of
VIEWS = ("Around the variant", "Whole protein")
HELP = (
    "ln P(ALT) − ln P(REF) of the changed residue by a language model of proteins: below 0 the new "
    "residue is less likely than the one there. It is not a probability of disease."
)
NONE_SET_UP = (
    "No protein language model is set up. Set up ESM-2 or VESM on the page Models and data, or "
    "with `genoview models use esm2 --place facebook/esm2_t33_650M_UR50D`. None comes with "
    "genoview: on ProteinGym, those small enough to ship do worse than residue frequencies of an "
    "alignment."
)
NO_TABLE = (
    'To see AlphaMissense\'s value, add `alphamissense = "path of the file"` to the settings file.'
)
CAPTION = (
    "Wild-type marginals of every substitution. A dot: the residue that is there; framed: the "
    "variant. Drag to move; the buttons above it zoom."
)
_BUTTONS = [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]]
_CONFIG = {"displaylogo": False, "displayModeBar": True, "modeBarButtons": _BUTTONS}


def show(report: VariantReport) -> None:
    """Nothing of a locus; why, where no residue is replaced."""
    if report.request.variant is None:
        return
    st.markdown("##### Missense", help=HELP)
    chosen, change = _change(report, report.request.variant)
    if not change.substitutions:
        st.caption(plain(change.reason))
        return
    pending = any(map(score_jobs.is_pending, map(_place, protein_models(shell.bench().large))))
    run_every = score_jobs.POLL_S if pending else None
    st.fragment(_section, run_every=run_every)(report, chosen, change, pending)


def missense_of(report: VariantReport) -> Missense | None:
    """What is known by now, for files; None of a locus, or where nothing is set up."""
    variant, bench = report.request.variant, shell.bench()
    if variant is None or not (protein_models(bench.large) or bench.settings.alphamissense):
        return None
    chosen, change = _change(report, variant)
    assembly = bench.assembly(report.request.assembly)
    gene = chosen.named.symbol if chosen else ""
    return known_missense(bench, variant, assembly, change, gene)


def _change(
    report: VariantReport, variant: Variant
) -> tuple[TranscriptConsequence | None, ProteinChange]:
    """On the transcript of the link; translated once."""
    chosen = chosen_of(report.consequences, shell.current().transcript)
    name = report.request.assembly
    of = (variant, name, chosen.transcript_id if chosen else "")
    last = st.session_state.get(KEY)
    if last is None or last[0] != of:
        change = change_on(variant, chosen, shell.bench().assembly(name))
        last = st.session_state[KEY] = (of, change)
    known: ProteinChange = last[1]
    return chosen, known


def _section(
    report: VariantReport,
    chosen: TranscriptConsequence | None,
    change: ProteinChange,
    was_pending: bool,
) -> None:
    table = st.container()
    results = [_score(change, model) for model in protein_models(shell.bench().large)]
    scores = [score for score, _ in results if score is not None]
    symbol = chosen.named.symbol if chosen else ""
    with table:
        st.markdown(
            f"**{plain(f'{symbol} {change.names}')}** of {plain(change.transcript_id)}, "
            f"{len(change.protein):,} residues"
        )
        if change.note:
            st.caption(plain(change.note))
        if not results:
            st.caption(NONE_SET_UP)
        if scores:
            _table(scores)
        _published(report, change)
    if scores:
        _map(report, scores)
    if any(is_pending for _, is_pending in results) != was_pending:
        st.rerun()  # with the timer, or without it


def _score(change: ProteinChange, model: LargeModel) -> tuple[MissenseScore | None, bool]:
    """The score of one model, if it is there, and whether a job is computing it."""
    bench = shell.bench()

    def known() -> MissenseScore | None:
        return next(iter(known_scores(bench, change, [model])), None)

    def compute(progress: Progress) -> MissenseScore:
        return missense_score(change, protein_model(bench, model), bench.store, progress)

    facts = (change.protein, *(substitution.short for substitution in change.substitutions))
    digest = hashlib.sha256(" ".join(facts).encode()).hexdigest()
    key = f"missense {model.kind} {model.digest} {digest}"
    return score_jobs.result(
        _place(model), key, f"{card_of(model).title}, missense", known, compute
    )


def _place(model: LargeModel) -> str:
    return f"missense-{model.kind}"


def _published(report: VariantReport, change: ProteinChange) -> None:
    """Of AlphaMissense's table, where there is one."""
    bench, variant = shell.bench(), report.request.variant
    assert variant is not None  # or there were no section
    table = bench.settings.alphamissense
    if table is None:
        st.caption(NO_TABLE)
        return
    assembly = bench.assembly(report.request.assembly)
    rows, reason = published_of(table, variant, assembly, change)
    for row in rows:
        of = f" of {row.of}" if row.of else ""
        st.markdown(
            f"**{TITLE}** {row.value:.3f}, {plain(row.label)} "
            f":small[:gray[{plain(f'{row.change}{of}, {row.file}; {row.licence}')}]]",
            help="0 to 1, as its authors calibrated it; the class is theirs. Cheng et al. 2023, "
            "doi:10.1126/science.adg7492. Not a clinical interpretation.",
        )
    if reason:
        st.caption(f"{TITLE}: {plain(reason)}")


def _table(scores: list[MissenseScore]) -> None:
    sheet.dataframe(
        [_cells(score) for score in scores],
        hide_index=True,
        column_config={
            "masked": st.column_config.NumberColumn(format="%+.2f", help=MASKED.words),
            "wild-type": st.column_config.NumberColumn(format="%+.2f", help=WILD_TYPE.words),
            "the new residue is": st.column_config.TextColumn(help="By masked marginals."),
        },
        key="missense_table",
    )
    if any(score.card.random_weights for score in scores):
        st.error(export.RANDOM_WEIGHTS, icon=":material/warning:")


def _cells(score: MissenseScore) -> dict[str, object]:
    masked, wild_type = score.total
    several = len(score.change.substitutions) > 1
    return {
        "model": score.card.title,
        "masked": masked,
        "wild-type": wild_type,
        "the new residues are" if several else "the new residue is": times_words(masked),
        "version": score.version,
        "licence": score.card.licence,
    }


def _map(report: VariantReport, scores: list[MissenseScore]) -> None:
    """Of one model; what is in view is chosen above it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        view = st.segmented_control(
            "In view", VIEWS, default=VIEWS[0], key="missense_view", label_visibility="collapsed"
        )
        names = [score.card.name for score in scores]
        titles = {score.card.name: score.card.title for score in scores}
        name = names[0]
        if len(scores) > 1:
            name = st.selectbox(
                "Model of the heat map",
                names,
                format_func=titles.__getitem__,
                key="missense_model",
                label_visibility="collapsed",
                width=300,
            )
        score = next(score for score in scores if score.card.name == name)
        made_by = provenance_of(report.request, [score])
        st.download_button(
            "Heat map as TSV",
            lambda: export.named_tsv(map_columns(score), made_by),
            file_name(made_by, f"{score.card.name}-substitutions", "tsv"),
            key="download-missense",
            on_click="ignore",
        )
    theme = DARK if shell.theme() == "dark" else LIGHT
    figure = heat_map(score, theme, whole=view == VIEWS[1])
    st.plotly_chart(figure, theme=None, key=f"missense_map_{view}", config=_CONFIG)
    st.caption(
        f"{CAPTION} Rows: {ORDER[:7]} small and aliphatic, {ORDER[7:10]} aromatic, "
        f"{ORDER[10:15]} polar, {ORDER[15:18]} basic, {ORDER[18:]} acidic."
    )

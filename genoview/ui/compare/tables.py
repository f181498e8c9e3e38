"""Tables of the page Compare: what each model says of a variant, and how their tracks agree."""

from collections.abc import Sequence

import streamlit as st

from genoview.data.answer import Answer
from genoview.data.request import Request
from genoview.scoring.comparison import CALLED_FROM, CONFIDENT, Pair, Row, pairs, site_pairs
from genoview.ui import sheet
from genoview.ui.compare.page import changes, compared
from genoview.ui.explore import of_locus
from genoview.ui.plain import plain
from genoview.ui.variant.page import DISCLAIMER

CACHED = "compared_pairs"  # key of the session: correlations of what is shown, which take a while
SIGNS = {"up": "gain", "down": "loss", "": "none"}
DIFFERENT_UNITS = (
    "The units differ: compare which models call a change and its sign, not the numbers."
)


def show(request: Request, answers: Sequence[Answer]) -> None:
    """What each says of what changes, and how their tracks correlate; then as on any locus."""
    _of_family(request, answers)
    of_locus.show(request, answers)


def _of_family(request: Request, answers: Sequence[Answer]) -> None:
    family_answers = compared(answers)
    if len(family_answers) < 2:
        return
    if any(answer.card.random_weights for answer in family_answers):
        st.error("RANDOM WEIGHTS: what these models say means nothing.", icon=":material/error:")
    if request.variant is not None:
        _changes(changes(request, family_answers), family_answers)
    _correlations(request, family_answers)
    st.caption(DISCLAIMER)


def _changes(rows: Sequence[Row], answers: Sequence[Answer]) -> None:
    st.markdown("##### What each model predicts, disagreements first")
    if not rows:
        st.info("No model predicts a change of 0.05 or more.")
        return
    titles = [answer.card.title for answer in answers]
    config = {
        f"{title} {what}": st.column_config.NumberColumn(format=style)
        for title in titles
        for what, style in (("REF", "%.3f"), ("ALT", "%.3f"), ("ALT − REF", "%+.3f"))
    }
    sheet.dataframe(
        [_cells(row, titles) for row in rows],
        hide_index=True,
        column_config=config,
        key="agreement_table",
    )
    st.caption(plain(_how_called(rows, answers)))


def _cells(row: Row, titles: Sequence[str]) -> dict[str, object]:
    place = {} if row.position is None else {"position": f"{row.position + 1:,}"}
    strand = "" if row.strand == "." else f" ({row.strand})"
    cells: dict[str, object] = {"what": f"{row.label}{strand}", **place}
    cells |= {
        "agreement": row.verdict.value,
        "called by": f"{len(row.callers)} of {len(row.present)}",
        "sign": SIGNS[row.sign] if row.position is not None else row.sign or "none",
    }
    for title, word in zip(titles, row.words, strict=True):
        cells |= {
            f"{title} REF": word and word.ref,
            f"{title} ALT": word and word.alt,
            f"{title} ALT − REF": word and word.difference,
        }
    for title, word in zip(titles, row.words, strict=True):
        if word is not None and word.where:
            cells[f"{title} in"] = word.where
    return cells


def _how_called(rows: Sequence[Row], answers: Sequence[Answer]) -> str:
    units = "; ".join(f"{answer.card.title}: {_meaning(answer)}" for answer in answers)
    if rows[0].position is not None:
        called = (
            f"A site counts as called from a change of {CALLED_FROM}, the lowest published "
            "cut-off of delta scores (Jaganathan et al. 2019); a sign is given where all models "
            "that call the site agree on it."
        )
    else:
        called = (
            "Reporter activity counts as changed from 0.1 of log2 and twice the spread of the "
            "networks, a promoter from 0.05 of its probability. There is no published cut-off."
        )
    apart = "" if all(row.same_unit for row in rows) else f" {DIFFERENT_UNITS}"
    return f"{called} Units: {units}.{apart}"


def _meaning(answer: Answer) -> str:
    track = answer.ref.data.tracks[0]
    return f"{track.unit} ({track.assay.label})"


def _correlations(request: Request, answers: Sequence[Answer]) -> None:
    shown = request.locus.interval
    st.markdown(f"##### How their tracks of REF agree over {plain(shown.to_ucsc())}")
    key = (request.assembly, shown, tuple((answer.card.name, answer.version) for answer in answers))
    cached = st.session_state.get(CACHED)
    if cached is None or cached[0] != key:
        cached = (key, pairs(answers, shown), site_pairs(answers, shown))
        st.session_state[CACHED] = cached
    number = st.column_config.NumberColumn(format="%.3f")
    sheet.dataframe(
        [_pair_cells(pair) for pair in cached[1]],
        hide_index=True,
        column_config={"Pearson": number, "Spearman": number},
        key="correlation_table",
    )
    for sites in cached[2]:
        kind = "sites" if sites.with_kinds else "positions, acceptors and donors not distinguished,"
        st.markdown(
            f"Above {CONFIDENT} are {sites.n_first:,} {kind} by {plain(sites.titles[0])} and "
            f"{sites.n_second:,} by {plain(sites.titles[1])}; **both have {sites.n_both:,}**."
        )
    if not all(pair.same_unit for pair in cached[1]):
        st.caption(
            "Their units differ, so that only ranks are compared (Spearman): whether one model is "
            "high where the other is, not whether their numbers are equal."
        )


def _pair_cells(pair: Pair) -> dict[str, object]:
    units = pair.units[0] if pair.same_unit else f"ranks only: {' against '.join(pair.units)}"
    values = {"Pearson": pair.pearson} if pair.same_unit else {}
    return {
        "models": " · ".join(pair.titles),
        "tracks": " · ".join(dict.fromkeys(pair.tracks)),
        "strand": pair.strand,
        **values,
        "Spearman": pair.spearman,
        "n": f"{pair.n_bins:,} × {pair.resolution:,} bp",
        "unit": units,
    }

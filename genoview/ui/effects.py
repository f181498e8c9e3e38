"""What a variant changes, in words and tables."""

import re
from collections.abc import Sequence

import streamlit as st

from genoview.genome import Interval
from genoview.pipeline import Answer
from genoview.request import Request
from genoview.scoring import ACTIVITY_FORMULA, VERDICT_RULES
from genoview.summary import N_MOTIFS, activities_of, effects_of, motifs_of, verdict_of
from genoview.ui import shell

NEAREST = 100_000  # bp beside a variant in which its nearest gene is looked for
DISCLAIMER = (
    "Predictions of sequence models, for research; not a clinical interpretation. "
    "Positions are 1-based."
)


def headline(request: Request) -> None:
    """What kind of change it is, and in which genes."""
    variant = request.variant
    if variant is None:
        return
    size = f", {abs(variant.length_change):,} bp" if variant.length_change else ""
    genes = shell.bench().assembly(request.assembly).annotation.genes(variant.interval)
    inside = " and ".join(gene.symbol or gene.gene_id for gene in genes)
    place = f"in {inside}" if inside else _beside(request, variant.interval)
    st.markdown(
        f"**{variant.kind.capitalize()}{size}** at {variant.chrom}:{variant.pos:,}, {place}"
    )


def _beside(request: Request, interval: Interval) -> str:
    """Where a variant between genes lies: how far before or behind the nearest one."""
    around = interval.expanded(NEAREST)
    genes = shell.bench().assembly(request.assembly).annotation.genes(around)
    if not genes:
        return f"in no gene, and none within {NEAREST:,} bp"
    nearest = min(genes, key=lambda gene: _gap(gene.interval, interval))
    left = interval.end <= nearest.interval.start
    side = "upstream" if left == (nearest.interval.strand == "+") else "downstream"
    gap = _gap(nearest.interval, interval)
    return f"in no gene, {gap:,} bp {side} of {nearest.symbol or nearest.gene_id}"


def _gap(a: Interval, b: Interval) -> int:
    """bp from the nearest base of one to the nearest base of the other."""
    return max(a.start - b.end, b.start - a.end) + 1


def tables(request: Request, answers: Sequence[Answer]) -> None:
    """The largest effects, then the motifs that change; nothing of a locus."""
    if request.variant is None:
        return
    st.markdown("##### Largest effects")
    _effects(request, answers)
    _activities(request, answers)
    st.markdown("##### Motifs gained and lost")
    _motifs(request, answers)
    st.caption(DISCLAIMER)


def sentence(request: Request, answers: Sequence[Answer]) -> None:
    """What the variant does, in one sentence, with the rules that made it; nothing of a locus."""
    genes = shell.bench().assembly(request.assembly).annotation.genes(request.predicted)
    words = verdict_of(request, answers, genes)
    if words:
        st.markdown(f"**Verdict.** {escaped(words)}", help=VERDICT_RULES)
        st.caption(DISCLAIMER)


def escaped(words: str) -> str:
    """As Markdown shows them; `->` and `_` have no meaning there."""
    return re.sub(r"([\\`*_{}\[\]<>#~$:])", r"\\\1", words)


def _effects(request: Request, answers: Sequence[Answer]) -> None:
    rows = [
        {
            "family": effect.track.assay.family.value,
            "track": effect.track.label,
            "effect": effect.words,
            "position": f"{effect.position + 1:,}",
            "REF": effect.ref,
            "ALT": effect.alt,
            "ALT − REF": effect.difference,
        }
        for effect in effects_of(request, answers)
    ]
    if not rows:
        st.info("No track changes by 0.05 or more.")
        return
    number = st.column_config.NumberColumn(format="%.3f")
    signed = st.column_config.NumberColumn(format="%+.3f")
    st.dataframe(
        rows,
        hide_index=True,
        column_config={"REF": number, "ALT": number, "ALT − REF": signed},
        key="effects_table",
    )


def _activities(request: Request, answers: Sequence[Answer]) -> None:
    """Log2 fold change of reporter activity in each cell type."""
    changes = activities_of(request, answers)
    if not changes:
        return
    st.markdown("##### Reporter activity", help=f"{ACTIVITY_FORMULA} Unit: log2.")
    number, signed, spread = (
        st.column_config.NumberColumn(format=style) for style in ("%.2f", "%+.2f", "± %.2f")
    )
    st.dataframe(
        [
            {
                "cell": change.cell,
                "effect": change.words,
                "REF": change.ref,
                "ALT": change.alt,
                "log2 fold change": change.log2_fold_change,
                "networks": change.spread,
            }
            for change in changes
        ],
        hide_index=True,
        column_config={
            "REF": number,
            "ALT": number,
            "log2 fold change": signed,
            "networks": spread,
        },
        key="activities_table",
    )
    st.caption(
        f"{changes[0].track.unit}: a fragment of 144 bp on a plasmid, not the expression of the "
        f"gene; mean of {changes[0].n_windows} windows. ± says how far the networks differ, not "
        "how far they are from the truth. Cell types agree in what a variant does wherever this "
        "was tested: a difference between them is not to be read."
    )


def _motifs(request: Request, answers: Sequence[Answer]) -> None:
    changes = motifs_of(request, answers)
    if not changes:
        st.info("No motif site with p < 1e-4 is gained, lost or changed by 0.5 bits.")
        return
    rows = [
        {
            "factor": change.track.name,
            "matrix": change.track.group,
            "change": change.state,
            "place": f"{change.interval.start + 1:,}-{change.interval.end:,}",
            "strand": change.interval.strand,
            "REF score": change.ref_score,
            "ALT score": change.alt_score,
            "REF p": change.ref_p,
            "ALT p": change.alt_p,
        }
        for change in changes[:N_MOTIFS]
    ]
    score = st.column_config.NumberColumn(format="%.1f bits")
    p_value = st.column_config.NumberColumn(format="scientific")
    st.dataframe(
        rows,
        hide_index=True,
        column_config={"REF score": score, "ALT score": score, "REF p": p_value, "ALT p": p_value},
        key="motifs_table",
    )
    if len(changes) > N_MOTIFS:
        st.caption(f"{N_MOTIFS} of {len(changes)} changed sites; the rest are in the exports.")
    st.caption(
        "None: no site with p < 1e-4 in that allele. Bins of occupancy beside an insertion or "
        "deletion are uncertain by one bin; this table compares the sites themselves."
    )

"""The genome under the predictions -> its rows: chromosome, genes, bases and codons."""

from contextlib import suppress

from genoview.data.assembly_names import canonical_assembly
from genoview.errors import GenomeError
from genoview.figure.options import Options
from genoview.figure.panels import (
    LevelMark,
    Row,
    Theme,
    View,
    alt_translation_row,
    gene_row,
    ideogram_row,
    level_row,
    outcome_row,
    sequence_row,
    translation_rows,
)
from genoview.figure.panels.genome.translation import CODON_FROM_PX
from genoview.figure.scene import Scene
from genoview.figure.tracks.many_tracks import Rows
from genoview.io.cytobands import cytobands_of
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.rna.codons import alt_codons

CHROMOSOME, GENES, OUTCOME, SEQUENCE = "chromosome", "genes", "outcome", "sequence"
SEQUENCE_UP_TO = 5_000  # bp in view
LIKELY = 0.5  # change of a site's probability from which ALT is read with other exons


def genome_rows(scene: Scene, frame: View, options: Options) -> Rows:
    """Chromosome, genes, and bases with what they code for where letters can be read."""
    view, assembly, theme = frame.interval, scene.assembly, options.theme
    length = assembly.reference.chromosomes[view.chrom]
    bands = cytobands_of(canonical_assembly(assembly.family), view.chrom)
    genes = assembly.annotation.genes(view.expanded(view.width))
    rows = {
        CHROMOSOME: [ideogram_row(length, bands, frame, theme, scene.request.predicted)],
        GENES: [gene_row(genes, frame, theme, by_transcript=options.by_transcript)],
        OUTCOME: _outcome(scene, frame, theme),
    }
    rows |= {levels.card.name: [_level_row(levels, frame, theme)] for levels in scene.levels}
    if view.width <= SEQUENCE_UP_TO:
        around = view.expanded(view.width // 2)
        with suppress(GenomeError):  # what lies elsewhere and cannot be had now: genes are drawn
            bases = assembly.reference.fetch(around)
            rows[SEQUENCE] = [
                sequence_row(bases, around, frame, theme, scene.request.variant),
                *translation_rows(bases, around, frame, theme, genes=genes),
                *_alt_codons(scene, frame, theme),
            ]
    return rows


def genome_titles(scene: Scene) -> dict[str, str]:
    """Every row that `genome_rows` can draw: id -> title."""
    titles = {CHROMOSOME: "Chromosome", GENES: "Genes"}
    if any(model.alt is not None and model.assay.facts.gives_transcripts for model in scene.shown):
        titles[OUTCOME] = "Transcript before and after"
    titles |= {
        levels.card.name: f"{levels.card.title}: level of each gene" for levels in scene.levels
    }
    return titles | {SEQUENCE: "Sequence and codons"}


def _alt_codons(scene: Scene, frame: View, theme: Theme) -> list[Row]:
    """What ALT reads: as annotated, but with changed splicing where that is likely."""
    report, variant = scene.report, scene.request.variant
    if report is None or variant is None or frame.px_per_bp < CODON_FROM_PX:
        return []
    read = next((rna for rna in report.rna if not rna.events or (rna.score or 0) >= LIKELY), None)
    if read is None:
        return []
    name, strand = f"{read.gene} {read.transcript_id}", read.transcript.interval.strand
    row = alt_translation_row(alt_codons(read, variant), name, strand, frame, theme)
    return [] if row is None else [row]


def _outcome(scene: Scene, frame: View, theme: Theme) -> list[Row]:
    """The transcript that changes most, before and after; nothing where none does."""
    changed = scene.report.outcomes[:1] if scene.report else ()
    return [
        outcome_row(outcome.gene, outcome.before, outcome.after, outcome.words, frame, theme)
        for outcome in changed
    ]


def _level_row(levels: ModelLevels, frame: View, theme: Theme) -> Row:
    marks = [
        LevelMark(level.gene, level.gene_id, level.extent, level.tss, level.ref, level.alt)
        for level in levels.levels
    ]
    n_absent = len(levels.beyond) + levels.n_left_out
    left_out = f"{n_absent:,} genes not listed" if n_absent else ""
    return level_row(
        marks, frame, theme, title=levels.card.title, unit=levels.unit, left_out=left_out
    )

"""Predictions -> rows in the reader's order -> one figure.

Each assay has its own way of being drawn; everything else is a choice of the reader in `Options`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from genoview.data.answer import Shown as Shown
from genoview.data.genome import Interval, Variant
from genoview.data.track_data import Assay
from genoview.figure.options import Options as Options
from genoview.figure.panels import (
    ALT_NOTE,
    DIFFERENCE,
    RANDOM_WEIGHTS,
    Mark,
    Row,
    View,
    composed,
    outcome_row,
    variant_mark,
)
from genoview.figure.panels import Spec as Spec
from genoview.figure.tracks.by_assay import ALL_CELLS, cells_of, model_rows
from genoview.figure.tracks.by_assay import N_FACTORS as N_FACTORS
from genoview.figure.tracks.by_assay import choosable as choosable
from genoview.figure.tracks.by_assay import factor_columns as factor_columns
from genoview.figure.tracks.by_assay import most_changed_tracks as most_changed_tracks
from genoview.figure.tracks.by_assay import optional_ids as optional_ids
from genoview.figure.tracks.genome import CHROMOSOME, GENES, OUTCOME, SEQUENCE, ground_rows
from genoview.figure.tracks.genome import Ground as Ground
from genoview.figure.tracks.junctions_contacts import part_ids
from genoview.figure.tracks.language import language_ids
from genoview.figure.tracks.many_tracks import assay_ids, has_many
from genoview.scoring import (
    outcomes,
)
from genoview.scoring.splicing.outcomes import splice_changes


@dataclass(frozen=True, slots=True)
class Texts:
    """Words around the rows."""

    title: str
    subtitle: str
    provenance: str


Beside = Callable[[View, Options], Mapping[str, Sequence[Row]]]
"""Makes rows that no model drew, such as those of local files, by their ids, as was chosen."""


def spec_of(
    shown: Sequence[Shown],
    ground: Ground,
    variant: Variant | None,
    view: Interval,
    options: Options,
    texts: Texts,
    beside: Beside = lambda view, options: {},
    scans: Beside = lambda view, options: {},
) -> Spec:
    """Everything of one view in one figure, as plain data; a row without values says why.

    Args:
        scans: makes rows that stand above those of motifs, which explain them.
    """
    frame = View(view, width_px=options.width_px)
    under = ground_rows(ground, frame, options, variant)
    if variant is not None:
        under = _behind(under, GENES, {OUTCOME: _outcome(shown, ground, variant, frame, options)})
    rows = {
        row_id: options.chosen(row_id, made)
        for row_id, made in under.items()
        if row_id not in options.hidden and made
    }
    scanned = {row_id: list(made) for row_id, made in scans(frame, options).items()}
    for model in shown:
        rows |= scanned if model.assay is Assay.TF_MOTIF else {}
        rows |= {
            row_id: _by_model(made, model, shown, options)
            for row_id, made in model_rows(model, frame, options).items()
            if made
        }
    rows |= scanned
    rows |= {row_id: list(made) for row_id, made in beside(frame, options).items()}
    marks = [Mark(one.interval, one.label, colour=one.colour) for one in options.highlights]
    if variant is not None:
        marks += map(variant_mark, variant.changes)
    return composed(
        [row for row_id in ordered(list(rows), options.order) for row in rows[row_id]],
        frame,
        options.theme,
        marks=marks,
        title=texts.title,
        subtitle=texts.subtitle,
        note=ALT_NOTE if variant is not None else "",
        provenance=texts.provenance,
        banner=RANDOM_WEIGHTS if any(model.random_weights for model in shown) else None,
    )


def _outcome(
    shown: Sequence[Shown], ground: Ground, variant: Variant, frame: View, options: Options
) -> list[Row]:
    """The transcript that changes most, before and after; nothing where none does."""
    found = outcomes(splice_changes(shown, variant), ground.affected)[:1]
    return [
        outcome_row(one.gene, one.before, one.after, one.words, frame, options.theme)
        for one in found
    ]


def _behind(
    rows: Mapping[str, list[Row]], row_id: str, more: Mapping[str, list[Row]]
) -> dict[str, list[Row]]:
    """Rows with further ones behind the one called `row_id`."""
    ids = list(rows)
    place = ids.index(row_id) + 1
    return {i: rows[i] for i in ids[:place]} | dict(more) | {i: rows[i] for i in ids[place:]}


def _by_model(
    rows: Sequence[Row], model: Shown, shown: Sequence[Shown], options: Options
) -> list[Row]:
    """The rows, each with its model's name, where it is asked for or two could be taken for one."""
    if not (options.name_models or _has_double(model, shown)):
        return list(rows)
    return [
        row if row.title == DIFFERENCE else replace(row, unit=f"{model.title}, {row.unit}")
        for row in rows
    ]


def _has_double(model: Shown, shown: Sequence[Shown]) -> bool:
    """Whether another model is of the same assay."""
    return sum(other.assay is model.assay for other in shown) > 1


def _titled(words: str, model: Shown, shown: Sequence[Shown]) -> str:
    return f"{model.title}: {words}" if _has_double(model, shown) else words


def row_ids(
    shown: Sequence[Shown],
    scans: Mapping[str, str] | None = None,
    tracks: Sequence[str] = (),
    levels: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Every row that these models can draw, and those of `scans`: id -> words.

    Args:
        tracks: what the reader wants of models with many, as in `Options`.
        levels: rows of levels of genes, as `ground.level_ids` has them.
    """
    ids = {CHROMOSOME: "Chromosome", GENES: "Genes"}
    if any(model.alt is not None and model.assay is Assay.SPLICE_SITES for model in shown):
        ids |= {OUTCOME: "Transcript before and after"}
    ids |= dict(levels or {}) | {SEQUENCE: "Sequence and codons"}
    for model in shown:
        match model.assay:
            case Assay.TF_MOTIF:
                ids |= scans or {}
                ids |= {f"{model.name}:sites": "Motif sites"}
                ids |= {f"{model.name}:occupancy": "Motif occupancy"}
            case Assay.SPLICE_SITES:
                ids |= {model.name: _titled("Splice sites", model, shown)}
            case Assay.MPRA | Assay.SPLICE_SITE_STRENGTH:
                ids |= {
                    row_id: _titled(track.name, model, shown)
                    for row_id, track in cells_of(model).items()
                }
                if model.assay is Assay.MPRA:
                    ids |= {f"{model.name}:{ALL_CELLS}": "All cells, as lanes"}
            case Assay.LANGUAGE:
                ids |= {
                    row_id: _titled(words, model, shown)
                    for row_id, words in language_ids(model.name, model.ref.data.tracks).items()
                }
            case _ if not has_many(model.ref.data.tracks):
                ids |= {
                    f"{model.name}:{track.strand}": _titled(track.label, model, shown)
                    for track in model.ref.data.tracks
                }
            case _:
                ids |= assay_ids(model.name, model.ref.data.tracks, tracks)
        ids |= part_ids(model.name, model.ref, model.alt, tracks)
    return ids | dict(scans or {})


def ordered(ids: Sequence[str], order: Sequence[str]) -> list[str]:
    """The reader's order first, the rest behind in the usual one; unnamed, the chromosome leads."""
    if CHROMOSOME not in order:  # as in links made before that row was there
        order = (CHROMOSOME, *order)
    return [i for i in order if i in ids] + [i for i in ids if i not in order]

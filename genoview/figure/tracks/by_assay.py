"""The table assay -> drawer, and what follows from it for a model.

A new assay is a member of `Assay`, an entry here, and a drawer where `Drawer` does not fit.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from genoview.data.answer import Shown
from genoview.data.track_data import Assay, TrackMetadata
from genoview.figure.options import Options
from genoview.figure.panels import View
from genoview.figure.tracks.cell_types import CellTypes
from genoview.figure.tracks.drawer import Drawer
from genoview.figure.tracks.exon_tissues import ExonTissues
from genoview.figure.tracks.junctions_contacts import (
    changed_junction_contacts,
    chosen_by_tissue,
    junction_contact_rows,
    junction_contact_titles,
)
from genoview.figure.tracks.language import BaseProbabilities
from genoview.figure.tracks.many_tracks import Rows, has_many, top_changed
from genoview.figure.tracks.motifs import Motifs
from genoview.figure.tracks.splicing import SiteStrength, SpliceSites
from genoview.report.variant_report import VariantReport

N_TOP = 5  # most changed tracks of an assay that are chosen together

USUAL = Drawer()
DRAWERS: Mapping[Assay, Drawer] = MappingProxyType(
    {
        Assay.RNA_SEQ: USUAL,
        Assay.CAGE: USUAL,
        Assay.PROCAP: USUAL,
        Assay.MPRA: CellTypes(),
        Assay.TSS: USUAL,
        Assay.ATAC: USUAL,
        Assay.DNASE: USUAL,
        Assay.CHIP_TF: USUAL,
        Assay.CHIP_HISTONE: USUAL,
        Assay.TF_MOTIF: Motifs(),
        Assay.SPLICE_SITES: SpliceSites(),
        Assay.SPLICE_SITE_STRENGTH: SiteStrength(),
        Assay.SPLICE_SITE_USAGE: USUAL,
        Assay.SPLICE_JUNCTIONS: USUAL,
        Assay.EXON_INCLUSION: ExonTissues(),
        Assay.CONTACT_MAPS: USUAL,
        Assay.LANGUAGE: BaseProbabilities(),
        Assay.DEPENDENCY: USUAL,
    }
)


def drawer_of(model: Shown) -> Drawer:
    """A model is drawn as the assay of its first track."""
    return DRAWERS[model.assay]


def model_rows(model: Shown, view: View, options: Options) -> Rows:
    """The rows of a model by their ids, without those switched off."""
    rows = drawer_of(model).rows(model, view, options) if model.ref.data.tracks else {}
    rows |= junction_contact_rows(model, view, options)
    return {row_id: drawn for row_id, drawn in rows.items() if row_id not in options.hidden}


def changed_ids(
    model: Shown, tokens: Sequence[str], report: VariantReport | None
) -> frozenset[str]:
    """Ids of the rows in which the variant changes something."""
    own = drawer_of(model).changed(model, tokens, report) if model.ref.data.tracks else frozenset()
    return own | changed_junction_contacts(model, tokens)


def model_titles(
    model: Shown, shown: Sequence[Shown], tokens: Sequence[str] = ()
) -> dict[str, str]:
    """Every row that `model_rows` can draw: id -> title, with the model's name where needed.

    Args:
        shown: all models, of which two may be of one assay.
        tokens: the reader's choice of tissues, as in `Options.tracks`.
    """
    prefix = f"{model.title}: " if has_double(model, shown) else ""
    own = drawer_of(model).titles(model, prefix, tokens)
    return own | junction_contact_titles(model, tokens)


def has_double(model: Shown, shown: Sequence[Shown]) -> bool:
    """Whether another model is of the same assay."""
    return sum(other.assay is model.assay for other in shown) > 1


def optional_ids(shown: Sequence[Shown]) -> tuple[str, ...]:
    """Rows that are drawn only where the reader's order names them."""
    return tuple(row_id for model in shown for row_id in drawer_of(model).optional_ids(model))


def choosable(shown: Sequence[Shown]) -> tuple[TrackMetadata, ...]:
    """The tracks among which a reader may want to choose by tissue, assay and factor."""
    choices: list[TrackMetadata] = []
    for model in shown:
        tracks = model.ref.data.tracks
        if drawer_of(model).by_tissue and has_many(tracks):
            choices += tracks
        choices += chosen_by_tissue(model)
    return tuple(choices)


def most_changed_tracks(shown: Sequence[Shown], most: int = N_TOP) -> list[TrackMetadata]:
    """The tracks that a variant changes most, `most` of each assay: units cannot be compared."""
    return [
        track
        for model in shown
        if model.alt is not None and drawer_of(model).by_tissue
        for track in top_changed(model.ref, model.alt, most)
    ]

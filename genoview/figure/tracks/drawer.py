"""How the tracks of a model are drawn where its assay asks for nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence

from genoview.data.answer import Shown
from genoview.data.genome import Interval
from genoview.data.ontology import Choice
from genoview.data.track_data import AlleleTracks, TrackData
from genoview.figure.options import Options
from genoview.figure.panels import View, largest_changes
from genoview.figure.tracks.many_tracks import (
    Rows,
    assay_columns,
    assay_rows,
    assay_titles,
    has_many,
)
from genoview.report.variant_report import VariantReport
from genoview.scoring import affected_columns

MAX_COLUMNS = 64  # tracks of one file that a reader would open by hand


class Drawer:
    """How the models of an assay are drawn, and what a reader may choose of them.

    Here: a row for each track, or for each tissue where a strand has several tracks. An assay
    that is drawn in another way is a subclass and an entry of `by_assay.DRAWERS`.

    Attributes:
        by_tissue: tracks are chosen by tissue, assay and factor where they are many.
        has_factors: its tracks are binding factors, which a reader chooses by name.
        by_label: single tracks can be switched off by their labels.
        explains_scans: rows of mutagenesis stand above these, which explain them.
    """

    by_tissue = True
    has_factors = False
    by_label = False
    explains_scans = False

    def rows(self, model: Shown, view: View, options: Options) -> Rows:
        """The rows by their ids."""
        if has_many(model.ref.data.tracks):
            return assay_rows(model, view, options)
        rows: Rows = {}
        for column, track in enumerate(model.ref.data.tracks):
            row_id, alleles = f"{model.name}:{track.strand}", selected_tracks(model, [column])
            rows[row_id] = options.signal_rows(row_id, alleles, view, title=track.label)
        return rows

    def titles(self, model: Shown, prefix: str, tokens: Sequence[str]) -> dict[str, str]:
        """Every row that `rows` can draw: id -> title.

        Args:
            prefix: the model's name, before titles that another model has too; else empty.
            tokens: the reader's choice of tissues, as in `Options.tracks`.
        """
        tracks = model.ref.data.tracks
        if has_many(tracks):
            return assay_titles(model, tokens)
        return {f"{model.name}:{track.strand}": f"{prefix}{track.label}" for track in tracks}

    def columns(self, model: Shown, tokens: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """The tracks behind every row that `rows` can draw, by its id."""
        tracks = model.ref.data.tracks
        if has_many(tracks):
            return assay_columns(model.name, tracks, tokens)
        return {f"{model.name}:{track.strand}": [i] for i, track in enumerate(tracks)}

    def changed(
        self, model: Shown, tokens: Sequence[str], report: VariantReport | None
    ) -> frozenset[str]:
        """Ids of the rows whose tracks the variant changes, as the table of effects counts it."""
        columns = changed_tracks(model)
        rows = self.columns(model, tokens).items()
        return frozenset(row_id for row_id, own in rows if columns.intersection(own))

    def optional_ids(self, model: Shown) -> tuple[str, ...]:
        """Rows that are drawn only where the reader's order names them."""
        return ()

    def file_columns(self, model: Shown, view: Interval, options: Options) -> Sequence[int]:
        """The tracks that go into a file for a person to read, where there are many."""
        return Choice.of(options.tracks).picks(model.ref.data.tracks)[:MAX_COLUMNS]

    def stops(self, data: TrackData) -> Iterable[tuple[int, str]]:
        """Positions that the keys of the track view go to, 0-based, each with its name."""
        return ()


def changed_tracks(model: Shown) -> frozenset[int]:
    """Columns of the tracks that the variant changes."""
    if model.alt is None:
        return frozenset()
    largest = largest_changes(AlleleTracks(model.ref.data, model.alt.data))
    return frozenset(affected_columns(model.ref.data.tracks, largest))


def selected_tracks(model: Shown, columns: Sequence[int]) -> tuple[TrackData, TrackData | None]:
    """Some columns of REF, and of ALT where there is one."""
    alt = None if model.alt is None else model.alt.data.select(columns)
    return model.ref.data.select(columns), alt

"""REF and ALT of several models -> change by each in the same cell and its strongest track."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackMetadata
from genoview.scoring import activity_changes
from genoview.scoring.comparison.words import Row, Word, disagreements_first

STRONGEST = "track that changes most"


@dataclass(frozen=True, slots=True)
class _TrackChange:
    """The change of one track, its cell, and its size relative to the reporting threshold."""

    word: Word
    sample: str
    cell: str
    unit: tuple[Assay, str]
    size: float

    @classmethod
    def of(cls, track: TrackMetadata, word: Word, size: float) -> Self:
        sample = track.biosample
        curie, name = (sample.curie, sample.name) if sample else ("", "")
        return cls(word, curie, name, (track.assay, track.unit), size)


def changed_tracks(answers: Sequence[Answer], variant: Variant) -> tuple[Row, ...]:
    """First each model's strongest track, then the cells that two or more share.

    Reporter activity is the mean over the windows that hold the variant, and over strands; other
    tracks are read where they change most.
    """
    by_model = [_words(answer, variant) for answer in answers]
    if sum(map(bool, by_model)) < 2:
        return ()
    strongest = [max(changes, key=lambda change: change.size, default=None) for changes in by_model]
    cells = {
        change.sample: change.cell for changes in by_model for change in changes if change.sample
    }
    rows = []
    for sample, cell in cells.items():
        chosen = [
            next((change for change in changes if change.sample == sample), None)
            for changes in by_model
        ]
        if sum(change is not None for change in chosen) > 1:
            rows.append(_row(cell, chosen))
    return (_row(STRONGEST, strongest), *disagreements_first(rows))


def _row(label: str, changes: Sequence[_TrackChange | None]) -> Row:
    units = {change.unit for change in changes if change is not None}
    words = tuple(None if change is None else change.word for change in changes)
    return Row(label, ".", words, same_unit=len(units) == 1)


def _words(answer: Answer, variant: Variant) -> list[_TrackChange]:
    pair = answer.alleles
    if pair is None:
        return []
    if pair.ref.tracks[0].assay.facts.is_reporter:
        return _activities(answer, pair, variant)
    return _extremes(pair)


def _activities(answer: Answer, pair: AlleleTracks, variant: Variant) -> list[_TrackChange]:
    """One a group of tracks; a cell with several is shown by its first."""
    changes = []
    for change in activity_changes(pair, answer.members, variant, answer.reach):
        track, size = change.track, abs(change.log2_fold_change)
        word = Word(change.ref, change.alt, change.is_clear, track.name)
        changes.append(_TrackChange.of(track, word, size))
    return changes


def _extremes(pair: AlleleTracks) -> list[_TrackChange]:
    change = pair.difference().values
    bins = np.abs(change).argmax(axis=0)
    changes = []
    for column, track in enumerate(pair.ref.tracks):
        row = int(bins[column])
        least = track.assay.facts.least_effect
        size = abs(float(change[row, column]))
        word = Word(
            float(pair.ref.values[row, column]),
            float(pair.alt.values[row, column]),
            size >= least,
            track.label,
        )
        changes.append(_TrackChange.of(track, word, size))
    return sorted(changes, key=lambda item: -item.size)

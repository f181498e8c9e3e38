"""REF and ALT of several models -> what each says of the same cell, and of its strongest track."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, Assay
from genoview.scoring import activity_changes, smallest_effect
from genoview.scoring.comparison.words import Row, Word, disagreements_first

STRONGEST = "track that changes most"


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of one track, its cell, and how large it is beside what is reported at all."""

    word: Word
    sample: str
    cell: str
    unit: tuple[Assay, str]
    size: float


def changed_tracks(answers: Sequence[Answer], variant: Variant) -> tuple[Row, ...]:
    """First each model's strongest track, then the cells that two or more share.

    Reporter activity is the mean over the windows that hold the variant, and over strands; other
    tracks are read where they change most.
    """
    said = [_words(found, variant) for found in answers]
    if sum(map(bool, said)) < 2:
        return ()
    strongest = [max(one, key=lambda each: each.size, default=None) for one in said]
    cells = {each.sample: each.cell for one in said for each in one if each.sample}
    rows = []
    for sample, cell in cells.items():
        chosen = [next((each for each in one if each.sample == sample), None) for one in said]
        if sum(each is not None for each in chosen) > 1:
            rows.append(_row(cell, chosen))
    return (_row(STRONGEST, strongest), *disagreements_first(rows))


def _row(label: str, said: Sequence[_Said | None]) -> Row:
    units = {each.unit for each in said if each is not None}
    words = tuple(None if each is None else each.word for each in said)
    return Row(label, ".", words, same_unit=len(units) == 1)


def _words(found: Answer, variant: Variant) -> list[_Said]:
    pair = found.alleles
    if pair is None:
        return []
    if pair.ref.tracks[0].assay is Assay.MPRA:
        return _activities(found, pair, variant)
    return _extremes(pair)


def _activities(found: Answer, pair: AlleleTracks, variant: Variant) -> list[_Said]:
    """One a group of tracks; a cell with several is told by its first."""
    said = []
    for change in activity_changes(pair, found.members, variant, found.reach):
        track, size = change.track, abs(change.log2_fold_change)
        word = Word(change.ref, change.alt, change.is_clear, track.name)
        sample = track.biosample
        said.append(
            _Said(
                word,
                sample.curie if sample else "",
                sample.name if sample else "",
                (track.assay, track.unit),
                size,
            )
        )
    return said


def _extremes(pair: AlleleTracks) -> list[_Said]:
    change = pair.difference().values
    bins = np.abs(change).argmax(axis=0)
    said = []
    for column, track in enumerate(pair.ref.tracks):
        row = int(bins[column])
        least = smallest_effect(track.assay)
        size = abs(float(change[row, column]))
        word = Word(
            float(pair.ref.values[row, column]),
            float(pair.alt.values[row, column]),
            size >= least,
            track.label,
        )
        sample = track.biosample
        said.append(
            _Said(
                word,
                sample.curie if sample else "",
                sample.name if sample else "",
                (track.assay, track.unit),
                size,
            )
        )
    return sorted(said, key=lambda each: -each.size)

"""Probabilities by a language model of both alleles + a substitution -> log-likelihood scores."""

from collections.abc import Iterator, Sequence

import numpy as np

from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, TrackData, TrackMetadata
from genoview.scoring.tracks.formula import Float64Array, Formula, TrackScore

LEAST = 1e-10  # lower bound of a probability
OWN = "own"  # group of the track of the base that is there; of the four others, their base
RATIO = Formula(
    "Log-likelihood ratio",
    "Σ over substituted bases of ln P(ALT base) − ln P(REF base), the base hidden from the model "
    "and all others as in REF",
    "natural logarithm",
    "Benegas et al. 2023, PNAS 120:e2311219120",
)
PSEUDO = Formula(
    "Pseudo-log-likelihood",
    "Σ over the predicted bases of ln P(base of ALT) − ln P(base of REF), each base hidden in turn "
    "and all others as in its allele",
    "natural logarithm",
    "Salazar et al. 2020, doi:10.18653/v1/2020.acl-main.240",
)


def language_scores(pair: AlleleTracks, variant: Variant) -> Iterator[TrackScore]:
    """Of substitutions of any length; none of insertions and deletions, nor of other tracks."""
    tracks = pair.ref.tracks
    columns = {track.group: i for i, track in enumerate(tracks) if track.assay.facts.is_base}
    changes = variant.changes
    alike = all(len(change.ref) == len(change.alt) for change in changes)
    if OWN not in columns or not alike:
        return
    ratio = 0.0
    for change in changes:
        for i, (ref, alt) in enumerate(zip(change.ref, change.alt, strict=True)):
            here = _logs(pair.ref)[change.start + i - pair.ref.interval.start]
            ratio += float(here[columns[alt]] - here[columns[ref]])
    own = columns[OWN]
    moved = _logs(pair.alt)[:, own].sum() - _logs(pair.ref)[:, own].sum()
    yield TrackScore(RATIO, tracks[own], ratio)
    yield TrackScore(PSEUDO, tracks[own], float(moved))


def _logs(data: TrackData) -> Float64Array:
    return np.log(np.maximum(data.values.astype(np.float64), LEAST))


BASES = "ACGT"  # groups of their tracks


def is_language(tracks: Sequence[TrackMetadata]) -> bool:
    """Whether rows of these tracks are drawn here."""
    return bool(tracks) and all(track.assay.facts.is_base for track in tracks)


def letter_columns(tracks: Sequence[TrackMetadata]) -> list[int]:
    """The tracks of the probabilities of A, C, G and T, in this order."""
    by_group = {track.group: i for i, track in enumerate(tracks)}
    return [by_group[base] for base in BASES]


def reported_alleles(pair: AlleleTracks) -> AlleleTracks:
    """Those tracks whose change is worth a line each: of a language model not the four bases."""
    if not is_language(pair.ref.tracks):
        return pair
    letters = letter_columns(pair.ref.tracks)
    kept = np.setdiff1d(np.arange(len(pair.ref.tracks)), letters).tolist()
    return AlleleTracks(pair.ref.select(kept), pair.alt.select(kept))

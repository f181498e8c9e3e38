"""REF and ALT of several splicing models -> the splice sites that any of them sees changed."""

from collections.abc import Sequence

from genoview.data.answer import Answer
from genoview.data.genome import Variant
from genoview.data.track_data import AlleleTracks, Assay, TrackMetadata
from genoview.scoring import largest_effects
from genoview.scoring.comparison.words import CALLED_FROM, Row, Word, disagreements_first

KINDS = ("acceptor", "donor")
PER_TRACK = 6  # changed sites that are taken of a track
Place = tuple[int, str]
"""0-based position and strand."""


def changed_sites(answers: Sequence[Answer], variant: Variant) -> tuple[Row, ...]:
    """A row for each site, disagreements first; what changes less than 0.05 everywhere is left out.

    A model that does not tell acceptors from donors speaks of the place alone: its word stands
    beside whatever site the others see there.
    """
    pairs = [answer.alleles for answer in answers]
    units = {_unit(pair) for pair in pairs if pair is not None}
    rows = [
        Row(
            kind or "splice site",
            place[1],
            tuple(None if pair is None else _word(pair, place, kind) for pair in pairs),
            place[0],
            same_unit=len(units) == 1,
        )
        for place, kinds in _places(pairs, variant).items()
        for kind in (kinds - {""} or {""})
    ]
    return disagreements_first(rows)


def kind_of(track: TrackMetadata) -> str:
    """`acceptor` or `donor`; empty where a track is of both."""
    return next((kind for kind in KINDS if kind in track.name.lower()), "")


def _unit(pair: AlleleTracks) -> tuple[Assay, str]:
    return pair.ref.tracks[0].assay, pair.ref.tracks[0].unit


def _places(pairs: Sequence[AlleleTracks | None], variant: Variant) -> dict[Place, set[str]]:
    kinds: dict[Place, set[str]] = {}
    for pair in pairs:
        if pair is None:
            continue
        for effect in largest_effects(pair, variant, per_track=PER_TRACK):
            if effect.track.assay.facts.is_splice_site:
                place = effect.position, effect.track.strand
                kinds.setdefault(place, set()).add(kind_of(effect.track))
    return dict(sorted(kinds.items()))


def _word(pair: AlleleTracks, place: Place, kind: str) -> Word | None:
    """Of the track that changes most there, among those of the strand and kind."""
    data, (position, strand) = pair.ref, place
    row = (position - data.interval.start) // data.resolution
    columns = [
        i
        for i, track in enumerate(data.tracks)
        if track.strand == strand
        and track.assay.facts.is_splice_site
        and kind_of(track) in (kind, "")
    ]
    if not kind:  # no model that tells them apart calls it: whichever changes most
        columns = [i for i, track in enumerate(data.tracks) if track.strand == strand]
    if not columns or not 0 <= row < data.n_bins:
        return None
    change = pair.alt.values[row] - data.values[row]
    column = max(columns, key=lambda i: abs(float(change[i])))
    sample = data.tracks[column].biosample
    return Word(
        float(data.values[row, column]),
        float(pair.alt.values[row, column]),
        abs(float(change[column])) >= CALLED_FROM,
        sample.name if sample else "",
    )

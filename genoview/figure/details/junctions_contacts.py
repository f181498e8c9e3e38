"""What junctions and contact maps say at a base or over a stretch: of the tissues with a row.

Answer -> rows for `reading`, plain values ready for JSON; an unknown value is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from genoview.data.answer import Answer
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.site_data import FloatArray, IntArray
from genoview.figure.tracks.junctions_contacts import junction_columns, map_columns

MOST_ARCS = 8  # over one base that are listed, of a tissue
MOST_JUNCTIONS = 100  # inside a stretch that are listed, of all tissues
NEIGHBOURS = 2  # bins apart, at least, of a listed pair, as in the figure
Json = dict[str, Any]


def junction_contact_values(answer: Answer, place: Interval, tokens: Sequence[str]) -> list[Json]:
    """Arcs over one base, and the bin that its bin touches most.

    Args:
        tokens: the reader's choice of tissues, as in `Options`.
    """
    return [*_arcs_over(answer, place, tokens), *_partners(answer, place, tokens)]


def drawn_junctions(
    answer: Answer, tokens: Sequence[str]
) -> tuple[Junctions, Junctions | None] | None:
    """Those of the tissues with a row, of both alleles; None where the model has none."""
    ref, alt = answer.ref.junctions, None if answer.alt is None else answer.alt.junctions
    columns = junction_columns(answer.shown, tokens).values()
    if ref is None or not columns:
        return None
    if alt is None:
        return ref.select(columns), None
    return ref.select(columns).aligned(alt.select(columns))


def drawn_maps(answer: Answer, tokens: Sequence[str]) -> list[tuple[ContactMap, ContactMap | None]]:
    """A map of one track each, of both alleles, of the tissues with a row."""
    ref, alt = answer.ref.contacts, None if answer.alt is None else answer.alt.contacts
    columns = map_columns(answer.shown, tokens).values()
    if ref is None:
        return []
    return [(ref.select([i]), None if alt is None else alt.select([i])) for i in columns]


def place_words(place: Interval) -> str:
    """`43,000,101-43,001,000`: 1-based, both ends included."""
    return place.to_ucsc().partition(":")[2]


def _arcs_over(answer: Answer, place: Interval, tokens: Sequence[str]) -> list[Json]:
    drawn = drawn_junctions(answer, tokens)
    if drawn is None:
        return []
    over = (drawn[0].start <= place.start) & (place.start < drawn[0].end)
    ref, alt = (None if junctions is None else junctions.where(over) for junctions in drawn)
    assert ref is not None
    rows = []
    for column, track in enumerate(ref.tracks):
        size = _larger(ref.values[:, column], None if alt is None else alt.values[:, column])
        ranked = np.argsort(-size, kind="stable")[: int((size > 0).sum())]
        values = [
            _valued(f"Junction {_intron(ref, i)}, {track.name}", ref, alt, (i, column))
            for i in ranked[:MOST_ARCS].tolist()
        ]
        title = f"Junctions, {track.name}"
        more = len(ranked) - len(values)
        rows.append({"title": title, "unit": track.unit, "values": values, "leftOut": more})
    return rows


def _valued(
    name: str, ref: Junctions | ContactMap, alt: Junctions | ContactMap | None, at: tuple[int, ...]
) -> Json:
    """A name with the stored number of both alleles; a junction without one counts as 0."""
    value: Json = {"name": name, "value": float(np.nan_to_num(ref.values[at]))}
    return value if alt is None else value | {"alt": float(np.nan_to_num(alt.values[at]))}


def _larger(ref: FloatArray, alt: FloatArray | None) -> FloatArray:
    known = np.nan_to_num(ref)
    return known if alt is None else np.maximum(known, np.nan_to_num(alt))


def _intron(junctions: Junctions, i: int) -> str:
    place = Interval("", int(junctions.start[i]), int(junctions.end[i]))
    return f"{place_words(place)} ({'+' if junctions.strand[i] > 0 else '−'})"


def _partners(answer: Answer, place: Interval, tokens: Sequence[str]) -> list[Json]:
    rows = []
    for ref, alt in drawn_maps(answer, tokens):
        track = ref.tracks[0]
        values = []
        if ref.interval.overlaps(place):
            own = (place.start - ref.interval.start) // ref.resolution
            partner = _strongest_with(ref.values[..., 0], own)
            at = (min(own, partner), max(own, partner), 0)
            known = [contacts.values[at] for contacts in (ref, alt) if contacts is not None]
            if partner >= 0 and np.isfinite(known).all():
                there = place_words(bin_of(ref, partner))
                values = [_valued(f"Contacts, {track.name}, most with {there}", ref, alt, at)]
        title = f"Contacts, {track.name}"
        rows.append({"title": title, "unit": track.unit, "values": values, "leftOut": 0})
    return rows


def _strongest_with(values: FloatArray, own: int) -> int:
    """The bin that this one touches most, its neighbours apart; -1 where none is known."""
    others = np.arange(len(values))
    pairs = values[np.minimum(own, others), np.maximum(own, others)]
    known = (np.abs(others - own) >= NEIGHBOURS) & np.isfinite(pairs)
    size = np.where(known, np.abs(np.nan_to_num(pairs)), -1)
    return int(size.argmax()) if known.any() else -1


def bin_of(contacts: ContactMap, number: int) -> Interval:
    """Where a bin lies."""
    start = contacts.interval.start + number * contacts.resolution
    return Interval(contacts.interval.chrom, start, start + contacts.resolution)


def contacts_within(answer: Answer, place: Interval, tokens: Sequence[str]) -> list[Json]:
    """Mean and maximum over all pairs of the bins that touch a stretch, a row an allele."""
    return [
        row if alt is None else row | {"allele": allele}
        for ref, alt in drawn_maps(answer, tokens)
        for allele, contacts in (("REF", ref), ("ALT", alt))
        if contacts is not None and contacts.interval.overlaps(place)
        for row in _pair_statistics(contacts.slice(place))
    ]


def _pair_statistics(part: ContactMap) -> Iterable[Json]:
    left, right = np.triu_indices(part.n_bins)
    pairs = part.values[left, right, 0]
    known = np.flatnonzero(np.isfinite(pairs))
    if not len(known):
        return
    at = int(known[pairs[known].argmax()])
    first, other = (place_words(bin_of(part, int(side[at]))) for side in (left, right))
    yield {
        "title": f"Contacts, {part.tracks[0].name}",
        "unit": part.tracks[0].unit,
        "mean": float(pairs[known].mean(dtype=np.float64)),
        "max": float(pairs[at]),
        "at": part.interval.start + int(left[at]) * part.resolution + 1,
        "where": first if first == other else f"{first} with {other}",
    }


def junctions_within(
    answers: Sequence[Answer], place: Interval, tokens: Sequence[str]
) -> tuple[list[Json], int]:
    """Junctions whose introns lie inside a stretch, the most used first; and how many more."""
    inside: list[tuple[float, Json]] = []
    for answer in answers:
        drawn = drawn_junctions(answer, tokens)
        if drawn is not None:
            inside += _inside(*drawn, place)
    inside.sort(key=lambda pair: -pair[0])
    listed = [row for _, row in inside[:MOST_JUNCTIONS]]
    return listed, len(inside) - len(listed)


def _inside(ref: Junctions, alt: Junctions | None, place: Interval) -> list[tuple[float, Json]]:
    """Each of a tissue with its larger usage, by which it is ranked."""
    inside: IntArray = np.flatnonzero((ref.start >= place.start) & (ref.end <= place.end))
    rows = []
    for i in inside.tolist():
        size = _larger(ref.values[i], None if alt is None else alt.values[i])
        for column in np.flatnonzero(size > 0).tolist():
            track = ref.tracks[column]
            facts = {"tissue": track.name, "unit": track.unit}
            ends = {"first": int(ref.start[i]) + 1, "last": int(ref.end[i])}
            row = _valued(_intron(ref, i), ref, alt, (i, column)) | facts | ends
            rows.append((float(size[column]), row))
    return rows

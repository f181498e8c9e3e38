"""A cell of a contact map that was clicked -> its two bins, and how much they touch."""

import re
from collections.abc import Sequence
from functools import partial

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.details.card import Card, answer_with, card_with, exact, fields_of, signed
from genoview.figure.panels import pair_value
from genoview.figure.scene import Scene
from genoview.figure.tracks.junctions_contacts import map_columns

KEY = re.compile(r"(\d{1,11})-(\d{1,11})", re.ASCII)
Lines = list[tuple[str, str]]


def contact_card(scene: Scene, key: str, tokens: Sequence[str] = ()) -> Card:
    """Both bins of a pair and its value: stored, or the mean of those that are drawn as one.

    Args:
        key: row, bp of a bin as it is drawn, and a base of each of the two bins, from 1.
        tokens: the reader's choice of tissues.

    Raises:
        QueryError: no such pair is shown.
    """
    row_id, wide, text = fields_of(key, 3)
    columns_of = partial(map_columns, tokens=tokens)
    answer, column = answer_with(scene.answers, row_id, columns_of, "This contact map is")
    assert answer.ref.contacts is not None  # or it had no row
    ref = answer.ref.contacts.select([column])
    alt = answer.alt.contacts.select([column]) if answer.alt and answer.alt.contacts else None
    factor = _factor(ref, wide)
    pair = _pair(ref, text, factor)
    track, bins = ref.tracks[0], [_bin(ref, number, factor) for number in pair]
    lines = [
        ("First bin", bins[0].to_ucsc()),
        ("Second bin", "the same" if pair[0] == pair[1] else bins[1].to_ucsc()),
        ("Apart", f"{bins[1].start - bins[0].start:,} bp"),
        *_values(ref, alt, pair, factor),
        ("Unit", track.unit),
        ("Tissue", track.biosample.name if track.biosample else ""),
        ("Model", answer.card.title),
    ]
    return card_with(f"Contacts, {track.name}", lines)


def _factor(contacts: ContactMap, wide: str) -> int:
    """Stored bins that are drawn as one."""
    bp = int(wide) if wide.isascii() and wide.isdecimal() and len(wide) < 12 else 0
    if not bp or bp % contacts.resolution:
        raise QueryError(f"{wide[:20]!r} bp is not a width of bins of this map; reload the page.")
    return bp // contacts.resolution


def _pair(contacts: ContactMap, text: str, factor: int) -> tuple[int, int]:
    """Numbers of the drawn bins that hold the two bases, the left one first."""
    match = KEY.fullmatch(text)
    bases = sorted(int(base) - 1 for base in match.groups()) if match else [-1]
    if not contacts.interval.start <= bases[0] <= bases[-1] < contacts.interval.end:
        raise QueryError(f"{text[:40]!r} lies outside of this contact map; reload the page.")
    wide = contacts.resolution * factor
    left, right = ((base - contacts.interval.start) // wide for base in bases)
    return left, right


def _bin(contacts: ContactMap, number: int, factor: int) -> Interval:
    """Where a drawn bin lies; the last one ends with the map."""
    whole, wide = contacts.interval, contacts.resolution * factor
    start = whole.start + number * wide
    return Interval(whole.chrom, start, min(start + wide, whole.end))


def _values(ref: ContactMap, alt: ContactMap | None, pair: tuple[int, int], factor: int) -> Lines:
    """REF, ALT and their difference; of joined bins, what was joined and its largest."""
    alleles = {"Contact": ref} if alt is None else {"Contact REF": ref, "Contact ALT": alt}
    values = {name: pair_value(contacts, pair, factor) for name, contacts in alleles.items()}
    lines = [(name, exact(v) if np.isfinite(v) else "no value") for name, v in values.items()]
    before, *after = values.values()
    lines += [
        ("ALT − REF", signed(value - before)) for value in after if np.isfinite(value - before)
    ]
    if factor > 1:
        words = f"{factor} × {factor} pairs of bins of {ref.resolution:,} bp"
        lines.append(("Mean of", words))
        lines += [(f"Strongest{n[7:]}", _strongest(c, pair, factor)) for n, c in alleles.items()]
    return lines


def _strongest(contacts: ContactMap, pair: tuple[int, int], factor: int) -> str:
    """The stored pair that is farthest from zero among those drawn as one."""
    first, second = (slice(n * factor, (n + 1) * factor) for n in pair)
    block = contacts.values[first, second, 0]
    size = np.where(np.isfinite(block), np.abs(block), -1)
    row, column = np.unravel_index(int(size.argmax()), block.shape)
    if size[row, column] < 0:
        return ""
    bins = [
        _bin(contacts, n * factor + int(i), 1) for n, i in zip(pair, (row, column), strict=True)
    ]
    places = " with ".join(place.to_ucsc().partition(":")[2] for place in bins)
    return f"{exact(block[row, column])}, {places}"

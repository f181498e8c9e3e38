"""An arc that was clicked -> its intron, and how much each tissue uses it in REF and in ALT."""

import re
from collections.abc import Sequence
from functools import partial
from typing import SupportsFloat

import numpy as np

from genoview.data.genome import Gene, Interval
from genoview.data.junction_data import Junctions
from genoview.data.site_data import FloatArray
from genoview.errors import QueryError
from genoview.figure.details.card import (
    STRANDS,
    Card,
    answer_with,
    card_with,
    exact,
    fields_of,
    signed,
)
from genoview.figure.scene import Scene
from genoview.figure.tracks.junctions_contacts import junction_columns

MOST_TISSUES = 8  # listed beside the row's own
MOST_TRANSCRIPTS = 6  # of a gene that are named
ABSENT = "no such junction, drawn as 0"
KEY = re.compile(r"([+-])(\d{1,11})-(\d{1,11})", re.ASCII)
Lines = list[tuple[str, str]]


def junction_card(scene: Scene, key: str, tokens: Sequence[str] = ()) -> Card:
    """Donor, acceptor, strand and the stored usage of a junction.

    Args:
        key: row, "arc", and the strand with first and last base of the intron, from 1.
        tokens: the reader's choice of tissues.

    Raises:
        QueryError: no such junction is shown.
    """
    row_id, _, text = fields_of(key, 3)
    columns_of = partial(junction_columns, tokens=tokens)
    answer, column = answer_with(scene.answers, row_id, columns_of, "These junctions are")
    ref, alt = answer.ref.junctions, answer.alt.junctions if answer.alt else None
    assert ref is not None  # or it had no row
    tracks, intron = ref.tracks, _intron(ref, text)
    alleles = {"": ref} if alt is None else {" REF": ref, " ALT": alt}
    usage = {name: _usage(junctions, intron) for name, junctions in alleles.items()}
    if all(values is None for values in usage.values()):
        raise QueryError(f"There is no junction {intron.to_ucsc()} any more; reload the page.")
    lines = [
        *_ends(intron),
        ("Tissue", tracks[column].name),
        *_own(usage, column),
        ("Unit", tracks[column].unit),
        *_others(usage, column, [track.name for track in tracks]),
        *_transcripts(scene.assembly.annotation.genes(intron), intron),
        ("Model", answer.card.title),
    ]
    return card_with(f"Junction {intron.to_ucsc()}", lines)


def _intron(junctions: Junctions, text: str) -> Interval:
    match = KEY.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= int(match[3]):
        raise QueryError(f"{text[:40]!r} is not a junction in the tracks; reload the page.")
    return Interval(junctions.interval.chrom, int(match[2]) - 1, int(match[3]), match[1])


def _usage(junctions: Junctions, intron: Interval) -> FloatArray | None:
    """float32[tissues]; None where the allele has no such junction."""
    same = (junctions.start == intron.start) & (junctions.end == intron.end)
    at = np.flatnonzero(same & (junctions.strand == (-1 if intron.strand == "-" else 1)))
    return np.asarray(junctions.values[at[0]]) if len(at) else None


def _ends(intron: Interval) -> Lines:
    """The exons' bases beside the intron, as cards of splice sites name them."""
    before = Interval(intron.chrom, intron.start - 1, intron.start)
    behind = Interval(intron.chrom, intron.end, intron.end + 1)
    donor, acceptor = (behind, before) if intron.strand == "-" else (before, behind)
    return [
        ("Donor", f"{_base(donor)}, last base of an exon"),
        ("Acceptor", f"{_base(acceptor)}, first base of the next"),
        ("Strand", STRANDS[intron.strand]),
        ("Intron", f"{intron.to_ucsc()} ({intron.width:,} bp)"),
    ]


def _base(place: Interval) -> str:
    return place.to_ucsc().partition("-")[0]


def _number(value: np.float32) -> str:
    return exact(value) if np.isfinite(value) else "no value"


def _own(usage: dict[str, FloatArray | None], column: int) -> Lines:
    """The row's own tissue, to the last digit."""
    lines = [
        (f"Usage{allele}", ABSENT if values is None else _number(values[column]))
        for allele, values in usage.items()
    ]
    return [*lines, *((label, signed(size)) for label, size in _change(usage, column))]


def _change(usage: dict[str, FloatArray | None], column: int) -> list[tuple[str, SupportsFloat]]:
    """ALT - REF, an absent junction as 0; nothing without two alleles or where one is unknown."""
    if len(usage) == 1:
        return []
    ref, alt = (np.float32(0) if values is None else values[column] for values in usage.values())
    change = alt - ref
    return [("ALT − REF", change)] if np.isfinite(change) else []


def _others(usage: dict[str, FloatArray | None], column: int, names: Sequence[str]) -> Lines:
    """Other tissues: those most changed between two alleles, or with the highest usage."""
    known = [
        np.zeros(len(names)) if values is None else np.nan_to_num(values)
        for values in usage.values()
    ]
    size = known[0] if len(known) == 1 else np.abs(known[1] - known[0])
    ranked = [i for i in np.lexsort((-known[0], -size)).tolist() if i != column]
    lines = [(names[i], _in_tissue(usage, i)) for i in ranked[:MOST_TISSUES]]
    more = len(ranked) - len(lines)
    return [*lines, ("Other tissues", f"{more:,} more" if more > 0 else "")]


def _in_tissue(usage: dict[str, FloatArray | None], i: int) -> str:
    """`REF 12.5, ALT 3 (-9.5)`, or the one value."""
    words = [
        f"{allele.strip()} {'0' if values is None else _number(values[i])}".strip()
        for allele, values in usage.items()
    ]
    return ", ".join(words) + "".join(f" ({signed(size)})" for _, size in _change(usage, i))


def _transcripts(genes: Sequence[Gene], intron: Interval) -> Lines:
    """Those, by gene, that have this very intron."""
    lines = []
    for gene in genes:
        names = [
            transcript.transcript_id
            for transcript in gene.transcripts
            if intron in transcript.introns
        ]
        if names:
            more = len(names) - MOST_TRANSCRIPTS
            tail = f" and {more:,} more" if more > 0 else ""
            listed = ", ".join(names[:MOST_TRANSCRIPTS])
            lines.append(("Intron of", f"{gene.symbol or gene.gene_id}: {listed}{tail}"))
    return lines or [("Intron of", "no annotated transcript")]

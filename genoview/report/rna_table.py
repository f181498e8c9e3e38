"""One transcript before and after -> a small table, and the part of its proteins to draw."""

from dataclasses import dataclass

from genoview.scoring.rna import words
from genoview.scoring.rna.message import Message
from genoview.scoring.rna.outcome import ProteinEffect, RnaOutcome
from genoview.scoring.splicing.events import EventKind, SpliceEvent

COLUMNS_SHOWN = 60  # residues a line
MARGIN = 15  # residues before and behind the change
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact of REF and of ALT; "" where there is none."""

    name: str
    ref: str
    alt: str


@dataclass(frozen=True, slots=True)
class ProteinLine:
    """Columns of an alignment.

    Attributes:
        ref_from, alt_from: number of the first residue of each in the line; 0 where it has none.
        changed: of each column whether REF and ALT differ there.
    """

    ref_from: int
    alt_from: int
    ref: str
    alt: str
    changed: tuple[bool, ...]


def compared(outcome: RnaOutcome) -> list[Compared]:
    """What differs comes with both values; what is not read is left out."""
    before, after = outcome.before, outcome.after
    rows = [Compared("transcript", _exons(before), _exons(after))]
    rows += [row for event in outcome.events for row in _sized(event, outcome)]
    if outcome.alignment is None:
        return [*rows, Compared("protein", _residues(before), words.protein(outcome))]
    rows.append(Compared("reading frame", "", outcome.frame or "kept"))
    rows.append(Compared("stop codon", _stop(before), _stop(after)))
    rows.append(Compared("nonsense-mediated decay", "", outcome.decay.words))
    change = words.residues(outcome)
    after_words = f"{_residues(after)}: {change}" if change else _residues(after)
    return [*rows, Compared("protein", _residues(before), after_words)]


def protein_lines(outcome: RnaOutcome) -> list[ProteinLine]:
    """Around the change, from a few residues before it on; empty where no protein changes."""
    aligned = outcome.alignment
    if aligned is None or outcome.effect is ProteinEffect.UNCHANGED:
        return []
    start = max(aligned.first - MARGIN, 0)
    end = min(aligned.behind + MARGIN, len(aligned.before), start + COLUMNS_SHOWN * MOST_LINES)
    lines = []
    for at in range(start, end, COLUMNS_SHOWN):
        columns = slice(at, min(at + COLUMNS_SHOWN, end))
        ref, alt = aligned.before[columns], aligned.after[columns]
        changed = tuple(
            aligned.first <= at + i < aligned.behind and (not aligned.in_frame or a != b)
            for i, (a, b) in enumerate(zip(ref, alt, strict=True))
        )
        numbers = (_first(aligned.before, columns), _first(aligned.after, columns))
        lines.append(ProteinLine(*numbers, ref, alt, changed))
    return lines


def _first(residues: str, columns: slice) -> int:
    """Number of the first residue in these columns; 0 where all are gaps."""
    if not residues[columns].strip("-"):
        return 0
    return len(residues[: columns.start].replace("-", "")) + 1


def n_hidden(outcome: RnaOutcome) -> int:
    """Columns of the change behind the lines that are drawn."""
    aligned = outcome.alignment
    if aligned is None:
        return 0
    start = max(aligned.first - MARGIN, 0)
    return max(aligned.behind - start - COLUMNS_SHOWN * MOST_LINES, 0)


def _exons(message: Message) -> str:
    n = len(message.lengths)
    return f"{n} exon{'s' * (n != 1)}, {len(message.bases):,} nt"


def _sized(event: SpliceEvent, outcome: RnaOutcome) -> list[Compared]:
    """The exons or the intron of an event."""
    lengths = outcome.before.lengths
    if event.kind is EventKind.EXON_SKIPPING:
        return [Compared(f"exon {n}", f"{lengths[n - 1]:,} nt", "skipped") for n in event.numbers]
    if event.kind is EventKind.INTRON_RETENTION:
        return [Compared(f"intron {event.number}", "spliced out", f"retained, {event.bases:,} nt")]
    if event.kind is EventKind.NEW_EXON:
        return [Compared(f"intron {event.number}", "", f"new exon, {event.bases:,} nt")]
    before = lengths[event.number - 1]
    return [Compared(f"exon {event.number}", f"{before:,} nt", f"{before + event.bases:,} nt")]


def _stop(message: Message) -> str:
    if message.stop is None:
        return "none before the transcript's end"
    n = len(message.lengths)
    return f"codon {len(message.protein):,}, in exon {message.exon_at(message.stop)} of {n}"


def _residues(message: Message) -> str:
    n = message.n_residues
    return f"{n:,} residues" if n else ""

"""Effects over a range, base by base: taken from the cache, or else computed and cached.

scan = Scan(score, interval, assembly)
scan.recall(backend, store)             # at once, what is cached
scan.run(backend, store, progress)      # chunk by chunk; scan.so_far() at any moment
"""

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Interval
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray
from genoview.errors import GenomeError
from genoview.io.assembly import Assembly
from genoview.scoring.mutagenesis.effects import BASES, Substitutions
from genoview.scoring.mutagenesis.score import ScanModel, Score, Stretch
from genoview.scoring.mutagenesis.scores import score_of
from genoview.scoring.variant_line import VariantLine
from genoview.store import Store
from genoview.store.cached import keep, recall
from genoview.store.mutagenesis import Effects

LAYOUT = 1  # raised when cached effects change their meaning


@dataclass(frozen=True, slots=True)
class ScanSpec:
    """One score over one range of a genome."""

    assembly: str
    score_id: str
    interval: Interval

    @property
    def key(self) -> str:
        """Names the work's content."""
        return f"mutagenesis {self.assembly} {self.interval.to_ucsc()} {self.score_id}"

    @property
    def score(self) -> Score:
        """Raises QueryError where there is none of that id."""
        return score_of(self.score_id)


class Scan:
    """Effects of every substitution over a range, filled while they are computed.

    One thread fills it, any may look.
    """

    def __init__(self, score: Score, interval: Interval, assembly: Assembly) -> None:
        """Raises: GenomeError: as `check` does."""
        check(score, interval, assembly)
        self.score, self.interval, self.assembly = score, interval, assembly
        self.bases = assembly.reference.fetch(interval).upper()
        self.warnings: list[str] = []
        self._contents: list[str] = []  # digests of what the effects of each base depend on
        self._lock = threading.Lock()
        self._values = np.full((interval.width, 4), np.nan, dtype=np.float32)
        self._done = np.zeros(interval.width, dtype=bool)

    def so_far(self) -> Substitutions:
        """What is known at this moment."""
        with self._lock:
            values, n_done = self._values.copy(), int(self._done.sum())
        return Substitutions(self.score.facts, self.interval, self.bases, values, n_done)

    @property
    def is_complete(self) -> bool:
        return bool(self._done.all())

    def recall(self, backend: ScanModel, store: Store) -> None:
        """Take what is cached; an unreadable store is reported once, and effects are recomputed."""
        contents = self.score.contents(Stretch(backend, self.assembly, self.interval))
        self._contents = [hashlib.sha256(text.encode()).hexdigest() for text in contents]
        score_id = self.score.facts.score_id
        digests = [_digest(score_id, backend, content) for content in self._contents]
        cached = recall(store.substitutions, digests, self._warn) or {}
        for row, digest in enumerate(digests):
            if digest in cached:
                self._fill(row, np.array([cached[digest]], dtype=np.float32))

    def run(
        self, backend: ScanModel, store: Store, progress: Progress = no_progress
    ) -> Substitutions:
        """Compute what is missing, chunk by chunk, each cached as soon as it is there.

        Raises:
            Cancelled: from `progress`; what is done stays.
        """
        if not self._contents:
            self.recall(backend, store)
        for part in self._missing():
            done, share = float(self._done.mean()), part.width / self.interval.width
            self._compute(part, backend, store, _share_of(progress, done, share))
        progress(1.0)
        return self.so_far()

    def _missing(self) -> Iterator[Interval]:
        """Chunks of bases that are not known, left to right, on the score's grid."""
        start, end = self.interval.start, self.interval.end
        place = start
        while place < end:
            if self._done[place - start]:
                place += 1
                continue
            limit = min((place // self.score.grid) * self.score.grid + self.score.chunk, end)
            last = place + 1
            while last < limit and not self._done[last - start]:
                last += 1
            yield replace(self.interval, start=place, end=last)
            place = last

    def _compute(
        self, part: Interval, backend: ScanModel, store: Store, progress: Progress
    ) -> None:
        first = part.start - self.interval.start
        bases = self.bases[first : first + part.width]
        cells = [
            (row, column)
            for row, ref in enumerate(bases)
            for column, alt in enumerate(BASES)
            if ref in BASES and alt != ref
        ]
        lines = [
            VariantLine(part.chrom, part.start + row + 1, bases[row], BASES[column])
            for row, column in cells
        ]
        effects: dict[str, FloatArray] = {}
        if lines:
            stretch = Stretch(backend, self.assembly, part)
            effects = self.score.effects(stretch, lines, progress)
        tables = {score_id: _table(part.width, cells, each) for score_id, each in effects.items()}
        own = tables.get(self.score.facts.score_id)
        self._fill(first, _table(part.width, [], ()) if own is None else own)
        self._keep(part, tables, backend, store)

    def _fill(self, first: int, values: FloatArray) -> None:
        with self._lock:
            self._values[first : first + len(values)] = values
            self._done[first : first + len(values)] = True

    def _keep(
        self, part: Interval, tables: dict[str, FloatArray], backend: ScanModel, store: Store
    ) -> None:
        first = part.start - self.interval.start
        contents = self._contents[first : first + part.width]
        effects: dict[str, Effects] = {}
        for score_id, table in tables.items():
            for text, (a, c, g, t) in zip(contents, table.tolist(), strict=True):
                effects[_digest(score_id, backend, text)] = (a, c, g, t)
        keep(store.substitutions, effects, self._warn)

    def _warn(self, words: str) -> None:
        """Once, though each chunk may find the store broken."""
        if words not in self.warnings:
            self.warnings.append(words)


def check(score: Score, interval: Interval, assembly: Assembly) -> None:
    """Whether a range can be looked at.

    Raises:
        GenomeError: it is longer than the score allows, or not in the genome.
    """
    facts = score.facts
    if interval.width > facts.most_bases:
        raise GenomeError(
            f"{interval.to_ucsc()} has {interval.width:,} bp; every substitution of at most "
            f"{facts.most_bases:,} bp is computed at once for {facts.title}. Zoom in, or mark a "
            "part."
        )
    assembly.reference.check(interval)


def _table(n: int, cells: list[tuple[int, int]], effects: Iterable[float]) -> FloatArray:
    """float32[n, 4] with the effects in their cells, NaN elsewhere."""
    table = np.full((n, 4), np.nan, dtype=np.float32)
    for (row, column), value in zip(cells, effects, strict=True):
        table[row, column] = value
    return table


def _digest(score_id: str, backend: ScanModel, content: str) -> str:
    """sha256 over the score, the model and all that it sees, hexadecimal."""
    facts = json.dumps([LAYOUT, score_id, backend.card.name, backend.version])
    return hashlib.sha256(f"{facts} {content}".encode()).hexdigest()


def _share_of(progress: Progress, start: float, share: float) -> Progress:
    return lambda done: progress(start + share * done)

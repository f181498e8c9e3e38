"""Entries -> Rows, in order, some at a time; what is scored once is remembered by its key.

A chunk is scored and cached whole, and chunks lie by count alone: a run that was cut off and
started again forms the same chunks, so that its scores are the same to the last bit.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from genoview.data.genome import Interval, Variant, canonical_chrom
from genoview.data.progress import Progress, no_progress
from genoview.io.assembly import Assembly
from genoview.report.consequences import severest_of
from genoview.runtime.batch.reading import Entry
from genoview.runtime.batch.results import Row, Severest
from genoview.runtime.batch.scorers import Scorer
from genoview.runtime.batch.skipped_lines import Fault, Kind, fault_of
from genoview.scoring.model_result import ModelResult
from genoview.store import Question, Store, cached_many

FIRST_CHUNK, LARGEST_CHUNK = 16, 256  # variants: the first results soon, few lost to a stop
GROWTH = 4  # times as many variants from chunk to chunk


class Engine:
    """Some models in one genome.

    Attributes:
        warnings: a sentence each for what went wrong without losing a score.
        n_remembered: answers that were not computed.
    """

    def __init__(
        self, assembly: Assembly, scorers: Sequence[Scorer], store: Store | None = None
    ) -> None:
        self.warnings: list[str] = []
        self.n_remembered = 0
        self._assembly, self._scorers, self._store = assembly, scorers, store

    def rows(
        self, entries: Iterable[Entry], total: int | None = None, progress: Progress = no_progress
    ) -> Iterator[list[Row]]:
        """Chunks of rows, one row an entry, in order.

        Args:
            total: number of entries, where it is known; without it progress stays at 0.

        Raises:
            Cancelled: from `progress`; the chunks before are cached.
        """
        source, size, n_done = iter(entries), FIRST_CHUNK, 0
        progress(0.0)
        while some := list(islice(source, size)):
            first, n = n_done, len(some)

            def chunk_progress(share: float, first: int = first, n: int = n) -> None:
                progress(min((first + share * n) / total, 1.0) if total else 0.0)

            yield self._chunk(some, chunk_progress)
            n_done, size = n_done + n, min(GROWTH * size, LARGEST_CHUNK)
        progress(1.0)

    def _chunk(self, entries: list[Entry], progress: Progress) -> list[Row]:
        faults = [
            entry.fault or fault_of(entry.line, self._assembly.reference) for entry in entries
        ]
        variants = [
            _variant(entry) for entry, fault in zip(entries, faults, strict=True) if fault is None
        ]
        columns = []
        for i, scorer in enumerate(self._scorers):
            columns.append(
                self._answers(scorer, variants, _share_of(progress, i, len(self._scorers)))
            )
        answered = iter(zip(variants, zip(*columns, strict=True), strict=True))
        return [
            self._row(entry, *next(answered))
            if fault is None
            else Row(entry, entry.text, (), (), fault)
            for entry, fault in zip(entries, faults, strict=True)
        ]

    def _row(self, entry: Entry, variant: Variant, results: tuple[ModelResult, ...]) -> Row:
        place = Interval(variant.chrom, variant.start, variant.end)
        genes = tuple(gene.symbol for gene in self._assembly.annotation.genes(place))
        fault = None
        if all(result.reason for result in results):
            reasons = dict.fromkeys(result.reason for result in results)
            fault = Fault(Kind.NOT_SCORED, " ".join(reasons))
        return Row(entry, str(variant), genes, results, fault, _severest(variant, self._assembly))

    def _answers(
        self, scorer: Scorer, variants: Sequence[Variant], progress: Progress
    ) -> list[ModelResult]:
        """Remembered or computed; a variant that comes twice is computed once."""
        questions = [scorer.question(variant) for variant in variants]
        named = {
            question.key: variant for question, variant in zip(questions, variants, strict=True)
        }
        missing = set[str]()

        def compute(some: list[Question[ModelResult]]) -> list[ModelResult]:
            missing.update(question.key for question in some)
            return scorer.score([named[question.key] for question in some], progress)

        results = cached_many(self._store, questions, compute, self._forgo)
        self.n_remembered += sum(question.key not in missing for question in questions)
        progress(1.0)
        return results

    def _forgo(self, words: str) -> None:
        """Go on without the cache: one warning a run is enough."""
        self.warnings.append(f"{words} Scores are not cached: an interrupted run starts again.")
        self._store = None


def _severest(variant: Variant, assembly: Assembly) -> Severest | None:
    worst = severest_of(variant, assembly)
    if worst is None:
        return None
    names = worst.named.symbol, worst.transcript_id, worst.coding, worst.protein
    return Severest(str(worst.worst), *names)


def _variant(entry: Entry) -> Variant:
    line = entry.line
    return Variant(canonical_chrom(line.chrom), line.pos, line.ref.upper(), line.alt.upper())


def _share_of(progress: Progress, i: int, n: int) -> Progress:
    return lambda share: progress((i + share) / n)

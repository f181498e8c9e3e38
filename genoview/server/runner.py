"""One call and its jobs: queued with everybody else's, and stopped when the caller goes."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from genoview.data.answer import Answer
from genoview.data.genome import Interval, Locus, Variant
from genoview.data.prediction import Draft, Prediction
from genoview.data.progress import Progress, step_progress
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks
from genoview.io.assembly import Assembly
from genoview.models.base import Backend
from genoview.query import check_reference
from genoview.runtime.jobs import Job
from genoview.runtime.workbench import Workbench
from genoview.server.call import CallJobs
from genoview.server.status import invalid
from genoview.server.streaming import GrowingTracks
from genoview.store import PredictionCache

T = TypeVar("T")
Pairs = dict[str, AlleleTracks]
"""Both alleles by model."""


@dataclass(frozen=True, slots=True)
class Mutations:
    """Single substitutions to be made in a sequence, and how each is scored.

    Attributes:
        key: equal for equal questions.
        base: made first in the reference, where it is not None; it changes no length.
    """

    key: str
    interval: Interval
    stretch: Interval
    models: Sequence[str]
    base: Variant | None = None


@dataclass(frozen=True)
class Runner:
    """Questions of calls -> jobs of the workbench, on one genome."""

    bench: Workbench
    assembly_name: str
    backends: dict[str, Backend] = field(default_factory=dict)

    @property
    def assembly(self) -> Assembly:
        return self.bench.assembly(self.assembly_name)

    def request(self, interval: Interval, variant: Variant | None = None) -> Request:
        """Checked against the genome.

        Raises:
            GenomeError: the place is not in the genome. ReferenceMismatch: REF is not there.
            Refusal: the variant lies outside of the interval.
        """
        assembly = self.assembly
        assembly.reference.check(interval)
        text = str(variant or interval.to_ucsc())
        if variant is not None:
            _check_inside(variant, interval)
            fetch = assembly.reference.fetch
            check_reference(variant, fetch, assembly.name)
            moved = variant.normalised(fetch)
            variant = moved if interval.contains(moved.interval) else variant
        return Request(text, assembly.name, Locus(interval, text), interval, variant)

    def jobs(
        self, request: Request, models: Iterable[str], call_jobs: CallJobs
    ) -> dict[str, Job[Answer]]:
        """The answers of the models, cached where possible."""
        return {
            name: call_jobs.take(lambda owner, name=name: self.bench.submit(request, name, owner))  # type: ignore[misc]
            for name in dict.fromkeys(models)
        }

    def answers(
        self, request: Request, models: Iterable[str], call_jobs: CallJobs
    ) -> dict[str, Answer]:
        """What each model says."""
        jobs = self.jobs(request, models, call_jobs)
        return {name: call_jobs.result(job) for name, job in jobs.items()}

    def sequence(
        self, sequence: str, models: Iterable[str], call_jobs: CallJobs, keeps: bool = True
    ) -> dict[str, GrowingTracks[Prediction]]:
        """What each model says of bases of no place; beyond their ends it reads N.

        Args:
            keeps: in the cache.
        """
        digest = hashlib.sha256(sequence.encode("ascii")).hexdigest()
        interval = Interval("sequence", 0, len(sequence))

        def ask(name: str) -> Callable[[str], Job[Prediction]]:
            backend = self.backends[name]
            window = backend.window(interval)
            text = ("N" * -window.start + sequence).ljust(window.width, "N")
            draft = Draft()

            def compute(progress: Progress) -> Prediction:
                return backend.predict(text, interval, progress, draft.publish)

            def work(progress: Progress) -> Prediction:
                cache = PredictionCache(
                    self.bench.store, backend, text, backend.grid(interval), keeps
                )
                try:
                    return cache.recall("", lambda: compute(progress)).without_members()
                finally:
                    draft.end()

            key, title = f"sequence|{digest}|{name}", backend.card.title
            queue, device = self.bench.queue, self.bench.device
            return lambda owner: queue.submit(key, work, title, device, owner, draft)

        jobs = {name: call_jobs.take(ask(name)) for name in dict.fromkeys(models)}
        return {
            name: GrowingTracks(job, call_jobs, lambda prediction: prediction.data)
            for name, job in jobs.items()
        }

    def mutated(
        self, mutations: Mutations, score: Callable[[Variant, Pairs], list[T]], call_jobs: CallJobs
    ) -> list[tuple[Variant, list[T]]]:
        """Every substitution of a stretch with its scores; each pair is let go once scored."""
        sequences = {
            name: self._sequence(mutations, self.backends[name]) for name in mutations.models
        }
        fetch = self.assembly.reference.fetch
        variants = substitutions(mutations.stretch, _changed(fetch(mutations.stretch), mutations))

        def work(progress: Progress) -> list[tuple[Variant, list[T]]]:
            n_models = len(sequences)
            before, alternates = {}, {}
            for place, (name, text) in enumerate(sequences.items()):
                own = step_progress(progress, place / n_models, (place + 1) / n_models)
                share = 1 / (len(variants) + 1)
                ref = self._reference(name, mutations.interval, text, step_progress(own, 0, share))
                rest = step_progress(own, share, 1)
                backend = self.backends[name]
                before[name] = ref.without_members().data
                alternates[name] = backend.predict_alternates(ref, text, variants, rest)
            scored = []
            for variant in variants:
                pairs = {
                    name: AlleleTracks(ref, next(alternates[name]).without_members().data)
                    for name, ref in before.items()
                }
                scored.append((variant, score(variant, pairs)))
            return scored

        queue, device = self.bench.queue, self.bench.device
        key = f"{self.assembly_name}|{mutations.key}"
        return call_jobs.result(
            call_jobs.take(lambda owner: queue.submit(key, work, "Mutagenesis", device, owner))
        )

    def _reference(
        self, name: str, interval: Interval, text: str, progress: Progress
    ) -> Prediction:
        backend = self.backends[name]
        cache = PredictionCache(self.bench.store, backend, text, backend.grid(interval))
        return cache.recall("", lambda: backend.predict(text, interval, progress))

    def _sequence(self, mutations: Mutations, backend: Backend) -> str:
        window = backend.window(mutations.interval)
        text = self.assembly.reference.fetch(window)
        return mutations.base.apply(text, window) if mutations.base else text


def substitutions(stretch: Interval, bases: str) -> list[Variant]:
    """Each base of a stretch to each of the other three; none where the base is unknown."""
    return [
        Variant(stretch.chrom, stretch.start + offset + 1, base, other)
        for offset, base in enumerate(bases)
        if base in "ACGT"
        for other in "ACGT"
        if other != base
    ]


def _changed(bases: str, mutations: Mutations) -> str:
    """The bases of the stretch once the base variant is made."""
    if mutations.base is None:
        return bases
    changed = dict(enumerate(mutations.base.alt, mutations.base.start))
    places = enumerate(bases, mutations.stretch.start)
    return "".join(changed.get(place, base) for place, base in places)


def _check_inside(variant: Variant, interval: Interval) -> None:
    if not interval.contains(variant.interval):
        raise invalid(
            f"The variant {variant} lies outside of the interval {interval.to_ucsc()}; give an "
            "interval around it."
        )

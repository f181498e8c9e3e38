"""What one process shares: genomes, models, store and queue, each made on first use.

Settings -> Workbench -> Assembly, Backend, Store, JobQueue -> Job[Answer]
"""

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

from genoview.data.answer import Answer
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Draft
from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.errors import GenomeError, NetworkError, StoreError
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.configured import LargeModels
from genoview.models.devices import chosen_device, use_threads
from genoview.models.exons.contract import ExonModel
from genoview.models.gene_model import GeneModel
from genoview.pipeline import answer, is_cached
from genoview.runtime.assemblies import Assemblies
from genoview.runtime.jobs import Job, JobQueue
from genoview.runtime.measured_tracks import MeasuredTracks
from genoview.runtime.model_cache import ELSEWHERE, ModelCache
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import Settings
from genoview.scoring.mutagenesis import Scan, ScanModel, ScanSpec, Substitutions
from genoview.store import Store

MEMORY = "memory"  # the queue of answers that need no model
KEEP_ANSWERS = 12  # at hand; one megabase of motifs takes 0.3 GB


class Workbench:
    """Thread safe; what cannot be made raises its GenoviewError at each try."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.queue = JobQueue(KEEP_ANSWERS)
        self.store = Store(settings.cache_dir, settings.cache_limit_bytes)
        self.device = chosen_device(settings.device)
        self.models = ModelCache(settings.model_memory_bytes, lambda: use_threads(settings.threads))
        self.large = LargeModels(settings.config_path.parent, self.device, settings.dtype)
        self.queue.keep(KEEP_ANSWERS + len(self.large.names))
        self._assemblies = Assemblies(settings)
        self._speeds: dict[str, float] = {}

    @property
    def assembly_names(self) -> tuple[str, ...]:
        return self._assemblies.names

    @property
    def remote_names(self) -> tuple[str, ...]:
        """Genomes that are read as needed."""
        return self._assemblies.remote_names

    @property
    def menu_names(self) -> tuple[str, ...]:
        """All genomes that can be chosen."""
        return self.assembly_names + self.remote_names

    @property
    def ready_names(self) -> tuple[str, ...]:
        """Genomes that can be read without a question: here, or agreed to."""
        agreed = self.remote_genomes.is_agreed
        return self.assembly_names + tuple(filter(agreed, self.remote_names))

    @property
    def remote_genomes(self) -> RemoteGenomes:
        """What may be read of them, and what is here."""
        return self._assemblies.remote

    @cached_property
    def measured(self) -> MeasuredTracks:
        """Published tracks that are read by range.

        Raises:
            TrackError: their table is damaged.
        """
        return MeasuredTracks(self.settings, self.remote_genomes)

    def assembly(self, name: str = "", progress: Progress = no_progress) -> Assembly:
        """The genome of that name; the first one for an empty name."""
        return self._assemblies.get(name, progress)

    def own_name(self, name: str) -> str:
        """The name in the menu of a genome by another name of it: `GRCh38` of `hg38`."""
        return self._assemblies.own_name(name)

    def family(self, name: str) -> str:
        """The assembly that a genome is of; "" where it is none that is known."""
        return self._assemblies.family(name)

    def backend(self, name: str) -> Backend:
        """A model with its tracks, loaded at its first use."""
        settings = self.settings

        def make() -> Backend:
            if name in self.large.names:
                return self.large.create(name)
            return registry.create(name, self.device, settings.dtype, settings.models_dir)

        weights = self.large.weights_name(name) if name in self.large.names else None
        model = self.models.get(self.cache_name(name), make, weights)
        assert isinstance(model, Backend)  # as it was made
        return model

    def gene_model(self, name: str) -> GeneModel:
        """A model that predicts one number per gene."""
        folder = self.settings.models_dir
        model = self.models.get(name, lambda: registry.create_gene_model(name, self.device, folder))
        assert isinstance(model, GeneModel)  # as it was made
        return model

    def card(self, name: str) -> ModelCard:
        """What a reader should know of a model, without loading its weights."""
        if name in self.large.names:
            return self.large.card(name)
        return registry.card_of(name, self.settings.models_dir)

    def change_large(self, change: Callable[[LargeModels], None]) -> None:
        """Set up models beyond the embedded ones; those that were loaded go.

        Raises:
            SettingsError: it cannot be written down.
        """
        change(self.large)
        for weights in (ELSEWHERE, *registry.setups()):
            self.models.drop(weights)
        self.queue.empty()
        self.queue.keep(KEEP_ANSWERS + len(self.large.names))

    def forget_predictions(self) -> None:
        """Empty the store, and let go of the answers at hand, so that it fills again.

        Raises:
            StoreError: the store cannot be written.
        """
        self.store.clear()
        self.queue.empty()

    def cache_name(self, name: str) -> str:
        """With what was chosen of a model, where anything can be."""
        return self.large.cache_name(name) if name in self.large.names else name

    def opened(self, name: str) -> Assembly | None:
        """The genome if it is open already."""
        return self._assemblies.find(name)

    def loaded(self, name: str) -> Backend | None:
        """The model if it is in memory already."""
        model = self.models.find(self.cache_name(name))
        return model if isinstance(model, Backend) else None

    def submit(self, request: Request, name: str, reader: str = "") -> Job[Answer]:
        """Queue one model's answer; the same request of two users runs once."""
        key = f"{request.assembly}|{request.predicted}|{request.variant}|{self.cache_name(name)}"
        draft = Draft()

        def work(progress: Progress) -> Answer:
            assembly, backend = self.assembly(request.assembly), self.backend(name)
            try:
                answered = answer(request, backend, assembly, self.store, progress, draft.publish)
            finally:
                draft.end()
            self.models.make_room()  # some load their weights with their first run
            if not answered.cached and answered.seconds > 0:
                self._speeds[name] = request.predicted.width / answered.seconds
            return answered

        title = self.card(name).title
        # What is remembered must not wait behind a long computation.
        known = self.queue.find(key)
        device = known.device if known else self._device_for(request, name)
        job = self.queue.submit(key, work, title, device, reader, draft)
        if (speed := self.speed(name)) and device != MEMORY:
            job.expected_s = request.predicted.width / speed
        return job

    def _device_for(self, request: Request, name: str) -> str:
        """Reads and hashes the sequence: for a question's first time only."""
        place = self.large.queue(name) if name in self.large.names else self.device
        backend, assembly = self.loaded(name), self.opened(request.assembly)
        if backend is None or assembly is None:
            return place
        with suppress(GenomeError, NetworkError):  # sequence that cannot be had: the job says why
            if is_cached(request, backend, assembly, self.store):
                return MEMORY
        return place

    def scan(self, spec: ScanSpec, reader: str = "") -> tuple[Job[Substitutions], Scan]:
        """Queue a mutagenesis: its job, and what it has so far.

        Raises:
            GenoviewError: there is no such score or genome, or the range cannot be taken.
        """
        model = spec.score.facts.model
        known = self.queue.find(spec.key)
        scan: Scan = self._recalled(spec) if known is None else known.draft

        def work(progress: Progress) -> Substitutions:
            began, n_before = time.perf_counter(), scan.so_far().n_done
            scanned = scan.run(self.scan_model(model), self.store, progress)
            n_new, seconds = scanned.n_done - n_before, time.perf_counter() - began
            if n_new:
                self._speeds[spec.score_id] = n_new / seconds
            return scanned

        device = known.device if known else MEMORY if scan.is_complete else self.device
        title = f"Mutagenesis, {spec.score.facts.label}"
        job = self.queue.submit(spec.key, work, title, device, reader, scan)
        return job, job.draft  # that of another reader, who was faster

    def scan_model(self, name: str) -> ScanModel:
        """A model of tracks or of exons, loaded at its first use."""
        if name not in registry.exon_models():
            return self.backend(name)
        model = self.models.get(name, lambda: registry.create_exon_model(name, self.device))
        assert isinstance(model, ExonModel)  # as it was made
        return model

    def _recalled(self, spec: ScanSpec) -> Scan:
        """A scan with what the store has of it."""
        scan = Scan(spec.score, spec.interval, self.assembly(spec.assembly))
        if model := self.models.find(self.cache_name(spec.score.facts.model)):
            assert isinstance(model, ScanModel)  # as the score's entry says
            scan.recall(model, self.store)
        return scan

    def close(self) -> None:
        """Stop what runs, and write down what was used."""
        self.queue.shutdown()
        with suppress(StoreError):
            self.store.close()
        gc.unfreeze()

    def speed(self, name: str) -> float | None:
        """bp a second of the last computed answer, both alleles together; None before that."""
        return self._speeds.get(name)

    def replace_settings(self, settings: Settings) -> None:
        """Take new genomes in; what is open stays open."""
        self._assemblies.replace_settings(settings)
        self.settings = settings

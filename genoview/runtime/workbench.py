"""What one process shares: genomes, models, store and queue, each made when first asked for.

Settings -> Workbench -> Assembly, Backend, Store, JobQueue -> Job[Answer]
"""

import atexit
import gc
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from genoview.data.answer import Answer
from genoview.data.model_card import ModelCard
from genoview.data.partial_prediction import Draft
from genoview.data.progress import Progress, no_progress
from genoview.data.request import Request
from genoview.errors import SettingsError, StoreError
from genoview.io.annotation import Annotation
from genoview.io.assembly import Assembly
from genoview.io.reference import ReferenceGenome
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.configured import LargeModels
from genoview.models.devices import chosen_device, use_threads
from genoview.models.gene_model import GeneModel
from genoview.pipeline import answer, remembers
from genoview.runtime.jobs import Job, JobQueue
from genoview.runtime.model_cache import HeldWeights, ModelMemory
from genoview.runtime.settings import AssemblyConfig, Settings
from genoview.scoring.mutagenesis import Scan, ScanSpec, Substitutions
from genoview.store import Store

T = TypeVar("T")
MEMORY = "memory"  # the queue of answers that need no model
KEEP_ANSWERS = 12  # at hand; one megabase of motifs takes 0.3 GB


class Workbench:
    """Thread safe; a part that cannot be made raises its GenoviewError at each try."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.queue = JobQueue(KEEP_ANSWERS)
        self.store = Store(settings.cache_dir, settings.cache_limit_bytes)
        self.device = chosen_device(settings.device)
        self.models = ModelMemory(settings.model_memory_bytes)
        use_threads(settings.threads)
        self.large = LargeModels(settings.config_path.parent, self.device, settings.dtype)
        self.queue.keep(KEEP_ANSWERS + len(self.large.names))
        self._lock = threading.Lock()
        self._locks: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)
        self._parts: dict[tuple[str, str], object] = {}
        self._speeds: dict[str, float] = {}
        self._scans: dict[str, Scan] = {}

    @property
    def assembly_names(self) -> tuple[str, ...]:
        return tuple(config.name for config in self.settings.assemblies)

    def assembly(self, name: str = "", progress: Progress = no_progress) -> Assembly:
        """The genome of that name; the first one for an empty name."""
        config = self._config(name or self.assembly_names[0])
        return self._part(
            "assembly", config.name, lambda: open_assembly(config, self.settings, progress)
        )

    def backend(self, name: str) -> Backend:
        if held := self.large.held_as(name):
            return self._loaded(held, lambda: HeldWeights(self.large.create)).backend(name)
        if name in self.large.names:
            return self._part("backend", self.part_name(name), lambda: self.large.create(name))
        settings = self.settings

        def make() -> Backend:
            return registry.create(name, self.device, settings.dtype, settings.models_dir)

        return self._loaded(name, make)

    def gene_model(self, name: str) -> GeneModel:
        """A model that says one number of a gene."""
        folder = self.settings.models_dir
        return self._loaded(name, lambda: registry.create_gene_model(name, self.device, folder))

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
        for kind in registry.setups():
            self.models.drop(kind)
        self.queue.keep(KEEP_ANSWERS + len(self.large.names))
        with self._lock:
            for kind, name in list(self._parts):
                if kind == "backend" and "@" in name:
                    del self._parts[kind, name]

    def part_name(self, name: str) -> str:
        """With what was chosen of a model, where anything can be."""
        return self.large.part_name(name) if name in self.large.names else name

    def opened(self, name: str) -> Assembly | None:
        """The genome if it is open already."""
        found = self._parts.get(("assembly", name))
        return found if isinstance(found, Assembly) else None

    def loaded(self, name: str) -> Backend | None:
        """The model if it is in memory already."""
        found: object
        if held := self.large.held_as(name):
            weights = self.models.find(held)
            found = weights.find(name) if isinstance(weights, HeldWeights) else None
        elif name in self.large.names:
            found = self._parts.get(("backend", self.part_name(name)))
        else:
            found = self.models.find(name)
        return found if isinstance(found, Backend) else None

    def submit(self, request: Request, name: str, reader: str = "") -> Job[Answer]:
        """Queue one model's answer; the same question from two readers runs once."""
        key = f"{request.assembly}|{request.predicted}|{request.variant}|{self.part_name(name)}"
        draft = Draft()

        def work(progress: Progress) -> Answer:
            assembly, backend = self.assembly(request.assembly), self.backend(name)
            try:
                made = answer(request, backend, assembly, self.store, progress, draft.tell)
            finally:
                draft.end()
            self.models.make_room()  # some load their weights with their first run
            if not made.cached and made.seconds > 0:
                self._speeds[name] = request.predicted.width / made.seconds
            return made

        title = self.card(name).title
        # What is remembered must not wait behind a long computation.
        known = self.queue.find(key)
        device = known.device if known else self._device_for(request, name)
        return self.queue.submit(key, work, title, device, reader, draft)

    def _device_for(self, request: Request, name: str) -> str:
        """Reads and hashes the sequence: for a question's first time only."""
        place = self.large.queue(name) if name in self.large.names else self.device
        backend, assembly = self.loaded(name), self.opened(request.assembly)
        if backend is None or assembly is None:
            return place
        return MEMORY if remembers(request, backend, assembly, self.store) else place

    def scan(self, spec: ScanSpec, reader: str = "") -> tuple[Job[Substitutions], Scan]:
        """Queue a mutagenesis: its job, and what it has so far.

        Raises:
            GenoviewError: there is no such score or genome, or the range cannot be taken.
        """
        known = self.queue.find(spec.key)
        scan = self._scans.get(spec.key) if known else None
        if scan is None:
            scan = self._begun(spec)
        model = spec.score.facts.model

        def work(progress: Progress) -> Substitutions:
            began, n_before = time.perf_counter(), scan.so_far().n_done
            found = scan.run(self.backend(model), self.store, progress)
            n_new, seconds = found.n_done - n_before, time.perf_counter() - began
            if n_new:
                self._speeds[spec.score_id] = n_new / seconds
            return found

        device = known.device if known else MEMORY if scan.is_complete else self.device
        title = f"Mutagenesis, {spec.score.facts.label}"
        return self.queue.submit(spec.key, work, title, device, reader), scan

    def _begun(self, spec: ScanSpec) -> Scan:
        """A scan with what the store has of it; the last few stay at hand."""
        scan = Scan(spec.score, spec.interval, self.assembly(spec.assembly))
        backend = self.loaded(spec.score.facts.model)
        if backend is not None:
            scan.recall(backend, self.store)
        with self._lock:
            self._scans.pop(spec.key, None)
            self._scans[spec.key] = scan
            for key in list(self._scans)[:-KEEP_ANSWERS]:
                del self._scans[key]
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
        with self._lock:
            names = {config.name for config in settings.assemblies}
            for kind, name in list(self._parts):
                if kind == "assembly" and name not in names:
                    del self._parts[kind, name]
            self.settings = settings

    def _config(self, name: str) -> AssemblyConfig:
        for config in self.settings.assemblies:
            if config.name == name:
                return config
        raise SettingsError(
            f"There is no genome {name!r} here. There are: {', '.join(self.assembly_names)}. "
            "Add it on the page Models and data."
        )

    def _loaded(self, name: str, make: Callable[[], T]) -> T:
        def made() -> T:
            found = make()
            _freeze()
            return found

        return self.models.get(name, made)

    def _part(self, kind: str, name: str, make: Callable[[], T]) -> T:
        """Made once; while one part is made, others stay within reach."""
        with self._lock:
            lock = self._locks[kind, name]
        with lock:
            if (kind, name) not in self._parts:
                self._parts[kind, name] = make()
                _freeze()
            return self._parts[kind, name]  # type: ignore[return-value]


def _freeze() -> None:
    """What is made here stays: Streamlit collects garbage after each run of a page, and would walk
    through every object of torch and of the models each time. At exit Python collects it like all
    else: extension types that still hold frozen objects would be reported as leaks.
    """
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)


def open_assembly(
    config: AssemblyConfig, settings: Settings, progress: Progress = no_progress
) -> Assembly:
    """FASTA and gene file -> Assembly; builds the index of the FASTA where it is absent."""
    reference = ReferenceGenome.open(
        config.name,
        config.fasta,
        config.chrom_sizes,
        index_dir=settings.index_dir,
        progress=progress,
    )
    annotation = Annotation.empty()
    if config.genes:
        annotation = Annotation.open(config.genes, cache_dir=settings.cache_dir, progress=progress)
    return Assembly(config.name, reference, annotation, config.family)

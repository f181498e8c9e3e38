"""The line, walked once: text -> Request -> sequence -> Prediction -> store -> Answer -> Figure.

request = resolve("chr20:43042364:C>T", assembly)
answers = [answer(request, backend, assembly, store) for backend in backends]
figure = draw(request, answers, assembly, options)
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import plotly.graph_objects as go

from genoview import __version__
from genoview.data.answer import Answer, in_order
from genoview.data.assembly_names import canonical_assembly
from genoview.data.genome import Interval
from genoview.data.partial_prediction import Watch, unwatched
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress, part
from genoview.data.request import Request
from genoview.data.track_data import AlleleTracks
from genoview.errors import StoreError
from genoview.figure.build import Ground, Options, Spec, Texts, spec_of
from genoview.figure.tracks.mutagenesis import scan_rows
from genoview.figure.tracks.user_files import local_rows
from genoview.io.assembly import Assembly
from genoview.io.cytobands import cytobands_of
from genoview.io.export import ModelUsed, Provenance
from genoview.io.formats import LocalFile
from genoview.models.base import Backend
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.mutagenesis import Substitutions
from genoview.store import PredictionKey, Store

MAX_BASES = 10_000  # bp in view up to which bases are read for drawing


def answer(
    request: Request,
    backend: Backend,
    assembly: Assembly,
    store: Store | None = None,
    progress: Progress = no_progress,
    watch: Watch = unwatched,
) -> Answer:
    """What `backend` says of the request: remembered where it can be, computed where not.

    Args:
        watch: is told of REF while it is computed.
    """
    began = time.perf_counter()
    asked, variant = asked_of(request, backend), request.variant
    interval = backend.grid(asked)
    sequence = assembly.reference.fetch(backend.window(interval))
    memory = Memory(store, backend, sequence, interval)
    share = 0.6 if variant else 1.0  # of the work that REF takes
    first = part(progress, 0, share)
    ref = memory.recall("", lambda: backend.predict(sequence, interval, first, watch))
    alt = None
    if variant:
        rest = part(progress, share, 1)
        alt = memory.recall(
            alignment(request, backend),
            lambda: backend.predict_alternate(ref, sequence, variant, rest),
        )
    progress(1.0)
    return Answer(
        card=backend.card,
        version=backend.version,
        device=backend.place,
        ref=ref.spoken(),
        alt=alt and alt.spoken(),
        reach=backend.context_length,
        members=_members(ref, alt),
        cached=memory.cached,
        seconds=time.perf_counter() - began,
        warnings=(*memory.warnings, *edge_warning(request, backend, assembly)),
        notes=backend.notes(asked, variant),
    )


def asked_of(request: Request, backend: Backend) -> Interval:
    """What a model predicts of a request: all, or as much as it can around what matters."""
    variant = request.variant
    around = request.locus.interval if variant is None else variant.interval
    return backend.focus(request.predicted, around)


def _members(ref: Prediction, alt: Prediction | None) -> AlleleTracks | None:
    """What the networks of an ensemble say of both alleles."""
    if alt is None:
        return None
    before, after = ref.members(), alt.members()
    return AlleleTracks(before, after) if before is not None and after is not None else None


def edge_warning(request: Request, backend: Backend, assembly: Assembly) -> tuple[str, ...]:
    """A sentence where the model reads N because the genome's known part ends."""
    window = backend.window(asked_of(request, backend))
    parts = assembly.reference.covered(window.chrom)
    if any(part.contains(window) for part in parts):
        return ()
    return (backend.edge_words(asked_of(request, backend), assembly.name),)


def draw(
    request: Request,
    answers: Sequence[Answer],
    assembly: Assembly,
    view: Interval,
    options: Options | None = None,
    files: Sequence[LocalFile] = (),
    scans: Sequence[Substitutions] = (),
    levels: Sequence[ModelLevels] = (),
) -> go.Figure:
    """The figure of what is in `view`, with its genes, its bases and its provenance."""
    return go.Figure(sketch(request, answers, assembly, view, options, files, scans, levels))


def sketch(
    request: Request,
    answers: Sequence[Answer],
    assembly: Assembly,
    view: Interval,
    options: Options | None = None,
    files: Sequence[LocalFile] = (),
    scans: Sequence[Substitutions] = (),
    levels: Sequence[ModelLevels] = (),
) -> Spec:
    """The same as plain data, for a page that draws anew with every gesture.

    Args:
        view: within the request's locus; what a reader looks at.
        files: of the reader, drawn below what is predicted.
        scans: what mutagenesis knows so far.
        levels: of the genes of the window.
    """
    made_by = footer(provenance(request, answers, levels=levels))
    return spec_of(
        [found.shown for found in in_order(answers)],
        ground(request, assembly, view, levels),
        request.variant,
        view,
        options or Options(),
        Texts(request.text, f"{assembly.name}, {view.to_ucsc()}", made_by),
        lambda frame, chosen: local_rows(files, frame, chosen),
        lambda frame, chosen: scan_rows(scans, frame, chosen),
    )


def ground(
    request: Request, assembly: Assembly, view: Interval, levels: Sequence[ModelLevels] = ()
) -> Ground:
    """Genes, bases and bands around what is in view."""
    bases = view.expanded(view.width // 2) if view.width <= MAX_BASES else view.resized(1)
    return Ground(
        assembly.annotation.genes(view.expanded(view.width)),
        assembly.reference.fetch(bases),
        bases,
        assembly.reference.chromosomes[view.chrom],
        cytobands_of(canonical_assembly(assembly.family), view.chrom),
        request.predicted,
        assembly.annotation.genes(request.predicted) if request.variant else (),
        levels,
    )


def provenance(
    request: Request,
    answers: Sequence[Answer],
    link: str = "",
    levels: Sequence[ModelLevels] = (),
) -> Provenance:
    """What made a figure or a file; `link` reopens the view."""
    today = date.today().isoformat()
    made: list[Answer | ModelLevels] = [*answers, *levels]
    told = (note for found in made for note in found.notes)
    notes = dict.fromkeys((*request.notes, *told))
    models = models_used(made)
    return Provenance(request.assembly, request.text, models, today, link, tuple(notes))


def models_used(answers: Iterable[Answer | ModelLevels]) -> tuple[ModelUsed, ...]:
    """The models behind some answers, as files name them."""
    return tuple(
        ModelUsed(
            found.card.title,
            found.version,
            found.card.licence,
            found.card.citation,
            found.card.random_weights,
        )
        for found in answers
    )


def footer(made_by: Provenance) -> str:
    """Genome, models with version and licence, and the day, in one line of a figure."""
    models = "; ".join(f"{m.title} {m.version} ({m.licence})" for m in made_by.models)
    facts = (f"genoview {__version__}", made_by.genome, models or "no model yet", made_by.date)
    return ", ".join(facts)


def remembers(request: Request, backend: Backend, assembly: Assembly, store: Store) -> bool:
    """Whether nothing would have to be computed."""
    sequence = assembly.reference.fetch(backend.window(asked_of(request, backend)))
    wanted = [""] if request.variant is None else ["", alignment(request, backend)]
    keys = [PredictionKey.of(backend.card.name, backend.version, sequence, a) for a in wanted]
    return all(store.holds(key) for key in keys)


def alignment(request: Request, backend: Backend) -> str:
    """Where ALT departs from the window of REF: a variant, but for the chromosome's name."""
    variant, interval = request.variant, backend.grid(asked_of(request, backend))
    changes = variant.changes if variant else ()
    return "+".join(f"{one.start - interval.start}:{one.ref}>{one.alt}" for one in changes)


@dataclass
class Memory:
    """Looks a prediction up, computes it where absent, and keeps it; never fails for the store.

    Attributes:
        keeps: whether what is computed is kept; what was kept before is recalled all the same.
    """

    store: Store | None
    backend: Backend
    sequence: str
    interval: Interval
    keeps: bool = True
    cached: bool = True
    warnings: list[str] = field(default_factory=list)

    def recall(self, alignment: str, compute: Callable[[], Prediction]) -> Prediction:
        key = PredictionKey.of(
            self.backend.card.name, self.backend.version, self.sequence, alignment
        )
        found = self._try(lambda store: store.get(key))
        if found is not None:
            return found.moved_to(self.interval).named(self.backend.tracks)
        self.cached = False
        made = compute()
        if self.keeps:
            self._try(lambda store: store.put(key, made))
        return made

    def _try(self, use: Callable[[Store], Prediction | None]) -> Prediction | None:
        if self.store is None:
            return None
        try:
            found = use(self.store)
            self.warnings.extend(self.store.take_warnings())
            return found
        except StoreError as error:
            self.warnings.append(str(error))
            self.store = None  # one warning a run is enough
            return None

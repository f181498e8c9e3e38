"""The line, walked once: text -> Request -> sequence -> Prediction -> store -> Answer -> Figure.

request = resolve("chr20:43042364:C>T", assembly)
answers = [answer(request, backend, assembly, store) for backend in backends]
figure = draw(request, answers, assembly, options)
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from genoview import __version__
from genoview.data.genome import Interval
from genoview.data.model_card import ModelCard
from genoview.data.partial_prediction import Watch, unwatched
from genoview.data.prediction import Prediction
from genoview.data.track_data import AlleleTracks, Family
from genoview.figure.build import Ground, Options, Shown, Spec, Texts, spec_of
from genoview.figure.tracks.mutagenesis import scan_rows
from genoview.figure.tracks.user_files import local_rows
from genoview.io.cytobands import cytobands_of
from genoview.io.export import ModelUsed, Provenance
from genoview.io.formats import LocalFile
from genoview.memory import Memory
from genoview.models.base import Backend, Progress, no_progress
from genoview.query import canonical_assembly
from genoview.query.resolve import Assembly, Request
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.mutagenesis import Substitutions
from genoview.store import PredictionKey, Store

MAX_BASES = 10_000  # bp in view up to which bases are read for drawing


@dataclass(frozen=True, slots=True)
class Answer:
    """What one model says of a request; `alt` is on REF coordinates.

    Attributes:
        reach: bp on each side of a base that its value depends on.
        members: REF and ALT by each network of an ensemble, where the model is one.
        cached: nothing was computed.
        seconds: to compute or to remember.
        warnings: a sentence each for what went wrong without losing the answer.
        notes: a sentence each that belongs to the values, such as what was read at once.
    """

    card: ModelCard
    version: str
    device: str
    ref: Prediction
    alt: Prediction | None = None
    reach: int = 0
    members: AlleleTracks | None = None
    cached: bool = False
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> Shown:
        """As far as drawing goes."""
        card = self.card
        return Shown(card.name, card.title, self.ref, self.alt, card.random_weights)

    @property
    def alleles(self) -> AlleleTracks | None:
        return None if self.alt is None else AlleleTracks(self.ref.data, self.alt.data)


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


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """By family, as a reader sees them, whichever model was ready first."""
    return sorted(answers, key=lambda found: list(Family).index(found.card.family))


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


def part(progress: Progress, start: float, end: float) -> Progress:
    """Progress of one step that fills `start` to `end` of the whole."""
    return lambda share: progress(start + share * (end - start))

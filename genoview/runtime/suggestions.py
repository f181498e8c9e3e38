"""The beginning of a typed text -> what it may become: genes, transcripts, saved loci, history."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from genoview.errors import StoreError
from genoview.io.assembly import Assembly
from genoview.io.refseq.genes import RefSeqGenes, Suggestion, refseq_genes
from genoview.io.refseq.symbols import ALIAS, PREVIOUS, SYMBOL
from genoview.io.refseq.table import FAMILIES
from genoview.runtime.workbench import Workbench
from genoview.store import History, SavedLoci
from genoview.store.library import Library

MOST = 8  # lines of a list
MOST_LOOKED_AT = 50  # names of the whole genome, for one that has few genes
MOST_KEPT = 3  # of saved loci, and of the history, beside genes
LONGEST = 60  # characters of a text that is completed
KEPT_S = 10.0  # how long saved loci and history are not read again
N_HISTORY = 500  # entries, the newest


@dataclass(frozen=True, slots=True)
class Suggested:
    """A text to search for, what it is, and of what kind: gene, transcript, saved or history."""

    text: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A saved locus or a query of the history: `searched` is what a typed text is looked for in."""

    shown: Suggested
    assembly: str
    searched: str


class Suggestions:
    """Of one installation; thread safe. The first use of a table of genes reads it meanwhile."""

    def __init__(self, bench: Workbench, library: Library | None = None) -> None:
        """Args: library: of a reader; the one that all share where none is given."""
        self._bench = bench
        self._loci = bench.store.loci if library is None else library.loci
        self._history = bench.store.history if library is None else library.history
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, "suggestions")
        self._ready: dict[str, Future[None]] = {}
        self._kept: tuple[float, list[_Kept]] = (0.0, [])

    def warm(self, genome: str) -> Future[None]:
        """Read what genes are suggested from, on a thread of its own."""
        with self._lock:
            if genome not in self._ready:
                self._ready[genome] = self._thread.submit(self._read, genome)
            return self._ready[genome]

    def is_ready(self, genome: str) -> bool:
        """Whether names of genes are there, or never will be; begins to read them."""
        return self.warm(genome).done()

    def suggest(self, genome: str, typed: str) -> list[Suggested]:
        """The likeliest first; none for a text that is long or empty."""
        typed = typed.strip()
        if not typed or len(typed) > LONGEST:
            return []
        ready = self.warm(genome)
        is_ready = ready.done() and ready.exception() is None
        assembly = self._bench.opened(genome or self._bench.assembly_names[0])
        genes = _genes(typed, assembly) if is_ready and assembly is not None else []
        kept = self._matching(typed, "" if assembly is None else assembly.name)
        saved = [each for each in kept if each.kind == "saved"][:MOST_KEPT]
        history = [each for each in kept if each.kind == "history"][:MOST_KEPT]
        room = MOST - len(saved) - len(history)
        by_text: dict[str, Suggested] = {}
        for each in (*genes[:room], *saved, *history):
            by_text.setdefault(each.text.upper(), each)
        return list(by_text.values())

    def _read(self, genome: str) -> None:
        self._refresh()
        assembly = self._bench.assembly(genome)
        for typed in ("A", "NM_"):
            _genes(typed, assembly)

    def _matching(self, typed: str, assembly: str) -> list[Suggested]:
        """Of this genome, those that begin so before those that have it elsewhere."""
        words = typed.lower()
        matches = [
            each for each in self._entries() if each.assembly == assembly and words in each.searched
        ]
        matches.sort(key=lambda each: not each.searched.startswith(words))
        return [each.shown for each in matches]

    def _entries(self) -> list[_Kept]:
        """As they were a moment ago: the store is read beside, not while somebody waits."""
        when, entries = self._kept
        if time.monotonic() - when > KEPT_S:
            self._kept = (time.monotonic(), entries)
            self._thread.submit(self._refresh)
        return entries

    def _refresh(self) -> None:
        self._kept = (time.monotonic(), _stored(self._loci, self._history))


def _genes(typed: str, assembly: Assembly) -> list[Suggested]:
    """Genes by symbol, former symbol or alias, and transcripts by id; only what can be opened."""
    annotation = assembly.annotation
    if isinstance(annotation, RefSeqGenes):
        return [_shown(each) for each in annotation.suggest(typed, MOST)]
    known = refseq_genes(assembly.family) if assembly.family in FAMILIES else None
    names = [] if known is None else known.suggest(typed, MOST_LOOKED_AT)
    named = [shown for each in names if annotation.has((shown := _shown(each)).text)]
    own = [Suggested(symbol, "", "gene") for symbol in annotation.beginning(typed, MOST)]
    by_text = {each.text: each for each in (*own, *named)}  # with a title where there is one
    return list(by_text.values())[:MOST]


def _shown(each: Suggestion) -> Suggested:
    """A gene goes by its symbol of today, a transcript by its id."""
    if each.kind in (SYMBOL, PREVIOUS, ALIAS):
        before = "" if each.kind == SYMBOL else f"{each.kind} {each.name}"
        words = ", ".join(filter(None, (before, each.title)))
        return Suggested(each.symbol, words, "gene")
    words = ", ".join(filter(None, (f"{each.kind} of {each.symbol}", each.title)))
    return Suggested(each.name, words, "transcript")


def _stored(loci: SavedLoci, history: History) -> list[_Kept]:
    """Saved loci, then the history; none where the store cannot be read."""
    try:
        entries, past = loci.entries(), history.entries(N_HISTORY)
    except StoreError:
        return []
    saved = [
        _Kept(
            Suggested(each.text, f"saved as {each.name}", "saved"),
            each.assembly,
            " ".join((each.name, each.text, *each.tags)).lower(),
        )
        for each in entries
    ]
    queries = [
        _Kept(
            Suggested(
                each.query, each.normalised if each.normalised != each.query else "", "history"
            ),
            each.assembly,
            f"{each.query} {each.normalised}".lower(),
        )
        for each in past
    ]
    return saved + queries

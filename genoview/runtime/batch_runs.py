"""The batch runs of a server: each started once, queued, kept on disk.

BatchRuns.start(content, plan) -> run id -> Job, rows as they come
"""

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from genoview.data.progress import Progress
from genoview.errors import Cancelled, GenoviewError, StoreError
from genoview.runtime.batch import (
    BatchFileError,
    Engine,
    Plan,
    Row,
    Run,
    RunFolder,
    Source,
    Tally,
    scorer_named,
)
from genoview.runtime.jobs import Job
from genoview.runtime.workbench import Workbench

QUEUE = "batch"  # a thread of its own, so that a page does not wait for a file
MAX_ROWS = 100_000  # variants of one file on a page
KEEP_ROWS = 4  # runs whose rows stay in memory


@dataclass
class Progressing:
    """A run at work; rows are added by its thread and read by pages."""

    job: Job[None]
    rows: list[Row] = field(default_factory=list)
    total: int = 0


class BatchRuns:
    """Runs of files of variants, queued, resumed and read from disk; thread safe."""

    def __init__(self, bench: Workbench, folder: Path | None = None) -> None:
        """Args: folder: of the runs; of all readers where none is given."""
        self._bench = bench
        place = folder or bench.settings.cache_dir / "batches"
        self._folder, self._owner = RunFolder(place), place.parent.name
        self._lock = threading.Lock()
        self._working: dict[str, Progressing] = {}
        self._known: dict[str, list[Row]] = {}  # rows of finished runs, the last used last

    def start(self, content: bytes, plan: Plan) -> Run:
        """Store a file and queue it, unless the same run is finished.

        Raises:
            StoreError: the cache folder cannot be written.
        """
        run = self._folder.add(content, plan)
        if run.state != "done":
            self.resume(run.run_id)
        return run

    def resume(self, run_id: str) -> None:
        """Queue a run that was stopped, cut off or failed; what was scored is not scored again.

        Raises:
            StoreError: the run no longer exists.
        """
        with self._lock:
            run = self._folder.find(run_id)
            if run is None:
                raise StoreError("That run no longer exists: it was removed in another window.")
            if (now := self._working.get(run_id)) is not None and not now.job.is_finished:
                return
            run = replace(run, state="begun", words="", warnings=())
            self._folder.keep(run)
            progressing: list[Progressing] = []
            ready = threading.Event()

            def work(progress: Progress) -> None:
                ready.wait()
                self._work(run, progressing[0], progress)

            # A finished job of the same key would be joined instead of run.
            key = f"batch {self._owner} {run_id} {now.job.finished if now else ''}"
            job = self._bench.queue.submit(key, work, run.plan.name, QUEUE, QUEUE)
            progressing.append(Progressing(job))
            self._working[run_id] = progressing[0]
            ready.set()

    def stop(self, run_id: str) -> None:
        """Stop a run at its next progress; what is scored stays."""
        at_work = self._working.get(run_id)
        if at_work is not None:
            at_work.job.cancel(QUEUE)
            if at_work.job.started is None:  # it never begins, and so cannot write this down
                self._end(run_id, "stopped", "")

    def remove(self, run_id: str) -> None:
        """Stop and forget a run, with its file."""
        self.stop(run_id)
        with self._lock:  # what stops at this moment must not be written down again
            self._folder.remove(run_id)
            self._working.pop(run_id, None)
            self._known.pop(run_id, None)

    def runs(self) -> list[Run]:
        """All that are on disk, the newest first."""
        return self._folder.runs()

    def find(self, run_id: str) -> Run | None:
        return self._folder.find(run_id)

    def at_work(self, run_id: str) -> Progressing | None:
        """The run while it waits or works; None before and after."""
        progressing = self._working.get(run_id)
        return None if progressing is None or progressing.job.is_finished else progressing

    def rows(self, run_id: str) -> list[Row]:
        """What is known by now, in the order of the file."""
        at_work = self._working.get(run_id)
        if at_work is not None and (rows := list(at_work.rows)):
            return rows
        with self._lock:
            if run_id not in self._known:
                self._known[run_id] = self._folder.rows(run_id) or []
            self._known[run_id] = self._known.pop(run_id)
            while len(self._known) > KEEP_ROWS:
                del self._known[next(iter(self._known))]
            return self._known[run_id]

    def source(self, run: Run) -> Source:
        """The file as it was handed in."""
        return Source(self._folder.input(run.run_id), run.plan.name)

    def _work(self, run: Run, at_work: Progressing, progress: Progress) -> None:
        try:
            self._score(run, at_work, progress)
        except Cancelled:
            self._end(run.run_id, "stopped", Tally.of(at_work.rows).words)
            raise
        except GenoviewError as error:
            self._end(run.run_id, "failed", str(error))
            raise

    def _score(self, run: Run, at_work: Progressing, progress: Progress) -> None:
        progress(0.0)
        plan, source = run.plan, self.source(run)
        assembly = self._bench.assembly(plan.assembly)
        entries = list(source.entries(assembly))
        if len(entries) > MAX_ROWS:
            raise BatchFileError(
                f"{plan.name} has {len(entries):,} variants; a page shows up to {MAX_ROWS:,}. "
                "`genoview score` takes files of any length."
            )
        at_work.total = len(entries)
        scorers = [scorer_named(self._bench, name, assembly, plan.distance) for name in plan.models]
        versions = tuple((scorer.backend.card.name, scorer.backend.version) for scorer in scorers)
        engine = Engine(assembly, scorers, self._bench.store)
        for rows in engine.rows(entries, len(entries), progress):
            at_work.rows += rows
        warnings = (*source.notes, *engine.warnings)
        words = Tally.of(at_work.rows).words
        done = replace(run, state="done", words=words, versions=versions, warnings=warnings)
        with self._lock:
            if self._folder.find(run.run_id) is not None:
                self._folder.finish(done, at_work.rows)

    def _end(self, run_id: str, state: str, words: str) -> None:
        with self._lock:
            run = self._folder.find(run_id)
            if run is not None and run.state != "done":
                self._folder.keep(replace(run, state=state, words=words))

"""A backend -> whether it keeps the contract, tried on sequence drawn by chance.

What the rest of genoview takes for granted: batches, strands, tiles, N, and a stop at any time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from genoview.data.genome import Interval, reverse_complement
from genoview.data.track_data import FloatArray
from genoview.errors import BackendError, Cancelled, GenoviewError
from genoview.models.base import Backend

TOLERANCE = 1e-4  # of the largest value, or of 1 where all are smaller: how float32 sums differ
LONG_CONTEXT = 1_000  # bp from which on fewer sequences are tried
MANY, FEW = 64, 4  # sequences a batch
SEED = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One check; `reason` is empty where it passes."""

    title: str
    reason: str = ""

    @property
    def holds(self) -> bool:
        return not self.reason

    @property
    def words(self) -> str:
        return f"ok      {self.title}" if self.holds else f"FAILED  {self.title}: {self.reason}"


def check_contract(backend: Backend, n_rows: int = 0) -> list[Finding]:
    """Everything, in order; a failure keeps the rest from nothing.

    Args:
        n_rows: sequences of the largest batch; 0 for as many as the model's context allows.
    """
    trial = Trial(backend, n_rows or (FEW if backend.context_length > LONG_CONTEXT else MANY))
    checks: dict[str, Callable[[], str]] = {
        "tracks and shapes are as stated": trial.shapes,
        f"batches of 1, {trial.middle} and {trial.n_rows} agree": trial.batches,
        "N gives finite values": trial.unknown,
        "the reverse strand mirrors the forward one": trial.strands,
        "tiles come to the same as one piece": trial.tiles,
        "a stopped run leaves nothing behind": trial.stopped,
    }
    return [Finding(title, _reason(check)) for title, check in checks.items()]


def _reason(check: Callable[[], str]) -> str:
    try:
        return check()
    except GenoviewError as error:
        return str(error)


class Trial:
    """Sequences of one model, and each of the checks: a sentence where it fails."""

    def __init__(self, backend: Backend, n_rows: int) -> None:
        self.backend, self.n_rows = backend, n_rows
        self.middle = max(n_rows // 8, 2)
        width = backend.window_length or backend.resolution * 3 + 2 * backend.context_length
        drawn = np.random.default_rng(SEED).choice(list("ACGT"), (n_rows, width))
        self.sequences = ["".join(row) for row in drawn]

    def shapes(self) -> str:
        backend = self.backend
        values = backend.predict_rows(self.sequences[:1])
        n_bins = len(self.sequences[0]) - 2 * backend.context_length
        expected = (1, n_bins // backend.resolution, len(backend.tracks))
        if values.shape != expected or values.dtype != np.float32:
            return f"float32{list(expected)} was expected, {values.dtype}{list(values.shape)} came."
        labels = {track.label for track in backend.tracks if not track.member}
        if len(labels) != sum(not track.member for track in backend.tracks):
            return "two tracks have one name."
        return ""

    def batches(self) -> str:
        whole = self.backend.predict_rows(self.sequences)
        for size in (1, self.middle):
            parts = [
                self.backend.predict_rows(self.sequences[i : i + size])
                for i in range(0, len(self.sequences), size)
            ]
            if reason := _different(np.concatenate(parts), whole):
                return f"batches of {size}: {reason}"
        return ""

    def unknown(self) -> str:
        width = len(self.sequences[0])
        some = self.sequences[0][: width // 2].ljust(width, "N")
        values = self.backend.predict_rows(["N" * width, some])
        return "" if np.isfinite(values).all() else "a value is not finite."

    def strands(self) -> str:
        backend = self.backend
        if not backend.both_strands:
            return ""
        sequence = self.sequences[0]
        ahead, back = backend.predict_rows([sequence, reverse_complement(sequence)])
        half = len(backend.tracks) // 2
        signs = [track.strand for track in backend.tracks]
        if signs != ["+"] * half + ["-"] * half:
            return "tracks of the forward strand come first, then the same of the reverse one."
        return _different(ahead[:, half:], back[::-1, :half])

    def tiles(self) -> str:
        """A longer piece at once, and in tiles of two bins; models of one length tile anyhow."""
        backend = self.backend
        if backend.window_length is not None:
            return ""
        interval = Interval("trial", 0, 7 * backend.resolution)
        drawn = np.random.default_rng(SEED + 1).choice(list("ACGT"), backend.window(interval).width)
        sequence, usual = "".join(drawn), backend.tile_length
        whole = backend.predict(sequence, interval).data.values
        try:
            backend.tile_length = 2 * backend.resolution
            parts = backend.predict(sequence, interval).data.values
        finally:
            backend.tile_length = usual
        return _different(parts, whole)

    def stopped(self) -> str:
        backend, sequence = self.backend, self.sequences[0]
        interval = Interval("trial", 0, len(sequence) - 2 * backend.context_length)

        def stop(share: float) -> None:
            raise Cancelled("stopped")

        before = backend.predict(sequence, interval).data.values
        try:
            backend.predict(sequence, interval, stop)
        except Cancelled:
            return _different(backend.predict(sequence, interval).data.values, before)
        raise BackendError("it did not stop when it was cancelled.")


def _different(values: FloatArray, expected: FloatArray) -> str:
    """By how much, in a sentence; empty where they agree."""
    if values.shape != expected.shape:
        return f"{list(values.shape)} came in place of {list(expected.shape)}."
    least = TOLERANCE * max(1.0, float(np.abs(expected).max(initial=0.0)))
    largest = float(np.abs(values - expected).max(initial=0.0))
    return "" if largest <= least else f"values differ by {largest:.2g}; {least:.2g} is allowed."

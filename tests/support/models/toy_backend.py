"""Small models whose values can be worked out by hand, and which count how often they are asked."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.models.base import Backend

PROBABILITY = "probability"
LONG_S = 120.0


def card(name: str, family: Family, random_weights: bool = True) -> ModelCard:
    return ModelCard(
        name=name,
        title=f"Toy {name}",
        family=family,
        predicts="the share of G and C",
        limits="anything real",
        licence="CC0-1.0",
        citation="Nobody 2025",
        source="the tests",
        parameters=1,
        random_weights=random_weights,
    )


class Toy(Backend):
    """In bins of 10 bp, the share of G and C in the bin, times a weight."""

    card = card("gc", Family.EXPRESSION)
    tracks: tuple[TrackMetadata, ...] = (TrackMetadata("GC", Assay.TSS, "+", PROBABILITY),)
    letters = ("GC",)  # what each track counts
    resolution = 10
    context_length = 20
    tile_length = 500

    def __init__(
        self, device: str = "cpu", dtype: str = "float32", weight: float = 1.0, **facts: object
    ) -> None:
        super().__init__(device, dtype)
        self.weight = weight
        self.lengths: list[int] = []  # of every sequence that was predicted
        for name, value in facts.items():
            setattr(self, name, value)

    @property
    def weights_digest(self) -> str:
        return hashlib.sha256(str(self.weight).encode()).hexdigest()

    @property
    def n_calls(self) -> int:
        return len(self.lengths)

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        self.lengths += map(len, sequences)
        return np.stack([self.shares(sequence) for sequence in sequences])

    def shares(self, sequence: str) -> FloatArray:
        """float32[bins, tracks] of a sequence with its context."""
        inner = sequence[self.context_length : len(sequence) - self.context_length]
        bases = np.array(list(inner)).reshape(-1, self.resolution)
        columns = [np.isin(bases, list(letters)).mean(axis=1) for letters in self.letters]
        return (np.stack(columns, axis=1) * self.weight).astype(np.float32)


class SpliceToy(Toy):
    """A base is a donor where it is G, an acceptor where it is A, on the other strand C and T."""

    card = card("splice", Family.SPLICING, random_weights=False)
    tracks = tuple(
        TrackMetadata(f"Splice {site}", Assay.SPLICE_SITES, strand, PROBABILITY)
        for strand in "+-"
        for site in ("donor", "acceptor")
    )
    letters = ("G", "A", "C", "T")
    resolution = 1


def stand_in(model: type[Backend]) -> Toy:
    """In place of a network: its card, tracks, bins and strands, with shares of bases as values."""
    n_tracks = len(model.tracks) // (2 if model.both_strands else 1)
    return Toy(
        card=model.card,
        tracks=model.tracks,
        letters=tuple("AGCT"[number % 4] for number in range(n_tracks)),
        resolution=model.resolution,
        both_strands=model.both_strands,
        tile_length=500 * model.resolution,
    )


class Gated(Toy):
    """Waits at every batch until it is let through."""

    card = card("gated", Family.EXPRESSION)
    begun = threading.Event()
    go = threading.Event()

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        Gated.begun.set()
        assert Gated.go.wait(LONG_S)
        return super().predict_batch(sequences)

    @classmethod
    def close(cls) -> None:
        """Nothing has begun, and nothing may go on."""
        cls.begun.clear()
        cls.go.clear()

"""Models of a few bases that servers are tested with."""

import threading
from collections.abc import Sequence

from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.errors import BackendError
from tests.support.models.toy_backend import LONG_S, PROBABILITY, Gated, SpliceToy, Toy, card


class Reporter(Toy):
    """Values that may be negative, as logarithms are."""

    card = card("reporter", Family.EXPRESSION)
    tracks = (TrackMetadata("Reporter", Assay.MPRA, "+", "log2"),)

    def shares(self, sequence: str):  # type: ignore[no-untyped-def]
        return super().shares(sequence) - 0.5


class Wide(SpliceToy):
    """Splice sites as well, in other bins."""

    card = card("wide", Family.SPLICING)
    resolution = 10


class Second(SpliceToy):
    """Another model of splice sites."""

    card = card("second", Family.SPLICING)


class Steps(SpliceToy):
    """Waits before each tile until it is let go on; two networks, which a reader is not told of."""

    card = card("steps", Family.SPLICING)
    tracks = (
        *SpliceToy.tracks[:1],
        TrackMetadata("Network 1", Assay.SPLICE_SITES, "+", PROBABILITY, member="1"),
        *SpliceToy.tracks[1:],
    )
    letters = ("G", "N", "A", "C", "T")
    tile_length = 2**12
    steps = threading.Semaphore(0)
    fails = False

    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        assert Steps.steps.acquire(timeout=LONG_S)
        if Steps.fails:
            raise BackendError("The third tile could not be made.")
        return super().predict_batch(sequences)


class Maps(Toy):
    """A kind of track that has no output type here."""

    card = card("maps", Family.CONTACTS)
    tracks = (TrackMetadata("Contacts", Assay.CONTACT_MAPS, ".", PROBABILITY),)


TOYS = (Toy, SpliceToy, Gated, Steps, Reporter, Wide, Second, Maps)

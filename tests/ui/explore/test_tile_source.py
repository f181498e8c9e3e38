"""Where the keys of the track view go."""

import numpy as np

from genoview.data.answer import Answer
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, Family, TrackData, TrackMetadata
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.ui.explore.tile_source import sites_of, stops_of
from tests.support.toy_backend import card

LOCUS = "chr20:42,984,001-42,984,010"
DONOR = TrackMetadata("Splice donor", Assay.SPLICE_SITES, "+", "probability")
ACCEPTOR = TrackMetadata("Splice acceptor", Assay.SPLICE_SITES, "-", "probability")
SIGNAL = TrackMetadata("Signal", Assay.CAGE, "+", "reads")


def test_keys_go_to_splice_sites_of_either_allele_from_left_to_right(demo: Assembly) -> None:
    request = resolve(LOCUS, demo)
    interval = request.locus.interval
    ref, alt, reads = (np.zeros((10, 2), np.float32) for _ in range(3))
    ref[7, 0], ref[2, 1], ref[4, 0] = 0.9, 0.5, 0.49
    alt[7, 0], alt[5, 1] = 0.1, 0.8
    reads[:] = 100

    def predicted(values: np.ndarray, *tracks: TrackMetadata) -> Prediction:
        return Prediction(TrackData(values, tracks, interval, 1))

    splicing = Answer(
        card("splice", Family.SPLICING),
        "1",
        "cpu",
        predicted(ref, DONOR, ACCEPTOR),
        predicted(alt, DONOR, ACCEPTOR),
    )
    signal = Answer(card("reads", Family.EXPRESSION), "1", "cpu", predicted(reads, SIGNAL, SIGNAL))
    left = interval.start + 0.5  # x of the left edge of the first base
    assert sites_of(Scene(request, demo, [signal, splicing])) == [
        (left + 2, left + 3, "Splice acceptor (-)"),
        (left + 5, left + 6, "Splice acceptor (-)"),
        (left + 7, left + 8, "Splice donor (+)"),
    ]


def test_keys_go_to_genes_and_to_the_variant(demo: Assembly) -> None:
    stops = stops_of(Scene(resolve("chr20:43042364:C>T", demo), demo))
    assert (43_042_363.5, 43_042_364.5, "chr20:43042364:C>T") in stops
    assert "HNF4A" in [name for _, _, name in stops]
    assert stops == sorted(stops, key=lambda stop: stop[:2])

"""Where the keys of the track view go."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from genoview.data.answer import Answer
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, Family, TrackData, TrackMetadata
from genoview.figure.options import Options
from genoview.figure.scene import Scene
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.report.variant_report import variant_report
from genoview.scoring.splicing.rereading import Reading
from genoview.ui.explore.tile_source import sites_of, source_of, stops_of
from tests.support.models.toy_backend import card

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


def test_a_pan_reads_the_report_and_analyses_nothing_again(
    demo: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = resolve("chr20:43042364:C>T", demo)
    whole = request.predicted
    introns = [
        intron
        for gene in demo.annotation.genes(whole)
        for transcript in gene.transcripts
        if gene.interval.strand == "+"
        for intron in transcript.introns
        if whole.start < intron.start and intron.end < whole.end
    ]
    ref, tracks = np.zeros((whole.width, 2), np.float32), (DONOR, replace(ACCEPTOR, strand="+"))
    for intron in introns:
        ref[intron.start - 1 - whole.start, 0] = ref[intron.end - whole.start, 1] = 0.9
    alt = ref.copy()
    alt[introns[0].end - whole.start, 1] = 0.0
    before, after = (Prediction(TrackData(values, tracks, whole, 1)) for values in (ref, alt))
    answers = [Answer(card("splice", Family.SPLICING), "1", "cpu", before, after)]
    report = variant_report(request, answers, demo)
    assert report.outcomes
    calls: list[Any] = []
    monkeypatch.setattr(Reading, "events", lambda reading: calls.append(reading) or [])
    source = source_of(Scene(request, demo, answers, report), Options())
    left = request.locus.interval.start + 0.5
    for moved in range(0, 3_000, 1_000):
        drawn = source.draw(left + moved, left + moved + 2_000, 800)
        assert "outcome" in [row["id"] for row in drawn["layout"]["meta"]["rows"]]
    assert calls == []

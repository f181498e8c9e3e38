"""Junctions and a contact map of no model, at places and with values that a test knows."""

from dataclasses import replace

import numpy as np

from genoview.data.answer import Answer
from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.request import Request
from genoview.data.site_data import FloatArray
from genoview.data.track_data import Assay, Biosample, Family, TrackData, TrackMetadata

FIRST = 42_940_000  # of the map, 0-based
BIN, N_BINS = 1_000, 20
INTRONS = ((42_946_000, 42_950_000, 1), (42_946_500, 42_956_500, -1), (42_951_000, 42_952_000, 1))
REF_USAGE, ALT_USAGE = (8.123456, 3.5, 1.25), (2.5, 3.5, 6.75)
LIVER = Biosample("UBERON:0002107", "liver")


def usage(values: tuple[float, ...], place: Interval) -> Junctions:
    start, end, strand = np.array(INTRONS, dtype=np.int64).T
    track = TrackMetadata("liver", Assay.SPLICE_JUNCTIONS, ".", "reads", LIVER)
    column = np.array(values, dtype=np.float32)[:, None]
    return Junctions(start, end, strand.astype(np.int8), column, (track,), place)


def touching(alt: bool) -> FloatArray:
    """float32[bins, bins]: symmetric, different in each pair."""
    made = np.random.default_rng(7).normal(size=(N_BINS, N_BINS)).astype(np.float32)
    both = np.triu(made) + np.triu(made, 1).T
    return np.asarray(both * np.float32(0.5) if alt else both)


def contacts(alt: bool) -> ContactMap:
    track = TrackMetadata("liver", Assay.CONTACT_MAPS, ".", "log fold", LIVER)
    place = Interval("chr20", FIRST, FIRST + BIN * N_BINS)
    return ContactMap(touching(alt)[..., None], (track,), place, BIN)


def answers(request: Request, card: ModelCard) -> list[Answer]:
    """A model of junctions and one of contacts; with ALT where the request has a variant."""
    place = request.predicted
    empty = TrackData(np.empty((place.width, 0), np.float32), (), place, 1)
    made = []
    for name in ("arcs", "maps"):
        both = [
            Prediction(empty, junctions=usage(ALT_USAGE if alt else REF_USAGE, place))
            if name == "arcs"
            else Prediction(empty, contacts=contacts(alt))
            for alt in (False, True)
        ]
        of = replace(card, name=name, family=Family.SPLICING)
        made.append(Answer(of, "1", "cpu", both[0], both[1] if request.variant else None))
    return made

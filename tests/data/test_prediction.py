"""A prediction carries all its parts wherever it goes."""

from dataclasses import replace

import numpy as np
import pytest

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, TrackData, TrackMetadata
from genoview.errors import TrackError
from tests.data.test_contact_map import CELLS, MAP
from tests.data.test_junction_data import LIVER, LUNG, TWO, junctions

ASKED = Interval("chr1", 0, 30_000)
NO_TRACK = TrackData(np.empty((30, 0), np.float32), (), ASKED, 1_000)
BOTH = Prediction(NO_TRACK, junctions=TWO, contacts=MAP)


def test_a_prediction_without_a_track_has_those_of_its_parts() -> None:
    assert BOTH.tracks == (*TWO.tracks, *MAP.tracks)


def test_parts_keep_their_place_within_a_prediction_that_moves() -> None:
    moved = BOTH.moved_to(Interval("chr7", 5_000, 35_000))
    assert moved.junctions is not None
    assert moved.contacts is not None
    assert moved.junctions.start.tolist() == [6_100, 6_150]
    assert moved.junctions.interval == Interval("chr7", 6_000, 7_000)
    assert moved.contacts.interval == Interval("chr7", 15_000, 25_000)


def test_junctions_of_which_there_are_none_move_too() -> None:
    moved = Prediction(NO_TRACK, junctions=junctions()).moved_to(Interval("chr7", 10, 30_010))
    assert moved.junctions is not None
    assert moved.junctions.interval == Interval("chr7", 1_010, 2_010)


def test_names_are_those_of_data_alone_or_of_all_parts() -> None:
    track = TrackMetadata("ATAC", Assay.ATAC, ".", "reads")
    data = TrackData(np.zeros((30, 1), np.float32), (track,), ASKED, 1_000)
    whole = replace(BOTH, data=data)
    today = replace(track, name="ATAC of liver")
    assert whole.named((today,)).tracks == (today, *BOTH.tracks)
    every = tuple(replace(one, unit="today's") for one in whole.tracks)
    assert whole.named(every).tracks == every
    for wrong in (every[:2], (*every, track)):
        with pytest.raises(TrackError, match="tracks"):
            whole.named(wrong)


def test_single_networks_are_left_out_of_every_part() -> None:
    one = replace(LIVER, member="1")
    contacts = ContactMap(MAP.values, (replace(CELLS, member="1"), CELLS), MAP.interval, 2_000)
    spoken = replace(
        BOTH, junctions=replace(TWO, tracks=(one, LUNG)), contacts=contacts
    ).without_members()
    assert spoken.tracks == (LUNG, CELLS)
    assert spoken.junctions is not None
    assert spoken.junctions.values[:, 0].tolist() == [1, 3]

"""What can be read of a prediction before its end."""

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.prediction import Draft
from genoview.data.track_data import TrackData
from genoview.errors import Cancelled
from tests.support.models.toy_backend import Toy

PLACE = Interval("chr1", 100, 2_100)
WINDOW = PLACE.expanded(Toy.context_length)
SEQUENCE = ("ACGGT" * WINDOW.width)[: WINDOW.width]


def test_what_is_told_as_final_stays_so() -> None:
    told: list[tuple[int, bytes]] = []

    def watch(data: TrackData, n_bins: int) -> None:
        assert (data.interval, data.resolution) == (PLACE, 10)
        told.append((n_bins, data.values[:n_bins].tobytes()))

    made = Toy().predict(SEQUENCE, PLACE, watch=watch).data.values
    assert [n_bins for n_bins, _ in told] == [0, 50, 100, 150, 200]
    assert all(made[:n_bins].tobytes() == values for n_bins, values in told)


def test_a_run_that_is_stopped_has_told_what_it_made() -> None:
    told: list[int] = []

    def stop(share: float) -> None:
        if share > 0.4:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        Toy().predict(SEQUENCE, PLACE, stop, lambda data, n_bins: told.append(n_bins))
    assert told == [0, 50, 100]


def test_a_draft_gives_what_is_there_and_nothing_after_its_end() -> None:
    data = TrackData(np.zeros((200, 1), np.float32), Toy.tracks, PLACE, 10)
    draft = Draft()
    assert draft.wait(0, 0) is None
    draft.publish(data, 100)
    assert draft.wait(100, 0) is data
    assert draft.wait(101, 0) is None
    draft.end()
    assert draft.wait(1, 20) is None  # at once
    assert draft.has_ended

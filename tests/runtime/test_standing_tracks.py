"""A track of the settings that failed is switched off with a sentence, until its file changes."""

import os
from pathlib import Path

import pytest

from genoview.io.formats import LocalFileError
from genoview.runtime import standing_tracks
from genoview.runtime.settings_file import TrackConfig
from genoview.runtime.standing_tracks import ENDED, StandingTracks

CHROMS = {"chr20": 64_444_167}
GOOD, BAD = "chr20\t10\t20\tpeak\n", "no line of anything\n"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each file that was opened."""
    opened: list[Path] = []
    open_tracks = standing_tracks.open_tracks

    def counted(path, **facts):
        opened.append(path)
        return open_tracks(path, **facts)

    monkeypatch.setattr(standing_tracks, "open_tracks", counted)
    return opened


def opened(folder: Path, track: TrackConfig) -> object:
    """As a server does that was started anew."""
    return StandingTracks(folder / "notes").open(track, "GRCh37", CHROMS)


def test_a_good_track_is_read_at_each_start(tmp_path, reads):
    track = TrackConfig(tmp_path / "a.bed")
    track.path.write_text(GOOD)
    for _ in range(2):
        opened(tmp_path, track)
    assert len(reads) == 2
    assert not list((tmp_path / "notes").glob("*.txt"))


def test_a_bad_one_is_tried_once_and_again_when_its_file_changes(tmp_path, reads):
    track = TrackConfig(tmp_path / "a.bed", "My peaks")
    track.path.write_text(BAD)
    with pytest.raises(LocalFileError):
        opened(tmp_path, track)
    for _ in range(2):
        with pytest.raises(LocalFileError, match="My peaks is switched off, since it could not"):
            opened(tmp_path, track)
    assert len(reads) == 1
    track.path.write_text(GOOD)
    opened(tmp_path, track)
    assert len(reads) == 2


def test_one_under_which_the_server_ended_is_not_tried_again(tmp_path, reads):
    track = TrackConfig(tmp_path / "a.bed")
    track.path.write_text(GOOD)
    child = os.fork()
    if not child:
        standing_tracks.open_tracks = lambda path, **facts: os._exit(9)  # as a crash would
        opened(tmp_path, track)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with pytest.raises(LocalFileError, match=ENDED):
        opened(tmp_path, track)
    assert not reads


def test_an_absent_file_is_looked_for_each_time(tmp_path, reads):
    track = TrackConfig(tmp_path / "a.bed")
    for _ in range(2):
        with pytest.raises(LocalFileError, match="no file"):
            opened(tmp_path, track)
    assert len(reads) == 2


def test_where_nothing_can_be_noted_tracks_are_read_all_the_same(tmp_path, reads):
    track = TrackConfig(tmp_path / "a.bed")
    track.path.write_text(GOOD)
    (tmp_path / "notes").write_text("a file, no folder")
    assert opened(tmp_path, track)

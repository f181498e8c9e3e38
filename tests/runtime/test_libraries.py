"""Saved loci, history and runs: everybody's, or each signed-in reader's own."""

import pytest

from genoview.errors import SettingsError
from genoview.runtime.batch.runs import Plan
from genoview.runtime.libraries import Libraries
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.store import HistoryEntry, SavedLocus
from genoview.store.database import utc_now

ANNA, BEN = "https://id.example anna", "https://id.example ben"


@pytest.fixture(params=[True, False], ids=["own", "shared"])
def libraries(tmp_path, request):
    config = tmp_path / "genoview.toml"
    config.write_text("own_library = true\n" if request.param else "")
    variables = {"GENOVIEW_CONFIG": str(config), "GENOVIEW_CACHE": str(tmp_path / "cache")}
    bench = Workbench(read_settings(variables))
    yield Libraries(bench)
    bench.close()


def test_a_reader_sees_what_the_settings_say(libraries):
    is_own = libraries._bench.settings.own_library
    anna, ben = libraries.of(ANNA), libraries.of(BEN)
    anna.loci.save(SavedLocus.new("ADA", "GRCh37", "explore?q=ADA"))
    anna.history.record(HistoryEntry("ADA", "ADA", "GRCh37", "locus", "x", 1.0, utc_now()))
    run = anna.runs._folder.add(b"chr20:1:A>C", Plan("list", "GRCh37", ("cispliceai",)))
    assert [locus.text for locus in anna.loci.entries()] == ["ADA"]
    assert bool(ben.loci.entries()) is not is_own
    assert bool(ben.history.entries()) is not is_own
    assert (ben.runs.find(run.run_id) is None) is is_own
    assert libraries.of(ANNA) is anna


def test_who_is_not_signed_in_has_no_library_of_their_own(libraries):
    if libraries._bench.settings.own_library:
        with pytest.raises(SettingsError, match="Sign in first"):
            libraries.of("")
    else:
        assert libraries.of("") is libraries.of(ANNA)


def test_names_are_not_written_into_the_cache(libraries):
    folder = libraries.folder_of(ANNA)
    assert "anna" not in str(folder.relative_to(libraries._bench.settings.cache_dir))

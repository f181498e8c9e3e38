"""A key goes to the address that it was entered for, and to no other."""

import pytest

from genoview.models.alphagenome.cards import HOSTED, SERVER
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel

KEY, OTHER = "a-secret", "another-secret"
OWN = LargeModel(SERVER, "gpu.lab.example:50051", True)


def models(folder) -> LargeModels:
    return LargeModels(folder, environment={})


@pytest.mark.parametrize(
    "changed",
    [
        LargeModel(SERVER, "evil.example:50051", True),
        LargeModel(SERVER, "gpu.lab.example:50052", True),
        LargeModel(SERVER, "gpu.lab.example:50051", False),  # the same, but readable on the way
        LargeModel(SERVER, "gpu.lab.example.evil.example:50051", True),
    ],
)
def test_another_address_does_not_get_the_key(tmp_path, changed):
    models(tmp_path).put(OWN, KEY)
    again = models(tmp_path)
    again.put(changed)
    assert again.key(SERVER) == ""
    assert again.key_elsewhere(SERVER) == OWN.address
    assert models(tmp_path).key(SERVER) == ""  # nor after a restart
    again.put(OWN)  # what was entered for it is still its own
    assert again.key(SERVER) == KEY and again.key_elsewhere(SERVER) == ""


def test_other_choices_of_the_same_server_keep_the_key(tmp_path):
    kept = models(tmp_path)
    kept.put(OWN, KEY)
    kept.put(LargeModel(SERVER, OWN.place, True, "mouse", ("atac",)))
    assert kept.key(SERVER) == KEY


def test_the_next_key_is_of_the_next_address(tmp_path):
    kept = models(tmp_path)
    kept.put(OWN, KEY)
    kept.put(LargeModel(SERVER, "other.example:1", True), OTHER)
    assert kept.key(SERVER) == OTHER
    kept.put(OWN)
    assert kept.key(SERVER) == ""


def test_a_key_of_an_earlier_version_belongs_to_the_address_that_is_set_up(tmp_path):
    models(tmp_path).put(OWN)
    (tmp_path / f"{SERVER}.key").write_text(KEY)
    kept = models(tmp_path)
    assert kept.key(SERVER) == KEY
    kept.put(LargeModel(SERVER, "evil.example:50051", True))
    assert kept.key(SERVER) == "" and models(tmp_path).key(SERVER) == ""


def test_a_key_that_waits_belongs_to_the_first_address(tmp_path):
    kept = models(tmp_path)
    kept.put_key(SERVER, KEY)
    kept.put(OWN)
    assert kept.key(SERVER) == KEY
    kept.put(LargeModel(SERVER, "evil.example:50051", True))
    assert kept.key(SERVER) == ""


def test_a_key_is_in_nothing_that_is_shown(tmp_path):
    kept = models(tmp_path)
    kept.put(LargeModel(HOSTED), KEY)
    assert kept.key(HOSTED) == KEY
    assert KEY not in repr(kept.models)
    assert (tmp_path / f"{HOSTED}.key").stat().st_mode & 0o777 == 0o600

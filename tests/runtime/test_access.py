"""Who may name a path, and who may set up models: the settings, the server, the reader's name."""

from pathlib import Path

import pytest

from genoview.data.input.decoding import MOST_PATH
from genoview.errors import SettingsError
from genoview.runtime.access import is_path, may_set_up, typed_path
from genoview.runtime.settings import Settings, read_settings


def settings(folder: Path, text: str = "", *, is_shared: bool = False) -> Settings:
    (folder / "genoview.toml").write_text(text)
    return read_settings({"GENOVIEW_CONFIG": str(folder / "genoview.toml")}, is_shared=is_shared)


@pytest.mark.parametrize(
    ("text", "is_shared", "allowed"),
    [
        ("", False, True),
        ("", True, False),  # off by default wherever others can come
        ("allow_paths = true\n", True, True),
        ("allow_paths = false\n", False, False),
        ('allow_paths = "yes"\n', False, False),
        ("allow_paths = \n", False, False),  # what it forbids is not known
    ],
)
def test_paths_are_typed_on_ones_own_machine_or_where_it_is_allowed(
    tmp_path, text, is_shared, allowed
):
    rules = settings(tmp_path, text, is_shared=is_shared)
    if allowed:
        assert typed_path(' "/data/a.bed" ', rules) == Path("/data/a.bed")
    else:
        with pytest.raises(SettingsError, match="may not be typed here"):
            typed_path("/data/a.bed", rules)


@pytest.mark.parametrize(
    "text", ["", "  ", "x" * (MOST_PATH + 1), "a\0b", "a\nb", "~nobody-of-this-name/a"]
)
def test_what_can_be_no_path_is_said(tmp_path, text):
    with pytest.raises(SettingsError):
        typed_path(text, settings(tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("InstaDeepAI/nucleotide-transformer", False),
        ("esm2", False),
        ("/etc", True),
        ("~/models", True),
        ("../up", True),
        ("./here", True),
        ("a/b/c", True),
        ("C:\\models", True),
        ("", False),
    ],
)
def test_a_name_on_a_hub_is_no_path(text, expected):
    assert is_path(text) is expected


def test_a_name_that_is_a_folder_here_is_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own" / "model").mkdir(parents=True)
    assert is_path("own/model")


@pytest.mark.parametrize(
    ("text", "is_shared", "reader", "allowed"),
    [
        ("", False, "", True),
        ("", True, "", False),  # by the command line alone
        ("", True, "anna@lab.example", False),
        ("allow_paths = true\n", True, "", False),
        ("allow_paths = false\n", False, "", False),
        ("admins = []\n", False, "anna@lab.example", False),
        ('admins = ["anna@lab.example"]\n', True, "Anna@lab.example", True),
        ('admins = ["anna@lab.example"]\n', True, "eve@lab.example", False),
        ('admins = ["anna@lab.example"]\n', False, "", False),
        ('admins = [""]\n', True, "", False),
        ('admins = "anna@lab.example"\n', True, "anna@lab.example", False),
    ],
)
def test_models_are_set_up_by_the_owner_or_an_admin(tmp_path, text, is_shared, reader, allowed):
    assert may_set_up(settings(tmp_path, text, is_shared=is_shared), reader) is allowed


def test_what_is_wrong_is_said_and_forbids(tmp_path):
    rules = settings(tmp_path, 'admins = "anna"\nown_library = "yes"\nallow_paths = 1\n')
    assert len(rules.problems) == 3
    assert rules.admins == () and rules.own_library and not rules.allow_paths

"""Entry points of other packages: values, several, functions, and faults that cost a sentence."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genoview.data.plugins import load_plugins

MODULE = """
ONE = 1
SEVERAL = [2, 3]
WRONG = "text"
def given():
    return (4,)
def broken():
    raise RuntimeError("no luck")
"""


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Make a distribution that offers these in the group `genoview.test`."""
    (tmp_path / "theirs.py").write_text(MODULE)
    info = tmp_path / "theirs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "theirs", raising=False)

    def offer(points: dict[str, str]) -> None:
        lines = [f"{name} = {place}\n" for name, place in points.items()]
        (info / "entry_points.txt").write_text("[genoview.test]\n" + "".join(lines))

    return offer


def test_values_lists_and_functions_are_read(offered: Callable[[dict[str, str]], None]) -> None:
    offered({"a": "theirs:ONE", "b": "theirs:SEVERAL", "c": "theirs:given"})
    loaded = load_plugins("genoview.test", int)
    assert [(one.value, one.package) for one in loaded.values] == [
        (value, "theirs") for value in (1, 2, 3, 4)
    ]
    assert loaded.faults == ()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("theirs:WRONG", "'text' is not of type int"),
        ("theirs:broken", "no luck"),
        ("theirs:absent", "absent"),
        ("nowhere:ONE", "nowhere"),
    ],
)
def test_a_fault_is_one_sentence_and_the_others_stay(
    offered: Callable[[dict[str, str]], None], place: str, reason: str
) -> None:
    offered({"bad": place, "good": "theirs:ONE"})
    loaded = load_plugins("genoview.test", int)
    assert [one.value for one in loaded.values] == [1]
    [fault] = loaded.faults
    assert fault.startswith("bad of the package theirs cannot be used") and reason in fault


def test_what_the_check_refuses_is_a_fault(offered: Callable[[dict[str, str]], None]) -> None:
    def check(value: int) -> None:
        if value > 1:
            raise ValueError("too large")

    offered({"a": "theirs:ONE", "b": "theirs:SEVERAL"})
    loaded = load_plugins("genoview.test", int, check)
    assert [one.value for one in loaded.values] == [1]
    assert "too large" in loaded.faults[0]


def test_a_group_without_packages_is_empty() -> None:
    loaded = load_plugins("genoview.nobody", int)
    assert loaded.values == () and loaded.faults == ()

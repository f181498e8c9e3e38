"""The direction of imports: a module imports only from lower ranks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RANKS = {
    "errors": 0,
    "genome": 1,
    "tracks": 2,
    "bgzf": 2,
    "accessions": 2,
    "gene_table": 2,
    "assemblies": 2,
    "faidx": 2.5,
    "gene_files": 2.5,
    "query": 3,
    "reference": 3,
    "annotation": 3,
    "backends": 3,
    "store": 3,
    "panels": 3,
    "scoring": 3,
    "exports": 3,
    "request": 4,
    "drawing": 4,
    "pipeline": 5,
    "jobs": 5,
    "settings": 5,
    "workbench": 6,
    "summary": 6,
    "ui": 7,
    "cli": 7,
    "__main__": 8,
}
SOURCES = sorted((ROOT / "genoview").rglob("*.py"))


def room_of(path: Path) -> str | None:
    parts = path.relative_to(ROOT / "genoview").with_suffix("").parts
    return None if parts[0] == "__init__" else parts[0]


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def rooms_imported(path: Path) -> set[str]:
    parts = (name.split(".") for name in imported_modules(path))
    return {part[1] for part in parts if part[0] == "genoview" and len(part) > 1} & RANKS.keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_has_a_rank_and_imports_only_from_lower_ones(path: Path) -> None:
    room = room_of(path)
    if room is None:
        assert not rooms_imported(path)
        return
    assert room in RANKS
    others = rooms_imported(path) - {room}
    assert {other for other in others if RANKS[other] >= RANKS[room]} == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_ui_imports_streamlit(path: Path) -> None:
    uses = any(name.split(".")[0] == "streamlit" for name in imported_modules(path))
    assert not uses or room_of(path) == "ui"


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.name)
def test_a_page_is_a_paragraph_of_at_most_60_lines(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 60


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("duckdb", {"store"}),
        ("plotly", {"panels", "drawing", "pipeline", "exports", "ui"}),
        ("pyfaidx", {"reference"}),
        ("pyranges", {"annotation"}),
        ("torch", {"backends"}),
    ],
)
def test_a_library_stops_at_its_module(library: str, room: set[str]) -> None:
    users = {
        room_of(path)
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imported_modules(path))
    }
    assert users <= room

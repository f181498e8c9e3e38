"""The direction of imports: a module imports only from lower ranks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RANKS = {
    "errors": 0,
    "genome": 1,
    "sites": 1.5,
    "features": 1.5,
    "pyramid": 1.5,
    "alignment": 2,
    "shelf": 2,
    "truth": 3,
    "cytobands": 2,
    "cards": 6,
    "reading": 6,
    "tracks": 2,
    "junctions": 2.2,
    "contact_map": 2.2,
    "prediction": 2.4,
    "draft": 2.4,
    "ontology": 2.4,
    "selected": 2.4,
    "wide_rows": 3.7,
    "part_rows": 3.75,
    "part_reading": 5.5,
    "language_rows": 3.75,
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
    "measured": 3,
    "options": 3.5,
    "splice_genes": 3.5,
    "splice_rules": 3.8,
    "contract": 3.8,
    "promoter_levels": 3.6,
    "request": 4,
    "motif_words": 4,
    "ground": 3.8,
    "model_rows": 3.8,
    "drawing": 4,
    "local_rows": 4,
    "splice_scores": 4,
    "mutagenesis": 4.5,
    "memory": 4.5,
    "pipeline": 5,
    "batch": 5,
    "splice_report": 5,
    "rank_report": 5,
    "background": 3,
    "plain_scores": 5.5,
    "plain_models": 5.5,
    "pace": 1,
    "bounded": 1,
    "hub_weights": 5,
    "large_settings": 5,
    "large_models": 5.5,
    "service_scores": 5.7,
    "large_names": 5.7,
    "held_weights": 5.5,
    "large_command": 6,
    "jobs": 5,
    "settings": 5,
    "model_memory": 5.5,
    "agreement": 5.5,
    "workbench": 6,
    "findings": 5.9,
    "summary": 6,
    "batch_desk": 6.5,
    "score_command": 6.8,
    "long_scores": 6.7,
    "models_command": 6.5,
    "level_rows": 4,
    "gene_answers": 5,
    "splice_gains": 4.2,
    "gain_report": 5.2,
    "score_rows": 6.5,
    "server": 6.5,
    "serve_command": 6.8,
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
        ("safetensors", {"backends"}),
        ("h5py", {"backends"}),
        ("filelock", {"shelf"}),
        ("pandas", {"annotation"}),
        ("pyarrow", {"annotation", "gene_table", "store", "exports"}),
        ("pyBigWig", {"exports", "measured"}),
        ("pysam", {"measured", "batch"}),
        ("kaleido", {"exports"}),
        ("grpc", {"backends", "server"}),
        ("alphagenome", {"backends", "server"}),
        ("alphagenome_pt", {"backends"}),
        ("enformer_pytorch", {"backends"}),
        ("borzoi_pytorch", {"backends"}),
        ("transformers", {"backends"}),
        ("starlette", {"ui"}),
        ("prometheus_client", {"server"}),
    ],
)
def test_a_library_stops_at_its_module(library: str, room: set[str]) -> None:
    users = {
        room_of(path)
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imported_modules(path))
    }
    assert users <= room


ENTRY_POINTS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]


@pytest.mark.parametrize("page", ENTRY_POINTS, ids=lambda p: p.name)
def test_a_page_knows_streamlit_and_the_ui_alone(page: Path) -> None:
    names = imported_modules(page)
    assert {name.split(".")[0] for name in names} <= {"genoview", "streamlit"}
    assert rooms_imported(page) <= {"ui"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_name_the_whole_path(path: Path) -> None:
    """A relative import would escape the ranks above."""
    tree = ast.walk(ast.parse(path.read_text()))
    assert not [node for node in tree if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_caller_asks_which_model_it_has(path: Path) -> None:
    """Code that needs `isinstance` on a backend means that the base lacks a method."""
    models = {"Jaspar", "PromID", "CISpliceAI", "SpliceAI", "Pangolin", "MPRADragoNN", "Xpresso"}
    names = {
        node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)
    }
    assert room_of(path) == "backends" or not models & names


def test_no_module_imports_itself_by_a_detour() -> None:
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): path
        for path in SOURCES
        if path.stem != "__init__"
    }
    left = {name: imported_modules(path) & modules.keys() for name, path in modules.items()}
    while done := {name for name, needed in left.items() if not needed & left.keys()}:
        left = {name: needed for name, needed in left.items() if name not in done}
    assert left == {}

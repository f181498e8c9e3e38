"""The house: its rooms, how full they are, and that a page is a paragraph; layers: lint-imports."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "genoview"
ROOMS = {"data", "io", "models", "store", "query", "scoring", "figure", "report"}
ROOMS |= {"runtime", "server", "ui", "cli"}
FILES = {"__init__.py", "__main__.py", "errors.py", "pipeline.py", "py.typed"}
MOST_MODULES = 20
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]


def entries(folder: Path) -> set[str]:
    """Files, and folders that hold a module: git leaves folders of compiled files behind."""
    return {path.name for path in folder.iterdir() if path.is_file() or any(path.rglob("*.py"))}


def imports_of(path: Path) -> list[ast.ImportFrom]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if type(node) is ast.ImportFrom]


def test_the_package_has_twelve_rooms_and_five_files() -> None:
    assert entries(PACKAGE) == ROOMS | FILES


def test_no_folder_is_crowded() -> None:
    folders = (PACKAGE, *(ROOT / name for name in ("tests", "benchmarks", "scripts", "pages")))
    paths = (path for folder in folders for path in folder.rglob("*.py"))
    modules = (path for path in paths if path.name != "__init__.py")
    counts = Counter(path.parent for path in modules)
    assert {str(folder): n for folder, n in counts.items() if n > MOST_MODULES} == {}


def test_imports_name_the_whole_path() -> None:
    relative = [path for path in PACKAGE.rglob("*.py") if any(i.level for i in imports_of(path))]
    assert relative == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_a_paragraph_that_knows_the_ui_alone(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 60
    rooms = {node.module for node in imports_of(page) if node.module}
    assert {name for name in rooms if not name.startswith(("genoview.ui", "streamlit"))} == set()

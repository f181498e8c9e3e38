"""The menu of local files: upload, path, list, removal, and the tracks of the settings."""

from pathlib import Path

import pyBigWig
import pytest
from streamlit.testing.v1 import AppTest

from genoview.data.genome import Interval
from genoview.ui.explore import local_files
from tests.support.pages.visits import healthy

pytestmark = pytest.mark.usefixtures("own_server")
SCRIPT = """
import streamlit as st
from genoview.ui.explore import local_files
local_files.menu("GRCh37-demo")
st.session_state["drawn"] = local_files.files("GRCh37-demo")
"""
BED = "chr20\t42990000\t42990100\tpeak\nbad\nchr1\t1\t2\n"


def visit() -> AppTest:
    return healthy(AppTest.from_string(SCRIPT, default_timeout=60).run())


def titles(app: AppTest) -> list[str]:
    return [file.title for file in app.session_state["drawn"]]


def texts(elements: object) -> str:
    return "\n".join(str(each.value) for each in elements)  # type: ignore[attr-defined]


def given(app: AppTest, path: Path | str) -> AppTest:
    return healthy(app.text_input(key=local_files.PATH).set_value(str(path)).run())


def uploaded(app: AppTest, name: str, content: bytes) -> AppTest:
    [field] = app.file_uploader
    return healthy(field.set_value([(name, content, "text/plain")]).run())


def test_the_menu_says_that_nothing_leaves_the_machine() -> None:
    assert "they are in no link and no cache" in texts(visit().caption)


def test_a_path_becomes_a_file_with_its_left_out_lines_and_can_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "mine.bed"
    path.write_text(BED)
    app = given(visit(), path)
    assert titles(app) == ["mine.bed"]
    assert "mine.bed · BED · 1 entry" in texts(app.text)
    assert r"1 line left out: it has fewer than 3 columns, line 2" in texts(app.caption)
    assert "1 line on chromosomes that GRCh37-demo does not have" in texts(app.caption)
    assert app.text_input(key=local_files.PATH).value == ""
    [remove] = app.button
    assert titles(healthy(remove.click().run())) == []
    assert path.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.bed", None, "There is no file"),
        ("a.bed", "", "a.bed is empty"),
        ("a.txt", "![x](http://127.0.0.1/)\n", "a.txt is of no kind known here"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_told_once(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    app = given(visit(), path)
    assert message in texts(app.error)
    assert titles(app) == []
    assert list(healthy(app.run()).error) == []


def test_uploads_are_kept_for_the_session_where_nobody_else_reads_them(tmp_path: Path) -> None:
    big = tmp_path / "mine.bw"
    with pyBigWig.open(str(big), "w") as file:
        file.addHeader([("chr20", 63_025_520)])
        file.addEntries(["chr20"], [42_990_000], ends=[42_990_100], values=[2.0])
    app = uploaded(visit(), "../mine.bed", BED.encode())
    app = uploaded(app, "mine.bw", big.read_bytes())
    assert titles(app) == ["mine.bed", "mine.bw"]
    text, wig = app.session_state["drawn"]
    folder = app.session_state[local_files.KEY].folder.path
    assert wig.path.is_relative_to(folder) and text.path.is_relative_to(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert wig.path.exists() and not text.path.exists()  # text is in memory
    assert text.count(Interval("chr20", 42_990_000, 42_990_001)) == 1
    app = healthy(app.button[1].click().run())
    assert titles(app) == ["mine.bed"]
    assert not wig.path.exists()


def test_a_folder_of_uploads_goes_with_its_session() -> None:
    held = local_files._Folder()
    path = held.path
    (path / "a.bw").write_bytes(b"x")
    del held
    assert not path.exists()


def test_paths_are_not_asked_for_where_the_settings_forbid_them(tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("allow_paths = false\n")
    app = visit()
    assert list(app.text_input) == []
    assert len(app.file_uploader) == 1


def test_tracks_of_the_settings_are_there_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "mine.bed").write_text(BED)
    (tmp_path / "genoview.toml").write_text(
        '[[tracks]]\npath = "mine.bed"\ntitle = "Mine"\nassembly = "grch37"\n'
        '[[tracks]]\npath = "mine.bed"\ntitle = "Other"\nassembly = "GRCh38"\n'
        '[[tracks]]\npath = "gone.bed"\n'
    )
    app = visit()
    assert titles(app) == ["Mine"]
    assert "gone.bed" in texts(app.error)
    [remove] = app.button
    app = healthy(remove.click().run())
    assert titles(healthy(app.run())) == []

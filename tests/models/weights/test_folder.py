"""The folder of models: what is here, adding, checking, removing, offline and by a mirror."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from genoview.data.track_data import Family
from genoview.errors import BackendError
from genoview.models.registry import row_of, shelf_rows
from genoview.models.weights import ModelFolder, Patience, Presence, Row, WeightFile
from tests.models.weights.server import CONTENT, serving
from tests.support.models.toy_backend import card

DIGEST = hashlib.sha256(CONTENT).hexdigest()
PATIENCE = Patience(attempts=2, timeout_s=0.3, pause_s=0.0)


def toy(address: str, terms: str = "", faults: tuple[str, str] = ("well", "well")) -> Row:
    files = tuple(
        WeightFile(name, f"{address}/{fault}/{name}", len(CONTENT), DIGEST)
        for name, fault in zip(("a.bin", "b.bin"), faults, strict=True)
    )
    own = replace(card("toy", Family.EXPRESSION), title="Toy", licence="CC0-1.0")
    return Row(own, "https://example.org", files, terms=terms)


def test_a_model_is_added_checked_and_removed(tmp_path: Path) -> None:
    shares: list[float] = []
    with serving() as shop:
        folder, row = ModelFolder(tmp_path / "models"), toy(shop.address)
        assert folder.presence(row) is Presence.ABSENT
        assert len(folder.problems(row)) == 2
        folder.add(row, shares.append)
        assert folder.presence(row) is Presence.HERE
        assert folder.problems(row) == []
        assert shares == sorted(shares) and shares[-1] == 1.0
        folder.add(row, shares.append)
        assert len(shop.paths) == 2  # what is right is not fetched again
    folder.remove(row)
    assert folder.presence(row) is Presence.ABSENT
    assert not folder.of("toy").exists()
    with pytest.raises(BackendError, match="is not here"):
        folder.remove(row)


def test_what_broke_off_is_incomplete_and_added_on(tmp_path: Path) -> None:
    with serving(n_faults=0) as shop:
        folder, row = ModelFolder(tmp_path), toy(shop.address)
        folder.of("toy").mkdir()
        (folder.of("toy") / "a.bin.part").write_bytes(CONTENT[:10])
        assert folder.presence(row) is Presence.INCOMPLETE
        folder.add(row, lambda share: None, patience=PATIENCE)
        assert shop.ranges == ["bytes=10-", ""]


def test_files_copied_by_hand_need_no_network(tmp_path: Path) -> None:
    folder, row = ModelFolder(tmp_path), toy("http://127.0.0.1:9")
    folder.of("toy").mkdir()
    for file in row.files:
        (folder.of("toy") / file.name).write_bytes(CONTENT)
    assert folder.presence(row) is Presence.HERE
    folder.add(row, lambda share: None, patience=PATIENCE)
    assert folder.problems(row) == []


def test_a_file_of_the_right_size_and_wrong_content_is_found_and_replaced(tmp_path: Path) -> None:
    with serving() as shop:
        folder, row = ModelFolder(tmp_path), toy(shop.address)
        folder.add(row, lambda share: None)
        (folder.of("toy") / "a.bin").write_bytes(CONTENT[::-1])
        [problem] = folder.problems(row)
        assert "a.bin is not the published file" in problem
        folder.add(row, lambda share: None)
        assert folder.problems(row) == []


def test_a_mirror_is_used_in_place_of_the_address(tmp_path: Path) -> None:
    with serving() as shop:
        folder = ModelFolder(tmp_path, f"{shop.address}/mirror/")
        folder.add(toy("http://127.0.0.1:9"), lambda share: None, patience=PATIENCE)
        assert shop.paths == ["/mirror/toy/a.bin", "/mirror/toy/b.bin"]


def test_terms_have_to_be_accepted(tmp_path: Path) -> None:
    with serving() as shop:
        folder, row = ModelFolder(tmp_path), toy(shop.address, terms="For the curious only.")
        assert row.how.endswith("--accept-terms")
        with pytest.raises(BackendError, match="curious"):
            folder.add(row, lambda share: None)
        assert shop.paths == []
        folder.add(row, lambda share: None, accepts_terms=True)
        assert folder.presence(row) is Presence.HERE


def test_what_others_put_into_the_folder_stays(tmp_path: Path) -> None:
    with serving() as shop:
        folder, row = ModelFolder(tmp_path), toy(shop.address)
        folder.add(row, lambda share: None)
    (folder.of("toy") / "notes.txt").write_text("mine")
    folder.remove(row)
    assert [path.name for path in folder.of("toy").iterdir()] == ["notes.txt"]


def test_a_package_is_installed_by_pip_and_not_by_genoview(tmp_path: Path) -> None:
    folder = ModelFolder(tmp_path)
    row = replace(row_of("spliceai"), modules=("a_module_that_nobody_has",))
    assert folder.presence(row) is Presence.ABSENT
    assert folder.problems(row) == ["pip install 'genoview[spliceai]' brings it."]
    with pytest.raises(BackendError, match="pip install"):
        folder.add(row, lambda share: None, accepts_terms=True)
    with pytest.raises(BackendError, match="pip uninstall"):
        folder.remove(row)
    assert folder.presence(replace(row, modules=("json",))) is Presence.HERE


@pytest.mark.parametrize("row", shelf_rows(), ids=lambda row: row.name)
def test_every_row_says_where_it_is_from_and_what_it_must_be(row: Row) -> None:
    assert row.source.startswith("https://")
    assert bool(row.files) != bool(row.package)
    for file in row.files:
        assert re.fullmatch("[0-9a-f]{64}", file.sha256)
        assert file.url.startswith("https://") and file.url.endswith(file.name)
        assert file.size > 0
    if "NC" in row.licence:
        assert row.terms and not row.files


def test_an_unknown_model_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BackendError, match="spliceai, pangolin"):
        row_of("enigma")


def test_files_without_what_reads_them_are_not_called_here(tmp_path: Path) -> None:
    with serving() as shop:
        folder, row = ModelFolder(tmp_path), replace(toy(shop.address), needs="no_such_reader")
        folder.add(row, lambda share: None)
    assert folder.presence(row) is Presence.UNREADABLE
    assert folder.words(row) == "missing no_such_reader"
    assert folder.how(row) == "pip install 'genoview[shelf]'"
    [problem] = folder.problems(row)
    assert "no_such_reader, which reads the files, is not installed" in problem
    readable = replace(row, needs="json")
    assert (folder.words(readable), folder.how(readable)) == ("installed", readable.how)

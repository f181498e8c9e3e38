"""The page of models: one that is absent is added with a button, checked and removed."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.models.registry import entry_of, row_of
from genoview.models.weights import Row, WeightFile
from genoview.ui.models import model_lines, shelf
from genoview.ui.page import shell
from tests.models.weights.server import CONTENT, serving
from tests.support.models.toy_backend import LONG_S

pytestmark = pytest.mark.usefixtures("own_server")
CARD = row_of("pangolin").card
PAGE = """
from genoview.ui.models import loaded, models_table
models_table.show()
loaded.show()
"""


def row(address: str, terms: str = "") -> Row:
    """Pangolin with one small file."""
    digest = hashlib.sha256(CONTENT).hexdigest()
    files = (WeightFile("a.bin", f"{address}/well/a.bin", len(CONTENT), digest),)
    return Row(CARD, "https://example.org", files, terms=terms)


def offer(monkeypatch: pytest.MonkeyPatch, offered: Row) -> None:
    """A catalogue of that model alone."""
    entry = replace(entry_of(offered.name), row=offered)
    monkeypatch.setattr(model_lines, "entries", lambda: (entry,))


def cells_of(app: AppTest) -> str:
    """The rows of the table as text."""
    return re.sub(r"<[^>]*>", "|", " ".join(str(row.proto.body) for row in app.get("html")))


def page() -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=LONG_S).run()
    assert not app.exception
    return app


def downloaded(app: AppTest) -> AppTest:
    for job in app.session_state[shelf.DOWNLOADS].values():
        assert job.wait(LONG_S)
    app.run()
    assert not app.exception
    return app


def test_a_model_is_added_checked_and_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving() as shop:
        offer(monkeypatch, row(shop.address))
        app = page()
        assert "available to add" in cells_of(app)
        assert app.button(key="add-pangolin").label == "Add (0.3 MB)"
        app.button(key="add-pangolin").click()
        downloaded(app.run())
    assert (tmp_path / "models" / "pangolin" / "a.bin").read_bytes() == CONTENT
    app.button(key="check-pangolin").click().run()
    assert [str(one.value) for one in app.success] == ["All files are installed, as published."]
    (tmp_path / "models" / "pangolin" / "a.bin").write_bytes(CONTENT[::-1])
    app.button(key="check-pangolin").click().run()
    assert any("not the published file" in str(one.value) for one in app.error)
    app.button(key="remove-pangolin").click().run()
    assert not (tmp_path / "models" / "pangolin").exists()
    assert app.button(key="add-pangolin").label == "Add (0.3 MB)"


def test_terms_are_accepted_before(monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch, row("http://127.0.0.1:9", "For the curious only."))
    app = page()
    assert app.button(key="add-pangolin").disabled
    app.checkbox(key="terms-pangolin").check().run()
    assert not app.button(key="add-pangolin").disabled
    assert any("curious" in str(one.value) for one in app.caption)


def test_a_failed_download_is_told_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(n_faults=9) as shop:
        broken = row(shop.address)
        files = (
            WeightFile("a.bin", f"{shop.address}/absent/a", len(CONTENT), broken.files[0].sha256),
        )
        offer(monkeypatch, Row(CARD, "https://a", files))
        app = page()
        app.button(key="add-pangolin").click()
        downloaded(app.run())
        assert any("answers 404" in str(one.value) for one in app.error)
        assert not app.button(key="add-pangolin").disabled


def test_the_real_shelf_says_what_adds_each_model() -> None:
    app = page()
    assert {f"add-{name}" for name in ("pangolin", "mpra-dragonn", "xpresso")} <= {
        str(button.key) for button in app.button
    }
    said = "\n".join(str(one.value) for one in app.markdown)
    assert re.search(r"Pangolin\|.*splicing\|.*available to add\|.*GPL-3.0", cells_of(app))
    assert app.button(key="add-pangolin").label == "Add (34.5 MB)"
    assert "0 loaded: 0 MB of 4,000 MB" in said


def test_readers_who_may_type_no_paths_change_no_files(tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("allow_paths = false\n")
    app = page()
    assert not [button for button in app.button if str(button.key).startswith("add-")]
    assert "genoview models add pangolin" in [str(one.value) for one in app.code]


def test_a_loaded_model_is_listed_with_its_size_and_unloaded() -> None:
    shell.bench().backend("promoter-activity")
    app = page()
    assert any("1 loaded: 14 MB of" in str(one.value) for one in app.markdown)
    app.button(key="unload-promoter-activity").click().run()
    assert shell.bench().loaded("promoter-activity") is None

"""On a shared server no reader names its files, sets models up without leave, or sees another's."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from genoview.errors import SettingsError
from genoview.runtime.access import NO_PATHS, NO_SET_UP
from genoview.runtime.libraries import SIGN_IN
from genoview.store import SavedLocus
from genoview.ui.access import library as door
from genoview.ui.access import who
from genoview.ui.models import configured_models, genome_form, shelf
from genoview.ui.page import shell
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import visit, words

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
SECRET = "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXk"


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that others reach, as with `--server.address 0.0.0.0`."""
    monkeypatch.setattr(shell, "answers_loopback_only", lambda: False)


def sign_in(monkeypatch: pytest.MonkeyPatch, email: str = "", **claims: object) -> None:
    known = {"is_logged_in": True, "email": email, "iss": "https://id.example", "sub": email}
    monkeypatch.setattr(who, "claims", lambda: {**known, **claims} if email else {})
    monkeypatch.setattr(who, "can_sign_in", lambda: True)


def labels(app: AppTest) -> set[str]:
    return {one.label for kind in (app.text_input, app.button) for one in kind}


def test_the_own_machine_s_forms_are_there() -> None:
    assert {"FASTA file", "Use it", "Add"} <= labels(visit("models"))
    assert "Or the path of a file on that machine" in labels(visit("explore"))


def test_a_shared_server_has_no_form_for_paths_models_or_genomes(shared: None) -> None:
    app = visit("models")
    assert not {"FASTA file", "Use it", "Add", "Remove"} & labels(app)
    assert NO_SET_UP in words(app)
    assert "Or the path of a file on that machine" not in labels(visit("explore"))


SCRIPT = """
import streamlit as st
from genoview.ui.models import genome_form
genome_form.show()
"""


@pytest.mark.parametrize("field", ["FASTA file", "GTF or GFF3 file (optional)"])
def test_an_error_of_the_form_quotes_nothing_of_a_file(tmp_path: Path, field: str) -> None:
    (tmp_path / "id_ed25519").write_text(f"{SECRET}\n{SECRET}\tb\tc\n")
    (tmp_path / "a.fa").write_text(">chr1\nACGT\n")
    app = AppTest.from_string(SCRIPT, default_timeout=LONG_S).run()
    values = {"Name": "own", "FASTA file": str(tmp_path / "a.fa")}
    for label, value in {**values, field: str(tmp_path / "id_ed25519")}.items():
        next(one for one in app.text_input if one.label == label).set_value(value)
    app.button[0].click().run()
    try:
        shell.bench().assembly("own")
        raised = ""
    except Exception as error:  # noqa: BLE001 - whatever it is, its words are looked at
        raised = str(error)
    said = words(app) + raised
    assert "OPENSSH" not in said and "b3BlbnNzaC" not in said
    assert raised or app.error


def test_what_changes_the_server_asks_again_behind_each_form(shared: None, tmp_path: Path) -> None:
    config = shell.bench().settings.config_path
    with pytest.raises(SettingsError, match="may not be typed here"):
        who.typed_path(str(tmp_path))
    with pytest.raises(SettingsError, match="may not be typed here"):
        who.typed_place(str(tmp_path))
    assert who.typed_place("owner/name") == "owner/name"
    for act in (
        lambda: genome_form.remove("own"),
        lambda: configured_models._change(lambda large: large.put(None)),
        lambda: shelf._add(None),
    ):
        try:
            act()
        except SettingsError as error:
            assert str(error) == NO_SET_UP
    assert not config.exists()


@pytest.mark.parametrize(
    ("email", "claims", "is_admin"),
    [
        ("anna@lab.example", {}, True),
        ("ANNA@lab.example", {}, True),
        ("anna@lab.example", {"email_verified": False}, False),
        ("eve@lab.example", {}, False),
        ("", {}, False),
    ],
)
def test_admins_set_models_up(shared, monkeypatch, tmp_path, email, claims, is_admin) -> None:
    (tmp_path / "genoview.toml").write_text('admins = ["anna@lab.example"]\n')
    sign_in(monkeypatch, email, **claims)
    app = visit("models")
    assert ("Use it" in labels(app)) is is_admin
    assert ("Sign out" in labels(app)) is bool(who.name())
    assert "FASTA file" not in labels(app)  # which names a path


def test_claims_count_where_somebody_vouches_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who.st, "user", {"email": "anna@lab.example"})
    assert who.name() == "" and who.identity() == ""
    monkeypatch.setattr(who.st, "user", {"email": "anna@lab.example", "is_logged_in": False})
    assert who.name() == "" and who.identity() == ""
    user = {"email": "Anna@lab.example", "is_logged_in": True, "iss": "i", "sub": "7"}
    monkeypatch.setattr(who.st, "user", user)
    assert who.name() == "Anna@lab.example" and who.identity() == "i 7"


def test_each_reader_signs_in_and_sees_their_own(shared, monkeypatch, tmp_path) -> None:
    (tmp_path / "genoview.toml").write_text("own_library = true\n")
    sign_in(monkeypatch)
    app = visit()
    assert SIGN_IN in words(app) and labels(app) == {"Sign in"}
    sign_in(monkeypatch, "anna@lab.example")
    saved = door.library().loci.save(SavedLocus.new("ADA", "GRCh37-demo", "explore?q=ADA"))
    assert "**ADA**" in words(visit("saved"))
    sign_in(monkeypatch, "ben@lab.example")
    assert "**ADA**" not in words(visit("saved"))
    assert "is not of a locus saved on this server" in words(visit(s=saved.short_id))
    assert "is gone" in words(visit(present=saved.short_id))


def test_where_nobody_can_sign_in_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "genoview.toml").write_text("own_library = true\n")
    app = visit()
    assert "nobody can sign in" in words(app) and labels(app) == set()


def test_local_files_by_path_ask_too(shared: None, tmp_path: Path) -> None:
    app = AppTest.from_string(
        "import streamlit as st\n"
        "from genoview.ui.explore import local_files\n"
        f"st.session_state[local_files.PATH] = {str(tmp_path)!r}\n"
        'local_files._take_path("GRCh37-demo")\n'
        'local_files.menu("GRCh37-demo")\n',
        default_timeout=LONG_S,
    ).run()
    assert NO_PATHS in words(app)

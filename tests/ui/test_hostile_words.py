"""Hostile words in links, saved loci, history, runs, files and settings: no page fetches a thing.

Each Markdown text that the server sends to the browser is rendered, whichever call it comes from.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from genoview.runtime.batch import Plan
from genoview.store import HistoryEntry, Label, SavedLocus
from genoview.store.database import utc_now
from genoview.ui.access.library import library
from genoview.ui.page.url import KEYS
from tests.support.models.toy_backend import LONG_S
from tests.support.pages.visits import healthy, visit

pytestmark = pytest.mark.usefixtures("own_server")
MODELS = ("jaspar",)
EVIL = "evil.example"
HOSTILE = (
    f"![x](http://{EVIL}/a.png) [y](http://{EVIL}) <img src=//{EVIL}/b.png> `![z](//{EVIL}/c)"
    f"\n\n- :red[z] :material/home: ![x][r]\n\n[r]: http://{EVIL}/d.png"
)
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
# Of Streamlit's messages: what the browser draws as words, or gives back to the server.
WORDS = {"text", "code", "text_input", "text_area", "arrow_data_frame", "component", "html"}
FIELDS = {"body", "label", "help", "text", "caption"}


def messages(app: AppTest) -> Iterator[tuple[str, Message]]:
    """Each element and block of the page, as it goes to the browser."""
    waiting = [app._tree]  # the public parts of AppTest leave out menus and expanders
    while waiting:
        node = waiting.pop()
        waiting.extend(getattr(node, "children", {}).values())
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield node.type, proto


def texts(proto: Message) -> Iterator[str]:
    """Each text in a message that is drawn as Markdown."""
    for field, value in proto.ListFields():
        if isinstance(value, Message):
            yield from texts(value)
        elif isinstance(value, str) and field.name in FIELDS:
            yield value


def check(app: AppTest) -> None:
    """No text of the page is a picture, a link to the stranger, or HTML."""
    n_hostile = 0
    for kind, proto in messages(app):
        if kind in WORDS:
            continue
        for text in texts(proto):
            n_hostile += EVIL in text
            html = MARKDOWN.render(text)
            drawn = html.replace("&lt;", "").replace("&quot;", "")
            assert "<img" not in drawn, (kind, text)
            assert f'href="http://{EVIL}' not in drawn, (kind, text)
            for mark in (":red[", ":material/home:"):
                assert text.replace("\\" + mark[:1], "").find(mark) < 0 or EVIL not in text, text
    app.session_state["n_hostile"] = n_hostile


def html_of(app: AppTest) -> str:
    return "".join(str(proto.body) for kind, proto in messages(app) if kind == "html")


@pytest.mark.parametrize("page", ["explore", "variant", "gene", "compare"])
def test_each_part_of_a_link(page: str) -> None:
    for key in KEYS:
        query = {} if key in ("q", "g") else {"q": "chr20:42984264:G>A"}
        app = visit(page, **{**query, key: HOSTILE})
        check(app)
        assert EVIL not in html_of(app)


@pytest.mark.parametrize("params", [{"s": HOSTILE}, {"run": HOSTILE}, {"slide": HOSTILE}])
def test_other_links(params: dict[str, str]) -> None:
    for page in ("explore", "batch"):
        check(visit(page, **params))


def test_saved_loci_and_history() -> None:
    locus = SavedLocus.new(
        HOSTILE, HOSTILE, f"?q={HOSTILE}", Label(HOSTILE[:200], HOSTILE, [HOSTILE])
    )
    fields = {"gene": HOSTILE, "prediction": HOSTILE}
    saved = library().loci.save(type(locus)(**{**_fields(locus), **fields}))
    library().history.record(
        HistoryEntry(HOSTILE, HOSTILE, HOSTILE, "locus", "x", 1.0, utc_now(), 1, HOSTILE, HOSTILE)
    )
    app = visit("saved")
    check(app)
    assert app.session_state["n_hostile"] >= 6
    [delete] = [one for one in app.button if one.label == "Delete"]
    check(healthy(delete.click().run()))
    library().loci.restore(saved.id)
    check(visit("explore", s=saved.short_id))
    presented = visit("explore", present=saved.short_id)
    check(presented)
    assert "<img" not in html_of(presented)


def _fields(locus: SavedLocus) -> dict[str, Any]:
    return {name: getattr(locus, name) for name in locus.__slots__}


def test_runs_of_files() -> None:
    plan = Plan(HOSTILE, "GRCh37-demo", ("promoter-activity",))
    run = library().runs.start(f"{HOSTILE}\nchr20:42984253:C>G\n".encode(), plan)
    at_work = library().runs.at_work(run.run_id)
    assert at_work is None or at_work.job.wait(LONG_S)
    app = visit("batch", run=run.run_id)
    check(app)
    assert app.session_state["n_hostile"] >= 2
    failed = library().runs.start(b"chr20:1:A>C\n", Plan(HOSTILE, HOSTILE, ("promoter-activity",)))
    at_work = library().runs.at_work(failed.run_id)
    assert at_work is None or at_work.job.wait(LONG_S)
    check(visit("batch"))


def test_settings_and_files(tmp_path) -> None:
    name = HOSTILE.replace("/", "∕").replace("\n", " ")
    quoted = HOSTILE.replace("\n", "\\n").replace("`", "")
    (tmp_path / "a.bed").write_text(f"chr20\t42990000\t42990100\t{name}\nbad\n")
    (tmp_path / "genoview.toml").write_text(
        f'[[tracks]]\npath = "a.bed"\ntitle = "{quoted}"\n'
        f'[[tracks]]\npath = "{quoted.replace("/", "|")}.bed"\n'
        f'[[assembly]]\nname = "own"\nfasta = "a.bed"\ndescription = "{quoted}"\n'
        f'[[assembly]]\nname = "{quoted}"\nfasta = "b"\n'
    )
    check(visit("explore", q="chr20:42,984,001-42,994,000"))
    app = visit("models")
    check(app)
    assert app.session_state["n_hostile"] >= 1


def test_what_is_typed_into_forms(tmp_path) -> None:
    app = visit("models")
    for label in ("Name", "Assembly", "FASTA file", "GTF or GFF3 file (optional)"):
        next(one for one in app.text_input if one.label == label).set_value(HOSTILE)
    next(one for one in app.button if one.label == "Add").click()
    app.run()
    assert app.error
    check(healthy(app))
    for query in (HOSTILE, f"rs334 {HOSTILE}", f"GRCh38 {HOSTILE}", f"{HOSTILE}:c.1A>C"):
        app = visit("explore")
        check(healthy(app.text_input(key="search_text").set_value(query).run()))

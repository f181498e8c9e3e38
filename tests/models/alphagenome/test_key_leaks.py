"""A key is in its own file and on the wire, and nowhere else: every byte that is left is searched.

One process sets services up, asks one that answers, one that refuses, one whose fault repeats the
key and one that nobody can reach, scores, exports and logs at DEBUG; what it wrote is read here.
"""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

pytest.importorskip("alphagenome")
pytest.importorskip("genoview.server.app")

import grpc

from tests.support.servers.scoring_service import ScoringService, serve_named

KEY = "AIza-a-key-that-nobody-may-see-0123456789"
HOSTED_KEY = "AIza-another-key-of-the-environment"
LONG_S = 300
SESSION = """
import json, logging, sys
logging.basicConfig(level=logging.DEBUG)
from pathlib import Path
from genoview.figure.build import build_figure
from genoview.figure.scene import Scene
from genoview.figure.options import Options
from genoview.io.export import provenance_of
from genoview.io import export
from genoview.models.alphagenome import client
from genoview.cli.main import main
from genoview.errors import GenoviewError
from genoview.models.alphagenome.cards import SERVER
from genoview.report.variant_report import ReportOptions, variant_report
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.score_table import score_rows
from genoview.scoring.service_scores import question_of, service_report
from genoview.runtime.settings import read_settings
from genoview.report.document import document
from genoview.runtime.workbench import Workbench

client.FIRST_WAIT_S = 0.01
client.HOSTED = "127.0.0.1:9"  # nobody
client.CONNECT_S = 0.5
folder, good, refusing, faulty = Path(sys.argv[1]), *sys.argv[2:]
SNV = "chr20:42984264:G>A"

def use(place):
    where = ["--place", place, "--key-file", str(folder / "key.txt")]
    assert main(["models", "use", "server", *where, "--outputs", "atac", "chip_tf"]) == 0

def predict(*more):
    return main(["predict", SNV, "--models", "server.atac", "--json", *more])

use(good)
out = folder / "out"
out.mkdir()
(out / "in.txt").write_text(SNV)
assert predict() == 0
assert main(["view", SNV, "--models", "server", "--html", str(out / "view.html")]) == 0
scored = ["score", str(out / "in.txt"), "--models", "server"]
for ending in ("tsv", "parquet"):
    assert main([*scored, "-o", str(out / f"out.{ending}")]) == 0
bench = Workbench(read_settings())
assembly = bench.assembly()
request = resolve(SNV, assembly)
answers = [answer(request, bench.backend("server.atac"), assembly, bench.store)]
question = question_of(bench.large, SERVER, request, assembly)
report = service_report(question, bench.store)
assert report.scores
options = ReportOptions(services=[question])
whole = variant_report(request, answers, assembly, bench.store, options)
assert whole.services == (report,)
made_by = provenance_of(request, answers)
rows = score_rows(whole)
(out / "scores.csv").write_bytes(export.scores_csv(rows, made_by))
told = document(whole)
(out / "scores.json").write_text(json.dumps(told))
figure = build_figure(Scene(request, assembly, answers), request.locus.interval, Options())
(out / "page.html").write_bytes(export.html_page(figure, made_by))
(out / "repr.txt").write_text(repr((bench.large.models, bench.settings, question, report, answers)))
bench.close()
for place in (refusing, faulty):
    use(place)
    assert predict("--flank", "700") == 2
assert main(["models", "use", "alphagenome", "--outputs", "atac"]) == 0
assert main(["predict", SNV, "--models", "alphagenome"]) == 2
assert main(["models", "list"]) == 0
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder of all that was written, and all that was printed."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "key.txt").write_text(KEY)
    services = [ScoringService(KEY), ScoringService("another key"), ScoringService(KEY)]
    services[2].faults = [grpc.StatusCode.INTERNAL] * 20
    served = [serve_named(service) for service in services]
    settings = {
        "GENOVIEW_CACHE": str(folder / "cache"),
        "GENOVIEW_CONFIG": str(folder / "config" / "genoview.toml"),
        "GENOVIEW_MODELS": str(folder / "models"),
        "GENOVIEW_THREADS": "1",
        "ALPHA_GENOME_API_KEY": HOSTED_KEY,
        "GRPC_VERBOSITY": "debug",
    }
    command = [sys.executable, "-c", SESSION, str(folder), *(address for _, address in served)]
    done = subprocess.run(
        command,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=LONG_S,
        check=False,
    )
    for server, _ in served:
        server.stop(None).wait()
    assert done.returncode == 0, done.stderr[-3_000:]
    assert services[0].sequences and services[0].scored
    yield folder, done.stdout + done.stderr


def shown(text: str) -> bool:
    forms = [KEY, HOSTED_KEY]
    forms += [base64.b64encode(form.encode()).decode().rstrip("=")[:-1] for form in forms]
    return any(form in text for form in forms)


def test_nothing_that_is_printed_or_logged_holds_a_key(session: tuple[Path, str]) -> None:
    _, printed = session
    assert "does not accept the key" in printed and "[key]" in printed
    assert "internal error" in printed and "cannot be reached" in printed
    assert "DEBUG" in printed
    assert not shown(printed)


def test_no_file_but_that_of_the_key_holds_it(session: tuple[Path, str]) -> None:
    folder, _ = session
    files = {path for path in folder.rglob("*") if path.is_file()}
    holders = {path for path in files if shown(path.read_bytes().decode("latin-1"))}
    assert {str(path.relative_to(folder)) for path in holders} == {"key.txt", "config/server.key"}
    assert {path.suffix for path in files} >= {
        *(".html", ".json", ".csv", ".tsv", ".parquet", ".duckdb")
    }


def test_nothing_that_is_compressed_holds_it_either(session: tuple[Path, str]) -> None:
    folder, _ = session
    for path in folder.rglob("*.parquet"):
        table = pq.read_table(path)
        assert not shown(f"{table.schema.metadata} {table.schema} {table.slice(0, 50).to_pylist()}")
    for path in folder.rglob("*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as connection:
            for (name,) in connection.execute("SHOW TABLES").fetchall():
                assert not shown(str(connection.execute(f'SELECT * FROM "{name}"').fetchall()))

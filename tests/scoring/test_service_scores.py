"""Scores that a service makes itself: asked by place, by the recommended scorers, remembered."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.models.toy_backend import SpliceToy, Toy

pytest.importorskip("alphagenome")
pytest.importorskip("genoview.server.app")

from alphagenome.models import variant_scorers

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.errors import BackendError, Cancelled
from genoview.io.assembly import Assembly
from genoview.io.export import Provenance, scores_csv
from genoview.models import registry
from genoview.models.alphagenome import client
from genoview.models.alphagenome.cards import HOSTED, SERVER
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.configured import LargeModels
from genoview.models.configured_file import LargeModel
from genoview.models.entry import Entry
from genoview.query.resolve import resolve
from genoview.report.document import document
from genoview.report.score_table import score_rows
from genoview.report.variant_report import VariantReport
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.service_scores import (
    ServiceReport,
    formula_of,
    known,
    label_of,
    question_of,
    rank_of,
    service_report,
)
from genoview.server import app
from genoview.store import Store
from tests.support.servers.loopback_service import LIVER
from tests.support.servers.scoring_service import RefusingService, ScoringService, serve_named

# anndata says so of every table without rows, such as of a scorer that has no tracks here.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Transforming to str index:anndata.ImplicitModificationWarning"
)
SNV = "chr20:42984264:G>A"
KEY = "a-key-that-nobody-may-see"
LONG_S = 20.0


@pytest.fixture
def request_(demo: Assembly) -> Request:
    return resolve(SNV, demo)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    result = Store(tmp_path / "cache", 10**8)
    yield result
    result.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def service(request: pytest.FixtureRequest) -> Iterator[ScoringService]:
    result = getattr(request, "param", ScoringService)(KEY)
    server, result.address = serve_named(result)
    yield result
    result.gone.set()
    server.stop(None).wait()


def using(folder: Path, address: str, outputs: tuple[str, ...], **fields: object) -> LargeModels:
    large = LargeModels(folder, environment={})
    model = LargeModel(SERVER, address, secure=False, outputs=outputs, **fields)  # type: ignore[arg-type]
    large.put_key(SERVER, KEY)
    large.put(model)
    return large


def test_a_genoview_server_gives_the_scores_of_the_official_client(
    demo: Assembly, request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    entries = tuple(Entry(c.card.name, c.__module__, c.__name__) for c in (Toy, SpliceToy))
    monkeypatch.setattr(registry, "MODELS", (*entries, *registry.MODELS))
    environment = {"GENOVIEW_CACHE": str(tmp_path), "GENOVIEW_CONFIG": str(tmp_path / "a.toml")}
    bench = Workbench(read_settings(environment | {"GENOVIEW_THREADS": "1"}))
    server = app.Server(bench, app.Options(("gc", "splice"), port=0, key=KEY))
    server.start()
    large = using(tmp_path, f"127.0.0.1:{server.port}", ("procap", "splice_sites"))
    question = question_of(large, SERVER, request_, demo)
    assert question is not None and question.refusal == ""
    assert known(question, store) is None
    report = service_report(question, store)
    client = large.service(question.model).client
    window, reported = question.interval, variant_scorers
    from alphagenome.data import genome

    expected = reported.tidy_scores(
        client.score_variant(
            genome.Interval(window.chrom, window.start, window.end),
            genome.Variant("chr20", 42984264, "G", "A"),
            [reported.RECOMMENDED_VARIANT_SCORERS[n] for n in ("PROCAP", "SPLICE_SITES")],
        )
    )
    by_hand = [item for item in report.scores if item.scorer.aggregation != "ACTIVE_SUM"]
    assert [item.value for item in by_hand] == expected["raw_score"].tolist()
    assert [item.gene for item in by_hand] == expected["gene_name"].fillna("").tolist()
    assert {item.scorer.output for item in report.scores} == {"procap", "splice_sites"}
    assert {rank_of(item) for item in report.scores} == {"quantile not given"}
    server.stop(0)
    bench.close()
    assert service_report(question, store) == report  # nobody is there to be asked
    again = question_of(using(tmp_path, "127.0.0.1:9", ("procap",)), SERVER, request_, demo)
    assert again is not None and known(again, store) is None


def report_of(
    service: ScoringService, request_: Request, demo: Assembly, folder: Path, **fields: object
) -> ServiceReport:
    outputs = ("rna_seq", "chip_tf")
    question = question_of(
        using(folder, service.address, outputs, **fields), SERVER, request_, demo
    )
    assert question is not None
    return service_report(question)


def test_values_quantiles_genes_and_tracks_are_those_that_were_sent(
    service: ScoringService, request_: Request, demo: Assembly, tmp_path: Path
) -> None:
    choice = Choice(terms=(LIVER["curie"],), factors=("CTCF",))
    result = report_of(service, request_, demo, tmp_path, choice=choice).scores
    lfc = [score for score in result if score.scorer.kind == "GeneMaskLFCScorer"]
    # Two tracks of the liver, + and -; the genes lie on +, so that - is no score of theirs.
    assert [(score.gene, score.value, rank_of(score)) for score in lfc] == [
        ("HNF4A", 1.0, "quantile +0.010"),
        ("ADA", 11.0, "quantile +0.110"),
    ]
    assert label_of(lfc[0]) == "right liver lobe, total RNA_SEQ (+)"
    assert formula_of(lfc[0]).name == "Gene mask LFC"
    bound = [score for score in result if score.scorer.output == "chip_tf"]
    assert [(formula_of(score).name, score.track.factor) for score in bound] == [
        ("Centre mask DIFF_LOG2_SUM", "CTCF"),
        ("Centre mask ACTIVE_SUM", "CTCF"),
    ]
    assert "501 bp" in formula_of(bound[0]).text
    [requested] = service.scored
    assert requested.interval.end - requested.interval.start == 16_384
    assert (requested.variant.position, requested.variant.alternate_bases) == (42984264, "A")


def test_exports_hold_every_score_with_its_formula_term_and_maker(
    service: ScoringService, request_: Request, demo: Assembly, tmp_path: Path
) -> None:
    report = report_of(service, request_, demo, tmp_path)
    rows = score_rows(VariantReport(request_, [], services=[report]))
    assert len(rows) == len(report.scores) > 10
    text = scores_csv(rows, Provenance("GRCh37-demo", SNV, (), "2026-01-31")).decode()
    body = "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    first = next(csv.DictReader(io.StringIO(body)))
    assert first["term"] == LIVER["curie"]
    assert first["source"].startswith("Model server, its own scorer")
    assert first["rank"] == "quantile +0.010"
    reported = json.loads(json.dumps(document(VariantReport(request_, [], services=[report]))))[
        "service_scores"
    ]
    assert reported[0]["service"] == "Model server" and "licence" in reported[0]
    assert reported[0]["scores"][0]["ontology_term"] == LIVER["curie"]
    assert reported[0]["scores"][0]["quantile"] == 0.01
    assert KEY not in text and KEY not in json.dumps(reported)


REFUSALS = {
    "hosted": "The scorers of AlphaGenome need its own genome, GRCh38; in GRCh37 the scores are "
    "genoview's.",
    "unknown": "Model server does not report its genome, so that its own scorers cannot be "
    "used; the scores here are genoview's.",
    "haplotype": "Model server scores one change at a time; this variant has several.",
    "its own": "",
}


@pytest.mark.parametrize(("kind", "words"), REFUSALS.items())
def test_a_service_scores_its_own_genome_alone(
    demo: Assembly, tmp_path: Path, service: ScoringService, kind: str, words: str
) -> None:
    request = resolve(SNV if kind != "haplotype" else f"{SNV} + chr20:42984272:T>C", demo)
    large = using(tmp_path, service.address, ("atac",))
    large.put(LargeModel(HOSTED))
    if kind == "unknown":
        large.put(replace(large.models[SERVER], place="127.0.0.1:9"))
    question = question_of(large, HOSTED if kind == "hosted" else SERVER, request, demo)
    assert question is not None and question.refusal == words


def test_the_hosted_service_scores_grch38(demo: Assembly, tmp_path: Path) -> None:
    large = LargeModels(tmp_path, environment={})
    large.put(LargeModel(HOSTED))
    hg38 = replace(demo, name="mine", family="hg38")
    question = question_of(large, HOSTED, resolve(SNV, demo), hg38)
    assert question is not None and question.refusal == ""
    assert question_of(large, HOSTED, resolve("chr20:42984264-42985000", demo), hg38) is None


def test_the_window_lies_inside_the_chromosome(demo: Assembly, tmp_path: Path) -> None:
    large = LargeModels(tmp_path, environment={})
    large.put(LargeModel(HOSTED, shortest=131_072))
    requested = resolve(SNV, demo)
    moved = replace(requested, predicted=Interval("chr20", 1_000, 11_000))
    question = question_of(large, HOSTED, moved, demo)
    assert question is not None
    assert question.interval == Interval("chr20", 0, 131_072)


@pytest.mark.parametrize("service", [RefusingService], indirect=True)
def test_a_used_up_quota_is_an_error_and_is_retried_as_the_protocol_allows(
    service: RefusingService, request_: Request, demo: Assembly, tmp_path: Path
) -> None:
    with pytest.raises(BackendError, match=r"no quota left .* quota of today") as caught:
        report_of(service, request_, demo, tmp_path)
    assert len(service.scored) == client.ATTEMPTS
    assert KEY not in str(caught.value)


def test_a_stopped_question_is_cancelled_at_the_service(
    service: ScoringService, request_: Request, demo: Assembly, tmp_path: Path
) -> None:
    service.hold = True
    question = question_of(using(tmp_path, service.address, ("atac",)), SERVER, request_, demo)
    assert question is not None
    stopped = threading.Event()

    def progress(share: float) -> None:
        if service.begun.is_set():
            stopped.set()
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        service_report(question, progress=progress)
    assert stopped.is_set() and service.gone.wait(LONG_S)

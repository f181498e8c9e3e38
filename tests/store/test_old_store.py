"""A store of the code before the rooms opens with everything in it, and nothing is made again.

`scripts/fixtures/make_old_store_fixture.py` wrote it, with what was in it in `expected.json`.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from genoview.data.genome import Interval
from genoview.data.request import Request
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.report.variant_report import ReportOptions, variant_report
from genoview.runtime.batch import Engine, Source, scorer_of
from genoview.runtime.batch.results import row_text
from genoview.runtime.batch_runs import BatchRuns
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.scoring.background_ranks import RankQuestion
from genoview.scoring.model_result import ModelFacts
from genoview.scoring.mutagenesis import Scan, score_of
from genoview.scoring.splicing.delta_question import DeltaQuestion
from genoview.scoring.splicing.report import known, splice_report
from genoview.ui.page.url import ViewState

FIXTURE = Path(__file__).parents[1] / "fixtures" / "old-store.tar.gz"
SNV = "chr20:43249076:C>T"
Expected = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("old")
    with tarfile.open(FIXTURE) as tar:
        tar.extractall(place, filter="data")
    return place / "old-store"


@pytest.fixture(scope="module")
def expected(folder: Path) -> Expected:
    found: Expected = json.loads((folder / "expected.json").read_text())
    return found


@pytest.fixture(scope="module")
def bench(folder: Path) -> Iterator[Workbench]:
    made = Workbench(
        read_settings(
            {
                "GENOVIEW_CACHE": str(folder / "cache"),
                "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
                "GENOVIEW_MODELS": str(folder / "models"),
                "GENOVIEW_DEVICE": "cpu",
                "GENOVIEW_THREADS": "1",
            }
        )
    )
    yield made
    made.close()
    assert made.store.take_warnings() == []


def asked(bench: Workbench, flank: int = 0) -> Request:
    return resolve(SNV, bench.assembly(), flank=flank)


def refuse(_share: float) -> None:
    raise AssertionError("something was computed")


def plain(value: Any) -> Any:
    """By way of JSON, as what is expected."""
    return json.loads(json.dumps(value, default=str))


def test_predictions_are_remembered_with_the_same_values(
    bench: Workbench, expected: Expected
) -> None:
    model = bench.backend("promoter-activity")
    assert len(expected["predictions"]) == 2
    for one in expected["predictions"]:
        request = resolve(one["query"], bench.assembly(), flank=one["flank"])
        found = answer(request, model, bench.assembly(), bench.store)
        assert found.cached and found.version == one["version"]
        alleles = [found.ref, found.alt] if found.alt else [found.ref]
        digests = [hashlib.sha256(each.data.values.tobytes()).hexdigest() for each in alleles]
        assert digests == one["alleles"]
    assert bench.store.size().entries == 3


def test_the_document_of_a_delta_report_is_read(bench: Workbench, expected: Expected) -> None:
    model = bench.backend("cispliceai")
    variant = asked(bench).variant
    assert variant
    question = DeltaQuestion(variant, ModelFacts.of(model), bench.assembly(), 100)
    assert question.document_key == expected["deltas"]["key"]
    report = splice_report(question, model, bench.store, refuse)
    assert plain(asdict(report)) == expected["deltas"]["report"]


def test_ranks_are_read_from_their_document(bench: Workbench, expected: Expected) -> None:
    variant = asked(bench).variant
    assert variant
    backends = (bench.backend("promoter-activity"),)
    question = RankQuestion(variant, backends, bench.assembly(), 50, 4)
    assert question.key == expected["ranks"]["key"]
    report = variant_report(
        asked(bench), [], bench.assembly(), bench.store, ReportOptions(ranks=question)
    )
    assert report.ranks is not None
    assert plain(asdict(report.ranks)) == expected["ranks"]["report"]


def test_a_run_opens_with_its_rows_and_its_scores_are_not_made_again(
    bench: Workbench, expected: Expected
) -> None:
    batch_runs, old = BatchRuns(bench), expected["batch"]
    [run] = batch_runs.runs()
    assert plain(asdict(run)) == old["run"]
    assert [row_text(row) for row in batch_runs.rows(run.run_id)] == old["rows"]
    source = batch_runs.source(run)
    assert isinstance(source, Source)
    assembly = bench.assembly()
    scorers = [scorer_of(bench.backend(name), assembly, 50) for name in run.plan.models]
    engine = Engine(assembly, scorers, bench.store)
    again = [row for rows in engine.rows(source.entries(assembly)) for row in rows]
    plainly = [replace(row, severest=None) for row in again]  # which earlier rows have not
    assert [row_text(row) for row in plainly] == old["rows"]
    assert engine.n_remembered == old["n_scores"] == 4


def test_what_an_old_run_scored_is_on_the_page(bench: Workbench, expected: Expected) -> None:
    """Which it was not, before pages and files asked the same question."""
    variant = asked(bench).variant
    assert variant
    facts = ModelFacts.of(bench.backend("cispliceai"))
    report = known(DeltaQuestion(variant, facts, bench.assembly()), bench.store)
    assert report is not None
    [row] = [
        row
        for row in BatchRuns(bench).rows(BatchRuns(bench).runs()[0].run_id)
        if row.variant == SNV
    ]
    result = row.result("cispliceai")
    assert result is not None
    assert report.raw == tuple(one.raw for one in result.genes)
    assert report.masked == tuple(one.masked for one in result.genes)


def test_mutagenesis_is_recalled_base_by_base(bench: Workbench, expected: Expected) -> None:
    old = expected["mutagenesis"]
    interval = Interval("chr20", old["start"], old["end"])
    scan = Scan(score_of(old["score"]), interval, bench.assembly())
    scan.recall(bench.backend("cispliceai"), bench.store)
    assert scan.is_complete
    np.testing.assert_array_equal(scan.so_far().values, np.array(old["values"], dtype=np.float32))


def test_history_and_saved_loci_are_all_there(bench: Workbench, expected: Expected) -> None:
    old = expected["library"]
    later = {"gene": "", "prediction": ""}  # what entries got since then
    history = plain([asdict(one) for one in bench.store.history.entries()])
    assert history == [one | later for one in old["history"]]
    assert [one["times"] for one in old["history"]] == [2, 1]
    loci = plain([asdict(one) for one in bench.store.loci.entries()])
    assert loci == [one | later for one in old["loci"]]
    marked = [one for one in bench.store.loci.entries() if "mark=" in one.url]
    assert len(old["loci"]) == 2 and len(marked) == 1


def test_links_mean_what_they_meant(expected: Expected) -> None:
    assert len(expected["links"]) == 3
    for one in expected["links"]:
        state, problems = ViewState.from_params(parse_qs(one["link"]))
        later = plain(asdict(ViewState()))  # what links got since then is as without
        assert plain(asdict(state)) == later | one["state"]
        assert plain(problems) == one["problems"] == []


def test_settings_read_the_same(bench: Workbench, expected: Expected) -> None:
    told = bench.settings
    found = {
        "assemblies": [[one.name, Path(one.fasta).name, one.embedded] for one in told.assemblies],
        "tracks": [[one.path.name, one.title] for one in told.tracks],
        "allow_paths": told.allow_paths,
        "problems": [str(one) for one in told.problems],
    }
    assert found == expected["settings"]
    assert bench.assembly("small").reference.chromosomes == {"chr1": 8}

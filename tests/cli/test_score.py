"""`genoview score`: a file in, a file out, the same however often it was cut off."""

from pathlib import Path

import pyarrow.parquet as pq
import pysam
import pytest

from genoview.cli.main import main
from genoview.cli.score import Score, score_file
from genoview.data.genome import Interval
from genoview.errors import Cancelled
from genoview.io.assembly import Assembly
from genoview.models import registry
from genoview.models.splicing.cispliceai import CISpliceAI
from genoview.runtime.batch.engine import FIRST_CHUNK
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from tests.runtime.batch.toys import HEAD, write
from tests.support.models.toy_backend import stand_in

QUICK = ["--models", "promoter-activity"]
SNV = "20\t42984253\t.\tC\tG"


def test_a_file_is_scored_and_what_is_passed_over_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "in.vcf", f"{HEAD}{SNV}\n20\t42984253\t.\tC\t<DEL>\nnone\n")
    out = tmp_path / "out.vcf.gz"
    assert main(["score", str(path), "-o", str(out), *QUICK]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(out)
    assert "line 4: 20:42984253:C><DEL>: ALT <DEL> is symbolic" in told.err
    assert "line 5: none: It has 1 columns" in told.err
    assert "3 variants read, 1 scored, 2 skipped: 1 ALT symbolic, 1 not readable" in told.err
    with pysam.VariantFile(str(out)) as found:
        first, second = found
        assert first.info["PromoterActivity"][0].startswith("G|HepG2|0.143|")
        assert "is_symbolic" in second.info["GenoviewPassedOver"][0]


@pytest.mark.parametrize("ending", ["tsv", "parquet"])
def test_a_table_has_a_row_for_each_variant(ending: str, tmp_path: Path) -> None:
    path = write(tmp_path / "in.vcf", f"{HEAD}{SNV}\nnone\n")
    out = tmp_path / f"out.{ending}"
    assert main(["score", str(path), "-o", str(out), *QUICK]) == 0
    if ending == "parquet":
        rows = pq.read_table(out).to_pylist()
        assert rows[0]["HepG2 log2"] == pytest.approx(0.143, abs=5e-4)
        assert rows[1]["passed_over"].startswith("It has 1 columns")
    else:
        lines = [line for line in out.read_text().splitlines() if not line.startswith("#")]
        assert [line.split("\t")[0] for line in lines] == ["line", "3", "4"]
        head, first, _ = (line.split("\t") for line in lines)
        assert dict(zip(head, first, strict=True))["consequence"] == "upstream_gene_variant"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.vcf", "-o", "out.vcf"], "absent.vcf cannot be read"),
        (["in.vcf", "-o", "out.xlsx"], "ends in none of"),
        (["in.vcf", "-o", "nowhere/out.vcf"], "there is no folder"),
        (["in.vcf", "-o", "in.vcf"], "is the file to read"),
        (["in.vcf", "-o", "out.vcf", "--distance", "9000"], "1 to 5,000 bp can be scored"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_computed(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in.vcf", f"{HEAD}{SNV}\n")
    assert main(["score", *arguments]) == 2
    assert words in capsys.readouterr().err


def score(path: Path, out: Path, folder: Path, stop: float = 2.0) -> None:
    """One run of the command with a cache of its own, stopped at a share of the work."""

    def until(share: float) -> None:
        if share > stop:
            raise Cancelled("stopped")

    bench = Workbench(read_settings({"GENOVIEW_CACHE": str(folder), "GENOVIEW_THREADS": "1"}))
    try:
        score_file(bench, Score(path, out, models=("cispliceai",)), until)
    finally:
        bench.close()


def test_a_run_that_is_cut_off_and_begun_anew_writes_the_same_file(
    tmp_path: Path, demo: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "create", lambda *_: stand_in(CISpliceAI))
    place, n = 43_249_060, FIRST_CHUNK + 4
    bases = demo.reference.fetch(Interval("chr20", place - 1, place - 1 + n))
    lines = [f"20\t{place + i}\t.\t{b}\t{'A' if b != 'A' else 'C'}" for i, b in enumerate(bases)]
    path = write(tmp_path / "in.vcf", HEAD + "\n".join(lines))
    whole, resumed = tmp_path / "whole.vcf.gz", tmp_path / "resumed.vcf.gz"
    score(path, whole, tmp_path / "one")
    with pytest.raises(Cancelled):
        score(path, resumed, tmp_path / "two", stop=(FIRST_CHUNK + 1) / n)
    assert not resumed.exists()
    score(path, resumed, tmp_path / "two")
    assert resumed.read_bytes() == whole.read_bytes()
    with pysam.VariantFile(str(whole)) as found:
        assert len(list(found)) == n

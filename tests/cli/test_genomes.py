"""`genoview genomes`: list, add, keep and remove on the command line."""

import json
import random

import pytest

from genoview.cli.main import main
from genoview.data.genome import Interval
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import read_settings
from tests.support.files.big_bed_file import big_bed, snp_row
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.servers.range_server import serving

MITOCHONDRION = "".join(random.Random(2).choices("ACGT", k=16_299))
CONTENT = two_bit({"chr1": Sequence(2_000_000), "chrM": Sequence(16_299, {0: MITOCHONDRION})})


@pytest.fixture
def server(tmp_path, monkeypatch):
    with serving(CONTENT) as server:
        monkeypatch.setenv("GENOVIEW_CONFIG", str(tmp_path / "config" / "genoview.toml"))
        monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
        yield server


def test_all_genomes_are_listed_before_any_is_agreed_to(server, capsys):
    assert main(["genomes", "list"]) == 0
    out = capsys.readouterr().out
    assert "GRCh38       not agreed   Human GRCh38 (hg38), initial release, from 127.0.0.1" in out
    assert "0 bytes here; kept: nothing" in out
    assert server.requests == []


def test_nothing_is_kept_before_somebody_agrees(server, capsys):
    assert main(["genomes", "keep", "GRCm39", "chrM"]) == 2
    assert "Run: genoview genomes add GRCm39" in capsys.readouterr().err
    assert main(["genomes", "add", "GRCm39"]) == 2  # nobody is at the terminal
    captured = capsys.readouterr()
    assert f"would be read from {server.host}" in captured.out
    assert "which stretch of which chromosome is read" in captured.out
    assert "was not added. Add --agree" in captured.err
    assert server.requests == []


def test_a_chromosome_is_added_kept_read_offline_and_removed(server, capsys):
    assert main(["genomes", "add", "grcm39", "--agree"]) == 0
    assert main(["genomes", "keep", "GRCm39", "MT"]) == 0
    assert "GRCm39: MT is here." in capsys.readouterr().out
    server.always = "404"
    genome = RemoteGenomes(read_settings()).open("GRCm39")
    assert genome.fetch(Interval("chrM", 0, 16_299)) == MITOCHONDRION
    assert main(["genomes", "list", "--json"]) == 0
    facts = {each["name"]: each for each in json.loads(capsys.readouterr().out)["genomes"]}
    assert facts["GRCm39"]["agreed"] and facts["GRCm39"]["kept"] == {"chrM": 1.0}
    assert main(["genomes", "remove", "GRCm39", "chr1"]) == 2
    assert "chr1 of GRCm39 is not kept; chrM is." in capsys.readouterr().err
    assert main(["genomes", "remove", "GRCm39", "chrM"]) == 0
    assert RemoteGenomes(read_settings()).open("GRCm39").kept() == {}
    assert main(["genomes", "remove", "GRCm39", "--withdraw"]) == 0
    assert not RemoteGenomes(read_settings()).is_agreed("GRCm39")


def test_the_whole_of_a_genome_is_kept(server, capsys):
    assert main(["genomes", "add", "GRCm39", "--agree"]) == 0
    assert main(["genomes", "keep", "GRCm39"]) == 0
    assert "GRCm39: the whole genome is here." in capsys.readouterr().out
    assert main(["genomes", "keep", "GRCm39", "chr1"]) == 2
    assert "has 2,000,000 bp where 195,154,279 were expected" in capsys.readouterr().err


def test_the_settings_can_forbid_the_network(server, tmp_path, capsys):
    assert main(["genomes", "add", "GRCm39", "--agree"]) == 0
    (tmp_path / "config" / "genoview.toml").write_text("network = false\n")
    assert main(["genomes", "keep", "GRCm39", "chrM"]) == 2
    assert "the settings have network = false" in capsys.readouterr().err
    assert server.requests == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["keep", "GRCh99"], "to read as needed; there are: GRCh38, GRCh37"),
        (["keep", "GRCh37", "chrM"], "NC_012920.1"),
        (["keep", "GRCh38", "chr1"], "another release"),
    ],
)
def test_what_cannot_be_kept_is_said(server, arguments, words, capsys):
    assert main(["genomes", "add", "GRCh38", "--agree"]) == 0
    assert main(["genomes", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_limit_that_is_no_number_is_a_problem_of_the_settings(server, monkeypatch):
    monkeypatch.setenv("GENOVIEW_GENOMES_LIMIT_MB", "much")
    settings = read_settings()
    assert settings.genomes_limit_bytes == 1_000 * 10**6
    assert "GENOVIEW_GENOMES_LIMIT_MB is 'much'" in str(settings.problems[0])


def test_numbers_of_dbsnp_are_looked_up_once_somebody_agrees(server, tmp_path, capsys):
    rows = [snp_row("chr20", 43_042_363, "rs1", "C", "T")]
    server.by_name["hg19.dbSnp155.bb"] = big_bed(rows, {"chr20": 63_025_520})
    predict = ["predict", "rs1", "--models", "jaspar", "--flank", "500"]
    assert main(predict) == 2
    assert "agree to it first. Run: genoview genomes add dbSNP" in capsys.readouterr().err
    assert server.names == []
    assert main(["genomes", "add", "dbsnp"]) == 2
    assert main(["genomes", "add", "dbsnp", "--agree"]) == 0
    assert "never the number itself" in capsys.readouterr().out
    assert main(predict) == 0
    assert "chr20:43042364:C>T in GRCh37-demo" in (out := capsys.readouterr().out)
    assert "rs1, by dbSNP 155." in out

    listed, scored = tmp_path / "list.txt", tmp_path / "scored.tsv"
    listed.write_text("rs1\nrs2\n")
    arguments = ["score", str(listed), "-o", str(scored), "--models", "promoter-activity"]
    assert main(arguments) == 0
    assert "43042364" in scored.read_text()
    assert "dbSNP has no rs2 on a chromosome of GRCh37" in capsys.readouterr().err

    assert main(["genomes", "list"]) == 0
    assert "dbSNP        agreed       Numbers of dbSNP, from 127" in capsys.readouterr().out
    assert main(["genomes", "remove", "dbSNP", "--withdraw"]) == 0
    assert main(["genomes", "list"]) == 0
    assert "dbSNP        not agreed" in capsys.readouterr().out


def test_a_genome_that_nobody_agreed_to_is_named_with_what_to_run(server, capsys):
    assert main(["predict", "chr1:1,000,001-1,000,100", "--genome", "GRCm39"]) == 2
    assert "Run: genoview genomes add GRCm39" in capsys.readouterr().err


def test_a_genome_that_is_read_as_needed_is_drawn_predicted_and_scored(server, tmp_path, capsys):
    assert main(["genomes", "add", "mm39", "--agree"]) == 0
    quick = ["--genome", "GRCm39", "--models", "promoter-activity"]
    page = tmp_path / "out.html"
    assert main(["view", "chrM:5,001-6,000", "--html", str(page), *quick]) == 0
    assert "GRCm39" in page.read_text(encoding="utf-8")
    base = MITOCHONDRION[5_499]
    variant = f"chrM:5500:{base}>{'A' if base != 'A' else 'C'}"
    assert main(["predict", variant, "--flank", "500", *quick]) == 0
    assert f"{variant} in GRCm39" in capsys.readouterr().out
    listed, scored = tmp_path / "list.txt", tmp_path / "scored.tsv"
    listed.write_text(f"{variant}\n")
    server.always = "404"  # it is here by now
    assert main(["score", str(listed), "-o", str(scored), *quick]) == 0
    assert "5500" in scored.read_text()

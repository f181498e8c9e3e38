"""`genoview genomes`: list, add, keep and remove on the command line."""

import json
import random

import pytest

from genoview.cli.main import main
from genoview.data.genome import Interval
from genoview.runtime.remote_genomes import RemoteGenomes
from genoview.runtime.settings import read_settings
from tests.support.range_server import serving
from tests.support.two_bit_file import Sequence, two_bit

MITOCHONDRION = "".join(random.Random(2).choices("ACGT", k=16_299))
CONTENT = two_bit({"chr1": Sequence(2_000_000), "chrM": Sequence(16_299, {0: MITOCHONDRION})})


@pytest.fixture
def server(tmp_path, monkeypatch):
    with serving(CONTENT) as server:
        monkeypatch.setenv("GENOVIEW_CACHE", str(tmp_path / "cache"))
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
        (["keep", "GRCh99"], "none of the genomes that can be read: GRCh38, GRCh37"),
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

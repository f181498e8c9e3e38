"""A request of one build on another: whole line, from chains and sequence that lie elsewhere."""

import pytest

from genoview.errors import GenomeError, NetworkError, SettingsError
from genoview.query.resolve import resolve
from genoview.runtime import other_builds
from genoview.runtime.workbench import Workbench
from tests.support.files.two_builds import CHAIN_FILE, NEXT, OTHER, SHIFT, SWAPPED, serve_builds
from tests.support.pages.workbench import own_workbench
from tests.support.servers.range_server import serving


@pytest.fixture(scope="module")
def bench(tmp_path_factory, demo):
    with pytest.MonkeyPatch.context() as patch, serving(b"") as server:
        serve_builds(server, demo, patch)
        bench = own_workbench(tmp_path_factory.mktemp("bench"), patch)
        bench.server = server
        yield bench
        bench.close()


def carried(bench: Workbench, text: str, source: str = "", target: str = "GRCh38"):
    request = resolve(text, bench.assembly(source))
    bench.remote_genomes.agree_to(*other_builds.files_to_agree(bench, request, target))
    return other_builds.carry_over(bench, request, target)


def test_nothing_is_read_before_somebody_agrees(bench):
    request = resolve("chr20:43042364:C>T", bench.assembly())
    files = other_builds.files_to_agree(bench, request, "GRCh38")
    assert [file.name for file in files] == ["hg38.2bit", CHAIN_FILE]
    assert files[1].learns == "that a table between two builds is read, and this address"
    with pytest.raises(NetworkError, match="that a table between two builds is read"):
        other_builds.carry_over(bench, request, "GRCh38")
    assert bench.server.names == []
    gene = resolve("ADA", bench.assembly())
    assert [f.name for f in other_builds.files_to_agree(bench, gene, "GRCh38")] == ["hg38.2bit"]


def test_the_builds_that_can_be_reached(bench):
    assert other_builds.targets(bench, "") == ("GRCh38", "T2T-CHM13v2")
    assert other_builds.targets(bench, "GRCh38") == ("GRCh37", "T2T-CHM13v2")
    assert other_builds.targets(bench, "GRCm39") == ()


@pytest.mark.parametrize(
    ("text", "there", "words"),
    [
        ("chr20:43042364:C>T", f"chr20:{43_042_364 + SHIFT}:C>T", ""),
        ("chr20:43,000,001-43,020,000", "chr20:44,371,361-44,391,360", ""),
        ("chr20:43,042,364", "chr20:44,413,724", ""),
        ("ADA", "ADA", ""),
        ("chr20:43,310,001-43,320,000", "chr20:44,751,361-44,761,360", "has the other strand"),
    ],
)
def test_variants_loci_and_genes_there_and_back(bench, text, there, words):
    answer = carried(bench, text)
    assert answer.text == there
    assert words in answer.words and bool(words) == bool(answer.words)
    assert carried(bench, there, "GRCh38", "GRCh37-demo").text == text
    assert bench.server.names.count(CHAIN_FILE) <= 1  # one file serves both ways, fetched once


def test_alleles_are_complemented_on_an_inverted_block(bench):
    request = resolve("chr20:43,310,001-43,310,001", bench.assembly())
    ref = bench.assembly().reference.fetch(
        resolve("chr20:43310001-43310002", bench.assembly()).locus.interval
    )[0]
    answer = carried(bench, f"chr20:43310001:{ref}>{NEXT[ref]}")
    pair = dict(zip("ACGT", "TGCA", strict=True))
    place = 43_300_000 + 43_400_000 - 43_310_001 + 1 + SHIFT
    assert answer.text == f"chr20:{place}:{pair[ref]}>{pair[NEXT[ref]]}"
    assert "alleles are complemented" in answer.words
    assert request.variant is None


def test_swapped_and_different_bases_are_said(bench):
    fetch = bench.assembly().reference.fetch
    locus = resolve("chr20:43100001-43100101", bench.assembly()).locus.interval
    swapped, other = fetch(locus)[0], fetch(locus)[OTHER - SWAPPED]
    answer = carried(bench, f"chr20:{SWAPPED + 1}:{swapped}>{NEXT[swapped]}")
    assert answer.text == f"chr20:{SWAPPED + 1 + SHIFT}:{NEXT[swapped]}>{swapped}"
    assert "REF and ALT are swapped" in answer.words
    third = next(base for base in "ACGT" if base not in (other, NEXT[other]))
    answer = carried(bench, f"chr20:{OTHER + 1}:{other}>{third}")
    assert answer.text == ""
    assert "the variant does not carry over" in answer.words
    assert answer.place == f"chr20:{OTHER + 1 + SHIFT:,}"


def test_what_has_no_place_there_is_refused(bench):
    with pytest.raises(GenomeError, match="is split on GRCh38"):
        carried(bench, "chr20:43,299,001-43,301,000")
    with pytest.raises(SettingsError, match="no chains from GRCm39"):
        bench.remote_genomes.liftover("GRCm39", "GRCh38")


def test_other_names_of_genomes_are_understood(bench):
    assert bench.own_name("hg38") == "GRCh38"
    assert bench.own_name("mm10") == "GRCm38" and bench.own_name("MM39") == "GRCm39"
    assert bench.own_name("GRCh37-demo") == "GRCh37-demo" and bench.own_name("mine") == "mine"
    assert bench.assembly("mm10").name == "GRCm38"
    assert bench.remote_genomes.entry("hs1").name == "T2T-CHM13v2"

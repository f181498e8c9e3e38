"""Numbers of dbSNP on the demo genome: alleles, choices, and what cannot be looked up."""

from dataclasses import replace

import pytest

from genoview.data.genome import Interval
from genoview.errors import GenomeError, NetworkError, NotLookedUp, QueryError
from genoview.io.big.name_index import NameIndex
from genoview.io.dbsnp import REMEMBER_S, DbSnp
from genoview.query.resolve import resolve
from tests.io.remote.remote_files import cached
from tests.support.files.big_bed_file import big_bed, snp_row
from tests.support.servers.range_server import serving

LENGTHS = {"chr17": 81_195_210, "chr17_ctg5_hap1": 1_680_828, "chr20": 63_025_520}
AT = 43_042_363  # 0-based, a C
REPEAT = 43_000_000


@pytest.fixture(scope="module")
def world(demo, tmp_path_factory):
    """The demo with a table of a few rows, and its server."""
    bases = demo.reference.fetch(Interval("chr20", REPEAT, REPEAT + 40))
    run = next(i for i in range(1, 38) if bases[i] == bases[i + 1] != bases[i - 1])
    rows = [
        snp_row("chr20", AT, "rs1", "C", "T"),
        snp_row("chr20", AT, "rs2", "C", "A", "G", "T"),
        snp_row("chr17", 41_209_078, "rs3", "T", "C"),
        snp_row("chr17_ctg5_hap1", 5, "rs4", "A", "C"),
        snp_row("chr20", REPEAT + run + 1, "rs5", bases[run + 1], ""),
        snp_row("chr20", REPEAT + run + 1, "rs6", "", bases[run]),
        snp_row("chr20", AT, "rs7", "G", "T"),  # the table of another build
    ]
    with serving(big_bed(rows, LENGTHS)) as server:
        index = NameIndex(cached(tmp_path_factory.mktemp("dbsnp"), server))
        table = DbSnp(lambda: index, "155")
        yield replace(demo, snps=table), server, (bases, run)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("rs1", "chr20:43042364:C>T"),
        ("RS 1 [GRCh37]", "chr20:43042364:C>T"),
        ("rs2:T", "chr20:43042364:C>T"),
        ("rs2 C>G", "chr20:43042364:C>G"),
    ],
)
def test_a_number_is_its_variant(world, text, variant):
    request = resolve(text, world[0])
    assert str(request.variant) == variant
    assert f"{text[:3].strip().lower().replace(' ', '')}" in request.notes[-1] or "RS" in text
    assert request.notes[-1].endswith("by dbSNP 155.")


def test_several_alleles_are_choices(world):
    with pytest.raises(QueryError, match="rs2 has 3 alleles on GRCh37-demo") as caught:
        resolve("rs2", world[0])
    assert caught.value.suggestions == tuple(("rs2", f"chr20:43042364:C>{alt}") for alt in "AGT")
    assert "or type it as rs2:A" in str(caught.value)


def test_insertions_and_deletions_are_left_normalised(world):
    assembly, _, (bases, run) = world
    before, base = bases[run - 1], bases[run]
    place = REPEAT + run
    assert str(resolve("rs5", assembly).variant) == f"chr20:{place}:{before}{base}>{before}"
    assert str(resolve("rs6", assembly).variant) == f"chr20:{place}:{before}>{before}{base}"


@pytest.mark.parametrize("text", ["rs4", "rs7", "rs99"])
def test_a_number_that_is_not_there(world, text):
    with pytest.raises(QueryError, match=f"dbSNP has no {text} on a chromosome of GRCh37"):
        resolve(text, world[0])


def test_a_number_elsewhere_and_of_another_build(world):
    with pytest.raises(GenomeError, match="rs3 lies at chr17:41,209,079 of GRCh37"):
        resolve("rs3", world[0])
    with pytest.raises(QueryError, match="The query is for GRCh38"):
        resolve("rs1 (GRCh38)", world[0])


def test_without_a_network_it_is_said_how_else_and_not_asked_line_by_line(demo, tmp_path):
    with serving(b"") as server:
        server.always = "404"
        table = DbSnp(lambda: NameIndex(cached(tmp_path, server)), "155")
        assembly = replace(demo, snps=table)
        for name in ("rs1", "rs2", "rs3"):
            with pytest.raises(NotLookedUp, match="17-43106487-A-C") as caught:
                resolve(name, assembly)
            assert caught.value.name == name and not caught.value.needs_consent
        assert isinstance(caught.value.__cause__, NetworkError)
        assert len(server.requests) == 1 and REMEMBER_S > 0


def test_a_genome_without_a_table(demo):
    with pytest.raises(NotLookedUp, match="dbSNP's table can be read for GRCh38 and GRCh37, not"):
        resolve("rs1", replace(demo, snps=None))

"""What the project comes with is what was built: digests, and the slice itself."""

import hashlib

import pytest
from plotly.offline import get_plotlyjs_version

from genoview.data.genome import Interval
from genoview.io.reference import ReferenceGenome
from tests.support.paths import ASSETS

SUMS = dict(line.split("  ")[::-1] for line in (ASSETS / "SHA256SUMS").read_text().splitlines())
# Of the slice\'s upper-case bases, however they are packed.
BASES_SHA256 = "43eef7ad697acce8badba46789e89f345b513f7b1d75b55087993b9b71cf76a0"


@pytest.mark.parametrize("name", SUMS)
def test_an_asset_has_the_digest_that_was_written_down(name):
    assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == SUMS[name]


def test_every_file_of_genome_and_genes_has_a_digest():
    files = [*ASSETS.glob("genome/*"), *ASSETS.glob("genes/*")]
    assert {str(path.relative_to(ASSETS)) for path in files} == set(SUMS)


def test_every_file_of_genome_and_genes_is_described():
    text = (ASSETS / "README.md").read_text()
    indexes = {"genome/GRCh37-demo.fa.gz.fai", "genome/GRCh37-demo.fa.gz.gzi"}
    assert [name for name in SUMS.keys() - indexes if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("script", "licence"),
    [
        ("3Dmol-min.js", "3Dmol.LICENCE.md"),
        ("plotly-cartesian.min.js", "plotly.LICENCE.md"),
    ],
)
def test_a_script_of_others_is_the_published_one(script: str, licence: str) -> None:
    digest = hashlib.sha256((ASSETS / "js" / script).read_bytes()).hexdigest()
    for notice in ("README.md", f"js/{licence}"):
        assert f"sha256 `{digest}`" in (ASSETS / notice).read_text()


def test_plotly_on_the_page_and_in_files_are_of_one_version() -> None:
    with (ASSETS / "js" / "plotly-cartesian.min.js").open() as script:
        assert f" v{get_plotlyjs_version()}\n" in script.read(200)


def test_the_slice_is_a_megabase_of_known_bases():
    interval = Interval("chr20", 42_484_000, 43_484_000)
    with ReferenceGenome.open("demo", ASSETS / "genome" / "GRCh37-demo.fa.gz") as genome:
        bases = genome.fetch(interval)
    assert len(bases) == 1_000_000
    assert hashlib.sha256(bases.encode()).hexdigest() == BASES_SHA256


@pytest.mark.parametrize(
    ("family", "chrom", "length"),
    [
        ("GRCh37", "chr20", 63_025_520),
        ("GRCh37", "chrM", 16_569),
        ("GRCh38", "chr20", 64_444_167),
        ("GRCh38", "chrM", 16_569),
        ("T2T-CHM13v2.0", "chr20", 66_210_255),
    ],
)
def test_sizes_have_25_chromosomes_and_bands_end_where_they_do(family, chrom, length):
    rows = [
        line.split() for line in (ASSETS / f"genome/{family}.chrom.sizes").read_text().splitlines()
    ]
    sizes = {name: int(n_bases) for name, n_bases in rows}
    assert len(sizes) == 25
    assert sizes[chrom] == length
    bands = (ASSETS / f"genome/{family}.cytobands.tsv").read_text().splitlines()[1:]
    ends: dict[str, int] = {}
    for name, _, end, *_ in (line.split("\t") for line in bands):
        ends[name] = max(ends.get(name, 0), int(end))
    assert ends == {name: n_bases for name, n_bases in sizes.items() if name != "chrM"}

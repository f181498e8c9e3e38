"""Tracks over a loopback server: what is drawn of each source, and one sentence for each fault."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyBigWig
import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genoview.data.genome import Interval
from genoview.errors import GenoviewError, TrackError
from genoview.io.big.byte_source import LocalBytes
from genoview.io.big.tabix_lines import TabixLines
from genoview.io.formats import LocalFile, LocalFileError, open_local
from genoview.io.measured.address import refuse_private, track_at
from genoview.io.measured.catalogue import TrackEntry, read_tracks
from genoview.io.measured.track import Connection, open_track
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.consent import NetworkPolicy
from tests.io.remote.remote_files import QUICK
from tests.support.files.big_files import big_bed
from tests.support.files.public_tracks import (
    CCRE_FIELDS,
    GENE_FIELDS,
    ccre_row,
    clinvar,
    clinvar_row,
    dbsnp,
    dbsnp_row,
    gene_row,
    gnomad,
    gnomad_row,
)
from tests.support.servers.range_server import RangeServer, serving

LENGTHS = {"chr20": 64_444_167, "chr1": 248_956_422}
PLACE = Interval("chr20", 44_619_000, 44_621_000)
SEEN = "Fri, 20 Nov 2026 10:00:00 GMT"
BED = "20\t44619100\t44619200\ta\t7\t+\n20\t44619300\t44619400\tb b\t0\t-\n"
VCF = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\n20\t44619101\trs1\tA\tC\n"
GFF = (
    "##gff-version 3\n20\tx\tmRNA\t44619101\t44619900\t.\t+\t.\tID=t1;Name=T1\n"
    "20\tx\texon\t44619101\t44619200\t.\t+\t.\tParent=t1\n"
    "20\tx\texon\t44619801\t44619900\t.\t+\t.\tParent=t1\n"
)
BEDGRAPH = "20\t44619100\t44619200\t1.5\n20\t44619300\t44619400\t-2\n"
JUNCTIONS = (
    "20\t44619100\t44619900\tmotif=GT/AG;uniquely_mapped=1204;annotated_junction=true\t1204\t+\n"
)
Open = Callable[..., LocalFile]


@pytest.fixture
def server() -> Iterator[RangeServer]:
    with serving(b"") as server:
        server.modified = SEEN
        yield server


def connection(folder: Path, *hosts: str) -> Connection:
    policy = NetworkPolicy(True, frozenset(hosts))
    return Connection(BlockCache(folder / "cache"), lambda: policy, QUICK)


@pytest.fixture
def opened(server: RangeServer, tmp_path: Path) -> Open:
    def make(
        name: str, content: bytes | None = None, entries: str = "", form: str = ""
    ) -> LocalFile:
        if content is not None:
            server.files[f"/{name}"] = content
        entry = replace(track_at(server.url(name)), entries=entries, format=form)
        entry = replace(entry, version="v9", licence="CC0", dataset="gnomad_r4")
        return open_track(entry, connection(tmp_path, server.host), "GRCh38", LENGTHS)

    return make


@pytest.fixture
def indexed(server: RangeServer, tmp_path: Path):
    """Text as a bgzipped file with its index on the server; and the same file here."""

    def make(name: str, text: str, preset: str, csi: bool = False) -> Path:
        path = tmp_path / name
        with pysam.BGZFile(str(path), "wb") as file:
            file.write(text.encode())
        pysam.tabix_index(str(path), preset=preset, force=True, csi=csi)
        ending = ".csi" if csi else ".tbi"
        server.files[f"/{name}"] = path.read_bytes()
        server.files[f"/{name}{ending}"] = Path(f"{path}{ending}").read_bytes()
        return path

    return make


def test_clinvar_is_coloured_by_classification_and_says_it_in_full(opened: Open) -> None:
    rows = [
        clinvar_row("chr20", 44_619_100, 44_619_101, "C>T", "Pathogenic/Likely pathogenic"),
        clinvar_row("chr20", 44_619_200, 44_619_201, "C>G", "Uncertain significance", stars=1),
        clinvar_row("chr20", 44_619_300, 44_619_301, "A>G", "Benign"),
        clinvar_row("chr20", 44_619_400, 44_619_401, "A>T", "Conflicting classifications"),
    ]
    file = opened("clinvarMain.bb", clinvar(rows, LENGTHS), "clinvar")
    features = file.features(PLACE, 99)
    assert [feature.category for feature in features] == [
        "pathogenic", "uncertain", "benign", "conflicting",
    ]  # fmt: skip
    first = features[0]
    assert (first.label, first.weight) == ("C>T", 1.0)
    assert first.links == (
        ("ClinVar 12345", "https://www.ncbi.nlm.nih.gov/clinvar/variation/12345/"),
    )
    facts = dict(first.facts)
    assert facts["Review status"] == "★★☆☆ criteria provided, multiple submitters, no conflicts"
    assert facts["Conditions"] == "Severe combined immunodeficiency; not provided"
    assert (facts["Gene"], facts["Submissions"]) == ("ADA", "3")
    assert dict(file.facts)["Version"] == "v9, file of 20 Nov 2026"
    assert dict(file.facts)["Licence"] == "CC0"
    assert file.warnings == ()


def test_gnomad_is_as_high_as_it_is_common_and_links_to_the_variant(opened: Open) -> None:
    rows = [
        gnomad_row("chr20", 44_619_101, "C", "T", 0.02),
        gnomad_row("chr20", 44_619_201, "CAG", "C", 0.000_02, "pLoF"),
        gnomad_row("chr20", 44_619_301, "G", "GTT", 0.001, "other"),
    ]
    file = opened("genomes.bb", gnomad(rows, LENGTHS), "gnomad")
    common, deletion, insertion = file.features(PLACE, 99)
    assert [f.weight for f in (common, deletion, insertion)] == [1.0, 0.35, 0.65]
    assert [f.category for f in (common, deletion, insertion)] == ["missense", "pLoF", "other"]
    assert dict(common.facts)["Allele frequency"] == "2 %"
    assert dict(common.facts)["Alleles"] == "3,000 of 150,000 alleles"
    page = "https://gnomad.broadinstitute.org/variant"
    assert deletion.links[0][1] == f"{page}/20-44619201-CAG-C?dataset=gnomad_r4"
    assert insertion.links[0][1] == f"{page}/20-44619301-G-GTT?dataset=gnomad_r4"


def test_dbsnp_ccre_and_genes_have_their_names(opened: Open) -> None:
    snp = dbsnp_row("chr20", 44_619_100, "G", "A", "rs73598374", 0.0712)
    [feature] = opened("snp.bb", dbsnp([snp], LENGTHS), "dbsnp").features(PLACE, 9)
    assert (feature.name, feature.change, feature.weight) == ("rs73598374", "G>A", 1.0)
    assert "minor allele 7.12 %" in feature.details
    assert feature.links[0][1] == "https://www.ncbi.nlm.nih.gov/snp/rs73598374"
    row = ccre_row("chr20", 44_619_100, 44_619_400, "enhD", 2_001_344)
    ccre = big_bed([row], LENGTHS, CCRE_FIELDS, 9)
    [feature] = opened("ccre.bb", ccre, "ccre").features(PLACE, 9)
    assert (feature.name, feature.category) == ("EH38E2001344", "distal enhancer")
    row = gene_row("chr20", 44_619_100, 44_620_900, "ENST00000372874.9", "ADA")
    genes = big_bed([row], LENGTHS, GENE_FIELDS, 12)
    for entries in ("genes", ""):  # by address, by its schema
        [feature] = opened("genes.bb", genes, entries).features(PLACE, 9)
        assert (feature.name, len(feature.blocks)) == ("ADA", 2)
        assert feature.thick and feature.thick.start == 44_619_200


def test_values_come_by_range_in_few_requests_and_then_from_here(
    opened: Open, server: RangeServer, tmp_path: Path
) -> None:
    path = tmp_path / "phylop.bw"
    with pyBigWig.open(str(path), "w") as file:
        file.addHeader([("chr20", LENGTHS["chr20"])])
        values = np.sin(np.arange(2_000_000) / 300)
        file.addEntries("chr20", 43_600_000, values=values.tolist(), span=1, step=1)
    track = opened("phylop.bw", path.read_bytes())
    assert track.kind.name == "bigWig" and track.is_signal
    server.counted()
    positions, shown = track.signal(PLACE, 4_000)
    n_requests, n_bytes = server.counted()
    assert n_requests <= 4 and n_bytes < 400_000
    np.testing.assert_allclose(shown, np.sin((positions - 43_600_000) / 300), atol=1e-6)
    track.signal(PLACE, 4_000)
    assert server.counted() == (0, 0)
    _, wide = track.signal(Interval("chr20", 43_600_000, 45_600_000), 2_000)
    assert np.nanmax(wide) == pytest.approx(1, abs=1e-4)
    assert server.counted()[1] < 400_000  # by the file's summaries


@pytest.mark.parametrize("csi", [False, True], ids=["tbi", "csi"])
@pytest.mark.parametrize(
    ("name", "text", "preset"),
    [("a.bed.gz", BED, "bed"), ("a.vcf.gz", VCF, "vcf"), ("a.gff3.gz", GFF, "gff")],
)
def test_features_of_an_indexed_file_are_those_of_the_whole_file(
    opened: Open, indexed, name: str, text: str, preset: str, csi: bool
) -> None:
    path = indexed(name, text, preset, csi)
    whole = open_local(path, assembly="GRCh38", chroms=LENGTHS)
    track = opened(name)
    assert track.kind.name == whole.kind.name
    for place in (PLACE, Interval("chr20", 44_619_150, 44_619_160), Interval("chr1", 5, 9)):
        assert track.features(place, 99) == whole.features(place, 99)
        assert track.count(place) == whole.count(place)
        np.testing.assert_array_equal(track.density(place, 4), whole.density(place, 4))


def test_a_large_indexed_file_is_read_in_parts(
    opened: Open, indexed, server: RangeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    lines = [f"20\t{40 * i}\t{40 * i + 30}\t{rng.bytes(40).hex()}\n" for i in range(30_000)]
    path = indexed("big.bed.gz", "".join(lines), "bed")
    track = opened("big.bed.gz")
    server.counted()
    place = Interval("chr20", 600_000, 602_000)
    assert [feature.interval.start for feature in track.features(place, 999)] == [
        start for start in range(599_960, 602_000, 40) if start + 30 > place.start
    ]
    n_requests, n_bytes = server.counted()
    assert n_requests <= 4 and n_bytes < path.stat().st_size / 2
    monkeypatch.setattr("genoview.io.big.tabix_lines.MOST_BYTES", 200_000)
    with pytest.raises(LocalFileError, match="has too much here to be read at once: zoom in"):
        track.features(Interval("chr20", 0, 64_000_000), 9)


def test_an_indexed_bedgraph_and_junctions(opened: Open, indexed) -> None:
    indexed("a.bedgraph.gz", BEDGRAPH, "bed")
    _, values = opened("a.bedgraph.gz").signal(Interval("chr20", 44_619_190, 44_619_210), 99)
    np.testing.assert_array_equal(values, np.array([1.5] * 10 + [np.nan] * 10, np.float32))
    indexed("j.bed.gz", JUNCTIONS, "bed")
    [junction] = opened("j.bed.gz", entries="junctions", form="BED").features(PLACE, 9)
    assert (junction.name, junction.category) == ("1,204 reads", "annotated")


def test_no_request_before_consent(server: RangeServer, tmp_path: Path) -> None:
    server.files["/a.bb"] = clinvar([], LENGTHS)
    with pytest.raises(LocalFileError, match="agree to it first"):
        open_track(track_at(server.url("a.bb")), connection(tmp_path), "GRCh38", LENGTHS)
    off = replace(connection(tmp_path), policy=lambda: NetworkPolicy(False))
    with pytest.raises(LocalFileError, match="network = false"):
        open_track(track_at(server.url("a.bb")), off, "GRCh38", LENGTHS)
    assert server.requests == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("404", "answers 404"),
        ("503", "answers 503"),
        ("whole", "sends the whole file in place of a part"),
        ("truncated", "broke off before the end"),
        ("unsaid", "without saying which"),
        ("elsewhere", "which nobody agreed to"),
    ],
)
def test_a_fault_of_the_server_is_one_sentence(
    opened: Open, server: RangeServer, fault: str, words: str
) -> None:
    server.always, server.target = fault, "http://elsewhere.test/secret"
    with pytest.raises(LocalFileError, match=words) as caught:
        opened("a.bb", clinvar([clinvar_row("chr20", 1, 2, "C>T", "SECRET")] * 999, LENGTHS))
    assert "SECRET" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.bw", b"PASSWORD=1234\nmore", "is no bigWig, bigBed or bgzipped file"),
        ("a.bb", b"<html>PASSWORD=1234", "is no bigWig, bigBed or bgzipped file"),
        ("a.vcf.gz", b"\x1f\x8b\x08\x00PASSWORD=1234 and more", "is not of bgzip"),
        ("a.bb", b"\xeb\xf2\x89\x87PASSWORD=1234", "is damaged or cut off"),
    ],
)
def test_no_content_is_in_an_error(opened: Open, name: str, content: bytes, words: str) -> None:
    with pytest.raises(LocalFileError, match=words) as caught:
        opened(name, content)
    assert "PASSWORD" not in str(caught.value)


def test_a_file_without_its_index_says_so(opened: Open, indexed, server: RangeServer) -> None:
    indexed("a.bed.gz", BED, "bed")
    del server.files["/a.bed.gz.tbi"]
    with pytest.raises(LocalFileError, match=r"has no tabix index beside it \(.tbi or .csi\)"):
        opened("a.bed.gz")


def test_another_build_is_doubted_by_its_lengths(opened: Open) -> None:
    hg19 = {"chr20": 63_025_520}
    file = opened("hg19.bb", clinvar([clinvar_row("chr20", 1, 2, "C>T", "Benign")], hg19))
    assert "63,025,520" in file.warnings[0] and "made for another assembly" in file.warnings[0]
    assert (
        opened("mm.bb", clinvar([], {"contig_1": 99})).warnings[0].startswith("It has nothing on")
    )


def test_accessions_are_chromosomes_of_their_build(opened: Open) -> None:
    lengths = {"NC_000020.11": LENGTHS["chr20"]}
    row = clinvar_row("NC_000020.11", 44_619_100, 44_619_101, "C>T", "Benign")
    assert opened("nc.bb", clinvar([row], lengths), "clinvar").count(PLACE) == 1


@pytest.mark.parametrize(
    "url",
    ["", "a.bw", "ftp://h/a.bw", "file:///etc/passwd", "http://", "https://h/a b.bw", "https://h:x/a",
     "http://[::1", "https://user:key@h/a.bw", "https://h/" + "a" * 2_000, "http://h/\u00e9.bw"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(TrackError) as caught:
        track_at(url)
    assert "key" not in str(caught.value)


def test_an_address_has_a_short_safe_name() -> None:
    entry = track_at("https://host.test/%2e%2e/<b>x.bw?token=1#part")
    assert (entry.title, entry.hosts) == ("-b-x.bw", ("host.test",))
    assert entry.index().mirrors == ("https://host.test/%2e%2e/<b>x.bw.tbi?token=1",)
    assert entry.file.key != track_at("https://host.test/x.bw?token=1").file.key


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.8", "169.254.169.254", "[::1]"])
def test_a_private_network_is_refused(host: str) -> None:
    with pytest.raises(GenoviewError, match="private network"):
        refuse_private(f"http://{host}/a.bw")


def entries_of(family: str) -> dict[str, TrackEntry]:
    return {entry.track_id: entry for entry in read_tracks() if entry.family == family}


def test_the_shelf_has_six_for_both_builds_with_all_their_facts() -> None:
    for family in ("GRCh38", "GRCh37"):
        ids = set(entries_of(family))
        assert {"clinvar", "gnomad-genomes", "phylop", "dbsnp-common", "gtex-expression"} <= ids
    assert "ccre" in entries_of("GRCh38") and "ccre" not in entries_of("GRCh37")
    for entry in read_tracks():
        facts = (entry.title, entry.what, entry.licence, entry.citation, entry.version)
        assert all(facts) and entry.source.startswith("https://")
        assert all(url.startswith("https://") for url in entry.file.mirrors)
    keys = [entry.file.key for entry in read_tracks()]
    assert len(set(keys)) == len(keys)


@given(st.data())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_hostile_indexes_give_a_sentence_or_lines(
    indexed, server: RangeServer, tmp_path: Path, data: st.DataObject
) -> None:
    if "/a.bed.gz" not in server.files:
        indexed("a.bed.gz", "".join(BED.replace("446", f"4{i}6") for i in range(10, 60)), "bed")
    names = "/a.bed.gz", "/a.bed.gz.tbi"
    for i, name in enumerate(names):
        content = bytearray(server.files[name])
        if data.draw(st.booleans()):
            place = data.draw(st.integers(0, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
        cut = data.draw(st.one_of(st.none(), st.integers(0, len(content))))
        (tmp_path / f"hostile{i}").write_bytes(content[:cut])
    try:
        sources = [LocalBytes(f"a{i}", tmp_path / f"hostile{i}") for i in (0, 1)]
        list(TabixLines(sources[0], sources[1]).lines(PLACE))
    except GenoviewError as error:
        assert "\n" not in str(error)

"""A genome by range: equal to the FASTA, its costs, offline, kept, and other assemblies refused."""

import hashlib
import random

import pytest

from genoview.data.genome import Interval
from genoview.errors import Cancelled, GenomeError
from genoview.io.assembly import Assembly
from genoview.io.remote.catalogue import read_chains, read_entries
from genoview.io.remote.consent import NetworkPolicy
from genoview.io.remote.genome import RemoteGenome, megabytes
from genoview.pipeline import answer
from genoview.query.resolve import resolve
from genoview.store import Store
from tests.io.remote.remote_files import (
    CHR20_LENGTH,
    DEMO,
    entry_of,
    genome_of,
    true_length_two_bit,
)
from tests.support.models.toy_backend import Toy
from tests.support.servers.range_server import serving


@pytest.fixture(scope="module")
def content(demo: Assembly) -> bytes:
    """A 2bit with chr20 at its true length, 16 MB."""
    return true_length_two_bit(demo.reference.fetch(DEMO))


@pytest.fixture
def server(content):
    with serving(content) as server:
        yield server


@pytest.fixture
def entry(server, tmp_path):
    return entry_of(tmp_path, server, size=len(server.content))


def test_random_windows_equal_the_fasta(server, entry, demo, tmp_path):
    genome, generator = genome_of(entry, tmp_path / "cache"), random.Random(3)
    places = [(DEMO.start - 50, DEMO.start + 50), (DEMO.end - 50, DEMO.end + 50), (-10, 20)]
    places += [(CHR20_LENGTH - 20, CHR20_LENGTH + 10), (DEMO.start, DEMO.end), (0, 5)]
    for _ in range(200):
        start = generator.randrange(DEMO.start - 3_000, DEMO.end + 3_000)
        places.append((start, start + generator.choice([1, 2, 3, 5, 100, 4_000, 30_000])))
    for start, end in places:
        interval = Interval("chr20", start, end)
        assert genome.fetch(interval) == demo.reference.fetch(interval), interval
    assert genome.fetch(Interval("20", DEMO.start, DEMO.start + 9)) == genome.fetch(
        Interval("chr20", DEMO.start, DEMO.start + 9)
    )


@pytest.mark.parametrize("text", ["chr20:43,042,001-43,044,000", "chr20:43042364:C>T"])
def test_models_and_cached_predictions_do_not_know_where_sequence_lies(entry, demo, tmp_path, text):
    """A prediction of the FASTA is that of the range: keys are of content."""
    genome, toy = genome_of(entry, tmp_path / "blocks"), Toy()
    remote = Assembly("Toy", genome, demo.annotation, "GRCh37")
    store = Store(tmp_path / "cache", 10**8)
    answer(resolve(text, demo, flank=500), toy, demo, store)
    n_calls = toy.n_calls
    assert answer(resolve(text, remote, flank=500), toy, remote, store).cached
    assert toy.n_calls == n_calls > 0
    store.close()


def test_it_costs_what_was_promised(server, entry, tmp_path):
    genome = genome_of(entry, tmp_path / "cache")
    start = DEMO.start + 100_000
    genome.fetch(Interval("chr20", start, start + 20_000))
    n_requests, n_bytes = server.counted()
    assert n_requests <= 3 and n_bytes <= 250_000
    for step in range(1, 6):
        genome.fetch(Interval("chr20", start + step * 20_000, start + (step + 1) * 20_000))
        assert server.counted()[0] <= 1
    genome.fetch(Interval("chr1", 100_000, 120_000))
    n_requests, n_bytes = server.counted()
    assert n_requests <= 2 and n_bytes <= 200_000
    genome_of(entry, tmp_path / "other").fetch(DEMO)
    n_requests, n_bytes = server.counted()
    assert n_requests <= 4 and n_bytes <= 600_000


def test_nothing_is_requested_before_a_base_is_and_before_consent(server, entry, tmp_path):
    genome = genome_of(entry, tmp_path / "cache", NetworkPolicy())
    genome.check(Interval("chr20", 5, 10))
    assert genome.chromosomes == {"chr1": 400_000, "chr20": CHR20_LENGTH}
    with pytest.raises(GenomeError, match=r"Toy chr20 is not on this machine\..*agree to it first"):
        genome.fetch(DEMO)
    assert server.requests == []


def test_places_outside_are_said_as_of_a_fasta(entry, tmp_path):
    genome = genome_of(entry, tmp_path / "cache")
    with pytest.raises(GenomeError, match=r"chr2 is not in Toy. It has chr1, chr20\."):
        genome.fetch(Interval("chr2", 0, 10))
    with pytest.raises(GenomeError, match="chrM is older here"):
        genome.fetch(Interval("MT", 0, 10))
    with pytest.raises(GenomeError, match="chrM is older here"):
        genome.check(Interval("MT", 0, 10))
    with pytest.raises(GenomeError, match="past the end of chr1"):
        genome.check(Interval("chr1", 400_000, 400_010))


def test_offline_cached_places_open_and_others_say_what_to_do(content, demo, tmp_path):
    with serving(content) as server:
        entry = entry_of(tmp_path, server, size=len(content))
        genome_of(entry, tmp_path / "cache").fetch(DEMO)
    genome = genome_of(entry, tmp_path / "cache")
    assert genome.fetch(DEMO) == demo.reference.fetch(DEMO)
    words = r"Toy chr20 is not on this machine: connect, or keep it \(16 MB\)\. .*cannot be reached"
    with pytest.raises(GenomeError, match=words):
        genome.fetch(Interval("chr20", 1_000_000, 1_000_100))
    with pytest.raises(GenomeError, match="network = false"):
        off = genome_of(entry, tmp_path / "cache", NetworkPolicy(False))
        off.fetch(Interval("chr20", 1_000_000, 1_000_100))


def test_a_kept_chromosome_is_whole_offline_and_goes_again(content, demo, tmp_path):
    with serving(content) as server:
        entry = entry_of(tmp_path, server, size=len(content))
        genome, stops = genome_of(entry, tmp_path / "cache"), []

        def stop(share: float) -> None:
            stops.append(share)
            if share > 0.4:
                raise Cancelled("stopped")

        with pytest.raises(Cancelled):
            genome.keep("chr20", stop)
        (share,) = genome.kept().values()
        assert 0.4 < share < 1
        genome.keep("20")
        assert genome.kept() == {"chr20": 1.0}
        n_packed = CHR20_LENGTH / 4
        assert server.n_bytes < n_packed + 5 * 65_536  # what came before the stop came once
    offline = genome_of(entry, tmp_path / "cache")
    assert offline.fetch(DEMO) == demo.reference.fetch(DEMO)
    assert offline.fetch(Interval("chr20", 5_000_000, 5_000_100)) == "N" * 100
    assert offline.bytes_here() >= n_packed
    offline.remove("chr20")
    assert offline.kept() == {}
    assert offline.bytes_here() == 0
    with pytest.raises(GenomeError, match="not on this machine"):
        genome_of(entry, tmp_path / "cache").fetch(DEMO)


def test_a_whole_genome_is_kept_and_compared_with_its_digest(content, tmp_path):
    small = content[:1_000_000]
    with serving(small) as server:
        right = entry_of(
            tmp_path, server, size=len(small), sha256=hashlib.sha256(small).hexdigest()
        )
        genome, shares = genome_of(right, tmp_path / "cache"), []
        genome.keep_all(shares.append)
        assert genome.kept() == {"whole": 1.0}
        assert shares == sorted(shares) and shares[-1] == 1.0
        genome.remove("whole")
        assert genome.bytes_here() == 0
        genome = genome_of(
            entry_of(tmp_path, server, size=len(small), sha256="0" * 64), tmp_path / "b"
        )
        with pytest.raises(GenomeError, match="was published, so it was deleted"):
            genome.keep_all()
        assert genome.bytes_here() == 0 and genome.kept() == {}


def test_another_assembly_behind_the_address_is_refused(server, tmp_path):
    entry = entry_of(tmp_path, server, size=len(server.content))
    entry.chrom_sizes.write_text("chr1\t400001\n")
    genome = genome_of(entry, tmp_path / "cache")
    with pytest.raises(GenomeError, match="has 400,000 bp where 400,001 were expected"):
        genome.fetch(Interval("chr1", 0, 10))
    longer = entry_of(tmp_path, server, size=len(server.content) + 1)
    with pytest.raises(GenomeError, match="another release"):
        genome_of(longer, tmp_path / "cache").fetch(Interval("chr1", 0, 10))


def test_a_file_that_changes_is_read_anew(server, tmp_path, demo):
    entry = entry_of(tmp_path, server, size=len(server.content))
    genome = genome_of(entry, tmp_path / "cache")
    before = genome.fetch(Interval("chr1", 0, 100))
    bases = demo.reference.fetch(DEMO)
    server.content, server.etag = true_length_two_bit(bases[::-1]), '"two"'
    assert genome.fetch(DEMO) == bases[::-1]
    assert genome.fetch(Interval("chr1", 0, 100)) == bases[::-1][:100] != before


def test_the_catalogue_names_what_can_be_read(tmp_path):
    entries = read_entries()
    assert list(entries) == ["GRCh38", "GRCh37", "T2T-CHM13v2", "GRCm39", "GRCm38"]
    assert entries["GRCh38"].file.size == 835_393_456
    assert entries["GRCh38"].file.hosts == ("igv.org", "hgdownload.soe.ucsc.edu")
    for name, entry in entries.items():
        genome = genome_of(entry, tmp_path)
        assert isinstance(genome, RemoteGenome)
        assert ("chrM" in genome.chromosomes) == (name != "GRCh37")
    with pytest.raises(GenomeError, match=r"NC_012920\.1"):
        genome_of(entries["GRCh37"], tmp_path).check(Interval("chrM", 0, 10))
    mirrored = read_entries(mirror="https://mirror.example/")["GRCm39"]
    assert mirrored.file.mirrors == ("https://mirror.example/mm39.2bit",)
    chains = read_chains()
    assert not any("ucsc" in chain.url for chain in chains)
    assert {("GRCh37", "GRCh38"), ("GRCh38", "GRCh37")} <= {(c.source, c.target) for c in chains}


@pytest.mark.parametrize(("length", "words"), [(83_257_441, "21 MB"), (16_569, "4 kB")])
def test_sizes_in_words(length, words):
    assert megabytes(length) == words


def test_a_damaged_catalogue_is_said(tmp_path):
    path = tmp_path / "remote_genomes.toml"
    path.write_text("genome = 3")
    with pytest.raises(GenomeError, match="restore it"):
        read_entries(path)

"""What the tests of this folder share: agreed policies, little patience, files over servers."""

from pathlib import Path

from genoview.data.genome import Interval
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.cached_file import CachedFile
from genoview.io.remote.catalogue import GenomeEntry
from genoview.io.remote.connection import Patience
from genoview.io.remote.consent import NetworkPolicy, host_of
from genoview.io.remote.genome import RemoteGenome
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.servers.range_server import RangeServer

QUICK = Patience(connect_s=30.0, read_s=30.0, tries=2, pause_s=0.0)
SHORT = Patience(connect_s=30.0, read_s=1.0, tries=2, pause_s=0.0)  # where a server stalls
CHR20_LENGTH = 63_025_520
DEMO = Interval("chr20", 42_484_000, 43_484_000)


def agreed(*urls: str) -> NetworkPolicy:
    return NetworkPolicy(True, frozenset(map(host_of, urls)))


def client_of(
    *servers: RangeServer, size: int | None = None, patience: Patience = QUICK
) -> RangeClient:
    """Of one file on all of the servers."""
    file = RemoteFile("file", tuple(server.url() for server in servers), size)
    return RangeClient(file, lambda: agreed(*file.mirrors), patience)


def cached(folder: Path, *servers: RangeServer, size: int | None = None) -> CachedFile:
    """As a process of its own would open it."""
    client = client_of(*servers, size=size)
    return BlockCache(folder).open(client.file, client)


def true_length_two_bit(bases: str) -> bytes:
    """chr20 of GRCh37 at its length: the demo's bases, N elsewhere, as many masks as hg19 has."""
    masks = [(600 * i, 600 * i + 300) for i in range(105_042)]
    chr20 = Sequence(CHR20_LENGTH, {DEMO.start: bases}, masks)
    return two_bit({"chr1": Sequence(400_000, {0: bases[:300_000]}), "chr20": chr20})


def entry_of(folder: Path, *servers: RangeServer, size: int, sha256: str = "") -> GenomeEntry:
    sizes = folder / "toy.chrom.sizes"
    sizes.write_text(f"chr1\t400000\nchr20\t{CHR20_LENGTH}\nchrM\t16569\n")
    urls = tuple(server.url("toy.2bit") for server in servers)
    file = RemoteFile("toy.2bit", urls, size, sha256)
    return GenomeEntry("Toy", "GRCh37", "", file, sizes, {"chrM": "chrM is older here."})


def genome_of(
    entry: GenomeEntry, folder: Path, policy: NetworkPolicy | None = None
) -> RemoteGenome:
    """As a process of its own would open it."""
    policy = policy or agreed(*entry.file.mirrors)
    return RemoteGenome.connect(entry, BlockCache(folder), lambda: policy, QUICK)

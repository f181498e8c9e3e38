"""The demo's megabase as it would lie on GRCh38, and chains between both, for a loopback server."""

import gzip
import hashlib
from dataclasses import replace

import pytest

from genoview.data.genome import Interval, reverse_complement
from genoview.io.assembly import Assembly
from genoview.io.chrom_sizes import read_sizes
from genoview.io.remote.catalogue import ChainEntry, read_chains
from genoview.runtime import remote_genomes
from tests.support.files.two_bit_file import Sequence, two_bit
from tests.support.paths import ROOT
from tests.support.servers.range_server import RangeServer

DEMO = Interval("chr20", 42_484_000, 43_484_000)
SHIFT = 1_371_360  # bp between both builds, as around HNF4A and ADA
TURNED = Interval("chr20", 43_300_000, 43_400_000)  # lies inverted on the other build here
SWAPPED, OTHER = 43_100_000, 43_100_100  # 0-based: the other build has other bases there
SIZES = {
    name: read_sizes(ROOT / "assets" / "genome" / f"{name}.chrom.sizes")
    for name in ("GRCh37", "GRCh38")
}
NEXT = {"A": "C", "C": "G", "G": "T", "T": "A"}
CHAIN_FILE = "GRCh37_to_GRCh38.chain.gz"


def bases_there(demo: Assembly) -> str:
    """A base differs at SWAPPED and at OTHER, and TURNED is inverted."""
    bases = bytearray(demo.reference.fetch(DEMO).encode())
    for place in (SWAPPED, OTHER):
        bases[place - DEMO.start] = ord(NEXT[chr(bases[place - DEMO.start])])
    turned = slice(TURNED.start - DEMO.start, TURNED.end - DEMO.start)
    bases[turned] = reverse_complement(bases[turned].decode()).encode()
    return bases.decode()


def chain_content() -> bytes:
    """Of three parts; the middle one is inverted. Without `chr`, as Ensembl writes them."""
    old, new = SIZES["GRCh37"]["chr20"], SIZES["GRCh38"]["chr20"]
    lines = list[str]()
    parts = ((DEMO.start, TURNED.start, "+"), (TURNED.start, TURNED.end, "-"))
    for number, (start, end, strand) in enumerate((*parts, (TURNED.end, DEMO.end, "+")), 1):
        there = (start + SHIFT, end + SHIFT)
        if strand == "-":
            there = (new - there[1], new - there[0])
        ends = f"{there[0]} {there[1]}"
        lines += [f"chain 1 20 {old} + {start} {end} 20 {new} {strand} {ends} {number}"]
        lines += [str(end - start), ""]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def other_build(demo: Assembly) -> bytes:
    """A 2bit of chr20 of GRCh38 at its true length."""
    place = DEMO.start + SHIFT
    return two_bit({"chr20": Sequence(SIZES["GRCh38"]["chr20"], {place: bases_there(demo)})})


def chains_of(content: bytes, mirror: str = "") -> tuple[ChainEntry, ...]:
    """The catalogue's, with the digest of `content` in place of the published one."""
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return tuple(
        replace(chain, md5=md5) if chain.md5 else chain for chain in read_chains(mirror=mirror)
    )


def serve_builds(server: RangeServer, demo: Assembly, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both builds and the chains at the server, which stands for every mirror."""
    content = chain_content()
    this = Sequence(SIZES["GRCh37"]["chr20"], {DEMO.start: demo.reference.fetch(DEMO)})
    server.by_name |= {
        CHAIN_FILE: content,
        "hg38.2bit": other_build(demo),
        "hg19.2bit": two_bit({"chr20": this}),
    }
    monkeypatch.setenv("GENOVIEW_GENOMES_MIRROR", f"http://{server.host}")
    monkeypatch.setattr(remote_genomes, "read_chains", lambda mirror="": chains_of(content, mirror))
    entries = remote_genomes.read_entries

    def unpinned(mirror: str = "") -> dict[str, object]:  # the published length is of all of it
        known = entries(mirror=mirror)
        file = replace(known["GRCh38"].file, size=None, sha256="")
        return known | {"GRCh38": replace(known["GRCh38"], file=file)}

    monkeypatch.setattr(remote_genomes, "read_entries", unpinned)

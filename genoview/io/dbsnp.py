"""rs80357906 -> its alleles on one build: from dbSNP's bigBed by range, or from NCBI by its name.

Rows: bigDbSnp of UCSC, genome.ucsc.edu/cgi-bin/hgTables, by the names of its columns. Service:
api.ncbi.nlm.nih.gov/variation/v0, alleles as SPDI (Holmes et al. 2020).
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from genoview.data.accessions import load_accessions
from genoview.data.genome import canonical_chrom
from genoview.errors import NetworkError
from genoview.io.big.bigbed import Entry
from genoview.io.big.name_index import NameIndex
from genoview.io.remote.connection import PATIENCE, Patience, new_session
from genoview.io.remote.consent import host_of

SERVICE = "https://api.ncbi.nlm.nih.gov/variation/v0"
SERVICE_LEARNS = "this very number, and this address"
MAX_ANSWER = 8 << 20  # bytes; a number with many frequencies takes 1 MB
REMEMBER_S = 10.0  # a table that cannot be read is not tried again sooner
_CHROMOSOME = re.compile(r"chr(?:[0-9]{1,2}|[XYM])")


@dataclass(frozen=True, slots=True)
class KnownAllele:
    """A change that dbSNP lists: bases from 0-based `start` on, `ref` empty for an insertion."""

    chrom: str
    start: int
    ref: str
    alt: str


class DbSnp:
    """The table of one build, opened at its first use; thread safe."""

    def __init__(self, opened: Callable[[], NameIndex], release: str) -> None:
        self.release = release
        self._opened = opened
        self._known: NameIndex | None = None
        self._failed: tuple[float, NetworkError] | None = None

    def alleles(self, name: str) -> list[KnownAllele]:
        """All on chromosomes; none where the table does not have the name.

        Raises:
            NetworkError: it cannot be read, or could not a moment ago.
            StoreError: the cache cannot be written.
            GenomeError: it is not what was expected.
        """
        if self._failed and time.monotonic() - self._failed[0] < REMEMBER_S:
            raise self._failed[1]
        try:
            self._known = self._known or self._opened()
            rows = self._known.find(name)
        except NetworkError as error:
            if type(error) is NetworkError:  # not where nobody agreed yet: that is quick to ask
                self._failed = (time.monotonic(), error)
            raise
        self._failed = None
        return [allele for row in rows for allele in _of_row(row)]


def _of_row(row: Entry) -> list[KnownAllele]:
    chrom = canonical_chrom(row.chrom)
    if not _CHROMOSOME.fullmatch(chrom) or not row["alts"]:
        return []
    ref = _bases(row["ref"])
    alts = [_bases(alt) for alt in row["alts"].removesuffix(",").split(",")]
    return [KnownAllele(chrom, row.start, ref, alt) for alt in alts if alt != ref]


def _bases(text: str) -> str:
    return "" if text == "-" else text.upper()


def ask_ncbi(
    name: str, family: str, address: str = SERVICE, patience: Patience = PATIENCE
) -> list[KnownAllele]:
    """Alleles of a name on one build, as NCBI's service has them; it learns the name.

    Raises:
        NetworkError: it does not answer, or not as expected.
    """
    number = name.lower().removeprefix("rs").strip()
    url, host = f"{address}/refsnp/{number}", host_of(address)
    try:
        answer = _json(url, patience)
        if merged := answer.get("merged_snapshot_data"):
            answer = _json(f"{address}/refsnp/{int(merged['merged_into'][0])}", patience)
        placed = answer.get("primary_snapshot_data", {}).get("placements_with_allele", ())
        return [allele for each in placed for allele in _of_placement(each, family)]
    except requests.RequestException as error:
        raise NetworkError(f"{host} does not answer for {name} ({error}). Try later.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise NetworkError(f"{host} does not answer as expected for {name} ({error}).") from error


def _json(url: str, patience: Patience) -> Mapping[str, Any]:
    timeout = (patience.connect_s, patience.read_s)
    with new_session().get(url, timeout=timeout, stream=True, allow_redirects=False) as response:
        if response.status_code == 404:
            return {}
        if response.status_code != 200:
            raise ValueError(f"{response.status_code} {response.reason}")
        body = response.raw.read(MAX_ANSWER + 1, decode_content=True)
        if len(body) > MAX_ANSWER:
            raise ValueError(f"more than {MAX_ANSWER:,} bytes")
    answer: Mapping[str, Any] = json.loads(body)
    return answer


def _of_placement(placement: Mapping[str, Any], family: str) -> list[KnownAllele]:
    """Of a chromosome of that build."""
    place = load_accessions().get(str(placement["seq_id"]))
    if place is None or place.family not in ("", family):
        return []
    spdis = [each["allele"]["spdi"] for each in placement["alleles"] if "spdi" in each["allele"]]
    return [
        KnownAllele(place.chrom, int(s["position"]), s["deleted_sequence"], s["inserted_sequence"])
        for s in spdis
        if s["deleted_sequence"] != s["inserted_sequence"]
    ]

"""AlphaFold DB: accession of UniProt -> its predicted structure, from the host that publishes it.

CC BY 4.0, Google DeepMind and EMBL-EBI. Jumper et al. 2021, doi:10.1038/s41586-021-03819-2;
Varadi et al. 2024, doi:10.1093/nar/gkad1011.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from genoview.data.progress import Progress, no_progress
from genoview.errors import NetworkError, QueryError
from genoview.io.remote.connection import PATIENCE, Patience, new_session
from genoview.io.remote.consent import NetworkPolicy, host_of
from genoview.io.remote.remote_file import RemoteFile
from genoview.io.structure.reader import MOST_BYTES

TITLE = "AlphaFold DB"
SERVICE = "https://alphafold.ebi.ac.uk"
LEARNS = "which protein's structure is read, by its UniProt accession, and this address"
LICENCE = "CC BY 4.0"
CITATION = (
    "Jumper et al. 2021, doi:10.1038/s41586-021-03819-2; "
    "Varadi et al. 2024, doi:10.1093/nar/gkad1011"
)
MOST_ANSWER = 4_000_000  # bytes of JSON
MOST_WORDS = 20  # characters of what was typed
# UniProt's own pattern, and a number of an isoform: https://www.uniprot.org/help/accession_numbers
_ACCESSION = re.compile(
    r"(?:[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2})(?:-[0-9]{1,3})?"
)


@dataclass(frozen=True, slots=True)
class Model:
    """A structure as it came: mmCIF, and which release it is of."""

    accession: str
    version: str
    content: bytes


def read_accession(text: str) -> str:
    """` p41235 ` is P41235.

    Raises:
        QueryError: it is no accession of UniProt.
    """
    accession = text.strip().upper()
    if not _ACCESSION.fullmatch(accession):
        typed = text.strip()[:MOST_WORDS]
        raise QueryError(
            f"{typed!r} is no UniProt accession: six or ten letters and digits such as P41235 were "
            "expected."
        )
    return accession


def service_file(service: str = SERVICE) -> RemoteFile:
    """What is agreed to."""
    return RemoteFile(TITLE, (service,), learns=LEARNS, purpose=TITLE)


def fetch_model(
    accession: str,
    protein: str,
    policy: NetworkPolicy,
    service: str = SERVICE,
    patience: Patience = PATIENCE,
    progress: Progress = no_progress,
) -> Model:
    """Of several isoforms the one whose sequence is the protein's, else the first.

    Args:
        policy: of the purpose `TITLE`.

    Raises:
        Cancelled: by `progress`.
        ConsentNeeded: nobody agreed. NetworkError: the network is switched off, the host does not
            answer as expected, or it has no such structure.
    """
    [service] = policy.permitted((service,), LEARNS)
    host = host_of(service)
    address = f"{service}/api/prediction/{accession}"
    try:
        entries = json.loads(_get(address, MOST_ANSWER, patience))
        entry = _chosen(entries, accession, protein)
        url = str(entry["cifUrl"])
        if service != SERVICE:  # a mirror has the files beside its answers
            url = f"{service}/files/{url.rpartition('/')[2]}"
        if host_of(url) != host or not url.startswith(service.partition(":")[0] + ":"):
            raise NetworkError(f"{host} sends on to another host, which nobody agreed to.")
        version = str(int(entry.get("latestVersion") or 0) or "unknown")
        return Model(accession, version, _get(url, MOST_BYTES, patience, progress))
    except requests.RequestException as error:
        kind = "within the time" if isinstance(error, requests.Timeout) else "for now"
        raise NetworkError(
            f"{host} does not answer {kind}: check the connection, or try later."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise NetworkError(
            f"{host} does not answer as expected for {accession}: try later, or give the file "
            "itself."
        ) from error


def _chosen(
    entries: Sequence[Mapping[str, Any]], accession: str, protein: str
) -> Mapping[str, Any]:
    by_sequence = (e for e in entries if protein in (e.get("sequence"), e.get("uniprotSequence")))
    by_name = (e for e in entries if e.get("uniprotAccession") == accession)
    return next(by_sequence, None) or next(by_name, None) or entries[0]


def _get(url: str, limit: int, patience: Patience, progress: Progress = no_progress) -> bytes:
    """A whole file, to this limit; no redirection is followed."""
    timeout = (patience.connect_s, patience.read_s)
    with new_session().get(url, timeout=timeout, stream=True, allow_redirects=False) as response:
        if response.status_code in (400, 404, 422):
            raise NetworkError(
                f"{TITLE} has no structure for {url.rpartition('/')[2]}: check the accession. "
                "Proteins of more than 2,700 residues have none there."
            )
        if response.status_code != 200:
            raise NetworkError(
                f"{host_of(url)} answers {response.status_code} {response.reason}: try later."
            )
        body, size = bytearray(), int(response.headers.get("Content-Length") or limit)
        for chunk in response.iter_content(1 << 16):
            body += chunk
            if len(body) > limit:
                raise ValueError(f"more than {limit:,} bytes")
            progress(min(len(body) / max(size, 1), 1.0))
        return bytes(body)

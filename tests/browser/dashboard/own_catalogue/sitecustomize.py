"""The catalogue of remote genomes, as it were if a test's files had been published.

Python reads this first in a server whose PYTHONPATH begins with this folder. OWN_CHAIN_MD5 is of
the chains between GRCh37 and GRCh38; the length of hg38.2bit is not known beforehand.
"""

import copy
import os
from pathlib import Path
from typing import Any

from genoview.io.remote import catalogue

_published = catalogue._rows


def _rows(path: Path) -> Any:
    rows: Any = copy.deepcopy(_published(path))
    for genome in rows["genome"]:
        genome["size"] = None
        genome["sha256"] = ""
    for chain in rows["chain"]:
        chain["md5"] = os.environ["OWN_CHAIN_MD5"] if chain["md5"] else ""
    return rows


catalogue._rows = _rows  # type: ignore[assignment]

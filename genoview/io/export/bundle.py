"""Names of files, and several files in one."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from genoview.io.export.provenance import Provenance

MAX_NAME = 120  # characters before the ending


def safe(text: str) -> str:
    """Letters, digits, `.`, `_` and `-` only: `HNF4A (+) ALT-REF` is `HNF4A_plus_ALT-REF`."""
    text = text.replace("(+)", "plus").replace("(-)", "minus").replace(">", "-")
    return re.sub(r"[^A-Za-z0-9.-]+", "_", text.replace(",", "").replace(":", "-")).strip("._-")


def file_name(provenance: Provenance, content: str, ending: str) -> str:
    """`genoview_GRCh37-demo_chr20-43042364-T-C_splicing.csv`, of bounded length."""
    stem = "_".join(
        part
        for part in map(safe, ("genoview", provenance.genome, provenance.query, content))
        if part
    )
    if len(stem) > MAX_NAME:
        digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
        stem = f"{stem[: MAX_NAME - 9]}_{digest}"
    return f"{stem}.{ending.lstrip('.')}"


def bundle(files: Mapping[str, bytes], provenance: Provenance, notes: Sequence[str] = ()) -> bytes:
    """A zip of the files with `provenance.txt` and `provenance.json`; the same bytes each time."""
    words = "".join(f"{line}\n" for line in (*provenance.lines(), *notes))
    contents = {
        "provenance.txt": words.encode(),
        "provenance.json": provenance.to_json().encode(),
        **files,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name)  # dated 1980: equal input makes equal bytes
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

"""A scorer whose answers can be worked out by hand, and files to read."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysam

from genoview.data.genome import Variant
from genoview.data.progress import Progress
from genoview.models.base import Backend
from genoview.runtime.batch import CellChange, ModelResult
from genoview.scoring.model_result import result_of, result_plain
from tests.support.models.toy_backend import Toy

HEAD = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


@dataclass(frozen=True)
class Named:
    """What is asked, by a name of its own."""

    key: str
    document_key: str = ""

    def to_plain(self, answer: ModelResult) -> Any:
        return result_plain(answer)

    def from_plain(self, plain: Any) -> ModelResult:
        return result_of(plain)


class Lengths:
    """Log2 fold change is the change of length; a chosen letter in ALT is not scored."""

    def __init__(self, refused: str = "") -> None:
        self.backend: Backend = Toy()
        self.refused = refused
        self.asked: list[Variant] = []

    def question(self, variant: Variant) -> Named:
        return Named(f"{self.refused} {variant}")

    def score(self, variants: Sequence[Variant], progress: Progress) -> list[ModelResult]:
        found = []
        for i, variant in enumerate(variants):
            progress(i / len(variants))
            self.asked.append(variant)
            if self.refused and self.refused in variant.alt:
                reason = f"{self.refused} is not scored."
                found.append(ModelResult("promoter-activity", reason=reason))
                continue
            change = CellChange("HepG2", float(variant.length_change), 0.25)
            found.append(ModelResult("promoter-activity", cells=(change,)))
        return found


def write(path: Path, text: str) -> Path:
    """A file, compressed as its name says."""
    if path.suffix == ".bgz":
        with pysam.BGZFile(str(path), "wb", index=None) as file:
            file.write(text.encode())
    elif path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path

"""Content -> key -> place of a prediction in the cache."""

import hashlib
import json
from dataclasses import astuple, dataclass
from pathlib import PurePosixPath
from typing import Self

LAYOUT_VERSION = 1  # raised when files written before can no longer be read


@dataclass(frozen=True, slots=True)
class PredictionKey:
    """What a prediction depends on: the model, its weights and the bases, not their place.

    Attributes:
        version: digest of the weights, the dtype and the model's schema.
        sequence_sha256: of the bases that the model reads, hexadecimal.
        alignment: how ALT lies on REF coordinates; empty for REF, which all variants share.
    """

    backend: str
    version: str
    sequence_sha256: str
    alignment: str = ""

    @classmethod
    def of(cls, backend_name: str, version: str, sequence: str, variant_text: str = "") -> Self:
        """The key of `sequence`: for ALT the haplotype's bases and the variant's text."""
        digest = hashlib.sha256(sequence.encode("ascii", "backslashreplace")).hexdigest()
        return cls(backend_name, version, digest, variant_text)

    @property
    def digest(self) -> str:
        """sha256 over every field and the layout, hexadecimal."""
        fields = json.dumps([LAYOUT_VERSION, *astuple(self)])
        return hashlib.sha256(fields.encode()).hexdigest()

    @property
    def path(self) -> PurePosixPath:
        """`ab/abcd....parquet` below the cache's folder."""
        return PurePosixPath(self.digest[:2], f"{self.digest}.parquet")

"""Messages of AlphaGenome's protocol <-> genoview's types; values as chunks of a tensor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np
import numpy.typing as npt
import zstandard
from alphagenome.protos import tensor_pb2
from alphagenome.protos.v1 import dna_model_pb2

from genoview.data.genome import Interval, Variant, canonical_chrom
from genoview.data.track_data import FloatArray
from genoview.server.status import invalid, unimplemented

CHUNK_BYTES = 2**20  # a channel takes messages of 4 MiB by default
ZSTD_LEVEL = 1
PRECISIONS: Mapping[str, tuple[npt.DTypeLike, int]] = {
    "float32": (np.float32, tensor_pb2.DATA_TYPE_FLOAT32),
    "bfloat16": (ml_dtypes.bfloat16, tensor_pb2.DATA_TYPE_BFLOAT16),
}
COMPRESSIONS: Mapping[str, int] = {
    "none": tensor_pb2.COMPRESSION_TYPE_NONE,
    "zstd": tensor_pb2.COMPRESSION_TYPE_ZSTD,
}
PRECISION_KEY = "x-genoview-precision"  # of a call's metadata: the protocol has no field for it
COMPRESSION_KEY = "x-genoview-compression"
STRANDS = {
    dna_model_pb2.STRAND_UNSPECIFIED: ".",
    dna_model_pb2.STRAND_POSITIVE: "+",
    dna_model_pb2.STRAND_NEGATIVE: "-",
    dna_model_pb2.STRAND_UNSTRANDED: ".",
}
STRAND_CODES = {
    "+": dna_model_pb2.STRAND_POSITIVE,
    "-": dna_model_pb2.STRAND_NEGATIVE,
    ".": dna_model_pb2.STRAND_UNSTRANDED,
}
Fetch = Callable[[Interval], str]
"""Forward-strand bases of an interval, upper case, N where unknown."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How values travel: a name of PRECISIONS and one of COMPRESSIONS."""

    precision: str = "float32"
    compression: str = "none"

    def requested_by(self, metadata: Mapping[str, str]) -> "Packing":
        """As the metadata of a call wants it.

        Raises:
            Refusal: it names something unknown.
        """
        precision = metadata.get(PRECISION_KEY, self.precision)
        compression = metadata.get(COMPRESSION_KEY, self.compression)
        for key, given, known in (
            (PRECISION_KEY, precision, PRECISIONS),
            (COMPRESSION_KEY, compression, COMPRESSIONS),
        ):
            if given not in known:
                raise invalid(f"{key} is {given!r}; {' or '.join(known)} was expected.")
        return Packing(precision, compression)


def packed(values: FloatArray, packing: Packing) -> tuple[tensor_pb2.Tensor, "Chunks"]:
    """A tensor without its values, and the chunks that follow it, made one by one.

    Args:
        values: float32[..., tracks].
    """
    rows = values.reshape(int(np.prod(values.shape[:-1])), values.shape[-1])
    return packed_rows(values.shape, lambda first, last: rows[first:last], packing)


def packed_rows(
    shape: Sequence[int], rows: Callable[[int, int], FloatArray], packing: Packing
) -> tuple[tensor_pb2.Tensor, "Chunks"]:
    """The same of values that are computed chunk by chunk.

    Args:
        rows: float32[last - first, tracks], given `first` and `last` of all rows.
    """
    n_rows, n_columns = int(np.prod(shape[:-1])), shape[-1]
    dtype, code = PRECISIONS[packing.precision]
    step = max(CHUNK_BYTES // max(n_columns * np.dtype(dtype).itemsize, 1), 1)
    firsts = range(0, n_rows, step) if n_columns else range(0)
    tensor = tensor_pb2.Tensor(shape=shape, data_type=code, chunk_count=len(firsts))
    parts = (
        rows(first, min(first + step, n_rows)).astype(dtype, copy=False).tobytes()
        for first in firsts
    )
    return tensor, Chunks(parts, packing.compression)


@dataclass(frozen=True, slots=True)
class Chunks:
    """Bytes of a tensor, part by part, to be written into messages of any kind."""

    parts: Iterator[bytes]
    compression: str

    def messages(self, make: Callable[[], Any]) -> Iterator[Any]:
        """A message each; written in place, since one message put into another is copied twice."""
        for part in self.parts:
            message = make()
            self.write(part, message.tensor_chunk)
            yield message

    def write(self, part: bytes, chunk: tensor_pb2.TensorChunk) -> None:
        """Into one chunk."""
        if self.compression == "zstd":
            part = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(part)
        chunk.data = part
        chunk.compression_type = COMPRESSIONS[self.compression]


def interval_of(proto: dna_model_pb2.Interval) -> Interval:
    """The interval, its chromosome by its usual name.

    Raises:
        Refusal: it is empty, or on the reverse strand. GenomeError: it has no chromosome.
    """
    if proto.end <= proto.start:
        raise invalid(
            f"The interval {proto.chromosome}:{proto.start}-{proto.end} (0-based, half-open) is "
            "empty; its end must lie behind its start."
        )
    if STRANDS.get(proto.strand) == "-":
        raise unimplemented(
            "An interval on the reverse strand is not answered. Give it without a strand: the "
            "answer has the tracks of both strands, in the order of the forward strand."
        )
    return Interval(canonical_chrom(proto.chromosome), proto.start, proto.end)


def interval_proto(interval: Interval) -> dna_model_pb2.Interval:
    """The message of an interval."""
    return dna_model_pb2.Interval(
        chromosome=interval.chrom,
        start=interval.start,
        end=interval.end,
        strand=STRAND_CODES[interval.strand],
    )


def variant_of(proto: dna_model_pb2.Variant, fetch: Fetch) -> Variant:
    """The variant as it was sent; where an allele is empty, with the base before it.

    Raises:
        GenomeError: an allele is not made of A, C, G and T, or nothing changes.
    """
    chrom, pos = canonical_chrom(proto.chromosome), proto.position
    ref, alt = proto.reference_bases, proto.alternate_bases
    if (not ref or not alt) and pos > 1:
        anchor = fetch(Interval(chrom, pos - 2, pos - 1))
        return Variant(chrom, pos - 1, anchor + ref, anchor + alt)
    return Variant(chrom, pos, ref, alt)


def curies(terms: Sequence[dna_model_pb2.OntologyTerm]) -> frozenset[tuple[int, int]]:
    """Ontology terms to compare by."""
    return frozenset((term.ontology_type, term.id) for term in terms)

"""What CI-SpliceAI's own TensorFlow graph says of real sequence -> tests/fixtures/cispliceai.npz.

    pip install tensorflow-cpu
    pip download cispliceai==1.2.2 --no-deps
    apt-get download vt-examples && dpkg -x vt-examples_*.deb vt
    python scripts/make_cispliceai_fixture.py cispliceai-1.2.2-py3-none-any.whl \
        vt/usr/share/doc/vt/examples/ref/20.fa.gz

The FASTA is chromosome 20 of GRCh37. TensorFlow is needed here only, never to run genoview.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tensorflow as tf
from convert_cispliceai import read_graph

OUTPUT = Path(__file__).parents[1] / "tests" / "fixtures" / "cispliceai.npz"
CONTEXT_LENGTH = 5_000  # bp, each side
WINDOWS = {  # start and end on chr20, 0-based half-open
    "ADA exons 7 to 9": (43_251_200, 43_251_900),
    "two exons of HNF4A": (43_042_300, 43_043_320),
    "ADA exon 2 in N": (43_264_700, 43_265_200),
}
MASKED = ((0, CONTEXT_LENGTH + 100), (CONTEXT_LENGTH + 3_500, None))  # made N in the last window
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
Array = npt.NDArray[np.float32]


def read_chromosome(fasta: Path) -> str:
    """Bases of the only record, upper case."""
    opener = gzip.open if fasta.suffix == ".gz" else open
    with opener(fasta, "rt") as lines:
        return "".join(line.strip() for line in lines if not line.startswith(">")).upper()


def load_graph(graph: bytes) -> tf.types.experimental.ConcreteFunction:
    """The graph as a function of float32[n, length, 4], bases A, C, G, T."""
    definition = tf.compat.v1.GraphDef.FromString(graph)
    wrapped = tf.compat.v1.wrap_function(
        lambda: tf.compat.v1.import_graph_def(definition, name=""), []
    )
    ends = (f"{definition.node[0].name}:0", f"{definition.node[-1].name}:0")
    return wrapped.prune(*(wrapped.graph.as_graph_element(end) for end in ends))


def predict(model: tf.types.experimental.ConcreteFunction, sequence: str) -> Array:
    """float32[bins, 3]: neither, acceptor, donor."""
    codes = np.frombuffer(sequence.encode(), dtype=np.uint8)
    bases = np.stack([codes == ord(base) for base in "ACGT"], axis=-1).astype(np.float32)
    return np.asarray(model(tf.constant(bases[None])))[0]


def main() -> None:
    """Run the graph on both strands of each window and write what it says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of cispliceai 1.2.2, or its .pb")
    parser.add_argument("fasta", type=Path, help="chromosome 20 of GRCh37, plain or gzipped")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    model = load_graph(read_graph(arguments.package))
    chromosome = read_chromosome(arguments.fasta)
    arrays: dict[str, npt.NDArray[np.generic]] = {"names": np.array(list(WINDOWS))}
    for i, (start, end) in enumerate(WINDOWS.values()):
        sequence = chromosome[start - CONTEXT_LENGTH : end + CONTEXT_LENGTH]
        if i == len(WINDOWS) - 1:
            for first, last in MASKED:
                stretch = sequence[first:last]
                sequence = sequence[:first] + "N" * len(stretch) + sequence[first + len(stretch) :]
        arrays[f"start{i}"] = np.array(start)
        arrays[f"sequence{i}"] = np.frombuffer(sequence.encode(), dtype=np.uint8)
        arrays[f"forward{i}"] = predict(model, sequence)
        arrays[f"reverse{i}"] = predict(model, sequence.translate(COMPLEMENT)[::-1])
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.output, **arrays)
    print(f"{arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

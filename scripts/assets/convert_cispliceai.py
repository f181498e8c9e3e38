"""CI-SpliceAI's frozen TensorFlow graph -> one safetensors file with its five models' weights.

    pip download cispliceai==1.2.2 --no-deps
    python scripts/assets/convert_cispliceai.py cispliceai-1.2.2-py3-none-any.whl

Takes the wheel, or the .pb file inside it. Needs no TensorFlow: the graph is read field by field
from the wire format of protobuf. No value is changed; kernels are transposed from
[width, in, out] to [out, in, width], and the five models are stacked on a new first axis.
"""

import argparse
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

Array = npt.NDArray[np.float32]

OUTPUT = Path(__file__).parents[2] / "assets" / "models" / "cispliceai.safetensors"
GRAPH_IN_WHEEL = "cispliceai/data/CI-SpliceAI.pb"
GRAPH_SHA256 = "34330c2fd844f73cbf2f8acef85f519cabc4350016e6f19ac2b935aa53b43d06"
ABOUT = (  # one entry only: the order of several would change the digest from run to run
    f"PyPI cispliceai 1.2.2, {GRAPH_IN_WHEEL}, sha256 {GRAPH_SHA256}; CC BY 4.0, "
    "Strauch et al. 2022, doi:10.1371/journal.pone.0269159; changed: format only"
)
N_MODELS = 5
N_UNITS = 16  # residual units: two normalisations and two convolutions each
UNITS_A_SKIP = 4  # a skip connection leaves after every fourth unit
EPSILON = 1e-3  # of the batch normalisations; checked against the graph
NORM_VARIABLES = {
    "variance": "ReadVariableOp",
    "scale": "mul/ReadVariableOp",
    "mean": "ReadVariableOp_1",
    "offset": "ReadVariableOp_2",
}


def varint(message: bytes, at: int) -> tuple[int, int]:
    """Value and the position behind it."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(message: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(number, integer, bytes) of each field; the one of the two that does not apply is empty."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        number, wire_type = key >> 3, key & 7
        if wire_type == 0:
            value, at = varint(message, at)
            yield number, value, b""
            continue
        if wire_type == 2:
            length, at = varint(message, at)
        elif wire_type in (1, 5):
            length = 8 if wire_type == 1 else 4
        else:
            raise SystemExit(f"Wire type {wire_type} is not protobuf 3: is this a GraphDef?")
        yield number, 0, message[at : at + length]
        at += length


def first(message: bytes, number: int) -> bytes:
    """The first field with this number; empty where there is none."""
    return next((content for n, _, content in fields(message) if n == number), b"")


def constants(graph: bytes) -> dict[str, Array]:
    """Name -> values of each float32 Const; GraphDef: node = 1, NodeDef: name = 1, attr = 5."""
    found = {}
    for number, _, node in fields(graph):
        if number != 1 or first(node, 2) != b"Const":  # NodeDef: op = 2
            continue
        for n, _, attribute in fields(node):
            if n == 5 and first(attribute, 1) == b"value":
                values = float_values(first(first(attribute, 2), 8))  # AttrValue: tensor = 8
                if values is not None:
                    found[first(node, 1).decode()] = values
    return found


def float_values(tensor: bytes) -> Array | None:
    """None unless float32. TensorProto: dtype = 1, shape = 2, content = 4, float_val = 5."""
    if next(value for n, value, _ in fields(tensor) if n == 1) != 1:
        return None
    sizes = [
        next((value for k, value, _ in fields(dimension) if k == 1), 0)
        for n, _, dimension in fields(first(tensor, 2))
        if n == 2
    ]
    content = first(tensor, 4) or first(tensor, 5)
    return np.frombuffer(content, dtype="<f4").astype(np.float32).reshape(sizes)


class Graph:
    """The variables of layer number `i` (from 1, as Keras counts), stacked over the five models."""

    def __init__(self, values: dict[str, Array]) -> None:
        self.values = values
        self.n_convs = self.n_norms = 0

    def conv(self) -> dict[str, Array]:
        """weight: [5, out, in, width] and bias: [5, out] of the next convolution."""
        self.n_convs += 1
        path = f"model_1/conv1d_{self.n_convs}/"
        kernels = self._stack(path + "conv1d{}/ExpandDims_1/ReadVariableOp/resource")
        return {
            "weight": kernels.transpose(0, 3, 2, 1),
            "bias": self._stack(path + "BiasAdd{}/ReadVariableOp/resource"),
        }

    def norm(self) -> dict[str, Array]:
        """[5, channels] of each variable of the next batch normalisation."""
        self.n_norms += 1
        path = f"model_1/batch_normalization_{self.n_norms}/batchnorm{{}}/"
        if not np.allclose(self._stack(path + "add/y"), EPSILON):
            raise SystemExit(f"Normalisation {self.n_norms} has another epsilon than {EPSILON}.")
        return {
            name: self._stack(path + node + "/resource") for name, node in NORM_VARIABLES.items()
        }

    def _stack(self, name: str) -> Array:
        suffixes = ["", *(f"_{k}" for k in range(1, N_MODELS))]
        return np.stack([self.values[name.format(suffix)] for suffix in suffixes])


def read_weights(graph: bytes) -> dict[str, Array]:
    """Layers in the order in which the network applies them."""
    layers = Graph(constants(graph))
    named = {"stem": layers.conv(), "skips.0": layers.conv()}
    for unit in range(N_UNITS):
        for half in (1, 2):
            named[f"units.{unit}.norm{half}"] = layers.norm()
            named[f"units.{unit}.conv{half}"] = layers.conv()
        if (unit + 1) % UNITS_A_SKIP == 0:
            named[f"skips.{(unit + 1) // UNITS_A_SKIP}"] = layers.conv()
    named["head"] = layers.conv()
    return {
        f"{layer}.{variable}": np.ascontiguousarray(values)
        for layer, variables in named.items()
        for variable, values in variables.items()
    }


def read_graph(path: Path) -> bytes:
    """The .pb file, also from inside the wheel."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            graph = wheel.read(GRAPH_IN_WHEEL)
    else:
        graph = path.read_bytes()
    digest = hashlib.sha256(graph).hexdigest()
    if digest != GRAPH_SHA256:
        raise SystemExit(f"{path} holds a graph with sha256 {digest}; {GRAPH_SHA256} was expected.")
    return graph


def main() -> None:
    """Read the arguments, convert, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of cispliceai 1.2.2, or its .pb")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    weights = read_weights(read_graph(arguments.package))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, arguments.output, {"about": ABOUT})
    arguments.output.chmod(0o644)
    print(f"{sum(values.size for values in weights.values()):,} values in {len(weights)} tensors")
    print(f"sha256 {hashlib.sha256(arguments.output.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()

"""PromID's scan model, a TensorFlow checkpoint -> one safetensors file.

    pip download promid==1.1 --no-deps --no-binary promid
    python scripts/assets/convert_promid.py promid-1.1.tar.gz

Needs no TensorFlow: the checkpoint's index, a table of LevelDB, is read block by block. No value
is changed; kernels are transposed from [width, in, out] to [out, in, width], and what only the
training needed (Adam's moments) stays behind.
"""

import argparse
import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from convert_cispliceai import fields, varint
from safetensors.numpy import save_file

Array = npt.NDArray[np.float32]

OUTPUT = Path(__file__).parents[2] / "assets" / "models" / "promid.safetensors"
PLACE = "promid-1.1/promid/models/model_scan/variables/variables"
SHA256 = {
    ".index": "2abb86b38e8f3b84e3ca08d720c16beb8d893eb05c16c47a70a0a5b0691f8c12",
    ".data-00000-of-00001": "8e77e0b6cd14ac5907de334b6562e7712231bfbb9e4646ada35a08268a98be5b",
}
ABOUT = (  # one entry only: the order of several would change the digest from run to run
    "PyPI promid 1.1, models/model_scan; MIT, Umarov et al. 2019, "
    "doi:10.1093/bioinformatics/bty1068; changed: format only"
)
TABLE_MAGIC = 0xDB4775248B80FB57  # last 8 bytes of a table of LevelDB
FOOTER_LENGTH = 48  # bytes
BLOCKS_A_STAGE = 3
BRANCHES = {"branch2a": "first", "branch2b": "second", "branch1": "shortcut"}
NORM_VARIABLES = {
    "gamma": "scale",
    "beta": "offset",
    "moving_mean": "mean",
    "moving_variance": "variance",
}


def read_member(sdist: Path, suffix: str) -> bytes:
    """One file of the checkpoint, from inside the sdist."""
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(PLACE + suffix)
        if member is None:
            raise SystemExit(f"{sdist} has no file {PLACE}{suffix}.")
        content = member.read()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256[suffix]:
        raise SystemExit(f"{suffix} has sha256 {digest}; {SHA256[suffix]} was expected.")
    return content


def block_entries(table: bytes, handle: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(key, value) of each entry of the block that a handle (offset, size) points at."""
    offset, at = varint(handle, 0)
    size, _ = varint(handle, at)
    if table[offset + size] != 0:
        raise SystemExit("The checkpoint's index is compressed, which is not expected.")
    block = table[offset : offset + size]
    n_restarts = int.from_bytes(block[-4:], "little")
    end = len(block) - 4 * (n_restarts + 1)
    at, key = 0, b""
    while at < end:
        shared, at = varint(block, at)
        unshared, at = varint(block, at)
        length, at = varint(block, at)
        key = key[:shared] + block[at : at + unshared]
        at += unshared
        yield key, block[at : at + length]
        at += length


def read_index(table: bytes) -> dict[str, tuple[tuple[int, ...], int, int]]:
    """Name -> (shape, offset, size in bytes) of each tensor of a checkpoint in one shard."""
    if int.from_bytes(table[-8:], "little") != TABLE_MAGIC:
        raise SystemExit("The checkpoint's index is not a table of LevelDB.")
    footer = table[-FOOTER_LENGTH:]
    _, at = varint(footer, 0)  # the meta block's offset and size come first
    _, at = varint(footer, at)
    found = {}
    for _, handle in block_entries(table, footer[at:]):
        for key, entry in block_entries(table, handle):
            if key:  # the empty key holds the checkpoint's header
                found[key.decode()] = bundle_entry(entry)
    return found


def bundle_entry(entry: bytes) -> tuple[tuple[int, ...], int, int]:
    """BundleEntryProto: shape = 2 (dim = 2, its size = 1), offset = 4, size = 5."""
    shape: tuple[int, ...] = ()
    numbers = {4: 0, 5: 0}
    for number, value, content in fields(entry):
        if number == 2:
            dims = [dim for n, _, dim in fields(content) if n == 2]
            shape = tuple(next((v for n, v, _ in fields(dim) if n == 1), 0) for dim in dims)
        elif number in numbers:
            numbers[number] = value
    return shape, numbers[4], numbers[5]


def read_checkpoint(index: bytes, data: bytes) -> dict[str, Array]:
    """Name -> float32 values of each variable."""
    return {
        name: np.frombuffer(data[offset : offset + size], dtype="<f4").reshape(shape)
        for name, (shape, offset, size) in read_index(index).items()
    }


def rename(variables: dict[str, Array]) -> dict[str, Array]:
    """The variables that a prediction needs, named by layer in the order of the network."""
    named = {
        "stem.weight": variables["conv1d/kernel"].transpose(2, 1, 0),
        "stem.bias": variables["conv1d/bias"],
        "head.bias": variables["bias_output_p"],
    }
    for name, values in variables.items():
        layer, _, variable = name.partition("/")
        if layer.startswith(("res", "bn")) and "Adam" not in variable:
            block, place, branch = layer.removeprefix("res").removeprefix("bn").split("_")
            number = BLOCKS_A_STAGE * (int(block.removesuffix("block")) - 2) + int(place)
            if variable == "kernel":
                variable, values = "weight", values.transpose(2, 1, 0)
            else:
                variable = NORM_VARIABLES[variable]
            named[f"blocks.{number}.{BRANCHES[branch]}.{variable}"] = values
    n_channels = named["blocks.8.second.weight"].shape[0]
    head = variables["w_output_p"]  # [positions * channels, 2]
    named["head.weight"] = head.reshape(-1, n_channels, 2).transpose(2, 0, 1)
    return {name: np.ascontiguousarray(values) for name, values in sorted(named.items())}


def main() -> None:
    """Convert and print the digest."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the sdist promid-1.1.tar.gz")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    index, data = (read_member(arguments.package, suffix) for suffix in SHA256)
    weights = rename(read_checkpoint(index, data))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, arguments.output, {"about": ABOUT})
    arguments.output.chmod(0o644)
    print(f"{sum(values.size for values in weights.values()):,} values in {len(weights)} tensors")
    print(f"sha256 {hashlib.sha256(arguments.output.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()

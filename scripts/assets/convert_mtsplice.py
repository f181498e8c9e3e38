"""MTSplice's twelve Keras models -> one safetensors file.

    pip download mmsplice==2.4.0 --no-deps
    python scripts/assets/convert_mtsplice.py mmsplice-2.4.0-py2.py3-none-any.whl

No value is changed; kernels are transposed from [width, in, out] to [out, in, width]. Layers are
named by what they do: both halves of an exon have the same ones, `left` of the acceptor and
`right` of the donor. The spline basis, which the package computes anew, is stored beside them.
"""

import argparse
import hashlib
import io
import re
import zipfile
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt
from convert_mmsplice import OUTPUT, VALUES, WHEEL_SHA256
from safetensors.numpy import save_file
from scipy.interpolate import splev

Array = npt.NDArray[np.float32]

ABOUT = (  # one entry only: the order of several would change the digest from run to run
    "PyPI mmsplice 2.4.0, models/mtsplice*.h5; MIT, Cheng et al. 2021, "
    "doi:10.1186/s13059-021-02273-7; changed: format only"
)
ENSEMBLES = {"shallow": ("mtsplice", 8), "deep": ("mtsplice_deep", 4)}
LENGTH, N_BASES, DEGREE = 400, 10, 3  # bp of each half; of the splines
N_CONVOLUTIONS = 9  # of each half of a deep network
LAYERS = {
    "conv_exon": "conv",
    "bn1": "left.norm1",
    "bn2": "right.norm1",
    "splinel": "left.spline",
    "spliner": "right.spline",
    "bn5": "norm_mean",
    "dense": "dense1",
    "bn6": "norm_dense",
    "dense2": "dense2",
}
NUMBERED = re.compile(r"(conv1d|batch_normalization)_(\d+)")


def layer_name(layer: str) -> str:
    """`left.conv3` of `conv1d_3`, `right.norm1` of `batch_normalization_9`."""
    match = NUMBERED.fullmatch(layer)
    if match is None:
        return LAYERS[layer]
    kind, n_left = (
        ("conv", N_CONVOLUTIONS) if match[1] == "conv1d" else ("norm", N_CONVOLUTIONS - 1)
    )
    number = int(match[2])
    half, number = ("left", number) if number <= n_left else ("right", number - n_left)
    return f"{half}.{kind}{number}"


def network_tensors(content: bytes) -> dict[str, Array]:
    """The weights of one Keras file, by layer."""
    named: dict[str, Array] = {}

    def take(path: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            layer, value = layer_name(path.split("/")[0]), path.split("/")[-1].partition(":")[0]
            array = np.asarray(item, dtype=np.float32).T
            named[f"{layer}.{VALUES[value]}"] = np.ascontiguousarray(array)

    with h5py.File(io.BytesIO(content)) as file:
        file["model_weights"].visititems(take)
    return named


def spline_basis() -> Array:
    """float32[LENGTH, N_BASES]: as `get_knots` and `get_X_spline` of the package's layers.py."""
    end = LENGTH - 1
    first, last = -0.001 * end, 1.001 * end
    n_inner = N_BASES - DEGREE + 1
    step = (last - first) / (n_inner - 1)
    knots = np.linspace(first - step * DEGREE, last + step * DEGREE, n_inner + 2 * DEGREE)
    knots = knots.astype(np.float32)
    columns = [splev(np.arange(LENGTH), (knots, unit, DEGREE)) for unit in np.eye(N_BASES)]
    return np.stack(columns, axis=1).astype(np.float32)


def main() -> None:
    """Convert and print the digest."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of mmsplice 2.4.0")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder")
    arguments = parser.parse_args()
    digest = hashlib.sha256(arguments.package.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        raise SystemExit(f"The wheel has sha256 {digest}; {WHEEL_SHA256} was expected.")
    weights: dict[str, Array] = {"basis": spline_basis()}
    with zipfile.ZipFile(arguments.package) as wheel:
        for ensemble, (file, n) in ENSEMBLES.items():
            for i in range(n):
                tensors = network_tensors(wheel.read(f"mmsplice/models/{file}{i}.h5"))
                weights |= {f"{ensemble}.{i}.{name}": value for name, value in tensors.items()}
    path = arguments.output / "mtsplice.safetensors"
    save_file(dict(sorted(weights.items())), path, {"about": ABOUT})
    path.chmod(0o644)
    print(f"{sum(values.size for values in weights.values()):,} values in {len(weights)} tensors")
    print(f"sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()

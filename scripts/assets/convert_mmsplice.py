"""MMSplice's five Keras models -> one safetensors file; its linear models -> numbers in TOML.

    pip download mmsplice==2.4.0 --no-deps
    python scripts/assets/convert_mmsplice.py mmsplice-2.4.0-py2.py3-none-any.whl

No value is changed; kernels are transposed from [width, in, out] to [out, in, width]. The linear
models are those that the package computes with: numbers in its `utils.py`, read as literals. Its
pickles hold the same to 8 digits and are not opened.
"""

import argparse
import ast
import hashlib
import io
import zipfile
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

Array = npt.NDArray[np.float32]

OUTPUT = Path(__file__).parents[2] / "assets" / "models"
WHEEL_SHA256 = "d70a3a281b9433b89e6a8612cc2ca2611f54c35b90f46e16772b2868ec94b60a"
ABOUT = (  # one entry only: the order of several would change the digest from run to run
    "PyPI mmsplice 2.4.0, models/*.h5; MIT, Cheng et al. 2019, doi:10.1186/s13059-019-1653-z; "
    "changed: format only"
)
MODULES = {
    "acceptor_intron": "Intron3",
    "acceptor": "Acceptor",
    "exon": "Exon",
    "donor": "Donor",
    "donor_intron": "Intron5",
}
LAYERS = {  # by their names in the files
    "conv": "conv",
    "convSpliceSite": "conv",
    "batch_normalization_1": "norm1",
    "conv1by1": "pointwise",
    "batch_normalization_2": "norm2",
    "dense1": "dense1",
    "dense2": "dense2",
    "denseSS": "readout",
    "dense_1": "readout",
    "dense3": "readout",
    "dense5": "readout",
}
VALUES = {
    "kernel": "weight",
    "bias": "bias",
    "gamma": "scale",
    "beta": "offset",
    "moving_mean": "mean",
    "moving_variance": "variance",
}
LINEAR = {  # class of the package's utils.py -> what it predicts
    "_LINEAR_MODEL": "delta_logit_psi",
    "_LOGISTIC_MODEL": "pathogenicity",
    "_EFFICIENCY_MODEL": "splicing_efficiency",
}


def module_tensors(content: bytes) -> dict[str, Array]:
    """The weights of one Keras file, by layer."""
    named: dict[str, Array] = {}

    def take(path: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            layer, value = path.split("/")[0], path.split("/")[-1].partition(":")[0]
            array = np.asarray(item, dtype=np.float32).T  # [out, in, width] of [width, in, out]
            named[f"{LAYERS[layer]}.{VALUES[value]}"] = np.ascontiguousarray(array)

    with h5py.File(io.BytesIO(content)) as file:
        file.get("model_weights", file).visititems(take)
    return named


def linear_numbers(source: str) -> dict[str, dict[str, list[float]]]:
    """Coefficients, intercept and mean of each linear model, from literals."""
    models: dict[str, dict[str, list[float]]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name in LINEAR:
            numbers = models[LINEAR[node.name]] = {}
            for part in ast.walk(node):
                if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Attribute):
                    value = part.value.args[0] if isinstance(part.value, ast.Call) else part.value
                    literal = ast.literal_eval(value)
                    listed = literal if isinstance(literal, list | tuple) else [literal]
                    numbers[part.targets[0].attr] = [float(number) for number in listed]
    return models


def as_toml(models: dict[str, dict[str, list[float]]]) -> str:
    """One table a model."""
    lines = [f"# {ABOUT.replace('models/*.h5', 'utils.py')}"]
    for model, numbers in models.items():
        lines += ["", f"[{model}]"]
        lines += [f"{name} = {values}" for name, values in numbers.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Convert and print the digests."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of mmsplice 2.4.0")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder")
    arguments = parser.parse_args()
    digest = hashlib.sha256(arguments.package.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        raise SystemExit(f"The wheel has sha256 {digest}; {WHEEL_SHA256} was expected.")
    weights: dict[str, Array] = {}
    with zipfile.ZipFile(arguments.package) as wheel:
        for module, file in MODULES.items():
            tensors = module_tensors(wheel.read(f"mmsplice/models/{file}.h5"))
            weights |= {f"{module}.{name}": values for name, values in tensors.items()}
        linear = as_toml(linear_numbers(wheel.read("mmsplice/utils.py").decode()))
    path = arguments.output / "mmsplice.safetensors"
    save_file(dict(sorted(weights.items())), path, {"about": ABOUT})
    path.chmod(0o644)
    (arguments.output / "mmsplice.toml").write_text(linear, encoding="utf-8")
    print(f"{sum(values.size for values in weights.values()):,} values in {len(weights)} tensors")
    print(f"sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()

"""What Keras says of MPRA-DragoNN and Xpresso -> tests/fixtures/{mpra_dragonn,xpresso}.npz.

    pip install torch==2.13.0 keras h5py
    KERAS_BACKEND=torch python scripts/make_keras_fixtures.py FOLDER

FOLDER has mpra-dragonn/pretrained.hdf5 and xpresso/human_trainepoch.11-0.426.h5 as published. Keras
is needed here only. The layers are those that the files name: Xpresso's file holds its
configuration; of MPRA-DragoNN the sizes of the arrays and its publication tell the rest.
"""

import argparse
import gzip
from pathlib import Path

import h5py
import keras
import numpy as np
from keras import layers

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
REGION_START = 42_484_000  # of the demo genome on chr20 of GRCh37, 0-based
FRAGMENTS = range(43_029_000, 43_031_000, 125)  # starts on chr20, around a promoter of HNF4A
PROMOTERS = {"HNF4A": (43_029_911, "+"), "ADA": (43_280_214, "-")}  # 0-based TSS, strand
UPSTREAM, DOWNSTREAM = 7_000, 3_500  # bp
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
ORDER = ("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")


def read_region() -> str:
    """Bases of the demo genome, upper case."""
    fasta = next((ROOT / "assets" / "genome").glob("*.fa.gz"))
    with gzip.open(fasta, "rt") as lines:
        return "".join(line.strip() for line in lines if not line.startswith(">")).upper()


def one_hot(sequences: list[str]) -> np.ndarray:
    """float32[n, length, 4]."""
    codes = np.array([np.frombuffer(one.encode(), np.uint8) for one in sequences])
    return np.stack([codes == ord(base) for base in "ACGT"], axis=-1).astype(np.float32)


def fill(model: keras.Model, path: Path) -> keras.Model:
    """Give each layer the arrays of its name."""
    with h5py.File(path) as file:
        groups = file.get("model_weights", file)
        for layer in model.layers:
            if layer.weights:
                arrays = groups[layer.name][layer.name]
                layer.set_weights([arrays[f"{n}:0"][()] for n in ORDER if f"{n}:0" in arrays])
    return model


def dragonn() -> keras.Model:
    """Three convolutions of width 5, each with a ReLU and a normalisation behind it."""
    found = [keras.Input((145, 4))]
    for k in (1, 2, 3):
        found.append(layers.Conv1D(120, 5, activation="relu", name=f"conv1d_{k}"))
        found.append(layers.BatchNormalization(name=f"batch_normalization_{k}"))
    return keras.Sequential([*found, layers.Flatten(), layers.Dense(12, name="dense_1")])


def xpresso() -> keras.Model:
    """As the configuration in the file has it, without the dropouts."""
    promoter, halflife = keras.Input((10_500, 4)), keras.Input((6,))
    x = layers.Conv1D(128, 6, padding="same", activation="relu", name="conv1d_1")(promoter)
    x = layers.MaxPooling1D(30)(x)
    x = layers.Conv1D(32, 9, padding="same", activation="relu", name="conv1d_2")(x)
    x = layers.Flatten()(layers.MaxPooling1D(10)(x))
    x = layers.Concatenate()([x, halflife])
    x = layers.Dense(64, activation="relu", name="dense_1")(x)
    x = layers.Dense(2, activation="relu", name="dense_2")(x)
    return keras.Model([promoter, halflife], layers.Dense(1, name="dense_3")(x))


def main() -> None:
    """Write both fixtures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    region = read_region()
    model = fill(dragonn(), folder / "mpra-dragonn" / "pretrained.hdf5")
    fragments = [region[i - REGION_START : i - REGION_START + 145] for i in FRAGMENTS]
    fragments[0] = "N" * 40 + fragments[0][40:]
    said = model.predict(one_hot(fragments), verbose=0)
    np.savez_compressed(FIXTURES / "mpra_dragonn.npz", fragments=np.array(fragments), said=said)
    print("MPRA-DragoNN", said[:2].round(3), model.count_params())
    model = fill(xpresso(), folder / "xpresso" / "human_trainepoch.11-0.426.h5")
    sequences = []
    for tss, strand in PROMOTERS.values():
        before, behind = (UPSTREAM, DOWNSTREAM) if strand == "+" else (DOWNSTREAM, UPSTREAM)
        at = tss - REGION_START + (strand == "-")
        bases = region[at - before : at + behind]
        sequences.append(bases if strand == "+" else bases.translate(COMPLEMENT)[::-1])
    sequences.append("N" * 10_500)
    levels = model.predict([one_hot(sequences), np.zeros((3, 6), np.float32)], verbose=0)[:, 0]
    np.savez_compressed(FIXTURES / "xpresso.npz", sequences=np.array(sequences), levels=levels)
    print("Xpresso", levels, model.count_params())


if __name__ == "__main__":
    main()

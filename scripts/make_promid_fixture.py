"""What PromID's own TensorFlow graph says of real sequence -> tests/fixtures/promid.npz.

    pip install tensorflow-cpu
    pip download promid==1.1 --no-deps --no-binary promid
    apt-get download vt-examples && dpkg -x vt-examples_*.deb vt
    python scripts/make_promid_fixture.py promid-1.1.tar.gz \
        vt/usr/share/doc/vt/examples/ref/20.fa.gz

The FASTA is chromosome 20 of GRCh37. TensorFlow is needed here only, never to run genoview.
"""

import argparse
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tensorflow as tf
from make_cispliceai_fixture import COMPLEMENT, read_chromosome

OUTPUT = Path(__file__).parents[1] / "tests" / "fixtures" / "promid.npz"
MODEL = "promid-1.1/promid/models/model_scan"
RESOLUTION = 50  # bp a bin; one window around each of the two bases in its middle
REACH = 500  # bp of a window on each side of its centre
STRETCHES = {  # start and end on chr20, 0-based half-open, multiples of the resolution
    "ADA promoter": (43_279_500, 43_281_200),
    "behind the telomere's N": (59_600, 60_600),
}
TSS = {  # chr20, 0-based, strand: first base of RefSeq's longest transcript of coding genes
    "TOX2": (42_543_491, "+"),
    "JPH2": (42_815_827, "-"),
    "OSER1": (42_839_410, "-"),
    "GDAP1L1": (42_875_738, "+"),
    "FITM2": (42_939_841, "-"),
    "R3HDML": (42_965_682, "+"),
    "HNF4A": (42_984_338, "+"),
    "TTPAL": (43_104_513, "+"),
    "SERINC3": (43_150_710, "-"),
    "PKIG": (43_160_515, "+"),
    "ADA": (43_280_339, "-"),
    "CCN5": (43_343_501, "+"),
    "KCNK15": (43_374_505, "+"),
    "RIMS4": (43_439_186, "-"),
}
DEMO_REGION = (42_484_000, 43_484_000)
N_BACKGROUND = 28  # random places of the region
SEED = 20
Array = npt.NDArray[np.float32]


class ScanModel:
    """The SavedModel in the sdist."""

    def __init__(self, sdist: Path) -> None:
        self._session = tf.compat.v1.Session(graph=tf.Graph())
        with tempfile.TemporaryDirectory() as folder, self._session.graph.as_default():
            with tarfile.open(sdist) as archive:
                archive.extractall(folder, filter="data")
            tf.compat.v1.saved_model.load(
                self._session, [tf.saved_model.SERVING], str(Path(folder) / MODEL)
            )

    def predict(self, windows: Sequence[str]) -> Array:
        """float32[windows]: the first of the two classes, promoter, as PromID reads it."""
        codes = np.stack([np.frombuffer(window.encode(), dtype=np.uint8) for window in windows])
        bases = np.stack([codes == ord(base) for base in "ATGC"], axis=-1).astype(np.float32)
        feed = {"input_prom:0": bases, "kr:0": 1.0, "in_training_mode:0": False}
        return np.asarray(self._session.run("output_prom:0", feed))[:, 0]


def window(chromosome: str, centre: int, strand: str) -> str:
    """1,001 bp around a base, read in the direction of the strand."""
    bases = chromosome[centre - REACH : centre + REACH + 1]
    return bases if strand == "+" else bases.translate(COMPLEMENT)[::-1]


def as_codes(sequences: Sequence[str]) -> npt.NDArray[np.uint8]:
    """uint8[sequences, length] of one length."""
    return np.stack([np.frombuffer(sequence.encode(), dtype=np.uint8) for sequence in sequences])


def stretch_arrays(model: ScanModel, chromosome: str) -> dict[str, npt.NDArray[np.generic]]:
    """Of each stretch: start, the sequence with context, and float32[bins, 2 windows] a strand."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"names": np.array(list(STRETCHES))}
    context = REACH + 1 - RESOLUTION // 2
    for i, (start, end) in enumerate(STRETCHES.values()):
        middles = range(start + RESOLUTION // 2, end, RESOLUTION)
        centres = [centre for middle in middles for centre in (middle - 1, middle)]
        arrays[f"start{i}"] = np.array(start)
        arrays[f"sequence{i}"] = as_codes([chromosome[start - context : end + context]])[0]
        for name, strand in (("forward", "+"), ("reverse", "-")):
            windows = [window(chromosome, centre, strand) for centre in centres]
            arrays[f"{name}{i}"] = model.predict(windows).reshape(-1, 2)
    return arrays


def site_arrays(model: ScanModel, chromosome: str) -> dict[str, npt.NDArray[np.generic]]:
    """Windows and probabilities at known TSSs and at random places."""
    places = np.random.default_rng(SEED).integers(*DEMO_REGION, N_BACKGROUND)
    known = [window(chromosome, place, strand) for place, strand in TSS.values()]
    background = [window(chromosome, int(place), "+-"[place % 2]) for place in places]
    return {
        "tss_names": np.array(list(TSS)),
        "tss_sequences": as_codes(known),
        "tss_probabilities": model.predict(known),
        "background_sequences": as_codes(background),
        "background_probabilities": model.predict(background),
    }


def main() -> None:
    """Predict and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the sdist promid-1.1.tar.gz")
    parser.add_argument("fasta", type=Path, help="chromosome 20 of GRCh37, plain or gzipped")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    model = ScanModel(arguments.package)
    chromosome = read_chromosome(arguments.fasta)
    arrays = stretch_arrays(model, chromosome) | site_arrays(model, chromosome)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.output, **arrays)
    print(f"{arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

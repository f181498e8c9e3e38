"""What Pangolin's published networks say of real sequence -> tests/fixtures/pangolin.npz.

    python scripts/make_pangolin_fixture.py FOLDER_OF_WEIGHTS

The network is written out here once more, layer by layer in plain torch from the publication
(Zeng & Li 2022, doi:10.1186/s13059-022-02664-4), with its normalisations as they are; genoview
folds them. Scores of variants follow what the program `pangolin` documents: the mean change over
the replicates of a tissue, the largest increase and decrease over the tissues, inserted bases as
their maximum, deleted ones as zeros.
"""

import argparse
import gzip
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "tests" / "fixtures" / "pangolin.npz"
REGION_START = 42_484_000  # of the demo genome on chr20 of GRCh37, 0-based
CONTEXT = 5_000  # bp, each side
DISTANCE = 50  # bp beside a variant
WINDOWS = {"ADA exon 8": (43_251_400, 43_251_650), "HNF4A exon 4": (43_042_300, 43_042_500)}
TISSUES, REPLICATES = (0, 2, 4, 6), (1, 2, 3)  # as the files are numbered
VARIANTS = (  # POS, REF, ALT in and around exon 8 of ADA, which is read on the reverse strand
    (43_251_469, "C", "T"),
    (43_251_572, "C", "A"),
    (43_251_568, "CAGC", "C"),
    (43_251_500, "G", "GCAGGTAAGT"),
    (43_251_520, "C", "T"),
)
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
State = Mapping[str, torch.Tensor]


def read_region(fasta: Path) -> str:
    """Bases of the only record, upper case."""
    with gzip.open(fasta, "rt") as lines:
        return "".join(line.strip() for line in lines if not line.startswith(">")).upper()


def unit(state: State, name: str, x: torch.Tensor, dilation: int) -> torch.Tensor:
    """One residual unit; its convolutions are padded with zeros, as published."""
    inner = x
    for half in ("1", "2"):
        norm, conv = f"{name}.bn{half}", f"{name}.conv{half}"
        inner = functional.batch_norm(
            inner,
            state[f"{norm}.running_mean"],
            state[f"{norm}.running_var"],
            state[f"{norm}.weight"],
            state[f"{norm}.bias"],
            eps=1e-5,
        )
        kernel = state[f"{conv}.weight"]
        inner = functional.conv1d(
            torch.relu(inner),
            kernel,
            state[f"{conv}.bias"],
            padding=dilation * (kernel.shape[2] - 1) // 2,
            dilation=dilation,
        )
    return x + inner


def spliced(state: State, sequence: str, tissue: int) -> np.ndarray:
    """float32[length - 10,000]: probability of a splice site in one tissue, 0 to 3."""

    def conv(name: str, x: torch.Tensor) -> torch.Tensor:
        return functional.conv1d(x, state[f"{name}.weight"], state[f"{name}.bias"])

    codes = np.frombuffer(sequence.encode(), np.uint8)
    bases = np.stack([codes == ord(base) for base in "ACGT"]).astype(np.float32)
    x = conv("conv1", torch.from_numpy(bases)[None])
    skip = conv("skip", x)
    for k in range(16):
        x = unit(state, f"resblocks.{k}", x, (1, 4, 10, 25)[k // 4])
        if k % 4 == 3:
            skip = skip + conv(f"convs.{k // 4}", x)
    logits = conv(f"conv_last{2 * tissue + 1}", skip[:, :, CONTEXT:-CONTEXT])
    return torch.softmax(logits, dim=1)[0, 1].numpy()


def tissues(states: list[list[State]], sequence: str) -> np.ndarray:
    """float64[4, 3, bins]: every replicate of every tissue."""
    said = [[spliced(one, sequence, t) for one in some] for t, some in enumerate(states)]
    return np.array(said, np.float64)


def scores(states: list[list[State]], region: str, pos: int, ref: str, alt: str) -> list[float]:
    """Gain, its bp from POS, loss, its bp from POS; on the reverse strand."""
    start = pos - 1 - REGION_START
    assert region[start : start + len(ref)] == ref, (pos, ref)
    left = region[start - CONTEXT - DISTANCE : start]
    right = region[start + len(ref) : start + len(ref) + CONTEXT + DISTANCE]
    before, after = (
        tissues(states, (left + allele + right).translate(COMPLEMENT)[::-1])[:, :, ::-1]
        for allele in (ref, alt)
    )
    change, d = len(alt) - len(ref), DISTANCE
    if change > 0:
        top = after[:, :, d : d + change + 1].max(axis=2, keepdims=True)
        after = np.concatenate([after[:, :, :d], top, after[:, :, d + change + 1 :]], axis=2)
    elif change < 0:
        none = np.zeros((*after.shape[:2], -change))
        after = np.concatenate([after[:, :, : d + 1], none, after[:, :, d + 1 :]], axis=2)
    difference = (after - before).mean(axis=1)  # [4, places]
    gain, loss = difference.max(axis=0), difference.min(axis=0)
    return [gain.max(), gain.argmax() - d, loss.min(), loss.argmin() - d]


@torch.inference_mode()
def main() -> None:
    """Run all twelve networks and write what they say."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=Path, help="folder of final.*.3.v2")
    parser.add_argument(
        "--fasta", type=Path, default=next((ROOT / "assets/genome").glob("*.fa.gz"))
    )
    asked = parser.parse_args()
    names = [[asked.weights / f"final.{r}.{t}.3.v2" for r in REPLICATES] for t in TISSUES]
    states = [[torch.load(path, "cpu", weights_only=True) for path in some] for some in names]
    region = read_region(asked.fasta)
    arrays = {"names": np.array(list(WINDOWS))}
    for i, (start, end) in enumerate(WINDOWS.values()):
        at = start - REGION_START
        sequence = region[at - CONTEXT : at + end - start + CONTEXT]
        if i == 1:
            sequence = "N" * (CONTEXT - 800) + sequence[CONTEXT - 800 :]
        both = [sequence, sequence.translate(COMPLEMENT)[::-1]]
        said = [tissues(states, one).mean(axis=1).T.astype(np.float32) for one in both]
        arrays[f"sequence{i}"] = np.frombuffer(sequence.encode(), np.uint8)
        arrays[f"forward{i}"], arrays[f"reverse{i}"] = said
    arrays["variants"] = np.array([f"chr20:{pos}:{ref}>{alt}" for pos, ref, alt in VARIANTS])
    arrays["scores"] = np.array([scores(states, region, *variant) for variant in VARIANTS])
    np.savez_compressed(OUTPUT, **arrays)
    print(arrays["variants"], arrays["scores"].round(3), sep="\n")
    print(f"{OUTPUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

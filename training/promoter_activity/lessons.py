"""Sequence without measurements -> what MPRA-DragoNN says of it, in pairs that differ a little.

Three sources: training fragments, fragments joined from two of them, and windows of the genome
without kin among the held-out fragments. MPRA-DragoNN was itself trained on the human genome but
for chromosomes 8 and 18: it predicts no held-out sequence, so that what it knows of held-out
fragments is not passed on by its answers.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .augment import fill_flanks, mutate
from .data import UNKNOWN, WIDTH, Measurements, encode
from .splits import TEST, TRAIN, VALIDATION, WordIndex
from .teacher import POOLED, load_dragonn, teach

COPIES = 4  # of each training fragment
JOINED = 3  # per training fragment
GENOMIC = 50_000
RATES = (0.0, 0.01, 0.03, 0.1, 0.3)  # of bases changed in both of a pair
CHANGES = (1, 1, 2, 4)  # substitutions between the two of a pair
MIN_WORDS = 11  # shared with a held-out fragment; the split's own rule
COLUMNS = [column for pair in POOLED.values() for column in pair]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Lessons:
    """Pairs of windows, int8[n, 2, 144], and their predictions, float32[n, 2, 4], standardised.

    `spread` is the standard deviation of the differences within pairs, float32[4].
    """

    codes: Codes
    predictions: NDArray[np.float32]

    @cached_property
    def spread(self) -> NDArray[np.float32]:
        return np.asarray((self.predictions[:, 1] - self.predictions[:, 0]).std(0))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.codes.tobytes()).hexdigest()[:12]


def make_lessons(
    measured: Measurements, parts: NDArray[np.str_], genome: Path, weights: Path, folder: Path
) -> Lessons:
    """The lessons of a split, kept in `folder`; `genome` is FASTA of one chromosome, gzipped."""
    made_of = (COPIES, JOINED, GENOMIC, RATES, CHANGES, genome.name)
    digest = hashlib.sha256(repr(made_of).encode() + parts.tobytes()).hexdigest()[:12]
    path = folder / f"lessons-{digest}.npz"
    if not path.exists():
        rng = np.random.default_rng(0)
        held_out = measured.codes[np.isin(parts, (VALIDATION, TEST))]
        windows = np.concatenate(
            [
                from_fragments(measured.codes[parts == TRAIN], rng),
                without_kin(draw_windows(read_fasta(genome), GENOMIC, rng), held_out, MIN_WORDS),
            ]
        )
        codes = pairs(windows, rng)
        answers = teach(load_dragonn(weights), codes.reshape(-1, WIDTH))[:, COLUMNS]
        predictions = (answers - answers.mean(0)) / answers.std(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, codes=codes, predictions=predictions.reshape(-1, 2, len(COLUMNS)))
    kept = np.load(path)
    return Lessons(kept["codes"], kept["said"])


def from_fragments(codes: Codes, rng: np.random.Generator) -> Codes:
    """Copies with other sequence before shorter ones, and joints of two at a random place."""
    others = codes[rng.permutation(len(codes))][:, ::-1]
    whole = fill_flanks(codes, others, np.ones(len(codes), bool))
    made = [whole] * COPIES
    for _ in range(JOINED):
        cut = rng.integers(WIDTH // 4, 3 * WIDTH // 4, len(whole))
        left = np.arange(WIDTH)[None] < cut[:, None]
        made.append(np.where(left, whole[rng.permutation(len(whole))], whole))
    return np.concatenate(made)


def read_fasta(path: Path) -> Codes:
    """int8[length]: the codes of a FASTA file with one sequence."""
    with gzip.open(path, "rt") as lines:
        sequence = "".join(line.strip() for line in lines if not line.startswith(">"))
    codes: Codes = encode([sequence], len(sequence))[0]
    return codes


def draw_windows(chromosome: Codes, number: int, rng: np.random.Generator) -> Codes:
    """int8[at most number, 144] on either strand; windows with an N are left out."""
    starts = rng.integers(0, len(chromosome) - WIDTH, number)
    windows = chromosome[starts[:, None] + np.arange(WIDTH)]
    known: Codes = windows[(windows != UNKNOWN).all(1)]
    return np.where(rng.random(len(known))[:, None] < 0.5, 3 - known[:, ::-1], known)


def without_kin(windows: Codes, held_out: Codes, min_words: int) -> Codes:
    """The windows that share fewer words than that with every held-out fragment."""
    index = WordIndex(windows)
    related = np.zeros(len(windows), bool)
    for row in held_out:
        related |= index.shared_words(row) >= min_words
    return windows[~related]


def pairs(windows: Codes, rng: np.random.Generator) -> Codes:
    """int8[n, 2, 144]: each window mutated at some rate, and the same with a few substitutions."""
    first = mutate(windows, rng.choice(RATES, len(windows))[:, None], rng)
    return with_substitutions(first, rng.choice(CHANGES, len(windows)), rng)


def with_substitutions(first: Codes, changes: NDArray[np.int64], rng: np.random.Generator) -> Codes:
    """int8[n, 2, 144]: the windows, and the same with so many substitutions at random places."""
    second = first.copy()
    for turn in range(changes.max()):
        rows = np.flatnonzero(changes > turn)
        at = rng.integers(0, WIDTH, len(rows))
        # Adding 1, 2 or 3 makes it another base, if it is one.
        other = (second[rows, at] + rng.integers(1, 4, len(rows))) % 4
        second[rows, at] = np.where(second[rows, at] == UNKNOWN, UNKNOWN, other)
    return np.stack([first, second], 1)

"""No held-out fragment shares a chromosome or a stretch of sequence with a training fragment."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.paths import ROOT
from training.promoter_activity.data import CELLS, Measurements, encode, read_measurements
from training.promoter_activity.recipe import read_recipe
from training.promoter_activity.splits import (
    BEYOND_TEST,
    NEAR_VALIDATION,
    SET_ASIDE,
    TEST,
    TRAIN,
    VALIDATION,
    SplitRule,
    WordIndex,
    read_split,
    split,
    words,
)

TABLE = ROOT.parent / "shared/data/mpra/promoter_activity.tsv.gz"
RECIPE = ROOT / "training/promoter_activity/recipes/final.toml"
SPLIT = ROOT / "training/promoter_activity/split.npz"
RULE = SplitRule(validation_chroms=("chr2",), test_chroms=("chr1",), min_words=10)
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def drawn(rng: np.random.Generator, length: int = 144) -> str:
    return "".join(rng.choice(list("ACGT"), length))


def measured(rows: list[tuple[str, str]]) -> Measurements:
    """Fragments given as (chromosome, sequence)."""
    n = len(rows)
    text = np.array(["x"] * n)
    sequences = tuple(sequence for _, sequence in rows)
    return Measurements(
        sequences,
        np.array([chrom for chrom, _ in rows]),
        text,
        text,
        text,
        encode(sequences),
        np.zeros((n, len(CELLS)), np.float32),
    )


def changed(sequence: str, every: int) -> str:
    """One substitution every so many bases."""
    return "".join(
        {"A": "C", "C": "G", "G": "T", "T": "A"}[base] if i % every == every - 1 else base
        for i, base in enumerate(sequence)
    )


def overlapping(sequence: str, rng: np.random.Generator) -> str:
    return sequence[72:] + drawn(rng, 72)


def reversed_strand(sequence: str, rng: np.random.Generator) -> str:
    return sequence.translate(COMPLEMENT)[::-1]


def allele(sequence: str, rng: np.random.Generator) -> str:
    return sequence[:70] + ("A" if sequence[70] != "A" else "C") + sequence[71:]


def deletion(sequence: str, rng: np.random.Generator) -> str:
    return sequence[:60] + sequence[61:]


def ortholog(sequence: str, rng: np.random.Generator) -> str:
    return changed(sequence, 11)


@pytest.mark.parametrize("kin", [overlapping, reversed_strand, allele, deletion, ortholog])
def test_a_relative_of_a_test_fragment_is_not_trained_on(kin) -> None:
    rng = np.random.default_rng(1)
    held, other = drawn(rng), drawn(rng)
    parts = split(measured([("chr1", held), ("chr3", kin(held, rng)), ("chr3", other)]), RULE)
    assert parts.tolist() == [TEST, SET_ASIDE, TRAIN]


def test_a_relative_of_a_test_fragment_is_not_validated_on() -> None:
    rng = np.random.default_rng(2)
    held, other = drawn(rng), drawn(rng)
    rows = [("chr1", held), ("chr2", ortholog(held, rng)), ("chr2", other)]
    assert split(measured(rows), RULE).tolist() == [TEST, SET_ASIDE, VALIDATION]


def test_a_relative_of_a_validation_fragment_is_told_from_one_of_a_test_fragment() -> None:
    rng = np.random.default_rng(2)
    held, tested = drawn(rng), drawn(rng)
    near, both = ortholog(held, rng), held[:70] + tested[:70]
    rows = [("chr2", held), ("chr1", tested), ("chr3", near), ("chr3", both)]
    assert split(measured(rows), RULE).tolist() == [VALIDATION, TEST, NEAR_VALIDATION, SET_ASIDE]


def test_kin_are_trained_on_where_the_rule_keeps_them() -> None:
    rng = np.random.default_rng(1)
    held, other = drawn(rng), drawn(rng)
    rows = [("chr1", held), ("chr2", ortholog(held, rng)), ("chr3", allele(held, rng)), ("", other)]
    kept = split(measured(rows), replace(RULE, keep_kin=True))
    assert kept.tolist() == [TEST, VALIDATION, TRAIN, TRAIN]


def test_unrelated_fragments_and_simple_repeats_are_trained_on() -> None:
    rng = np.random.default_rng(3)
    repeat = "CA" * 30
    rows = [("chr1", drawn(rng, 84) + repeat), ("chr3", drawn(rng, 84) + repeat)]
    assert split(measured(rows), RULE).tolist() == [TEST, TRAIN]


@pytest.mark.parametrize(
    ("sequence", "telling"),
    [("ACGTTGCA", True), ("AAAAAAAA", False), ("CACACACA", False), ("GGCGGCGG", False)],
)
def test_a_word_of_a_simple_repeat_tells_nothing(sequence: str, telling: bool) -> None:
    assert (words(encode([sequence], 8))[0, 0] >= 0) == telling


def test_words_shared_by_a_fragment_with_itself_are_all_its_words() -> None:
    codes = encode([drawn(np.random.default_rng(4))])
    assert WordIndex(codes).shared_words(codes[0])[0] >= 144 - 7


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Measurements, np.ndarray]:
    """The measurements and their committed split; a stale one would be made anew, minutes long."""
    if not TABLE.exists():
        pytest.skip(f"{TABLE} is absent: the measurements are not part of the project")
    table = read_measurements(TABLE)
    return table, read_split(table, read_recipe(RECIPE).split, SPLIT)


def test_the_committed_split_was_made_by_the_rule(real) -> None:
    """Every 40th held-out fragment is compared with all others again."""
    table, parts = real
    index, least = WordIndex(table.codes), read_recipe(RECIPE).split.min_words
    for held, others in ((TEST, BEYOND_TEST), (VALIDATION, (TRAIN,))):
        for row in np.flatnonzero(parts == held)[::40]:
            related = index.shared_words(table.codes[row]) >= least
            assert not np.isin(parts[related], others).any()


def test_no_stretch_of_a_held_out_fragment_is_trained_on(real) -> None:
    """Audited another way than it was made: with whole stretches, on both strands."""
    table, parts = real
    width = 8 + read_recipe(RECIPE).split.min_words - 1
    for held, rows in ((TEST, BEYOND_TEST), (VALIDATION, (TRAIN,))):
        trained = stretches(table, np.isin(parts, rows), width, strands=1)
        shared = stretches(table, parts == held, width, strands=2) & trained
        assert not [stretch for stretch in shared if (words(encode([stretch], width)) >= 0).all()]


def stretches(table: Measurements, rows: np.ndarray, width: int, strands: int) -> set[str]:
    """Every run of `width` bases in the rows, on one strand or both."""
    found = set()
    for row in np.flatnonzero(rows):
        forward = table.sequences[row]
        for sequence in (forward, forward.translate(COMPLEMENT)[::-1])[:strands]:
            found |= {sequence[i : i + width] for i in range(len(sequence) - width + 1)}
    return found


def test_the_split_of_the_measurements_shares_no_chromosome(real) -> None:
    table, parts = real
    chroms = {part: set(table.chroms[parts == part]) - {""} for part in np.unique(parts)}
    assert not chroms[TRAIN] & chroms[TEST]
    assert not chroms[TRAIN] & chroms[VALIDATION]
    assert not chroms[VALIDATION] & chroms[TEST]
    assert not chroms[NEAR_VALIDATION] & chroms[TEST]
    assert (parts[table.chroms == ""] != TEST).all()


def test_tiles_of_one_promoter_are_in_one_part_or_set_aside(real) -> None:
    table, parts = real
    promoters: dict[str, set[str]] = {}
    for label, part in zip(table.labels, parts, strict=True):
        if "__tile" in label and part not in (SET_ASIDE, NEAR_VALIDATION):
            promoters.setdefault(label.rsplit("__tile", 1)[0], set()).add(str(part))
    assert promoters
    assert all(len(held) == 1 for held in promoters.values())

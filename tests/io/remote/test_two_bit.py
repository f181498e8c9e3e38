"""2bit: random windows, runs of N, ends of chromosomes, masks jumped over, broken files."""

import random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoview.errors import GenomeError
from genoview.io.remote.two_bit import HEAD_LENGTH, TwoBit
from tests.support.files.two_bit_file import Sequence, two_bit

BASES = st.text("ACGTN", min_size=1, max_size=90)


class Plain:
    """A file that is all here; counts what is read of it."""

    generation = 0

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.n_read = 0
        self.file = SimpleNamespace(name="toy.2bit")

    def size(self) -> int:
        return len(self.content)

    def read(self, start: int, end: int) -> bytes:
        self.n_read += len(self.content[start:end])
        return self.content[start:end]


@given(st.lists(BASES, min_size=1, max_size=3), st.sampled_from("<>"), st.integers(0, 1), st.data())
def test_windows_equal_the_text(texts, order, version, data):
    named = {f"chr{i}": text for i, text in enumerate(texts)}
    sequences = {
        name: Sequence(len(text), {0: text}, data.draw(st.just([]) | st.just([(0, len(text))])))
        for name, text in named.items()
    }
    reader = TwoBit(Plain(two_bit(sequences, order, version)))
    for name, text in named.items():
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        assert reader.fetch(name, start, end) == text[start:end]
        assert reader.fetch(name, 0, len(text)) == text


def test_more_runs_of_n_than_are_read_at_once():
    text = "ACGTNNGT" * 2_000
    reader = TwoBit(Plain(two_bit({"chr1": Sequence(len(text), {0: text})})))
    assert 8 * len(reader.record("chr1").n_starts) > HEAD_LENGTH
    assert reader.fetch("chr1", 3, len(text)) == text[3:]


def test_more_names_than_fit_a_block():
    bases = "".join(random.Random(0).choices("ACGT", k=40))
    names = {f"scaffold_{i:08}_{'x' * 60}": Sequence(40, {0: bases}) for i in range(1_500)}
    reader = TwoBit(Plain(two_bit(names)))
    assert reader.fetch(list(names)[-1], 0, 40) == bases


def test_masks_are_jumped_over():
    masks = [(i, i + 1) for i in range(0, 400_000, 4)]
    file = Plain(two_bit({"chr1": Sequence(400_000, {0: "ACGT" * 100_000}, masks)}))
    assert TwoBit(file).fetch("chr1", 2, 8) == "GTACGT"
    assert file.n_read < 70_000  # of 900 kB


GOOD = two_bit({"chr1": Sequence(100, {0: "ACGT" * 25})})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>not found</html>", "begins with 3c 68 74 6d"),
        (b"", "begins with"),
        (GOOD[:4] + b"\2" + GOOD[5:], "of version 2"),
        (GOOD[:8] + b"\7" + GOOD[9:], "list of sequences breaks off|begins"),
        (GOOD[:25], "breaks off"),
        (GOOD[:30], "breaks off"),
        (GOOD[:60], "would end past the end"),
        (GOOD[:29] + b"\xff\xff" + GOOD[31:], "runs of N"),
    ],
)
def test_a_broken_file_is_said(content, words):
    with pytest.raises(GenomeError, match=words):
        TwoBit(Plain(content)).fetch("chr1", 0, 10)


def test_an_absent_record_and_a_place_past_its_end():
    reader = TwoBit(Plain(GOOD))
    with pytest.raises(GenomeError, match="has no chr9"):
        reader.fetch("chr9", 0, 10)
    with pytest.raises(GenomeError, match="ends before 101"):
        reader.fetch("chr1", 0, 101)

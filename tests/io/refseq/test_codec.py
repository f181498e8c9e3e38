"""Columns survive packing; a damaged file is refused in a sentence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoview.errors import AnnotationError
from genoview.io.refseq.codec import differences, pack, unpack

numbers = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=30)
words = st.lists(st.text("ABC xyz\tµ", max_size=5), min_size=1, max_size=9)


@settings(max_examples=10)
@given(numbers, words)
def test_columns_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, values: list[int], texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("codec") / "table.xz"
    path.write_bytes(pack({"n": np.array(values, dtype=np.int64), "words": texts}))
    columns = unpack(path)
    assert list(columns["n"]) == values
    assert columns["words"] == texts


def test_differences_are_summed_back() -> None:
    values = np.array([5, 3, 3, 9])
    assert list(np.cumsum(differences(values))) == list(values)


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bits"):
        pack({"n": np.array([2**31])})


@pytest.mark.parametrize("content", [b"", b"text", pack({})[:-8], None])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "table.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AnnotationError, match=r"install genoview again, or rebuild"):
        unpack(path)

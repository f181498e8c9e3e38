import json
import tomllib
import zlib
from collections.abc import Callable

import pytest

from genoview.data.input.decoding import decoding, file_name_of, path_of, whole_number
from genoview.errors import GenoviewError, SettingsError


@pytest.mark.parametrize(
    "read",
    [
        lambda: int("7" * 5_000),
        lambda: json.loads("[" * 100_000),
        lambda: tomllib.loads("a = " + "[" * 100_000),
        lambda: zlib.decompress(b"secret words"),
        lambda: b"\xffsecret words".decode(),
        lambda: [].pop(),
        lambda: (1 << 10_000) / 1.5,
    ],
)
def test_any_fault_of_decoding_is_one_sentence_that_quotes_nothing(
    read: Callable[[], object],
) -> None:
    with pytest.raises(SettingsError) as error, decoding("a.toml", SettingsError, "Correct it."):
        read()
    assert str(error.value).startswith("a.toml cannot be read: ")
    assert str(error.value).endswith(" Correct it.")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("text", ["~nobody-of-this-name/a", "a" * 5_000, "/a/" * 3_000, "a\0b"])
def test_a_path_that_no_file_can_have_is_refused(text: str) -> None:
    with pytest.raises(GenoviewError, match=r"path"):
        path_of(text, SettingsError)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.bed", "a.bed"),
        ("C:\\data\\a.bed", "a.bed"),
        ("../../etc/a.bed.gz", "a.bed.gz"),
        ("..", "file"),
        ("", "file"),
        ("a\0\n.bed", "a.bed"),
    ],
)
def test_an_upload_has_the_name_of_a_file(name: str, kept: str) -> None:
    assert file_name_of(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert file_name_of("é" * 3_000 + ".bed.gz").endswith(".bed.gz")


@pytest.mark.parametrize("text", ["7" * 4_400, "٣", "-1", "1_0", "", "1.0", "²"])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole_number(text) is None

"""A masked language model of DNA, by folder or hub name, through transformers.

place --transformers--> tokeniser and network, as their authors made them, or not at all

Custom code of a repository runs only where its reader allowed it. Weights that do not fill the
network are refused: transformers would make the rest up.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

import numpy as np

from genoview.data.input.decoding import path_of
from genoview.errors import BackendError
from genoview.models.language.tokenizer import Cut, Scheme, Vocabulary, blocks, kmers, spans

PACKAGE = "transformers"
INSTALL = "pip install 'genoview[language]'"
PROBE = "ACGTTGCAACGTTAGGNACGTACCAGATTGTCAAGC"  # cut by genoview and by the tokeniser alike
T = TypeVar("T")
Parts = Callable[[Any, str, dict[str, Any]], T]
"""Reads what is wanted of a model: the library, a folder or name, and options of its readers."""
FAULTS = (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError, AttributeError)
CONSENT = (
    "Some repositories, such as DNABERT-2's, bring code of their own, which runs only where it is "
    "allowed on the command line, by `genoview models use ... --trust-code`."
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model is from.

    Attributes:
        place: a folder, or a name on the hub as `owner/name`.
        revision: branch, tag or commit on the hub; the main branch where empty.
        trusted: code of its repository may run here.
        scheme: value of a Scheme; empty to infer it from the vocabulary.
    """

    place: str
    revision: str = ""
    trusted: bool = False
    scheme: str = ""


def load(source: Source) -> tuple[Any, Any]:
    """Tokeniser and network, from what is here already or else from the hub.

    Raises:
        BackendError: the package is missing, or the model cannot be had whole.
    """
    tokeniser, model, report = read(source, _parts, "" if source.trusted else CONSENT)
    absent = sorted(report["missing_keys"]) or sorted(map(str, report["mismatched_keys"]))
    if absent:
        raise unfilled(source, absent, "" if source.trusted else CONSENT)
    return tokeniser, model


def read(source: Source, parts: Parts[T], advice: str = "") -> T:
    """Parts of a model, by its place: of a name on the hub those that are here already, if any.

    Raises:
        BackendError: the package is missing, or they cannot be read.
    """
    if find_spec(PACKAGE) is None:
        raise BackendError(
            f"transformers, which runs language models, is not installed. {INSTALL} adds it."
        )
    library, folder = import_module(PACKAGE), path_of(source.place, BackendError)
    name = str(folder) if folder.is_dir() else source.place
    options: dict[str, Any] = {"trust_remote_code": source.trusted}
    if source.revision and not folder.is_dir():
        options["revision"] = source.revision
    try:
        try:
            return parts(library, name, options | {"local_files_only": True})
        except OSError:
            if folder.is_dir():
                raise
            return parts(library, name, options)
    except FAULTS as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackendError(
            f"{source.place} cannot be loaded as a masked language model ({first}). A folder with "
            "config.json, weights and the tokeniser's files, or its name on the hub, was expected. "
            f"{advice}"
        ) from error


def unfilled(source: Source, absent: Sequence[str], advice: str = "") -> BackendError:
    """Of weights that leave parts of the network empty."""
    return BackendError(
        f"The weights of {source.place} do not fill the network: {len(absent):,} parts are "
        f"absent, such as {absent[0]}. {advice}"
    )


def _parts(library: Any, name: str, options: dict[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
    tokeniser = library.AutoTokenizer.from_pretrained(name, **options)
    model, report = library.AutoModelForMaskedLM.from_pretrained(
        name, output_loading_info=True, **options
    )
    return tokeniser, model, report


def token_number(number: int | None, source: Source, kind: str) -> int:
    """Of a special token; raises BackendError where there is none."""
    if number is None:
        raise BackendError(f"The tokeniser of {source.place} has no {kind} token.")
    return number


def cut_of(scheme: Scheme, vocabulary: Vocabulary, tokeniser: Any) -> Cut:
    """How a sequence becomes tokens; byte pairs alone need the tokeniser itself."""
    if scheme is Scheme.SINGLE:
        return kmers(vocabulary, 1)
    if scheme is Scheme.OVERLAPPING:
        return kmers(vocabulary, vocabulary.longest)
    if scheme is Scheme.SIDE_BY_SIDE:
        return blocks(vocabulary, vocabulary.longest)

    def split(sequence: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = tokeniser(sequence, add_special_tokens=False, return_offsets_mapping=True)
        return encoded["input_ids"], encoded["offset_mapping"]

    return spans(split)


def frame_of(source: Source, cut: Cut, tokeniser: Any) -> tuple[list[int], list[int]]:
    """The special tokens before and behind a sequence.

    Raises:
        BackendError: the tokeniser cuts DNA in another way than genoview does.
    """
    try:
        tokens = cut(PROBE)
        inner = tokens.numbers.tolist()
        edges = zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
        for text in (PROBE, " ".join(PROBE[start:end] for start, end in edges)):
            numbers = tokeniser(text)["input_ids"]
            for i in range(len(numbers) - len(inner) + 1):
                before, behind = numbers[:i], numbers[i + len(inner) :]
                special = {*before, *behind} <= set(tokeniser.all_special_ids)
                if special and numbers[i : i + len(inner)] == inner:
                    return before, behind
    except (NotImplementedError, ValueError, TypeError, KeyError) as error:
        raise BackendError(f"The tokeniser of {source.place} cannot be used ({error}).") from error
    kinds = [scheme.value for scheme in Scheme]
    raise BackendError(
        f"The tokeniser of {source.place} does not cut DNA as its vocabulary suggests. "
        f"Choose its kind on the page Models and data: {', '.join(kinds)}."
    )


def digest_of(model: Any, numbers: dict[str, int], scheme: str) -> str:
    """sha256 of weights, vocabulary and how it is used, hexadecimal."""
    digest = hashlib.sha256(json.dumps([scheme, numbers], sort_keys=True).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.detach().cpu().float().numpy()).tobytes())
    return digest.hexdigest()

"""A masked language model of proteins by folder, file or hub name, through transformers.

place --transformers--> tokeniser and `EsmForMaskedLM`, or not at all

VESM's authors publish the weights alone, as `VESM_650M.pth`: configuration and tokeniser are those
of the ESM-2 that they began with, from beside the file or from the hub.
"""

import pickle
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from genoview.data.input.decoding import path_of
from genoview.data.transcript.amino_acids import STANDARD
from genoview.errors import BackendError
from genoview.models.language.loading import Source, read, unfilled
from genoview.models.protein.place import is_file_name

BASES = {  # of a VESM by its size: github.com/ntranoslab/vesm at 84e25b95
    "35M": "facebook/esm2_t12_35M_UR50D",
    "150M": "facebook/esm2_t30_150M_UR50D",
    "650M": "facebook/esm2_t33_650M_UR50D",
    "3B": "facebook/esm2_t36_3B_UR50D",
}
RARE = frozenset("XBUZO.-")  # letters of ESM's vocabulary beside the standard residues
UNNEEDED = ("esm.contact_head.", "esm.embeddings.position_ids")  # for no probability
STATE_FAULTS = (OSError, RuntimeError, ValueError, KeyError, EOFError, pickle.UnpicklingError)
_SIZE = re.compile("|".join(sorted(BASES, key=len, reverse=True)), re.IGNORECASE)


def load(source: Source) -> tuple[Any, Any]:
    """Tokeniser and network.

    Raises:
        BackendError: the package is missing, it is no model of proteins, or cannot be had whole.
    """
    checkpoint, base = _checkpoint(source)
    config, tokeniser = read(base, _facts)
    check_vocabulary(tokeniser.get_vocab(), tokeniser.all_special_tokens, source.place)
    if config.model_type != "esm":
        raise BackendError(
            f"{source.place} is a network of the type {config.model_type!r}; ESM-2 or VESM, of the "
            "type 'esm', was expected."
        )
    if checkpoint is None:
        model, absent = read(base, _whole)
    else:
        model, absent = _filled(read(base, _empty), checkpoint)
    if absent := [name for name in absent if not name.startswith(UNNEEDED)]:
        raise unfilled(source, absent)
    return tokeniser, model


def check_vocabulary(numbers: Mapping[str, int], special: list[str], place: str) -> None:
    """One token for each standard residue, and none that is not of a protein.

    Raises:
        BackendError: it is another vocabulary.
    """
    is_marked = re.compile(r"<[^<>]+>").fullmatch
    known = {*STANDARD, *RARE, *special}
    others = sorted(token for token in numbers if token not in known and not is_marked(token))
    absent = sorted(set(STANDARD) - numbers.keys())
    if not others and not absent:
        return
    longer = [token for token in others if len(token) > 1]
    residues = [token for token in numbers if token in STANDARD]
    if (longer and all(set(token) <= set("ACGTN") for token in longer)) or (
        residues and set(residues) <= set("ACGTN")
    ):
        raise BackendError(
            f"{place} is a language model of DNA, not of proteins: set it up as DNABERT, "
            "Nucleotide Transformer or DNA language model."
        )
    wrong = [f"{len(others):,} that are no residues, such as {others[0]!r}"] if others else []
    wrong += [f"none for {', '.join(absent)}"] if absent else []
    raise BackendError(
        f"The vocabulary of {place} has {len(numbers):,} tokens, {' and '.join(wrong)}; one for "
        "each of the 20 amino acids was expected, as ESM-2's."
    )


def _checkpoint(source: Source) -> tuple[Path | None, Source]:
    """A file of weights alone, if it is one, and where configuration and tokeniser are from."""
    path = path_of(source.place, BackendError)
    if path.is_dir():
        alone = sorted(path.glob("*.pth"))
        has_weights = any(path.glob("*.safetensors")) or any(path.glob("*.bin"))
        return (alone[0] if len(alone) == 1 and not has_weights else None), source
    if not is_file_name(source.place):
        return None, source
    if path.is_file() and (path.parent / "config.json").is_file():
        return path, replace(source, place=str(path.parent), revision="")
    size = _SIZE.search(path.name)
    if size is None:
        raise BackendError(
            f"{source.place} does not say which ESM-2 it began with: lay its config.json and "
            f"vocab.txt beside it, or keep its authors' name with {', '.join(BASES)}."
        )
    base = replace(source, place=BASES[size[0].upper()], revision="")
    return (path if path.is_file() else _fetched(source)), base


def _fetched(source: Source) -> Path:
    """A file of a repository of the hub: `ntranoslab/vesm/VESM_650M.pth`."""
    owner, _, rest = source.place.partition("/")
    name, _, file = rest.partition("/")
    if not (owner and name and file):
        raise BackendError(f"There is no file {source.place}.")

    def parts(_library: Any, _name: str, options: dict[str, Any]) -> str:
        import huggingface_hub

        file_path: str = huggingface_hub.hf_hub_download(
            f"{owner}/{name}",
            file,
            revision=source.revision or None,
            local_files_only=options.get("local_files_only", False),
        )
        return file_path

    return Path(read(source, parts))


def _facts(library: Any, name: str, options: dict[str, Any]) -> tuple[Any, Any]:
    config = library.AutoConfig.from_pretrained(name, **options)
    return config, library.AutoTokenizer.from_pretrained(name, **options)


def _whole(library: Any, name: str, options: dict[str, Any]) -> tuple[Any, list[str]]:
    model, report = library.EsmForMaskedLM.from_pretrained(
        name, output_loading_info=True, **options
    )
    return model, sorted(report["missing_keys"]) or sorted(map(str, report["mismatched_keys"]))


def _empty(library: Any, name: str, options: dict[str, Any]) -> Any:
    return library.EsmForMaskedLM(library.AutoConfig.from_pretrained(name, **options))


def _filled(model: Any, path: Path) -> tuple[Any, list[str]]:
    """With the weights of a file, and the names of what it leaves empty.

    Raises:
        BackendError: it is none, or of another network.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        absent = model.load_state_dict(state, strict=False).missing_keys
    except (*STATE_FAULTS, TypeError, AttributeError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackendError(
            f"{path} cannot be read as weights of its ESM-2 ({first.rstrip(': ')}). A file that "
            "torch saved, of the same size of network, was expected."
        ) from error
    tensors = model.state_dict()
    filled = {tensors[name].data_ptr() for name in tensors.keys() - set(absent)}
    return model, [name for name in absent if tensors[name].data_ptr() not in filled]

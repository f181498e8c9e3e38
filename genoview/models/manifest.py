"""The manifest of one's own model: a TOML file beside its weights -> facts.

name = "my-model"            # a title for people
file = "model.pt"            # TorchScript; .pt2 a torch.export program; .py a class `Model`
channels = "ACGT"            # order of the one-hot rows; N is four zeros
context_length = 500         # bp read on each side of what is predicted
resolution = 1               # bp a bin
both_strands = true          # the file sees one strand; genoview runs the other
licence = "CC BY 4.0"
citation = "..."
[[outputs]]
name = "Activity in K562"
assay = "MPRA"
unit = "log2"
biosample = ["EFO:0002067", "K562"]   # optional
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genoview.data.input.decoding import decoding
from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import BackendError, TrackError

OWN = "own-"  # how the folders of own models begin
MANIFEST = "model.toml"
NEEDED = ("name", "file", "context_length", "resolution", "licence", "citation", "outputs")
FURTHER = ("channels", "both_strands", "window_length", "batch_size", "predicts", "limits")
OF_OUTPUT = ("name", "assay", "unit", "biosample", "strand", "group")
GROUP = re.compile(r"[\w.+:() ,/-]{1,50}")  # used as ids of rows in links
UNSTATED = "Its manifest does not say."


@dataclass(frozen=True, slots=True)
class Manifest:
    """Checked facts; `file` is absolute."""

    card: ModelCard
    file: Path
    channels: str
    context_length: int
    resolution: int
    both_strands: bool
    window_length: int | None
    batch_size: int
    tracks: tuple[TrackMetadata, ...]
    n_outputs: int


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a model's folder.

    Raises:
        BackendError: it is absent, cannot be read, or has an invalid value.
    """
    path = folder / MANIFEST
    with decoding(str(path), BackendError, "Correct the manifest."):
        try:
            facts = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BackendError(f"{path} is no TOML file: {error}.") from error
        try:
            return _manifest(folder, facts)
        except (TrackError, ValueError) as error:
            raise BackendError(f"{path}: {error}") from error


def _manifest(folder: Path, facts: dict[str, Any]) -> Manifest:
    """Raises ValueError with what is wrong."""
    missing = [key for key in NEEDED if key not in facts]
    unknown = [key for key in facts if key not in (*NEEDED, *FURTHER)]
    if missing or unknown:
        wrong = f"{missing[0]} is missing" if missing else f"{unknown[0]} is not a known entry"
        raise ValueError(f"{wrong}; needed are {', '.join(NEEDED)}, possible {', '.join(FURTHER)}.")
    channels = _text(facts, "channels", "ACGT")
    if sorted(channels) != list("ACGT"):
        raise ValueError(f"channels is {channels!r}; an order of A, C, G and T was expected.")
    file = folder / _text(facts, "file")
    if file.parent != folder or not file.is_file():
        raise ValueError(f"file is {file.name!r}, which is not in the folder.")
    both = facts.get("both_strands", True)
    if not isinstance(both, bool):
        raise ValueError(f"both_strands is {both!r}; true or false was expected.")
    listed = facts["outputs"]
    outputs = [_output(output, both) for output in listed] if isinstance(listed, list) else []
    if not outputs or len({output.assay for output in outputs}) > 1:
        raise ValueError("outputs of one assay, at least one, were expected.")
    resolution = _count(facts, "resolution", 1)
    window = _count(facts, "window_length", 1) if "window_length" in facts else None
    context = _count(facts, "context_length", 0)
    if window is not None and (
        window - 2 * context < resolution or (window - 2 * context) % resolution
    ):
        raise ValueError(f"window_length {window} leaves no whole bins between the contexts.")
    return Manifest(
        card=_card(folder.name, facts, outputs[0].assay),
        file=file,
        channels=channels,
        context_length=context,
        resolution=resolution,
        both_strands=both,
        window_length=window,
        batch_size=_count(facts, "batch_size", 1) if "batch_size" in facts else 1,
        tracks=_on_strands(outputs) if both else tuple(outputs),
        n_outputs=len(outputs),
    )


def _card(name: str, facts: dict[str, Any], assay: Assay) -> ModelCard:
    return ModelCard(
        name=name,
        title=_text(facts, "name"),
        family=assay.family,
        predicts=_text(facts, "predicts", UNSTATED),
        limits=_text(facts, "limits", UNSTATED),
        licence=_text(facts, "licence"),
        citation=_text(facts, "citation"),
        source=f"the folder {name} among the models of this computer",
        parameters=0,
    )


def _output(facts: Any, both_strands: bool) -> TrackMetadata:
    if not isinstance(facts, dict) or any(key not in OF_OUTPUT for key in facts):
        raise ValueError(f"each output is a table [[outputs]] of {', '.join(OF_OUTPUT)}.")
    text = _text(facts, "assay")
    assay = Assay.__members__.get(text)
    if assay is None or not assay.facts.is_signal:
        names = [name for name, member in Assay.__members__.items() if member.facts.is_signal]
        raise ValueError(f"assay is {text!r}; one of {', '.join(names)} was expected.")
    sample = facts.get("biosample")
    if sample is not None and not (isinstance(sample, list) and len(sample) == 2):
        raise ValueError('biosample is written as ["UBERON:0000948", "heart"].')
    name = _text(facts, "name")
    group = _text(facts, "group", name)
    if not GROUP.fullmatch(group):
        raise ValueError(f"group is {group!r}; letters, digits and plain signs were expected.")
    return TrackMetadata(
        name,
        assay,
        "+" if both_strands else _text(facts, "strand", "."),
        _text(facts, "unit"),
        Biosample(*map(str, sample)) if sample else None,
        group,
    )


def _on_strands(outputs: list[TrackMetadata]) -> tuple[TrackMetadata, ...]:
    return tuple(
        TrackMetadata(
            output.name, output.assay, strand, output.unit, output.biosample, output.group
        )
        for strand in "+-"
        for output in outputs
    )


def _text(facts: dict[str, Any], key: str, default: str | None = None) -> str:
    value = facts.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is {value!r}; a text was expected.")
    return value


def _count(facts: dict[str, Any], key: str, least: int) -> int:
    value = facts[key]
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{key} is {value!r}; a whole number from {least} on was expected.")
    return value

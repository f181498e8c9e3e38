"""What a reader set up of models beyond the embedded ones <-> files beside the settings.

genoview-models.json holds everything but the keys, each of which has a file of its own.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from genoview.data.input.decoding import decoding
from genoview.errors import SettingsError
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, WINDOW_LENGTHS
from genoview.models.alphagenome.track_filter import Choice
from genoview.models.entry import Access
from genoview.models.language.cards import BASES, LANGUAGE_OUTPUTS, SPANS
from genoview.models.language.tokenizer import Scheme
from genoview.models.registry import setups

FILE_NAME = "genoview-models.json"
USUAL_OUTPUTS = ("rna_seq", "splice_sites", "dnase", "chip_tf")
EVERY_TRACK = Choice()
USUAL_LANGUAGE_OUTPUTS = (BASES,)  # of a language model, where nothing else is chosen


@dataclass(frozen=True, slots=True)
class LargeModel:
    """One model that a reader set up; never contains a key.

    Attributes:
        kind: name of a model that is set up.
        place: address of a server, folder or file of weights or their name on the hub; empty for
            the hosted service.
        outputs: of AlphaGenome, or PARTS of a language model; other kinds have one
            backend for all they predict.
        secure: a server speaks TLS.
        shortest: bp of the shortest window that is read.
        revision: of a language model on the hub; its main branch where empty.
        trusted: code of a language model's repository may run here.
        scheme: how a language model cuts DNA; empty to infer it from the vocabulary.
        span: bp that a language model predicts at once.

    Raises:
        SettingsError: a field is none of what it may be.
    """

    kind: str
    place: str = ""
    secure: bool = True
    organism: str = ORGANISMS[0]
    outputs: tuple[str, ...] = USUAL_OUTPUTS
    choice: Choice = EVERY_TRACK
    shortest: int = WINDOW_LENGTHS[0]
    revision: str = ""
    trusted: bool = False
    scheme: str = ""
    span: int = SPANS[0]

    def __post_init__(self) -> None:
        wrong = {
            f"kind {self.kind!r}": self.kind not in setups(),
            f"place {self.place!r}": bool(self.place) == (self.access is Access.HOSTED),
            f"organism {self.organism!r}": self.organism not in ORGANISMS,
            f"outputs {', '.join(self.outputs)}": not set(self.outputs) <= self._known_outputs,
            f"tokens {self.scheme!r}": self.scheme
            not in ("", *(scheme.value for scheme in Scheme)),
            f"span {self.span}": self.span not in SPANS,
            f"consent {self.trusted!r}": not isinstance(self.trusted, bool),
            f"shortest window {self.shortest}": self.shortest not in WINDOW_LENGTHS,
        }
        faults = [words for words, is_wrong in wrong.items() if is_wrong]
        if faults:
            raise SettingsError(
                f"A model cannot have {', '.join(faults)}: set it up on the page Models and data."
            )

    @property
    def access(self) -> Access | None:
        """How it is reached; None of a kind that there is not."""
        setup = setups().get(self.kind)
        return setup.access if setup else None

    @property
    def _known_outputs(self) -> set[str]:
        return set(LANGUAGE_OUTPUTS if self.access is Access.LANGUAGE else OUTPUTS)

    @property
    def names(self) -> tuple[str, ...]:
        """Of its backends, one an output; a model of proteins draws no tracks and has none."""
        if self.access is Access.PROTEIN:
            return ()
        if self.access is Access.CROPPED:
            return (self.kind,)
        return tuple(f"{self.kind}.{output}" for output in self.outputs)

    @property
    def address(self) -> str:
        """What a key belongs to: place and whether it goes through TLS."""
        return f"{'https' if self.secure else 'http'}://{self.place or 'its own service'}"

    @property
    def digest(self) -> str:
        """Changes with any of its fields."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:12]


def read_models(path: Path) -> dict[str, LargeModel]:
    """Models by kind.

    Raises:
        SettingsError: the file is not what was written.
    """
    advice = "Set the models up anew on the page Models and data."
    with decoding(str(path), SettingsError, advice):
        try:
            entries = json.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        models = [_parse(entry) for entry in entries]
    return {model.kind: model for model in models}


def _parse(entry: object) -> LargeModel:
    if not isinstance(entry, dict) or not isinstance(chosen := entry.pop("choice"), dict):
        raise TypeError(f"{entry!r} is no model")
    choice = Choice(**{name: tuple(values) for name, values in chosen.items()})
    outputs = tuple(entry.pop("outputs"))
    return LargeModel(**entry, outputs=outputs, choice=choice)


def write_file(path: Path, text: str, mode: int) -> None:
    """Whole or not at all, with these permissions from the first moment."""
    beside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}.") from error


def write_models(path: Path, models: Iterable[LargeModel]) -> None:
    """Raises SettingsError where the file cannot be written."""
    write_file(path, json.dumps([asdict(model) for model in models], indent=2), 0o644)

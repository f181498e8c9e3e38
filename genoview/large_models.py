"""Models beyond the embedded ones, as a reader set them up: services by address, weights by folder.

file beside the settings --LargeModel--> Source, one for all its outputs --> Backend for each output
"""

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from genoview.backends.alphagenome_local import AlphaGenomeWeights
from genoview.backends.alphagenome_outputs import (
    ORGANISMS,
    OUTPUTS,
    WINDOW_LENGTHS,
    AlphaGenomeOutput,
    Shared,
    Source,
    card_of_output,
)
from genoview.backends.alphagenome_remote import Address, AlphaGenomeService
from genoview.backends.base import Backend, ModelCard
from genoview.backends.service_cards import HOSTED_CARD, LOCAL_CARD, SERVER_CARD
from genoview.backends.track_choice import Choice
from genoview.errors import BackendError, SettingsError

FILE_NAME = "genoview-models.json"
KEY_VARIABLE = "ALPHA_GENOME_API_KEY"  # as other programs of the field call it
HOSTED, SERVER, LOCAL = "alphagenome", "server", "alphagenome-local"
CARDS = {HOSTED: HOSTED_CARD, SERVER: SERVER_CARD, LOCAL: LOCAL_CARD}
USUAL_OUTPUTS = ("rna_seq", "splice_sites", "dnase", "chip_tf")
EVERY_TRACK = Choice()


@dataclass(frozen=True, slots=True)
class LargeModel:
    """One model that a reader asked for; never holds a key.

    Attributes:
        kind: HOSTED, SERVER or LOCAL.
        place: address of a server, folder of weights; empty for the hosted service.
        secure: a server speaks TLS.
        shortest: bp of the shortest window that is read.

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

    def __post_init__(self) -> None:
        wrong = {
            f"kind {self.kind!r}": self.kind not in CARDS,
            f"place {self.place!r}": bool(self.place) == (self.kind == HOSTED),
            f"organism {self.organism!r}": self.organism not in ORGANISMS,
            f"outputs {', '.join(self.outputs)}": not set(self.outputs) <= OUTPUTS.keys(),
            f"shortest window {self.shortest}": self.shortest not in WINDOW_LENGTHS,
        }
        found = [words for words, is_wrong in wrong.items() if is_wrong]
        if found:
            raise SettingsError(
                f"A model cannot have {', '.join(found)}: set it up on the page Models and data."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Of its backends, one an output."""
        return tuple(f"{self.kind}.{output}" for output in self.outputs)

    @property
    def digest(self) -> str:
        """Changes with any of its fields."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:12]


class LargeModels:
    """Those of one installation. Thread safe; making one reads a small file and no model."""

    def __init__(
        self,
        folder: Path,
        device: str = "cpu",
        dtype: str = "float32",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._path, self._device, self._dtype = folder / FILE_NAME, device, dtype
        self._environment = os.environ if environment is None else environment
        self._lock = threading.Lock()
        self._shared: dict[str, Shared] = {}
        self.problem: SettingsError | None = None
        try:
            self.models = _read(self._path)
        except SettingsError as error:
            self.models, self.problem = {}, error

    @property
    def names(self) -> tuple[str, ...]:
        """Of all backends."""
        return tuple(name for model in self.models.values() for name in model.names)

    def part_name(self, name: str) -> str:
        """What a backend is known by while its choices stay as they are."""
        return f"{name}@{self._of(name).digest}"

    def queue(self, name: str) -> str:
        """Where its runs wait: a service's do not hold up this machine's."""
        kind = self._of(name).kind
        return self._device if kind == LOCAL else f"the service {kind}"

    def card(self, name: str) -> ModelCard:
        """Without the network, and without loading weights."""
        model, output = self._of(name), name.partition(".")[2]
        card = card_of_output(CARDS[model.kind], output)
        if model.kind != LOCAL:
            return card
        try:
            return replace(card, random_weights=self._weights(model).random_weights)
        except BackendError:  # told where it is run
            return card

    def create(self, name: str) -> Backend:
        """One output of a model.

        Raises:
            BackendError: it is not installed, cannot be reached, or has no such tracks.
        """
        model, output = self._of(name), name.partition(".")[2]
        shared = self.shared(model)
        return AlphaGenomeOutput(self.card(name), shared, output, model.shortest)

    def shared(self, model: LargeModel) -> Shared:
        """The source behind a model's outputs; one while the model stays as it is."""
        with self._lock:
            if model.digest not in self._shared:
                source = self._source(model)
                self._shared[model.digest] = Shared(source, model.outputs, model.choice)
            return self._shared[model.digest]

    def _source(self, model: LargeModel) -> Source:
        if model.kind == LOCAL:
            return self._weights(model)
        address = Address(model.place, model.secure, self.key(model.kind))
        return AlphaGenomeService(CARDS[model.kind].title, address, model.organism)

    def _weights(self, model: LargeModel) -> AlphaGenomeWeights:
        return AlphaGenomeWeights(
            Path(model.place).expanduser(), model.organism, self._device, self._dtype
        )

    def put(self, model: LargeModel) -> None:
        """Use a model from now on, in place of another of its kind.

        Raises:
            SettingsError: the file cannot be written.
        """
        self._replace(self.models | {model.kind: model})

    def remove(self, kind: str) -> None:
        """Ask it no longer; its key is forgotten too."""
        self._replace({one: model for one, model in self.models.items() if one != kind})
        self.put_key(kind, "")

    def _replace(self, models: dict[str, LargeModel]) -> None:
        text = json.dumps([asdict(model) for model in models.values()], indent=2)
        _write(self._path, text, 0o644)
        with self._lock:
            self.models = models
            self._shared.clear()

    def key(self, kind: str) -> str:
        """Of a service: from the environment, or as it was entered; empty where there is none."""
        given = self._environment.get(KEY_VARIABLE, "") if kind == HOSTED else ""
        if given:
            return given
        try:
            return self._key_path(kind).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise BackendError(
                f"The key in {self._key_path(kind)} cannot be read. Enter it anew."
            ) from error

    def put_key(self, kind: str, key: str) -> None:
        """Keep a key in a file that its owner alone may read; an empty one removes it.

        Raises:
            SettingsError: it cannot be written.
        """
        path = self._key_path(kind)
        with self._lock:
            self._shared.clear()
        if key:
            _write(path, key, 0o600)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(f"{path} cannot be removed: {error.strerror}.") from error

    def _key_path(self, kind: str) -> Path:
        return self._path.with_name(f"{kind}.key")

    def _of(self, name: str) -> LargeModel:
        model = self.models.get(name.partition(".")[0])
        if model is None or name not in model.names:
            raise BackendError(f"The model {name!r} is not set up here. See Models and data.")
        return model


def _read(path: Path) -> dict[str, LargeModel]:
    """Models by kind.

    Raises:
        SettingsError: the file is not what was written.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        models = [_parse(entry) for entry in entries]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SettingsError(
            f"{path} cannot be read ({error}). Set the models up anew on the page Models and data."
        ) from error
    return {model.kind: model for model in models}


def _parse(entry: object) -> LargeModel:
    if not isinstance(entry, dict) or not isinstance(chosen := entry.pop("choice"), dict):
        raise TypeError(f"{entry!r} is no model")
    choice = Choice(**{name: tuple(values) for name, values in chosen.items()})
    outputs = tuple(entry.pop("outputs"))
    return LargeModel(**entry, outputs=outputs, choice=choice)


def _write(path: Path, text: str, mode: int) -> None:
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

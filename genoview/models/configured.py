"""Models beyond the embedded ones, as a reader set them up: services by address, weights by folder.

file beside the settings --LargeModel--> Source, one for all its outputs --> Backend for each output
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast
from weakref import WeakValueDictionary

from genoview.data.input.decoding import path_of
from genoview.data.model_card import ModelCard
from genoview.errors import BackendError, SettingsError
from genoview.models.alphagenome.address import Address
from genoview.models.alphagenome.client import AlphaGenomeService
from genoview.models.alphagenome.keys import Keys
from genoview.models.alphagenome.outputs import (
    AlphaGenomeOutput,
    Shared,
    Source,
    card_of_output,
)
from genoview.models.alphagenome.server_identity import NOBODY, Identity, Watch
from genoview.models.alphagenome.track_filter import TrackFacts
from genoview.models.base import Backend
from genoview.models.configured_file import (
    FILE_NAME,
    LargeModel,
    read_models,
    write_models,
)
from genoview.models.entry import Access
from genoview.models.language.cards import DEPENDENCIES, language_card
from genoview.models.language.loading import Source as LanguageSource
from genoview.models.registry import configured_class, setups
from genoview.models.weights.untrained import is_untrained

if TYPE_CHECKING:  # they come with torch, which takes a while: only where one is made
    from genoview.models.alphagenome.local import AlphaGenomeWeights
    from genoview.models.enformer_borzoi.models import CroppedModel
    from genoview.models.language.masked_lm import MaskedNetwork

FROM_WEIGHTS = (Access.CROPPED, Access.LANGUAGE)  # whose folder shows whether they are trained


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
        self._keys = Keys(folder)
        self._environment = os.environ if environment is None else environment
        self._lock = threading.Lock()
        # Backends hold these: where the last one goes, weights and connections go with it.
        self._shared: WeakValueDictionary[str, Shared] = WeakValueDictionary()
        self._watches: dict[str, Watch] = {}
        self._loading = threading.Lock()  # of weights, which takes long
        self._networks: WeakValueDictionary[str, MaskedNetwork] = WeakValueDictionary()
        self.problem: SettingsError | None = None
        try:
            self.models = read_models(self._path)
        except SettingsError as error:
            self.models, self.problem = {}, error

    @property
    def names(self) -> tuple[str, ...]:
        """Of all backends."""
        return tuple(name for model in self.models.values() for name in model.names)

    def cache_name(self, name: str) -> str:
        """What a backend is known by while its choices and its server stay as they are."""
        model = self._of(name)
        return f"{name}@{model.digest}{self.identity(model).models}"

    def identity(self, model: LargeModel) -> Identity:
        """Identity of a server, requested at most once a minute; empty for other kinds."""
        watch = self._watch(model)
        return NOBODY if watch is None else watch.identity()

    def _watch(self, model: LargeModel) -> Watch | None:
        if model.access is not Access.SERVER:
            return None
        with self._lock:
            return self._watches.setdefault(model.digest, Watch(model.place, model.secure))

    def weights_name(self, name: str) -> str:
        """What the weights of a model of this machine are known by; empty of a service's."""
        kind = name.partition(".")[0]
        return "" if name not in self.names or setups()[kind].is_service else kind

    def queue(self, name: str) -> str:
        """Where its runs wait: a service's do not hold up this machine's."""
        kind = self._of(name).kind
        return f"the service {kind}" if setups()[kind].is_service else self._device

    def card(self, name: str) -> ModelCard:
        """Without the network, and without loading weights."""
        model, output = self._of(name), name.partition(".")[2]
        setup = setups()[model.kind]
        card = setup.card
        if setup.access is Access.LANGUAGE:
            card = language_card(card, output, model.place)
        elif setup.access is not Access.CROPPED:
            card = card_of_output(card, output)
        if setup.is_service:
            return card
        try:
            if setup.access in FROM_WEIGHTS:
                return replace(card, random_weights=is_untrained(model.place))
            return replace(card, random_weights=self._weights(model).random_weights)
        except BackendError:  # raised where it is run
            return card

    def create(self, name: str) -> Backend:
        """One output of a model.

        Raises:
            BackendError: it is not installed, cannot be reached, or has no such tracks.
        """
        model, output = self._of(name), name.partition(".")[2]
        if model.access is Access.CROPPED:
            backend = _cropped(model.kind)(model.place, model.choice, self._device, self._dtype)
            backend.card = self.card(name)  # type: ignore[misc]
            return backend
        if model.access is Access.LANGUAGE:
            from genoview.models.language.dependency_map import DependencyMap
            from genoview.models.language.language_model import LanguageModel

            network = self._network(model)
            if output == DEPENDENCIES:
                return DependencyMap(self.card(name), network)
            return LanguageModel(self.card(name), network, model.span)
        shared = self.shared(model)
        return AlphaGenomeOutput(self.card(name), shared, output, model.shortest)

    def _network(self, model: LargeModel) -> "MaskedNetwork":
        """A language model's weights; one while the model stays as it is."""
        from genoview.models.language.masked_lm import MaskedNetwork

        with self._loading:
            network = self._networks.get(model.digest)
            if network is None:
                source = LanguageSource(model.place, model.revision, model.trusted, model.scheme)
                network = MaskedNetwork(source, self._device, self._dtype)
                self._networks[model.digest] = network
            return network

    def shared(self, model: LargeModel) -> Shared:
        """The source behind a model's outputs; one while the model stays as it is."""
        known = f"{model.digest} {self.identity(model).models}"
        with self._lock:
            shared = self._shared.get(known)
            if shared is None:
                source = self._source(model, self._watches.get(model.digest))
                shared = self._shared[known] = Shared(source, model.outputs, model.choice)
            return shared

    def service(self, model: LargeModel) -> AlphaGenomeService:
        """The service behind a model that is one."""
        source = self.shared(model).source
        assert isinstance(source, AlphaGenomeService)  # or the model is none of those
        return source

    def facts(self, model: LargeModel) -> dict[str, tuple[TrackFacts, ...]]:
        """Every track that a model can give, by output, without loading it where it is here.

        Raises:
            BackendError: it is not installed, or cannot be reached.
        """
        if model.access is Access.CROPPED:
            return {model.kind: _cropped(model.kind).facts(model.place)}
        source = self.shared(model).source
        return {output: tuple(source.facts(output)) for output in model.outputs}

    def _source(self, model: LargeModel, watch: Watch | None) -> Source:
        if model.access is Access.WEIGHTS:
            return self._weights(model)
        address = Address(model.place, model.secure, self.key(model.kind))
        return AlphaGenomeService(setups()[model.kind].card.title, address, model.organism, watch)

    def _weights(self, model: LargeModel) -> "AlphaGenomeWeights":
        from genoview.models.alphagenome.local import AlphaGenomeWeights

        return AlphaGenomeWeights(
            path_of(model.place, BackendError), model.organism, self._device, self._dtype
        )

    def put(self, model: LargeModel, key: str = "") -> None:
        """Use a model from now on, in place of another of its kind.

        Args:
            key: of its service; where empty, one that was entered for the same address stays.

        Raises:
            SettingsError: the file cannot be written.
        """
        if key:
            self._keys.put(model.kind, key, model.address)
        self._keys.bind(model.kind, self.models.get(model.kind, model).address)
        self._replace(self.models | {model.kind: model})

    def remove(self, kind: str) -> None:
        """Ask it no longer; its key is forgotten too."""
        self._replace({name: model for name, model in self.models.items() if name != kind})
        self.put_key(kind, "")

    def _replace(self, models: dict[str, LargeModel]) -> None:
        write_models(self._path, models.values())
        with self._lock:
            self.models = models
            self._shared.clear()
            self._networks.clear()

    def key(self, kind: str) -> str:
        """Key of a service: from the environment, or as entered for its address; else empty."""
        variable = setups()[kind].key_variable
        given = self._environment.get(variable, "") if variable else ""
        return given or self._keys.of(kind, self._address(kind))

    def key_elsewhere(self, kind: str) -> str:
        """The address that a key was entered for, where the model's is another."""
        address = self._address(kind)
        return "" if address is None else self._keys.elsewhere(kind, address)

    def _address(self, kind: str) -> str | None:
        model = self.models.get(kind)
        return None if model is None else model.address

    def put_key(self, kind: str, key: str) -> None:
        """Keep a key for the address that is set up, or the first that will be, in a file that its
        owner alone may read; an empty one removes it.

        Raises:
            SettingsError: it cannot be written.
        """
        with self._lock:
            self._shared.clear()
        self._keys.put(kind, key, self._address(kind))

    def _of(self, name: str) -> LargeModel:
        model = self.models.get(name.partition(".")[0])
        if model is None or name not in model.names:
            raise BackendError(f"The model {name!r} is not set up here. See Models and data.")
        return model


def _cropped(kind: str) -> "type[CroppedModel]":
    return cast("type[CroppedModel]", configured_class(kind))

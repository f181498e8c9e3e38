"""AlphaGenome on this machine: weights in a folder, read by alphagenome-pt.

sequence --trunk--> embeddings --requested heads, a stretch at a time--> Prediction

Only the wanted tracks of the wanted heads are computed and moved, a stretch of the window at a
time: heads look at one place each, so that this changes nothing but the memory.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray, TrackData
from genoview.errors import BackendError
from genoview.models.alphagenome.heads import introns, signal
from genoview.models.alphagenome.junctions_contacts import (
    facts_of_rows,
    junction_prediction,
    no_tracks,
)
from genoview.models.alphagenome.local_folder import (
    OWN_STATE,
    PUBLISHED_TRACKS,
    is_random,
    weights_in,
)
from genoview.models.alphagenome.outputs import ORGANISMS, OUTPUTS, Outputs
from genoview.models.alphagenome.track_filter import TrackFacts, described
from genoview.models.inputs import file_digest
from genoview.models.whole_window import WINDOW
from genoview.models.window_memory import check_memory

INSTALL = "pip install 'genoview[alphagenome-pt]'"
STRETCH = 65_536  # bp of a head at a time
HEADS = {
    "splice_sites": "splice_sites_classification",
    "splice_site_usage": "splice_sites_usage",
    "splice_junctions": "splice_sites_junction",
}
N_SITES = 4  # classes of splice sites; the fifth is none
SITES = (("donor", "+"), ("acceptor", "+"), ("donor", "-"), ("acceptor", "-"))


class AlphaGenomeWeights:
    """A `Source` of one folder on one device.

    Attributes:
        random_weights: the folder is marked so, or has an architecture that was never published.
    """

    def __init__(
        self, folder: Path, organism: str = "human", device: str = "cpu", dtype: str = "float32"
    ) -> None:
        self.folder, self.organism = folder, organism
        self.device = device
        self._dtype = "deepmind" if dtype == "bfloat16" or device.startswith("cuda") else dtype
        self._state = weights_in(folder)
        self.identity = f"{file_digest(self._state)} {self._dtype}"
        self.random_weights = is_random(folder, self._state)

    def facts(self, output: str) -> Sequence[TrackFacts]:
        named = self._named.get(output)
        if named is not None:
            return named
        head = self._heads.get(HEADS.get(output, output))
        if head is None:
            return ()
        if output == "splice_sites":
            return tuple(TrackFacts(*site) for site in SITES)
        numbers = head.get("num_tissues" if output == "splice_junctions" else "num_tracks")
        return tuple(TrackFacts(f"{output} {i + 1}") for i in range(numbers[self._number]))

    def predict(
        self, sequence: str, wanted: Outputs, progress: Progress = no_progress
    ) -> dict[str, Prediction]:
        check_memory(self._model, len(sequence), wanted, self.device)
        model = self._model
        progress(0.0)
        with torch.inference_mode():
            embeddings = model(sequence, self._number, mode="embed")
            predictions = {}
            for i, (name, columns) in enumerate(wanted.items()):
                progress(0.7 + 0.3 * i / len(wanted))
                facts = [self.facts(name)[column] for column in columns]
                predictions[name] = self._part(embeddings, name, columns, facts, len(sequence))
        progress(1.0)
        return predictions

    def _part(
        self,
        embeddings: Any,
        name: str,
        columns: Sequence[int],
        facts: Sequence[TrackFacts],
        length: int,
    ) -> Prediction:
        output, place = OUTPUTS[name], Interval(WINDOW, 0, length)
        tracks = described(facts, output.assay, output.unit)
        if name == "splice_junctions":
            values, junctions = self._junctions(embeddings, columns)
            return junction_prediction(values, junctions, tracks, place, output)
        if name == "contact_maps":
            head = self._model._heads[name]
            with self._precision():
                square = head(embeddings, self._organism)["predictions"][0][..., list(columns)]
            contacts = ContactMap(square.float().cpu().numpy(), tracks, place, output.resolution)
            return Prediction(no_tracks(place, output.resolution), contacts=contacts)
        values = np.empty((length // output.resolution, len(columns)), np.float32)
        for part, stretch in self._stretches(embeddings, output.resolution):
            values[part] = self._head(stretch, name, columns, output.resolution)
        return Prediction(TrackData(values, tracks, place, output.resolution))

    def _stretches(self, embeddings: Any, resolution: int) -> Iterator[tuple[slice, Any]]:
        """The embeddings of one resolution, a stretch at a time."""
        field = f"embeddings_{resolution}bp"
        whole = getattr(embeddings, field)
        for first in range(0, whole.shape[1], STRETCH):
            part = slice(first, first + STRETCH)
            yield part, type(embeddings)(**{field: whole[:, part]})

    def _head(
        self, embeddings: Any, name: str, columns: Sequence[int], resolution: int
    ) -> FloatArray:
        """float32[bins, columns] of one stretch, on the scale of the experiments."""
        head = self._model._heads[HEADS.get(name, name)]
        chosen = list(columns)
        with self._precision():
            if name in ("splice_sites", "splice_site_usage"):
                values = head(embeddings, self._organism)["predictions"][0][:, chosen]
            else:
                values = signal(head, embeddings, self._number, chosen, resolution)
        result: FloatArray = values.float().cpu().numpy()
        return result

    def _junctions(self, embeddings: Any, columns: Sequence[int]) -> tuple[FloatArray, list[Any]]:
        """float32[junctions, columns] and their introns, from the sites that are likely enough."""
        from alphagenome_pt.splicing import generate_splice_site_positions

        model = self._model
        sites = np.concatenate(
            [
                self._head(stretch, "splice_sites", range(N_SITES + 1), 1)
                for _, stretch in self._stretches(embeddings, 1)
            ]
        )
        k = min(model.num_splice_sites, len(sites))
        places = generate_splice_site_positions(
            torch.from_numpy(sites)[None].to(model.device),
            alt=None,
            splice_sites=None,
            k=k,
            pad_to_length=k,
            threshold=model.splice_site_threshold,
        )
        with self._precision():
            predicted = model.predict_junctions(embeddings, places, self._organism)["predictions"][
                0
            ]
        return introns(predicted.float().cpu().numpy(), places[0].cpu().numpy(), columns)

    def _precision(self) -> Any:
        from alphagenome_pt.precision import dtype_policy_context

        return dtype_policy_context(self._model.dtype_policy, self._model.device.type)

    @property
    def _number(self) -> int:
        """Of the organism, in the model's order."""
        return min(ORGANISMS.index(self.organism), int(self._model.num_organisms) - 1)

    @property
    def _organism(self) -> torch.Tensor:
        return torch.tensor([self._number], device=self._model.device)

    @property
    def _heads(self) -> dict[str, Any]:
        heads: dict[str, Any] = self._model.metadata.metadata["heads"]
        return heads

    @cached_property
    def _named(self) -> dict[str, tuple[TrackFacts, ...]]:
        """Tracks by the table next to the published weights; none without it.

        The weights need not be loaded for it.
        """
        path = self.folder / PUBLISHED_TRACKS
        if not path.is_file():
            return {}
        tables = json.loads(path.read_text(encoding="utf-8"))["organisms"]
        table = tables[list(tables)[min(ORGANISMS.index(self.organism), len(tables) - 1)]]
        return {name: facts_of_rows(table[name]["records"]) for name in OUTPUTS if name in table}

    @cached_property
    def _model(self) -> Any:
        """Loaded when first used.

        Raises:
            BackendError: the package is missing, or a file is not what was expected.
        """
        try:
            import alphagenome_pt
        except ImportError as error:
            raise BackendError(
                f"alphagenome-pt, which runs AlphaGenome here, is not installed. {INSTALL} adds it."
            ) from error
        try:
            if self._state.name == OWN_STATE:
                model = alphagenome_pt.AlphaGenome.load(self.folder)
                model.dtype_policy = alphagenome_pt.get_dtype_policy(self._dtype)
            else:
                model = alphagenome_pt.deepmind_model(
                    load_state=True, local_dir=self.folder, dtype_policy=self._dtype
                )
        except (OSError, KeyError, TypeError, ValueError, RuntimeError) as error:
            raise BackendError(
                f"{self._state} cannot be read as weights of AlphaGenome ({error})."
            ) from error
        return model.to(torch.device(self.device)).eval()

"""What AlphaGenome predicts: its eleven outputs, and one backend for each over a shared source.

Source --predict(sequence, outputs)--> Prediction by output --> AlphaGenomeOutput, remembered once

Avsec et al. 2026, Nature 649:1206.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Protocol

from genoview.data.model_card import ModelCard
from genoview.data.prediction import Prediction
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import Assay
from genoview.errors import BackendError
from genoview.models.alphagenome.track_filter import Choice, TrackFacts, chosen_facts, described
from genoview.models.whole_window import WholeWindowBackend

WINDOW_LENGTHS = (2**14, 2**17, 2**19, 2**20)  # bp, all that the model takes
ORGANISMS = ("human", "mouse")
KEEP_SEQUENCES = 2  # REF and ALT, until each output has been taken
CITATION = (
    "Avsec Ž, Latysheva N, Cheng J, et al. Advancing regulatory variant effect prediction with "
    "AlphaGenome. Nature 649: 1206-1218, 2026. doi:10.1038/s41586-025-10014-0"
)
TERMS = (
    "AlphaGenome's terms: its outputs are for non-commercial research, not for training other "
    "models, and not for clinical use; they apply to whatever is made from them"
)


@dataclass(frozen=True, slots=True)
class Output:
    """One kind of what the model gives.

    Attributes:
        resolution: bp a bin; of junctions, which have none, 128.
    """

    name: str
    assay: Assay
    resolution: int
    unit: str
    meaning: str


OUTPUTS = {
    output.name: output
    for output in (
        Output("rna_seq", Assay.RNA_SEQ, 1, "normalised reads", "RNA-seq coverage at every base"),
        Output("cage", Assay.CAGE, 1, "normalised reads", "5' ends of capped RNA"),
        Output("procap", Assay.PROCAP, 1, "normalised reads", "5' ends of nascent RNA"),
        Output("splice_sites", Assay.SPLICE_SITES, 1, "probability", "donors and acceptors"),
        Output(
            "splice_site_usage", Assay.SPLICE_SITE_USAGE, 1, "fraction", "how often a site is used"
        ),
        Output(
            "splice_junctions",
            Assay.SPLICE_JUNCTIONS,
            128,
            "normalised split reads",
            "introns, and how often each is spliced out",
        ),
        Output("atac", Assay.ATAC, 1, "normalised insertions", "accessible chromatin, by ATAC-seq"),
        Output("dnase", Assay.DNASE, 1, "normalised insertions", "accessible chromatin, by DNase"),
        Output("chip_tf", Assay.CHIP_TF, 128, "fold over control", "bound transcription factors"),
        Output("chip_histone", Assay.CHIP_HISTONE, 128, "fold over control", "histone marks"),
        Output(
            "contact_maps",
            Assay.CONTACT_MAPS,
            2_048,
            "log fold over expected",
            "how often two places touch in the nucleus",
        ),
    )
}
Outputs = Mapping[str, tuple[int, ...]]
"""Wanted outputs, each with the columns wanted of it."""


class Source(Protocol):
    """A model behind all outputs: a service, or weights on this machine."""

    identity: str  # what its values depend on, besides sequence, output and columns
    device: str  # in words
    organism: str

    def facts(self, output: str) -> Sequence[TrackFacts]:
        """Every track of an output; none where the source does not give it."""

    def predict(
        self, sequence: str, wanted: Outputs, progress: Progress = no_progress
    ) -> dict[str, Prediction]:
        """All wanted outputs of one sequence, as `WholeWindowBackend.predict_window`.

        Raises:
            BackendError: it cannot be had, and why. Cancelled: from `progress`.
        """


class Shared:
    """One source, run once for all the outputs that a reader wants. Thread safe."""

    def __init__(self, source: Source, outputs: Sequence[str], choice: Choice) -> None:
        self.source = source
        self._choice, self._outputs = choice, outputs
        self._wanted: dict[str, tuple[int, ...]] = {}
        self._facts: dict[str, tuple[TrackFacts, ...]] = {}
        self._cached: OrderedDict[str, dict[str, Prediction]] = OrderedDict()
        self._lock = threading.Lock()

    def facts(self, output: str) -> tuple[TrackFacts, ...]:
        """Of the wanted tracks.

        Raises:
            BackendError: none is, or too many.
        """
        if output not in self._facts:
            self._wanted[output], self._facts[output] = chosen_facts(
                OUTPUTS[output].assay.label, self.source.facts(output), self._choice
            )
        return self._facts[output]

    def predict(self, sequence: str, output: str, progress: Progress) -> Prediction:
        """One output; the others of the same sequence are cached until they are requested."""
        with self._lock:
            cached = self._cached.get(sequence, {})
            if output not in cached:
                cached = self.source.predict(sequence, self._together(output), progress)
                self._cached[sequence] = cached
                while len(self._cached) > KEEP_SEQUENCES:
                    self._cached.popitem(last=False)
            prediction = cached.pop(output)
            if not cached:
                self._cached.pop(sequence, None)
            return prediction

    def _together(self, output: str) -> Outputs:
        """The wanted columns of this output, and of all others that can be had."""
        self.facts(output)
        for other in self._outputs:
            try:
                self.facts(other)
            except BackendError:  # raised where that output itself is requested
                continue
        return dict(self._wanted)


class AlphaGenomeOutput(WholeWindowBackend):
    """One output of a source, of the tracks that were chosen."""

    window_lengths = WINDOW_LENGTHS
    context_length = WINDOW_LENGTHS[-1]

    def __init__(self, card: ModelCard, shared: Shared, output: str, shortest: int = 0) -> None:
        """Args: card: of this output, from `card_of_output`."""
        super().__init__()
        spec, facts = OUTPUTS[output], shared.facts(output)
        self.card = card  # type: ignore[misc]
        self.output, self.shared, self.shortest = output, shared, shortest
        self.resolution = spec.resolution
        self.tracks = described(facts, spec.assay, spec.unit)
        parts = [shared.source.identity, shared.source.organism, output, [*map(astuple, facts)]]
        self._digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def place(self) -> str:
        return self.shared.source.device

    @property
    def weights_digest(self) -> str:
        """Of the source's identity, the organism and the chosen tracks: content, as of weights."""
        return self._digest

    def predict_window(self, sequence: str, progress: Progress = no_progress) -> Prediction:
        prediction = self.shared.predict(sequence, self.output, progress)
        return prediction.named(self.tracks)


def card_of_output(card: ModelCard, output: str) -> ModelCard:
    """The card of one output of a source."""
    spec = OUTPUTS[output]
    return replace(
        card,
        name=f"{card.name}.{output}",
        title=f"{card.title}, {spec.assay.label}",
        family=spec.assay.family,
        predicts=f"{card.predicts} Here: {spec.meaning}.",
    )

"""MMSplice: an exon and 100 bp of its introns, REF and ALT -> change of the exon's inclusion.

Cheng et al. 2019, doi:10.1186/s13059-019-1653-z: five small networks, one for each part of an exon
and its introns, and linear models of their scores. A score depends on its own part alone, so a
variant in one part leaves the others as they were.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.models.exons.cards import MMSPLICE_CARD
from genoview.models.exons.contract import ExonChange, ExonModel, ExonSequence
from genoview.models.exons.cut import ModuleInputs, module_inputs
from genoview.models.exons.linear import Array, LinearModels
from genoview.models.inputs import file_digest, one_hot
from genoview.models.weights.damage import loading

WEIGHTS = ASSETS / "models" / "mmsplice.safetensors"
LINEAR = ASSETS / "models" / "mmsplice.toml"
EPSILON = 1e-3  # added to the variance in every normalisation
MOST = float(np.log((1 - 1e-5) / 1e-5))  # log odds of a site: the package clips at 0.00001

Weights = Mapping[str, Tensor]


class ModuleNetworks(nn.Module):
    """The five networks; each takes one-hot [n, 4, length] and gives [n].

    Inclusion is predicted from the log odds of the two sites, and from the scores of the others.
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.weights = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(value.double(), requires_grad=False)
                for name, value in weights.items()
            }
        )

    def intron(self, x: Tensor, module: str) -> Tensor:
        """Mean over the intron of what its motifs say."""
        features = torch.relu(self._convolved(x, f"{module}/conv"))
        return self._dense(features.mean(2), f"{module}/readout")[:, 0]

    def exon(self, x: Tensor) -> Tensor:
        """The same over the exon's known bases."""
        known = x.amax(1, keepdim=True)
        features = torch.relu(self._normed(self._convolved(x, "exon/conv"), "exon/norm1"))
        mean = (features * known).sum(2) / known.sum(2).clamp(min=1e-7)
        return self._dense(mean, "exon/readout")[:, 0]

    def acceptor(self, x: Tensor) -> Tensor:
        """Log odds of an acceptor, of 53 bp."""
        x = self._normed(torch.relu(self._convolved(x, "acceptor/conv")), "acceptor/norm1")
        x = self._normed(torch.relu(self._convolved(x, "acceptor/pointwise")), "acceptor/norm2")
        x = x.transpose(1, 2).flatten(1)  # Keras flattens place by place
        return self._dense(x, "acceptor/readout")[:, 0].clamp(-MOST, MOST)

    def donor(self, x: Tensor) -> Tensor:
        """Log odds of a donor, of 18 bp."""
        x = x.transpose(1, 2).flatten(1)
        for layer in ("1", "2"):
            x = self._dense(x, f"donor/dense{layer}")
            x = torch.relu(self._normed(x, f"donor/norm{layer}"))
        return self._dense(x, "donor/readout")[:, 0].clamp(-MOST, MOST)

    def _convolved(self, x: Tensor, layer: str) -> Tensor:
        weight, bias = self.weights[f"{layer}/weight"], self.weights[f"{layer}/bias"]
        return functional.conv1d(x, weight, bias, padding="same")

    def _dense(self, x: Tensor, layer: str) -> Tensor:
        return functional.linear(x, self.weights[f"{layer}/weight"], self.weights[f"{layer}/bias"])

    def _normed(self, x: Tensor, layer: str) -> Tensor:
        names = ("mean", "variance", "scale", "offset")
        mean, variance, scale, offset = (self.weights[f"{layer}/{name}"] for name in names)
        return functional.batch_norm(x, mean, variance, scale, offset, eps=EPSILON)


class MMSplice(ExonModel):
    """Change of inclusion of exons."""

    card: ClassVar[ModelCard] = MMSPLICE_CARD
    intron_length = 100
    modules = ("acceptor intron", "acceptor", "exon", "donor", "donor intron")

    def __init__(self, device: str = "cpu") -> None:
        self.device = torch.device(device)
        self._networks = load_networks().to(self.device)
        self._linear = LinearModels.read(LINEAR)
        self._digest = file_digest(WEIGHTS, LINEAR)

    @property
    def version(self) -> str:
        return f"{self._digest[:16]}-float64"

    def changes(self, pairs: Sequence[tuple[ExonSequence, ExonSequence]]) -> list[ExonChange]:
        if not pairs:
            return []
        scores = self.scores([allele for pair in pairs for allele in pair])
        ref, alt = scores[::2], scores[1::2]
        linear = self._linear
        columns = zip(
            linear.delta_logit_psi(ref, alt).tolist(),
            linear.pathogenicity(ref, alt).tolist(),
            linear.splicing_efficiency(ref, alt).tolist(),
            ref.tolist(),
            alt.tolist(),
            strict=True,
        )
        return [
            ExonChange(delta, pathogenicity, efficiency, tuple(before), tuple(after))
            for delta, pathogenicity, efficiency, before, after in columns
        ]

    @torch.inference_mode()
    def scores(self, sequences: Sequence[ExonSequence]) -> Array:
        """Of each module, float64[n, 5]; of the sites as log odds."""
        inputs = [module_inputs(sequence) for sequence in sequences]
        networks = self._networks
        readers: dict[str, Callable[[Tensor], Tensor]] = {
            "acceptor_intron": lambda x: networks.intron(x, "acceptor_intron"),
            "acceptor": networks.acceptor,
            "exon": networks.exon,
            "donor": networks.donor,
            "donor_intron": lambda x: networks.intron(x, "donor_intron"),
        }
        columns = [self._column(inputs, module, read) for module, read in readers.items()]
        return np.stack(columns, axis=1)

    def _column(
        self, inputs: Sequence[ModuleInputs], module: str, read: Callable[[Tensor], Tensor]
    ) -> Array:
        """Each different sequence is read once, those of one length together."""
        texts: list[str] = [getattr(each, module) for each in inputs]
        scores: dict[str, float] = {}
        for length in {len(text) for text in texts}:
            batch = sorted({text for text in texts if len(text) == length})
            values = read(one_hot(batch).double().to(self.device)).cpu()
            scores |= dict(zip(batch, values.tolist(), strict=True))
        return np.array([scores[text] for text in texts])


def load_networks(path: Path = WEIGHTS) -> ModuleNetworks:
    """On the CPU, in float64.

    Raises:
        BackendError: the file is missing or not the converted weights.
    """
    with loading(path, "the weights of MMSplice"):
        networks = ModuleNetworks(load_file(path)).eval()
        text = "N" * 53
        for read, length in ((networks.acceptor, 53), (networks.donor, 18), (networks.exon, 9)):
            read(one_hot([text[:length]]).double())
        return networks

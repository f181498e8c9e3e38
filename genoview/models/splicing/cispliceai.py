"""CI-SpliceAI: the network of SpliceAI-10k, trained on curated alternative splice sites.

Strauch et al. 2022, doi:10.1371/journal.pone.0269159.
"""

from pathlib import Path
from typing import ClassVar

import numpy as np
from safetensors.numpy import load_file
from torch import nn

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.models.inputs import file_digest
from genoview.models.splicing.cards import CISPLICEAI_CARD
from genoview.models.splicing.splice_network import SpliceNetwork
from genoview.models.splicing.splice_sites import SpliceSites
from genoview.models.weights.damage import loading

WEIGHTS = ASSETS / "models" / "cispliceai.safetensors"
_ADVICE = "scripts/assets/convert_cispliceai.py makes the file from the package cispliceai 1.2.2."
N_MODELS = 5  # of one shape, trained separately; their probabilities are averaged


def load_networks(path: Path = WEIGHTS) -> nn.ModuleList:
    """The five models, on the CPU in float32.

    Raises:
        BackendError: the file is missing or not the converted weights.
    """
    with loading(path, "the weights of CI-SpliceAI", _ADVICE):
        stacked = load_file(path)
        models = [
            {name: values[k].astype(np.float64) for name, values in stacked.items()}
            for k in range(N_MODELS)
        ]
        return nn.ModuleList(SpliceNetwork(weights) for weights in models)


class CISpliceAI(SpliceSites):
    """Splice sites on both strands, at every base."""

    card: ClassVar[ModelCard] = CISPLICEAI_CARD

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(load_networks(), file_digest(WEIGHTS), device, dtype)

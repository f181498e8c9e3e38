"""Promoter activity: 144 bp of DNA -> what they do in a reporter assay, in five cell types.

An ensemble of small networks trained by this project on published measurements
(docs/models/promoter-activity.md). A bin is the window around its middle. What convolutions see of
the sequence, and where motifs fit, is computed once for all windows; only the readouts are each
window's own.
"""

from collections.abc import Sequence
from typing import ClassVar

import torch

from genoview.data.assets import ASSETS
from genoview.data.model_card import ModelCard
from genoview.data.track_data import Assay, Biosample, Family, FloatArray, TrackMetadata
from genoview.models.base import Backend
from genoview.models.expression.cells import CELLS
from genoview.models.expression.promoter_motifs import WIDTH
from genoview.models.expression.promoter_network import load_promoter_networks
from genoview.models.inputs import file_digest, one_hot

WEIGHTS = ASSETS / "models" / "promoter-activity.safetensors"
RESOLUTION = 16  # bp between two windows
UNIT = "log2 over random DNA"  # of RNA over plasmid DNA, less its mean over random fragments
N_MEMBERS = 3
BIOSAMPLES = {
    "HepG2": Biosample("EFO:0001187", "HepG2 (liver carcinoma)"),
    "K562": Biosample("EFO:0002067", "K562 (leukaemia)"),
    "HeLa": Biosample("EFO:0001185", "HeLa (cervix carcinoma)"),
    "HUES64": Biosample("EFO:0007086", "HUES64 (embryonic stem cell)"),
    "mESC": Biosample("CL:0002322", "mouse embryonic stem cell"),
}


def _track(cell: str, strand: str, member: int | None = None) -> TrackMetadata:
    number = "" if member is None else f"{member + 1} of {N_MEMBERS}"
    name = f"{cell} reporter activity" + (f", network {number}" if number else "")
    return TrackMetadata(name, Assay.MPRA, strand, UNIT, BIOSAMPLES[cell], cell, number)


class PromoterActivity(Backend):
    """Reporter activity of the 144 bp around each bin, on both strands."""

    card: ClassVar[ModelCard] = ModelCard(
        name="promoter-activity",
        title="Promoter activity",
        family=Family.EXPRESSION,
        predicts=(
            "Reporter activity of a fragment of 144 bp outside its chromosome, not the expression "
            "level of the gene: how much RNA (log2) a plasmid makes with the 144 bp around the "
            "middle of each 16-bp bin as its promoter, read in the direction of the strand, "
            "above what random DNA makes. Measured in HepG2, K562, HeLa, HUES64 and mouse "
            "embryonic stem cells; the mean of three networks."
        ),
        limits=(
            "A fragment on a plasmid, not a chromosome: nothing of enhancers at a distance, of "
            "chromatin or of the stability of the RNA. On chromosomes held out with all that "
            "resembles them its values correlate with the measured ones by 0.50 in HepG2, 0.57 in "
            "K562, 0.48 in HeLa and 0.76 in HUES64 (Pearson; 0.70 and 0.71 in HepG2 and K562 "
            "without the alleles and deletions of a few fragments). It ranks measured effects of "
            "single substitutions a little better than MPRA-DragoNN, which taught it much of what "
            "it says of them (higher on six of seven elements, clearly on four), and that is "
            "little (Spearman 0.15 to 0.43). HepG2 and K562 largely agree in what a variant does "
            "(0.84), as do HUES64 and mouse stem cells (0.96); the other cell types less, HeLa "
            "least (0.56 to 0.67), but none of these differences was held to measurements of one "
            "variant in two cells: do not read them as specific to a cell type. ± is how far "
            "three training runs differ, and says little of how far they are from the truth."
        ),
        licence="CC BY 4.0",
        citation=(
            "Weights of this project, docs/models/promoter-activity.md. Measured by Mattioli et "
            "al., Genome Research 29: 344-355, 2019, doi:10.1101/gr.242222.118, and Mattioli et "
            "al., Genome Biology 21: 210, 2020, doi:10.1186/s13059-020-02110-3; taught further by "
            "MPRA-DragoNN, Movva et al., PLoS ONE 14: e0218073, 2019, "
            "doi:10.1371/journal.pone.0218073. Motifs: JASPAR2024 (CC BY 4.0), Rauluseviciute et "
            "al., Nucleic Acids Research 52: D174-D182, 2024, doi:10.1093/nar/gkad1059"
        ),
        source="training/promoter_activity of this project",
        parameters=3_479_214,
    )
    tracks = tuple(
        _track(cell, strand, member)
        for strand in "+-"
        for member in (None, *range(N_MEMBERS))
        for cell in CELLS
    )
    context_length = (WIDTH - RESOLUTION) // 2  # 64 bp
    resolution = RESOLUTION
    both_strands = True

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        self._networks = load_promoter_networks(WEIGHTS).to(self.device)
        self._networks.members.to(dtype=self.dtype)  # odds of motifs span more than bfloat16 tells
        self._digest = file_digest(WEIGHTS)

    @property
    def weights_digest(self) -> str:
        return self._digest

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 20]: the mean of each cell, then each network's cells."""
        bases = one_hot(sequences).to(self.device, self.dtype)
        members = self._networks.above_inactive(bases, RESOLUTION).float()
        values = torch.cat([members.mean(dim=2, keepdim=True), members], dim=2).flatten(2)
        found: FloatArray = values.cpu().numpy()
        return found

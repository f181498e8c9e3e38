"""Language models of proteins: what a reader should know, and how they are set up."""

from dataclasses import replace

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.entry import Access, Setup

_PREDICTS = (
    "How much less, or more, likely the changed residue is than the one there, from the protein's "
    "sequence alone: ln P(ALT) - ln P(REF), masked and wild-type marginals, and the same for every "
    "substitution of the protein."
)
_LIMITS = (
    "What is usual in the proteins that it was trained on: no probability of disease, and "
    "no threshold is applied here. Folding partners, splicing and the amount of protein "
    "are not seen; stop, frameshift and in-frame changes are not scored. Reads at most 1,022 "
    "residues at once. "
)


def _setup(card: ModelCard, words: str, example: str) -> Setup:
    return Setup(
        card,
        Access.PROTEIN,
        package="transformers",
        command="pip install 'genoview[language]'",
        words=f"{words} A name on the hub is fetched when the model is first used and read from "
        "this computer ever after; a folder needs no network.",
        place_label="Folder, file of weights or name on the hub",
        place_example=example,
    )


PROTEIN_SETUPS = (
    _setup(
        ModelCard(
            "esm2",
            "ESM-2",
            Family.LANGUAGE,
            _PREDICTS,
            f"{_LIMITS}Spearman's rank correlation with the deep mutational scans of ProteinGym: "
            "0.41 of the network with 650 million parameters, 0.39 with 150 million; those with 35 "
            "and 8 million (0.32, 0.23) are below counting residues site by site (0.36).",
            "MIT, as its authors publish it; see the repository of the weights",
            "Lin Z, Akin H, Rao R, et al. Evolutionary-scale prediction of atomic-level protein "
            "structure with a language model. Science 379: 1123-1130, 2023. "
            "doi:10.1126/science.ade2574",
            source="weights by hub name or folder, run by transformers 5.23.0",
            parameters=0,
            summary="How expected each residue is in its protein",
        ),
        "Missense variants by the protein's sequence.",
        "facebook/esm2_t33_650M_UR50D",
    ),
    _setup(
        ModelCard(
            "vesm",
            "VESM",
            Family.LANGUAGE,
            _PREDICTS,
            f"{_LIMITS}Its authors score by wild-type marginals. VESM3, which reads structures, is "
            "another architecture and is not read here.",
            "MIT, as its authors publish it; see the repository of the weights",
            "Dinh T, Jang SK, Zaitlen N, Ntranos V. VESM: compressing the collective knowledge of "
            "ESM into a single protein language model. 2025. github.com/ntranoslab/vesm",
            source="weights by file, hub name or folder, run by transformers 5.23.0",
            parameters=0,
            summary="How expected each residue is in its protein",
        ),
        "ESM-2 trained on for variant effects, of the same architecture: VESM_35M, 150M, 650M, 3B.",
        "ntranoslab/vesm/VESM_650M.pth",
    ),
)


def protein_card(card: ModelCard, place: str, random_weights: bool) -> ModelCard:
    """Titled by the weights, of which there are several sizes."""
    name = place.rstrip("/").rpartition("/")[2].removesuffix(".pth")
    return replace(card, title=f"{card.title} ({name})", random_weights=random_weights)

"""Language models of DNA: what a reader should know, and how they are set up."""

from dataclasses import replace

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family
from genoview.models.entry import Access, Setup

SPANS = (100, 200, 500, 1_000, 2_000)  # bp that a reader may ask for at once: each costs a run
BASES, DEPENDENCIES = "bases", "dependencies"
LANGUAGE_OUTPUTS = (BASES, DEPENDENCIES)  # what one language model gives, a backend each
PREDICTS = {
    BASES: (
        "How likely each of A, C, G and T is at a base that is hidden from the model, from up to "
        "250 bp on each side: the probability of the base that is there, the four "
        "probabilities, and their entropy in bits (0 where the model is sure, 2 where it knows "
        "nothing)."
    ),
    DEPENDENCIES: (
        "How much a change at one base moves what the model says of another: the largest change "
        "of ln odds of any base there, over the three substitutions here (Tomaz da Silva et al. "
        "2024), of both directions the larger."
    ),
}
LIMITS = (
    "What is usual in the genomes that it was trained on, not what a cell does: an unlikely base "
    "is not thereby a harmful one. It reads the forward strand alone. "
)
FETCHED = (
    "A name on the hub is fetched when the model is first used and read from this computer ever "
    "after; a folder needs no network. Not beside Enformer or Borzoi in one environment."
)


def _setup(card: ModelCard, words: str, example: str) -> Setup:
    return Setup(
        card,
        Access.LANGUAGE,
        package="transformers",
        command="pip install 'genoview[language]'",
        words=f"{words} {FETCHED}",
        place_label="Folder or name on the hub",
        place_example=example,
    )


def _card(name: str, title: str, limits: str, licence: str, citation: str) -> ModelCard:
    return ModelCard(
        name,
        title,
        Family.LANGUAGE,
        PREDICTS[BASES],
        LIMITS + limits,
        licence,
        citation,
        source="weights by hub name or folder, run by transformers 5.23.0",
        parameters=0,
        summary="How expected each base is in its surroundings",
    )


LANGUAGE_SETUPS = (
    _setup(
        _card(
            "dnabert",
            "DNABERT",
            "Where DNABERT-2 cuts its tokens reveals something of a hidden base.",
            "Apache 2.0, as its authors publish it; see the repository of the weights",
            "Zhou Z, Ji Y, Li W, Dutta P, Davuluri R, Liu H. DNABERT-2: efficient foundation model "
            "and benchmark for multi-species genome. ICLR 2024, arXiv:2306.15006. Ji Y, Zhou Z, "
            "Liu H, Davuluri RV. DNABERT. Bioinformatics 37: 2112-2120, 2021. "
            "doi:10.1093/bioinformatics/btab083",
        ),
        "DNABERT-2 with byte pairs, or DNABERT with overlapping k-mers.",
        "zhihan1996/DNA_bert_6",
    ),
    _setup(
        _card(
            "nucleotide-transformer",
            "Nucleotide Transformer",
            "The five bases beside a hidden one in its token are hidden with it.",
            "CC BY-NC-SA 4.0: non-commercial work only",
            "Dalla-Torre H, Gonzalez L, Mendoza-Revilla J, et al. Nucleotide Transformer: building "
            "and evaluating robust foundation models for human genomics. Nature Methods 22: "
            "287-297, 2025. doi:10.1038/s41592-024-02523-z",
        ),
        "k-mers of six bases side by side.",
        "InstaDeepAI/nucleotide-transformer-500m-human-ref",
    ),
    _setup(
        _card(
            "dna-language-model",
            "DNA language model",
            "Further limits are those that its authors state.",
            "as the source of the weights says",
            "as the repository of the weights says",
        ),
        "Any masked language model on DNA with single bases, k-mers or byte pairs.",
        "/data/my-dna-model",
    ),
)


def language_card(card: ModelCard, output: str, place: str = "") -> ModelCard:
    """Of one of PARTS; titled by its place too where the kind is not specific."""
    title = card.title
    if place and card.name == "dna-language-model":
        title = f"{title} {place.rstrip('/').rpartition('/')[2]}"
    if output == DEPENDENCIES:
        title = f"{title} dependencies"
    return replace(card, name=f"{card.name}.{output}", title=title, predicts=PREDICTS[output])

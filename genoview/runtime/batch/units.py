"""What the numbers of each model of a run mean: words for tables, plots and headers of files."""

from genoview.data.model_card import ModelCard
from genoview.models.entry import VariantScore
from genoview.models.registry import card_of, entry_of
from genoview.scoring import ACTIVITY_FORMULA, GAIN, LOSS

DELTA = "difference of splice site probabilities, 0 to 1"
GAINED = "change of a splice site's probability over tissues and places, 0 to 1"
LOG2 = "log2 fold change of reporter activity, ALT over REF"
OWN_SCALE = "ALT − REF of predicted reporter activity, on the model's own scale"
INCLUSION = "ALT − REF of the log odds of inclusion (natural logarithm), below 0 it is skipped more"
MASKED = "gains of known sites and losses of others count as 0"
CONSEQUENCE = "GenoviewCSQ"  # field of INFO; not CSQ, which may be VEP's in the same file
CONSEQUENCE_WORDS = (
    "The severest consequence on a transcript within 5 kb, if splicing stays as it is; terms and "
    "fields as VEP's CSQ. Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp"
)


def score_kind(model: str) -> VariantScore:
    """By what number a model says the effect of a variant."""
    return entry_of(model).variant_score


def is_log2(model: str) -> bool:
    """Whether a change of reporter activity is a log2 fold change."""
    return score_kind(model) is VariantScore.LOG2_FOLD_CHANGE


def activity_unit(model: str) -> str:
    """What a change of reporter activity is in."""
    return LOG2 if is_log2(model) else OWN_SCALE


def activity_name(model: str, cell: str) -> str:
    """`K562 log2`; of a scale of its own with the model's name: `MPRA-DragoNN K562 minP`."""
    return f"{cell} log2" if is_log2(model) else f"{card_of(model).title} {cell}"


def main_label(card: ModelCard) -> str:
    """Of the number by which a model's variants are sorted."""
    if score_kind(card.name) is VariantScore.INCLUSION:
        return f"{card.title} Δ log odds"
    if not score_kind(card.name).is_activity:
        return f"{card.title} Δ"
    return "Activity log2" if is_log2(card.name) else f"{card.title} change"


def main_help(card: ModelCard, masked: bool) -> str:
    """The same in a sentence, with formula and unit."""
    if score_kind(card.name).is_activity:
        return f"{activity_unit(card.name)}, in the cell that changes most. {ACTIVITY_FORMULA}"
    if score_kind(card.name) is VariantScore.INCLUSION:
        return f"Of the exon that changes most: {INCLUSION}."
    mask = f"; {MASKED}." if masked else "."
    if score_kind(card.name) is VariantScore.GAIN_LOSS:
        return f"Larger of gain and loss in the gene most changed: {GAINED}{mask}"
    return f"Largest of the four delta scores of the gene most changed: {DELTA}{mask}"


def vcf_words(card: ModelCard, distance: int, masked: bool) -> str:
    """Of a field of INFO, without its format."""
    if score_kind(card.name).is_activity:
        return (
            f"{card.title}: {_plain(activity_unit(card.name))}, and its standard deviation among "
            "networks"
        )
    if score_kind(card.name) is VariantScore.INCLUSION:
        return (
            f"{card.title}: of the exon of each gene that changes most {_plain(INCLUSION)}, "
            "measured inclusion of REF (GTEx), its change (from 50% where none is measured), and "
            "the tissue where it changes most by MTSplice"
        )
    ends = f"up to {distance} bp from the variant, mask {'on' if masked else 'off'}, every gene"
    if score_kind(card.name) is VariantScore.DELTA:
        return (
            f"{card.title} delta scores (DS) and their positions (DP, bp from POS) for acceptor "
            f"gain (AG) and loss (AL), donor gain (DG) and loss (DL), {ends}"
        )
    return (
        f"{card.title}: gain and loss of splice sites ({_plain(GAIN.text)}; {_plain(LOSS.text)}), "
        f"their positions (bp from POS) and tissues, {ends}"
    )


def _plain(words: str) -> str:
    """A header of VCF is read by programs that know ASCII only."""
    return words.replace("−", "-")

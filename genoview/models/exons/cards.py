"""What a reader should know of the models, without their weights."""

from genoview.data.model_card import ModelCard
from genoview.data.track_data import Family

MMSPLICE_CARD = ModelCard(
    name="mmsplice",
    title="MMSplice",
    family=Family.SPLICING,
    predicts=(
        "How a variant in an exon, or within 100 bp of it in an intron, changes the share of RNA "
        "that has the exon (percent spliced in, PSI): the change of its log odds, from the exon, "
        "its two splice sites and 100 bp of each intron."
    ),
    limits=(
        "It knows the exons of the gene table alone: no new exon, no new splice site further in "
        "the intron, no tissue. Changes are log odds: at an exon that nearly all RNA has, even a "
        "large one can mean little, and how much RNA has it is not predicted. Sequence further "
        "than 100 bp from the exon is not seen. Of the first and last exon of a transcript the "
        "side without an intron is not read."
    ),
    licence="MIT",
    citation=(
        "Cheng J, Nguyen TYD, Cygan KJ, Çelik MH, Fairbrother WG, Avsec Ž, Gagneur J. MMSplice: "
        "modular modeling improves the predictions of genetic variant effects on splicing. "
        "Genome Biology 20: 48, 2019. doi:10.1186/s13059-019-1653-z"
    ),
    source="PyPI mmsplice 2.4.0, models/*.h5 and utils.py",
    parameters=57_445,
    summary="How a variant changes an exon's inclusion",
)
MTSPLICE_CARD = ModelCard(
    name="mtsplice",
    title="MTSplice",
    family=Family.SPLICING,
    predicts=(
        "In which of 56 tissues (GTEx, retina and RPE) a variant changes the inclusion of an exon "
        "more or less than elsewhere: the log odds of inclusion of each tissue against the mean "
        "of all, ALT - REF, from the exon's ends and 300 bp of each intron. It is added to the "
        "change by MMSplice."
    ),
    limits=(
        "It was trained on REF sequence alone, of exons that tissues include differently: what it "
        "says of variants is small beside MMSplice's change, and of most exons next to nothing. "
        "Which tissue has the gene at all is not predicted. Of an exon the middle behind 100 bp "
        "from both ends is not seen."
    ),
    licence="MIT",
    citation=(
        "Cheng J, Çelik MH, Kundaje A, Gagneur J. MTSplice predicts effects of genetic variants "
        "on tissue-specific splicing. Genome Biology 22: 94, 2021. doi:10.1186/s13059-021-02273-7"
    ),
    source="PyPI mmsplice 2.4.0, models/mtsplice*.h5",
    parameters=920_096,
    summary="How an exon's inclusion changes in 56 tissues",
)

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

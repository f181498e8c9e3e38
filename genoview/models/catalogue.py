"""The models: one entry each, in the order in which they run, quickest first, and are listed."""

from genoview.models.alphagenome.cards import HOSTED_SETUP, LOCAL_SETUP, SERVER_SETUP
from genoview.models.binding.cards import JASPAR_CARD
from genoview.models.enformer_borzoi.cards import BORZOI_SETUP, ENFORMER_SETUP
from genoview.models.entry import (
    Entry,
    Mutagenesis,
    Output,
    Setup,
    SpliceRules,
    VariantScore,
)
from genoview.models.exons.cards import MMSPLICE_CARD, MTSPLICE_CARD
from genoview.models.exons.measured import GTEX_INCLUSION
from genoview.models.expression.cards import PROMID_CARD, PROMOTER_ACTIVITY_CARD
from genoview.models.expression.cells import CELLS
from genoview.models.expression.published import MPRA_DRAGONN, XPRESSO
from genoview.models.language.cards import LANGUAGE_SETUPS
from genoview.models.protein.cards import PROTEIN_SETUPS
from genoview.models.splicing.cards import CISPLICEAI_CARD
from genoview.models.splicing.published import PANGOLIN, SPLICEAI

FAMILIES = "genoview.models"
_ALPHAGENOME = (f"{FAMILIES}.alphagenome.outputs", "AlphaGenomeOutput")
_CROPPED = f"{FAMILIES}.enformer_borzoi.models"
_PROTEIN = (f"{FAMILIES}.protein.esm", "EsmModel")
_LANGUAGE = (f"{FAMILIES}.language.language_model", "LanguageModel")


def _set_up(setup: Setup, module: str, class_name: str) -> Entry:
    return Entry(setup.card.name, module, class_name, setup=setup)


MODELS = (
    Entry(
        "jaspar",
        f"{FAMILIES}.binding.jaspar",
        "Jaspar",
        own_card=JASPAR_CARD,
        variant_score=VariantScore.MOTIF,
        mutagenesis=Mutagenesis("motif.", "Motif {}", "{} motif"),
        runs_by_default=True,
    ),
    Entry(
        "promoter-activity",
        f"{FAMILIES}.expression.promoter_activity",
        "PromoterActivity",
        own_card=PROMOTER_ACTIVITY_CARD,
        variant_score=VariantScore.LOG2_FOLD_CHANGE,
        mutagenesis=Mutagenesis("activity.", "Promoter activity, {}", "{} activity", CELLS),
        runs_by_default=True,
    ),
    Entry(
        "promid",
        f"{FAMILIES}.expression.promid",
        "PromID",
        runs_by_default=True,
        own_card=PROMID_CARD,
    ),
    Entry(
        "cispliceai",
        f"{FAMILIES}.splicing.cispliceai",
        "CISpliceAI",
        own_card=CISPLICEAI_CARD,
        variant_score=VariantScore.DELTA,
        splice_rules=SpliceRules.KNOWN_SITES,
        mutagenesis=Mutagenesis("splice", "Splicing, {} strand", "splicing ({})"),
        runs_by_default=True,
    ),
    Entry(
        "mmsplice",
        f"{FAMILIES}.exons.mmsplice",
        "MMSplice",
        output=Output.EXONS,
        variant_score=VariantScore.INCLUSION,
        mutagenesis=Mutagenesis("inclusion", "Exon inclusion ({})", "exon inclusion ({})"),
        own_card=MMSPLICE_CARD,
        runs_by_default=True,
    ),
    Entry(
        "mtsplice",
        f"{FAMILIES}.exons.mtsplice",
        "MTSplice",
        output=Output.EXON_TISSUES,
        own_card=MTSPLICE_CARD,
        runs_by_default=True,
    ),
    Entry(
        "spliceai",
        f"{FAMILIES}.splicing.spliceai",
        "SpliceAI",
        variant_score=VariantScore.DELTA,
        splice_rules=SpliceRules.NEAREST_BOUNDARY,
        row=SPLICEAI,
    ),
    Entry(
        "pangolin",
        f"{FAMILIES}.splicing.pangolin",
        "Pangolin",
        variant_score=VariantScore.GAIN_LOSS,
        mutagenesis=Mutagenesis("pangolin", "Pangolin, {} strand", "Pangolin ({})"),
        row=PANGOLIN,
    ),
    Entry(
        "mpra-dragonn",
        f"{FAMILIES}.expression.mpra_dragonn",
        "MPRADragoNN",
        variant_score=VariantScore.ACTIVITY_CHANGE,
        mutagenesis=Mutagenesis(
            "mpra-dragonn.",
            "MPRA-DragoNN, {}",
            "MPRA-DragoNN {}",
            ("K562-minP", "K562-SV40P", "HepG2-minP", "HepG2-SV40P"),
            bins_at_once=8,
        ),
        row=MPRA_DRAGONN,
    ),
    Entry(
        "xpresso",
        f"{FAMILIES}.expression.xpresso",
        "Xpresso",
        output=Output.GENE_LEVELS,
        row=XPRESSO,
    ),
    Entry(
        "gtex-inclusion",
        f"{FAMILIES}.exons.measured",
        "MeasuredInclusion",
        output=Output.MEASURED_EXONS,
        row=GTEX_INCLUSION,
    ),
    *(_set_up(setup, *_ALPHAGENOME) for setup in (HOSTED_SETUP, SERVER_SETUP, LOCAL_SETUP)),
    _set_up(ENFORMER_SETUP, _CROPPED, "Enformer"),
    _set_up(BORZOI_SETUP, _CROPPED, "Borzoi"),
    *(
        Entry(setup.card.name, *_PROTEIN, output=Output.RESIDUES, setup=setup)
        for setup in PROTEIN_SETUPS
    ),
    *(_set_up(setup, *_LANGUAGE) for setup in LANGUAGE_SETUPS),
)

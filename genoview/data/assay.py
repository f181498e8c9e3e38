"""The kinds of track: what each is called, and what scoring and reports need to know of it."""

from dataclasses import dataclass
from enum import Enum


class Family(Enum):
    """The kinds of track that a reader sees as groups."""

    EXPRESSION = "expression"
    SPLICING = "splicing"
    BINDING = "binding"
    ACCESSIBILITY = "accessibility"
    CONTACTS = "contacts"
    LANGUAGE = "DNA language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a variant's effect on the tracks of an assay goes by.

    Attributes:
        least_effect: |ALT - REF| that is reported, in a track's unit: log2 values vary more than
            probabilities.
        separation: bp between two effects of the same sign in a track.
        mask_width: bp around the variant over which values are summed (Avsec et al. 2026); None
            where they are not.
        most_listed: tracks of a model in the summary of a saved locus; None for all.
        is_signal: values along the genome alone, such as a person's own model can have.
        is_gene_coverage: of RNA, scored over the exons of each gene.
        is_splice_site: effects are sites gained or lost.
        has_site_kinds: its tracks are of donors or of acceptors.
        gives_transcripts: the probability of a site, from which the spliced transcript is read.
        has_strengths: of sites by tissue, scored by gain and loss.
        is_promoter: the probability of a promoter.
        is_reporter: activity of fragments, scored by the mean over those that hold the variant.
        is_motif: sites of binding motifs, scored site by site.
        is_factor: the group of a track is a factor or a histone mark.
        is_contact: pairs of bins that touch.
        is_base: probabilities of the four bases.
    """

    least_effect: float = 0.05
    separation: int = 50
    mask_width: int | None = None
    most_listed: int | None = None
    is_signal: bool = True
    is_gene_coverage: bool = False
    is_splice_site: bool = False
    has_site_kinds: bool = False
    gives_transcripts: bool = False
    has_strengths: bool = False
    is_promoter: bool = False
    is_reporter: bool = False
    is_motif: bool = False
    is_factor: bool = False
    is_contact: bool = False
    is_base: bool = False


NARROW, BROAD = 501, 2_001  # bp, of `mask_width`
OPEN = Facts(mask_width=NARROW)
READS = Facts(mask_width=NARROW, least_effect=0.2)


class Assay(Enum):
    """What a track predicts; each assay belongs to one family."""

    RNA_SEQ = ("RNA-seq", Family.EXPRESSION, Facts(least_effect=0.2, is_gene_coverage=True))
    CAGE = ("CAGE", Family.EXPRESSION, READS)
    PROCAP = ("PRO-cap", Family.EXPRESSION, READS)
    MPRA = ("MPRA", Family.EXPRESSION, Facts(least_effect=0.2, most_listed=2, is_reporter=True))
    # Probabilities of what CAGE and PRO-cap count: scored as those are.
    TSS = (
        "promoter / TSS",
        Family.EXPRESSION,
        Facts(separation=200, mask_width=NARROW, is_promoter=True),
    )
    ATAC = ("ATAC-seq", Family.ACCESSIBILITY, OPEN)
    DNASE = ("DNase-seq", Family.ACCESSIBILITY, OPEN)
    CHIP_TF = ("TF ChIP-seq", Family.BINDING, Facts(mask_width=NARROW, is_factor=True))
    CHIP_HISTONE = ("histone ChIP-seq", Family.BINDING, Facts(mask_width=BROAD, is_factor=True))
    TF_MOTIF = ("TF motif", Family.BINDING, Facts(most_listed=2, is_signal=False, is_motif=True))
    SPLICE_SITES = (
        "splice sites",
        Family.SPLICING,
        Facts(
            separation=3,
            is_signal=False,
            is_splice_site=True,
            has_site_kinds=True,
            gives_transcripts=True,
        ),
    )
    SPLICE_SITE_STRENGTH = (
        "splice site strength",
        Family.SPLICING,
        Facts(separation=3, is_splice_site=True, has_strengths=True),
    )
    SPLICE_SITE_USAGE = (
        "splice site usage",
        Family.SPLICING,
        Facts(separation=3, is_splice_site=True, has_site_kinds=True),
    )
    SPLICE_JUNCTIONS = ("splice junctions", Family.SPLICING, Facts(is_signal=False))
    EXON_INCLUSION = ("exon inclusion", Family.SPLICING, Facts(is_signal=False))
    CONTACT_MAPS = ("contact maps", Family.CONTACTS, Facts(is_signal=False, is_contact=True))
    LANGUAGE = ("language model", Family.LANGUAGE, Facts(is_signal=False, is_base=True))
    DEPENDENCY = ("nucleotide dependencies", Family.LANGUAGE, Facts(is_signal=False))

    def __init__(self, label: str, family: Family, facts: Facts) -> None:
        self.label = label
        self.family = family
        self.facts = facts

    @property
    def is_language(self) -> bool:
        """Its tracks are of bases, and of no tissue."""
        return self.family is Family.LANGUAGE

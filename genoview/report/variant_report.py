"""What was found of a locus or variant beside its tracks, as files and documents tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.genome import Gene
from genoview.scoring.background_ranks import RankReport
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.motif_alleles import Fetch
from genoview.scoring.service_scores import ServiceReport
from genoview.scoring.splicing.gain_loss_report import GainRow
from genoview.scoring.splicing.report import SpliceReport


@dataclass(frozen=True, slots=True)
class Findings:
    """Empty or None is what was not asked for, or not made yet.

    Attributes:
        genes: of the window; without them no gene is scored.
        deltas, ranks: of the variant.
        fetch: bases of the genome, in which words of short motifs are looked up.
        services: what services scored of the variant themselves.
        levels: of the genes, REF and ALT.
        gains: of models that tell strengths of splice sites.
    """

    genes: Sequence[Gene] = ()
    deltas: SpliceReport | None = None
    ranks: RankReport | None = None
    fetch: Fetch | None = None
    services: Sequence[ServiceReport] = ()
    levels: Sequence[ModelLevels] = ()
    gains: Sequence[GainRow] = ()


NOTHING = Findings()

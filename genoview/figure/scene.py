"""A request with everything that is shown of it: what figures, cards and files are made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoview.data.answer import Answer, Shown, in_order
from genoview.data.request import Request
from genoview.io.assembly import Assembly
from genoview.io.export.provenance import Provenance, provenance_of
from genoview.io.formats import LocalFile
from genoview.report.tissue_answer import tissue_answer
from genoview.report.variant_report import VariantReport
from genoview.scoring.gene_levels import ModelLevels
from genoview.scoring.marks import Level
from genoview.scoring.mutagenesis import Substitutions

_CHANGED: dict[Level | None, int] = {Level.LARGE: 0, Level.SOME: 1}  # their rows come first


@dataclass(frozen=True, slots=True)
class Scene:
    """One request with everything that is shown of it.

    Attributes:
        answers: of models with tracks.
        report: of what they say; None draws no consequences.
        files: of the reader, drawn below what is predicted.
        scans: what mutagenesis knows so far.
        levels: of the genes of the window, by each model that predicts one number of a gene.
    """

    request: Request
    assembly: Assembly
    answers: Sequence[Answer] = ()
    report: VariantReport | None = None
    files: Sequence[LocalFile] = ()
    scans: Sequence[Substitutions] = ()
    levels: Sequence[ModelLevels] = ()

    @property
    def drawn(self) -> list[Answer]:
        """What has rows: the answers, and the exon that changes most by tissue.

        By family, those that a variant changes most before the others.
        """
        inclusion = self.report.inclusion if self.report else ()
        by_tissue = [tissue_answer(tissues) for model in inclusion for tissues in model.tissues]
        levels = {mark.family: mark.level for mark in self.report.marks} if self.report else {}
        return sorted(
            in_order([*self.answers, *filter(None, by_tissue)]),
            key=lambda answer: _CHANGED.get(levels.get(answer.card.family.value), len(_CHANGED)),
        )

    @property
    def shown(self) -> list[Shown]:
        """The models as they are drawn, by family."""
        return [answer.shown for answer in self.drawn]

    def provenance(self, link: str = "") -> Provenance:
        """What made a figure or a file of it; `link` reopens the view."""
        return provenance_of(self.request, [*self.answers, *self.levels], link)

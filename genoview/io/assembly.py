"""A genome with its genes."""

from dataclasses import dataclass

from genoview.io.annotation import Annotation
from genoview.io.dbsnp import DbSnp
from genoview.io.reference import ReferenceGenome


@dataclass(frozen=True, slots=True)
class Assembly:
    """A genome with its genes.

    Attributes:
        family: what links out and build suffixes go by, such as GRCh37.
        snps: dbSNP's table of this build; None where there is none.
    """

    name: str
    reference: ReferenceGenome
    annotation: Annotation
    family: str = ""
    snps: DbSnp | None = None

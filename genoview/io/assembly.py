"""A genome with its genes."""

from dataclasses import dataclass

from genoview.io.annotation import Annotation
from genoview.io.reference import ReferenceGenome


@dataclass(frozen=True, slots=True)
class Assembly:
    """A genome with its genes.

    Attributes:
        family: what links out and build suffixes go by, such as GRCh37.
    """

    name: str
    reference: ReferenceGenome
    annotation: Annotation
    family: str = ""

"""Colours of classified entries: hues as UCSC's and igv.js's users know them.

Classes that a colour-blind eye could mix up differ in height too, which their file's reader says.
"""

from collections.abc import Mapping
from types import MappingProxyType

from genoview.data.features import Feature
from genoview.figure.panels.frame.theme import Theme, faded

COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(  # on light, on dark
    {
        "pathogenic": ("#b4232a", "#ff8a80"),
        "likely pathogenic": ("#cc5a2b", "#f5a97f"),
        "uncertain": ("#3f57a6", "#93a8ee"),
        "conflicting": ("#80509e", "#c9a2e6"),
        "likely benign": ("#3d8566", "#8fd3b3"),
        "benign": ("#00604a", "#3ecf9f"),
        "pLoF": ("#b4232a", "#ff8a80"),
        "missense": ("#9a6200", "#e6b450"),
        "synonymous": ("#00604a", "#3ecf9f"),
        "promoter": ("#b4232a", "#ff8a80"),
        "proximal enhancer": ("#b85c00", "#f5a64f"),
        "distal enhancer": ("#866c00", "#e3c94a"),
        "H3K4me3": ("#a8508a", "#dc93c0"),
        "CTCF": ("#0067a5", "#6cb8f0"),
        "annotated": ("#0067a5", "#6cb8f0"),
        "novel": ("#c65102", "#f28e4b"),
    }
)


def colour_of(feature: Feature, theme: Theme) -> str:
    """By its class; by its strand where it has none."""
    pair = COLOURS.get(feature.category)
    colour = theme.strands[feature.interval.strand]
    if pair:
        colour = pair[theme.name == "dark"]
    return colour if feature.passed else faded(colour, 0.4)

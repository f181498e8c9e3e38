"""A thing that was clicked in the figure -> its card: plain values, ready for JSON."""

from collections.abc import Sequence

from genoview.errors import QueryError
from genoview.figure.details.card import Card
from genoview.figure.details.contacts import contact_card
from genoview.figure.details.features import feature_card
from genoview.figure.details.genes import gene_card
from genoview.figure.details.junctions import junction_card
from genoview.figure.details.levels import level_card
from genoview.figure.details.motif_sites import motif_card
from genoview.figure.details.splice_sites import splice_card
from genoview.figure.details.substitutions import substitution_card
from genoview.figure.scene import Scene

__all__ = ["Card", "card_of"]


def card_of(scene: Scene, kind: str, key: str, tokens: Sequence[str] = ()) -> Card:
    """What is known of a thing by its kind and key, as `panels` named it.

    Args:
        tokens: the reader's choice of tissues, by which junctions and contact maps have rows.

    Raises:
        QueryError: there is no such kind or thing; and what each kind's own card raises.
    """
    match kind:
        case "gene":
            return gene_card(scene.assembly, key)
        case "splice":
            return splice_card(scene, key)
        case "motif":
            return motif_card(scene, key)
        case "feature":
            return feature_card(scene, key)
        case "level":
            return level_card(scene, key)
        case "substitution":
            return substitution_card(scene, key)
        case "junction":
            return junction_card(scene, key, tokens)
        case "contact":
            return contact_card(scene, key, tokens)
    raise QueryError(
        f"There is no card of kind {kind[:20]!r}; genes, sites and entries have cards."
    )

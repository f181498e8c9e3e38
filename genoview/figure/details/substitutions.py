"""A cell of mutagenesis that was clicked -> the substitution, what it does, and its own page."""

from urllib.parse import urlencode

import numpy as np

from genoview.errors import QueryError
from genoview.figure.details.card import Card, card_with, fields_of, signed
from genoview.figure.scene import Scene
from genoview.figure.tracks.mutagenesis import PREFIX
from genoview.scoring.mutagenesis import BASES, factors_at


def substitution_card(scene: Scene, key: str) -> Card:
    """What a cell stands for, with a link that opens the substitution as a variant.

    Args:
        key: row, base put in, and 1-based position.

    Raises:
        QueryError: no such cell is shown.
    """
    row_id, alt, text = fields_of(key, 3)
    scan = next((scan for scan in scene.scans if f"{PREFIX}{scan.score.score_id}" == row_id), None)
    row = int(text) - 1 - scan.interval.start if scan and text.isdecimal() else -1
    if scan is None or alt not in BASES or not 0 <= row < scan.interval.width:
        raise QueryError(f"{key[:40]!r} is no longer in the tracks; reload the page.")
    value = scan.values[row, BASES.index(alt)]
    if not np.isfinite(value):
        raise QueryError("That substitution is not computed yet, or is the genome's own base.")
    variant = scan.variant(row, BASES.index(alt))
    lines = [
        ("Effect", f"{signed(value)} ({scan.score.unit})"),
        ("Mean of the base", signed(scan.means[row])),
        ("Score", f"{scan.score.title}. {scan.score.formula}"),
        ("Motifs over it", ", ".join(factors_at(scene.answers, variant.start))),
    ]
    query = urlencode({"q": str(variant), "g": scene.request.assembly})
    title = f"{variant.chrom}:{variant.pos:,} {variant.ref}>{variant.alt}"
    return card_with(title, lines, [("Open as a variant", f"variant?{query}")])

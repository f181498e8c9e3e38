"""An entry of a local file that was clicked -> what the file says of it."""

from collections.abc import Sequence

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, exact, fields_of
from genoview.figure.tracks.user_files import local_ids
from genoview.io.formats import LocalFile

LONGEST_ALLELE = 200  # letters written out
MOST_BESIDE = 10_000  # entries looked through; the widest first, as it was drawn


def feature_card(files: Sequence[LocalFile], chrom: str, key: str) -> Card:
    """Name, place, score and, of a variant, alleles, as they stand in the file.

    Args:
        key: row, and `Feature.key`.

    Raises:
        QueryError: the file has no such entry any more. LocalFileError: it cannot be read.
    """
    row_id, wanted = fields_of(key, 2)
    file = dict(zip(local_ids(files), files, strict=True)).get(row_id)
    found = _found(file, chrom, wanted) if file else None
    if file is None or found is None:
        raise QueryError("This entry is not among the files shown any more; reload the page.")
    lines = [
        ("ID" if found.alleles else "Name", found.name),
        ("Position", found.interval.to_ucsc()),
        ("Length", f"{found.interval.width:,} bp"),
        ("Strand", STRANDS.get(found.interval.strand, "")),
        *_alleles(found),
        ("QUAL" if found.alleles else "Score", "" if found.score is None else exact(found.score)),
        ("Blocks", f"{len(found.blocks):,}" if len(found.blocks) > 1 else ""),
        ("Also", found.details),
        ("File", file.title),
    ]
    return card_with(found.label or found.interval.to_ucsc(), lines)


def _found(file: LocalFile, chrom: str, key: str) -> Feature | None:
    start, _, rest = key.partition("-")
    end = rest.partition("-")[0]
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) < 10**10):
        return None
    place = Interval(chrom, int(start), int(end))
    return next((one for one in file.features(place, MOST_BESIDE) if one.key == key), None)


def _alleles(found: Feature) -> list[tuple[str, str]]:
    if not found.alleles:
        return []
    ref, *alts = (_written(one) for one in found.alleles)
    return [("REF", ref), ("ALT", ", ".join(alts))]


def _written(allele: str) -> str:
    if len(allele) <= LONGEST_ALLELE:
        return allele
    return f"{allele[:LONGEST_ALLELE]}… ({len(allele):,} letters)"

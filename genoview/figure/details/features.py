"""An entry of a local file that was clicked -> what the file says of it."""

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.errors import QueryError
from genoview.figure.details.card import STRANDS, Card, card_with, exact, fields_of
from genoview.figure.scene import Scene
from genoview.figure.tracks.user_files import local_ids
from genoview.io.formats import LocalFile

LONGEST_ALLELE = 200  # letters written out
MOST_BESIDE = 10_000  # entries looked through; the widest first, as it was drawn


def feature_card(scene: Scene, key: str) -> Card:
    """Name, place, score and, of a variant, alleles, as they stand in the file.

    Args:
        key: row, and `Feature.key`.

    Raises:
        QueryError: the file has no such entry any more. LocalFileError: it cannot be read.
    """
    row_id, wanted = fields_of(key, 2)
    file = dict(zip(local_ids(scene.files), scene.files, strict=True)).get(row_id)
    feature = _feature(file, scene.request.locus.interval.chrom, wanted) if file else None
    if file is None or feature is None:
        raise QueryError("This entry is no longer in the files shown; reload the page.")
    lines = [
        ("ID" if feature.alleles else "Name", feature.name),
        ("Position", feature.interval.to_ucsc()),
        ("Length", f"{feature.interval.width:,} bp"),
        ("Strand", STRANDS.get(feature.interval.strand, "")),
        *_alleles(feature),
        (
            "QUAL" if feature.alleles else "Score",
            "" if feature.score is None else exact(feature.score),
        ),
        ("Blocks", f"{len(feature.blocks):,}" if len(feature.blocks) > 1 else ""),
        *(feature.facts or (("Also", feature.details),)),
        ("Track" if file.facts else "File", file.title),
        *file.facts,
    ]
    return card_with(feature.label or feature.interval.to_ucsc(), lines, feature.links)


def _feature(file: LocalFile, chrom: str, key: str) -> Feature | None:
    start, _, rest = key.partition("-")
    end = rest.partition("-")[0]
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) < 10**10):
        return None
    place = Interval(chrom, int(start), int(end))
    return next(
        (feature for feature in file.features(place, MOST_BESIDE) if feature.key == key), None
    )


def _alleles(feature: Feature) -> list[tuple[str, str]]:
    if not feature.alleles:
        return []
    ref, *alts = (_written(allele) for allele in feature.alleles)
    return [("REF", ref), ("ALT", ", ".join(alts))]


def _written(allele: str) -> str:
    if len(allele) <= LONGEST_ALLELE:
        return allele
    return f"{allele[:LONGEST_ALLELE]}… ({len(allele):,} letters)"

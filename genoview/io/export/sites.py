"""Sites, such as motif hits -> BED and CSV, of one allele or of both."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence

from genoview.data.site_data import Sites
from genoview.data.track_data import TrackMetadata
from genoview.io.export.cells import safe_row
from genoview.io.export.provenance import Provenance
from genoview.io.export.track_columns import COORDINATES

LEAST_P = 1e-10  # p-value that gets BED's highest score, 1000
_BED_SCORE = "BED score: -100 * log10(p-value), at most 1000."
_HEADER = (
    *("chrom", "start", "end", "strand", "factor", "matrix", "score_log2_odds", "p_value"),
    "allele",
)
Row = tuple[int, int, str, TrackMetadata, str, str]


def sites_bed(
    alleles: Mapping[str, Sites],
    tracks: Sequence[TrackMetadata],
    chrom: str,
    provenance: Provenance,
) -> bytes:
    """BED6 with one `track` section for each allele.

    Args:
        alleles: sites by REF or ALT, or by "" where there is one sequence only.
        tracks: of the model that listed the sites.
    """
    text = [provenance.comments(COORDINATES, _BED_SCORE)]
    for allele, sites in alleles.items():
        text.append(f'track name="{f"sites {allele}".strip()}" description="sites of motifs"\n')
        for start, end, strand, track, _, p_value in _rows(sites, tracks):
            name = "_".join(track.name.split())
            score = round(-100 * math.log10(max(float(p_value), LEAST_P)))
            text.append(f"{chrom}\t{start}\t{end}\t{name}\t{score}\t{strand}\n")
    return "".join(text).encode()


def sites_csv(
    alleles: Mapping[str, Sites],
    tracks: Sequence[TrackMetadata],
    chrom: str,
    provenance: Provenance,
) -> bytes:
    """One row a site, with its exact score and p-value; arguments as for `sites_bed`."""
    buffer = io.StringIO(newline="")
    buffer.write(provenance.comments(COORDINATES))
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    for allele, sites in alleles.items():
        for start, end, strand, track, score, p_value in _rows(sites, tracks):
            place = (chrom, start, end, strand)
            writer.writerow(safe_row((*place, track.name, track.group, score, p_value, allele)))
    return buffer.getvalue().encode()


def _rows(sites: Sites, tracks: Sequence[TrackMetadata]) -> Iterator[Row]:
    """Start, end, strand, track, and score and p-value as text; on the chromosome only."""
    for i in range(len(sites)):
        if sites.start[i] < 0:
            continue
        strand = "+" if sites.strand[i] > 0 else "-"
        numbers = str(sites.score[i]), str(sites.p_value[i])
        yield int(sites.start[i]), int(sites.end[i]), strand, tracks[int(sites.track[i])], *numbers

"""A variant -> addresses of public sites about it, in the build that each site reads.

Nothing is fetched: an address is text until a person opens it. The forms are those that public
code writes (gnomAD, DECIPHER, SpliceAI-lookup, AlphaGenome Atlas, seqr, Scout) or that the sites
document (NCBI's search fields, UCSC's hgTracks, Ensembl's Location/View); none was opened here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from genoview.data.genome import Interval, Variant
from genoview.query.resolve_names import ChosenNames
from genoview.report.contents import VariantReport
from genoview.scoring.splicing.delta_question import DISTANCE

PRIVACY = "Opening a link tells that site the variant."
UCSC = {
    "GRCh37": "hg19",
    "GRCh38": "hg38",
    "T2T-CHM13v2.0": "hs1",
    "GRCm38": "mm10",
    "GRCm39": "mm39",
}
ENSEMBL = {
    "GRCh37": "https://grch37.ensembl.org/Homo_sapiens",
    "GRCh38": "https://www.ensembl.org/Homo_sapiens",
    "GRCm39": "https://www.ensembl.org/Mus_musculus",
}
GNOMAD = {"GRCh37": "gnomad_r2_1", "GRCh38": "gnomad_r4"}
NCBI_POSITION = {"GRCh37": "chrpos37", "GRCh38": "chrpos38"}  # ClinVar's field
DBSNP_POSITION = {"GRCh37": "CHRPOS37", "GRCh38": "CHRPOS"}
MARGIN = 50  # bp beside the variant in a browser
MOST_BASES = 50  # of an allele in gnomAD's short variants
LONGEST_NAME = 200  # characters of a name in an address
_MAIN = re.compile(r"chr(?:[1-9]|1[0-9]|2[0-2]|X|Y)")
_RS = re.compile(r"\brs[0-9]+\b")


@dataclass(frozen=True, slots=True)
class LinkOut:
    """A page of another site.

    Attributes:
        opens: what of the site, in words.
    """

    site: str
    opens: str
    url: str


def links_of(report: VariantReport) -> tuple[LinkOut, ...]:
    """Of the variant of a report; none of a locus, and none on a genome of no known assembly."""
    variant, deltas = report.request.variant, report.deltas
    if variant is None:
        return ()
    distance = DISTANCE if deltas is None else deltas.distance
    rs = rs_of(report.request.notes)
    return links_out(variant, report.family, report.names, rs, distance)


def links_out(
    variant: Variant,
    family: str,
    names: ChosenNames | None = None,
    rs: str = "",
    distance: int = DISTANCE,
) -> tuple[LinkOut, ...]:
    """All sites that know the build; of a haplotype, those of each of its changes.

    Args:
        rs: dbSNP's number, where it is known.
        distance: bp, of delta scores.
    """
    links: list[LinkOut] = []
    if rs and family in GNOMAD:
        links.append(LinkOut("dbSNP", rs, f"https://www.ncbi.nlm.nih.gov/snp/{rs}"))
    for change in variant.changes:
        genomic = names.names.genomic if names and not variant.parts else ""
        links += _in_databases(change, family, genomic, not rs)
        links += _in_models(change, family, distance)
    return (*links, *_in_browsers(variant.interval, family))


def rs_of(notes: Sequence[str]) -> str:
    """dbSNP's number by which the variant was typed; "" where it was not."""
    match = next(filter(None, map(_RS.search, notes)), None)
    return "" if match is None else match[0]


def _in_databases(
    change: Variant, family: str, genomic: str, wants_dbsnp: bool
) -> Iterator[LinkOut]:
    if family not in GNOMAD or not _MAIN.fullmatch(change.chrom):
        return
    chrom = change.chrom.removeprefix("chr")
    place = f"{change.pos}:{change.end}" if len(change.ref) > 1 else str(change.pos)
    if wants_dbsnp:
        term = f"{chrom}[CHR] AND {place}[{DBSNP_POSITION[family]}]"
        yield LinkOut("dbSNP", "by position", _search("snp", term))
    base = "https://gnomad.broadinstitute.org"
    if _is_short(change):
        opens, part = _dashed(change), f"variant/{_dashed(change)}"
    else:
        opens, part = "the region", f"region/{chrom}-{change.pos}-{change.end}"
    yield LinkOut("gnomAD", opens, f"{base}/{part}?dataset={GNOMAD[family]}")
    if genomic and len(genomic) <= LONGEST_NAME:
        yield LinkOut("ClinVar", genomic, _search("clinvar", f'"{genomic}"'))
    term = f"{chrom}[chr] AND {place}[{NCBI_POSITION[family]}]"
    yield LinkOut("ClinVar", "by position", _search("clinvar", term))


def _in_models(change: Variant, family: str, distance: int) -> Iterator[LinkOut]:
    """SpliceAI-lookup, DECIPHER and AlphaGenome Atlas, which are by allele."""
    if family not in GNOMAD or not _MAIN.fullmatch(change.chrom):
        return
    dashed = _dashed(change)
    if len(dashed) <= LONGEST_NAME:
        url = f"https://spliceailookup.broadinstitute.org/#variant=chr{dashed}"
        hg = family.removeprefix("GRCh")
        yield LinkOut("SpliceAI-lookup", dashed, f"{url}&hg={hg}&distance={distance}&mask=1")
    if family != "GRCh38":
        return
    if len(dashed) <= LONGEST_NAME:
        url = f"https://www.deciphergenomics.org/sequence-variant/{dashed}"
        yield LinkOut("DECIPHER", dashed, url)
    if len(change.ref) == len(change.alt) == 1:
        text = quote(f"{change.chrom}:{change.pos}:{change.ref}>{change.alt}", safe=":")
        url = f"https://deepmind.google.com/science/alphagenome/atlas?q={text}&m=variant"
        yield LinkOut("AlphaGenome Atlas", str(change), url)


def _in_browsers(place: Interval, family: str) -> Iterator[LinkOut]:
    around = f"{max(place.start + 1 - MARGIN, 1)}-{place.end + MARGIN}"
    if family in UCSC:
        database, marked = UCSC[family], f"{place.chrom}:{place.start + 1}-{place.end}"
        url = f"https://genome.ucsc.edu/cgi-bin/hgTracks?db={database}"
        where = f"position={quote_plus(f'{place.chrom}:{around}', safe=':')}"
        url = f"{url}&{where}&highlight={database}.{quote(marked, safe=':')}"
        yield LinkOut("UCSC", database, url)
    if family in ENSEMBL:
        region = quote(f"{place.chrom.removeprefix('chr')}:{around}", safe=":")
        yield LinkOut("Ensembl", family, f"{ENSEMBL[family]}/Location/View?r={region}")


def _is_short(change: Variant) -> bool:
    """Whether gnomAD lists it under this very name: several bases replaced stand there singly."""
    replaced = len(change.ref) > 1 and len(change.alt) > 1
    return not replaced and max(len(change.ref), len(change.alt)) <= MOST_BASES


def _dashed(change: Variant) -> str:
    """`20-43042364-C-T`."""
    return f"{change.chrom.removeprefix('chr')}-{change.pos}-{change.ref}-{change.alt}"


def _search(database: str, term: str) -> str:
    return f"https://www.ncbi.nlm.nih.gov/{database}/?term={quote_plus(term)}"

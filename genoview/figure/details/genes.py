"""A gene model that was clicked -> what is known of it, and where to read on.

Plain values only, ready for JSON; no other site is contacted.
"""

import re
from urllib.parse import quote, urlencode

from genoview.data.assembly_names import canonical_assembly
from genoview.data.genome import Gene, Interval, Transcript
from genoview.errors import AnnotationError
from genoview.figure.details.card import STRANDS, Card, card_with
from genoview.io.assembly import Assembly

ENSEMBL_GENE = re.compile(r"ENS[A-Z]*G\d{11}")
ENSEMBL_TRANSCRIPT = re.compile(r"ENS[A-Z]*T\d{11}")
REFSEQ_TRANSCRIPT = re.compile(r"[NX][MR]_\d+(?:\.\d+)?")
GENCODE_PAR = re.compile(r"(?:\.\d+)?(?:_PAR_Y|_\d+)?$")  # version, and what GENCODE adds to it
ENSEMBL_SITES = {"GRCh37": "grch37.ensembl.org", "GRCh38": "www.ensembl.org"}
UCSC_NAMES = {"GRCh37": "hg19", "GRCh38": "hg38"}
GNOMAD_DATASETS = {"GRCh37": "gnomad_r2_1", "GRCh38": "gnomad_r4"}
HUMAN = frozenset(ENSEMBL_SITES)


def gene_card(assembly: Assembly, key: str) -> Card:
    """`title`, `lines` of label and value, `links` of label and url.

    Args:
        key: of the clicked model: a gene id, "|" and a transcript id or nothing.

    Raises:
        AnnotationError: the genome has no such gene or transcript.
    """
    gene_id, _, transcript_id = key.partition("|")
    gene = _gene(assembly, gene_id)
    transcript = _transcript(gene, transcript_id)
    lines = [
        ("Gene", gene.gene_id),
        *_transcript_lines(gene, transcript),
        ("Biotype", (transcript.biotype if transcript else "") or gene.biotype),
        ("Strand", STRANDS.get(gene.interval.strand, "")),
        ("Place", (transcript or gene).interval.to_ucsc()),
        ("Length", f"{(transcript or gene).interval.width:,} bp"),
    ]
    links = gene_links(canonical_assembly(assembly.family), gene, transcript)
    return card_with(gene.symbol or gene.gene_id, lines, links)


def _gene(assembly: Assembly, gene_id: str) -> Gene:
    """The gene of this very id: another one may have it as its symbol."""
    gene = assembly.annotation.find(gene_id)
    if gene.gene_id != gene_id:
        raise AnnotationError(
            f"{assembly.name} has no gene with the id {gene_id!r}; the nearest is {gene.gene_id} "
            f"({gene.symbol}). Search for the gene by its symbol instead."
        )
    return gene


def _transcript(gene: Gene, transcript_id: str) -> Transcript | None:
    if not transcript_id:
        return None
    for transcript in gene.transcripts:
        if transcript.transcript_id == transcript_id:
            return transcript
    raise AnnotationError(
        f"{gene.symbol} has no transcript {transcript_id!r} in this genome; reload the page, which "
        "draws the genes that it has now."
    )


def _transcript_lines(gene: Gene, transcript: Transcript | None) -> list[tuple[str, str]]:
    if transcript is None:
        n = len(gene.transcripts)
        return [("Transcripts", f"{n:,}" if n else "none in the gene file")]
    source = f", {transcript.source}" if transcript.source else ""
    return [
        ("Transcript", f"{transcript.transcript_id}{source}"),
        ("Exons", f"{len(transcript.exons):,}"),
        ("Spliced length", f"{sum(e.interval.width for e in transcript.exons):,} bp"),
        ("Coding length", _coding(transcript)),
    ]


def _coding(transcript: Transcript) -> str:
    """bp and codons: a source's coding part may or may not end in the stop codon."""
    length = sum(exon.coding.width for exon in transcript.exons if exon.coding)
    if not length:
        return ""
    codons = f" · {length // 3:,} codons, the stop counted" if length % 3 == 0 else ""
    return f"{length:,} bp{codons}"


def gene_links(family: str, gene: Gene, transcript: Transcript | None) -> list[tuple[str, str]]:
    """Where to read on: by place only where `family` says which coordinates these are."""
    gene_id = GENCODE_PAR.sub("", gene.gene_id)
    links: list[tuple[str, str]] = []
    if family in HUMAN:
        links += _human_links(family, gene, gene_id, transcript)
    elif ENSEMBL_GENE.fullmatch(gene_id):
        links.append(("Ensembl", f"https://www.ensembl.org/id/{gene_id}"))
    if transcript and REFSEQ_TRANSCRIPT.fullmatch(transcript.transcript_id):
        links.append(("RefSeq", f"https://www.ncbi.nlm.nih.gov/nuccore/{transcript.transcript_id}"))
    if gene.symbol and gene.symbol != gene.gene_id:
        term = gene.symbol + ("[sym] AND human[orgn]" if family in HUMAN else "[sym]")
        links.append(("NCBI Gene", _url("https://www.ncbi.nlm.nih.gov/gene/", term=term)))
    return links


def _human_links(
    family: str, gene: Gene, gene_id: str, transcript: Transcript | None
) -> list[tuple[str, str]]:
    place = (transcript or gene).interval
    stable = bool(ENSEMBL_GENE.fullmatch(gene_id))
    links = [
        ("Ensembl", _ensembl(family, place, gene_id if stable else "", transcript)),
        ("UCSC", _ucsc(family, place)),
    ]
    if gnomad := _gnomad(family, place, gene_id if stable else ""):
        links.append(("gnomAD", gnomad))
    if gene.symbol and gene.symbol != gene.gene_id:
        links.append(
            ("OMIM", _url("https://www.omim.org/search", index="entry", search=gene.symbol))
        )
    return links


def _ensembl(family: str, place: Interval, gene_id: str, transcript: Transcript | None) -> str:
    species = f"https://{ENSEMBL_SITES[family]}/Homo_sapiens"
    transcript_id = GENCODE_PAR.sub("", transcript.transcript_id) if transcript else ""
    if ENSEMBL_TRANSCRIPT.fullmatch(transcript_id):
        return _url(f"{species}/Transcript/Summary", t=transcript_id)
    if gene_id:
        return _url(f"{species}/Gene/Summary", g=gene_id)
    return _url(f"{species}/Location/View", r=_span(place, "MT"))


def _ucsc(family: str, place: Interval) -> str:
    # hg19's chrM is an older sequence; the one of GRCh37 is there as chrMT.
    chrom = "chrMT" if (family, place.chrom) == ("GRCh37", "chrM") else place.chrom
    position = f"{chrom}:{place.start + 1}-{place.end}"
    site = "https://genome.ucsc.edu/cgi-bin/hgTracks"
    return _url(site, db=UCSC_NAMES[family], position=position)


def _gnomad(family: str, place: Interval, gene_id: str) -> str:
    """Nothing for the mitochondrion of GRCh37, which gnomAD v2 leaves out."""
    if (family, place.chrom) == ("GRCh37", "chrM"):
        return ""
    page = f"gene/{gene_id}" if gene_id else f"region/{_span(place, 'M').replace(':', '-')}"
    site = f"https://gnomad.broadinstitute.org/{quote(page)}"
    return _url(site, dataset=GNOMAD_DATASETS[family])


def _span(place: Interval, mitochondrion: str) -> str:
    """`20:42984340-43061485`: 1-based, and no `chr`, as Ensembl and gnomAD write it."""
    name = place.chrom.removeprefix("chr")
    return f"{mitochondrion if name == 'M' else name}:{place.start + 1}-{place.end}"


def _url(site: str, **fields: str) -> str:
    return f"{site}?{urlencode(fields, safe=':', quote_via=quote)}"

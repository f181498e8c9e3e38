"""Exon tables of GENCODE and RefSeq -> GTF lines of one region, for build_demo.py."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from genoview.data.genome import Interval

Row = Mapping[str, str]
GENCODE, REFSEQ = "GENCODE lift37", "RefSeq"
_LIFT = re.compile(r"_\d+$")  # `_4` of ENSG00000101076.16_4: how often the record was lifted
_STOP_LENGTH = 3  # bp; GTF counts the stop codon apart from CDS


@dataclass
class Model:
    """One transcript, 0-based; `coding` holds the coding parts of its exons, stop included."""

    transcript_id: str
    source: str
    biotype: str
    exons: list[Interval] = field(default_factory=list)
    coding: list[Interval] = field(default_factory=list)
    stop_known: bool = False


@dataclass
class Bundle:
    """A gene with the transcripts of both sources."""

    gene_id: str
    symbol: str
    models: list[Model] = field(default_factory=list)

    @property
    def span(self) -> Interval:
        exons = [exon for model in self.models for exon in model.exons]
        first = exons[0]
        return Interval(
            first.chrom, min(e.start for e in exons), max(e.end for e in exons), first.strand
        )


def gene_lines(gencode: Iterable[Row], refseq: Iterable[Row], region: Interval) -> Iterator[str]:
    """GTF of every gene that overlaps `region`, with its true ends; sorted by place."""
    bundles = merge(gencode_genes(gencode, region.chrom), refseq_models(refseq, region.chrom))
    yield f"#!region {region.to_ucsc()} of GRCh37, and all of the genes that reach into it"
    for bundle in sorted(bundles, key=lambda bundle: (bundle.span, bundle.gene_id)):
        if bundle.span.overlaps(region):
            yield from bundle_lines(bundle)


def gencode_genes(rows: Iterable[Row], chrom: str) -> dict[str, Bundle]:
    """Genes by Ensembl id.

    mmsplice's table has 1-based starts, and lengthens exons by `*_overhang` bp of intron.
    """
    genes: dict[str, Bundle] = {}
    models: dict[str, Model] = {}
    for row in rows:
        if row["Chromosome"] != chrom:
            continue
        gene_id, transcript_id = (_LIFT.sub("", row[key]) for key in ("gene_id", "transcript_id"))
        bundle = genes.setdefault(gene_id, Bundle(gene_id, row["gene_name"]))
        if transcript_id not in models:
            models[transcript_id] = Model(transcript_id, GENCODE, "")
            bundle.models.append(models[transcript_id])
        start = int(row["Start"]) - 1 + int(row["left_overhang"])
        end = int(row["End"]) - int(row["right_overhang"])
        models[transcript_id].exons.append(Interval(chrom, start, end, row["Strand"]))
    return genes


def refseq_models(rows: Iterable[Row], chrom: str) -> list[tuple[str, Model]]:
    """(symbol, transcript) from a UCSC gene table, which is 0-based."""
    models: list[tuple[str, Model]] = []
    for row in rows:
        if row["chrom"] != chrom:
            continue
        biotype = "mRNA" if row["name"].startswith(("NM_", "XM_")) else "non_coding"
        model = Model(row["name"], REFSEQ, biotype, stop_known=row["cdsEndStat"] == "cmpl")
        if row["strand"] == "-":
            model.stop_known = row["cdsStartStat"] == "cmpl"
        edges = zip(row["exonStarts"].split(","), row["exonEnds"].split(","), strict=True)
        model.exons = [Interval(chrom, int(a), int(b), row["strand"]) for a, b in edges if a]
        if int(row["cdsStart"]) < int(row["cdsEnd"]):
            cds = Interval(chrom, int(row["cdsStart"]), int(row["cdsEnd"]), row["strand"])
            model.coding = [part for exon in model.exons if (part := exon.intersection(cds))]
        models.append((row["name2"], model))
    return models


def merge(genes: dict[str, Bundle], refseq: list[tuple[str, Model]]) -> list[Bundle]:
    """RefSeq transcripts join the overlapping gene of the same symbol and strand, or a new one."""
    bundles = list(genes.values())
    spans = {id(bundle): bundle.span for bundle in bundles}
    for symbol, model in refseq:
        lone = Bundle(symbol, symbol, [model])
        for bundle in bundles:
            span = spans[id(bundle)]
            if (
                bundle.symbol == symbol
                and span.strand == lone.span.strand
                and span.overlaps(lone.span)
            ):
                bundle.models.append(model)
                break
        else:
            bundles.append(lone)
            spans[id(lone)] = lone.span
    return bundles


def bundle_lines(bundle: Bundle) -> Iterator[str]:
    """Gene, then each transcript with its exons, coding parts and stop codon."""
    names = {"gene_id": bundle.gene_id, "gene_name": bundle.symbol}
    kinds = {model.biotype for model in bundle.models} - {""}
    if "mRNA" in kinds:
        names["gene_type"] = "protein_coding"
    elif kinds:
        names["gene_type"] = "non_coding"
    sources = sorted({model.source for model in bundle.models})
    yield line(" and ".join(sources), "gene", bundle.span, names)
    for model in bundle.models:
        yield from model_lines(model, names)


def model_lines(model: Model, gene: Mapping[str, str]) -> Iterator[str]:
    """One transcript; `gene` holds the attributes that its gene has."""
    names = {**gene, "transcript_id": model.transcript_id}
    if model.biotype:
        names["transcript_type"] = model.biotype
    exons = sorted(model.exons)
    span = Interval(exons[0].chrom, exons[0].start, exons[-1].end, exons[0].strand)
    yield line(model.source, "transcript", span, names)
    coding, stop = split_stop(sorted(model.coding), model.stop_known)
    for feature, parts in (("exon", exons), ("CDS", coding), ("stop_codon", stop)):
        for part in parts:
            yield line(model.source, feature, part, names)


def split_stop(coding: list[Interval], known: bool) -> tuple[list[Interval], list[Interval]]:
    """CDS without the stop codon, and the stop codon, which an intron may cut."""
    if not coding or not known:
        return coding, []
    backward = coding[0].strand == "-"
    left, cds, stop = _STOP_LENGTH, [], []
    for part in coding if backward else reversed(coding):
        taken = min(left, part.width)
        left -= taken
        edge = part.start + taken if backward else part.end - taken
        before, behind = (part.start, edge), (edge, part.end)
        if taken:
            stop.append(Interval(part.chrom, *(before if backward else behind), part.strand))
        if taken < part.width:
            cds.append(Interval(part.chrom, *(behind if backward else before), part.strand))
    return sorted(cds), sorted(stop)


def line(source: str, feature: str, place: Interval, attributes: Mapping[str, str]) -> str:
    """One GTF line: 1-based, both ends included."""
    words = " ".join(f'{key} "{value}";' for key, value in attributes.items())
    columns = (
        place.chrom,
        source,
        feature,
        place.start + 1,
        place.end,
        ".",
        place.strand,
        ".",
        words,
    )
    return "\t".join(map(str, columns))

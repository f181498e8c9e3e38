"""Rows of cCREs, gene models, junctions and expression -> Features."""

from dataclasses import replace

from genoview.data.features import Feature
from genoview.io.big.bigbed import Entry, plain_feature
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.text_lines import Namer, number_or_none
from genoview.io.measured.cells import plain_text

CCRES = {  # ucscLabel -> category
    "prom": "promoter",
    "enhP": "proximal enhancer",
    "enhD": "distal enhancer",
    "K4m3": "H3K4me3",
    "CTCF": "CTCF",
}
_MOST_TISSUES = 5


def ccre_feature(entry: Entry) -> Feature:
    """Coloured by its class. Columns: encodeCcreCombined of UCSC."""
    feature = plain_feature(entry)
    label = entry["ucscLabel"]
    words = plain_text(entry["description"]).removeprefix(feature.name).strip()
    facts = (
        ("Class", entry.first("ccre", "encodeLabel")),
        ("Signature", words),
        ("Z score", entry["zScore"]),
    )
    name = feature.name
    is_accession = name.isascii() and name.isalnum() and name.startswith("EH38E")
    page = f"https://screen.encodeproject.org/search/?q={name}&uuid=0&assembly=GRCh38"
    return replace(
        feature,
        details=", ".join(filter(None, (entry.first("ccre", "encodeLabel"), words))),
        category=CCRES.get(label, ""),
        facts=tuple(fact for fact in facts if fact[1]),
        links=((f"SCREEN {name}", page),) if is_accession else (),
    )


def gene_feature(entry: Entry) -> Feature:
    """A transcript by its gene's symbol. Columns: bigGenePred.as."""
    feature = plain_feature(entry)
    symbol, transcript = entry.first("geneName2", "geneName", "name2"), feature.name
    if entry["geneName"] and not entry["geneName"].startswith("ENSG"):
        symbol = entry["geneName"]
    facts = (
        ("Transcript", transcript),
        ("Type", entry.first("transcriptType", "type")),
        ("Class", entry.first("transcriptClass", "geneType")),
        ("Tags", plain_text(entry["tag"]).replace(",", ", ")),
        ("Protein", plain_text(entry["proteinID"])),
    )
    return replace(
        feature,
        name=plain_text(symbol) or transcript,
        score=None,
        details=", ".join(filter(None, (transcript, facts[1][1]))),
        facts=tuple(fact for fact in facts if fact[1]),
    )


def expression_feature(entry: Entry) -> Feature:
    """A transcript with its level in tissues, highest first. Columns: bigBarChart of UCSC."""
    feature = replace(plain_feature(entry), thick=None, blocks=())
    shares = [number_or_none(text) for text in entry["expScores"].split(",")]
    levels = [share for share in shares if share is not None]
    symbol = entry.first("name2", "geneName") or feature.name
    facts = (
        ("Transcript", feature.name if symbol != feature.name else ""),
        ("Tissues", f"{len(levels):,}" if levels else ""),
        ("Highest median", f"{max(levels):,.4g} TPM" if levels else ""),
        ("Mean of medians", f"{sum(levels) / len(levels):,.4g} TPM" if levels else ""),
    )
    return replace(
        feature,
        name=plain_text(symbol),
        details=", ".join(f"{label} {value}".strip() for label, value in facts[2:] if value),
        facts=tuple(fact for fact in facts if fact[1]),
    )


def parse_junction(line: str, chrom_name: Namer) -> Feature:
    """A line of BED6 whose name is `motif=GT/AG;uniquely_mapped=12;...`, as igv.js has them.

    Raises:
        BadLine: it has no place.
    """
    feature = parse_bed(line, chrom_name)
    pairs = (pair.partition("=") for pair in feature.name.split(";"))
    values = {key: value for key, _, value in pairs if value}
    if not values:
        return feature
    reads = number_or_none(values.get("uniquely_mapped", "")) or feature.score
    facts = tuple(
        (key.replace("_", " ").capitalize(), plain_text(value)) for key, value in values.items()
    )
    return replace(
        feature,
        name=f"{reads:,.0f} reads" if reads is not None else "",
        details=", ".join(f"{key.lower()} {value}" for key, value in facts[:4]),
        facts=facts,
        category="annotated" if values.get("annotated_junction") == "true" else "novel",
    )

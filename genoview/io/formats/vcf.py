"""A line of VCF -> Feature."""

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.data.input.decoding import whole_number
from genoview.io.formats.text_lines import LAST_BASE, BadLine, Namer, number_or_none
from genoview.io.formats.vcf_line import (
    BadPosition,
    VcfLine,
    is_allele,
    is_bases,
    is_breakend,
    is_symbol,
    parse_vcf_line,
)

_LONG = 10  # letters of an allele that are written in full
_DETAILS = ("AF", "AC", "DP", "SVTYPE", "CLNSIG", "ANN")  # of INFO
_DETAIL_LENGTH = 80  # letters of one INFO value
_MATES = {"TRA", "BND", "CTX"}  # joined to a place elsewhere, which END or CHR2 names
_INSERTED = ("<INS", "<TRA", "<BND")  # symbols that take no reference bases


def parse_vcf(line: str, chrom_name: Namer) -> Feature:
    """One line; all ALT alleles are one feature.

    Raises:
        BadLine: it has no place, or alleles that are none.
    """
    record = parse_vcf_line(line)
    telomere = record.pos == 0 and any(map(is_breakend, record.alts))
    if not 1 - telomere <= record.pos <= LAST_BASE:
        raise BadPosition(str(record.pos))
    if not is_bases(record.ref):
        raise BadLine("REF is not a sequence of A, C, G, T and N")
    if not all(map(is_allele, record.alts)):
        raise BadLine("ALT is neither bases nor a symbol")
    info = record.info
    start = max(record.pos - 1, 0)
    return Feature(
        name=record.name,
        interval=Interval(chrom_name(record.chrom), start, _end(record, info)),
        score=number_or_none(record.qual),
        change=f"{_short(record.ref)}>{','.join(map(_short, record.alts))}",
        passed=record.verdict in ("PASS", ".", ""),
        details=_details(record.verdict, info, _mate(record, info, chrom_name)),
        alleles=(record.ref, *record.alts),
    )


def _has_mate(line: VcfLine, info: dict[str, str]) -> bool:
    named = {alt.strip("<>").split(":")[0] for alt in line.alts if is_symbol(alt)}
    return bool(_MATES & {*named, info.get("SVTYPE", "")})


def _end(line: VcfLine, info: dict[str, str]) -> int:
    """0-based end: of REF, of a gVCF's block, or of the longest symbol, by END or SVLEN."""
    ends = [max(line.pos - 1, 0) + len(line.ref)]
    if any(alt == "." or is_symbol(alt) for alt in line.alts) and not _has_mate(line, info):
        ends.append(whole_number(info.get("END", "")) or 0)
        lengths = info.get("SVLEN", "").split(",")
        for alt, length in zip(line.alts, lengths, strict=False):
            if is_symbol(alt) and not alt.startswith(_INSERTED):
                ends.append(line.pos + (whole_number(length.lstrip("+-")) or 0))
    return max(end for end in ends if end <= LAST_BASE)


def _mate(line: VcfLine, info: dict[str, str], chrom_name: Namer) -> str:
    """`joined to chr8:43,090,000` of a symbol; a breakend's ALT says it itself."""
    place = whole_number(info.get("POS2", "") or info.get("END", ""))
    if not _has_mate(line, info) or not any(map(is_symbol, line.alts)):
        return ""
    chrom = chrom_name(info.get("CHR2", "") or line.chrom)
    return f"joined to {chrom}:{place:,}" if place else f"joined to {chrom}"


def _short(allele: str) -> str:
    if len(allele) <= _LONG or not allele.isalpha():
        return allele
    return f"{allele[: _LONG - 4]}… ({len(allele)} bp)"


def _details(verdict: str, info: dict[str, str], mate: str) -> str:
    details = [f"{key} {info[key][:_DETAIL_LENGTH]}" for key in _DETAILS if info.get(key)]
    return ", ".join(
        [f"FILTER {verdict}"] * (verdict not in (".", "")) + [mate] * bool(mate) + details
    )

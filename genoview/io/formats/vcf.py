"""A line of VCF -> Feature. VCF 4.3: https://samtools.github.io/hts-specs/VCFv4.3.pdf."""

from genoview.data.features import Feature
from genoview.data.genome import Interval
from genoview.io.formats.text_lines import LAST_BASE, BadLine, Namer, columns_of, number_or_none

_LONG = 10  # letters of an allele that are written in full
_BASES = set("ACGTN")
_TOLD = ("AF", "AC", "DP", "SVTYPE", "CLNSIG", "ANN")  # of INFO
_DETAIL_LENGTH = 80  # letters of one INFO value


def parse_vcf(line: str, chrom_name: Namer) -> Feature:
    """One line; all ALT alleles are one feature.

    Raises:
        BadLine: it has no place, or alleles that are none.
    """
    columns = columns_of(line)
    if len(columns) < 5:
        raise BadLine("it has fewer than 5 columns")
    chrom, pos, name, ref, alt = columns[:5]
    if not pos.isdecimal() or not 1 <= int(pos) <= LAST_BASE:
        raise BadLine("POS is not a whole number from 1 on")
    if not set(ref.upper()) <= _BASES or not ref:
        raise BadLine("REF is not a sequence of A, C, G, T and N")
    if not alt or any(not _is_allele(one) for one in alt.split(",")):
        raise BadLine("ALT is neither bases nor a symbol")
    info = _info(columns[7]) if len(columns) > 7 else {}
    start = int(pos) - 1
    interval = Interval(chrom_name(chrom), start, _end(start, ref, alt, info))
    verdict = columns[6] if len(columns) > 6 else "."
    return Feature(
        name="" if name == "." else name,
        interval=interval,
        score=number_or_none(columns[5]) if len(columns) > 5 else None,
        change=f"{_short(ref)}>{','.join(_short(one) for one in alt.split(','))}",
        passed=verdict in ("PASS", ".", ""),
        details=_details(verdict, info),
        alleles=(ref, *alt.split(",")),
    )


def _is_allele(text: str) -> bool:
    """Bases, `*`, `.`, `<DEL>`, or a breakend such as `G]17:198982]`."""
    return bool(text) and (
        set(text.upper()) <= _BASES
        or text in ("*", ".")
        or (text[0] == "<" and text[-1] == ">")
        or "[" in text
        or "]" in text
    )


def _info(cell: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in cell.split(";"))
    return {key: value for key, _, value in pairs if key not in ("", ".")}


def _end(start: int, ref: str, alt: str, info: dict[str, str]) -> int:
    """0-based end: of REF, or of END where ALT is a symbol."""
    end = info.get("END", "")
    if alt.startswith("<") and end.isdecimal() and start + len(ref) < int(end) <= LAST_BASE:
        return int(end)
    return start + len(ref)


def _short(allele: str) -> str:
    if len(allele) <= _LONG or not allele.isalpha():
        return allele
    return f"{allele[: _LONG - 4]}… ({len(allele)} bp)"


def _details(verdict: str, info: dict[str, str]) -> str:
    told = [f"{key} {info[key][:_DETAIL_LENGTH]}" for key in _TOLD if info.get(key)]
    return ", ".join([f"FILTER {verdict}"] * (verdict not in (".", "")) + told)

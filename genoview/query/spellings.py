"""Names of variants and places as papers, reports, links and programs write them.

text --reworded--> spellings that the readers of `query` know, the likeliest first
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from genoview.data.assembly_names import ASSEMBLY
from genoview.query.clean import first_line, fits_patterns, spaced

_CHROM = r"(?:chr)?(?:[0-9]{1,2}|[XYM]|MT)"
_BASES = "[ACGT]+"
_TRANSCRIPT = r"(?:N[MR]_[0-9]+|ENST[0-9]+)(?:\.[0-9]+)?"
_OPERATION = r"(?:del|ins|dup|inv)\w*"
_CHANGE = r"c\.[^\s,;:()]+"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII)


_ZYGOSITY = _pattern(
    r"[\s,;]*[\[(]?(?:(?:het|hom|hemi)(?:erozygous|ozygous|zygous)?|[01][/|][01])[\])]?$"
)
_KIND_FIRST = _pattern(r"^(?:variant|mutation|snv|snp|indel|position|region|locus)\s*:?\s+(?=\S)")
_BUILD_FIRST = _pattern(rf"^[\[(]?({ASSEMBLY})(?:/{ASSEMBLY})?[\])]?\s*:?\s*(\S.*)$")
_BUILD_INSIDE = _pattern(rf"^({_CHROM})\s*\(({ASSEMBLY})\)\s*:\s*(?:g\.)?(\S.*)$")
_ARRAY = _pattern(
    rf"^(?:arr|seq|sseq)?\s*[\[(]?({ASSEMBLY})(?:/{ASSEMBLY})?[\])]?\s*([0-9]{{1,2}}|[XY])[pq][0-9.pq]*"
    r"\(\s*(?:chr\w+:)?([0-9,]+)[_-]([0-9,]+)\)\s*[x×]?.*$"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # chr20:43042364_43042366del, 20:43042364-43042400 del, without HGVS's g.
    (
        _pattern(rf"^({_CHROM})\s*:\s*([0-9]+)\s*[-_]\s*([0-9]+)\s*({_OPERATION})$"),
        r"\1:g.\2_\3\4",
    ),
    (_pattern(rf"^({_CHROM})\s*:\s*([0-9]+)\s*({_OPERATION})$"), r"\1:g.\2\3"),
    (_pattern(rf"^({_CHROM}:\s*[0-9,]+)\s*[\[(]\s*({_BASES}>{_BASES})\s*[\])]$"), r"\1:\2"),
    (_pattern(rf"^({_CHROM}\W+[0-9,]+)\W+({_BASES})\s+to\s+({_BASES})$"), r"\1 \2>\3"),
    (_pattern(rf"^({_CHROM})\s*:\s*([0-9]+)-\2\s+({_BASES})/({_BASES})$"), r"\1-\2-\3-\4"),
    (_pattern(rf"^({_CHROM})([/|;,])([0-9]+)\2({_BASES})\2({_BASES})$"), r"\1-\3-\4-\5"),
    (_pattern(r"^m\.\s*([0-9].*)$"), r"chrM:m.\1"),
    (_pattern(r"^MT-[\w-]+[\s:]+m\.\s*([0-9].*)$"), r"chrM:m.\1"),
    # ANNOVAR: HNF4A:NM_175914.5:exon4:c.C350T:p.T117I
    (
        _pattern(
            rf"^[\w.-]+[:\s]+({_TRANSCRIPT})[:\s]+(?:exon[0-9]+[:\s]+)?({_CHANGE})(?:[:\s].*)?$"
        ),
        r"\1:\2",
    ),
    (_pattern(r"^(\S+?)[:\s]+c\.([ACGT])([0-9*+-]+)([ACGT])$"), r"\1:c.\3\2>\4"),
    (_pattern(rf"^([^\s:,;]+)(?:\s*[,;]\s*|\s*\(\s*)({_CHANGE})\s*\)?$"), r"\1:\2"),
    (_pattern(rf"^({_CHANGE})[\s,;(]+([A-Z][\w.-]+)\)?$"), r"\2:\1"),
    (_pattern(rf"^([^\s,;]+?)[:\s,;]+({_CHANGE})\s*[,;:(]\s*\(?p\..*$"), r"\1:\2"),
    (_pattern(rf"^([\w.]+\([\w.]+\)):({_CHANGE}),\s*\S+g\..*$"), r"\1:\2"),
    (_pattern(r"^(\S+?)[:\s]+c\.\[([^\[\];]+)\]$"), r"\1:c.\2"),
    (_pattern(r"^(.*c\.\S*[0-9][ACGT])[-=]>([ACGT].*)$"), r"\1>\2"),
    # Proteins without p.: CFTR F508del, ADA E319Gfs*3, CFTR deltaF508
    (_pattern(r"^([A-Z][\w-]+)[\s:]+([A-Z][0-9]+(?:del|dup|fs|[A-Z]fs)\S*)$"), r"\1:p.\2"),
    (_pattern(r"^([A-Z][\w-]+)[\s:]+delta[\s-]?([A-Z][0-9]+)$"), r"\1:p.\2del"),
)
# Read by another convention, these might mean another change: they are offered, not taken.
_OFFERED: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "Read as coding DNA",
        _pattern(r"^((?!chr)[A-Z][\w.-]+)[\s:]+(?:r\.)?([0-9]+(?:[+-][0-9]+)?[ACGT]>[ACGT])$"),
        r"\1:c.\2",
    ),
    (
        "Read as a range",
        _pattern(r"^([^\s:]+)[\s:]+c\.([0-9]+)-([0-9]+)((?:del|dup|inv)[ACGT]*)$"),
        r"\1:c.\2_\3\4",
    ),
)


_PLAIN = _pattern(r"(?:chr)?\w+[:-][0-9]+[:-]?[ACGT]+[>:-][ACGT]+")
_INSERTED_AT = _pattern(rf"({_CHROM})\s*:\s*(?:g\.)?([0-9]+)\s*ins({_BASES})")
MOST_TOGETHER = 4  # variants in one line that are offered by themselves


def reworded(text: str) -> Iterator[str]:
    """The same in spellings that are read; none where it is written in no known other way."""
    line = _line(text)
    seen = {line}
    for _ in range(4):  # a build, a zygosity and a spelling may come together
        changed = next(
            (spelling for step in _STEPS if (spelling := step(line)) not in ("", *seen)), ""
        )
        if not changed:
            return
        seen.add(changed)
        line = changed
        yield changed


def offered(text: str) -> tuple[tuple[str, str], ...]:
    """What may be meant, in words and as it is typed."""
    line = _line(text)
    parts = re.split(r"[\s,;]+", line)
    if 2 <= len(parts) <= MOST_TOGETHER and all(_PLAIN.fullmatch(part) for part in parts):
        together = (("All on one haplotype", " + ".join(parts)),)
        return (*(("This one alone", part) for part in parts), *together)
    if match := _INSERTED_AT.fullmatch(line):
        at = int(match[2])
        behind = f"{match[1]}:g.{at}_{at + 1}ins{match[3]}"
        return (("Insert behind this base", behind),)
    return tuple(
        (words, pattern.sub(spelling, line))
        for words, pattern, spelling in _OFFERED
        if pattern.fullmatch(line)
    )


def _line(text: str) -> str:
    line = spaced(first_line(text)[0])
    return line if fits_patterns(line) else ""


def _from_link(line: str) -> str:
    """Of gnomAD, dbSNP, Ensembl and UCSC."""
    if not line.lower().startswith(("http://", "https://")):
        return ""
    parts = urlsplit(line)
    fields = {key.lower(): values[0] for key, values in parse_qs(parts.query).items()}
    if place := fields.get("position") or fields.get("r"):
        current = "GRCh38" if parts.netloc.endswith("ensembl.org") else ""
        build = fields.get("db", "GRCh37" if "grch37" in parts.netloc else current)
        return f"{place} {build}".rstrip()
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if parts.path.startswith("/variant/") and "gnomad" in parts.netloc:
        build = "GRCh37" if "r2" in fields.get("dataset", "") else "GRCh38"
        return f"{last} {build}"
    return last if re.fullmatch(r"rs[0-9]+", last) else ""


def _of_array(line: str) -> str:
    match = _ARRAY.fullmatch(line)
    return f"chr{match[2]}:{match[3]}-{match[4]} {match[1]}" if match else ""


def _build_last(line: str) -> str:
    if match := _BUILD_FIRST.fullmatch(line):
        return f"{match[2]} {match[1]}"
    if match := _BUILD_INSIDE.fullmatch(line):
        return f"{match[1]}:{match[3]} {match[2]}"
    return ""


def _by_rule(line: str) -> str:
    return next(
        (pattern.sub(spelling, line) for pattern, spelling in _RULES if pattern.fullmatch(line)), ""
    )


_STEPS: tuple[Callable[[str], str], ...] = (
    _from_link,
    _of_array,
    _build_last,
    lambda line: _KIND_FIRST.sub("", line),
    lambda line: _ZYGOSITY.sub("", line),
    _by_rule,
)

"""Pasted text -> one line of plain ASCII marks, and the assembly that it names."""

import html
import re
import unicodedata

from genoview.data.assembly_names import ASSEMBLY, canonical_assembly
from genoview.errors import QueryError

MAX_TEXT = 50_000  # characters; a line of a VCF with many samples is longer, and is cut
MAX_LINES = 1_000  # of a pasted text; no line behind them is read
MAX_SHAPE = (
    4_000  # characters of a query, a run of bases counted as few: patterns take their square
)
EXAMPLES = "chr20:43,000,000-43,020,000, chr20:43042364:C>T or HNF4A"
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‐‒–—―−⁃➖", "-"),
        **dict.fromkeys("→⟶⇒➔➜➝➞›", ">"),
        **dict.fromkeys("∶꞉˸ː", ":"),
        **dict.fromkeys("’‘ʼ′´`", "'"),
        **dict.fromkeys("“”„«»‟", '"'),
    }
)
_SKIPPED = ("#", "track ", "browser ")
_FIRST = re.compile(rf"({ASSEMBLY})[\s:/_]+(?=\S)", re.IGNORECASE)
_LAST = re.compile(rf"[\s_:,/-]+\(?({ASSEMBLY})\)?$", re.IGNORECASE)
_BRACKETS = re.compile(r"(?<!g\.)\s*\[([^\[\]\t]{1,60})\]$")
_OF_CHANGE = re.compile(  # HGVS's `ins[rev]`, `ACG[3]`; `[C>T]`, `[het]` of reports
    r"rev|inv|[0-9_]+(?:inv)?|[ACGT]+>[ACGT]+|(?:het|hom|hemi)[a-z]*", re.IGNORECASE
)
_BLANKS = re.compile(r"[^\S\t]+")
_RUN = re.compile(r"[A-Za-z]{60,}|[0-9]{60,}")
_CHROMOSOME_WORD = re.compile(r"^(?:chromosome|chrom\.?|chr\.)\s*(?=[0-9xym])", re.IGNORECASE)


def shown(text: str) -> str:
    """The text as an error repeats it."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 80 else line[:77] + "...")


def first_line(text: str) -> tuple[str, tuple[str, ...]]:
    """The first line that is not a comment, in plain marks, and notes on what was left out.

    Raises:
        QueryError: nothing is left.
    """
    given = text[: MAX_TEXT * 20].splitlines()[:MAX_LINES]
    lines = [plain for line in given if (plain := _plain(line[:MAX_TEXT]))]
    wanted = [line for line in lines if not line.lower().startswith(_SKIPPED)]
    if not wanted:
        raise QueryError(
            f"There is nothing to look for. Type a locus, a variant or a gene: {EXAMPLES}."
        )
    note = () if len(wanted) == 1 else (f"Only the first of {len(wanted)} lines was read.",)
    return wanted[0], note


def _plain(line: str) -> str:
    line = html.unescape(line)
    if not (line.isascii() and line.replace("\t", "").isprintable()):
        line = unicodedata.normalize("NFKC", line)[:MAX_TEXT].translate(_MARKS)
        line = "".join(c for c in line if c == "\t" or unicodedata.category(c) not in {"Cf", "Cc"})
    line = line.translate(_MARKS)
    line = _BLANKS.sub(" ", line).strip().strip("\"'").strip()
    line = re.sub(r"(?<=[A-Za-z0-9])[.,;]+$", "", line)
    line = re.sub(r"^(?:chr)\s+(?=[0-9xym]{1,2}\b)", "chr", line, flags=re.IGNORECASE)
    return _CHROMOSOME_WORD.sub("chr", line)


def spaced(line: str) -> str:
    """With one blank for all between two words, as patterns are matched; see `fits_patterns`."""
    return " ".join(line.split())


def fits_patterns(line: str) -> bool:
    """Whether it is short enough for patterns: bases may be many, all else may not."""
    return len(line) <= MAX_SHAPE or len(_RUN.sub("", line)) <= MAX_SHAPE


def split_assembly(line: str) -> tuple[str, str]:
    """The line without the assembly that it names first, last or in square brackets; and that."""
    line = re.sub(r"^chromosome:(?=\S)", "", line, flags=re.IGNORECASE)
    match = _BRACKETS.search(line[-64:])
    if match and not _OF_CHANGE.fullmatch(match[1].strip()):
        return line[: -len(match[0])], canonical_assembly(match[1])
    if match := _FIRST.match(line):
        return line[match.end() :], canonical_assembly(match[1])
    if match := _LAST.search(line[-40:]):
        return line[: -len(match[0])], canonical_assembly(match[1])
    return line, ""


def one_assembly(line: str, *names: str) -> str:
    """The one assembly among those that parts of a text imply; "" where none does.

    Raises:
        QueryError: they differ.
    """
    named = sorted({name for name in names if name})
    if len(named) > 1:
        raise QueryError(f"{shown(line)} names two assemblies, {' and '.join(named)}; keep one.")
    return named[0] if named else ""

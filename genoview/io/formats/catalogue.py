"""The formats of local files: how each is known and read, in one table.

Another package adds a format by an entry point of the group `genoview.formats`: a Format, several,
or a function that gives them.
"""

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from genoview.data.plugins import Plugins, load_plugins
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.bigwig import read_bigbed, read_bigwig
from genoview.io.formats.contents import Open
from genoview.io.formats.dialects.bed import (
    is_methyl,
    methyl_cells,
    parse_broad,
    parse_detail,
    parse_gapped,
    parse_methyl,
    parse_peak,
)
from genoview.io.formats.dialects.gene_pred import is_gene_pred, parse_gene_pred
from genoview.io.formats.dialects.junctions import ENDING, is_junction, parse_junction
from genoview.io.formats.dialects.pairs import (
    is_bedpe,
    is_interact,
    parse_bedpe,
    parse_interact,
    turned_bedpe,
)
from genoview.io.formats.reader import features_of, gff_reader, read_bedgraph, read_vcf
from genoview.io.formats.text_lines import columns_of, number_or_none

BIGWIG_MAGIC = 0x888FFC26  # Kent et al. 2010, doi:10.1093/bioinformatics/btq351
BIGBED_MAGIC = 0x8789F2EB
GROUP = "genoview.formats"
_PACKED = ("gz", "bgz")
_ANY_TEXT = ("tab", "tsv", "txt")  # endings that say nothing: the content decides
_TRACK_TYPE = re.compile(r"""\btype\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The beginning of a file.

    Attributes:
        start: first bytes, unpacked.
        header: lines before the first line of data; `data`: those from it on.
    """

    name: str
    start: bytes
    header: tuple[str, ...] = ()
    data: tuple[str, ...] = ()

    @property
    def track_type(self) -> str:
        """`bedgraph` of UCSC's `track type="bedGraph"`; empty where there is none."""
        lines = (line for line in self.header if line.lower().startswith("track"))
        track_line = next((match for line in lines if (match := _TRACK_TYPE.search(line))), None)
        return "".join(filter(None, track_line.groups())).lower() if track_line else ""

    @property
    def first_cells(self) -> list[str]:
        """Of the first line of data."""
        return columns_of(self.data[0]) if self.data else []

    def has_magic(self, number: int) -> bool:
        """Whether it begins with these four bytes, in either order."""
        return self.start[:4] in (struct.pack("<I", number), struct.pack(">I", number))


def _never(_: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, and how it is read.

    Attributes:
        suffixes: endings of names, in lower case, without the dot.
        open: the reader.
        sniff: whether the beginning says that it is of this format, whatever the name.
        fits: whether the cells of a line do, where neither beginning nor name says anything.
        is_signal: has values along the genome, not features.
        is_text: is read whole, and a file that does not look like text is refused.
        units: what is counted, for one and for several.
    """

    name: str
    suffixes: tuple[str, ...]
    open: Open = field(repr=False)
    sniff: Callable[[Head], bool] = field(default=_never, repr=False)
    fits: Callable[[Sequence[str]], bool] = field(default=_never, repr=False)
    is_signal: bool = False
    is_text: bool = True
    units: tuple[str, str] = ("entry", "entries")


def _are_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(map(str.isdigit, cells))


LINES = ("line", "lines")
GTF = Format(
    "GTF",
    ("gtf",),
    gff_reader("GTF"),
    fits=lambda cells: (
        len(cells) == 9 and _are_numbers(cells[3:5]) and not any(map(str.isdigit, cells[1:3]))
    ),
    units=LINES,
)
GFF3 = Format(
    "GFF3",
    ("gff", "gff3"),
    gff_reader("GFF3"),
    lambda head: any(line.startswith("##gff-version") for line in head.header),
    units=LINES,
)
BUILT_IN = (
    Format(
        "bigWig",
        ("bw", "bigwig"),
        read_bigwig,
        lambda head: head.has_magic(BIGWIG_MAGIC),
        is_signal=True,
        is_text=False,
        units=("base with a value", "bases with a value"),
    ),
    Format(
        "bigBed",
        ("bb", "bigbed"),
        read_bigbed,
        lambda head: head.has_magic(BIGBED_MAGIC),
        is_text=False,
    ),
    Format(
        "VCF",
        ("vcf",),
        read_vcf,
        lambda head: any(line.startswith("##fileformat=VCF") for line in head.header),
    ),
    GFF3,
    GTF,
    Format(
        "BED",
        ("narrowpeak",),
        features_of("BED", parse_peak),
        lambda head: head.track_type == "narrowpeak",
    ),
    Format(
        "BED",
        ("broadpeak",),
        features_of("BED", parse_broad),
        lambda head: head.track_type == "broadpeak",
    ),
    Format(
        "gappedPeak",
        ("gappedpeak",),
        features_of("gappedPeak", parse_gapped),
        lambda head: head.track_type == "gappedpeak",
    ),
    Format(
        "bedDetail",
        ("beddetail",),
        features_of("bedDetail", parse_detail),
        lambda head: head.track_type == "beddetail",
    ),
    Format(
        "bedMethyl",
        ("bedmethyl",),
        features_of("bedMethyl", parse_methyl),
        lambda head: (
            ".bedmethyl." in head.name.lower() or is_methyl(methyl_cells("".join(head.data[:1])))
        ),
    ),
    Format(
        "interact",
        ("interact",),
        features_of("interact", parse_interact),
        lambda head: head.track_type == "interact" or is_interact(head.first_cells),
    ),
    Format(
        "SJ.out.tab",
        (),
        features_of("SJ.out.tab", parse_junction),
        lambda head: head.name.lower().removesuffix(".gz").endswith(ENDING),
        is_junction,
    ),
    Format(
        "genePred",
        ("genepred", "gp", "refflat"),
        features_of("genePred", parse_gene_pred),
        fits=is_gene_pred,
    ),
    Format(
        "BEDPE",
        ("bedpe",),
        features_of("BEDPE", parse_bedpe, turned_bedpe),
        lambda head: not head.track_type and is_bedpe(head.first_cells),
        lambda cells: _are_numbers(cells[1:3]) and len(cells) > 5 and _are_numbers(cells[4:6]),
    ),
    Format(
        "bedGraph",
        ("bedgraph", "bdg", "bg"),
        read_bedgraph,
        lambda head: head.track_type in ("bedgraph", "wiggle_0"),
        lambda cells: (
            _are_numbers(cells[1:3]) and len(cells) == 4 and number_or_none(cells[3]) is not None
        ),
        is_signal=True,
    ),
    Format(
        "BED",
        ("bed",),
        features_of("BED", parse_bed),
        lambda head: head.track_type == "bed",
        lambda cells: len(cells) >= 3 and _are_numbers(cells[1:3]),
    ),
)


@cache
def _plugins() -> Plugins[Format]:
    return load_plugins(GROUP, Format)


def formats() -> tuple[Format, ...]:
    """Those of genoview, then those that installed packages add."""
    return BUILT_IN + tuple(plugin.value for plugin in _plugins().values)


def format_faults() -> tuple[str, ...]:
    """A sentence for each package whose formats cannot be used."""
    return _plugins().faults


def suffixes() -> tuple[str, ...]:
    """Endings of the names of files that can be read, without the dot."""
    own = dict.fromkeys(suffix for entry in formats() for suffix in entry.suffixes)
    return (*own, *_ANY_TEXT, *_PACKED)


def accepted() -> str:
    """The formats in words."""
    added = "".join(f", {entry.name}" for entry in formats()[len(BUILT_IN) :])
    return f"BED, bedGraph, GTF, GFF3 and VCF, plain or gzipped, bigWig and bigBed{added}"

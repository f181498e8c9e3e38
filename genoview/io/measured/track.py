"""A track of the catalogue, or by its address -> LocalFile, as if it lay on this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from genoview.errors import NetworkError
from genoview.io.big.bgzf_blocks import first_block
from genoview.io.big.bigbed import BigBed, Make, plain_feature
from genoview.io.big.bigwig import BigWig
from genoview.io.big.file import BigFile
from genoview.io.big.header import BIGBED, BIGWIG, MAGIC
from genoview.io.big.remote_bytes import RemoteBytes
from genoview.io.big.tabix_lines import TabixFeatures, TabixLines, group_table, line_table
from genoview.io.formats.bed import parse_bed
from genoview.io.formats.catalogue import BUILT_IN, Format, accepted
from genoview.io.formats.contents import Contents
from genoview.io.formats.detect import format_of_text
from genoview.io.formats.dialects.bed import parse_peak
from genoview.io.formats.dialects.pairs import parse_bedpe, parse_interact
from genoview.io.formats.local_file import LocalFile, opened_file
from genoview.io.formats.tabix import IndexedSignal, Parse
from genoview.io.formats.text_lines import LocalFileError
from genoview.io.formats.vcf import parse_vcf
from genoview.io.measured.catalogue import TrackEntry
from genoview.io.measured.clinvar import clinvar_feature
from genoview.io.measured.regions import (
    ccre_feature,
    expression_feature,
    gene_feature,
    parse_junction,
)
from genoview.io.measured.variants import dbsnp_feature, gnomad_feature
from genoview.io.remote.block_cache import BlockCache
from genoview.io.remote.connection import PATIENCE, Patience
from genoview.io.remote.consent import NetworkPolicy
from genoview.io.remote.ranges import RangeClient
from genoview.io.remote.remote_file import RemoteFile

MAKERS: Mapping[str, Make] = {
    "clinvar": clinvar_feature,
    "ccre": ccre_feature,
    "dbsnp": dbsnp_feature,
    "genes": gene_feature,
    "expression": expression_feature,
}
_SCHEMAS: Mapping[str, set[str]] = {  # of files by address: columns that no other kind has
    "clinvar": {"clinSign", "reviewStatus"},
    "gnomad": {"ref", "alt", "AF", "faf95"},
    "dbsnp": {"freqSourceCount", "minorAlleleFreq"},
    "ccre": {"encodeLabel", "ucscLabel"},
    "expression": {"expCount", "expScores"},
    "genes": {"cdsStartStat", "exonFrames"},
}
_LINES: Mapping[str, Parse] = {
    "VCF": parse_vcf,
    "BED": parse_bed,
    "BEDPE": parse_bedpe,
    "interact": parse_interact,
}
_ENDINGS = (".tbi", ".csi")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Connection:
    """How remote files are read.

    Attributes:
        policy: checked before each request.
    """

    cache: BlockCache
    policy: Callable[[], NetworkPolicy]
    patience: Patience = PATIENCE

    def bytes_of(self, file: RemoteFile, title: str = "") -> RemoteBytes:
        """Raises: StoreError: the cache cannot be written."""
        client = RangeClient(file, self.policy, self.patience)
        return RemoteBytes(title or file.name, self.cache.open(file, client))


def open_track(
    entry: TrackEntry, connection: Connection, assembly: str, lengths: Mapping[str, int]
) -> LocalFile:
    """Read what a file says of itself: of bigWig and bigBed its header, of others their index.

    Args:
        lengths: bp by canonical name, of the genome that it is drawn on.

    Raises:
        LocalFileError: it cannot be had, is damaged, or of a format that cannot be read by range.
        StoreError: the cache cannot be written.
    """
    source = connection.bytes_of(entry.file)
    start = source.read(0, 4)
    magics = {int.from_bytes(start, "little"), int.from_bytes(start, "big")}
    if magics & MAGIC.keys():
        kind, contents = _big(entry, source, assembly)
    elif start[:2] == _GZIP:
        kind, contents = _indexed(entry, connection, source, assembly)
    else:
        raise LocalFileError(
            f"{entry.file.name} is no bigWig, bigBed or bgzipped file, so it cannot be read by "
            f"range: upload it, if it is {accepted()}."
        )
    facts = (
        ("Source", entry.source or entry.file.hosts[0]),
        ("Version", version_words(entry, source)),
        ("Licence", entry.licence),
        ("Citation", entry.citation),
    )
    opened = opened_file(entry.title, kind, assembly, contents, lengths)
    return replace(opened, facts=tuple(fact for fact in facts if fact[1]))


def version_words(entry: TrackEntry, source: RemoteBytes) -> str:
    """`v4.1, file of 20 Nov 2026`: the date as its server says it."""
    day = " ".join(source.file.modified.split()[1:4])  # of `Fri, 20 Nov 2026 10:00:00 GMT`
    return ", ".join(filter(None, (entry.version, day and f"file of {day}")))


def _big(entry: TrackEntry, source: RemoteBytes, assembly: str) -> tuple[Format, Contents]:
    file = BigFile(source, assembly)
    header = file.header
    own = dict(file.chromosomes)
    if header.kind == BIGWIG:
        return _format(BIGWIG), Contents(own, header.n_bases, signals=BigWig(file))
    known = (kind for kind, names in _SCHEMAS.items() if names <= set(header.fields))
    entries = entry.entries or next(known, "")
    make = MAKERS.get(entries, plain_feature)
    if entries == "gnomad":
        make = gnomad_feature(entry.dataset)
    return _format(BIGBED), Contents(own, header.n_data, features=BigBed(file, make))


def _indexed(
    entry: TrackEntry, connection: Connection, source: RemoteBytes, assembly: str
) -> tuple[Format, Contents]:
    """By the tabix index beside it."""
    kind = (
        _format(entry.format) if entry.format else format_of_text(source.name, first_block(source))
    )
    lines = TabixLines(source, _index(entry, connection), assembly)
    own: dict[str, int | None] = dict.fromkeys(lines.chromosomes)
    if kind.name in ("GFF3", "GTF"):
        table = group_table(kind.name == "GTF")
        return kind, Contents(own, features=TabixFeatures(lines, table))
    if kind.is_signal:
        return kind, Contents(own, signals=IndexedSignal(lines))
    parse = parse_junction if entry.entries == "junctions" else _LINES.get(kind.name)
    if parse is None:
        raise LocalFileError(f"{source.name} is {kind.name}, which cannot be read by range.")
    is_peak = "peak" in source.name.lower() and kind.name == "BED"
    quick = parse_bed if kind.name == "BED" else None
    table = line_table(parse_peak if is_peak else parse, quick)
    return kind, Contents(own, features=TabixFeatures(lines, table))


def _index(entry: TrackEntry, connection: Connection) -> RemoteBytes:
    """The first of both kinds that is there."""
    faults = []
    for ending in _ENDINGS:
        source = connection.bytes_of(entry.index(ending))
        try:
            source.file.size()
            return source
        except NetworkError as error:
            faults.append(str(error))
    raise LocalFileError(
        f"{entry.file.name} has no tabix index beside it ({' or '.join(_ENDINGS)}), so it cannot "
        f"be read by range: {faults[0]}"
    )


def _format(name: str) -> Format:
    return next(each for each in BUILT_IN if each.name == name)

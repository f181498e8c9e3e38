"""The rounds: query texts, links, forms, files of every reader, bytes of a bigWig, bombs."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random

from genoview.data.input.decoding import file_name_of, path_of
from genoview.errors import SettingsError
from genoview.io.assembly import Assembly
from genoview.query.resolve import resolve
from genoview.runtime.settings_edit import write_assembly
from genoview.runtime.settings_file import AssemblyConfig
from genoview.ui.page.url import KEYS, ViewState
from tests.support.fuzz.mutate import hostile_text, mutated, one_byte
from tests.support.fuzz.readers import READ, Read, track
from tests.support.fuzz.run import Case, Round
from tests.support.fuzz.seeds import Seed, big_wig, seeds

QUERIES = (
    *("chr20:43,042,364-43,052,364", "chr20:43042364:C>T", "ADA", "ENSG00000196839.12", "43042364"),
    *("NC_000020.10:g.43042364C>T", "NM_000022.4(ADA):c.976-34G>A", "ADA:c.7del", "ADA p.R211H"),
    *("NC_000020.10:43042363:C:T", "rs80357906", "20 43042364 . C T", "chr20\t43042363\t43042400"),
    *("chr20:g.[43042364C>T;43042370del]", "chr20:100-110>ACGT", "20 43042364 43042366 CTC/- +"),
    *("hg19 chr20:43042364 C/T [GRCh37]", "chr20:43.04M-43.05M", "1:1 A ]13:123456]T", "m.3243A>G"),
    *("HLA-A*01:01:01:01:6021:G>A", "chr20:43042364:C>T + chr20:43042370:G>A", "CAG[12]"),
)
LINKS = ("43000001-43020000", "promid:+~h80~sline~yfixed~lo0~hi0.5~log~c0072b2", "splice+:1-9")
PATHS = ("/data/a.bw", "~/a.bw", "~nobody/a", "../../etc/passwd", "C:\\a\\b.bed", "a.bed.gz")


def rounds(demo: Assembly, share: float) -> Iterator[Round]:
    """Of each kind, that share of its cases."""

    def n(whole: int) -> int:
        return max(round(whole * share), 4)

    good, wig = seeds(), big_wig()
    yield Round("query texts", n(20_000), lambda random: _query(demo, random))
    yield Round("links", n(2_000), _link)
    yield Round("paths, names and forms", n(2_000), _form)
    for kind, read in READ.items():
        own = [seed for seed in good if seed.kind == kind]
        whole = {"tracks": 1_500, "tabix": 5_000}.get(kind, 250)
        yield Round(
            kind, n(whole), lambda random, own=own, read=read: _file(demo, own, read, random)
        )  # type: ignore[misc]
    yield Round("bytes of a bigWig", n(2_000), lambda random: _wig(demo, wig, random))
    yield Round("bombs", len(BOMBS) * 3, lambda random: _bomb(demo, random))


def _query(demo: Assembly, random: Random) -> Case:
    text = hostile_text(QUERIES, random)
    return lambda _: resolve(text, demo)


def _link(random: Random) -> Case:
    params = {
        random.choice(list(KEYS)): [hostile_text((*LINKS, *QUERIES), random) for _ in range(2)]
        for _ in range(4)
    }
    return lambda _: ViewState.from_params(params)[0].to_params()


def _form(random: Random) -> Case:
    text = hostile_text(PATHS, random)

    def fill(folder: Path) -> None:
        (folder / file_name_of(text)).write_bytes(b"")
        name = random.choice(("own", text))
        config = AssemblyConfig(name, path_of(text, SettingsError), path_of(text, SettingsError))
        write_assembly(folder / "genoview.toml", config)

    return fill


def _file(demo: Assembly, own: list[Seed], read: Read, random: Random) -> Case:
    seed = random.choice(own)
    content = mutated(seed.content, random)

    def case(folder: Path) -> object:
        for name, other in seed.beside.items():
            (folder / name).write_bytes(other)
        (folder / seed.name).write_bytes(content)
        return read(folder / seed.name, demo)

    return case


def _wig(demo: Assembly, content: bytes, random: Random) -> Case:
    changed = one_byte(content, random)

    def case(folder: Path) -> object:
        (folder / "a.bw").write_bytes(changed)
        return track(folder / "a.bw", demo)

    return case


BOMBS = {
    "zeros": b"\x00" * 1_000_000,
    "blank lines": b"\n" * 1_000_000,
    "one line": b"A" * 1_000_000,
    "lines": b"chr20\t43042000\t43042500\tx\n" * 40_000,
    "comments": b"#\n" * 500_000,
    "variants": b"20\t43042364\t.\tC\tT\t.\t.\t.\n" * 40_000,
    "fasta": b">a\n" + b"A" * 1_000_000,
}
ENDINGS = ("a.bed.gz", "a.vcf.gz", "a.gtf.gz", "a.bedgraph.gz", "a.gff3.gz")


def _bomb(demo: Assembly, random: Random) -> Case:
    """1 GB from 1 MB."""
    part, name = random.choice(list(BOMBS.values())), random.choice(ENDINGS)
    read = random.choice((READ["tracks"], READ["genes"], READ["batches"], READ["tables"]))

    def case(folder: Path) -> object:
        (folder / name).write_bytes(gzip.compress(part, 9, mtime=0) * 1_000)
        return read(folder / name, demo)

    return case

"""What hgvs-weaver says of HGVS names -> tests/fixtures/hgvs/names.tsv.

    python3.11 -m venv weaver && weaver/bin/pip install -r requirements.txt hgvs-weaver==1.0.1
    PYTHONPATH=. weaver/bin/python scripts/make_hgvs_fixture.py

Names are written at random along the RefSeq transcripts of the demo genome, by counting exons'
lengths alone, and read by weaver from the same exons and bases. The columns: where the change
lies, the typed name, and weaver's genomic name, SPDI, c. name (3' shifted; empty in introns, where
weaver leaves a name as it is) and protein.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import weaver

from genoview.data.genome import Interval, Transcript, reverse_complement
from genoview.io.reference import ReferenceGenome
from genoview.io.refseq.table import RefSeqTable

ROOT = Path(__file__).parents[1]
FIXTURE = ROOT / "tests" / "fixtures" / "hgvs" / "names.tsv"
GENOME = ROOT / "assets" / "genome"
CHROM, ACCESSION = "chr20", "NC_000020.10"
REGION = Interval(CHROM, 42_484_000, 43_484_000)
SEED = 20
EACH = 7  # names of each place, kind and strand
PLACES = ("coding", "exon edge", "junction", "intron", "5' UTR", "3' UTR")
KINDS = ("sub", "del", "dup", "ins", "delins", "inv")
HEADER = ("place", "strand", "name", "genomic", "spdi", "coding", "protein")


@dataclass(frozen=True)
class Record:
    """A transcript as weaver takes it, and its bases."""

    data: weaver.TranscriptData
    bases: str

    @property
    def coding(self) -> tuple[int, int]:
        """0-based half-open."""
        first, last = self.data["cds_start_index"], self.data["cds_end_index"]
        return first or 0, (last or 0) + 1


class Provider:
    """The demo's RefSeq transcripts, for weaver."""

    def __init__(self) -> None:
        self._genome = ReferenceGenome.open(
            "demo", GENOME / "GRCh37-demo.fa.gz", GENOME / "GRCh37.chrom.sizes"
        )
        table = RefSeqTable.load("GRCh37")
        self.records: dict[str, Record] = {}
        for row, chrom in enumerate(table.genes.chrom):
            if chrom != CHROM:
                continue
            gene = table.genes.gene(row)
            first = int(table.genes.transcript_first[row])
            for i, one in enumerate(gene.transcripts):
                coded = one.transcript_id.startswith("NM_") and not table.irregular[first + i]
                if coded and REGION.contains(one.interval):
                    self.records[one.transcript_id] = self._record(one, gene.symbol)

    def _record(self, one: Transcript, symbol: str) -> Record:
        backward = one.interval.strand == "-"
        exons, bases, coded = [], "", []
        for exon in one.exons[::-1] if backward else one.exons:
            start, end = exon.interval.start, exon.interval.end
            if exon.coding:
                skipped = end - exon.coding.end if backward else exon.coding.start - start
                coded += [len(bases) + skipped, len(bases) + skipped + exon.coding.width - 1]
            forward = self._genome.fetch(exon.interval)
            exons.append(
                weaver.ExonData(
                    transcript_start=len(bases),
                    transcript_end=len(bases) + end - start,
                    reference_start=start,
                    reference_end=end - 1,  # the last base: its own provider counts so
                    alt_strand=-1 if backward else 1,
                    cigar=f"{end - start}=",
                )
            )
            bases += reverse_complement(forward) if backward else forward
        data = weaver.TranscriptData(
            ac=one.transcript_id,
            gene=symbol,
            cds_start_index=coded[0],
            cds_end_index=coded[-1],
            strand=-1 if backward else 1,
            reference_accession=ACCESSION,
            exons=exons,
        )
        return Record(data, bases)

    def get_transcript(self, name: str, _: str | None) -> weaver.TranscriptData:
        """By its id."""
        return self.records[name].data

    def get_seq(self, name: str, start: int, end: int | None, _: object) -> str:
        """Of the chromosome, a transcript, or its protein, which has the transcript's number."""
        if name == ACCESSION:
            stop = REGION.end if end is None else end
            return self._genome.fetch(Interval(CHROM, start, stop)) if start < stop else ""
        if name.startswith("NP_"):
            record = self.records[f"NM_{name[3:]}"]
            bases = record.bases[slice(*record.coding)]
            return "".join(translated(bases))[start:end]
        return self.records[name].bases[start:end]

    def get_symbol_accessions(self, name: str, *_: object) -> list[tuple[str, str]]:
        """A transcript's protein."""
        return [("p", f"NP_{name[3:]}")] if name.startswith("NM_") else []

    def get_identifier_type(self, name: str) -> str:
        """By the beginning of an accession."""
        kinds = {"NC_": "genomic", "NM_": "transcript", "NP_": "protein"}
        return f"{kinds[name[:3]]}_accession" if name[:3] in kinds else "gene_symbol"


def translated(bases: str) -> Iterator[str]:
    """Residues of NCBI's table 1."""
    order = "TCAG"
    residues = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
    for i in range(0, len(bases), 3):
        a, b, c = (order.index(base) for base in bases[i : i + 3])
        yield residues[16 * a + 4 * b + c]


class Writer:
    """Writes names at random."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._random = random.Random(SEED)

    def name(self, record: Record, place: str, kind: str) -> str:
        """One that may be wrong: weaver is asked."""
        draw = self._random
        length = 1 if kind == "sub" else draw.choice((1, 2, 3, 3, 4, 6))
        length = max(length, 2) if kind in ("ins", "inv") else length
        if place == "intron":
            first, last, stated = self._intron(record, length)
        else:
            start = self._start(record, place, length)
            first, last = (label(record, at) for at in (start, start + length - 1))
            stated = record.bases[start : start + length]
        bases = "".join(draw.choice("ACGT") for _ in range(draw.choice((1, 2, 3, 4))))
        span = first if first == last else f"{first}_{last}"
        if kind == "ins":
            first, last = span.split("_")[0], ""
            span = self._neighbours(record, place, span)
        change = {
            "sub": f"{stated}>{bases[0]}",
            "del": "del" + draw.choice(("", stated)),
            "dup": "dup",
            "ins": f"ins{bases}",
            "delins": f"del{draw.choice(('', stated))}ins{bases}",
            "inv": "inv",
        }[kind]
        return f"{record.data['ac']}:c.{span}{change}"

    def _start(self, record: Record, place: str, length: int) -> int:
        draw, (first, behind) = self._random, record.coding
        exons = [exon["transcript_start"] for exon in record.data["exons"][1:]]
        if place == "5' UTR":
            return draw.randrange(0, max(first, 1))
        if place == "3' UTR":
            return draw.randrange(behind, max(len(record.bases) - length, behind + 1))
        if place == "coding" or not exons:
            return draw.randrange(first, behind - length)
        edge = draw.choice(exons)
        if place == "junction":
            return max(edge - draw.randrange(1, max(length, 2)), 0)
        return draw.choice((edge, max(edge - length, 0)))

    def _intron(self, record: Record, length: int) -> tuple[str, str, str]:
        """Near an exon; its base is not known here, so that one is guessed."""
        draw, exons = self._random, record.data["exons"]
        edge = draw.choice(exons[1:] or exons)["transcript_start"]
        depth = draw.choice((1, 2, 3, 5, 9, 20))
        if draw.random() < 0.5:
            ends = [f"{label(record, edge - 1)}+{depth + i}" for i in (0, length - 1)]
        else:
            ends = [f"{label(record, edge)}-{depth + length - 1 - i}" for i in (0, length - 1)]
        return ends[0], ends[1], draw.choice("ACGT") * length

    def _neighbours(self, record: Record, place: str, span: str) -> str:
        if place == "intron":
            first, last = span.split("_")
            stem, sign = (
                first[: max(first.rfind("+"), first.rfind("-"))],
                last[len(last.rstrip("0123456789")) - 1],
            )
            depth = int(first[len(stem) + 1 :])
            return f"{stem}{sign}{depth}_{stem}{sign}{depth + (1 if sign == '+' else -1)}"
        first, last = span.split("_")
        return f"{first}_{label(record, unlabel(record, first) + 1)}"


def label(record: Record, base: int) -> str:
    """c. of a 0-based base of the transcript."""
    first, behind = record.coding
    if base < first:
        return f"{base - first}"
    return f"{base - first + 1}" if base < behind else f"*{base - behind + 1}"


def unlabel(record: Record, text: str) -> int:
    """The 0-based base of a c. position in an exon."""
    first, behind = record.coding
    if text.startswith("*"):
        return behind + int(text[1:]) - 1
    return first + int(text) - (0 if text.startswith("-") else 1)


def answer(mapper: weaver.VariantMapper, name: str, place: str) -> tuple[str, ...] | None:
    """What weaver says; None where it refuses the name."""
    try:
        typed = weaver.parse(name)
        genomic = mapper.normalize_variant(mapper.c_to_g(typed))
        spdi = mapper.to_spdi_unambiguous(genomic)
        coding = mapper.normalize_variant(typed)
        protein = mapper.c_to_p(coding).format().partition(":")[2]
    except weaver.HGVSError:
        return None
    _, _, deleted, inserted = spdi.split(":")
    if deleted == inserted or max(len(deleted), len(inserted)) > 60:
        return None
    return genomic.format(), spdi, "" if place == "intron" else coding.format(), protein


def main() -> None:
    """Write names until each place, kind and strand has enough."""
    provider = Provider()
    writer, mapper = Writer(provider), weaver.VariantMapper(provider)
    draw = random.Random(SEED)
    rows: dict[str, tuple[str, ...]] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for _ in range(60_000):
        record = draw.choice(list(provider.records.values()))
        key = draw.choice(PLACES), draw.choice(KINDS), "-" if record.data["strand"] < 0 else "+"
        if counts[key] >= EACH:
            continue
        name = writer.name(record, key[0], key[1])
        said = answer(mapper, name, key[0])
        if said and name not in rows:
            rows[name] = (key[0], key[2], name, *said)
            counts[key] += 1
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(row) for row in (HEADER, *sorted(rows.values()))]
    FIXTURE.write_text("\n".join([*lines, ""]))
    print(f"{len(rows)} names")


if __name__ == "__main__":
    main()

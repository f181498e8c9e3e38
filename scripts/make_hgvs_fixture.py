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

import weaver
from weaver_transcripts import ROOT, Provider, Record

FIXTURE = ROOT / "tests" / "fixtures" / "hgvs" / "names.tsv"
SEED = 20
EACH = 7  # names of each place, kind and strand
PLACES = ("coding", "exon edge", "junction", "intron", "5' UTR", "3' UTR")
KINDS = ("sub", "del", "dup", "ins", "delins", "inv")
HEADER = ("place", "strand", "name", "genomic", "spdi", "coding", "protein")


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

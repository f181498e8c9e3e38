"""The processes that `reliability.py` kills, or lets share a cache.

python benchmarks/reliability_child.py save|share|score FOLDER ...
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from genoview.data.assets import ASSETS
from genoview.data.genome import Interval
from genoview.data.prediction import Prediction
from genoview.data.site_data import Sites
from genoview.data.track_data import Assay, TrackData, TrackMetadata
from genoview.errors import GenoviewError
from genoview.io.reference import ReferenceGenome
from genoview.store import HistoryEntry, Label, PredictionKey, SavedLocus, Store, TrackSummary

DEMO_START = 43_280_100  # in the embedded genome: before and in the first exon of ADA
PLENTY = 10**10  # bytes
FASTA, SIZES = ASSETS / "genome/GRCh37-demo.fa.gz", ASSETS / "genome/GRCh37.chrom.sizes"
TRANSITIONS = {"A": "G", "G": "A", "C": "T", "T": "C"}
TRACK = TrackMetadata("donor", Assay.SPLICE_SITES, "+", "probability")


def main(words: Sequence[str]) -> None:
    """One of the processes."""
    {"save": save, "share": share, "score": score}[words[0]](Path(words[1]), *words[2:])


def save(folder: Path, number: str) -> None:
    """Save without end; a name is printed once its save has returned."""
    store = Store(folder / "cache", PLENTY)
    for name in _saves(store, number):
        print(name, flush=True)


def share(folder: Path, number: str, seconds: str) -> None:
    """Save for some seconds, and read what others may be writing; then say how it went."""
    store, names, refused, slowest = Store(folder / "cache", PLENTY), [], [], 0.0
    saves, end = _saves(store, number), time.monotonic() + float(seconds)
    while (began := time.monotonic()) < end:
        try:
            names.append(next(saves))
            if store.get(_key(f"{number} 0")) is None and len(names) > 2:
                refused.append("a prediction that was put is not there")
        except GenoviewError as error:
            refused.append(str(error))
            saves = _saves(store, f"{number}.{len(refused)}")
        slowest = max(slowest, time.monotonic() - began)
    warnings = store.take_warnings()
    waits = [words for words in warnings if "in use by another process" in words]
    refused += [words for words in warnings if words not in waits]
    end_of = {"names": names, "refused": refused, "n_waits": len(waits), "slowest_s": slowest}
    print(json.dumps(end_of))


def score(folder: Path, *models: str) -> None:
    """`genoview score`, which prints its share done."""
    from genoview.cli.score import Score, score_file
    from genoview.runtime.settings import read_settings
    from genoview.runtime.workbench import Workbench

    given = {"GENOVIEW_CACHE": str(folder / "cache"), "GENOVIEW_CONFIG": str(folder / "none")}
    arguments = Score(folder / "in.vcf", folder / "out.vcf", models=models)
    with closing(Workbench(read_settings(given))) as bench:
        score_file(bench, arguments, lambda share: print(share, flush=True))


def write_variants(folder: Path, n: int) -> None:
    """Transitions of the embedded genome, as in.vcf."""
    lines = ["##fileformat=VCFv4.2", "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]
    with ReferenceGenome.open("GRCh37-demo", FASTA, SIZES) as genome:
        for pos in range(DEMO_START, DEMO_START + 7 * n, 7):
            ref = genome.fetch(Interval("chr20", pos - 1, pos))
            lines.append(f"chr20\t{pos}\t.\t{ref}\t{TRANSITIONS[ref]}\t.\t.\t.")
    folder.mkdir()
    (folder / "in.vcf").write_text("\n".join([*lines, ""]))


def acknowledged(text: str) -> list[str]:
    """Whole lines: one that was cut off says nothing."""
    return text.split("\n")[:-1]


def missing_of(folder: Path, names: Sequence[str]) -> list[str]:
    """Saves that are not in the cache as they were saved."""
    store = Store(folder / "cache", PLENTY)
    loci = {locus.name for locus in store.loci.entries(limit=PLENTY)}
    queries = {entry.normalised for entry in store.history.entries(limit=PLENTY)}
    lost = []
    for name in names:
        kind, _, rest = name.partition(" ")
        if kind == "locus":
            is_there = rest in loci
        elif kind == "query":
            is_there = rest in queries
        else:
            kept = store.get(_key(rest))
            is_there = kept is not None and np.array_equal(kept.data.values, _values(rest))
        if not is_there:
            lost.append(name)
    return lost


def _saves(store: Store, number: str) -> Iterator[str]:
    for i in range(10**9):
        name = f"{number} {i}"
        store.put(_key(name), Prediction(_data(name), Sites()))
        yield f"prediction {name}"
        store.loci.save(_locus(name))
        yield f"locus {name}"
        store.history.record(_entry(name))
        yield f"query {name}"


def _key(name: str) -> PredictionKey:
    return PredictionKey.of("reliability", "1", name, "")


def _values(name: str) -> np.ndarray:
    seed = int.from_bytes(name.encode(), "big") % 2**32
    return np.random.default_rng(seed).random((200, 1), dtype=np.float32)


def _data(name: str) -> TrackData:
    return TrackData(_values(name), (TRACK,), Interval("chr20", 1_000, 1_200), 1)


def _locus(name: str) -> SavedLocus:
    summary = (TrackSummary("donor (+)", 0.93, 43_042_364, (0.0, 0.5, 0.93)),)
    return SavedLocus.new(
        "chr20:43042364:T>C", "GRCh37", "q=x", Label(name, "", ()), summary, {"m": "1"}
    )


def _entry(name: str) -> HistoryEntry:
    now = datetime.now(UTC)
    return HistoryEntry(name, name, "GRCh37", "locus", "q=x", 1.0, now)


if __name__ == "__main__":
    main(sys.argv[1:])

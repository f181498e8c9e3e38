"""A store as the code before the rooms wrote it -> tests/fixtures/old-store.tar.gz.

    git worktree add /tmp/old 2b9e606
    cd /tmp/old && PYTHONPATH=/tmp/old python .../scripts/make_old_store_fixture.py OUTPUT

Run at commit 2b9e606, whose modules it imports; later code cannot run it. Beside what genoview
wrote, `expected.json` says what was in it.
"""

# mypy: ignore-errors

import hashlib
import json
import os
import sys
import tarfile
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

SNV = "chr20:43249076:C>T"  # activates a cryptic acceptor of ADA
LOCUS = "chr20:42,984,201-42,984,400"
SCANNED = ("splice-", 43_249_070, 43_249_076)  # 0-based
FILE = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + "".join(
    f"20\t{pos}\t{name}\t{ref}\t{alt}\t.\t.\t.\n"
    for pos, name, ref, alt in (
        (43_249_076, "rs1", "C", "T"),
        (42_984_264, ".", "G", "A"),
        (43_042_364, ".", "C", "<DEL>"),
    )
)
LINKS = (
    "q=chr20%3A43249076%3AC%3ET&flank=500&dist=100&m=cispliceai&hide=promid&y=auto",
    "q=HNF4A&g=GRCh37-demo&at=43000001-43020000&order=genes&order=cispliceai&h=1.5"
    "&r=cispliceai~h80~sline~yauto&mark=43000001-43000100~0072b2~P2&tx=transcripts",
    "q=chr20%3A43042301-43042500&ism=splice%2B%3A43042301-43042310&tf=HNF1A&t=UBERON%3A0000955"
    "&v=cispliceai%3Aabc&fam=splicing&run=0123456789ab&vs=cispliceai%3Aspliceai&ymax=0.5&y=fixed",
)
SETTINGS = """# my genomes
allow_paths = false

[[assembly]]
name = "small"
fasta = "small.fa"

[[tracks]]
path = "measured.bedgraph"
title = "Measured"
"""


def main(output: Path) -> None:
    """Make the store, and write it with what it holds into an archive."""
    folder = Path(tempfile.mkdtemp()) / "old-store"
    cache = folder / "cache"
    cache.mkdir(parents=True)
    (folder / "genoview.toml").write_text(SETTINGS)
    (folder / "small.fa").write_text(">chr1\nACGTACGT\n")
    (folder / "measured.bedgraph").write_text("chr1\t0\t4\t1.5\n")
    os.environ |= {
        "GENOVIEW_CACHE": str(cache),
        "GENOVIEW_CONFIG": str(folder / "genoview.toml"),
        "GENOVIEW_MODELS": str(folder / "models"),
        "GENOVIEW_DEVICE": "cpu",
        "GENOVIEW_THREADS": "1",
    }
    from genoview.settings import read_settings
    from genoview.workbench import Workbench

    bench = Workbench(read_settings())
    expected = {
        "predictions": _predictions(bench),
        "deltas": _deltas(bench),
        "ranks": _ranks(bench),
        "batch": _batch(bench),
        "mutagenesis": _mutagenesis(bench),
        "library": _library(bench),
        "links": [_link(text) for text in LINKS],
        "settings": _settings(bench),
    }
    bench.close()
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, default=str))
    with tarfile.open(output, "w:gz", compresslevel=9) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in (".pkl", ".lock"):
                tar.add(path, path.relative_to(folder.parent))
    print(f"{output}: {output.stat().st_size:,} bytes")


def _predictions(bench) -> list:
    from genoview.request import resolve

    from genoview.pipeline import answer

    told = []
    for query, flank in ((LOCUS, 0), (SNV, 100)):
        request = resolve(query, bench.assembly(), flank=flank)
        model = bench.backend("promoter-activity")
        found = answer(request, model, bench.assembly(), bench.store)
        told.append(
            {
                "query": query,
                "flank": flank,
                "version": found.version,
                "alleles": [
                    hashlib.sha256(one.data.values.tobytes()).hexdigest()
                    for one in (found.ref, found.alt)
                    if one is not None
                ],
            }
        )
    return told


def _deltas(bench) -> dict:
    from genoview.request import resolve
    from genoview.splice_report import SpliceQuestion, splice_report

    variant = resolve(SNV, bench.assembly()).variant
    question = SpliceQuestion(variant, bench.backend("cispliceai"), bench.assembly(), 100)
    return {"key": question.key, "report": asdict(splice_report(question, bench.store))}


def _ranks(bench) -> dict:
    from genoview.rank_report import RankQuestion, rank_report
    from genoview.request import resolve

    variant = resolve(SNV, bench.assembly()).variant
    backends = (bench.backend("promoter-activity"),)
    question = RankQuestion(variant, backends, bench.assembly(), 50, 4)
    return {"key": question.key, "report": asdict(rank_report(question, bench.store))}


def _batch(bench) -> dict:
    from genoview.batch import Plan
    from genoview.batch.results import row_text
    from genoview.batch_desk import Desk

    desk = Desk(bench)
    models = ("cispliceai", "promoter-activity")
    run = desk.start(FILE.encode(), Plan("three.vcf", bench.assembly_names[0], models))
    desk.at_work(run.run_id).job.wait(600)
    done = desk.find(run.run_id)
    return {
        "run": asdict(done),
        "file": FILE,
        "rows": [row_text(row) for row in desk.rows(run.run_id)],
        "n_scores": bench.store.scores.count(),
    }


def _mutagenesis(bench) -> dict:
    from genoview.genome import Interval
    from genoview.mutagenesis import ScanSpec

    score, start, end = SCANNED
    spec = ScanSpec(bench.assembly_names[0], score, Interval("chr20", start, end))
    job, _ = bench.scan(spec)
    job.wait(600)
    return {"score": score, "start": start, "end": end, "values": job.result.values.tolist()}


def _library(bench) -> dict:
    from genoview.store import HistoryEntry, SavedLocus
    from genoview.store.saved_locus import TrackSummary

    for i, (query, kind, text) in enumerate(
        ((SNV, "variant", LINKS[0]), ("HNF4A", "locus", LINKS[1]))
    ):
        when = datetime(2026, 5, 1 + i, 12, 30, tzinfo=UTC)
        entry = HistoryEntry(query, query, bench.assembly_names[0], kind, text, 1.5, when)
        for _ in range(i + 1):
            bench.store.history.record(entry)
        bench.store.loci.save(
            SavedLocus.new(
                query,
                bench.assembly_names[0],
                text,
                name=f"Locus {i}",
                note=f"Of the meeting,\nline {i}.",
                tags=("splicing", "ADA"),
                summary=(TrackSummary("Donor", 0.9, 43_249_074, (0.1, 0.9)),),
                models={"cispliceai": "v1"},
            )
        )
    return {
        "history": [asdict(one) for one in bench.store.history.entries()],
        "loci": [asdict(one) for one in bench.store.loci.entries()],
    }


def _link(text: str) -> dict:
    from genoview.ui.url import ViewState

    state, problems = ViewState.from_params(parse_qs(text))
    return {"link": text, "state": asdict(state), "problems": problems}


def _settings(bench) -> dict:
    told = bench.settings
    return {
        "assemblies": [[one.name, Path(one.fasta).name, one.embedded] for one in told.assemblies],
        "tracks": [[one.path.name, one.title] for one in told.tracks],
        "allow_paths": told.allow_paths,
        "problems": [str(one) for one in told.problems],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))

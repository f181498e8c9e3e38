"""Seconds from question to arrays: through a server on loopback, beside the same model in process.

    python benchmarks/server.py

Server and client are two processes, the official client is unmodified, and both ways compute and
keep every answer, each round of another place, so that nothing is remembered. They take turns, and
the median is told. `remembered` is the same question once more: what the way alone costs, where
nothing is computed, in each packing. The 64-track model has random weights: its values mean
nothing. CPU seconds, of server and client together, hold on a busy machine too.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import grpc
import numpy as np
import torch
from alphagenome.data import genome
from alphagenome.models import dna_client
from parts.tables import Table, options
from torch import nn

from genoview.data.genome import Interval, Locus
from genoview.data.model_card import ModelCard
from genoview.data.request import Request
from genoview.data.track_data import Assay, Family, FloatArray, TrackMetadata
from genoview.models import registry
from genoview.models.base import Backend
from genoview.models.entry import Entry
from genoview.models.inputs import one_hot
from genoview.runtime.settings import read_settings
from genoview.runtime.workbench import Workbench
from genoview.server.app import Options, Server
from genoview.server.protocol import COMPRESSION_KEY, PRECISION_KEY

START = 42_484_400  # of the embedded megabase; a multiple of every bin
STEP = 400  # bp between two rounds: whole bins of every model, so that nothing is remembered
ROUNDS = 3
N_TRACKS = 64
CHANNELS = 96
DILATIONS = (1, 2, 4, 8, 16, 32)
CASES = (("toy-64", 2**20), ("promoter-activity", 2**19), ("cispliceai", 2**14))
SMALL = ("toy-64", 2**14)
PACKINGS = (("float32", "none"), ("float32", "zstd"), ("bfloat16", "none"))

COLUMNS = (
    *("model", "bp", "", "in process", "served", "overhead"),
    *(f"remembered: {', '.join(packing)}" for packing in PACKINGS),
)


class Toy64(Backend):
    """64 tracks at every base by dilated convolutions with random weights."""

    card: ClassVar[ModelCard] = ModelCard(
        name="toy-64",
        title="64 random tracks",
        family=Family.EXPRESSION,
        predicts="nothing",
        limits="everything: its weights are random",
        licence="CC0-1.0",
        citation="none",
        source="benchmarks/server.py",
        parameters=0,
        random_weights=True,
    )
    tracks = tuple(
        TrackMetadata(f"random {k}", Assay.RNA_SEQ, ".", "none") for k in range(N_TRACKS)
    )
    context_length = sum(DILATIONS) + 7
    resolution = 1
    tile_length = 2**16

    def __init__(self, device: str = "cpu", dtype: str = "float32") -> None:
        super().__init__(device, dtype)
        torch.manual_seed(0)
        layers: list[nn.Module] = [nn.Conv1d(4, CHANNELS, 15), nn.ReLU()]
        for dilation in DILATIONS:
            layers += [nn.Conv1d(CHANNELS, CHANNELS, 3, dilation=dilation), nn.ReLU()]
        layers += [nn.Conv1d(CHANNELS, N_TRACKS, 1), nn.Softplus()]
        self._network = nn.Sequential(*layers).to(self.device, self.dtype)

    @property
    def weights_digest(self) -> str:
        return "0" * 64

    @torch.inference_mode()
    def predict_batch(self, sequences: Sequence[str]) -> FloatArray:
        """float32[n, bins, 64]."""
        bases = one_hot(sequences).to(self.device, self.dtype)
        values: FloatArray = self._network(bases).movedim(1, 2).float().contiguous().cpu().numpy()
        return values


ENTRY = Entry("toy-64", __name__, "Toy64")


def main() -> None:
    """Print the table, or serve it."""
    parser = options(__doc__)
    parser.add_argument("--serve", metavar="MODEL", help="as the server of one row")
    parser.add_argument("--only", type=int, help="one row")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"{ROUNDS}")
    asked = parser.parse_args()
    registry.MODELS = (*registry.MODELS, ENTRY)
    if asked.serve:
        serve(asked.serve)
        return
    cases = (SMALL,) if asked.smoke else CASES if asked.only is None else CASES[asked.only :][:1]
    n_rounds = 1 if asked.smoke else asked.rounds
    print(f"{torch.get_num_threads()} threads, median of {n_rounds}", flush=True)
    rows = tuple(row for case in cases for row in measured(*case, n_rounds))
    Table(COLUMNS, rows).report(asked.json)


def serve(model: str) -> None:
    """Until the parent closes stdin; each line of it is answered with the CPU seconds so far."""
    with tempfile.TemporaryDirectory() as folder:
        bench = workbench(Path(folder))
        server = Server(bench, Options((model,), port=0))
        server.start()
        print(server.port, flush=True)
        for _ in sys.stdin:  # once what it still does, as to keep, is done
            for job in list(bench.queue._jobs.values()):
                job.wait()
            print(time.process_time(), flush=True)
        server.stop(0)
        bench.close()


def workbench(folder: Path) -> Workbench:
    """With a cache of its own."""
    settings = {"GENOVIEW_CACHE": str(folder), "GENOVIEW_CONFIG": str(folder / "none.toml")}
    return Workbench(read_settings(settings))


Clock = Callable[[], tuple[float, float]]
"""Seconds of the wall and of the CPU, server and client together."""


def measured(model: str, width: int, n_rounds: int) -> Iterator[tuple[str, ...]]:
    """Both ways in turns: a row of seconds, and one of CPU seconds."""
    command = [sys.executable, __file__, "--serve", model]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process,
    ):
        answers, lines = process.stdout, process.stdin
        assert lines is not None and answers is not None
        channel = grpc.insecure_channel(f"127.0.0.1:{int(answers.readline())}")
        bench = workbench(Path(folder))
        bench.assembly()
        bench.backend(model)

        def clock() -> tuple[float, float]:
            now = time.perf_counter()
            print(file=lines, flush=True)
            return now, time.process_time() + float(answers.readline())

        rounds = []
        for turn in range(n_rounds + 1):
            first = START + turn * STEP
            interval = Interval("chr20", first, first + width)
            rounds.append(turn_of(bench, channel, model, interval, clock))
        bench.close()
        lines.close()
    medians = np.median(np.array(rounds[1:]), axis=0)  # [ways, wall and CPU]; the first warms up
    for name, seconds in zip(("seconds", "CPU seconds"), medians.T, strict=True):
        here, served, *again = seconds.tolist()
        ways = (f"{one:.2f} s" for one in again)
        times = f"{here:.2f} s", f"{served:.2f} s", f"{served / here - 1:.1%}"
        yield model, f"{width:,}", name, *times, *ways


def turn_of(
    bench: Workbench, channel: grpc.Channel, model: str, interval: Interval, clock: Clock
) -> list[tuple[float, float]]:
    """Seconds and CPU seconds in process, served, and served again in each packing."""
    request = Request("", "GRCh37-demo", Locus(interval, ""), interval)
    window = genome.Interval(interval.chrom, interval.start, interval.end)
    outputs = list(dna_client.OutputType)

    def here() -> FloatArray:
        job = bench.submit(request, model)
        job.wait()
        assert job.result is not None
        return job.result.ref.data.values

    def served(packing: tuple[str, str] = PACKINGS[0]) -> FloatArray:
        sent = list(zip((PRECISION_KEY, COMPRESSION_KEY), packing, strict=True))
        client = dna_client.DnaClient(channel=channel, metadata=sent)
        found = client.predict_interval(window, requested_outputs=outputs, ontology_terms=None)
        values: FloatArray = next(
            data.values for output in outputs if (data := found.get(output)) is not None
        )
        return values

    first, one = timed(here, clock)
    second, two = timed(served, clock)
    assert np.array_equal(one, two), "the two ways differ"
    again = [timed(lambda packing=packing: served(packing), clock)[0] for packing in PACKINGS]
    return [first, second, *again]


def timed(run: Callable[[], FloatArray], clock: Clock) -> tuple[tuple[float, float], FloatArray]:
    """Seconds and CPU seconds, and what came."""
    _, cpu = clock()
    wall = time.perf_counter()
    found = run()
    wall_after, cpu_after = clock()
    return (wall_after - wall, cpu_after - cpu), found


if __name__ == "__main__":
    main()

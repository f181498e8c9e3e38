"""Every substitution of a few bases -> what it does to reporter activity in each cell type."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoview.data.genome import Interval
from genoview.data.progress import Progress
from genoview.data.track_data import FloatArray, IntArray
from genoview.models.base import Backend
from genoview.models.entry import Mutagenesis
from genoview.scoring.mutagenesis.facts import Meaning
from genoview.scoring.mutagenesis.score import Score, Stretch
from genoview.scoring.variant_line import VariantLine

POOLED = "-pooled"  # group of tracks over all replicates; replicates apart are no scores


def meaning(width: int, is_log2: bool) -> Meaning:
    """Of a model whose windows are `width` bp."""
    over = f"over the windows of {width} bp that hold the base and over both strands"
    if is_log2:
        return Meaning(
            "log2 fold change",
            f"Mean of ALT − REF of log2 reporter activity {over}: the log2 fold change that the "
            "page Variant gives.",
            most_bases=2_000,
        )
    return Meaning(
        "change of predicted activity",
        f"Mean of ALT − REF of predicted activity {over}, with all replicates pooled; the scale is "
        "the model's own, so that this is no fold change.",
        most_bases=2_000,
    )


@dataclass(frozen=True, slots=True)
class ReporterChange(Score):
    """Mean over the windows of a reporter model that hold a base, of one of its outputs.

    Attributes:
        names: of all outputs; the others are computed with it.
    """

    names: Mutagenesis

    def contents(self, stretch: Stretch) -> list[str]:
        """The windows that hold each base, and its place in them."""
        contents, backend, interval = [], stretch.backend, stretch.interval
        for block in _blocks(interval, backend.resolution):
            bases = stretch.assembly.reference.fetch(_window(block, backend))
            shared = block.intersection(interval)
            assert shared is not None  # blocks cover the interval
            contents += [
                f"{place - block.start} {bases}" for place in range(shared.start, shared.end)
            ]
        return contents

    def values(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> FloatArray:
        return self.effects(stretch, lines, progress)[self.facts.score_id]

    def effects(
        self, stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
    ) -> dict[str, FloatArray]:
        """Of every output of the model."""
        effects = activity_effects(stretch, lines, progress)
        outputs = {group.removesuffix(POOLED): values for group, values in effects.items()}
        return {f"{self.names.prefix}{output}": outputs[output] for output in self.names.outputs}


def activity_effects(
    stretch: Stretch, lines: Sequence[VariantLine], progress: Progress
) -> dict[str, FloatArray]:
    """float32[lines] of every group of tracks: mean ALT - REF over windows and strands."""
    changes, backend, interval = [], stretch.backend, stretch.interval
    for n_done, block in enumerate(_blocks(interval, backend.resolution)):
        window = _window(block, backend)
        bases = stretch.assembly.reference.fetch(window)
        inside = [line for line in lines if block.start < line.pos <= block.end]
        edited = [_substituted(bases, line, window) for line in inside]
        values = backend.predict_rows([bases, *edited])
        total = (values[1:] - values[:1]).sum(axis=1, dtype=np.float64)
        changes.append(total / _n_holding(inside, window, backend)[:, None])
        progress((n_done + 1) * block.width / (interval.width + block.width))
    joined = np.concatenate(changes)  # [lines, tracks]
    return {
        cell: joined[:, columns].mean(axis=1).astype("f4")
        for cell, columns in _columns(backend).items()
    }


def _blocks(interval: Interval, resolution: int) -> list[Interval]:
    """The bins that the interval touches: bases of one lie in the same windows."""
    grid = interval.snapped(resolution)
    starts = range(grid.start, grid.end, resolution)
    return [replace(grid, start=start, end=start + resolution) for start in starts]


def _window(block: Interval, backend: Backend) -> Interval:
    """What must be read to predict every bin whose window holds a base of the block."""
    reach = -(-backend.context_length // backend.resolution) * backend.resolution
    return block.expanded(reach).expanded(backend.context_length)


def _n_holding(lines: Sequence[VariantLine], window: Interval, backend: Backend) -> IntArray:
    """int64[lines]: bins of the window whose own windows hold the base; the others do not change.

    All bases of a bin lie in the same ones only where the context is a multiple of the resolution.
    """
    reach, step = backend.context_length, backend.resolution
    starts = np.arange(window.start + reach, window.end - reach, step)
    places = np.array([line.pos - 1 for line in lines], dtype=np.int64)[:, None]
    holds = (starts - reach <= places) & (places < starts + step + reach)
    return np.asarray(holds.sum(axis=1), dtype=np.int64)


def _substituted(bases: str, line: VariantLine, window: Interval) -> str:
    at = line.pos - 1 - window.start
    return f"{bases[:at]}{line.alt}{bases[at + 1 :]}"


def _columns(backend: Backend) -> dict[str, list[int]]:
    """Columns of the mean of the networks, for each cell type."""
    cells: dict[str, list[int]] = {}
    for column, track in enumerate(backend.tracks):
        if not track.member:
            cells.setdefault(track.group, []).append(column)
    return cells

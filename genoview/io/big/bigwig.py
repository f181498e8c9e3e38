"""Values of a bigWig: of every base, or from the file's own summaries."""

import struct

import numpy as np
import numpy.typing as npt

from genoview.data.genome import Interval
from genoview.data.site_data import FloatArray, IntArray
from genoview.io.big.byte_source import damaged
from genoview.io.big.file import BigFile
from genoview.io.big.header import BIGWIG, table_of
from genoview.io.formats.coverage import Runs, Signal, no_signal, stretch_length
from genoview.io.formats.text_lines import LocalFileError

_HEAD = struct.Struct("<IIIIIBBH"), struct.Struct(">IIIIIBBH")
_HEAD_LENGTH = 24  # bytes
_BEDGRAPH, _VARIABLE, _FIXED = 1, 2, 3
_ROWS = {
    _BEDGRAPH: [("start", "u4"), ("end", "u4"), ("value", "f4")],
    _VARIABLE: [("start", "u4"), ("value", "f4")],
    _FIXED: [("value", "f4")],
}
_SUMMARY = [(name, "u4") for name in ("chrom", "start", "end", "n_valid")]
_SUMMARY += [(name, "f4") for name in ("low", "high", "sum", "sum_squares")]
Table = tuple[IntArray, IntArray, FloatArray, FloatArray]  # start, end, lowest, highest


class BigWig:
    """A signal source; thread safe."""

    def __init__(self, file: BigFile, whole_up_to: int = 0) -> None:
        """Args: whole_up_to: bp that are read base by base, though summaries would do.

        Raises:
            LocalFileError: it is no bigWig, or cannot be had.
        """
        if file.header.kind != BIGWIG:
            raise LocalFileError(f"{file.source.name} is a {file.header.kind}, not a bigWig.")
        self._file = file
        self._whole_up_to = whole_up_to

    def signal(self, interval: Interval, n_points: int) -> Signal:
        """Every base where they fit in `n_points`, else minimum and maximum of each stretch.

        Summaries, of wide places, may reach a little over a stretch's ends: no extreme is lost.
        """
        place = self._file.place(interval)
        if place is None:
            return no_signal()
        number, start, end = place
        inside = Interval(interval.chrom, start, end)
        index_at, is_summary = self._index_for(inside, n_points)
        contents = self._file.contents(self._file.blocks(index_at, place))
        read = self._of_summary if is_summary else self._of_section
        tables = [read(content, number) for content in contents]
        left, right, low, high = _apart(tables, start, end)
        positions, values = Runs(left, right, low).signal(inside, n_points)
        if is_summary:
            values[1::2] = Runs(left, right, high).signal(inside, n_points)[1][1::2]
        return positions, values

    def _index_for(self, inside: Interval, n_points: int) -> tuple[int, bool]:
        """The coarsest summary that is finer than what is drawn, or the data themselves."""
        header = self._file.header
        is_whole = inside.width <= max(n_points, self._whole_up_to)
        length = 1 if is_whole else stretch_length(inside.width, n_points)
        fitting = [zoom for zoom in header.zooms if zoom.reduction <= length]
        return (fitting[-1].index_at, True) if fitting and length > 1 else (header.index_at, False)

    def _of_section(self, content: bytes, number: int) -> Table:
        order, name = self._file.header.order, self._file.source.name
        if len(content) < _HEAD_LENGTH:
            raise damaged(name, "a section of values breaks off")
        chrom, first, _, step, span, kind, _, count = _HEAD[order == ">"].unpack_from(content)
        if kind not in _ROWS:
            raise damaged(name, f"a section is of type {kind}")
        form = np.dtype([(column, order + code) for column, code in _ROWS[kind]])
        if len(content) < _HEAD_LENGTH + count * form.itemsize:
            raise damaged(name, "a section of values breaks off")
        rows = table_of(content, form, count if chrom == number else 0, _HEAD_LENGTH)
        if kind == _FIXED:
            start = first + np.arange(len(rows), dtype=np.int64) * step
        else:
            start = rows["start"].astype(np.int64)
        end = rows["end"].astype(np.int64) if kind == _BEDGRAPH else start + span
        value = rows["value"].astype(np.float32)
        return start, end, value, value

    def _of_summary(self, content: bytes, number: int) -> Table:
        form = np.dtype([(name, self._file.header.order + kind) for name, kind in _SUMMARY])
        rows = table_of(content, form, len(content) // form.itemsize)
        rows = rows[(rows["chrom"] == number) & (rows["n_valid"] > 0)]
        start, end = rows["start"].astype(np.int64), rows["end"].astype(np.int64)
        return start, end, rows["low"].astype(np.float32), rows["high"].astype(np.float32)


def _apart(tables: list[Table], start: int, end: int) -> Table:
    """By start, within the place; what overlaps the next is cut, what is no number left out."""
    columns = zip(*tables, strict=True) if tables else ([], [], [], [])
    left, right, low, high = (np.concatenate([np.empty(0), *column]) for column in columns)
    kept = np.isfinite(low) & np.isfinite(high) & (right > start) & (left < end) & (left < right)
    order = np.argsort(left[kept], kind="stable")
    left, right = (
        np.clip(each[kept][order], start, end).astype(np.int64) for each in (left, right)
    )
    right[:-1] = np.minimum(right[:-1], left[1:])
    rows: npt.NDArray[np.bool_] = left < right
    low, high = (each[kept][order][rows].astype(np.float32) for each in (low, high))
    return left[rows], right[rows], low, high

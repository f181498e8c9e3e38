"""The three calls that predict: request -> jobs -> messages, output by output, bins as made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from alphagenome.protos.v1 import dna_model_pb2
from alphagenome.protos.v1 import dna_model_service_pb2 as service_pb2

from genoview.data.answer import Answer
from genoview.data.genome import Interval
from genoview.data.track_data import TrackData
from genoview.server import limits
from genoview.server.output_types import Column
from genoview.server.protocol import Packing, interval_proto, packed_rows
from genoview.server.streaming import GrowingTracks, OutputRows, side_by_side
from genoview.server.tracks_served import Call, Chosen, ServedTracks, models_of

Message = Any
"""A protocol buffer."""
ModelTracks = Mapping[str, GrowingTracks[Any]]
"""Tracks of each model, as far as they are computed."""


def predict_sequence(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of bases of no place, over exactly as many bases as were sent."""
    limits.check_model_and_organism(request.organism, request.model_version)
    served.limits.check_sequence(request.sequence)
    width = len(request.sequence)
    place = Interval("sequence", 0, width)
    chosen = served.chosen(request, width, call.jobs)
    model_tracks = served.runner.sequence(
        request.sequence, _models(chosen), call.jobs, not call.keeps_itself
    )
    for output, columns in chosen.items():
        rows = _output_rows(served, output, columns, model_tracks, place).fitted(width)
        served.limits.check_answer(rows.n_bins * rows.n_tracks)
        yield from _output(
            service_pb2.PredictSequenceResponse,
            "output",
            dna_model_pb2.TrackData(resolution=rows.resolution),
            (output, columns, rows, call.packing),
        )


def predict_interval(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of a place of the genome, in the models' own bins around it."""
    interval = served.interval(request)
    chosen = served.chosen(request, interval.width, call.jobs)
    model_request = served.runner.request(interval)
    jobs = served.runner.jobs(model_request, _models(chosen), call.jobs)
    model_tracks = {
        name: GrowingTracks(job, call.jobs, lambda answer: answer.ref.data)
        for name, job in jobs.items()
    }
    for output, columns in chosen.items():
        yield from _placed(
            service_pb2.PredictIntervalResponse,
            "output",
            (output, columns, call.packing),
            _output_rows(served, output, columns, model_tracks, interval),
        )


def predict_variant(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of both alleles, ALT on REF coordinates."""
    interval = served.interval(request)
    chosen = served.chosen(request, interval.width, call.jobs, 2)
    model_request = served.runner.request(interval, served.variant(request.variant))
    jobs = served.runner.jobs(model_request, _models(chosen), call.jobs)
    refs = {
        name: GrowingTracks(job, call.jobs, lambda answer: answer.ref.data)
        for name, job in jobs.items()
    }
    for output, columns in chosen.items():
        response = service_pb2.PredictVariantResponse
        what = (output, columns, call.packing)
        ref = _output_rows(served, output, columns, refs, interval)
        yield from _placed(response, "reference_output", what, ref)
        alts = {name: _alternate(call.jobs.result(jobs[name])) for name in models_of(columns)}
        alt = OutputRows.of(served.gathered(output, columns, alts, interval))
        yield from _placed(response, "alternate_output", what, alt)


def _alternate(answer: Answer) -> TrackData:
    assert answer.alt is not None  # the request has a variant
    return answer.alt.data


def _output_rows(
    served: ServedTracks,
    output: int,
    columns: list[Column],
    model_tracks: ModelTracks,
    interval: Interval,
) -> OutputRows:
    """One output, its bins as they come."""
    if not columns:
        return OutputRows.of(served.gathered(output, columns, {}, interval))
    return side_by_side(
        [
            (model_tracks[name], [column.column for column in columns if column.model == name])
            for name in models_of(columns)
        ]
    )


def _placed(
    make: Callable[..., Message],
    word: str,
    what: tuple[int, Sequence[Column], Packing],
    rows: OutputRows,
) -> Iterator[Message]:
    """The messages of one output that has a place."""
    output, columns, packing = what
    place = interval_proto(rows.interval)
    shell = dna_model_pb2.TrackData(resolution=rows.resolution, interval=place)
    yield from _output(make, word, shell, (output, columns, rows, packing))


def _output(
    make: Callable[..., Message],
    word: str,
    shell: dna_model_pb2.TrackData,
    what: tuple[int, Sequence[Column], OutputRows, Packing],
) -> Iterator[Message]:
    """What the tracks are, then their values chunk by chunk."""
    output, columns, rows, packing = what
    tensor, chunks = packed_rows((rows.n_bins, rows.n_tracks), rows.rows, packing)
    shell.values.CopyFrom(tensor)
    shell.metadata.extend(column.proto for column in columns)
    yield make(**{word: dna_model_pb2.Output(output_type=output, track_data=shell)})
    yield from chunks.messages(make)


def _models(chosen: Chosen) -> list[str]:
    return models_of([column for columns in chosen.values() for column in columns])

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
from genoview.server.streaming import Growing, Strip, side_by_side
from genoview.server.tracks_served import Call, Chosen, Desk, models_of

Message = Any
"""A protocol buffer."""
Makers = Mapping[str, Growing[Any]]
"""What each model says, as far as it goes."""


def predict_sequence(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of bases of no place, over exactly as many bases as were sent."""
    limits.check_asked(request.organism, request.model_version)
    desk.limits.check_sequence(request.sequence)
    width = len(request.sequence)
    place = Interval("sequence", 0, width)
    chosen = desk.chosen(request, width, call.hold)
    makers = desk.runner.sequence(
        request.sequence, _models(chosen), call.hold, not call.keeps_itself
    )
    for output, columns in chosen.items():
        strip = _strip(desk, output, columns, makers, place).fitted(width)
        desk.limits.check_answer(strip.n_bins * strip.n_tracks)
        yield from _output(
            service_pb2.PredictSequenceResponse,
            "output",
            dna_model_pb2.TrackData(resolution=strip.resolution),
            (output, columns, strip, call.packing),
        )


def predict_interval(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of a place of the genome, in the models' own bins around it."""
    interval = desk.interval(request)
    chosen = desk.chosen(request, interval.width, call.hold)
    asked = desk.runner.request(interval)
    jobs = desk.runner.jobs(asked, _models(chosen), call.hold)
    makers = {
        name: Growing(job, call.hold, lambda answer: answer.ref.data) for name, job in jobs.items()
    }
    for output, columns in chosen.items():
        yield from _placed(
            service_pb2.PredictIntervalResponse,
            "output",
            (output, columns, call.packing),
            _strip(desk, output, columns, makers, interval),
        )


def predict_variant(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of both alleles, ALT on REF coordinates."""
    interval = desk.interval(request)
    chosen = desk.chosen(request, interval.width, call.hold, 2)
    asked = desk.runner.request(interval, desk.variant(request.variant))
    jobs = desk.runner.jobs(asked, _models(chosen), call.hold)
    refs = {
        name: Growing(job, call.hold, lambda answer: answer.ref.data) for name, job in jobs.items()
    }
    for output, columns in chosen.items():
        made = service_pb2.PredictVariantResponse
        what = (output, columns, call.packing)
        ref = _strip(desk, output, columns, refs, interval)
        yield from _placed(made, "reference_output", what, ref)
        alts = {name: _alternate(call.hold.result(jobs[name])) for name in models_of(columns)}
        alt = Strip.of(desk.gathered(output, columns, alts, interval))
        yield from _placed(made, "alternate_output", what, alt)


def _alternate(answer: Answer) -> TrackData:
    assert answer.alt is not None  # it was asked with a variant
    return answer.alt.data


def _strip(
    desk: Desk, output: int, columns: list[Column], makers: Makers, interval: Interval
) -> Strip:
    """One output, its bins as they come."""
    if not columns:
        return Strip.of(desk.gathered(output, columns, {}, interval))
    return side_by_side(
        [
            (makers[name], [one.column for one in columns if one.model == name])
            for name in models_of(columns)
        ]
    )


def _placed(
    make: Callable[..., Message],
    word: str,
    what: tuple[int, Sequence[Column], Packing],
    strip: Strip,
) -> Iterator[Message]:
    """The messages of one output that has a place."""
    output, columns, packing = what
    place = interval_proto(strip.interval)
    shell = dna_model_pb2.TrackData(resolution=strip.resolution, interval=place)
    yield from _output(make, word, shell, (output, columns, strip, packing))


def _output(
    make: Callable[..., Message],
    word: str,
    shell: dna_model_pb2.TrackData,
    what: tuple[int, Sequence[Column], Strip, Packing],
) -> Iterator[Message]:
    """What the tracks are, then their values chunk by chunk."""
    output, columns, strip, packing = what
    tensor, chunks = packed_rows((strip.n_bins, strip.n_tracks), strip.rows, packing)
    shell.values.CopyFrom(tensor)
    shell.metadata.extend(column.proto for column in columns)
    yield make(**{word: dna_model_pb2.Output(output_type=output, track_data=shell)})
    yield from chunks.messages(make)


def _models(chosen: Chosen) -> list[str]:
    return models_of([column for columns in chosen.values() for column in columns])

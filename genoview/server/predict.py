"""The three calls that predict: request -> Answer -> messages, output by output."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from alphagenome.protos.v1 import dna_model_pb2
from alphagenome.protos.v1 import dna_model_service_pb2 as service_pb2

from genoview.genome import Interval
from genoview.server import limits
from genoview.server.desk import Call, Chosen, Desk, models_of
from genoview.server.outputs import Column
from genoview.server.protocol import Packing, fitted, interval_proto, packed
from genoview.tracks import FloatArray, TrackData

Message = Any
"""A protocol buffer."""


def predict_sequence(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of bases of no place, over exactly as many bases as were sent."""
    limits.check_asked(request.organism, request.model_version)
    desk.limits.check_sequence(request.sequence)
    width = len(request.sequence)
    place = Interval("sequence", 0, width)
    chosen = desk.chosen(request, width)
    found = desk.runner.sequence(request.sequence, _models(chosen), call.hold)
    tracks = {name: one.data for name, one in found.items()}
    for output, columns in chosen.items():
        data = desk.gathered(output, columns, tracks, place)
        desk.limits.check_answer(_fitted_size(data, width))
        values, resolution = fitted(data.values, data.resolution, width)
        yield from _output(
            service_pb2.PredictSequenceResponse,
            "output",
            dna_model_pb2.TrackData(resolution=resolution),
            (output, columns, values, call.packing),
        )


def predict_interval(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of a place of the genome, in the models' own bins around it."""
    interval = desk.interval(request)
    chosen = desk.chosen(request, interval.width)
    asked = desk.runner.request(interval)
    found = desk.runner.answers(asked, _models(chosen), call.hold)
    tracks = {name: one.ref.data for name, one in found.items()}
    for output, columns in chosen.items():
        yield from _placed(
            service_pb2.PredictIntervalResponse,
            "output",
            (output, columns, call.packing),
            desk.gathered(output, columns, tracks, interval),
        )


def predict_variant(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Tracks of both alleles, ALT on REF coordinates."""
    interval = desk.interval(request)
    chosen = desk.chosen(request, interval.width, 2)
    asked = desk.runner.request(interval, desk.variant(request.variant))
    found = desk.runner.answers(asked, _models(chosen), call.hold)
    pairs = {name: one.alleles for name, one in found.items() if one.alleles}
    refs = {name: pair.ref for name, pair in pairs.items()}
    alts = {name: pair.alt for name, pair in pairs.items()}
    for output, columns in chosen.items():
        for word, tracks in (("reference_output", refs), ("alternate_output", alts)):
            yield from _placed(
                service_pb2.PredictVariantResponse,
                word,
                (output, columns, call.packing),
                desk.gathered(output, columns, tracks, interval),
            )


def _placed(
    make: Callable[..., Message],
    word: str,
    what: tuple[int, Sequence[Column], Packing],
    data: TrackData,
) -> Iterator[Message]:
    """The messages of one output that has a place."""
    output, columns, packing = what
    place = interval_proto(data.interval)
    shell = dna_model_pb2.TrackData(resolution=data.resolution, interval=place)
    yield from _output(make, word, shell, (output, columns, data.values, packing))


def _output(
    make: Callable[..., Message],
    word: str,
    shell: dna_model_pb2.TrackData,
    what: tuple[int, Sequence[Column], FloatArray, Packing],
) -> Iterator[Message]:
    """What the tracks are, then their values chunk by chunk."""
    output, columns, values, packing = what
    tensor, chunks = packed(values, packing)
    shell.values.CopyFrom(tensor)
    shell.metadata.extend(column.proto for column in columns)
    yield make(**{word: dna_model_pb2.Output(output_type=output, track_data=shell)})
    yield from chunks.messages(make)


def _models(chosen: Chosen) -> list[str]:
    return models_of([column for columns in chosen.values() for column in columns])


def _fitted_size(data: TrackData, width: int) -> int:
    """Values once the bins are made to fit."""
    empty, resolution = fitted(data.values[:0], data.resolution, width)
    return width // resolution * empty.shape[1] if resolution != data.resolution else 0

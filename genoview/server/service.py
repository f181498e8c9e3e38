"""The seven calls of DnaModelService: let in, answer, count."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
from alphagenome.protos.v1 import dna_model_pb2, dna_model_service_pb2, dna_model_service_pb2_grpc

from genoview.errors import GenoviewError
from genoview.models.alphagenome.server_identity import BY_CALLER, KEEPING_HEADER
from genoview.server.call import CallJobs
from genoview.server.deadlines import Patience
from genoview.server.limits import Budget, Gate
from genoview.server.metrics import Metrics
from genoview.server.predict import Message, predict_interval, predict_sequence, predict_variant
from genoview.server.protocol import Packing
from genoview.server.score import score_interval, score_ism, score_variant
from genoview.server.status import code_of
from genoview.server.tracks_served import Call, ServedTracks

NAME = dna_model_service_pb2.DESCRIPTOR.services_by_name["DnaModelService"].full_name
UNFORESEEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a defect raises; its words are for the log and not for callers."""

logger = logging.getLogger(__name__)
Handler = Callable[[ServedTracks, Any, Call], Iterator[Message]]


@dataclass
class Service(dna_model_service_pb2_grpc.DnaModelServiceServicer):  # type: ignore[misc]
    """Each request of a stream is answered before the next is read.

    Attributes:
        packing: of values, where a call's metadata asks for nothing else.
    """

    served: ServedTracks
    metrics: Metrics
    packing: Packing = field(default_factory=Packing)

    def __post_init__(self) -> None:
        limits = self.served.limits
        self.gate = Gate(limits.queue, self.metrics.queue_length)
        self.patience = Patience(limits.patience)
        self._budget = Budget(limits.held_bytes)

    def PredictSequence(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Tracks of bases of no place."""
        return self._serve("PredictSequence", requests, context, predict_sequence)

    def PredictInterval(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Tracks of a place of the genome."""
        return self._serve("PredictInterval", requests, context, predict_interval)

    def PredictVariant(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Tracks of both alleles."""
        return self._serve("PredictVariant", requests, context, predict_variant)

    def ScoreInterval(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Scores of the genes of a place."""
        return self._serve("ScoreInterval", requests, context, score_interval)

    def ScoreVariant(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Scores of a variant."""
        return self._serve("ScoreVariant", requests, context, score_variant)

    def ScoreIsmVariant(self, requests: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """Scores of every substitution of a short stretch."""
        return self._serve("ScoreIsmVariant", requests, context, score_ism)

    def GetMetadata(self, request: Any, context: Any) -> Iterator[Message]:  # noqa: N802
        """What the tracks are; nothing for species that are not served."""
        return self._serve("GetMetadata", iter([request]), context, _metadata)

    def _serve(
        self, method: str, requests: Iterable[Any], context: Any, handle: Handler
    ) -> Iterator[Message]:
        """An error becomes its status code; a caller who goes takes its jobs along."""
        call_jobs = CallJobs(self.served.limits.seconds, self._budget)
        with (
            self.metrics.call(method) as record,
            self.patience.with_caller(context, call_jobs) as caller,
        ):
            try:
                if not context.add_callback(call_jobs.release):
                    call_jobs.release()
                sent = dict(context.invocation_metadata())
                call = Call(
                    call_jobs,
                    self.packing.requested_by(sent),
                    sent.get(KEEPING_HEADER) == BY_CALLER,
                )
                for request in caller.requests(requests):
                    with self.gate.entered(), call_jobs.answering():
                        yield from caller.taking(handle(self.served, request, call))
                # gRPC may report a caller that was dropped between two requests as finished.
                record.code = (caller.code if caller.was_dropped else grpc.StatusCode.OK).name
            except (GeneratorExit, grpc.RpcError):  # the caller went, or was dropped
                record.code = caller.code.name
                raise
            except GenoviewError as error:
                record.code = code_of(error).name
                context.abort(code_of(error), str(error))
            except UNFORESEEN as error:
                logger.exception("%s failed", method)
                record.code = grpc.StatusCode.INTERNAL.name
                kind = type(error).__name__
                details = f"The answer could not be made ({kind}); the server's log has more."
                context.abort(grpc.StatusCode.INTERNAL, details)


def _metadata(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    organisms = (dna_model_pb2.ORGANISM_HOMO_SAPIENS, dna_model_pb2.ORGANISM_UNSPECIFIED)
    metadata = served.outputs.metadata() if request.organism in organisms else []
    yield dna_model_service_pb2.MetadataResponse(output_metadata=metadata)

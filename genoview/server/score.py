"""The three calls that score: request -> Answer -> scores -> messages, scorer by scorer."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from alphagenome.protos.v1 import dna_model_pb2
from alphagenome.protos.v1 import dna_model_service_pb2 as service_pb2

from genoview.data.genome import Gene, Interval, Variant
from genoview.data.track_data import AlleleTracks
from genoview.server import limits, protocol
from genoview.server.predict import Message
from genoview.server.protocol import Packing
from genoview.server.runner import Mutations, Pairs
from genoview.server.scorers import (
    Scorer,
    Scores,
    gene_proto,
    interval_scorer,
    variant_scorer,
)
from genoview.server.status import unimplemented
from genoview.server.tracks_served import Call, Chosen, ServedTracks, models_of


def score_interval(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Scores of the genes of a place."""
    interval = served.interval(request)
    limits.check_scorers(request.interval_scorers)
    scorers = _with_columns(served, map(interval_scorer, request.interval_scorers))
    served.reserve(_chosen(scorers), interval.width, call.jobs, 1)
    model_request = served.runner.request(interval)
    answers = served.runner.answers(model_request, _models(scorers), call.jobs)
    tracks = {name: answer.ref.data for name, answer in answers.items()}
    genes = served.runner.assembly.annotation.genes(interval)
    for scorer in scorers:
        data = served.gathered(scorer.output, list(scorer.columns), tracks, interval)
        scores = scorer.of_interval(data, genes, request.merge_stranded_gene_tracks)
        yield from _interval_messages(scores, request.interval, call.packing)


def score_variant(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Scores of a variant, in the order of its scorers."""
    interval = served.interval(request)
    limits.check_scorers(request.variant_scorers)
    scorers = _with_columns(served, map(variant_scorer, request.variant_scorers))
    served.reserve(_chosen(scorers), interval.width, call.jobs, 2)
    model_request = served.runner.request(interval, served.variant(request.variant))
    answers = served.runner.answers(model_request, _models(scorers), call.jobs)
    pairs = {name: answer.alleles for name, answer in answers.items() if answer.alleles}
    genes = served.runner.assembly.annotation.genes(interval)
    variant = model_request.variant
    assert variant is not None  # the request has one
    for scorer in scorers:
        pair = _pair(served, scorer, pairs, interval)
        scores = scorer.of_variant(pair, variant, genes, request.merge_stranded_gene_tracks)
        response = service_pb2.ScoreVariantResponse
        yield from _variant_messages(response, scores, request.variant, call.packing)


def score_ism(served: ServedTracks, request: Any, call: Call) -> Iterator[Message]:
    """Scores of every substitution of a short stretch."""
    interval, stretch = served.interval(request), protocol.interval_of(request.ism_interval)
    limits.check_ism(stretch, interval)
    limits.check_scorers(request.variant_scorers)
    scorers = _with_columns(served, map(variant_scorer, request.variant_scorers))
    served.reserve(_chosen(scorers), interval.width, call.jobs, 2)
    model_request = served.runner.request(interval, _base(served, request))
    genes = served.runner.assembly.annotation.genes(interval)
    merge = request.merge_stranded_gene_tracks

    def score(variant: Variant, pairs: Pairs) -> list[Scores]:
        return [
            scorer.of_variant(_pair(served, scorer, pairs, interval), variant, genes, merge)
            for scorer in scorers
        ]

    key = hashlib.sha256(request.SerializeToString(deterministic=True)).hexdigest()
    mutations = Mutations(key, interval, stretch, _models(scorers), model_request.variant)
    for variant, scored in served.runner.mutated(mutations, score, call.jobs):
        sent = dna_model_pb2.Variant(
            chromosome=request.interval.chromosome,
            position=variant.pos,
            reference_bases=variant.ref,
            alternate_bases=variant.alt,
        )
        for scores in scored:
            response = service_pb2.ScoreIsmVariantResponse
            yield from _variant_messages(response, scores, sent, call.packing)


def _base(served: ServedTracks, request: Any) -> Variant | None:
    """The variant in whose sequence mutations are made, if any.

    Raises:
        Refusal: it changes the length.
    """
    if not request.HasField("interval_variant"):
        return None
    base = served.variant(request.interval_variant)
    if base.length_change:
        raise unimplemented(
            "Mutagenesis next to an insertion or a deletion is not answered; give an "
            "interval_variant that changes no length."
        )
    return base


def _with_columns(served: ServedTracks, scorers: Iterable[Scorer]) -> list[Scorer]:
    """Scorers with what this server has for them.

    Raises:
        Refusal: it has nothing for any of them.
    """
    outputs = served.outputs
    with_columns = [
        replace(scorer, columns=tuple(outputs.columns.get(scorer.output, ()))) for scorer in scorers
    ]
    if not any(scorer.is_defined for scorer in with_columns):
        names = "; ".join(dict.fromkeys(scorer.words for scorer in with_columns))
        raise unimplemented(
            f"No model of this server has a score for {names}. It predicts "
            f"{', '.join(outputs.names)}; values that are logarithms have no scores of counts."
        )
    return with_columns


def _models(scorers: Sequence[Scorer]) -> list[str]:
    return models_of([column for scorer in scorers for column in scorer.columns])


def _chosen(scorers: Sequence[Scorer]) -> Chosen:
    return {scorer.output: list(scorer.columns) for scorer in scorers if scorer.columns}


def _pair(served: ServedTracks, scorer: Scorer, pairs: Pairs, interval: Interval) -> AlleleTracks:
    columns = list(scorer.columns)
    ref, alt = (
        served.gathered(scorer.output, columns, tracks, interval)
        for tracks in (
            {name: pair.ref for name, pair in pairs.items()},
            {name: pair.alt for name, pair in pairs.items()},
        )
    )
    return AlleleTracks(ref, alt)


def _variant_messages(
    make: Callable[..., Message], scores: Scores, variant: dna_model_pb2.Variant, packing: Packing
) -> Iterator[Message]:
    tensor, chunks = protocol.packed(scores.values[None], packing)
    metadata = dna_model_pb2.VariantMetadata(
        variant=variant, track_metadata=scores.tracks, gene_metadata=_genes(scores.genes)
    )
    data = dna_model_pb2.VariantData(values=tensor, metadata=metadata)
    yield make(output=dna_model_pb2.ScoreVariantOutput(variant_data=data))
    yield from chunks.messages(make)


def _interval_messages(
    scores: Scores, interval: dna_model_pb2.Interval, packing: Packing
) -> Iterator[Message]:
    tensor, chunks = protocol.packed(scores.values[None], packing)
    metadata = dna_model_pb2.IntervalMetadata(
        interval=interval, track_metadata=scores.tracks, gene_metadata=_genes(scores.genes)
    )
    data = dna_model_pb2.IntervalData(values=tensor, metadata=metadata)
    output = dna_model_pb2.ScoreIntervalOutput(interval_data=data)
    yield service_pb2.ScoreIntervalResponse(output=output)
    yield from chunks.messages(service_pb2.ScoreIntervalResponse)


def _genes(genes: tuple[Gene, ...] | None) -> list[dna_model_pb2.GeneScorerMetadata]:
    return [gene_proto(gene) for gene in genes or ()]

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
from genoview.server.tracks_served import Call, Chosen, Desk, models_of


def score_interval(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Scores of the genes of a place."""
    interval = desk.interval(request)
    limits.check_scorers(request.interval_scorers)
    scorers = _with_columns(desk, map(interval_scorer, request.interval_scorers))
    desk.reserve(_chosen(scorers), interval.width, call.hold, 1)
    asked = desk.runner.request(interval)
    found = desk.runner.answers(asked, _models(scorers), call.hold)
    tracks = {name: one.ref.data for name, one in found.items()}
    genes = desk.runner.assembly.annotation.genes(interval)
    for scorer in scorers:
        data = desk.gathered(scorer.output, list(scorer.columns), tracks, interval)
        scores = scorer.of_interval(data, genes, request.merge_stranded_gene_tracks)
        yield from _interval_messages(scores, request.interval, call.packing)


def score_variant(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Scores of a variant, in the order of its scorers."""
    interval = desk.interval(request)
    limits.check_scorers(request.variant_scorers)
    scorers = _with_columns(desk, map(variant_scorer, request.variant_scorers))
    desk.reserve(_chosen(scorers), interval.width, call.hold, 2)
    asked = desk.runner.request(interval, desk.variant(request.variant))
    found = desk.runner.answers(asked, _models(scorers), call.hold)
    pairs = {name: one.alleles for name, one in found.items() if one.alleles}
    genes = desk.runner.assembly.annotation.genes(interval)
    variant = asked.variant
    assert variant is not None  # it was asked with one
    for scorer in scorers:
        pair = _pair(desk, scorer, pairs, interval)
        scores = scorer.of_variant(pair, variant, genes, request.merge_stranded_gene_tracks)
        made = service_pb2.ScoreVariantResponse
        yield from _variant_messages(made, scores, request.variant, call.packing)


def score_ism(desk: Desk, request: Any, call: Call) -> Iterator[Message]:
    """Scores of every substitution of a short stretch."""
    interval, stretch = desk.interval(request), protocol.interval_of(request.ism_interval)
    limits.check_ism(stretch, interval)
    limits.check_scorers(request.variant_scorers)
    scorers = _with_columns(desk, map(variant_scorer, request.variant_scorers))
    desk.reserve(_chosen(scorers), interval.width, call.hold, 2)
    asked = desk.runner.request(interval, _base(desk, request))
    genes = desk.runner.assembly.annotation.genes(interval)
    merge = request.merge_stranded_gene_tracks

    def score(variant: Variant, pairs: Pairs) -> list[Scores]:
        return [
            scorer.of_variant(_pair(desk, scorer, pairs, interval), variant, genes, merge)
            for scorer in scorers
        ]

    key = hashlib.sha256(request.SerializeToString(deterministic=True)).hexdigest()
    mutations = Mutations(key, interval, stretch, _models(scorers), asked.variant)
    for variant, scored in desk.runner.mutated(mutations, score, call.hold):
        sent = dna_model_pb2.Variant(
            chromosome=request.interval.chromosome,
            position=variant.pos,
            reference_bases=variant.ref,
            alternate_bases=variant.alt,
        )
        for scores in scored:
            made = service_pb2.ScoreIsmVariantResponse
            yield from _variant_messages(made, scores, sent, call.packing)


def _base(desk: Desk, request: Any) -> Variant | None:
    """The variant in whose sequence mutations are made, if any.

    Raises:
        Refusal: it changes the length.
    """
    if not request.HasField("interval_variant"):
        return None
    base = desk.variant(request.interval_variant)
    if base.length_change:
        raise unimplemented(
            "Mutagenesis beside an insertion or a deletion is not answered; give an "
            "interval_variant that changes no length."
        )
    return base


def _with_columns(desk: Desk, scorers: Iterable[Scorer]) -> list[Scorer]:
    """Scorers with what this server has for them.

    Raises:
        Refusal: it has nothing for any of them.
    """
    shelf = desk.shelf
    found = [replace(one, columns=tuple(shelf.columns.get(one.output, ()))) for one in scorers]
    if not any(scorer.is_defined for scorer in found):
        asked = "; ".join(dict.fromkeys(scorer.words for scorer in found))
        raise unimplemented(
            f"No model of this server has a score for {asked}. It predicts "
            f"{', '.join(shelf.names)}; values that are logarithms have no scores of counts."
        )
    return found


def _models(scorers: Sequence[Scorer]) -> list[str]:
    return models_of([column for scorer in scorers for column in scorer.columns])


def _chosen(scorers: Sequence[Scorer]) -> Chosen:
    return {scorer.output: list(scorer.columns) for scorer in scorers if scorer.columns}


def _pair(desk: Desk, scorer: Scorer, pairs: Pairs, interval: Interval) -> AlleleTracks:
    columns = list(scorer.columns)
    ref, alt = (
        desk.gathered(scorer.output, columns, tracks, interval)
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

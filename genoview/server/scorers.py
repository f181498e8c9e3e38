"""Scorers of the protocol -> genoview's own scores of the columns that they ask for.

What has no defined score is NaN, as where the strands of gene and track differ; a scorer of an
output type that no served model predicts has no tracks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from alphagenome.protos.v1 import dna_model_pb2

from genoview.data.genome import Gene, Variant
from genoview.data.track_data import AlleleTracks, FloatArray, TrackData
from genoview.scoring.tracks.centre_mask import Centre, centre_score
from genoview.scoring.tracks.formula import Float64Array
from genoview.scoring.tracks.gene_mask import (
    active_expression,
    expression_fold_change,
    gene_activity,
    splicing_change,
)
from genoview.server.output_types import Column, output_name
from genoview.server.protocol import STRAND_CODES
from genoview.server.status import invalid

OF_COUNTS = frozenset({"DIFF_LOG2_SUM", "DIFF_SUM_LOG2", "L2_DIFF_LOG1P"})
FIXED_OUTPUTS = {
    "pa_qtl": dna_model_pb2.OUTPUT_TYPE_RNA_SEQ,
    "splice_junction": dna_model_pb2.OUTPUT_TYPE_SPLICE_JUNCTIONS,
    "contact_map": dna_model_pb2.OUTPUT_TYPE_CONTACT_MAPS,
}
LACKING = frozenset({"pa_qtl", "splice_junction", "contact_map"})
AGGREGATIONS = dna_model_pb2.AggregationType
OVER_GENES = dna_model_pb2.IntervalAggregationType
PerGene = Callable[[Gene], Float64Array]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores by one scorer.

    Attributes:
        values: float32[rows, tracks]; a row a gene, or one row where it is not of genes.
        genes: of the rows; None where it is not of genes.
    """

    values: FloatArray
    tracks: Sequence[dna_model_pb2.TrackMetadata]
    genes: tuple[Gene, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scorer:
    """One scorer of a request, with the columns of this server that it is about.

    Attributes:
        kind: the protocol's word for it, such as center_mask.
        width: bp of its mask; None for all that was predicted.
        aggregation: such as DIFF_LOG2_SUM or MEAN; empty where the kind has one only.
    """

    kind: str
    output: int
    width: int | None = None
    aggregation: str = ""
    columns: Sequence[Column] = field(default=())

    @property
    def words(self) -> str:
        return f"{self.kind} {self.aggregation}".strip() + f" of {output_name(self.output)}"

    @property
    def is_defined(self) -> bool:
        """Whether any of the columns can have such a score."""
        return any(self._takes(column) for column in self.columns)

    def of_variant(
        self, pair: AlleleTracks, variant: Variant, genes: Sequence[Gene], merge: bool
    ) -> Scores:
        """Score both alleles of the columns.

        Args:
            genes: of what was predicted.
            merge: scores of genes by tracks of both strands become one track each.
        """
        if not self.columns or self.kind in LACKING:
            return Scores(np.zeros((1, 0), np.float32), ())
        if self.kind == "center_mask":
            return self._of_centre(pair, variant)
        return self._of_genes(genes, lambda gene: self._gene_score(pair, variant, gene), merge)

    def of_interval(self, data: TrackData, genes: Sequence[Gene], merge: bool) -> Scores:
        """Score the genes of an interval."""
        if not self.columns:
            return Scores(np.zeros((0, 0), np.float32), (), ())
        width = self.width or data.interval.width
        within, total = data.interval.resized(width), self.aggregation == "SUM"
        return self._of_genes(genes, lambda gene: gene_activity(data, gene, within, total), merge)

    def _takes(self, column: Column) -> bool:
        needs_counts = self.aggregation in OF_COUNTS or self.kind == "gene_mask"
        return self.kind not in LACKING and not (
            needs_counts and column.track.assay.facts.is_reporter
        )

    def _of_centre(self, pair: AlleleTracks, variant: Variant) -> Scores:
        taken = [i for i, column in enumerate(self.columns) if self._takes(column)]
        values = np.full((1, len(self.columns)), np.nan, np.float32)
        if taken:
            taken_tracks = AlleleTracks(pair.ref.select(taken), pair.alt.select(taken))
            width = self.width or 2 * pair.ref.interval.width
            values[0, taken] = centre_score(taken_tracks, variant, Centre[self.aggregation], width)
        return Scores(values, [column.proto for column in self.columns])

    def _gene_score(self, pair: AlleleTracks, variant: Variant, gene: Gene) -> Float64Array:
        if self.kind == "gene_mask_active":
            return active_expression(pair, gene)
        if self.kind == "gene_mask_splicing":
            near = variant.interval.resized(self.width) if self.width else pair.ref.interval
            return splicing_change(AlleleTracks(pair.ref.slice(near), pair.alt.slice(near)), gene)
        scores = np.full(len(self.columns), np.nan)
        taken = [i for i, column in enumerate(self.columns) if self._takes(column)]
        if taken:
            taken_tracks = AlleleTracks(pair.ref.select(taken), pair.alt.select(taken))
            scores[taken] = expression_fold_change(taken_tracks, gene)
        return scores

    def _of_genes(self, genes: Sequence[Gene], score: PerGene, merge: bool) -> Scores:
        """A row each gene that has any score."""
        rows = [(gene, score(gene)) for gene in genes]
        scored = [(gene, row) for gene, row in rows if not np.isnan(row).all()]
        values = np.array([row for _, row in scored], np.float32).reshape(-1, len(self.columns))
        scores = Scores(
            values,
            [column.proto for column in self.columns],
            tuple(gene for gene, _ in scored),
        )
        return merged(scores) if merge else scores


def variant_scorer(proto: dna_model_pb2.VariantScorer) -> Scorer:
    """The requested scorer, without columns yet.

    Raises:
        Refusal: it names no kind, output, width or aggregation that the protocol has.
    """
    kind = proto.WhichOneof("scorer")
    if kind is None:
        raise invalid("A variant scorer was sent without its kind.")
    if kind in FIXED_OUTPUTS:
        return Scorer(kind, FIXED_OUTPUTS[kind])
    mask = getattr(proto, kind)
    width = _width(mask)
    aggregation = ""
    if kind == "center_mask":
        names = AGGREGATIONS.Name(mask.aggregation_type) if _is_known(mask, AGGREGATIONS) else ""
        aggregation = names.removeprefix("AGGREGATION_TYPE_")
        if aggregation not in Centre.__members__:
            raise invalid(f"A centre mask aggregates by one of {', '.join(Centre.__members__)}.")
    return Scorer(kind, mask.requested_output, width, aggregation)


def interval_scorer(proto: dna_model_pb2.IntervalScorer) -> Scorer:
    """The same, of an interval.

    Raises:
        Refusal: it names no kind or aggregation that the protocol has.
    """
    kind = proto.WhichOneof("scorer")
    if kind is None:
        raise invalid("An interval scorer was sent without its kind.")
    mask = getattr(proto, kind)
    name = OVER_GENES.Name(mask.aggregation_type) if _is_known(mask, OVER_GENES) else ""
    aggregation = name.removeprefix("INTERVAL_AGGREGATION_TYPE_")
    if aggregation not in ("MEAN", "SUM"):
        raise invalid("A gene mask of an interval aggregates by MEAN or SUM.")
    return Scorer("interval_gene_mask", mask.requested_output, _width(mask), aggregation)


def merged(scores: Scores) -> Scores:
    """Tracks of both strands as one: each gene has its own strand's score.

    As it was where a track lacks its other strand.
    """
    strands = [track.strand for track in scores.tracks]
    pairs = list(_strand_pairs(scores.tracks))
    if not pairs or len(pairs) != len([s for s in strands if s != STRAND_CODES["-"]]):
        return scores
    reverse = np.array([gene.interval.strand == "-" for gene in scores.genes or ()], np.bool_)
    values = np.where(
        reverse[:, None],
        scores.values[:, [backward for _, backward in pairs]],
        scores.values[:, [forward for forward, _ in pairs]],
    )
    tracks = [_unstranded(scores.tracks[forward]) for forward, _ in pairs]
    return Scores(values, tracks, scores.genes)


def _strand_pairs(tracks: Sequence[dna_model_pb2.TrackMetadata]) -> Iterator[tuple[int, int]]:
    """Columns of the forward and the reverse strand; twice the same where there is no strand."""
    places = {(track.name, track.strand): i for i, track in enumerate(tracks)}
    for i, track in enumerate(tracks):
        if track.strand == STRAND_CODES["."]:
            yield i, i
        elif track.strand == STRAND_CODES["+"]:
            other = places.get((track.name, STRAND_CODES["-"]))
            if other is not None:
                yield i, other


def _unstranded(track: dna_model_pb2.TrackMetadata) -> dna_model_pb2.TrackMetadata:
    copied = dna_model_pb2.TrackMetadata()
    copied.CopyFrom(track)
    copied.strand = STRAND_CODES["."]
    return copied


def gene_proto(gene: Gene) -> dna_model_pb2.GeneScorerMetadata:
    """A gene, its Ensembl id without a version."""
    return dna_model_pb2.GeneScorerMetadata(
        gene_id=gene.gene_id.partition(".")[0],
        name=gene.symbol or None,
        strand=STRAND_CODES[gene.interval.strand],
        type=gene.biotype or None,
    )


def _width(mask: object) -> int | None:
    """bp of a mask; None where the kind has none or it is left out.

    Raises:
        Refusal: it is not above 0.
    """
    width = getattr(mask, "width", None)
    if width is None or not mask.HasField("width"):  # type: ignore[attr-defined]
        return None
    if width < 1:
        raise invalid(f"A mask of {width} bp was requested; at least 1 bp is needed.")
    return int(width)


def _is_known(mask: object, names: object) -> bool:
    return mask.aggregation_type in names.values()  # type: ignore[attr-defined]

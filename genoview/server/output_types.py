"""Tracks of the served models -> output types of the protocol, and words for what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alphagenome.protos.v1 import dna_model_pb2

from genoview.data.track_data import Assay, Biosample, TrackMetadata
from genoview.errors import SettingsError
from genoview.models.base import Backend
from genoview.server.protocol import STRAND_CODES, curies
from genoview.server.status import invalid, unimplemented

EXACT: Mapping[Assay, int] = {
    Assay.ATAC: dna_model_pb2.OUTPUT_TYPE_ATAC,
    Assay.CAGE: dna_model_pb2.OUTPUT_TYPE_CAGE,
    Assay.DNASE: dna_model_pb2.OUTPUT_TYPE_DNASE,
    Assay.RNA_SEQ: dna_model_pb2.OUTPUT_TYPE_RNA_SEQ,
    Assay.CHIP_HISTONE: dna_model_pb2.OUTPUT_TYPE_CHIP_HISTONE,
    Assay.CHIP_TF: dna_model_pb2.OUTPUT_TYPE_CHIP_TF,
    Assay.SPLICE_SITES: dna_model_pb2.OUTPUT_TYPE_SPLICE_SITES,
    Assay.SPLICE_SITE_USAGE: dna_model_pb2.OUTPUT_TYPE_SPLICE_SITE_USAGE,
    Assay.PROCAP: dna_model_pb2.OUTPUT_TYPE_PROCAP,
}
NEAREST: Mapping[Assay, tuple[int, str]] = {
    Assay.MPRA: (dna_model_pb2.OUTPUT_TYPE_CAGE, "CAGE"),
    Assay.TSS: (dna_model_pb2.OUTPUT_TYPE_PROCAP, "PRO-cap"),
    Assay.TF_MOTIF: (dna_model_pb2.OUTPUT_TYPE_CHIP_TF, "ChIP-seq"),
}
"""Kinds of track that the protocol has no word for: where a client finds them, and what they are
not. Their assay's title says so."""

BIOSAMPLE_TYPES = {
    "EFO": dna_model_pb2.BIOSAMPLE_TYPE_CELL_LINE,
    "CLO": dna_model_pb2.BIOSAMPLE_TYPE_CELL_LINE,
    "UBERON": dna_model_pb2.BIOSAMPLE_TYPE_TISSUE,
}
Terms = Sequence[dna_model_pb2.OntologyTerm]


@dataclass(frozen=True, slots=True)
class Column:
    """One track of one model as the protocol has it.

    Attributes:
        column: among the tracks of the model's answer.
    """

    model: str
    column: int
    track: TrackMetadata
    proto: dna_model_pb2.TrackMetadata


class OutputTypes:
    """What a server offers: columns by output type, bins of one width in each."""

    def __init__(self, backends: Iterable[Backend]) -> None:
        """Raises: SettingsError: two models share an output type and differ in their bins."""
        self.columns: dict[int, list[Column]] = {}
        self.resolutions: dict[int, int] = {}
        self.left_out: list[tuple[str, str]] = []  # model and track that no output type fits
        self._owners: dict[int, str] = {}
        for backend in backends:
            self._add(backend)

    @property
    def names(self) -> list[str]:
        """Of the output types, such as SPLICE_SITES."""
        return [output_name(output) for output in self.columns]

    def chosen(self, outputs: Sequence[int], terms: Terms) -> dict[int, list[Column]]:
        """The columns of the wanted output types that this server has.

        Args:
            terms: tracks of other biosamples are left out; those of none stay. Empty is all.

        Raises:
            Refusal: no output type was named, or this server has none of them.
        """
        if not outputs:
            raise invalid(f"Name an output; this server has {', '.join(self.names)}.")
        offered = {output: self.columns[output] for output in outputs if output in self.columns}
        if not offered:
            wanted = ", ".join(map(output_name, outputs))
            raise unimplemented(
                f"No model of this server predicts {wanted}; it has {', '.join(self.names)}."
            )
        wanted_terms = curies(terms)
        return {
            output: [column for column in columns if _is_of(column, wanted_terms)]
            for output, columns in offered.items()
        }

    def metadata(self) -> list[dna_model_pb2.OutputMetadata]:
        """Of every output type, what its tracks are."""
        return [
            dna_model_pb2.OutputMetadata(
                output_type=output,
                tracks=dna_model_pb2.TracksMetadata(metadata=[column.proto for column in columns]),
            )
            for output, columns in self.columns.items()
        ]

    def _add(self, backend: Backend) -> None:
        name = backend.card.name
        spoken = [track for track in backend.tracks if not track.member]
        for number, track in enumerate(spoken):
            output = output_of(track.assay)
            if output is None:
                self.left_out.append((name, track.label))
                continue
            if self.resolutions.setdefault(output, backend.resolution) != backend.resolution:
                raise SettingsError(
                    f"{self._owners[output]} and {name} both become {output_name(output)}, but "
                    f"with bins of {self.resolutions[output]} and {backend.resolution} bp. Serve "
                    "them by two servers."
                )
            self._owners.setdefault(output, name)
            columns = self.columns.setdefault(output, [])
            taken = {(column.proto.name, column.proto.strand) for column in columns}
            columns.append(Column(name, number, track, track_proto(track, backend, taken)))


def output_of(assay: Assay) -> int | None:
    """The output type of a kind of track; None without one."""
    return EXACT.get(assay) or NEAREST.get(assay, (None, ""))[0]


def output_name(output: int) -> str:
    """`SPLICE_SITES`."""
    known = dna_model_pb2.OutputType.values()
    if output not in known:
        return f"output {output}"
    name: str = dna_model_pb2.OutputType.Name(output)
    return name.removeprefix("OUTPUT_TYPE_")


def track_proto(
    track: TrackMetadata, backend: Backend, taken: set[tuple[str, int]]
) -> dna_model_pb2.TrackMetadata:
    """Metadata of a track for clients; its name is unlike those that are taken on its strand."""
    card, strand = backend.card, STRAND_CODES[track.strand]
    name = track.name
    if track.assay is Assay.SPLICE_SITES:
        name = name.removeprefix("Splice ")
    if (name, strand) in taken:
        name = f"{name} ({card.title})"
    random = ", random weights" if card.random_weights else ""
    made_by = f"genoview {card.name} {backend.version}, {card.licence}{random}"
    return dna_model_pb2.TrackMetadata(
        name=name,
        strand=strand,
        ontology_term=_term(track.biosample),
        biosample=_biosample(track.biosample),
        assay=assay_title(track),
        transcription_factor_code=(
            track.name.partition(" (")[0] if track.assay is Assay.TF_MOTIF else None
        ),
        data_source=made_by,
    )


def assay_title(track: TrackMetadata) -> str:
    """`MPRA (log2 over random DNA), not CAGE`: kind and unit, and what it is not."""
    nearest = NEAREST.get(track.assay)
    caveat = f", not {nearest[1]}" if nearest else ""
    return f"{track.assay.label} ({track.unit}){caveat}"


def _biosample(biosample: Biosample | None) -> dna_model_pb2.Biosample | None:
    if biosample is None:
        return None
    kind = BIOSAMPLE_TYPES.get(biosample.curie.partition(":")[0])
    return dna_model_pb2.Biosample(name=biosample.name, type=kind)


def _term(biosample: Biosample | None) -> dna_model_pb2.OntologyTerm | None:
    """None too for a term of an ontology that the protocol does not know."""
    kind, _, number = ("", "", "") if biosample is None else biosample.curie.partition(":")
    name = f"ONTOLOGY_TYPE_{kind}"
    if not number.isdecimal() or name not in dna_model_pb2.OntologyType.keys():  # noqa: SIM118
        return None
    return dna_model_pb2.OntologyTerm(
        ontology_type=dna_model_pb2.OntologyType.Value(name), id=int(number)
    )


def _is_of(column: Column, terms: frozenset[tuple[int, int]]) -> bool:
    if not terms or not column.proto.HasField("ontology_term"):
        return True
    return not terms.isdisjoint(curies([column.proto.ontology_term]))

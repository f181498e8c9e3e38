"""One output as the official client has it -> Prediction of a bare sequence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from genoview.data.contact_map import ContactMap
from genoview.data.genome import Interval
from genoview.data.junction_data import Junctions
from genoview.data.prediction import Prediction
from genoview.data.track_data import Assay, FloatArray, TrackData, TrackMetadata
from genoview.errors import BackendError
from genoview.models.alphagenome.outputs import Output
from genoview.models.alphagenome.track_filter import TrackFacts, described
from genoview.models.whole_window import WINDOW

COLUMNS = {
    "name": "name",
    "strand": "strand",
    "curie": "ontology_curie",
    "biosample": "biosample_name",
    "biosample_type": "biosample_type",
    "assay": "Assay title",
    "tissue": "gtex_tissue",
}


def facts_of(table: Any) -> tuple[TrackFacts, ...]:
    """A table of the client's metadata in plain values."""
    return facts_of_rows(table.to_dict("records"))


def facts_of_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[TrackFacts, ...]:
    """Rows by the names that AlphaGenome gives its columns."""
    facts = []
    for row in rows:
        texts = {key: _text(row.get(name)) for key, name in COLUMNS.items()}
        factor = _text(row.get("transcription_factor")) or _text(row.get("histone_mark"))
        facts.append(TrackFacts(**(texts | {"factor": factor, "strand": texts["strand"] or "."})))
    return tuple(facts)


def _text(value: object) -> str:
    """Of a cell that may be absent."""
    return value if isinstance(value, str) else ""


def prediction_of(
    received: Any, output: Output, facts: Sequence[TrackFacts], length: int
) -> Prediction:
    """The wanted tracks of a TrackData or JunctionData of the client, which stops here.

    A server of other models than AlphaGenome may answer in bins of another width.

    Args:
        facts: of the wanted tracks, in their order.
        length: bp of the sequence.

    Raises:
        BackendError: a track, a bin or a junction is not as was announced.
    """
    place = Interval(WINDOW, 0, length)
    tracks = described(facts, output.assay, output.unit)
    values, columns = np.asarray(received.values), _columns(received.metadata, facts, output)
    if columns != list(range(values.shape[-1])):  # else a copy of what may be hundreds of MB
        values = values[..., columns]
    values = values.astype(np.float32, copy=False)
    if output.assay is Assay.SPLICE_JUNCTIONS:
        return junction_prediction(values, received.junctions, tracks, place, output)
    if len(values) * received.resolution != length:
        raise BackendError(
            f"{output.assay.label} came in {len(values):,} bins of {received.resolution} bp, which "
            f"do not fill the {length:,} bp that were sent."
        )
    if output.assay is Assay.CONTACT_MAPS:
        contacts = ContactMap(values, tracks, place, received.resolution)
        return Prediction(no_tracks(place, output.resolution), contacts=contacts)
    return Prediction(TrackData(values, tracks, place, received.resolution))


def junction_prediction(
    values: FloatArray,
    junctions: Sequence[Any],
    tracks: tuple[TrackMetadata, ...],
    place: Interval,
    output: Output,
) -> Prediction:
    """float32[junctions, tracks] with objects that have start, end and strand."""
    ends = [
        (junction.start, junction.end, -1 if junction.strand == "-" else 1)
        for junction in junctions
    ]
    start, end, strand = np.array(ends, dtype=np.int64).reshape(-1, 3).T
    if len(ends) and not (start.min() >= 0 and end.max() <= place.width):
        raise BackendError("A junction lies outside of the sequence that was sent.")
    result = Junctions(start, end, strand.astype(np.int8), values, tracks, place)
    return Prediction(no_tracks(place, output.resolution), junctions=result)


def no_tracks(place: Interval, resolution: int) -> TrackData:
    """What a prediction of junctions or contacts alone has along the genome."""
    return TrackData(np.empty((place.width // resolution, 0), np.float32), (), place, resolution)


def _columns(table: Any, facts: Sequence[TrackFacts], output: Output) -> list[int]:
    """Where the wanted tracks are among those that came."""
    names = table["name"].tolist()
    strands = table["strand"].tolist() if "strand" in table else ["."] * len(names)
    places = {pair: i for i, pair in enumerate(zip(names, strands, strict=True))}
    missing = [row.name for row in facts if (row.name, row.strand) not in places]
    if missing:
        raise BackendError(
            f"{len(missing)} of {len(facts)} tracks of {output.assay.label} did not come, such as "
            f"{missing[0]}. The service's tracks may have changed: open Models and data again."
        )
    return [places[row.name, row.strand] for row in facts]

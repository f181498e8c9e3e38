"""The tracks that a server serves, gathered from its models."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import TrackData
from genoview.server import limits, protocol
from genoview.server.call import CallJobs
from genoview.server.output_types import Column, OutputTypes
from genoview.server.protocol import Packing
from genoview.server.runner import Runner

Chosen = dict[int, list[Column]]
"""Columns by output type."""


@dataclass(frozen=True, slots=True)
class ServedTracks:
    """Models, their output types in the protocol, and the limits of a request."""

    runner: Runner
    outputs: OutputTypes
    limits: limits.Limits

    def interval(self, request: Any) -> Interval:
        """The interval of a request for a model of this server.

        Raises:
            Refusal: it is too long, or it names another model or species.
        """
        limits.check_model_and_organism(request.organism, request.model_version)
        interval = protocol.interval_of(request.interval)
        self.limits.check_width(interval.width)
        return interval

    def variant(self, sent: Any) -> Variant:
        """The variant as it was sent."""
        return protocol.variant_of(sent, self.runner.assembly.reference.fetch)

    def chosen(self, request: Any, width: int, call_jobs: CallJobs, n_alleles: int = 1) -> Chosen:
        """The wanted columns over `width` bp, with room for them.

        Raises:
            Refusal: there are none, or they hold more than a caller may ask for.
        """
        columns = self.outputs.chosen(request.requested_outputs, request.ontology_terms)
        self.reserve(columns, width, call_jobs, n_alleles)
        return columns

    def reserve(self, chosen: Chosen, width: int, call_jobs: CallJobs, n_alleles: int) -> None:
        """Room for the values of columns over `width` bp.

        Raises:
            Refusal: they hold more than a caller may ask for, or than there is room for now.
        """
        values = sum(
            len(columns) * -(-width // self.outputs.resolutions[output])
            for output, columns in chosen.items()
        )
        call_jobs.reserve(self.limits.check_answer(values * n_alleles))

    def gathered(
        self, output: int, columns: list[Column], tracks: dict[str, TrackData], interval: Interval
    ) -> TrackData:
        """Columns of several models side by side, over the bins that touch the interval."""
        parts = [
            tracks[name].select([column.column for column in columns if column.model == name])
            for name in models_of(columns)
        ]
        if len(parts) == 1:
            return parts[0]
        if parts:
            values = np.concatenate([part.values for part in parts], axis=1)
            names = tuple(track for part in parts for track in part.tracks)
            return TrackData(values, names, parts[0].interval, parts[0].resolution)
        resolution = self.outputs.resolutions.get(output, 1)
        grid = interval.snapped(resolution)
        nothing = np.empty((grid.width // resolution, 0), np.float32)
        return TrackData(nothing, (), grid, resolution)


@dataclass(frozen=True, slots=True)
class Call:
    """A call without its request.

    Attributes:
        keeps_itself: the caller caches the answers, so that the server need not.
    """

    jobs: CallJobs
    packing: Packing
    keeps_itself: bool = False


def models_of(columns: list[Column]) -> list[str]:
    """Each model once, in order."""
    return list(dict.fromkeys(column.model for column in columns))

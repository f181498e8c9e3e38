"""The exon that changes most, in each tissue -> tracks of one bin, which is the exon."""

from functools import lru_cache

import numpy as np

from genoview.data.answer import Answer
from genoview.data.assay import Assay
from genoview.data.prediction import Prediction
from genoview.data.track_data import Biosample, TrackData, TrackMetadata
from genoview.scoring.splicing.inclusion.tissues import TissueInclusion

MEASURED = "share of RNA with the exon; REF measured in GTEx, ALT predicted"
NOT_MEASURED = "share of RNA with the exon, counted from 50%: REF is not measured"


@lru_cache(maxsize=64)  # drawing knows arrays again by their address
def tissue_answer(tissues: TissueInclusion) -> Answer | None:
    """REF and ALT as tracks over the exon; None where no tissue has RNA with it."""
    effect, unit = tissues.effect, MEASURED if tissues.source else NOT_MEASURED
    counted = [change for change in tissues.counted if change.begins is not None]
    if not counted:
        return None
    title = f"{effect.gene} {effect.place}"
    tracks = tuple(
        TrackMetadata(
            f"{title}, {each.tissue}", Assay.EXON_INCLUSION, ".", unit, Biosample("", each.tissue)
        )
        for each in counted
    )
    ref = np.array([[each.begins for each in counted]], dtype=np.float32)
    change = np.array([[each.delta_psi for each in counted]], dtype=np.float32)
    before, after = (
        Prediction(TrackData(values, tracks, effect.exon, effect.exon.width))
        for values in (ref, ref + change)
    )
    return Answer(tissues.card, tissues.version, "", before, after, notes=tissues.notes)

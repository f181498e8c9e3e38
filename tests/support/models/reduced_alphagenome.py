"""AlphaGenome in small, untrained: saved as the package saves, and marked as random."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
from alphagenome_pt import (
    AlphaGenome,
    AlphaGenomeConfig,
    HeadName,
    Metadata,
    synthetic_metadata,
)

N_TRACKS = 3
PUBLISHED_TRACKS = "alphagenome_metadata_raw.json"
LENGTH = 16_384


def save_reduced(
    folder: Path, channels: int = 24, layers: int = 1, tissues: Sequence[tuple[str, str]] = ()
) -> None:
    """Every head with a few tracks, two organisms; every splice site passes its threshold.

    Args:
        tissues: terms and names; signals then have a track of each on both strands, junctions
            and contact maps one, and a table as the published weights have it says so.
    """
    torch.manual_seed(1)
    heads = [head for head in HeadName if head is not HeadName.MASKED_LANGUAGE_MODELING]
    n_tracks = 2 * len(tissues) if tissues else None
    with warnings.catch_warnings(action="ignore"):  # splice sites have their five classes
        metadata = synthetic_metadata(heads=heads, num_organisms=2, num_tracks=n_tracks)
    if tissues:
        (folder / PUBLISHED_TRACKS).write_text(json.dumps(_table(tissues)))
    made = metadata if isinstance(metadata, Metadata) else Metadata(metadata)
    config = AlphaGenomeConfig(
        max_seq_len=LENGTH,
        num_channels=channels,
        transformer_layers=layers,
        pair_heads=4,
        metadata=made,
        dtype_policy="float32",
        splice_site_threshold=0.0,
        num_splice_sites=8,
    )
    AlphaGenome(config).eval().save(folder)
    (folder / "genoview.json").write_text(json.dumps({"random_weights": True}))


def _table(tissues: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Tracks of the outputs that a test of tissues draws, by the names of the published table."""

    def records(words: str, strands: str) -> dict[str, object]:
        return {
            "records": [
                {"name": f"{curie} {words}", "strand": strand}
                | {"ontology_curie": curie, "biosample_name": name, "Assay title": words}
                for curie, name in tissues
                for strand in strands
            ]
        }

    outputs = {
        "cage": records("CAGE", "+-"),
        "splice_junctions": records("RNA-seq", "."),
        "contact_maps": records("Hi-C", "."),
    }
    return {"organisms": {"human": outputs, "mouse": outputs}}

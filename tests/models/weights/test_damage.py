"""Weights that are cut off, empty or altered: one sentence that names the file and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genoview.data.assets import ASSETS
from genoview.errors import BackendError
from genoview.models.binding.motifs import read_motifs
from genoview.models.exons import mmsplice, mtsplice
from genoview.models.expression.promid import load_network
from genoview.models.expression.promoter_network import load_promoter_networks
from genoview.models.splicing.cispliceai import load_networks
from genoview.models.weights.damage import SUMS

READERS: dict[str, Callable[[Path], object]] = {
    "jaspar.npz": read_motifs,
    "promid.safetensors": load_network,
    "promoter-activity.safetensors": load_promoter_networks,
    "cispliceai.safetensors": load_networks,
    "mmsplice.safetensors": mmsplice.load_networks,
    "mtsplice.safetensors": mtsplice.load_ensembles,
}
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "altered at its beginning": lambda content: bytes([content[0] ^ 255]) + content[1:],
    "altered in a value": lambda content: content[:-2_000] + bytes(8) + content[-1_992:],
    "other": lambda content: b"no weights",
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", READERS)
def test_damaged_weights_are_refused_by_the_name_of_their_file(
    name: str, damage: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    sums = ASSETS / "models" / SUMS
    path.with_name(SUMS).write_bytes(sums.read_bytes())
    path.write_bytes(DAMAGE[damage]((ASSETS / "models" / name).read_bytes()))
    with pytest.raises(BackendError, match=name) as refusal:
        READERS[name](path)
    assert str(refusal.value).count("\n") == 0

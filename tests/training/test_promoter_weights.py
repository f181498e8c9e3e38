"""The weights that ship are those the report speaks of."""

import json

import numpy as np
import pytest

from genoview.models.expression.promoter_network import load_promoter_networks
from tests.support.paths import ROOT
from training.promoter_activity.assess import mean_of
from training.promoter_activity.data import CELLS, WIDTH, encode, read_measurements
from training.promoter_activity.evaluate import pearson
from training.promoter_activity.recipe import read_recipe
from training.promoter_activity.splits import TEST, read_split

WEIGHTS = ROOT / "assets/models/promoter-activity.safetensors"
RESULTS = json.loads((ROOT / "docs/models/promoter-activity/results.json").read_text())
TRAINING = ROOT / "training/promoter_activity"
TABLE = ROOT.parent / "shared/data/mpra/promoter_activity.tsv.gz"
# GC box, ETS site, GC box, NRF1 site: the commonest of active promoters (consensus sequences).
ACTIVE = "CGCGGGGCGGGGCACCGGAAGTGACGCGGGGCGGGGCTGCGCATGCGCACGGCCGGAAGTGGCC"


def test_the_weights_are_small_and_hold_one_member_per_seed() -> None:
    assert WEIGHTS.stat().st_size < 20 * 1024**2
    assert len(load_promoter_networks(WEIGHTS).members) == len(RESULTS["seeds"]) >= 3


def test_sites_of_active_promoters_raise_every_cell_above_random_sequence() -> None:
    rng = np.random.default_rng(0)
    random = ["".join(rng.choice(list("ACGT"), WIDTH)) for _ in range(20)]
    active = [sequence[: WIDTH - len(ACTIVE)] + ACTIVE for sequence in random]
    networks = load_promoter_networks(WEIGHTS)
    raised = mean_of(networks, encode(active)) - mean_of(networks, encode(random))
    assert (raised.mean(0) > 0.5).all()


def test_the_weights_reach_on_the_test_set_what_the_report_says() -> None:
    if not TABLE.exists():
        pytest.skip(f"{TABLE} is absent: the measurements are not part of the project")
    table = read_measurements(TABLE)
    rule = read_recipe(TRAINING / "recipes/final.toml").split
    rows = np.flatnonzero(read_split(table, rule, TRAINING / "split.npz") == TEST)
    predicted = mean_of(load_promoter_networks(WEIGHTS), table.codes[rows])
    for column, cell in enumerate(CELLS):
        found = pearson(predicted[:, column], table.activity[rows, column].astype(float))
        assert found == pytest.approx(RESULTS[TEST]["ensemble"]["pearson"][cell], abs=1e-3)

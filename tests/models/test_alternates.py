"""ALT of several variants together comes to ALT of each by itself."""

import numpy as np
import pytest

from genoview.data.genome import Interval, Variant
from genoview.data.track_data import FloatArray
from genoview.errors import BackendError, Cancelled
from genoview.models.base import Backend
from genoview.models.splicing.cispliceai import CISpliceAI
from tests.support.models.toy_backend import SpliceToy, Toy

PLACE = Interval("chr1", 20_000, 20_060)
BASES = "".join(np.random.default_rng(0).choice(list("ACGT"), 200_000))


def variant(pos: int, alt: str, length: int = 1) -> Variant:
    return Variant("chr1", pos, BASES[pos - 1 : pos - 1 + length], alt)


def other(pos: int) -> str:
    return "G" if BASES[pos - 1] == "C" else "C"


ENDS = (20_001, 20_030, 20_060)
SINGLE = [variant(pos, other(pos)) for pos in ENDS]
KEPT_LENGTH = [*SINGLE, variant(20_020, other(20_020) + BASES[20_020:20_022] + other(20_023), 4)]
WITH_INDELS = [*SINGLE, variant(20_020, BASES[20_019] + "GT"), variant(20_020, BASES[20_019], 3)]


def both_ways(
    model: Backend, variants: list[Variant]
) -> tuple[list[FloatArray], list[FloatArray], FloatArray]:
    window = model.window(PLACE)
    sequence = BASES[window.start : window.end]
    ref = model.predict(sequence, PLACE)
    together = model.predict_alternates(ref, sequence, variants)
    alone = [model.predict_alternate(ref, sequence, variant) for variant in variants]
    result = [prediction.data.values for prediction in together]
    return result, [prediction.data.values for prediction in alone], ref.data.values


@pytest.fixture(scope="module")
def splice_model() -> CISpliceAI:
    return CISpliceAI()


def test_a_model_that_shares_work_comes_to_the_same(splice_model: CISpliceAI) -> None:
    together, alone, ref = both_ways(splice_model, KEPT_LENGTH)
    assert len(together) == len(KEPT_LENGTH)
    for result, expected in zip(together, alone, strict=True):
        np.testing.assert_allclose(result, expected, atol=1e-6)
        assert np.abs(result - ref).max() > 1e-5


@pytest.mark.parametrize("make", [Toy, SpliceToy])
def test_any_model_takes_variants_of_all_kinds(make: type[Toy]) -> None:
    together, alone, _ = both_ways(make(), WITH_INDELS)
    for result, expected in zip(together, alone, strict=True):
        assert np.array_equal(result, expected)


def test_a_variant_outside_is_an_error(splice_model: CISpliceAI) -> None:
    window = splice_model.window(PLACE)
    ref = SpliceToy().predict(BASES[20_000 - 20 : 20_080], PLACE)
    outside = variant(30_000, other(30_000))
    result = splice_model.predict_alternates(ref, BASES[window.start : window.end], [outside])
    with pytest.raises(BackendError, match="lies outside of"):
        next(result)


def test_the_next_variant_is_not_begun_once_it_is_stopped() -> None:
    model = SpliceToy()
    ref = model.predict(BASES[20_000 - 20 : 20_080], PLACE)

    def stop(share: float) -> None:
        if share >= 1 / 3:
            raise Cancelled("Stopped.")

    result = model.predict_alternates(ref, BASES[20_000 - 20 : 20_080], SINGLE, stop)
    n_before = model.n_calls
    with pytest.raises(Cancelled):
        list(result)
    assert model.n_calls == n_before + 1

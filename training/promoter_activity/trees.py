"""What is read of fragments -> boosted trees -> what they would say of other sequence.

Trees take few measurements better than a network does in some cells, but are slower and jump
from one level to the next with a single base: they teach the network, and are not kept.
"""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

TREES = 600
RATE = 0.03
THREADS = 1  # so that seeds beside each other do not wait for each other


def trees_say(
    read: Values, targets: Values, second_pool: NDArray[np.bool_], windows: Values, seed: int
) -> Values:
    """float32[windows, cells], as fragments of the first pool.

    Args:
        read: float32[n, features] of the fragments.
        targets: float32[n, cells], NaN where not measured.
        windows: float32[m, features].
    """
    import lightgbm  # only training needs it

    seen = np.column_stack([read, second_pool])
    inputs = np.column_stack([windows, np.zeros(len(windows))])
    predictions = np.empty((len(windows), targets.shape[1]), np.float32)
    for column, wanted in enumerate(targets.T):
        known = ~np.isnan(wanted)
        trees = lightgbm.LGBMRegressor(
            n_estimators=TREES,
            learning_rate=RATE,
            num_leaves=31,
            min_child_samples=30,
            reg_lambda=3.0,
            colsample_bytree=0.15,
            subsample=0.7,
            subsample_freq=1,
            random_state=seed,
            n_jobs=THREADS,
            deterministic=True,
            force_col_wise=True,
            verbose=-1,
        )
        trees.fit(seen[known], wanted[known])
        predictions[:, column] = trees.booster_.predict(inputs)
    return predictions

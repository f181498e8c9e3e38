"""How far a computation is: a share from 0 to 1."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Called with the share done, 0 to 1; may raise `Cancelled`, which ends the run."""


def no_progress(share: float) -> None:
    """Progress that nobody watches."""


def step_progress(progress: Progress, start: float, end: float) -> Progress:
    """Progress of one step that fills `start` to `end` of the whole."""
    return lambda share: progress(start + share * (end - start))


def counted(progress: Progress, total: int) -> Callable[[int], None]:
    """Called with how many more of `total` are done; begins at 0."""
    done = 0

    def step(n_more: int) -> None:
        nonlocal done
        done += n_more
        progress(done / total)

    progress(0.0)
    return step

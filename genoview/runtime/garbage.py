"""Objects that stay for the life of the process, out of the way of Python's garbage collection."""

import atexit
import gc


def freeze() -> None:
    """What was made so far stays: Streamlit collects garbage after each run of a page, and would
    walk through every object of torch and of the models each time.

    At exit Python collects it like all else: extension types that still hold frozen objects would
    be reported as leaks.
    """
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)

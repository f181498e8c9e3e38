"""What a command says on standard error: warnings, and its progress."""

import sys


def warn(text: str) -> None:
    """One line."""
    print(f"genoview: {text}", file=sys.stderr)


class Meter:
    """Progress on one line, where somebody watches."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, share: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r{self.name} {share:4.0%}", end=end, file=sys.stderr, flush=True)

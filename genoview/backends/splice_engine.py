"""Many edits of one sequence -> what SpliceAI-10k networks say of both alleles, exactly and fast.

Edits that lie close share the layers of REF, computed once for their stretch; of ALT only what an
edit changes is computed, several edits side by side.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from genoview.backends.edits import Alleles, Edit
from genoview.backends.inputs import one_hot
from genoview.backends.splice_layers import Batch, LayeredNetwork
from genoview.backends.splice_network import CONTEXT_LENGTH, SpliceNetwork

FARTHEST = 5_000  # bp between what is wanted of two edits up to which they share a stretch
LONGEST_STRETCH = 20_000  # bp of outputs; REF then holds 30 kb of 32 layers, 120 MB
SPREAD = 32  # bp by which alleles computed side by side may differ in length
SLACK = SPREAD + 64  # bp that REF is computed further: for the above and for whole dilations
PLACES_AT_ONCE = 40_000  # of the longest layer over the edits of a batch; 30 MB of working memory

Step = Callable[[int], None]
"""Called with how many edits were answered by one more network."""


@dataclass(frozen=True, slots=True)
class Group:
    """Edits of one stretch and their places in the list."""

    first: int
    last: int
    members: tuple[int, ...]


class SpliceEngine:
    """The networks of one backend on its device."""

    def __init__(self, networks: Sequence[SpliceNetwork]) -> None:
        parameter = next(networks[0].parameters())
        self._device, self._dtype = parameter.device, parameter.dtype
        # Only in float32, and measured on CPUs.
        fast = self._device.type == "cpu" and self._dtype == torch.float32
        self._networks = [LayeredNetwork(network, fast) for network in networks]

    def alleles(self, sequence: str, edits: Sequence[Edit], done: Step) -> list[Alleles]:
        """Acceptor and donor probability of both alleles, the mean over the networks.

        Args:
            sequence: covers 5,000 bp on each side of what the edits want.
        """
        found: list[Alleles | None] = [None] * len(edits)
        for group in groups(edits):
            for place, answer in self._stretch(sequence, edits, group, done):
                found[place] = answer
        return [answer for answer in found if answer is not None]

    def _stretch(
        self, sequence: str, edits: Sequence[Edit], group: Group, done: Step
    ) -> Iterator[tuple[int, Alleles]]:
        bases, start = self._around(sequence, group)
        batches = [self._batch(sequence, edits, members) for members in sets(edits, group.members)]
        ref = torch.zeros(group.last - group.first, 3)
        alt = [torch.zeros(one.left + one.right, len(one.starts), 3) for _, one in batches]
        for network in self._networks:
            reference = network.reference(bases, start)
            assert reference.sites is not None  # the last thing that is computed
            ref += reference.sites.between(group.first, group.last)[:, 0].cpu()
            for into, (members, batch) in zip(alt, batches, strict=True):
                into += network.alternate(batch, reference).cpu()
                done(len(members))
        n = len(self._networks)
        for into, (members, batch) in zip(alt, batches, strict=True):
            for column, place in enumerate(members):
                edit = edits[place]
                wanted = slice(edit.first - group.first, edit.last - group.first)
                offset = batch.left - (edit.start - edit.first)
                length = edit.last - edit.first + edit.length_change
                yield (
                    place,
                    Alleles(
                        (ref[wanted, 1:] / n).numpy(),
                        (into[offset : offset + length, column, 1:] / n).numpy(),
                    ),
                )

    def _around(self, sequence: str, group: Group) -> tuple[torch.Tensor, int]:
        """One-hot bases [length, 1, 4] of a stretch with its context, and where they begin."""
        start, end = group.first - CONTEXT_LENGTH - SLACK, group.last + CONTEXT_LENGTH + SLACK
        inner = sequence[max(start, 0) : end]
        padded = ("N" * max(-start, 0) + inner).ljust(end - start, "N")
        return self._one_hot([padded]), start

    def _batch(
        self, sequence: str, edits: Sequence[Edit], members: Sequence[int]
    ) -> tuple[Sequence[int], Batch]:
        chosen = [edits[i] for i in members]
        longest = max(len(edit.alt) for edit in chosen)
        bases = [
            (edit.alt + sequence[edit.start + edit.ref_length :][:longest])[:longest].ljust(
                longest, "N"
            )
            for edit in chosen
        ]
        return members, Batch(
            torch.tensor([edit.start for edit in chosen], device=self._device),
            torch.tensor([edit.length_change for edit in chosen], device=self._device),
            max(edit.start - edit.first for edit in chosen),
            max(edit.last + edit.length_change - edit.start for edit in chosen),
            self._one_hot(bases),
        )

    def _one_hot(self, sequences: Sequence[str]) -> torch.Tensor:
        """[length, n, 4]."""
        return one_hot(sequences).permute(2, 0, 1).contiguous().to(self._device, self._dtype)


def groups(edits: Sequence[Edit]) -> Iterator[Group]:
    """Edits in order of place, those that lie close together."""
    order = sorted(range(len(edits)), key=lambda i: (edits[i].first, edits[i].last))
    members: list[int] = []
    first = last = 0
    for i in order:
        edit = edits[i]
        too_far = edit.first - last > FARTHEST or edit.last - first > LONGEST_STRETCH
        if members and too_far:
            yield Group(first, last, tuple(members))
            members = []
        if not members:
            first, last = edit.first, edit.last
        members.append(i)
        last = max(last, edit.last)
    if members:
        yield Group(first, last, tuple(members))


def sets(edits: Sequence[Edit], members: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Members whose alleles are of about one length, as many as are computed side by side."""

    def shape(i: int) -> tuple[int, int]:
        return edits[i].length_change, len(edits[i].alt)

    chosen: list[int] = []
    for i in sorted(members, key=shape):
        if chosen and not _fits(edits, [*chosen, i]):
            yield tuple(chosen)
            chosen = []
        chosen.append(i)
    if chosen:
        yield tuple(chosen)


def _fits(edits: Sequence[Edit], chosen: Sequence[int]) -> bool:
    """Whether they can be computed side by side: alike, and not too much at once."""
    some = [edits[i] for i in chosen]
    for values in (
        [edit.length_change for edit in some],
        [len(edit.alt) for edit in some],
        [edit.start - edit.first for edit in some],
        [edit.last - edit.start for edit in some],
    ):
        if max(values) - min(values) > SPREAD:
            return False
    longest = max(edit.last - edit.first + len(edit.alt) for edit in some)
    return len(some) * min(CONTEXT_LENGTH + longest, 2 * CONTEXT_LENGTH) <= PLACES_AT_ONCE

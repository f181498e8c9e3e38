"""Many edits of one sequence -> what SpliceAI-10k networks say of both alleles, exactly and fast.

Edits that lie close share the layers of REF, computed once for their stretch; of ALT only what an
edit changes is computed, several edits side by side. Each network on each stretch is a task for one
thread. A thread holds about 35 MB for REF and up to 170 MB for the edits of its stretch.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import torch

from genoview.backends.edit_groups import SPREAD, Group, groups, sets
from genoview.backends.edits import Alleles, Edit
from genoview.backends.inputs import one_hot
from genoview.backends.splice_layers import Batch, LayeredNetwork, Stretch
from genoview.backends.splice_network import CONTEXT_LENGTH, SpliceNetwork

SLACK = SPREAD + 64  # bp that REF is computed further: for the above and for whole dilations

Done = Callable[[int], None]
"""Called with how many edits were answered by one more network."""


class EditedStretch:
    """Edits that share a stretch, and the sum of what the networks have said of them so far."""

    def __init__(self, sequence: str, edits: Sequence[Edit], group: Group, like: torch.Tensor):
        """Args: like: of the type and on the device of the networks."""
        self.n_networks = 0
        self.group = group
        self._edits = edits
        self._sets = list(sets(edits, group.members))
        self.start = group.first - CONTEXT_LENGTH - SLACK
        end = group.last + CONTEXT_LENGTH + SLACK
        padded = "N" * max(-self.start, 0) + sequence[max(self.start, 0) : end]
        self.bases = _one_hot([padded.ljust(end - self.start, "N")], like)
        self.batches = [_batch(sequence, [edits[i] for i in some], like) for some in self._sets]
        self._ref = torch.zeros(group.last - group.first, 3)
        self._alts = [torch.zeros(one.left + one.right, len(one.starts), 3) for one in self.batches]

    def add(self, ref: Stretch, alts: Sequence[torch.Tensor]) -> None:
        """What one more network says."""
        self.n_networks += 1
        self._ref += ref.between(self.group.first, self.group.last)[:, 0]
        for total, alt in zip(self._alts, alts, strict=True):
            total += alt

    def answers(self) -> Iterator[tuple[int, Alleles]]:
        """The mean over the networks, for each edit by its place in the list."""
        for some, batch, alt in zip(self._sets, self.batches, self._alts, strict=True):
            for column, i in enumerate(some):
                edit = self._edits[i]
                at = edit.first - self.group.first
                ref = self._ref[at : at + edit.last - edit.first, 1:]
                at = batch.left - (edit.start - edit.first)
                length = len(ref) + edit.length_change
                yield (
                    i,
                    Alleles(
                        (ref / self.n_networks).numpy(),
                        (alt[at : at + length, column, 1:] / self.n_networks).numpy(),
                    ),
                )


Task = tuple[EditedStretch, LayeredNetwork]
Result = tuple[EditedStretch, Stretch, list[torch.Tensor]]


class SpliceEngine:
    """The networks of one backend on its device."""

    def __init__(self, networks: Sequence[SpliceNetwork]) -> None:
        self._like = next(networks[0].parameters())
        # Only in float32, and measured on CPUs.
        fast = self._like.device.type == "cpu" and self._like.dtype == torch.float32
        self._networks = [LayeredNetwork(network, fast) for network in networks]

    def alleles(self, sequence: str, edits: Sequence[Edit], done: Done) -> list[Alleles]:
        """Acceptor and donor probability of both alleles, the mean over the networks.

        Args:
            sequence: covers 5,000 bp on each side of what the edits want.
            done: called in the caller's thread; what it raises ends the run.
        """
        found: dict[int, Alleles] = {}
        shared = [EditedStretch(sequence, edits, group, self._like) for group in groups(edits)]
        for stretch, ref, alts in self._run([(one, n) for one in shared for n in self._networks]):
            stretch.add(ref, alts)
            done(len(stretch.group.members))
            if stretch.n_networks == len(self._networks):
                found.update(stretch.answers())
        return [found[i] for i in range(len(edits))]

    def _run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Each task in one thread: the products of a layer are too small to be shared out."""
        n_threads = torch.get_num_threads() if self._like.device.type == "cpu" else 1
        if n_threads == 1 or len(tasks) < 2:
            yield from map(_worked_out, tasks)
            return
        torch.set_num_threads(1)
        pool = ThreadPoolExecutor(n_threads)
        try:
            for future in as_completed([pool.submit(_worked_out, task) for task in tasks]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
            torch.set_num_threads(n_threads)


def _worked_out(task: Task) -> Result:
    stretch, network = task
    with torch.inference_mode():
        ref, alts = network.sites(stretch.bases, stretch.start, stretch.batches)
        return stretch, Stretch(ref.start, ref.values.cpu()), [alt.cpu() for alt in alts]


def _batch(sequence: str, edits: Sequence[Edit], like: torch.Tensor) -> Batch:
    longest = max(len(edit.alt) for edit in edits)
    bases = []
    for edit in edits:
        behind = edit.start + edit.ref_length
        bases.append((edit.alt + sequence[behind : behind + longest])[:longest].ljust(longest, "N"))
    return Batch(
        torch.tensor([edit.start for edit in edits], device=like.device),
        torch.tensor([edit.length_change for edit in edits], device=like.device),
        max(edit.start - edit.first for edit in edits),
        max(edit.last + edit.length_change - edit.start for edit in edits),
        _one_hot(bases, like),
    )


def _one_hot(sequences: Sequence[str], like: torch.Tensor) -> torch.Tensor:
    """[length, n, 4]."""
    return one_hot(sequences).permute(2, 0, 1).contiguous().to(like)

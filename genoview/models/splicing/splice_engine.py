"""Many edits of one sequence -> exact predictions of SpliceAI-10k networks for both alleles, fast.

Edits that lie close share the layers of REF, computed once for their stretch; of ALT only what an
edit changes is computed, several edits side by side. Each network on each stretch is a task for one
thread. A thread holds about 35 MB for REF and up to 170 MB for the edits of its stretch.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import torch

from genoview.models.inputs import one_hot
from genoview.models.splicing.splice_layers import Batch, LayeredNetwork
from genoview.models.splicing.splice_network import CONTEXT_LENGTH, SpliceNetwork
from genoview.models.variant_batch import Alleles, EditedStrand
from genoview.models.variant_groups import SPREAD, Group, groups, sets

# bp of REF on each side of a stretch; some more than the context, for what differs within a set and
# for whole dilations
MARGIN = CONTEXT_LENGTH + SPREAD + 64

Task = tuple["EditedStretch", LayeredNetwork]
Result = tuple["EditedStretch", torch.Tensor, list[torch.Tensor]]
Done = Callable[[int], None]
"""Called with how many edits were answered by one more network."""


class EditedStretch:
    """Edits that share a stretch, and the sum of the networks' predictions so far.

    Attributes:
        strand: its place in the list of strands.
    """

    def __init__(self, strand: int, edited: EditedStrand, group: Group) -> None:
        self.strand, self.group = strand, group
        self.n_networks = 0
        self.sets = list(sets(edited.edits, group.members))
        self._edited = edited
        self._ref = torch.zeros(group.last - group.first, 1)  # as wide as the networks' outputs
        self._alts: list[torch.Tensor] = []

    def work_out(self, network: LayeredNetwork, like: torch.Tensor) -> Result:
        """Predictions of one network, on the CPU; `like` is of its type and on its device."""
        start, end = self.group.first - MARGIN, self.group.last + MARGIN
        padded = "N" * max(-start, 0) + self._edited.sequence[max(start, 0) : end]
        bases = _one_hot([padded.ljust(end - start, "N")], like)
        batches = [_batch(self._edited, some, like) for some in self.sets]
        ref, alts = network.sites(bases, start, batches)
        wanted = ref.between(self.group.first, self.group.last)[:, 0]
        return self, wanted.cpu(), [alt.cpu() for alt in alts]

    def add(self, ref: torch.Tensor, alts: list[torch.Tensor]) -> None:
        """Add the predictions of one more network."""
        self.n_networks += 1
        self._ref = self._ref + ref
        so_far = self._alts or [torch.zeros_like(alt) for alt in alts]
        self._alts = [total + alt for total, alt in zip(so_far, alts, strict=True)]

    def answers(self) -> Iterator[tuple[int, Alleles]]:
        """The mean over the networks, for each edit by its place in the list."""
        for some, alt in zip(self.sets, self._alts, strict=True):
            edits = [self._edited.edits[i] for i in some]
            left = max(edit.start - edit.first for edit in edits)
            for column, (i, edit) in enumerate(zip(some, edits, strict=True)):
                at = edit.first - self.group.first
                ref = self._ref[at : at + edit.last - edit.first, 1:]
                at = left - (edit.start - edit.first)
                length = len(ref) + edit.length_change
                yield (
                    i,
                    Alleles(
                        (ref / self.n_networks).numpy(),
                        (alt[at : at + length, column, 1:] / self.n_networks).numpy(),
                    ),
                )


class SpliceEngine:
    """The networks of one backend on its device."""

    def __init__(self, networks: Sequence[SpliceNetwork]) -> None:
        self._like = next(networks[0].parameters())
        # Only in float32, and measured on CPUs.
        fast = self._like.device.type == "cpu" and self._like.dtype == torch.float32
        self._networks = [LayeredNetwork(network, fast) for network in networks]

    def alleles(self, strands: Sequence[EditedStrand], done: Done) -> list[list[Alleles]]:
        """Predictions for both alleles, without the first output, that nothing is spliced.

        The mean over the networks: acceptor and donor of SpliceAI's, splicing of Pangolin's.

        Args:
            done: called in the caller's thread; what it raises ends the run.
        """
        by_strand: list[dict[int, Alleles]] = [{} for _ in strands]
        shared = [
            EditedStretch(i, strand, group)
            for i, strand in enumerate(strands)
            for group in groups(strand.edits)
        ]
        for stretch, ref, alts in self._run(
            [(stretch, network) for stretch in shared for network in self._networks]
        ):
            stretch.add(ref, alts)
            done(len(stretch.group.members))
            if stretch.n_networks == len(self._networks):
                by_strand[stretch.strand].update(stretch.answers())
        return [[answers[i] for i in range(len(answers))] for answers in by_strand]

    def _run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Each task in one thread: the products of a layer are too small to be shared out."""
        n_threads = torch.get_num_threads() if self._like.device.type == "cpu" else 1
        if n_threads == 1 or len(tasks) < 2:
            yield from map(self._work, tasks)
            return
        torch.set_num_threads(1)
        pool = ThreadPoolExecutor(n_threads)
        try:
            for future in as_completed([pool.submit(self._work, task) for task in tasks]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
            torch.set_num_threads(n_threads)

    def _work(self, task: Task) -> Result:
        stretch, network = task
        with torch.inference_mode():
            return stretch.work_out(network, self._like)


def _batch(edited: EditedStrand, members: Sequence[int], like: torch.Tensor) -> Batch:
    edits = [edited.edits[i] for i in members]
    longest = max(len(edit.alt) for edit in edits)
    bases = []
    for edit in edits:
        behind = edit.start + edit.ref_length
        known = edit.alt + edited.sequence[behind : behind + longest]
        bases.append(known[:longest].ljust(longest, "N"))
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

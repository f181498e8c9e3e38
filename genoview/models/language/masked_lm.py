"""Probabilities of bases from a masked language model, hidden from it or seen.

sequences --tokens--> logits --vocabulary--> float32[n, places, 4], probability of A, C, G and T
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import torch

from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray
from genoview.errors import BackendError
from genoview.models.language.loading import Source, cut_of, digest_of, frame_of, load, token_number
from genoview.models.language.tokenizer import BASES, Scheme, Tokens, Vocabulary

# Tokens of a batch, over all its sequences; a CPU gains nothing by more, and stops sooner.
TOKENS_AT_ONCE = {"cpu": 1_024, "cuda": 32_768}


@dataclass(frozen=True, slots=True)
class Question:
    """One sequence as the network reads it.

    Attributes:
        numbers: of its tokens, special ones included.
        targets: (which place, which token, length of the token in bp, base within it) each.
    """

    numbers: tuple[int, ...]
    targets: tuple[tuple[int, int, int, int], ...]


class MaskedNetwork:
    """Probabilities of bases from one model on one device.

    Attributes:
        most_bases: bp of the longest sequence that it takes, whatever its tokens.
    """

    def __init__(self, source: Source, device: str = "cpu", dtype: str = "float32") -> None:
        self._place = source.place
        tokeniser, model = load(source)
        self.device, self.dtype = torch.device(device), dtype
        self._model = model.to(self.device, getattr(torch, dtype)).eval()
        numbers = tokeniser.get_vocab()
        self._mask = token_number(tokeniser.mask_token_id, source, "mask")
        unknown = token_number(tokeniser.unk_token_id, source, "unknown")
        self.vocabulary = Vocabulary(numbers, unknown)
        self.scheme = Scheme(source.scheme) if source.scheme else self.vocabulary.scheme
        self.cut = cut_of(self.scheme, self.vocabulary, tokeniser)
        self._before, self._behind = frame_of(source, self.cut, tokeniser)
        rows = self._model.get_input_embeddings().num_embeddings
        if max(self._mask, unknown, *self._before, *self._behind) >= rows:
            raise BackendError(f"The tokeniser of {source.place} has more tokens than the network.")
        self.most_bases = (
            most_tokens(self._model, tokeniser) - len(self._before) - len(self._behind)
        )
        self.digest = digest_of(self._model, numbers, self.scheme.value)

    def hidden(self, sequences: Sequence[str], place: int) -> FloatArray:
        """float32[n, 4]: A, C, G, T at one base that the network does not see."""
        return self._answers([self._hiding(sequence, place) for sequence in sequences], 1)[:, 0]

    def seen(
        self, sequences: Sequence[str], first: int, last: int, progress: Progress = no_progress
    ) -> FloatArray:
        """float32[n, last - first, 4]: A, C, G, T at bases that the network sees."""
        places = range(first, last)
        questions = (self._question(self.cut(sequence), places) for sequence in sequences)
        return self._answers(list(questions), len(places), progress)

    def _hiding(self, sequence: str, place: int) -> Question:
        """With every token masked that covers the base."""
        tokens = self.cut(sequence)
        numbers = tokens.numbers.copy()
        numbers[tokens.over(place)] = self._mask
        return self._question(Tokens(numbers, tokens.starts, tokens.ends), [place])

    def _question(self, tokens: Tokens, places: Sequence[int]) -> Question:
        targets = tuple(
            (
                n,
                len(self._before) + i,
                int(tokens.ends[i] - tokens.starts[i]),
                place - int(tokens.starts[i]),
            )
            for n, place in enumerate(places)
            for i in tokens.over(place)
        )
        numbers = (*self._before, *tokens.numbers.tolist(), *self._behind)
        return Question(numbers, targets)

    def _answers(
        self, questions: Sequence[Question], n_places: int, progress: Progress = no_progress
    ) -> FloatArray:
        """float32[n, places, 4]; sequences of one number of tokens run together, unpadded."""
        answers = torch.zeros(len(questions), n_places, len(BASES), device=self.device)
        n_done = 0
        for batch in _batches(questions, TOKENS_AT_ONCE.get(self.device.type, 1_024)):
            self._answer(questions, batch, answers)
            n_done += len(batch)
            progress(n_done / len(questions))
        result: FloatArray = answers.cpu().numpy()
        return result

    @torch.inference_mode()
    def _answer(
        self, questions: Sequence[Question], batch: Sequence[int], answers: torch.Tensor
    ) -> None:
        """Put the answers of some questions into `answers`: the mean over the tokens of a place."""
        numbers = torch.tensor([questions[i].numbers for i in batch], device=self.device)
        logits = logits_of(self._model, numbers, self._place)
        cells = [
            (row, i, *target) for row, i in enumerate(batch) for target in questions[i].targets
        ]
        cells.sort(key=lambda cell: cell[4:])
        for (length, offset), group in groupby(cells, key=lambda cell: cell[4:]):
            row, i, place, token = torch.tensor([cell[:4] for cell in group]).T.to(self.device)
            probabilities = self.vocabulary.bases(logits[row, token], length, offset)
            answers.index_put_((i, place), probabilities, accumulate=True)
        done = torch.tensor(batch, device=self.device)
        answers[done] /= answers[done].sum(dim=2, keepdim=True)


def logits_of(model: Any, numbers: torch.Tensor, place: str) -> torch.Tensor:
    """float[n, tokens, vocabulary], checked: the code may be another's.

    Raises:
        BackendError: it fails, or gives something else.
    """
    try:
        logits = model(input_ids=numbers, attention_mask=torch.ones_like(numbers)).logits
    except (RuntimeError, ValueError, TypeError, LookupError, AttributeError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackendError(f"{place} failed on its input: {first}") from error
    if not isinstance(logits, torch.Tensor) or logits.shape[:2] != numbers.shape:
        shape = list(logits.shape) if isinstance(logits, torch.Tensor) else type(logits).__name__
        raise BackendError(
            f"{place} gave {shape} for {list(numbers.shape)} tokens; logits for each token of the "
            "vocabulary at each place were expected."
        )
    return logits


def most_tokens(model: Any, tokeniser: Any) -> int:
    """That a network has positions for; some architectures leave the first ones empty."""
    limit = int(tokeniser.model_max_length)
    positions = getattr(model.config, "max_position_embeddings", None) or limit
    return min(int(positions) - 1 - (model.config.pad_token_id or 0), limit)


def _batches(questions: Sequence[Question], n_tokens: int) -> Iterator[list[int]]:
    order = sorted(range(len(questions)), key=lambda i: (len(questions[i].numbers), i))
    for length, group in groupby(order, key=lambda i: len(questions[i].numbers)):
        alike, most = list(group), max(n_tokens // length, 1)
        for i in range(0, len(alike), most):
            yield alike[i : i + most]

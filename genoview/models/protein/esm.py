"""ESM-2 and VESM: ln P of each residue at the places of a protein, hidden or seen.

protein --windows--> tokens --EsmForMaskedLM--> logits --> ln P(residue) - ln P(the one there)
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import torch

from genoview.data.model_card import ModelCard
from genoview.data.progress import Progress, no_progress
from genoview.data.track_data import FloatArray
from genoview.data.transcript.amino_acids import STANDARD
from genoview.errors import BackendError
from genoview.models.devices import device_and_dtype
from genoview.models.language.loading import Source, digest_of, token_number
from genoview.models.language.masked_lm import TOKENS_AT_ONCE, logits_of, most_tokens
from genoview.models.protein.contract import ResidueModel
from genoview.models.protein.loading import load
from genoview.models.protein.windows import MOST_RESIDUES, Window, centred, grouped, tiles, weights

REVISION = 1  # raised when numbers change with the same weights
HIDDEN = "?"  # a residue that the model does not see
PROBE = f"M{STANDARD}X"  # read by genoview and by the tokeniser alike


class EsmModel(ResidueModel):
    """An `EsmForMaskedLM` on one device."""

    def __init__(
        self, card: ModelCard, source: Source, device: str = "cpu", dtype: str = "float32"
    ) -> None:
        """Raises: BackendError: it cannot be loaded, or is no model of proteins."""
        self.card, self._place = card, source.place
        self.device, self.dtype = device_and_dtype(device, dtype)
        self.place = str(self.device)
        tokeniser, model = load(source)
        self._model = model.to(self.device, self.dtype).eval()
        numbers = tokeniser.get_vocab()
        self._mask = token_number(tokeniser.mask_token_id, source, "mask")
        unknown = token_number(tokeniser.unk_token_id, source, "unknown")
        self._numbers = {letter: numbers.get(letter, unknown) for letter in {*PROBE, *numbers}}
        self._numbers |= {HIDDEN: self._mask}
        self._unknown = numbers.get("X", unknown)
        self._first = token_number(tokeniser.cls_token_id, source, "first")
        self._last = token_number(tokeniser.eos_token_id, source, "last")
        if tokeniser(PROBE)["input_ids"] != self._tokens(PROBE):
            raise BackendError(
                f"The tokeniser of {source.place} does not write one token a residue between a "
                "first and a last one, as ESM-2's does."
            )
        self._columns = torch.tensor([numbers[letter] for letter in STANDARD], device=self.device)
        self.most_residues = min(MOST_RESIDUES, most_tokens(model, tokeniser) - 2)
        digest = digest_of(self._model, numbers, "residues")
        self.version = f"{digest[:16]}-{dtype}-r{REVISION}"

    def masked(
        self, protein: str, sites: Sequence[int], progress: Progress = no_progress
    ) -> FloatArray:
        groups = grouped(sites, self.most_residues)
        read = [centred(len(protein), g[0], g[-1], self.most_residues) for g in groups]
        texts = [_hidden(protein, window, sites) for window in read]
        predicted = self._log_probabilities(texts, progress)
        rows = [
            predicted[i][site - read[i].start] for i, group in enumerate(groups) for site in group
        ]
        return _ratios(np.stack(rows), [protein[site] for site in sites])

    def wild_type(self, protein: str, progress: Progress = no_progress) -> FloatArray:
        read = tiles(len(protein), self.most_residues)
        predicted = self._log_probabilities([protein[w.start : w.end] for w in read], progress)
        total = np.zeros((len(protein), len(STANDARD)))  # float64: sums
        weight = np.zeros((len(protein), 1))
        for window, values in zip(read, predicted, strict=True):
            share = weights(window, len(protein))[:, None]
            total[window.start : window.end] += share * values
            weight[window.start : window.end] += share
        return _ratios((total / weight).astype(np.float32), protein)

    def _tokens(self, text: str) -> list[int]:
        inner = (self._numbers.get(letter, self._unknown) for letter in text)
        return [self._first, *inner, self._last]

    def _log_probabilities(self, texts: Sequence[str], progress: Progress) -> list[FloatArray]:
        """float32[residues, 20] of each text; those of one length run together, unpadded."""
        answers: dict[int, FloatArray] = {}
        progress(0.0)
        for batch in _batches(texts, TOKENS_AT_ONCE.get(self.device.type, 1_024)):
            answers |= zip(batch, self._batch([texts[i] for i in batch]), strict=True)
            progress(len(answers) / len(texts))
        return [answers[i] for i in range(len(texts))]

    @torch.inference_mode()
    def _batch(self, texts: Sequence[str]) -> FloatArray:
        """float32[n, residues, 20]."""
        numbers = torch.tensor([self._tokens(text) for text in texts], device=self.device)
        logits = logits_of(self._model, numbers, self._place)[:, 1:-1]
        values: FloatArray = torch.log_softmax(logits.float(), -1)[..., self._columns].cpu().numpy()
        return values


def _hidden(protein: str, window: Window, sites: Sequence[int]) -> str:
    hidden = set(sites)
    places = range(window.start, window.end)
    return "".join(HIDDEN if place in hidden else protein[place] for place in places)


def _ratios(values: FloatArray, residues: Sequence[str]) -> FloatArray:
    """Less that of the residue there; NaN where it is none of the 20."""
    column = np.array([STANDARD.find(residue) for residue in residues])
    own = np.where(column < 0, np.nan, values[np.arange(len(column)), column])
    return np.asarray(values - own[:, None], np.float32)


def _batches(texts: Sequence[str], n_tokens: int) -> Iterator[list[int]]:
    """Numbers of texts of one length."""
    order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
    for length, group in groupby(order, key=lambda i: len(texts[i])):
        alike, most = list(group), max(n_tokens // (length + 2), 1)
        for i in range(0, len(alike), most):
            yield alike[i : i + most]

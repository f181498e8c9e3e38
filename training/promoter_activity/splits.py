"""Measurements -> train, validation and test rows that share no chromosome and no homology.

Held-out rows are those of the held-out chromosomes (human and mouse alike). A row of another
chromosome that resembles a held-out one (an ortholog, an overlapping tile, an allele, a repeat)
is set aside: it is neither trained on nor tested. Where it resembles validation rows alone it may
be trained on once everything has been chosen, as may these rows themselves. Resemblance is found
in the sequence, on either strand, so that it needs no table of orthologs.
"""

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .data import COMPLEMENT, UNKNOWN, Measurements

WORD = 8  # bp of an exact match
BAND = 4  # diagonals: an ortholog's small insertions stay within
TRAIN, VALIDATION, TEST = "train", "validation", "test"
SET_ASIDE = "set aside"  # kin of a test row
NEAR_VALIDATION = "near validation"  # kin of a validation row, and of no test row
BEYOND_TEST = (TRAIN, VALIDATION, NEAR_VALIDATION)  # all that a test row shares nothing with


@dataclass(frozen=True)
class SplitRule:
    """Chromosomes held out, and how many matching words make two fragments related.

    A run of m identical bases holds m - 7 words, so that 11 words are 18 bases in one run, or
    several shorter runs on nearly one diagonal.
    """

    validation_chroms: tuple[str, ...]
    test_chroms: tuple[str, ...]
    min_words: int
    keep_kin: bool = False  # train on relatives of held-out rows, to measure what that leaks


def words(codes: NDArray[np.int8]) -> NDArray[np.int64]:
    """int[n, width - 7]: each window of 8 bases as a number.

    -1 stands where the window holds an N, or repeats itself with a period of 1 to 3 bases: simple
    repeats are shared by chance.
    """
    width = codes.shape[1] - WORD + 1
    window = np.lib.stride_tricks.sliding_window_view(codes, WORD, 1)
    telling = (window != UNKNOWN).all(2)
    for period in (1, 2, 3):
        telling &= (window[:, :, period:] != window[:, :, :-period]).any(2)
    number = np.zeros((len(codes), width), np.int64)
    for offset in range(WORD):
        number = number * 4 + codes[:, offset : offset + width]
    return np.where(telling, number, -1)


class WordIndex:
    """Where each word of 8 bases occurs among the rows."""

    def __init__(self, codes: NDArray[np.int8]) -> None:
        self.n, self.width = codes.shape
        numbers = words(codes).ravel()
        order = np.argsort(numbers, kind="stable")
        self._order = order.astype(np.int64)
        self._starts = np.searchsorted(numbers[order], np.arange(4**WORD + 1))
        self._span = words(codes).shape[1]

    def shared_words(self, query: NDArray[np.int8]) -> NDArray[np.int64]:
        """int[n]: the most words of the query that a row has too, within one band of diagonals."""
        forward = self._on_one_strand(query)
        return np.maximum(forward, self._on_one_strand(COMPLEMENT[query[::-1]]))

    def _on_one_strand(self, query: NDArray[np.int8]) -> NDArray[np.int64]:
        most = np.zeros(self.n, np.int64)
        hits, positions = self._hits(words(query[None])[0])
        if not hits.size:
            return most
        rows, columns = np.divmod(hits, self._span)
        diagonals = columns - positions + self._span
        n_bands = 2 * self._span // BAND + 2
        for shift in (0, BAND // 2):  # overlapping bands: no run is cut by a border
            band = rows * n_bands + (diagonals + shift) // BAND
            results = band * self._span + positions
            results.sort()
            band = results[np.r_[True, results[1:] != results[:-1]]] // self._span
            begins = np.flatnonzero(np.r_[True, band[1:] != band[:-1]])
            counts = np.diff(np.r_[begins, len(band)])
            np.maximum.at(most, band[begins] // n_bands, counts)
        return most

    def _hits(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        results, at = [], []
        for position, number in enumerate(numbers):
            if number >= 0:
                hit = self._order[self._starts[number] : self._starts[number + 1]]
                results.append(hit)
                at.append(np.full(len(hit), position))
        if not results:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.concatenate(results), np.concatenate(at)


def related_to(
    codes: NDArray[np.int8], held_out: NDArray[np.bool_], min_words: int
) -> NDArray[np.bool_]:
    """bool[n]: rows that share at least `min_words` with a held-out row (itself among them)."""
    index = WordIndex(codes)
    related = held_out.copy()
    for row in np.flatnonzero(held_out):
        related |= index.shared_words(codes[row]) >= min_words
    return related


def split(measured: Measurements, rule: SplitRule) -> NDArray[np.str_]:
    """str[n]: train, validation, near validation, test or set aside, for each row."""
    test = np.isin(measured.chroms, rule.test_chroms)
    validation = np.isin(measured.chroms, rule.validation_chroms)
    if rule.keep_kin:
        return np.where(test, TEST, np.where(validation, VALIDATION, TRAIN)).astype("<U10")
    near_test = related_to(measured.codes, test, rule.min_words)
    validation_kept = validation & ~near_test
    near_validation = related_to(measured.codes, validation_kept, rule.min_words)
    parts = np.full(len(measured.sequences), TRAIN, dtype="<U15")
    parts[near_validation] = NEAR_VALIDATION
    parts[near_test] = SET_ASIDE
    parts[validation_kept] = VALIDATION
    parts[test] = TEST
    return parts


def read_split(measured: Measurements, rule: SplitRule, path: Path) -> NDArray[np.str_]:
    """The split kept in `path`; it is made anew where these rows and this rule have none there.

    Making it takes minutes. The file holds one number a row, and the digest of what it is for.
    A split that keeps kin takes no time and is not kept.
    """
    if rule.keep_kin:
        return split(measured, rule)
    names = (TRAIN, VALIDATION, TEST, SET_ASIDE, NEAR_VALIDATION)
    digest = hashlib.sha256()
    digest.update(repr(astuple(rule)[:3]).encode())
    digest.update("".join(measured.chroms).encode() + measured.codes.tobytes())
    if path.exists():
        kept = np.load(path)
        if str(kept["made_for"]) == digest.hexdigest():
            known: NDArray[np.str_] = np.array(names)[kept["parts"]]
            return known
    parts = split(measured, rule)
    numbers = np.array([names.index(part) for part in parts], np.int8)
    np.savez_compressed(path, parts=numbers, made_for=np.array(digest.hexdigest()))
    return parts

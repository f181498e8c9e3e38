"""How fast one piece of work goes: shares done over time -> seconds that remain."""

from bisect import bisect_right

FIRST_SHARE = 0.02  # done before which nothing can be said
STEP = 0.002  # of the work, between two marks


class Pace:
    """How fast one piece of work goes; times in seconds on any clock."""

    def __init__(self, started: float) -> None:
        self._times, self._shares = [started], [0.0]

    def note(self, now: float, share: float) -> None:
        """`share` of the work is done, 0 to 1."""
        if share >= self._shares[-1] + STEP:
            self._times.append(now)
            self._shares.append(share)

    def rest_s(self, now: float) -> float | None:
        """Seconds that remain; None while nothing can be said."""
        done, elapsed = self._shares[-1], now - self._times[0]
        if done < FIRST_SHARE or elapsed <= 0:
            return None
        speed = (done - self._at(now - elapsed / 2)) / (elapsed / 2) or done / elapsed
        return (1 - done) / speed

    def _at(self, time: float) -> float:
        """Share done at a time, even between two marks."""
        after = bisect_right(self._times, time)
        if after == len(self._times):
            return self._shares[-1]
        before = after - 1
        fraction = (time - self._times[before]) / (self._times[after] - self._times[before])
        return self._shares[before] + fraction * (self._shares[after] - self._shares[before])

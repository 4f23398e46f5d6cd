"""Ours and the limit in turn, so that whatever else the machine does meets both; the ratio is taken round by round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.loads import Load, Sample, send

WARM_UP = 300


@dataclass(frozen=True, kw_only=True)
class Duel:
    """What is compared. `settle` waits until work that a round left behind is done, and tells how long that took."""

    id: str
    work: str
    ours: Load
    limit: Load
    count: int
    settle: Callable[[], float] | None = None


@dataclass(frozen=True)
class Outcome:
    """The samples of both sides, by rounds, and how long each round of ours took to settle (seconds)."""

    ours: list[Sample]
    limit: list[Sample]
    settling: list[float]

    def ratio(self, measure: Callable[[Sample], float]) -> float:
        """Ours by the limit's: the median of all rounds."""
        return median(measure(a) / measure(b) for a, b in zip(self.ours, self.limit, strict=True))


def fight(duel: Duel, port: int, rounds: int) -> Outcome:
    """Warm both up, then measure them in turn, the first one of a round being the second of the next."""
    outcome = Outcome([], [], [])
    sides = [(duel.ours, outcome.ours), (duel.limit, outcome.limit)]
    for load, _ in sides:
        send(load, port, WARM_UP)
    if duel.settle:
        duel.settle()
    for _ in range(rounds):
        for load, samples in sides:
            samples.append(send(load, port, duel.count, warm_up=load.connections))
            if duel.settle and load is duel.ours:
                outcome.settling.append(duel.settle())
        sides.reverse()
    return outcome


def typical(samples: Sequence[Sample], measure: Callable[[Sample], float]) -> float:
    """The median of all rounds."""
    return median(measure(sample) for sample in samples)

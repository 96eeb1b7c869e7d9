"""Learning on invented worlds: what the whole of `learn` gains, with its choice of a kind and its rule of keeping.

Every world starts with equal weights, in force and as the default to beat: the lists that people decide on are ordered
by them, and they stay where nothing is proposed. No number of the library was chosen on these 50 seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.evaluation import choosy
from data.evaluation.figure import Figure, at_least
from data.evaluation.world import CHOSEN, EQUAL, World
from matching import learn
from matching.evaluation import bootstrap

SEEDS = tuple(range(50))
FEW, MANY, TREES = 20, 100, 500
# Trees take seconds a world; their row has no goal.
TREE_SEEDS = SEEDS[:10]
FRESH = 300


@dataclass(frozen=True)
class Outcome:
    """nDCG@10 on fresh assignments of one world, before and after learning, and what was proposed ("": nothing)."""

    before: float
    after: float
    kind: str

    @property
    def gain(self) -> float:
        """What learning gained."""
        return self.after - self.before


def figures() -> list[Figure]:
    """Return the gains over equal weights with 20, 100 and 500 decided assignments."""
    few, many = ([outcome(seed, count) for seed in SEEDS] for count in (FEW, MANY))
    single = [outcome(seed, MANY, 1) for seed in SEEDS]
    trees = [outcome(seed, TREES) for seed in TREE_SEEDS]
    return [
        _gain(f"worlds: gain in nDCG@10, {MANY} decided, {len(many)} seeds", many, 0.05),
        _gain(f"worlds: gain in nDCG@10, {MANY} decided, one endorsed on each, {len(single)} seeds", single, 0.0),
        _gain(f"worlds: gain in nDCG@10, {FEW} decided, {len(few)} seeds", few, 0.0),
        at_least(f"worlds: gain of the worst seed, {FEW} decided", min(one.gain for one in few), -0.02),
        at_least(f"worlds: gain of the worst seed, {MANY} decided", min(one.gain for one in many), None),
        _gain(f"worlds: gain in nDCG@10, {TREES} decided, {len(trees)} seeds", trees, None),
        *choosy.figures(),
    ]


def outcome(seed: int, decided: int, chosen: int = CHOSEN) -> Outcome:
    """Let a world decide on as many assignments, endorse so many on each, learn, and measure on fresh ones."""
    world = World.of(seed)
    lists = world.lists(decided, seed)
    proposal = learn(world.decisions(decided, EQUAL, seed, chosen), EQUAL, seed=seed, default=EQUAL, lists=lists)
    before = world.quality(EQUAL, FRESH, seed)
    after = world.quality(proposal.model, FRESH, seed) if proposal.model else before
    return Outcome(before, after, proposal.model.kind if proposal.model else "")


def _gain(name: str, outcomes: Sequence[Outcome], goal: float | None) -> Figure:
    count = len(outcomes)
    beside = {
        "equal": sum(one.before for one in outcomes) / count,
        "learned": sum(one.after for one in outcomes) / count,
        "proposed": sum(bool(one.kind) for one in outcomes) / count,
        "trees": sum(one.kind == "trees" for one in outcomes) / count,
    }
    figure = at_least(name, bootstrap([one.gain for one in outcomes]), goal, beside=beside)
    # A gain of nothing is no gain: a goal of 0 is met above it only.
    return replace(figure, ok=figure.value > 0.0) if goal == 0.0 else figure

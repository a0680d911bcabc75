"""A lottery among qualified applicants, as it is published, and how one panel is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .requirements import require_seed
from .tickets import ticket

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Candidates alike to every quota and in seats: each has the same chance.

    keys:   its members, sorted.
    seats:  places each of them takes.
    drawn:  members in, added up over all balls.
    chance: of each member, per million, rounded down.
    """

    keys: tuple[str, ...]
    seats: int
    drawn: int
    chance: int


@dataclass(frozen=True, slots=True)
class Panel:
    """How a cohort is made up, and how many balls stand for it.

    members: pairs (group, how many of its members); groups by position in
             ``Lottery.groups``, those with none left out.
    """

    balls: int
    members: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ChanceProof:
    """A certificate that nobody's chance can be raised above a bound, without a solver.

    Each person of group *g* weighs ``weights[g]``, so the least chance is at
    most the greatest weight of a panel over the weight of all. ``place`` and
    ``quotas`` are prices that show how much a panel can weigh (weak duality).
    """

    weights: tuple[int, ...]
    place: int
    quotas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lottery:
    """Panels that each keep every quota and fill every place, with whole-number weights.

    panels:        what the balls stand for; ball 1 is the first of the first.
    balls:         how many there are; each is drawn with the same chance.
    barred:        whom no panel can hold, whatever the draw: the quotas leave
                   no room beside the others; sorted by key.
    least:         the least chance of all others, per million, rounded down.
    least_unrounded: the same before weights became whole balls.
    bound:         no lottery gives all of them more; per million, rounded up.
    rounding_loss: the most that whole balls took from anybody's chance, per million.
    reached:       everybody has at least this share of the chance that the
                   bounds allow, before rounding; per million, rounded down.
    proof:         of ``least_unrounded``: ``"prices"`` if the certificate
                   shows it, ``"search"`` if every panel was searched,
                   ``"none"`` if work ran out.
    is_leximin:    whether, before rounding, no chance could be raised without
                   lowering one that is no greater.
    """

    groups: tuple[AlikeGroup, ...]
    panels: tuple[Panel, ...]
    balls: int
    barred: tuple[str, ...]
    least: int
    least_unrounded: int
    bound: int
    rounding_loss: int
    reached: int
    proof: Literal["prices", "search", "none"]
    is_leximin: bool
    certificate: ChanceProof

    @property
    def proved(self) -> bool:
        """Whether no lottery has a greater least chance, but for rounding."""
        return self.proof != "none"

    @property
    def probabilities(self) -> tuple[int, ...]:
        """Balls of each panel: its chance in 1/``balls``."""
        return tuple(panel.balls for panel in self.panels)

    @property
    def chances(self) -> dict[str, int]:
        """Each candidate's chance, per million, rounded down, by key."""
        return {key: group.chance for group in self.groups for key in group.keys}

    def chance(self, group: int) -> Fraction:
        """Return the exact chance of each member of a group."""
        return Fraction(self.groups[group].drawn, self.balls * len(self.groups[group].keys))


def draw_panel(lottery: Lottery, seed: str) -> tuple[str, ...]:
    """Return the cohort that a public seed draws, sorted by key.

    The seed's ticket names the ball; within each group of people alike, those
    with the smallest tickets are in. So people alike have exactly the same
    chance, and anybody can repeat the draw.

    Raises:
        ValueError: a missing seed.

    Cost: one ticket for each candidate; 1,700 take 4 ms.
    """
    require_seed(seed)
    panel, _ = _panel_of_ball(lottery, 1 + ticket(seed, "ball") % lottery.balls)
    keys: list[str] = []
    for group, count in panel.members:
        by_lot = sorted(lottery.groups[group].keys, key=lambda key: (ticket(seed, key), key))
        keys += by_lot[:count]
    return tuple(sorted(keys))


def numbered_panel(lottery: Lottery, ball: int) -> tuple[str, ...]:
    """Return the cohort printed beside a ball, sorted by key, for a drum on a table.

    Members of a group take turns from ball to ball, so over all balls any two
    people alike are in equally often, or one of them once more.

    Args:
        ball: 1 to ``lottery.balls``.

    Raises:
        ValueError: no such ball.
    """
    if not 1 <= ball <= lottery.balls:
        raise ValueError(f"ball must be 1 to {lottery.balls}, got {ball}")
    panel, first = _panel_of_ball(lottery, ball)
    before = _taken_before(lottery, panel)
    keys: list[str] = []
    for group, count in panel.members:
        members = lottery.groups[group].keys
        start = before.get(group, 0) + (ball - first) * count
        keys += [members[(start + n) % len(members)] for n in range(count)]
    return tuple(sorted(keys))


def _panel_of_ball(lottery: Lottery, ball: int) -> tuple[Panel, int]:
    """Return the panel a ball stands for and that panel's first ball."""
    first = 1
    for panel in lottery.panels:
        if ball < first + panel.balls:
            return panel, first
        first += panel.balls
    raise ValueError(f"lottery has fewer balls than it says: no ball {ball}")


def _taken_before(lottery: Lottery, panel: Panel) -> dict[int, int]:
    """Return how many of each group are in on the balls of the panels before."""
    taken: dict[int, int] = {}
    for other in lottery.panels:
        if other is panel:
            break
        for group, count in other.members:
            taken[group] = taken.get(group, 0) + count * other.balls
    return taken

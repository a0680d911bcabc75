"""Turn shares of panels into whole balls with as little loss as possible."""

from __future__ import annotations

import numpy as np

from .lottery_pool import Numbers, Shares


def whole_balls(panels: Numbers, shares: Shares, sizes: Numbers, balls: int) -> Numbers:
    """Return balls by panel, adding up to ``balls``, near ``shares``.

    Every panel has its share rounded down; each ball left goes to the panel,
    one without a share too, that most lowers the sum of squared losses, each
    relative to the group's chance.

    Args:
        panels: a row for each panel, people of each group.
        shares: of each panel, adding up to 1.
        sizes: of each group.
        balls: how many.

    Cost: O(panels x groups) for each ball left; 1,100 panels of 730 groups
        take 1.2 CPU s.
    """
    per_ball = panels / sizes
    wanted = shares @ per_ball
    scale = np.maximum(wanted, 1 / balls)
    unit = per_ball / scale
    counts = np.floor(shares * balls + 1e-9).astype(np.int64)
    lag = (wanted * balls - counts @ per_ball) / scale
    weight = (unit**2).sum(axis=1)
    for _ in range(balls - int(counts.sum())):
        best = int(np.argmax(2 * (unit @ lag) - weight))
        counts[best] += 1
        lag -= unit[best]
    return counts

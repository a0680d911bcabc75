"""What stands out in a reviewer's marks beyond what chance allows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from .calibrated import Flag
from .leniency import Readings, quality_of
from .styles import Styles

Floats = NDArray[np.float64]

LEAST_READS = 10
CHANCE = 0.01
# Leniency worth a word: half the noise of one mark. Gain: less than seven tenths.
NOTABLE_SHARE = 0.5
FLAT_GAIN = 0.7
NOTABLE_NOISE = 1.5
# A reviewer's squares hold the noise of others too, which gives them a longer tail than
# their number says. In 300 generated panels of equal noise this kept false flags to one.
NOISE_FREEDOM = 0.6


def agreement(data: Readings, styles: Styles) -> Floats:
    """Return, by reviewer, the correlation of marks with what the other readers make of them.

    The others' marks are corrected first. Nought where either does not vary.
    """
    precision = 1 / styles.noise**2
    gain = styles.gain[data.reviewer]
    pull = gain * precision[data.reviewer]
    known = data.per_application(gain * pull)[data.application]
    quality = quality_of(data, styles.leniency, styles.gain, precision)[data.application]
    own = pull * (data.mark - styles.leniency[data.reviewer])
    others = (quality * known - own) / (known - gain * pull)
    given = np.maximum(data.per_reviewer(np.ones(len(own))), 1)
    x = others - (data.per_reviewer(others) / given)[data.reviewer]
    y = data.mark - (data.per_reviewer(data.mark) / given)[data.reviewer]
    size = np.sqrt(data.per_reviewer(x * x) * data.per_reviewer(y * y))
    return np.where(size > 1e-9, data.per_reviewer(x * y) / np.maximum(size, 1e-9), 0.0)


def spread_of_marks(data: Readings) -> Floats:
    """Return, by reviewer, the standard deviation of the marks given."""
    given = np.maximum(data.per_reviewer(np.ones(len(data.mark))), 1)
    off = data.mark - (data.per_reviewer(data.mark) / given)[data.reviewer]
    return np.sqrt(data.per_reviewer(off * off) / given)


def flags_of(
    data: Readings, styles: Styles, chance: Floats, agreed: Floats, spread: Floats
) -> list[tuple[Flag, ...]]:
    """Return each reviewer's flags; none below ten comparable reads.

    Each test allows one false flag in a hundred rounds over all reviewers
    together (Bonferroni), and what it finds must also be large enough to matter.

    Args:
        data, styles: marks and styles in points.
        chance: standard deviation of each leniency.
        agreed, spread: from ``agreement`` and ``spread_of_marks``.
    """
    given = data.per_reviewer(np.ones(len(data.mark)))
    tests = max(len(given), 1)
    limit = float(norm.ppf(1 - CHANCE / (2 * tests)))
    typical = float(np.sqrt(np.median(styles.noise**2)))
    beyond = np.abs(styles.leniency) > np.maximum(limit * chance, NOTABLE_SHARE * typical)
    gain_chance = np.sqrt(styles.gain_chance)
    flat = (styles.gain < FLAT_GAIN) & (1 - styles.gain > limit * gain_chance)
    excess = styles.residual / typical**2
    free = NOISE_FREEDOM * styles.free
    noisy = excess > np.maximum(chi2.ppf(1 - CHANCE / tests, free) / free, NOTABLE_NOISE**2)
    return [
        _named(lenient, strict, is_flat, is_noisy, asleep) if reads >= LEAST_READS else ()
        for reads, lenient, strict, is_flat, is_noisy, asleep in zip(
            given.tolist(),
            (beyond & (styles.leniency > 0)).tolist(),
            (beyond & (styles.leniency < 0)).tolist(),
            flat.tolist(),
            noisy.tolist(),
            _inattentive(given, agreed, spread, limit).tolist(),
            strict=True,
        )
    ]


def _inattentive(given: Floats, agreed: Floats, spread: Floats, limit: float) -> NDArray[np.bool_]:
    """One mark for all, or marks that go with the others' no more than chance, where most do.

    Fisher's transformation: artanh r has standard deviation 1 / sqrt(reads - 3).
    """
    root = np.sqrt(np.maximum(given - 3, 1))
    usual = float(np.median(agreed)) if len(agreed) else 0.0
    shown = np.arctanh(np.clip(agreed, -0.999, 0.999)) * root
    expected = np.arctanh(min(max(usual, 0.0), 0.999)) * root
    asleep: NDArray[np.bool_] = (spread < 1e-9) | ((shown < 1.0) & (expected > shown + limit))
    return asleep


def _named(lenient: bool, strict: bool, flat: bool, noisy: bool, asleep: bool) -> tuple[Flag, ...]:
    found: list[tuple[bool, Flag]] = [
        (strict, "strict"),
        (lenient, "lenient"),
        (flat, "flat"),
        (noisy, "inconsistent"),
        (asleep, "inattentive"),
    ]
    return tuple(flag for holds, flag in found if holds)

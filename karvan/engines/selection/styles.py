"""Estimate how each reviewer marks: leniency, gain and noise, each shrunk by what chance explains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma
from scipy.stats import chi2, f

from .leniency import Readings, quality_of, solved, within_matrix, within_sums

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

ROUNDS = 12
CHANCE = 0.01
GAINS = (0.25, 4.0)
# A hundredth of a point: marks come no finer, so no noise can be told below it.
LEAST_NOISE = 0.01


@dataclass(frozen=True, slots=True)
class Styles:
    """Reviewers' styles in points, and what lies between them.

    leniency, gain, noise: one number a reviewer.
    between:      variance of leniency between reviewers.
    gain_between: variance of gain between reviewers.
    gain_chance:  variance of each gain given the marks.
    differs:      whether leniency or gain differs beyond chance.
    free:         degrees of freedom a mark leaves for noise, on average.
    residual:     mean squared residual of each reviewer, as an estimate of the noise alone.
    """

    leniency: Floats
    gain: Floats
    noise: Floats
    between: float
    gain_between: float
    gain_chance: Floats
    differs: bool
    free: Floats
    residual: Floats


def estimate_styles(data: Readings, parts: int, pool: Whole | None) -> Styles:
    """Return each reviewer's style.

    Args:
        data: marks less the centre, in points.
        parts: connected parts of the reading graph.
        pool: pool of each application, or nothing: then its neighbourhood counts.
    """
    styles, differs = _leniency_alone(data, parts)
    prior = _prior(data, styles, pool)
    with_gain = _gains_differ(data, styles, prior)
    styles = replace(styles, differs=differs or with_gain)
    if not styles.differs:
        return styles
    gain_between = 0.05 if with_gain else 0.0
    for _ in range(ROUNDS):
        styles = _with_gains(data, styles, _prior(data, styles, pool), gain_between)
        gain_between = styles.gain_between
        styles = _with_noise(data, styles, parts)
        styles = _with_leniency(data, styles)
    return styles


@dataclass(frozen=True, slots=True)
class _Prior:
    """What is known of a quality before its own marks: mean and variance."""

    mean: Floats
    variance: float


def _leniency_alone(data: Readings, parts: int) -> tuple[Styles, bool]:
    """Leniency without gain; its variance by the analysis of variance (Henderson's method 3)."""
    size, marks = data.reviewers, len(data.mark)
    ones = np.ones(size)
    matrix, right = within_matrix(data, ones, ones), within_sums(data, ones, ones)
    # The null space is filled, which leaves the fit and its sum of squares as they are.
    scale = float(np.trace(matrix)) / max(size, 1)
    least_squares = solved(matrix + np.eye(size) * scale * 1e-9, right)
    explained = float(least_squares @ right)
    reads = data.per_application(np.ones(marks))
    mean = data.per_application(data.mark) / reads
    within = float(((data.mark - mean[data.application]) ** 2).sum())
    rank, left = size - parts, marks - data.applications - size + parts
    noise = max((within - explained) / max(left, 1), LEAST_NOISE**2)
    between = max((explained - noise * rank) / float(np.trace(matrix)), 0.0)
    differs = explained / noise > _chi_limit(rank, left)
    leniency = solved(matrix / noise + np.eye(size) / max(between, 1e-9), right / noise)
    return (
        Styles(
            leniency,
            ones,
            np.full(size, noise**0.5),
            between,
            0.0,
            np.zeros(size),
            differs,
            np.full(size, left / size),
            np.full(size, noise),
        ),
        differs,
    )


def _chi_limit(rank: int, left: int) -> float:
    """The sum of squares, over the noise, that chance passes once in a hundred times."""
    return float(rank * f.ppf(1 - CHANCE, max(rank, 1), left))


def _prior(data: Readings, styles: Styles, pool: Whole | None) -> _Prior:
    precision = 1 / styles.noise**2
    quality = quality_of(data, styles.leniency, styles.gain, precision)
    if pool is None:
        mean = _neighbourhood(data, quality)
    else:
        count = np.bincount(pool)
        mean = (np.bincount(pool, quality) / np.maximum(count, 1))[pool]
    known = data.per_application((styles.gain**2 * precision)[data.reviewer])
    variance = float(((quality - mean) ** 2 - 1 / known).mean())
    return _Prior(mean, max(variance, 0.05 * float(quality.var()), LEAST_NOISE**2))


def _neighbourhood(data: Readings, quality: Floats) -> Floats:
    """The mean quality of whatever else an application's reviewers read, as far as it foretells."""
    of_mark = quality[data.application]
    others = np.maximum(data.per_reviewer(np.ones(len(of_mark))) - 1, 1)
    around = (data.per_reviewer(of_mark)[data.reviewer] - of_mark) / others[data.reviewer]
    near = data.per_application(around) / data.per_application(np.ones(len(of_mark)))
    near = near - near.mean()
    size = float(near @ near)
    slope = float(near @ (quality - quality.mean())) / size if size > 0 else 0.0
    mean: Floats = quality.mean() + min(max(slope, 0.0), 1.0) * near
    return mean


def _posterior(data: Readings, styles: Styles, prior: _Prior) -> tuple[Floats, Floats]:
    """Mean and variance of each quality given its marks and the reviewers."""
    precision = 1 / styles.noise**2
    known = data.per_application((styles.gain**2 * precision)[data.reviewer])
    quality = quality_of(data, styles.leniency, styles.gain, precision)
    variance = 1 / (known + 1 / prior.variance)
    return variance * (known * quality + prior.mean / prior.variance), variance


def _gains_differ(data: Readings, styles: Styles, prior: _Prior) -> bool:
    """Score test: do residuals rise or fall with quality, by reviewer, beyond chance?"""
    mean, variance = _posterior(data, styles, prior)
    noise = styles.noise[0] ** 2
    given = np.maximum(data.per_reviewer(np.ones(len(data.mark))), 1)
    of_mark, chance = mean[data.application], variance[data.application]
    off = of_mark - (data.per_reviewer(of_mark) / given)[data.reviewer]
    rest = data.mark - styles.leniency[data.reviewer] - of_mark
    rest = rest - (data.per_reviewer(rest) / given)[data.reviewer]
    score = data.per_reviewer(off * rest - chance)
    spread = data.per_reviewer(off**2 * np.maximum(noise - chance, 0) + chance**2)
    usable = spread > 0
    share = float(score[usable].sum() / spread[usable].sum()) if usable.any() else 0.0
    statistic = float((((score - share * spread) ** 2)[usable] / spread[usable]).sum())
    free = int(usable.sum()) - 1
    return free >= 1 and statistic > float(chi2.ppf(1 - CHANCE, free))


def _with_gains(data: Readings, styles: Styles, prior: _Prior, between: float) -> Styles:
    """One step of expectation and maximisation for gain, leniency free to follow."""
    if between <= 0:
        return styles
    mean, variance = _posterior(data, styles, prior)
    precision = 1 / styles.noise**2
    of_mark = mean[data.application]
    count = data.per_reviewer(np.ones(len(of_mark))) * precision
    count = count + 1 / max(styles.between, 1e-9)
    sums = data.per_reviewer(of_mark) * precision
    squares = data.per_reviewer(of_mark**2 + variance[data.application]) * precision + 1 / between
    marks = data.per_reviewer(data.mark) * precision
    products = data.per_reviewer(data.mark * of_mark) * precision + 1 / between
    scale = count * squares - sums**2
    gain = np.clip((count * products - sums * marks) / scale, *GAINS)
    chance = count / scale
    return replace(
        styles,
        gain=gain,
        gain_chance=chance,
        gain_between=max(float(((gain - 1) ** 2 + chance).mean()), 1e-6),
    )


def _with_noise(data: Readings, styles: Styles, parts: int) -> Styles:
    """One step for the noise of each reviewer, shrunk towards that of all."""
    precision = 1 / styles.noise**2
    quality = quality_of(data, styles.leniency, styles.gain, precision)
    gain = styles.gain[data.reviewer]
    pull = gain * precision[data.reviewer]
    pull = pull / data.per_application(gain * pull)[data.application]
    left = data.mark - styles.leniency[data.reviewer] - gain * quality[data.application]
    # A residual holds (1 - gain pull) of its own noise, and a share of the other readers'.
    own = (1 - gain * pull) ** 2
    shares = pull**2 * styles.noise[data.reviewer] ** 2
    others = gain**2 * (data.per_application(shares)[data.application] - shares)
    spent = (data.reviewers - parts) * (2 if styles.gain_between > 0 else 1)
    freedom = len(left) - data.applications
    kept = max(1 - spent / max(freedom, 1), 0.25)
    weight = np.maximum(data.per_reviewer(own), 1e-9)
    expected = own * styles.noise[data.reviewer] ** 2 + others
    pooled = float((left**2).sum()) / kept / max(float(expected.sum()), 1e-9)
    found = (data.per_reviewer(left**2) / kept - data.per_reviewer(others) * pooled) / weight
    common = pooled * float((styles.noise**2 * weight).sum() / weight.sum())
    found = np.maximum(found, common * 0.05 + LEAST_NOISE**2)
    free = kept * (styles.noise**2 * weight) ** 2 / np.maximum(data.per_reviewer(expected**2), 1e-9)
    return replace(styles, residual=found, free=free, noise=np.sqrt(_shrunk(found, free)))


def _shrunk(variances: Floats, free: Floats) -> Floats:
    """Variances drawn towards their common value as in Smyth (2004), section 6."""
    use = free >= 2
    pooled = float((variances * free).sum() / max(free.sum(), 1e-9))
    if use.sum() < 3:
        return np.full(len(variances), pooled)
    logs = np.log(variances[use]) - digamma(free[use] / 2) + np.log(free[use] / 2)
    chance = float(polygamma(1, free[use] / 2).mean())
    excess = float(logs.var(ddof=1)) - chance
    # Unequal noise is believed beyond what a sample of that many varies by, else weights are noise.
    if excess <= 1.645 * chance * (2 / (len(logs) - 1)) ** 0.5:
        return np.full(len(variances), pooled)
    prior_free = 2 * _trigamma_inverse(excess)
    prior = float(np.exp(logs.mean() + digamma(prior_free / 2) - np.log(prior_free / 2)))
    drawn: Floats = (prior_free * prior + free * variances) / (prior_free + free)
    return drawn


def _trigamma_inverse(value: float) -> float:
    """Newton's method as in Smyth (2004), appendix; eight steps are more than enough."""
    if value > 1e7:
        return float(value**-0.5)
    if value < 1e-6:
        return 1 / value
    found = 0.5 + 1 / value
    for _ in range(8):
        here = float(polygamma(1, found))
        found += here * (1 - here / value) / float(polygamma(2, found))
    return found


def _with_leniency(data: Readings, styles: Styles) -> Styles:
    precision = 1 / styles.noise**2
    matrix = within_matrix(data, styles.gain, precision)
    right = within_sums(data, styles.gain, precision)
    ridge = np.eye(data.reviewers) / max(styles.between, 1e-9)
    return replace(styles, leniency=solved(matrix + ridge, right))

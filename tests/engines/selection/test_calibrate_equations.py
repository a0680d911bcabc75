"""The fast equations against the whole mixed model, written out and inverted."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karvan.engines.selection import CalibrationProblem, Score
from karvan.engines.selection import calibrate as corrected
from karvan.engines.selection.calibrate import _deviation
from karvan.engines.selection.flags import agreement
from karvan.engines.selection.leniency import (
    quality_of,
    readings,
    solved,
    within_matrix,
    within_sums,
)
from karvan.engines.selection.styles import Styles, estimate_styles

APPLICATIONS, REVIEWERS = 12, 5


def small(seed, reads=3):
    rng = np.random.default_rng(seed)
    rows = [
        (a, r)
        for a in range(APPLICATIONS)
        for r in rng.permutation(REVIEWERS)[: rng.integers(2, reads + 1)]
    ]
    application, reviewer = (np.array(column) for column in zip(*rows, strict=True))
    lean, quality = rng.normal(0, 8, REVIEWERS), rng.normal(0, 10, APPLICATIONS)
    mark = lean[reviewer] + quality[application] + rng.normal(0, 5, len(rows))
    return readings(application, reviewer, mark, APPLICATIONS, REVIEWERS), rng


def written_out(data, gain, noise, between):
    """Solution and inverse of all equations at once: qualities fixed, leniency random."""
    rows = np.arange(len(data.mark))
    design = np.zeros((len(rows), APPLICATIONS + REVIEWERS))
    design[rows, data.application] = gain[data.reviewer]
    design[rows, APPLICATIONS + data.reviewer] = 1
    weight = 1 / noise[data.reviewer] ** 2
    matrix = design.T @ (design * weight[:, None])
    matrix[APPLICATIONS:, APPLICATIONS:] += np.eye(REVIEWERS) / between
    inverse = np.linalg.inv(matrix)
    return inverse @ (design.T @ (weight * data.mark)), inverse


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_leniency_quality_and_deviation_solve_the_whole_model(seed):
    data, rng = small(seed)
    gain, noise = rng.uniform(0.5, 1.5, REVIEWERS), rng.uniform(3, 8, REVIEWERS)
    between = 50.0
    solution, inverse = written_out(data, gain, noise, between)

    matrix = within_matrix(data, gain, 1 / noise**2) + np.eye(REVIEWERS) / between
    leniency = solved(matrix, within_sums(data, gain, 1 / noise**2))
    quality = quality_of(data, leniency, gain, 1 / noise**2)
    none = np.zeros(REVIEWERS)
    styles = Styles(leniency, gain, noise, between, 0.1, none, True, none, none)
    deviation = _deviation(data, styles, quality, solved(matrix, np.eye(REVIEWERS)))

    np.testing.assert_allclose(leniency, solution[APPLICATIONS:], atol=1e-8)
    np.testing.assert_allclose(quality, solution[:APPLICATIONS], atol=1e-8)
    np.testing.assert_allclose(deviation**2, np.diag(inverse)[:APPLICATIONS], rtol=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_variances_are_those_of_the_analysis_of_variance(seed):
    """Henderson's method 3 with projections written out: residual and reduction against mean."""
    data, _ = small(seed)
    rows = np.arange(len(data.mark))
    by_application = np.zeros((len(rows), APPLICATIONS))
    by_application[rows, data.application] = 1
    by_reviewer = np.zeros((len(rows), REVIEWERS))
    by_reviewer[rows, data.reviewer] = 1
    both = np.hstack([by_application, by_reviewer])
    onto = [block @ np.linalg.pinv(block) for block in (by_application, both)]
    ranks = [round(float(np.trace(projection))) for projection in onto]
    parts = APPLICATIONS + REVIEWERS - ranks[1]
    noise = float(data.mark @ (data.mark - onto[1] @ data.mark)) / (len(rows) - ranks[1])
    reduction = float(data.mark @ (onto[1] - onto[0]) @ data.mark)
    within = np.trace(by_reviewer.T @ (by_reviewer - onto[0] @ by_reviewer))
    between = max((reduction - noise * (ranks[1] - ranks[0])) / within, 0)

    styles = estimate_styles(data, parts, None)

    np.testing.assert_allclose(styles.between, between, rtol=1e-5, atol=1e-6)
    if not styles.differs:
        np.testing.assert_allclose(styles.noise**2, noise, rtol=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_agreement_is_a_plain_correlation_with_the_other_readers(seed):
    data, _ = small(seed)
    ones, none = np.ones(REVIEWERS), np.zeros(REVIEWERS)
    styles = Styles(none, ones, ones, 0.0, 0.0, none, True, none, none)

    found = agreement(data, styles)

    for reviewer in range(REVIEWERS):
        rows = np.flatnonzero(data.reviewer == reviewer)
        if len(rows) < 2:
            continue
        others = [
            data.mark[(data.application == data.application[row]) & (data.reviewer != reviewer)]
            for row in rows
        ]
        expected = np.corrcoef(data.mark[rows], [some.mean() for some in others])[0, 1]
        np.testing.assert_allclose(found[reviewer], expected, atol=1e-8)


def odd_panel(seed, odd):
    """Ten reviewers, 120 applications, three reads; the first marks as ``odd`` says."""
    rng = np.random.default_rng(seed)
    scores = []
    for a in range(120):
        quality = rng.normal(0, 1_000)
        for r in rng.permutation(10)[:3]:
            off = rng.normal(0, 500)
            mark = odd(quality, off, rng) if r == 0 else 5_500 + 300 * (r % 3 - 1) + quality + off
            scores.append(Score(f"a{a}", f"r{r}", int(min(max(mark, 0), 10_000))))
    return corrected(CalibrationProblem(tuple(scores))).reviewers


def flagged(odd):
    """Flags of the first reviewer, and of all others, over five panels."""
    found = [odd_panel(seed, odd) for seed in range(5)]
    return [styles["r0"].flags for styles in found], {
        flag for styles in found for key, s in styles.items() if key != "r0" for flag in s.flags
    }


def test_odd_reviewers_are_flagged_and_the_others_are_not():
    cases = {
        "flat": lambda quality, off, rng: 5_500 + 0.3 * quality + 0.5 * off,
        "inconsistent": lambda quality, off, rng: 5_500 + quality + 3.5 * off,
        "inattentive": lambda quality, off, rng: rng.integers(3_500, 7_500),
        "strict": lambda quality, off, rng: 4_000 + quality + off,
        "lenient": lambda quality, off, rng: 7_000 + quality + off,
    }
    for flag, odd in cases.items():
        first, others = flagged(odd)
        assert sum(flag in flags for flags in first) >= 3, (flag, first)
        assert not others & {"flat", "inconsistent", "inattentive"}, (flag, others)


def test_the_same_mark_always_is_inattentive_and_the_figures_show_it():
    styles = odd_panel(1, lambda quality, off, rng: 6_000)["r0"]

    assert "inattentive" in styles.flags
    assert (styles.spread, styles.agreement) == (0, 0)


def test_a_reviewer_of_few_reads_is_never_flagged():
    found = odd_panel(2, lambda quality, off, rng: 6_000)
    few = tuple(
        Score(f"a{n}", f"r{r}", 9_000 if r == 0 else 3_000 + 100 * n)
        for n in range(9)
        for r in range(4)
    )

    assert found["r0"].reads >= 10
    assert all(style.flags == () for style in corrected(CalibrationProblem(few)).reviewers.values())

"""Marks that make no sense are refused, and the row is named."""

import re

import numpy as np
import pytest

from karvan.engines.selection import CalibrationProblem, Score, ScoreTable

GOOD = (Score("a", "r", 5_000), Score("a", "s", 6_000))


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Score("b", "r", -1), "mark in row 3 ('b', 'r') must be 0 or more, got -1"),
        (Score("b", "r", 10_001), "mark in row 3 ('b', 'r') must be 0 to 10000, got 10001"),
        (Score("b", "r", float("nan")), "mark in row 3 ('b', 'r') must be a whole number, got nan"),
        (Score("b", "r", float("inf")), "mark in row 3 ('b', 'r') must be a whole number, got inf"),
        (Score("b", "r", None), "mark in row 3 ('b', 'r') must be a whole number, got None"),
        (Score("b", "r", True), "mark in row 3 ('b', 'r') must be a whole number, got True"),
        (Score("a", "s", 5), "mark in row 3 ('a', 's') repeats a pair that has a mark"),
        (Score("", "s", 5), "row 3: application key must be a non-empty text, got ''"),
        (Score("b", "", 5), "row 3: reviewer key must be a non-empty text, got ''"),
    ],
)
def test_a_wrong_score_is_named(score, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        CalibrationProblem((*GOOD, score))


@pytest.mark.parametrize(
    ("pools", "words"),
    [
        ({"a": "p", "b": "p"}, "pools, row 2: no mark names application 'b'"),
        ({"a": ""}, "pools, row 1 ('a'): pool key must be a non-empty text, got ''"),
    ],
)
def test_a_wrong_pool_is_named(pools, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        CalibrationProblem(GOOD, pools)


@pytest.mark.parametrize("name", ["least_reads", "least_reviewers"])
def test_minima_below_two_are_refused(name):
    with pytest.raises(ValueError, match=f"{name} must be 2 or more, got 1"):
        CalibrationProblem(GOOD, **{name: 1})


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (([0, 1], [0, 2], [1, 2]), "reviewer in row 2 must be below 2, got 2"),
        (([0, -1], [0, 1], [1, 2]), "application in row 2 must be below 2, got -1"),
        (([0, 1], [0, 1], [1, -2]), "mark in row 2 ('b', 's') must be 0 to 10000, got -2"),
        (([0, 1], [0, 1], [1, 10_001]), "mark in row 2 ('b', 's') must be 0 to 10000, got 10001"),
        (
            ([0, 1], [0, 1], [1.0, np.nan]),
            "mark in row 2 ('b', 's') must be a whole number, got nan",
        ),
        (([0, 1], [0, 1], [1.0, 2.5]), "mark in row 2 ('b', 's') must be a whole number, got 2.5"),
        (([0, 1], [0, 1], [1.0, np.inf]), "('b', 's') must be a whole number, got inf"),
        (([0, 1.5], [0, 1], [1, 2]), "application in row 2 must be a whole number, got 1.5"),
        (([0, 1, 0], [0, 1, 0], [1, 2, 3]), "mark in row 3 ('a', 'r') repeats a pair"),
        (([0, 1], [0], [1, 2]), "columns of marks must be equally long, got [1, 2]"),
        (([[0, 1]], [[0, 1]], [[1, 2]]), "a column of marks must have one dimension, got 2"),
    ],
)
def test_a_wrong_table_is_named(columns, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        ScoreTable(*(np.array(column) for column in columns), ("a", "b"), ("r", "s"))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("a", ""), "row 2: application key must be a non-empty text, got ''"),
        (("a", "a"), "application keys appear more than once: ['a']"),
    ],
)
def test_wrong_keys_of_a_table_are_named(keys, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        ScoreTable(np.array([0]), np.array([0]), np.array([1]), keys, ("r",))

"""The same questions, answered by processes that differ as machines do, give the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
QUESTIONS = """
import random
from karvan.engines.selection import *

dice = random.Random(11)
applications = tuple(
    Application(f"a{n}", frozenset(dice.sample(["en", "fr", "ar"], 1)), frozenset(dice.sample("pqrstu", 3)))
    for n in range(60)
)
reviewers = tuple(
    Reviewer(f"r{n}", frozenset(dice.sample(["en", "fr", "ar"], 2)), frozenset(dice.sample("pqrstu", 3)), 5, 22)
    for n in range(12)
)
reading = AssignmentProblem(applications, reviewers, 3)
given = assign_reviews(reading)
print(document_hash(canonical_document(reading, given)))

strict = {one.key: dice.gauss(0, 800) for one in reviewers}
quality = {one.key: dice.gauss(6000, 1200) for one in applications}
marks = CalibrationProblem(tuple(
    Score(a, r, max(0, min(10000, round(quality[a] + strict[r] + dice.gauss(0, 500)))))
    for a, r in given.pairs
))
corrected = calibrate(marks)
print(document_hash(canonical_document(marks, corrected)))

choice = ChoiceProblem(
    tuple(
        Candidate(key, one.corrected, {"sex": dice.choice("FM"), "region": dice.choice(["in", "out", ""])})
        for key, one in sorted(corrected.marks.items())
    ),
    20,
    (
        Quota("women", "sex", frozenset("F"), 11, None),
        Quota("out", "region", frozenset({"out"}), 8, 9),
        Quota("silent", "region", frozenset({NOT_GIVEN}), None, 5),
    ),
    "drawn in public",
)
cohort = choose_cohort(choice)
print(document_hash(canonical_document(choice, cohort)))
print([price.merit_lost for price in quota_prices(choice, cohort)])
"""


def answers(**setting: str) -> list[str]:
    """What a fresh process prints for the questions."""
    told = subprocess.run(
        [sys.executable, "-c", QUESTIONS],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **setting},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.splitlines()


def test_hash_order_threads_and_processor_do_not_matter():
    one = answers(PYTHONHASHSEED="1", OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    other = answers(
        PYTHONHASHSEED="2",
        OPENBLAS_NUM_THREADS="2",
        OMP_NUM_THREADS="2",
        OPENBLAS_CORETYPE="Nehalem",
        LC_ALL="C.UTF-8",
        TZ="Asia/Baku",
    )

    assert len(one) == 4
    assert one == other

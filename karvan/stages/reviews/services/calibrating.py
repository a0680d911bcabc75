"""Marks corrected for strict and lenient reviewers, by the selection engine. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from karvan.engines import selection as engine
from karvan.stages.calls.models import Call

from ..models import ReviewRound
from ..queries import finished_reviews

LEAST_READS = 2  # of an application, before its own mark is corrected
LEAST_REVIEWERS = 3  # whose readings hang together

Rows = tuple[tuple[int, int, int, str], ...]


def calibrated(call: Call) -> engine.Calibration:
    """How each reviewer of a call marks, and each application's mark corrected for it.

    Keys are the ids of applications and of reviewers as texts, marks hundredths of a point
    of 100. Applications of one language are one pool: reviewers who read another language
    read other applications, not necessarily worse ones. Where too little was read, every
    mark is as it was given and ``why_not`` says why.

    Cost: one query, and one run of the engine unless the same marks were corrected before.
    """
    return _calibrated(_rows(call))


def calibration_of(round: ReviewRound) -> engine.Calibration:
    """``calibrated`` for the call of a round."""
    return calibrated(round.call)


def corrected_marks(call: Call) -> dict[int, engine.CorrectedMark]:
    """By application id: the mean as given, the corrected mark, its deviation and its reads.

    All in hundredths of a point of 100; applications without a finished read are not there.
    """
    return {int(key): mark for key, mark in calibrated(call).marks.items()}


def calibration_by_number(
    call: Call,
) -> tuple[engine.CalibrationProblem, engine.Calibration]:
    """The question and its answer under the names that a selection's document uses.

    Applications go by number, reviewers by R and a number of their own: no person is named.

    Cost: two queries and no run of the engine that was not made for ``calibrated``.
    """
    rows, answer = _rows(call), calibrated(call)
    numbers = dict(call.applications.filter(number__isnull=False).values_list("pk", "number"))
    names = {str(pk): str(number) for pk, number in numbers.items()}
    readers = {str(r): f"R{r}" for _a, r, _total, _language in rows}
    asked = _question(rows)
    problem = replace(
        asked,
        scores=tuple(
            engine.Score(names[one.application], readers[one.reviewer], one.mark)
            for one in asked.scores
        ),
        pools={names[key]: pool for key, pool in asked.pools.items()},
    )
    return problem, replace(
        answer,
        marks={names[key]: mark for key, mark in answer.marks.items()},
        reviewers={readers[key]: style for key, style in answer.reviewers.items()},
    )


def _rows(call: Call) -> Rows:
    """Every finished read that counts: application, reviewer, total, the application's language."""
    rows = (
        finished_reviews(call)
        .order_by("assignment__application_id", "assignment__reviewer_id")
        .values_list(
            "assignment__application_id",
            "assignment__reviewer_id",
            "total",
            "assignment__application__language",
        )
    )
    return tuple((a, r, total, language) for a, r, total, language in rows if total is not None)


@lru_cache(maxsize=4)
def _calibrated(rows: Rows) -> engine.Calibration:
    """The engine's answer; the same marks give the same answer, so it is kept for a page's next call."""
    return engine.calibrate(_question(rows))


def _question(rows: Rows) -> engine.CalibrationProblem:
    return engine.CalibrationProblem(
        scores=tuple(engine.Score(str(a), str(r), total) for a, r, total, _language in rows),
        pools={str(a): language or "?" for a, _r, _total, language in rows},
        least_reads=LEAST_READS,
        least_reviewers=LEAST_REVIEWERS,
    )

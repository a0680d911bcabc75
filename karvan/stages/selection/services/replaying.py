"""Ask the engine again: is the answer of a run the answer to its problem, and what did quotas cost?"""

from __future__ import annotations

from karvan.engines import selection as engine

from ..models import SelectionRun


def replay_document(document: bytes) -> engine.Cohort | engine.Infeasible:
    """The answer found again from a run's document, which names no rows and needs none.

    Raises:
        ValueError: a byte was changed, the answer found again is another one, or it is
            no document of a cohort.

    Cost: one run of the engine.
    """
    answer = engine.replay(document)
    if not isinstance(answer, engine.Cohort | engine.Infeasible):
        raise ValueError("the document holds no choice of a cohort")
    return answer


def replay_run(run: SelectionRun) -> engine.Cohort | engine.Infeasible:
    """The answer of a run found again, once its document is known to be the one that was signed.

    Raises:
        ValueError: the document is not the one whose hash the run states, or as above.
    """
    document = bytes(run.document)
    found = engine.document_hash(document)
    if found != run.sha256:
        raise ValueError(f"the document's hash is {found}, the run states {run.sha256}")
    return replay_document(document)


def price_quotas(run: SelectionRun) -> tuple[engine.QuotaPrice, ...]:
    """What each quota of a run costs in merit, and who is in or out for it.

    Raises:
        ValueError: the document was changed.

    Cost: one choice for each quota; 18 quotas on 1,000 applications take 0.8 s.
    """
    problem, cohort = choice_of(run)
    return engine.quota_prices(problem, cohort)


def choice_of(run: SelectionRun) -> tuple[engine.ChoiceProblem, engine.Cohort]:
    """The problem and the cohort of a feasible run.

    Raises:
        ValueError: the document was changed, or the run found no cohort.
    """
    cohort = replay_run(run)
    problem = engine.read_problem(bytes(run.document))
    if not isinstance(cohort, engine.Cohort) or not isinstance(problem, engine.ChoiceProblem):
        raise ValueError(f"run {run.number} found no cohort")
    return problem, cohort

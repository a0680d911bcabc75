"""Ask the engine again: is the answer of a run the answer to its problem, and what did quotas cost?"""

from __future__ import annotations

from dataclasses import replace

from karvan.engines import selection as engine

from ..models import SelectionRun


def replay_document(document: bytes) -> engine.Cohort | engine.Infeasible | engine.Lottery:
    """The answer found again from a run's document, which names no rows and needs none.

    Raises:
        ValueError: a byte was changed, the answer found again is another one, or it is
            no document of a cohort.

    Cost: one run of the engine.
    """
    answer = engine.replay(document)
    if not isinstance(answer, engine.Cohort | engine.Infeasible | engine.Lottery):
        raise ValueError("the document holds no choice of a cohort")
    return answer


def replay_run(run: SelectionRun) -> engine.Cohort | engine.Infeasible | engine.Lottery:
    """The answer of a run found again, once its document is known to be the one that was signed.

    Raises:
        ValueError: the document is not the one whose hash the run states, or as above.
    """
    return replay_document(_document_of(run))


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

    A lottery is told as the choice it amounts to once drawn: all are equal in merit, and
    the seed's tickets order those who wait. It is read, not held again: that takes long.

    Raises:
        ValueError: the document was changed, or the run found no cohort.

    Cost: one run of the engine; for a lottery one reading of the document.
    """
    document = _document_of(run)
    problem = engine.read_problem(document)
    if not isinstance(problem, engine.ChoiceProblem) or not run.is_feasible:
        raise ValueError(f"run {run.number} found no cohort")
    if run.method == SelectionRun.Method.LOTTERY:
        return _drawn(problem, engine.read_lottery(document))
    answer = replay_document(document)
    if not isinstance(answer, engine.Cohort):
        raise ValueError(f"run {run.number} found no cohort")
    return problem, answer


def _document_of(run: SelectionRun) -> bytes:
    """The run's document, once it is known to be the one whose hash the run states."""
    document = bytes(run.document)
    found = engine.document_hash(document)
    if found != run.sha256:
        raise ValueError(f"the document's hash is {found}, the run states {run.sha256}")
    return document


def _drawn(
    problem: engine.ChoiceProblem, lottery: engine.Lottery
) -> tuple[engine.ChoiceProblem, engine.Cohort]:
    chosen = engine.draw_panel(lottery, problem.seed)
    tickets = {one.key: engine.ticket(problem.seed, one.key) for one in problem.candidates}
    by_lot = sorted(tickets, key=lambda key: (tickets[key], key))
    cohort = engine.Cohort(
        chosen=tuple(key for key in by_lot if key in chosen),
        waiting=tuple(key for key in by_lot if key not in chosen),
        value=0,
        bound=0,
        proof="search",
        tickets=tickets,
        standing={},
        swaps=engine.Swaps((), (), 0),
        prices=engine.Prices(1, 0, {}),
    )
    equal = tuple(replace(one, merit=0) for one in problem.candidates)
    return replace(problem, candidates=equal), cohort

"""How an application is called where a selection is shown: by its reading code until the blind is lifted."""

from __future__ import annotations

from collections.abc import Iterable

from karvan.stages.calls.models import Application, Call
from karvan.stages.reviews.blind import reading_code, without_names

from .models import SelectionRun

# The call is among them, or each row would ask for it.
NAMED_BY = ("number", "token", "full_name", "call")


def is_blind(run: SelectionRun | None) -> bool:
    """True until somebody lifted the blind of this run. Without a run nothing is lifted."""
    return run is None or run.blind_lifted_at is None


def name_of(application: Application, run: SelectionRun | None) -> str:
    """The applicant's name once the blind is lifted from the run, the reading code before."""
    return reading_code(application) if is_blind(run) else application.full_name


def code_of(application: Application, run: SelectionRun | None) -> str:
    """The receipt's number once the blind is lifted from the run, the reading code before."""
    return reading_code(application) if is_blind(run) else str(application.number)


def codes_of(call: Call, run: SelectionRun | None) -> dict[str, str]:
    """By the receipt's number, which a run's document names: what may be shown instead.

    Cost: one query for the call's applications.
    """
    sent = call.applications.filter(number__isnull=False).only(*NAMED_BY)
    return {str(one.number): code_of(one, run) for one in sent}


def text_of(text: str, application: Application, run: SelectionRun | None) -> str:
    """What an applicant wrote, with the own names taken out until the blind is lifted."""
    return without_names(text, application) if is_blind(run) else text


def codes_named(call: Call, numbers: Iterable[str], run: SelectionRun | None) -> dict[str, str]:
    """``codes_of`` for these numbers only, however many applications the call has; one query."""
    rows = call.applications.filter(number__in=list(numbers)).only(*NAMED_BY)
    return {str(one.number): code_of(one, run) for one in rows}

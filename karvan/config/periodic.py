"""What the worker does by the clock. Each act may run again at any time without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Periodic:
    """One act by the clock: ``call`` is the dotted name of a function that needs no argument."""

    call: str
    every: int  # seconds

    def load(self) -> Callable[[], Any]:
        """The function.

        Raises:
            ImportError: there is no such function; the worker then does not start.
        """
        function: Callable[[], Any] = import_string(self.call)
        return function


PERIODIC = (
    Periodic("karvan.stages.agreements.tasks.move_by_date", DAY),
    Periodic("karvan.stages.agreements.tasks.remind", DAY),
    Periodic("karvan.stages.convening.partnerships_tasks.move_by_date", DAY),
    Periodic("karvan.stages.convening.partnerships_tasks.remind", DAY),
    Periodic("karvan.stages.calls.tasks.remind_drafts", HOUR),
    Periodic("karvan.stages.selection.tasks.expire_offers", 5 * MINUTE),
    Periodic("karvan.stages.ventures.tasks.ask_follow_ups", DAY),
    Periodic("karvan.foundation.files.services.delete_orphans", DAY),
    Periodic("karvan.config.housekeeping.clear_sessions", DAY),
    Periodic("karvan.config.housekeeping.clear_finished_work", DAY),
)

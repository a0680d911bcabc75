"""The columns in which a run's decisions are listed, exported, and read by a committee."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from karvan.foundation.ui.registers import Column

from .models import SelectionRun
from .naming import code_of, is_blind
from .reasons import SHORT, reason_of
from .room import apart_of, deviation_of, mark_of, outcome_state, raw_of, sure_of


def decision_columns(shown: SelectionRun) -> list[Column]:
    """Reading codes until the blind is lifted, then numbers and names; never an attribute."""
    code = Column(
        "number", gettext_lazy("Application"), value=lambda d: code_of(d.application, shown)
    )
    columns = [
        Column("rank", gettext_lazy("Rank"), kind="number", sort="rank"),
        code,
        Column("mark", gettext_lazy("Mark of 100"), kind="number", value=mark_of, sort="merit"),
        Column(
            "outcome", gettext_lazy("Outcome"), kind="state", value=outcome_state,
            word=lambda d: d.get_outcome_display(),
        ),
        Column("why", gettext_lazy("Decided how"), value=lambda d: SHORT[d.reason]),
        Column("waiting_rank", gettext_lazy("Waiting"), kind="number", sort="waiting_rank"),
        Column("raw", gettext_lazy("Mean as given"), kind="number", value=raw_of, sort="raw", shown=shown.is_corrected),
        Column("deviation", gettext_lazy("Give or take"), kind="number", value=deviation_of, sort="deviation", shown=shown.is_corrected),
        Column("reads", gettext_lazy("Reads"), kind="number", sort="reads", shown=False),
        Column("apart", gettext_lazy("Readers apart by"), kind="number", value=apart_of, shown=False),
        Column("reason", gettext_lazy("Reason"), value=lambda d: reason_of(d, shown), shown=False),
    ]  # fmt: skip
    if shown.sureness:
        sure = Column(
            "sure", gettext_lazy("Sure"), kind="percent", value=lambda d: sure_of(d, shown)
        )
        columns.insert(4, sure)
    if not is_blind(shown):
        name = Column("name", gettext_lazy("Name"), kind="name", value="application.full_name")
        columns.insert(2, name)
        columns[1] = Column(
            "number", gettext_lazy("Application"), value="application.number",
            sort="application__number",
        )  # fmt: skip
    return columns

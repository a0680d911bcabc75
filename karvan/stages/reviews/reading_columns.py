"""Columns of the reading's register: what stands there of each application, and never whose it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from karvan.foundation.ui.registers import Column
from karvan.stages.calls.wording import worded
from karvan.stages.editions.models import Activity

from .blind import reading_code
from .states import STANDING_MARKS, STANDING_WORDS
from .words import in_points, language_in_words


def columns_of(marks: Mapping[int, Any], activity: Activity) -> list[Column]:
    """Columns of ``applications_read``: by reading code only, marks in points of 100.

    ``marks`` are the corrected ones by application id. They come from the engine and not
    from the database, so the register cannot be sorted by them.
    """

    def of_mark(name: str) -> Callable[[Any], float | None]:
        return lambda row: in_points(getattr(marks.get(row.pk), name, None))

    return [
        Column("code", worded(activity, "Application"), value=reading_code),
        Column(
            "standing",
            gettext_lazy("State"),
            kind="state",
            value=lambda row: STANDING_MARKS[row.standing],
            word=lambda row: STANDING_WORDS[row.standing],
            sort="standing",
        ),
        Column("finished", gettext_lazy("Reads done"), kind="number", sort="finished"),
        Column("given", gettext_lazy("Reads given"), kind="number", sort="given"),
        Column(
            "mean",
            gettext_lazy("Mean as given"),
            kind="number",
            value=lambda row: in_points(row.mean),
            sort="mean",
        ),
        Column("corrected", gettext_lazy("Corrected"), kind="number", value=of_mark("corrected")),
        Column("chance", gettext_lazy("Give or take"), kind="number", value=of_mark("deviation")),
        Column(
            "apart",
            gettext_lazy("Apart"),
            kind="number",
            value=lambda row: in_points(row.apart),
            sort="apart",
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            value=lambda row: language_in_words(row.language),
            sort="language",
        ),
    ]

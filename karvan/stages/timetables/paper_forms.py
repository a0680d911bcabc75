"""Which pages of a timetable go on which paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui import formats

BY = (
    ("whole", gettext_lazy("Everything on one grid")),
    ("group", gettext_lazy("A page for each group")),
    ("room", gettext_lazy("A page for each room")),
    ("trainer", gettext_lazy("A page for each trainer")),
)
PAPERS = (("a4", "A4"), ("a3", "A3"))


class PaperForm(forms.Form):
    """Whose pages, which week, which paper."""

    by = forms.ChoiceField(label=gettext_lazy("Pages"), choices=BY, initial="whole")
    week = forms.ChoiceField(label=gettext_lazy("Week from"), required=False)
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=PAPERS, initial="a4")

    def __init__(
        self, typed: Mapping[str, Any] | None, *, weeks: Iterable[date], initial: dict[str, Any]
    ) -> None:
        super().__init__(typed, initial=initial)
        listed = [(one.isoformat(), formats.date_in_words(one)) for one in weeks]
        self.fields["week"].choices = [("", _("all weeks")), *listed]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The arguments of ``printed.sheets_of``."""
        week = self.cleaned_data["week"]
        return {
            "by": self.cleaned_data["by"],
            "paper": self.cleaned_data["paper"],
            "week": date.fromisoformat(week) if week else None,
        }

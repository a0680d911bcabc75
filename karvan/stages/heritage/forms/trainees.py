"""Turn hours as they were typed into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.stages.dossiers.design_fields import FigureField

from ..models import RestorationProject, WorkItem
from ..queries.trainees import supervisors_of, work_to_log
from .projects import DayField

LEVELS = {
    1: _("1 helps"),
    2: _("2 works with guidance"),
    3: _("3 works alone"),
    4: _("4 guides others"),
}


class HoursForm(forms.Form):
    """Hours of a day."""

    work = forms.ModelChoiceField(
        label=_("Work"), queryset=WorkItem.objects.none(), empty_label=None
    )
    on = DayField(label=_("Day"))
    hours = FigureField(label=_("Hours"), max_digits=4, decimal_places=1)
    supervisor = forms.ModelChoiceField(
        label=_("Under whom"), queryset=Person.objects.none(), empty_label=None
    )
    note = forms.CharField(
        label=_("What you did"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )

    def __init__(self, *args: Any, project: RestorationProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].queryset = work_to_log(project)  # type: ignore[attr-defined]
        self.fields["work"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.number} {one.treatment} · {one.element}"
        )
        if project.activity is not None:
            taught = supervisors_of(project.activity)
            self.fields["supervisor"].queryset = taught  # type: ignore[attr-defined]


class SigningForm(forms.Form):
    """Which lines a supervisor signs, each with the level that was seen."""

    def chosen(self) -> dict[int, int]:
        """Log id → level, 0 where none was said."""
        found = {}
        for key in self.data.getlist("sign"):  # type: ignore[attr-defined]
            if not str(key).isdecimal():
                continue
            level = str(self.data.get(f"level-{key}", ""))
            found[int(key)] = int(level) if level.isdecimal() else 0
        return found

    def clean(self) -> dict[str, Any]:
        levels = self.chosen()
        if not levels:
            raise forms.ValidationError(
                _now("Choose at least one line, and say the level you saw.")
            )
        return {"levels": levels}

"""What is typed about a sitting, in the session's own time."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.ui.texts_field import TextsField

from ..access.hall_rows import persons_to_lead
from ..models import AgendaItem, SessionDelegate, StatutorySession

MINUTES = "%Y-%m-%dT%H:%M"


class LocalMoment(forms.DateTimeField):
    """A moment typed in the session's time zone, whatever the reader's is."""

    def __init__(self, **options: Any) -> None:
        self.zone = ZoneInfo("UTC")
        widget = forms.DateTimeInput({"type": "datetime-local"}, format=MINUTES)
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found and found.replace(tzinfo=self.zone)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).replace(tzinfo=None) if hasattr(value, "hour") else value


class DelegateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody in a delegation, named with it."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.delegation}"


class SittingForm(forms.Form):
    titles = TextsField(label=_("What it is for"), required=False)
    planned_start = LocalMoment(label=_("Planned from"))
    planned_end = LocalMoment(label=_("Planned until"))
    chair = DelegateField(label=_("Chair"), queryset=SessionDelegate.objects.none(), required=False)
    rapporteur = DelegateField(
        label=_("Rapporteur"), queryset=SessionDelegate.objects.none(), required=False
    )
    items = forms.ModelMultipleChoiceField(
        label=_("Items of the agenda"),
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, session: StatutorySession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("planned_start", "planned_end"):
            self.fields[name].zone = ZoneInfo(session.time_zone)  # type: ignore[attr-defined]
        for name in ("chair", "rapporteur"):
            self.fields[name].queryset = persons_to_lead(session)  # type: ignore[attr-defined]
        self.fields["items"].queryset = session.agenda_items.all()  # type: ignore[attr-defined]
        if not session.agenda_items.exists():
            del self.fields["items"]


class ChangeSittingForm(SittingForm):
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea({"rows": 4}))


class MomentForm(forms.Form):
    """At which moment the quorum is asked for."""

    at = LocalMoment(label=_("At"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].zone = ZoneInfo(zone)  # type: ignore[attr-defined]

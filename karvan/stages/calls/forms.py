"""Turn what a person typed into values a service can take. No rules live here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from karvan.foundation.forms.spreadsheet import Column
from karvan.foundation.people.models import Party
from karvan.foundation.texts import in_language
from karvan.foundation.ui.texts_field import TextsField


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """A date and a time at the clock of the edition's place."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class LinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput({"dir": "ltr", "autocomplete": "email"})
    )


class CallForm(forms.Form):
    """A call to draft; times are at the clock of the edition's place."""

    titles = TextsField(label=_("Title"))
    texts = TextsField(
        label=_("What it is"),
        help_text=_("What people will do and get, in a few sentences."),
        required=False,
        rows=4,
        max_length=3000,
    )
    opens_at = _moment(_("Opens"))
    advertised_deadline = _moment(_("Deadline that people read"))
    closes_at = _moment(_("Door shuts"), _("The deadline, or somewhat later for bad networks."))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=30_000)
    languages = forms.MultipleChoiceField(
        label=_("Languages of answers"),
        choices=lambda: list(settings.LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )


class DeadlineForm(forms.Form):
    advertised_deadline = _moment(_("New deadline"))
    closes_at = forms.DateTimeField(
        label=_("Door shuts"),
        required=False,
        help_text=_("Left empty it moves along with the deadline."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class ExtensionForm(forms.Form):
    until = _moment(_("May send until"))
    reason = forms.CharField(label=_("Why"), max_length=300)


class UploadForm(forms.Form):
    upload = forms.FileField(
        label=_("Table"),
        help_text=_("CSV, Excel or OpenDocument; its first line names the columns."),
    )


class MappingForm(forms.Form):
    """For each question the column that answers it."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        head: Sequence[str],
        mapping: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("no column")), *((name, name) for name in head if name)]
        self.paths: dict[str, str] = {}
        for number, column in enumerate(columns):
            name = f"column_{number}"
            self.paths[name] = column.path
            self.fields[name] = forms.ChoiceField(
                label=in_language(column.label),
                choices=choices,
                required=False,
                initial=mapping.get(column.path, ""),
            )

    def mapping(self) -> dict[str, str]:
        """Question's path → column's name, of those that have one."""
        return {
            path: self.cleaned_data[name]
            for name, path in self.paths.items()
            if self.cleaned_data.get(name)
        }


class NominationForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({"dir": "ltr"}))
    note = forms.CharField(label=_("Why this person"), max_length=300, required=False)
    party = forms.ModelChoiceField(label=_("For"), queryset=Party.objects.none())

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["party"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = parties
        if len(parties) == 1:
            chosen.initial, chosen.widget = parties[0].pk, forms.HiddenInput()

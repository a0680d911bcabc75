"""What is typed when roll calls are imported."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Majority


class TablesForm(forms.Form):
    votes = forms.FileField(
        label=_("Table of single votes"),
        help_text=_(
            "CSV, packed with gzip or not: the number of the roll call, the member with its code, "
            "and yes, no, abstain or absent."
        ),
    )
    calls = forms.FileField(
        label=_("Table of roll calls"),
        required=False,
        help_text=_(
            "The number of the roll call, its session, date and question. "
            "Leave it out when the table of votes says all of that."
        ),
    )


class TakeTablesForm(forms.Form):
    requirement = forms.ChoiceField(label=_("Majority these votes needed"), choices=Majority)
    language = forms.ChoiceField(
        label=_("Language of the questions and names"), choices=settings.LANGUAGES
    )

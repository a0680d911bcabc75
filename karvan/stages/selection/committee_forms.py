"""What is typed when a run is dissented from, an offer withdrawn, an appeal filed or decided."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DissentForm(forms.Form):
    """Why somebody does not agree with a run."""

    statement = forms.CharField(
        label=_("What you do not agree with, and why"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
    )


class WithdrawForm(forms.Form):
    """Why an offer is taken back, and whether the place goes to the next."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
    next_comes_in = forms.BooleanField(
        label=_("Offer the place to the next on the waiting list"), required=False, initial=True
    )


class AppealForm(forms.Form):
    """What an applicant wants looked at again."""

    text = forms.CharField(
        label=_("What was overlooked or is wrong, in your own words"),
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
        max_length=4000,
    )


class DecideForm(forms.Form):
    """The answer to an appeal."""

    answer = forms.CharField(
        label=_("Answer to the applicant"),
        help_text=_("It goes out as you write it, in a letter in the applicant's language."),
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        max_length=4000,
    )


class PlaceForm(forms.Form):
    """Why a place is offered on appeal, and how long the offer stands."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
    days_to_answer = forms.IntegerField(
        label=_("Days to answer"), min_value=1, max_value=90, initial=7
    )

"""Typed text to values for the acts of delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import in_language

from .models import Attendance, Enrolment

PREFIX = "state-"
EVERYBODY = "everybody"  # the button that marks present whoever has no mark yet


def roll_states(data: QueryDict, enrolments: Iterable[Enrolment]) -> dict[int, str]:
    """Enrolment id → the state chosen; those without a choice are left out.

    With the button "everybody present", those without a choice are present.
    """
    known = set(Attendance.State.values)
    chosen: dict[int, str] = {}
    for enrolment in enrolments:
        state = data.get(f"{PREFIX}{enrolment.pk}", "")
        if state in known:
            chosen[enrolment.pk] = state
        elif EVERYBODY in data:
            chosen[enrolment.pk] = Attendance.State.PRESENT
    return chosen


class HandInForm(forms.Form):
    """A text, a file or both."""

    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    upload = forms.FileField(label=_("File"), required=False)


class MarkForm(forms.Form):
    """One choice a criterion where there is a rubric, else a percentage."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, rubric: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [criterion["code"] for criterion in rubric.get("criteria", ())]
        fields: dict[str, forms.Field] = {}
        for criterion in rubric.get("criteria", ()):
            choices = [
                (str(n), f"{n}: {in_language(words)}")
                for n, words in enumerate(criterion.get("anchors", ()))
            ]
            fields[f"mark-{criterion['code']}"] = forms.ChoiceField(
                label=in_language(criterion["title"]), choices=choices, widget=forms.RadioSelect
            )
        if not fields:
            fields["percent"] = forms.IntegerField(
                label=_("Mark out of 100"), min_value=0, max_value=100
            )
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.criteria:
            return typed
        marks = {
            code: int(typed[f"mark-{code}"]) for code in self.criteria if f"mark-{code}" in typed
        }
        return {"marks": marks, "comment": typed.get("comment", "")}


class ReturnForm(forms.Form):
    """What is to be done before it is handed in again."""

    comment = forms.CharField(
        label=_("What is to be done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LeaveForm(forms.Form):
    """Why somebody leaves."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ResultForm(forms.Form):
    """A result in one assessment."""

    code = forms.ChoiceField(label=_("Assessment"))
    percent = forms.IntegerField(label=_("Result out of 100"), min_value=0, max_value=100)

    def __init__(self, *args: Any, assessments: Iterable[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one["code"], f"{one['code']} {in_language(one['title'])}") for one in assessments
        ]


class FeedbackForm(forms.Form):
    """What one thought of a session."""

    rating = forms.TypedChoiceField(
        label=_("How useful was the session for you?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=(
            (5, _("5: very useful")),
            (4, _("4: useful")),
            (3, _("3: partly")),
            (2, _("2: little")),
            (1, _("1: not at all")),
        ),
    )
    comment = forms.CharField(
        label=_("What should be done differently?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MaterialForm(forms.Form):
    """A file for a session."""

    title = forms.CharField(label=_("Title"), max_length=150)
    upload = forms.FileField(label=_("File"))

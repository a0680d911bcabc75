"""Turn what a person typed about ventures into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity

from .evidence import NEEDS, label
from .models import FinalEntry, Jury


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Team"), max_length=120)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Enrolment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, free: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = free  # type: ignore[attr-defined]


class VentureForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    sector = forms.CharField(label=_("Sector"), max_length=60, required=False)
    summary = forms.CharField(
        label=_("What it does"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ClaimForm(forms.Form):
    """A claim; the details asked for depend on the milestone."""

    fact_on = day(label=_("When it was reached"))
    evidence = forms.CharField(
        label=_("What shows it"), widget=forms.Textarea({"rows": 4}), max_length=4000
    )
    upload = forms.FileField(label=_("Paper, picture or table"), required=False)

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = NEEDS.get(code, {})
        for name, wanted in self.needs.items():
            self.fields[f"detail_{name}"] = _detail(name, wanted)

    def details(self) -> dict[str, Any]:
        """The details that were given, fit to be kept as JSON."""
        given = {name: self.cleaned_data.get(f"detail_{name}") for name in self.needs}
        return {
            name: value if isinstance(value, int) else str(value)
            for name, value in given.items()
            if value not in (None, "")
        }


def _detail(name: str, wanted: Any) -> forms.Field:
    if isinstance(wanted, bool):
        return forms.CharField(label=label(name), max_length=120, required=False)
    if isinstance(wanted, int):
        hint = _("At least %(least)s.") % {"least": wanted}
        return forms.IntegerField(label=label(name), min_value=0, required=False, help_text=hint)
    choices = [("", "–"), *((one, label(one)) for one in wanted)]
    return forms.ChoiceField(label=label(name), choices=choices, required=False)


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=_("What is missing"), widget=forms.Textarea({"rows": 3}), required=False
    )


class MentorForm(forms.Form):
    mentor = forms.ModelChoiceField(label=_("Mentor"), queryset=Person.objects.none())

    def __init__(self, *args: Any, mentors: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = mentors  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    held_on = day(label=_("On"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea({"rows": 4}))
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)


class PitchForm(forms.Form):
    """One mark a criterion of the jury's rubric."""

    def __init__(self, *args: Any, rubric: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, high = rubric.get("scale", [0, 5])
        for criterion in rubric.get("criteria", []):
            self.fields[criterion["code"]] = forms.TypedChoiceField(
                label=criterion["label"],
                coerce=int,
                choices=[(mark, str(mark)) for mark in range(low, high + 1)],
                widget=forms.RadioSelect,
            )


class JuryForm(forms.Form):
    titles = TextsField(label=_("Name"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Jury.Kind.ADMISSION.value, Jury.Kind.ADMISSION.label),
            (Jury.Kind.DEMO_DAY.value, Jury.Kind.DEMO_DAY.label),
        ],
    )
    activity = forms.ModelChoiceField(label=_("Activity"), queryset=Activity.objects.none())
    places = forms.IntegerField(
        label=_("How many go on"),
        min_value=1,
        max_value=100,
        help_text=_("To the course, or to the final."),
    )
    held_on = day(label=_("On"), required=False)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least five; nobody judges a team that he or she mentored."),
    )

    def __init__(
        self,
        *args: Any,
        activities: QuerySet[Activity],
        jurors: QuerySet[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]
        self.fields["members"].queryset = jurors  # type: ignore[attr-defined]


class FinalForm(forms.Form):
    titles = TextsField(label=_("Name"))
    code = forms.SlugField(label=_("Code"), max_length=40)
    place = forms.CharField(label=_("Place"), max_length=120)
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))
    teams_a_country = forms.IntegerField(
        label=_("Teams a country"), min_value=1, max_value=10, initial=3
    )


class RankingForm(forms.Form):
    """A rank for every team of a final, and how many of the first have won."""

    winners = forms.IntegerField(label=_("How many won"), min_value=0)

    def __init__(self, *args: Any, entries: list[FinalEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for entry in entries:
            self.fields[f"rank_{entry.pk}"] = forms.IntegerField(
                label=f"{entry.venture.name} ({entry.venture.team.edition.country})",
                min_value=1,
                max_value=len(entries),
                initial=entry.final_rank,
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        given = [typed.get(f"rank_{entry.pk}") for entry in self.entries]
        if None not in given and len(set(given)) < len(given):
            raise forms.ValidationError(_("Two teams have the same rank."))
        return typed

    def ranked(self) -> list[FinalEntry]:
        """The entries in the order that was typed."""
        return sorted(self.entries, key=lambda entry: self.cleaned_data[f"rank_{entry.pk}"])


YES_NO = [("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))]


class FollowUpForm(forms.Form):
    """Nothing here is required: what is not answered stays unknown."""

    had_revenue = forms.ChoiceField(
        label=_("Did you have revenue in the last 90 days?"), choices=YES_NO, required=False
    )
    pays_staff = forms.ChoiceField(label=_("Do you pay staff?"), choices=YES_NO, required=False)
    served_users = forms.ChoiceField(
        label=_("Did you serve users in the last 30 days?"), choices=YES_NO, required=False
    )
    is_registered = forms.ChoiceField(
        label=_("Are you registered as a business?"), choices=YES_NO, required=False
    )
    paid_jobs = forms.IntegerField(
        label=_("Paid jobs"), min_value=0, max_value=9999, required=False
    )
    paid_jobs_women = forms.IntegerField(
        label=_("Of them women"), min_value=0, max_value=9999, required=False
    )
    comment = forms.CharField(
        label=_("Anything else"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def answers(self) -> dict[str, Any]:
        """What was answered; a question left open is not in it."""
        spoken = {"yes": True, "no": False}
        given = self.cleaned_data.items()
        return {key: spoken.get(value, value) for key, value in given if value not in (None, "")}

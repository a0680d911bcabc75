"""Typed text to values for the committee of a symposium and its authors."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.ui.texts_field import TextsField

from ..models import Author, Paper, Symposium, Track
from ..queries.symposium_people import people_near


class SettingsForm(forms.Form):
    """How papers are given, and until when people wish."""

    talk_minutes = forms.IntegerField(
        label=_("Minutes of a talk, questions included"), min_value=5, max_value=180
    )
    session_minutes = forms.IntegerField(
        label=_("Minutes of a session of papers"), min_value=5, max_value=480
    )
    parallel = forms.IntegerField(label=_("Sessions side by side"), min_value=1, max_value=20)
    wishes_until = forms.DateTimeField(
        label=_("Wishes are taken until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_(
            "At the clock of the place. Empty: until the timetable is built for the last time."
        ),
    )

    def __init__(self, *args: Any, of: Symposium, **kwargs: Any) -> None:
        self.zone = ZoneInfo(of.activity.edition.time_zone)
        until = of.wishes_until
        kwargs.setdefault(
            "initial",
            {
                "talk_minutes": of.talk_minutes,
                "session_minutes": of.session_minutes,
                "parallel": of.parallel,
                "wishes_until": until.astimezone(self.zone).replace(tzinfo=None) if until else None,
            },
        )
        super().__init__(*args, **kwargs)

    def clean_wishes_until(self) -> Any:
        typed = self.cleaned_data["wishes_until"]
        return typed.replace(tzinfo=self.zone) if typed else None


class TrackForm(forms.Form):
    """The name of a track and who presides over it."""

    names = TextsField(label=_("Name"))
    chair = forms.ModelChoiceField(
        label=_("Chair of the track"), queryset=Person.objects.none(), required=False
    )

    def __init__(self, *args: Any, of: Track, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"names": of.names, "chair": of.chair_id})
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = people_near(of.symposium)  # type: ignore[attr-defined]


class RankForm(forms.Form):
    """How many of each track are taken."""

    talks = forms.IntegerField(label=_("Talks of each track"), min_value=0, max_value=500)
    posters = forms.IntegerField(label=_("Posters of each track"), min_value=0, max_value=500)


class RankReasonForm(RankForm):
    """The same, to be carried out as it was shown."""

    key = forms.CharField(max_length=16)
    reason = forms.CharField(max_length=2000, required=False)


class DecideForm(forms.Form):
    """What becomes of a paper, and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (one.value, one.label)
            for one in (Paper.State.TALK, Paper.State.POSTER, Paper.State.REJECTED)
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Authors read it. Needed for what is not accepted or is decided anew."),
    )


class ProposeForm(forms.Form):
    """What the chair of a track proposes for a paper, and why."""

    outcome = forms.ChoiceField(
        label=_("Proposal"),
        choices=[("talk", _("Talk")), ("poster", _("Poster")), ("rejected", _("Not accepted"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The committee reads it; the authors too if it takes the proposal over."),
    )


class ReasonForm(forms.Form):
    """Why a paper is taken back."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )


class AuthorForm(forms.Form):
    """How an author is named and reached."""

    name = forms.CharField(label=_("Name"), max_length=150)
    affiliation = forms.CharField(label=_("Institution"), max_length=200, required=False)
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), required=False
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    orcid = forms.CharField(
        label=_("ORCID"),
        required=False,
        max_length=60,
        help_text=_("16 signs such as 0000-0002-1825-0097, or the address of the page."),
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def __init__(self, *args: Any, of: Author, **kwargs: Any) -> None:
        names = ("name", "affiliation", "email", "orcid")
        initial = {name: getattr(of, name) for name in names}
        kwargs.setdefault("initial", {**initial, "country": of.country_id})
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]

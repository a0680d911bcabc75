"""Turn what a person typed on the path of adopting into values a service can take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party, Role
from karvan.foundation.places.models import ClosedPeriod, Country
from karvan.foundation.texts import direction_of, language_name
from karvan.foundation.texts import languages as interface_languages
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.blueprints.models import Blueprint

from .forms import day
from .models import Activity, Edition
from .numbers import Number, NumbersOfActivity
from .services import NewParty
from .translated import Progress
from .wording import languages_to_choose

_CAPITALS = {"dir": "ltr", "autocapitalize": "characters", "autocomplete": "off"}


def own_first(parties: QuerySet[Party], country: Country) -> QuerySet[Party]:
    """The parties of a country before all others."""
    is_other = Case(When(country=country, then=Value(0)), default=Value(1))
    return parties.order_by(is_other, "code")


def language_choices(country: Country, blueprint: Blueprint) -> list[tuple[str, str]]:
    """The languages an edition may be held in, the country's own first."""
    official = list(country.official_languages)
    known = languages_to_choose(official, blueprint.data.get("languages", ()))
    listed = sorted(known, key=lambda code: code not in official)
    return [(code, language_name(code)) for code in listed]


def version_in_words(version: Blueprint) -> str:
    """A version by its programme's name: "Technology ventures, version 1"."""
    words = {"programme": version.programme, "number": version.number}
    return _("%(programme)s, version %(number)s") % words


class ChooseForm(forms.Form):
    """Which version, in which country; a code such as "MA-2027" says the country too."""

    blueprint = forms.ModelChoiceField(
        label=gettext_lazy("Programme and version"), queryset=Blueprint.objects.none()
    )
    country = forms.ModelChoiceField(
        label=gettext_lazy("Country"), queryset=Country.objects.none(), required=False
    )
    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, blueprints: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blueprint"].queryset = blueprints  # type: ignore[attr-defined]
        self.fields["blueprint"].label_from_instance = version_in_words  # type: ignore[attr-defined]
        countries = sorted(Country.objects.all(), key=str)
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((one.pk, str(one)) for one in countries),
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("country"):
            typed["country"] = Country.objects.filter(pk=typed.get("code", "")[:2]).first()
        if not typed["country"] and "country" not in self.errors:
            self.add_error("country", _("Choose the country."))
        return typed


class AdoptForm(forms.Form):
    """The first step: under which code, in which languages, with which host."""

    use_required_attribute = False  # the host is chosen, or named anew in the fold below

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=16,
        help_text=gettext_lazy("Country and year, such as MA-2027. It stays for ever."),
        widget=forms.TextInput(_CAPITALS),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Where the blueprint is not written in one of them, its texts are translated later on this path."
        ),
    )
    host = forms.ModelChoiceField(
        label=gettext_lazy("Host"),
        queryset=Party.objects.none(),
        error_messages={
            "required": gettext_lazy("Choose the host, or name one that is not in the list.")
        },
        help_text=gettext_lazy("Who holds it in the country. Further partners come next."),
    )
    new_host = TextsField(label=gettext_lazy("Name of the host"), required=False)
    new_host_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of party"), choices=Party.Kind.choices, required=False
    )
    despite = forms.CharField(
        label=gettext_lazy("Why begin another all the same"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, *args: Any, blueprint: Blueprint, country: Country, parties: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = language_choices(country, blueprint)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]
        own = [code for code, _name in choices if code in country.official_languages]
        self.fields["languages"].initial = own or ["en"]
        self.fields["host"].queryset = own_first(parties, country)  # type: ignore[attr-defined]
        is_new = any(self.data.get(f"new_host_{code}") for code in interface_languages())
        self.fields["host"].required = not is_new

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        names, kind = typed.pop("new_host", None), typed.pop("new_host_kind", "")
        if names:
            typed["host"] = NewParty(names, kind or Party.Kind.MINISTRY)
        return typed


class LanguagesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].initial = edition.languages
        choices = language_choices(edition.country, edition.blueprint)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]


class NewPartyForm(forms.Form):
    """A party that the register lacks."""

    names = TextsField(label=gettext_lazy("Name"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Party.Kind.choices)


class PlanAllForm(forms.Form):
    """The proposed dates of several activities, as the page showed them."""

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [one.code for one in activities]
        for code in self.codes:
            self.fields[f"{code}_starts_on"] = day(required=False)
            self.fields[f"{code}_ends_on"] = day(required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        dates: dict[str, tuple[date, date]] = {}
        for code in self.codes:
            first, last = typed.get(f"{code}_starts_on"), typed.get(f"{code}_ends_on")
            if first and last:
                dates[code] = (first, last)
        return {"dates": dates}


class KeepClearForm(forms.Form):
    """Days to keep clear of, such as examinations."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ClosedPeriod.Kind.choices)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("Such as: winter examinations of the universities."),
    )
    starts_on = day(label=gettext_lazy("First day"))
    ends_on = day(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Source or reason"), max_length=300)


class NumbersForm(forms.Form):
    """Every number of places, teams and quotas that the country may set, each within its limits."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Needed only where a number differs from what it was. It stands beside each departure."
        ),
    )

    def __init__(self, *args: Any, listed: Sequence[NumbersOfActivity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = listed
        numbers = {one.path: _number(one) for part in listed for one in part.numbers}
        self.fields = {**{k: v for k, v in numbers.items() if v}, **self.fields}

    def groups(self) -> list[tuple[NumbersOfActivity, list[tuple[Number, Any]]]]:
        """Each activity with its numbers and their fields; None where the number is fixed."""
        return [
            (
                part,
                [
                    (one, self[one.path] if one.path in self.fields else None)
                    for one in part.numbers
                ],
            )
            for part in self.listed
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        reason = typed.pop("reason", "")
        numbers = {path: value for path, value in typed.items() if value is not None}
        return {"numbers": numbers, "reason": reason}


def _number(one: Number) -> forms.Field | None:
    if not one.lock.is_editable:
        return None
    kind = forms.IntegerField if isinstance(one.value, int) else forms.FloatField
    low, high = one.lock.limits.min, one.lock.limits.max
    own = _("%(limits)s; the blueprint says %(own)s.") if one.own is not None else "%(limits)s."
    return kind(
        label=one.label[:1].upper() + one.label[1:],
        initial=one.value,
        min_value=None if low is None else int(low),
        max_value=None if high is None else int(high),
        help_text=own % {"limits": one.limits, "own": one.own},
    )


class TranslationForm(forms.Form):
    """One field a text, named by its path; empty where it is not written yet."""

    def __init__(self, *args: Any, progress: Progress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = progress.language
        for text in progress.texts:
            length = max(map(len, text.source.values()))
            own = {"lang": code, "dir": direction_of(code), "rows": 1 + length // 60}
            self.fields[text.path] = forms.CharField(
                required=False,
                max_length=4000,
                initial=progress.written.get(text.path, ""),
                widget=forms.Textarea(own),
            )

    def texts(self) -> dict[str, str]:
        """What was sent, by path; a text that was not on the page stays as it is."""
        return {path: said for path, said in self.cleaned_data.items() if path in self.data}


class TranslationUploadForm(forms.Form):
    upload = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV, Excel or OpenDocument, at most 2 MB."),
    )


class InvitationForm(forms.Form):
    """Whom to invite as what."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput({"dir": "ltr"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Role"))
    scope = forms.ChoiceField(label=gettext_lazy("For what"))
    party = forms.ModelChoiceField(
        label=gettext_lazy("Party"),
        queryset=Party.objects.none(),
        required=False,
        help_text=gettext_lazy("For a partner only: whom he or she speaks for."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=lambda: list(settings.LANGUAGES)
    )

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        activities: Sequence[Activity],
        kinds: Sequence[str],
        parties: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = {kind: Role.Kind(kind).label for kind in kinds}
        self.fields["kind"].choices = list(labels.items())  # type: ignore[attr-defined]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (edition.scope, _("The whole edition")),
            *((one.scope, str(one)) for one in activities),
        ]
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        spoken = [code for code, _name in settings.LANGUAGES if code in edition.languages]
        self.fields["language"].initial = spoken[0] if spoken else "en"


class FinishForm(forms.Form):
    """The last step. ``invite`` is asked where letters are ready, ``despite`` where parts do not fit."""

    invite = forms.BooleanField(
        label=gettext_lazy("Send the prepared invitations now"), required=False, initial=True
    )
    despite = forms.CharField(
        label=gettext_lazy("Why finish all the same"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, letters: int, has_problems: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not letters:
            del self.fields["invite"]
        if not has_problems:
            del self.fields["despite"]
